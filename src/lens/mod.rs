//! Which ties and actors an analysis looks at.
//!
//! A [`Lens`] is what the user asked for; compiled against a dataset it is a [`Predicate`] over columns.

mod gather;
mod predicate;
mod verdicts;
mod left_out;
mod passing;
mod standing;

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};
use thiserror::Error;

pub use gather::gather;
pub use predicate::{LeftOut, Narrowed, Omitted, Predicate};
pub use standing::{Fold, Standing, Stood, ended};
pub use verdicts::Verdicts;

use crate::{
    date::{Certainty, Status, Window},
    model::{ActorKind, Channel, Polarity},
};

/// A kind of actor that a lens may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KindSelector {
    /// Actors of a kind.
    Kind(ActorKind),
    /// Persons who may hold an office in the window.
    Official,
}

impl KindSelector {
    /// The kind as written on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.as_str(),
            Self::Official => "official",
        }
    }
}

impl Serialize for KindSelector {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Which way ties are walked by routes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// From either end to the other.
    #[default]
    Any,
    /// From source to target; ties of symmetric relations either way.
    Forward,
}

impl Direction {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
    fn is_any(&self) -> bool {
        *self == Self::Any
    }
}

/// Which ties and actors an analysis looks at.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Lens {
    /// The days asked about; a tie passes when it was in force on one of them.
    pub during: Window,
    /// How surely a tie must have been in force: `Possibly` or `Certainly`.
    pub certainty: Certainty,
    /// What ties carry.
    pub channels: BTreeSet<Channel>,
    /// Relations asked for (ids, CAMEO codes and prefixes, PLOVER classes); all when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<String>,
    /// Relations left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_relations: Vec<String>,
    /// Kinds of actors; all when empty. Actors named in a question pass whatever their kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<KindSelector>,
    /// Which claims are looked at, by status.
    pub statuses: BTreeSet<Status>,
    /// The ids of actors left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub avoid: Vec<String>,
    /// Polarities of relations; all when empty.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub polarities: BTreeSet<Polarity>,
    /// The ids of references: only claims that cite one of them are looked at; all when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// The fewest reports that a tie must stand for; 0 and 1 let all pass.
    #[serde(skip_serializing_if = "is_zero")]
    pub min_count: u32,
    /// The most neighbours, by the rest of the lens, that an actor may have; those asked about may have more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_degree: Option<usize>,
    /// Which way routes walk ties; what is measured of a whole network has a direction of its own.
    #[serde(skip_serializing_if = "Direction::is_any")]
    pub direction: Direction,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Default for Lens {
    /// All days and kinds, possible ties, the channels that are walked, claims that are not refuted,
    /// absent or hypothetical.
    fn default() -> Self {
        Self {
            during: Window::ALL,
            certainty: Certainty::Possibly,
            channels: Channel::ALL.into_iter().filter(|channel| channel.is_walked_by_default()).collect(),
            relations: Vec::new(),
            not_relations: Vec::new(),
            kinds: Vec::new(),
            statuses: BTreeSet::from([Status::Asserted, Status::Alleged, Status::Disputed]),
            avoid: Vec::new(),
            polarities: BTreeSet::new(),
            references: Vec::new(),
            min_count: 0,
            max_degree: None,
            direction: Direction::Any,
        }
    }
}

/// Why a lens does not fit a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LensError {
    /// No relation is meant by a selector.
    #[error("no relation `{selector}`")]
    NoRelation {
        /// What was asked for.
        selector: String,
        /// The relation that was probably meant.
        near: Option<String>,
    },
    /// No actor has the id to avoid.
    #[error("no actor `{0}` to avoid")]
    NoActor(String),
    /// An actor that is asked about is to be avoided.
    #[error("{0} is asked about, and avoided as well")]
    AskedAvoided(String),
    /// No reference has an id.
    #[error("no reference `{id}`")]
    NoReference {
        /// What was asked for.
        id: String,
        /// The reference that was probably meant.
        near: Option<String>,
    },
}
