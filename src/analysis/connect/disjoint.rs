//! How many routes share no connector, and who parts two actors when taken away.
//!
//! Routes are found one after the other, each by a search from both ends in which routes found before give way
//! where they must. When one end can be reached no more, those at whom its search was stopped are a smallest cut.
//!
//! # References
//! Menger, K. (1927). Zur allgemeinen Kurventheorie. Fundamenta Mathematicae 10, 96–115.
//! DOI 10.4064/fm-10-1-96-115 (the two numbers are one). Even, S., Tarjan, R. E. (1975). Network flow and
//! testing graph connectivity. SIAM Journal on Computing 4(4), 507–518. DOI 10.1137/0204043 (flow of one
//! unit through each actor).

use crate::{
    analysis::{marks::Marks, meter::Meter},
    dataset::{ActorIndex, DyadIndex},
    network::{Around, Network, Walk},
};

/// So many disjoint routes are looked for.
pub const DISJOINT_LIMIT: u32 = 64;

/// How many routes share no connector, the direct dyad left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disjoint {
    /// How many; [`DISJOINT_LIMIT`] where there may be more.
    pub count: u32,
    /// Whether the search stopped at the limit, or the meter stopped it: there may be more.
    pub is_bounded: bool,
    /// A smallest set of actors without whom no route joins the two, in order: of several the one nearest to
    /// the end round which less had to be searched. Empty where there may be more routes.
    pub cut: Vec<ActorIndex>,
}

/// Room for searches of disjoint routes.
#[derive(Debug)]
pub(super) struct DisjointRoom {
    /// By actor: the one that comes before it on a route found so far, and the one after.
    before: Marks,
    after: Marks,
    /// By place, twice the actor and one more behind it: from where it was reached, from the first end and from
    /// the second.
    reached: [Marks; 2],
}

impl DisjointRoom {
    pub(super) fn new(actor_count: usize) -> Self {
        let (room, double) = (|| Marks::new(actor_count), || Marks::new(2 * actor_count));
        Self { before: room(), after: room(), reached: [double(), double()] }
    }

    /// The room for searches from either end.
    pub(super) fn room(&mut self) -> &mut [Marks; 2] {
        &mut self.reached
    }

    /// Counts the routes between two different actors that share no connector, and finds one smallest cut.
    ///
    /// # Complexity
    /// Time O(min(c, 64)·k), for c disjoint routes and the k dyads of the actors that the searches reach from
    /// both ends before they meet; O(min(c, 64)·(V + D)) at the worst, for V actors and D dyads.
    pub(super) fn disjoint(
        &mut self,
        network: &Network<'_>,
        a: ActorIndex,
        b: ActorIndex,
        direct: Option<DyadIndex>,
        meter: &mut Meter<'_>,
    ) -> Disjoint {
        self.before.forget();
        self.after.forget();
        let mut search = Search { room: self, network, ends: [a, b], direct, count: 0 };
        search.lead_through_neighbours_of_both();
        while search.count < DISJOINT_LIMIT {
            if let Some(cut) = search.augment(meter) {
                return Disjoint { count: search.count, is_bounded: false, cut };
            }
            if meter.stopped().is_some() {
                break;
            }
        }
        Disjoint { count: search.count, is_bounded: true, cut: Vec::new() }
    }
}

/// Where a search stands: before an actor, not yet having passed it, or behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before(ActorIndex),
    Behind(ActorIndex),
}

struct Search<'s, 'd> {
    room: &'s mut DisjointRoom,
    network: &'s Network<'d>,
    ends: [ActorIndex; 2],
    direct: Option<DyadIndex>,
    count: u32,
}

/// A search from one end: the places that are next, and what they cost.
struct Front {
    places: Vec<Place>,
    /// All that were reached.
    all: Vec<Place>,
    cost: usize,
}

impl Search<'_, '_> {
    /// An actor tied to both is a route of its own in some largest set of disjoint routes.
    fn lead_through_neighbours_of_both(&mut self) {
        let dyads = self.network.dataset().dyads();
        let [a, b] = self.ends;
        let (few, other, end) = if dyads.degree(a) <= dyads.degree(b) { (a, b, 0) } else { (b, a, 1) };
        let candidates: Vec<ActorIndex> = match self.network.around(dyads.degree(few)) {
            Around::Asking(walk) => walk.onward(end, few).collect(),
            Around::Passing(walk) => walk.onward(end, few).collect(),
        };
        for actor in candidates {
            if self.count == DISJOINT_LIMIT {
                return;
            }
            let (from, to) = if end == 0 { (actor, b) } else { (a, actor) };
            let onward =
                || dyads.between(actor, other).is_some_and(|dyad| self.network.leads(from, to, dyad));
            if actor != other && onward() {
                self.lead(a, actor);
                self.lead(actor, b);
                self.count += 1;
            }
        }
    }

    fn lead(&mut self, from: ActorIndex, to: ActorIndex) {
        if from != self.ends[0] {
            self.room.after.set(from.at(), to.0);
        }
        if to != self.ends[1] {
            self.room.before.set(to.at(), from.0);
        }
    }

    /// Who comes before an actor on its route, seen from one end.
    fn previous(&self, side: usize, actor: ActorIndex) -> Option<ActorIndex> {
        let marks = if side == 0 { &self.room.before } else { &self.room.after };
        marks.get(actor.at()).filter(|other| *other != NOBODY).map(ActorIndex)
    }

    /// Finds one route more, other routes giving way where they must; or, if there is none, a smallest cut. Neither
    /// when the meter stops it.
    fn augment(&mut self, meter: &mut Meter<'_>) -> Option<Vec<ActorIndex>> {
        let network = self.network;
        let mut fronts = [0, 1].map(|side| {
            let cost = network.dataset().dyads().degree(self.ends[side]);
            let start = leave(side, self.ends[side]);
            self.room.reached[side].forget();
            self.room.reached[side].set(start.at(), code(start));
            Front { places: vec![start], all: vec![start], cost }
        });
        loop {
            let side = usize::from(fronts[1].cost < fronts[0].cost);
            if fronts[side].places.is_empty() {
                return Some(self.cut(side, &fronts[side].all));
            }
            if !meter.take(fronts[side].cost) {
                return None;
            }
            let around = network.around(fronts[side].cost);
            let level = std::mem::take(&mut fronts[side].places);
            fronts[side].cost = 0;
            for place in level {
                if let Some(meeting) = self.go_on(around, side, place, &mut fronts[side]) {
                    self.turn(meeting);
                    self.count += 1;
                    return None;
                }
            }
        }
    }

    /// Reaches what comes next after a place; the place at which the searches meet, if they do.
    fn go_on(&mut self, around: Around<'_>, side: usize, place: Place, front: &mut Front) -> Option<Place> {
        let (Place::Before(actor) | Place::Behind(actor)) = place;
        let previous = self.previous(side, actor);
        if place != leave(side, actor) {
            // A route that passes here can be led another way from the actor before.
            return self.reach(side, place, leave(side, previous.unwrap_or(actor)), front);
        }
        let meeting = match around {
            Around::Asking(walk) => self.walk_on(walk, side, actor, front),
            Around::Passing(walk) => self.walk_on(walk, side, actor, front),
        };
        if meeting.is_some() {
            return meeting;
        }
        match previous {
            Some(_) if actor != self.ends[side] => self.reach(side, place, enter(side, actor), front),
            _ => None,
        }
    }

    /// Reaches those to whom the way goes on from an actor.
    fn walk_on<'w, W: Walk<'w>>(
        &mut self,
        walk: W,
        side: usize,
        actor: ActorIndex,
        front: &mut Front,
    ) -> Option<Place> {
        let is_end = self.ends.contains(&actor);
        let has_direct = self.direct.is_some();
        walk.row(actor).find_map(|slot| {
            let neighbour = W::actor(slot);
            // The direct dyad joins the two ends.
            let is_direct = has_direct && is_end && self.ends.contains(&neighbour);
            if is_direct || neighbour == self.ends[side] || !walk.leads(side, actor, slot) {
                return None;
            }
            self.reach(side, leave(side, actor), enter(side, neighbour), front)
        })
    }

    fn reach(&mut self, side: usize, from: Place, to: Place, front: &mut Front) -> Option<Place> {
        let reached = &mut self.room.reached;
        if reached[side].get(to.at()).is_some() {
            return None;
        }
        reached[side].set(to.at(), code(from));
        if reached[1 - side].get(to.at()).is_some() {
            return Some(to);
        }
        let (Place::Before(actor) | Place::Behind(actor)) = to;
        front.cost += self.network.dataset().dyads().degree(actor);
        front.places.push(to);
        front.all.push(to);
        None
    }

    /// Changes the routes along the way that was found.
    fn turn(&mut self, meeting: Place) {
        let mut way = vec![meeting];
        for side in [0, 1] {
            let start = leave(side, self.ends[side]);
            let mut place = meeting;
            while place != start {
                place = self.room.reached[side].get(place.at()).map_or(start, decode);
                way.push(place);
            }
            if side == 0 {
                way.reverse();
            }
        }
        let (mut dropped, mut added) = (Vec::new(), Vec::new());
        for pair in way.windows(2) {
            match (pair[0], pair[1]) {
                (Place::Behind(from), Place::Before(to)) if from != to => added.push((from, to)),
                (Place::Before(to), Place::Behind(from)) if from != to => dropped.push((from, to)),
                (Place::Before(_) | Place::Behind(_), Place::Before(_) | Place::Behind(_)) => {}
            }
        }
        for (from, to) in dropped {
            self.room.after.set(from.at(), NOBODY);
            self.room.before.set(to.at(), NOBODY);
        }
        for (from, to) in added {
            self.lead(from, to);
        }
    }

    /// Those before whom the search from an end stood, and whom it could not pass.
    fn cut(&self, side: usize, reached: &[Place]) -> Vec<ActorIndex> {
        let is_reached = |place: Place| self.room.reached[side].get(place.at()).is_some();
        let entered = reached.iter().filter_map(|place| {
            let (Place::Before(actor) | Place::Behind(actor)) = *place;
            (*place == enter(side, actor) && !is_reached(leave(side, actor))).then_some(actor)
        });
        let mut cut: Vec<ActorIndex> = entered.collect();
        cut.sort_unstable();
        cut
    }
}

const NOBODY: u32 = u32::MAX;

/// The place at which a search from an end comes to an actor.
fn enter(side: usize, actor: ActorIndex) -> Place {
    if side == 0 { Place::Before(actor) } else { Place::Behind(actor) }
}

/// The place at which it has passed it.
fn leave(side: usize, actor: ActorIndex) -> Place {
    if side == 0 { Place::Behind(actor) } else { Place::Before(actor) }
}

impl Place {
    fn at(self) -> usize {
        code(self) as usize
    }
}

fn code(place: Place) -> u32 {
    match place {
        Place::Before(actor) => 2 * actor.0,
        Place::Behind(actor) => 2 * actor.0 + 1,
    }
}

fn decode(code: u32) -> Place {
    let actor = ActorIndex(code / 2);
    if code.is_multiple_of(2) { Place::Before(actor) } else { Place::Behind(actor) }
}
