//! Any measure on any network, by the conventions asked for.

use std::num::NonZeroUsize;

use thiserror::Error;

use super::{
    Direction, Ends, Measure, Progress, Sociomatrix, Weight, Work,
    betweenness::{Pairs, betweenness, betweenness_between, pair_count, sampled_betweenness},
    closeness::{closeness, harmonic},
    clustering::clustering,
    core_number::core_number,
    current_flow::{
        self, SampledCurrents, current_flow_betweenness, current_flow_closeness,
        sampled_current_flow_betweenness, sampled_current_flow_closeness,
    },
    degree::{degree, strength},
    eigenvector::{Approached, eigenvector},
    hits::hubs,
    katz::katz,
    measure::Look,
    order::Pace,
    pagerank::pagerank,
    structural_holes::{Holes, structural_holes},
    temporal::{Chains, Passing, temporal_betweenness, temporal_closeness},
    worlds::DatedWorld,
};
use crate::{
    dataset::{ActorIndex, number},
    network::Network,
};

/// A sample of sources instead of all of them; of pairs or projections for measures of currents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampling {
    /// How many.
    pub count: usize,
    /// What decides which.
    pub seed: u64,
}

/// How a network is measured.
#[derive(Clone, Copy, Debug)]
pub struct Convention<'c> {
    /// What becomes of the direction of ties.
    pub direction: Direction,
    /// Whether arcs are followed against their direction, as networkx does for closeness.
    pub is_inward: bool,
    /// What ties count; each dyad counts 1 when absent.
    pub weight: Option<Weight>,
    /// Whether scores are divided by the greatest that an actor can have among so many.
    pub is_normalised: bool,
    /// Between whom betweenness counts paths; between all when absent.
    pub pairs: Option<&'c Pairs>,
    /// Whether betweenness or a measure of currents is estimated.
    pub sampling: Option<Sampling>,
    /// The factor of Katz; near the greatest that is possible when absent.
    pub alpha: Option<f64>,
    /// Whether contact passes on the day on which it came, where order in time is asked.
    pub pace: Pace,
    /// On how many threads; their number changes no bit.
    pub threads: NonZeroUsize,
    /// Who is told how far work has come.
    pub progress: Option<&'c Progress>,
}

impl<'c> Convention<'c> {
    /// How work is done.
    pub(super) fn work(&self) -> Work<'c> {
        Work { threads: self.threads, progress: self.progress }
    }

    /// How contact passes.
    pub(super) fn passing(&self) -> Passing {
        Passing { pace: self.pace, is_directed: self.direction == Direction::Followed }
    }
}

impl Default for Convention<'_> {
    /// Undirected, unvalued, not normalised, exact, on one thread.
    fn default() -> Self {
        Self {
            direction: Direction::Ignored,
            is_inward: false,
            weight: None,
            is_normalised: false,
            pairs: None,
            sampling: None,
            alpha: None,
            pace: Pace::SameDay,
            threads: NonZeroUsize::MIN,
            progress: None,
        }
    }
}

/// What must be known of scores beside the definition of the measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Remark {
    /// Scores are an estimate.
    Sampled {
        /// From how many sources, pairs or projections.
        source_count: usize,
        /// With 95 % probability no score is farther off.
        error_bound: f64,
    },
    /// Sweeps ended before scores settled.
    Unsettled {
        /// By how much the last sweep changed them.
        change: f64,
    },
    /// Equations of currents were left with a rest that is not as small as it should be.
    Unsolved {
        /// The rest, against the right side.
        rest: f64,
    },
    /// The factor of Katz.
    Alpha(f64),
    /// Ties of happenings that share a day which is not known.
    SharedDays {
        /// How many.
        tie_count: usize,
    },
    /// Actors for which the measure is not defined.
    Undefined {
        /// How many.
        actor_count: usize,
    },
}

/// Why a measure cannot be had.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum MeasureError {
    /// The measure knows no direction.
    #[error("{} is defined without direction; leave --directed away", .0.as_str())]
    NoDirection(Measure),
    /// The measure takes no values.
    #[error("{} counts each neighbour once; leave --weight away{}", .0.as_str(), strength_instead(*.0))]
    NoWeight(Measure),
    /// The measure has no greatest score.
    #[error("{} has no greatest score to normalise by; leave --normalized away", .0.as_str())]
    NotNormalised(Measure),
    /// Only betweenness counts paths between some actors.
    #[error("{} counts all paths; only betweenness is asked between some actors", .0.as_str())]
    NotBetween(Measure),
    /// Paths between some actors are few enough to be counted.
    #[error("betweenness between some actors is exact; leave --sample away")]
    BetweenSampled,
    /// Only temporal measures ask for the order of days.
    #[error("{} asks for no order in time; --strict is for temporal-closeness and temporal-betweenness", .0.as_str())]
    NotTemporal(Measure),
    /// Only betweenness and measures of currents are sampled.
    #[error("{} is exact; only betweenness and current-flow measures take a sample", .0.as_str())]
    NotSampled(Measure),
    /// A component is too large.
    #[error("{} solves its equations exactly, for at most {} actors that hang together; there are more: \
        estimate it (--sample 1000), or narrow the lens (--kind, --during, --min-count)", .0.as_str(), current_flow::MOST_ACTORS)]
    TooLarge(Measure),
    /// The factor of Katz is too great.
    #[error("the scores of katz have no end with an alpha of {alpha}: it must be below {most:.6}")]
    AlphaTooGreat {
        /// The factor.
        alpha: f64,
        /// What it must be below.
        most: f64,
    },
}

fn strength_instead(measure: Measure) -> &'static str {
    if measure == Measure::Degree { ", or ask for strength" } else { "" }
}

/// The scores of all actors of a network by a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// The actors, in order.
    pub actors: Vec<ActorIndex>,
    /// What the measure gives each; `None` where it is not defined.
    pub values: Vec<Option<f64>>,
    /// What must be known of them.
    pub remarks: Vec<Remark>,
    /// Whether direction was followed.
    pub is_directed: bool,
}

/// The scores of all actors of a network by a measure, at the cost that the function of the measure states.
///
/// # Errors
/// When the measure does not take what the convention asks, or a network of such a size.
pub fn scores(
    network: &Network<'_>,
    measure: Measure,
    convention: &Convention<'_>,
) -> Result<Scores, MeasureError> {
    scores_in(network, measure, convention, None)
}

/// The same in a world in which every tie has its days.
pub(super) fn scores_in(
    network: &Network<'_>,
    measure: Measure,
    convention: &Convention<'_>,
    world: Option<&DatedWorld>,
) -> Result<Scores, MeasureError> {
    let matrix = matrix_of(network, measure, convention)?;
    let mut scores = of(network, &matrix, measure, convention, world)?;
    if convention.is_normalised {
        let greatest = greatest(&matrix, measure, convention)?;
        scores.values.iter_mut().flatten().for_each(|score| *score /= greatest);
        for remark in &mut scores.remarks {
            if let Remark::Sampled { error_bound, .. } = remark {
                *error_bound /= greatest;
            }
        }
    }
    Ok(scores)
}

/// By what scores are normalised: the greatest that an actor can have, 1 at least.
pub(super) fn greatest(
    matrix: &Sociomatrix,
    measure: Measure,
    convention: &Convention<'_>,
) -> Result<f64, MeasureError> {
    let greatest = match convention.pairs {
        Some(pairs) => {
            let (sources, targets) = pairs.marks(matrix.actors());
            pair_count(&sources, &targets, matrix.is_directed() || measure.is_temporal())
        }
        None => measure
            .greatest(f64::from(number(matrix.len())), matrix.is_directed())
            .ok_or(MeasureError::NotNormalised(measure))?,
    };
    Ok(greatest.max(1.0))
}

/// The matrix on which a measure is taken.
pub(super) fn matrix_of(
    network: &Network<'_>,
    measure: Measure,
    convention: &Convention<'_>,
) -> Result<Sociomatrix, MeasureError> {
    let nature = measure.nature();
    let is_directed = convention.direction == Direction::Followed || nature.direction == Look::Always;
    if is_directed && nature.direction == Look::Never {
        return Err(MeasureError::NoDirection(measure));
    }
    if convention.weight.is_some() && nature.weight == Look::Never {
        return Err(MeasureError::NoWeight(measure));
    }
    if convention.pace == Pace::Strict && !measure.is_temporal() {
        return Err(MeasureError::NotTemporal(measure));
    }
    let is_sampled = matches!(
        measure,
        Measure::Betweenness | Measure::CurrentFlowBetweenness | Measure::CurrentFlowCloseness
    );
    if convention.sampling.is_some() && !is_sampled {
        return Err(MeasureError::NotSampled(measure));
    }
    if convention.pairs.is_some() {
        if !matches!(measure, Measure::Betweenness | Measure::TemporalBetweenness) {
            return Err(MeasureError::NotBetween(measure));
        }
        if convention.sampling.is_some() {
            return Err(MeasureError::BetweenSampled);
        }
    }
    let plain = Weight::plain(super::Weighing::Ties);
    let weight = convention.weight.as_ref().or((nature.weight == Look::Always).then_some(&plain));
    let direction = if is_directed { Direction::Followed } else { Direction::Ignored };
    let matrix = Sociomatrix::of(network, direction, weight);
    Ok(if convention.is_inward { matrix.transposed() } else { matrix })
}

/// The scores of a network whose matrix is made, not normalised.
pub(super) fn of(
    network: &Network<'_>,
    matrix: &Sociomatrix,
    measure: Measure,
    convention: &Convention<'_>,
    world: Option<&DatedWorld>,
) -> Result<Scores, MeasureError> {
    if !measure.is_temporal() {
        return of_matrix(matrix, measure, convention);
    }
    let chains = Chains::in_world(network, convention.passing(), world);
    let values = if measure == Measure::TemporalCloseness {
        temporal_closeness(&chains, convention.is_inward, convention.work())
    } else {
        temporal_betweenness(&chains, convention.pairs, convention.work())
    };
    let remarks = match chains.shared_count() {
        0 => Vec::new(),
        tie_count => vec![Remark::SharedDays { tie_count }],
    };
    let values = values.into_iter().map(Some).collect();
    Ok(Scores { actors: matrix.actors().to_vec(), values, remarks, is_directed: matrix.is_directed() })
}

/// The scores of a matrix, not normalised.
pub(super) fn of_matrix(
    matrix: &Sociomatrix,
    measure: Measure,
    convention: &Convention<'_>,
) -> Result<Scores, MeasureError> {
    let work = convention.work();
    let mut remarks = Vec::new();
    let too_large = MeasureError::TooLarge(measure);
    let mut settle = |approached: Approached| {
        if !approached.is_settled {
            remarks.push(Remark::Unsettled { change: approached.change });
        }
        approached.scores
    };
    let holes = |value: fn(&Holes) -> Option<f64>| -> Vec<Option<f64>> {
        structural_holes(matrix).iter().map(|holes| holes.as_ref().and_then(value)).collect()
    };
    let values: Vec<f64> = match measure {
        Measure::Degree => degree(matrix, Ends::Both),
        Measure::InDegree => degree(matrix, Ends::In),
        Measure::OutDegree => degree(matrix, Ends::Out),
        Measure::Strength => strength(matrix, Ends::Both),
        Measure::InStrength => strength(matrix, Ends::In),
        Measure::OutStrength => strength(matrix, Ends::Out),
        Measure::Betweenness => match (convention.pairs, convention.sampling) {
            (Some(pairs), _) => {
                let (sources, targets) = pairs.marks(matrix.actors());
                betweenness_between(matrix, &sources, &targets, work)
            }
            (None, None) => betweenness(matrix, work),
            (None, Some(Sampling { count, seed })) => {
                let sampled = sampled_betweenness(matrix, count, seed, work);
                let (source_count, error_bound) = (sampled.source_count, sampled.error_bound);
                remarks.push(Remark::Sampled { source_count, error_bound });
                sampled.scores
            }
        },
        Measure::Closeness => closeness(matrix, work),
        Measure::Harmonic => harmonic(matrix, work),
        Measure::Eigenvector => settle(eigenvector(matrix)),
        Measure::PageRank => settle(pagerank(matrix, 1e-13)),
        Measure::HitsHubs => settle(hubs(matrix)),
        Measure::HitsAuthorities => settle(hubs(&matrix.clone().transposed())),
        Measure::Katz => {
            let katz = katz(matrix, convention.alpha);
            if !katz.approached.is_settled && convention.alpha.is_some() {
                return Err(MeasureError::AlphaTooGreat { alpha: katz.alpha, most: 1.0 / katz.eigenvalue });
            }
            let scores = settle(katz.approached);
            remarks.push(Remark::Alpha(katz.alpha));
            scores
        }
        Measure::CurrentFlowBetweenness => match convention.sampling {
            None => current_flow_betweenness(matrix).ok_or(too_large)?,
            Some(Sampling { count, seed }) => {
                estimated(sampled_current_flow_betweenness(matrix, count, seed, work), &mut remarks)
            }
        },
        Measure::CurrentFlowCloseness => match convention.sampling {
            None => current_flow_closeness(matrix).ok_or(too_large)?,
            Some(Sampling { count, seed }) => {
                estimated(sampled_current_flow_closeness(matrix, count, seed, work), &mut remarks)
            }
        },
        // They ask when ties were, which a matrix does not say.
        Measure::TemporalCloseness | Measure::TemporalBetweenness => vec![0.0; matrix.len()],
        Measure::Core => core_number(matrix),
        Measure::Clustering => clustering(matrix),
        Measure::Constraint => return Ok(partial(matrix, holes(|holes| Some(holes.constraint)))),
        Measure::EffectiveSize => return Ok(partial(matrix, holes(|holes| Some(holes.effective_size)))),
        Measure::Efficiency => return Ok(partial(matrix, holes(|holes| Some(holes.efficiency)))),
        Measure::Hierarchy => return Ok(partial(matrix, holes(|holes| holes.hierarchy))),
    };
    let values = values.into_iter().map(Some).collect();
    Ok(Scores { actors: matrix.actors().to_vec(), values, remarks, is_directed: matrix.is_directed() })
}

/// The scores of an estimate, of which is told how good it is.
fn estimated(currents: SampledCurrents, remarks: &mut Vec<Remark>) -> Vec<f64> {
    let SampledCurrents { scores, error_bound, draw_count, unsolved } = currents;
    remarks.push(Remark::Sampled { source_count: draw_count, error_bound });
    remarks.extend(unsolved.map(|rest| Remark::Unsolved { rest }));
    scores
}

/// Scores of a measure that is not defined for all.
fn partial(matrix: &Sociomatrix, values: Vec<Option<f64>>) -> Scores {
    let actor_count = values.iter().filter(|value| value.is_none()).count();
    let remarks = if actor_count > 0 { vec![Remark::Undefined { actor_count }] } else { Vec::new() };
    Scores { actors: matrix.actors().to_vec(), values, remarks, is_directed: matrix.is_directed() }
}
