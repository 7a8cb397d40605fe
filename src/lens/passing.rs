//! All ties that pass a lens, by columns: relations first, then what is said, each saying judged once.

use super::{predicate::Predicate, verdicts::Verdicts};
use crate::dataset::{Dataset, TieIndex};

impl Predicate {
    /// The ties that pass, in order of time.
    ///
    /// # Complexity
    /// Time O(E + c), space O(s), for E ties and the c claims of s sayings.
    pub fn passing<'p>(&'p self, dataset: &'p Dataset) -> impl Iterator<Item = TieIndex> + 'p {
        let ties = dataset.ties();
        let takes: Vec<bool> =
            dataset.vocabulary().relations().map(|(number, _)| self.takes(number)).collect();
        let asks_ends = self.asks_ends();
        let verdicts = Verdicts::of(dataset);
        let of_relations =
            ties.all().zip(ties.relations()).filter(move |(_, relation)| takes[usize::from(**relation)]);
        of_relations.map(|(tie, _)| tie).filter(move |tie| {
            let counts = self.lens.min_count <= 1 || ties.report_count(*tie) >= self.lens.min_count;
            let judge = || self.certainty(dataset, *tie) >= self.lens.certainty;
            let holds = || verdicts.holds(ties.saying(*tie), judge);
            counts
                && holds()
                && (!asks_ends || (self.admits(ties.source(*tie)) && self.admits(ties.target(*tie))))
        })
    }
}
