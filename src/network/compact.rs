//! A network made into a graph of its own, for sweeps over everything.

use super::Network;
use crate::dataset::{ActorIndex, DyadIndex, Lists};

/// The dyads of a network that pass, as adjacency lists.
///
/// Rows are those of the dataset's actors: an actor that does not pass has no neighbours.
#[derive(Debug)]
pub struct Compact {
    neighbours: Lists<ActorIndex>,
    dyads: Vec<DyadIndex>,
}

impl Compact {
    pub(super) fn new(network: &Network<'_>) -> Self {
        let base = network.dataset().dyads();
        let dyads: Vec<DyadIndex> = base.all().filter(|dyad| network.is_live(*dyad)).collect();
        let mut pairs = Vec::with_capacity(dyads.len() * 2);
        pairs.extend(dyads.iter().map(|dyad| base.ends(*dyad)).map(|(low, high)| (high.0, low)));
        pairs.extend(dyads.iter().map(|dyad| base.ends(*dyad)).map(|(low, high)| (low.0, high)));
        Self { neighbours: Lists::group(network.dataset().actors().count(), pairs.iter().copied()), dyads }
    }

    /// The neighbours of an actor, in order.
    pub fn neighbours(&self, actor: ActorIndex) -> &[ActorIndex] {
        self.neighbours.row(actor.0)
    }

    /// The dyads that pass, in order.
    pub fn dyads(&self) -> &[DyadIndex] {
        &self.dyads
    }
}
