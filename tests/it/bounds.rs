//! Bounds are honest: whatever an answer says under a bound is what the unbounded answer says, and the rest is named.

use std::process::Command;

use chancery::{
    analysis::{
        connect::{Connection, Connections, Options, Ranking, Reason, Unknown},
        meter::{Bound, Meter},
        paths::{Pathfinder, Simple, Without},
    },
    dataset::{ActorIndex, Dataset},
    lens::Lens,
    network::Network,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{actor, plain, shipped};

fn ask(network: &Network<'_>, (a, b): (ActorIndex, ActorIndex), steps: u64) -> Connection {
    let options = Options { steps, ranking: Ranking::Interesting, ..Options::default() };
    Connections::new(network).between(a, b, &options).expect("the lens names nothing")
}

/// Whether what a bounded answer says is what the whole one says, but for what it names as unknown.
fn agrees(whole: &Connection, part: &Connection) {
    let unknown = part.truncated.as_ref().map(|cut| cut.unknown.clone()).unwrap_or_default();
    let knows = |what| !unknown.contains(&what);
    if knows(Unknown::Distance) {
        assert_eq!(part.distance, whole.distance);
        assert_eq!(part.shortest_path_count, whole.shortest_path_count);
        assert!(part.routes.len() <= whole.routes.len());
        assert_eq!(part.distance.is_some(), !part.routes.is_empty());
        let of_shortest = |connection: &Connection| connection.distance.map(|hops| hops as usize + 1);
        assert!(part.routes.iter().all(|route| Some(route.actors.len()) >= of_shortest(whole)));
    } else {
        assert_eq!(part.distance, None);
        let at_least = part.truncated.as_ref().and_then(|cut| cut.at_least_hops).expect("it is said");
        assert!(whole.distance.is_none_or(|distance| at_least <= distance));
        assert_eq!(part.reason, Some(Reason::Truncated { at_least: Some(at_least) }));
        return;
    }
    if knows(Unknown::Routes) {
        assert_eq!(part.routes, whole.routes);
    }
    if knows(Unknown::Flow) {
        assert_eq!(part.flow, whole.flow);
    } else {
        assert_eq!(part.flow, None);
    }
    let names = |connection: &Connection| -> Vec<_> {
        connection.connectors.iter().map(|one| (one.actor, one.if_removed, one.towards_a.clone())).collect()
    };
    if knows(Unknown::Connectors) {
        assert_eq!(part.connectors.len(), whole.connectors.len());
    }
    assert!(names(part).iter().all(|one| names(whole).contains(one)));
    assert!(part.disjoint.count <= whole.disjoint.count);
    if knows(Unknown::Disjoint) {
        assert_eq!(part.disjoint, whole.disjoint);
    }
    assert!(part.dyad_disjoint.count <= whole.dyad_disjoint.count);
    if knows(Unknown::DyadDisjoint) {
        assert_eq!(part.dyad_disjoint, whole.dyad_disjoint);
    }
    match (&part.reason, &whole.reason) {
        (Some(Reason::Filtered { parts }), Some(Reason::Filtered { parts: all })) => {
            assert!(parts.iter().all(|part| all.contains(part)));
            assert!(!knows(Unknown::Reason) || parts == all);
        }
        // That other days would do is known before it is known which.
        (Some(Reason::Truncated { at_least: None }), Some(_))
        | (Some(Reason::Filtered { .. }), Some(Reason::NotYet { .. })) => assert!(!knows(Unknown::Reason)),
        (some, all) => assert_eq!(some, all),
    }
}

fn under_all_bounds(dataset: &Dataset, lens: &Lens, ends: (ActorIndex, ActorIndex)) {
    let network = Network::between(dataset, lens, &[ends.0, ends.1]).expect("the lens names nothing");
    let whole = ask(&network, ends, u64::MAX);
    assert_eq!(whole.truncated, None);
    let stride = usize::try_from(whole.steps / 40 + 1).expect("it is small");
    for steps in (0..whole.steps).step_by(stride).chain([whole.steps]) {
        let part = ask(&network, ends, steps);
        assert_eq!(part.truncated.is_none(), steps == whole.steps, "{steps} of {}", whole.steps);
        if let Some(cut) = &part.truncated {
            assert!(cut.bound == Bound::Steps && cut.limit == steps && cut.steps <= steps);
        }
        agrees(&whole, &part);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_bounded_answer_is_a_part_of_the_whole(
        pairs in prop::collection::vec((0_u8..12, 0_u8..12), 8..30),
        (a, b) in (0_u8..12, 0_u8..12),
    ) {
        prop_assume!(a != b);
        let ids: Vec<String> = (0..12).map(|at| format!("n{at:02}")).collect();
        let ties: Vec<(String, String)> =
            pairs.iter().map(|(x, y)| (ids[*x as usize].clone(), ids[*y as usize].clone())).collect();
        let dataset = plain(&ids, &ties);
        let ends = (actor(&dataset, &ids[a as usize]), actor(&dataset, &ids[b as usize]));
        under_all_bounds(&dataset, &Lens::default(), ends);
    }

    #[test]
    fn paths_under_a_bound_are_the_first_ones(
        pairs in prop::collection::vec((0_u8..10, 0_u8..10), 8..26),
        steps in 0_u64..200,
        longest in prop::option::of(2_u32..7),
    ) {
        let ids: Vec<String> = (0..10).map(|at| format!("n{at}")).collect();
        let ties: Vec<(String, String)> =
            pairs.iter().map(|(x, y)| (ids[*x as usize].clone(), ids[*y as usize].clone())).collect();
        let dataset = plain(&ids, &ties);
        let network = Network::project(&dataset, &Lens::default()).expect("the lens names nothing");
        let (a, b, none) = (ActorIndex(0), ActorIndex(1), Without::default());
        let wanted = Simple { limit: 1000, longest: longest.unwrap_or(u32::MAX), ..Simple::default() };
        let whole = Pathfinder::new(&network).simple_paths(a, b, &none, &wanted);
        let mut finder = Pathfinder::new(&network).with_meter(Meter::new(steps, None));
        let part = finder.simple_paths(a, b, &none, &wanted);
        prop_assert!(!whole.is_truncated && whole.paths.starts_with(&part.paths));
        prop_assert_eq!(part.is_truncated, finder.meter().stopped().is_some());
        prop_assert!(part.is_truncated || part.paths == whole.paths);
    }
}

#[test]
fn the_shipped_graph_is_answered_honestly_under_any_bound() {
    let dataset = shipped();
    let ends = |a, b| (actor(&dataset, a), actor(&dataset, b));
    under_all_bounds(&dataset, &Lens::default(), ends("mongolia", "south-korea"));
    let until_1940 = Lens { during: "../1940".parse().expect("a window"), ..Lens::default() };
    under_all_bounds(&dataset, &until_1940, ends("mongolia", "cuba"));
}

#[test]
fn time_that_is_up_ends_the_search() {
    let dataset = shipped();
    let (a, b) = (actor(&dataset, "mongolia"), actor(&dataset, "cuba"));
    let network = Network::between(&dataset, &Lens::default(), &[a, b]).expect("the lens names nothing");
    let is_up = || true;
    let mut connections = Connections::new(&network).until(&is_up);
    let answer = connections.between(a, b, &Options::default()).expect("the lens names nothing");
    assert_eq!(
        answer.truncated.map(|cut| (cut.bound, cut.unknown[0])),
        Some((Bound::Time, Unknown::Distance))
    );
}

fn chancery(args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(args).env_remove("CHANCERY_GRAPH").current_dir(env!("CARGO_TARGET_TMPDIR"));
    let output = command.output().expect("the program was built for this test");
    let text = String::from_utf8(output.stdout).expect("the program writes UTF-8");
    (output.status.code().expect("no signal ended it"), text)
}

#[test]
fn the_command_line_says_which_bound_bit() {
    let (code, text) = chancery(&["connect", "Hong Kong", "Cuba", "--steps", "1", "--format", "json"]);
    let whole: Value = serde_json::from_str(&text).expect("the answer is JSON");
    assert_eq!(code, 1);
    assert_eq!(whole["answer"]["reason"], "truncated");
    let expected =
        json!({"bound": "steps", "limit": 1, "steps": 0, "unknown": ["distance"], "at_least_hops": 2});
    assert_eq!(whole["answer"]["truncated"], expected);
    assert_eq!(whole["header"]["bounds"], json!({"steps": 1, "steps_taken": 0}));
    let (_, text) = chancery(&["connect", "Hong Kong", "Cuba", "--steps", "1"]);
    assert!(text.contains("stopped after 0 steps (--steps 1)") && text.contains("at least 2 hops"), "{text}");
    let (code, text) = chancery(&["paths", "Mongolia", "Cuba", "--steps", "1", "--lang", "zh-Hant"]);
    assert!(code == 1 && text.contains("在0步後（--steps 1）中止") && text.contains("至少有1步"), "{text}");
    let (code, text) = chancery(&["paths", "Mongolia", "Cuba", "--seconds", "0"]);
    assert!(code == 1 && text.contains("time was up"), "{text}");

    let args = ["connect", "Mongolia", "South Korea", "--budget", "4", "--format", "json"];
    let (code, text) = chancery(&args);
    let whole: Value = serde_json::from_str(&text).expect("the answer is JSON");
    let connectors = whole["answer"]["connectors"].as_array().expect("a list").len() as u64;
    assert!(code == 0 && connectors == 2 && whole["answer"]["connector_count"].as_u64() > Some(2));
    assert_eq!(whole["answer"]["truncated"], Value::Null);
    let notes = whole["header"]["notes"].to_string();
    assert!(notes.contains("2 of ") && notes.contains("--budget 4"), "{notes}");
    let (_, svg) = chancery(&["connect", "Mongolia", "South Korea", "--budget", "4", "--format", "dot"]);
    assert_eq!(svg.lines().filter(|line| line.contains("shape=")).count(), 4, "{svg}");
}
