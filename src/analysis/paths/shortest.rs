//! One shortest path between two actors, by a search from both ends.
//!
//! The side whose next level is cheaper goes on, a level at a time, until it touches what the other has
//! reached. Nothing is cleared or made between searches: a mark says which search and side it belongs to.
//!
//! # References
//! Pohl, I. (1971). Bi-directional search. Machine Intelligence 6, 127–140. Goldberg, A. V., Harrelson, C. (2005).
//! Computing the shortest path: A* search meets graph theory. SODA 2005, 156–165. DOI 10.5555/1070432.1070455
//! (balanced searches from both ends).

use super::{Pathfinder, Without, geodesics::Barred};
use crate::{
    dataset::{ActorIndex, number},
    network::{Around, Walk},
};

/// Room that searches share.
#[derive(Debug)]
pub(super) struct Scratch {
    search: u32,
    /// By actor: twice the search that reached it, one more if from the second end, and below it from whom.
    marks: Vec<u64>,
    fronts: [Vec<ActorIndex>; 2],
    next: Vec<ActorIndex>,
}

impl Scratch {
    pub(super) fn new(actor_count: usize) -> Self {
        Self { search: 0, marks: vec![0; actor_count], fronts: [Vec::new(), Vec::new()], next: Vec::new() }
    }

    fn owner(&self, actor: ActorIndex) -> u32 {
        (self.marks[actor.at()] >> 32) as u32
    }

    #[expect(clippy::cast_possible_truncation, reason = "the halves of a mark are 32 bits each")]
    fn parent(&self, actor: ActorIndex) -> ActorIndex {
        ActorIndex(self.marks[actor.at()] as u32)
    }

    fn mark(&mut self, actor: ActorIndex, owner: u32, parent: ActorIndex) {
        self.marks[actor.at()] = u64::from(owner) << 32 | u64::from(parent.0);
    }

    /// A number for the next search.
    fn begin(&mut self) -> u32 {
        if self.search == u32::MAX / 2 - 1 {
            self.marks.fill(0);
            self.search = 0;
        }
        self.search += 1;
        2 * self.search
    }
}

/// The dyad at which two searches have met: its end reached from the first, and from the second.
type Meeting = (ActorIndex, ActorIndex);

impl Pathfinder<'_, '_> {
    /// One shortest path from `a` to `b`, both included: the same whenever it is asked for. `None` when there
    /// is none, when the ends are one actor, or when the meter stopped the search.
    ///
    /// # Complexity
    /// Time O(k) for the k dyads of the actors within half the distance of either end, O(V + D) at the worst, for D
    /// dyads; the ties of a dyad are looked at once in the life of the network.
    pub fn shortest(
        &mut self,
        a: ActorIndex,
        b: ActorIndex,
        without: &Without<'_>,
    ) -> Option<Vec<ActorIndex>> {
        let (low, high) = self.meet(a, b, without)?;
        let scratch = &self.scratch;
        let walk = |from: ActorIndex, end: ActorIndex| {
            std::iter::successors(Some(from), move |at| (*at != end).then(|| scratch.parent(*at)))
        };
        let mut path: Vec<ActorIndex> = walk(low, a).collect();
        path.reverse();
        path.extend(walk(high, b));
        Some(path)
    }

    /// How many dyads the shortest path from `a` to `b` walks.
    ///
    /// # Complexity
    /// That of [`Self::shortest`].
    pub fn distance(&mut self, a: ActorIndex, b: ActorIndex, without: &Without<'_>) -> Option<u32> {
        let path = self.shortest(a, b, without)?;
        u32::try_from(path.len() - 1).ok()
    }

    fn meet(&mut self, a: ActorIndex, b: ActorIndex, without: &Without<'_>) -> Option<Meeting> {
        if a == b || without.actors.contains(&a) || without.actors.contains(&b) {
            return None;
        }
        let network = self.network();
        let dyads = network.dataset().dyads();
        let scratch = &mut self.scratch;
        let first = scratch.begin();
        for (side, end) in (0..).zip([a, b]) {
            scratch.mark(end, first + side, end);
            scratch.fronts[side as usize].clear();
            scratch.fronts[side as usize].push(end);
        }
        let barred = without.barred(network);
        let mut costs = [a, b].map(|end| dyads.degree(end));
        while !scratch.fronts.iter().any(Vec::is_empty) {
            let side = usize::from(costs[1] < costs[0]);
            if !self.meter.take(costs[side]) {
                return None;
            }
            let limits = (without.actors, barred);
            let meeting = match network.around(costs[side]) {
                Around::Asking(walk) => scratch.level(walk, side, first, limits),
                Around::Passing(walk) => scratch.level(walk, side, first, limits),
            };
            if meeting.is_some() {
                return meeting;
            }
            // Most actors are reached by the last level, whose cost nobody asks.
            costs[side] = scratch.fronts[side].iter().map(|actor| dyads.degree(*actor)).sum();
        }
        None
    }
}

impl Scratch {
    /// Goes on by one level on one side; the dyad at which the two sides meet, if they do.
    fn level<'w, W: Walk<'w>>(
        &mut self,
        walk: W,
        side: usize,
        first: u32,
        (banned, barred): (&[ActorIndex], Barred),
    ) -> Option<Meeting> {
        let (own, other) = (first + number(side), first + 1 - number(side));
        let front = std::mem::take(&mut self.fronts[side]);
        self.next.clear();
        for actor in &front {
            let barred = barred.from(*actor);
            for slot in walk.row(*actor) {
                let neighbour = W::actor(slot);
                let mark = self.owner(neighbour);
                if mark == own
                    || Some(neighbour) == barred
                    || banned.contains(&neighbour)
                    || !walk.leads(side, *actor, slot)
                {
                    continue;
                }
                if mark == other {
                    let meeting = if side == 0 { (*actor, neighbour) } else { (neighbour, *actor) };
                    self.fronts[side] = front;
                    return Some(meeting);
                }
                self.mark(neighbour, own, *actor);
                self.next.push(neighbour);
            }
        }
        self.fronts[side] = std::mem::replace(&mut self.next, front);
        None
    }
}
