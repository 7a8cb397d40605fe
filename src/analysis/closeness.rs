//! Closeness and harmonic closeness: how near an actor is to all that it can reach.

use std::num::NonZeroUsize;

use super::{Sociomatrix, Work, blocks::in_blocks, lengths::Lengths};
use crate::dataset::number;

/// How many sources one search serves: the bits of a word.
const LANES: usize = 64;

/// The closeness of every actor, in the form of Wasserman and Faust for networks of several components.
///
/// With r others reached along arcs at a sum s of lengths, and n actors, isolated ones among them, the
/// value is (r / (n − 1)) · (r / s): the inverse of the mean length to those reached, times the share of
/// all others that is reached. An arc has length 1, or where the matrix is valued the inverse of its
/// value. Isolated actors have 0. Where direction counts it is outward; [transposed](Sociomatrix::transposed)
/// it is inward.
///
/// What a source reaches is summed in an order of its own, so that the number of threads changes nothing.
///
/// # Complexity
/// Time O(V·D / 64) words for V actors and D dyads where distances are short, and never more than
/// O(V·D); O(V·D·log V) where valued. Space O(V) for each thread. One search serves 64 sources.
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
pub fn closeness<'w>(matrix: &Sociomatrix, work: impl Into<Work<'w>>) -> Vec<f64> {
    let others = count(matrix.len().saturating_sub(1));
    let score = |reach: Reach| match reach.reached {
        0 => 0.0,
        reached => (count(reached) / reach.length_sum) * (count(reached) / others),
    };
    reaches(matrix, work.into()).into_iter().map(score).collect()
}

/// The harmonic closeness of every actor: the sum of the inverse lengths to all others, those not reached
/// bringing 0.
///
/// # Complexity
/// As [`closeness`].
///
/// # Examples
/// In the path `a – b – c`, `b` has 2 and the others 3/2.
///
/// # References
/// Marchiori, M., and Latora, V. (2000). Harmony in the small-world. *Physica A* 285(3–4), 539–546.
/// <https://doi.org/10.1016/S0378-4371(00)00311-3>
///
/// Rochat, Y. (2009). Closeness centrality extended to unconnected graphs: the harmonic centrality index.
/// *ASNA 2009*.
pub fn harmonic<'w>(matrix: &Sociomatrix, work: impl Into<Work<'w>>) -> Vec<f64> {
    reaches(matrix, work.into()).into_iter().map(|reach| reach.inverse_sum).collect()
}

fn count(value: usize) -> f64 {
    f64::from(number(value))
}

/// What one source reaches.
#[derive(Clone, Copy, Default)]
struct Reach {
    /// How many others.
    reached: usize,
    /// The sum of the lengths to them.
    length_sum: f64,
    /// The sum of the inverse lengths.
    inverse_sum: f64,
}

fn reaches(matrix: &Sociomatrix, work: Work<'_>) -> Vec<Reach> {
    let rows: Vec<u32> = matrix.rows().collect();
    let groups: Vec<&[u32]> = rows.chunks(LANES).collect();
    let most = NonZeroUsize::new(groups.len()).unwrap_or(NonZeroUsize::MIN);
    let mut all = Vec::with_capacity(rows.len());
    in_blocks(
        groups.len(),
        most,
        work,
        || (Search::new(matrix.len()), matrix.is_valued().then(|| Lengths::new(matrix.len()))),
        |(search, lengths), range| {
            let run = |group: usize| match lengths {
                Some(lengths) => groups[group].iter().map(|row| valued(lengths, matrix, *row)).collect(),
                None => search.run(matrix, groups[group]),
            };
            range.flat_map(run).collect::<Vec<_>>()
        },
        |reaches| all.extend(reaches),
    );
    all
}

fn valued(lengths: &mut Lengths, matrix: &Sociomatrix, source: u32) -> Reach {
    lengths.run(matrix, source);
    let mut reach = Reach::default();
    for length in lengths.order()[1..].iter().map(|actor| lengths.length(*actor)) {
        reach.reached += 1;
        reach.length_sum += length;
        reach.inverse_sum += 1.0 / length;
    }
    reach
}

/// Searches from up to 64 sources at once: a bit of each word belongs to one source.
struct Search {
    seen: Vec<u64>,
    here: Vec<u64>,
    next: Vec<u64>,
    frontier: Vec<u32>,
    coming: Vec<u32>,
}

impl Search {
    fn new(actor_count: usize) -> Self {
        let words = || vec![0; actor_count];
        Self { seen: words(), here: words(), next: words(), frontier: Vec::new(), coming: Vec::new() }
    }

    fn run(&mut self, matrix: &Sociomatrix, sources: &[u32]) -> Vec<Reach> {
        let mut reaches = vec![Reach::default(); sources.len()];
        self.seen.fill(0);
        self.frontier.clear();
        for (lane, source) in sources.iter().enumerate() {
            self.seen[*source as usize] = 1 << lane;
            self.here[*source as usize] = 1 << lane;
            self.frontier.push(*source);
        }
        let mut distance = 0.0;
        while !self.frontier.is_empty() {
            distance += 1.0;
            for actor in self.frontier.drain(..) {
                let lanes = std::mem::take(&mut self.here[actor as usize]);
                for neighbour in matrix.out(actor) {
                    let there = *neighbour as usize;
                    let new = lanes & !self.seen[there];
                    if new != 0 {
                        if self.next[there] == 0 {
                            self.coming.push(*neighbour);
                        }
                        self.next[there] |= new;
                    }
                }
            }
            let mut found = [0_usize; LANES];
            for actor in &self.coming {
                let mut lanes = std::mem::take(&mut self.next[*actor as usize]);
                self.seen[*actor as usize] |= lanes;
                self.here[*actor as usize] = lanes;
                while lanes != 0 {
                    found[lanes.trailing_zeros() as usize] += 1;
                    lanes &= lanes - 1;
                }
            }
            for (reach, found) in reaches.iter_mut().zip(found) {
                reach.reached += found;
                reach.length_sum += count(found) * distance;
                reach.inverse_sum += count(found) / distance;
            }
            std::mem::swap(&mut self.frontier, &mut self.coming);
        }
        reaches
    }
}
