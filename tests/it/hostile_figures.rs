//! Names that would break a picture, in every form that a picture or a brief has: they come out as text.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::skip;

/// What a name may be: quotes, markup, entities, breaks, turned writing, length, signs beyond the basic plane.
fn names() -> Vec<(&'static str, String)> {
    vec![
        ("quotes", r#"the "so-called" 'Office' \ of «Affairs»"#.to_owned()),
        ("script", "<script>alert(1)</script>".to_owned()),
        ("entity", "Trade & Aid &lt;b&gt; &#38; {{a}} ]]>".to_owned()),
        ("break", "first line\nsecond\tline".to_owned()),
        ("turned", "\u{202e}abc\u{202c} \u{200f}عمان\u{200e} x".to_owned()),
        ("long", "Committee for the Preparation of Matters ".repeat(8).trim().to_owned()),
        ("emoji", "Embassy 🏛️ 🇲🇳 \u{1f9d1}\u{200d}\u{2696}\u{fe0f}".to_owned()),
        ("markdown", "*bold* _it_ `code` | [x](y) # 1".to_owned()),
        ("dash", "--output=/etc -> end; node [label=x] %% click".to_owned()),
    ]
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("chancery-hostile-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    let node = |(id, name): &(&str, String)| serde_json::json!({"id": id, "kind": "institution", "names": [{"text": name}]});
    let mut nodes: Vec<serde_json::Value> = names().iter().map(node).collect();
    nodes.extend(["a", "b"].map(|id| serde_json::json!({"id": id, "kind": "country"})));
    let edges: Vec<serde_json::Value> = names()
        .iter()
        .flat_map(|(id, name)| {
            let said = name.clone();
            ["a", "b"].map(|end| {
                serde_json::json!({"source": end, "target": id, "relation": "visit", "when": "1990", "note": said})
            })
        })
        .collect();
    let graph = serde_json::json!({"nodes": nodes, "edges": edges});
    fs::write(folder.join("g.json"), graph.to_string()).expect("the temporary folder can be written");
    folder
}

fn chancery(folder: &Path, args: &[&str]) {
    let done = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(args)
        .args(["--graph", "g.json"])
        .current_dir(folder)
        .output()
        .expect("the program is built with its tests");
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// What a program says of a file; `None` where it is not installed.
fn said(program: &str, args: &[&str], path: &Path) -> Option<(bool, String)> {
    let Ok(done) = Command::new(program).args(args).arg(path).output() else {
        skip(program);
        return None;
    };
    Some((done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned()))
}

/// Text without white space and marks of direction, as it can be compared across lines and columns.
fn solid(text: &str) -> String {
    let is_mark =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !c.is_whitespace() && !is_mark(*c)).collect()
}

#[test]
fn hostile_names_come_out_as_text_in_every_format() {
    let folder = folder();
    for ending in ["svg", "dot", "mmd", "graphml"] {
        let file = format!("x.{ending}");
        chancery(&folder, &["connect", "a", "b", "-o", &file]);
        let path = folder.join(&file);
        let text = fs::read_to_string(&path).expect("it was written");
        assert!(!text.contains("<script") || ending == "dot", "{ending}");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{ending}");
        match ending {
            "svg" | "graphml" => {
                let document = roxmltree::Document::parse(&text).expect("it is XML");
                let all: String = document.descendants().filter_map(|node| node.text()).collect();
                for (id, name) in names() {
                    assert!(solid(&all).contains(&solid(&name)), "{id} is not in {ending}");
                }
                if let Some((is_valid, _)) = said("xmllint", &["--noout"], &path) {
                    assert!(is_valid, "{ending}");
                }
            }
            "dot" => {
                if let Some((is_valid, drawn)) = said("dot", &["-Tplain"], &path) {
                    assert!(is_valid && drawn.lines().filter(|line| line.starts_with("node ")).count() >= 11);
                }
            }
            // In Mermaid all but letters are codes: a line is a statement of ours or none.
            _ => assert!(text.lines().all(|line| !line.trim_start().starts_with("click"))),
        }
    }
    for question in [
        &["connect", "a", "b"][..],
        &["timeline", "a"],
        &["report", "a", "b"],
        &["rank", "--every", "1y", "--by", "degree"],
    ] {
        chancery(&folder, &[question, &["-o", "x.pdf"]].concat());
        if let Some((is_valid, text)) = said("pdftotext", &["-layout"], &folder.join("x.pdf")).map(|_| {
            let done = Command::new("pdftotext")
                .args(["x.pdf", "-"])
                .current_dir(&folder)
                .output()
                .expect("it ran before");
            (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
        }) {
            assert!(is_valid && solid(&text).contains("<script>alert(1)</script>"), "{question:?}");
            assert!(solid(&text).contains("Trade&Aid&lt;b&gt;&#38;{{a}}"), "{question:?}");
        }
    }
    chancery(&folder, &["connect", "a", "b", "-o", "x.png", "--width", "600"]);
    assert!(fs::read(folder.join("x.png")).expect("it was written").starts_with(b"\x89PNG"));
    for file in ["x.html", "x.md"] {
        chancery(&folder, &["report", "a", "b", "-o", file]);
        let text = fs::read_to_string(folder.join(file)).expect("it was written");
        assert!(!text.replace("\\<script", "").contains("<script"), "{file}");
    }
    let markdown = fs::read_to_string(folder.join("x.md")).expect("it was written");
    assert!(markdown.contains(r"\*bold\* \_it\_ \`code\` \| \[x\](y) \# 1"));
    fs::remove_dir_all(&folder).expect("it is ours");
}
