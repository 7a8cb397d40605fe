//! Communities, brokerage and balance: textbook networks, and brute force on small ones.

use std::{
    collections::BTreeSet,
    env, fs,
    process::{self, Command},
};

use chancery::analysis::{
    BrokerRole, Direction, Method, Partition, Sociomatrix, blocs, brokerage, communities, likeness,
    modularity, signed_triads,
};
use proptest::prelude::*;

use crate::support::root;

/// Zachary's karate club (1977), its actors numbered from 1: who was a friend of whom.
const ZACHARY: &str = "2 1 3 1 3 2 4 1 4 2 4 3 5 1 6 1 7 1 7 5 7 6 8 1 8 2 8 3 8 4 9 1 9 3 10 3 11 1 11 5 11 6 12 1 13 1 \
    13 4 14 1 14 2 14 3 14 4 17 6 17 7 18 1 18 2 20 1 20 2 22 1 22 2 26 24 26 25 28 3 28 24 28 25 29 3 30 24 30 27 31 2 \
    31 9 32 1 32 25 32 26 32 29 33 3 33 9 33 15 33 16 33 19 33 21 33 23 33 24 33 30 33 31 33 32 34 9 34 10 34 14 34 15 \
    34 16 34 19 34 20 34 21 34 23 34 24 34 27 34 28 34 29 34 30 34 31 34 32 34 33";

fn pairs(text: &str, value: f64) -> Vec<(u32, u32, f64)> {
    let numbers: Vec<u32> =
        text.split_whitespace().map(|text| text.parse::<u32>().expect("a number") - 1).collect();
    let (pairs, _) = numbers.as_chunks::<2>();
    pairs.iter().map(|[a, b]| (*a, *b, value)).collect()
}

fn zachary() -> Sociomatrix {
    Sociomatrix::from_arcs(34, &pairs(ZACHARY, 1.0), Direction::Ignored, false)
}

#[test]
fn more_than_a_million_dyads_part_into_the_cliques_that_they_are() {
    // Members of a clique stand far from one another; one of each has a friend who knows nobody else.
    let (cliques, size) = (2_000, 33);
    let member = |clique: u32, at: u32| at * cliques + clique;
    let mut arcs = Vec::new();
    for clique in 0..cliques {
        let pairs = (0..size).flat_map(|a| (0..a).map(move |b| (a, b)));
        arcs.extend(pairs.map(|(a, b)| (member(clique, a), member(clique, b), 1.0)));
        arcs.push((member(clique, 0), member(clique, size), 1.0));
    }
    let matrix = Sociomatrix::from_arcs(34 * 2_000, &arcs, Direction::Ignored, false);
    assert!(matrix.cell_count() > 1 << 21);
    let found = communities(&matrix, Method::Leiden, 1.0, 3, 1);
    assert_eq!(found.partition.sizes(), vec![34; 2_000]);
    assert!((found.modularity - (1.0 - 1.0 / 2_000.0)).abs() < 1e-9, "{}", found.modularity);
    for clique in [0, 77, 1_999] {
        let members: Vec<u32> = (0..=size).map(|at| member(clique, at)).collect();
        let group = (0..2_000).find(|group| found.partition.members(*group).eq(members.iter().copied()));
        assert!(group.is_some(), "{clique}");
    }
}

#[test]
fn the_karate_club_parts_as_the_literature_has_it() {
    let club = zachary();
    assert_eq!(club.cell_count(), 156);
    for method in [Method::Leiden, Method::Louvain] {
        let found = communities(&club, method, 1.0, 1, 20);
        // The greatest modularity of the club is known to be 0.41979 (Brandes et al. 2008), of four groups.
        assert!((found.modularity - 0.419_789_6).abs() < 1e-6, "{method:?}: {}", found.modularity);
        assert_eq!(found.partition.sizes().len(), 4);
        assert_eq!(found, communities(&club, method, 1.0, 1, 20), "the same seed gives the same groups");
    }
    // The two that the club split into: networkx 3.6.1 gives 0.35823 for the split that it ships as `club`.
    let left: BTreeSet<usize> = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 17, 18, 20, 22].into();
    let labels: Vec<bool> = (1..=34).map(|actor| left.contains(&actor)).collect();
    assert!((modularity(&club, &Partition::of(&labels), 1.0) - 0.358_234_7).abs() < 1e-6);
}

#[test]
fn partitions_are_compared_as_by_hand() {
    let one = Partition::of(&[0, 0, 0, 1, 1, 1]);
    let other = Partition::of(&[0, 0, 1, 1, 2, 2]);
    assert_eq!(likeness(&one, &one).adjusted_rand.to_bits(), 1.0_f64.to_bits());
    // Pairs together in both: 2; in the one 6, in the other 3, of 15: (2 − 6·3/15) / (4.5 − 6·3/15).
    assert!((likeness(&one, &other).adjusted_rand - 0.8 / 3.3).abs() < 1e-12);
    // Entropies ln 2 and ln 3; what is shared is ln 3 + (ln 2)/3 + … = (2/3)·ln 2.
    let expected = 2.0 * (2.0 / 3.0 * 2.0_f64.ln()) / (2.0_f64.ln() + 3.0_f64.ln());
    assert!((likeness(&one, &other).mutual_information - expected).abs() < 1e-12);
}

/// By their definition, over all ordered pairs.
fn roles_by_definition(arcs: &[Vec<bool>], groups: &[u32], broker: usize) -> [u64; 5] {
    let mut counts = [0; 5];
    let all = 0..groups.len();
    for a in all.clone().filter(|a| *a != broker && arcs[*a][broker]) {
        for c in all.clone().filter(|c| *c != broker && *c != a && arcs[broker][*c] && !arcs[a][*c]) {
            let (ga, gb, gc) = (groups[a], groups[broker], groups[c]);
            let role = if ga == gb && gb == gc {
                BrokerRole::Coordinator
            } else if ga == gc {
                BrokerRole::Itinerant
            } else if gb == gc {
                BrokerRole::Gatekeeper
            } else if ga == gb {
                BrokerRole::Representative
            } else {
                BrokerRole::Liaison
            };
            counts[role as usize] += 1;
        }
    }
    counts
}

type Arcs = Vec<(u32, u32, f64)>;

/// All networks of four actors, each as which of its possible arcs or dyads are there.
fn worlds(direction: Direction) -> Vec<(u32, Arcs)> {
    let mut slots = Vec::new();
    for a in 0..4_u32 {
        for b in 0..4_u32 {
            if a < b || (a != b && direction == Direction::Followed) {
                slots.push((a, b, 1.0));
            }
        }
    }
    let world = |mask: u32| {
        let arcs =
            slots.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, slot)| *slot).collect();
        (mask.count_ones(), arcs)
    };
    (0..1_u32 << slots.len()).map(world).collect()
}

#[test]
fn expectation_and_variance_of_roles_are_those_of_all_worlds() {
    for direction in [Direction::Ignored, Direction::Followed] {
        for labels in [[0, 0, 1, 1], [0, 0, 0, 0], [0, 1, 1, 1], [0, 1, 1, 2], [0, 1, 2, 3]] {
            let groups = Partition::of(&labels);
            let half = if direction == Direction::Followed { 6 } else { 3 };
            // A network with half of its arcs has density ½: then every world is as likely as any other.
            let worlds = worlds(direction);
            let half = worlds.iter().find(|(count, _)| *count == half).expect("there is one");
            let ours = &brokerage(&Sociomatrix::from_arcs(4, &half.1, direction, false), &groups)[0];
            let (mut sums, mut squares) = ([0.0; 5], [0.0; 5]);
            for (_, arcs) in &worlds {
                let matrix = Sociomatrix::from_arcs(4, arcs, direction, false);
                let counts = brokerage(&matrix, &groups)[0]
                    .counts
                    .map(|count| f64::from(u32::try_from(count).unwrap()));
                for role in 0..5 {
                    sums[role] += counts[role];
                    squares[role] += counts[role] * counts[role];
                }
            }
            let all = f64::from(u32::try_from(worlds.len()).unwrap());
            for role in 0..5 {
                let mean = sums[role] / all;
                let variance = squares[role] / all - mean * mean;
                assert!((ours.expected[role] - mean).abs() < 1e-9, "{direction:?} {labels:?} {role}");
                let counted = f64::from(u32::try_from(ours.counts[role]).unwrap());
                match ours.scores[role] {
                    Some(score) => assert!(
                        (score - (counted - mean) / variance.sqrt()).abs() < 1e-9,
                        "{labels:?} {role}"
                    ),
                    None => assert!(variance < 1e-9),
                }
            }
        }
    }
}

#[test]
fn two_sides_and_a_third_are_parted_as_by_hand() {
    // Friends 1–2–3 and 4–5, foes across; 6 is the foe of both sides, and a foe of 7, who is the foe of all.
    let mut ties = pairs("1 2 2 3 1 3 4 5", 1.0);
    ties.extend(pairs("1 4 2 5 3 4 1 6 4 6 6 7 1 7 4 7", -1.0));
    let matrix = Sociomatrix::from_arcs(7, &ties, Direction::Ignored, true);
    // Triads: 1 2 3 of friends; 1 3 4 with a common foe; 1 4 6, 1 4 7, 1 6 7 and 4 6 7 of foes.
    let triads = signed_triads(&matrix);
    assert_eq!(triads.by_hostile, [1, 0, 1, 4]);
    assert!(
        (triads.balance(false).unwrap() - 1.0 / 3.0).abs() < 1e-12
            && (triads.balance(true).unwrap() - 1.0).abs() < 1e-12
    );
    // Four mutual foes, 1 4 6 7, in two blocs: at best two and two, with two hostile dyads within.
    let two = blocs(&matrix, 2, 1, 5);
    assert_eq!((two.frustration, two.at_least), (2, 2));
    let any = blocs(&matrix, 7, 1, 5);
    assert_eq!((any.frustration, any.partition.sizes()), (0, &[3, 2, 1, 1][..]));
}

/// The fewest dyads that a partition into at most `most` blocs frustrates, by trying all.
fn least_by_trying(count: u32, dyads: &[(u32, u32, f64)], most: u32) -> usize {
    let against = |labels: u32| {
        let label = |actor: u32| labels / most.pow(actor) % most;
        dyads.iter().filter(|(a, b, sign)| (label(*a) == label(*b)) == (*sign < 0.0)).count()
    };
    (0..most.pow(count)).map(against).min().unwrap_or(0)
}

/// What the program prints for a command on the graph of the project, and whether it succeeded.
fn chancery(args: &[&str]) -> (String, bool) {
    let command = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(args)
        .args(["--graph", "graph"])
        .current_dir(root())
        .output();
    let output = command.expect("the program is built with its tests");
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8(text).expect("answers are text"), output.status.success())
}

#[test]
fn the_verbs_answer_and_say_what_is_wrong() {
    let (csv, ok) = chancery(&["groups", "--kind", "country", "--format", "csv"]);
    assert!(ok && csv.starts_with("actor,name,group\n"), "{csv}");
    let folder = env::temp_dir().join(format!("chancery-groups-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("groups.csv");
    fs::write(&file, csv.split("graph: ").next().unwrap()).unwrap();
    let path = file.to_str().unwrap();
    let (text, ok) = chancery(&["groups", "--kind", "country", "--compare", path]);
    assert!(ok && text.contains("adjusted Rand index 1.0000"), "{text}");
    let (text, ok) = chancery(&["brokers", "--kind", "country", "--groups", path, "--limit", "1"]);
    assert!(ok && text.contains("liaison") && text.contains("Gould and Fernandez (1989)"), "{text}");
    fs::write(&file, "state,bloc\n").unwrap();
    let (text, ok) = chancery(&["brokers", "--groups", path]);
    assert!(!ok && text.contains("the first line must name the columns `actor` and `group`"), "{text}");
    fs::remove_dir_all(&folder).unwrap();
    let (text, ok) = chancery(&["brokers", "--by", "colour"]);
    assert!(!ok && text.contains("no actor here has an attribute `colour`"), "{text}");
    let (text, ok) = chancery(&["balance", "--kind", "country", "--channel", "all"]);
    assert!(ok && text.contains("Rule majority") && text.contains("no parting has fewer"), "{text}");
    let (text, ok) = chancery(&["balance", "--relation", "visit", "--during", "1000"]);
    assert!(ok && text.contains("0 signed dyads"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn roles_are_what_they_are_by_definition(
        arcs in prop::collection::vec((0..7_u32, 0..7_u32), 0..30),
        groups in prop::collection::vec(0..3_u32, 7),
        is_directed in any::<bool>(),
    ) {
        let direction = if is_directed { Direction::Followed } else { Direction::Ignored };
        let arcs: Vec<(u32, u32, f64)> = arcs.into_iter().map(|(a, b)| (a, b, 1.0)).collect();
        let matrix = Sociomatrix::from_arcs(7, &arcs, direction, false);
        let table: Vec<Vec<bool>> =
            (0..7).map(|a| (0..7).map(|b| matrix.cell(a, b).is_some()).collect()).collect();
        for (broker, roles) in brokerage(&matrix, &Partition::of(&groups)).iter().enumerate() {
            prop_assert_eq!(roles.counts, roles_by_definition(&table, &groups, broker));
        }
    }

    #[test]
    fn blocs_frustrate_no_more_than_any_others(
        dyads in prop::collection::btree_map((0..6_u32, 0..6_u32), any::<bool>(), 0..15),
        most in 2..4_u32,
    ) {
        let dyads: Vec<(u32, u32, f64)> = dyads
            .into_iter()
            .filter(|((a, b), _)| a < b)
            .map(|((a, b), friendly)| (a, b, if friendly { 1.0 } else { -1.0 }))
            .collect();
        let matrix = Sociomatrix::from_arcs(6, &dyads, Direction::Ignored, true);
        let found = blocs(&matrix, most as usize, 3, 2);
        prop_assert_eq!(found.frustration, least_by_trying(6, &dyads, most));
        prop_assert_eq!(found.at_least, found.frustration);
        let groups = found.partition.groups();
        let against = |(a, b, sign): &&(u32, u32, f64)| (groups[*a as usize] == groups[*b as usize]) == (*sign < 0.0);
        prop_assert_eq!(dyads.iter().filter(against).count(), found.frustration);
    }

    #[test]
    fn the_groups_of_leiden_hang_together_and_beat_what_is_alone(
        arcs in prop::collection::vec((0..20_u32, 0..20_u32), 1..60),
        seed in any::<u64>(),
    ) {
        let arcs: Vec<(u32, u32, f64)> = arcs.into_iter().map(|(a, b)| (a, b, 1.0)).collect();
        let matrix = Sociomatrix::from_arcs(20, &arcs, Direction::Ignored, false);
        let found = communities(&matrix, Method::Leiden, 1.0, seed, 1);
        prop_assert!((found.modularity - modularity(&matrix, &found.partition, 1.0)).abs() < 1e-12);
        let alone: Vec<u32> = (0..20).collect();
        prop_assert!(found.modularity >= modularity(&matrix, &Partition::of(&alone), 1.0) - 1e-12);
        for group in 0..u32::try_from(found.partition.sizes().len()).unwrap() {
            let members: Vec<u32> = found.partition.members(group).collect();
            let mut reached = vec![members[0]];
            let mut at = 0;
            while at < reached.len() {
                for other in matrix.out(reached[at]) {
                    if members.contains(other) && !reached.contains(other) {
                        reached.push(*other);
                    }
                }
                at += 1;
            }
            prop_assert_eq!(reached.len(), members.len());
        }
    }
}
