//! A second reading of dates, naive and slow, that the fast one is tested against.
//!
//! It asks of each pair of days (first in force, last in force) whether the words of a story allow it, and counts
//! which windows the allowed ones touch. It shares nothing with the code it tests but [`Day`] as a number.

use super::stories::{DAY_COUNT, Edge, Item, Story, When, Witness, first_of, last_of};
use super::{Certainty, Day, Duration};

const FIRST_DAY_NUMBER: i32 = 10_773;

/// The day of the calendar under test that an index stands for; the first is 1999-07-01.
pub(super) fn day(index: usize) -> Day {
    Day::from_number(FIRST_DAY_NUMBER + i32::try_from(index).unwrap())
}

impl Story {
    /// What all worlds together say of each window; nothing if the words allow no world.
    pub(super) fn verdicts(&self, windows: &[(usize, usize)]) -> Option<Vec<Certainty>> {
        let with_witness = self.tallies(windows, true);
        let tallies = match (with_witness, self.duration) {
            (Some(tallies), _) => tallies,
            // A happening that is attested on a day it cannot have been on: the date is believed.
            (None, Duration::Instant) => self.tallies(windows, false)?,
            (None, Duration::Lasting) => return None,
        };
        let verdict = |index: usize| {
            let touched = tallies.iter().any(|tally: &Vec<Tally>| tally[index].touched);
            let missed_by_all = tallies.iter().all(|tally| tally[index].missed);
            match (touched, missed_by_all) {
                (false, _) => Certainty::No,
                (true, true) => Certainty::Possibly,
                (true, false) => Certainty::Certainly,
            }
        };
        Some((0..windows.len()).map(verdict).collect())
    }

    /// For each occurrence and window, whether some world touches and some world misses it.
    fn tallies(&self, windows: &[(usize, usize)], witnessed: bool) -> Option<Vec<Vec<Tally>>> {
        let choice = |days, uncertain| Occurrence { start: Edges::Days(days), end: None, uncertain };
        let union = |dates: Vec<Vec<bool>>| {
            (0..DAY_COUNT).map(|index| dates.iter().any(|days| days[index])).collect::<Vec<_>>()
        };
        let unknown = || Occurrence { start: Edges::Unknown, end: Some(Edges::Unknown), uncertain: false };
        let edge = |edge: Edge| match edge {
            Edge::Open => Edges::Open,
            Edge::Unknown => Edges::Unknown,
            Edge::At(plain) => Edges::Days(plain.days()),
        };
        let occurrences = match (&self.when, &self.witness, self.duration) {
            (When::Nothing, Witness::Date(plain), Duration::Instant) => vec![choice(plain.days(), false)],
            (When::Nothing, Witness::OneOf(one, other), Duration::Instant) => {
                vec![choice(union(vec![one.days(), other.days()]), false)]
            }
            (When::Nothing, Witness::Nothing, Duration::Instant) => {
                vec![choice(
                    (0..DAY_COUNT).map(|index| self.exists.0 <= index && index <= self.exists.1).collect(),
                    false,
                )]
            }
            (When::Nothing, Witness::Interval(start, end), Duration::Instant) => vec![Occurrence {
                start: Edges::Days(start.days()),
                end: Some(Edges::Days(end.days())),
                uncertain: false,
            }],
            (When::Nothing, _, _) => vec![unknown()],
            (When::Date(plain), _, _) => vec![choice(plain.days(), plain.uncertain)],
            (When::OneOf(items), _, _) => {
                let days = union(
                    items
                        .iter()
                        .flat_map(|item| {
                            let dates = item.dates();
                            let (first, last) = (first_of(&dates[0]), last_of(dates.last().unwrap()));
                            match item {
                                Item::One(_) => dates,
                                _ => vec![
                                    (0..DAY_COUNT).map(|index| first <= index && index <= last).collect(),
                                ],
                            }
                        })
                        .collect(),
                );
                vec![choice(days, items.iter().any(|item| item.is_uncertain()))]
            }
            (When::AllOf(items), _, _) => items
                .iter()
                .flat_map(|item| item.dates().into_iter().map(|days| choice(days, item.is_uncertain())))
                .collect(),
            (When::Interval(start, end), _, _) => vec![Occurrence {
                start: edge(*start),
                end: Some(edge(*end)),
                uncertain: start.is_uncertain() || end.is_uncertain(),
            }],
        };
        occurrences.iter().map(|occurrence| self.tally(occurrence, windows, witnessed)).collect()
    }

    /// Walks every pair of days; nothing if no pair is allowed.
    fn tally(
        &self,
        occurrence: &Occurrence,
        windows: &[(usize, usize)],
        witnessed: bool,
    ) -> Option<Vec<Tally>> {
        let doubtful = occurrence.uncertain || self.witness_uncertain();
        let mut tallies = vec![Tally { touched: false, missed: doubtful }; windows.len()];
        let mut found = false;
        let same_day = occurrence.end.is_none() && self.duration == Duration::Instant;
        let end = occurrence.end.as_ref().unwrap_or(&Edges::Unknown);
        let witness = self.witness_days();
        for first in (0..DAY_COUNT).filter(|first| self.may_start(&occurrence.start, *first)) {
            for last in first..if same_day { first + 1 } else { DAY_COUNT } {
                let may_end = same_day || self.may_end(end, last);
                if !may_end || (witnessed && !seen(&witness, first, last)) {
                    continue;
                }
                found = true;
                for (tally, (from, to)) in tallies.iter_mut().zip(windows) {
                    let touches = first <= *to && last >= *from;
                    tally.touched |= touches;
                    tally.missed |= !touches;
                }
            }
        }
        found.then_some(tallies)
    }

    fn may_start(&self, start: &Edges, index: usize) -> bool {
        match start {
            Edges::Days(days) => days[index],
            // Without bound in the past, and certain from the beginning of existence on.
            Edges::Open => index <= self.exists.0,
            Edges::Unknown => index >= self.exists.0,
        }
    }

    fn may_end(&self, end: &Edges, index: usize) -> bool {
        match end {
            Edges::Days(days) => days[index],
            // Without bound in the future, and certain up to the day that is known of, while the actors exist.
            Edges::Open => self.known_until.is_none_or(|known| index >= known.min(self.exists.1)),
            Edges::Unknown => index <= self.exists.1,
        }
    }

    fn witness_uncertain(&self) -> bool {
        match &self.witness {
            Witness::Nothing => false,
            Witness::Date(plain) => plain.uncertain,
            Witness::OneOf(one, other) | Witness::Interval(one, other) => one.uncertain || other.uncertain,
        }
    }

    /// Pairs of dates: it was in force from some day of the one to some day of the other.
    fn witness_days(&self) -> Vec<(Vec<bool>, Vec<bool>, bool)> {
        match &self.witness {
            Witness::Nothing => Vec::new(),
            Witness::Date(plain) => vec![(plain.days(), plain.days(), true)],
            Witness::OneOf(one, other) => {
                vec![(one.days(), one.days(), true), (other.days(), other.days(), true)]
            }
            Witness::Interval(start, end) => vec![(start.days(), end.days(), false)],
        }
    }
}

/// Whether something in force from `first` to `last` fits one of the attestations, if there are any.
fn seen(witness: &[(Vec<bool>, Vec<bool>, bool)], first: usize, last: usize) -> bool {
    witness.is_empty()
        || witness.iter().any(|(from, to, same_day)| {
            let seen_first = (first..=last).find(|index| from[*index]);
            let seen_last = (first..=last).rev().find(|index| to[*index]);
            match (seen_first, seen_last) {
                (Some(seen_first), Some(seen_last)) => *same_day || seen_first <= seen_last,
                _ => false,
            }
        })
}

enum Edges {
    Open,
    Unknown,
    Days(Vec<bool>),
}

struct Occurrence {
    start: Edges,
    /// Nothing if only one date is written.
    end: Option<Edges>,
    uncertain: bool,
}

#[derive(Clone, Copy)]
struct Tally {
    touched: bool,
    missed: bool,
}
