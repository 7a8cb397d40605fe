//! What is wrong in a dataset.

use std::collections::BTreeMap;

use serde::Serialize;

use super::excerpt::excerpt;
use super::{
    answer::Report,
    document::{Document, Table, counted},
};
use crate::{
    dataset::{Problem, SourceFile},
    model::Severity,
};

/// How many problems of the same words a text shows; tables and JSON have all.
const ALIKE: usize = 3;

/// All problems of a dataset, in the order of files and lines, or the first of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckReport {
    /// How many block.
    pub error_count: usize,
    /// How many do not.
    pub warning_count: usize,
    /// How many actors, ties and references could be read.
    pub read: ReadCounts,
    /// How many problems a bound leaves out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out_count: Option<usize>,
    /// The problems.
    pub problems: Vec<Problem>,
    /// The lines that each is about, for the text.
    #[serde(skip)]
    excerpts: Vec<Vec<String>>,
}

/// How many records could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReadCounts {
    /// Files.
    pub file_count: usize,
    /// Actors.
    pub actor_count: usize,
    /// Ties.
    pub tie_count: usize,
    /// References.
    pub reference_count: usize,
}

impl CheckReport {
    /// Counts problems and keeps `most` of them, errors before warnings.
    pub fn new(
        read: ReadCounts,
        mut problems: Vec<Problem>,
        files: &[SourceFile],
        most: Option<usize>,
    ) -> Self {
        let count = |severity: Severity| -> usize {
            let of = problems.iter().filter(|problem| problem.severity == severity);
            of.map(|problem| 1 + problem.more_count).sum()
        };
        let (error_count, warning_count) = (count(Severity::Error), count(Severity::Warning));
        problems.sort_by_key(|problem| problem.severity);
        let left_out = problems.len().saturating_sub(most.unwrap_or(usize::MAX));
        problems.truncate(most.unwrap_or(usize::MAX));
        let excerpts = problems.iter().map(|problem| excerpt(problem, files)).collect();
        let left_out_count = Some(left_out).filter(|count| *count > 0);
        Self { error_count, warning_count, read, left_out_count, problems, excerpts }
    }

    /// The problems of one severity as blocks of lines; those of the same words are shown a few times.
    pub fn lines(&self, severity: Severity) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        // How many of the same words there are, and how many were shown.
        let mut alike: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
        let of =
            || self.problems.iter().zip(&self.excerpts).filter(|(problem, _)| problem.severity == severity);
        for (problem, _) in of() {
            alike.entry((&problem.file, &problem.message)).or_default().0 += 1 + problem.more_count;
        }
        for (problem, excerpt) in of() {
            let Some((count, shown)) = alike.get_mut(&(&*problem.file, problem.message.as_str())) else {
                continue;
            };
            *shown += 1;
            if *shown > ALIKE {
                continue;
            }
            if !lines.is_empty() {
                lines.push(String::new());
            }
            let place = if problem.line > 0 {
                format!("{}:{}:{}", problem.file, problem.line, problem.column)
            } else {
                problem.file.to_string()
            };
            lines.push(format!("{place}: {}[{}]: {}", problem.severity, problem.code, problem.message));
            lines.extend(excerpt.iter().cloned());
            lines.extend(problem.hint.iter().map(|hint| format!("  hint: {hint}")));
            if *shown == ALIKE && *count > ALIKE {
                lines.push(format!(
                    "  … and {} more like it in this file (--format csv lists them)",
                    *count - ALIKE
                ));
            }
        }
        lines
    }
}

impl Report for CheckReport {
    const SCHEMA: &'static str = "chancery/check/1";

    fn document(&self) -> Document {
        let mut document = Document::new(match (self.error_count, self.warning_count) {
            (0, 0) => "Nothing is wrong".to_owned(),
            (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
        });
        let ReadCounts { file_count, actor_count, tie_count, reference_count } = self.read;
        document.paragraph(format!(
            "Read {} with {}, {}, {}.",
            counted(file_count, "file"),
            counted(actor_count, "actor"),
            counted(tie_count, "tie"),
            counted(reference_count, "reference")
        ));
        document.lines(self.lines(Severity::Error));
        document.lines(self.lines(Severity::Warning));
        if let Some(count) = self.left_out_count {
            document.paragraph(format!(
                "{count} more {} not shown; --max-problems 0 shows all.",
                if count == 1 { "is" } else { "are" }
            ));
        }
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["file", "line>", "column>", "severity", "code", "message", "hint"]);
        for problem in &self.problems {
            table.push(vec![
                problem.file.to_string(),
                problem.line.to_string(),
                problem.column.to_string(),
                problem.severity.to_string(),
                problem.code.to_owned(),
                problem.message.clone(),
                problem.hint.clone().unwrap_or_default(),
            ]);
        }
        table
    }
}
