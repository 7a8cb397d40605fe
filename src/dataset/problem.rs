//! Something wrong in the data, at its place.

use std::{
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

use rustc_hash::{FxHashMap, FxHasher};
use serde::Serialize;

use crate::model::{Fault, Fix, Severity};

use super::source_file::{Lines, Origin, SourceFile, enclosing, locate};

/// Something wrong in the data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Problem {
    /// The file it stands in.
    pub file: Arc<str>,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// Whether it blocks.
    pub severity: Severity,
    /// A word for its kind that stays the same, such as `dangling-actor`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// How many more of the same words the file has, which are not listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub more_count: usize,
    /// Where the value at fault stands.
    #[serde(skip)]
    pub origin: Origin,
    /// What mends it, where one thing only can have been meant.
    #[serde(skip)]
    pub fix: Option<Fix>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {}[{}]: {}", self.severity, self.code, self.message)?;
        if self.more_count > 0 {
            write!(f, " (and {} more in this file)", self.more_count)?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// How many faults of the same words in one file are kept; the rest is counted.
const KEPT: usize = 1000;

/// Faults on their way to become problems.
#[derive(Default)]
pub(super) struct Faults {
    /// Each with the byte at fault, where no path leads to it.
    kept: Vec<(Fault, Origin, Option<usize>)>,
    /// How many there are of the same words in one file, and the last that is kept.
    alike: FxHashMap<(u32, &'static str, u64), (usize, usize)>,
}

impl Faults {
    pub(super) fn push(&mut self, fault: Fault, origin: Origin) {
        self.keep(fault, origin, None);
    }

    pub(super) fn push_at(&mut self, fault: Fault, file: u32, byte: usize) {
        self.keep(fault, Origin { file, start: byte as u64, end: byte as u64 }, Some(byte));
    }

    fn keep(&mut self, fault: Fault, origin: Origin, byte: Option<usize>) {
        let mut hasher = FxHasher::default();
        fault.message.hash(&mut hasher);
        let alike = self.alike.entry((origin.file, fault.code, hasher.finish())).or_default();
        alike.0 += 1;
        if alike.0 <= KEPT {
            alike.1 = self.kept.len();
            self.kept.push((fault, origin, byte));
        }
    }

    /// The problems at their places, in the order of files and lines.
    pub(super) fn locate(self, files: &[SourceFile]) -> Vec<Problem> {
        let mut more = vec![0; self.kept.len()];
        let mut counts: Vec<(usize, usize)> = self.alike.into_values().collect();
        counts.sort_unstable();
        for (count, last) in counts {
            more[last] = count.saturating_sub(KEPT);
        }
        let mut lines: Vec<Option<Lines>> = files.iter().map(|_| None).collect();
        let mut problems = Vec::with_capacity(self.kept.len());
        for ((fault, origin, byte), more_count) in self.kept.into_iter().zip(more) {
            let file = &files[origin.file as usize];
            let (line, column, origin) = if let Some((line, _)) = origin.bare_row() {
                (line as usize, 1, origin)
            } else {
                let start = byte.unwrap_or_else(|| {
                    let record = usize::try_from(origin.start).unwrap_or(usize::MAX);
                    record.saturating_add(locate(origin.text(files), &fault.path))
                });
                let end = enclosing(&file.text, start);
                let lines = lines[origin.file as usize].get_or_insert_with(|| Lines::of(&file.text));
                let (line, column) = lines.line_and_column(&file.text, start);
                (line, column, Origin { file: origin.file, start: start as u64, end: end as u64 })
            };
            let Fault { severity, code, message, hint, fix, .. } = fault;
            let file = file.name.clone();
            problems.push(Problem {
                file,
                line,
                column,
                severity,
                code,
                message,
                hint,
                more_count,
                origin,
                fix,
            });
        }
        problems.sort();
        problems.dedup_by(|second, first| {
            let same = |a: &Problem, b: &Problem| {
                (&a.file, a.line, a.column, a.code, &a.message)
                    == (&b.file, b.line, b.column, b.code, &b.message)
            };
            same(first, second)
        });
        problems
    }
}
