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
    /// The way to the value at fault.
    pub path: Vec<Step>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault that blocks.
    pub fn error(path: &[Step], message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, path: path.to_vec(), message: message.into(), hint: None }
    }

    /// A fault that does not block.
    pub fn warning(path: &[Step], message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(path, message) }
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
        .map(|candidate| {
            (strsim::normalized_damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate)
        })
        .filter(|(score, _)| *score >= 0.6)
        .max_by(|(x, a), (y, b)| x.total_cmp(y).then_with(|| b.cmp(a)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_word_is_offered_and_a_far_one_is_not() {
        assert_eq!(nearest("vist", ["visit", "host"]), Some("visit"));
        assert_eq!(nearest("zebra", ["visit", "host"]), None);
    }
}
