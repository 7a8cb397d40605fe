//! Betweenness where direction is ignored and nothing is valued: actors with one neighbour folded away.
//!
//! A folded actor hands its weight, itself and all that was folded into it, to its neighbour. Pairs of
//! which a tree holds at least one end are counted by weights, in whole numbers; what is left is searched
//! with sources and targets that count as often as they weigh.

use std::cmp::Reverse;

use super::{
    BLOCKS,
    levels::{Graph, Scratch},
};
use crate::{
    analysis::{Sociomatrix, Work, blocks::in_blocks},
    dataset::number,
};

pub(super) fn betweenness(matrix: &Sociomatrix, work: Work<'_>) -> Vec<f64> {
    let trees = Trees::fold(matrix);
    let mut scores = trees.scores(matrix);
    let graph = trees.rest(matrix);
    let mut sums = vec![0.0; graph.len()];
    in_blocks(
        graph.len(),
        BLOCKS,
        work,
        || Scratch::new(&graph),
        |scratch, sources| {
            let mut partial = vec![0.0; graph.len()];
            sources.for_each(|source| scratch.accumulate(&graph, number(source), &mut partial));
            partial
        },
        |partial| sums.iter_mut().zip(partial).for_each(|(sum, part)| *sum += part),
    );
    for (row, sum) in graph.rows.iter().zip(sums) {
        // Every pair was met from both of its ends.
        scores[*row as usize] += sum / 2.0;
    }
    scores
}

/// What folding leaves.
struct Trees {
    /// How many actors each stands for, itself included.
    weights: Vec<u64>,
    /// Pairs of different trees that hang on each actor.
    pairs: Vec<u64>,
    /// Whether it was folded into a neighbour.
    is_folded: Vec<bool>,
}

impl Trees {
    fn fold(matrix: &Sociomatrix) -> Self {
        let count = matrix.len();
        let mut degrees: Vec<usize> = matrix.rows().map(|row| matrix.out(row).len()).collect();
        let mut trees =
            Self { weights: vec![1; count], pairs: vec![0; count], is_folded: vec![false; count] };
        let mut leaves: Vec<u32> = matrix.rows().filter(|row| degrees[*row as usize] == 1).collect();
        let mut at = 0;
        while let Some(leaf) = leaves.get(at).copied() {
            at += 1;
            let mut left = matrix.out(leaf).iter().copied().filter(|other| !trees.is_folded[*other as usize]);
            // The last actor of a tree has nobody left to be folded into.
            let Some(into) = left.next() else { continue };
            let (leaf, into) = (leaf as usize, into as usize);
            trees.is_folded[leaf] = true;
            trees.pairs[into] += (trees.weights[into] - 1) * trees.weights[leaf];
            trees.weights[into] += trees.weights[leaf];
            degrees[into] -= 1;
            if degrees[into] == 1 {
                leaves.push(number(into));
            }
        }
        trees
    }

    /// What the pairs bring of which at least one end is in a tree that hangs on the actor.
    fn scores(&self, matrix: &Sociomatrix) -> Vec<f64> {
        let sizes = Self::component_sizes(matrix);
        let score = |row: usize| {
            let (weight, size) = (self.weights[row], sizes[row]);
            wide(self.pairs[row] + (weight - 1) * (size - weight))
        };
        (0..matrix.len()).map(score).collect()
    }

    fn component_sizes(matrix: &Sociomatrix) -> Vec<u64> {
        let mut sizes = vec![0; matrix.len()];
        let mut reached: Vec<u32> = Vec::new();
        for first in matrix.rows() {
            if sizes[first as usize] > 0 {
                continue;
            }
            reached.clear();
            reached.push(first);
            sizes[first as usize] = 1;
            let mut at = 0;
            while let Some(actor) = reached.get(at).copied() {
                at += 1;
                for other in matrix.out(actor) {
                    if sizes[*other as usize] == 0 {
                        sizes[*other as usize] = 1;
                        reached.push(*other);
                    }
                }
            }
            for actor in &reached {
                sizes[*actor as usize] = u64::from(number(reached.len()));
            }
        }
        sizes
    }

    /// What is not folded and has a neighbour left, numbered by falling degree, so that those met most
    /// often lie together.
    fn rest(&self, matrix: &Sociomatrix) -> Graph {
        let is_left = |row: u32| !self.is_folded[row as usize];
        let degree = |row: u32| matrix.out(row).iter().filter(|other| is_left(**other)).count();
        let mut rows: Vec<(Reverse<usize>, u32)> = matrix
            .rows()
            .filter(|row| is_left(*row))
            .map(|row| (Reverse(degree(row)), row))
            .filter(|(degree, _)| degree.0 > 0)
            .collect();
        rows.sort_unstable();
        let rows: Vec<u32> = rows.into_iter().map(|(_, row)| row).collect();
        let mut numbers = vec![u32::MAX; matrix.len()];
        for (at, row) in rows.iter().enumerate() {
            numbers[*row as usize] = number(at);
        }
        let weights = rows.iter().map(|row| wide(self.weights[*row as usize])).collect();
        let lists = rows.iter().map(|row| {
            let others = matrix.out(*row).iter().filter(|other| is_left(**other));
            let mut list: Vec<u32> = others.map(|other| numbers[*other as usize]).collect();
            list.sort_unstable();
            list
        });
        Graph::new(lists, weights, rows.clone())
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of pairs beyond 2^53 would need 10^8 actors")]
fn wide(value: u64) -> f64 {
    value as f64
}
