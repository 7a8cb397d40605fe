//! What the defaults of a lens leave out, and how many ties that are.

use super::{
    Lens,
    predicate::{LeftOut, Omitted, Predicate, denies},
};
use crate::{
    dataset::{Dataset, TieIndex},
    date::{Certainty, Status},
    model::Channel,
};

fn by_channel(channels: [usize; Channel::ALL.len()]) -> impl Iterator<Item = LeftOut> {
    let counted = Channel::ALL.into_iter().zip(channels).filter(|(_, count)| *count > 0);
    counted.map(|(channel, tie_count)| LeftOut {
        what: Omitted::Channel(channel),
        tie_count,
        option: "--channel all".to_owned(),
    })
}

impl Predicate {
    /// What the defaults of the lens leave out among some ties: channels that are not walked, statuses
    /// that are not looked at.
    pub fn left_out(&self, dataset: &Dataset, among: impl Iterator<Item = TieIndex>) -> Vec<LeftOut> {
        let default = Lens::default();
        if let Some(channels) = self.left_out_of_all(dataset, &among) {
            return by_channel(channels).collect();
        }
        let mut channels = [0_usize; Channel::ALL.len()];
        let mut statuses = [0_usize; 3];
        let mut possible = 0;
        let hidden = [Status::Hypothetical, Status::Refuted, Status::Absent];
        let ties = dataset.ties();
        for tie in among {
            let suits = self.suits(dataset, tie, None);
            if !suits || !self.admits(ties.source(tie)) || !self.admits(ties.target(tie)) {
                continue;
            }
            let relation = ties.relation(tie);
            let in_force = self.certainty(dataset, tie) >= self.lens.certainty;
            if !self.relations[usize::from(relation)] {
                if self.lens.relations.is_empty() && self.lens.channels == default.channels && in_force {
                    channels[dataset.vocabulary().relation(relation).channel as usize] += 1;
                }
            } else if !in_force && self.lens.statuses == default.statuses {
                let held = |status| {
                    ties.claims(tie).any(|(claim, bounds, _)| {
                        claim.status == status && claim.holds(bounds, self.lens.during).is_possible()
                    })
                };
                if let Some(at) = hidden.iter().position(|status| held(*status)) {
                    statuses[at] += 1;
                }
            }
            // Under --certain a tie that may have been in force is no tie; that it may have been is said.
            let walked = self.relations[usize::from(relation)];
            possible += usize::from(walked && !in_force && self.certainty(dataset, tie).is_possible());
        }
        let mut left_out = Vec::new();
        if possible > 0 {
            left_out.push(LeftOut {
                what: Omitted::Possible,
                tie_count: possible,
                option: "leaving --certain away".to_owned(),
            });
        }
        left_out.extend(by_channel(channels));
        for (status, tie_count) in hidden.into_iter().zip(statuses).filter(|(_, count)| *count > 0) {
            // What was not there is listed, and never walked.
            let option = if denies(status) {
                format!("`chancery ties --status {}`", status.as_str())
            } else {
                "--status all".to_owned()
            };
            left_out.push(LeftOut { what: Omitted::Status(status), tie_count, option });
        }
        left_out
    }

    /// How many ties are left out by their channels, where `among` are all ties of the dataset and none of them need be
    /// looked at: as with the default lens, or where relations are asked for by name.
    fn left_out_of_all(
        &self,
        dataset: &Dataset,
        among: &impl Iterator<Item = TieIndex>,
    ) -> Option<[usize; Channel::ALL.len()]> {
        let (lens, default) = (&self.lens, Lens::default());
        let count = dataset.ties().count();
        if among.size_hint() != (count, Some(count)) || lens.certainty == Certainty::Certainly {
            return None;
        }
        let summary = dataset.ties().summary();
        let is_looked_at =
            |status: &Status| default.statuses.contains(status) && lens.statuses.contains(status);
        if summary.has_empty || !summary.statuses.iter().all(is_looked_at) {
            return None;
        }
        let mut channels = [0; Channel::ALL.len()];
        if !lens.relations.is_empty() || lens.channels != default.channels {
            return Some(channels);
        }
        // Of any ends, on any day: a tie passes but for its relation.
        let asks_each = lens.during != default.during
            || !(self.actors.is_empty() && self.hubs.is_empty() && self.references.is_empty())
            || !lens.polarities.is_empty()
            || lens.min_count > 1;
        for (relation, ties) in (0..).zip(&summary.relation_counts) {
            if *ties == 0 || self.relations[usize::from(relation)] {
                continue;
            }
            if asks_each {
                return None;
            }
            let channel = dataset.vocabulary().relation(relation).channel;
            channels[channel as usize] += usize::try_from(*ties).unwrap_or(usize::MAX);
        }
        Some(channels)
    }
}
