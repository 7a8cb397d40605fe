//! One row of an archive: a record on one line, where it came from, and what a table shows of it.

use std::fmt::Write;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::commit::Kind;
use crate::model::record::TieRecord;

/// A row on its way into an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The number of its file among those of the commit.
    pub(super) file: u32,
    /// The line of that file in which its record begins, from 1.
    pub(super) line: u32,
    pub(super) kind: Kind,
    /// The id that the record gives.
    pub(super) id: Option<String>,
    /// Source, target and relation of a tie.
    pub(super) ends: Option<[String; 3]>,
    /// The date of a tie that has one in one field.
    pub(super) when: Option<String>,
    /// The record as JSON on one line; none for a tie of which ends, relation and date are all, and for an actor of which
    /// the id is all.
    pub(super) record: Option<String>,
}

/// A row as it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowView<'r> {
    pub(super) file: u32,
    pub(super) line: u32,
    pub(super) kind: Kind,
    pub(super) body: Body<'r>,
    /// The number of the segment that it stands in, among those that are read one after another.
    pub(super) segment: usize,
}

/// What a row says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Body<'r> {
    /// A record as JSON.
    Record(&'r str),
    /// An actor of which the id is all.
    Named(&'r str),
    /// A tie of which this is all.
    Plain { ends: [Word<'r>; 3], when: Option<Word<'r>> },
}

/// A text of a segment, which stands there once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'r> {
    /// Its place among the texts of its column.
    pub(super) key: usize,
    pub(super) text: &'r str,
}

impl RowView<'_> {
    /// The record as JSON.
    pub(super) fn json(&self) -> String {
        match self.body {
            Body::Record(record) => record.to_owned(),
            Body::Named(id) => named_json(id),
            Body::Plain { ends, when } => plain_json(ends.map(|end| end.text), when.map(|when| when.text)),
        }
    }
}

/// The JSON of a tie of which ends, relation and date are all, as canonical JSON writes it.
pub(super) fn plain_json(ends: [&str; 3], when: Option<&str>) -> String {
    let [source, target, relation] = ends.map(quoted);
    let mut json = format!("{{\"source\":{source},\"target\":{target},\"relation\":{relation}");
    if let Some(when) = when {
        write!(json, ",\"when\":{}", quoted(when)).expect("a string takes it");
    }
    json.push('}');
    json
}

/// The JSON of an actor of which the id is all.
pub(super) fn named_json(id: &str) -> String {
    format!("{{\"id\":{}}}", quoted(id))
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'r> {
    file: u32,
    #[serde(rename = "line")]
    at: u32,
    kind: Kind,
    #[serde(borrow)]
    record: &'r RawValue,
}

/// A record of which only the id is asked.
#[derive(Deserialize)]
struct Named {
    id: Option<String>,
}

impl Row {
    /// The row of a record as JSON on one line, with the columns that its kind has.
    pub(super) fn record(file: u32, line: u32, kind: Kind, record: String) -> Self {
        let mut row = Self { file, line, kind, id: None, ends: None, when: None, record: None };
        if kind == Kind::Tie {
            if let Ok(tie) = serde_json::from_str::<TieRecord<'_>>(&record) {
                let relation = tie.relation.as_ref().map_or("related", |relation| relation.as_str());
                if let (Some(source), Some(target)) = (&tie.source, &tie.target) {
                    row.ends = Some([source.as_str(), target.as_str(), relation].map(str::to_owned));
                }
                row.id = tie.id.as_ref().map(|id| id.as_str().to_owned());
                row.when = tie.when.as_ref().map(|when| when.as_str().to_owned());
            }
        } else {
            row.id = serde_json::from_str::<Named>(&record).ok().and_then(|named| named.id);
        }
        row.record = Some(record);
        row
    }

    /// A row as it was read.
    pub(super) fn of(view: &RowView<'_>, file: u32) -> Self {
        match view.body {
            Body::Record(record) => Self::record(file, view.line, view.kind, record.to_owned()),
            Body::Named(id) => Self::named(file, view.line, id),
            Body::Plain { ends, when } => {
                Self::plain(file, view.line, ends.map(|end| end.text), when.map(|when| when.text))
            }
        }
    }

    /// The row of an actor of which the id is all.
    pub(super) fn named(file: u32, line: u32, id: &str) -> Self {
        Self { file, line, kind: Kind::Actor, id: Some(id.to_owned()), ends: None, when: None, record: None }
    }

    /// The row of a tie of which ends, relation and date are all.
    pub(super) fn plain(file: u32, line: u32, ends: [&str; 3], when: Option<&str>) -> Self {
        let (ends, when) = (Some(ends.map(str::to_owned)), when.map(str::to_owned));
        Self { file, line, kind: Kind::Tie, id: None, ends, when, record: None }
    }

    /// The record as JSON on one line.
    fn json(&self) -> String {
        match (&self.record, &self.ends) {
            (Some(record), _) => record.clone(),
            (None, Some(ends)) => plain_json(ends.each_ref().map(String::as_str), self.when.as_deref()),
            (None, None) => named_json(self.id.as_deref().unwrap_or_default()),
        }
    }

    /// Adds the row to the lines of a frame.
    pub(super) fn write(&self, lines: &mut String) {
        let Self { file, line, kind, .. } = self;
        let record = self.json();
        writeln!(
            lines,
            "{{\"file\":{file},\"line\":{line},\"kind\":\"{}\",\"record\":{record}}}",
            kind.as_str()
        )
        .expect("a string takes it");
    }

    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let texts = [&self.id, &self.when, &self.record].into_iter().flatten();
        let ends = self.ends.iter().flatten();
        64 + texts.chain(ends).map(String::len).sum::<usize>()
    }
}

/// Reads the lines of a frame.
pub(super) fn read_lines(lines: &str, mut take: impl FnMut(RowView<'_>)) -> Result<(), String> {
    for text in lines.lines() {
        let row: Line<'_> = serde_json::from_str(text).map_err(|error| format!("a row: {error}"))?;
        let body = Body::Record(row.record.get());
        take(RowView { file: row.file, line: row.at, kind: row.kind, body, segment: 0 });
    }
    Ok(())
}
