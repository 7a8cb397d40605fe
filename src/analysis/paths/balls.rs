//! How far actors are from the two ends of a question, as far as paths of some length take one.
//!
//! Paths of at most L hops pass only through actors whose distances to both ends sum up to at most L. Two balls, one
//! around each end, grow by turns until every such path crosses from the one into the other; what lies in the one
//! and not in the other is then labelled from the other on, or looked at when a walk comes there. So nobody is looked at
//! who is farther from both ends than half the way, however large the network.

use super::{Without, geodesics::Barred};
use crate::{
    analysis::{marks::Marks, meter::Meter},
    dataset::{ActorIndex, Dyads},
    network::{Around, Network, Walk},
};

/// The actors within some hops of an end.
#[derive(Debug, Default)]
struct Ball {
    /// By actor: the distance.
    marks: Marks,
    /// Level after level.
    actors: Vec<ActorIndex>,
    /// Where each level begins.
    levels: Vec<usize>,
    /// How many ties the next level takes.
    cost: usize,
}

/// Two balls, and the distances to either end that were found beyond its own.
#[derive(Debug)]
pub(super) struct Balls {
    sides: [Ball; 2],
    /// By end and actor: the distance to the end.
    labels: [Marks; 2],
    barred: Barred,
    /// Whether all distances that matter were labelled.
    is_labelled: bool,
    /// How many dyads were looked at.
    pub(super) work: u64,
}

/// From farther than so many hops beyond a ball distances are labelled from the ball on.
const FAR: u32 = 32;

/// The distance of those that may not be passed.
const BANNED: u32 = u32::MAX;

impl Ball {
    fn depth(&self) -> u32 {
        u32::try_from(self.levels.len() - 1).unwrap_or(u32::MAX)
    }

    fn is_spent(&self) -> bool {
        self.levels[self.levels.len() - 1] == self.actors.len()
    }

    fn grow<'w, W: Walk<'w>>(&mut self, walk: W, which: usize, barred: Barred) {
        let depth = self.depth() + 1;
        let level = self.levels[self.levels.len() - 1]..self.actors.len();
        self.levels.push(self.actors.len());
        for at in level {
            let actor = self.actors[at];
            let barred = barred.from(actor);
            for slot in walk.row(actor) {
                let neighbour = W::actor(slot);
                if self.marks.get(neighbour.at()).is_none()
                    && Some(neighbour) != barred
                    && walk.leads(which, actor, slot)
                {
                    self.marks.set(neighbour.at(), depth);
                    self.actors.push(neighbour);
                }
            }
        }
    }
}

impl Balls {
    pub(super) fn new(actor_count: usize) -> Self {
        let ball = || Ball { marks: Marks::new(actor_count), ..Ball::default() };
        Self {
            sides: [ball(), ball()],
            labels: [Marks::new(actor_count), Marks::new(actor_count)],
            barred: Barred::default(),
            is_labelled: false,
            work: 0,
        }
    }

    /// Begins a question: both balls hold their end alone.
    pub(super) fn begin(&mut self, network: &Network<'_>, ends: [ActorIndex; 2], without: &Without<'_>) {
        self.barred = without.barred(network);
        self.work = 0;
        self.labels.iter_mut().for_each(Marks::forget);
        self.is_labelled = false;
        for (ball, end) in self.sides.iter_mut().zip(ends) {
            ball.marks.forget();
            for actor in without.actors {
                ball.marks.set(actor.at(), BANNED);
            }
            ball.marks.set(end.at(), 0);
            ball.actors.clear();
            ball.actors.push(end);
            ball.levels.clear();
            ball.levels.push(0);
            ball.cost = network.dataset().dyads().degree(end);
        }
    }

    /// Grows one ball by a level.
    fn grow(&mut self, network: &Network<'_>, which: usize) {
        let (ball, barred) = (&mut self.sides[which], self.barred);
        self.work += ball.cost as u64;
        match network.around(ball.cost) {
            Around::Asking(walk) => ball.grow(walk, which, barred),
            Around::Passing(walk) => ball.grow(walk, which, barred),
        }
        let reached = &ball.actors[ball.levels[ball.levels.len() - 1]..];
        ball.cost = reached.iter().map(|actor| network.dataset().dyads().degree(*actor)).sum();
    }

    /// Makes [`Self::is_within`] ready for paths of at most `hops` hops.
    pub(super) fn prepare(&mut self, network: &Network<'_>, hops: u32, meter: &mut Meter<'_>) {
        self.grow_for(network, hops, meter);
        // A look goes from actor to actor, as far as the ball is away: not to be done from afar.
        self.is_labelled = hops - self.sides[1].depth().min(hops) > FAR;
        if self.is_labelled {
            self.reach(network, hops, meter);
        }
    }

    /// Grows the balls until paths of at most `hops` hops cross from the one into the other.
    fn grow_for(&mut self, network: &Network<'_>, hops: u32, meter: &mut Meter<'_>) {
        loop {
            let [first, second] = &self.sides;
            if first.is_spent() || second.is_spent() || first.depth() + second.depth() + 1 >= hops {
                break;
            }
            let next = usize::from(second.cost < first.cost);
            if !meter.take(self.sides[next].cost) {
                break;
            }
            self.grow(network, next);
        }
    }

    /// Makes the distances to the second end known, as far as they matter for paths of at most `hops` hops.
    fn reach(&mut self, network: &Network<'_>, hops: u32, meter: &mut Meter<'_>) {
        self.grow_for(network, hops, meter);
        self.labels.iter_mut().for_each(Marks::forget);
        let before = self.work;
        self.label(network, hops, 1);
        meter.take(usize::try_from(self.work - before).unwrap_or(usize::MAX));
    }

    /// The actors on walks of at most `hops` hops between the two ends, in order.
    pub(super) fn region(
        &mut self,
        network: &Network<'_>,
        hops: u32,
        meter: &mut Meter<'_>,
    ) -> Vec<ActorIndex> {
        self.reach(network, hops, meter);
        self.label(network, hops, 0);
        let all = self.sides.iter().flat_map(|ball| ball.actors.iter().copied());
        let mut region: Vec<ActorIndex> = all
            .filter(|actor| {
                let distances = [0, 1].map(|end| self.distance(*actor, end));
                matches!(distances, [Some(first), Some(second)] if first + second <= hops)
            })
            .collect();
        region.sort_unstable();
        region.dedup();
        region
    }

    /// Labels the actors that the ball of an end does not hold, and that of the other does, with their distance to it.
    fn label(&mut self, network: &Network<'_>, hops: u32, end: usize) {
        let dyads = network.dataset().dyads();
        match network.around(0) {
            Around::Asking(walk) => self.label_along(walk, dyads, hops, end),
            Around::Passing(walk) => self.label_along(walk, dyads, hops, end),
        }
    }

    fn label_along<'w, W: Walk<'w>>(&mut self, walk: W, dyads: &Dyads, hops: u32, end: usize) {
        let Self { sides, labels, barred, work, .. } = self;
        let (own, other) = (&sides[end], &sides[1 - end]);
        let labels = &mut labels[end];
        if own.is_spent() {
            // Everybody whom the end reaches is in its ball.
            return;
        }
        let edge = own.depth();
        let outside = |actor: ActorIndex| {
            let depth = other.marks.get(actor.at()).filter(|depth| *depth != BANNED)?;
            own.marks.get(actor.at()).is_none().then_some(depth)
        };
        let mut labelled: Vec<(ActorIndex, u32)> = Vec::new();
        for actor in &other.actors {
            let Some(depth) = outside(*actor) else { continue };
            if depth + edge + 1 > hops {
                break;
            }
            *work += dyads.degree(*actor) as u64;
            let barred = barred.from(*actor);
            let touches = walk.row(*actor).any(|slot| {
                let neighbour = W::actor(slot);
                // Outwards from the end is back to it from here.
                own.marks.get(neighbour.at()) == Some(edge)
                    && Some(neighbour) != barred
                    && walk.leads(1 - end, *actor, slot)
            });
            if touches {
                labels.set(actor.at(), edge + 1);
                labelled.push((*actor, edge + 1));
            }
        }
        let mut at = 0;
        while let Some((actor, label)) = labelled.get(at).copied() {
            at += 1;
            *work += dyads.degree(actor) as u64;
            let barred = barred.from(actor);
            for slot in walk.row(actor) {
                let neighbour = W::actor(slot);
                if outside(neighbour).is_some_and(|depth| depth + label < hops)
                    && labels.get(neighbour.at()).is_none()
                    && Some(neighbour) != barred
                    && walk.leads(end, actor, slot)
                {
                    labels.set(neighbour.at(), label + 1);
                    labelled.push((neighbour, label + 1));
                }
            }
        }
    }

    /// How many hops an actor is from an end, where that may matter for paths of the length last reached for.
    fn distance(&self, actor: ActorIndex, end: usize) -> Option<u32> {
        match self.sides[end].marks.get(actor.at()) {
            Some(BANNED) => None,
            Some(depth) => Some(depth),
            None => self.labels[end].get(actor.at()),
        }
    }

    /// Whether the ball of the second end says how far an actor is from it, and that this is too far for so many hops.
    pub(super) fn is_too_far(&self, actor: ActorIndex, hops: u32) -> bool {
        let ball = &self.sides[1];
        let depth = ball.marks.get(actor.at());
        depth.map_or(ball.is_spent() || hops <= ball.depth(), |depth| depth > hops)
    }

    /// Whether the second end can be reached from an actor in so many hops. What lies outside its ball is looked at
    /// when it is first asked about, and remembered for the question; `work` counts the neighbours that this takes.
    ///
    /// Questions asked so and by [`Self::region`] need a [`Self::begin`] of their own.
    pub(super) fn is_within<'w, W: Walk<'w>>(
        &mut self,
        walk: W,
        actor: ActorIndex,
        hops: u32,
        work: &mut u64,
    ) -> bool {
        if self.sides[1].marks.get(actor.at()).is_some() || self.is_too_far(actor, hops) {
            return !self.is_too_far(actor, hops);
        }
        let [farther, within] = &self.labels;
        if self.is_labelled {
            return within.get(actor.at()).is_some_and(|known| known <= hops);
        }
        if within.get(actor.at()).is_some_and(|known| known <= hops) {
            return true;
        }
        if farther.get(actor.at()).is_some_and(|known| known >= hops) {
            return false;
        }
        let barred = self.barred.from(actor);
        let row = walk.row(actor);
        let onward = row.clone().position(|slot| {
            let neighbour = W::actor(slot);
            !self.is_too_far(neighbour, hops - 1)
                && Some(neighbour) != barred
                && walk.leads(0, actor, slot)
                && self.is_within(walk, neighbour, hops - 1, work)
        });
        *work += walk.looks(actor, onward.unwrap_or(row.len())) as u64;
        self.labels[usize::from(onward.is_some())].set(actor.at(), hops);
        onward.is_some()
    }

    /// To whom one may not go from an actor in this question.
    pub(super) fn barred_from(&self, actor: ActorIndex) -> Option<ActorIndex> {
        self.barred.from(actor)
    }

    /// How many actors the two ends reach, once a ball holds them all.
    pub(super) fn reached(&self) -> Option<usize> {
        self.sides.iter().filter(|ball| ball.is_spent()).map(|ball| ball.actors.len()).min()
    }
}
