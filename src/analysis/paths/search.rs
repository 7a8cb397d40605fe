//! All shortest ways between two actors at once, by a search from both ends.
//!
//! The side whose next level is cheaper goes on, a whole level at a time, until its ties touch what the other has
//! reached. Every step from one level to the next is written down, so that counting and choosing among the ways reads
//! a list and does not walk the network again. Nothing is cleared between searches: a mark says where an actor would stand
//! in a list, and counts if it does stand there (Briggs and Torczon 1993, <https://doi.org/10.1145/176454.176484>).

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
    /// By actor: four times its place, and in which list that is: of the first side, of the second, or of those left out.
    marks: Vec<u32>,
    /// Those that may not be passed.
    left_out: Vec<ActorIndex>,
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

/// The mark of a place in the list of a side; [`LEFT_OUT`] for those left out.
fn mark(list: u32, place: usize) -> u32 {
    number(place) << 2 | list
}

/// The place of an actor in a list, if it has one there; its mark may be of another search.
fn place(mark: u32, list: u32, actors: &[ActorIndex], actor: ActorIndex) -> Option<u32> {
    let place = mark >> 2;
    (mark & 3 == list && actors.get(place as usize) == Some(&actor)).then_some(place)
}

/// The list of those left out.
const LEFT_OUT: u32 = 2;

/// A search has room for so many actors.
const MOST_ACTORS: usize = 1 << 30;

impl Search {
    /// # Panics
    /// When there are more actors than marks have places for.
    pub(super) fn new(actor_count: usize) -> Self {
        assert!(actor_count <= MOST_ACTORS, "a search has room for {MOST_ACTORS} actors");
        Self {
            marks: vec![0; actor_count],
            left_out: Vec::new(),
            sides: [Side::default(), Side::default()],
            meeting: Vec::new(),
            at_least: 0,
        }
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
        self.left_out.clear();
        self.left_out.extend(without.actors.iter().chain(limits.passed));
        for (at, actor) in self.left_out.iter().enumerate() {
            self.marks[actor.at()] = mark(LEFT_OUT, at);
        }
        self.meeting.clear();
        let barred = without.barred(network);
        for (side, end) in [a, b].into_iter().enumerate() {
            self.marks[end.at()] = mark(number(side), 0);
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
        let Self { marks, left_out, sides, meeting, .. } = self;
        let (own, other) = (number(which), number(1 - which));
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
        for here in from {
            let actor = side.actors[here];
            let barred = barred.from(actor);
            for slot in walk.row(actor) {
                let neighbour = W::actor(slot);
                let known = marks[neighbour.at()];
                if let Some(at) = place(known, other, &far.actors, neighbour) {
                    if Some(neighbour) != barred
                        && walk.leads(which, actor, slot)
                        && !is_barred(actor, neighbour)
                    {
                        let here = number(here);
                        meeting.push(if which == 0 { (here, at) } else { (at, here) });
                    }
                    continue;
                }
                let met = place(known, own, &side.actors, neighbour);
                let is_open = match met {
                    Some(at) => at as usize >= start,
                    None => place(known, LEFT_OUT, left_out, neighbour).is_none(),
                };
                if is_open
                    && meeting.is_empty()
                    && walk.leads(which, actor, slot)
                    && !is_barred(actor, neighbour)
                {
                    let at = met.unwrap_or_else(|| {
                        marks[neighbour.at()] = mark(own, side.actors.len());
                        side.actors.push(neighbour);
                        number(side.actors.len() - 1)
                    });
                    side.steps.push((number(here), at));
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
