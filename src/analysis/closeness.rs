//! Closeness and harmonic closeness: how near an actor is to all that it can reach.

use std::num::NonZeroUsize;

use super::{Sociomatrix, Work, blocks::in_blocks, lengths::Lengths};
use crate::dataset::number;

/// How many words of bits an actor has in a search.
const WORDS: usize = 4;

/// How many sources one search serves: a bit for each.
const LANES: usize = WORDS * 64;

/// A push touches memory at random, and asks at each arc: it must be so much cheaper than a pull.
const PUSH_COST: usize = 3;

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
/// O(V·D); O(V·D·log V) where valued. Space O(V) for each thread. One search serves 256 sources.
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

/// A bit for each source of a search.
type Lanes = [u64; WORDS];

const NONE: Lanes = [0; WORDS];

fn with(lanes: &mut Lanes, other: &Lanes) {
    lanes.iter_mut().zip(other).for_each(|(word, other)| *word |= other);
}

fn without(mut lanes: Lanes, other: &Lanes) -> Lanes {
    lanes.iter_mut().zip(other).for_each(|(word, other)| *word &= !other);
    lanes
}

/// Searches from many sources at once, level by level: those who were just reached push what reached them to their
/// neighbours, or where they are many, those whom not all have reached pull it.
struct Search {
    seen: Vec<Lanes>,
    /// What reached an actor at this level; nothing for others.
    here: Vec<Lanes>,
    next: Vec<Lanes>,
    frontier: Vec<u32>,
    coming: Vec<u32>,
    found: Found,
}

impl Search {
    fn new(actor_count: usize) -> Self {
        let words = || vec![NONE; actor_count];
        Self {
            seen: words(),
            here: words(),
            next: words(),
            frontier: Vec::new(),
            coming: Vec::new(),
            found: Found::default(),
        }
    }

    fn run(&mut self, matrix: &Sociomatrix, sources: &[u32]) -> Vec<Reach> {
        let mut reaches = vec![Reach::default(); sources.len()];
        self.seen.fill(NONE);
        self.frontier.clear();
        let mut all = NONE;
        for (lane, source) in sources.iter().enumerate() {
            let mut lanes = NONE;
            lanes[lane / 64] = 1 << (lane % 64);
            with(&mut all, &lanes);
            self.seen[*source as usize] = lanes;
            self.here[*source as usize] = lanes;
            self.frontier.push(*source);
        }
        let mut distance = 0.0;
        while !self.frontier.is_empty() {
            distance += 1.0;
            let arcs: usize = self.frontier.iter().map(|actor| matrix.out(*actor).len()).sum();
            if arcs * PUSH_COST <= matrix.cell_count() {
                self.push(matrix);
            } else {
                self.pull(matrix, &all);
            }
            self.frontier.drain(..).for_each(|actor| self.here[actor as usize] = NONE);
            for actor in &self.coming {
                let lanes = std::mem::replace(&mut self.next[*actor as usize], NONE);
                with(&mut self.seen[*actor as usize], &lanes);
                self.here[*actor as usize] = lanes;
                self.found.add(&lanes);
            }
            let found = self.found.take();
            for (reach, found) in reaches.iter_mut().zip(found) {
                reach.reached += found as usize;
                reach.length_sum += f64::from(found) * distance;
                reach.inverse_sum += f64::from(found) / distance;
            }
            std::mem::swap(&mut self.frontier, &mut self.coming);
        }
        reaches
    }

    fn push(&mut self, matrix: &Sociomatrix) {
        for actor in &self.frontier {
            let lanes = self.here[*actor as usize];
            for neighbour in matrix.out(*actor) {
                let there = *neighbour as usize;
                let new = without(lanes, &self.seen[there]);
                if new != NONE {
                    if self.next[there] == NONE {
                        self.coming.push(*neighbour);
                    }
                    with(&mut self.next[there], &new);
                }
            }
        }
    }

    fn pull(&mut self, matrix: &Sociomatrix, all: &Lanes) {
        for actor in matrix.rows() {
            let seen = &self.seen[actor as usize];
            if seen == all {
                continue;
            }
            let mut lanes = NONE;
            for neighbour in matrix.into(actor) {
                with(&mut lanes, &self.here[*neighbour as usize]);
            }
            let new = without(lanes, seen);
            if new != NONE {
                self.next[actor as usize] = new;
                self.coming.push(actor);
            }
        }
    }
}

/// How many actors each source has found: bytes are counted side by side, eight in a word, and put away before one is full.
struct Found {
    counts: [u32; LANES],
    /// Of each word, by bit of a byte: how often it was set in each byte.
    bytes: [[u64; 8]; WORDS],
    added: u32,
}

impl Default for Found {
    fn default() -> Self {
        Self { counts: [0; LANES], bytes: [[0; 8]; WORDS], added: 0 }
    }
}

impl Found {
    fn add(&mut self, lanes: &Lanes) {
        for (bytes, word) in self.bytes.iter_mut().zip(lanes) {
            for (bit, bytes) in bytes.iter_mut().enumerate() {
                *bytes += (word >> bit) & 0x0101_0101_0101_0101;
            }
        }
        self.added += 1;
        if self.added == 255 {
            self.put_away();
        }
    }

    fn put_away(&mut self) {
        for (counts, bytes) in self.counts.as_chunks_mut::<64>().0.iter_mut().zip(&mut self.bytes) {
            for (bit, bytes) in bytes.iter_mut().enumerate() {
                for (byte, count) in std::mem::take(bytes).to_le_bytes().into_iter().enumerate() {
                    counts[byte * 8 + bit] += u32::from(count);
                }
            }
        }
        self.added = 0;
    }

    /// The counts, which begin anew.
    fn take(&mut self) -> [u32; LANES] {
        self.put_away();
        std::mem::replace(&mut self.counts, [0; LANES])
    }
}
