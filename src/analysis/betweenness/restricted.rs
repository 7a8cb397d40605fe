//! Betweenness between some actors and others only.

use super::sum_over;
use crate::{
    analysis::{Sociomatrix, Work, betweenness::brandes::Tally},
    dataset::{ActorIndex, number},
};

/// The pairs between which paths count: from some actors to others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// From whom, in order; from everybody when absent.
    pub sources: Option<Vec<ActorIndex>>,
    /// To whom, in order; to everybody when absent.
    pub targets: Option<Vec<ActorIndex>>,
}

impl Pairs {
    /// By row of actors: whether paths begin there, and whether they end there.
    pub(crate) fn marks(&self, rows: &[ActorIndex]) -> (Vec<bool>, Vec<bool>) {
        let marks = |actors: &Option<Vec<ActorIndex>>| -> Vec<bool> {
            let is_among = |actor: &ActorIndex| actors.as_ref().is_none_or(|among| among.contains(actor));
            rows.iter().map(is_among).collect()
        };
        (marks(&self.sources), marks(&self.targets))
    }
}

/// The betweenness of every actor between some sources and some targets: for each pair of a source and
/// another actor that is a target, the share of the shortest paths that pass through the actor, summed. Where direction is
/// ignored a pair counts once, whichever of the two is the source.
///
/// Not normalised. Sources and targets stand between others like everybody else.
///
/// # Complexity
/// Time O(S·D), O(S·D·log V) where valued, for V actors, D dyads and S sources, or targets where these are fewer.
///
/// # Examples
/// In the path `a – b – c – d` between `a` and `d` alone, `b` and `c` have 1.
///
/// # References
/// Brandes, U. (2008). On variants of shortest-path betweenness centrality and their generic computation.
/// *Social Networks* 30(2), 136–145. <https://doi.org/10.1016/j.socnet.2007.11.001>
pub fn betweenness_between<'w>(
    matrix: &Sociomatrix,
    sources: &[bool],
    targets: &[bool],
    work: impl Into<Work<'w>>,
) -> Vec<f64> {
    let work = work.into();
    let count = |marks: &[bool]| marks.iter().filter(|mark| **mark).count();
    let turned;
    let (matrix, sources, targets) = if count(targets) < count(sources) {
        turned = matrix.clone().transposed();
        (&turned, targets, sources)
    } else {
        (matrix, sources, targets)
    };
    let from = |sources: &[bool], targets: &[bool]| {
        let rows: Vec<u32> = (0..).zip(sources).filter(|(_, mark)| **mark).map(|(row, _)| row).collect();
        sum_over(matrix, &rows, matrix.len(), work, |search, source, sums| {
            search.from(matrix, source, Some(targets), &mut Tally::Actors(sums));
        })
    };
    let mut scores = from(sources, targets);
    if !matrix.is_directed() {
        // A pair of which both may begin and end paths was met from both.
        let both: Vec<bool> =
            sources.iter().zip(targets).map(|(source, target)| *source && *target).collect();
        if count(&both) > 1 {
            let twice = from(&both, &both);
            scores.iter_mut().zip(twice).for_each(|(score, twice)| *score -= twice / 2.0);
        }
    }
    scores
}

/// How many pairs there are of a source and another actor that is a target; unordered where direction is ignored.
pub(crate) fn pair_count(sources: &[bool], targets: &[bool], is_directed: bool) -> f64 {
    let count = |marks: &mut dyn Iterator<Item = bool>| f64::from(number(marks.filter(|mark| *mark).count()));
    let both = count(&mut sources.iter().zip(targets).map(|(source, target)| *source && *target));
    let ordered = count(&mut sources.iter().copied()) * count(&mut targets.iter().copied()) - both;
    if is_directed { ordered } else { ordered - both * (both - 1.0) / 2.0 }
}
