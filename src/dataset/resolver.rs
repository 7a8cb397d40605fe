//! Makes the columns of ties: which rows the ends are, which days each claim allows, and the order in
//! time.

use std::{rc::Rc, sync::OnceLock};

use rustc_hash::FxHashMap;

use crate::date::{Bounds, Dating, Day, Extent, Setting};

use super::{
    actors::Actors,
    builder::{Builder, Cited, PendingClaim, PendingTie},
    column::{Lists, number},
    index::{ActorIndex, ReferenceIndex},
    row_id::{self, RowId},
    ties::{ClaimEntry, DayBounds, Ties, duration},
};

pub(super) struct Resolver<'b> {
    pub(super) builder: &'b Builder,
    pub(super) actors: &'b Actors,
    pub(super) actor_named: Vec<Option<ActorIndex>>,
    pub(super) reference_named: Vec<Option<ReferenceIndex>>,
    pub(super) known: Vec<Option<Day>>,
}

/// A tie whose ends and relation are there.
struct Row<'b> {
    pending: &'b PendingTie,
    id: RowId<'b>,
    ends: (ActorIndex, ActorIndex),
    relation: u16,
    extents: Rc<[Extent]>,
    order: (i32, Day, Day),
}

/// The place of a tie in time: the year under which it is filed, then its first possible day, then its
/// last.
///
/// Ties of exact days come in the order of these days.
fn place_in_time<'e>(claims: impl Iterator<Item = (&'e Dating, &'e Extent)>) -> (i32, Day, Day) {
    let mut place: Option<(Day, Day, Day)> = None;
    for (dating, extent) in claims {
        let (first, last) = extent.hull();
        let begun = extent.bounds().iter().map(|bounds| begun(dating, extent, bounds)).min().unwrap_or(first);
        let known = place.unwrap_or((begun, first, last));
        place = Some((known.0.min(begun), known.1.min(first), known.2.max(last)));
    }
    let (begun, first, last) = place.unwrap_or((Day::MAX, Day::MIN, Day::MAX));
    (if begun.is_bounded() { begun.ymd().0 } else { i32::MAX }, first, last)
}

/// The day under which a reader would file bounds: the first that is written, the middle of an
/// approximate beginning, and for a beginning that nobody gives the day by which it is over, since
/// that may be unknown by centuries.
fn begun(dating: &Dating, extent: &Extent, bounds: &Bounds) -> Day {
    let written = dating.start().or(dating.when()).is_some_and(|date| date.span().0.is_bounded());
    if !written || !bounds.start_min.is_bounded() {
        return bounds.start_max;
    }
    if !extent.is_approximate() || !bounds.start_max.is_bounded() {
        return bounds.start_min;
    }
    Day::from_number(i32::midpoint(bounds.start_min.number(), bounds.start_max.number()))
}

impl Resolver<'_> {
    pub(super) fn ties(&self) -> Ties {
        let mut rows: Vec<Row<'_>> = Vec::with_capacity(self.builder.ties.len());
        let mut seen: FxHashMap<u128, u32> = FxHashMap::default();
        let mut known_extents = FxHashMap::default();
        for pending in self.builder.ties.iter().filter(|pending| pending.is_whole) {
            let actor = |named: u32| self.actor_named[named as usize];
            let (Some(source), Some(target), Some(relation)) =
                (actor(pending.source), actor(pending.target), pending.relation)
            else {
                continue;
            };
            let id = pending.id.as_deref().map_or_else(
                || {
                    let occurrence = seen.entry(pending.content).or_insert(0);
                    *occurrence += 1;
                    RowId::Content(pending.content, *occurrence)
                },
                RowId::Given,
            );
            let extents = self.extents(pending, (source, target), relation, &mut known_extents);
            let dated = |claim: &PendingClaim| self.builder.datings.of(claim.dating);
            let order = place_in_time(pending.claims.iter().map(dated).zip(extents.iter()));
            rows.push(Row { pending, id, ends: (source, target), relation, extents, order });
        }
        rows.sort_by(|a, b| a.order.cmp(&b.order).then_with(|| a.id.order(&b.id)));
        self.columns(&rows)
    }

    /// The days of each claim. Events of one day have the same, which are worked out once.
    fn extents(
        &self,
        pending: &PendingTie,
        ends: (ActorIndex, ActorIndex),
        relation: u16,
        known_extents: &mut FxHashMap<(u32, bool, Setting), Rc<[Extent]>>,
    ) -> Rc<[Extent]> {
        let exists = self.actors.common_existence(ends.0, ends.1);
        let lasting = self.builder.vocabulary.relation(relation).lasting;
        let known = |cites: &[Cited]| {
            let reference = |cite: &Cited| self.reference_named[cite.reference as usize];
            cites.iter().filter_map(reference).filter_map(|reference| self.known[reference.at()]).max()
        };
        let setting = |claim: &PendingClaim| Setting { exists, known_until: known(&claim.cites) };
        let resolve = |claim: &PendingClaim, setting| {
            self.builder.datings.of(claim.dating).resolve(duration(lasting), &setting)
        };
        if let [claim] = pending.claims.as_slice() {
            let setting = setting(claim);
            let extents = known_extents
                .entry((claim.dating, lasting, setting))
                .or_insert_with(|| [resolve(claim, setting)].into());
            return extents.clone();
        }
        pending.claims.iter().map(|claim| resolve(claim, setting(claim))).collect()
    }

    fn columns(&self, rows: &[Row<'_>]) -> Ties {
        let actor = |named: Option<u32>| named.and_then(|named| self.actor_named[named as usize]);
        let mut events: FxHashMap<u32, u32> = FxHashMap::default();
        let mut happenings = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            happenings.push(match row.pending.event {
                Some(event) => *events.entry(event).or_insert_with(|| number(at)),
                None => number(at),
            });
        }
        let entry = |(pending, extent): (&PendingClaim, &Extent)| ClaimEntry {
            status: pending.status,
            reading: extent.reading(),
            approximate: extent.is_approximate(),
        };
        let claims = rows.iter().flat_map(|row| row.pending.claims.iter());
        Ties {
            ids: row_id::texts(rows.iter().map(|row| &row.id)),
            by_id: OnceLock::new(),
            sources: rows.iter().map(|row| row.ends.0).collect::<Vec<_>>().into(),
            targets: rows.iter().map(|row| row.ends.1).collect::<Vec<_>>().into(),
            relations: rows.iter().map(|row| row.relation).collect::<Vec<_>>().into(),
            claims: rows
                .iter()
                .map(|row| row.pending.claims.iter().zip(row.extents.iter()).map(entry).collect())
                .collect(),
            bounds: rows
                .iter()
                .flat_map(|row| row.extents.iter())
                .map(|extent| {
                    let doubtful = |at| extent.is_doubtful(at);
                    extent.bounds().iter().enumerate().map(|(at, bounds)| (*bounds, doubtful(at))).collect()
                })
                .collect::<Lists<DayBounds>>(),
            references: claims
                .map(|claim| {
                    let mut cited: Vec<ReferenceIndex> = {
                        let reference = |cite: &Cited| self.reference_named[cite.reference as usize];
                        claim.cites.iter().filter_map(reference).collect()
                    };
                    cited.sort_unstable();
                    cited.dedup();
                    cited
                })
                .collect(),
            years: rows.iter().map(|row| row.order.0).collect::<Vec<_>>().into(),
            happenings: happenings.into(),
            events: rows.iter().map(|row| actor(row.pending.event)).collect::<Vec<_>>().into(),
            source_for: rows.iter().map(|row| actor(row.pending.source_for)).collect::<Vec<_>>().into(),
            target_for: rows.iter().map(|row| actor(row.pending.target_for)).collect::<Vec<_>>().into(),
            counts: rows.iter().map(|row| row.pending.count).collect::<Vec<_>>().into(),
            origins: rows.iter().map(|row| row.pending.origin).collect::<Vec<_>>().into(),
        }
    }
}
