//! How many routes share no dyad, and which dyads part two actors when taken away.
//!
//! The counterpart of `disjoint.rs` for hops: here routes may share a connector, if they come to it and leave it by
//! ties with different others.
//!
//! # References
//! Ford, L. R., Fulkerson, D. R. (1956). Maximal flow through a network. Canadian Journal of Mathematics 8,
//! 399–404. DOI 10.4153/CJM-1956-045-5.

use rustc_hash::FxHashMap;

use super::DISJOINT_LIMIT;
use crate::{
    analysis::{marks::Marks, meter::Meter},
    dataset::{ActorIndex, DyadIndex},
    network::{Around, Network, Walk},
};

/// How many routes share no dyad, the direct dyad left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DyadDisjoint {
    /// How many; [`DISJOINT_LIMIT`] where there may be more.
    pub count: u32,
    /// Whether the search stopped at the limit, or the meter stopped it: there may be more.
    pub is_bounded: bool,
    /// A smallest set of dyads without which no route joins the two, in order: of several the one nearest to the
    /// end round which less had to be searched. Empty where there may be more routes.
    pub cut: Vec<DyadIndex>,
}

/// Counts the routes between two different actors that share no dyad, and finds one smallest cut; `reached` is room
/// for searches from either end.
///
/// # Complexity
/// Time O(min(c, 64)·k), for c disjoint routes and the k dyads of the actors that the searches reach from both ends
/// before they meet.
pub(super) fn dyad_disjoint(
    network: &Network<'_>,
    reached: &mut [Marks; 2],
    ends: [ActorIndex; 2],
    direct: Option<DyadIndex>,
    meter: &mut Meter<'_>,
) -> DyadDisjoint {
    let mut search =
        Search { network, reached, ends, direct, onward: Steps::default(), back: Steps::default() };
    for count in 0..DISJOINT_LIMIT {
        if let Some(cut) = search.augment(meter) {
            return DyadDisjoint { count, is_bounded: false, cut };
        }
        if meter.stopped().is_some() {
            return DyadDisjoint { count, is_bounded: true, cut: Vec::new() };
        }
    }
    DyadDisjoint { count: DISJOINT_LIMIT, is_bounded: true, cut: Vec::new() }
}

struct Search<'s, 'd> {
    network: &'s Network<'d>,
    /// By actor: from whom it was reached, from the first end and from the second.
    reached: &'s mut [Marks; 2],
    ends: [ActorIndex; 2],
    direct: Option<DyadIndex>,
    /// By actor: to whom routes found so far lead on, and from whom they come.
    onward: Steps,
    back: Steps,
}

type Steps = FxHashMap<ActorIndex, Vec<ActorIndex>>;

/// The steps at an actor.
fn steps_at(steps: &Steps, actor: ActorIndex) -> &[ActorIndex] {
    steps.get(&actor).map_or(&[], Vec::as_slice)
}

/// Takes the step from one actor to another away, if it is there.
fn take(steps: &mut Steps, from: ActorIndex, to: ActorIndex) -> bool {
    let place = steps.get(&from).and_then(|all| all.iter().position(|other| *other == to));
    if let (Some(place), Some(all)) = (place, steps.get_mut(&from)) {
        all.swap_remove(place);
    }
    place.is_some()
}

impl Search<'_, '_> {
    /// Finds one route more, other routes giving way where they must; or, if there is none, a smallest cut. Neither
    /// when the meter stops it.
    fn augment(&mut self, meter: &mut Meter<'_>) -> Option<Vec<DyadIndex>> {
        let network = self.network;
        let dyads = network.dataset().dyads();
        let mut all = self.ends.map(|end| vec![end]);
        // Where in `all` the next level begins, and how many dyads it takes.
        let mut next = [0, 0];
        let mut costs = self.ends.map(|end| dyads.degree(end));
        for (marks, end) in self.reached.iter_mut().zip(self.ends) {
            marks.forget();
            marks.set(end.at(), end.0);
        }
        loop {
            let side = usize::from(costs[1] < costs[0]);
            let level = next[side]..all[side].len();
            if level.is_empty() {
                return Some(self.cut(side, &all[side]));
            }
            if !meter.take(costs[side]) {
                return None;
            }
            next[side] = level.end;
            let around = network.around(costs[side]);
            for at in level {
                let meeting = match around {
                    Around::Asking(walk) => self.walk_on(walk, side, at, &mut all[side]),
                    Around::Passing(walk) => self.walk_on(walk, side, at, &mut all[side]),
                };
                if let Some(meeting) = meeting {
                    self.turn(meeting);
                    return None;
                }
            }
            costs[side] = all[side][next[side]..].iter().map(|actor| dyads.degree(*actor)).sum();
        }
    }

    /// Reaches those to whom the way goes on from an actor; the first of them that the other search has reached.
    fn walk_on<'w, W: Walk<'w>>(
        &mut self,
        walk: W,
        side: usize,
        at: usize,
        all: &mut Vec<ActorIndex>,
    ) -> Option<ActorIndex> {
        let actor = all[at];
        let (onward, back) = (steps_at(&self.onward, actor), steps_at(&self.back, actor));
        // Routes give way to whoever walks back along them, whichever way the ties lead.
        let (used, giving_way) = if side == 0 { (onward, back) } else { (back, onward) };
        // The direct dyad joins the two ends.
        let barred = self.direct.filter(|_| actor == self.ends[side]).map(|_| self.ends[1 - side]);
        let [here, there] = &mut *self.reached;
        let (own, other) = if side == 0 { (here, there) } else { (there, here) };
        for slot in walk.row(actor) {
            let neighbour = W::actor(slot);
            if own.get(neighbour.at()).is_some() || Some(neighbour) == barred || used.contains(&neighbour) {
                continue;
            }
            if !giving_way.contains(&neighbour) && !walk.leads(side, actor, slot) {
                continue;
            }
            own.set(neighbour.at(), actor.0);
            if other.get(neighbour.at()).is_some() {
                return Some(neighbour);
            }
            all.push(neighbour);
        }
        None
    }

    /// Changes the routes along the way that passes through the actor at which the searches met.
    fn turn(&mut self, meeting: ActorIndex) {
        for side in [0, 1] {
            let mut at = meeting;
            while at != self.ends[side] {
                let Some(from) = self.reached[side].get(at.at()).map(ActorIndex) else { return };
                let (tail, head) = if side == 0 { (from, at) } else { (at, from) };
                if take(&mut self.onward, head, tail) {
                    take(&mut self.back, tail, head);
                } else {
                    self.onward.entry(tail).or_default().push(head);
                    self.back.entry(head).or_default().push(tail);
                }
                at = from;
            }
        }
    }

    /// The dyads between those whom the search from an end reached and the others.
    fn cut(&self, side: usize, reached: &[ActorIndex]) -> Vec<DyadIndex> {
        let is_outside = |other: ActorIndex| self.reached[side].get(other.at()).is_none();
        let around = self.network.around(0);
        let leading_out = reached.iter().flat_map(|actor| -> Vec<(ActorIndex, DyadIndex)> {
            match around {
                Around::Asking(walk) => walk.onward_to(side, *actor, is_outside).collect(),
                Around::Passing(walk) => walk.onward_to(side, *actor, is_outside).collect(),
            }
        });
        let dyads = leading_out.map(|(_, dyad)| dyad);
        let mut cut: Vec<DyadIndex> = dyads.filter(|dyad| Some(*dyad) != self.direct).collect();
        cut.sort_unstable();
        cut
    }
}
