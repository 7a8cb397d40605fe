//! What kind of thing an actor is.

use serde::{Deserialize, Serialize};

/// The kind of an [`Actor`](crate::model::Actor).
///
/// An *official* is not a kind: it is a person who holds an office on the day asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum ActorKind {
    /// A state, whether or not others recognise it.
    Country,
    /// A dependency, colony or special region.
    Territory,
    /// A ministry, parliament, embassy, university, firm.
    Institution,
    /// A human being.
    Person,
    /// People without an institution: a family, a delegation, refugees.
    Group,
    /// A city, building, stadium, canal.
    Place,
    /// A happening that several ties share: a summit, a seizure, a war.
    Event,
    /// A multilateral or named treaty.
    Treaty,
    /// An alignment of states: the two camps of the Cold War.
    Bloc,
    /// A thing that is acted on: a ship, an aircraft.
    Object,
}
