//! Answers told in Chinese: no English word is left in them, and none of the other script.
//!
//! All names, ids and titles of the graph are Chinese, so whatever Latin word an answer holds is the program's own.

use std::process::Command;

use crate::support::Desk;

/// 甲 is tied to 乙 by way of 丙 (a third party) and 丁 (甲's own official), 己 stands apart, 辛 may be tied in 1990 and is
/// tied to nobody before.
const GRAPH: &str = r#"{"graph": {"references": [{"id": "一", "title": "蒙古史料", "issued": "2001"}]},
"nodes": [
 {"id": "甲", "kind": "country"}, {"id": "乙", "kind": "country"}, {"id": "丙", "kind": "country"},
 {"id": "丁", "kind": "person"}, {"id": "己", "kind": "country"}, {"id": "庚", "kind": "country"},
 {"id": "辛", "kind": "country"}],
"edges": [
 {"source": "甲", "target": "丙", "relation": "visit", "when": "1985", "cites": [{"ref": "一"}]},
 {"source": "甲", "target": "丙", "relation": "visit", "when": "1986", "status": "alleged", "cites": [{"ref": "一"}]},
 {"source": "甲", "target": "丙", "relation": "meeting", "when": "1987", "cites": [{"ref": "一"}]},
 {"source": "甲", "target": "丙", "relation": "visit", "when": "1988", "cites": [{"ref": "一"}]},
 {"source": "甲", "target": "丙", "relation": "visit", "when": "1989", "cites": [{"ref": "一"}]},
 {"source": "丙", "target": "乙", "relation": "visit", "when": "1987", "cites": [{"ref": "一"}]},
 {"source": "丁", "target": "甲", "relation": "office", "role": {"code": "foreign-minister"}, "when": "1980/1990", "cites": [{"ref": "一"}]},
 {"source": "丁", "target": "乙", "relation": "visit", "when": "1988?", "cites": [{"ref": "一"}]},
 {"source": "甲", "target": "乙", "relation": "praise", "when": "1989", "cites": [{"ref": "一"}]},
 {"source": "乙", "target": "辛", "relation": "visit", "when": "1990-05-01", "cites": [{"ref": "一"}]},
 {"source": "己", "target": "庚", "relation": "visit", "when": "1989", "cites": [{"ref": "一"}]},
 {"source": "丙", "target": "甲", "relation": "visit", "when": "1988", "status": "refuted", "cites": [{"ref": "一"}]}]}"#;

fn told(graph: &str, args: &[&str], lang: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(args).args(["--graph", graph, "--lang", lang]).env_remove("CHANCERY_GRAPH");
    let output = command.output().expect("the program was built for this test");
    String::from_utf8(output.stdout).expect("the program writes UTF-8")
}

/// Words that are the same in all languages: the program's and files' names, functions, the relation asked for.
const KNOWN: [&str; 10] = [
    "chancery",
    "log",
    "HTML",
    "Markdown",
    "timeline",
    "NP",
    "visit",
    "report-connectors",
    "report-timeline",
    "svg",
];

const HASH_LENGTH: usize = 32;

/// The Latin words of an answer that are neither options, nor values of options, nor commands in backticks.
fn latin_words(text: &str) -> Vec<&str> {
    let text = text.split("\n<!--").next().unwrap_or_default();
    let outside = text.split('`').step_by(2);
    let words =
        outside.flat_map(|part| part.split(|c: char| !(c.is_ascii_alphanumeric() || "-_,".contains(c))));
    let mut words =
        words.filter(|word| word.chars().filter(char::is_ascii_alphabetic).count() > 1).peekable();
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        if word.starts_with("--") {
            // What `--channel all` means is its value.
            words.next_if(|value| {
                matches!(word, "--channel" | "--status" | "--time") && !value.starts_with("--")
            });
        } else if !KNOWN.contains(&word) && word.len() < HASH_LENGTH {
            found.push(word);
        }
    }
    found
}

const QUESTIONS: [&[&str]; 25] = [
    &["connect", "甲", "乙"],
    &["connect", "甲", "乙", "--order", "interesting", "--channel", "all"],
    &["connect", "甲", "乙", "--certain"],
    &["connect", "甲", "乙", "--relation", "visit", "--during", "1980/1987", "--min-count", "1"],
    &["connect", "甲", "乙", "--avoid", "丙", "--kind", "country"],
    &["connect", "甲", "辛", "--during", "../1989"],
    &["connect", "甲", "己"],
    &["connect", "甲", "甲"],
    &["connect", "甲", "乙", "--max-degree", "1", "--status", "asserted"],
    &["connect", "甲", "乙", "己", "--tree", "--budget", "4"],
    &["connect", "甲", "乙", "辛", "--steps", "9"],
    &["connect", "--between", "甲、己", "乙", "--by-kind"],
    &["connect", "甲", "辛", "--max-hops", "2", "--certain"],
    &["connect", "甲", "乙", "--direction", "forward"],
    &["first-contact", "甲", "乙"],
    &["first-contact", "甲", "己", "--certain"],
    &["paths", "甲", "乙"],
    &["paths", "甲", "己"],
    &["paths", "甲", "乙", "--k", "3"],
    &["paths", "甲", "乙", "--up-to", "3", "--limit", "1"],
    &["paths", "甲", "辛", "--via", "丙"],
    &["paths", "甲", "乙", "--time", "possible", "--strict", "--direction", "forward"],
    &["paths", "甲", "辛", "--time", "possible", "--gap", "2y"],
    &["timeline", "甲"],
    &["report", "甲", "乙", "--format", "markdown"],
];

#[test]
fn answers_in_chinese_hold_no_english() {
    let desk = Desk::new();
    let graph = desk.path("圖.json");
    std::fs::write(&graph, GRAPH).expect("the desk can be written");
    let graph = graph.to_str().expect("it is Unicode");
    for args in QUESTIONS {
        for (lang, other) in [("zh-Hant", "与条关经来缀据"), ("zh-Hans", "與條關經來綴據")] {
            let text = told(graph, args, lang);
            assert!(!text.is_empty(), "{args:?}");
            assert_eq!(latin_words(&text), Vec::<&str>::new(), "{args:?}\n{text}");
            assert_eq!(text.find(|c| other.contains(c)), None, "{args:?}\n{text}");
        }
        let english = told(graph, args, "en");
        assert!(
            english.is_ascii() || !latin_words(&english).is_empty(),
            "the test sees English words: {english}"
        );
    }
}

#[test]
fn a_summary_counts_routes_connectors_and_third_parties() {
    let desk = Desk::new();
    let graph = desk.path("g.json");
    std::fs::write(&graph, GRAPH).expect("the desk can be written");
    let text = told(graph.to_str().expect("it is Unicode"), &["connect", "甲", "乙"], "zh-Hant");
    let expected = "在所循的渠道中，甲與乙沒有直接關係；篩選條件未計入的1條列於下文。兩者相距2步：最短路徑2條，經過2個中介，\
                    其中1個是第三方。不限長度的路徑中，有2條沒有共同的中介；所有路徑都經過丁或丙。";
    assert!(text.replace('\n', "").contains(expected), "{text}");
    assert!(text.contains("甲自身的機構或官員") && text.contains("中介：第三方"), "{text}");
}
