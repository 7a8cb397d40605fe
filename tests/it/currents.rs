//! Measures of currents in networks too large to be solved exactly, against networkx.

use std::{fs, num::NonZeroUsize};

use chancery::{
    analysis::{
        Direction, Sociomatrix,
        current_flow::{
            MOST_ACTORS, SampledCurrents, current_flow_betweenness, current_flow_closeness,
            sampled_current_flow_betweenness, sampled_current_flow_closeness,
        },
    },
    dataset::ActorIndex,
};

use crate::support::root;

/// A number below another, from a state that goes on.
fn below(state: &mut u64, most: u32) -> u32 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    u32::try_from((*state >> 33) % u64::from(most)).expect("it is small")
}

/// Arcs of a graph that hangs together: each actor is tied to one before it, mostly to those of many ties, and some to others.
fn arcs(count: u32, more: usize) -> Vec<(u32, u32, f64)> {
    let mut state = 9;
    let mut arcs: Vec<(u32, u32, f64)> = Vec::new();
    for actor in 1..count {
        let known = below(&mut state, 1 << 30) as usize;
        let to = if arcs.is_empty() || known.is_multiple_of(3) {
            below(&mut state, actor)
        } else {
            arcs[known % arcs.len()].1
        };
        arcs.push((actor, to, f64::from(1 + below(&mut state, 4))));
    }
    for _ in 0..more {
        let (a, b) = (below(&mut state, count), below(&mut state, count));
        arcs.push((a.max(b), a.min(b), f64::from(1 + below(&mut state, 4))));
    }
    arcs.retain(|(a, b, _)| a != b);
    arcs.sort_by_key(|(a, b, _)| (*a, *b));
    arcs.dedup_by_key(|(a, b, _)| (*a, *b));
    arcs
}

/// A way to estimate: from so many draws, a seed, threads.
type Estimate = fn(&Sociomatrix, usize, u64, NonZeroUsize) -> SampledCurrents;

/// The greatest error and the mean of errors, against the mean of scores.
fn errors(ours: &SampledCurrents, theirs: &[f64]) -> (f64, f64) {
    let errors = ours.scores.iter().zip(theirs).map(|(ours, theirs)| (ours - theirs).abs());
    let (greatest, all) = errors.fold((0.0_f64, 0.0), |(most, sum), error| (most.max(error), sum + error));
    (greatest, all / theirs.iter().sum::<f64>())
}

#[test]
fn estimates_in_a_large_network_are_near_what_networkx_gives() {
    const { assert!(MOST_ACTORS < 2_700) };
    // Every ninth actor: its number, betweenness, closeness.
    let theirs = fs::read_to_string(root().join("tests/oracle/networkx_currents.tsv")).unwrap();
    let (mut actors, mut between, mut near) = (Vec::new(), Vec::new(), Vec::new());
    for line in theirs.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        actors.push(fields[0].parse::<usize>().unwrap());
        between.push(fields[1].parse::<f64>().unwrap());
        near.push(fields[2].parse::<f64>().unwrap());
    }
    assert_eq!(actors.len(), 300);
    let of = |ours: &SampledCurrents| SampledCurrents {
        scores: actors.iter().map(|actor| ours.scores[*actor]).collect(),
        ..ours.clone()
    };
    let matrix = Sociomatrix::from_arcs(2_700, &arcs(2_700, 3_000), Direction::Ignored, false);
    assert_eq!(current_flow_betweenness(&matrix), None);
    let (one, two) = (NonZeroUsize::MIN, NonZeroUsize::new(2).unwrap());

    let ours = sampled_current_flow_betweenness(&matrix, 500, 1, one);
    let (greatest, mean) = errors(&of(&ours), &between);
    assert!(greatest <= ours.error_bound, "{greatest} {}", ours.error_bound);
    assert!(mean < 0.2, "{mean}");
    assert_eq!((ours.draw_count, ours.unsolved), (500, None));
    let again = sampled_current_flow_betweenness(&matrix, 500, 1, two);
    assert!(again.scores.iter().zip(&ours.scores).all(|(a, b)| a.to_bits() == b.to_bits()));

    let ours = sampled_current_flow_closeness(&matrix, 500, 1, one);
    let (greatest, mean) = errors(&of(&ours), &near);
    assert!(greatest <= ours.error_bound, "{greatest} {}", ours.error_bound);
    assert!(mean < 0.05, "{mean}");
    assert!(ours.error_bound < 0.5 * near.iter().copied().fold(0.0, f64::max), "{}", ours.error_bound);
    let again = sampled_current_flow_closeness(&matrix, 500, 1, two);
    assert!(again.scores.iter().zip(&ours.scores).all(|(a, b)| a.to_bits() == b.to_bits()));
}

#[test]
fn estimates_of_valued_pieces_come_to_what_is_exact() {
    // Two pieces, one of them small enough to be exact, and an actor alone.
    let mut arcs = arcs(120, 150);
    arcs.extend([(121, 122, 2.0), (122, 123, 0.5)]);
    let matrix = Sociomatrix::from_arcs(124, &arcs, Direction::Ignored, true);
    assert_eq!(matrix.row_of(ActorIndex(120)), Some(120));
    let asked: [(Vec<f64>, Estimate, usize); 2] = [
        (current_flow_betweenness(&matrix).unwrap(), sampled_current_flow_betweenness, 400),
        (current_flow_closeness(&matrix).unwrap(), sampled_current_flow_closeness, 80),
    ];
    for (exact, estimate, count) in asked {
        let mut sums = vec![0.0; exact.len()];
        for seed in 0..8 {
            let ours = estimate(&matrix, count, seed, NonZeroUsize::MIN);
            let (greatest, _) = errors(&ours, &exact);
            assert!(greatest > 1e-6 && greatest <= ours.error_bound, "{greatest} {}", ours.error_bound);
            assert!(ours.scores[120..].iter().zip(&exact[120..]).all(|(a, b)| (a - b).abs() < 1e-12));
            sums.iter_mut().zip(&ours.scores).for_each(|(sum, score)| *sum += score / 8.0);
        }
        // Eight times as many draws.
        let error: f64 = sums.iter().zip(&exact).map(|(mean, exact)| (mean - exact).abs()).sum();
        assert!(error < 0.06 * exact.iter().sum::<f64>(), "{error}");
        let all = estimate(&matrix, 1_000_000, 1, NonZeroUsize::MIN);
        assert_eq!((all.error_bound, all.draw_count), (0.0, 0));
        assert!(all.scores.iter().zip(&exact).all(|(a, b)| (a - b).abs() < 1e-12));
    }
}
