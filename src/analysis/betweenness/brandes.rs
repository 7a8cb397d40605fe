//! One search of Brandes from a source, for any matrix: directed or not, valued or not.

use super::super::{Sociomatrix, lengths::Lengths};

/// Where the dependencies of a source are added.
pub(super) enum Tally<'t> {
    /// To each actor that paths pass through.
    Actors(&'t mut [f64]),
    /// To each cell that paths run along.
    Cells(&'t mut [f64]),
}

/// What one search needs, used again for the next.
pub(super) struct Search {
    lengths: Lengths,
    dependencies: Vec<f64>,
}

impl Search {
    pub(super) fn new(count: usize) -> Self {
        Self { lengths: Lengths::new(count), dependencies: vec![0.0; count] }
    }

    /// Adds the dependencies of a source: of each actor or cell on the shortest paths to the targets.
    pub(super) fn from(
        &mut self,
        matrix: &Sociomatrix,
        source: u32,
        targets: Option<&[bool]>,
        tally: &mut Tally<'_>,
    ) {
        let Self { lengths, dependencies } = self;
        lengths.run(matrix, source);
        for actor in lengths.order().iter().rev() {
            let here = *actor as usize;
            let is_target = targets.is_none_or(|targets| targets[here]);
            let own = if is_target && *actor != source { 1.0 } else { 0.0 };
            let share = (own + dependencies[here]) / lengths.paths(*actor);
            for (before, cell) in lengths.before(*actor) {
                let part = lengths.paths(*before) * share;
                dependencies[*before as usize] += part;
                if let Tally::Cells(sums) = tally {
                    sums[*cell] += part;
                }
            }
            if let Tally::Actors(sums) = tally
                && *actor != source
            {
                sums[here] += dependencies[here];
            }
            dependencies[here] = 0.0;
        }
    }
}
