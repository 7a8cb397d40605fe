//! What a score rests on: the ties, paths or triads that make it.

use std::collections::BTreeMap;

use thiserror::Error;

use super::{
    Convention, Measure, MeasureError, Remark, Sociomatrix,
    core_number::core_numbers,
    scores::{matrix_of, of_matrix},
    structural_holes::Contacts,
};
use crate::{
    dataset::{ActorIndex, number},
    network::Network,
};

/// A part of a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// What one neighbour adds.
    Contact {
        /// Who.
        with: ActorIndex,
        /// How much.
        value: f64,
    },
    /// Shortest paths of others that come from one neighbour and go on to another.
    Passage {
        /// The neighbour before.
        from: ActorIndex,
        /// The neighbour after.
        to: ActorIndex,
        /// How much: the shares of all pairs whose paths run so.
        value: f64,
    },
    /// Two neighbours that are tied to one another.
    Triad {
        /// One.
        a: ActorIndex,
        /// The other.
        b: ActorIndex,
        /// How much.
        value: f64,
    },
    /// Those at one distance.
    Distance {
        /// How far: steps, or the length of paths where ties are valued.
        length: f64,
        /// How many.
        count: usize,
        /// How much.
        value: f64,
    },
}

impl Part {
    /// How much it adds.
    pub const fn value(&self) -> f64 {
        match self {
            Self::Contact { value, .. }
            | Self::Passage { value, .. }
            | Self::Triad { value, .. }
            | Self::Distance { value, .. } => *value,
        }
    }
}

/// What a score rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Grounds {
    /// The score; `None` where it is not defined.
    pub score: Option<f64>,
    /// What every actor has, whatever its ties.
    pub base: f64,
    /// What adds to it, the most first; parts and base add up to the score where `is_sum`.
    pub parts: Vec<Part>,
    /// Whether they do: not for closeness, which is an inverse, and core numbers, which are a rank.
    pub is_sum: bool,
    /// Whether direction was followed.
    pub is_directed: bool,
}

/// Why grounds cannot be told.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum WhyError {
    /// The measure cannot be had.
    #[error(transparent)]
    Score(#[from] MeasureError),
    /// The measure has no parts that could be told.
    #[error("what a score by {} rests on is not told: its currents run through the whole network", .0.as_str())]
    Spread(Measure),
    /// Paths along valued ties.
    #[error("what {} rests on is told where each dyad is one step; leave --weight away", .0.as_str())]
    Valued(Measure),
    /// The actor is not of the network.
    #[error("the actor has no score: it certainly did not exist in the window, or the lens leaves it out")]
    NotThere,
}

/// What the score of an actor rests on.
///
/// # Errors
/// When the measure takes not what the convention asks, cannot be told in parts, or the actor is not of the network.
///
/// # Complexity
/// That of the measure for those that ask for scores of others; O(V·E) for betweenness, O(d²) at most for the rest.
///
/// # Examples
/// In the middle of a path of three, betweenness 1 rests on one passage, from the one end to the other.
pub fn grounds(
    network: &Network<'_>,
    measure: Measure,
    convention: &Convention,
    actor: ActorIndex,
) -> Result<Grounds, WhyError> {
    let convention = &Convention { sampling: None, ..*convention };
    let matrix = matrix_of(network, measure, convention)?;
    let row = matrix.row_of(actor).ok_or(WhyError::NotThere)?;
    let told = Told { matrix: &matrix, row };
    let scores = of_matrix(&matrix, measure, convention)?;
    let score = scores.values[row as usize];
    let values: Vec<f64> = scores.values.iter().map(|value| value.unwrap_or(0.0)).collect();
    let alpha = scores.remarks.iter().find_map(|remark| match remark {
        Remark::Alpha(alpha) => Some(*alpha),
        Remark::Sampled { .. } | Remark::Unsettled { .. } | Remark::Undefined { .. } => None,
    });
    let (mut base, mut is_sum) = (0.0, true);
    let mut parts = match measure {
        Measure::Degree => told.ends([true, matrix.is_directed()], |_| 1.0),
        Measure::Strength => told.ends([true, matrix.is_directed()], |value| value),
        Measure::OutDegree => told.ends([true, false], |_| 1.0),
        Measure::OutStrength => told.ends([true, false], |value| value),
        Measure::InDegree => told.ends([false, true], |_| 1.0),
        Measure::InStrength => told.ends([false, true], |value| value),
        Measure::Betweenness if matrix.is_valued() => return Err(WhyError::Valued(measure)),
        Measure::Betweenness => told.passages(),
        Measure::Closeness | Measure::Harmonic if matrix.is_valued() => {
            return Err(WhyError::Valued(measure));
        }
        Measure::Closeness => {
            is_sum = false;
            told.distances(|steps| steps)
        }
        Measure::Harmonic => told.distances(|steps| 1.0 / steps),
        Measure::Eigenvector | Measure::HitsAuthorities | Measure::HitsHubs => {
            // The score of an actor is shared out by what its neighbours have of the same, or of the other of HITS.
            let other = match measure {
                Measure::HitsHubs => Measure::HitsAuthorities,
                Measure::HitsAuthorities => Measure::HitsHubs,
                _ => measure,
            };
            let of_others = of_matrix(&matrix, other, convention)?;
            let weights: Vec<f64> = of_others.values.iter().map(|value| value.unwrap_or(0.0)).collect();
            told.shared(measure != Measure::HitsHubs, score.unwrap_or(0.0), &weights)
        }
        Measure::PageRank => {
            let parts = told.walked(&values);
            base = score.unwrap_or(0.0) - parts.iter().map(Part::value).sum::<f64>();
            parts
        }
        Measure::Katz => {
            base = 1.0;
            let alpha = alpha.unwrap_or(0.0);
            let cells = matrix.into_cells(row);
            cells.map(|(other, value)| told.contact(other, alpha * value * values[other as usize])).collect()
        }
        Measure::Core => {
            is_sum = false;
            let numbers = core_numbers(&matrix);
            let own = numbers[row as usize];
            let beside = matrix.out(row).iter().filter(|other| numbers[**other as usize] >= own);
            beside.map(|other| told.contact(*other, f64::from(numbers[*other as usize]))).collect()
        }
        Measure::Clustering => told.triads(),
        Measure::Constraint | Measure::EffectiveSize | Measure::Efficiency | Measure::Hierarchy => {
            told.holes(measure)
        }
        Measure::CurrentFlowBetweenness | Measure::CurrentFlowCloseness => {
            return Err(WhyError::Spread(measure));
        }
    };
    let mut score = score;
    if convention.is_normalised {
        let count = f64::from(number(matrix.len()));
        let greatest = measure
            .greatest(count, matrix.is_directed())
            .ok_or(MeasureError::NotNormalised(measure))?
            .max(1.0);
        score = score.map(|score| score / greatest);
        for part in &mut parts {
            *part = scaled(*part, 1.0 / greatest);
        }
    }
    if !matches!(measure, Measure::Closeness | Measure::Harmonic) {
        // A stable sort: equal parts stay in the order of rows.
        parts.sort_by(|a, b| b.value().total_cmp(&a.value()));
    }
    Ok(Grounds { score, base, parts, is_sum, is_directed: matrix.is_directed() })
}

fn scaled(part: Part, by: f64) -> Part {
    match part {
        Part::Contact { with, value } => Part::Contact { with, value: value * by },
        Part::Passage { from, to, value } => Part::Passage { from, to, value: value * by },
        Part::Triad { a, b, value } => Part::Triad { a, b, value: value * by },
        Part::Distance { length, count, value } => Part::Distance { length, count, value: value * by },
    }
}

/// An actor of a matrix, of which is told.
struct Told<'m> {
    matrix: &'m Sociomatrix,
    row: u32,
}

impl Told<'_> {
    fn actor(&self, row: u32) -> ActorIndex {
        self.matrix.actors()[row as usize]
    }

    fn contact(&self, row: u32, value: f64) -> Part {
        Part::Contact { with: self.actor(row), value }
    }

    /// Ties that leave, ties that come; both of one neighbour are one part.
    fn ends(&self, [out, into]: [bool; 2], counts: impl Fn(f64) -> f64) -> Vec<Part> {
        let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
        let mut add = |(other, value): (u32, f64)| *sums.entry(other).or_default() += counts(value);
        if out {
            self.matrix.out_cells(self.row).for_each(&mut add);
        }
        if into {
            self.matrix.into_cells(self.row).for_each(&mut add);
        }
        sums.into_iter().map(|(other, value)| self.contact(other, value)).collect()
    }

    /// A score as shared out by what each neighbour is worth.
    fn shared(&self, comes: bool, score: f64, weights: &[f64]) -> Vec<Part> {
        let cells: Vec<(u32, f64)> = if comes {
            self.matrix.into_cells(self.row).collect()
        } else {
            self.matrix.out_cells(self.row).collect()
        };
        let all: f64 = cells.iter().map(|(other, value)| value * weights[*other as usize]).sum();
        let part = |(other, value): &(u32, f64)| {
            self.contact(*other, if all > 0.0 { score * value * weights[*other as usize] / all } else { 0.0 })
        };
        cells.iter().map(part).collect()
    }

    /// What a random walk brings from each neighbour.
    fn walked(&self, scores: &[f64]) -> Vec<Part> {
        let part = |(other, value): (u32, f64)| {
            let out: f64 = self.matrix.out_cells(other).map(|(_, value)| value).sum();
            self.contact(other, super::pagerank::DAMPING * scores[other as usize] * value / out)
        };
        self.matrix.into_cells(self.row).map(part).collect()
    }

    /// The pairs of neighbours that are tied.
    fn triads(&self) -> Vec<Part> {
        let others = self.matrix.out(self.row);
        let count = f64::from(number(others.len()));
        let value = 2.0 / (count * (count - 1.0));
        let mut triads = Vec::new();
        for (at, a) in others.iter().enumerate() {
            for b in others[at + 1..].iter().filter(|b| self.matrix.cell(*a, **b).is_some()) {
                triads.push(Part::Triad { a: self.actor(*a), b: self.actor(*b), value });
            }
        }
        triads
    }

    fn holes(&self, measure: Measure) -> Vec<Part> {
        let mut contacts = Contacts::of(self.matrix);
        let mut parts = Vec::new();
        contacts.of_row(self.row, &mut parts);
        let count = f64::from(number(parts.len()));
        let mean = parts.iter().map(|contact| contact.constraint).sum::<f64>() / count;
        let value = |constraint: f64, effective: f64| match measure {
            Measure::EffectiveSize => effective,
            Measure::Efficiency => effective / count,
            Measure::Hierarchy => {
                let share = constraint / mean;
                if parts.len() > 1 { share * share.ln() / (count * count.ln()) } else { 0.0 }
            }
            _ => constraint,
        };
        parts
            .iter()
            .map(|contact| self.contact(contact.with, value(contact.constraint, contact.effective)))
            .collect()
    }

    /// How many stand at each distance.
    fn distances(&self, worth: impl Fn(f64) -> f64) -> Vec<Part> {
        let search = Search::of(self.matrix, self.row);
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for row in &search.order[1..] {
            *counts.entry(search.steps[*row as usize]).or_default() += 1;
        }
        let part = |(steps, count): (u32, usize)| {
            let length = f64::from(steps);
            Part::Distance { length, count, value: worth(length) * f64::from(number(count)) }
        };
        counts.into_iter().map(part).collect()
    }

    /// From which neighbour to which the paths of others run through the actor (Brandes's accumulation, kept apart by
    /// the steps before and after it).
    fn passages(&self) -> Vec<Part> {
        let mut sums: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for source in self.matrix.rows().filter(|source| *source != self.row) {
            let search = Search::of(self.matrix, source);
            let here = search.steps[self.row as usize];
            if here == u32::MAX {
                continue;
            }
            let mut rests = vec![0.0; self.matrix.len()];
            for row in search.order.iter().rev() {
                let own = search.steps[*row as usize];
                for next in self.matrix.out(*row) {
                    if search.steps[*next as usize] == own + 1 {
                        let share = search.counts[*row as usize] / search.counts[*next as usize];
                        rests[*row as usize] += share * (1.0 + rests[*next as usize]);
                    }
                }
            }
            let before = self
                .matrix
                .into(self.row)
                .iter()
                .filter(|row| search.steps[**row as usize].checked_add(1) == Some(here));
            let before: Vec<u32> = before.copied().collect();
            for after in self.matrix.out(self.row) {
                if search.steps[*after as usize] != here + 1 {
                    continue;
                }
                for row in &before {
                    let share = search.counts[*row as usize] / search.counts[*after as usize];
                    let key = if self.matrix.is_directed() {
                        (*row, *after)
                    } else {
                        (*row.min(after), *row.max(after))
                    };
                    *sums.entry(key).or_default() += share * (1.0 + rests[*after as usize]);
                }
            }
        }
        // Undirected, each pair was asked from both of its ends.
        let each = if self.matrix.is_directed() { 1.0 } else { 0.5 };
        let part = |((from, to), value): ((u32, u32), f64)| Part::Passage {
            from: self.actor(from),
            to: self.actor(to),
            value: value * each,
        };
        sums.into_iter().map(part).collect()
    }
}

/// A search from one actor outward.
struct Search {
    /// Who is reached, nearest first.
    order: Vec<u32>,
    /// In how many steps; `u32::MAX` for those who are not reached.
    steps: Vec<u32>,
    /// By how many shortest paths.
    counts: Vec<f64>,
}

impl Search {
    fn of(matrix: &Sociomatrix, from: u32) -> Self {
        let mut search =
            Self { order: vec![from], steps: vec![u32::MAX; matrix.len()], counts: vec![0.0; matrix.len()] };
        search.steps[from as usize] = 0;
        search.counts[from as usize] = 1.0;
        let mut at = 0;
        while let Some(row) = search.order.get(at).copied() {
            at += 1;
            let next = search.steps[row as usize] + 1;
            for other in matrix.out(row) {
                if search.steps[*other as usize] == u32::MAX {
                    search.steps[*other as usize] = next;
                    search.order.push(*other);
                }
                if search.steps[*other as usize] == next {
                    search.counts[*other as usize] += search.counts[row as usize];
                }
            }
        }
        search
    }
}
