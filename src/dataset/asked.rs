//! What a relation asks of the ends of its ties, as bits: most ties of a large file are seen to be right by a few of them.

use crate::{
    date::Window,
    model::{ActorKind, Channel, Relation},
};

use super::pending::PendingActor;

/// What an actor is, as the bits of what may be asked of it: its kind, and whether it always existed.
pub(super) fn suits(actor: &PendingActor) -> u16 {
    let kind = actor.kind().map_or(ANY_KIND, kind_bit);
    if actor.existence() == Window::ALL { kind | ALWAYS } else { kind }
}

const fn kind_bit(kind: ActorKind) -> u16 {
    1 << kind as u8
}

/// The bits of all kinds.
const ANY_KIND: u16 = (1 << ActorKind::ALL.len()) - 1;

/// The bit of those that have neither beginning nor end.
const ALWAYS: u16 = 1 << 15;

/// What is asked of all ties of a relation.
pub(super) struct Ask {
    /// Whether they must lie within the existence of their ends.
    pub(super) existence: bool,
    /// The bits of the kinds that their sources and targets may be of.
    kinds: [u16; 2],
}

impl Ask {
    pub(super) fn of(relation: &Relation) -> Self {
        Self {
            existence: match relation.channel {
                Channel::Interaction | Channel::Agency => true,
                Channel::Stance => relation.lasting,
                Channel::Affiliation => false,
            },
            kinds: [&relation.source_kinds, &relation.target_kinds].map(|kinds| match kinds.as_slice() {
                [] => ANY_KIND,
                kinds => kinds.iter().fold(0, |bits, kind| bits | kind_bit(*kind)),
            }),
        }
    }

    /// Whether nothing is wrong with ends that [are](suits) this, whatever the dates.
    pub(super) fn is_met(&self, source: u16, target: u16) -> bool {
        self.kinds[0] & source != 0
            && self.kinds[1] & target != 0
            && (!self.existence || source & target & ALWAYS != 0)
    }
}
