//! Shortest paths and connectors against brute force on small graphs, and against networkx on the shipped one.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    process::{Command, Stdio},
};

use chancery::{
    analysis::{
        connect::{Options, Removal, connect},
        paths::{Pathfinder, Simple, Without},
    },
    dataset::{ActorIndex, Dataset},
    lens::Lens,
    network::Network,
};
use proptest::prelude::*;
use serde::Deserialize;

use crate::support::{actor, plain, python, root, shipped};

/// A graph of up to nine actors, with parallel ties and loops.
fn graphs() -> impl Strategy<Value = Dataset> {
    (2..=9_usize).prop_flat_map(|count| {
        prop::collection::vec((0..count, 0..count), 0..=20).prop_map(move |ties| {
            let ids: Vec<String> = (0..count).map(|at| format!("n{at}")).collect();
            let ties: Vec<(String, String)> =
                ties.into_iter().map(|(a, b)| (ids[a].clone(), ids[b].clone())).collect();
            plain(&ids, &ties)
        })
    })
}

/// All simple paths between two actors, by walking everywhere.
fn every_path(network: &Network<'_>, from: ActorIndex, to: ActorIndex) -> Vec<Vec<ActorIndex>> {
    fn walk(
        network: &Network<'_>,
        path: &mut Vec<ActorIndex>,
        to: ActorIndex,
        found: &mut Vec<Vec<ActorIndex>>,
    ) {
        let last = path[path.len() - 1];
        if last == to {
            found.push(path.clone());
            return;
        }
        let neighbours: Vec<ActorIndex> = network.neighbours(last).map(|(neighbour, _)| neighbour).collect();
        for neighbour in neighbours {
            if !path.contains(&neighbour) {
                path.push(neighbour);
                walk(network, path, to, found);
                path.pop();
            }
        }
    }
    let mut found = Vec::new();
    walk(network, &mut vec![from], to, &mut found);
    found.sort_by(|x, y| (x.len(), x).cmp(&(y.len(), y)));
    found
}

fn shortest(paths: &[Vec<ActorIndex>]) -> Vec<Vec<ActorIndex>> {
    let least = paths.iter().map(Vec::len).min();
    paths.iter().filter(|path| Some(path.len()) == least).cloned().collect()
}

proptest! {
    #[test]
    fn geodesics_are_those_of_brute_force(dataset in graphs()) {
        let network = Network::project(&dataset, &Lens::default()).unwrap();
        let mut finder = Pathfinder::new(&network);
        for (a, b) in dataset.actors().all().flat_map(|a| dataset.actors().all().map(move |b| (a, b))) {
            if a == b {
                continue;
            }
            let all = every_path(&network, a, b);
            let besides: Vec<_> = all.iter().filter(|path| path.len() > 2).cloned().collect();
            for (paths, dyad) in [(&all, None), (&besides, dataset.dyads().between(a, b))] {
                let expected = shortest(paths);
                let found = finder.geodesics(a, b, &Without { actors: &[], dyad });
                prop_assert_eq!(found.is_some(), !expected.is_empty());
                let one = finder.shortest(a, b, &Without { actors: &[], dyad });
                prop_assert_eq!(one.is_some(), !expected.is_empty());
                prop_assert!(one.is_none_or(|path| expected.contains(&path)));
                let Some(found) = found else { continue };
                prop_assert_eq!(found.distance as usize + 1, expected[0].len());
                prop_assert_eq!(found.count.to_u64(), Some(expected.len() as u64));
                for passage in found.levels.iter().flatten() {
                    let through = expected.iter().filter(|path| path.contains(&passage.actor)).count();
                    let number = |count: usize| f64::from(u32::try_from(count).unwrap());
                    let share = number(through) / number(expected.len());
                    prop_assert!((passage.share(&found.count) - share).abs() < 1e-12);
                }
                let on_levels: usize = found.levels.iter().map(Vec::len).sum();
                let on_paths: BTreeSet<_> = expected.iter().flatten().collect();
                prop_assert_eq!(on_levels, on_paths.len());
                if dyad.is_none() {
                    prop_assert_eq!(found.paths(&network).collect::<Vec<_>>(), expected);
                }
            }
            let direct = Without { actors: &[], dyad: dataset.dyads().between(a, b) };
            let mut simple = |limit: usize, longest: u32| {
                let found = finder.simple_paths(a, b, &direct, &Simple { limit, longest, ..Simple::default() });
                assert!(!found.is_truncated);
                found.paths
            };
            prop_assert_eq!(simple(10_000, u32::MAX), besides.clone());
            for longest in 1..9 {
                let short: Vec<_> = besides.iter().filter(|path| path.len() <= longest + 1).cloned().collect();
                prop_assert_eq!(simple(10_000, u32::try_from(longest).unwrap()), short);
            }
            let few = simple(3, u32::MAX);
            prop_assert_eq!(&few[..], &besides[..few.len()]);
            prop_assert_eq!(few.len(), besides.len().min(3));
        }
    }

    #[test]
    fn connectors_and_removals_are_those_of_brute_force(dataset in graphs()) {
        let lens = Lens::default();
        let network = Network::project(&dataset, &lens).unwrap();
        let (a, b) = (ActorIndex(0), ActorIndex(1));
        let answer = connect(&dataset, &lens, a, b, &Options { route_count: 4, ..Options::default() }).unwrap();
        let besides: Vec<_> = every_path(&network, a, b).into_iter().filter(|path| path.len() > 2).collect();
        let expected = shortest(&besides);
        prop_assert_eq!(answer.distance.map(|distance| distance as usize + 1), expected.first().map(Vec::len));
        prop_assert_eq!(answer.reason.is_some(), expected.is_empty());
        let between: BTreeSet<ActorIndex> = expected.iter().flat_map(|path| &path[1..path.len() - 1]).copied().collect();
        let connectors: BTreeSet<ActorIndex> = answer.connectors.iter().map(|connector| connector.actor).collect();
        prop_assert_eq!(&connectors, &between);
        for connector in &answer.connectors {
            let left: Vec<_> = besides.iter().filter(|path| !path.contains(&connector.actor)).cloned().collect();
            let removal = match shortest(&left).first() {
                None => Removal::Disconnected,
                Some(path) if path.len() == expected[0].len() => Removal::Same,
                Some(path) => Removal::Longer { by: u32::try_from(path.len() - expected[0].len()).unwrap() },
            };
            prop_assert_eq!(connector.if_removed, removal);
        }
        for pair in answer.connectors.windows(2) {
            prop_assert!(pair[0].strength() >= pair[1].strength());
        }
        // The routes are simple, as short as any, and as many as were asked for or as there are.
        let lengths: Vec<usize> = answer.routes.iter().map(|route| route.actors.len()).collect();
        let wanted: Vec<usize> = besides.iter().map(Vec::len).take(4).collect();
        prop_assert_eq!(lengths, wanted);
        for route in &answer.routes {
            prop_assert!(besides.contains(&route.actors));
        }
    }
}

#[test]
fn paths_are_counted_beyond_machine_words() {
    // Seventy layers of three actors between two ends: 3⁷⁰ shortest paths.
    let mut ids = vec!["a".to_owned(), "z".to_owned()];
    let mut ties = Vec::new();
    for layer in 0..70 {
        for place in 0..3 {
            ids.push(format!("{layer:02}-{place}"));
            for before in 0..3 {
                if layer == 0 && before == 0 {
                    ties.push(("a".to_owned(), format!("{layer:02}-{place}")));
                } else if layer > 0 {
                    ties.push((format!("{:02}-{before}", layer - 1), format!("{layer:02}-{place}")));
                }
            }
        }
    }
    ties.extend((0..3).map(|place| (format!("69-{place}"), "z".to_owned())));
    let dataset = plain(&ids, &ties);
    let network = Network::project(&dataset, &Lens::default()).unwrap();
    let mut finder = Pathfinder::new(&network);
    let found = finder.geodesics(actor(&dataset, "a"), actor(&dataset, "z"), &Without::default()).unwrap();
    assert_eq!(found.count.to_string(), "2503155504993241601315571986085849");
    assert_eq!(found.distance, 71);
    for passage in found.levels[1..71].iter().flatten() {
        assert!((passage.share(&found.count) - 1.0 / 3.0).abs() < 1e-8);
    }
}

#[derive(Deserialize)]
struct Oracle {
    a: String,
    b: String,
    distance: Option<u32>,
    count: u64,
    besides: Option<u32>,
    besides_count: u64,
    simple: Option<Vec<usize>>,
}

#[test]
fn the_shipped_graph_agrees_with_networkx_on_every_pair() {
    let Some(python) = python() else { return };
    let dataset = shipped();
    let network = Network::project(&dataset, &Lens::default()).unwrap();
    let id = |actor: ActorIndex| dataset.actors().id(actor);
    let nodes: Vec<&str> = dataset.actors().all().map(id).collect();
    let ends = network.compact().dyads().iter().map(|dyad| dataset.dyads().ends(*dyad));
    let edges: Vec<[&str; 2]> = ends.map(|(low, high)| [id(low), id(high)]).collect();
    let given = serde_json::to_vec(&BTreeMap::from([
        ("nodes", serde_json::json!(nodes)),
        ("edges", serde_json::json!(edges)),
    ]));
    let mut child = Command::new(python)
        .arg(root().join("tests/oracle/networkx_paths.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&given.unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let mut finder = Pathfinder::new(&network);
    let mut pairs = 0;
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let oracle: Oracle = serde_json::from_str(line).unwrap();
        let (a, b) = (actor(&dataset, &oracle.a), actor(&dataset, &oracle.b));
        if let Some(lengths) = oracle.simple {
            let wanted = Simple { limit: 12, ..Simple::default() };
            let found = finder.simple_paths(a, b, &Without::default(), &wanted).paths;
            let ours: Vec<usize> = found.iter().map(|path| path.len() - 1).collect();
            assert_eq!(ours, lengths, "{} {}", oracle.a, oracle.b);
            assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len());
        }
        let dyad = dataset.dyads().between(a, b);
        for (dyad, distance, count) in
            [(None, oracle.distance, oracle.count), (dyad, oracle.besides, oracle.besides_count)]
        {
            let found = finder.geodesics(a, b, &Without { actors: &[], dyad });
            assert_eq!(found.as_ref().map(|found| found.distance), distance, "{} {}", oracle.a, oracle.b);
            assert_eq!(
                found.and_then(|found| found.count.to_u64()).unwrap_or(0),
                count,
                "{} {}",
                oracle.a,
                oracle.b
            );
        }
        pairs += 1;
    }
    assert_eq!(pairs, nodes.len() * (nodes.len() - 1) / 2);
}

/// The cost of a hop for tests: of the numbers of its ends, the same in both directions, never zero.
fn toll(low: ActorIndex, high: ActorIndex) -> f64 {
    let (low, high) = (low.min(high).0, low.max(high).0);
    f64::from((low * 7 + high * 3) % 5 + 1)
}

proptest! {
    #[test]
    fn cheapest_paths_and_those_by_way_of_others_are_those_of_brute_force(dataset in graphs()) {
        let network = Network::project(&dataset, &Lens::default()).unwrap();
        let mut finder = Pathfinder::new(&network);
        let cost = |path: &[ActorIndex]| path.windows(2).map(|pair| toll(pair[0], pair[1])).sum::<f64>();
        for (a, b) in dataset.actors().all().flat_map(|a| dataset.actors().all().map(move |b| (a, b))) {
            if a == b {
                continue;
            }
            let all = every_path(&network, a, b);
            let least = all.iter().map(|path| cost(path)).min_by(f64::total_cmp);
            let found = finder.cheapest(a, b, &Without::default(), |from, to, _| toll(from, to));
            prop_assert_eq!(found.as_ref().map(|found| found.cost), least);
            if let Some(found) = found {
                prop_assert!((cost(&found.actors) - found.cost).abs() < 1e-9);
                prop_assert!(all.contains(&found.actors));
            }
            let stop = dataset.actors().all().find(|actor| *actor != a && *actor != b);
            let Some(stop) = stop else { continue };
            let to_stop: Vec<_> = every_path(&network, a, stop).into_iter().filter(|path| !path.contains(&b)).collect();
            let onward: Vec<_> = every_path(&network, stop, b).into_iter().filter(|path| !path.contains(&a)).collect();
            let (to_stop, onward) = (shortest(&to_stop), shortest(&onward));
            let legs = finder.via(&[a, stop, b]);
            prop_assert_eq!(legs.is_some(), !to_stop.is_empty() && !onward.is_empty());
            let Some(legs) = legs else { continue };
            prop_assert_eq!(legs.count.to_u64(), Some((to_stop.len() * onward.len()) as u64));
            let joined: Vec<Vec<ActorIndex>> = to_stop
                .iter()
                .flat_map(|first| onward.iter().map(move |second| [&first[..], &second[1..]].concat()))
                .filter(|path| path.iter().collect::<BTreeSet<_>>().len() == path.len())
                .collect();
            prop_assert_eq!(legs.paths(&network, usize::MAX), joined);
        }
    }

    #[test]
    fn a_region_is_that_of_the_distances(dataset in graphs()) {
        let network = Network::project(&dataset, &Lens::default()).unwrap();
        let mut finder = Pathfinder::new(&network);
        let (a, b) = (ActorIndex(0), ActorIndex(1));
        let direct = Without { actors: &[], dyad: dataset.dyads().between(a, b) };
        for hops in 2..8 {
            let mut distance = |from, to| {
                if from == to { Some(0) } else { finder.distance(from, to, &direct) }
            };
            let near = |actor: &ActorIndex| {
                matches!((distance(a, *actor), distance(*actor, b)), (Some(x), Some(y)) if x + y <= hops)
            };
            let expected: Vec<ActorIndex> = dataset.actors().all().filter(near).collect();
            prop_assert_eq!(finder.region(a, b, &direct, hops), expected);
        }
    }
}

#[test]
fn simple_paths_through_a_narrow_passage_are_found() {
    // From a to b leads a chain; whoever leaves it for the clique cannot come back.
    let mut ties = vec![("a".to_owned(), "c0".to_owned())];
    ties.extend((0..6).map(|at| (format!("c{at}"), format!("c{}", at + 1))));
    ties.push(("c6".to_owned(), "b".to_owned()));
    ties.push(("c1".to_owned(), "d1".to_owned()));
    ties.push(("d1".to_owned(), "d2".to_owned()));
    ties.push(("d2".to_owned(), "d3".to_owned()));
    ties.push(("d3".to_owned(), "c2".to_owned()));
    for x in 0..14 {
        ties.push(("c3".to_owned(), format!("k{x:02}")));
        ties.extend((0..x).map(|y| (format!("k{x:02}"), format!("k{y:02}"))));
    }
    let ids: BTreeSet<String> = ties.iter().flat_map(|(x, y)| [x.clone(), y.clone()]).collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let dataset = plain(&ids, &ties);
    let network = Network::project(&dataset, &Lens::default()).unwrap();
    let (a, b) = (actor(&dataset, "a"), actor(&dataset, "b"));
    let found = Pathfinder::new(&network).simple_paths(a, b, &Without::default(), &Simple::default());
    assert_eq!(found.paths.iter().map(Vec::len).collect::<Vec<_>>(), [9, 12]);
    let bounded = Simple { longest: 40, work: 10_000, ..Simple::default() };
    let found = Pathfinder::new(&network).simple_paths(a, b, &Without::default(), &bounded);
    assert!(found.is_truncated && found.work >= 10_000);
    assert_eq!(found.paths.first().map(Vec::len), Some(9));
}
