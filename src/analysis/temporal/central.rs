//! Closeness and betweenness over chains of ties in order of time: who reaches others in few hops, and who passes contact on.

use std::{num::NonZeroUsize, ops::Range};

use super::{
    passages::{Crossing, Gate, days_of},
    scan::after,
};
use crate::{
    analysis::{Pairs, Work, blocks::in_blocks, order::Pace, worlds::DatedWorld},
    dataset::{ActorIndex, number},
    date::{Certainty, Day},
    network::Network,
};

/// How many partial sums are made, whatever the number of threads.
const BLOCKS: NonZeroUsize = NonZeroUsize::new(64).expect("64 is not zero");

/// How contact may pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passing {
    /// On the day on which it came, or only on a later one.
    pub pace: Pace,
    /// Whether only from sources to targets, along symmetric ties both ways.
    pub is_directed: bool,
}

/// The ties of a network by the days on which contact passes, for counting chains from every actor.
///
/// A chain is a row of actors, each tied to the next on a day not before contact came to it (`--strict`: after it);
/// parallel ties count as one step. The ties that the lens holds possible count as possible, under `--certain` those that
/// are certain on days that are certain. Ties of a happening that share an unknown day are taken one by one.
#[derive(Debug)]
pub struct Chains {
    actors: Vec<ActorIndex>,
    offsets: Vec<usize>,
    steps: Vec<Step>,
    days: Vec<i32>,
    crossings: Vec<Crossing>,
    window: (i32, i32),
    pace: Pace,
    shared_count: usize,
}

/// From an actor to another.
#[derive(Debug)]
struct Step {
    to: u32,
    /// Its days of one day each, in order.
    days: Range<usize>,
    /// Its other ties.
    crossings: Range<usize>,
}

/// Contact at an actor: since a day, after so many hops, by so many chains.
#[derive(Clone, Copy, Debug)]
struct State {
    actor: u32,
    ready: i32,
    hops: u32,
    chains: f64,
}

/// What a search from one actor finds; used again for the next.
#[derive(Debug, Default)]
struct Search {
    states: Vec<State>,
    /// By state: the states before it, as a range of `before`.
    parents: Vec<Range<usize>>,
    before: Vec<u32>,
    /// By actor: the first day on which contact was there after fewer hops than now.
    best: Vec<i32>,
    /// By actor: the fewest hops, and the number of chains of so many.
    fewest: Vec<(u32, f64)>,
    /// What the next hop reaches: actor, day, from which state.
    found: Vec<(u32, i32, u32)>,
    rests: Vec<f64>,
}

impl Search {
    /// Adds, state by state from the last, what passes through it of the chains to targets: `take` is given the state, the one before it
    /// and how much comes from there.
    fn gather(&mut self, targets: &[bool], mut take: impl FnMut(&Search, usize, usize, f64)) {
        let mut rests = std::mem::take(&mut self.rests);
        rests.clear();
        rests.resize(self.states.len(), 0.0);
        for at in (1..self.states.len()).rev() {
            let State { actor, hops, chains, .. } = self.states[at];
            let (fewest, all) = self.fewest[actor as usize];
            let own = if hops == fewest && targets[actor as usize] { chains / all } else { 0.0 };
            let share = (own + rests[at]) / chains;
            if share == 0.0 {
                continue;
            }
            for before in self.parents[at].clone() {
                let before = self.before[before] as usize;
                let part = self.states[before].chains * share;
                rests[before] += part;
                take(self, at, before, part);
            }
        }
        self.rests = rests;
    }
}

impl Chains {
    /// # Complexity
    /// Time O(E log E), space O(E), for E ties.
    pub fn of(network: &Network<'_>, passing: Passing) -> Self {
        Self::in_world(network, passing, None)
    }

    /// The same, with the days that ties have in a world that was drawn.
    pub fn in_world(network: &Network<'_>, passing: Passing, world: Option<&DatedWorld>) -> Self {
        let (dataset, during) = (network.dataset(), network.predicate().lens().during);
        let actors: Vec<ActorIndex> = network.actors().collect();
        let row = |actor: ActorIndex| actors.binary_search(&actor).ok().map(number);
        let certainty = network.predicate().lens().certainty.max(Certainty::Possibly);
        let mut instants: Vec<(u32, u32, i32)> = Vec::new();
        let mut lasting: Vec<(u32, u32, Crossing)> = Vec::new();
        let mut shared_count = 0;
        for dyad in network.compact().dyads() {
            for tie in network.ties(*dyad) {
                let (source, target) = (dataset.ties().source(tie), dataset.ties().target(tie));
                let (Some(source), Some(target)) = (row(source), row(target)) else { continue };
                let drawn = world.and_then(|world| world.days(tie)).map(|days| {
                    let gate =
                        |(first, last): &(Day, Day)| Gate { opens: first.number(), closes: last.number() };
                    vec![days.iter().map(gate).collect()]
                });
                let is_drawn = drawn.is_some();
                let cases = drawn.unwrap_or_else(|| days_of(network, tie, certainty));
                let shares =
                    dataset.ties().event(tie).is_some_and(|event| dataset.actors().is_same_day(event));
                let is_known = matches!(cases.as_slice(), [gates] if matches!(gates.as_slice(), [gate] if gate.opens == gate.closes));
                shared_count += usize::from(shares && !is_known && !is_drawn);
                let both_ways = !passing.is_directed || dataset.relation(tie).symmetric;
                let ways = [(source, target), (target, source)];
                for (from, to) in ways.into_iter().take(if both_ways { 2 } else { 1 }) {
                    match cases.as_slice() {
                        [] => {}
                        [gates] if gates.iter().all(|gate| gate.opens == gate.closes) => {
                            instants.extend(gates.iter().map(|gate| (from, to, gate.opens)));
                        }
                        _ => lasting.push((from, to, Crossing::plain(from, to, cases.clone()))),
                    }
                }
            }
        }
        instants.sort_unstable();
        instants.dedup();
        lasting.sort_by_key(|(from, to, _)| (*from, *to));
        let mut chains = Self {
            offsets: vec![0],
            steps: Vec::new(),
            days: instants.iter().map(|(_, _, day)| *day).collect(),
            crossings: Vec::new(),
            window: (during.first().number(), during.last().number()),
            pace: passing.pace,
            shared_count,
            actors,
        };
        let (mut day, mut crossing) = (0, 0);
        for from in 0..number(chains.actors.len()) {
            loop {
                let next = [
                    instants.get(day).map(|(from, to, _)| (*from, *to)),
                    lasting.get(crossing).map(|(from, to, _)| (*from, *to)),
                ];
                let Some((_, to)) = next.into_iter().flatten().min().filter(|next| next.0 == from) else {
                    break;
                };
                let (days, crossings) = (day, crossing);
                day += instants[day..].iter().take_while(|next| (next.0, next.1) == (from, to)).count();
                crossing +=
                    lasting[crossing..].iter().take_while(|next| (next.0, next.1) == (from, to)).count();
                chains.steps.push(Step { to, days: days..day, crossings: crossings..crossing });
            }
            chains.offsets.push(chains.steps.len());
        }
        chains.crossings = lasting.into_iter().map(|(_, _, crossing)| crossing).collect();
        chains
    }

    /// The actors, by their rows.
    pub fn actors(&self) -> &[ActorIndex] {
        &self.actors
    }

    /// How many ties are of happenings that share a day which is not known.
    pub fn shared_count(&self) -> usize {
        self.shared_count
    }

    /// The day by which contact that can leave on a day has passed a step.
    fn pass(&self, step: &Step, ready: i32) -> Option<i32> {
        let days = &self.days[step.days.clone()];
        let at = if days.len() > 8 {
            days.partition_point(|day| *day < ready)
        } else {
            days.iter().take_while(|day| **day < ready).count()
        };
        let crossings = self.crossings[step.crossings.clone()].iter();
        let first = crossings.filter_map(|crossing| crossing.pass(ready)).min();
        let day = [days.get(at).copied(), first].into_iter().flatten().min()?;
        (day <= self.window.1).then_some(day)
    }

    /// Follows contact from an actor, hop by hop. A state is left away where contact was there as early after fewer hops: no
    /// shortest chain goes on from it.
    fn follow(&self, source: u32, search: &mut Search) {
        let count = self.actors.len();
        let Search { states, parents, before, best, fewest, found, .. } = search;
        states.clear();
        parents.clear();
        before.clear();
        best.clear();
        best.resize(count, i32::MAX);
        fewest.clear();
        fewest.resize(count, (0, 0.0));
        best[source as usize] = i32::MIN;
        states.push(State { actor: source, ready: self.window.0, hops: 0, chains: 1.0 });
        parents.push(0..0);
        let mut layer = 0..1;
        while !layer.is_empty() {
            found.clear();
            for at in layer.clone() {
                let State { actor, ready, .. } = states[at];
                for step in &self.steps[self.offsets[actor as usize]..self.offsets[actor as usize + 1]] {
                    // Nobody is reached earlier than contact can leave.
                    if best[step.to as usize] <= ready {
                        continue;
                    }
                    if let Some(day) = self.pass(step, ready) {
                        let day = after(day, self.pace);
                        if day < best[step.to as usize] {
                            found.push((step.to, day, number(at)));
                        }
                    }
                }
            }
            found.sort_unstable();
            let first = states.len();
            let hops = states[layer.start].hops + 1;
            for run in found.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
                let (actor, ready, _) = run[0];
                let begin = before.len();
                before.extend(run.iter().map(|(_, _, from)| *from));
                let chains = run.iter().map(|(_, _, from)| states[*from as usize].chains).sum();
                states.push(State { actor, ready, hops, chains });
                parents.push(begin..before.len());
                let known = &mut fewest[actor as usize];
                if known.0 == 0 || known.0 == hops {
                    *known = (hops, known.1 + chains);
                }
            }
            layer = first..states.len();
            for state in &states[layer.clone()] {
                let best = &mut best[state.actor as usize];
                *best = (*best).min(state.ready);
            }
        }
    }
}

/// The temporal closeness of every actor: of the fewest hops by which contact from it can have come to others in order of
/// time, the inverse of the mean, times the share of all others that is reached; inward, of those by which contact comes to it.
///
/// # Complexity
/// Time O(V·E·log E) for V actors and E ties where each actor is reached on few days; space O(V + E) for each thread.
///
/// # Examples
/// With visits a – b in 1990 and b – c in 1991, `a` reaches both in 1 and 2 hops and has 2/3; `c` reaches `b` alone and has 1/2.
///
/// # References
/// Wu, H., Cheng, J., Huang, S., Ke, Y., Lu, Y., and Xu, Y. (2014). Path problems in temporal graphs. *Proceedings of the
/// VLDB Endowment* 7(9), 721–732. <https://doi.org/10.14778/2732939.2732945>
///
/// Nicosia, V., Tang, J., Mascolo, C., Musolesi, M., Russo, G., and Latora, V. (2013). Graph metrics for temporal networks. In
/// *Temporal Networks*, 15–40. Springer. <https://doi.org/10.1007/978-3-642-36461-7_2>
pub fn temporal_closeness(chains: &Chains, is_inward: bool, work: Work<'_>) -> Vec<f64> {
    let count = chains.actors.len();
    let mut reached = vec![(0_u32, 0.0_f64); count];
    let distances = |search: &mut Search, sources: Range<usize>| {
        let mut all = Vec::new();
        for source in sources {
            chains.follow(number(source), search);
            let mut own = (0_u32, 0.0);
            for (to, (hops, _)) in search.fewest.iter().enumerate().filter(|(_, (hops, _))| *hops > 0) {
                if is_inward {
                    all.push((to, 1, f64::from(*hops)));
                } else {
                    own = (own.0 + 1, own.1 + f64::from(*hops));
                }
            }
            if !is_inward {
                all.push((source, own.0, own.1));
            }
        }
        all
    };
    in_blocks(count, BLOCKS, work, Search::default, distances, |all| {
        for (at, others, hops) in all {
            reached[at] = (reached[at].0 + others, reached[at].1 + hops);
        }
    });
    let others = f64::from(number(count.saturating_sub(1)));
    let score = |(count, hops): (u32, f64)| {
        let count = f64::from(count);
        if count > 0.0 { (count / hops) * (count / others) } else { 0.0 }
    };
    reached.into_iter().map(score).collect()
}

/// The temporal betweenness of every actor: for each ordered pair of others, the share of the chains in order of time with the
/// fewest hops from the one to the other that pass through it, summed. Ordered, since what leads there in time need not lead back.
///
/// Chains are rows of actors: parallel ties count as one step.
///
/// # Complexity
/// As [`temporal_closeness`].
///
/// # Examples
/// With visits a – b in 1990 and b – c in 1991, `b` has 1: contact passes from `a` to `c`, not back.
///
/// # References
/// Buß, S., Molter, H., Niedermeier, R., and Rymar, M. (2020). Algorithmic aspects of temporal betweenness. *KDD 2020*,
/// 2084–2092. <https://doi.org/10.1145/3394486.3403259> (shortest paths, not strict unless asked)
pub fn temporal_betweenness(chains: &Chains, pairs: Option<&Pairs>, work: Work<'_>) -> Vec<f64> {
    let count = chains.actors.len();
    let (sources, targets) =
        pairs.map_or_else(|| (vec![true; count], vec![true; count]), |pairs| pairs.marks(&chains.actors));
    let sources: Vec<u32> = (0..).zip(&sources).filter(|(_, mark)| **mark).map(|(row, _)| row).collect();
    let mut sums = vec![0.0; count];
    let through = |search: &mut Search, block: Range<usize>| {
        let mut partial = vec![0.0; count];
        for source in &sources[block] {
            chains.follow(*source, search);
            search.gather(&targets, |search, _, before, part| {
                if before > 0 {
                    partial[search.states[before].actor as usize] += part;
                }
            });
        }
        partial
    };
    in_blocks(sources.len(), BLOCKS, work, Search::default, through, |partial| {
        sums.iter_mut().zip(partial).for_each(|(sum, part)| *sum += part);
    });
    sums
}

/// How many are reached from an actor, or reach it, by each number of hops.
pub(crate) fn hops_of(chains: &Chains, row: u32, is_inward: bool) -> Vec<(u32, usize)> {
    let mut search = Search::default();
    let mut counts = std::collections::BTreeMap::new();
    if is_inward {
        for source in (0..number(chains.actors.len())).filter(|source| *source != row) {
            chains.follow(source, &mut search);
            let (hops, _) = search.fewest[row as usize];
            if hops > 0 {
                *counts.entry(hops).or_insert(0) += 1;
            }
        }
    } else {
        chains.follow(row, &mut search);
        for (hops, _) in search.fewest.iter().filter(|(hops, _)| *hops > 0) {
            *counts.entry(*hops).or_insert(0) += 1;
        }
    }
    counts.into_iter().collect()
}

/// From which neighbour to which the chains of others run through an actor, and how much of them.
pub(crate) fn passages_of(chains: &Chains, row: u32, pairs: Option<&Pairs>) -> Vec<((u32, u32), f64)> {
    let everybody = Pairs::default();
    let (sources, targets) = pairs.unwrap_or(&everybody).marks(&chains.actors);
    let mut sums = std::collections::BTreeMap::new();
    let mut search = Search::default();
    for source in
        (0..number(chains.actors.len())).filter(|source| *source != row && sources[*source as usize])
    {
        chains.follow(source, &mut search);
        search.gather(&targets, |search, at, before, part| {
            if search.states[before].actor != row {
                return;
            }
            for from in &search.before[search.parents[before].clone()] {
                let from = search.states[*from as usize];
                let key = (from.actor, search.states[at].actor);
                *sums.entry(key).or_insert(0.0) += part * from.chains / search.states[before].chains;
            }
        });
    }
    sums.into_iter().collect()
}
