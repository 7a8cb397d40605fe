//! A second reading of dates, naive and slow, that the fast one is tested against.
//!
//! It lists the days of a small world one by one and asks of each pair (first day in force, last day in force)
//! whether the written words allow it. It shares nothing with the code it tests but [`Day`] as a number: it keeps a
//! calendar of its own, and knows the texts because it writes them.

use proptest::prelude::*;

use super::{Certainty, Day, Duration};

/// The world begins on 1999-07-01 and is two years long; its first and last day stand for "no bound".
const MONTH_LENGTHS: [u8; 24] =
    [31, 31, 30, 31, 30, 31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30];
const FIRST_DAY_NUMBER: i32 = 10_773;
pub(super) const DAY_COUNT: usize = 731;
const LAST: usize = DAY_COUNT - 1;
/// 2000-01, counted in months from the beginning of the world.
const JANUARY: usize = 6;

/// The day of the calendar under test that an index stands for.
pub(super) fn day(index: usize) -> Day {
    Day::from_number(FIRST_DAY_NUMBER + i32::try_from(index).unwrap())
}

/// Month (from the beginning of the world) and day of the month of each day.
fn calendar() -> Vec<(usize, u8)> {
    (0..24).flat_map(|month| (1..=MONTH_LENGTHS[month]).map(move |day| (month, day))).collect()
}

/// One date in 2000.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Year,
    Month(usize),
    Day(usize, u8),
    /// Spring, summer, autumn, winter: 0 to 3.
    Season(usize),
    /// A day of a month that is not known.
    DayOfSomeMonth(u8),
    /// A month and the tens of its day.
    Tens(usize, u8),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    pub(super) form: Form,
    pub(super) uncertain: bool,
    pub(super) approximate: bool,
}

impl Plain {
    pub(super) fn text(self) -> String {
        let mark = ["", "?", "~", "%"][usize::from(self.uncertain) + 2 * usize::from(self.approximate)];
        let body = match self.form {
            Form::Year => "2000".to_owned(),
            Form::Month(month) => format!("2000-{:02}", month + 1),
            Form::Day(month, day) => format!("2000-{:02}-{day:02}", month + 1),
            Form::Season(season) => format!("2000-{}", 21 + season),
            Form::DayOfSomeMonth(day) => format!("2000-XX-{day:02}"),
            Form::Tens(month, tens) => format!("2000-{:02}-{tens}X", month + 1),
        };
        body + mark
    }

    /// Which days it allows.
    pub(super) fn days(self) -> Vec<bool> {
        let calendar = calendar();
        let near = usize::from(self.approximate);
        let written = |index: usize| {
            let (month, day) = calendar[index];
            let months_from = |first: usize, count: usize| {
                month + near * count >= JANUARY + first && month < JANUARY + first + count + near * count
            };
            match self.form {
                Form::Year => months_from(0, 12),
                Form::Month(found) => months_from(found, 1),
                Form::Season(season) => months_from(2 + 3 * season, 3),
                Form::Day(found, number) => month == JANUARY + found && day == number,
                Form::DayOfSomeMonth(number) => (JANUARY..JANUARY + 12).contains(&month) && day == number,
                Form::Tens(found, tens) => month == JANUARY + found && day / 10 == tens,
            }
        };
        let by_day = matches!(self.form, Form::Day(..) | Form::DayOfSomeMonth(_));
        (0..DAY_COUNT)
            .map(|index| {
                let reach = if by_day { near } else { 0 };
                (index.saturating_sub(reach)..=(index + reach).min(LAST)).any(written)
            })
            .collect()
    }

    fn is_gapless(self) -> bool {
        !matches!(self.form, Form::DayOfSomeMonth(_))
    }
}

fn first_of(days: &[bool]) -> usize {
    days.iter().position(|allowed| *allowed).unwrap()
}

fn last_of(days: &[bool]) -> usize {
    days.iter().rposition(|allowed| *allowed).unwrap()
}

/// A member of a set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    One(Plain),
    /// `a..b` between months.
    Months(usize, usize),
    /// `a..b` between days of one month.
    Days(usize, u8, u8),
    UpTo(Plain),
    From(Plain),
}

impl Item {
    fn text(self) -> String {
        match self {
            Self::One(plain) => plain.text(),
            Self::Months(first, last) => format!("2000-{:02}..2000-{:02}", first + 1, last + 1),
            Self::Days(month, first, last) => {
                format!("2000-{0:02}-{first:02}..2000-{0:02}-{last:02}", month + 1)
            }
            Self::UpTo(plain) => format!("..{}", plain.text()),
            Self::From(plain) => format!("{}..", plain.text()),
        }
    }

    /// The dates that it stands for: of `a..b` each month, each day.
    fn dates(self) -> Vec<Vec<bool>> {
        let exact = |form| Plain { form, uncertain: false, approximate: false }.days();
        let between = |first, last| (0..DAY_COUNT).map(|index| first <= index && index <= last).collect();
        match self {
            Self::One(plain) => vec![plain.days()],
            Self::Months(first, last) => (first..=last).map(|month| exact(Form::Month(month))).collect(),
            Self::Days(month, first, last) => {
                (first..=last).map(|day| exact(Form::Day(month, day))).collect()
            }
            Self::UpTo(plain) => vec![between(0, last_of(&plain.days()))],
            Self::From(plain) => vec![between(first_of(&plain.days()), LAST)],
        }
    }

    fn is_uncertain(self) -> bool {
        match self {
            Self::One(plain) | Self::UpTo(plain) | Self::From(plain) => plain.uncertain,
            Self::Months(..) | Self::Days(..) => false,
        }
    }
}

/// One end of an interval.
#[derive(Clone, Copy, Debug)]
pub(super) enum Edge {
    Open,
    Unknown,
    At(Plain),
}

impl Edge {
    fn text(self) -> String {
        match self {
            Self::Open => "..".to_owned(),
            Self::Unknown => String::new(),
            Self::At(plain) => plain.text(),
        }
    }

    fn is_uncertain(self) -> bool {
        matches!(self, Self::At(plain) if plain.uncertain)
    }

    fn is_gapless(self) -> bool {
        !matches!(self, Self::At(plain) if !plain.is_gapless())
    }
}

/// What stands in `when`.
#[derive(Clone, Debug)]
pub(super) enum When {
    Nothing,
    Date(Plain),
    OneOf(Vec<Item>),
    AllOf(Vec<Item>),
    Interval(Edge, Edge),
}

/// What stands in `attested`.
#[derive(Clone, Debug)]
pub(super) enum Witness {
    Nothing,
    Date(Plain),
    OneOf(Plain, Plain),
    Interval(Plain, Plain),
}

/// A dating, and what is known around it.
#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) when: When,
    pub(super) witness: Witness,
    pub(super) duration: Duration,
    pub(super) exists: (usize, usize),
    pub(super) known_until: Option<usize>,
}

impl Story {
    pub(super) fn when_text(&self) -> Option<String> {
        let list = |items: &[Item]| items.iter().map(|item| item.text()).collect::<Vec<_>>().join(",");
        match &self.when {
            When::Nothing => None,
            When::Date(plain) => Some(plain.text()),
            When::OneOf(items) => Some(format!("[{}]", list(items))),
            When::AllOf(items) => Some(format!("{{{}}}", list(items))),
            When::Interval(start, end) => Some(format!("{}/{}", start.text(), end.text())),
        }
    }

    pub(super) fn witness_text(&self) -> Option<String> {
        match &self.witness {
            Witness::Nothing => None,
            Witness::Date(plain) => Some(plain.text()),
            Witness::OneOf(one, other) => Some(format!("[{},{}]", one.text(), other.text())),
            Witness::Interval(start, end) => Some(format!("{}/{}", start.text(), end.text())),
        }
    }

    /// Whether the fast reading promises to be exact. Elsewhere (gaps in the ends of an interval, which it reads over)
    /// it promises only never to say *Certainly* or *No* too much.
    pub(super) fn is_exact(&self) -> bool {
        let witness_is_exact = match &self.witness {
            Witness::Interval(start, end) => start.is_gapless() && end.is_gapless(),
            Witness::Nothing | Witness::Date(_) | Witness::OneOf(..) => true,
        };
        witness_is_exact
            && match &self.when {
                When::Interval(start, end) => start.is_gapless() && end.is_gapless(),
                When::AllOf(items) => {
                    items.iter().all(|item| !matches!(item, Item::One(plain) if !plain.is_gapless()))
                }
                When::Nothing | When::Date(_) | When::OneOf(_) => true,
            }
    }

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

fn plain() -> impl Strategy<Value = Plain> {
    let form = prop_oneof![
        1 => Just(Form::Year),
        3 => (0..12usize).prop_map(Form::Month),
        4 => (0..12usize, 1..=29u8).prop_map(|(month, day)| Form::Day(month, day)),
        1 => (0..4usize).prop_map(Form::Season),
        1 => (1..=29u8).prop_map(Form::DayOfSomeMonth),
        1 => (0..12usize, 0..=2u8).prop_map(|(month, tens)| Form::Tens(month, tens)),
    ];
    (form, prop::bool::weighted(0.2), prop::bool::weighted(0.3)).prop_map(|(form, uncertain, approximate)| {
        // Their units reach out of this small world; they have tests of their own.
        let approximate = approximate && !matches!(form, Form::Year | Form::Tens(..));
        Plain { form, uncertain, approximate }
    })
}

fn item(all: bool) -> impl Strategy<Value = Item> {
    let bounded = prop_oneof![
        3 => plain().prop_map(Item::One),
        1 => (0..6usize, 0..6usize).prop_map(|(first, more)| Item::Months(first, first + more)),
        1 => (0..12usize, 1..=14u8, 0..=14u8).prop_map(|(month, first, more)| Item::Days(month, first, first + more)),
    ];
    if all {
        // `{..a}` is read more widely than worlds are, on purpose.
        return bounded.boxed();
    }
    prop_oneof![4 => bounded, 1 => plain().prop_map(Item::UpTo), 1 => plain().prop_map(Item::From)].boxed()
}

fn edge() -> impl Strategy<Value = Edge> {
    prop_oneof![1 => Just(Edge::Open), 1 => Just(Edge::Unknown), 4 => plain().prop_map(Edge::At)]
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        1 => Just(When::Nothing),
        3 => plain().prop_map(When::Date),
        2 => prop::collection::vec(item(false), 1..4).prop_map(When::OneOf),
        2 => prop::collection::vec(item(true), 1..4).prop_map(When::AllOf),
        5 => (edge(), edge())
            .prop_filter("`/` is no date", |edges| !matches!(edges, (Edge::Unknown, Edge::Unknown)))
            .prop_map(|(start, end)| When::Interval(start, end)),
    ]
}

fn witness() -> impl Strategy<Value = Witness> {
    prop_oneof![
        4 => Just(Witness::Nothing),
        2 => plain().prop_map(Witness::Date),
        1 => (plain(), plain()).prop_map(|(one, other)| Witness::OneOf(one, other)),
        1 => (plain(), plain()).prop_map(|(start, end)| Witness::Interval(start, end)),
    ]
}

pub(super) fn story() -> impl Strategy<Value = Story> {
    let duration = prop_oneof![Just(Duration::Instant), Just(Duration::Lasting)];
    // Existence covers all days that a text can name: where the two contradict each other, worlds say nothing.
    let exists = (1..100usize, DAY_COUNT - 20..LAST);
    let known_until = prop::option::of(1..LAST);
    (when(), witness(), duration, exists, known_until).prop_map(
        |(when, witness, duration, exists, known_until)| {
            // Occurrences and what is attested besides are not independent of each other.
            let witness = if matches!(when, When::AllOf(_)) { Witness::Nothing } else { witness };
            Story { when, witness, duration, exists, known_until }
        },
    )
}
