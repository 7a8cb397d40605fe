//! A date as its source writes it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::hint::hint;
use super::parse::{Parsed, Shape, parse};
use super::{DateError, Day, Window};

/// An EDTF expression (ISO 8601-2:2019, levels 0 to 2), kept as written.
///
/// Two dates are equal if their texts are: `1985` and `1985-XX` allow the same days and are not the same date. They
/// sort by text too; for an order in time resolve them ([`Dating::resolve`](super::Dating::resolve)).
///
/// A bare `..` is read as well, for an open end in a field of its own (`"end": ".."`).
///
/// # Examples
/// ```
/// use chancery::date::Date;
///
/// let date: Date = "1985~".parse()?;
/// assert!(date.is_approximate());
/// let (first, last) = date.span();
/// assert_eq!((first.to_string(), last.to_string()), ("1984-01-01".into(), "1986-12-31".into()));
/// # Ok::<(), chancery::date::DateError>(())
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    text: String,
    parsed: Parsed,
}

impl Date {
    /// The text, as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a `?` (or `%`) stands anywhere in it.
    pub fn is_uncertain(&self) -> bool {
        self.parsed.uncertain
    }

    /// Whether a `~` (or `%`) stands anywhere in it.
    pub fn is_approximate(&self) -> bool {
        self.parsed.approximate
    }

    /// Whether it is an interval `a/b`, with known ends or without.
    pub fn is_interval(&self) -> bool {
        match self.parsed.shape {
            Shape::Interval { .. } => true,
            Shape::Open | Shape::Choice { .. } => false,
        }
    }

    /// The first and the last day that it may touch, both included; an open or unknown end has no bound.
    pub fn span(&self) -> (Day, Day) {
        let window = self.window();
        (window.first(), window.last())
    }

    /// All days that it may touch, as a window.
    pub fn window(&self) -> Window {
        self.parsed.shape.window()
    }

    pub(super) fn shape(&self) -> &Shape {
        &self.parsed.shape
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match parse(&text) {
            Ok(parsed) => Ok(Self { text, parsed }),
            Err(error) => Err(error.with_hint(hint(&text))),
        }
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.text
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Date").field(&self.text).finish()
    }
}

impl PartialEq for Date {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Date {}

impl Hash for Date {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}
