//! Structural balance: whether friends of friends are friends, and into which blocs a network parts.

use oorandom::Rand64;

use super::{Partition, Sociomatrix, sample::shuffle};
use crate::dataset::number;

/// Networks of more actors with signs are not parted exactly.
pub const MOST_EXACT: usize = 30;

/// After so many steps the search for the exact parting is given up.
const MOST_STEPS: usize = 3_000_000;

/// How triads of signed dyads stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignedTriads {
    /// By the number of hostile dyads, from 0 to 3: triads in which all three pairs are friendly or hostile.
    pub by_hostile: [u64; 4],
}

impl SignedTriads {
    /// The share of triads that are balanced: those with no or two hostile dyads; weakly, those with three
    /// too. `None` where there is no triad.
    ///
    /// # References
    /// Cartwright, D., and Harary, F. (1956). Structural balance: a generalization of Heider's theory.
    /// *Psychological Review* 63(5), 277–293. <https://doi.org/10.1037/h0046049>
    ///
    /// Davis, J. A. (1967). Clustering and structural balance in graphs. *Human Relations* 20(2), 181–187.
    /// <https://doi.org/10.1177/001872676702000206>
    pub fn balance(&self, is_weak: bool) -> Option<f64> {
        let [none, one, two, three] = self.by_hostile.map(wide);
        let all = none + one + two + three;
        let balanced = none + two + if is_weak { three } else { 0.0 };
        (all > 0.0).then(|| balanced / all)
    }
}

/// Counts the triads of an undirected matrix whose values are above 0 for friendly dyads and below for hostile.
///
/// # Complexity
/// Time O(D^1.5), space O(V + D), for V actors and D dyads.
///
/// # References
/// Heider, F. (1946). Attitudes and cognitive organization. *Journal of Psychology* 21, 107–112.
/// <https://doi.org/10.1080/00223980.1946.9917275>
pub fn signed_triads(matrix: &Sociomatrix) -> SignedTriads {
    let rank = |row: u32| (matrix.out(row).len(), row);
    let beyond: Vec<Vec<(u32, bool)>> = matrix
        .rows()
        .map(|row| {
            let later = matrix.out_cells(row).filter(|(other, _)| rank(*other) > rank(row));
            later.map(|(other, value)| (other, value < 0.0)).collect()
        })
        .collect();
    let mut marks: Vec<Option<bool>> = vec![None; matrix.len()];
    let mut triads = SignedTriads::default();
    for own in &beyond {
        for (other, hostile) in own {
            marks[*other as usize] = Some(*hostile);
        }
        for (second, first_hostile) in own {
            for (third, hostile) in &beyond[*second as usize] {
                if let Some(last_hostile) = marks[*third as usize] {
                    let count =
                        usize::from(*first_hostile) + usize::from(*hostile) + usize::from(last_hostile);
                    triads.by_hostile[count] += 1;
                }
            }
        }
        for (other, _) in own {
            marks[*other as usize] = None;
        }
    }
    triads
}

/// A partition into blocs with the fewest dyads that stand against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocs {
    /// The blocs.
    pub partition: Partition,
    /// How many dyads stand against it: friendly ones between blocs, hostile ones within.
    pub frustration: usize,
    /// No partition has fewer; equal to the frustration where that is known to be least.
    pub at_least: usize,
}

/// Parts the actors of an undirected signed matrix into at most `most` blocs so that as few dyads as possible
/// are frustrated: into two for strong balance, into any number for weak.
///
/// Exact up to [`MOST_EXACT`] actors that are tied, by branch and bound over all partitions, unless that takes
/// more than three million steps; beyond, the best of `runs` searches that move one actor at a time from a seeded start, with the number of
/// triads with an odd number of hostile dyads (one, for weak balance) that share no dyad as what no partition
/// can be below.
///
/// # Complexity
/// Exact: exponential in V. Beyond: each sweep takes time O(D), for V actors and D dyads.
///
/// # References
/// Doreian, P., and Mrvar, A. (1996). A partitioning approach to structural balance. *Social Networks* 18(2),
/// 149–168. <https://doi.org/10.1016/0378-8733(95)00259-6>
///
/// Aref, S., and Wilson, M. C. (2018). Measuring partial balance in signed networks. *Journal of Complex
/// Networks* 6(4), 566–595. <https://doi.org/10.1093/comnet/cnx044>
pub fn blocs(matrix: &Sociomatrix, most: usize, seed: u64, runs: usize) -> Blocs {
    let mut random = Rand64::new(seed.into());
    let most = most.min(matrix.len()).max(1);
    let mut best: Option<(usize, Vec<u32>)> = None;
    for run in 0..runs.max(1) {
        let labels = searched(matrix, most, &mut random, run == 0);
        let count = frustration(matrix, &labels);
        if best.as_ref().is_none_or(|(least, _)| count < *least) {
            best = Some((count, labels));
        }
    }
    let (mut least, mut labels) = best.expect("there is at least one run");
    let mut at_least = disjoint_bad_triads(matrix, most == 2);
    let tied: Vec<u32> = matrix.rows().filter(|row| !matrix.out(*row).is_empty()).collect();
    if tied.len() <= MOST_EXACT {
        let mut exact = Exact { matrix, order: by_degree(matrix, tied), most, least, best: None, steps: 0 };
        exact.extend(0, 0, 0, &mut vec![u32::MAX; matrix.len()]);
        let is_done = exact.steps < MOST_STEPS;
        if let Some(better) = exact.best {
            labels = better.into_iter().map(|label| if label == u32::MAX { 0 } else { label }).collect();
        }
        least = exact.least;
        if is_done {
            at_least = least;
        }
    }
    Blocs { partition: Partition::of(&labels), frustration: least, at_least }
}

/// How many dyads stand against a partition.
fn frustration(matrix: &Sociomatrix, labels: &[u32]) -> usize {
    let against = |row: u32| {
        let later = matrix.out_cells(row).filter(move |(other, _)| *other > row);
        later
            .filter(|(other, value)| (labels[row as usize] == labels[*other as usize]) == (*value < 0.0))
            .count()
    };
    matrix.rows().map(against).sum()
}

/// One search: actors move to the bloc where fewest of their dyads are frustrated, until none moves.
fn searched(matrix: &Sociomatrix, most: usize, random: &mut Rand64, is_first: bool) -> Vec<u32> {
    let most = number(most);
    let start =
        |_| if is_first { 0 } else { u32::try_from(random.rand_range(0..u64::from(most))).unwrap_or(0) };
    let mut labels: Vec<u32> = matrix.rows().map(start).collect();
    let mut order: Vec<u32> = matrix.rows().collect();
    shuffle(&mut order, random);
    let mut members = vec![0_usize; most as usize];
    for label in &labels {
        members[*label as usize] += 1;
    }
    let mut worth: Vec<i64> = vec![0; most as usize];
    let mut met: Vec<u32> = Vec::new();
    for _ in 0..100 {
        let mut is_moved = false;
        for row in &order {
            met.clear();
            for (other, value) in matrix.out_cells(*row) {
                let label = labels[other as usize];
                met.push(label);
                worth[label as usize] += if value > 0.0 { 1 } else { -1 };
            }
            let own = labels[*row as usize];
            let mut to = own;
            for label in &met {
                if worth[*label as usize] > worth[to as usize] {
                    to = *label;
                }
            }
            if worth[to as usize] < 0 {
                // A bloc of its own, or of strangers, has no enemy.
                let empty =
                    (0..most).find(|label| worth[*label as usize] == 0 && members[*label as usize] == 0);
                to = empty.or((0..most).find(|label| worth[*label as usize] == 0)).unwrap_or(to);
            }
            for label in &met {
                worth[*label as usize] = 0;
            }
            if to != own {
                members[own as usize] -= 1;
                members[to as usize] += 1;
                labels[*row as usize] = to;
                is_moved = true;
            }
        }
        if !is_moved {
            break;
        }
    }
    labels
}

/// How many triads that no partition satisfies share no dyad, found one after another.
fn disjoint_bad_triads(matrix: &Sociomatrix, is_strong: bool) -> usize {
    // By the cell from the lower actor to the higher.
    let mut taken = vec![false; matrix.cell_count()];
    let mut count = 0;
    for a in matrix.rows() {
        for ab in matrix.cells_of(a).filter(|cell| matrix.column(*cell) > a) {
            let b = matrix.column(ab);
            for bc in matrix.cells_of(b).filter(|cell| matrix.column(*cell) > b) {
                let Some(ac) = matrix.cell(a, matrix.column(bc)) else { continue };
                let cells = [ab, bc, ac];
                let hostile = cells.iter().filter(|cell| matrix.value_at(**cell) < 0.0).count();
                let is_bad = hostile == 1 || (is_strong && hostile == 3);
                if is_bad && !cells.iter().any(|cell| taken[*cell]) {
                    for cell in cells {
                        taken[cell] = true;
                    }
                    count += 1;
                }
            }
        }
    }
    count
}

fn by_degree(matrix: &Sociomatrix, mut actors: Vec<u32>) -> Vec<u32> {
    actors.sort_by_key(|row| (std::cmp::Reverse(matrix.out(*row).len()), *row));
    actors
}

/// Branch and bound over partitions: actors in order join a bloc that is there, or found the next.
struct Exact<'m> {
    matrix: &'m Sociomatrix,
    order: Vec<u32>,
    most: usize,
    least: usize,
    best: Option<Vec<u32>>,
    steps: usize,
}

impl Exact<'_> {
    fn extend(&mut self, at: usize, blocs: usize, cost: usize, labels: &mut Vec<u32>) {
        if cost >= self.least || self.steps >= MOST_STEPS {
            return;
        }
        self.steps += 1;
        let Some(row) = self.order.get(at).copied() else {
            self.least = cost;
            self.best = Some(labels.clone());
            return;
        };
        for bloc in 0..(blocs + 1).min(self.most) {
            let label = number(bloc);
            let against = |(other, value): &(u32, f64)| {
                let there = labels[*other as usize];
                there != u32::MAX && (there == label) == (*value < 0.0)
            };
            let more = self.matrix.out_cells(row).filter(against).count();
            labels[row as usize] = label;
            self.extend(at + 1, blocs.max(bloc + 1), cost + more, labels);
            labels[row as usize] = u32::MAX;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "triads beyond 2^53 would need 10^5 actors all tied")]
fn wide(value: u64) -> f64 {
    value as f64
}
