//! Everyone on the shortest routes between two actors, the best connectors first.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    agency::{Serves, serves},
    evidence::Evidence,
    flow::Flow,
};
use crate::{
    analysis::{
        marks::Marks,
        paths::{Geodesics, Passage, Pathfinder, Without},
    },
    dataset::{ActorIndex, DyadIndex, ReferenceIndex, TieIndex},
    network::{Around, Network, Walk},
};

/// What becomes of the distance when a connector is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
/// flow, then share, then id. When the meter of the finder stops, those that were weighed until then.
pub(super) fn connectors(
    finder: &mut Pathfinder<'_, '_>,
    places: &mut Marks,
    geodesics: &Geodesics,
    dyad: Option<DyadIndex>,
    flow: Option<&Flow>,
) -> Vec<Connector> {
    let network = finder.network();
    let levels = &geodesics.levels;
    let (a, b) = geodesics.ends();
    places.forget();
    for (rank, level) in (0..).zip(levels) {
        for passage in level {
            places.set(passage.actor.at(), rank);
        }
    }
    let mut connectors = Vec::new();
    'weighed: for (rank, at) in (1_u32..).zip(1..levels.len() - 1) {
        for passage in &levels[at] {
            if !finder.meter.take(network.dataset().dyads().degree(passage.actor)) {
                break 'weighed;
            }
            let ties_to = |side, rank: u32| {
                let level = (rank, levels[rank as usize].as_slice());
                ties_to(network, places, (passage.actor, side), level)
            };
            let towards_a = Evidence::weigh(network, ties_to(Side::A, rank - 1));
            let towards_b = Evidence::weigh(network, ties_to(Side::B, rank + 1));
            let both: Vec<TieIndex> = towards_a.ties.iter().chain(&towards_b.ties).copied().collect();
            let if_removed = if levels[at].len() > 1 {
                // Whoever else is as far from the first end stands on a route that is as short.
                Removal::Same
            } else {
                let without = Without { actors: &[passage.actor], dyad };
                match finder.distance(a, b, &without) {
                    Some(distance) => Removal::Longer { by: distance - geodesics.distance },
                    None if finder.meter.stopped().is_some() => break 'weighed,
                    None => Removal::Disconnected,
                }
            };
            connectors.push(Connector {
                actor: passage.actor,
                rank,
                serves: serves(network.dataset(), passage.actor, (a, b), &both),
                share: passage.share(&geodesics.count),
                flow: flow.map_or(0.0, |flow| flow.through(passage.actor)),
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

/// Towards which end.
#[derive(Clone, Copy)]
enum Side {
    A,
    B,
}

/// The ties by which routes pass between an actor and those of a rank on one side of it.
fn ties_to(
    network: &Network<'_>,
    places: &Marks,
    (actor, side): (ActorIndex, Side),
    (rank, level): (u32, &[Passage]),
) -> Vec<TieIndex> {
    let way = |other| match side {
        Side::A => (other, actor),
        Side::B => (actor, other),
    };
    if network.dataset().dyads().degree(actor) > 16 * level.len() {
        let ties = level.iter().flat_map(|passage| {
            let (from, to) = way(passage.actor);
            network.ties_leading(from, to)
        });
        return ties.collect();
    }
    let of_rank = |other: ActorIndex| places.get(other.at()) == Some(rank);
    let end = match side {
        Side::A => 1,
        Side::B => 0,
    };
    let found: Vec<(ActorIndex, DyadIndex)> = match network.around(0) {
        Around::Asking(walk) => walk.onward_to(end, actor, of_rank).collect(),
        Around::Passing(walk) => walk.onward_to(end, actor, of_rank).collect(),
    };
    let ties = found.into_iter().flat_map(|(other, dyad)| {
        let (from, to) = way(other);
        network.ties_along(from, to, dyad)
    });
    ties.collect()
}
