//! Disjoint routes, cuts and flow, against brute force on small graphs.

use std::collections::BTreeSet;

use chancery::{
    analysis::connect::{Connection, DISJOINT_LIMIT, Options, Ranking, connect},
    dataset::{ActorIndex, Dataset, DyadIndex},
    lens::Lens,
    network::Network,
};
use proptest::prelude::*;

use crate::support::{actor, plain};

fn ask(dataset: &Dataset, a: ActorIndex, b: ActorIndex) -> Connection {
    connect(dataset, &Lens::default(), a, b, &Options { route_count: 1, ..Options::default() })
        .expect("the default lens fits any graph")
}

/// Whether some route besides the direct dyad joins two actors when others are taken away.
fn is_joined(network: &Network<'_>, a: ActorIndex, b: ActorIndex, gone: &[ActorIndex]) -> bool {
    let mut seen = BTreeSet::from([a]);
    let mut stack = vec![a];
    while let Some(at) = stack.pop() {
        for (neighbour, _) in network.neighbours(at) {
            if gone.contains(&neighbour) || (at, neighbour) == (a, b) {
                continue;
            }
            if neighbour == b {
                return true;
            }
            if seen.insert(neighbour) {
                stack.push(neighbour);
            }
        }
    }
    false
}

/// The size of a smallest set of others whose removal parts two actors, by trying all.
fn smallest_cut(network: &Network<'_>, a: ActorIndex, b: ActorIndex) -> usize {
    let others: Vec<ActorIndex> =
        network.dataset().actors().all().filter(|actor| *actor != a && *actor != b).collect();
    let sets = (0..1_u32 << others.len()).map(|bits| {
        others
            .iter()
            .enumerate()
            .filter(|(at, _)| bits & (1 << at) != 0)
            .map(|(_, actor)| *actor)
            .collect::<Vec<_>>()
    });
    sets.filter(|gone| !is_joined(network, a, b, gone))
        .map(|gone| gone.len())
        .min()
        .expect("without all others only the direct dyad is left")
}

proptest! {
    #[test]
    fn disjoint_routes_and_cuts_are_those_of_brute_force(
        count in 2..=8_usize,
        ties in prop::collection::vec((0..8_usize, 0..8_usize), 0..=22),
    ) {
        let ids: Vec<String> = (0..count).map(|at| format!("n{at}")).collect();
        let ties: Vec<(String, String)> =
            ties.into_iter().map(|(a, b)| (ids[a % count].clone(), ids[b % count].clone())).collect();
        let dataset = plain(&ids, &ties);
        let network = Network::project(&dataset, &Lens::default()).unwrap();
        let (a, b) = (ActorIndex(0), ActorIndex(1));
        let found = ask(&dataset, a, b).disjoint;
        prop_assert!(!found.is_bounded);
        prop_assert_eq!(found.count as usize, smallest_cut(&network, a, b));
        prop_assert_eq!(found.cut.len(), found.count as usize);
        prop_assert!(!is_joined(&network, a, b, &found.cut));
        prop_assert!(!found.cut.contains(&a) && !found.cut.contains(&b));
    }

    #[test]
    fn dyad_disjoint_routes_and_cuts_are_those_of_brute_force(
        count in 2..=7_usize,
        ties in prop::collection::vec((0..7_usize, 0..7_usize), 0..=10),
    ) {
        let ids: Vec<String> = (0..count).map(|at| format!("n{at}")).collect();
        let ties: Vec<(String, String)> =
            ties.into_iter().map(|(a, b)| (ids[a % count].clone(), ids[b % count].clone())).collect();
        let dataset = plain(&ids, &ties);
        let (a, b) = (ActorIndex(0), ActorIndex(1));
        let dyads: Vec<DyadIndex> =
            dataset.dyads().all().filter(|dyad| dataset.dyads().ends(*dyad) != (a, b)).collect();
        // Whether some route is left when all dyads but some are taken away.
        let is_joined = |kept: &[DyadIndex]| {
            let mut seen = BTreeSet::from([a]);
            for _ in 0..count {
                for (low, high) in kept.iter().map(|dyad| dataset.dyads().ends(*dyad)) {
                    if seen.contains(&low) || seen.contains(&high) {
                        seen.extend([low, high]);
                    }
                }
            }
            seen.contains(&b)
        };
        let kept = |bits: u32| -> Vec<DyadIndex> {
            (0..).zip(&dyads).filter(|(at, _)| bits & (1 << at) != 0).map(|(_, dyad)| *dyad).collect()
        };
        let least = (0..1_u32 << dyads.len())
            .filter(|bits| !is_joined(&kept(*bits)))
            .map(|bits| dyads.len() - kept(bits).len())
            .min()
            .unwrap();
        let found = ask(&dataset, a, b).dyad_disjoint;
        prop_assert_eq!(found.count as usize, least);
        prop_assert_eq!(found.cut.len(), least);
        let left: Vec<DyadIndex> = dyads.iter().filter(|dyad| !found.cut.contains(dyad)).copied().collect();
        prop_assert!(!is_joined(&left));
    }
}

#[test]
fn beyond_the_limit_disjoint_routes_are_not_counted() {
    let ids: Vec<String> = (0..72).map(|at| format!("n{at:02}")).collect();
    let ties: Vec<(String, String)> = ids[2..]
        .iter()
        .flat_map(|middle| [(ids[0].clone(), middle.clone()), (middle.clone(), ids[1].clone())])
        .collect();
    let dataset = plain(&ids, &ties);
    let found = ask(&dataset, ActorIndex(0), ActorIndex(1)).disjoint;
    assert_eq!((found.count, found.is_bounded, found.cut.len()), (DISJOINT_LIMIT, true, 0));
}

#[test]
fn interesting_routes_pass_by_those_whom_everybody_knows() {
    // The hub joins a and z in two hops; x and y, whom nobody else knows, in three.
    let others: Vec<String> = (0..40).map(|at| format!("o{at:02}")).collect();
    let mut ties = vec![("a", "hub"), ("hub", "z"), ("a", "x"), ("x", "y"), ("y", "z")];
    ties.extend(others.iter().map(|other| ("hub", other.as_str())));
    let ids: Vec<&str> =
        ["a", "hub", "x", "y", "z"].into_iter().chain(others.iter().map(String::as_str)).collect();
    let dataset = plain(&ids, &ties);
    let (a, z) = (actor(&dataset, "a"), actor(&dataset, "z"));
    let first_at = |ranking, lambda| {
        let options = Options { ranking, lambda, ..Options::default() };
        connect(&dataset, &Lens::default(), a, z, &options).unwrap().routes.swap_remove(0)
    };
    let first = |ranking| first_at(ranking, Options::default().lambda);
    let short = first(Ranking::Short);
    assert_eq!(short.actors.len(), 3);
    assert!((short.passage - (2.0 + 43.0_f64.log2())).abs() < 1e-12);
    let interesting = first(Ranking::Interesting);
    assert_eq!(interesting.actors.len(), 4);
    assert!((interesting.passage - (3.0 + 2.0 * 3.0_f64.log2())).abs() < 1e-12);
    // Where the passage costs little, one hop less is worth more.
    let cheap = first_at(Ranking::Interesting, 0.2);
    assert_eq!(cheap.actors, short.actors);
    assert!((cheap.passage - (2.0 + 0.2 * 43.0_f64.log2())).abs() < 1e-12);
}

#[test]
fn current_on_a_large_region_obeys_kirchhoff() {
    // 500 middlemen, all tied to both ends and in a ring: too many for elimination.
    let ids: Vec<String> = (0..502).map(|at| format!("n{at:03}")).collect();
    let mut ties = Vec::new();
    for at in 2..502 {
        ties.push((ids[0].clone(), ids[at].clone()));
        ties.push((ids[at].clone(), ids[1].clone()));
        ties.push((ids[at].clone(), ids[if at == 501 { 2 } else { at + 1 }].clone()));
    }
    let dataset = plain(&ids, &ties);
    let answer = ask(&dataset, ActorIndex(0), ActorIndex(1));
    let flow = answer.flow.unwrap();
    assert_eq!(flow.region.len(), 502);
    for connector in &answer.connectors {
        assert!((connector.flow - 1.0 / 500.0).abs() < 1e-9);
    }
}
