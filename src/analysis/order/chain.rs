//! The fast rule: contact takes each hop on the first day on which it can.
//!
//! The later contact comes to a hop, the later it leaves it. So the first day that each tie allows decides
//! whether the chain is possible, and the first day that its worst world allows whether it is certain: ties
//! of different hops have nothing to do with one another, but for the events whose day they share. For these,
//! days are tried: only the days next to one that a date on the chain names can make a difference.

use std::collections::BTreeMap;

use super::{
    Pace,
    link::{Link, Span},
};
use crate::date::{Day, Window};

/// How many combinations of days of events are tried.
const WORLD_LIMIT: usize = 100_000;

/// The hops of a chain, each with its ties.
pub(super) struct Chain<'c> {
    pub(super) hops: &'c [Vec<Link>],
    pub(super) window: Window,
    pub(super) pace: Pace,
}

/// Which worlds are asked about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Some,
    All,
}

/// The day of each event that has one in common.
type Shared = BTreeMap<u32, Day>;

impl Chain<'_> {
    /// Whether contact can pass in some world.
    pub(super) fn is_possible(&self) -> bool {
        // With days of their own, ties can do whatever they can with a common one.
        if !self.passes(Mode::Some, &Shared::new()) {
            return false;
        }
        let events = self.events(Mode::Some);
        is_too_many(&events) || any(&events, &mut Shared::new(), &mut |days| self.passes(Mode::Some, days))
    }

    /// Whether contact can pass in all worlds.
    pub(super) fn is_certain(&self) -> bool {
        // With days of their own, ties have every world that a common one leaves them.
        if self.passes(Mode::All, &Shared::new()) {
            return true;
        }
        let events = self.events(Mode::All);
        let mut fails = |days: &Shared| !self.passes(Mode::All, days);
        !events.is_empty() && !is_too_many(&events) && !any(&events, &mut Shared::new(), &mut fails)
    }

    /// The first day on which contact can have passed, in the world that is best for it.
    pub(super) fn first_day(&self) -> Option<Day> {
        let alone = self.arrival(Mode::Some, &Shared::new())?;
        let events = self.events(Mode::Some);
        if is_too_many(&events) {
            return Some(alone);
        }
        let mut first: Option<Day> = None;
        any(&events, &mut Shared::new(), &mut |days| {
            let day = self.arrival(Mode::Some, days);
            first = first.into_iter().chain(day).min();
            first == Some(alone)
        });
        first
    }

    /// The day by which contact has passed in every world: the first in the world that is worst for it.
    pub(super) fn sure_day(&self) -> Option<Day> {
        let alone = self.arrival(Mode::All, &Shared::new());
        let events = self.events(Mode::All);
        if events.is_empty() || is_too_many(&events) {
            return alone;
        }
        let mut latest = Day::MIN;
        let fails = any(&events, &mut Shared::new(), &mut |days| match self.arrival(Mode::All, days) {
            Some(day) => {
                latest = latest.max(day);
                false
            }
            None => true,
        });
        (!fails).then_some(latest)
    }

    /// Whether contact passes when events are on these days.
    fn passes(&self, mode: Mode, days: &Shared) -> bool {
        self.arrival(mode, days).is_some()
    }

    /// The day on which contact has passed the last hop when events are on these days.
    fn arrival(&self, mode: Mode, days: &Shared) -> Option<Day> {
        let mut at = self.window.first();
        let mut passed = at;
        for hop in self.hops {
            let passage = |link: &Link| match (link.event.and_then(|event| days.get(&event)), mode) {
                (Some(day), Mode::Some) => {
                    (*day >= at && link.possible.iter().any(|span| holds(*span, *day))).then_some(*day)
                }
                (Some(day), Mode::All) => (*day >= at && !link.cases.is_empty()).then_some(*day),
                (None, Mode::Some) => link.may_pass(at),
                (None, Mode::All) => link.must_pass(at),
            };
            let first = hop.iter().filter_map(passage).min();
            passed = first.filter(|day| *day <= self.window.last())?;
            at = match self.pace {
                Pace::SameDay => passed,
                Pace::Strict => passed.next(),
            };
        }
        Some(passed)
    }

    /// The events whose ties share a day, each with the days that matter.
    fn events(&self, mode: Mode) -> Vec<(u32, Vec<Day>)> {
        let mut domains: BTreeMap<u32, Option<Vec<Span>>> = BTreeMap::new();
        for link in self.hops.iter().flatten() {
            let Some(event) = link.event else { continue };
            let domain = domains.entry(event).or_default();
            if link.cases.is_empty() {
                continue;
            }
            let spans = if mode == Mode::All { link.sure_spans() } else { link.possible.clone() };
            *domain = Some(match domain.take() {
                Some(known) => common(&known, &spans),
                None => spans,
            });
        }
        let everywhere = vec![(Day::MIN, Day::MAX)];
        let domains: Vec<(u32, Vec<Span>)> = domains
            .into_iter()
            .filter(|(_, domain)| mode == Mode::Some || domain.is_some())
            .map(|(event, domain)| (event, domain.unwrap_or_else(|| everywhere.clone())))
            .filter(|(_, domain)| !domain.is_empty())
            .collect();
        if domains.is_empty() {
            return Vec::new();
        }
        let named = self.named_days(domains.len());
        let candidates = |domain: &[Span]| -> Vec<Day> {
            let ends = domain.iter().flat_map(|(first, last)| [*first, *last]);
            let inside = named.iter().copied().filter(|day| domain.iter().any(|span| holds(*span, *day)));
            let mut days: Vec<Day> = ends.chain(inside).collect();
            days.sort_unstable();
            days.dedup();
            days
        };
        domains.into_iter().map(|(event, domain)| (event, candidates(&domain))).collect()
    }

    /// The days that dates on the chain name, and as many beside each as hops and events can push one
    /// another on.
    fn named_days(&self, event_count: usize) -> Vec<Day> {
        let reach = i32::try_from(self.hops.len() + event_count).unwrap_or(i32::MAX);
        let links = self.hops.iter().flatten();
        let days = links.flat_map(|link| {
            let possible = link.possible.iter().flat_map(|(first, last)| [*first, *last]);
            let sure = link.cases.iter().flatten().flat_map(|days| [days.start_max, days.end_min]);
            possible.chain(sure).collect::<Vec<_>>()
        });
        let mut named: Vec<Day> = days
            .chain([self.window.first(), self.window.last()])
            .filter(|day| day.is_bounded())
            .flat_map(|day| {
                (-reach..=reach).map(move |step| Day::from_number(day.number().saturating_add(step)))
            })
            .collect();
        named.sort_unstable();
        named.dedup();
        named
    }
}

/// Whether some combination of the events' days makes `is_so` true.
fn any(events: &[(u32, Vec<Day>)], days: &mut Shared, is_so: &mut dyn FnMut(&Shared) -> bool) -> bool {
    let Some(((event, candidates), rest)) = events.split_first() else { return is_so(days) };
    candidates.iter().any(|day| {
        days.insert(*event, *day);
        any(rest, days, is_so)
    })
}

fn holds((first, last): Span, day: Day) -> bool {
    first <= day && day <= last
}

/// The days that both have.
fn common(one: &[Span], other: &[Span]) -> Vec<Span> {
    let pairs = one.iter().flat_map(|x| other.iter().map(move |y| (x.0.max(y.0), x.1.min(y.1))));
    pairs.filter(|(first, last)| first <= last).collect()
}

fn is_too_many(events: &[(u32, Vec<Day>)]) -> bool {
    let mut count = 1_usize;
    for (_, days) in events {
        count = count.saturating_mul(days.len());
    }
    count > WORLD_LIMIT
}
