//! Routes from source to target, against brute force on small graphs of directed and symmetric ties.

use std::collections::BTreeSet;

use chancery::{
    analysis::{
        connect::{Connection, Options, Removal, connect},
        paths::{Pathfinder, Simple, Without},
    },
    dataset::{ActorIndex, Dataset},
    lens::{Direction, Lens},
    network::Network,
};

use crate::{
    order::Draw,
    support::{actor, dataset},
};

const ACTOR_COUNT: usize = 7;

/// An arc, from the one place to the other.
type Arc = (usize, usize);

/// Some visits, which lead from source to target, and meetings, which lead both ways; and the arcs of them all.
fn drawn(draw: &mut Draw) -> (Dataset, BTreeSet<Arc>) {
    let mut arcs = BTreeSet::new();
    let mut edges = Vec::new();
    for _ in 0..8 + draw.below(12) {
        let source = usize::try_from(draw.below(7)).expect("seven is small");
        let target = (source + 1 + usize::try_from(draw.below(6)).expect("six is small")) % ACTOR_COUNT;
        let is_symmetric = draw.below(5) == 0;
        let relation = if is_symmetric { "meeting" } else { "visit" };
        edges.push(format!(r#"{{"source": "n{source}", "target": "n{target}", "relation": "{relation}"}}"#));
        arcs.insert((source, target));
        if is_symmetric {
            arcs.insert((target, source));
        }
    }
    let nodes: Vec<String> = (0..ACTOR_COUNT).map(|at| format!(r#"{{"id": "n{at}"}}"#)).collect();
    let json = format!(r#"{{"nodes": [{}], "edges": [{}]}}"#, nodes.join(", "), edges.join(", "));
    (dataset(&json), arcs)
}

/// All simple paths from the first place to the second but for the arc between the two, the shortest first.
fn every_path(arcs: &BTreeSet<Arc>, gone: &[usize]) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    let mut open = vec![vec![0]];
    while let Some(path) = open.pop() {
        let last = path[path.len() - 1];
        if last == 1 {
            found.push(path);
            continue;
        }
        for next in (0..ACTOR_COUNT).filter(|next| !path.contains(next) && !gone.contains(next)) {
            if arcs.contains(&(last, next)) && (last, next) != (0, 1) {
                open.push([path.as_slice(), &[next]].concat());
            }
        }
    }
    found.sort_by(|x, y| (x.len(), x).cmp(&(y.len(), y)));
    found
}

/// How many paths share no arc: one after the other, arcs that were walked being turned round.
fn arc_disjoint(arcs: &BTreeSet<Arc>) -> u32 {
    let mut left: BTreeSet<Arc> = arcs.iter().copied().filter(|arc| *arc != (0, 1)).collect();
    let mut count = 0;
    while let Some(path) = every_path(&left, &[]).into_iter().next() {
        for pair in path.windows(2) {
            left.remove(&(pair[0], pair[1]));
            left.insert((pair[1], pair[0]));
        }
        count += 1;
    }
    count
}

/// The size of a smallest set of others without whom nothing leads on.
fn smallest_cut(arcs: &BTreeSet<Arc>) -> usize {
    let sets = (0..1_u32 << (ACTOR_COUNT - 2)).map(|bits| -> Vec<usize> {
        (0..ACTOR_COUNT - 2).filter(|at| bits & (1 << at) != 0).map(|at| at + 2).collect()
    });
    sets.filter(|gone| every_path(arcs, gone).is_empty()).map(|gone| gone.len()).min().expect("all others do")
}

fn small(count: usize) -> u32 {
    u32::try_from(count).expect("a small graph has few of anything")
}

fn check_connection(connection: &Connection, built: &Dataset, arcs: &BTreeSet<Arc>) {
    let all = every_path(arcs, &[]);
    let place = |actor: ActorIndex| actor.at();
    assert_eq!(connection.direct.is_empty(), !arcs.contains(&(0, 1)));
    let Some(shortest) = all.first().map(Vec::len) else {
        assert!(connection.distance.is_none() && connection.reason.is_some());
        return;
    };
    let shortest_paths: Vec<&Vec<usize>> = all.iter().filter(|path| path.len() == shortest).collect();
    assert_eq!(connection.distance.map(|distance| distance as usize), Some(shortest - 1));
    assert_eq!(connection.shortest_path_count.to_u64(), Some(shortest_paths.len() as u64));
    for connector in &connection.connectors {
        let through = shortest_paths.iter().filter(|path| path.contains(&place(connector.actor))).count();
        let share = f64::from(small(through)) / f64::from(small(shortest_paths.len()));
        assert!((connector.share - share).abs() < 1e-12);
        let removed = match every_path(arcs, &[place(connector.actor)]).first() {
            None => Removal::Disconnected,
            Some(path) if path.len() == shortest => Removal::Same,
            Some(path) => Removal::Longer { by: small(path.len() - shortest) },
        };
        assert_eq!(connector.if_removed, removed);
        // What is told of either side leads on from the first end to the second.
        let ties = built.ties();
        let symmetric = |tie| built.relation(tie).symmetric;
        assert!(
            connector
                .towards_b
                .ties
                .iter()
                .all(|tie| ties.source(*tie) == connector.actor || symmetric(*tie))
        );
        assert!(
            connector
                .towards_a
                .ties
                .iter()
                .all(|tie| ties.target(*tie) == connector.actor || symmetric(*tie))
        );
    }
    let on_some = (2..ACTOR_COUNT).filter(|at| shortest_paths.iter().any(|path| path.contains(at))).count();
    assert_eq!(connection.connectors.len(), on_some);
    let cut: Vec<usize> = connection.disjoint.cut.iter().map(|actor| place(*actor)).collect();
    assert_eq!((connection.disjoint.count as usize, cut.len()), (smallest_cut(arcs), smallest_cut(arcs)));
    assert!(every_path(arcs, &cut).is_empty());
    let parted: BTreeSet<Arc> = connection
        .dyad_disjoint
        .cut
        .iter()
        .map(|dyad| built.dyads().ends(*dyad))
        .flat_map(|(low, high)| [(low.at(), high.at()), (high.at(), low.at())])
        .collect();
    assert_eq!(connection.dyad_disjoint.count, arc_disjoint(arcs));
    assert_eq!(connection.dyad_disjoint.cut.len(), connection.dyad_disjoint.count as usize);
    assert!(every_path(&arcs.difference(&parted).copied().collect(), &[]).is_empty());
}

#[test]
fn routes_from_source_to_target_are_those_of_brute_force() {
    let lens = Lens { direction: Direction::Forward, ..Lens::default() };
    let mut draw = Draw(6_061);
    let (mut joined, mut parted) = (0, 0);
    for number in 0..400 {
        let (built, arcs) = drawn(&mut draw);
        let network = Network::project(&built, &lens).expect("the lens names nothing");
        let [a, b] = ["n0", "n1"].map(|id| actor(&built, id));
        let without = Without { actors: &[], dyad: built.dyads().between(a, b) };
        let all = every_path(&arcs, &[]);
        let mut finder = Pathfinder::new(&network);
        for (limit, longest) in [(usize::MAX, u32::MAX), (3, u32::MAX), (usize::MAX, 3)] {
            let wanted = Simple { limit, longest, ..Simple::default() };
            let found = finder.simple_paths(a, b, &without, &wanted).paths;
            let rows: Vec<Vec<usize>> =
                found.iter().map(|path| path.iter().map(|actor| actor.at()).collect()).collect();
            let fits = all.iter().filter(|path| path.len() <= longest as usize + 1 || longest == u32::MAX);
            assert_eq!(rows, fits.take(limit).cloned().collect::<Vec<_>>(), "{number} {arcs:?}");
        }
        assert_eq!(
            finder.distance(a, b, &without),
            all.first().map(|path| u32::try_from(path.len() - 1).unwrap())
        );
        // A hop costs one thing forth and another back.
        let cost = |from: usize, to: usize| f64::from(u32::try_from(1 + (from * 5 + to * 3) % 7).unwrap());
        let cheapest = finder.cheapest(a, b, &without, |from, to, _| cost(from.at(), to.at()));
        let costs = all.iter().map(|path| path.windows(2).map(|pair| cost(pair[0], pair[1])).sum::<f64>());
        assert_eq!(cheapest.map(|path| path.cost), costs.min_by(f64::total_cmp), "{number} {arcs:?}");
        let connection = connect(&built, &lens, a, b, &Options::default()).expect("the lens names nothing");
        check_connection(&connection, &built, &arcs);
        if all.is_empty() { parted += 1 } else { joined += 1 }
    }
    assert!(joined > 150 && parted > 50, "{joined} {parted}");
}
