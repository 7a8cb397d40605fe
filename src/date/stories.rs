//! Datings in words, with the days that each single date allows, for the naive reading in `worlds.rs`.
//!
//! All dates are of the year 2000, in a world of two years that begins on 1999-07-01; its first and last day stand for
//! "no bound". It keeps a calendar of its own.

use proptest::prelude::*;

use super::Duration;

const MONTH_LENGTHS: [u8; 24] =
    [31, 31, 30, 31, 30, 31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30];
pub(super) const DAY_COUNT: usize = 731;
pub(super) const LAST: usize = DAY_COUNT - 1;
/// 2000-01, counted in months from the beginning of the world.
const JANUARY: usize = 6;

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

    pub(super) fn is_gapless(self) -> bool {
        !matches!(self.form, Form::DayOfSomeMonth(_))
    }
}

pub(super) fn first_of(days: &[bool]) -> usize {
    days.iter().position(|allowed| *allowed).unwrap()
}

pub(super) fn last_of(days: &[bool]) -> usize {
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
    pub(super) fn text(self) -> String {
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
    pub(super) fn dates(self) -> Vec<Vec<bool>> {
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

    pub(super) fn is_uncertain(self) -> bool {
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
    pub(super) fn text(self) -> String {
        match self {
            Self::Open => "..".to_owned(),
            Self::Unknown => String::new(),
            Self::At(plain) => plain.text(),
        }
    }

    pub(super) fn is_uncertain(self) -> bool {
        matches!(self, Self::At(plain) if plain.uncertain)
    }

    pub(super) fn is_gapless(self) -> bool {
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

    /// Whether a happening may be left without a world by gaps that the fast reading does not see: then the one
    /// believes the date, and the other the attestation.
    pub(super) fn has_gaps_in_the_witness_of_a_happening(&self) -> bool {
        self.duration == Duration::Instant
            && matches!(self.witness, Witness::Interval(start, end) if !start.is_gapless() || !end.is_gapless())
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
