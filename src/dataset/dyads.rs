//! Pairs of actors with all ties between them, and who neighbours whom.

use std::sync::Arc;

use super::{
    blocks::{Blocks, Columns},
    column::{Column, number},
    index::{ActorIndex, DyadIndex, TieIndex},
    joined::Moved,
    lists::Lists,
    overlay::Places,
};

/// The dyads of a dataset and the adjacency made of them.
///
/// A dyad is an unordered pair of two different actors that some tie joins, whatever its direction,
/// relation or status. A tie of an actor with itself belongs to no dyad.
#[derive(Clone, Debug, Default)]
pub struct Dyads {
    ends: Column<(ActorIndex, ActorIndex)>,
    ties: Lists<TieIndex>,
    neighbours: Lists<(ActorIndex, DyadIndex)>,
}

impl Dyads {
    /// Groups ties, given as the sources and the targets of each in order of time.
    ///
    /// # Complexity
    /// Time and space O(E + V), for E ties and V actors.
    pub fn group(actor_count: usize, sources: &[ActorIndex], targets: &[ActorIndex]) -> Self {
        let ends =
            || sources.iter().zip(targets).map(|(source, target)| (source.min(target), source.max(target)));
        // Sorted by the higher end, then by the lower, and among equals as they come: in order of time.
        let ties = ends().zip(0..).filter(|((low, high), _)| low != high);
        let by_low = {
            let ties = ties.map(|((low, high), tie)| (high.0, (*low, TieIndex(tie))));
            let by_high = Lists::group(actor_count, ties);
            let rows = (0..number(actor_count)).flat_map(|high| {
                by_high.row(high).iter().map(move |(low, tie)| (low.0, (ActorIndex(high), *tie)))
            });
            Lists::group(actor_count, rows)
        };
        let mut pairs: Vec<(ActorIndex, ActorIndex)> = Vec::new();
        let mut first: Vec<u32> = Vec::new();
        for low in (0..number(actor_count)).map(ActorIndex) {
            for (at, (high, _)) in by_low.range(low.0).zip(by_low.row(low.0)) {
                if pairs.last() != Some(&(low, *high)) {
                    pairs.push((low, *high));
                    first.push(number(at));
                }
            }
        }
        first.push(number(by_low.values().len()));
        let ties = by_low.values().iter().map(|(_, tie)| *tie).collect();
        drop(by_low);
        // Pairs are sorted, so the high ends of an actor come before its low ends, both in order.
        let at = || pairs.iter().enumerate().map(|(at, ends)| (ends, DyadIndex::of(at)));
        let towards_low = at().map(|((low, high), dyad)| (high.0, (*low, dyad)));
        let towards_high = at().map(|((low, high), dyad)| (low.0, (*high, dyad)));
        let neighbours = Lists::group(actor_count, towards_low.chain(towards_high));
        Self { ties: Lists::new(first, ties), neighbours, ends: pairs.into() }
    }

    /// The dyads with those of later ties among them, given as source, target and row; others have moved.
    ///
    /// # Complexity
    /// Time O(k log D), for k later ties and D dyads; lists are put together when they are asked for.
    pub(super) fn with_later(
        &self,
        later: &[(ActorIndex, ActorIndex, TieIndex)],
        places: &Arc<Places>,
    ) -> Self {
        let sorted = |(source, target, tie): &(ActorIndex, ActorIndex, TieIndex)| {
            ((*source.min(target), *source.max(target)), *tie)
        };
        let mut later: Vec<_> = later.iter().map(sorted).filter(|((low, high), _)| low != high).collect();
        later.sort_unstable();
        // The pairs that are new, each with how many others stand before it, and the row of each pair.
        let mut new: Vec<(u32, (ActorIndex, ActorIndex))> = Vec::new();
        let mut more: Vec<(u32, TieIndex)> = Vec::with_capacity(later.len());
        for pair in later.chunk_by(|a, b| a.0 == b.0) {
            let ends = pair[0].0;
            let before = self.ends.partition_point(|other| other < ends);
            let row = number(before + new.len());
            if self.ends.get(before) != Some(ends) {
                new.push((number(before), ends));
            }
            more.extend(pair.iter().map(|(_, tie)| (row, *tie)));
        }
        let at: Arc<[u32]> =
            new.iter().zip(0..).map(|((before, _), earlier): (_, u32)| before + earlier).collect();
        let moved = {
            let places = places.clone();
            Moved::by(move |tie: TieIndex| TieIndex(places.moved(tie.0)))
        };
        let ties = self.ties.joined(&at, more, moved);
        if new.is_empty() {
            return Self { ends: self.ends.clone(), ties, neighbours: self.neighbours.clone() };
        }
        let (before, pairs): (Vec<u32>, Vec<_>) = new.into_iter().unzip();
        let ends = self.ends.moved(&at, pairs.clone(), Moved::by(|ends| ends));
        let towards = pairs.iter().zip(at.iter()).flat_map(|((low, high), dyad)| {
            [(low.0, (*high, DyadIndex(*dyad))), (high.0, (*low, DyadIndex(*dyad)))]
        });
        let moved = Moved::by(move |(actor, dyad): (ActorIndex, DyadIndex)| {
            (actor, DyadIndex(dyad.0 + number(before.partition_point(|before| *before <= dyad.0))))
        });
        let neighbours = self.neighbours.joined(&Arc::default(), towards.collect(), moved);
        Self { ends, ties, neighbours }
    }

    pub(super) fn store<'c>(&'c self, columns: &mut Columns<'c>) {
        columns.push("dyads.ends", self.ends.whole());
        columns.lists(["dyads.ties.offsets", "dyads.ties"], &self.ties);
        columns.lists(["neighbours.offsets", "neighbours"], &self.neighbours);
    }

    /// The dyads of a file; `None` where a column is missing.
    pub(super) fn stored(blocks: &Arc<Blocks>) -> Option<Self> {
        Some(Self {
            ends: Column::stored(blocks, "dyads.ends")?,
            ties: Lists::stored(blocks, "dyads.ties.offsets", "dyads.ties")?,
            neighbours: Lists::stored(blocks, "neighbours.offsets", "neighbours")?,
        })
    }

    /// How many dyads there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// All dyads, sorted by their ends.
    pub fn all(&self) -> impl Iterator<Item = DyadIndex> + use<> {
        (0..number(self.count())).map(DyadIndex)
    }

    /// Its two actors, the smaller row first.
    pub fn ends(&self, dyad: DyadIndex) -> (ActorIndex, ActorIndex) {
        self.ends.at(dyad.at())
    }

    /// Its ties in order of time.
    pub fn ties(&self, dyad: DyadIndex) -> &[TieIndex] {
        self.ties.row(dyad.0)
    }

    /// The neighbours of an actor in order, each with the dyad that leads there.
    pub fn neighbours(&self, actor: ActorIndex) -> &[(ActorIndex, DyadIndex)] {
        self.neighbours.row(actor.0)
    }

    /// How many neighbours an actor has.
    pub fn degree(&self, actor: ActorIndex) -> usize {
        self.neighbours.count(actor.0)
    }

    /// The dyad of two actors.
    ///
    /// # Complexity
    /// Time O(log d), for the smaller degree d.
    pub fn between(&self, a: ActorIndex, b: ActorIndex) -> Option<DyadIndex> {
        let (few, other) = if self.degree(a) <= self.degree(b) { (a, b) } else { (b, a) };
        let list = self.neighbours(few);
        list.binary_search_by_key(&other, |(actor, _)| *actor).ok().map(|at| list[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parallel_ties_are_one_dyad_and_a_tie_with_itself_none() {
        let [a, b, c] = [0, 1, 2].map(ActorIndex);
        let dyads = Dyads::group(3, &[b, a, c, b], &[a, b, c, c]);
        assert_eq!(dyads.count(), 2);
        let ab = dyads.between(a, b).unwrap();
        assert_eq!(dyads.ties(ab), [TieIndex(0), TieIndex(1)]);
        assert_eq!(dyads.neighbours(b).iter().map(|(actor, _)| *actor).collect::<Vec<_>>(), [a, c]);
        assert_eq!(dyads.between(a, c), None);
    }
}
