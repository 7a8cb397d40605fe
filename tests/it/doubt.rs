//! Doubt from a file to an answer: claims that disagree, statuses, and what a lens makes of them.

use chancery::{
    dataset::Dataset,
    date::{Certainty, Status},
    lens::{Lens, Predicate},
};

use crate::support::dataset;

/// One tie of a graph of two states whose books appeared in 1990 and 2000.
fn tie(fields: &str) -> Dataset {
    dataset(&format!(
        r#"{{"graph": {{"references": [{{"id": "early", "issued": {{"date-parts": [[1990]]}}}},
                                     {{"id": "late", "issued": {{"date-parts": [[2000]]}}}}]}},
            "nodes": [{{"id": "a", "kind": "country", "existence": ["1950/.."]}},
                      {{"id": "b", "kind": "country", "existence": ["1960/1995"]}}],
            "edges": [{{"id": "t", "source": "a", "target": "b", {fields}}}]}}"#
    ))
}

fn during(dataset: &Dataset, window: &str, statuses: &[Status]) -> Certainty {
    let mut lens = Lens { during: window.parse().expect("a window"), ..Lens::default() };
    if !statuses.is_empty() {
        lens.statuses = statuses.iter().copied().collect();
    }
    let predicate = Predicate::compile(dataset, &lens, &[]).expect("the lens names nothing");
    predicate.certainty(dataset, dataset.ties().find("t").expect("the one tie"))
}

/// An embassy that one book dates 1970–80 and another 1972–84.
const EMBASSY: &str = r#""relation": "mission", "level": "embassy", "claims": [
    {"when": "1970/1980", "cites": [{"ref": "early"}]},
    {"when": "1972/1984", "cites": [{"ref": "late"}]}]"#;

#[test]
fn two_books_that_disagree_are_certain_only_where_they_agree() {
    let embassy = tie(EMBASSY);
    assert_eq!(during(&embassy, "1971", &[]), Certainty::Possibly);
    assert_eq!(during(&embassy, "1975", &[]), Certainty::Certainly);
    assert_eq!(during(&embassy, "1982", &[]), Certainty::Possibly);
    assert_eq!(during(&embassy, "1986", &[]), Certainty::No);
}

#[test]
fn an_alleged_claim_beside_an_asserted_one_lifts_and_lowers_nothing() {
    let embassy = tie(&EMBASSY.replacen(
        r#"{"when": "1972/1984","#,
        r#"{"when": "1972/1984", "status": "alleged","#,
        1,
    ));
    assert_eq!(during(&embassy, "1971", &[]), Certainty::Certainly);
    assert_eq!(during(&embassy, "1982", &[]), Certainty::Possibly);
    // A lens drops claims, not whole ties.
    assert_eq!(during(&embassy, "1982", &[Status::Asserted]), Certainty::No);
    assert_eq!(during(&embassy, "1975", &[Status::Alleged]), Certainty::Possibly);
}

#[test]
fn a_refuting_claim_counts_against_the_tie_though_refuted_ties_are_not_listed() {
    let embassy = tie(&EMBASSY.replacen(
        r#"{"when": "1972/1984","#,
        r#"{"when": "1972/1984", "status": "refuted","#,
        1,
    ));
    assert_eq!(during(&embassy, "1975", &[]), Certainty::Possibly);
    assert_eq!(during(&embassy, "1971", &[]), Certainty::Certainly, "the refutation speaks of other years");
}

#[test]
fn what_all_claims_refute_was_never_there_and_can_be_listed() {
    let refuted =
        tie(r#""relation": "visit", "when": "1975", "status": "refuted", "cites": [{"ref": "early"}]"#);
    assert_eq!(during(&refuted, "1975", &[]), Certainty::No);
    let listed = |window: &str, statuses: &[Status]| {
        let lens = Lens {
            during: window.parse().unwrap(),
            statuses: statuses.iter().copied().collect(),
            ..Lens::default()
        };
        let predicate = Predicate::compile(&refuted, &lens, &[]).unwrap();
        let tie = refuted.ties().find("t").unwrap();
        assert!(!predicate.passes(&refuted, tie), "what never was is never walked");
        predicate.lists(&refuted, tie)
    };
    assert!(listed("1975", &[Status::Refuted]));
    assert!(!listed("1976", &[Status::Refuted]));
    assert!(!listed("1975", &[Status::Asserted]));
}

#[test]
fn an_open_end_is_certain_up_to_its_reference_and_the_life_of_its_actors() {
    let open = tie(r#""relation": "alliance", "when": "1970/..", "cites": [{"ref": "early"}]"#);
    assert_eq!(during(&open, "1985", &[]), Certainty::Certainly);
    assert_eq!(during(&open, "1993", &[]), Certainty::Possibly);
    let late = tie(r#""relation": "alliance", "when": "1970/..", "cites": [{"ref": "late"}]"#);
    assert_eq!(
        during(&late, "1993", &[]),
        Certainty::Certainly,
        "vouched for until 2000, and b lived until 1995"
    );
    assert_eq!(during(&late, "1997", &[]), Certainty::Possibly);
}

#[test]
fn a_lasting_tie_with_a_plain_date_lasts_possibly() {
    let lasting = tie(r#""relation": "alliance", "when": "1970", "cites": [{"ref": "late"}]"#);
    assert_eq!(during(&lasting, "1970", &[]), Certainty::Certainly);
    assert_eq!(during(&lasting, "1985", &[]), Certainty::Possibly);
    assert_eq!(during(&lasting, "1999", &[]), Certainty::No, "b ended in 1995");
    let instant = tie(r#""relation": "visit", "when": "1970", "cites": [{"ref": "late"}]"#);
    assert_eq!(during(&instant, "1985", &[]), Certainty::No);
    assert_eq!(during(&instant, "1970-05", &[]), Certainty::Possibly);
}

#[test]
fn one_of_two_years_is_certain_only_in_a_window_with_both() {
    let visit = tie(r#""relation": "visit", "when": "[1990,1994]", "cites": [{"ref": "late"}]"#);
    assert_eq!(during(&visit, "1992", &[]), Certainty::No);
    assert_eq!(during(&visit, "1990", &[]), Certainty::Possibly);
    assert_eq!(during(&visit, "1990/1994", &[]), Certainty::Certainly);
    let both = tie(r#""relation": "visit", "when": "{1990,1994}", "cites": [{"ref": "late"}]"#);
    assert_eq!(during(&both, "1990", &[]), Certainty::Certainly);
}

#[test]
fn a_tie_is_filed_under_the_year_that_its_date_is_written_with() {
    let year = |fields: &str| {
        let one = tie(&format!(r#"{fields}, "cites": [{{"ref": "late"}}]"#));
        one.ties().year(one.ties().find("t").expect("the one tie"))
    };
    assert_eq!(year(r#""relation": "visit", "when": "1988~""#), Some(1988));
    assert_eq!(year(r#""relation": "clash", "when": "[1960..1986]""#), Some(1960));
    assert_eq!(year(r#""relation": "visit", "when": "199X""#), Some(1990));
    assert_eq!(year(r#""relation": "alliance", "when": "1989~/1994""#), Some(1989));
    assert_eq!(
        year(r#""relation": "alliance", "attested": "1984""#),
        Some(1984),
        "its beginning is unknown since 1960"
    );
    assert_eq!(year(r#""relation": "visit", "when": "[..1975]""#), Some(1975));
}

#[test]
fn certainty_says_how_many_ties_it_leaves_out() {
    let open = tie(r#""relation": "alliance", "when": "1970/..", "cites": [{"ref": "early"}]"#);
    let lens = Lens {
        during: "1993".parse().expect("a window"),
        certainty: Certainty::Certainly,
        ..Lens::default()
    };
    let predicate = Predicate::compile(&open, &lens, &[]).expect("the lens names nothing");
    let left_out = predicate.left_out(&open, open.ties().all());
    assert_eq!(
        left_out.iter().map(|left| (left.what.to_string(), left.tie_count)).collect::<Vec<_>>(),
        [("possible, not certain".to_owned(), 1)]
    );
}
