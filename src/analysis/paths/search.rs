//! All shortest ways between two actors at once, by a search from both ends.
//!
//! The side whose next level is cheaper goes on, a whole level at a time, until its ties touch what the other has
//! reached. Every step from one level to the next is written down, so that counting and choosing among the ways reads
//! a list and does not walk the network again. Nothing is cleared between searches: a mark says which search and side
//! it belongs to.

use super::{
    Without,
    count::{Number, Overflow},
    geodesics::Barred,
};
use crate::{
    analysis::meter::Meter,
    dataset::{ActorIndex, number},
    network::{Around, Network, Walk},
};

/// Room that searches share.
#[derive(Debug)]
pub(super) struct Search {
    /// Four times the number of the search; one more is the second side, two more what is left out.
    code: u32,
    /// By actor: the code and, below it, the place on its side.
    marks: Vec<u64>,
    /// What was found from the first end and from the second.
    pub(super) sides: [Side; 2],
    /// The steps by which the two sides meet: a place on the first, a place on the second.
    pub(super) meeting: Vec<(u32, u32)>,
    /// Ways of fewer hops than so many were looked for to the end.
    pub(super) at_least: usize,
}

/// What was found from one end.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// Those reached, level after level; their numbers here are their *places*.
    pub(super) actors: Vec<ActorIndex>,
    /// Where each level begins among them.
    pub(super) levels: Vec<u32>,
    /// The steps from each level to the next, in the order of the places that they leave.
    pub(super) steps: Vec<(u32, u32)>,
    /// Where the steps from each level begin.
    step_levels: Vec<u32>,
    /// How many ties the next level takes.
    cost: usize,
}

impl Side {
    fn begin(&mut self, end: ActorIndex) {
        self.actors.clear();
        self.actors.push(end);
        self.levels.clear();
        self.levels.push(0);
        self.steps.clear();
        self.step_levels.clear();
    }

    /// The places of a level.
    pub(super) fn level(&self, at: usize) -> std::ops::Range<usize> {
        let end = self.levels.get(at + 1).map_or(self.actors.len(), |next| *next as usize);
        self.levels[at] as usize..end
    }

    /// How many levels there are besides the end itself.
    pub(super) fn depth(&self) -> usize {
        self.levels.len() - 1
    }

    /// The steps that leave a level.
    fn steps_from(&self, level: usize) -> &[(u32, u32)] {
        let end = self.step_levels.get(level + 1).map_or(self.steps.len(), |next| *next as usize);
        &self.steps[self.step_levels[level] as usize..end]
    }

    /// How many shortest ways lead from the end to each place that leads to where the sides meet; to others none.
    pub(super) fn counts<N: Number>(&self, meeting: impl Iterator<Item = u32>) -> Result<Vec<N>, Overflow> {
        let leads = self.leading(meeting);
        let mut counts = vec![N::zero(); self.actors.len()];
        counts[0] = N::one();
        for (from, to) in self.steps.iter().filter(|(_, to)| leads[*to as usize]) {
            // Those of a level come behind those of the level before.
            let (before, after) = counts.split_at_mut(*to as usize);
            after[0].add(&before[*from as usize])?;
        }
        Ok(counts)
    }

    /// Carries numbers from the last level back to the end: each place gets the sum of those it leads to.
    pub(super) fn carry_back<N: Number>(&self, beyond: &mut [N]) -> Result<(), Overflow> {
        for (from, to) in self.steps.iter().rev() {
            let (before, after) = beyond.split_at_mut(*to as usize);
            if !after[0].is_zero() {
                before[*from as usize].add(&after[0])?;
            }
        }
        Ok(())
    }

    /// Which places lead to some of the last level.
    fn leading(&self, last: impl Iterator<Item = u32>) -> Vec<bool> {
        let mut leads = vec![false; self.actors.len()];
        last.for_each(|place| leads[place as usize] = true);
        for (from, to) in self.steps.iter().rev() {
            if leads[*to as usize] {
                leads[*from as usize] = true;
            }
        }
        leads
    }
}

/// What a search may not do beside what [`Without`] says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits<'l> {
    /// Actors that may not be passed.
    pub(super) passed: &'l [ActorIndex],
    /// Actors to whom the first step may not lead.
    pub(super) first_steps: &'l [ActorIndex],
    /// Ways of more hops are not looked for.
    pub(super) hops: usize,
}

impl Default for Limits<'_> {
    fn default() -> Self {
        Self { passed: &[], first_steps: &[], hops: usize::MAX }
    }
}

/// The code and the place of a mark.
#[expect(clippy::cast_possible_truncation, reason = "the halves of a mark are 32 bits each")]
fn split(mark: u64) -> (u32, u32) {
    ((mark >> 32) as u32, mark as u32)
}

impl Search {
    pub(super) fn new(actor_count: usize) -> Self {
        Self {
            code: 0,
            marks: vec![0; actor_count],
            sides: [Side::default(), Side::default()],
            meeting: Vec::new(),
            at_least: 0,
        }
    }

    fn mark(&mut self, actor: ActorIndex, code: u32, place: usize) {
        self.marks[actor.at()] = u64::from(code) << 32 | u64::from(number(place));
    }

    /// Finds all shortest ways from `a` to `b`, and how many hops they have; `None` when there is none, or when the
    /// meter stopped the search.
    ///
    /// # Complexity
    /// Time O(k) for the k dyads of the actors within half the distance of either end.
    pub(super) fn run(
        &mut self,
        network: &Network<'_>,
        (a, b): (ActorIndex, ActorIndex),
        without: &Without<'_>,
        limits: &Limits<'_>,
        meter: &mut Meter<'_>,
    ) -> Option<usize> {
        if a == b || without.actors.contains(&a) || without.actors.contains(&b) {
            return None;
        }
        if self.code >= u32::MAX - 8 {
            self.code = 0;
            self.marks.fill(0);
        }
        self.code += 4;
        for actor in without.actors.iter().chain(limits.passed) {
            self.mark(*actor, self.code + 2, 0);
        }
        self.meeting.clear();
        let barred = without.barred(network);
        for (side, end) in [a, b].into_iter().enumerate() {
            self.mark(end, self.code + number(side), 0);
            self.sides[side].begin(end);
            self.sides[side].cost = network.dataset().dyads().degree(end);
        }
        loop {
            let hops = self.sides[0].depth() + self.sides[1].depth() + 1;
            self.at_least = hops;
            let is_spent = |side: &Side| side.level(side.depth()).is_empty();
            if hops > limits.hops || self.sides.iter().any(is_spent) {
                return None;
            }
            let next = usize::from(self.sides[1].cost < self.sides[0].cost);
            let cost = self.sides[next].cost;
            if !meter.take(cost) {
                return None;
            }
            match network.around(cost) {
                Around::Asking(walk) => self.expand(walk, next, barred, limits.first_steps),
                Around::Passing(walk) => self.expand(walk, next, barred, limits.first_steps),
            }
            if !self.meeting.is_empty() {
                return Some(hops);
            }
            // Most actors are reached by the last level, whose cost nobody asks.
            let side = &mut self.sides[next];
            let reached = side.level(side.depth());
            side.cost =
                side.actors[reached].iter().map(|actor| network.dataset().dyads().degree(*actor)).sum();
        }
    }

    /// Goes on by one level on one side, or, if the other is touched, writes down all steps by which it is.
    fn expand<'w, W: Walk<'w>>(&mut self, walk: W, which: usize, barred: Barred, first_steps: &[ActorIndex]) {
        let Self { code, marks, sides, meeting, .. } = self;
        let (own, other, banned) = (*code + number(which), *code + 1 - number(which), *code + 2);
        let [first, second] = sides;
        let (side, far) = if which == 0 { (first, second) } else { (second, first) };
        let from = side.level(side.depth());
        let start = side.actors.len();
        side.step_levels.push(number(side.steps.len()));
        let a = if which == 0 { side.actors[0] } else { far.actors[0] };
        let is_barred = |x: ActorIndex, y: ActorIndex| {
            !first_steps.is_empty()
                && ((x == a && first_steps.contains(&y)) || (y == a && first_steps.contains(&x)))
        };
        for place in from {
            let actor = side.actors[place];
            let barred = barred.from(actor);
            for slot in walk.row(actor) {
                let neighbour = W::actor(slot);
                let (owner, at) = split(marks[neighbour.at()]);
                let is_next = owner == own && at as usize >= start;
                let is_new = owner != own && owner != other && owner != banned;
                if owner == other {
                    if Some(neighbour) != barred
                        && walk.leads(which, actor, slot)
                        && !is_barred(actor, neighbour)
                    {
                        let here = number(place);
                        meeting.push(if which == 0 { (here, at) } else { (at, here) });
                    }
                } else if (is_next || is_new)
                    && meeting.is_empty()
                    && walk.leads(which, actor, slot)
                    && !is_barred(actor, neighbour)
                {
                    if is_next {
                        side.steps.push((number(place), at));
                        continue;
                    }
                    let at = number(side.actors.len());
                    side.steps.push((number(place), at));
                    marks[neighbour.at()] = u64::from(own) << 32 | u64::from(at);
                    side.actors.push(neighbour);
                }
            }
        }
        if meeting.is_empty() {
            side.levels.push(number(start));
        } else {
            // The level is not needed: the two sides meet before it.
            side.actors.truncate(start);
            let steps = side.step_levels.pop().unwrap_or_default();
            side.steps.truncate(steps as usize);
        }
    }

    /// Of the ways just found, the one whose ids come first, both ends included.
    pub(super) fn first(&self) -> Vec<ActorIndex> {
        let [near, far] = &self.sides;
        let leads = near.leading(self.meeting.iter().map(|(place, _)| *place));
        let mut path = vec![near.actors[0]];
        let mut place = 0;
        for level in 0..near.depth() {
            let steps = near.steps_from(level);
            let begin = steps.partition_point(|(from, _)| *from < place);
            let onward = steps[begin..].iter().take_while(|(from, _)| *from == place);
            let best =
                onward.filter(|(_, to)| leads[*to as usize]).min_by_key(|(_, to)| near.actors[*to as usize]);
            place = best.map_or(place, |(_, to)| *to);
            path.push(near.actors[place as usize]);
        }
        let across = self.meeting.iter().filter(|(here, _)| *here == place);
        let best = across.min_by_key(|(_, there)| far.actors[*there as usize]);
        let mut place = best.map_or(0, |(_, there)| *there);
        path.push(far.actors[place as usize]);
        for level in (0..far.depth()).rev() {
            let back = far.steps_from(level).iter().filter(|(_, to)| *to == place);
            let best = back.min_by_key(|(from, _)| far.actors[*from as usize]);
            place = best.map_or(place, |(from, _)| *from);
            path.push(far.actors[place as usize]);
        }
        path
    }
}
