//! Actors and ties as nodes and edges of a scene.

use super::view::{ActorView, TieView};
use crate::{
    date::{Certainty, Status},
    diagram::{Direction, Doubt, EdgeTie, Node, Role},
    model::ActorKind,
};

/// An actor as a node.
pub(super) fn node(actor: &ActorView, role: Role, rank: Option<u32>, weight: f64) -> Node {
    Node {
        id: actor.actor.clone(),
        label: actor.name.clone(),
        sublabel: actor.name_also.clone(),
        // A plain file gives no kinds; an object is the shape that says least.
        kind: actor.kind.unwrap_or(ActorKind::Object),
        role,
        rank,
        weight,
    }
}

/// A tie on an edge that starts at the actor `from`.
pub(super) fn edge_tie(tie: &TieView, from: &str) -> EdgeTie {
    let direction = match (tie.symmetric, tie.source == from) {
        (true, _) => Direction::Mutual,
        (false, true) => Direction::Forward,
        (false, false) => Direction::Backward,
    };
    let doubt = match (tie.status, tie.certainty) {
        (Status::Hypothetical | Status::Refuted | Status::Absent, _) => Doubt::Hypothetical,
        (Status::Asserted, Certainty::Certainly) => Doubt::Asserted,
        (Status::Asserted | Status::Alleged | Status::Disputed, _) => Doubt::Doubtful,
    };
    let mut sources: Vec<usize> = tie.cites.iter().map(|cite| cite.number).collect();
    sources.sort_unstable();
    sources.dedup();
    EdgeTie {
        id: tie.id.clone(),
        label: tie.label.clone(),
        date: tie.when.clone(),
        sources,
        direction,
        polarity: tie.polarity,
        doubt,
    }
}
