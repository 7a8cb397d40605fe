//! The measures by which actors are ranked: their names, what they count, what they can be asked.

use std::str::FromStr;

use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::model::fault::nearest;

/// A measure that gives every actor a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// How many others an actor is tied to: [`degree`](fn@crate::analysis::degree).
    Degree,
    /// How many are tied to it.
    InDegree,
    /// To how many it is tied.
    OutDegree,
    /// How strongly it is tied to others: [`strength`](fn@crate::analysis::strength).
    Strength,
    /// How strongly others are tied to it.
    InStrength,
    /// How strongly it is tied to them.
    OutStrength,
    /// On how many shortest paths between others it stands: [`betweenness`](fn@crate::analysis::betweenness).
    Betweenness,
    /// How near it is to all that it can reach: [`closeness`](fn@crate::analysis::closeness).
    Closeness,
    /// The sum of its inverse distances: [`harmonic`](fn@crate::analysis::harmonic).
    Harmonic,
    /// Whether those tied to it are central: [`eigenvector`](fn@crate::analysis::eigenvector::eigenvector).
    Eigenvector,
    /// Where a random walk is found: [`pagerank`](fn@crate::analysis::pagerank::pagerank).
    PageRank,
    /// Whether it is tied to good authorities: [`hubs`](fn@crate::analysis::hits::hubs).
    HitsHubs,
    /// Whether good hubs are tied to it.
    HitsAuthorities,
    /// All walks that come to it: [`katz`](fn@crate::analysis::katz::katz).
    Katz,
    /// The current between others that passes through it:
    /// [`current_flow_betweenness`](crate::analysis::current_flow::current_flow_betweenness).
    CurrentFlowBetweenness,
    /// How little resistance parts it from others:
    /// [`current_flow_closeness`](crate::analysis::current_flow::current_flow_closeness).
    CurrentFlowCloseness,
    /// How deep in the dense part it stands: [`core_number`](fn@crate::analysis::core_number::core_number).
    Core,
    /// How many of its neighbours are tied: [`clustering`](fn@crate::analysis::clustering::clustering).
    Clustering,
    /// How far its contacts are redundant: [`Holes`](crate::analysis::structural_holes::Holes).
    Constraint,
    /// How many of its contacts are not redundant.
    EffectiveSize,
    /// What share of its contacts is not redundant.
    Efficiency,
    /// How far its constraint comes from one contact.
    Hierarchy,
    /// In how few hops contact from it can have come to others in order of time:
    /// [`temporal_closeness`](crate::analysis::temporal::temporal_closeness).
    TemporalCloseness,
    /// How much contact between others passes through it in order of time:
    /// [`temporal_betweenness`](crate::analysis::temporal::temporal_betweenness).
    TemporalBetweenness,
}

/// There is no measure of a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no measure `{name}`: {}it is one of {}", near.map_or(String::new(), |near| format!("did you mean `{near}`? ")),
    Measure::ALL.map(Measure::as_str).join(", "))]
pub struct NoMeasure {
    name: String,
    near: Option<&'static str>,
}

/// Whether a measure looks at something of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Never: it is defined without.
    Never,
    /// When asked to.
    Asked,
    /// Always: it means nothing without.
    Always,
}

/// What a measure looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nature {
    /// Whether it follows direction.
    pub direction: Look,
    /// Whether values of dyads change it.
    pub weight: Look,
}

impl Measure {
    /// All measures.
    pub const ALL: [Self; 24] = [
        Self::Degree,
        Self::InDegree,
        Self::OutDegree,
        Self::Strength,
        Self::InStrength,
        Self::OutStrength,
        Self::Betweenness,
        Self::Closeness,
        Self::Harmonic,
        Self::Eigenvector,
        Self::PageRank,
        Self::HitsHubs,
        Self::HitsAuthorities,
        Self::Katz,
        Self::CurrentFlowBetweenness,
        Self::CurrentFlowCloseness,
        Self::Core,
        Self::Clustering,
        Self::Constraint,
        Self::EffectiveSize,
        Self::Efficiency,
        Self::Hierarchy,
        Self::TemporalCloseness,
        Self::TemporalBetweenness,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Degree => "degree",
            Self::InDegree => "in-degree",
            Self::OutDegree => "out-degree",
            Self::Strength => "strength",
            Self::InStrength => "in-strength",
            Self::OutStrength => "out-strength",
            Self::Betweenness => "betweenness",
            Self::Closeness => "closeness",
            Self::Harmonic => "harmonic",
            Self::Eigenvector => "eigenvector",
            Self::PageRank => "pagerank",
            Self::HitsHubs => "hits-hubs",
            Self::HitsAuthorities => "hits-authorities",
            Self::Katz => "katz",
            Self::CurrentFlowBetweenness => "current-flow-betweenness",
            Self::CurrentFlowCloseness => "current-flow-closeness",
            Self::Core => "core",
            Self::Clustering => "clustering",
            Self::Constraint => "constraint",
            Self::EffectiveSize => "effective-size",
            Self::Efficiency => "efficiency",
            Self::Hierarchy => "hierarchy",
            Self::TemporalCloseness => "temporal-closeness",
            Self::TemporalBetweenness => "temporal-betweenness",
        }
    }

    /// What it counts, in one sentence, with the conventions in force.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Degree => "Degree: the number of other actors that an actor is tied to (Freeman 1978).",
            Self::InDegree => "In-degree: the number of actors that are tied to the actor (Freeman 1978).",
            Self::OutDegree => "Out-degree: the number of actors to which the actor is tied (Freeman 1978).",
            Self::Strength => "Strength: the weight of all ties of the actor (Barrat et al. 2004).",
            Self::InStrength => {
                "In-strength: the weight of the ties that come to the actor (Barrat et al. 2004)."
            }
            Self::OutStrength => {
                "Out-strength: the weight of the ties that leave the actor (Barrat et al. 2004)."
            }
            Self::Betweenness => {
                "Betweenness: the sum, over all pairs of other actors, of the share of their shortest paths that \
                 pass through the actor (Freeman 1977; Brandes 2001); unordered pairs unless directed."
            }
            Self::Closeness => {
                "Closeness: the inverse of the mean distance to the actors reached, times the share of all others \
                 that is reached (Wasserman and Faust 1994)."
            }
            Self::Harmonic => {
                "Harmonic closeness: the sum of the inverse distances to all others (Marchiori and Latora 2000)."
            }
            Self::Eigenvector => {
                "Eigenvector centrality: as central as those tied to the actor; the vector is of unit length \
                 (Bonacich 1972)."
            }
            Self::PageRank => {
                "PageRank: the share of time that a random walk spends at the actor, which jumps anywhere with \
                 probability 0.15 (Brin and Page 1998); the sum over all is 1."
            }
            Self::HitsHubs => {
                "Hubs: high for actors tied to good authorities (Kleinberg 1999); the sum over all is 1."
            }
            Self::HitsAuthorities => {
                "Authorities: high for actors to whom good hubs are tied (Kleinberg 1999); the sum over all is 1."
            }
            Self::Katz => {
                "Katz centrality: 1, and αᵏ for every walk of k steps that comes to the actor (Katz 1953)."
            }
            Self::CurrentFlowBetweenness => {
                "Current-flow betweenness: the current through the actor when one unit runs between two others, \
                 summed over all pairs (Newman 2005)."
            }
            Self::CurrentFlowCloseness => {
                "Current-flow closeness: the inverse of the mean resistance to the actors reached, times the share \
                 of all others that is reached (Brandes and Fleischer 2005)."
            }
            Self::Core => {
                "Core number: the greatest k so that the actor stands among actors who all have k neighbours there \
                 (Seidman 1983)."
            }
            Self::Clustering => {
                "Clustering: the share of the pairs of the actor's neighbours that are tied (Watts and Strogatz 1998)."
            }
            Self::Constraint => {
                "Constraint: how far the actor's contacts are redundant (Burt 1992, whole network); low means room \
                 to broker."
            }
            Self::EffectiveSize => {
                "Effective size: how many of the actor's contacts are not redundant (Burt 1992)."
            }
            Self::Efficiency => {
                "Efficiency: the share of the actor's contacts that is not redundant (Burt 1992)."
            }
            Self::Hierarchy => {
                "Hierarchy: how far the actor's constraint comes from one contact alone, from 0 to 1 (Burt 1992)."
            }
            Self::TemporalCloseness => {
                "Temporal closeness: of the fewest hops by which contact can have passed in order of time to those it \
                 reached, the inverse of the mean, times the share of all others that is reached (after Wasserman and Faust)."
            }
            Self::TemporalBetweenness => {
                "Temporal betweenness: the sum, over all ordered pairs of others, of the share of the chains in order of time \
                 with the fewest hops that pass through the actor (Buß et al. 2020); parallel ties count as one step."
            }
        }
    }

    /// What it asks of the network.
    pub const fn nature(self) -> Nature {
        let (direction, weight) = match self {
            Self::Degree | Self::TemporalCloseness | Self::TemporalBetweenness => (Look::Asked, Look::Never),
            Self::InDegree | Self::OutDegree => (Look::Always, Look::Never),
            Self::Strength => (Look::Asked, Look::Always),
            Self::InStrength | Self::OutStrength => (Look::Always, Look::Always),
            Self::Betweenness
            | Self::Closeness
            | Self::Harmonic
            | Self::Eigenvector
            | Self::PageRank
            | Self::Katz
            | Self::Constraint
            | Self::EffectiveSize
            | Self::Efficiency
            | Self::Hierarchy => (Look::Asked, Look::Asked),
            Self::HitsHubs | Self::HitsAuthorities => (Look::Always, Look::Asked),
            Self::CurrentFlowBetweenness | Self::CurrentFlowCloseness => (Look::Never, Look::Asked),
            Self::Core | Self::Clustering => (Look::Never, Look::Never),
        };
        Nature { direction, weight }
    }

    /// Whether its scores are whole numbers where nothing is normalised.
    pub const fn is_whole(self) -> bool {
        matches!(self, Self::Degree | Self::InDegree | Self::OutDegree | Self::Core)
    }

    /// Whether it asks when ties were, not only whether.
    pub const fn is_temporal(self) -> bool {
        matches!(self, Self::TemporalCloseness | Self::TemporalBetweenness)
    }

    /// Whether it measures lengths of paths.
    pub const fn is_by_paths(self) -> bool {
        matches!(self, Self::Betweenness | Self::Closeness | Self::Harmonic)
    }

    /// The greatest score that an actor can have among `n`, by which scores are normalised; `None` for
    /// measures that are not.
    pub fn greatest(self, n: f64, is_directed: bool) -> Option<f64> {
        let pairs = (n - 1.0) * (n - 2.0);
        match self {
            Self::Degree if is_directed => Some(2.0 * (n - 1.0)),
            Self::Degree | Self::InDegree | Self::OutDegree | Self::Harmonic => Some(n - 1.0),
            Self::TemporalBetweenness => Some(pairs),
            Self::Betweenness if is_directed => Some(pairs),
            Self::Betweenness | Self::CurrentFlowBetweenness => Some(pairs / 2.0),
            Self::Strength
            | Self::InStrength
            | Self::OutStrength
            | Self::Closeness
            | Self::Eigenvector
            | Self::PageRank
            | Self::HitsHubs
            | Self::HitsAuthorities
            | Self::Katz
            | Self::CurrentFlowCloseness
            | Self::Core
            | Self::Clustering
            | Self::Constraint
            | Self::EffectiveSize
            | Self::Efficiency
            | Self::Hierarchy
            | Self::TemporalCloseness => None,
        }
    }
}

impl FromStr for Measure {
    type Err = NoMeasure;

    fn from_str(name: &str) -> Result<Self, NoMeasure> {
        Self::ALL.into_iter().find(|measure| measure.as_str() == name).ok_or_else(|| NoMeasure {
            name: name.to_owned(),
            near: nearest(name, Self::ALL.into_iter().map(Self::as_str)),
        })
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
