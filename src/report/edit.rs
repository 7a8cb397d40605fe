//! What a change of a file did, or would do.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
};

/// One record that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Edited {
    /// What was done: `added`, `retracted`, `restored`, `merged`, `unmerged`.
    pub done: &'static str,
    /// What it is: `actor`, `tie`, `reference`.
    pub what: &'static str,
    /// Its id.
    pub id: String,
    /// Where its line stands, as `file:line`.
    pub place: String,
    /// The line.
    pub line: String,
}

/// What a change did, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EditReport {
    /// Whether the file was written; else it was a dry run.
    pub written: bool,
    /// The records, in the order in which they were given.
    pub records: Vec<Edited>,
    /// What the change makes worth a look, as `check` would say it.
    pub warnings: Vec<String>,
}

impl Report for EditReport {
    const SCHEMA: &'static str = "chancery/edit/1";

    fn document(&self) -> Document {
        let heads: Vec<String> = self
            .records
            .iter()
            .map(|record| format!("{} {} `{}` at {}", record.done, record.what, record.id, record.place))
            .collect();
        let mut document = Document::new(match (self.written, heads.as_slice()) {
            (true, [head]) => head.clone(),
            (true, heads) => format!("{} records changed", heads.len()),
            (false, _) => "dry run: nothing was written".to_owned(),
        });
        for (head, record) in heads.iter().zip(&self.records) {
            let head = (heads.len() > 1 || !self.written).then(|| head.clone());
            document.lines(head.into_iter().chain([format!("  {}", record.line)]).collect());
        }
        document.lines(self.warnings.clone());
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["done", "what", "id", "place", "line"]);
        for record in &self.records {
            table.push(vec![
                record.done.to_owned(),
                record.what.to_owned(),
                record.id.clone(),
                record.place.clone(),
                record.line.clone(),
            ]);
        }
        table
    }
}
