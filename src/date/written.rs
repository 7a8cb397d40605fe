//! A date as its source writes it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::hint::hint;
use super::parse::parse;
use super::shape::{Parsed, Shape};
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
            Err(error) => {
                let (hint, meant) = hint(&text);
                Err(error.with_hint(hint).meaning(meant))
            }
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

#[cfg(test)]
mod tests {
    use super::Date;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_says_what_kind_it_is() {
        assert!(date("1985?").is_uncertain() && !date("1985?").is_approximate());
        assert!(date("1985%").is_uncertain() && date("1985%").is_approximate());
        assert!(date("2004-06~-11").is_approximate() && date("[1990,1995?]").is_uncertain());
        assert!(date("1990/").is_interval() && !date("[1990..1995]").is_interval());
    }

    #[test]
    fn dates_are_equal_by_their_text() {
        assert_ne!(date("1985"), date("1985-XX"));
        assert_eq!(date("1985").window(), date("1985-XX").window());
        assert!(date("1985") < date("1985-XX"));
    }

    #[test]
    fn a_refusal_says_where_and_what_to_write_instead() {
        let error = "2016/7".parse::<Date>().unwrap_err();
        assert_eq!(error.column(), 6);
        assert_eq!(error.hint(), Some("an EDTF date is written year-month-day: `2016-07`"));
        let error = "July 2016".parse::<Date>().unwrap_err();
        assert_eq!(error.to_string(), "`July 2016` is not an EDTF date: a date has no spaces (column 5)");
        assert_eq!(error.hint(), Some("an EDTF date is written year-month-day: `2016-07`"));
        let error = "1985-02-30".parse::<Date>().unwrap_err();
        assert_eq!((error.column(), error.hint()), (9, None));
    }

    #[test]
    fn json_keeps_the_text_and_takes_the_same_door() {
        let read: Date = serde_json::from_str("\"1990-03-26T12:00Z\"").unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), "\"1990-03-26T12:00Z\"");
        let error = serde_json::from_str::<Date>("\"1990s\"").unwrap_err();
        assert!(error.to_string().starts_with("`1990s` is not an EDTF date"), "{error}");
    }
}
