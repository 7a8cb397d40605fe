//! The shortest simple paths one after the other, by where they leave those found before.
//!
//! Slower than walking ([`simple_paths`](super::Pathfinder::simple_paths)) where many paths are about as short as the
//! shortest, but its cost for a path is bounded whatever the network.
//!
//! # References
//! Yen, J. Y. (1971). Finding the K shortest loopless paths in a network. Management Science 17(11),
//! 712–716. DOI 10.1287/mnsc.17.11.712. Lawler, E. L. (1972). A procedure for computing the K best
//! solutions to discrete optimization problems. Management Science 18(7), 401–405.
//! DOI 10.1287/mnsc.18.7.401.

use std::collections::BTreeSet;

use super::{Pathfinder, Without, search::Limits};
use crate::dataset::ActorIndex;

/// A path that may be the next: its actors, and the place at which it leaves a path that came before.
type Candidate = (usize, Vec<ActorIndex>, usize);

impl Pathfinder<'_, '_> {
    /// Up to `limit` simple paths from `a` to `b`, shortest first, of equal length in the order of their ids.
    ///
    /// # Complexity
    /// Time O(k·n·(V + D)), for k paths of n actors; each search goes out from both ends, and no farther than a
    /// path that is still wanted.
    pub(super) fn deviations(
        &mut self,
        a: ActorIndex,
        b: ActorIndex,
        without: &Without<'_>,
        limit: usize,
    ) -> Vec<Vec<ActorIndex>> {
        let mut found: Vec<Vec<ActorIndex>> = Vec::new();
        let mut candidates: BTreeSet<Candidate> = BTreeSet::new();
        let network = self.network();
        if self.search.run(network, (a, b), without, &Limits::default(), &mut self.meter).is_some() {
            let path = self.search.first();
            candidates.insert((path.len(), path, 0));
        }
        while let Some((_, path, deviation)) = candidates.pop_first() {
            let wanted = limit - found.len() - 1;
            // Lawler: paths that leave before the deviation were looked for when it was found.
            for at in deviation..path.len() - 1 {
                let root = &path[..=at];
                let goes_with = |known: &&Vec<ActorIndex>| known.len() > at + 1 && known[..=at] == *root;
                let mut first_steps: Vec<ActorIndex> =
                    found.iter().filter(goes_with).map(|known| known[at + 1]).collect();
                first_steps.push(path[at + 1]);
                // Those who come after all that are wanted need not be found.
                let longest = wanted.checked_sub(1).and_then(|place| candidates.iter().nth(place));
                let hops = longest.map_or(usize::MAX, |(length, _, _)| length - 1 - at);
                let limits = Limits { passed: &path[..at], first_steps: &first_steps, hops };
                if self.search.run(network, (path[at], b), without, &limits, &mut self.meter).is_some() {
                    let mut next = path[..at].to_vec();
                    next.extend(self.search.first());
                    candidates.insert((next.len(), next, at));
                }
            }
            found.push(path);
            // A way that was not found because the search was stopped might have been the next.
            if found.len() >= limit || self.meter.stopped().is_some() {
                break;
            }
        }
        found
    }
}
