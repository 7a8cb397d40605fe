//! How far a score is known: under certain ties only, under all possible ones, and over worlds drawn by chance.

use std::collections::BTreeMap;

use super::{Convention, Measure, SeriesError, Worlds, scores, scores::scores_in};
use crate::{
    dataset::{ActorIndex, Dataset, number},
    date::Certainty,
    lens::Lens,
    network::Network,
};

/// Worlds drawn by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// How many.
    pub count: usize,
    /// What decides which.
    pub seed: u64,
    /// Whether the lowest score has the first place.
    pub is_rising: bool,
}

/// How far the score of an actor is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreRange {
    /// Whose.
    pub actor: ActorIndex,
    /// The score of certain ties only.
    pub certain: Option<f64>,
    /// The score of all possible ties.
    pub possible: Option<f64>,
    /// What 5 % of the worlds are at or below, the mean, and what 95 % are at or below.
    pub drawn: Option<[f64; 3]>,
    /// The places at or before which it stands in 5 % and in 95 % of the worlds.
    pub places: Option<[usize; 2]>,
    /// In how many worlds it has a score.
    pub world_count: usize,
}

/// How far the scores of all actors are known, in the order of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranges {
    /// The actors.
    pub actors: Vec<ScoreRange>,
    /// How many ties are in some worlds only.
    pub doubtful_count: usize,
    /// How many are in every world, but not on the same days, where days are asked.
    pub undated_count: usize,
    /// Whether direction was followed.
    pub is_directed: bool,
}

/// How far the scores of a measure are known.
///
/// # Errors
/// When the lens does not fit the dataset, or the measure what it asks.
///
/// # Complexity
/// That of the measure and O(E), for each world and E ties; space O(V · W), for V actors and W worlds.
///
/// # Examples
/// An actor with one certain tie and one that is alleged has a degree of 1 in half of the worlds and of 2 in the others.
///
/// # References
/// Efron, B., and Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*. Chapman and Hall, chapter 13 (intervals
/// by percentiles). <https://doi.org/10.1201/9780429246593>
pub fn ranges(
    dataset: &Dataset,
    lens: &Lens,
    measure: Measure,
    convention: &Convention<'_>,
    drawing: Drawing,
) -> Result<Ranges, SeriesError> {
    let progress = convention.progress;
    let convention = &Convention { progress: None, ..*convention };
    let by_lens = |certainty| -> Result<BTreeMap<ActorIndex, f64>, SeriesError> {
        let network = Network::project(dataset, &Lens { certainty, ..lens.clone() })?;
        let scores = scores(&network, measure, convention)?;
        Ok(by_actor(&scores).collect())
    };
    let (certain, possible) = (by_lens(Certainty::Certainly)?, by_lens(Certainty::Possibly)?);
    let network = Network::project(dataset, &Lens { certainty: Certainty::Possibly, ..lens.clone() })?;
    let mut worlds = if measure.is_temporal() {
        Worlds::dated(&network, drawing.seed)
    } else {
        Worlds::new(&network, drawing.seed)
    };
    let mut drawn: BTreeMap<ActorIndex, (Vec<f64>, Vec<usize>)> = BTreeMap::new();
    let mut is_directed = false;
    if let Some(progress) = progress {
        progress.begin(drawing.count);
    }
    for _ in 0..drawing.count {
        if let Some(progress) = progress {
            progress.advance(1);
        }
        let mut drawn_world = worlds.draw_dated();
        let present = std::mem::take(&mut drawn_world.present);
        let world = Network::of_world(dataset, network.predicate().clone(), present);
        let scores = scores_in(&world, measure, convention, Some(&drawn_world))?;
        is_directed = scores.is_directed;
        let mut order: Vec<(ActorIndex, f64)> = by_actor(&scores).collect();
        order.sort_by(|a, b| {
            let by_score = if drawing.is_rising { a.1.total_cmp(&b.1) } else { b.1.total_cmp(&a.1) };
            by_score.then(a.0.cmp(&b.0))
        });
        let mut place = 1;
        for at in 0..order.len() {
            let (actor, score) = order[at];
            if at > 0 && order[at - 1].1.total_cmp(&score).is_ne() {
                place = at + 1;
            }
            let (known, places) = drawn.entry(actor).or_default();
            known.push(score);
            places.push(place);
        }
    }
    let everybody: std::collections::BTreeSet<ActorIndex> =
        certain.keys().chain(possible.keys()).chain(drawn.keys()).copied().collect();
    let actors = everybody
        .into_iter()
        .map(|actor| {
            let (mut values, mut places) = drawn.remove(&actor).unwrap_or_default();
            values.sort_by(f64::total_cmp);
            places.sort_unstable();
            let mean = values.iter().sum::<f64>() / f64::from(number(values.len().max(1)));
            ScoreRange {
                actor,
                certain: certain.get(&actor).copied(),
                possible: possible.get(&actor).copied(),
                drawn: share(&values, 5).zip(share(&values, 95)).map(|(low, high)| [low, mean, high]),
                places: share(&places, 5).zip(share(&places, 95)).map(|(best, worst)| [best, worst]),
                world_count: values.len(),
            }
        })
        .collect();
    Ok(Ranges {
        actors,
        doubtful_count: worlds.doubtful_count(),
        undated_count: worlds.undated_count(),
        is_directed,
    })
}

/// Actors with their scores, to the digits that ranking keeps.
fn by_actor(scores: &super::Scores) -> impl Iterator<Item = (ActorIndex, f64)> {
    let values = scores.actors.iter().zip(&scores.values);
    values.filter_map(|(actor, value)| Some((*actor, settled((*value)?))))
}

/// A score to 14 significant digits: what lies beyond is the noise of the order of summation.
fn settled(score: f64) -> f64 {
    // Whole numbers of so many digits are what they are.
    if score.fract() == 0.0 && score.abs() < 1e14 {
        return score;
    }
    format!("{score:.13e}").parse().unwrap_or(score)
}

/// The least value that so many per cent of sorted values are at or below.
fn share<T: Copy>(sorted: &[T], per_cent: usize) -> Option<T> {
    let at = (sorted.len() * per_cent).div_ceil(100);
    sorted.get(at.max(1) - 1).copied()
}
