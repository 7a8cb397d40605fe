//! What checking finds in records that hold together otherwise, and for whom actors act.

use chancery::{
    dataset::{Agency, Builder, Problem},
    date::{Certainty, Window},
    format::native,
};

use crate::support::{actor, dataset};

/// The problems of some files, as `severity: message`.
fn problems(files: &[&str]) -> Vec<String> {
    let mut builder = Builder::default();
    for (number, text) in files.iter().enumerate() {
        native::read_text(&format!("{number}.json"), (*text).into(), &mut builder);
    }
    let line = |problem: Problem| format!("{}: {}", problem.severity, problem.message);
    builder.finish().1.into_iter().map(line).collect()
}

/// A file with one tie, whose fields after the relation are given.
fn one_tie(fields: &str) -> String {
    format!(
        r#"{{"graph": {{"references": [{{"id": "r"}}]}}, "nodes": [{{"id": "a"}}, {{"id": "b"}}],
            "edges": [{{"id": "t", "source": "a", "target": "b", "relation": "visit", {fields}}}]}}"#
    )
}

#[test]
fn keys_that_nobody_knows_are_seen_wherever_they_stand() {
    let of = |fields: &str| problems(&[&one_tie(fields)]);
    let cites = r#""cites": [{"ref": "r"}]"#;
    assert_eq!(of(cites), [""; 0]);
    assert_eq!(of(&format!(r#"{cites}, "key": 0"#)), [""; 0], "networkx counts parallel edges");
    assert_eq!(of(&format!(r#"{cites}, "key": "x""#)), ["warning: a tie has no key `key`"]);
    assert_eq!(
        of(&format!(r#"{cites}, "quantity": {{"value": 1, "unit": "horse", "aproximate": true}}"#)),
        ["warning: a quantity has no key `aproximate`; it is not read"]
    );
    assert_eq!(
        of(r#""cites": [{"ref": "r", "page": 5}]"#),
        ["warning: a citation has no key `page`; it is not read"]
    );
    assert_eq!(
        of(r#""claims": [{"wen": "1999", "cites": [{"ref": "r"}]}]"#),
        ["warning: a claim has no key `wen`; it is not read"]
    );
}

#[test]
fn a_book_that_is_cited_in_another_needs_both() {
    let found = problems(&[&one_tie(r#""cites": [{"ref": "r", "cited_in": "x"}]"#)]);
    assert_eq!(found, ["error: no reference `x`"]);
}

#[test]
fn a_fault_in_the_citations_of_a_file_is_told_once() {
    let text = r#"{"graph": {"cites": [{"ref": "x"}]}, "nodes": [{"id": "a"}, {"id": "b"}],
        "edges": [{"source": "a", "target": "b", "relation": "visit", "when": "1999"},
                  {"source": "a", "target": "b", "relation": "visit", "when": "2000"}]}"#;
    assert_eq!(problems(&[text]), ["error: no reference `x`"]);
}

#[test]
fn a_bad_date_hides_no_other_fault_of_its_tie() {
    let text = r#"{"nodes": [{"id": "a"}],
        "edges": [{"id": "t", "source": "a", "target": "b", "relation": "visit", "when": "1999-13"},
                  {"id": "u", "source": "a", "target": "a", "relation": "denial", "about": "t"}]}"#;
    let found = problems(&[text]);
    assert!(found.iter().any(|line| line == "error: no actor `b`"), "{found:?}");
    assert!(found.iter().any(|line| line.contains("`1999-13` is not")), "{found:?}");
    assert!(!found.iter().any(|line| line.contains("no tie or event `t`")), "{found:?}");
}

#[test]
fn a_relation_is_declared_once_or_alike() {
    let file = |channel: &str| {
        format!(
            r#"{{"graph": {{"relations": [{{"id": "loan", "channel": "{channel}"}}]}}, "nodes": [], "edges": []}}"#
        )
    };
    let (interaction, stance) = (file("interaction"), file("stance"));
    assert_eq!(problems(&[&interaction, &interaction]), [""; 0]);
    assert_eq!(
        problems(&[&interaction, &stance]),
        ["error: relation `loan` is declared twice, and differently"]
    );
}

#[test]
fn an_official_acts_for_the_state_of_the_ministry_while_in_office() {
    let data = dataset(
        r#"{"nodes": [{"id": "envoy"}, {"id": "ministry"}, {"id": "state"}],
            "edges": [{"source": "envoy", "target": "ministry", "relation": "office", "when": "2000-06-01/2004-05-31"},
                      {"source": "ministry", "target": "state", "relation": "organ-of", "when": "1950/2020"}]}"#,
    );
    let [envoy, ministry, state] = ["envoy", "ministry", "state"].map(|id| actor(&data, id));
    let acts = |window: &str| {
        let window: Window = window.parse().expect("the window is EDTF");
        let principals = Agency::of(&data).principals(envoy, window);
        [ministry, state].map(|principal| principals.get(&principal).copied().unwrap_or(Certainty::No))
    };
    assert_eq!(acts("2002"), [Certainty::Certainly; 2]);
    assert_eq!(acts("2000"), [Certainty::Possibly; 2], "before June somebody else held the office");
    assert_eq!(acts("1999"), [Certainty::No; 2]);
    assert!(
        Agency::of(&data).principals(state, Window::ALL).is_empty(),
        "a state does not act for its ministry"
    );
}
