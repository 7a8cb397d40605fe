//! Reads tables of ties: ICEWS events (subject, relation, object, date), and any table with a header.
//!
//! A row stays text until it is shown. Loading takes its ends, relation and date, each text looked up
//! once; columns without a place of ours are attributes of the tie, made when it is shown.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashSet;

use crate::{
    dataset::{
        ActorNumber, ActorRow, Origin, PlainCites, PlainEnd, PlainEnds, PlainRelation, Rows, Sink, TextMap,
    },
    model::{
        Actor, Fault, Severity, Tie, check_id,
        fault::Step,
        record::{ActorRecord, IdText, Text, TieRecord},
    },
};

use super::{
    block::{self, Cells, Days, is_exact},
    columns::Layout,
    detect::{Options, Reading},
    events::names::{Names, Said},
    gephi, push,
    relations::Relations,
    roles::{Field, Role, date_of_parts},
    spells,
};

/// Texts that mean in many tables that nothing is known; here they do when the user says so.
const UNKNOWN: [&str; 9] = ["-9", "-99", "-999", "-9999", ".", "-", "NA", "NULL", "null"];

/// What is known of a whole table.
#[derive(Debug)]
pub(super) struct Table {
    layout: Layout,
    relations: Relations,
    missing: Vec<String>,
    is_icews: bool,
    names: Names,
    /// Whether the column of ids says those of ties, and does not only number the rows.
    ids_are_own: bool,
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
        if let Some(fault) = self.layout.misfit(cells.len()) {
            faults.push((0, fault));
            return None;
        }
        let relation = cell(Role::Relation).map_or("related", |text| self.relations.id(text));
        let text = |text: &'static str| Text(Cow::Borrowed(text));
        let mut record = TieRecord { relation: Some(text("related")), ..TieRecord::default() };
        let date = |role, field| {
            let whole = cell(role).map(day);
            whole.or_else(|| date_of_parts(cell, field)).map(|text| Text(Cow::Owned(text)))
        };
        record.relation = Some(Text(Cow::Borrowed(relation)));
        record.source = cell(Role::Source).map(|id| IdText(Cow::Borrowed(id)));
        record.target = cell(Role::Target).map(|id| IdText(Cow::Borrowed(id)));
        record.id = cell(Role::Id).filter(|_| self.ids_are_own).map(|id| IdText(Cow::Borrowed(id)));
        record.when = date(Role::When, Field::When);
        record.start = date(Role::Start, Field::Start);
        record.end = date(Role::End, Field::End)
            .map(|end| if end.as_str().starts_with("9999") { text("..") } else { end });
        let timeset = cell(Role::Timeset).filter(|_| record.when.is_none()).and_then(spells::timeset);
        let timeset = timeset.filter(|spells| spells.len() == 1).and_then(|mut spells| spells.pop());
        let has_timeset = timeset.is_some();
        record.when = record.when.or(timeset.map(|when| Text(Cow::Owned(when))));
        let mut found = Vec::new();
        let tie = Tie::from_record(&record, &mut found);
        for fault in found {
            let role = match fault.path.first() {
                Some(Step::Key(key)) => Role::named(key),
                _ if record.source.is_none() => Some(Role::Source),
                _ => Some(Role::Target),
            };
            let at = role.and_then(|role| self.layout.column_or_year(role)).unwrap_or(0);
            let unknown = cells.get(at).filter(|cell| UNKNOWN.contains(&cell.as_ref()));
            let fault = match unknown.filter(|_| role != Some(Role::Source) && role != Some(Role::Target)) {
                Some(cell) => fault.hint(format!("if it means that nothing is known: --missing {cell}")),
                None => fault,
            };
            faults.push((at, fault));
        }
        let mut tie = tie?;
        for (at, value) in cells.iter().enumerate() {
            let is_attribute = match self.layout.roles[at] {
                Role::Attribute => true,
                Role::Id => !self.ids_are_own,
                Role::Timeset => !has_timeset,
                // The time of day has no place of ours.
                Role::When | Role::Start | Role::End => {
                    without_time(value).is_some_and(|(_, has_time)| has_time)
                }
                _ => false,
            };
            if is_attribute && !self.is_missing(value) {
                let value = self.layout.value(at, value);
                tie.attributes.insert(self.layout.header[at].clone(), value);
            }
        }
        Some(tie)
    }

    /// What a name says of its actor.
    fn said<'n>(&self, id: &'n str) -> Said<'n> {
        if self.is_icews { self.names.said(id) } else { Said::default() }
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
        Self::named(id, self.said(id))
    }

    fn tie(&self, row: &str) -> Tie {
        self.read(row, &mut Vec::new()).expect("the row was checked when the table was read")
    }

    fn plain<'r>(&self, row: &'r str) -> Option<[&'r str; 3]> {
        let [source, relation, target, date] = self.layout.plain(row)?;
        let is_said = |cell: &str| !self.is_missing(cell);
        (is_exact(date) && is_said(date) && is_said(relation)).then_some([source, target, date])
    }
}

/// Reads the text of a table.
pub(super) fn read(
    name: &str,
    text: &Arc<String>,
    layout: Layout,
    options: &Options,
    sink: &mut impl Sink,
) -> Reading {
    let mut layout = layout.of_text(text);
    let is_icews = layout.is_icews();
    let missing = options.missing.clone();
    let gephi = gephi::survey(&mut layout, text);
    let ids_are_own = options.columns.iter().any(|(role, _)| role == "id") || ids_are_own(&layout, text);
    let table = Table {
        layout,
        relations: Relations::shipped(),
        missing,
        is_icews,
        names: Names::default(),
        ids_are_own,
    };
    let table = Arc::new(table);
    let file = push::file(sink, name, text.clone(), table.clone());
    let cites = PlainCites::of(sink.default_cites(file));
    let mut notes = Vec::new();
    if !is_icews {
        notes.push(table.layout.describe());
    }
    if let Some(column) = table.layout.column(Role::Id).filter(|_| !ids_are_own) {
        let head = &table.layout.header[column];
        notes.push(format!(
            "`{head}` numbers the rows: an attribute, not the ids of ties (--columns id={head})"
        ));
    }
    if gephi.is_undirected {
        notes.push("undirected: ties keep the order of their ends, which says nothing".to_owned());
    }
    let mut reader = Reader { file, is_undirected: gephi.is_undirected, ..Reader::new(&table, text, cites) };
    reader.rows(sink);
    reader.declare(sink, &mut notes);
    Reading { notes }
}

/// A relation that plain rows name, and how many do.
#[derive(Clone, Copy)]
struct Named {
    relation: PlainRelation,
    count: usize,
}

struct Reader<'t> {
    table: &'t Table,
    text: &'t str,
    file: u32,
    is_undirected: bool,
    cites: PlainCites,
    ends: PlainEnds,
    days: Days<'t>,
    /// Rows that wait to be looked up together.
    block: Vec<Cells<'t>>,
    /// The relations that plain rows name, each with its text.
    relations: Vec<(&'t str, Named)>,
    relation_of: TextMap<&'t str, usize>,
    /// Relations of its own that whole ties name, each with how many do.
    own: BTreeMap<String, usize>,
}

impl<'t> Reader<'t> {
    fn new(table: &'t Table, text: &'t str, cites: PlainCites) -> Self {
        Self {
            table,
            text,
            file: 0,
            is_undirected: false,
            cites,
            ends: PlainEnds::default(),
            days: Days::default(),
            block: Vec::with_capacity(block::ROWS),
            relations: Vec::new(),
            relation_of: TextMap::default(),
            own: BTreeMap::new(),
        }
    }

    /// Declares the relations that ties name and no vocabulary has.
    fn declare(&mut self, sink: &mut impl Sink, notes: &mut Vec<String>) {
        let relations = &self.table.relations;
        let plain: BTreeMap<&str, usize> =
            self.relations.iter().map(|(text, named)| (*text, named.count)).collect();
        for (text, count) in plain {
            if !relations.is_known(relations.id(text)) {
                *self.own.entry(text.to_owned()).or_default() += count;
            }
        }
        let origin = Origin { file: self.file, start: 0, end: 0 };
        notes.extend(Relations::declare(&self.own, self.is_undirected, sink, origin));
    }

    fn rows(&mut self, sink: &mut impl Sink) {
        for row in self.table.layout.rows(self.text) {
            let origin = Origin::of(self.file, self.text, row);
            let Some(cells) = self.cells(row, origin, sink) else {
                self.push_block(sink);
                self.whole(row, origin, sink);
                continue;
            };
            self.block.push(cells);
            if self.block.len() == block::ROWS {
                self.push_block(sink);
            }
        }
        self.push_block(sink);
    }

    /// The cells of a row of two ends, a relation and an exact day, the most common one.
    fn cells(&mut self, row: &'t str, origin: Origin, sink: &mut impl Sink) -> Option<Cells<'t>> {
        let [source, relation, target, date] = self.table.layout.plain(row)?;
        let day = self.days.place(date, &self.cites, sink)?;
        (!self.table.is_missing(relation)).then_some(Cells { ends: [source, target], relation, day, origin })
    }

    /// Pushes the rows that wait, without making ties of them.
    fn push_block(&mut self, sink: &mut impl Sink) {
        let block = std::mem::take(&mut self.block);
        let mut rest = block.as_slice();
        let (mut numbers, mut ends) = ([[None; 2]; block::ROWS], Vec::with_capacity(block.len()));
        sink.look_ahead(block.iter().flat_map(|cells| cells.ends));
        for (cells, numbers) in block.iter().zip(&mut numbers) {
            *numbers = cells.ends.map(|id| Some(sink.actor_number(id)));
        }
        self.days.look_ahead(&block);
        self.ends.look_ahead(numbers.iter().flatten().filter_map(|number| *number));
        let mut numbers = numbers.iter();
        while !rest.is_empty() {
            ends.clear();
            // A row without an end is pushed whole before those behind it are looked at.
            for (cells, numbers) in rest.iter().zip(numbers.by_ref()) {
                let mut end = |at: usize| {
                    let number = numbers[at]?;
                    let known = self.ends.get(number);
                    known.or_else(|| self.new_end(cells.ends[at], number, cells.origin, sink, true))
                };
                let Some(both) = end(0).zip(end(1)) else { break };
                ends.push(both.into());
            }
            let (plain, after) = rest.split_at(ends.len());
            for (cells, ends) in plain.iter().zip(&ends) {
                let relation = self.relation(cells.relation, sink);
                self.days.push(cells, *ends, relation, sink);
            }
            rest = after;
            if let Some((cells, after)) = after.split_first() {
                let row = self.row(cells.origin);
                self.whole(row, cells.origin, sink);
                rest = after;
            }
        }
        self.block = block;
        self.block.clear();
    }

    /// The relation that one more plain row names.
    fn relation(&mut self, text: &'t str, sink: &mut impl Sink) -> PlainRelation {
        let (table, relations) = (self.table, &mut self.relations);
        let at = self.relation_of.get_or_insert_with(text, || {
            let relation = PlainRelation::of(table.relations.id(text), sink);
            relations.push((text, Named { relation, count: 0 }));
            relations.len() - 1
        });
        let named = &mut self.relations[at].1;
        named.count += 1;
        named.relation
    }

    /// Pushes the actor of an end, if it is met first.
    fn end(&mut self, id: &str, origin: Origin, sink: &mut impl Sink) {
        let number = sink.actor_number(id);
        if self.ends.get(number).is_none() {
            self.new_end(id, number, origin, sink, false);
        }
    }

    /// An end that was not met before: its actor is pushed; `is_plain` where a plain row names it.
    fn new_end(
        &mut self,
        id: &str,
        number: ActorNumber,
        origin: Origin,
        sink: &mut impl Sink,
        is_plain: bool,
    ) -> Option<PlainEnd> {
        if self.table.is_missing(id) || check_id(id).is_err() {
            return None;
        }
        self.push_actor(id, origin, sink, is_plain);
        Some(self.ends.insert(number, id))
    }

    /// The text of a row.
    fn row(&self, origin: Origin) -> &'t str {
        let bound = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
        &self.text[bound(origin.start)..bound(origin.end)]
    }

    fn push_actor(&mut self, id: &str, origin: Origin, sink: &mut impl Sink, is_plain: bool) {
        let said = self.table.said(id);
        if is_plain && said == Said::default() {
            sink.actor(ActorRow::named(id), origin);
            return;
        }
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
        for id in [&tie.source, &tie.target] {
            self.end(id.as_str(), origin, sink);
        }
        if !self.table.relations.is_known(tie.relation.as_str()) {
            *self.own.entry(tie.relation.as_str().to_owned()).or_default() += 1;
        }
        tie.cite_by_default(self.cites.list());
        push::tie(sink, &mut tie, !broken, origin);
    }
}

/// A day as EDTF writes it: `20180131` and `2018-01-31 12:30:00` are days too.
pub(super) fn day(text: &str) -> String {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if text.len() == 8 && digits == 8 {
        return format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
    }
    without_time(text).map_or(text, |(day, _)| day).to_owned()
}

/// The day of a text that says a time as well, and whether that is another than midnight.
fn without_time(text: &str) -> Option<(&str, bool)> {
    let (day, time) = text.split_once([' ', 'T'])?;
    let is_clock = |byte: u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'Z' | b'+' | b'-');
    let is_time = time.contains(':') && time.bytes().all(is_clock);
    let is_time = is_time && day.len() >= 8 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_time.then(|| (day, !time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.' | b'Z' | b'+'))))
}

/// Whether a column of ids says those of ties: none is given twice or to an end as well, nor are both but numbers,
/// as those of a table of nodes beside this one may be.
fn ids_are_own(layout: &Layout, text: &str) -> bool {
    let roles = [Role::Id, Role::Source, Role::Target].map(|role| layout.column(role));
    let [Some(id), Some(source), Some(target)] = roles else { return true };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mut ids, mut ends) = (FxHashSet::default(), FxHashSet::default());
    let (mut ids_count, mut ids_are_numbers, mut ends_are_numbers) = (0, true, true);
    for row in layout.rows(text) {
        let cells = layout.cells(row);
        let [Some(id), Some(source), Some(target)] = [id, source, target].map(|at| cells.get(at)) else {
            continue;
        };
        for end in [source, target] {
            ends_are_numbers &= is_number(end);
            if !ends.contains(end) {
                ends.insert(end.clone());
            }
        }
        if !id.is_empty() {
            ids_are_numbers &= is_number(id);
            ids_count += 1;
            ids.insert(id.clone());
        }
    }
    ids.len() == ids_count && ids.is_disjoint(&ends) && !(ids_are_numbers && ends_are_numbers)
}
