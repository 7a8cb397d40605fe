//! Graphs of other programs as nodes and edges, whatever syntax they stand in.
//!
//! They differ in where nodes and edges stand and in how an edge names its ends; what they say beyond
//! that has no place of ours and is kept as attributes. A record stays text until it is shown.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::{
    dataset::Rows,
    model::{
        Actor, Fault, Name, Tie,
        record::{ActorRecord, IdText, Text, TieRecord},
    },
};

use super::{
    ours,
    parts::{Made, place},
    relations::Relations,
    renamed::Renamed,
    spells,
    xml_values::{self, Keys},
};

/// The forms of graphs that other programs write as nodes and edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// networkx: nodes with ids, `links` or `edges`.
    NodeLink,
    /// d3: nodes without ids, links by their number.
    D3,
    /// JSON Graph Format, version 1 (a list of nodes) or 2 (a map), one graph or several.
    Jgf,
    /// Cytoscape.js: elements with `data`.
    Cytoscape,
    /// GraphML.
    GraphMl,
    /// GEXF, of Gephi.
    Gexf,
    /// networkx: nodes, and for each the list of its neighbours.
    Adjacency,
    /// GML.
    Gml,
    /// Pajek's `.net`.
    Pajek,
    /// DOT, of Graphviz.
    Dot,
}

/// What is known of a whole file.
#[derive(Debug)]
pub(super) struct Graph {
    pub(super) dialect: Dialect,
    /// The ids of nodes that links name by number.
    pub(super) numbered: Vec<String>,
    /// Whether ids of edges are ids of ties: none is given twice or to a node as well.
    pub(super) ids_are_own: bool,
    pub(super) relations: Relations,
    /// What the keys of attributes mean, in XML.
    pub(super) keys: Keys,
    /// Nodes that have been numbered anew, and whose ids we know.
    pub(super) renamed: Renamed,
    /// What is known of records beside their text.
    pub(super) made: FxHashMap<(usize, usize), Made>,
    /// Whether we wrote it: records are then whole.
    pub(super) is_ours: bool,
    /// The field of edges that says their relation.
    pub(super) relation_key: &'static str,
}

impl Graph {
    /// The actor of a node, and what is wrong with it.
    pub(super) fn node(&self, id: Option<&str>, raw: &str, faults: &mut Vec<Fault>) -> Option<Actor> {
        let mut values = self.flat(raw, faults)?;
        self.renamed.node(&mut values);
        if self.is_ours {
            if let Some(id) = id {
                values.insert("id".to_owned(), Value::from(id));
            }
            return ours::actor(values, faults);
        }
        let own = values.remove("id");
        let given = id.map(str::to_owned).or_else(|| own.as_ref().and_then(text_of));
        let mut record = ActorRecord { id: given.map(|id| IdText(Cow::Owned(id))), ..ActorRecord::default() };
        let kind = values
            .get("kind")
            .and_then(Value::as_str)
            .filter(|kind| kind.parse::<crate::model::ActorKind>().is_ok());
        record.kind = kind.map(|kind| Text(Cow::Owned(kind.to_owned())));
        if record.kind.is_some() {
            values.remove("kind");
        }
        let mut actor = Actor::from_record(&record, faults)?;
        for key in ["label", "name"] {
            let Some(text) = values.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
            else {
                continue;
            };
            if !actor.names.iter().any(|name| name.text == text) {
                let text = text.to_owned();
                actor.names.push(Name { text, lang: None, usage: None, when: None, preferred: false });
            }
            values.remove(key);
        }
        // d3 nodes without an id are known by name; an id that is said elsewhere as well is kept as it is.
        if let Some(own) = own.filter(|own| text_of(own).as_deref() != Some(actor.id.as_str())) {
            values.insert("id".to_owned(), own);
        }
        if let Some(existence) = spells::existence(&mut values) {
            actor.existence = existence;
        }
        actor.attributes = values;
        Some(actor)
    }

    /// The tie of an edge, and what is wrong with it.
    pub(super) fn edge(&self, raw: &str, faults: &mut Vec<Fault>) -> Option<Tie> {
        let mut values = self.flat(raw, faults)?;
        self.renamed.edge(&mut values);
        if self.is_ours {
            return ours::tie(values, &self.relations, faults);
        }
        let mut record = TieRecord::default();
        for (key, other, place) in
            [("source", "from", &mut record.source), ("target", "to", &mut record.target)]
        {
            let key = if values.contains_key(key) { key } else { other };
            let value = values.remove(key);
            let id = match (&value, self.dialect) {
                (Some(Value::Number(number)), Dialect::D3) => {
                    let at = number.as_u64().and_then(|at| usize::try_from(at).ok());
                    let found = at.and_then(|at| self.numbered.get(at)).cloned();
                    if found.is_none() {
                        let message = format!("no node {number}: there are {}", self.numbered.len());
                        let hint = "nodes are numbered from 0".to_owned();
                        faults.push(Fault::error(&[key.into()], message).hint(hint));
                        return None;
                    }
                    found
                }
                (value, _) => value.as_ref().and_then(text_of),
            };
            *place = id.map(|id| IdText(Cow::Owned(id)));
        }
        let relation = values
            .get(self.relation_key)
            .and_then(Value::as_str)
            .map(|text| self.relations.id(text).to_owned());
        let usable = relation.as_ref().is_some_and(|id| id.parse::<crate::model::RelationId>().is_ok());
        if usable {
            values.remove(self.relation_key);
        }
        let relation = relation.filter(|_| usable).unwrap_or_else(|| "related".to_owned());
        record.relation = Some(Text(Cow::Owned(relation)));
        if self.ids_are_own {
            record.id = values.remove("id").as_ref().and_then(text_of).map(|id| IdText(Cow::Owned(id)));
        }
        for key in ["when", "date"] {
            let date = values.get(key).and_then(Value::as_str);
            let date = date.filter(|text| text.parse::<crate::date::Date>().is_ok() && *text != "..");
            if let (Some(date), None) = (date, &record.when) {
                record.when = Some(Text(Cow::Owned(date.to_owned())));
                values.remove(key);
            }
        }
        if record.when.is_none() {
            record.when = spells::when(&mut values).map(|when| Text(Cow::Owned(when)));
        }
        if let Some(event) = values.remove("event") {
            record.event = text_of(&event).map(|event| IdText(Cow::Owned(event)));
            if record.event.is_none() {
                values.insert("event".to_owned(), event);
            }
        }
        let mut tie = Tie::from_record(&record, faults)?;
        tie.attributes = values;
        Some(tie)
    }

    /// The fields of a record with those that a dialect puts one deeper (`data`, `metadata`), and those that its
    /// place in the file gives it.
    pub(super) fn flat(&self, raw: &str, faults: &mut Vec<Fault>) -> Option<Map<String, Value>> {
        let beside = match self.made.get(&place(raw)) {
            Some(Made::Whole(fields)) => return Some(fields.clone()),
            Some(Made::Beside(fields)) => Some(fields),
            None => None,
        };
        let mut values = self.said(raw, faults)?;
        for (key, value) in beside.into_iter().flatten() {
            let key = if values.contains_key(key) { format!("{key}.2") } else { key.clone() };
            values.insert(key, value.clone());
        }
        Some(values)
    }

    /// The fields that a record's text says.
    fn said(&self, raw: &str, faults: &mut Vec<Fault>) -> Option<Map<String, Value>> {
        let deeper = match self.dialect {
            Dialect::GraphMl | Dialect::Gexf => return xml_values::values(raw, &self.keys, faults),
            Dialect::NodeLink | Dialect::D3 | Dialect::Adjacency => None,
            Dialect::Jgf => Some("metadata"),
            Dialect::Cytoscape => Some("data"),
            // Their records cannot be read alone, and are made when the file is read.
            Dialect::Gml | Dialect::Pajek | Dialect::Dot => return None,
        };
        let Ok(Value::Object(mut values)) = serde_json::from_str(raw) else {
            faults.push(Fault::error(&[], "a node or an edge is an object `{…}`"));
            return None;
        };
        let Some(deeper) = deeper else { return Some(values) };
        if self.dialect == Dialect::Cytoscape {
            values.retain(|key, value| key != "group" || !(value == "nodes" || value == "edges"));
        }
        match values.remove(deeper) {
            Some(Value::Object(inner)) => {
                for (key, value) in inner {
                    // Where both say it, the outer one is the format's own.
                    let key = if values.contains_key(&key) { format!("{deeper}.{key}") } else { key };
                    values.insert(key, value);
                }
            }
            Some(other) => {
                values.insert(deeper.to_owned(), other);
            }
            None => {}
        }
        Some(values)
    }
}

/// An id or a name: a string, or what other programs write instead: a number, a truth value, a tuple.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Array(_) => Some(value.to_string()),
        Value::Null | Value::Object(_) => None,
    }
}

impl Rows for Graph {
    fn actor(&self, id: &str, row: &str) -> Actor {
        self.node(Some(id), row, &mut Vec::new()).expect("the node was read when the file was loaded")
    }

    fn tie(&self, row: &str) -> Tie {
        self.edge(row, &mut Vec::new()).expect("the edge was read when the file was loaded")
    }
}
