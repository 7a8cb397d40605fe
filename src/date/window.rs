//! A stretch of days that one asks about.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Date, DateError, Day};

/// A stretch of days, both ends included; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Window {
    first: Day,
    last: Day,
}

impl Window {
    /// All days.
    pub const ALL: Self = Self { first: Day::MIN, last: Day::MAX };

    /// The days from `first` to `last`, unless `last` is before `first`.
    pub fn new(first: Day, last: Day) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// A single day.
    pub fn day(day: Day) -> Self {
        Self { first: day, last: day }
    }

    /// The smallest window with both of these days, whichever comes first.
    pub(super) fn between(one: Day, other: Day) -> Self {
        Self { first: one.min(other), last: one.max(other) }
    }

    /// The smallest window that covers both.
    #[must_use]
    pub(super) fn hull(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// The first day in it, [`Day::MIN`] if it has no bound in the past.
    pub fn first(self) -> Day {
        self.first
    }

    /// The last day in it, [`Day::MAX`] if it has no bound in the future.
    pub fn last(self) -> Day {
        self.last
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether the two share a day.
    pub fn intersects(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl fmt::Display for Window {
    /// `1990-01-01/2000-12-31`, `../1990-12-31`, `../..`, or one day alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last && self.first.is_bounded() {
            return self.first.fmt(f);
        }
        f.pad(&format!("{}/{}", self.first, self.last))
    }
}

impl FromStr for Window {
    type Err = DateError;

    /// Reads any EDTF expression as all the days that it may touch: a `~` widens, an open or unknown end has no
    /// bound, a set stretches from its first day to its last. Days in the expanded form that [`Day`] prints
    /// (`+12345-01-01`), which is not EDTF, are read too.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse::<Date>() {
            Ok(date) => Ok(date.window()),
            Err(error) => read_days(text).ok_or(error),
        }
    }
}

/// Reads what `Display` prints where it is not EDTF: days beyond the year 9999, and what is farther than days reach.
fn read_days(text: &str) -> Option<Window> {
    let end = |part: &str, open: Day| if part == ".." { Some(open) } else { part.parse().ok() };
    match text.split_once('/') {
        Some((first, last)) => Window::new(end(first, Day::MIN)?, end(last, Day::MAX)?),
        None => text.parse().ok().map(Window::day),
    }
}

impl TryFrom<String> for Window {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Window> for String {
    fn from(window: Window) -> Self {
        window.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Day, Window};

    #[test]
    fn any_edtf_is_read_at_its_widest() {
        for (text, printed) in [
            ("1999", "1999-01-01/1999-12-31"),
            ("1990/2000", "1990-01-01/2000-12-31"),
            ("../1990", "../1990-12-31"),
            ("1990-03/", "1990-03-01/.."),
            ("1990-03/..", "1990-03-01/.."),
            ("1990-03-26", "1990-03-26"),
            ("1985~", "1984-01-01/1986-12-31"),
            ("[1990,1995]", "1990-01-01/1995-12-31"),
            ("../..", "../.."),
            ("Y12345", "+12345-01-01/+12345-12-31"),
        ] {
            let window: Window = text.parse().unwrap();
            assert_eq!(window.to_string(), printed);
            assert_eq!(printed.parse::<Window>(), Ok(window));
        }
        assert_eq!("../..".parse(), Ok(Window::ALL));
    }

    #[test]
    fn an_empty_window_is_refused() {
        let error = "2000/1990".parse::<Window>().unwrap_err();
        assert_eq!(error.message(), "the interval ends before it begins");
        assert_eq!(Window::new(Day::from_number(1), Day::from_number(0)), None);
        assert!("2000/1990".parse::<Date>().is_err());
    }

    #[test]
    fn windows_that_share_a_day_meet() {
        let window = |text: &str| text.parse::<Window>().unwrap();
        assert!(window("1990/1991-03-01").intersects(window("1991-03-01/1992")));
        assert!(!window("1990").intersects(window("1991")));
        assert!(Window::ALL.contains(Day::from_number(0)) && window("1970").contains(Day::from_number(0)));
    }
}
