//! Reads tables of actors, a row each: ids, names, kinds, codes and existence by the words of the header, everything else
//! as attributes.
//!
//! Not for tables of ties, which have two ends: [`edge_table`](super::edge_table) reads them.

use std::{borrow::Cow, sync::Arc};

use crate::{
    dataset::{Origin, Rows, Sink},
    date::Date,
    model::{
        Actor, ActorId, ActorKind, Fault, Name, Severity, Tie,
        fault::Step,
        record::{ActorRecord, IdText},
    },
};

use super::{
    columns::Layout,
    detect::{Options, Reading},
    node_columns::{NodeRole, Nodes},
    push, spells,
};

/// What is known of a whole table.
#[derive(Debug)]
struct NodeTable {
    layout: Layout,
    nodes: Nodes,
    missing: Vec<String>,
}

impl NodeTable {
    /// The actor of a row, with the column of each fault.
    fn read(&self, row: &str, faults: &mut Vec<(usize, Fault)>) -> Option<Actor> {
        let cells = self.layout.cells(row);
        if let Some(fault) = self.layout.misfit(cells.len()) {
            faults.push((0, fault));
            return None;
        }
        let known = |cell: &str| !cell.is_empty() && !self.missing.iter().any(|missing| missing == cell);
        let id = cells[self.nodes.id].as_ref();
        let record =
            ActorRecord { id: known(id).then_some(IdText(Cow::Borrowed(id))), ..ActorRecord::default() };
        let mut found = Vec::new();
        let actor = Actor::from_record(&record, &mut found);
        faults.extend(found.into_iter().map(|fault| (self.nodes.id, fault)));
        let mut actor = actor?;
        let mut life: [Option<(usize, &str)>; 2] = [None, None];
        for (at, cell) in cells.iter().enumerate() {
            let cell = cell.as_ref();
            if !known(cell) {
                continue;
            }
            match &self.nodes.roles[at] {
                NodeRole::Id => {}
                NodeRole::Name(lang) => self.name(&mut actor, at, cell, lang.as_deref()),
                NodeRole::Aliases => {
                    for alias in cell.split([';', '|']) {
                        self.name(&mut actor, at, alias.trim(), None);
                    }
                }
                NodeRole::Code(scheme) => {
                    let codes = actor.codes.entry(scheme.clone()).or_default();
                    if !codes.iter().any(|code| code == cell) {
                        codes.push(cell.to_owned());
                    }
                }
                NodeRole::Note => actor.note = Some(cell.to_owned()),
                NodeRole::Start => life[0] = Some((at, cell)),
                NodeRole::End => life[1] = Some((at, cell)),
                NodeRole::Kind => match cell.to_lowercase().parse::<ActorKind>() {
                    Ok(kind) => actor.kind = Some(kind),
                    // A word of theirs is no kind of ours.
                    Err(()) => self.attribute(&mut actor, at, cell),
                },
                NodeRole::Existence => match spells::timeset(cell) {
                    Some(spells) => {
                        actor.existence.extend(spells.iter().filter_map(|spell| spell.parse::<Date>().ok()));
                    }
                    None if cell.starts_with('<') => self.attribute(&mut actor, at, cell),
                    // An interval has a slash; several of them have semicolons between.
                    None => cell.split(';').for_each(|one| existence(&mut actor, one.trim(), at, faults)),
                },
                role @ (NodeRole::OrganOf | NodeRole::CitizenOf) => match cell.parse::<ActorId>() {
                    Ok(id) if *role == NodeRole::OrganOf => actor.organ_of = Some(id),
                    Ok(id) => actor.citizen_of = Some(id),
                    Err(error) => faults.push((at, error.fault(cell, "id", &[]))),
                },
                NodeRole::Attribute => self.attribute(&mut actor, at, cell),
            }
        }
        if life != [None, None] {
            let bound = |bound: Option<(usize, &str)>| {
                let text = bound.map_or("", |(_, text)| text);
                if text.starts_with("9999") { "..".to_owned() } else { super::edge_table::day(text) }
            };
            let [start, end] = life.map(bound);
            let end = if end.is_empty() { "..".to_owned() } else { end };
            let at = life[0].or(life[1]).map_or(0, |(at, _)| at);
            existence(&mut actor, &format!("{start}/{end}"), at, faults);
        }
        Some(actor)
    }

    fn name(&self, actor: &mut Actor, at: usize, text: &str, lang: Option<&str>) {
        let is_known = actor
            .names
            .iter()
            .any(|name| name.text == text && (lang.is_none() || name.lang.as_deref() == lang));
        // A name that is the id needs no record, unless it says its language.
        let is_id = at == self.nodes.id && text == actor.id.as_str() && lang.is_none();
        if text.is_empty() || is_known || is_id {
            return;
        }
        let lang = lang.map(str::to_owned);
        actor.names.push(Name { text: text.to_owned(), lang, usage: None, when: None, preferred: false });
    }

    fn attribute(&self, actor: &mut Actor, at: usize, cell: &str) {
        actor.attributes.insert(self.layout.header[at].clone(), self.layout.value(at, cell));
    }
}

fn existence(actor: &mut Actor, text: &str, at: usize, faults: &mut Vec<(usize, Fault)>) {
    match text.parse::<Date>() {
        Ok(date) => actor.existence.push(date),
        Err(error) => {
            let hint = error.hint().map_or_else(
                || "if it is no date, give the column no role: --columns id=NAME,name=NAME".to_owned(),
                str::to_owned,
            );
            let fault = Fault::error(&[Step::Key("existence")], format!("`existence`: {error}"));
            faults.push((at, fault.code("bad-date").hint(hint)));
        }
    }
}

impl Rows for NodeTable {
    fn actor(&self, _: &str, row: &str) -> Actor {
        self.read(row, &mut Vec::new()).expect("the row was checked when the table was read")
    }

    fn tie(&self, _: &str) -> Tie {
        unreachable!("a table of actors has no ties")
    }
}

/// Reads the text of a table of actors.
pub(super) fn read(
    name: &str,
    text: &Arc<String>,
    (layout, columns): (Layout, Nodes),
    options: &Options,
    sink: &mut impl Sink,
) -> Reading {
    let reading = Reading { notes: vec![columns.describe(&layout)] };
    let table = Arc::new(NodeTable { layout, nodes: columns, missing: options.missing.clone() });
    let file = push::file(sink, name, text.clone(), table.clone());
    for row in table.layout.rows(text) {
        let origin = Origin::of(file, text, row);
        let mut faults = Vec::new();
        let actor = table.read(row, &mut faults);
        let broken = faults.iter().any(|(_, fault)| fault.severity == Severity::Error);
        for (column, fault) in faults {
            let at = usize::try_from(origin.start).unwrap_or(0) + table.layout.offset(row, column);
            sink.fault_at(fault, file, at);
        }
        if let Some(actor) = actor {
            push::actor(sink, &actor, broken, origin);
        }
    }
    reading
}
