//! Everyone on the shortest routes between two actors, the best connectors first.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    agency::{Serves, serves},
    evidence::Evidence,
    flow::Flow,
};
use crate::{
    analysis::paths::{Geodesics, Passage, Pathfinder, Without},
    dataset::{ActorIndex, DyadIndex, ReferenceIndex, TieIndex},
    network::Network,
};

/// What becomes of the distance when a connector is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "effect", rename_all = "lowercase")]
pub enum Removal {
    /// Nothing: another route is as short.
    Same,
    /// The shortest route is longer.
    Longer {
        /// By how many hops.
        by: u32,
    },
    /// There is no route.
    Disconnected,
}

/// An actor on some shortest route.
#[derive(Clone, Debug, PartialEq)]
pub struct Connector {
    /// The actor.
    pub actor: ActorIndex,
    /// How many hops it stands from the first end.
    pub rank: u32,
    /// Whom it serves.
    pub serves: Serves,
    /// The share of the shortest routes that pass through it.
    pub share: f64,
    /// How much of one unit of current between the two passes through it.
    pub flow: f64,
    /// What its removal does.
    pub if_removed: Removal,
    /// Its ties towards the first end.
    pub towards_a: Evidence,
    /// Its ties towards the second end.
    pub towards_b: Evidence,
}

impl Connector {
    /// The strength of its weaker side.
    pub fn strength(&self) -> f64 {
        self.towards_a.strength.min(self.towards_b.strength)
    }

    /// How many distinct references speak for it on either side.
    pub fn reference_count(&self) -> usize {
        let all: BTreeSet<&ReferenceIndex> =
            self.towards_a.references.iter().chain(&self.towards_b.references).collect();
        all.len()
    }
}

/// The connectors on some shortest paths: by the strength of the weaker side, then references, then
/// flow, then share, then id.
pub(super) fn connectors(
    finder: &mut Pathfinder<'_, '_>,
    geodesics: &Geodesics,
    dyad: Option<DyadIndex>,
    flow: &Flow,
) -> Vec<Connector> {
    let network = finder.network();
    let levels = &geodesics.levels;
    let (a, b) = (levels[0][0].actor, levels[levels.len() - 1][0].actor);
    let mut connectors = Vec::new();
    for at in 1..levels.len() - 1 {
        for passage in &levels[at] {
            let towards_a = Evidence::weigh(network, ties_to(network, passage.actor, &levels[at - 1]));
            let towards_b = Evidence::weigh(network, ties_to(network, passage.actor, &levels[at + 1]));
            let both: Vec<TieIndex> = towards_a.ties.iter().chain(&towards_b.ties).copied().collect();
            let without = Without { actors: &[passage.actor], dyad };
            let if_removed = match finder.distance(a, b, &without) {
                Some(distance) if distance == geodesics.distance => Removal::Same,
                Some(distance) => Removal::Longer { by: distance - geodesics.distance },
                None => Removal::Disconnected,
            };
            connectors.push(Connector {
                actor: passage.actor,
                rank: u32::try_from(at).unwrap_or(u32::MAX),
                serves: serves(network.dataset(), passage.actor, (a, b), &both),
                share: passage.share(&geodesics.count),
                flow: flow.through(passage.actor),
                if_removed,
                towards_a,
                towards_b,
            });
        }
    }
    connectors.sort_by(|x, y| {
        y.strength()
            .total_cmp(&x.strength())
            .then_with(|| y.reference_count().cmp(&x.reference_count()))
            .then_with(|| y.flow.total_cmp(&x.flow))
            .then_with(|| y.share.total_cmp(&x.share))
            .then_with(|| x.actor.cmp(&y.actor))
    });
    connectors
}

fn ties_to(network: &Network<'_>, actor: ActorIndex, level: &[Passage]) -> Vec<TieIndex> {
    level.iter().flat_map(|passage| network.ties_between(actor, passage.actor)).collect()
}
