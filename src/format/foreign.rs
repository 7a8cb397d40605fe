//! Graphs of other programs as nodes and edges, whatever syntax they stand in.
//!
//! They differ in where nodes and edges stand and in how an edge names its ends; what they say beyond
//! that has no place of ours and is kept as attributes. A record stays text until it is shown.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::{
    dataset::{Origin, Rows, Sink},
    model::{
        Actor, Fault, Name, Severity, Tie,
        record::{ActorRecord, IdText, Text, TieRecord},
    },
};

use super::{
    detect::Reading,
    push,
    relations::Relations,
    xml_graph::{self, Keys},
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
}

/// What is known of a whole file.
#[derive(Debug)]
pub(super) struct Graph {
    dialect: Dialect,
    /// The ids of nodes that links name by number.
    numbered: Vec<String>,
    /// Whether ids of edges are ids of ties: none is given twice or to a node as well.
    ids_are_own: bool,
    relations: Relations,
    /// What the keys of attributes mean, in XML.
    keys: Keys,
}

impl Graph {
    /// A graph of networkx whose edges have no ids.
    pub(super) fn node_link(relations: Relations) -> Self {
        let (dialect, numbered, keys) = (Dialect::NodeLink, Vec::new(), Keys::default());
        Self { dialect, numbered, ids_are_own: false, relations, keys }
    }

    /// Pushes the actor of a node.
    pub(super) fn push_node(&self, raw: &str, origin: Origin, sink: &mut impl Sink) {
        let mut faults = Vec::new();
        let actor = self.node(None, raw, &mut faults);
        let broken = Reader::report(faults, origin, sink);
        if let Some(actor) = actor {
            push::actor(sink, &actor, broken, origin);
        }
    }

    /// The actor of a node, and what is wrong with it.
    fn node(&self, id: Option<&str>, raw: &str, faults: &mut Vec<Fault>) -> Option<Actor> {
        let mut values = self.flat(raw, faults)?;
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
        actor.attributes = values;
        Some(actor)
    }

    /// The tie of an edge, and what is wrong with it.
    fn edge(&self, raw: &str, faults: &mut Vec<Fault>) -> Option<Tie> {
        let mut values = self.flat(raw, faults)?;
        let mut record = TieRecord::default();
        for (key, place) in [("source", &mut record.source), ("target", &mut record.target)] {
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
        let relation =
            values.get("relation").and_then(Value::as_str).map(|text| self.relations.id(text).to_owned());
        let usable = relation.as_ref().is_some_and(|id| id.parse::<crate::model::RelationId>().is_ok());
        if usable {
            values.remove("relation");
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
        let mut tie = Tie::from_record(&record, faults)?;
        tie.attributes = values;
        Some(tie)
    }

    /// The fields of a record with those that a dialect puts one deeper (`data`, `metadata`).
    fn flat(&self, raw: &str, faults: &mut Vec<Fault>) -> Option<Map<String, Value>> {
        if matches!(self.dialect, Dialect::GraphMl | Dialect::Gexf) {
            return xml_graph::values(raw, &self.keys, faults);
        }
        let Ok(Value::Object(mut values)) = serde_json::from_str(raw) else {
            faults.push(Fault::error(&[], "a node or an edge is an object `{…}`"));
            return None;
        };
        let deeper = match self.dialect {
            Dialect::NodeLink | Dialect::D3 => return Some(values),
            Dialect::Jgf => "metadata",
            Dialect::Cytoscape => "data",
            Dialect::GraphMl | Dialect::Gexf => return None,
        };
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

/// An id or a name: a string, or a number as other programs write it.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
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

/// Where nodes and edges stand in a file, each as the text of its record.
#[derive(Default)]
pub(super) struct Parts<'a> {
    /// Nodes, each with the key under which it stands in a map.
    pub(super) nodes: Vec<(Option<String>, &'a str)>,
    pub(super) edges: Vec<&'a str>,
    pub(super) undirected: bool,
    pub(super) lost: Vec<String>,
    pub(super) graph_count: usize,
}

/// Why a file has no nodes and edges: what is wrong, and at which byte.
pub(super) type Broken = (String, usize);

/// Pushes the nodes and edges of a file.
pub(super) fn read(
    name: &str,
    text: &Arc<str>,
    dialect: Dialect,
    (parts, keys): (Parts<'_>, Keys),
    broken: Option<Broken>,
    sink: &mut impl Sink,
) -> Reading {
    let numbered = if dialect == Dialect::D3 { numbers(&parts) } else { Vec::new() };
    let mut graph = Graph { dialect, numbered, ids_are_own: false, relations: Relations::shipped(), keys };
    graph.ids_are_own = ids_are_own(&graph, &parts);
    let graph = Arc::new(graph);
    let file = push::file(sink, name, text.clone(), graph.clone());
    if let Some((message, at)) = broken {
        sink.fault_at(Fault::error(&[], message), file, at);
        return Reading::default();
    }
    Reader { graph: &graph, text, file }.push(&parts, sink)
}

struct Reader<'g> {
    graph: &'g Graph,
    text: &'g str,
    file: u32,
}

impl Reader<'_> {
    fn push(&self, parts: &Parts<'_>, sink: &mut impl Sink) -> Reading {
        let mut seen: FxHashMap<String, String> = FxHashMap::default();
        for (at, (key, raw)) in parts.nodes.iter().enumerate() {
            let key = key.as_deref().or_else(|| self.graph.numbered.get(at).map(String::as_str));
            let mut faults = Vec::new();
            let actor = self.graph.node(key, raw, &mut faults);
            let origin = self.origin(raw);
            let broken = Self::report(faults, origin, sink);
            let Some(actor) = actor else { continue };
            // Graphs of one file may share a node: the same record is the same actor.
            let same = seen.get(actor.id.as_str()).is_some_and(|first| first == *raw);
            if !(same && parts.graph_count > 1) {
                push::actor(sink, &actor, broken, origin);
            }
            seen.entry(actor.id.as_str().to_owned()).or_insert_with(|| (*raw).to_owned());
        }
        let cites = sink.default_cites(self.file).to_vec();
        let mut ties = Vec::with_capacity(parts.edges.len());
        let mut own: BTreeMap<String, usize> = BTreeMap::new();
        for raw in &parts.edges {
            let mut faults = Vec::new();
            let tie = self.graph.edge(raw, &mut faults);
            let origin = self.origin(raw);
            let broken = Self::report(faults, origin, sink);
            let Some(tie) = tie else { continue };
            if !self.graph.relations.is_known(tie.relation.as_str()) {
                *own.entry(tie.relation.as_str().to_owned()).or_insert(0) += 1;
            }
            ties.push((tie, broken, origin));
        }
        let origin = Origin { file: self.file, start: 0, end: 0 };
        let mut notes = Vec::new();
        notes.extend(Relations::declare(&own, parts.undirected, sink, origin));
        for (mut tie, broken, origin) in ties {
            tie.cite_by_default(&cites);
            push::tie(sink, &mut tie, !broken, origin);
        }
        if parts.undirected {
            notes.push("undirected: ties keep the order of their ends, which says nothing".to_owned());
        }
        if !parts.lost.is_empty() {
            notes.push(format!("said of the graph as a whole and not kept: {}", parts.lost.join(", ")));
        }
        Reading { notes }
    }

    fn origin(&self, raw: &str) -> Origin {
        Origin::of(self.file, self.text, raw)
    }

    fn report(faults: Vec<Fault>, origin: Origin, sink: &mut impl Sink) -> bool {
        let broken = faults.iter().any(|fault| fault.severity == Severity::Error);
        for fault in faults {
            sink.fault(fault, origin);
        }
        broken
    }
}

/// The ids of nodes that have none: their names, unless two share one; then their numbers.
fn numbers(parts: &Parts<'_>) -> Vec<String> {
    let value = |raw: &str| serde_json::from_str::<Map<String, Value>>(raw).unwrap_or_default();
    let names: Vec<Option<String>> =
        parts.nodes.iter().map(|(_, raw)| value(raw).get("name").and_then(text_of)).collect();
    let mut sorted: Vec<&String> = names.iter().flatten().collect();
    sorted.sort_unstable();
    let unique = sorted.len() == names.len() && sorted.windows(2).all(|pair| pair[0] != pair[1]);
    let number = |(at, name): (usize, &Option<String>)| {
        name.clone().filter(|_| unique).unwrap_or_else(|| at.to_string())
    };
    names.iter().enumerate().map(number).collect()
}

fn ids_are_own(graph: &Graph, parts: &Parts<'_>) -> bool {
    let id = |raw: &str| text_of(graph.flat(raw, &mut Vec::new())?.get("id")?);
    let nodes = parts.nodes.iter().filter_map(|(key, raw)| key.clone().or_else(|| id(raw)));
    let edges: Vec<String> = parts.edges.iter().filter_map(|raw| id(raw)).collect();
    if edges.is_empty() {
        return false;
    }
    let mut all: Vec<String> = nodes.chain(edges).collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    all.len() == count
}
