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
    network::Network,
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
    let mut search = Search { network, reached, ends, direct, towards: FxHashMap::default() };
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
    /// The dyads that routes found so far walk, with the actor to whom they lead.
    towards: FxHashMap<DyadIndex, ActorIndex>,
}

impl Search<'_, '_> {
    /// Finds one route more, other routes giving way where they must; or, if there is none, a smallest cut. Neither
    /// when the meter stops it.
    fn augment(&mut self, meter: &mut Meter<'_>) -> Option<Vec<DyadIndex>> {
        let dyads = self.network.dataset().dyads();
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
            costs[side] = 0;
            for at in level {
                let actor = all[side][at];
                for (neighbour, dyad) in dyads.neighbours(actor) {
                    // The way goes towards the second end, from whichever end it is searched.
                    let (tail, head) = if side == 0 { (actor, *neighbour) } else { (*neighbour, actor) };
                    // A route that walks it the other way gives way, whichever way its ties lead.
                    let is_free = match self.towards.get(dyad) {
                        Some(to) => *to != head,
                        None => self.network.leads(tail, head, *dyad),
                    };
                    if self.reached[side].get(neighbour.at()).is_some()
                        || Some(*dyad) == self.direct
                        || !is_free
                    {
                        continue;
                    }
                    self.reached[side].set(neighbour.at(), actor.0);
                    if self.reached[1 - side].get(neighbour.at()).is_some() {
                        self.turn(*neighbour);
                        return None;
                    }
                    all[side].push(*neighbour);
                    costs[side] += dyads.degree(*neighbour);
                }
            }
        }
    }

    /// Changes the routes along the way that passes through the actor at which the searches met.
    fn turn(&mut self, meeting: ActorIndex) {
        for side in [0, 1] {
            let mut at = meeting;
            while at != self.ends[side] {
                let Some(from) = self.reached[side].get(at.at()).map(ActorIndex) else { return };
                let head = if side == 0 { at } else { from };
                if let Some(dyad) = self.network.dataset().dyads().between(at, from)
                    && self.towards.remove(&dyad).is_none()
                {
                    self.towards.insert(dyad, head);
                }
                at = from;
            }
        }
    }

    /// The dyads between those whom the search from an end reached and the others.
    fn cut(&self, side: usize, reached: &[ActorIndex]) -> Vec<DyadIndex> {
        let mut cut: Vec<DyadIndex> = Vec::new();
        for actor in reached {
            for (other, dyad) in self.network.dataset().dyads().neighbours(*actor) {
                let (from, to) = if side == 0 { (*actor, *other) } else { (*other, *actor) };
                let is_outward = self.reached[side].get(other.at()).is_none();
                if is_outward && Some(*dyad) != self.direct && self.network.leads(from, to, *dyad) {
                    cut.push(*dyad);
                }
            }
        }
        cut.sort_unstable();
        cut
    }
}
