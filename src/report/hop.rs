//! One step of a route: two actors and the ties that pass between them.

use serde::Serialize;

use super::view::{TieView, Viewer};
use crate::{
    dataset::{ActorIndex, TieIndex},
    network::Network,
};

/// One hop of a route.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Hop {
    /// The id of the actor it leaves.
    pub source: String,
    /// The id of the actor it reaches.
    pub target: String,
    /// The ties that make it, in order of time.
    pub ties: Vec<TieView>,
    /// Whether an end is a group of actors that stand as one.
    #[serde(skip)]
    pub(super) is_of_group: bool,
}

impl Hop {
    /// The hop between two neighbours in a network.
    pub fn new(
        viewer: &mut Viewer<'_>,
        network: &Network<'_>,
        source: ActorIndex,
        target: ActorIndex,
    ) -> Self {
        Self::among(viewer, network, (source, target), |_| true)
    }

    /// The same with some of its ties.
    pub(super) fn among(
        viewer: &mut Viewer<'_>,
        network: &Network<'_>,
        (source, target): (ActorIndex, ActorIndex),
        carries: impl Fn(&TieIndex) -> bool,
    ) -> Self {
        let ties = network.ties_leading(source, target).filter(carries);
        let is_of_group = viewer.is_group(source) || viewer.is_group(target);
        let ends = (viewer.id(source), viewer.id(target));
        Self { source: ends.0, target: ends.1, ties: ties.map(|tie| viewer.tie(tie)).collect(), is_of_group }
    }
}
