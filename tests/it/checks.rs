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
        native::read_text(&format!("{number}.json"), (*text).to_owned().into(), &mut builder);
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

/// The problems of one file, as `line:column code message`.
fn placed(text: &str) -> Vec<String> {
    let mut builder = Builder::default();
    native::read_text("f.json", text.to_owned().into(), &mut builder);
    let found = builder.finish().1;
    assert!(found.iter().all(|problem| problem.hint.is_some()), "{found:#?}");
    found
        .iter()
        .map(|problem| format!("{}:{} {} {}", problem.line, problem.column, problem.code, problem.message))
        .collect()
}

/// A file with two actors, a reference cited by default, and ties, one a line from line 3.
fn ties(ties: &[&str]) -> String {
    let ends = r#""source": "a", "target": "b", "relation": "#;
    let ties: Vec<String> = ties.iter().map(|tie| format!("{{{ends}{tie}}}")).collect();
    format!(
        "{{\"graph\": {{\"references\": [{{\"id\": \"r\"}}], \"cites\": [{{\"ref\": \"r\"}}]}},\n\
         \"nodes\": [{{\"id\": \"a\"}}, {{\"id\": \"b\"}}], \"edges\": [\n{}]}}",
        ties.join(",\n")
    )
}

#[test]
fn a_tie_recorded_twice_names_the_place_of_the_other() {
    let visit = r#""visit", "when": "1999-05-01""#;
    let found = placed(&ties(&[visit, visit]));
    assert_eq!(found, ["4:1 same-tie this `visit` is recorded twice"]);
    for others in [
        [visit, r#""visit", "when": "1999-05-02""#],
        [visit, r#""visit", "when": "1999-05-01", "event": "tour""#],
        [r#""related""#, r#""related""#],
        [
            r#""mission", "when": "1999", "level": "embassy""#,
            r#""mission", "when": "1999", "level": "consulate""#,
        ],
    ] {
        assert_eq!(placed(&ties(&others)), [""; 0], "{others:?}");
    }
}

#[test]
fn claims_that_cannot_both_be_true_need_a_status() {
    let claims = |second: &str| {
        let tie = format!(r#""mission", "claims": [{{"when": "1951/1999"}}, {{{second}}}]"#);
        placed(&ties(&[&tie]))
    };
    assert_eq!(
        claims(r#""when": "1952/1999""#),
        ["3:98 contradiction this claim and claim 1 cannot both be true"]
    );
    for second in [
        r#""when": "1952/1999", "status": "disputed""#,
        r#""when": "1951-03/1999-08""#,
        r#""when": "1951/""#,
        r#""attested": "1960""#,
    ] {
        assert_eq!(claims(second), [""; 0], "{second}");
    }
}

#[test]
fn a_lasting_tie_fits_the_instants_at_its_ends() {
    let mission = r#""mission", "when": "1951/1999""#;
    let found = placed(&ties(&[mission, r#""mission-opened", "when": "1953""#]));
    assert_eq!(found, ["4:70 at-odds this is what begins the `mission`, which cannot have started then"]);
    let found = placed(&ties(&[mission, r#""mission-closed", "when": "2001-05""#]));
    assert_eq!(found, ["4:70 at-odds this is what ends the `mission`, which cannot have ended then"]);
    let reopened = r#""mission", "when": "2005/..""#;
    for fits in [
        vec![mission, r#""mission-opened", "when": "1951-06""#, r#""mission-closed", "when": "1999""#],
        vec![mission, reopened, r#""mission-opened", "when": "2005""#],
        vec![mission, r#""mission-opened", "when": "1951""#, r#""mission-opened", "when": "2005""#],
        vec![reopened, r#""mission-closed", "when": "1999""#],
        vec![r#""mission", "when": "/1999""#, r#""mission-opened", "when": "1960""#],
        vec![
            r#""mission", "when": "1951/1999", "level": "embassy""#,
            r#""mission-opened", "when": "1970", "level": "consulate""#,
        ],
    ] {
        assert_eq!(placed(&ties(&fits)), [""; 0], "{fits:?}");
    }
}

#[test]
fn what_is_done_before_or_after_an_actor_existed_is_told() {
    let told = |relation: &str, when: &str| {
        let text = format!(
            r#"{{"graph": {{"references": [{{"id": "r"}}], "cites": [{{"ref": "r"}}]}},
                "nodes": [{{"id": "a", "existence": "1949/1990"}}, {{"id": "b"}}],
                "edges": [{{"source": "a", "target": "b", "relation": "{relation}", "when": "{when}"}}]}}"#
        );
        !problems(&[&text]).is_empty()
    };
    assert!(told("visit", "1991") && told("visit", "1948-12") && told("mission", "1995/1999"));
    // One of the days that the date allows is enough; and of the dead one speaks.
    assert!(!told("visit", "[1948..1949]") && !told("visit", "1990~"));
    assert!(!told("praise", "1995") && !told("member-of", "1995/1999"));
}

#[test]
fn a_name_of_two_actors_is_told_with_both() {
    let file = |second: &str, ties: &str| {
        format!(
            "{{\"nodes\": [{{\"id\": \"a\", \"names\": [{{\"text\": \"Korea\"}}]}},\n\
             {{\"id\": \"b\", \"names\": [{{\"text\": \"Chosun\"}}, {{\"text\": \"Korea\"{second}}}]}}], \"edges\": [{ties}]}}"
        )
    };
    assert_eq!(placed(&file("", "")), ["2:52 shared-name `Korea` is a name of `a` and of `b`"]);
    assert_eq!(placed(&file(r#", "use": "former""#, "")), [""; 0], "answers never show a former name");
    let succeeds = r#"{"source": "b", "target": "a", "relation": "succeeds", "mode": "continuation"}"#;
    let found = placed(&file("", succeeds));
    assert!(!found.iter().any(|line| line.contains("shared-name")), "one lineage: {found:?}");
}

#[test]
fn problems_of_the_same_words_are_counted_beyond_a_thousand() {
    let ties: Vec<String> = (0..1500).map(|_| r#"{"source": "a", "target": "b"}"#.to_owned()).collect();
    let text = format!(r#"{{"nodes": [{{"id": "a"}}, {{"id": "b"}}], "edges": [{}]}}"#, ties.join(","));
    let mut builder = Builder::default();
    native::read_text("f.json", text.as_str().to_owned().into(), &mut builder);
    let found = builder.finish().1;
    let of = |code: &str| {
        found
            .iter()
            .filter(|problem| problem.code == code)
            .map(|problem| 1 + problem.more_count)
            .sum::<usize>()
    };
    assert_eq!((found.len(), of("no-citation"), of("missing-relation")), (2000, 1500, 1500));
}

#[test]
fn a_bare_event_that_is_almost_an_event_is_asked_about() {
    let of = |event: &str| {
        problems(&[&format!(
            r#"{{"graph": {{"references": [{{"id": "r"}}]}},
                "nodes": [{{"id": "a"}}, {{"id": "b"}}, {{"id": "sarpsborg-talks", "kind": "event"}}],
                "edges": [{{"id": "t", "source": "a", "target": "b", "relation": "visit", "event": "{event}",
                           "cites": [{{"ref": "r"}}]}}]}}"#
        )])
    };
    assert_eq!(of("sarpsborg-talks"), [""; 0]);
    assert_eq!(of("a walk in the woods"), [""; 0], "an event may be a bare name");
    assert_eq!(
        of("sarpsburg-talks"),
        ["warning: the event `sarpsburg-talks` is a bare name, and almost the id `sarpsborg-talks`"]
    );
}
