//! Pushes ties of which ends, relation and date are all, without making a tie of each.

use rustc_hash::FxHashMap;

use crate::{
    dataset::{
        ActorNumber, ClaimNumber, ClaimRow, Origin, PlainRow, RelationNumber, Sink, field_hash,
        hash_of_fields,
    },
    date::{Dating, Status},
    model::Citation,
};

/// What is known of the texts of one file that have been met.
pub(super) struct Plain<'t> {
    cites: &'t [Citation],
    cites_hash: u128,
    /// The number of each end, and what it adds to the content of a tie at either end.
    ends: FxHashMap<&'t str, (ActorNumber, u128, u128)>,
    relations: FxHashMap<&'t str, (RelationNumber, u128)>,
    dates: FxHashMap<&'t str, Option<(ClaimNumber, u128)>>,
}

impl<'t> Plain<'t> {
    /// Nothing is known yet; the citations are those that the file gives to all its ties.
    pub(super) fn new(cites: &'t [Citation]) -> Self {
        let cites_hash = if cites.is_empty() { 0 } else { field_hash("cites", &cites) };
        Self {
            cites,
            cites_hash,
            ends: FxHashMap::default(),
            relations: FxHashMap::default(),
            dates: FxHashMap::default(),
        }
    }

    /// Pushes a tie; tells whether it could, which it cannot when the date is none.
    pub(super) fn push(
        &mut self,
        [source, target, relation]: [&'t str; 3],
        when: &'t str,
        origin: Origin,
        sink: &mut impl Sink,
    ) -> bool {
        let cites = self.cites;
        let dated = *self.dates.entry(when).or_insert_with(|| {
            let dating = Dating::new(Some(when.parse().ok()?), None, None, None).ok()?;
            let claim = ClaimRow { dating: &dating, status: Status::Asserted, cites };
            Some((sink.claim(&claim), field_hash("when", &when)))
        });
        let Some((claim, when)) = dated else { return false };
        let mut end = |id: &'t str| {
            *self.ends.entry(id).or_insert_with(|| {
                (sink.actor_number(id), field_hash("source", &id), field_hash("target", &id))
            })
        };
        let (source, target) = (end(source), end(target));
        let (relation, related) = *self
            .relations
            .entry(relation)
            .or_insert_with(|| (sink.relation_number(relation), field_hash("relation", &relation)));
        let fields = [source.1, target.2, related, when, self.cites_hash];
        let content = hash_of_fields(fields.into_iter().fold(0, u128::wrapping_add));
        let row = PlainRow { id: None, source: source.0, target: target.0, relation, claim, content };
        sink.plain_tie(row, origin);
        true
    }
}
