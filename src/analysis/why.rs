//! What a score rests on: the ties, paths or triads that make it.

use std::collections::BTreeMap;

use thiserror::Error;

use super::{
    Convention, Measure, MeasureError, Remark, Sociomatrix,
    betweenness::Pairs,
    core_number::core_numbers,
    current_flow::{currents, resistances},
    lengths::{Lengths, TOLERANCE},
    scores::{greatest, matrix_of, of, of_matrix},
    structural_holes::Contacts,
    temporal::{
        Chains,
        central::{hops_of, passages_of},
    },
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
    convention: &Convention<'_>,
    actor: ActorIndex,
) -> Result<Grounds, WhyError> {
    let convention = &Convention { sampling: None, ..*convention };
    let matrix = matrix_of(network, measure, convention)?;
    let row = matrix.row_of(actor).ok_or(WhyError::NotThere)?;
    let told = Told { matrix: &matrix, row };
    let scores = of(network, &matrix, measure, convention, None)?;
    let score = scores.values[row as usize];
    let values: Vec<f64> = scores.values.iter().map(|value| value.unwrap_or(0.0)).collect();
    let alpha = scores.remarks.iter().find_map(|remark| match remark {
        Remark::Alpha(alpha) => Some(*alpha),
        _ => None,
    });
    let (mut base, mut is_sum) = (0.0, true);
    let mut parts = match measure {
        Measure::Degree => told.ends([true, matrix.is_directed()], |_| 1.0),
        Measure::Strength => told.ends([true, matrix.is_directed()], |value| value),
        Measure::OutDegree => told.ends([true, false], |_| 1.0),
        Measure::OutStrength => told.ends([true, false], |value| value),
        Measure::InDegree => told.ends([false, true], |_| 1.0),
        Measure::InStrength => told.ends([false, true], |value| value),
        Measure::Betweenness => told.passages(convention.pairs),
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
        Measure::TemporalCloseness => {
            is_sum = false;
            let part = |(hops, count)| {
                let length = f64::from(hops);
                Part::Distance { length, count, value: length * f64::from(number(count)) }
            };
            let chains = Chains::of(network, convention.passing());
            hops_of(&chains, row, convention.is_inward).into_iter().map(part).collect()
        }
        Measure::TemporalBetweenness => {
            let passages = passages_of(&Chains::of(network, convention.passing()), row, convention.pairs);
            let part =
                |((from, to), value)| Part::Passage { from: told.actor(from), to: told.actor(to), value };
            passages.into_iter().map(part).collect()
        }
        Measure::Clustering => told.triads(),
        Measure::Constraint | Measure::EffectiveSize | Measure::Efficiency | Measure::Hierarchy => {
            told.holes(measure)
        }
        Measure::CurrentFlowBetweenness => told.spread(currents(&matrix, row).unwrap_or_default()),
        Measure::CurrentFlowCloseness => {
            is_sum = false;
            told.spread(resistances(&matrix, row).unwrap_or_default())
        }
    };
    let mut score = score;
    if convention.is_normalised {
        let greatest = greatest(&matrix, measure, convention)?;
        score = score.map(|score| score / greatest);
        for part in &mut parts {
            *part = scaled(*part, 1.0 / greatest);
        }
    }
    // Stable sorts: equal parts stay in the order of rows.
    match measure {
        Measure::Closeness | Measure::Harmonic | Measure::TemporalCloseness => {}
        Measure::CurrentFlowCloseness => parts.sort_by(|a, b| a.value().total_cmp(&b.value())),
        _ => parts.sort_by(|a, b| b.value().total_cmp(&a.value())),
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

    fn spread(&self, values: Vec<(u32, f64)>) -> Vec<Part> {
        values.into_iter().map(|(other, value)| self.contact(other, value)).collect()
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
        let mut lengths = Lengths::new(self.matrix.len());
        lengths.run(self.matrix, self.row);
        let mut runs: Vec<(f64, usize)> = Vec::new();
        for length in lengths.order()[1..].iter().map(|row| lengths.length(*row)) {
            match runs.last_mut() {
                Some((known, count)) if length - *known <= TOLERANCE * length => *count += 1,
                _ => runs.push((length, 1)),
            }
        }
        let part = |(length, count): (f64, usize)| Part::Distance {
            length,
            count,
            value: worth(length) * f64::from(number(count)),
        };
        runs.into_iter().map(part).collect()
    }

    /// From which neighbour to which the paths of others run through the actor (Brandes's accumulation, kept apart by
    /// the steps before and after it).
    fn passages(&self, pairs: Option<&Pairs>) -> Vec<Part> {
        let is_directed = self.matrix.is_directed();
        let everybody = Pairs::default();
        let (sources, targets) = pairs.unwrap_or(&everybody).marks(self.matrix.actors());
        let is_both = |row: u32| sources[row as usize] && targets[row as usize];
        let mut sums: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        let mut lengths = Lengths::new(self.matrix.len());
        let mut rests = vec![0.0; self.matrix.len()];
        for source in self.matrix.rows().filter(|source| *source != self.row && sources[*source as usize]) {
            lengths.run(self.matrix, source);
            if lengths.length(self.row).is_infinite() {
                continue;
            }
            for row in lengths.order().iter().rev() {
                let here = *row as usize;
                let own = match targets[here] && *row != source {
                    false => 0.0,
                    // Undirected, a pair of which both are sources and targets is asked from both of its ends.
                    true if !is_directed && is_both(source) && is_both(*row) => 0.5,
                    true => 1.0,
                };
                let share = (own + rests[here]) / lengths.paths(*row);
                rests[here] = 0.0;
                for (before, _) in lengths.before(*row) {
                    let part = lengths.paths(*before) * share;
                    rests[*before as usize] += part;
                    if *before == self.row && part > 0.0 {
                        for (from, _) in lengths.before(self.row) {
                            let key =
                                if is_directed { (*from, *row) } else { (*from.min(row), *from.max(row)) };
                            *sums.entry(key).or_default() +=
                                part * lengths.paths(*from) / lengths.paths(self.row);
                        }
                    }
                }
            }
        }
        let part = |((from, to), value)| Part::Passage { from: self.actor(from), to: self.actor(to), value };
        sums.into_iter().map(part).collect()
    }
}
