//! Pairs of actors with all ties between them, and who neighbours whom.

use std::{ops::Range, sync::Arc};

use super::{
    blocks::{Blocks, Columns},
    bundles::Bundles,
    column::{number, partition},
    index::{ActorIndex, DyadIndex, TieIndex},
    joined::Moved,
    joined_lists::ByRow as _,
    lists::Lists,
    overlay::Places,
    triples::{Bounds, Packed},
};

/// The dyads of a dataset and the adjacency made of them.
///
/// A dyad is an unordered pair of two different actors that some tie joins, whatever its direction,
/// relation or status. A tie of an actor with itself belongs to no dyad.
#[derive(Clone, Debug, Default)]
pub struct Dyads {
    /// By actor the neighbours behind it, in order: the place of one among all is the number of their dyad.
    above: Lists<ActorIndex>,
    /// By actor the neighbours before it, in order, each with the dyad.
    below: Lists<(ActorIndex, DyadIndex)>,
    ties: Bundles,
}

/// The neighbours of an actor in order, each with the dyad that leads there.
#[derive(Clone, Debug, Default)]
pub struct Neighbours<'d> {
    below: &'d [(ActorIndex, DyadIndex)],
    above: &'d [ActorIndex],
    /// The dyad of the first that is above.
    first: DyadIndex,
}

impl<'d> Neighbours<'d> {
    /// Neighbours that stand in a row.
    pub(crate) fn of(row: &'d [(ActorIndex, DyadIndex)]) -> Self {
        Self { below: row, ..Self::default() }
    }

    /// How many come before the first that is behind an actor.
    pub(crate) fn up_to(&self, last: ActorIndex) -> usize {
        self.below.partition_point(|(other, _)| *other <= last)
            + self.above.partition_point(|other| *other <= last)
    }
}

impl Iterator for Neighbours<'_> {
    type Item = (ActorIndex, DyadIndex);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some((next, rest)) = self.below.split_first() {
            self.below = rest;
            return Some(*next);
        }
        let (next, rest) = self.above.split_first()?;
        self.above = rest;
        let dyad = self.first;
        self.first.0 += 1;
        Some((*next, dyad))
    }

    fn nth(&mut self, count: usize) -> Option<Self::Item> {
        let below = count.min(self.below.len());
        self.below = &self.below[below..];
        if self.below.is_empty() {
            let above = (count - below).min(self.above.len());
            self.above = &self.above[above..];
            self.first.0 += number(above);
        }
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let count = self.below.len() + self.above.len();
        (count, Some(count))
    }

    #[inline]
    fn fold<A, F: FnMut(A, Self::Item) -> A>(self, start: A, mut step: F) -> A {
        let Self { below, above, first } = self;
        let sum = below.iter().fold(start, |sum, next| step(sum, *next));
        (first.0..).zip(above).fold(sum, |sum, (dyad, next)| step(sum, (*next, DyadIndex(dyad))))
    }
}

impl ExactSizeIterator for Neighbours<'_> {}

impl Dyads {
    /// Groups ties, given as the sources and the targets of each in order of time.
    ///
    /// # Complexity
    /// Time O(V + E log E), which for ties spread evenly is near O(V + E); space O(V + E), for E ties and V actors.
    pub fn group(actor_count: usize, sources: &[ActorIndex], targets: &[ActorIndex]) -> Self {
        let bounds = Bounds::of(actor_count, sources.len());
        let grouped = if bounds.are_narrow() { Self::grouped::<u64> } else { Self::grouped::<u128> };
        grouped(bounds, actor_count, sources, targets)
    }

    fn grouped<W: Packed>(
        bounds: Bounds,
        actor_count: usize,
        sources: &[ActorIndex],
        targets: &[ActorIndex],
    ) -> Self {
        let ties = (0..).zip(sources.iter().zip(targets));
        let ties = ties.map(|(tie, (source, target))| [source.min(target).0, source.max(target).0, tie]);
        let sorted = bounds.sorted::<W>(ties.filter(|[low, high, _]| low != high));
        let (mut above, mut counts): (Vec<ActorIndex>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut starts = Vec::with_capacity(actor_count + 1);
        let mut last = None;
        for [low, high, _] in sorted.iter() {
            if last == Some((low, high)) {
                *counts.last_mut().expect("a dyad has a tie") += 1;
                continue;
            }
            last = Some((low, high));
            // Actors between have no neighbour behind them.
            starts.resize(starts.len().max(low as usize + 1), number(above.len()));
            above.push(ActorIndex(high));
            counts.push(1);
        }
        starts.resize(actor_count + 1, number(above.len()));
        let ties = Bundles::of(counts.into_iter(), sorted.iter().map(|[.., tie]| TieIndex(tie)));
        drop(sorted);
        let above = Lists::new(starts, above);
        let (starts, highs) = above.parts();
        let dyads = (0..).zip(highs).scan(0, |low: &mut u32, (dyad, high)| {
            while starts[*low as usize + 1] <= dyad {
                *low += 1;
            }
            Some([high.0, *low, dyad])
        });
        let sorted = bounds.sorted::<W>(dyads);
        let mut starts = Vec::with_capacity(actor_count + 1);
        for (at, [high, ..]) in (0..).zip(sorted.iter()) {
            starts.resize(starts.len().max(high as usize + 1), at);
        }
        starts.resize(actor_count + 1, number(above.value_count()));
        let below = sorted.iter().map(|[_, low, dyad]| (ActorIndex(low), DyadIndex(dyad))).collect();
        Self { below: Lists::new(starts, below), above, ties }
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
            let (low, high) = pair[0].0;
            let here = self.above.row(low.0);
            let before = here.partition_point(|other| *other < high);
            let row = self.above.start(low.0) + before;
            more.extend(pair.iter().map(|(_, tie)| (number(row + new.len()), *tie)));
            if here.get(before) != Some(&high) {
                new.push((number(row), (low, high)));
            }
        }
        let at: Arc<[u32]> =
            new.iter().zip(0..).map(|((before, _), earlier): (_, u32)| before + earlier).collect();
        let moved = {
            let places = places.clone();
            Moved::by(move |tie: TieIndex| TieIndex(places.moved(tie.0)))
        };
        let ties = self.ties.joined(&at, more, moved);
        if new.is_empty() {
            return Self { above: self.above.clone(), below: self.below.clone(), ties };
        }
        let (before, pairs): (Vec<u32>, Vec<_>) = new.into_iter().unzip();
        let above = pairs.iter().map(|(low, high)| (low.0, *high)).collect();
        let above = self.above.joined(&Arc::default(), above, Moved::by(|actor| actor));
        let below = pairs.iter().zip(at.iter()).map(|((low, high), dyad)| (high.0, (*low, DyadIndex(*dyad))));
        let moved = Moved::by(move |(actor, dyad): (ActorIndex, DyadIndex)| {
            (actor, DyadIndex(dyad.0 + number(before.partition_point(|before| *before <= dyad.0))))
        });
        let below = self.below.joined(&Arc::default(), below.collect(), moved);
        Self { above, below, ties }
    }

    pub(super) fn store<'c>(&'c self, columns: &mut Columns<'c>) {
        columns.lists(["dyads.above.offsets", "dyads.above"], &self.above);
        columns.lists(["dyads.below.offsets", "dyads.below"], &self.below);
        self.ties.store(columns);
    }

    /// The dyads of a file; `None` where a column is missing.
    pub(super) fn stored(blocks: &Arc<Blocks>) -> Option<Self> {
        Some(Self {
            above: Lists::stored(blocks, "dyads.above.offsets", "dyads.above")?,
            below: Lists::stored(blocks, "dyads.below.offsets", "dyads.below")?,
            ties: Bundles::stored(blocks)?,
        })
    }

    /// How many dyads there are.
    pub fn count(&self) -> usize {
        self.above.value_count()
    }

    /// All dyads, sorted by their ends.
    pub fn all(&self) -> impl Iterator<Item = DyadIndex> + use<> {
        (0..number(self.count())).map(DyadIndex)
    }

    /// Its two actors, the smaller row first.
    ///
    /// # Complexity
    /// Time O(log V), for V actors; for many dyads in order there is [`with_ends`](Self::with_ends).
    pub fn ends(&self, dyad: DyadIndex) -> (ActorIndex, ActorIndex) {
        let low = self.low_end(dyad, 0..self.last_actor());
        (ActorIndex(low), self.high_end(dyad, low))
    }

    fn last_actor(&self) -> u32 {
        number(self.above.row_count().saturating_sub(1))
    }

    /// Whether the dyads of which an actor is the lower end do not all stand before a dyad.
    fn reaches(&self, actor: u32, dyad: DyadIndex) -> bool {
        self.above.start(actor + 1) > dyad.at()
    }

    /// The lower end of a dyad, which is one of some actors or the one behind them.
    fn low_end(&self, dyad: DyadIndex, actors: Range<u32>) -> u32 {
        let actors = actors.start as usize..actors.end as usize;
        number(partition(actors, |actor| !self.reaches(number(actor), dyad)))
    }

    /// The lower end of a dyad, which is likely to be soon after an actor, and not before it.
    fn low_end_from(&self, dyad: DyadIndex, mut low: u32) -> u32 {
        let (last, mut step) = (self.last_actor(), 1);
        loop {
            let high = low.saturating_add(step).min(last);
            if high == last || self.reaches(high, dyad) {
                return self.low_end(dyad, low..high);
            }
            (low, step) = (high, step.saturating_mul(2));
        }
    }

    fn high_end(&self, dyad: DyadIndex, low: u32) -> ActorIndex {
        let at = dyad.at().wrapping_sub(self.above.start(low));
        // Where columns are damaged that is told, and an actor that is none of the dyad does no more harm.
        self.above.row(low).get(at).copied().unwrap_or_default()
    }

    /// Dyads with their two actors, the smaller row first.
    ///
    /// # Complexity
    /// Time O(log V) each at most, and O(1) where dyads that come in order are most of all.
    pub fn with_ends<'d>(
        &'d self,
        dyads: &'d [DyadIndex],
    ) -> impl Iterator<Item = (DyadIndex, (ActorIndex, ActorIndex))> + Clone {
        let (mut low, mut here) = (0, 0..0);
        dyads.iter().map(move |dyad| {
            if !here.contains(&dyad.at()) {
                low = self.low_end_from(*dyad, if dyad.at() < here.start { 0 } else { low });
                here = self.above.range(low);
            }
            (*dyad, (ActorIndex(low), self.high_end(*dyad, low)))
        })
    }

    /// Its ties in order of time.
    pub fn ties(&self, dyad: DyadIndex) -> &[TieIndex] {
        self.ties.row(dyad.0)
    }

    /// The neighbours of an actor in order, each with the dyad that leads there.
    pub fn neighbours(&self, actor: ActorIndex) -> Neighbours<'_> {
        let first = DyadIndex::of(self.above.start(actor.0));
        Neighbours { below: self.below.row(actor.0), above: self.above.row(actor.0), first }
    }

    /// How many neighbours an actor has.
    pub fn degree(&self, actor: ActorIndex) -> usize {
        self.below.count(actor.0) + self.above.count(actor.0)
    }

    /// The dyad of two actors.
    ///
    /// # Complexity
    /// Time O(log d), for the smaller degree d.
    pub fn between(&self, a: ActorIndex, b: ActorIndex) -> Option<DyadIndex> {
        let (low, high) = (a.min(b), a.max(b));
        if self.above.count(low.0) <= self.below.count(high.0) {
            let at = self.above.row(low.0).binary_search(&high).ok()?;
            return Some(DyadIndex::of(self.above.start(low.0) + at));
        }
        let below = self.below.row(high.0);
        below.binary_search_by_key(&low, |(actor, _)| *actor).ok().map(|at| below[at].1)
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
        assert_eq!(dyads.neighbours(b).map(|(actor, _)| actor).collect::<Vec<_>>(), [a, c]);
        assert_eq!(dyads.between(a, c), None);
    }
}
