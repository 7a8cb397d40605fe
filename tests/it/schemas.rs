//! Real answers against their committed JSON Schema, judged by Python's jsonschema.

use std::{fs, process::Command};

use crate::support::{Desk, python, root, skip};

/// Questions of the shipped graph, of every kind of answer that a graph alone gives.
const QUESTIONS: [&[&str]; 46] = [
    &["connect", "Mongolia", "South Korea"],
    &["connect", "Hong Kong", "Cuba", "--steps", "1"],
    &["connect", "Mongolia", "South Korea", "--steps", "300", "--lang", "zh-Hant"],
    &["connect", "Mongolia", "Cuba", "--during", "../1900"],
    &["connect", "Mongolia", "Cuba", "--relation", "visit", "--kind", "country", "--avoid", "China"],
    &["connect", "Mongolia", "Cuba", "--certain", "--during", "1950"],
    &["connect", "Mongolia", "Mongolia"],
    &["connect", "Mongolia", "Nobody At All"],
    &["connect", "Mongolia", "South Korea", "Cuba", "--tree"],
    &["connect", "--between", "Cuba, Mongolia", "kind:institution"],
    &["paths", "Mongolia", "Cuba"],
    &["paths", "Mongolia", "Cuba", "--k", "7"],
    &["paths", "Mongolia", "Cuba", "--cost", "hubs"],
    &["paths", "Mongolia", "Cuba", "--via", "China"],
    &["paths", "Mongolia", "Cuba", "--steps", "1"],
    &["paths", "Mongolia", "Cuba", "--time", "possible"],
    &["paths", "Mongolia", "Cuba", "--time", "certain"],
    &["paths", "Mongolia", "Cuba", "--time", "certain", "--during", "../1950"],
    &["reach", "Mongolia"],
    &["first-contact", "Mongolia", "South Korea"],
    &["timeline", "Cuba", "North Korea"],
    &["ties", "Cuba"],
    &["ego", "Mongolia"],
    &["show", "mongolia"],
    &["show", "visit"],
    &["find", "蒙古"],
    &["offices"],
    &["rank", "--by", "betweenness"],
    &["rank", "--by", "betweenness", "--dyads"],
    &["rank", "--by", "betweenness", "--from", "Mongolia, China", "--to", "kind:person"],
    &["rank", "--by", "current-flow-closeness", "--why", "Cuba"],
    &["brokers"],
    &["brokers", "--between", "Mongolia, North Korea", "South Korea, United States"],
    &["groups"],
    &["balance"],
    &["info"],
    &["check"],
    &["structure"],
    &["rank", "--by", "degree", "--every", "20y", "--limit", "2"],
    &["rank", "--by", "degree", "--range", "--worlds", "5", "--during", "1985"],
    &["rank", "--by", "betweenness", "--why", "Mongolia"],
    &["rank", "--by", "closeness", "--why", "Cuba"],
    &["changes", "--between", "1985/1989", "--and", "1990/1994"],
    &["alike", "Mongolia"],
    &["shared", "Mongolia", "North Korea"],
    &["panel", "--kind", "country", "--every", "10y", "--codes", "cow"],
];

#[test]
fn answers_are_what_their_schema_says() {
    let Some(python) = python() else { return };
    let desk = Desk::new();
    let mut paths = Vec::new();
    for (at, args) in QUESTIONS.iter().enumerate() {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(*args).args(["--format", "json"]).env_remove("CHANCERY_GRAPH").current_dir(&desk.0);
        let output = command.output().expect("the program was built for this test");
        assert!(output.stdout.starts_with(b"{"), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        let path = desk.path(&format!("{at}-{}.json", args.join("-").replace(['/', ' ', ':', '.'], "_")));
        fs::write(&path, output.stdout).expect("the desk can be written");
        paths.push(path);
    }
    let script = root().join("tests/oracle/answer_schema.py");
    let judged =
        Command::new(&python).arg(script).args(&paths).current_dir(root()).output().expect("python runs");
    let said = String::from_utf8_lossy(&judged.stdout);
    match judged.status.code() {
        Some(77) => skip("Python's jsonschema"),
        code => assert_eq!(code, Some(0), "{said}{}", String::from_utf8_lossy(&judged.stderr)),
    }

    // A judge that says yes to everything is none.
    let wrong = desk.path("wrong.json");
    let text = fs::read_to_string(&paths[0]).expect("it was written");
    for (from, to) in [("\"distance\": 2", "\"distance\": \"two\""), ("\"share\":", "\"shares\":")] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        fs::write(&wrong, changed).expect("the desk can be written");
        let script = root().join("tests/oracle/answer_schema.py");
        let status = Command::new(&python).arg(script).arg(&wrong).current_dir(root()).output();
        assert_eq!(status.expect("python runs").status.code(), Some(1), "{to}");
    }
}
