//! Chains where contact waits nowhere longer than a number of days.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    Flow, Goal, Temporal, Terms, TimeRespectingPath,
    labels::{First, Step, sure_passes},
    passages::{row, sure_cases},
    path::PAIR_LIMIT,
    scan::Pins,
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

impl Temporal<'_> {
    /// The first day that some tie names, or as many days before it as a chain can have hops.
    pub(super) fn oldest_day(&self) -> Day {
        let passages = &self.ahead;
        let gates = passages.crossings.iter().flat_map(|crossing| crossing.cases.iter().flatten());
        let days = gates.flat_map(|gate| [gate.opens, gate.closes]).chain(passages.days.first().copied());
        let oldest = days.filter(|day| Day::from_number(*day).is_bounded()).min().unwrap_or(0);
        let hops = i32::try_from(passages.actor_count).unwrap_or(i32::MAX);
        Day::from_number(oldest.saturating_sub(hops).max(i32::MIN + 1))
    }

    /// The last day that some tie names, or as many days after it as a chain can have hops.
    fn newest_day(&self) -> Day {
        let passages = &self.ahead;
        let gates = passages.crossings.iter().flat_map(|crossing| crossing.cases.iter().flatten());
        let days = gates.flat_map(|gate| [gate.opens, gate.closes]).chain(passages.days.last().copied());
        let newest = days.filter(|day| Day::from_number(*day).is_bounded()).max().unwrap_or(0);
        let hops = i32::try_from(passages.actor_count).unwrap_or(i32::MAX);
        Day::from_number(newest.saturating_add(hops).min(i32::MAX - 1))
    }

    /// The best chain where contact waits nowhere longer than a number of days.
    pub(super) fn path_without_waiting(
        &self,
        a: ActorIndex,
        b: ActorIndex,
        goal: Goal,
        terms: &Terms,
        (asked, gap): (Window, i32),
    ) -> Option<TimeRespectingPath> {
        // Beyond the days that ties name nothing changes, and runs of days must end somewhere.
        let asked = Window::new(asked.first().max(self.oldest_day()), asked.last().min(self.newest_day()))?;
        let pins = Pins::new();
        let find = |flow, first, window: Window| -> Option<Vec<ActorIndex>> {
            let (from, to) = if flow == Flow::Forward { (a, b) } else { (b, a) };
            let search = self.search(flow, terms, &pins, first);
            let steps = search.chain(from.0, to.0, window_of(flow, window))?;
            let mut chain = self.expand(flow, from, &steps);
            if flow == Flow::Backward {
                chain.reverse();
            }
            Some(chain)
        };
        let actors = match goal {
            Goal::Earliest => find(Flow::Forward, First::Days, asked)?,
            Goal::Latest => find(Flow::Backward, First::Days, asked)?,
            Goal::Fewest => find(Flow::Forward, First::Hops, asked)?,
            Goal::Fastest => {
                let mut best: Option<(i64, Vec<ActorIndex>)> = None;
                let mut first = asked.first();
                for _ in 0..PAIR_LIMIT {
                    let Some(window) = Window::new(first, asked.last()) else { break };
                    let Some(found) = find(Flow::Forward, First::Days, window) else { break };
                    let arrival = *self.schedule(&found, terms, gap, window, Flow::Forward)?.last()?;
                    let until = Window::new(first, arrival)?;
                    let actors = find(Flow::Backward, First::Days, until)?;
                    let days = self.schedule(&actors, terms, gap, until, Flow::Backward)?;
                    let length = i64::from(arrival.number()) - i64::from(days.first()?.number());
                    if best.as_ref().is_none_or(|(known, _)| length < *known) {
                        best = Some((length, actors));
                    }
                    if length == 0 {
                        break;
                    }
                    first = days.first()?.next();
                }
                best?.1
            }
        };
        let flow = if goal == Goal::Latest || goal == Goal::Fastest { Flow::Backward } else { Flow::Forward };
        let days = self.schedule(&actors, terms, gap, asked, flow)?;
        let mut departure = *days.first()?;
        let days = if self.certainty == Certainty::Possibly {
            days
        } else {
            // By what day contact has left in every world, and by what day it has come when it has.
            let first = if flow == Flow::Backward { departure } else { asked.first() };
            let days =
                self.schedule(&actors, terms, gap, Window::new(first, asked.last())?, Flow::Forward)?;
            let until = Window::new(first, *days.last()?)?;
            let left = self.schedule(&actors, terms, gap, until, Flow::Backward);
            departure = left.and_then(|days| days.first().copied()).unwrap_or(first);
            let between = Window::new(departure, until.last())?;
            self.schedule(&actors, terms, gap, between, Flow::Forward).unwrap_or(days)
        };
        Some(TimeRespectingPath { actors, departure, days, is_best: false })
    }

    /// Everyone whom contact from an actor reaches, or who reaches it, where it waits nowhere longer than terms say: the
    /// day and the chain to each, from the actor on, by actor.
    pub(super) fn chains_without_waiting(
        &self,
        actor: ActorIndex,
        flow: Flow,
        terms: &Terms,
    ) -> BTreeMap<ActorIndex, (Day, Vec<ActorIndex>)> {
        let asked = self.network.predicate().lens().during;
        let within = Window::new(asked.first().max(self.oldest_day()), asked.last().min(self.newest_day()));
        let Some(window) = within else { return BTreeMap::new() };
        let pins = Pins::new();
        let chains = self.search(flow, terms, &pins, First::Days).chains(actor.0, window_of(flow, window));
        let chain = |steps: Vec<Step>| {
            let last = steps.last()?;
            let day = Day::from_number(last.day);
            let day = if flow == Flow::Backward { mirrored(day) } else { day };
            Some((row(last.to), (day, self.expand(flow, actor, &steps))))
        };
        chains.into_iter().filter_map(chain).collect()
    }

    /// The days on which contact passes the hops of a chain where it waits nowhere longer than `gap` days: the first
    /// that arrive, or the last that leave; of what is certain, those by which it has passed in every world, or from
    /// which on it can leave.
    fn schedule(
        &self,
        actors: &[ActorIndex],
        terms: &Terms,
        gap: i32,
        window: Window,
        flow: Flow,
    ) -> Option<Vec<Day>> {
        let mut hops = self.hops(actors);
        let (first, last) = window_of(flow, window);
        if flow == Flow::Backward {
            hops.reverse();
            hops = hops.iter().map(|links| links.iter().map(Link::mirrored).collect()).collect();
        }
        let step = i32::from(terms.pace == order::Pace::Strict);
        let days = if self.certainty == Certainty::Possibly {
            days_of_some_world(&hops, (first, last), step, gap)?
        } else {
            days_of_all_worlds(&hops, (first, last), step, gap)?
        };
        let days = days.into_iter().map(Day::from_number);
        Some(if flow == Flow::Backward { days.rev().map(mirrored).collect() } else { days.collect() })
    }
}

/// The first days on which contact that waits no longer than `gap` days can pass hops, in the world that is best for it.
fn days_of_some_world(
    hops: &[Vec<Link>],
    (first, last): (i32, i32),
    step: i32,
    gap: i32,
) -> Option<Vec<i32>> {
    let mut runs: Vec<Vec<(i32, i32)>> = Vec::new();
    for links in hops {
        let spans = links.iter().flat_map(|link| &link.possible).map(|(x, y)| (x.number(), y.number()));
        let before = runs.last();
        let mut here: Vec<(i32, i32)> = Vec::new();
        for (opens, closes) in spans {
            let cut = |from: i32, until: i32| (opens.max(from), closes.min(until).min(last));
            match before {
                None => here.push(cut(first, i32::MAX)),
                Some(before) => here.extend(
                    before.iter().map(|run| cut(run.0.saturating_add(step), run.1.saturating_add(gap))),
                ),
            }
        }
        here.retain(|run| run.0 <= run.1);
        runs.push(here);
    }
    let mut day = runs.last()?.iter().map(|run| run.0).min()?;
    let mut days = vec![day];
    for here in runs.iter().rev().skip(1) {
        let latest = day.saturating_sub(step);
        let fits = here.iter().filter(|run| run.0 <= latest).map(|run| run.1.min(latest));
        day = fits.max().filter(|found| day.saturating_sub(*found) <= gap)?;
        days.push(day);
    }
    days.reverse();
    Some(days)
}

/// The days by which contact that waits no longer than `gap` days has passed hops in every world, by one tie each.
fn days_of_all_worlds(
    hops: &[Vec<Link>],
    (first, last): (i32, i32),
    step: i32,
    gap: i32,
) -> Option<Vec<i32>> {
    if hops.len() > 1 && gap < step {
        return None;
    }
    // By hop: the days of each label, and from which label of the hop before it came.
    let mut levels: Vec<Vec<((i32, i32), usize)>> = Vec::new();
    for links in hops {
        let before: Vec<(i32, i32)> = match levels.last() {
            None => vec![(first, last)],
            Some(labels) => {
                labels.iter().map(|((x, y), _)| (x.saturating_add(step), y.saturating_add(gap))).collect()
            }
        };
        let mut here = Vec::new();
        for cases in links.iter().map(sure_cases).filter(|cases| !cases.is_empty()) {
            for (at, days) in before.iter().enumerate() {
                here.extend(sure_passes(&cases, *days, last).into_iter().map(|days| (days, at)));
            }
        }
        // Of those that pass no later only those that can wait longer are of use.
        here.sort_by_key(|((x, y), at)| (*x, Reverse(*y), *at));
        let mut longest = i32::MIN;
        here.retain(|((_, y), _)| {
            let is_longer = *y > longest;
            longest = longest.max(*y);
            is_longer
        });
        levels.push(here);
    }
    let mut at = 0;
    let mut days = Vec::new();
    for labels in levels.iter().rev() {
        let ((day, _), before) = labels.get(at)?;
        days.push(*day);
        at = *before;
    }
    days.reverse();
    Some(days)
}
