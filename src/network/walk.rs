//! Where searches walk: over the adjacency of the dataset, asking at each dyad whether it passes, or over what passes.
//!
//! Making a graph of what passes costs a look at all ties, so it is made when searches have looked at about as many
//! neighbours as that takes, which is more where the ties are still to be read from a file. Either way the neighbours are the same and come in the same order, and what a search
//! costs is counted in neighbours of the dataset: an answer does not show which it was.

use std::{iter::Copied, slice, sync::atomic::Ordering};

use super::Network;
use crate::dataset::{ActorIndex, DyadIndex, Lists, Neighbours};

/// Neighbours that can be walked to. Ways are searched from both ends: from end 0 forwards, from end 1 backwards.
pub trait Walk<'w>: Copy {
    /// A place in a row.
    type Slot: Copy + 'w;

    /// A row, of which each place can be gone to at once.
    type Row: ExactSizeIterator<Item = Self::Slot> + Clone + 'w;

    /// The neighbours of an actor in order; some may not be walked to.
    fn row(self, actor: ActorIndex) -> Self::Row;

    /// Who stands in a place.
    fn actor(slot: Self::Slot) -> ActorIndex;

    /// The dyad of an actor and a place in its row.
    fn dyad(self, actor: ActorIndex, slot: Self::Slot) -> Option<DyadIndex>;

    /// Whether a tie of that dyad passes, whichever way it leads.
    fn passes(self, slot: Self::Slot) -> bool;

    /// Whether the way goes on from an actor over a place in its row, outwards from an end.
    fn leads(self, end: usize, actor: ActorIndex, slot: Self::Slot) -> bool;

    /// How many neighbours in the dataset come up to a place in an actor's row; all where it is behind the last.
    fn looks(self, actor: ActorIndex, place: usize) -> usize;

    /// To whom the way goes on from an actor, outwards from an end, in order, each with its dyad if it is wanted.
    fn onward_to(
        self,
        end: usize,
        actor: ActorIndex,
        wanted: impl Fn(ActorIndex) -> bool,
    ) -> impl Iterator<Item = (ActorIndex, DyadIndex)> {
        let leading =
            self.row(actor).filter(move |slot| wanted(Self::actor(*slot)) && self.leads(end, actor, *slot));
        leading.filter_map(move |slot| Some((Self::actor(slot), self.dyad(actor, slot)?)))
    }

    /// To whom the way goes on from an actor, outwards from an end, in order.
    fn onward(self, end: usize, actor: ActorIndex) -> impl Iterator<Item = ActorIndex> {
        self.row(actor).filter(move |slot| self.leads(end, actor, *slot)).map(Self::actor)
    }
}

/// The adjacency of the dataset, or a part of it, with a question at each dyad.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'w> {
    network: &'w Network<'w>,
    rows: Option<&'w Lists<(ActorIndex, DyadIndex)>>,
}

/// What passes, and can be walked either way.
#[derive(Clone, Copy, Debug)]
pub struct Passing<'w> {
    network: &'w Network<'w>,
    rows: &'w Lists<ActorIndex>,
}

/// One of the two.
#[derive(Clone, Copy, Debug)]
pub enum Around<'w> {
    /// With a question at each dyad.
    Asking(Asking<'w>),
    /// Without.
    Passing(Passing<'w>),
}

/// How many neighbours in the dataset come up to one of them; all where it is none.
fn looks_up_to(network: &Network<'_>, actor: ActorIndex, last: Option<ActorIndex>) -> usize {
    let row = network.dataset().dyads().neighbours(actor);
    last.map_or(row.len(), |last| row.up_to(last))
}

impl<'w> Walk<'w> for Asking<'w> {
    type Slot = (ActorIndex, DyadIndex);
    type Row = Neighbours<'w>;

    fn row(self, actor: ActorIndex) -> Neighbours<'w> {
        match self.rows {
            None => self.network.dataset().dyads().neighbours(actor),
            Some(rows) => Neighbours::of(rows.row(actor.0)),
        }
    }

    fn actor((actor, _): Self::Slot) -> ActorIndex {
        actor
    }

    fn dyad(self, _: ActorIndex, (_, dyad): Self::Slot) -> Option<DyadIndex> {
        Some(dyad)
    }

    fn passes(self, (_, dyad): Self::Slot) -> bool {
        self.network.is_live(dyad)
    }

    fn leads(self, end: usize, actor: ActorIndex, (other, dyad): Self::Slot) -> bool {
        let (from, to) = if end == 0 { (actor, other) } else { (other, actor) };
        self.network.leads(from, to, dyad)
    }

    fn looks(self, actor: ActorIndex, place: usize) -> usize {
        match self.rows {
            None => self.row(actor).len().min(place + 1),
            Some(rows) => {
                looks_up_to(self.network, actor, rows.row(actor.0).get(place).map(|(other, _)| *other))
            }
        }
    }
}

impl<'w> Walk<'w> for Passing<'w> {
    type Slot = ActorIndex;
    type Row = Copied<slice::Iter<'w, ActorIndex>>;

    fn row(self, actor: ActorIndex) -> Self::Row {
        self.rows.row(actor.0).iter().copied()
    }

    fn actor(slot: ActorIndex) -> ActorIndex {
        slot
    }

    fn dyad(self, actor: ActorIndex, slot: ActorIndex) -> Option<DyadIndex> {
        self.network.dataset().dyads().between(actor, slot)
    }

    fn passes(self, _: ActorIndex) -> bool {
        true
    }

    fn leads(self, _: usize, _: ActorIndex, _: ActorIndex) -> bool {
        true
    }

    fn looks(self, actor: ActorIndex, place: usize) -> usize {
        looks_up_to(self.network, actor, self.rows.row(actor.0).get(place).copied())
    }
}

/// A graph of what passes is made after as many looks at neighbours as there are ties and dyads, over so many.
const PATIENCE: u64 = 8;

/// The same where ties and dyads are those of a file, of which a question reads as little as it can: after so many times
/// as many.
const PATIENCE_WITH_FILES: u64 = 4;

/// It is made after so many looks at the earliest.
const LEAST: u64 = 1 << 12;

/// A look at a dyad of which nothing is known counts as so many.
pub(super) const FIRST_LOOK: u64 = 16;

impl Network<'_> {
    /// Where searches walk now, if the next step of one takes so many looks at neighbours.
    pub fn around(&self, looks: usize) -> Around<'_> {
        let compact = self.compact.get().or_else(|| {
            let looked = self.looked.fetch_add(looks as u64, Ordering::Relaxed) + looks as u64;
            let size = (self.dataset.ties().count() + self.dataset.dyads().count()) as u64;
            let enough = if self.dataset.is_mapped() { size * PATIENCE_WITH_FILES } else { size / PATIENCE };
            (looked > LEAST.max(enough)).then(|| self.compact())
        });
        let asking = |rows| Around::Asking(Asking { network: self, rows });
        match compact {
            None => asking(None),
            Some(compact) => match compact.ways() {
                None => Around::Passing(Passing { network: self, rows: compact.rows() }),
                ways => asking(ways),
            },
        }
    }
}

impl Network<'_> {
    /// How many neighbours an actor has.
    pub fn degree(&self, actor: ActorIndex) -> usize {
        match self.around(0) {
            Around::Asking(walk) => walk.row(actor).filter(|slot| walk.passes(*slot)).count(),
            Around::Passing(walk) => walk.row(actor).len(),
        }
    }
}
