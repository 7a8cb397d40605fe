//! The best chain from one actor to another: first to arrive, last to leave, fastest, of the fewest hops.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use super::{
    Flow, SEARCH_LIMIT, Temporal, Terms,
    labels::{First, Search, Step},
    passages::row,
    scan::{Pins, Via},
    window_of,
};
use crate::{
    analysis::order::{
        self,
        link::{Link, mirrored},
    },
    dataset::ActorIndex,
    date::{Certainty, Day, Window},
};

/// What the best chain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The first to arrive; of these, of the fewest hops.
    Earliest,
    /// The last to leave; of these, of the fewest hops.
    Latest,
    /// The one with the fewest days between leaving and arriving; of these, the first.
    Fastest,
    /// Of the fewest hops; of these, the first to arrive.
    Fewest,
}

/// A chain along which contact can pass in order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeRespectingPath {
    /// Its actors, both ends included.
    pub actors: Vec<ActorIndex>,
    /// The last day on which contact can be at the first actor and still arrive by the day of arrival; the unbounded
    /// past where nothing says when it was.
    pub departure: Day,
    /// By hop: the first day on which contact that leaves so can have passed it; in every world, if the
    /// question is about what is certain.
    pub days: Vec<Day>,
    /// Whether no other chain can be better; where happenings share unknown days, searches may have run out.
    pub is_best: bool,
}

impl TimeRespectingPath {
    /// The day on which contact arrives.
    pub fn arrival(&self) -> Day {
        self.days.last().copied().unwrap_or(self.departure)
    }
}

/// How many pairs of leaving and arriving are tried for the fastest chain.
pub(super) const PAIR_LIMIT: usize = 20_000;

/// A chain that a search found: its actors, its steps, and how good it is (less is better).
struct Candidate {
    steps: Vec<Step>,
    cost: i64,
}

impl Temporal<'_> {
    /// The best chain from one actor to another, within the window of the lens; nothing where no chain passes.
    ///
    /// With a bound on waiting, a chain that is found is right, but that none is found is no proof that there is none:
    /// to find chains that do not come back to an actor is NP-hard then (Casteigts and others 2021). What is certain then
    /// is so by one tie, and one occurrence of it, for each hop, whatever days its dates allow.
    ///
    /// # Complexity
    /// Time that of [`reach`](Self::reach), and O(h·E) for the fewest hops h; for the fastest chain as often as there
    /// are pairs of days of which no other leaves later and arrives earlier. With happenings that share unknown days
    /// up to [`SEARCH_LIMIT`] times that.
    pub fn path(
        &self,
        a: ActorIndex,
        b: ActorIndex,
        goal: Goal,
        terms: &Terms,
    ) -> Option<TimeRespectingPath> {
        if a == b {
            return None;
        }
        let asked = self.network.predicate().lens().during;
        match terms.gap_days {
            Some(gap) => self.path_without_waiting(a, b, goal, terms, (asked, gap)),
            None => self.path_within(a, b, goal, terms, asked),
        }
    }

    fn path_within(
        &self,
        a: ActorIndex,
        b: ActorIndex,
        goal: Goal,
        terms: &Terms,
        asked: Window,
    ) -> Option<TimeRespectingPath> {
        let (first, last) = (asked.first(), asked.last());
        let (window, is_best) = match goal {
            Goal::Fewest => (asked, true),
            Goal::Earliest => {
                let (day, _, is_best) = self.first_day(Flow::Forward, (a, b), terms, asked)?;
                (Window::new(first, day)?, is_best)
            }
            Goal::Latest => {
                let (day, _, is_best) = self.first_day(Flow::Backward, (a, b), terms, asked)?;
                (Window::new(mirrored(day), last)?, is_best)
            }
            Goal::Fastest => self.fastest(a, b, terms, asked)?,
        };
        let fewest = self.best(
            Flow::Forward,
            terms,
            window,
            &|pins| {
                let steps =
                    self.search(Flow::Forward, terms, pins, First::Hops).chain(a.0, b.0, days_of(window))?;
                let cost = i64::try_from(self.expand(Flow::Forward, a, &steps).len()).ok()?;
                Some(Candidate { steps, cost })
            },
            a,
            |_, chain| i64::try_from(chain.len()).unwrap_or(i64::MAX),
        );
        let (_, actors, is_fewest) = fewest?;
        let hops = self.hops(&actors);
        let day = |hops: &[Vec<Link>], window| order::first_day(hops, window, terms.pace, self.certainty);
        let arrival = day(&hops, window)?;
        let back: Vec<Vec<Link>> =
            hops.iter().rev().map(|links| links.iter().map(Link::mirrored).collect()).collect();
        let until = Window::new(mirrored(arrival.max(window.first())), mirrored(window.first()))?;
        let departure = mirrored(day(&back, until)?);
        let window = Window::new(departure, arrival.max(departure))?;
        let days = (1..=hops.len()).map(|count| day(&hops[..count], window)).collect::<Option<Vec<Day>>>()?;
        Some(TimeRespectingPath { actors, departure, days, is_best: is_best && is_fewest })
    }

    /// The first day on which contact arrives, the chain, and whether no chain can arrive earlier.
    pub(super) fn first_day(
        &self,
        flow: Flow,
        (a, b): (ActorIndex, ActorIndex),
        terms: &Terms,
        window: Window,
    ) -> Option<(Day, Vec<ActorIndex>, bool)> {
        let (from, to) = match flow {
            Flow::Forward => (a, b),
            Flow::Backward => (b, a),
        };
        let days = window_of(flow, window);
        let search = |pins: &Pins| {
            let arrived = self.run(flow, terms, pins).from(from.0, days, Some(to.0));
            let mut steps = Vec::new();
            let mut at = to.0;
            loop {
                let step = |crossing| Some(Step { to: at, day: arrived.day(at)?, crossing });
                let (before, found) = match arrived.via(at) {
                    Via::Nothing => break,
                    Via::Instant(before) => (before, step(None)),
                    Via::Crossing { from, crossing } => (from, step(Some(crossing))),
                };
                steps.push(found?);
                at = before;
            }
            steps.reverse();
            Some(Candidate { steps, cost: arrived.day(to.0)?.into() })
        };
        let (day, chain, is_best) =
            self.best(flow, terms, window, &search, from, |day, _| day.number().into())?;
        Some((day, chain, is_best))
    }

    /// Searches for the candidate of the least cost that the events on it allow; gives the day on which it arrives.
    fn best(
        &self,
        flow: Flow,
        terms: &Terms,
        window: Window,
        search: &dyn Fn(&Pins) -> Option<Candidate>,
        from: ActorIndex,
        cost: impl Fn(Day, &[ActorIndex]) -> i64,
    ) -> Option<(Day, Vec<ActorIndex>, bool)> {
        let first = search(&Pins::new())?;
        let window = match flow {
            Flow::Forward => window,
            Flow::Backward => Window::new(mirrored(window.last()), mirrored(window.first()))?,
        };
        let judge = |chain: &[ActorIndex]| {
            let mut hops = match flow {
                Flow::Forward => self.hops(chain),
                Flow::Backward => {
                    let back: Vec<ActorIndex> = chain.iter().rev().copied().collect();
                    self.hops(&back)
                }
            };
            if flow == Flow::Backward {
                hops.reverse();
                hops = hops.iter().map(|links| links.iter().map(Link::mirrored).collect()).collect();
            }
            order::first_day(&hops, window, terms.pace, self.certainty)
        };
        if !self.passages(flow).shares_days {
            let chain = self.expand(flow, from, &first.steps);
            return Some((judge(&chain)?, chain, true));
        }
        // Best first: what a search finds is never worse than any world allows within its days.
        let mut open: BinaryHeap<Reverse<(i64, usize)>> = BinaryHeap::from([Reverse((first.cost, 0))]);
        let mut branches: Vec<(Pins, Candidate)> = vec![(Pins::new(), first)];
        let mut found: Option<(i64, Day, Vec<ActorIndex>)> = None;
        let mut is_whole = true;
        while let Some(Reverse((bound, at))) = open.pop() {
            if found.as_ref().is_some_and(|(known, ..)| *known <= bound) {
                break;
            }
            if branches.len() > SEARCH_LIMIT {
                is_whole = false;
                break;
            }
            let (pins, candidate) = &branches[at];
            let chain = self.expand(flow, from, &candidate.steps);
            if let Some(day) = judge(&chain) {
                let cost = cost(day, &chain);
                if found.as_ref().is_none_or(|(known, ..)| cost < *known) {
                    found = Some((cost, day, chain));
                }
                if cost <= bound {
                    continue;
                }
            }
            // Certain ways through an event are steps of their own: dividing its days is for what is possible.
            let Some((event, day)) =
                self.clash(flow, &candidate.steps).filter(|_| self.certainty != Certainty::Certainly)
            else {
                is_whole = false;
                continue;
            };
            let pins = pins.clone();
            let (low, high) = pins.get(&event).copied().unwrap_or((i32::MIN, i32::MAX));
            for part in [(low, day), (day.saturating_add(1), high)] {
                let mut pins = pins.clone();
                pins.insert(event, part);
                if part.0 <= part.1
                    && let Some(candidate) = search(&pins)
                {
                    open.push(Reverse((candidate.cost, branches.len())));
                    branches.push((pins, candidate));
                }
            }
        }
        is_whole &= self.certainty != Certainty::Certainly;
        found.map(|(_, day, chain)| (day, chain, is_whole))
    }

    /// An event that a chain uses on two days, and the first of them.
    fn clash(&self, flow: Flow, steps: &[Step]) -> Option<(u32, i32)> {
        let crossings = &self.passages(flow).crossings;
        let mut days: BTreeMap<u32, i32> = BTreeMap::new();
        for step in steps {
            let Some(event) = step.crossing.and_then(|at| crossings[at as usize].event) else { continue };
            match days.get(&event) {
                Some(day) if *day != step.day => return Some((event, (*day).min(step.day))),
                Some(_) | None => days.insert(event, step.day),
            };
        }
        None
    }

    /// The actors of a chain, those within an event too.
    pub(super) fn expand(&self, flow: Flow, from: ActorIndex, steps: &[Step]) -> Vec<ActorIndex> {
        let mut actors = vec![from];
        for step in steps {
            if let Some(at) = step.crossing {
                let crossing = &self.passages(flow).crossings[at as usize];
                let through = crossing.through.iter().map(|actor| row(*actor));
                if crossing.target == step.to {
                    actors.extend(through);
                } else {
                    actors.extend(through.rev());
                }
            }
            actors.push(row(step.to));
        }
        actors
    }

    /// The ties of each hop of a chain.
    pub(super) fn hops(&self, actors: &[ActorIndex]) -> Vec<Vec<Link>> {
        let links = |pair: &[ActorIndex]| {
            let leading = self.network.ties_leading(pair[0], pair[1]);
            leading.map(|tie| Link::of(self.network, tie)).collect()
        };
        actors.windows(2).map(links).collect()
    }

    pub(super) fn search<'a>(
        &'a self,
        flow: Flow,
        terms: &Terms,
        pins: &'a Pins,
        first: First,
    ) -> Search<'a> {
        Search {
            passages: self.passages(flow),
            exits: self.exits(flow),
            pace: terms.pace,
            both_ways: self.goes_both_ways(),
            without: terms.without.map(|(a, b)| (a.0, b.0)),
            pins,
            gap_days: terms.gap_days,
            is_certain: terms.gap_days.is_some() && self.certainty != Certainty::Possibly,
            first,
            may_return: false,
        }
    }

    /// The window of the fewest days in which contact passes: for each day of leaving the first of arriving, and for
    /// that the last of leaving.
    fn fastest(&self, a: ActorIndex, b: ActorIndex, terms: &Terms, asked: Window) -> Option<(Window, bool)> {
        let mut best: Option<(i64, Window)> = None;
        let mut is_best = true;
        let mut first = asked.first().max(self.oldest_day());
        for tried in 0.. {
            let Some(window) = Window::new(first, asked.last()) else { break };
            let Some((arrival, _, is_first)) = self.first_day(Flow::Forward, (a, b), terms, window) else {
                break;
            };
            let until = Window::new(first, arrival.max(first))?;
            let (departure, _, is_last) = self.first_day(Flow::Backward, (a, b), terms, until)?;
            let departure = mirrored(departure);
            is_best &= is_first && is_last && tried < PAIR_LIMIT;
            let days = i64::from(arrival.number()) - i64::from(departure.number());
            if best.is_none_or(|(known, _)| days < known) {
                best = Some((days, Window::new(departure, arrival)?));
            }
            if days == 0 || tried >= PAIR_LIMIT {
                break;
            }
            first = departure.max(first).next();
        }
        best.map(|(_, window)| (window, is_best))
    }
}

fn days_of(window: Window) -> (i32, i32) {
    (window.first().number(), window.last().number())
}
