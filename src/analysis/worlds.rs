//! Worlds that dates and references allow, drawn by chance: in each a tie was there in the window, or was not.

use std::collections::BTreeMap;

use oorandom::Rand64;

use crate::{
    dataset::{ActorIndex, ClaimEntry, DayBounds, TieIndex},
    date::{Bounds, Certainty, Day, Reading, Status, Window},
    network::Network,
};

/// First and last day of each time that a tie was in force.
pub type Spans = Vec<(Day, Day)>;

/// A world in which every tie has its days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatedWorld {
    /// By tie, whether it is in it.
    pub present: Vec<bool>,
    /// The days of those of which these are not known, in the order of ties.
    days: Vec<(TieIndex, Spans)>,
}

impl DatedWorld {
    /// The days that were drawn for a tie; `None` where they are known.
    pub fn days(&self, tie: TieIndex) -> Option<&[(Day, Day)]> {
        self.days.binary_search_by_key(&tie, |(tie, _)| *tie).ok().map(|at| self.days[at].1.as_slice())
    }
}

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
    /// Ties that are in every world, but on days that are not known; none where these are not asked.
    undated: Vec<TieIndex>,
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
        let passing = dataset.ties().all().filter(|tie| predicate.passes(dataset, *tie));
        let is_certain = |tie: &TieIndex| predicate.certainty(dataset, *tie) == Certainty::Certainly;
        let (certain, doubtful): (Vec<TieIndex>, Vec<TieIndex>) = passing.partition(is_certain);
        let during = predicate.lens().during;
        let named = super::series::named(network).unwrap_or(during);
        let first = bounded(during.first(), named.first()).min(named.first());
        let last = bounded(during.last(), named.last()).max(named.last());
        let stretch = Window::new(first, last).unwrap_or(named);
        let shared = shared_days(network, &doubtful, stretch);
        let (undated, random) = (Vec::new(), Rand64::new(seed.into()));
        Self { network, certain, undated, doubtful, stretch, shared, random }
    }

    /// The same, of which days are asked too: those of ties that are in every world are drawn where they are not known,
    /// and ties of an event share its day with these.
    ///
    /// # Complexity
    /// Time and space O(E), for E ties.
    pub fn dated(network: &'n Network<'d>, seed: u64) -> Self {
        let mut worlds = Self::new(network, seed);
        let mut all: Vec<TieIndex> = worlds.certain.iter().chain(&worlds.doubtful).copied().collect();
        all.sort_unstable();
        worlds.shared = shared_days(network, &all, worlds.stretch);
        let certain = std::mem::take(&mut worlds.certain).into_iter();
        (worlds.certain, worlds.undated) = certain.partition(|tie| is_exact(network, *tie));
        worlds
    }

    /// How many ties are in some worlds only.
    pub fn doubtful_count(&self) -> usize {
        self.doubtful.len()
    }

    /// How many ties are in every world on days that are drawn.
    pub fn undated_count(&self) -> usize {
        self.undated.len()
    }

    /// The next world: by tie, whether it is in it.
    pub fn draw(&mut self) -> Vec<bool> {
        self.draw_dated().present
    }

    /// The same, with the days that were drawn: those of doubtful ties, and of all that are not known where worlds are
    /// [dated](Self::dated).
    pub fn draw_dated(&mut self) -> DatedWorld {
        let shared = self.draw_shared();
        let mut present = vec![false; self.network.dataset().ties().count()];
        self.certain.iter().for_each(|tie| present[tie.at()] = true);
        let mut world = DatedWorld { present, days: Vec::new() };
        let certain = self.undated.iter().map(|tie| (*tie, true));
        let all: Vec<(TieIndex, bool)> =
            certain.chain(self.doubtful.iter().map(|tie| (*tie, false))).collect();
        for (tie, is_certain) in all {
            let spans = self.read(tie, &shared, is_certain);
            world.present[tie.at()] = self.is_met(&spans);
            world.days.push((tie, spans));
        }
        world.days.sort_unstable_by_key(|(tie, _)| *tie);
        world
    }

    /// Whether days meet the window.
    fn is_met(&self, spans: &Spans) -> bool {
        let during = self.network.predicate().lens().during;
        spans.iter().any(|(start, end)| *start <= during.last() && *end >= during.first())
    }

    /// The days of events whose ties share one.
    fn draw_shared(&mut self) -> BTreeMap<ActorIndex, Day> {
        let shared: Vec<(ActorIndex, Window)> =
            self.shared.iter().map(|(event, days)| (*event, *days)).collect();
        shared.into_iter().map(|(event, window)| (event, self.day(window.first(), window.last()))).collect()
    }

    /// The days of a tie in a world that is drawn for it, none where it is not there. What is certain is as it is asserted.
    fn read(&mut self, tie: TieIndex, shared: &BTreeMap<ActorIndex, Day>, is_certain: bool) -> Spans {
        let (dataset, predicate) = (self.network.dataset(), self.network.predicate());
        let shared = dataset.ties().event(tie).and_then(|event| shared.get(&event).copied());
        let counts = |claim: &ClaimEntry| !is_certain || claim.status == Status::Asserted;
        let claims: Vec<(&ClaimEntry, &[DayBounds])> = dataset
            .ties()
            .claims(tie)
            .filter(|(claim, _, cited)| denies(claim.status) || predicate.looks_at(claim.status, cited))
            .filter(|(claim, _, _)| counts(claim))
            .map(|(claim, bounds, _)| (claim, bounds))
            .collect();
        let (claim, bounds) = claims[self.one_of(claims.len())];
        if denies(claim.status) || (claim.status != Status::Asserted && self.one_of(2) == 0) {
            return Spans::new();
        }
        match claim.reading {
            Reading::Alternatives => {
                let bounds = bounds[self.one_of(bounds.len())];
                self.span(bounds, shared).into_iter().collect()
            }
            // All occurrences are true; every one of them is drawn, so that a draw does not depend on another.
            Reading::Occurrences => bounds.iter().filter_map(|bounds| self.span(*bounds, shared)).collect(),
        }
    }

    /// First and last day of some bounds; `None` where they are doubtful and do not hold.
    fn span(&mut self, (bounds, doubtful): DayBounds, shared: Option<Day>) -> Option<(Day, Day)> {
        if doubtful && self.one_of(2) == 0 {
            return None;
        }
        let Bounds { start_min, start_max, end_min, end_max } = bounds;
        if start_min == end_min && start_max == end_max {
            let day = shared.unwrap_or_else(|| self.day(start_min, start_max));
            return Some((day, day));
        }
        let start = self.day(start_min, start_max);
        Some((start, self.day(end_min.max(start), end_max)))
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

/// Whether a tie has the same days in all worlds.
fn is_exact(network: &Network<'_>, tie: TieIndex) -> bool {
    let mut claims = network.dataset().ties().claims(tie);
    let is_fixed = |(bounds, doubtful): &DayBounds| {
        bounds.start_min == bounds.start_max && bounds.end_min == bounds.end_max && !doubtful
    };
    match (claims.next(), claims.next()) {
        (Some((claim, bounds, _)), None) => {
            let is_one = bounds.len() == 1 || claim.reading == Reading::Occurrences;
            claim.status == Status::Asserted && is_one && bounds.iter().all(is_fixed)
        }
        (_, _) => false,
    }
}

/// A day, or another where it has no bound.
fn bounded(day: Day, other: Day) -> Day {
    if day.is_bounded() { day } else { other }
}

/// The days that all of some ties of an event allow, where its ties share a day.
fn shared_days(network: &Network<'_>, among: &[TieIndex], stretch: Window) -> BTreeMap<ActorIndex, Window> {
    let dataset = network.dataset();
    let inside =
        |first: Day, last: Day| Window::new(bounded(first, stretch.first()), bounded(last, stretch.last()));
    let mut shared: BTreeMap<ActorIndex, Option<Window>> = BTreeMap::new();
    for tie in among {
        let event = dataset.ties().event(*tie);
        let Some(event) = event.filter(|event| dataset.actors().is_same_day(*event)) else {
            continue;
        };
        let (first, last) = dataset.ties().hull(*tie);
        let days = inside(first, last);
        let known = shared.entry(event).or_insert(days);
        *known = known.zip(days).and_then(|(known, days)| {
            Window::new(known.first().max(days.first()), known.last().min(days.last()))
        });
    }
    shared.into_iter().filter_map(|(event, days)| Some((event, days?))).collect()
}

/// Whether a claim of this status says that there was no such tie.
fn denies(status: Status) -> bool {
    match status {
        Status::Refuted | Status::Absent => true,
        Status::Asserted | Status::Alleged | Status::Disputed | Status::Hypothetical => false,
    }
}
