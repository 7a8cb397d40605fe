//! The shortest simple paths between two actors, one after the other.
//!
//! A simple path passes no actor twice. Paths come by length, and among those of one length in the
//! order of their actors' ids. Those of one length are found by walking on from the first actor only to those
//! from whom the second can still be reached in time: on the small worlds that diplomacy makes most such walks
//! end in a path. Where they do not (long detours through a narrow passage), the search by deviations
//! (`deviations.rs`) takes over, whose cost for a path is bounded.

use super::{Pathfinder, Without, balls::Balls};
use crate::{
    dataset::{ActorIndex, Dyads, number},
    network::{Around, Walk},
};

/// So many dyads are looked at for paths of the next lengths before the search by deviations takes over.
const PATIENCE: u64 = 1 << 20;

/// How many simple paths are looked for, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simple {
    /// At most so many paths.
    pub limit: usize,
    /// Paths of at most so many hops.
    pub longest: u32,
    /// So many dyads are looked at before the search stops, if paths are asked for up to a length.
    pub work: u64,
}

impl Default for Simple {
    fn default() -> Self {
        Self { limit: 10, longest: u32::MAX, work: 100_000_000 }
    }
}

/// Simple paths, and whether that is all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SimplePaths {
    /// The paths, shortest first, of equal length in the order of their actors' ids.
    pub paths: Vec<Vec<ActorIndex>>,
    /// Whether the search stopped because it had looked at [`Simple::work`] dyads, or because the meter stopped it; the
    /// paths found until then are the first ones all the same.
    pub is_truncated: bool,
    /// How many dyads were looked at, at the least.
    pub work: u64,
}

impl Pathfinder<'_, '_> {
    /// The first simple paths from `a` to `b`, shortest first.
    ///
    /// # Complexity
    /// Time O(k) for each length up to that of the last path, for the k dyads of the actors within half of it of
    /// either end, and O(n·d) for each path of n actors of degree d; where that does not suffice, O(n·(V + D)) for
    /// each path.
    pub fn simple_paths(
        &mut self,
        a: ActorIndex,
        b: ActorIndex,
        without: &Without<'_>,
        wanted: &Simple,
    ) -> SimplePaths {
        let mut found = SimplePaths::default();
        let Some(shortest) = self.geodesics(a, b, without) else {
            found.is_truncated = self.meter.stopped().is_some();
            return found;
        };
        if shortest.distance > wanted.longest {
            return found;
        }
        found.paths.extend(shortest.paths(self.network()).take(wanted.limit));
        if found.paths.len() == wanted.limit {
            return found;
        }
        let network = self.network();
        let mut balls = self.take_balls();
        balls.begin(network, [a, b], without);
        let patience = if wanted.longest == u32::MAX { PATIENCE } else { wanted.work }.min(self.meter.left());
        let mut search = Search {
            dyads: network.dataset().dyads(),
            b,
            limit: wanted.limit,
            patience,
            work: 0,
            found: found.paths,
        };
        let mut empty_lengths = 0;
        let mut is_done = false;
        for hops in shortest.distance + 1..=wanted.longest {
            // No path passes more actors than the two ends reach.
            if balls.reached().is_some_and(|reached| hops as usize >= reached) {
                is_done = true;
                break;
            }
            balls.prepare(network, hops, &mut self.meter);
            if self.meter.stopped().is_some() {
                break;
            }
            let before = search.found.len();
            match network.around(0) {
                Around::Asking(around) => search.of_length(around, &mut balls, a, hops as usize),
                Around::Passing(around) => search.of_length(around, &mut balls, a, hops as usize),
            }
            empty_lengths = if search.found.len() == before { empty_lengths + 1 } else { 0 };
            is_done = search.found.len() == wanted.limit;
            let is_slow = search.work + balls.work > patience;
            if is_done || is_slow || (wanted.longest == u32::MAX && empty_lengths == 2) {
                break;
            }
        }
        // What the balls look at is charged as they grow.
        let is_stopped = !self.meter.take(usize::try_from(search.work).unwrap_or(usize::MAX));
        found.work = search.work + balls.work;
        found.paths = search.found;
        self.balls = Some(balls);
        if wanted.longest != u32::MAX {
            found.is_truncated = !is_done && (is_stopped || found.work > patience);
        } else if !is_done && !is_stopped {
            let paths = self.deviations(a, b, without, wanted.limit);
            found.is_truncated = self.meter.stopped().is_some();
            // Those found by walking are right too, and may be more than the search got to.
            if !found.is_truncated || paths.len() > found.paths.len() {
                found.paths = paths;
            }
        } else {
            found.is_truncated = !is_done;
        }
        found
    }
}

/// A walk through all simple paths of one length after the other.
struct Search<'d> {
    dyads: &'d Dyads,
    b: ActorIndex,
    limit: usize,
    patience: u64,
    /// How many neighbours were looked at.
    work: u64,
    found: Vec<Vec<ActorIndex>>,
}

impl Search<'_> {
    /// Adds the simple paths of exactly so many hops, at least two, in the order of their actors' ids.
    fn of_length<'w, W: Walk<'w>>(&mut self, walk: W, balls: &mut Balls, a: ActorIndex, hops: usize) {
        let mut path = vec![a];
        let mut cursors = vec![0];
        while let (Some(actor), Some(cursor)) = (path.last().copied(), cursors.last_mut()) {
            let left = hops - path.len();
            let row = walk.row(actor);
            let barred = balls.barred_from(actor);
            let mut looked = 0;
            let within = number(left);
            let is_step = |slot: W::Slot| {
                let next = W::actor(slot);
                // Of few hops left most neighbours are too far, as the ball says at once.
                !balls.is_too_far(next, within)
                    && next != self.b
                    && self.dyads.degree(next) > 1
                    && Some(next) != barred
                    && !path.contains(&next)
                    && walk.leads(0, actor, slot)
                    && balls.is_within(walk, next, within, &mut looked)
            };
            let step = row.clone().skip(*cursor).position(is_step);
            let at = step.map_or(row.len(), |at| *cursor + at);
            let before = cursor.checked_sub(1).map_or(0, |last| walk.looks(actor, last));
            self.work += (walk.looks(actor, at) - before) as u64 + looked;
            if self.work > self.patience {
                return;
            }
            let Some(slot) = row.clone().nth(at) else {
                path.pop();
                cursors.pop();
                continue;
            };
            *cursor = at + 1;
            path.push(W::actor(slot));
            if left > 1 {
                cursors.push(0);
                continue;
            }
            let mut whole = path.clone();
            whole.push(self.b);
            self.found.push(whole);
            path.pop();
            if self.found.len() == self.limit {
                return;
            }
        }
    }
}
