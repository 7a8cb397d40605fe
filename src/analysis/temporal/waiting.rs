//! Chains where contact waits nowhere longer than a number of days.

use super::{
    Flow, Goal, Temporal, Terms, TimeRespectingPath, labels::First, path::PAIR_LIMIT, scan::Pins, window_of,
};
use crate::{
    analysis::order::{
        self,
        link::{Link, mirrored},
    },
    dataset::ActorIndex,
    date::{Day, Window},
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
        Some(TimeRespectingPath { actors, departure: *days.first()?, days, is_best: false })
    }

    /// The days on which contact passes the hops of a chain where it waits nowhere longer than `gap` days: the first
    /// that arrive, or the last that leave.
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
        let mut runs: Vec<Vec<(i32, i32)>> = Vec::new();
        for links in &hops {
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
        let mut days: Vec<Day> = days.into_iter().map(Day::from_number).collect();
        if flow == Flow::Backward {
            days = days.into_iter().rev().map(mirrored).collect();
        }
        Some(days)
    }
}
