//! Reads tables of ties: ICEWS events (subject, relation, object, date), and any table with a header.
//!
//! A row stays text until it is shown. Loading takes its ends, relation and date, each text looked up
//! once; columns without a place of ours are attributes of the tie, made when it is shown.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use crate::{
    dataset::{
        ActorNumber, ClaimNumber, ClaimRow, Origin, PlainRow, RelationNumber, Rows, Sink, field_hash,
        hash_of_fields,
    },
    date::{Dating, Status},
    model::{
        Actor, Citation, Fault, Severity, Tie, check_id,
        fault::Step,
        record::{ActorRecord, IdText, Text, TieRecord},
    },
};

use super::{
    columns::{Layout, Role},
    detect::{Options, Reading},
    events::names::{Names, Said, said},
    push,
    relations::Relations,
};

/// What is known of a whole table.
#[derive(Debug)]
pub(super) struct Table {
    layout: Layout,
    relations: Relations,
    missing: Vec<String>,
    is_icews: bool,
}

impl Table {
    fn is_missing(&self, cell: &str) -> bool {
        cell.is_empty() || self.missing.iter().any(|missing| missing == cell)
    }

    /// The tie of a row, with the column of each fault.
    fn read(&self, row: &str, faults: &mut Vec<(usize, Fault)>) -> Option<Tie> {
        let cells = self.layout.cells(row);
        let cell = |role: Role| {
            let at = self.layout.column(role)?;
            cells.get(at).filter(|cell| !self.is_missing(cell)).map(AsRef::as_ref)
        };
        if cells.len() != self.layout.header.len() {
            let message = format!("{} columns, the header has {}", cells.len(), self.layout.header.len());
            let hint = "a separator inside a value needs quotes around the value".to_owned();
            faults.push((0, Fault::error(&[], message).hint(hint)));
            return None;
        }
        let relation = cell(Role::Relation).map_or("related", |text| self.relations.id(text));
        let text = |text: &'static str| Text(Cow::Borrowed(text));
        let mut record = TieRecord { relation: Some(text("related")), ..TieRecord::default() };
        let date = |role| cell(role).map(|text| Text(Cow::Owned(day(text))));
        record.relation = Some(Text(Cow::Borrowed(relation)));
        record.source = cell(Role::Source).map(|id| IdText(Cow::Borrowed(id)));
        record.target = cell(Role::Target).map(|id| IdText(Cow::Borrowed(id)));
        record.id = cell(Role::Id).map(|id| IdText(Cow::Borrowed(id)));
        record.when = date(Role::When);
        record.start = date(Role::Start);
        record.end = date(Role::End).map(|end| if end.as_str() == "9999-12-31" { text("..") } else { end });
        let mut found = Vec::new();
        let tie = Tie::from_record(&record, &mut found);
        for fault in found {
            let role = match fault.path.first() {
                Some(Step::Key(key)) => Role::named(key),
                _ if record.source.is_none() => Some(Role::Source),
                _ => Some(Role::Target),
            };
            let at = role.and_then(|role| self.layout.column(role)).unwrap_or(0);
            faults.push((at, fault));
        }
        let mut tie = tie?;
        for (at, value) in cells.iter().enumerate() {
            if self.layout.roles[at] == Role::Attribute && !self.is_missing(value) {
                let value = Value::String(value.clone().into_owned());
                tie.attributes.insert(self.layout.header[at].clone(), value);
            }
        }
        Some(tie)
    }

    /// The actor of a name, of which nothing is known but what the name says.
    fn named(id: &str, said: Said<'_>) -> Actor {
        let record = ActorRecord { id: Some(IdText(Cow::Borrowed(id))), ..ActorRecord::default() };
        let actor = Actor::from_record(&record, &mut Vec::new());
        said.tell(actor.expect("the id was checked when the table was read"))
    }
}

impl Rows for Table {
    fn actor(&self, id: &str, _: &str) -> Actor {
        Self::named(id, if self.is_icews { said(id) } else { Said::default() })
    }

    fn tie(&self, row: &str) -> Tie {
        self.read(row, &mut Vec::new()).expect("the row was checked when the table was read")
    }
}

/// An end of ties, met before: its number, and what it adds to the content of a tie at either end.
#[derive(Clone, Copy)]
struct End {
    number: ActorNumber,
    source: u128,
    target: u128,
}

/// Reads the text of a table.
pub(super) fn read(
    name: &str,
    text: &Arc<str>,
    layout: Layout,
    options: &Options,
    sink: &mut impl Sink,
) -> Reading {
    let is_icews = layout.is_icews();
    let missing = options.missing.clone();
    let table = Arc::new(Table { layout, relations: Relations::shipped(), missing, is_icews });
    let file = push::file(sink, name, text.clone(), table.clone());
    let cites: Vec<Citation> = sink.default_cites(file).to_vec();
    let mut notes = Vec::new();
    if !is_icews {
        notes.push(table.layout.describe());
    }
    let mut reader = Reader { file, ..Reader::new(&table, text, cites) };
    reader.declare(sink, &mut notes);
    reader.rows(sink);
    Reading { notes }
}

struct Reader<'t> {
    table: &'t Table,
    text: &'t str,
    file: u32,
    cites: Vec<Citation>,
    /// What the citations, which all ties have, add to the content of each.
    cites_hash: u128,
    ends: FxHashMap<&'t str, End>,
    /// Ends that are quoted and hold quotes, and so have no text of their own in the file.
    quoted: FxHashSet<String>,
    /// The claim that a date makes, if it is an exact day, and what the date adds to the content.
    dates: FxHashMap<&'t str, Option<(ClaimNumber, u128)>>,
    relations: FxHashMap<&'t str, (RelationNumber, u128)>,
    names: Names,
}

impl<'t> Reader<'t> {
    fn new(table: &'t Table, text: &'t str, cites: Vec<Citation>) -> Self {
        let cites_hash = if cites.is_empty() { 0 } else { field_hash("cites", &cites) };
        Self {
            table,
            text,
            file: 0,
            cites,
            cites_hash,
            ends: FxHashMap::default(),
            quoted: FxHashSet::default(),
            dates: FxHashMap::default(),
            relations: FxHashMap::default(),
            names: Names::default(),
        }
    }

    /// Declares the relations that no vocabulary has, before the ties that name them.
    fn declare(&mut self, sink: &mut impl Sink, notes: &mut Vec<String>) {
        let Some(column) = self.table.layout.column(Role::Relation) else { return };
        let mut own: BTreeMap<String, usize> = BTreeMap::new();
        let mut counts: FxHashMap<Cow<'t, str>, usize> = FxHashMap::default();
        for row in self.table.layout.rows(self.text) {
            if let Some(cell) = self.table.layout.cell(row, column) {
                *counts.entry(cell).or_insert(0) += 1;
            }
        }
        let table = self.table;
        let counts: BTreeMap<Cow<'t, str>, usize> = counts.into_iter().collect();
        for (text, count) in counts {
            if !table.is_missing(&text) && !table.relations.is_known(table.relations.id(&text)) {
                own.insert(text.into_owned(), count);
            }
        }
        let origin = Origin { file: self.file, start: 0, end: 0 };
        notes.extend(Relations::declare(&own, false, sink, origin));
    }

    fn rows(&mut self, sink: &mut impl Sink) {
        for row in self.table.layout.rows(self.text) {
            let origin = Origin::of(self.file, self.text, row);
            if !self.plain(row, origin, sink) {
                self.whole(row, origin, sink);
            }
        }
    }

    /// Pushes a row of two ends, a relation and an exact day, the most common one, without making a tie
    /// of it; tells whether it was one.
    fn plain(&mut self, row: &'t str, origin: Origin, sink: &mut impl Sink) -> bool {
        let Some([source, relation, target, date]) = self.table.layout.plain(row) else { return false };
        let cites = &self.cites;
        let dated = *self.dates.entry(date).or_insert_with(|| {
            let exact = date.len() == 10 && date.as_bytes()[4] == b'-' && date.as_bytes()[7] == b'-';
            let dating = Dating::new(Some(date.parse().ok().filter(|_| exact)?), None, None, None).ok()?;
            let claim = ClaimRow { dating: &dating, status: Status::Asserted, cites };
            Some((sink.claim(&claim), field_hash("when", &date)))
        });
        let Some((claim, when)) = dated.filter(|_| !relation.is_empty()) else { return false };
        let (Some(source), Some(target)) = (self.end(source, origin, sink), self.end(target, origin, sink))
        else {
            return false;
        };
        let table = self.table;
        let (relation, related) = *self.relations.entry(relation).or_insert_with(|| {
            let id = table.relations.id(relation);
            (sink.relation_number(id), field_hash("relation", &id))
        });
        let fields = [source.source, target.target, related, when, self.cites_hash];
        let content = hash_of_fields(fields.into_iter().fold(0, u128::wrapping_add));
        let row = PlainRow { source: source.number, target: target.number, relation, claim, content };
        sink.plain_tie(row, origin);
        true
    }

    /// What is known of an end; the actor is pushed when it is met first.
    fn end(&mut self, id: &'t str, origin: Origin, sink: &mut impl Sink) -> Option<End> {
        if let Some(end) = self.ends.get(id) {
            return Some(*end);
        }
        if self.table.is_missing(id) || check_id(id).is_err() {
            return None;
        }
        if !self.quoted.contains(id) {
            self.push_actor(id, origin, sink);
        }
        let number = sink.actor_number(id);
        let end = End { number, source: field_hash("source", &id), target: field_hash("target", &id) };
        self.ends.insert(id, end);
        Some(end)
    }

    fn push_actor(&mut self, id: &str, origin: Origin, sink: &mut impl Sink) {
        let said = if self.table.is_icews { self.names.said(id) } else { Said::default() };
        push::mention(sink, &Table::named(id, said), origin);
    }

    /// Pushes any other row by way of a whole tie.
    fn whole(&mut self, row: &'t str, origin: Origin, sink: &mut impl Sink) {
        let mut faults = Vec::new();
        let tie = self.table.read(row, &mut faults);
        let broken = faults.iter().any(|(_, fault)| fault.severity == Severity::Error);
        for (column, fault) in faults {
            let at = usize::try_from(origin.start).unwrap_or(0) + self.table.layout.offset(row, column);
            sink.fault_at(fault, self.file, at);
        }
        let Some(mut tie) = tie else { return };
        let ends = [tie.source.as_str(), tie.target.as_str()];
        for (role, id) in [Role::Source, Role::Target].into_iter().zip(ends) {
            let column = self.table.layout.column(role);
            match column.and_then(|column| self.table.layout.cell(row, column)) {
                Some(Cow::Borrowed(cell)) => {
                    self.end(cell, origin, sink);
                }
                // A quoted cell with quotes in it has no text of its own to be known by.
                Some(Cow::Owned(_)) | None => {
                    if !self.ends.contains_key(id) && self.quoted.insert(id.to_owned()) {
                        self.push_actor(id, origin, sink);
                    }
                }
            }
        }
        tie.cite_by_default(&self.cites);
        push::tie(sink, &mut tie, !broken, origin);
    }
}

/// A day as EDTF writes it: `20180131` and `2018-01-31 00:00:00` are days too.
fn day(text: &str) -> String {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if text.len() == 8 && digits == 8 {
        return format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
    }
    match text.split_once([' ', 'T']) {
        Some((day, time)) if time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.' | b'Z')) => {
            day.to_owned()
        }
        _ => text.to_owned(),
    }
}
