//! The shortest simple paths between two actors, one after the other.
//!
//! A simple path passes no actor twice. Paths come by length, and among those of one length in the
//! order of their actors' ids.
//!
//! # References
//! Yen, J. Y. (1971). Finding the K shortest loopless paths in a network. Management Science 17(11),
//! 712–716. DOI 10.1287/mnsc.17.11.712. Lawler, E. L. (1972). A procedure for computing the K best
//! solutions to discrete optimization problems. Management Science 18(7), 401–405.
//! DOI 10.1287/mnsc.18.7.401.

use std::collections::{BTreeSet, VecDeque};

use rustc_hash::FxHashMap;

use super::Pathfinder;
use crate::{dataset::ActorIndex, network::Network};

/// A path that may be the next: its actors, and the place at which it leaves a path that came before.
type Candidate = (usize, Vec<ActorIndex>, usize);

impl Pathfinder<'_, '_> {
    /// Up to `limit` simple paths from `a` to `b` that walk at least two dyads, shortest first.
    ///
    /// # Complexity
    /// Time O(k·n·(V + E)), for k paths of n actors.
    pub fn simple_paths(&self, a: ActorIndex, b: ActorIndex, limit: usize) -> Vec<Vec<ActorIndex>> {
        let network = self.network();
        let mut found: Vec<Vec<ActorIndex>> = Vec::new();
        let mut candidates: BTreeSet<Candidate> = BTreeSet::new();
        if a != b
            && let Some(path) = smallest(network, &[a], b, &BTreeSet::from([b]))
        {
            candidates.insert((path.len(), path, 0));
        }
        while let Some((_, path, deviation)) = candidates.pop_first() {
            // Lawler: paths that leave before the deviation were looked for when it was found.
            for at in deviation..path.len() - 1 {
                let root = &path[..=at];
                let mut banned: BTreeSet<ActorIndex> = found
                    .iter()
                    .filter(|known| known.len() > at + 1 && known[..=at] == *root)
                    .map(|known| known[at + 1])
                    .collect();
                banned.insert(path[at + 1]);
                if at == 0 {
                    banned.insert(b);
                }
                if let Some(next) = smallest(network, root, b, &banned) {
                    candidates.insert((next.len(), next, at));
                }
            }
            found.push(path);
            if found.len() == limit {
                break;
            }
        }
        found
    }
}

/// The shortest path that begins with `root`, does not go on to a banned actor, and ends in `b`; of
/// several the one whose ids come first.
fn smallest(
    network: &Network<'_>,
    root: &[ActorIndex],
    b: ActorIndex,
    banned: &BTreeSet<ActorIndex>,
) -> Option<Vec<ActorIndex>> {
    let spur = *root.last()?;
    // Distances to `b` past everything but the root.
    let mut distances: FxHashMap<ActorIndex, u32> = FxHashMap::from_iter([(b, 0)]);
    let mut queue = VecDeque::from([b]);
    let mut reached: Option<u32> = None;
    while let Some(actor) = queue.pop_front() {
        let distance = distances[&actor];
        if reached.is_some_and(|reached| distance > reached) {
            break;
        }
        for (neighbour, _) in network.neighbours(actor) {
            if neighbour == spur && !banned.contains(&actor) {
                reached = Some(reached.map_or(distance, |known| known.min(distance)));
            }
            if !root.contains(&neighbour) && !distances.contains_key(&neighbour) {
                distances.insert(neighbour, distance + 1);
                queue.push_back(neighbour);
            }
        }
    }
    let mut distance = reached?;
    let mut path = root.to_vec();
    let mut at = spur;
    loop {
        let next = network.neighbours(at).map(|(neighbour, _)| neighbour).find(|neighbour| {
            distances.get(neighbour) == Some(&distance) && (at != spur || !banned.contains(neighbour))
        })?;
        path.push(next);
        if next == b {
            return Some(path);
        }
        at = next;
        distance -= 1;
    }
}
