//! The ties of a network as days on which contact passes, laid out for one scan.
//!
//! Most ties of event data are instants of known days: these stand side by side in order of time. All others
//! (vague, lasting, of several claims, of an event whose ties share a day) are links of their own.

use std::collections::{BTreeMap, VecDeque};

use crate::{
    analysis::order::link::{Link, mirrored},
    dataset::{ActorIndex, Lists, TieIndex},
    date::{Bounds, Certainty, Day, Status},
    lens::Direction,
    network::Network,
};

/// Contact that is there by the day it closes has passed by the day it opens, or on the day it came.
///
/// Of what may be in force, the last and the first day; of what must be, the first on which it can have ended and the
/// last on which it can have begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gate {
    pub(super) opens: i32,
    pub(super) closes: i32,
}

/// A tie, or several of one event, by which contact passes between two actors.
#[derive(Clone, Debug)]
pub(super) struct Crossing {
    pub(super) source: u32,
    pub(super) target: u32,
    /// What an adversary chooses among: gates of which any will do.
    pub(super) cases: Vec<Vec<Gate>>,
    /// The happening whose day it shares with others.
    pub(super) event: Option<u32>,
    /// The actors between the two, where several ties of one event are passed on its day, whatever that is.
    pub(super) through: Vec<u32>,
}

/// The days on which contact may pass along a tie, or must: what an adversary chooses among.
pub(super) fn days_of(network: &Network<'_>, tie: TieIndex, certainty: Certainty) -> Vec<Vec<Gate>> {
    if let Some(day) = known_day(network, tie) {
        return vec![vec![Gate { opens: day, closes: day }]];
    }
    let link = Link::of(network, tie);
    if certainty == Certainty::Certainly { sure_cases(&link) } else { possible_cases(&link) }
}

impl Crossing {
    /// One tie, of no happening.
    pub(super) fn plain(source: u32, target: u32, cases: Vec<Vec<Gate>>) -> Self {
        Self { source, target, cases, event: None, through: Vec::new() }
    }

    /// The day by which contact that can leave on a day has passed.
    pub(super) fn pass(&self, from: i32) -> Option<i32> {
        let best = |gates: &Vec<Gate>| {
            gates.iter().filter(|gate| gate.closes >= from).map(|gate| from.max(gate.opens)).min()
        };
        let mut latest = None;
        for gates in &self.cases {
            latest = latest.max(Some(best(gates)?));
        }
        latest
    }

    /// The same when its event took place between two days.
    pub(super) fn pass_within(&self, from: i32, (first, last): (i32, i32)) -> Option<i32> {
        let gates = self.cases.iter().flatten();
        let cut = gates.map(|gate| Gate { opens: gate.opens.max(first), closes: gate.closes.min(last) });
        cut.filter(|gate| gate.opens <= gate.closes && gate.closes >= from)
            .map(|gate| from.max(gate.opens))
            .min()
    }
}

/// All ties of a network by which contact passes, in some world or in every one.
#[derive(Clone, Debug)]
pub(super) struct Passages {
    pub(super) actor_count: usize,
    /// The days of instants, in order, each with where its ties begin among `edges`.
    pub(super) days: Vec<i32>,
    pub(super) offsets: Vec<u32>,
    /// Source and target of instants of known days, in order of time.
    pub(super) edges: Vec<(u32, u32)>,
    pub(super) crossings: Vec<Crossing>,
    /// The crossings at each actor.
    pub(super) at: Lists<u32>,
    /// Whether some crossing shares its day with others.
    pub(super) shares_days: bool,
}

impl Passages {
    /// # Complexity
    /// Time O(E + V) where instants of known days come in order, as datasets keep them; O(E log E) at the worst.
    pub(super) fn of(network: &Network<'_>, certainty: Certainty) -> Self {
        let (dataset, predicate) = (network.dataset(), network.predicate());
        let (ties, actors) = (dataset.ties(), dataset.actors());
        let is_directed = predicate.lens().direction == Direction::Forward;
        let mut dated: Vec<(i32, (u32, u32))> = Vec::new();
        let mut crossings = Vec::new();
        let mut events: BTreeMap<u32, Vec<Shared>> = BTreeMap::new();
        for tie in ties.all() {
            let (source, target) = (ties.source(tie), ties.target(tie));
            if source == target || !predicate.passes(dataset, tie) {
                continue;
            }
            // Where direction counts, a tie of a symmetric relation is one each way.
            let turned = (is_directed && dataset.relation(tie).symmetric).then_some((target.0, source.0));
            let ways = || [(source.0, target.0)].into_iter().chain(turned);
            let shares = ties.event(tie).is_some_and(|event| actors.is_same_day(event));
            if !shares && let Some(day) = known_day(network, tie) {
                dated.extend(ways().map(|ends| (day, ends)));
                continue;
            }
            let link = Link::of(network, tie);
            let cases = match certainty {
                Certainty::Possibly => possible_cases(&link),
                Certainty::Certainly | Certainty::No => sure_cases(&link),
            };
            let is_one_day = link.event.is_none()
                && cases.iter().all(|gates| gates.iter().all(|gate| gate.opens == gate.closes));
            match cases.as_slice() {
                [] => {}
                [gates] if is_one_day => {
                    let days = gates.iter().map(|gate| gate.opens);
                    dated.extend(days.flat_map(|day| ways().map(move |ends| (day, ends))));
                }
                _ => {
                    if let (Some(event), Certainty::Certainly) = (link.event, certainty) {
                        let days = link.cases.iter().flatten();
                        let days: Vec<_> =
                            days.map(|bounds| (bounds.start_min.number(), bounds.end_max.number())).collect();
                        events.entry(event).or_default().push(Shared { ends: (source.0, target.0), days });
                    }
                    crossings.extend(ways().map(|(source, target)| {
                        let (cases, event) = (cases.clone(), link.event);
                        Crossing { source, target, cases, event, through: Vec::new() }
                    }));
                }
            }
        }
        // Ties of an event whose day is known have it already.
        let known = known_events(&crossings);
        crossings.retain(|crossing: &Crossing| match crossing.event.and_then(|event| known.get(&event)) {
            Some(Some(day)) => {
                dated.push((*day, (crossing.source, crossing.target)));
                false
            }
            Some(None) | None => true,
        });
        for crossing in &mut crossings {
            crossing.event = crossing.event.filter(|event| known.get(event) == Some(&None));
        }
        for (event, shared) in events {
            if known.get(&event) == Some(&None) {
                crossings.extend(chained(event, &shared));
            }
        }
        // Ties of known days come in their order; what has several days is put among them.
        dated.sort_by_key(|(day, _)| *day);
        Self::lay_out(actors.count(), &dated, crossings)
    }

    fn lay_out(actor_count: usize, dated: &[(i32, (u32, u32))], crossings: Vec<Crossing>) -> Self {
        let (mut days, mut offsets) = (Vec::new(), Vec::new());
        for (at, (day, _)) in (0_u32..).zip(dated) {
            if days.last() != Some(day) {
                days.push(*day);
                offsets.push(at);
            }
        }
        offsets.push(crate::dataset::number(dated.len()));
        let ends = |(at, crossing): (u32, &Crossing)| [(crossing.source, at), (crossing.target, at)];
        let at: Vec<(u32, u32)> = (0..).zip(&crossings).flat_map(ends).collect();
        Self {
            actor_count,
            days,
            offsets,
            edges: dated.iter().map(|(_, ends)| *ends).collect(),
            at: Lists::group(actor_count, at.into_iter()),
            shares_days: crossings.iter().any(|crossing| crossing.event.is_some()),
            crossings,
        }
    }

    /// The same with time running back.
    pub(super) fn mirrored(&self) -> Self {
        let back = |day: i32| mirrored(Day::from_number(day)).number();
        let mut dated = Vec::with_capacity(self.edges.len());
        for at in (0..self.days.len()).rev() {
            let day = back(self.days[at]);
            dated.extend(self.on(at).iter().map(|(source, target)| (day, (*target, *source))));
        }
        let crossings = self.crossings.iter().map(|crossing| {
            let gate = |gate: &Gate| Gate { opens: back(gate.closes), closes: back(gate.opens) };
            Crossing {
                source: crossing.target,
                target: crossing.source,
                cases: crossing.cases.iter().map(|gates| gates.iter().map(gate).collect()).collect(),
                event: crossing.event,
                through: crossing.through.iter().rev().copied().collect(),
            }
        });
        Self::lay_out(self.actor_count, &dated, crossings.collect())
    }

    /// The instants of the day in a place.
    pub(super) fn on(&self, place: usize) -> &[(u32, u32)] {
        &self.edges[self.offsets[place] as usize..self.offsets[place + 1] as usize]
    }
}

/// The day of a tie of one asserted claim that names one day, by the lens.
fn known_day(network: &Network<'_>, tie: TieIndex) -> Option<i32> {
    let mut claims = network.dataset().ties().claims(tie);
    let (claim, bounds, cited) = claims.next()?;
    let [(bounds, false)] = bounds else { return None };
    let is_one_day = bounds.start_min == bounds.end_max && bounds.start_min.is_bounded();
    let is_plain = claim.status == Status::Asserted && claims.next().is_none();
    (is_plain && is_one_day && network.predicate().looks_at(claim.status, cited))
        .then_some(bounds.start_min.number())
}

/// The events of several ties, each with the one day that all of them have, or nothing where it is not known.
fn known_events(crossings: &[Crossing]) -> BTreeMap<u32, Option<i32>> {
    let mut known: BTreeMap<u32, Option<i32>> = BTreeMap::new();
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for crossing in crossings {
        let Some(event) = crossing.event else { continue };
        let mut gates = crossing.cases.iter().flatten();
        let first = gates.next().filter(|gate| gate.opens == gate.closes);
        let day = first.filter(|first| gates.all(|gate| gate == *first)).map(|gate| gate.opens);
        let agree = |known: &mut Option<i32>| *known = known.filter(|known| Some(*known) == day);
        known.entry(event).and_modify(agree).or_insert(day);
        *counts.entry(event).or_insert(0) += 1;
    }
    known.retain(|event, _| counts[event] > 1);
    known
}

fn possible_cases(link: &Link) -> Vec<Vec<Gate>> {
    let gate = |(first, last): &(Day, Day)| Gate { opens: first.number(), closes: last.number() };
    if link.possible.is_empty() { Vec::new() } else { vec![link.possible.iter().map(gate).collect()] }
}

pub(super) fn sure_cases(link: &Link) -> Vec<Vec<Gate>> {
    let gate = |days: &Bounds| Gate { opens: days.start_max.number(), closes: days.end_min.number() };
    // What begins nobody knows when has begun by no day that can be named.
    let gates = |case: &Vec<Bounds>| -> Vec<Gate> {
        case.iter().filter(|days| days.start_max != Day::MAX && days.end_min != Day::MIN).map(gate).collect()
    };
    let cases: Vec<Vec<Gate>> = link.cases.iter().map(gates).collect();
    if cases.iter().any(Vec::is_empty) { Vec::new() } else { cases }
}

/// A tie that is certainly there, of an event whose ties share a day, with the days that this can be.
struct Shared {
    ends: (u32, u32),
    days: Vec<(i32, i32)>,
}

/// Whom ties of an event lead to, one after the other, and the days that all of them can have.
type Way = (Vec<u32>, Vec<(i32, i32)>);

/// Whoever is joined by several ties of an event, one after the other, is joined on its day, whatever that is.
fn chained(event: u32, shared: &[Shared]) -> Vec<Crossing> {
    let mut actors: Vec<u32> = shared.iter().flat_map(|tie| [tie.ends.0, tie.ends.1]).collect();
    actors.sort_unstable();
    actors.dedup();
    let mut crossings = Vec::new();
    for from in &actors {
        // The fewest ties of the event between two actors, and the days that all on the way can have.
        let mut reached: BTreeMap<u32, Way> =
            BTreeMap::from([(*from, (Vec::new(), vec![(i32::MIN, i32::MAX)]))]);
        let mut queue = VecDeque::from([*from]);
        while let Some(actor) = queue.pop_front() {
            let (way, days) = reached[&actor].clone();
            for tie in shared {
                let next = match tie.ends {
                    (source, target) if source == actor => target,
                    (source, target) if target == actor => source,
                    _ => continue,
                };
                let common: Vec<(i32, i32)> = days
                    .iter()
                    .flat_map(|one| {
                        tie.days.iter().map(move |other| (one.0.max(other.0), one.1.min(other.1)))
                    })
                    .filter(|(first, last)| first <= last)
                    .collect();
                if common.is_empty() || reached.contains_key(&next) {
                    continue;
                }
                let way: Vec<u32> = way.iter().copied().chain([next]).collect();
                reached.insert(next, (way, common));
                queue.push_back(next);
            }
        }
        for (to, (way, days)) in reached {
            if to <= *from || way.len() < 2 {
                continue;
            }
            let first = days.iter().map(|days| days.0).min().unwrap_or(i32::MIN);
            let last = days.iter().map(|days| days.1).max().unwrap_or(i32::MAX);
            crossings.push(Crossing {
                source: *from,
                target: to,
                cases: vec![vec![Gate { opens: last, closes: first }]],
                event: Some(event),
                through: way[..way.len() - 1].to_vec(),
            });
        }
    }
    crossings
}

/// The row of an actor as passages have it.
pub(super) fn row(actor: u32) -> ActorIndex {
    ActorIndex(actor)
}
