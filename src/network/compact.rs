//! A network made into a graph of its own, for sweeps over everything and for many searches.

use super::Network;
use crate::{
    dataset::{ActorIndex, DyadIndex, Lists, TieIndex},
    lens::Direction,
};

/// The dyads of a network that pass, as adjacency lists.
///
/// Rows are those of the dataset's actors: an actor that does not pass has no neighbours.
#[derive(Debug)]
pub struct Compact {
    neighbours: Lists<ActorIndex>,
    dyads: Vec<DyadIndex>,
    /// The neighbours with their dyads, where it counts which way a dyad leads.
    ways: Option<Lists<(ActorIndex, DyadIndex)>>,
}

impl Compact {
    pub(super) fn new(network: &Network<'_>) -> Self {
        let dataset = network.dataset();
        let (base, actor_count) = (dataset.dyads(), dataset.actors().count());
        let dyads = live(network);
        let at = || base.with_ends(&dyads);
        // Pairs are sorted, so the high ends of an actor come before its low ends, both in order.
        let both = || {
            let towards_low = at().map(|(dyad, (low, high))| (high.0, (low, dyad)));
            towards_low.chain(at().map(|(dyad, (low, high))| (low.0, (high, dyad))))
        };
        let is_directed = network.predicate().lens().direction == Direction::Forward;
        let ways = is_directed.then(|| Lists::group(actor_count, both()));
        let neighbours = Lists::group(actor_count, both().map(|(actor, (other, _))| (actor, other)));
        Self { neighbours, dyads, ways }
    }

    /// The neighbours of an actor, in order.
    pub fn neighbours(&self, actor: ActorIndex) -> &[ActorIndex] {
        self.neighbours.row(actor.0)
    }

    /// The dyads that pass, in order.
    pub fn dyads(&self) -> &[DyadIndex] {
        &self.dyads
    }

    /// The neighbours of all actors.
    pub(super) fn rows(&self) -> &Lists<ActorIndex> {
        &self.neighbours
    }

    /// The same with their dyads, where it counts which way a dyad leads.
    pub(super) fn ways(&self) -> Option<&Lists<(ActorIndex, DyadIndex)>> {
        self.ways.as_ref()
    }
}

/// Ties are looked up one by one where no more than one passes for so many dyads.
const FEW: usize = 16;

/// The dyads of which a tie passes, in order.
fn live(network: &Network<'_>) -> Vec<DyadIndex> {
    let dataset = network.dataset();
    let (base, ties) = (dataset.dyads(), dataset.ties());
    let passing: Vec<TieIndex> = network.passing().collect();
    if passing.len() * FEW <= base.count() {
        let dyad = |tie: &TieIndex| base.between(ties.source(*tie), ties.target(*tie));
        let mut dyads: Vec<DyadIndex> = passing.iter().filter_map(dyad).collect();
        dyads.sort_unstable();
        dyads.dedup();
        return dyads;
    }
    // A bit a tie: looked up dyad by dyad, they have to stay near.
    let mut bits = vec![0_u64; ties.count().div_ceil(64)];
    for tie in passing {
        bits[tie.at() / 64] |= 1 << (tie.at() % 64);
    }
    let passes = |tie: &TieIndex| bits[tie.at() / 64] >> (tie.at() % 64) & 1 == 1;
    base.all().filter(|dyad| base.ties(*dyad).iter().any(passes)).collect()
}
