//! What must hold of measures on any network: brute force, renaming, threads.

use std::num::NonZeroUsize;

use chancery::{
    analysis::{
        Convention, Direction, Ends, Measure, Sociomatrix, betweenness, closeness, components, degree, scores,
    },
    dataset::Dataset,
    lens::Lens,
    network::Network,
};
use petgraph::visit::IntoNeighbors;
use proptest::prelude::*;

use crate::support::{actor, plain};

const ONE: NonZeroUsize = NonZeroUsize::MIN;

/// Some ties between the actors `0..count`, parallel ones and loops among them.
fn ties(
    counts: std::ops::RangeInclusive<usize>,
    most: usize,
) -> impl Strategy<Value = (usize, Vec<(usize, usize)>)> {
    counts.prop_flat_map(move |count| (Just(count), prop::collection::vec((0..count, 0..count), 0..=most)))
}

/// The dataset of ties between numbers, each named by a function.
fn named(count: usize, ties: &[(usize, usize)], name: impl Fn(usize) -> String) -> Dataset {
    let actors: Vec<String> = (0..count).map(&name).collect();
    let ties: Vec<(String, String)> = ties.iter().map(|(a, b)| (name(*a), name(*b))).collect();
    plain(&actors, &ties)
}

fn plain_name(number: usize) -> String {
    format!("n{number:03}")
}

/// All shortest paths between two actors, each as the list of its actors, by trying all simple paths.
fn shortest_paths(joined: &[Vec<bool>], from: usize, to: usize) -> Vec<Vec<usize>> {
    fn extend(joined: &[Vec<bool>], path: &mut Vec<usize>, to: usize, found: &mut Vec<Vec<usize>>) {
        let last = path[path.len() - 1];
        if last == to {
            return found.push(path.clone());
        }
        for (next, _) in joined[last].iter().enumerate().filter(|(_, joined)| **joined) {
            if !path.contains(&next) {
                path.push(next);
                extend(joined, path, to, found);
                path.pop();
            }
        }
    }
    let mut found = Vec::new();
    extend(joined, &mut vec![from], to, &mut found);
    let least = found.iter().map(Vec::len).min().unwrap_or(0);
    found.retain(|path| path.len() == least);
    found
}

#[expect(clippy::cast_precision_loss, reason = "the counts are small")]
fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b as f64
}

/// Betweenness and closeness by their definitions.
fn by_definition(count: usize, ties: &[(usize, usize)]) -> (Vec<f64>, Vec<f64>) {
    let mut joined = vec![vec![false; count]; count];
    for (a, b) in ties.iter().filter(|(a, b)| a != b) {
        joined[*a][*b] = true;
        joined[*b][*a] = true;
    }
    let (mut between, mut near) = (vec![0.0; count], vec![0.0; count]);
    for (from, score) in near.iter_mut().enumerate() {
        let (mut reached, mut sum) = (0, 0);
        for to in (0..count).filter(|to| *to != from) {
            let paths = shortest_paths(&joined, from, to);
            let Some(path) = paths.first() else { continue };
            reached += 1;
            sum += path.len() - 1;
            if from < to {
                for (inner, score) in
                    between.iter_mut().enumerate().filter(|(inner, _)| ![from, to].contains(inner))
                {
                    *score += ratio(paths.iter().filter(|path| path.contains(&inner)).count(), paths.len());
                }
            }
        }
        if reached > 0 {
            *score = ratio(reached, sum) * ratio(reached, count - 1);
        }
    }
    (between, near)
}

fn close(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0))
}

/// The scores of all actors; −1 where the measure is not defined.
fn of(network: &Network<'_>, measure: Measure, threads: NonZeroUsize) -> Vec<f64> {
    let scores = scores(network, measure, &Convention { threads, ..Convention::default() })
        .expect("every measure takes it");
    scores.values.into_iter().map(|score| score.unwrap_or(-1.0)).collect()
}

fn bits(scores: &[f64]) -> Vec<u64> {
    scores.iter().map(|score| score.to_bits()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn betweenness_and_closeness_are_what_they_are_by_definition((count, ties) in ties(1..=7, 14)) {
        let dataset = named(count, &ties, plain_name);
        let network = Network::project(&dataset, &Lens::default()).unwrap();
        let (between, near) = by_definition(count, &ties);
        let matrix = Sociomatrix::of(&network, Direction::Ignored, None);
        let ours = (betweenness(&matrix, ONE), closeness(&matrix, ONE));
        prop_assert!(close(&ours.0, &between), "betweenness {:?}, by definition {between:?}", ours.0);
        prop_assert!(close(&ours.1, &near), "closeness {:?}, by definition {near:?}", ours.1);
    }

    #[test]
    fn degree_counts_the_neighbours_that_petgraph_sees((count, ties) in ties(1..=40, 80)) {
        let dataset = named(count, &ties, plain_name);
        let network = Network::project(&dataset, &Lens::default()).unwrap();
        let ours = degree(&Sociomatrix::of(&network, Direction::Ignored, None), Ends::Both);
        for actor in dataset.actors().all() {
            let seen = u32::try_from((&network).neighbors(actor).count()).unwrap();
            prop_assert_eq!(ours[actor.at()].to_bits(), f64::from(seen).to_bits());
        }
    }

    #[test]
    fn components_part_all_actors_and_no_tie((count, ties) in ties(1..=40, 40)) {
        let dataset = named(count, &ties, plain_name);
        let network = Network::project(&dataset, &Lens::default()).unwrap();
        let components = components(&network);
        prop_assert_eq!(components.sizes().iter().sum::<usize>(), count);
        for (a, b) in ties {
            prop_assert!(components.are_joined(actor(&dataset, &plain_name(a)), actor(&dataset, &plain_name(b))));
        }
        prop_assert_eq!(components.count(), petgraph::algo::connected_components(&network));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn renaming_actors_permutes_scores(
        (count, ties) in ties(2..=30, 60),
        shift in 0..30_usize,
    ) {
        // 7 has no factor in common with 31, so that no two numbers get one name.
        let other_name = |number: usize| plain_name((number * 7 + shift) % 31);
        let (first, second) = (named(count, &ties, plain_name), named(count, &ties, other_name));
        let networks = [&first, &second].map(|dataset| Network::project(dataset, &Lens::default()).unwrap());
        for measure in Measure::ALL {
            let [a, b] = networks.each_ref().map(|network| of(network, measure, ONE));
            let a: Vec<f64> = (0..count).map(|at| a[actor(&first, &plain_name(at)).at()]).collect();
            let b: Vec<f64> = (0..count).map(|at| b[actor(&second, &other_name(at)).at()]).collect();
            prop_assert!(close(&a, &b), "{}: {a:?}, renamed {b:?}", measure.as_str());
        }
    }

    #[test]
    fn the_number_of_threads_changes_no_bit((count, ties) in ties(80..=200, 400)) {
        let dataset = named(count, &ties, plain_name);
        let network = Network::project(&dataset, &Lens::default()).unwrap();
        // The others run on one thread.
        for measure in [Measure::Betweenness, Measure::Closeness, Measure::Harmonic] {
            let alone = bits(&of(&network, measure, ONE));
            for threads in [2, 3, 5] {
                let together = of(&network, measure, NonZeroUsize::new(threads).unwrap());
                prop_assert_eq!(&alone, &bits(&together), "{} on {} threads", measure.as_str(), threads);
            }
        }
    }
}

#[test]
fn actors_left_out_have_no_score_and_no_component() {
    let dataset = plain(&["a", "b", "c", "d"], &[("a", "b"), ("b", "c"), ("c", "d")]);
    let lens = Lens { avoid: vec!["b".into()], ..Lens::default() };
    let network = Network::project(&dataset, &lens).unwrap();
    assert_eq!(of(&network, Measure::Degree, ONE), [0.0, 1.0, 1.0]);
    assert_eq!(of(&network, Measure::Betweenness, ONE), [0.0; 3]);
    // Of two others, c and d each reach one: (1 / 2) · (1 / 1).
    assert_eq!(of(&network, Measure::Closeness, ONE), [0.0, 0.5, 0.5]);
    let components = components(&network);
    assert_eq!((components.count(), components.of(actor(&dataset, "b"))), (2, None));
    assert_eq!(components.reach(), [1.0, 0.0, 2.0, 2.0]);
}

#[test]
fn examples_worked_by_hand() {
    let path = plain(&["a", "b", "c", "d"], &[("a", "b"), ("b", "c"), ("c", "d")]);
    let network = Network::project(&path, &Lens::default()).unwrap();
    assert_eq!(of(&network, Measure::Betweenness, ONE), [0.0, 2.0, 2.0, 0.0]);
    let square = plain(&["a", "b", "c", "d"], &[("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")]);
    let network = Network::project(&square, &Lens::default()).unwrap();
    assert_eq!(of(&network, Measure::Betweenness, ONE), [0.5; 4]);
    let empty = plain::<&str>(&[], &[]);
    let network = Network::project(&empty, &Lens::default()).unwrap();
    for measure in Measure::ALL {
        assert!(of(&network, measure, ONE).is_empty());
    }
}
