//! Paths that call at given actors, one after the other.

use super::{Count, Geodesics, Pathfinder, Without};
use crate::{dataset::ActorIndex, network::Network};

/// All shortest ways from each stop to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legs {
    /// The shortest paths of each leg.
    pub legs: Vec<Geodesics>,
    /// How many dyads all legs walk together.
    pub distance: u32,
    /// In how many ways the legs can be put together; one of these may pass an actor twice.
    pub count: Count,
}

impl Pathfinder<'_, '_> {
    /// The shortest ways through some actors in their order, the first and last included; no leg passes a stop that
    /// is not its end. `None` when some leg has no path.
    ///
    /// # Complexity
    /// That of [`Self::geodesics`] for each leg.
    pub fn via(&mut self, stops: &[ActorIndex]) -> Option<Legs> {
        let mut found = Legs { legs: Vec::new(), distance: 0, count: Count::from(1) };
        for pair in stops.windows(2) {
            let others: Vec<ActorIndex> = stops.iter().filter(|stop| !pair.contains(stop)).copied().collect();
            let leg = self.geodesics(pair[0], pair[1], &Without { actors: &others, dyad: None })?;
            found.distance += leg.distance;
            found.count = found.count.times(&leg.count);
            found.legs.push(leg);
        }
        Some(found)
    }
}

impl Legs {
    /// The first ways, up to a limit, in the order of their actors' ids; those that pass an actor twice are left out.
    pub fn paths(&self, network: &Network<'_>, limit: usize) -> Vec<Vec<ActorIndex>> {
        let mut paths = Vec::new();
        self.extend(network, 0, &[], limit, &mut paths);
        paths
    }

    fn extend(
        &self,
        network: &Network<'_>,
        at: usize,
        so_far: &[ActorIndex],
        limit: usize,
        paths: &mut Vec<Vec<ActorIndex>>,
    ) {
        let Some(leg) = self.legs.get(at) else {
            paths.push(so_far.to_vec());
            return;
        };
        for way in leg.paths(network) {
            if paths.len() == limit {
                return;
            }
            let onward = &way[usize::from(at > 0)..];
            if onward.iter().all(|actor| !so_far.contains(actor)) {
                self.extend(network, at + 1, &[so_far, onward].concat(), limit, paths);
            }
        }
    }
}
