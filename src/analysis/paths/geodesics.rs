//! All shortest paths between two actors, counted and not enumerated.
//!
//! The search goes out from both ends by turns, a whole level at a time from the side whose next level
//! is cheaper, until they meet; then counts are carried from the meeting level back to both ends, so
//! that every actor on some shortest path knows how many lead to it and on from it.

use num_bigint::BigUint;

use super::{
    count::{Count, Number},
    shortest::Scratch,
};
use crate::{
    dataset::{ActorIndex, DyadIndex, number},
    network::Network,
};

/// What a search leaves out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Without<'w> {
    /// Actors that may not be passed.
    pub actors: &'w [ActorIndex],
    /// A dyad that may not be walked.
    pub dyad: Option<DyadIndex>,
}

/// An actor on some shortest path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The actor.
    pub actor: ActorIndex,
    /// How many shortest paths lead from the first end to it.
    pub before: Count,
    /// How many lead on from it to the second end.
    pub after: Count,
}

impl Passage {
    /// The share of all shortest paths that pass through it: σ(a,v)·σ(v,b)/σ(a,b).
    pub fn share(&self, all: &Count) -> f64 {
        self.before.times(&self.after).share_of(all)
    }
}

/// All shortest paths between two actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Geodesics {
    /// How many dyads each path walks.
    pub distance: u32,
    /// How many paths there are; parallel ties count as one.
    pub count: Count,
    /// The actors on the paths by their distance from the first end, each level in order of ids; the
    /// first and last level are the ends.
    pub levels: Vec<Vec<Passage>>,
}

/// Searches a network, with room that is kept from one search to the next.
#[derive(Debug)]
pub struct Pathfinder<'n, 'd> {
    network: &'n Network<'d>,
    /// The search that a stamp belongs to, so that nothing has to be cleared.
    epoch: u32,
    stamps: [Vec<u32>; 2],
    depths: [Vec<u32>; 2],
    /// Where in a level that is being built an actor stands.
    places: Vec<u32>,
    pub(super) scratch: Scratch,
}

/// An actor with the paths from the side's end, and the paths beyond.
type Counted<N> = (ActorIndex, N, N);

/// One side of a search: its levels, each actor with the number of paths to it.
struct Side<N> {
    levels: Vec<Vec<(ActorIndex, N)>>,
}

impl<'n, 'd> Pathfinder<'n, 'd> {
    /// A searcher of a network.
    ///
    /// # Complexity
    /// Space O(V), once, for V actors.
    pub fn new(network: &'n Network<'d>) -> Self {
        let room = || vec![0; network.dataset().actors().count()];
        Self {
            network,
            epoch: 0,
            stamps: [room(), room()],
            depths: [room(), room()],
            places: room(),
            scratch: Scratch::new(network.dataset().actors().count()),
        }
    }

    /// The network that is searched.
    pub fn network(&self) -> &'n Network<'d> {
        self.network
    }

    /// All shortest paths from `a` to `b`; `None` when there is none, or when the ends are one actor.
    ///
    /// # Complexity
    /// Time O(k) for the k ties of the actors within half the distance of either end, O(V + E) at the
    /// worst.
    pub fn geodesics(&mut self, a: ActorIndex, b: ActorIndex, without: &Without<'_>) -> Option<Geodesics> {
        if a == b || without.actors.contains(&a) || without.actors.contains(&b) {
            return None;
        }
        match self.search::<u64>(a, b, without) {
            Ok(found) => found,
            // More paths than 64 bits count: the same search in big numbers, which never overflow.
            Err(Overflow) => self.search::<BigUint>(a, b, without).unwrap_or(None),
        }
    }

    fn search<N: Number>(
        &mut self,
        a: ActorIndex,
        b: ActorIndex,
        without: &Without<'_>,
    ) -> Result<Option<Geodesics>, Overflow> {
        self.epoch += 1;
        let mut sides = [a, b].map(|end| Side { levels: vec![vec![(end, N::one())]] });
        for (side, end) in [a, b].into_iter().enumerate() {
            self.stamps[side][end.at()] = self.epoch;
            self.depths[side][end.at()] = 0;
        }
        loop {
            let cost = |side: &Side<N>| -> usize {
                let frontier = side.levels.last().map_or(&[][..], Vec::as_slice);
                frontier
                    .iter()
                    .map(|(actor, _)| self.network.dataset().dyads().neighbours(*actor).len())
                    .sum()
            };
            let costs = [cost(&sides[0]), cost(&sides[1])];
            let next = usize::from(costs[1] < costs[0]);
            if sides.iter().any(|side| side.levels.last().is_none_or(Vec::is_empty)) {
                return Ok(None);
            }
            let level = self.expand(next, &sides[next], without)?;
            sides[next].levels.push(level);
            if self.has_met(next, &sides[next]) {
                return self.join(&sides[0], &sides[1], without).map(Some);
            }
        }
    }

    /// The next level of one side.
    fn expand<N: Number>(
        &mut self,
        side: usize,
        searched: &Side<N>,
        without: &Without<'_>,
    ) -> Result<Vec<(ActorIndex, N)>, Overflow> {
        let depth = u32::try_from(searched.levels.len()).unwrap_or(u32::MAX);
        let mut next: Vec<(ActorIndex, N)> = Vec::new();
        for (actor, paths) in searched.levels.last().into_iter().flatten() {
            for (neighbour, dyad) in self.network.neighbours(*actor) {
                if Some(dyad) == without.dyad || without.actors.contains(&neighbour) {
                    continue;
                }
                if self.stamps[side][neighbour.at()] == self.epoch {
                    if self.depths[side][neighbour.at()] == depth {
                        let known = &mut next[self.places[neighbour.at()] as usize].1;
                        *known = known.plus(paths).ok_or(Overflow)?;
                    }
                    continue;
                }
                self.stamps[side][neighbour.at()] = self.epoch;
                self.depths[side][neighbour.at()] = depth;
                self.places[neighbour.at()] = number(next.len());
                next.push((neighbour, paths.clone()));
            }
        }
        next.sort_unstable_by_key(|(actor, _)| *actor);
        Ok(next)
    }

    /// Whether the newest level of a side touches what the other has reached.
    fn has_met<N>(&self, side: usize, searched: &Side<N>) -> bool {
        let other = 1 - side;
        let newest = searched.levels.last().into_iter().flatten();
        newest.into_iter().any(|(actor, _)| self.stamps[other][actor.at()] == self.epoch)
    }

    /// Joins two searches that have just met, in their last levels.
    fn join<N: Number>(
        &self,
        from_a: &Side<N>,
        from_b: &Side<N>,
        without: &Without<'_>,
    ) -> Result<Geodesics, Overflow> {
        let (depth_a, depth_b) = (from_a.levels.len() - 1, from_b.levels.len() - 1);
        let mut meeting: Vec<Counted<N>> = Vec::new();
        let (last_a, last_b) = (&from_a.levels[depth_a], &from_b.levels[depth_b]);
        for (actor, before) in last_a {
            if let Ok(at) = last_b.binary_search_by_key(actor, |(other, _)| *other) {
                meeting.push((*actor, before.clone(), last_b[at].1.clone()));
            }
        }
        let back = self.back(
            from_a,
            &meeting,
            |(actor, before, after)| (*actor, before.clone(), after.clone()),
            without,
        )?;
        let forth = self.back(
            from_b,
            &meeting,
            |(actor, before, after)| (*actor, after.clone(), before.clone()),
            without,
        )?;
        // Both run from the meeting to an end; the second side's `before` is what comes after.
        let mut levels: Vec<Vec<Passage>> = back
            .into_iter()
            .rev()
            .map(|level| {
                level
                    .into_iter()
                    .map(|(actor, b, a)| Passage { actor, before: b.count(), after: a.count() })
                    .collect()
            })
            .collect();
        levels.extend(forth.into_iter().skip(1).map(|level| {
            level
                .into_iter()
                .map(|(actor, a, b)| Passage { actor, before: b.count(), after: a.count() })
                .collect::<Vec<_>>()
        }));
        let count = levels[0][0].after.clone();
        Ok(Geodesics { distance: u32::try_from(depth_a + depth_b).unwrap_or(u32::MAX), count, levels })
    }

    /// Carries counts from the meeting level back to the end of a side: the levels from the meeting on,
    /// each actor with the paths from the side's end and the paths beyond the meeting.
    fn back<N: Number>(
        &self,
        side: &Side<N>,
        meeting: &[Counted<N>],
        view: impl Fn(&Counted<N>) -> Counted<N>,
        without: &Without<'_>,
    ) -> Result<Vec<Vec<Counted<N>>>, Overflow> {
        let mut levels: Vec<Vec<Counted<N>>> = vec![meeting.iter().map(view).collect()];
        for nearer in side.levels[..side.levels.len() - 1].iter().rev() {
            let mut level: Vec<(ActorIndex, N, Option<N>)> =
                nearer.iter().map(|(actor, before)| (*actor, before.clone(), None)).collect();
            for (actor, _, after) in levels.last().into_iter().flatten() {
                for (neighbour, dyad) in self.network.neighbours(*actor) {
                    if Some(dyad) == without.dyad {
                        continue;
                    }
                    if let Ok(at) = level.binary_search_by_key(&neighbour, |(other, _, _)| *other) {
                        let sum = match &level[at].2 {
                            Some(known) => known.plus(after).ok_or(Overflow)?,
                            None => after.clone(),
                        };
                        level[at].2 = Some(sum);
                    }
                }
            }
            let on_paths =
                level.into_iter().filter_map(|(actor, before, after)| Some((actor, before, after?)));
            levels.push(on_paths.collect());
        }
        Ok(levels)
    }
}

/// There are more paths than the number type counts.
struct Overflow;

impl Geodesics {
    /// The paths themselves, in the order of their actors' ids, up to a limit.
    ///
    /// # Complexity
    /// Time O(p·n·d), for p paths of n actors of degree d.
    pub fn paths(&self, network: &Network<'_>, limit: usize) -> Vec<Vec<ActorIndex>> {
        let mut paths = Vec::new();
        let mut path = vec![self.levels[0][0].actor];
        self.extend(network, &mut path, limit, &mut paths);
        paths
    }

    fn extend(
        &self,
        network: &Network<'_>,
        path: &mut Vec<ActorIndex>,
        limit: usize,
        paths: &mut Vec<Vec<ActorIndex>>,
    ) {
        let Some(level) = self.levels.get(path.len()) else {
            paths.push(path.clone());
            return;
        };
        for passage in level {
            let last = path[path.len() - 1];
            if paths.len() < limit && network.dyad(last, passage.actor).is_some() {
                path.push(passage.actor);
                self.extend(network, path, limit, paths);
                path.pop();
            }
        }
    }
}
