//! Worlds that dates and references allow, drawn by chance: in each a tie was there in the window, or was not.

use std::collections::BTreeMap;

use oorandom::Rand64;

use crate::{
    dataset::{ActorIndex, ClaimEntry, DayBounds, TieIndex},
    date::{Bounds, Certainty, Day, Reading, Status, Window},
    network::Network,
};

/// Draws worlds of a network.
///
/// What is drawn: of several claims that the lens looks at, one, each as likely as any other; of alternatives one; of a
/// beginning and an end a day each, every day of its range as likely as any other, the end not before the beginning;
/// and a claim that is not asserted, or has a `?`, holds in every other world. Ties of an event that says so share its
/// day, where there is a day that all of them allow. A range without bound reaches to the days of the window and of the
/// dataset. Ties that are certain are in every world, and those that are not possible in none.
#[derive(Debug)]
pub struct Worlds<'n, 'd> {
    network: &'n Network<'d>,
    /// Ties that are in every world.
    certain: Vec<TieIndex>,
    /// Ties that may be, in order.
    doubtful: Vec<TieIndex>,
    /// The days that an unbounded range is drawn from.
    stretch: Window,
    /// The days that all ties of an event allow.
    shared: BTreeMap<ActorIndex, Window>,
    random: Rand64,
}

impl<'n, 'd> Worlds<'n, 'd> {
    /// Worlds of a network of possible ties; a seed draws the same on every machine.
    ///
    /// # Complexity
    /// Time and space O(E), for E ties.
    pub fn new(network: &'n Network<'d>, seed: u64) -> Self {
        let (dataset, predicate) = (network.dataset(), network.predicate());
        let ties = dataset.ties();
        let passing = ties.all().filter(|tie| predicate.passes(dataset, *tie));
        let is_certain = |tie: &TieIndex| predicate.certainty(dataset, *tie) == Certainty::Certainly;
        let (certain, doubtful): (Vec<TieIndex>, Vec<TieIndex>) = passing.partition(is_certain);
        let during = predicate.lens().during;
        let named = super::series::named(network).unwrap_or(during);
        let bounded = |day: Day, other: Day| if day.is_bounded() { day } else { other };
        let first = bounded(during.first(), named.first()).min(named.first());
        let last = bounded(during.last(), named.last()).max(named.last());
        let stretch = Window::new(first, last).unwrap_or(named);
        let inside = |first: Day, last: Day| {
            Window::new(bounded(first, stretch.first()), bounded(last, stretch.last()))
        };
        let mut shared: BTreeMap<ActorIndex, Option<Window>> = BTreeMap::new();
        for tie in &doubtful {
            let Some(event) = ties.event(*tie).filter(|event| dataset.actors().is_same_day(*event)) else {
                continue;
            };
            let (first, last) = ties.hull(*tie);
            let days = inside(first, last);
            let known = shared.entry(event).or_insert(days);
            *known = known.zip(days).and_then(|(known, days)| {
                Window::new(known.first().max(days.first()), known.last().min(days.last()))
            });
        }
        let shared = shared.into_iter().filter_map(|(event, days)| Some((event, days?))).collect();
        Self { network, certain, doubtful, stretch, shared, random: Rand64::new(seed.into()) }
    }

    /// How many ties are in some worlds only.
    pub fn doubtful_count(&self) -> usize {
        self.doubtful.len()
    }

    /// The next world: by tie, whether it is in it.
    pub fn draw(&mut self) -> Vec<bool> {
        let dataset = self.network.dataset();
        let mut present = vec![false; dataset.ties().count()];
        self.certain.iter().for_each(|tie| present[tie.at()] = true);
        let mut days: BTreeMap<ActorIndex, Day> = BTreeMap::new();
        let shared: Vec<(ActorIndex, Window)> =
            self.shared.iter().map(|(event, days)| (*event, *days)).collect();
        for (event, window) in shared {
            days.insert(event, self.day(window.first(), window.last()));
        }
        for at in 0..self.doubtful.len() {
            let tie = self.doubtful[at];
            let shared = dataset.ties().event(tie).and_then(|event| days.get(&event).copied());
            present[tie.at()] = self.holds(tie, shared);
        }
        present
    }

    /// Whether a tie is in a world that is drawn for it.
    fn holds(&mut self, tie: TieIndex, shared: Option<Day>) -> bool {
        let (dataset, predicate) = (self.network.dataset(), self.network.predicate());
        let claims: Vec<(&ClaimEntry, &[DayBounds])> = dataset
            .ties()
            .claims(tie)
            .filter(|(claim, _, cited)| denies(claim.status) || predicate.looks_at(claim.status, cited))
            .map(|(claim, bounds, _)| (claim, bounds))
            .collect();
        let (claim, bounds) = claims[self.one_of(claims.len())];
        if denies(claim.status) || (claim.status != Status::Asserted && self.one_of(2) == 0) {
            return false;
        }
        match claim.reading {
            Reading::Alternatives => {
                let bounds = bounds[self.one_of(bounds.len())];
                self.in_force(bounds, shared)
            }
            // All occurrences are true; every one of them is drawn, so that a draw does not depend on another.
            Reading::Occurrences => {
                bounds.iter().map(|bounds| self.in_force(*bounds, shared)).fold(false, |any, one| any | one)
            }
        }
    }

    fn in_force(&mut self, (bounds, doubtful): DayBounds, shared: Option<Day>) -> bool {
        if doubtful && self.one_of(2) == 0 {
            return false;
        }
        let during = self.network.predicate().lens().during;
        let Bounds { start_min, start_max, end_min, end_max } = bounds;
        if start_min == end_min && start_max == end_max {
            return during.contains(shared.unwrap_or_else(|| self.day(start_min, start_max)));
        }
        let start = self.day(start_min, start_max);
        let end = self.day(end_min.max(start), end_max);
        start <= during.last() && end >= during.first()
    }

    /// A day of a range, every one as likely as any other.
    fn day(&mut self, first: Day, last: Day) -> Day {
        let inside = |day: Day| day.max(self.stretch.first()).min(self.stretch.last());
        let first = if first.is_bounded() { first } else { inside(first).min(last) };
        let last = if last.is_bounded() { last } else { inside(last).max(first) };
        let count = i64::from(last.number()) - i64::from(first.number()) + 1;
        let count = u64::try_from(count).unwrap_or(1).max(1);
        let step = i64::try_from(self.random.rand_range(0..count)).unwrap_or(0);
        let number = i64::from(first.number()) + step;
        Day::from_number(i32::try_from(number).unwrap_or(last.number()))
    }

    /// A number below `count`, each as likely as any other.
    fn one_of(&mut self, count: usize) -> usize {
        if count < 2 {
            return 0;
        }
        let count = u64::from(crate::dataset::number(count));
        usize::try_from(self.random.rand_range(0..count)).expect("it is less than a count in memory")
    }
}

/// Whether a claim of this status says that there was no such tie.
fn denies(status: Status) -> bool {
    match status {
        Status::Refuted | Status::Absent => true,
        Status::Asserted | Status::Alleged | Status::Disputed | Status::Hypothetical => false,
    }
}
