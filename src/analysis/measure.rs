//! The measures by which actors are ranked, by their names.

use std::{num::NonZeroUsize, str::FromStr};

use serde::{Serialize, Serializer};
use thiserror::Error;

use super::{betweenness, closeness, degree};
use crate::network::Network;

/// A measure that gives every actor a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// How many others an actor is tied to: [`degree`](fn@crate::analysis::degree).
    Degree,
    /// On how many shortest paths between others it stands: [`betweenness`](fn@crate::analysis::betweenness).
    Betweenness,
    /// How near it is to all that it can reach: [`closeness`](fn@crate::analysis::closeness).
    Closeness,
}

/// There is no measure of a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no measure `{0}`: it is one of degree, betweenness, closeness")]
pub struct NoMeasure(String);

impl Measure {
    /// All measures.
    pub const ALL: [Self; 3] = [Self::Degree, Self::Betweenness, Self::Closeness];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Degree => "degree",
            Self::Betweenness => "betweenness",
            Self::Closeness => "closeness",
        }
    }

    /// What it counts, in one sentence, with the conventions in force.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Degree => {
                "Degree: the number of other actors that an actor is tied to (Freeman 1978); not normalised."
            }
            Self::Betweenness => {
                "Betweenness: the sum, over all unordered pairs of other actors, of the share of their shortest \
                 paths that pass through the actor (Freeman 1977; Brandes 2001); not normalised."
            }
            Self::Closeness => {
                "Closeness: the inverse of the mean distance to the actors reached, times the share of all others \
                 that is reached (Wasserman and Faust 1994)."
            }
        }
    }

    /// The score of every actor of the dataset, in the order of its rows, at the cost that the function
    /// of the measure states.
    pub fn scores(self, network: &Network<'_>, threads: NonZeroUsize) -> Vec<f64> {
        match self {
            Self::Degree => degree(network),
            Self::Betweenness => betweenness(network, threads),
            Self::Closeness => closeness(network, threads),
        }
    }
}

impl FromStr for Measure {
    type Err = NoMeasure;

    fn from_str(name: &str) -> Result<Self, NoMeasure> {
        Self::ALL
            .into_iter()
            .find(|measure| measure.as_str() == name)
            .ok_or_else(|| NoMeasure(name.to_owned()))
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
