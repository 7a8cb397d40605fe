//! Pairs of actors with all ties between them, and who neighbours whom.

use super::{
    column::{Column, Lists, number},
    index::{ActorIndex, DyadIndex, TieIndex},
};

/// The dyads of a dataset and the adjacency made of them.
///
/// A dyad is an unordered pair of two different actors that some tie joins, whatever its direction,
/// relation or status. A tie of an actor with itself belongs to no dyad.
#[derive(Debug, Default)]
pub struct Dyads {
    ends: Column<(ActorIndex, ActorIndex)>,
    ties: Lists<TieIndex>,
    neighbours: Lists<(ActorIndex, DyadIndex)>,
}

impl Dyads {
    /// Groups ties, given as the ends of each in order of time.
    ///
    /// # Complexity
    /// Time O(E log E + V), space O(E + V), for E ties and V actors.
    pub fn group(actor_count: usize, ends: impl Iterator<Item = (ActorIndex, ActorIndex)>) -> Self {
        let mut rows: Vec<(ActorIndex, ActorIndex, TieIndex)> = ends
            .enumerate()
            .filter(|(_, (source, target))| source != target)
            .map(|(tie, (source, target))| (source.min(target), source.max(target), TieIndex::of(tie)))
            .collect();
        rows.sort_unstable();
        let mut pairs: Vec<(ActorIndex, ActorIndex)> = Vec::new();
        let mut ties = Vec::with_capacity(rows.len());
        for (low, high, tie) in rows {
            if pairs.last() != Some(&(low, high)) {
                pairs.push((low, high));
            }
            ties.push((number(pairs.len() - 1), tie));
        }
        // Pairs are sorted, so the high ends of an actor come before its low ends, both in order.
        let mut neighbours = Vec::with_capacity(pairs.len() * 2);
        neighbours
            .extend(pairs.iter().enumerate().map(|(at, (low, high))| (high.0, (*low, DyadIndex::of(at)))));
        neighbours
            .extend(pairs.iter().enumerate().map(|(at, (low, high))| (low.0, (*high, DyadIndex::of(at)))));
        Self {
            ties: Lists::group(pairs.len(), &ties),
            neighbours: Lists::group(actor_count, &neighbours),
            ends: pairs.into(),
        }
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
        self.ends[dyad.at()]
    }

    /// Its ties in order of time.
    pub fn ties(&self, dyad: DyadIndex) -> &[TieIndex] {
        self.ties.row(dyad.0)
    }

    /// The neighbours of an actor in order, each with the dyad that leads there.
    pub fn neighbours(&self, actor: ActorIndex) -> &[(ActorIndex, DyadIndex)] {
        self.neighbours.row(actor.0)
    }

    /// The dyad of two actors.
    ///
    /// # Complexity
    /// Time O(log d), for the smaller degree d.
    pub fn between(&self, a: ActorIndex, b: ActorIndex) -> Option<DyadIndex> {
        let (few, other) = if self.neighbours(a).len() <= self.neighbours(b).len() { (a, b) } else { (b, a) };
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
        let dyads = Dyads::group(3, [(b, a), (a, b), (c, c), (b, c)].into_iter());
        assert_eq!(dyads.count(), 2);
        let ab = dyads.between(a, b).unwrap();
        assert_eq!(dyads.ties(ab), [TieIndex(0), TieIndex(1)]);
        assert_eq!(dyads.neighbours(b).iter().map(|(actor, _)| *actor).collect::<Vec<_>>(), [a, c]);
        assert_eq!(dyads.between(a, c), None);
    }
}
