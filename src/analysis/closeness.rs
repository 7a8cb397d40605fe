//! Closeness: how near an actor is to all that it can reach.

use std::num::NonZeroUsize;

use super::blocks::in_blocks;
use crate::{
    dataset::{ActorIndex, number},
    network::{Compact, Network},
};

/// How many sources one search serves: the bits of a word.
const LANES: usize = 64;

/// The closeness of every actor, in the form of Wasserman and Faust for networks of several components.
///
/// With r others reached at a sum s of distances, and n actors that the lens admits, isolated ones
/// among them, the value is (r / (n − 1)) · (r / s): the inverse of the mean distance to those reached,
/// times the share of all others that is reached. Direction is ignored, parallel ties count as one,
/// and every dyad has length 1. One value an actor of the dataset, in the order of its rows; isolated
/// actors and those that the lens leaves out have 0.
///
/// Sums of distances are whole numbers, so that the number of `threads` changes nothing.
///
/// # Complexity
/// Time O(V·D / 64) words for V actors and D dyads where distances are short, and never more than
/// O(V·D); space O(V) for each thread. One search serves 64 sources.
///
/// # Examples
/// In the path `a – b – c` alone, `b` has 1 and the others 2/3; with an isolated `d` beside it, `b` has
/// 2/3 and the others 4/9.
///
/// # References
/// Wasserman, S., and Faust, K. (1994). *Social Network Analysis: Methods and Applications*, 5.2.2.
/// Cambridge University Press. <https://doi.org/10.1017/CBO9780511815478>
///
/// Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. *Social Networks*
/// 1(3), 215–239. <https://doi.org/10.1016/0378-8733(78)90021-7>
///
/// Then, M., et al. (2014). The more the merrier: efficient multi-source graph traversal. *Proceedings
/// of the VLDB Endowment* 8(4), 449–460. <https://doi.org/10.14778/2735496.2735507>
pub fn closeness(network: &Network<'_>, threads: NonZeroUsize) -> Vec<f64> {
    let (actors, compact) = (network.dataset().actors(), network.compact());
    let admitted = actors.all().filter(|actor| network.predicate().admits(*actor)).count();
    let others = count(admitted.saturating_sub(1));
    let tied: Vec<ActorIndex> = actors.all().filter(|actor| !compact.neighbours(*actor).is_empty()).collect();
    let mut scores = vec![0.0; actors.count()];
    let groups: Vec<&[ActorIndex]> = tied.chunks(LANES).collect();
    let most = NonZeroUsize::new(groups.len()).unwrap_or(NonZeroUsize::MIN);
    in_blocks(
        groups.len(),
        most,
        threads,
        || Search::new(actors.count()),
        |search, range| {
            let run = |group: usize| groups[group].iter().zip(search.run(compact, groups[group]));
            range.flat_map(run).collect::<Vec<_>>()
        },
        |reaches| {
            for (actor, Reach { reached, distance_sum }) in reaches {
                let reached = count(reached);
                scores[actor.at()] = (reached / count_wide(distance_sum)) * (reached / others);
            }
        },
    );
    scores
}

fn count(value: usize) -> f64 {
    f64::from(number(value))
}

#[expect(clippy::cast_precision_loss, reason = "sums of distances beyond 2^53 would need 10^15 hops")]
fn count_wide(value: u64) -> f64 {
    value as f64
}

/// What one source reaches.
#[derive(Clone, Copy, Default)]
struct Reach {
    /// How many others.
    reached: usize,
    /// The sum of the distances to them.
    distance_sum: u64,
}

/// Searches from up to 64 sources at once: a bit of each word belongs to one source.
struct Search {
    seen: Vec<u64>,
    here: Vec<u64>,
    next: Vec<u64>,
    frontier: Vec<ActorIndex>,
    coming: Vec<ActorIndex>,
}

impl Search {
    fn new(actor_count: usize) -> Self {
        let words = || vec![0; actor_count];
        Self { seen: words(), here: words(), next: words(), frontier: Vec::new(), coming: Vec::new() }
    }

    fn run(&mut self, compact: &Compact, sources: &[ActorIndex]) -> Vec<Reach> {
        let mut reaches = vec![Reach::default(); sources.len()];
        self.seen.fill(0);
        self.frontier.clear();
        for (lane, source) in sources.iter().enumerate() {
            self.seen[source.at()] = 1 << lane;
            self.here[source.at()] = 1 << lane;
            self.frontier.push(*source);
        }
        let mut distance = 0_u64;
        while !self.frontier.is_empty() {
            distance += 1;
            for actor in self.frontier.drain(..) {
                let lanes = std::mem::take(&mut self.here[actor.at()]);
                for neighbour in compact.neighbours(actor) {
                    let new = lanes & !self.seen[neighbour.at()];
                    if new != 0 {
                        if self.next[neighbour.at()] == 0 {
                            self.coming.push(*neighbour);
                        }
                        self.next[neighbour.at()] |= new;
                    }
                }
            }
            for actor in &self.coming {
                let mut lanes = std::mem::take(&mut self.next[actor.at()]);
                self.seen[actor.at()] |= lanes;
                self.here[actor.at()] = lanes;
                while lanes != 0 {
                    let reach = &mut reaches[lanes.trailing_zeros() as usize];
                    reach.reached += 1;
                    reach.distance_sum += distance;
                    lanes &= lanes - 1;
                }
            }
            std::mem::swap(&mut self.frontier, &mut self.coming);
        }
        reaches
    }
}
