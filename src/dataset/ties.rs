//! The columns of ties, of the claims made of them, and of the days that claims allow.

use std::{
    cmp::Ordering,
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Serialize};

use crate::date::{Bounds, Certainty, Day, Duration, Reading, Status, Window};

use super::{
    bare::Written,
    bare_columns::BarePlaces,
    column::Column,
    index::{ActorIndex, ReferenceIndex, TieIndex},
    row_id::Ids,
    sayings::{NO_YEAR, Sayings},
    source_file::{Origin, Span},
};

/// What a claim says, as columns hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimEntry {
    /// How surely it is said.
    pub status: Status,
    /// Whether its days are alternatives or occurrences.
    pub reading: Reading,
    /// Whether a `~` widened it.
    pub approximate: bool,
}

impl ClaimEntry {
    /// Whether the claim, by its days alone, lets the tie be in force on some day of the window.
    pub fn holds(&self, bounds: &[DayBounds], window: Window) -> Certainty {
        self.reading.holds(bounds.iter().copied(), window)
    }
}

/// Four days, and whether a `?` makes them doubtful.
pub type DayBounds = (Bounds, bool);

/// The columns of ties, one row a tie, sorted by time, then id.
///
/// What ties say is kept once for all that say the same on the same days: a saying. Columns of what few ties
/// have are empty when none has it.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    pub(super) ids: Ids,
    /// The rows of ties in the order of their ids, made when one is first looked up.
    pub(super) by_id: OnceLock<Column<TieIndex>>,
    pub(super) sources: Column<ActorIndex>,
    pub(super) targets: Column<ActorIndex>,
    pub(super) relations: Column<u16>,
    /// The number of the saying of each tie.
    pub(super) said: Column<u32>,
    pub(super) sayings: Sayings,
    /// The number of the happening; ties without one have a number of their own.
    pub(super) happenings: Column<u32>,
    /// The actor that is the happening, where there is one.
    pub(super) events: Column<ActorIndex>,
    pub(super) source_for: Column<ActorIndex>,
    pub(super) target_for: Column<ActorIndex>,
    pub(super) counts: Column<u32>,
    pub(super) spans: Column<Span>,
    /// Of what spans are made, where all ties are bare.
    pub(super) bare: Option<Arc<BarePlaces>>,
    /// The ids of the ends of bare ties, where they are those of actors that were merged.
    pub(super) written: Written,
    pub(super) summary: OnceLock<Summary>,
}

/// What can be said of all ties without looking at each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// How many ties have each relation, by its number in the vocabulary; those behind the last that any has are left
    /// away.
    pub relation_counts: Vec<u64>,
    /// The statuses that claims have, in order.
    pub statuses: Vec<Status>,
    /// Whether some claim allows no day at all.
    pub has_empty: bool,
}

impl Ties {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.sources.len()
    }

    /// All rows, in order of time.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = TieIndex> + Clone + use<> {
        (0..super::column::number(self.count())).map(TieIndex)
    }

    /// The tie with an id.
    ///
    /// # Complexity
    /// Time O(log E) for E ties; where no tie has an id that is given, O(E) for an id that has the form of others.
    pub fn find(&self, id: &str) -> Option<TieIndex> {
        if self.ids.are_found() {
            return self.ids.find(id).map(TieIndex);
        }
        let by_id = self.by_id();
        let (mut low, mut high) = (0, by_id.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let tie = by_id.at(middle);
            match self.id(tie).cmp(id) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(tie),
            }
        }
        None
    }

    /// The rows of ties in the order of their ids.
    pub(super) fn by_id(&self) -> &Column<TieIndex> {
        self.by_id.get_or_init(|| {
            let mut rows: Vec<TieIndex> = self.all().collect();
            rows.sort_by(|a, b| self.ids.row(a.0).order(&self.ids.row(b.0)));
            rows.into()
        })
    }

    /// Its id.
    pub fn id(&self, tie: TieIndex) -> &str {
        self.ids.get(tie.0)
    }

    /// The actor that acts.
    pub fn source(&self, tie: TieIndex) -> ActorIndex {
        self.sources.at(tie.at())
    }

    /// The actor that is acted on.
    pub fn target(&self, tie: TieIndex) -> ActorIndex {
        self.targets.at(tie.at())
    }

    /// The end that is not `actor` (`actor` itself for a tie with itself).
    pub fn other(&self, tie: TieIndex, actor: ActorIndex) -> ActorIndex {
        if self.source(tie) == actor { self.target(tie) } else { self.source(tie) }
    }

    /// The number of its relation in the vocabulary.
    pub fn relation(&self, tie: TieIndex) -> u16 {
        self.relations.at(tie.at())
    }

    /// The year under which it is filed: that of its beginning as written, of the middle of an approximate
    /// one, and for an unknown one the year by which it is over.
    pub fn year(&self, tie: TieIndex) -> Option<i32> {
        Some(self.sayings.year(self.said.at(tie.at()))).filter(|year| *year != NO_YEAR)
    }

    /// Its place in time: the number of the year of [`year`](Self::year), first and last possible day.
    pub(super) fn place(&self, tie: TieIndex) -> [i32; 3] {
        self.sayings.place(self.said.at(tie.at()))
    }

    /// The number of its happening: equal for ties of one event.
    pub fn happening(&self, tie: TieIndex) -> u32 {
        self.happenings.get(tie.at()).unwrap_or(tie.0)
    }

    /// The event that it is part of, where that is an actor and not a bare name.
    pub fn event(&self, tie: TieIndex) -> Option<ActorIndex> {
        self.events.get(tie.at()).and_then(ActorIndex::known)
    }

    /// On whose behalf the source acts, when the record says.
    pub fn source_for(&self, tie: TieIndex) -> Option<ActorIndex> {
        self.source_for.get(tie.at()).and_then(ActorIndex::known)
    }

    /// On whose behalf the target is acted on, when the record says.
    pub fn target_for(&self, tie: TieIndex) -> Option<ActorIndex> {
        self.target_for.get(tie.at()).and_then(ActorIndex::known)
    }

    /// How many reports it stands for; 1 where nothing is said.
    pub fn report_count(&self, tie: TieIndex) -> u32 {
        self.counts.get(tie.at()).unwrap_or(1)
    }

    /// Where its record stands.
    pub fn origin(&self, tie: TieIndex) -> Origin {
        self.spans.at(tie.at()).into()
    }

    /// Its claims: what each says, the days it allows, and its references.
    pub fn claims(
        &self,
        tie: TieIndex,
    ) -> impl Iterator<Item = (&ClaimEntry, &[DayBounds], &[ReferenceIndex])> {
        self.sayings.claims(self.said.at(tie.at()))
    }

    /// The day of a bare tie, as it is written.
    pub(super) fn bare_day(&self, tie: TieIndex) -> String {
        let begun = self.claims(tie).find_map(|(_, bounds, _)| Some(bounds.first()?.0.start_min));
        begun.map_or_else(String::new, |day| day.to_string())
    }

    /// The actors that act, of all ties.
    pub fn sources(&self) -> &[ActorIndex] {
        self.sources.whole()
    }

    /// The actors that are acted on, of all ties.
    pub fn targets(&self) -> &[ActorIndex] {
        self.targets.whole()
    }

    /// The number of what each tie says of its days, its status and its references: equal for those that say the same.
    pub fn sayings(&self) -> &[u32] {
        self.said.whole()
    }

    /// The number of what a tie says.
    pub fn saying(&self, tie: TieIndex) -> u32 {
        self.said.at(tie.at())
    }

    /// How many different sayings there are.
    pub fn saying_count(&self) -> usize {
        self.sayings.count() as usize
    }

    /// The relations of all ties, by their numbers in the vocabulary.
    pub fn relations(&self) -> &[u16] {
        self.relations.whole()
    }

    /// How many ties have a relation, by its number in the vocabulary.
    ///
    /// # Complexity
    /// That of [`Ties::summary`].
    pub fn count_of(&self, relation: u16) -> u64 {
        self.summary().relation_counts.get(usize::from(relation)).copied().unwrap_or(0)
    }

    /// What can be said of all of them.
    ///
    /// # Complexity
    /// Time O(E + s) when it is first asked and the ties stand in no file, for E ties and s sayings.
    pub fn summary(&self) -> &Summary {
        self.summary.get_or_init(|| {
            let mut relation_counts: Vec<u64> = Vec::new();
            for relation in self.relations() {
                let at = usize::from(*relation);
                if relation_counts.len() <= at {
                    relation_counts.resize(at + 1, 0);
                }
                relation_counts[at] += 1;
            }
            let claims = || (0..self.sayings.count()).flat_map(|said| self.sayings.claims(said));
            let statuses: BTreeSet<Status> = claims().map(|(claim, _, _)| claim.status).collect();
            let has_empty = claims().any(|(_, bounds, _)| bounds.is_empty());
            Summary { relation_counts, statuses: statuses.into_iter().collect(), has_empty }
        })
    }

    /// First and last day that any claim allows, of those whose status may hold at all.
    pub fn hull(&self, tie: TieIndex) -> (Day, Day) {
        hull(self.claims(tie).flat_map(|(_, bounds, _)| bounds))
    }
}

/// First and last day of some bounds; all days when there are none.
pub(super) fn hull<'b>(bounds: impl IntoIterator<Item = &'b DayBounds>) -> (Day, Day) {
    bounds
        .into_iter()
        .map(|(bounds, _)| (bounds.start_min, bounds.end_max))
        .reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
        .unwrap_or((Day::MIN, Day::MAX))
}

/// Whether a relation lasts, from its flag in the vocabulary.
pub(super) const fn duration(lasting: bool) -> Duration {
    if lasting { Duration::Lasting } else { Duration::Instant }
}
