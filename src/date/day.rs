//! A calendar day: the grain of everything that is dated here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::DateError;

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
///
/// Years are astronomical: year 0 is 1 BCE. The first and the last number stand for the unbounded past and future
/// ([`Day::MIN`], [`Day::MAX`]) and print as `..`; text cannot say which of the two it means, so `..` is not read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Day(i32);

const DAYS_PER_ERA: i64 = 146_097;
const YEARS_PER_ERA: i64 = 400;
/// Days from 0000-03-01, where the eras of [`days_from_civil`] start, to 1970-01-01.
const EPOCH_OFFSET_DAYS: i64 = 719_468;

impl Day {
    /// The unbounded past.
    pub const MIN: Self = Self(i32::MIN);
    /// The unbounded future.
    pub const MAX: Self = Self(i32::MAX);

    /// The day with this number of days since 1970-01-01, negative before it.
    pub fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// Days since 1970-01-01, negative before it.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day `year-month-day`, if the calendar has it and it lies within about 5.8 million years of today.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        let day =
            u8::try_from(day).ok().filter(|&day| day >= 1 && day <= days_in_month(i64::from(year), month))?;
        let number = days_from_civil(i64::from(year), month, day);
        i32::try_from(number).ok().map(Self).filter(|day| day.is_bounded())
    }

    /// The day `year-month-day`, or the first or last day that can be counted if it lies beyond.
    ///
    /// The month and the day must be those of a calendar day.
    pub(super) fn saturating(year: i64, month: u8, day: u8) -> Self {
        // Far beyond the reach of the count, and far from the overflow of its arithmetic.
        const FAR_YEARS: i64 = 100_000_000;
        Self::clamped(days_from_civil(year.clamp(-FAR_YEARS, FAR_YEARS), month, day))
    }

    /// The day of this number, or the first or last day that can be counted: never the unbounded past or future.
    pub(super) fn clamped(number: i64) -> Self {
        let reachable = number.clamp(i64::from(i32::MIN) + 1, i64::from(i32::MAX) - 1);
        Self(i32::try_from(reachable).expect("clamped to the range of i32"))
    }

    /// Year, month (1–12) and day (1–31). Of the unbounded past and future: where the count of days ends.
    pub fn ymd(self) -> (i32, u32, u32) {
        let (year, month, day) = self.civil();
        (i32::try_from(year).expect("the days of an i32 span 12 million years"), month.into(), day.into())
    }

    /// Year, month and day, in the widths that the calendar's arithmetic uses.
    pub(super) fn civil(self) -> (i64, u8, u8) {
        let days = i64::from(self.0) + EPOCH_OFFSET_DAYS;
        let era = days.div_euclid(DAYS_PER_ERA);
        let day_of_era = days.rem_euclid(DAYS_PER_ERA);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = era * YEARS_PER_ERA + year_of_era + i64::from(month <= 2);
        let narrow = |number: i64| u8::try_from(number).expect("a month or a day of the month");
        (year, narrow(month), narrow(day))
    }

    /// The day after; the unbounded past and future stay what they are.
    #[must_use]
    pub fn next(self) -> Self {
        if self.is_bounded() { Self(self.0.saturating_add(1)) } else { self }
    }

    /// The day before; the unbounded past and future stay what they are.
    #[must_use]
    pub fn previous(self) -> Self {
        if self.is_bounded() { Self(self.0.saturating_sub(1)) } else { self }
    }

    /// Whether it is a day, and not the unbounded past or future.
    pub fn is_bounded(self) -> bool {
        self != Self::MIN && self != Self::MAX
    }
}

/// Whether the (astronomical) year has a 29 February.
pub(super) fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// The number of days of a month, 1–12.
pub(super) fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        2 => 28 + u8::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01. The year is counted from March, so that the leap day comes last (Hinnant's `days_from_civil`).
fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(YEARS_PER_ERA);
    let year_of_era = year.rem_euclid(YEARS_PER_ERA);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_PER_ERA + day_of_era - EPOCH_OFFSET_DAYS
}

impl fmt::Display for Day {
    /// `1990-03-26`; beyond 9999 expanded with a sign, `+12345-01-01`; before the year 0, `-0044-03-15`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_bounded() {
            return f.pad("..");
        }
        let (year, month, day) = self.ymd();
        let sign = match year {
            ..0 => "-",
            0..=9999 => "",
            10_000.. => "+",
        };
        f.pad(&format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs()))
    }
}

impl FromStr for Day {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).ok_or_else(|| DateError::new(text, 0, "expected a day, written year-month-day"))
    }
}

/// Reads what `Display` prints, and no more: no `+0044`, no spaces, no `..`.
fn read(text: &str) -> Option<Day> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let mut parts = digits.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let widths = year.len() >= 4 && month.len() == 2 && day.len() == 2;
    if parts.next().is_some() || !widths || ![year, month, day].into_iter().all(plain) {
        return None;
    }
    let found = Day::from_ymd(sign * year.parse::<i32>().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    (found.to_string() == text).then_some(found)
}

impl TryFrom<String> for Day {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn days_are_counted_from_1970() {
        for (text, number) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("1582-10-15", -141_427),
            ("0000-03-01", -719_468),
        ] {
            assert_eq!(text.parse::<Day>().map(Day::number), Ok(number), "{text}");
            assert_eq!(Day::from_number(number).to_string(), text);
        }
    }

    #[test]
    fn the_calendar_has_no_other_days() {
        for (year, month, day) in
            [(1900, 2, 29), (2001, 2, 29), (2000, 4, 31), (2000, 0, 1), (2000, 13, 1), (2000, 1, 0)]
        {
            assert_eq!(Day::from_ymd(year, month, day), None);
        }
        assert!(Day::from_ymd(2000, 2, 29).is_some());
        assert_eq!(Day::from_ymd(6_000_000, 1, 1), None);
    }

    #[test]
    fn years_beyond_four_digits_are_expanded() {
        assert_eq!(Day::from_ymd(12_345, 1, 1).unwrap().to_string(), "+12345-01-01");
        assert_eq!(Day::from_ymd(-44, 3, 15).unwrap().to_string(), "-0044-03-15");
        assert_eq!(Day::from_ymd(-12_345, 3, 15).unwrap().to_string(), "-12345-03-15");
    }

    #[test]
    fn only_what_is_printed_is_read() {
        for text in [
            "",
            "..",
            "1990",
            "1990-3-26",
            "1990-03-26 ",
            "+1990-03-26",
            "-0000-01-01",
            "1990-02-30",
            "a-b-c",
            "é",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_unbounded_past_and_future_have_no_neighbours() {
        assert_eq!((Day::MIN.to_string(), Day::MAX.to_string()), ("..".into(), "..".into()));
        assert_eq!((Day::MIN.next(), Day::MAX.previous()), (Day::MIN, Day::MAX));
        assert_eq!(Day::from_number(0).next(), Day::from_number(1));
        assert_eq!(Day::from_number(0).previous(), Day::from_number(-1));
    }

    #[test]
    fn json_takes_the_same_door() {
        let day: Day = serde_json::from_str("\"1990-03-26\"").unwrap();
        assert_eq!(serde_json::to_string(&day).unwrap(), "\"1990-03-26\"");
        assert!(serde_json::from_str::<Day>("\"1990-02-30\"").is_err());
    }
}
