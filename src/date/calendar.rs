//! From one EDTF date (no interval, no set) to the days that it allows.
//!
//! - **Unspecified digits** allow what matches them: `1985-XX-15` is the fifteenth of some month, twelve runs of one
//!   day. Runs that touch are one (`198X` is ten years in a row). More than [`MOST_RUNS`] of them, `1XXX-12`, are
//!   given up for the widest range, from the first to the last: never too narrow, so *Certainly* stays true.
//! - **Seasons** and other groupings of months (21–41) are whole months, the same as in `edtf-core`. Codes without a
//!   hemisphere (21–24) are read as northern, where nearly all who write "spring 1950" mean it: spring March–May,
//!   summer June–August, autumn September–November, winter December–February *of the next year*. 25–28 are the same,
//!   northern by definition; 29–32 southern; 33–36 quarters; 37–39 thirds; 40–41 halves of a year.
//! - **`~` widens** by one unit of precision each way. The unit is that of the smallest component that the
//!   qualifier covers and that is written in full: `1985~` a year, `1985-06~` a month, `1985-21~` a season (three
//!   months), `198X~` a decade, `1950S2~` a century, `1985-XX~` a year. On components: `2004-06~-11` covers year and
//!   month, so its unit is a month (from 2004-05-11 to 2004-07-11); `~2004-06-~11` a year, and a day on top.
//! - **Significant digits** `1950S2` allow 1900–1999. Years farther than days can be counted (about ±5.8 million)
//!   stop at the last day that can be.
//!
//! `edtf-core` has bounds of its own, without `~` and without runs, and no answer for years that overflow.

use edtf_core::{Date, DateField, Year, YearKind};

use super::day::days_in_month;
use super::{Day, Window};

/// The most runs of days, or members of a set, that are kept apart.
pub(super) const MOST_RUNS: usize = 400;

/// Years beyond this, either way, are farther than days can be counted.
const FAR_YEARS: i64 = 10_000_000;

/// The days that a date allows, as runs in order that do not touch; never empty.
pub(super) fn runs(date: &Date) -> Vec<Window> {
    let reach = Reach::of(date);
    let written = written_runs(date);
    if reach == Reach::NONE {
        return written;
    }
    let day_matters = written_day(date).is_some();
    let mut widened = Runs::default();
    for run in written {
        widened.push(reach.widen(run, day_matters));
    }
    widened.0
}

/// From the first to the last day that a date allows.
pub(super) fn hull(date: &Date) -> Window {
    hull_of(&runs(date))
}

fn hull_of(runs: &[Window]) -> Window {
    let first = runs.first().expect("edtf-core only accepts dates that some day matches");
    runs.iter().fold(*first, |hull, run| hull.hull(*run))
}

/// Runs of days in order; those that touch or overlap become one.
#[derive(Default)]
struct Runs(Vec<Window>);

impl Runs {
    fn push(&mut self, run: Window) {
        match self.0.last_mut() {
            Some(last) if run.first() <= last.last().next() => *last = last.hull(run),
            Some(_) | None => self.0.push(run),
        }
    }
}

/// The day of the month, unless nothing of it is specified.
fn written_day(date: &Date) -> Option<DateField> {
    date.day.filter(|day| day.digits != [None, None])
}

fn written_runs(date: &Date) -> Vec<Window> {
    let YearKind::Standard { negative, digits } = date.year.kind else {
        return vec![significant_years(&date.year)];
    };
    if date.year.significant_digits.is_some() {
        return vec![significant_years(&date.year)];
    }
    let day = written_day(date);
    let month = date.month.filter(|month| day.is_some() || month.digits != [None, None]);
    let mut runs = Runs::default();
    for year in years(negative, digits) {
        for run in runs_in_year(year, month, day) {
            runs.push(run);
        }
        if runs.0.len() > MOST_RUNS {
            let last = years(negative, digits).rev().find_map(|year| runs_in_year(year, month, day).pop());
            return vec![hull_of(&runs.0).hull(last.expect("some year has a matching day"))];
        }
    }
    runs.0
}

/// The years that match four digits, in order.
fn years(negative: bool, digits: [Option<u8>; 4]) -> impl DoubleEndedIterator<Item = i64> {
    let fill = |blank: u8| digits.iter().fold(0, |year, digit| year * 10 + i64::from(digit.unwrap_or(blank)));
    let matches = move |year: i64| {
        let found = [year / 1000 % 10, year / 100 % 10, year / 10 % 10, year % 10];
        digits.iter().zip(found).all(|(digit, found)| digit.is_none_or(|digit| i64::from(digit) == found))
    };
    // A negative year has no unspecified digit, so its range is one year.
    let sign = if negative { -1 } else { 1 };
    (fill(0)..=fill(9)).filter(move |year| matches(*year)).map(move |year| sign * year)
}

fn runs_in_year(year: i64, month: Option<DateField>, day: Option<DateField>) -> Vec<Window> {
    let Some(month) = month else {
        return vec![months(year, 1, 12)];
    };
    if let Some((first, count)) = month.value().and_then(grouping) {
        return vec![months(year, first, count)];
    }
    let mut runs = Runs::default();
    for number in (1..=12).filter(|number| matches(month, *number)) {
        match day {
            None => runs.push(months(year, number, 1)),
            Some(day) => {
                for found in (1..=days_in_month(year, number)).filter(|found| matches(day, *found)) {
                    runs.push(Window::day(Day::saturating(year, number, found)));
                }
            }
        }
    }
    runs.0
}

fn matches(field: DateField, number: u8) -> bool {
    let found = [number / 10, number % 10];
    field.digits.iter().zip(found).all(|(digit, found)| digit.is_none_or(|digit| digit == found))
}

/// The days of `count` months from the month `first` on, into the next year if need be.
fn months(year: i64, first: u8, count: u8) -> Window {
    let end = first - 1 + count - 1;
    let (last_year, last_month) = (year + i64::from(end / 12), end % 12 + 1);
    Window::between(
        Day::saturating(year, first, 1),
        Day::saturating(last_year, last_month, days_in_month(last_year, last_month)),
    )
}

/// The month or year after `unit`, which is one: the `count` months that follow its last day.
pub(super) fn months_after(unit: Window, count: u8) -> Window {
    let (year, month, _) = unit.last().next().civil();
    months(year, month, count)
}

/// The first month of a grouping of months and their number; nothing for a plain month.
fn grouping(code: u8) -> Option<(u8, u8)> {
    Some(match code {
        21 | 25 | 31 => (3, 3),
        22 | 26 | 32 => (6, 3),
        23 | 27 | 29 => (9, 3),
        24 | 28 | 30 => (12, 3),
        33..=36 => ((code - 33) * 3 + 1, 3),
        37..=39 => ((code - 37) * 4 + 1, 4),
        40 | 41 => ((code - 40) * 6 + 1, 6),
        _ => return None,
    })
}

/// The years that a year with significant digits, or beyond four digits, allows.
fn significant_years(year: &Year) -> Window {
    let value = year.value().unwrap_or(match year.kind {
        YearKind::Exponential { significand, .. } if significand < 0 => -FAR_YEARS,
        YearKind::Exponential { .. } | YearKind::Big { .. } | YearKind::Standard { .. } => FAR_YEARS,
    });
    let block = i64::try_from(years_in_unit(year)).unwrap_or(i64::MAX);
    let magnitude = value.saturating_abs();
    let near = magnitude - magnitude % block;
    let far = near.saturating_add(block - 1);
    let (first, last) = if value < 0 { (-far, -near) } else { (near, far) };
    Window::between(Day::saturating(first, 1, 1), Day::saturating(last, 12, 31))
}

/// How many years the precision of a year spans: 10 for `198X`, 100 for `1950S2`, 1 for `1985`.
fn years_in_unit(year: &Year) -> u64 {
    let open_digits = match (year.kind, year.significant_digits) {
        (YearKind::Standard { digits, .. }, None) => {
            digits.iter().rev().take_while(|digit| digit.is_none()).count().try_into().unwrap_or(4)
        }
        (YearKind::Standard { .. }, Some(significant)) => 4u32.saturating_sub(significant),
        (YearKind::Big { .. } | YearKind::Exponential { .. }, None) => 0,
        (YearKind::Big { .. } | YearKind::Exponential { .. }, Some(significant)) => {
            let width =
                year.value().map_or(0, |value| value.unsigned_abs().checked_ilog10().unwrap_or(0) + 1);
            width.saturating_sub(significant)
        }
    };
    10u64.saturating_pow(open_digits)
}

/// How far `~` carries each end of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Reach {
    months: i64,
    days: i64,
}

impl Reach {
    const NONE: Self = Self { months: 0, days: 0 };

    fn of(date: &Date) -> Self {
        let marks = [
            Some(date.year.qualifier),
            date.month.map(|month| month.qualifier),
            date.day.map(|day| day.qualifier),
        ];
        let marked = marks.map(|mark| mark.is_some_and(|qualifier| qualifier.approximate));
        // A mark right of a component covers it and all to its left: its unit is that of the last one covered.
        let covered = marked.iter().take_while(|marked| **marked).count();
        let mut reach = Self::NONE;
        for (component, marked) in marked.into_iter().enumerate() {
            if marked && component + 1 >= covered {
                let unit = Self::unit(date, component);
                reach = Self { months: reach.months + unit.months, days: reach.days + unit.days };
            }
        }
        reach
    }

    /// The unit of a component (0 year, 1 month, 2 day), or of the one above it if a digit of it is unspecified.
    fn unit(date: &Date, component: usize) -> Self {
        match (component, date.month, date.day) {
            (2, _, Some(day)) if !day.has_unspecified() => Self { months: 0, days: 1 },
            (1 | 2, Some(month), _) if !month.has_unspecified() => {
                let months = month.value().and_then(grouping).map_or(1, |(_, count)| i64::from(count));
                Self { months, days: 0 }
            }
            _ => {
                let years = i64::try_from(years_in_unit(&date.year)).unwrap_or(FAR_YEARS).min(FAR_YEARS);
                Self { months: 12 * years, days: 0 }
            }
        }
    }

    fn widen(self, run: Window, day_matters: bool) -> Window {
        let first = add_days(add_months(run.first(), -self.months), -self.days);
        let last = if day_matters {
            add_months(run.last(), self.months)
        } else {
            // The run ends with a month: its end is carried to the end of another, whatever their lengths.
            add_months(run.last().next(), self.months).previous()
        };
        Window::between(first, add_days(last, self.days))
    }
}

/// The same day of another month, or the last that it has.
fn add_months(day: Day, months: i64) -> Day {
    let (year, month, number) = day.civil();
    let total = year * 12 + i64::from(month) - 1 + months;
    let year = total.div_euclid(12);
    let month = u8::try_from(total.rem_euclid(12)).expect("a remainder below 12") + 1;
    Day::saturating(year, month, number.min(days_in_month(year, month)))
}

fn add_days(day: Day, days: i64) -> Day {
    Day::clamped(i64::from(day.number()) + days)
}

#[cfg(test)]
mod tests {
    use edtf_core::Edtf;

    use super::{MOST_RUNS, runs};

    fn printed(text: &str) -> Vec<String> {
        let Ok(Edtf::Date(date)) = Edtf::parse(text) else { panic!("{text} is no date") };
        runs(&date).into_iter().map(|run| run.to_string()).collect()
    }

    #[test]
    fn runs_that_touch_are_one() {
        assert_eq!(printed("198X"), ["1980-01-01/1989-12-31"]);
        assert_eq!(printed("1985-XX-XX"), ["1985-01-01/1985-12-31"]);
        assert_eq!(printed("1985-1X"), ["1985-10-01/1985-12-31"]);
        assert_eq!(printed("XXXX-XX-XX"), ["0000-01-01/9999-12-31"]);
    }

    #[test]
    fn runs_that_do_not_touch_are_kept_apart() {
        assert_eq!(printed("198X-02-29"), ["1980-02-29", "1984-02-29", "1988-02-29"]);
        assert_eq!(printed("1985-0X-31").len(), 5);
        assert_eq!(printed("1XX5").len(), 100);
        assert_eq!(printed("199X-21").len(), 10);
    }

    #[test]
    fn too_many_runs_become_the_widest_range() {
        assert!(printed("19XX-XX-1X").len() < MOST_RUNS);
        assert_eq!(printed("1XXX-12"), ["1000-12-01/1999-12-31"]);
        assert_eq!(printed("XXXX-02-29"), ["0000-02-29/9996-02-29"]);
        assert_eq!(printed("XXXX-XX-1X"), ["0000-01-10/9999-12-19"]);
    }

    #[test]
    fn approximate_dates_reach_one_unit_each_way() {
        for (text, range) in [
            ("1985~", "1984-01-01/1986-12-31"),
            ("1985-02~", "1985-01-01/1985-03-31"),
            ("1985-01-01~", "1984-12-31/1985-01-02"),
            ("1985-21~", "1984-12-01/1985-08-31"),
            ("1985-37~", "1984-09-01/1985-08-31"),
            ("198X~", "1970-01-01/1999-12-31"),
            ("19XX~", "1800-01-01/2099-12-31"),
            ("1950S2~", "1800-01-01/2099-12-31"),
            ("1985-XX~", "1984-01-01/1986-12-31"),
            ("1985-06-1X~", "1985-05-10/1985-07-19"),
            ("2004-06~-11", "2004-05-11/2004-07-11"),
            ("2004-~06-11", "2004-05-11/2004-07-11"),
            ("2004-06-~11", "2004-06-10/2004-06-12"),
            ("~2004-06-11", "2003-06-11/2005-06-11"),
            ("~2004-06-~11", "2003-06-10/2005-06-12"),
            ("2004-03~-31", "2004-02-29/2004-04-30"),
            ("Y12345~", "+12344-01-01/+12346-12-31"),
        ] {
            assert_eq!(printed(text), [range], "{text}");
        }
    }

    #[test]
    fn far_years_stop_where_days_can_no_longer_be_counted() {
        for (text, range) in [
            ("Y17000000", "+5881580-07-10"),
            ("Y-17000000", "-5877641-06-24"),
            ("Y9E99", "+5881580-07-10"),
            ("Y-1E99", "-5877641-06-24"),
            ("Y171010000S3", "+5881580-07-10"),
            ("Y12345S2", "+12000-01-01/+12999-12-31"),
            ("-0085S2", "-0099-01-01/0000-12-31"),
        ] {
            assert_eq!(printed(text), [range], "{text}");
        }
    }
}
