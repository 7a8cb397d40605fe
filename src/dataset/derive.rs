//! A dataset whose ties stand between other actors than their records say.
//!
//! Actors, records and references are those of the first; a tie may stand at several places, each in doubt.

use std::sync::OnceLock;

use super::{
    ActorIndex, Dataset, DayBounds, Dyads, TieIndex, Ties, column::Column, lists::Lists, row_id::Ids,
    sayings::Said,
};

/// Where a tie stands: source, target, and whether it may stand elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The actor that acts.
    pub source: ActorIndex,
    /// The actor that is acted on.
    pub target: ActorIndex,
    /// Whether it is only possible that the tie stands here.
    pub is_doubtful: bool,
}

impl Dataset {
    /// The same records with ties between other actors; a tie without a place is left out.
    ///
    /// # Complexity
    /// Time O(E log E + V), space O(E + V) and the size of all actors' names, for E ties and V actors.
    #[must_use]
    pub fn with_places(&self, places: impl Fn(TieIndex) -> Vec<Place>) -> Self {
        let old = &self.ties;
        let rows: Vec<(TieIndex, Place)> =
            old.all().flat_map(|tie| places(tie).into_iter().map(move |place| (tie, place))).collect();
        let mut by_id: Vec<TieIndex> = (0..rows.len()).map(TieIndex::of).collect();
        by_id.sort_by(|a, b| old.ids.row(rows[a.at()].0.0).order(&old.ids.row(rows[b.at()].0.0)));
        // What is said comes twice: as it is said, and as it is said of a tie that stands here only possibly.
        let count = old.sayings.count();
        let claims = || {
            let of = |doubtful| {
                (0..count).flat_map(move |said| old.sayings.claims(said).map(move |claim| (claim, doubtful)))
            };
            of(false).chain(of(true))
        };
        let doubt = |bounds: &[DayBounds], is_doubtful: bool| -> Vec<DayBounds> {
            bounds.iter().map(|(bounds, doubtful)| (*bounds, *doubtful || is_doubtful)).collect()
        };
        let twice = || (0..count).chain(0..count);
        let sayings = Said {
            claims: twice().map(|said| old.sayings.entries(said).to_vec()).collect(),
            bounds: claims().map(|((_, bounds, _), doubtful)| doubt(bounds, doubtful)).collect(),
            references: claims().map(|((_, _, cited), _)| cited.to_vec()).collect::<Lists<_>>(),
            places: twice().map(|said| old.sayings.place(said)).collect::<Vec<_>>().into(),
        };
        let each = || rows.iter().map(|(tie, _)| *tie);
        let ties = Ties {
            ids: Ids::of(each().map(|tie| old.ids.row(tie.0))),
            by_id: OnceLock::from(Column::from(by_id)),
            sources: rows.iter().map(|(_, place)| place.source).collect::<Vec<_>>().into(),
            targets: rows.iter().map(|(_, place)| place.target).collect::<Vec<_>>().into(),
            relations: each().map(|tie| old.relation(tie)).collect::<Vec<_>>().into(),
            said: rows
                .iter()
                .map(|(tie, place)| old.said.at(tie.at()) + if place.is_doubtful { count } else { 0 })
                .collect::<Vec<_>>()
                .into(),
            sayings: sayings.into(),
            summary: OnceLock::new(),
            happenings: each().map(|tie| old.happening(tie)).collect::<Vec<_>>().into(),
            events: each().map(|tie| ActorIndex::or_nobody(old.event(tie))).collect::<Vec<_>>().into(),
            source_for: each()
                .map(|tie| ActorIndex::or_nobody(old.source_for(tie)))
                .collect::<Vec<_>>()
                .into(),
            target_for: each()
                .map(|tie| ActorIndex::or_nobody(old.target_for(tie)))
                .collect::<Vec<_>>()
                .into(),
            counts: each().map(|tie| old.report_count(tie)).collect::<Vec<_>>().into(),
            written: old.written.renumbered(each()),
            bare: None,
            spans: each().map(|tie| old.spans.at(tie.at())).collect::<Vec<_>>().into(),
        };
        let dyads = Dyads::group(self.actors.count(), ties.sources(), ties.targets());
        Self {
            vocabulary: self.vocabulary.clone(),
            files: self.files.clone(),
            references: self.references.clone(),
            hash: self.hash,
            actors: self.actors.clone(),
            ties,
            dyads,
            lookup: OnceLock::new(),
            agencies: OnceLock::new(),
            aliases: self.aliases.clone(),
            notes: self.notes.clone(),
            newest_day: OnceLock::new(),
            blocks: self.blocks.clone(),
        }
    }
}
