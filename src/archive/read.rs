//! From an archive to a sink: each file of each commit becomes a file of the dataset again.
//!
//! A record is put on the line of its file on which it stood, so that places in answers are those of the files
//! that were loaded. Rows that were taken out are no part of the dataset; their records stand with the reasons
//! among what is retracted, as they do in a JSON graph.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::value::RawValue;

use crate::{
    dataset::{ActorRow, BareRow, Origin, PlainCites, Rows, Sink, SourceFile, Texts},
    format::{native::Reader, push},
    model::{
        Actor, Citation, Coverage, Tie, check_id,
        record::{ActorRecord, CitationRecord, IdText, Text, TieRecord},
    },
};

use super::{
    Archive, ArchiveError,
    commit::{Kind, LoadedFile, Logged, Position, Removal},
    plain::{BarePusher, Known, Plain, Words},
    row::{Body, RowView, named_json},
};

/// Which rows are pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Those that stand.
    Standing,
    /// Those that were taken out.
    Removed,
}

/// The rows of one file of the dataset, and the commit that they are of.
#[derive(Clone, Debug)]
pub struct FileRows {
    /// The commit.
    pub commit: u64,
    /// The first byte of each record that stands in a text, and the number of its row in the commit; sorted.
    starts: Vec<(u64, u64)>,
}

impl FileRows {
    /// The row whose record stands somewhere in the file.
    pub fn position(&self, origin: Origin) -> Option<Position> {
        if let Some((_, row)) = origin.bare_row() {
            return Some(Position(self.commit, u64::from(row)));
        }
        let at = self.starts.binary_search_by_key(&origin.start, |(start, _)| *start).ok()?;
        Some(Position(self.commit, self.starts[at].1))
    }
}

/// What makes records of the rows of a file that was not native: JSON, or a tie as fields between tabs.
#[derive(Debug)]
pub(super) struct ArchivedRows;

/// The fields of a plain tie are set apart by a character that no id has.
const TAB: char = '\t';

impl Rows for ArchivedRows {
    fn actor(&self, _: &str, row: &str) -> Actor {
        let record: ActorRecord<'_> =
            serde_json::from_str(row).expect("the record was read when it was pushed");
        Actor::from_record(&record, &mut Vec::new()).expect("the record was checked when it was pushed")
    }

    fn tie(&self, row: &str) -> Tie {
        tie(row).expect("the record was checked when it was pushed")
    }
}

/// Ends, relation and date of a plain tie that has a date.
fn plain_fields(row: &str) -> Option<([&str; 3], &str)> {
    let mut fields = row.strip_prefix(TAB)?.split(TAB);
    Some(([fields.next()?, fields.next()?, fields.next()?], fields.next()?))
}

fn tie(row: &str) -> Option<Tie> {
    if let Some(fields) = row.strip_prefix(TAB) {
        let mut fields = fields.split(TAB);
        let record = TieRecord {
            source: fields.next().map(|id| IdText(id.into())),
            target: fields.next().map(|id| IdText(id.into())),
            relation: fields.next().map(|id| Text(id.into())),
            when: fields.next().map(|date| Text(date.into())),
            ..TieRecord::default()
        };
        return Tie::from_record(&record, &mut Vec::new());
    }
    let record: TieRecord<'_> = serde_json::from_str(row).ok()?;
    Tie::from_record(&record, &mut Vec::new())
}

/// One record on its way into the text of a file.
struct Placed {
    line: u32,
    kind: Kind,
    row: u64,
    text: String,
    is_plain: bool,
}

/// The rows of one file of a commit.
#[derive(Default)]
struct Gathered {
    is_native: bool,
    /// Line and number of actors of which the id is all, and their ids.
    named: Vec<(u32, u32)>,
    ids: Texts,
    rows: Vec<Placed>,
    bare: Vec<BareRow>,
    runs: Vec<Run>,
    /// What was retracted, by the order of its removal.
    retracted: BTreeMap<usize, String>,
}

/// Bare ties that follow one another.
struct Run {
    /// How many other rows stand before them.
    before: usize,
    /// The number of the first among the rows of the commit.
    row: u32,
    count: u32,
}

impl Archive {
    /// Pushes what the archive holds as of its snapshot; gives the rows of each file that was pushed, in order.
    ///
    /// # Errors
    /// When a segment is damaged or cannot be read. What has been pushed by then is of no use.
    ///
    /// # Complexity
    /// Time and space O(n), for n bytes of rows.
    pub fn read(&self, sink: &mut impl Sink) -> Result<Vec<FileRows>, ArchiveError> {
        self.push(Which::Standing, sink)
    }

    pub(super) fn push(&self, which: Which, sink: &mut impl Sink) -> Result<Vec<FileRows>, ArchiveError> {
        let removed = self.removed();
        let mut files = Vec::new();
        for logged in self.shown() {
            files.extend(self.push_commit(logged, which, &removed, sink)?);
        }
        Ok(files)
    }

    pub(super) fn push_commit(
        &self,
        logged: &Logged,
        which: Which,
        removed: &BTreeMap<Position, (usize, &Removal)>,
        sink: &mut impl Sink,
    ) -> Result<Vec<FileRows>, ArchiveError> {
        let commit = &logged.commit;
        let new = |file: &LoadedFile| Gathered { is_native: file.is_native, ..Gathered::default() };
        let mut gathered: Vec<Gathered> = commit.files.iter().map(new).collect();
        let mut number = 0;
        let mut words = Words::default();
        let mut stray = None;
        self.rows(logged, |row| {
            let here = number;
            number += 1;
            let Some(file) = gathered.get_mut(row.file as usize) else {
                stray = Some(row.file);
                return;
            };
            let removal = removed.get(&Position(commit.number, here));
            match (removal, which) {
                (None, Which::Standing) | (Some(_), Which::Removed) => {
                    let number = u32::try_from(here).ok();
                    match (row.body, words.bare(&row), number) {
                        (Body::Named(id), _, Some(number)) if !file.is_native => {
                            file.named.push((row.line, number));
                            file.ids.push(id);
                        }
                        (_, Some(tie), Some(number)) => file.take_bare(tie, number),
                        _ => file.rows.push(placed(here, &row)),
                    }
                }
                (Some((order, removal)), Which::Standing) => file.retract(*order, removal, &row),
                (None, Which::Removed) => {}
            }
        })?;
        if let Some(stray) = stray {
            let what = format!("commit {} has a row of file {stray}, which it does not have", commit.number);
            return Err(ArchiveError::damaged(&self.folder, what));
        }
        let damaged = |what| ArchiveError::damaged(&self.folder, format!("commit {}: {what}", commit.number));
        let mut files = Vec::new();
        let mut known = Known::of(&words);
        for (file, gathered) in commit.files.iter().zip(gathered) {
            let starts = gathered.push(file, (&words, &mut known), sink).map_err(damaged)?;
            files.push(FileRows { commit: commit.number, starts });
        }
        Ok(files)
    }
}

fn placed(row: u64, view: &RowView<'_>) -> Placed {
    let (text, is_plain) = match view.body {
        Body::Record(record) => (record.to_owned(), false),
        Body::Named(id) => (named_json(id), false),
        Body::Plain { ends, when } => {
            (plain_text(ends.map(|end| end.text), when.map(|when| when.text)), true)
        }
    };
    Placed { line: view.line, kind: view.kind, row, text, is_plain }
}

/// The text of a tie of which ends, relation and date are all.
pub(super) fn plain_text([source, target, relation]: [&str; 3], when: Option<&str>) -> String {
    let mut text = format!("{TAB}{source}{TAB}{target}{TAB}{relation}");
    if let Some(when) = when {
        text.push(TAB);
        text.push_str(when);
    }
    text
}

impl Gathered {
    fn take_bare(&mut self, tie: BareRow, row: u32) {
        let before = self.rows.len();
        self.bare.push(tie);
        match self.runs.last_mut() {
            Some(run) if run.before == before && run.row + run.count == row => run.count += 1,
            _ => self.runs.push(Run { before, row, count: 1 }),
        }
    }

    fn retract(&mut self, order: usize, removal: &Removal, view: &RowView<'_>) {
        // A merge that was taken back leaves nothing in a JSON graph either.
        let what = match removal.what {
            Kind::Actor | Kind::Tie | Kind::Reference => removal.what.as_str(),
            Kind::Relation | Kind::Same => return,
        };
        let record = view.json();
        let quoted = |text: &str| serde_json::to_string(text).expect("a text is JSON");
        let (id, why) = (quoted(&removal.id), quoted(&removal.why));
        let entry = format!("{{\"id\": {id}, \"what\": \"{what}\", \"why\": {why}, \"record\": {record}}}");
        self.retracted.insert(order, entry);
    }

    /// Makes the text of the file, pushes its rows, and gives the first byte of each with its number.
    fn push(
        self,
        file: &LoadedFile,
        (words, known): (&Words, &mut Known),
        sink: &mut impl Sink,
    ) -> Result<Vec<(u64, u64)>, String> {
        let rows: Vec<(u32, &str)> = self.rows.iter().map(|row| (row.line, row.text.as_str())).collect();
        let (text, starts) = laid_out(&rows, self.bare.len());
        let mut source = archived(file, text.clone())?;
        for entry in self.retracted.into_values() {
            source.retracted.push(RawValue::from_string(entry).map_err(|error| error.to_string())?);
        }
        let cites = PlainCites::of(&source.cites);
        let number = sink.file(source);
        for ((line, row), id) in self.named.iter().zip(self.ids.iter()) {
            check_id(id).map_err(|why| format!("an actor that is none: {why}"))?;
            sink.actor(ActorRow::named(id), Origin::bare(number, *line, *row));
        }
        let mut plain = Plain::new(&cites);
        let mut bare = BarePusher::new(words, known, number, &cites);
        let (mut runs, mut ties) = (self.runs.iter().peekable(), self.bare.iter());
        for at in 0..=self.rows.len() {
            while let Some(run) = runs.next_if(|run| run.before == at) {
                for (tie, row) in ties.by_ref().take(run.count as usize).zip(run.row..) {
                    bare.push(tie, row, sink);
                }
            }
            let Some((row, start)) = self.rows.get(at).zip(starts.get(at)) else { break };
            let record = &text[*start..*start + row.text.len()];
            let origin = Origin::of(number, &text, record);
            if !(row.is_plain
                && plain_fields(record).is_some_and(|(ends, when)| plain.push(ends, when, origin, sink)))
            {
                push_row(row, record, &text, (number, file.is_native), cites.list(), sink)?;
            }
        }
        let mut starts: Vec<(u64, u64)> =
            starts.into_iter().zip(&self.rows).map(|(start, row)| (start as u64, row.row)).collect();
        starts.sort_unstable();
        Ok(starts)
    }
}

/// The text of a file whose records stand on their lines, beside bare rows that stand nowhere; and the first byte of each.
pub(super) fn laid_out(rows: &[(u32, &str)], bare_count: usize) -> (Arc<String>, Vec<usize>) {
    // More blank lines than records would be a text that no memory holds.
    let most_blank = MOST_BLANK_LINES.max(u32::try_from(bare_count).unwrap_or(u32::MAX));
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|at| rows[*at].0);
    let mut text = String::with_capacity(rows.iter().map(|(_, text)| text.len() + 1).sum());
    let mut starts = vec![0; rows.len()];
    let mut at_line = 1;
    for at in order {
        let (line, record) = rows[at];
        let gap = line.saturating_sub(at_line).min(most_blank);
        at_line += gap;
        match gap {
            0 if text.is_empty() => {}
            0 => text.push(' '),
            gap => text.extend(std::iter::repeat_n('\n', gap as usize)),
        }
        starts[at] = text.len();
        text.push_str(record);
    }
    (text.into(), starts)
}

/// A file as an archive gives it back.
pub(super) fn archived(file: &LoadedFile, text: Arc<String>) -> Result<SourceFile, String> {
    let mut source = SourceFile::new(file.name.as_str(), text);
    source.title.clone_from(&file.title);
    source.license.clone_from(&file.license);
    source.cites = cites(file)?;
    source.coverage = coverage(file)?;
    source.rows = (!file.is_native).then(|| Arc::new(ArchivedRows) as Arc<dyn Rows>);
    source.retracted.clone_from(&file.retracted);
    Ok(source)
}

/// How many lines are left blank before a record at most.
const MOST_BLANK_LINES: u32 = 1 << 20;

fn push_row(
    row: &Placed,
    record: &str,
    text: &str,
    (file, is_native): (u32, bool),
    cites: &[Citation],
    sink: &mut impl Sink,
) -> Result<(), String> {
    if row.is_plain {
        let mut tie = tie(record).ok_or("a tie that is none")?;
        tie.cite_by_default(cites);
        push::tie(sink, &mut tie, true, Origin::of(file, text, record));
        return Ok(());
    }
    // What other files say of an actor gives way to the record of a native one, whichever was loaded first.
    if row.kind == Kind::Actor && !is_native {
        let actor: ActorRecord<'_> = serde_json::from_str(record).map_err(|error| error.to_string())?;
        let actor = Actor::from_record(&actor, &mut Vec::new()).ok_or("an actor that is none")?;
        push::mention(sink, &actor, Origin::of(file, text, record));
        return Ok(());
    }
    let raw: &RawValue = serde_json::from_str(record).map_err(|error| error.to_string())?;
    let mut reader = Reader::new(text, file, sink);
    match row.kind {
        Kind::Relation => reader.relation(raw),
        Kind::Reference => reader.reference(raw),
        Kind::Same => reader.same(raw),
        Kind::Actor => reader.actor(raw),
        Kind::Tie => reader.tie(raw),
    }
    Ok(())
}

/// The citations that a file gives to all its ties.
fn coverage(file: &LoadedFile) -> Result<Vec<Coverage>, String> {
    let Some(raw) = &file.coverage else { return Ok(Vec::new()) };
    let (mut faults, mut errors) = (Vec::new(), Vec::new());
    let coverage = Coverage::read(raw, &mut faults, &mut errors);
    match faults.first().map(|fault| &fault.message).or(errors.first().map(|error| &error.message)) {
        Some(message) => Err(message.clone()),
        None => Ok(coverage),
    }
}

fn cites(file: &LoadedFile) -> Result<Vec<Citation>, String> {
    let Some(raw) = &file.cites else { return Ok(Vec::new()) };
    let records: Vec<CitationRecord<'_>> =
        serde_json::from_str(raw.get()).map_err(|error| error.to_string())?;
    let mut faults = Vec::new();
    let cites = records.iter().filter_map(|record| Citation::from_record(record, &[], &mut faults)).collect();
    match faults.first() {
        Some(fault) => Err(fault.message.clone()),
        None => Ok(cites),
    }
}
