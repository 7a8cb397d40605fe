//! More than two: the answers of all pairs together, trees against the smallest there are, groups that stand as one.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    process::Command,
};

use chancery::{
    analysis::{
        connect::{Connections, Options, Unknown, by_way_of, connect, tree},
        meter::Meter,
        paths::Pathfinder,
    },
    dataset::{ActorIndex, Dataset},
    lens::{Lens, gather},
    network::Network,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Desk, plain};

const SIZE: usize = 9;

fn graph(pairs: &[(usize, usize)]) -> Dataset {
    let ids: Vec<String> = (0..SIZE).map(|at| format!("n{at}")).collect();
    let ties: Vec<(String, String)> = pairs.iter().map(|(x, y)| (ids[*x].clone(), ids[*y].clone())).collect();
    plain(&ids, &ties)
}

fn row(at: usize) -> ActorIndex {
    ActorIndex(u32::try_from(at).expect("it is small"))
}

/// How many of some nodes can be reached from the first of them without leaving them.
fn reached(pairs: &[(usize, usize)], nodes: &BTreeSet<usize>) -> usize {
    let mut seen: BTreeSet<usize> = nodes.iter().take(1).copied().collect();
    loop {
        let next: BTreeSet<usize> = pairs
            .iter()
            .flat_map(|(x, y)| [(*x, *y), (*y, *x)])
            .filter(|(x, y)| seen.contains(x) && nodes.contains(y))
            .map(|(_, y)| y)
            .collect();
        let before = seen.len();
        seen.extend(next);
        if seen.len() == before {
            return before;
        }
    }
}

/// The dyads of the smallest tree that holds some nodes, by trying all sets of nodes; `None` when none does.
fn smallest(pairs: &[(usize, usize)], terminals: &BTreeSet<usize>) -> Option<usize> {
    let sets =
        (0_u32..1 << SIZE).map(|bits| (0..SIZE).filter(|at| bits >> at & 1 == 1).collect::<BTreeSet<_>>());
    let holding = sets.filter(|set| terminals.is_subset(set) && reached(pairs, set) == set.len());
    holding.map(|set| set.len() - 1).min()
}

fn pairs(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..SIZE, 0..SIZE), count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn a_tree_holds_all_and_has_at_most_twice_the_fewest_dyads(
        pairs in pairs(7..20),
        terminals in prop::collection::btree_set(0..SIZE, 2..6),
    ) {
        let dataset = graph(&pairs);
        let network = Network::project(&dataset, &Lens::default()).expect("the lens names nothing");
        let actors: Vec<ActorIndex> = terminals.iter().map(|at| row(*at)).collect();
        let found = tree(&mut Pathfinder::new(&network), &actors);
        let nodes: BTreeSet<ActorIndex> = found.hops.iter().flat_map(|(x, y)| [*x, *y]).chain(actors.clone()).collect();
        let between: Vec<ActorIndex> = nodes.iter().filter(|node| !actors.contains(node)).copied().collect();
        prop_assert_eq!(&found.between, &between);
        // Every hop is a dyad, and each node hangs on one other at the most: no circle.
        prop_assert!(found.hops.iter().all(|(x, y)| network.dyad(*x, *y).is_some()));
        let below: BTreeSet<ActorIndex> = found.hops.iter().map(|(_, y)| *y).collect();
        prop_assert_eq!(below.len(), found.hops.len());
        // Nothing hangs loose.
        let above: BTreeSet<ActorIndex> = found.hops.iter().map(|(x, _)| *x).collect();
        prop_assert!(between.iter().all(|node| above.contains(node) && below.contains(node)));
        if let Some(fewest) = smallest(&pairs, &terminals) {
            // One tree: one part fewer dyads than nodes.
            prop_assert_eq!(nodes.len(), found.hops.len() + 1);
            // At most 2 − 2/k times as many, for k that were asked about.
            let (hops, count) = (found.hops.len(), actors.len());
            prop_assert!(count * hops <= 2 * (count - 1) * fewest, "{hops} of {fewest}");
        } else {
            prop_assert!(nodes.len() > found.hops.len() + 1);
        }
    }

    #[test]
    fn several_are_the_pairs_put_together(pairs in pairs(8..22), terminals in prop::collection::btree_set(0..SIZE, 3..5)) {
        let dataset = graph(&pairs);
        let lens = Lens::default();
        let network = Network::project(&dataset, &lens).expect("the lens names nothing");
        let actors: Vec<ActorIndex> = terminals.iter().map(|at| row(*at)).collect();
        let options = Options::default();
        let several = Connections::new(&network).among(&actors, &options).expect("the lens names nothing");
        let mut flows: BTreeMap<ActorIndex, f64> = BTreeMap::new();
        let mut each = several.pairs.iter();
        for (at, a) in actors.iter().enumerate() {
            for b in &actors[at + 1..] {
                let alone = connect(&dataset, &lens, *a, *b, &options).expect("the lens names nothing");
                for connector in alone.connectors.iter().filter(|one| !actors.contains(&one.actor)) {
                    *flows.entry(connector.actor).or_default() += connector.flow;
                }
                prop_assert_eq!(each.next(), Some(&alone));
            }
        }
        prop_assert_eq!(several.joints.len(), flows.len());
        for joint in &several.joints {
            prop_assert!((joint.flow - flows[&joint.actor]).abs() < 1e-9);
        }
        prop_assert!(several.joints.is_sorted_by(|x, y| x.flow >= y.flow));
        // Parts are those of the graph.
        let part = |at: usize| {
            let all: BTreeSet<usize> = (0..SIZE).collect();
            let mut seen = BTreeSet::from([at]);
            let mut next = VecDeque::from([at]);
            while let Some(from) = next.pop_front() {
                for (x, y) in pairs.iter().flat_map(|(x, y)| [(*x, *y), (*y, *x)]) {
                    if x == from && all.contains(&y) && seen.insert(y) {
                        next.push_back(y);
                    }
                }
            }
            seen
        };
        let parts: BTreeSet<BTreeSet<usize>> = terminals.iter().map(|at| part(*at)).collect();
        prop_assert_eq!(several.parts.len(), parts.len());
    }

    #[test]
    fn stops_are_called_at_one_after_the_other(
        pairs in pairs(8..22),
        terminals in prop::collection::btree_set(0..SIZE, 3..5),
    ) {
        let dataset = graph(&pairs);
        let stops: Vec<ActorIndex> = terminals.iter().rev().map(|at| row(*at)).collect();
        let options = Options::default();
        let found = by_way_of(&dataset, &Lens::default(), &stops, &options, None).expect("the stops are there");
        prop_assert_eq!(found.pairs.len(), stops.len() - 1);
        for (leg, pair) in found.pairs.iter().zip(stops.windows(2)) {
            let rest = stops.iter().filter(|stop| !pair.contains(stop));
            let avoid = rest.map(|stop| dataset.actors().id(*stop).to_owned()).collect();
            let lens = Lens { avoid, ..Lens::default() };
            let alone = connect(&dataset, &lens, pair[0], pair[1], &options).expect("the stops are there");
            prop_assert_eq!(leg, &alone);
            let mut passed = leg.routes.iter().flat_map(|route| &route.actors[1..route.actors.len() - 1]);
            prop_assert!(passed.all(|actor| !stops.contains(actor)));
        }
        let joined = found.pairs.iter().filter(|leg| leg.distance.is_some() || !leg.direct.is_empty()).count();
        prop_assert_eq!(found.parts.len(), stops.len() - joined);
    }

    #[test]
    fn a_tree_under_a_bound_is_one_and_says_what_is_not_known(
        pairs in pairs(7..20),
        terminals in prop::collection::btree_set(0..SIZE, 3..6),
    ) {
        let dataset = graph(&pairs);
        let network = Network::project(&dataset, &Lens::default()).expect("the lens names nothing");
        let actors: Vec<ActorIndex> = terminals.iter().map(|at| row(*at)).collect();
        let mut finder = Pathfinder::new(&network);
        let (whole, taken) = (tree(&mut finder, &actors), finder.meter().taken());
        for steps in (0..=taken).rev().step_by(5) {
            let mut finder = Pathfinder::new(&network).with_meter(Meter::new(steps, None));
            let found = tree(&mut finder, &actors);
            let mut several = Connections::new(&network).among(&actors, &Options::default()).expect("no names");
            several.and_then(finder.meter(), Unknown::Tree);
            let unknown = several.truncated.map(|cut| cut.unknown);
            prop_assert_eq!(unknown, (steps < taken).then(|| vec![Unknown::Tree]));
            prop_assert!(steps < taken || found == whole);
            prop_assert!(found.hops.iter().all(|(x, y)| network.dyad(*x, *y).is_some()));
            let below: BTreeSet<ActorIndex> = found.hops.iter().map(|(_, y)| *y).collect();
            prop_assert_eq!(below.len(), found.hops.len());
        }
    }

    #[test]
    fn groups_are_as_far_apart_as_if_each_were_one(
        pairs in pairs(6..18),
        one in prop::collection::btree_set(0..4_usize, 1..4),
        two in prop::collection::btree_set(4..7_usize, 1..3),
    ) {
        let dataset = graph(&pairs);
        let rows = |group: &BTreeSet<usize>| group.iter().map(|at| row(*at)).collect::<Vec<_>>();
        let (first, second) = (rows(&one), rows(&two));
        let gathered = gather(&dataset, &[&first, &second]);
        let answer = connect(&gathered, &Lens::default(), first[0], second[0], &Options::default())
            .expect("the lens names nothing");
        // By hand: members become one node, ties between the two groups are direct.
        let stand = |at: usize| match at {
            at if one.contains(&at) => SIZE,
            at if two.contains(&at) => SIZE + 1,
            at => at,
        };
        let ties: Vec<(usize, usize)> = pairs.iter().map(|(x, y)| (stand(*x), stand(*y))).collect();
        let is_direct = |(x, y): &&(usize, usize)| x.min(y) == &SIZE && x.max(y) == &(SIZE + 1);
        prop_assert_eq!(answer.direct.len(), ties.iter().filter(is_direct).count());
        let mut distance = BTreeMap::from([(SIZE, 0_u32)]);
        let mut next = VecDeque::from([SIZE]);
        while let Some(from) = next.pop_front() {
            for (x, y) in ties.iter().filter(|tie| !is_direct(tie)).flat_map(|(x, y)| [(*x, *y), (*y, *x)]) {
                if x == from && !distance.contains_key(&y) {
                    distance.insert(y, distance[&from] + 1);
                    next.push_back(y);
                }
            }
        }
        prop_assert_eq!(answer.distance, distance.get(&(SIZE + 1)).copied());
    }
}

/// Two leagues, whose members are tied through 'Dun' and, as one of them belongs to both, through 'Cor'.
const LEAGUES: &str = r#"{"nodes": [
  {"id": "arl", "kind": "country", "attributes": {"region": "north"}}, {"id": "bem", "kind": "country", "attributes": {"region": "south"}},
  {"id": "cor", "kind": "country"}, {"id": "dun", "kind": "country"}, {"id": "eve", "kind": "person"},
  {"id": "league", "kind": "bloc"}, {"id": "pact", "kind": "bloc"}],
 "edges": [
  {"id": "m1", "source": "arl", "target": "league", "relation": "member-of", "when": "1990/2000"},
  {"id": "m2", "source": "cor", "target": "league", "relation": "member-of", "when": "1990/2000"},
  {"id": "m3", "source": "bem", "target": "pact", "relation": "member-of", "when": "1990/2000"},
  {"id": "m4", "source": "cor", "target": "pact", "relation": "member-of", "when": "1990/2000"},
  {"id": "v1", "source": "arl", "target": "dun", "relation": "visit", "when": "1991"},
  {"id": "v2", "source": "dun", "target": "bem", "relation": "visit", "when": "1992"},
  {"id": "v3", "source": "arl", "target": "cor", "relation": "visit", "when": "1993"},
  {"id": "v4", "source": "cor", "target": "bem", "relation": "visit", "when": "1994"},
  {"id": "v5", "source": "eve", "target": "arl", "relation": "visit", "when": "1995"}]}"#;

fn chancery(graph: &str, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(args).args(["--graph", graph]).env_remove("CHANCERY_GRAPH");
    let output = command.output().expect("the program was built for this test");
    // Lines are broken anywhere.
    let text = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).expect("the program writes UTF-8");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (output.status.code().expect("no signal ended it"), text(output.stdout), text(output.stderr))
}

fn answer(graph: &str, args: &[&str]) -> Value {
    let (_, stdout, stderr) = chancery(graph, &[args, &["--format", "json"]].concat());
    let mut whole: Value = serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stderr}"));
    whole["answer"].take()
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|one| one["actor"].as_str().expect("an id")).collect()
}

#[test]
fn groups_are_blocs_kinds_attributes_lists_and_files() {
    let desk = Desk::new();
    let path = desk.path("leagues.json");
    std::fs::write(&path, LEAGUES).expect("the desk can be written");
    let graph = path.to_str().expect("it is Unicode");
    let list = desk.path("south.txt");
    std::fs::write(&list, "# the south\nbem\n").expect("the desk can be written");
    let list = list.to_str().expect("it is Unicode");

    let blocs = answer(graph, &["connect", "--between", "league", "pact"]);
    assert_eq!(blocs["distance"], 2);
    // 'Cor' belongs to both, and so stands between them like 'Dun'.
    assert_eq!(ids(&blocs["connectors"]), ["cor", "dun"]);
    assert_eq!([&blocs["a"]["actor"], &blocs["b"]["name"]], ["league", "pact"]);
    assert_eq!(blocs["routes"][0]["actors"], json!(["league", "cor", "pact"]));
    for (one, two) in [("region=north", "region=south"), ("arl, eve", list), ("arl", "bem")] {
        let found = answer(graph, &["connect", "--between", one, two]);
        assert_eq!(ids(&found["connectors"]), ["cor", "dun"], "{one} {two}");
    }
    let (code, text, _) = chancery(graph, &["connect", "--between", "league", "pact"]);
    assert!(code == 0 && text.contains("In both groups, and so in neither but between them: cor."), "{text}");
    let later = answer(graph, &["connect", "--between", "league", "pact", "--during", "2005"]);
    assert_eq!(later["distance"], Value::Null);
    for (group, why) in [
        ("kind:planet", "no kind of actors `planet`"),
        ("region=west", "nobody is in the group `region=west`"),
        ("nobody", "nobody"),
    ] {
        let (code, stdout, stderr) = chancery(graph, &["connect", "--between", group, "bem"]);
        assert!(code > 0 && stdout.is_empty() && stderr.contains(why), "{code} {stderr}");
    }
    let (code, _, stderr) = chancery(graph, &["connect", "--between", "bem", "bem"]);
    assert!(code == 1 && stderr.contains("in the other one too"), "{stderr}");
}

#[test]
fn three_are_asked_about_together_and_a_tree_holds_them() {
    let desk = Desk::new();
    let path = desk.path("leagues.json");
    std::fs::write(&path, LEAGUES).expect("the desk can be written");
    let graph = path.to_str().expect("it is Unicode");
    let found = answer(graph, &["connect", "eve", "bem", "dun", "--tree"]);
    assert_eq!((&found["is_connected"], &found["tree"]["hop_count"]), (&json!(true), &json!(3)));
    assert_eq!(ids(&found["tree"]["between"]), ["arl"]);
    assert_eq!(ids(&found["connectors"]), ["arl", "cor"]);
    let pair =
        |at: usize| json!([found["pairs"][at]["a"], found["pairs"][at]["b"], found["pairs"][at]["distance"]]);
    assert_eq!(
        [pair(0), pair(1), pair(2)],
        [json!(["eve", "bem", 3]), json!(["eve", "dun", 2]), json!(["bem", "dun", 3])]
    );
    // With a pact, whose memberships are not walked, there are two parts.
    let (code, text, _) = chancery(graph, &["connect", "eve", "bem", "pact"]);
    assert!(code == 1 && text.contains("2 parts that are not connected: eve, bem; pact."), "{text}");
    let (code, text, _) = chancery(graph, &["connect", "eve", "bem", "--via", "dun"]);
    assert!(
        code == 0
            && text.starts_with("Who connects eve and bem by way of dun?")
            && text.contains("Leg by leg"),
        "{text}"
    );
    let (code, _, stderr) = chancery(graph, &["connect", "eve", "bem", "eve"]);
    assert!(code == 2 && stderr.contains("two of the names mean eve"), "{stderr}");
    let (code, text, _) = chancery(graph, &["connect", "eve", "bem", "dun", "--tree", "--format", "dot"]);
    assert!(code == 0 && text.contains("arl") && !text.contains("\"cor\""), "{text}");
}

#[test]
fn connectors_come_by_kind_and_routes_within_so_many_hops() {
    let desk = Desk::new();
    let path = desk.path("leagues.json");
    std::fs::write(
        &path,
        LEAGUES.replace("\"id\": \"dun\", \"kind\": \"country\"", "\"id\": \"dun\", \"kind\": \"person\""),
    )
    .expect("the desk can be written");
    let graph = path.to_str().expect("it is Unicode");
    let (_, text, _) = chancery(graph, &["connect", "arl", "bem", "--by-kind"]);
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    assert!(at("Connectors: third parties · country") < at("Connectors: third parties · person"));
    let near = answer(graph, &["connect", "eve", "bem", "--max-hops", "2"]);
    assert_eq!((&near["distance"], &near["reason"]), (&Value::Null, &json!("too-long")));
    let (code, text, _) = chancery(graph, &["connect", "eve", "bem", "--max-hops", "2"]);
    assert!(code == 1 && text.contains("the shortest route has 3 hops"), "{text}");
    let few = answer(graph, &["connect", "arl", "bem", "--max-hops", "2"]);
    assert_eq!(few["routes"].as_array().map(Vec::len), Some(2));
}
