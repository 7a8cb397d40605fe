//! What `connect` must say of the shipped graph, and what it says when there is no answer.

use chancery::{
    analysis::connect::{Connection, Options, Part, Reason, Serves, connect},
    dataset::{Dataset, Lookup, Mirrored},
    date::Certainty,
    lens::{KindSelector, Lens, Predicate},
    model::{ActorKind, Polarity},
    network::Network,
    report::{ConnectReport, Viewer},
};

use crate::support::{actor, dataset, shipped};

#[test]
fn what_is_told_from_both_sides_is_said() {
    let built = dataset(
        r#"{"nodes": [{"id": "a"}, {"id": "b"}, {"id": "m"}], "edges": [
            {"source": "a", "target": "m", "relation": "visit", "when": "1999-01-02"},
            {"source": "m", "target": "a", "relation": "host", "when": "1999-01-02"},
            {"source": "m", "target": "a", "relation": "host", "when": "1999-01-03"},
            {"source": "m", "target": "b", "relation": "visit", "when": "1999-01-02"},
            {"source": "m", "target": "b", "relation": "host", "when": "1999-01-02"}]}"#,
    );
    let once = Mirrored { visit_count: 1, mutual_count: 0 };
    assert_eq!(built.mirrored(built.ties().all()), once);
    let [a, b] = ["a", "b"].map(|id| actor(&built, id));
    let network = Network::between(&built, &Lens::default(), &[a, b]).expect("the lens names nothing");
    let answer = ask(&built, &Lens::default(), "a", "b");
    let mut viewer = Viewer::new(&built, network.predicate());
    let report = ConnectReport::new(&mut viewer, &network, &answer, None);
    let notes = report.notes(&built, &answer, &Options::default()).join(" ");
    assert!(notes.contains("counted twice here: 1 as visit and hosting, 0 as"), "{notes}");
}

fn ask(dataset: &Dataset, lens: &Lens, a: &str, b: &str) -> Connection {
    let find = |name: &str| match dataset.lookup(name) {
        Lookup::One(actor, _) => actor,
        other => panic!("{name}: {other:?}"),
    };
    connect(dataset, lens, find(a), find(b), &Options::default()).expect("the lens fits the graph")
}

fn who(dataset: &Dataset, connection: &Connection, serves: Serves) -> Vec<String> {
    let of_side = connection.connectors.iter().filter(|connector| connector.serves == serves);
    of_side.map(|connector| dataset.actors().id(connector.actor).to_owned()).collect()
}

#[test]
fn mongolia_and_south_korea_are_connected_by_north_korea_and_by_kim_dae_jung() {
    let dataset = shipped();
    let expected = ask(&dataset, &Lens::default(), "Mongolia", "South Korea");
    assert!(!expected.direct.is_empty());
    assert_eq!(expected.distance, Some(2));
    assert_eq!(who(&dataset, &expected, Serves::Third)[0], "north-korea");
    assert!(who(&dataset, &expected, Serves::B).contains(&"kim-dae-jung".to_owned()));
    for (a, b) in [
        ("蒙古", "南韓"),
        ("MNG", "KOR"),
        ("蒙古国", "大韩民国"),
        ("Монгол", "대한민국"),
        ("cow:712", "cow:732"),
    ] {
        assert_eq!(ask(&dataset, &Lens::default(), a, b), expected, "{a} {b}");
    }
}

#[test]
fn the_question_asked_from_the_other_side_has_the_same_answer() {
    let dataset = shipped();
    let forth = ask(&dataset, &Lens::default(), "Mongolia", "South Korea");
    let back = ask(&dataset, &Lens::default(), "South Korea", "Mongolia");
    assert_eq!(who(&dataset, &forth, Serves::Third), who(&dataset, &back, Serves::Third));
    assert_eq!(who(&dataset, &forth, Serves::B), who(&dataset, &back, Serves::A));
    assert_eq!(forth.shortest_path_count, back.shortest_path_count);
}

#[test]
fn hong_kong_and_cuba_are_connected_by_north_korea() {
    let dataset = shipped();
    let answer = ask(&dataset, &Lens::default(), "Hong Kong", "Cuba");
    assert!(answer.direct.is_empty());
    assert_eq!(who(&dataset, &answer, Serves::Third)[0], "north-korea");
}

#[test]
fn every_tie_of_the_shipped_graph_cites_something() {
    let dataset = shipped();
    for tie in dataset.ties().all() {
        let cited = dataset.tie(tie).claims().iter().all(|claim| !claim.cites.is_empty());
        assert!(cited, "{}", dataset.ties().id(tie));
    }
}

/// Two states that a third ties together in the 1990s, an envoy of the first, and an islander apart.
const STATES: &str = r#"{
  "graph": {"references": [{"id": "book", "issued": {"date-parts": [[2020]]}}], "cites": [{"ref": "book"}]},
  "nodes": [
    {"id": "arl", "kind": "country"}, {"id": "bem", "kind": "country"}, {"id": "cor", "kind": "country"},
    {"id": "dun", "kind": "country"}, {"id": "envoy", "kind": "person"}, {"id": "league", "kind": "institution"}
  ],
  "edges": [
    {"id": "t1", "source": "arl", "target": "cor", "relation": "visit", "when": "1990-05"},
    {"id": "t2", "source": "cor", "target": "bem", "relation": "visit", "when": "1995?"},
    {"id": "t3", "source": "envoy", "target": "arl", "relation": "office", "when": "1990/1992"},
    {"id": "t4", "source": "envoy", "target": "bem", "relation": "visit", "when": "1991-07-01"},
    {"id": "t5", "source": "arl", "target": "league", "relation": "member-of", "when": "1990/.."},
    {"id": "t6", "source": "dun", "target": "league", "relation": "member-of", "when": "1990/.."}
  ]
}"#;

#[test]
fn an_official_serves_only_while_in_office() {
    let states = dataset(STATES);
    let answer = ask(&states, &Lens::default(), "arl", "bem");
    assert_eq!(who(&states, &answer, Serves::A), ["envoy"]);
    assert_eq!(who(&states, &answer, Serves::Third), ["cor"]);
    let later = dataset(&STATES.replace("1991-07-01", "1999-07-01"));
    let answer = ask(&later, &Lens::default(), "arl", "bem");
    // As a third party the envoy is better attested than `cor`, whose visit is doubtful.
    assert_eq!(who(&later, &answer, Serves::Third), ["envoy", "cor"]);
}

#[test]
fn a_filter_that_parts_two_actors_is_named() {
    let states = dataset(STATES);
    let lens = Lens { kinds: vec![KindSelector::Kind(ActorKind::Institution)], ..Lens::default() };
    let answer = ask(&states, &lens, "arl", "bem");
    let Some(Reason::Filtered { parts }) = answer.reason else { panic!("{:?}", answer.reason) };
    assert_eq!(parts.iter().map(|part| (part.part, part.distance)).collect::<Vec<_>>(), [(Part::Kind, 2)]);
}

#[test]
fn each_narrow_part_of_a_lens_is_named_when_it_alone_parts_two_actors() {
    let states = dataset(STATES);
    let book = dataset(&STATES.replace(
        r#"[{"id": "book", "issued": {"date-parts": [[2020]]}}]"#,
        r#"[{"id": "book"}, {"id": "leaflet"}]"#,
    ));
    let lenses = [
        (&states, Part::Polarity, Lens { polarities: [Polarity::Negative].into(), ..Lens::default() }),
        (&book, Part::Reference, Lens { references: vec!["leaflet".to_owned()], ..Lens::default() }),
        (&states, Part::MinCount, Lens { min_count: 2, ..Lens::default() }),
        (&states, Part::MaxDegree, Lens { max_degree: Some(1), ..Lens::default() }),
    ];
    for (dataset, part, lens) in lenses {
        let answer = ask(dataset, &lens, "arl", "bem");
        let Some(Reason::Filtered { parts }) = answer.reason else { panic!("{:?}", answer.reason) };
        assert_eq!(parts.iter().map(|part| part.part).collect::<Vec<_>>(), [part]);
    }
}

#[test]
fn options_that_bite_are_counted() {
    let states = dataset(STATES);
    let count = |lens: &Lens, asked: &[&str]| {
        let asked: Vec<_> = asked.iter().map(|id| actor(&states, id)).collect();
        let predicate = Predicate::compile(&states, lens, &asked).unwrap();
        let narrowed = predicate.narrowed(&states, &states.ties().all());
        narrowed.into_iter().map(|one| (one.tie_count, one.actor_count)).collect::<Vec<_>>()
    };
    // Two ties of agency and membership have no sign; by default membership is not walked.
    let friendly = Lens { polarities: [Polarity::Positive].into(), ..Lens::default() };
    assert_eq!(count(&friendly, &[]), [(1, None)]);
    assert_eq!(count(&Lens { min_count: 1, ..Lens::default() }, &[]), []);
    assert_eq!(count(&Lens { min_count: 2, ..Lens::default() }, &[]), [(4, None)]);
    assert_eq!(count(&Lens { max_degree: Some(2), ..Lens::default() }, &[]), []);
    assert_eq!(count(&Lens { max_degree: Some(1), ..Lens::default() }, &["arl", "bem"]), [(4, Some(2))]);
}

#[test]
fn of_a_contested_tie_one_reference_says_what_it_says_and_a_denial_still_counts() {
    let states = dataset(
        r#"{"graph": {"references": [{"id": "yes"}, {"id": "no"}]},
            "nodes": [{"id": "a"}, {"id": "b"}],
            "edges": [{"id": "t", "source": "a", "target": "b", "relation": "visit", "claims": [
                {"when": "1990-05-01", "cites": [{"ref": "yes"}]},
                {"when": "1990-05-01", "status": "refuted", "cites": [{"ref": "no"}]}]}]}"#,
    );
    let tie = states.ties().find("t").unwrap();
    let certainty = |references: &[&str]| {
        let references = references.iter().map(|id| (*id).to_owned()).collect();
        let lens = Lens { references, ..Lens::default() };
        Predicate::compile(&states, &lens, &[]).unwrap().certainty(&states, tie)
    };
    assert_eq!(certainty(&[]), Certainty::Possibly);
    assert_eq!(certainty(&["yes"]), Certainty::Possibly);
    assert_eq!(certainty(&["no"]), Certainty::No);
}

#[test]
fn channels_are_named_when_only_membership_joins() {
    let states = dataset(STATES);
    let answer = ask(&states, &Lens::default(), "arl", "dun");
    let Some(Reason::Filtered { parts }) = answer.reason else { panic!("{:?}", answer.reason) };
    assert_eq!(parts[0].part, Part::Channel);
    assert_eq!(parts[0].distance, 2);
}

#[test]
fn two_parts_are_named_when_neither_alone_parts_two_actors() {
    let states = dataset(STATES);
    // Only membership joins them, and what they are members of is of another kind.
    let lens = Lens { kinds: vec![KindSelector::Kind(ActorKind::Country)], ..Lens::default() };
    let answer = ask(&states, &lens, "arl", "dun");
    let Some(Reason::Filtered { parts }) = answer.reason else { panic!("{:?}", answer.reason) };
    let pairs: Vec<_> = parts.iter().map(|part| (part.part, part.and, part.distance)).collect();
    assert_eq!(pairs, [(Part::Channel, Some(Part::Kind), 2)]);
}

#[test]
fn two_actors_that_nothing_joins_are_disconnected() {
    let apart = dataset(&STATES.replace(r#""source": "dun""#, r#""source": "league""#));
    let answer = ask(&apart, &Lens::default(), "arl", "dun");
    assert_eq!(answer.reason, Some(Reason::Disconnected { a_component: 4, b_component: 1 }));
}

#[test]
fn what_comes_only_later_is_not_yet_and_its_day_is_found() {
    let states = dataset(STATES);
    let lens = Lens { during: "../1990".parse().unwrap(), ..Lens::default() };
    let answer = ask(&states, &lens, "arl", "bem");
    // The envoy, in office since 1990, visits on 1 July 1991.
    let Some(Reason::NotYet { first_day, .. }) = answer.reason else { panic!("{:?}", answer.reason) };
    assert_eq!(first_day.to_string(), "1991-07-01");
    // A window that begins: from then on, not by what was before it.
    let lens = Lens { during: "1989-03/1990-02".parse().unwrap(), ..Lens::default() };
    let Some(Reason::NotYet { first_day, from }) = ask(&states, &lens, "arl", "bem").reason else { panic!() };
    assert_eq!(
        (first_day.to_string(), from.map(|day| day.to_string())),
        ("1991-07-01".to_owned(), Some("1989-03-01".to_owned()))
    );
}

#[test]
fn what_is_possible_and_not_certain_is_said_with_the_hop_in_doubt() {
    let doubtful = dataset(&STATES.replace(
        r#""id": "t4", "source": "envoy", "target": "bem""#,
        r#""id": "t4", "source": "envoy", "target": "cor""#,
    ));
    let lens = Lens { certainty: Certainty::Certainly, ..Lens::default() };
    let answer = ask(&doubtful, &lens, "arl", "bem");
    let hops = vec![("cor".to_owned(), "bem".to_owned())];
    assert_eq!(answer.reason, Some(Reason::PossiblyOnly { hops }));
}

#[test]
fn an_actor_is_not_connected_with_itself() {
    let states = dataset(STATES);
    let one = actor(&states, "arl");
    let answer = connect(&states, &Lens::default(), one, one, &Options::default()).unwrap();
    assert_eq!(answer.reason, Some(Reason::SameActor));
}

#[test]
fn the_ties_of_one_event_and_of_one_story_count_once() {
    let json = STATES.replace(
        r#"{"id": "t1""#,
        r#"{"id": "e1", "source": "arl", "target": "cor", "relation": "meeting", "when": "1993", "event": "summit"},
           {"id": "e2", "source": "arl", "target": "cor", "relation": "signature", "when": "1993", "event": "summit"},
           {"id": "m1", "source": "arl", "target": "cor", "relation": "mission-opened", "when": "1994-02"},
           {"id": "m2", "source": "arl", "target": "cor", "relation": "mission", "when": "1994-02/.."},
           {"id": "t1""#,
    );
    let states = dataset(&json);
    let answer = ask(&states, &Lens::default(), "arl", "bem");
    let third = answer.connectors.iter().find(|connector| connector.serves == Serves::Third).unwrap();
    assert_eq!(third.towards_a.ties.len(), 5);
    assert_eq!(third.towards_a.happening_count, 3);
    assert!((third.towards_a.strength - (1.0 + 0.5 + 1.0 / 3.0)).abs() < 1e-12);
    assert!((third.towards_b.strength - 0.5).abs() < 1e-12);
}

#[test]
fn what_is_left_out_of_all_is_what_a_look_at_each_tie_finds() {
    let edge = |relation: &str| {
        format!(r#"{{"source": "a", "target": "b", "relation": "{relation}", "when": "1999"}}"#)
    };
    let edges = ["visit", "statement", "praise", "member-of", "visit"].map(edge).join(",");
    let text = format!(r#"{{"graph": {{}}, "nodes": [{{"id": "a"}}, {{"id": "b"}}], "edges": [{edges}]}}"#);
    let mut builder = chancery::dataset::Builder::default();
    chancery::format::native::read_text("t", text.as_str().to_owned().into(), &mut builder);
    let dataset = builder.finish().0;
    let during = Lens { during: "2001".parse().unwrap(), ..Lens::default() };
    let named = Lens { relations: vec!["visit".to_owned()], ..Lens::default() };
    let without = Lens { not_relations: vec!["visit".to_owned()], ..Lens::default() };
    let lenses = [(Lens::default(), 2), (during, 1), (named, 0), (without, 3)];
    for (lens, parts) in lenses {
        let predicate = Predicate::compile(&dataset, &lens, &[]).unwrap();
        let of_all = predicate.left_out(&dataset, dataset.ties().all());
        let of_each = predicate.left_out(&dataset, dataset.ties().all().filter(|_| true));
        assert_eq!((of_all.len(), &of_all), (parts, &of_each), "{lens:?}");
    }
}
