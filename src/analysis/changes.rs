//! What changed between two networks of one dataset: dyads that came, dyads that went.

use crate::{
    dataset::{ActorIndex, DyadIndex},
    network::Network,
};

/// The dyads that only one of two networks has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DyadChanges {
    /// Dyads of the later network that the earlier has not, in order.
    pub new: Vec<DyadIndex>,
    /// Dyads of the earlier network that the later has not, in order.
    pub ended: Vec<DyadIndex>,
    /// How many both have.
    pub kept_count: usize,
}

/// The dyads that came and went between two networks of one dataset.
///
/// # Complexity
/// Time O(E) the first time that each network is swept, then O(D), for E ties and D dyads.
pub fn dyad_changes(before: &Network<'_>, after: &Network<'_>) -> DyadChanges {
    let mut changes = DyadChanges::default();
    for dyad in after.compact().dyads() {
        if before.is_live(*dyad) {
            changes.kept_count += 1;
        } else {
            changes.new.push(*dyad);
        }
    }
    changes.ended = before.compact().dyads().iter().copied().filter(|dyad| !after.is_live(*dyad)).collect();
    changes
}

impl DyadChanges {
    /// Some dyads that have an actor, each with the other end.
    pub fn of(network: &Network<'_>, dyads: &[DyadIndex], actor: ActorIndex) -> Vec<(ActorIndex, DyadIndex)> {
        let mut found = Vec::new();
        for (dyad, (low, high)) in network.dataset().dyads().with_ends(dyads) {
            if low == actor {
                found.push((high, dyad));
            } else if high == actor {
                found.push((low, dyad));
            }
        }
        found
    }
}
