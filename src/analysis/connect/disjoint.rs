//! How many routes share no connector, and who parts two actors when taken away.
//!
//! # References
//! Menger, K. (1927). Zur allgemeinen Kurventheorie. Fundamenta Mathematicae 10, 96–115.
//! DOI 10.4064/fm-10-1-96-115 (the two numbers are one). Even, S., Tarjan, R. E. (1975). Network flow and
//! testing graph connectivity. SIAM Journal on Computing 4(4), 507–518. DOI 10.1137/0204043 (flow of one
//! unit through each actor).

use std::collections::VecDeque;

use crate::{
    dataset::{ActorIndex, DyadIndex},
    network::Network,
};

/// So many disjoint routes are looked for.
pub const DISJOINT_LIMIT: u32 = 64;

/// How many routes share no connector, the direct dyad left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disjoint {
    /// How many; [`DISJOINT_LIMIT`] where there may be more.
    pub count: u32,
    /// Whether the search stopped at the limit.
    pub is_bounded: bool,
    /// A smallest set of actors without whom no route joins the two, in order: of several the one nearest to
    /// the first actor. Empty where the search stopped at the limit.
    pub cut: Vec<ActorIndex>,
}

/// Counts the routes between two different actors that share no connector, and finds one smallest cut.
///
/// # Complexity
/// Time O(min(c, 64)·(V + E)), space O(V), for c disjoint routes, V actors and E ties.
pub(super) fn disjoint(
    network: &Network<'_>,
    a: ActorIndex,
    b: ActorIndex,
    direct: Option<DyadIndex>,
) -> Disjoint {
    let mut search = Search::new(network, a, b, direct);
    // An actor tied to both is a route of its own in some largest set of disjoint routes.
    for (actor, dyad) in network.neighbours(a) {
        if search.count < DISJOINT_LIMIT && Some(dyad) != direct && network.dyad(actor, b).is_some() {
            search.lead(a, actor);
            search.lead(actor, b);
            search.count += 1;
        }
    }
    while search.count < DISJOINT_LIMIT {
        if !search.augment() {
            let cut = network.dataset().actors().all().filter(|actor| search.is_cut(*actor)).collect();
            return Disjoint { count: search.count, is_bounded: false, cut };
        }
    }
    Disjoint { count: search.count, is_bounded: true, cut: Vec::new() }
}

const NOBODY: u32 = u32::MAX;

/// Where a search stands: before an actor, not yet having passed it, or behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before(ActorIndex),
    Behind(ActorIndex),
}

struct Search<'s, 'd> {
    network: &'s Network<'d>,
    a: ActorIndex,
    b: ActorIndex,
    direct: Option<DyadIndex>,
    count: u32,
    /// By actor: the one that comes before and after it on a route found so far.
    previous: Vec<u32>,
    next: Vec<u32>,
    /// By place, twice the actor and one more behind it: from where it was reached.
    reached: Vec<u32>,
}

impl<'s, 'd> Search<'s, 'd> {
    fn new(network: &'s Network<'d>, a: ActorIndex, b: ActorIndex, direct: Option<DyadIndex>) -> Self {
        let count = network.dataset().actors().count();
        Self {
            network,
            a,
            b,
            direct,
            count: 0,
            previous: vec![NOBODY; count],
            next: vec![NOBODY; count],
            reached: vec![NOBODY; 2 * count],
        }
    }

    fn lead(&mut self, from: ActorIndex, to: ActorIndex) {
        if from != self.a {
            self.next[from.at()] = to.0;
        }
        if to != self.b {
            self.previous[to.at()] = from.0;
        }
    }

    /// Finds one route more, other routes giving way where they must.
    fn augment(&mut self) -> bool {
        self.reached.fill(NOBODY);
        let start = Place::Behind(self.a);
        self.reached[start.at()] = code(start);
        let mut queue = VecDeque::from([start]);
        while let Some(place) = queue.pop_front() {
            match place {
                Place::Before(actor) => {
                    // A route that passes here can be led another way from the actor before.
                    let before = self.previous[actor.at()];
                    let on = if before == NOBODY {
                        Place::Behind(actor)
                    } else {
                        Place::Behind(ActorIndex(before))
                    };
                    self.visit(place, on, &mut queue);
                }
                Place::Behind(actor) => {
                    for (neighbour, dyad) in self.network.neighbours(actor) {
                        if Some(dyad) == self.direct || neighbour == self.a {
                            continue;
                        }
                        if neighbour == self.b {
                            self.turn(place);
                            self.count += 1;
                            return true;
                        }
                        self.visit(place, Place::Before(neighbour), &mut queue);
                    }
                    if actor != self.a && self.previous[actor.at()] != NOBODY {
                        self.visit(place, Place::Before(actor), &mut queue);
                    }
                }
            }
        }
        false
    }

    fn visit(&mut self, from: Place, to: Place, queue: &mut VecDeque<Place>) {
        if self.reached[to.at()] == NOBODY {
            self.reached[to.at()] = code(from);
            queue.push_back(to);
        }
    }

    /// Changes the routes along the way that was found, which ends in a dyad with the second actor.
    fn turn(&mut self, last: Place) {
        let (mut dropped, mut added) = (Vec::new(), Vec::new());
        let mut place = last;
        if let Place::Behind(actor) = last {
            added.push((actor, self.b));
        }
        while place != Place::Behind(self.a) {
            let from = decode(self.reached[place.at()]);
            match (from, place) {
                (Place::Behind(actor), Place::Before(neighbour)) if actor != neighbour => {
                    added.push((actor, neighbour));
                }
                (Place::Before(actor), Place::Behind(before)) if actor != before => {
                    dropped.push((before, actor));
                }
                _ => {}
            }
            place = from;
        }
        for (from, to) in dropped {
            if self.next[from.at()] == to.0 {
                self.next[from.at()] = NOBODY;
            }
            self.previous[to.at()] = NOBODY;
        }
        for (from, to) in added {
            self.lead(from, to);
        }
    }

    /// Whether the last search came before an actor and could not pass it.
    fn is_cut(&self, actor: ActorIndex) -> bool {
        let is_reached = |place: Place| self.reached[place.at()] != NOBODY;
        actor != self.b && is_reached(Place::Before(actor)) && !is_reached(Place::Behind(actor))
    }
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
