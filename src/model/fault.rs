//! Something wrong in one record, at a path inside it.
//!
//! A fault knows the record only; where the record stands in which file is the dataset's knowledge,
//! which turns faults into problems.

use std::fmt;

/// One step into a record: a key of an object or a place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A key of an object.
    Key(&'static str),
    /// A key of an object that no record knows.
    Unknown(Box<str>),
    /// A place in a list, from 0.
    Index(usize),
}

impl From<&'static str> for Step {
    fn from(key: &'static str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The data cannot be used until it is mended.
    Error,
    /// The data can be used, and should be looked at.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Something wrong in one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How bad it is.
    pub severity: Severity,
    /// A word for this kind of fault that stays the same, such as `dangling-actor`.
    pub code: &'static str,
    /// The way to the value at fault.
    pub path: Vec<Step>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
    /// What mends it, where there is one thing that can have been meant.
    pub fix: Option<Fix>,
}

/// A change of the file's text that mends a fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fix {
    /// Another key for the value at fault.
    Key(Box<str>),
    /// Another text instead of the value at fault.
    Value(Box<str>),
}

impl Fault {
    /// A fault that blocks.
    pub fn error(path: &[Step], message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code: "invalid",
            path: path.to_vec(),
            message: message.into(),
            hint: None,
            fix: None,
        }
    }

    /// A fault that does not block.
    pub fn warning(path: &[Step], message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(path, message) }
    }

    /// Names its kind.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    /// Adds what mends it.
    #[must_use]
    pub fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Option<String>>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// The nearest of some known words, if one is near enough to be meant.
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let lower = word.to_lowercase();
    known
        .into_iter()
        .filter(|candidate| may_be_near(lower.as_bytes(), candidate.as_bytes()))
        .map(|candidate| {
            (strsim::normalized_damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate)
        })
        .filter(|(score, _)| *score >= 0.6)
        .max_by(|(x, a), (y, b)| x.total_cmp(y).then_with(|| b.cmp(a)))
        .map(|(_, candidate)| candidate)
}

/// Whether two words share letters enough to be near: a bound that costs little, for files of a million slips.
///
/// Each byte that one word has and the other has not takes an edit; of those of both words one edit
/// can mend two.
fn may_be_near(a: &[u8], b: &[u8]) -> bool {
    if !a.is_ascii() || !b.is_ascii() {
        return true;
    }
    let mut letters = [0_i16; 128];
    for byte in a {
        letters[usize::from(byte.to_ascii_lowercase())] += 1;
    }
    for byte in b {
        letters[usize::from(byte.to_ascii_lowercase())] -= 1;
    }
    let more: i16 = letters.iter().filter(|count| **count > 0).sum();
    let less: i16 = -letters.iter().filter(|count| **count < 0).sum::<i16>();
    usize::from(more.max(less).unsigned_abs()) * 10 <= a.len().max(b.len()) * 4
}

/// The one known word that is a single slip away: a letter too many, too few, wrong, or two that
/// changed places. None if several are.
pub fn single_slip<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let lower = word.to_lowercase();
    let mut near = known.into_iter().filter(|candidate| {
        candidate.chars().count() > 2
            && may_be_near(lower.as_bytes(), candidate.as_bytes())
            && strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()) <= 1
    });
    near.next().filter(|_| near.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::{nearest, single_slip};

    #[test]
    fn a_single_slip_is_told_only_where_one_word_can_be_meant() {
        assert_eq!(single_slip("whem", ["when", "where"]), Some("when"));
        assert_eq!(single_slip("soruce", ["source", "source_for"]), Some("source"));
        assert_eq!(single_slip("Visit", ["visit", "visits"]), None, "both are one slip away");
        assert_eq!(single_slip("vst", ["visit"]), None);
    }

    #[test]
    fn the_nearest_word_is_offered_and_a_far_one_is_not() {
        assert_eq!(nearest("vist", ["visit", "host"]), Some("visit"));
        assert_eq!(nearest("zebra", ["visit", "host"]), None);
    }
}
