//! The tables of the Correlates of War project, and those that number states as it does: state system,
//! major powers, alliances by member and by pair, disputes and their participants, inter-state wars, organisations
//! and their members (by period or by year), diplomatic missions; and the states of Gleditsch and Ward.
//!
//! Numbers of states become the states of the gazetteer. Where several had one number (Prussia and
//! Germany, 255), it is the one that existed longest within the dates of the row. `-9` and `-8` are
//! nothing; an end that is empty, or the last day of a list, is open.

mod alliances;
mod conflict;
mod lists;
mod memberships;

use std::{borrow::Cow, sync::Arc};

use serde_json::{Map, Number, Value};

use super::{
    columns::Layout,
    detect::Reading,
    made::{self, Draft, Part},
};
use crate::{
    dataset::{Gazetteer, Sink, State},
    date::{Date, Day},
    model::{
        Actor, ActorKind, Fault, Name, Tie,
        record::{ActorRecord, IdText, Text, TieRecord},
    },
};

/// What is written where nothing is known, or nothing applies.
const MISSING: [&str; 5] = ["", "-9", "-8", ".", "NA"];

/// Makes the records of a table.
type Reader = fn(&mut Table<'_>);

/// The tables, each with columns that it alone has.
const TABLES: [(&[&str], Reader); 13] = [
    (&["version4id", "ccode", "mem_st_year", "all_st_year"], alliances::members),
    (&["version4id", "ccode1", "ccode2", "dyad_st_year"], alliances::pairs),
    (&["dispnum*", "ccode", "sidea", "styear"], conflict::participants),
    (&["dispnum*", "numa", "numb", "styear"], conflict::disputes),
    (&["WarNum", "ccode", "Side", "StartYear1"], conflict::wars),
    (&["igoID", "StateID", "JoinYear"], lists::members),
    (&["ccode", "year", "state", "*igo"], memberships::state_years),
    (&["ioname", "orgname", "year"], memberships::organisation_years),
    (&["igoID", "igoLongName", "StartYear"], lists::organisations),
    (&["us_mission_status", "country_code_cow", "date_start"], lists::missions),
    (&["stateabb", "ccode", "statenme", "styear"], lists::states),
    (&["stateabb", "ccode", "styear", "endyear"], lists::major_powers),
    (&["start", "end", "country_name", "*code"], lists::dated_states),
];

/// Whether a table is one of these.
pub(super) fn is_cow(layout: &Layout) -> bool {
    reader(layout).is_some()
}

fn reader(layout: &Layout) -> Option<Reader> {
    let has = |name: &&str| match *name {
        "dispnum*" => dispute(layout).is_some(),
        "*code" => layout.named("cowcode").or_else(|| layout.named("gwcode")).is_some(),
        "*igo" => ["UN", "UPU", "ITU", "WHO", "IMF"].iter().any(|known| layout.named(known).is_some()),
        name => layout.named(name).is_some(),
    };
    TABLES.iter().find(|(columns, _)| columns.iter().all(has)).map(|(_, read)| *read)
}

/// The column of a dispute's number: versions before 5 have an old and a new one.
fn dispute(layout: &Layout) -> Option<&'static str> {
    ["dispnum", "dispnum3", "dispnum4"].into_iter().find(|name| layout.named(name).is_some())
}

/// Reads a table of the project; nothing when it is none.
pub(super) fn read(name: &str, text: &Arc<String>, layout: &Layout, sink: &mut impl Sink) -> Option<Reading> {
    let read = reader(layout)?;
    let mut table = Table { text, layout, rows: Vec::new(), draft: Draft::default(), shared: 0 };
    table.cells();
    read(&mut table);
    if table.shared > 0 {
        table.draft.notes.push(format!(
            "{} numbers of states mean the one of several that existed longest within the dates",
            table.shared
        ));
    }
    let draft = table.draft;
    let notes = draft.notes.clone();
    made::push(name, text, draft, sink);
    Some(Reading { notes })
}

/// A table on its way to records.
struct Table<'t> {
    text: &'t str,
    layout: &'t Layout,
    rows: Vec<Cells<'t>>,
    draft: Draft,
    /// How many ends had a number that several states share.
    shared: usize,
}

/// The cells of a row.
#[derive(Clone)]
struct Cells<'t> {
    layout: &'t Layout,
    row: &'t str,
    values: Vec<Cow<'t, str>>,
}

impl Table<'_> {
    /// Takes the rows, and names those that are not as wide as the header.
    fn cells(&mut self) {
        for row in self.layout.rows(self.text) {
            let cells = self.layout.cells(row);
            if cells.len() == self.layout.header.len() {
                self.rows.push(Cells { layout: self.layout, row, values: cells });
            } else {
                let message = format!("{} columns, the header has {}", cells.len(), self.layout.header.len());
                let hint = "a separator inside a value needs quotes around the value".to_owned();
                self.draft
                    .faults
                    .push((Part::of(self.text, row).start, Fault::error(&[], message).hint(hint)));
            }
        }
    }

    fn part(&self, row: &Cells<'_>) -> Part {
        Part::of(self.text, row.row)
    }

    /// Reports what is wrong with a cell.
    fn fault(&mut self, row: &Cells<'_>, column: &str, fault: Fault) {
        let column = row.layout.named(column).unwrap_or(0);
        self.draft.faults.push((self.part(row).start + row.layout.offset(row.row, column), fault));
    }

    /// The date of year, month and day columns, as far as it is known.
    fn date(&mut self, row: &Cells<'_>, columns: [&str; 3]) -> Option<Date> {
        let year = row.get(columns[0])?;
        let mut text = format!("{year:0>4}");
        let two = |column| row.get(column).filter(|text| !text.starts_with('-') && *text != "0");
        if let Some(month) = two(columns[1]) {
            text.push_str(&format!("-{month:0>2}"));
            if let Some(day) = two(columns[2]) {
                text.push_str(&format!("-{day:0>2}"));
            }
        }
        self.parsed(row, columns[0], &text)
    }

    /// A date as it stands in a cell.
    fn parsed(&mut self, row: &Cells<'_>, column: &str, text: &str) -> Option<Date> {
        match text.parse::<Date>() {
            Ok(date) => {
                let (_, last) = date.span();
                if last.is_bounded() && self.draft.issued.is_none_or(|known| known < ymd(last)) {
                    self.draft.issued = Some(ymd(last));
                }
                Some(date)
            }
            Err(error) => {
                let fault = Fault::error(&[], format!("`{column}`: {error}")).code("bad-date");
                self.fault(row, column, fault.hint(error.hint().map(str::to_owned)));
                None
            }
        }
    }

    /// The id of the state that a number means on the days of a row; a number that the gazetteer does
    /// not have names an actor of its own.
    fn state(&mut self, row: &Cells<'_>, number: (&str, &str), span: (Day, Day)) -> Option<String> {
        let names = ["state_name", "statename", "statenme", "country_name"];
        let column = names.into_iter().find(|column| row.get(column).is_some()).unwrap_or_default();
        self.state_called(row, number, column, span)
    }

    /// The same, where the name of a state stands in a column.
    fn state_called(
        &mut self,
        row: &Cells<'_>,
        (scheme, column): (&str, &str),
        name: &str,
        span: (Day, Day),
    ) -> Option<String> {
        let Some(number) = row.get(column) else {
            let fault = Fault::error(&[], format!("no number of a state in `{column}`")).code("missing-end");
            self.fault(row, column, fault);
            return None;
        };
        let code = format!("{scheme}:{number}");
        let mut states = Gazetteer::shipped().named(&code);
        self.shared += usize::from(states.len() > 1);
        states.sort_by_key(|state| std::cmp::Reverse(overlap(state, span)));
        if let Some(state) = states.first() {
            return Some(state.id().to_owned());
        }
        let mut actor = actor(&code)?;
        actor.kind = Some(ActorKind::Country);
        actor.names.extend(row.get(name).map(|name| english(name.to_owned())));
        self.mention(row, actor);
        Some(code)
    }

    /// Names an actor that other files may define.
    fn mention(&mut self, row: &Cells<'_>, actor: Actor) {
        let part = self.part(row);
        self.draft.mentions.entry(actor.id.to_string()).or_insert((part, actor));
    }

    /// Adds a tie at a part of the text.
    fn tie(&mut self, part: Part, row: &Cells<'_>, record: &TieRecord<'_>, attributes: Map<String, Value>) {
        let mut faults = Vec::new();
        let tie = Tie::from_record(record, &mut faults);
        for fault in faults {
            self.draft.faults.push((self.part(row).start, fault));
        }
        if let Some(mut tie) = tie {
            tie.attributes = attributes;
            self.draft.ties.push((part, tie));
        }
    }
}

impl Cells<'_> {
    /// A cell, unless it means that nothing is known.
    fn get(&self, column: &str) -> Option<&str> {
        let cell = self.values.get(self.layout.named(column)?)?.trim();
        (!MISSING.contains(&cell)).then_some(cell)
    }

    /// The cells that have no place of ours, numbers as such, under names with a prefix.
    fn attributes(&self, own: &[&str], prefix: &str) -> Map<String, Value> {
        let mut attributes = Map::new();
        for name in &self.layout.header {
            if own.iter().any(|own| own.eq_ignore_ascii_case(name)) {
                continue;
            }
            let Some(text) = self.get(name) else { continue };
            let number = text.parse::<Number>().ok().filter(|number| number.to_string() == text);
            let value = number.map_or_else(|| Value::from(text), Value::Number);
            attributes.insert(format!("{prefix}{name}"), value);
        }
        attributes
    }
}

/// Year, month and day.
fn ymd(day: Day) -> [i32; 3] {
    let (year, month, day) = day.ymd();
    [year, i32::try_from(month).unwrap_or(1), i32::try_from(day).unwrap_or(1)]
}

/// On how many days of a span a state existed.
fn overlap(state: &State, (first, last): (Day, Day)) -> i64 {
    let days = |date: &Date| {
        let (from, to) = date.span();
        let (from, to) = (from.max(first), to.min(last));
        (i64::from(to.number()) - i64::from(from.number()) + 1).max(0)
    };
    state.actor.existence.iter().map(days).sum()
}

/// The days from a beginning to an end; an end that is not known is open.
fn span(start: Option<&Date>, end: Option<&Date>) -> (Day, Day) {
    (start.map_or(Day::MIN, |date| date.span().0), end.map_or(Day::MAX, |date| date.span().1))
}

/// A beginning and an end as one EDTF interval.
fn interval(start: Option<&Date>, end: Option<&str>) -> String {
    format!("{}/{}", start.map_or("", Date::as_str), end.unwrap_or(".."))
}

/// An actor of which only the id is known.
fn actor(id: &str) -> Option<Actor> {
    let record = ActorRecord { id: Some(IdText(Cow::Borrowed(id))), ..ActorRecord::default() };
    Actor::from_record(&record, &mut Vec::new())
}

fn english(text: String) -> Name {
    Name { text, lang: Some("en".to_owned()), usage: None, when: None, preferred: false }
}

/// Names in English, each once.
fn names_of<'r>(texts: impl Iterator<Item = &'r str>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for text in texts {
        if names.iter().all(|known| known.text != text) {
            names.push(english(text.to_owned()));
        }
    }
    names
}

/// A tie of two ends and a relation.
fn record<'r>(source: &'r str, target: &'r str, relation: &'r str) -> TieRecord<'r> {
    let id = |id: &'r str| Some(IdText(Cow::Borrowed(id)));
    TieRecord {
        source: id(source),
        target: id(target),
        relation: Some(Text(Cow::Borrowed(relation))),
        ..TieRecord::default()
    }
}

fn text<'r>(text: impl Into<Cow<'r, str>>) -> Text<'r> {
    Text(text.into())
}
