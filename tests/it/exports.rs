//! What the project shows of itself is what it makes: `exports/` and the answers in the README.
//!
//! `CHANCERY_UPDATE=1 cargo test --test it exports` remakes both.

use std::{collections::BTreeSet, env, fs, path::Path, process::Command};

use crate::support::{python, root, skip};

/// File in `exports/` and the command that makes it.
const EXPORTS: [(&str, &[&str]); 12] = [
    ("graph.dot", &["export"]),
    ("graph.svg", &["export"]),
    ("mongolia-north-korea.svg", &["timeline", "Mongolia", "North Korea"]),
    ("mongolia-south-korea.dot", &["connect", "Mongolia", "South Korea"]),
    ("mongolia-south-korea.svg", &["connect", "Mongolia", "South Korea"]),
    ("mongolia-south-korea.pdf", &["connect", "Mongolia", "South Korea", "--page", "a4", "--theme", "print"]),
    ("mongolia-south-korea.png", &["connect", "Mongolia", "South Korea", "--width", "1200"]),
    ("mongolia-south-korea-brief.pdf", &["report", "Mongolia", "South Korea", "--sentences"]),
    (
        "degree-over-time.svg",
        &[
            "rank",
            "--by",
            "degree",
            "--kind",
            "country",
            "--every",
            "5y",
            "--during",
            "1945/2024",
            "--limit",
            "8",
        ],
    ),
    (
        "mongolia-by-period.svg",
        &["panel", "Mongolia", "--kind", "country", "--every", "5y", "--during", "1930/2024"],
    ),
    ("network-by-decade.svg", &["export", "--kind", "country", "--every", "10y", "--during", "1950/2019"]),
    ("hong-kong-cuba.svg", &["connect", "Hong Kong", "Cuba", "--lang", "zh-Hant,en"]),
];

fn chancery(args: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(args)
        .args(["--graph", "graph"])
        .current_dir(root())
        .env_remove("CHANCERY_GRAPH")
        .output()
        .expect("the program is built with its tests");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn is_update() -> bool {
    env::var_os("CHANCERY_UPDATE").is_some()
}

#[test]
fn exports_are_current() {
    let mut stale = Vec::new();
    for (file, args) in EXPORTS {
        let ending =
            Path::new(file).extension().and_then(|ending| ending.to_str()).expect("exports have an ending");
        let made = chancery(&[args, &["--format", ending]].concat());
        let path = root().join("exports").join(file);
        if is_update() {
            fs::create_dir_all(root().join("exports")).expect("the project's folder can be written");
            fs::write(&path, &made).expect("the project's folder can be written");
        }
        if fs::read(&path).ok().as_ref() != Some(&made) {
            stale.push(file);
        }
    }
    assert!(stale.is_empty(), "{stale:?} are not current: CHANCERY_UPDATE=1 cargo test --test it exports");
}

#[test]
fn the_file_that_remakes_the_exports_names_them_all() {
    let recipe = fs::read_to_string(root().join("exports/exports.toml")).expect("it is committed");
    let named = recipe.lines().filter_map(|line| line.strip_prefix("file = \"")?.strip_suffix('"'));
    let named: BTreeSet<&str> = named.collect();
    assert_eq!(named, EXPORTS.iter().map(|(file, _)| *file).collect());
}

#[test]
fn the_schema_is_current() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_chancery")).arg("schema").output().expect("the program is built");
    let made = String::from_utf8(output.stdout).expect("a schema is text");
    let path = root().join("schema/graph.schema.json");
    if is_update() {
        fs::create_dir_all(root().join("schema")).expect("the project's folder can be written");
        fs::write(&path, &made).expect("the project's folder can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == made, "the schema is not current: CHANCERY_UPDATE=1 cargo test --test it exports");
}

#[test]
fn the_schema_accepts_what_we_ship_and_refuses_what_is_wrong() {
    let Some(python) = python() else { return };
    let script = r#"
import glob, json, sys
try:
    import jsonschema
except ImportError:
    sys.exit(77)
schema = json.load(open("schema/graph.schema.json"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sorted(glob.glob("graph/*.json")) + ["gazetteer/states.json"]:
    validator.validate(json.load(open(path, encoding="utf-8")))
for wrong in [{"nodes": [{}]}, {"edges": [{"source": "a"}]}, {"nodes": [{"id": "a", "kind": "contry"}]},
              {"edges": [{"source": "a", "target": "b", "when": 1990}]},
              {"edges": [{"source": "a", "target": "b", "cites": [{}]}]}]:
    assert not validator.is_valid(wrong), wrong
"#;
    let done = Command::new(python).args(["-c", script]).current_dir(root()).status().expect("Python runs");
    match done.code() {
        Some(77) => skip("Python's jsonschema"),
        code => assert_eq!(code, Some(0)),
    }
}

#[test]
fn the_readme_shows_what_the_program_says() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).expect("the README is there");
    let marker = "<!-- answer: connect Mongolia \"South Korea\" -->\n```text\n";
    let (before, rest) = readme.split_once(marker).expect("the README marks its answer");
    let (_, after) = rest.split_once("```\n").expect("the answer's block ends");
    let answer =
        String::from_utf8(chancery(&["connect", "Mongolia", "South Korea"])).expect("answers are text");
    // Up to the second route: enough to see what an answer is.
    let routes = answer.find("Routes (").expect("the answer has routes");
    let second = answer[routes..].match_indices("\n  M").nth(1).map_or(answer.len(), |(at, _)| routes + at);
    let current = format!("{before}{marker}{}\n  …\n```\n{after}", &answer[..second]);
    if is_update() {
        fs::write(&path, &current).expect("the README can be written");
    } else {
        assert!(readme == current, "README is not current: CHANCERY_UPDATE=1 cargo test --test it exports");
    }
}
