//! Coded events: raw ICEWS and GDELT, a row an event, whose columns everybody knows.
//!
//! A row stays text until it is shown, as in any table; what differs is what a [`Coding`] makes of its
//! cells. Actors are named by the events and not defined: where another file defines one, that record
//! stands.

pub(super) mod gdelt;
pub(super) mod icews;
pub(super) mod names;

use std::{borrow::Cow, fmt, sync::Arc};

use rustc_hash::FxHashSet;
use serde_json::{Map, Number, Value};

use super::{columns::Layout, detect::Reading, push};
use crate::{
    dataset::{Origin, Rows, Sink},
    model::{
        Actor, Fault, Severity, Tie,
        fault::Step,
        record::{ActorRecord, IdText, Text, TieRecord},
    },
};

/// An end of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Source,
    Target,
}

/// What the columns of a coder's rows say.
pub(super) trait Coding: fmt::Debug + Send + Sync + 'static {
    /// The tie of a row, and each fault with its column.
    fn tie(&self, row: &Row<'_>, faults: &mut Vec<(usize, Fault)>) -> Option<Tie>;
    /// The actor at an end of a row that gives a tie.
    fn actor(&self, row: &Row<'_>, end: End) -> Option<Actor>;
    /// What is to be said of the rows together, when all are read.
    fn notes(&self, rows: &Counts) -> Vec<String>;
}

/// What was counted of the rows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// Rows that name one side only.
    pub(super) one_sided: usize,
    /// Rows that name none.
    pub(super) nameless: usize,
    /// Rows that give a tie.
    pub(super) ties: usize,
}

/// A row's cells, by the names of their columns.
pub(super) struct Row<'r> {
    layout: &'r Layout,
    cells: Vec<Cow<'r, str>>,
    missing: &'static [&'static str],
}

impl Row<'_> {
    /// A cell, unless it is empty or means that nothing is known.
    pub(super) fn get(&self, column: &str) -> Option<&str> {
        let cell = self.cells.get(self.layout.named(column)?)?.trim();
        (!cell.is_empty() && !self.missing.contains(&cell)).then_some(cell)
    }

    /// The place of a column; the first where there is none.
    pub(super) fn column(&self, name: &str) -> usize {
        self.layout.named(name).unwrap_or(0)
    }

    /// The cells that have no place of ours, numbers as such.
    pub(super) fn attributes(&self, own: &[&str], numbers: &[&str]) -> Map<String, Value> {
        let mut attributes = Map::new();
        let is_among =
            |names: &[&str], name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        for name in self.layout.header.iter().filter(|name| !is_among(own, name)) {
            let Some(text) = self.get(name) else { continue };
            let number = || text.parse::<Number>().ok().filter(|number| number.to_string() == text);
            let number = if is_among(numbers, name) { number() } else { None };
            attributes.insert(name.clone(), number.map_or_else(|| Value::from(text), Value::Number));
        }
        attributes
    }
}

/// The file of a coder: how rows are laid out, and what they say.
#[derive(Debug)]
struct Coded<C> {
    layout: Layout,
    coding: C,
    missing: &'static [&'static str],
}

impl<C: Coding> Coded<C> {
    fn row<'r>(&'r self, row: &'r str) -> Row<'r> {
        Row { layout: &self.layout, cells: self.layout.cells(row), missing: self.missing }
    }
}

impl<C: Coding> Rows for Coded<C> {
    fn actor(&self, id: &str, row: &str) -> Actor {
        let row = self.row(row);
        let ends = [End::Source, End::Target].into_iter().filter_map(|end| self.coding.actor(&row, end));
        ends.into_iter().find(|actor| actor.id.as_str() == id).expect("the row named it when it was read")
    }

    fn tie(&self, row: &str) -> Tie {
        let tie = self.coding.tie(&self.row(row), &mut Vec::new());
        tie.expect("the row was checked when it was read")
    }
}

/// Reads the rows of a coder.
pub(super) fn read(
    name: &str,
    text: &Arc<String>,
    layout: Layout,
    (coding, missing): (impl Coding, &'static [&'static str]),
    sink: &mut impl Sink,
) -> Reading {
    let coded = Arc::new(Coded { layout, coding, missing });
    let file = push::file(sink, name, text.clone(), coded.clone());
    let cites = sink.default_cites(file).to_vec();
    let mut seen: FxHashSet<Box<str>> = FxHashSet::default();
    let mut counts = Counts::default();
    for part in coded.layout.rows(text) {
        let origin = Origin::of(file, text, part);
        let mut faults = Vec::new();
        let row = coded.row(part);
        let width = coded.layout.header.len();
        let tie = if row.cells.len() == width {
            coded.coding.tie(&row, &mut faults)
        } else {
            let message = format!("{} columns, a row has {width}", row.cells.len());
            faults.push((0, Fault::error(&[], message).hint("is the row cut off?".to_owned())));
            None
        };
        let broken = faults.iter().any(|(_, fault)| fault.severity == Severity::Error);
        counts.nameless += usize::from(tie.is_none() && !broken);
        for (column, fault) in faults {
            let at = usize::try_from(origin.start).unwrap_or(0) + coded.layout.offset(part, column);
            sink.fault_at(fault, file, at);
        }
        let Some(mut tie) = tie else { continue };
        for (end, id) in [(End::Source, tie.source.as_str()), (End::Target, tie.target.as_str())] {
            if !seen.contains(id)
                && let Some(actor) = coded.coding.actor(&row, end)
            {
                seen.insert(id.into());
                push::mention(sink, &actor, origin);
                counts.one_sided += usize::from(actor.kind == Some(crate::model::ActorKind::Event));
            }
        }
        counts.ties += 1;
        tie.cite_by_default(&cites);
        push::tie(sink, &mut tie, !broken, origin);
    }
    Reading { notes: coded.coding.notes(&counts) }
}

/// The plain tie of two ends, a relation and a day; `columns` are those of source, target, relation and day.
fn tie(
    [source, target, relation, when]: [Option<&str>; 4],
    columns: [usize; 4],
    faults: &mut Vec<(usize, Fault)>,
) -> Option<Tie> {
    let text = |text: Option<&str>| text.map(|text| Text(Cow::Owned(text.to_owned())));
    let id = |text: Option<&str>| text.map(|text| IdText(Cow::Owned(text.to_owned())));
    let record = TieRecord {
        source: id(source),
        target: id(target),
        relation: text(relation),
        when: text(when),
        ..TieRecord::default()
    };
    let mut found = Vec::new();
    let tie = Tie::from_record(&record, &mut found);
    for fault in found {
        let at = match fault.path.first() {
            Some(Step::Key("source")) => 0,
            Some(Step::Key("target")) => 1,
            Some(Step::Key("relation")) => 2,
            Some(Step::Key("when")) => 3,
            _ if source.is_none() => 0,
            _ if target.is_none() => 1,
            _ => 2,
        };
        faults.push((columns[at], fault));
    }
    tie
}

/// The actor of an id that was checked.
fn actor(id: &str) -> Option<Actor> {
    let record = ActorRecord { id: Some(IdText(Cow::Borrowed(id))), ..ActorRecord::default() };
    Actor::from_record(&record, &mut Vec::new())
}

/// A day of eight digits, as EDTF writes it; any other text as it is.
fn day(text: &str) -> Cow<'_, str> {
    match text.as_bytes() {
        digits if digits.len() == 8 && digits.iter().all(u8::is_ascii_digit) => {
            Cow::Owned(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))
        }
        _ => Cow::Borrowed(text.split_once([' ', 'T']).map_or(text, |(day, _)| day)),
    }
}
