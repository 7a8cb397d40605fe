//! Brokers between two blocs: counted again one triad at a time, and done by hand.

use std::num::NonZeroUsize;

use chancery::analysis::{BlocSide, Direction, Sociomatrix, bloc_brokers};

use crate::measures::graphs;

#[test]
fn pairs_are_those_that_a_count_of_triads_gives() {
    let mut seen = 0;
    for (name, graph) in graphs() {
        let row =
            |id: &String| u32::try_from(graph.nodes.iter().position(|node| node == id).unwrap()).unwrap();
        let arcs: Vec<(u32, u32, f64)> = graph.edges.iter().map(|(a, b)| (row(a), row(b), 1.0)).collect();
        for direction in [Direction::Ignored, Direction::Followed] {
            let matrix = Sociomatrix::from_arcs(graph.nodes.len(), &arcs, direction, false);
            // Every third and every fourth actor; each twelfth is in both, and so in neither.
            let marks = [3, 4].map(|by| matrix.rows().map(|row| row % by == 0).collect::<Vec<bool>>());
            let is_in = |own: usize, row: u32| marks[own][row as usize] && !marks[1 - own][row as usize];
            let tied = |a: u32, b: u32| matrix.cell(a, b).is_some();
            let ours = bloc_brokers(&matrix, &marks[0], &marks[1], NonZeroUsize::MIN);
            for broker in matrix.rows() {
                let (mut pairs, mut alone) = (0, 0);
                for a in matrix.rows().filter(|a| is_in(0, *a) && tied(*a, broker)) {
                    for b in matrix.rows().filter(|b| is_in(1, *b) && tied(broker, *b) && !tied(a, *b)) {
                        pairs += 1;
                        alone += u64::from(!matrix.rows().any(|c| c != broker && tied(a, c) && tied(c, b)));
                    }
                }
                let told = ours.iter().find(|told| told.row == broker);
                let told_pairs = told.map_or((0, 0), |told| (told.pairs, told.alone));
                assert_eq!(told_pairs, (pairs, alone), "{name}: {broker}");
                seen += pairs;
            }
        }
    }
    assert!(seen > 300, "{seen}");
}

#[test]
fn a_gate_in_a_bloc_and_a_third_party() {
    // a1, a2 of the one; b of the other. a2 is the gate of a1 to b; t ties a1 to b as well.
    let arcs = [(0, 1, 1.0), (1, 2, 1.0), (0, 3, 1.0), (3, 2, 1.0)];
    let matrix = Sociomatrix::from_arcs(4, &arcs, Direction::Ignored, false);
    let ours =
        bloc_brokers(&matrix, &[true, true, false, false], &[false, false, true, false], NonZeroUsize::MIN);
    let told: Vec<_> = ours.iter().map(|one| (one.row, one.side, one.tied, one.pairs, one.alone)).collect();
    assert_eq!(told, [(1, BlocSide::First, [1, 1], 1, 0), (3, BlocSide::Third, [1, 1], 1, 0)]);
    // Half of the shortest paths from a1 to b; a2 is tied to b itself.
    assert!(ours.iter().all(|one| (one.betweenness - 0.5).abs() < 1e-12));
}
