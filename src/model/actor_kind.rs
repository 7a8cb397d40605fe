//! What kind of thing an actor is.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The kind of an [`Actor`](crate::model::Actor).
///
/// An *official* is not a kind: it is a person who holds an office on the day asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

impl ActorKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 10] = [
        Self::Country,
        Self::Territory,
        Self::Institution,
        Self::Person,
        Self::Group,
        Self::Place,
        Self::Event,
        Self::Treaty,
        Self::Bloc,
        Self::Object,
    ];

    /// The kind's name in files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Territory => "territory",
            Self::Institution => "institution",
            Self::Person => "person",
            Self::Group => "group",
            Self::Place => "place",
            Self::Event => "event",
            Self::Treaty => "treaty",
            Self::Bloc => "bloc",
            Self::Object => "object",
        }
    }
}

impl FromStr for ActorKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

impl fmt::Display for ActorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
