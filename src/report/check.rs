//! What is wrong in a dataset.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
};
use crate::{dataset::Problem, model::Severity};

/// All problems of a dataset, in the order of files and lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// How many block.
    pub error_count: usize,
    /// How many do not.
    pub warning_count: usize,
    /// How many actors, ties and references could be read.
    pub read: ReadCounts,
    /// The problems.
    pub problems: Vec<Problem>,
}

/// How many records could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// Counts and keeps problems.
    pub fn new(read: ReadCounts, problems: Vec<Problem>) -> Self {
        let error_count = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        Self { error_count, warning_count: problems.len() - error_count, read, problems }
    }
}

/// `1 error`, `2 errors`.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
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
        let lines: Vec<String> = self.problems.iter().map(ToString::to_string).collect();
        document.lines(lines.iter().flat_map(|text| text.lines()).map(str::to_owned).collect());
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["file", "line>", "column>", "severity", "message", "hint"]);
        for problem in &self.problems {
            table.push(vec![
                problem.file.to_string(),
                problem.line.to_string(),
                problem.column.to_string(),
                problem.severity.to_string(),
                problem.message.clone(),
                problem.hint.clone().unwrap_or_default(),
            ]);
        }
        table
    }
}
