//! Betweenness: on how many shortest paths between others an actor stands.

use std::num::NonZeroUsize;

use super::blocks::in_blocks;
use crate::{
    dataset::{ActorIndex, number},
    network::{Compact, Network},
};

/// How many partial sums are made, whatever the number of threads.
const BLOCKS: NonZeroUsize = NonZeroUsize::new(64).expect("64 is not zero");

/// No search has come here yet.
const UNSEEN: u32 = u32::MAX;

/// The betweenness of every actor: for each unordered pair of other actors, the share of the shortest
/// paths between the two that pass through it, summed.
///
/// Not normalised. Direction is ignored, parallel ties count as one, and every dyad has length 1. One
/// value an actor of the dataset, in the order of its rows; isolated actors and those that the lens
/// leaves out have 0, and nothing passes through the latter. Exact but for the rounding of floats:
/// numbers of shortest paths are floats too, exact up to 2⁵³ for a pair.
///
/// Sources are cut into blocks that do not depend on `threads`, and the sums of blocks are added in
/// their order, so that the number of threads changes no bit.
///
/// # Complexity
/// Time O(V·D), space O(V + D) and O(V) for each thread, for V actors that have a tie and D dyads.
///
/// # Examples
/// In the path `a – b – c – d`, `b` stands between (a, c) and (a, d) and has 2, as has `c`. In the
/// square `a – b – c – d – a` each has ½: one of two paths between its neighbours.
///
/// # References
/// Freeman, L. C. (1977). A set of measures of centrality based on betweenness. *Sociometry* 40(1),
/// 35–41. <https://doi.org/10.2307/3033543>
///
/// Brandes, U. (2001). A faster algorithm for betweenness centrality. *Journal of Mathematical
/// Sociology* 25(2), 163–177. <https://doi.org/10.1080/0022250X.2001.9990249>
pub fn betweenness(network: &Network<'_>, threads: NonZeroUsize) -> Vec<f64> {
    let graph = Graph::new(network.compact(), network.dataset().actors().all());
    let mut sums = vec![0.0; graph.len()];
    in_blocks(
        graph.len(),
        BLOCKS,
        threads,
        || Scratch::new(graph.len()),
        |scratch, sources| {
            let mut partial = vec![0.0; graph.len()];
            sources.for_each(|source| scratch.accumulate(&graph, number(source), &mut partial));
            partial
        },
        |partial| sums.iter_mut().zip(partial).for_each(|(sum, part)| *sum += part),
    );
    let mut scores = vec![0.0; network.dataset().actors().count()];
    for (actor, sum) in graph.actors.iter().zip(sums) {
        // Every pair was met from both of its ends.
        scores[actor.at()] = sum / 2.0;
    }
    scores
}

/// The actors that have a tie, numbered by falling degree, so that those met most often lie together.
struct Graph {
    /// By number: the actor.
    actors: Vec<ActorIndex>,
    offsets: Vec<usize>,
    targets: Vec<u32>,
}

impl Graph {
    fn new(compact: &Compact, actors: impl Iterator<Item = ActorIndex>) -> Self {
        let mut tied: Vec<ActorIndex> =
            actors.filter(|actor| !compact.neighbours(*actor).is_empty()).collect();
        let rows = tied.last().map_or(0, |last| last.at() + 1);
        tied.sort_by_key(|actor| (std::cmp::Reverse(compact.neighbours(*actor).len()), *actor));
        let mut numbers = vec![UNSEEN; rows];
        for (at, actor) in tied.iter().enumerate() {
            numbers[actor.at()] = number(at);
        }
        let mut offsets = vec![0];
        let mut targets = Vec::new();
        for actor in &tied {
            let first = targets.len();
            targets.extend(compact.neighbours(*actor).iter().map(|neighbour| numbers[neighbour.at()]));
            targets[first..].sort_unstable();
            offsets.push(targets.len());
        }
        Self { actors: tied, offsets, targets }
    }

    fn len(&self) -> usize {
        self.actors.len()
    }

    fn neighbours(&self, at: u32) -> &[u32] {
        &self.targets[self.offsets[at as usize]..self.offsets[at as usize + 1]]
    }
}

/// What one search needs, used again for the next.
struct Scratch {
    distances: Vec<u32>,
    /// Numbers of shortest paths from the source.
    paths: Vec<f64>,
    /// What each path that ends here brings to those before it: (1 + dependency) / paths.
    shares: Vec<f64>,
    order: Vec<u32>,
}

impl Scratch {
    fn new(count: usize) -> Self {
        Self {
            distances: vec![UNSEEN; count],
            paths: vec![0.0; count],
            shares: vec![0.0; count],
            order: Vec::with_capacity(count),
        }
    }

    /// Adds the dependencies of one source on all others.
    fn accumulate(&mut self, graph: &Graph, source: u32, sums: &mut [f64]) {
        let Self { distances, paths, shares, order } = self;
        order.clear();
        order.push(source);
        distances[source as usize] = 0;
        paths[source as usize] = 1.0;
        let mut at = 0;
        while let Some(actor) = order.get(at).copied() {
            at += 1;
            let (beyond, count) = (distances[actor as usize] + 1, paths[actor as usize]);
            for neighbour in graph.neighbours(actor) {
                let there = *neighbour as usize;
                if distances[there] == UNSEEN {
                    distances[there] = beyond;
                    paths[there] = 0.0;
                    order.push(*neighbour);
                }
                if distances[there] == beyond {
                    paths[there] += count;
                }
            }
        }
        for actor in order.iter().skip(1).rev() {
            let here = *actor as usize;
            let beyond = distances[here] + 1;
            let mut share = 0.0;
            for neighbour in graph.neighbours(*actor) {
                let there = *neighbour as usize;
                share += if distances[there] == beyond { shares[there] } else { 0.0 };
            }
            let dependency = paths[here] * share;
            shares[here] = (1.0 + dependency) / paths[here];
            sums[here] += dependency;
        }
        for actor in order.iter() {
            distances[*actor as usize] = UNSEEN;
        }
    }
}
