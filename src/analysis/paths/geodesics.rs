//! All shortest paths between two actors, counted and not enumerated.
//!
//! A search from both ends writes down its steps; counts run along them to where the sides meet, and are carried from
//! there back to both ends, so that every actor on some shortest path knows how many lead to it and on from it.
//!
//! # References
//! Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25(2),
//! 163–177. DOI 10.1080/0022250X.2001.9990249 (counting shortest paths level by level).

use super::{
    balls::Balls,
    count::{Count, Number, Overflow},
    search::{Limits, Search, Side},
    shortest::Scratch,
};
use crate::{
    analysis::meter::Meter,
    dataset::{ActorIndex, DyadIndex},
    network::{Around, Network, Walk},
};

/// What a search leaves out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Without<'w> {
    /// Actors that may not be passed.
    pub actors: &'w [ActorIndex],
    /// A dyad that may not be walked.
    pub dyad: Option<DyadIndex>,
}

/// A dyad that may not be walked, by its ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Barred(Option<(ActorIndex, ActorIndex)>);

impl Barred {
    /// To whom one may not go from an actor.
    pub(super) fn from(self, actor: ActorIndex) -> Option<ActorIndex> {
        match self.0 {
            Some((low, high)) if low == actor => Some(high),
            Some((low, high)) if high == actor => Some(low),
            _ => None,
        }
    }
}

impl Without<'_> {
    /// The dyad that it bars in a network.
    pub(super) fn barred(&self, network: &Network<'_>) -> Barred {
        Barred(self.dyad.map(|dyad| network.dataset().dyads().ends(dyad)))
    }
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
    /// The dyad that was left out.
    barred: Barred,
}

/// Searches a network, with room that is kept from one search to the next.
#[derive(Debug)]
pub struct Pathfinder<'n, 'd> {
    network: &'n Network<'d>,
    pub(super) search: Search,
    pub(super) scratch: Scratch,
    /// How far actors are from the two ends of a question, made when first needed.
    pub(super) balls: Option<Box<Balls>>,
    /// What its searches may cost together.
    pub(in crate::analysis) meter: Meter<'n>,
}

impl<'n, 'd> Pathfinder<'n, 'd> {
    /// A searcher of a network.
    ///
    /// # Complexity
    /// Space O(V), once, for V actors.
    pub fn new(network: &'n Network<'d>) -> Self {
        let actor_count = network.dataset().actors().count();
        Self {
            network,
            search: Search::new(actor_count),
            scratch: Scratch::new(actor_count),
            balls: None,
            meter: Meter::default(),
        }
    }

    /// The same with a bound on what its searches cost together from now on; what a stopped search gives is said at
    /// each.
    #[must_use]
    pub fn with_meter(self, meter: Meter<'n>) -> Self {
        Self { meter, ..self }
    }

    /// What its searches have cost.
    pub fn meter(&self) -> &Meter<'n> {
        &self.meter
    }

    /// After a search of all shortest paths was stopped: each of them has at least so many hops.
    pub fn at_least(&self) -> u32 {
        u32::try_from(self.search.at_least).unwrap_or(u32::MAX)
    }

    /// The network that is searched.
    pub fn network(&self) -> &'n Network<'d> {
        self.network
    }

    /// The room for balls, made when first needed.
    pub(super) fn take_balls(&mut self) -> Box<Balls> {
        let actor_count = self.network.dataset().actors().count();
        self.balls.take().unwrap_or_else(|| Box::new(Balls::new(actor_count)))
    }

    /// The actors on walks of at most `hops` hops from `a` to `b`, in order; some of them when the meter stopped it.
    ///
    /// # Complexity
    /// Time O(k) for the k dyads of the actors within about half the hops of either end.
    pub fn region(
        &mut self,
        a: ActorIndex,
        b: ActorIndex,
        without: &Without<'_>,
        hops: u32,
    ) -> Vec<ActorIndex> {
        let mut balls = self.take_balls();
        balls.begin(self.network, [a, b], without);
        let region = balls.region(self.network, hops, &mut self.meter);
        self.balls = Some(balls);
        region
    }

    /// The length of the shortest paths from `a` to `b` and how many there are, without the paths; `None` when there
    /// is none, when the ends are one actor, or when the meter stopped the search.
    ///
    /// # Complexity
    /// That of [`Self::geodesics`].
    pub fn count(&mut self, a: ActorIndex, b: ActorIndex, without: &Without<'_>) -> Option<(u32, Count)> {
        let hops = self.search.run(self.network, (a, b), without, &Limits::default(), &mut self.meter)?;
        let count = match self.total::<u64>() {
            Ok(count) => count,
            // More paths than 64 bits count: the same sums in big numbers, which never overflow.
            Err(Overflow) => self.total::<Count>().unwrap_or_default(),
        };
        Some((u32::try_from(hops).unwrap_or(u32::MAX), count))
    }

    /// How many shortest ways lead from either end to the places from which the other is reached.
    fn counts<N: Number>(&self) -> Result<[Vec<N>; 2], Overflow> {
        let Search { sides: [near, far], meeting, .. } = &self.search;
        Ok([
            near.counts(meeting.iter().map(|(here, _)| *here))?,
            far.counts(meeting.iter().map(|(_, there)| *there))?,
        ])
    }

    fn total<N: Number>(&self) -> Result<Count, Overflow> {
        let [before, after] = self.counts::<N>()?;
        let mut total = N::zero();
        for (here, there) in &self.search.meeting {
            total.add(&before[*here as usize].times(&after[*there as usize])?)?;
        }
        Ok(total.count())
    }

    /// All shortest paths from `a` to `b`; `None` when there is none, when the ends are one actor, or when the meter
    /// stopped the search.
    ///
    /// # Complexity
    /// Time O(k) for the k dyads of the actors within half the distance of either end, O(V + D) at the
    /// worst, for D dyads.
    pub fn geodesics(&mut self, a: ActorIndex, b: ActorIndex, without: &Without<'_>) -> Option<Geodesics> {
        let hops = self.search.run(self.network, (a, b), without, &Limits::default(), &mut self.meter)?;
        let found = self.levels::<u64>().or_else(|Overflow| self.levels::<Count>());
        let (count, levels) = found.ok()?;
        Some(Geodesics {
            distance: u32::try_from(hops).unwrap_or(u32::MAX),
            count,
            levels,
            barred: without.barred(self.network),
        })
    }

    /// The actors on the paths just found, with their counts.
    fn levels<N: Number>(&self) -> Result<(Count, Vec<Vec<Passage>>), Overflow> {
        let [near, far] = &self.search.sides;
        let [before, after] = self.counts::<N>()?;
        let (mut onward, mut back) = (vec![N::zero(); before.len()], vec![N::zero(); after.len()]);
        for (here, there) in &self.search.meeting {
            let (here, there) = (*here as usize, *there as usize);
            onward[here].add(&after[there])?;
            back[there].add(&before[here])?;
        }
        near.carry_back(&mut onward)?;
        far.carry_back(&mut back)?;
        let total = onward[0].count();
        let passages = |side: &Side, level: usize, before: &[N], after: &[N]| {
            let on_paths =
                side.level(level).filter(|place| !before[*place].is_zero() && !after[*place].is_zero());
            let mut passages: Vec<Passage> = on_paths
                .map(|place| Passage {
                    actor: side.actors[place],
                    before: before[place].count(),
                    after: after[place].count(),
                })
                .collect();
            passages.sort_unstable_by_key(|passage| passage.actor);
            passages
        };
        let mut levels: Vec<Vec<Passage>> =
            (0..=near.depth()).map(|level| passages(near, level, &before, &onward)).collect();
        levels.extend((0..=far.depth()).rev().map(|level| passages(far, level, &back, &after)));
        Ok((total, levels))
    }
}

impl Geodesics {
    /// The first end and the second.
    pub fn ends(&self) -> (ActorIndex, ActorIndex) {
        (self.levels[0][0].actor, self.levels[self.levels.len() - 1][0].actor)
    }

    /// The paths themselves, in the order of their actors' ids, one after the other as they are asked for.
    ///
    /// # Complexity
    /// Time O(n·d) for each path of n actors of degree d.
    pub fn paths<'g>(&'g self, network: &'g Network<'_>) -> impl Iterator<Item = Vec<ActorIndex>> + 'g {
        let mut stack = vec![vec![self.levels[0][0].actor].into_iter()];
        let mut path: Vec<ActorIndex> = Vec::new();
        std::iter::from_fn(move || {
            while let Some(choices) = stack.last_mut() {
                let Some(actor) = choices.next() else {
                    stack.pop();
                    path.pop();
                    continue;
                };
                path.push(actor);
                if path.len() == self.levels.len() {
                    let whole = path.clone();
                    path.pop();
                    return Some(whole);
                }
                stack.push(self.onward(network, actor, path.len()).into_iter());
            }
            None
        })
    }

    /// The actors of a level that an actor of the level before is tied to.
    fn onward(&self, network: &Network<'_>, actor: ActorIndex, level: usize) -> Vec<ActorIndex> {
        let level = &self.levels[level];
        let barred = self.barred.from(actor);
        if network.dataset().dyads().degree(actor) < level.len() {
            let on_level = |other: &ActorIndex| {
                Some(*other) != barred && level.binary_search_by_key(other, |passage| passage.actor).is_ok()
            };
            return match network.around(0) {
                Around::Asking(walk) => walk.onward(0, actor).filter(on_level).collect(),
                Around::Passing(walk) => walk.onward(0, actor).filter(on_level).collect(),
            };
        }
        let others = level.iter().map(|passage| passage.actor);
        let is_tied = |other: &ActorIndex| {
            let dyad = network.dataset().dyads().between(actor, *other);
            Some(*other) != barred && dyad.is_some_and(|dyad| network.leads(actor, *other, dyad))
        };
        others.filter(is_tied).collect()
    }
}
