//! Reads tables of ties and of actors that we wrote: each row is a whole record, as in the other forms.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rustc_hash::FxHashSet;
use serde_json::{Map, Value};

use crate::{
    dataset::{Origin, Rows, Sink},
    model::{
        Actor, ActorId, Fault, Severity, Tie,
        record::{ActorRecord, IdText, TieRecord},
    },
};

use super::{
    columns::Layout,
    detect::Reading,
    ours::{self, Head},
    push,
    relations::Relations,
    write::{Listed, REST, TIE_TEXTS, is_derived},
};

/// Whether a table has the column in which we keep the rest of records.
pub(super) fn is_ours(layout: &Layout) -> bool {
    layout.header.iter().any(|head| head == REST)
}

#[derive(Debug)]
struct OwnTable {
    layout: Layout,
    listed: Listed,
    relations: Relations,
}

impl OwnTable {
    /// The fields of a row.
    fn values(&self, row: &str, faults: &mut Vec<Fault>) -> Option<Map<String, Value>> {
        let cells = self.layout.cells(row);
        if let Some(fault) = self.layout.misfit(cells.len()) {
            faults.push(fault);
            return None;
        }
        let rest = self.layout.header.iter().position(|head| head == REST).map_or("", |at| &cells[at]);
        let rest: Option<Value> = serde_json::from_str(rest).ok();
        let kept = rest.as_ref().and_then(|rest| rest.get("attributes")?.as_object());
        let mut values = Map::new();
        for (at, (head, cell)) in self.layout.header.iter().zip(&cells).enumerate() {
            if cell.is_empty() || is_derived(head, self.listed) {
                continue;
            }
            let keys = match self.listed {
                Listed::Ties => TieRecord::KEYS,
                Listed::Actors => ActorRecord::KEYS,
            };
            let is_text = keys.contains(&head.as_str()) || head == REST || head == "label";
            // The number of an attribute stands with the rest as well, where a table has no types; what was changed here
            // counts. An attribute may have the name of a field, whose cell is not its own.
            if !is_text && kept.and_then(|kept| kept.get(head)).is_some_and(|known| is_same(known, cell)) {
                continue;
            }
            let value = match head.as_str() {
                "count" if self.listed == Listed::Ties => {
                    serde_json::from_str(cell).unwrap_or_else(|_| Value::from(cell.as_ref()))
                }
                _ if is_text => Value::from(cell.as_ref()),
                _ => self.layout.value(at, cell),
            };
            values.insert(head.clone(), value);
        }
        Some(values)
    }

    fn tie_of(&self, row: &str, faults: &mut Vec<Fault>) -> Option<Tie> {
        let values = self.values(row, faults)?;
        ours::tie(values, &self.relations, faults)
    }

    fn actor_of(&self, row: &str, faults: &mut Vec<Fault>) -> Option<Actor> {
        let values = self.values(row, faults)?;
        ours::actor(values, faults)
    }
}

/// Whether a cell says the value that stands with the rest: a column of fractions says `539.0` of 539.
fn is_same(known: &Value, cell: &str) -> bool {
    let number = |number: f64| cell.parse::<f64>().is_ok_and(|cell| cell.to_bits() == number.to_bits());
    let written = known.to_string();
    written == cell || known.as_f64().is_some_and(number)
}

/// An actor of which only the id is known.
fn bare(id: &str) -> Option<Actor> {
    let record = ActorRecord { id: Some(IdText(id.into())), ..ActorRecord::default() };
    Actor::from_record(&record, &mut Vec::new())
}

impl Rows for OwnTable {
    fn actor(&self, id: &str, row: &str) -> Actor {
        let actor = match self.listed {
            Listed::Ties => bare(id),
            Listed::Actors => self.actor_of(row, &mut Vec::new()),
        };
        actor.expect("the row was checked when the table was read")
    }

    fn tie(&self, row: &str) -> Tie {
        self.tie_of(row, &mut Vec::new()).expect("the row was checked when the table was read")
    }
}

/// Reads the text of a table that we wrote.
pub(super) fn read(
    name: &str,
    text: &Arc<String>,
    (layout, listed): (Layout, Listed),
    sink: &mut impl Sink,
) -> Reading {
    let table = Arc::new(OwnTable { layout, listed, relations: Relations::shipped() });
    let file = push::whole_file(sink, name, text.clone(), table.clone(), &Head::default());
    let mut notes = vec!["written by Chancery: records are whole".to_owned()];
    let mut cited = BTreeSet::new();
    let mut own: BTreeMap<String, usize> = BTreeMap::new();
    let mut mentioned: FxHashSet<String> = FxHashSet::default();
    for row in table.layout.rows(text) {
        let origin = Origin::of(file, text, row);
        let mut faults = Vec::new();
        let mut citations = Vec::new();
        match listed {
            Listed::Ties => {
                let tie = table.tie_of(row, &mut faults);
                let is_whole = report(faults, &table.layout, (file, text, row), sink);
                let Some(mut tie) = tie else { continue };
                if !table.relations.is_known(tie.relation.as_str()) {
                    *own.entry(tie.relation.as_str().to_owned()).or_default() += 1;
                }
                named(&tie, |id| {
                    if !mentioned.contains(id)
                        && let Some(actor) = bare(id)
                    {
                        mentioned.insert(id.to_owned());
                        push::mention(sink, &actor, origin);
                    }
                });
                tie.claims().iter().for_each(|claim| citations.extend(claim.cites.clone()));
                push::tie(sink, &mut tie, is_whole, origin);
            }
            Listed::Actors => {
                let actor = table.actor_of(row, &mut faults);
                let is_whole = report(faults, &table.layout, (file, text, row), sink);
                let Some(actor) = actor else { continue };
                citations.extend(actor.cites.clone());
                push::actor(sink, &actor, !is_whole, origin);
            }
        }
        for cite in citations {
            let ids = [Some(&cite.reference), cite.cited_in.as_ref()];
            cited.extend(ids.into_iter().flatten().map(ToString::to_string));
        }
    }
    let origin = Origin { file, start: 0, end: 0 };
    notes.extend(Relations::declare(&own, false, sink, origin));
    Head::default().push(cited, origin, &mut notes, sink);
    Reading { notes }
}

/// The actors that a tie names.
fn named(tie: &Tie, mut name: impl FnMut(&str)) {
    name(tie.source.as_str());
    name(tie.target.as_str());
    let own = [&tie.source_for, &tie.target_for, &tie.via, &tie.place, &tie.according_to];
    let claims = tie.claims().iter().flat_map(|claim| [&claim.via, &claim.place, &claim.according_to]);
    let ids = own.into_iter().chain(claims).flatten();
    ids.for_each(|id: &ActorId| name(id.as_str()));
}

/// Reports what is wrong with a row, each at the column that it speaks of; tells whether it is whole.
fn report(
    faults: Vec<Fault>,
    layout: &Layout,
    (file, text, row): (u32, &str, &str),
    sink: &mut impl Sink,
) -> bool {
    let is_whole = !faults.iter().any(|fault| fault.severity == Severity::Error);
    let start = row.as_ptr() as usize - text.as_ptr() as usize;
    for fault in faults {
        let word = |head: &&String| {
            let quoted = format!("`{head}`");
            fault.message.contains(&quoted)
                && (TIE_TEXTS.contains(&head.as_str()) || *head == "id" || *head == REST)
        };
        let column = layout.header.iter().find(word).and_then(|head| layout.named(head)).unwrap_or(0);
        sink.fault_at(fault, file, start + layout.offset(row, column));
    }
    is_whole
}
