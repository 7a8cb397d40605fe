//! Finds nodes and edges in the JSON of other programs: networkx node-link, d3, JSON Graph Format,
//! Cytoscape.js, networkx adjacency.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};

use crate::{
    dataset::Sink,
    model::{
        Vocabulary,
        record::{Fields, message_of, offset_of},
    },
};

use super::{
    detect::Reading,
    foreign::{Dialect, text_of},
    parts::{Broken, Parts, place},
    pour,
    xml_values::Keys,
};

/// Words that only a native file has.
pub(super) const NATIVE: [&str; 9] = [
    "\"names\"",
    "\"cites\"",
    "\"claims\"",
    "\"references\"",
    "\"when\"",
    "\"codes\"",
    "\"existence\"",
    "\"generator\"",
    "\"attested\"",
];

/// Whether a text has a word that only native files have.
pub(super) fn may_be_native(text: &str) -> bool {
    NATIVE.iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// The dialect of a JSON text; nothing for one that is native or no graph.
pub(super) fn detect(text: &str) -> Option<Dialect> {
    if text.starts_with('[') {
        // The elements of Cytoscape.js alone.
        let list: Vec<Fields<'_>> = serde_json::from_str(text).ok()?;
        let all = !list.is_empty() && list.iter().all(|element| field(element, "data").is_some());
        return all.then_some(Dialect::Cytoscape);
    }
    let fields: Fields<'_> = serde_json::from_str(text).ok()?;
    let field = |key: &str| field(&fields, key);
    if field("elements").is_some() {
        return Some(Dialect::Cytoscape);
    }
    if field("graphs").is_some() {
        return Some(Dialect::Jgf);
    }
    if field("adjacency").is_some_and(|lists| lists.starts_with('[')) {
        return Some(Dialect::Adjacency);
    }
    let Some(nodes) = field("nodes").filter(|nodes| nodes.starts_with('[')) else {
        let inner: Fields<'_> = serde_json::from_str(field("graph")?).ok()?;
        let has = |key: &str| inner.0.iter().any(|(name, _)| name.as_str() == key);
        return (has("nodes") || has("edges") || has("hyperedges")).then_some(Dialect::Jgf);
    };
    if may_be_native(text) {
        return None;
    }
    let nodes: Vec<Fields<'_>> = serde_json::from_str(nodes).ok()?;
    let edges = field("links").or_else(|| field("edges"))?;
    let edges: Vec<Fields<'_>> = serde_json::from_str(edges).ok()?;
    if !nodes.is_empty()
        && (nodes.iter().all(|node| self::field(node, "id").is_none()) || by_number(&nodes, &edges))
    {
        return Some(Dialect::D3);
    }
    let vocabulary = Vocabulary::shipped();
    let text_of = |raw: &str| serde_json::from_str::<String>(raw).ok();
    let foreign_node = |node: &Fields<'_>| {
        let kind = self::field(node, "kind").and_then(text_of);
        self::field(node, "label").is_some()
            || self::field(node, "name").is_some()
            || self::field(node, "id")
                .is_some_and(|id| id.starts_with(['[', 't', 'f']) || id.contains('.') && !id.starts_with('"'))
            || kind.is_some_and(|kind| kind.parse::<crate::model::ActorKind>().is_err())
    };
    let foreign_edge = |edge: &Fields<'_>| {
        let relation = self::field(edge, "relation").and_then(text_of);
        (self::field(edge, "from").is_some() && self::field(edge, "source").is_none())
            || ["weight", "value", "key", "date"].iter().any(|key| self::field(edge, key).is_some())
                && relation.is_none_or(|relation| vocabulary.find(&relation).is_none())
    };
    (nodes.iter().any(foreign_node) || edges.iter().any(foreign_edge)).then_some(Dialect::NodeLink)
}

/// Whether edges name their ends by the numbers of nodes whose ids are texts.
fn by_number(nodes: &[Fields<'_>], edges: &[Fields<'_>]) -> bool {
    let ids: FxHashSet<&str> = nodes.iter().filter_map(|node| field(node, "id")).collect();
    let number = |edge: &Fields<'_>, key: &str| {
        let end = field(edge, key).unwrap_or("");
        let is_place = end.parse::<usize>().is_ok_and(|at| at < nodes.len());
        is_place && !ids.contains(end) && !ids.contains(format!("\"{end}\"").as_str())
    };
    !edges.is_empty() && edges.iter().all(|edge| number(edge, "source") && number(edge, "target"))
}

fn field<'f>(fields: &'f Fields<'_>, key: &str) -> Option<&'f str> {
    fields.0.iter().find(|(name, _)| name.as_str() == key).map(|(_, raw)| raw.get())
}

/// Reads the text of a file.
pub(super) fn read(name: &str, text: &Arc<String>, dialect: Dialect, sink: &mut impl Sink) -> Reading {
    let body = text.trim_start_matches('\u{feff}');
    let shift = text.len() - body.len();
    let mut reader = Json { body, parts: Parts::default() };
    let broken = reader.file(dialect).err().map(|fault| match fault {
        Unread::Syntax(error, part) => {
            let start = place(part).0 - place(text).0;
            (
                format!("not such a graph: {}", message_of(&error)),
                start + offset_of(part, error.line(), error.column()),
            )
        }
        Unread::Said((message, at)) => (message, shift + at),
    });
    if dialect == Dialect::Cytoscape && reader.parts.nodes.iter().any(|(_, raw)| raw.contains("\"parent\"")) {
        let note = "compound nodes: each keeps the one around it as the attribute `parent`";
        reader.parts.notes.push(note.to_owned());
    }
    pour::read(name, text, dialect, (reader.parts, Keys::default()), broken, sink)
}

/// Why a file is no such graph: JSON that cannot be read so, with the part of the text that was read; or what else.
enum Unread<'a> {
    Syntax(serde_json::Error, &'a str),
    Said(Broken),
}

fn parsed<'a, T: Deserialize<'a>>(raw: &'a str) -> Result<T, Unread<'a>> {
    serde_json::from_str(raw).map_err(|error| Unread::Syntax(error, raw))
}

struct Json<'a> {
    body: &'a str,
    parts: Parts<'a>,
}

impl<'a> Json<'a> {
    fn file(&mut self, dialect: Dialect) -> Result<(), Unread<'a>> {
        if self.body.trim_start().starts_with('[') {
            return self.elements(self.body.trim());
        }
        let fields: Fields<'a> = parsed(self.body)?;
        let nodes: Option<&'a str> =
            fields.0.iter().find(|(key, _)| key.as_str() == "nodes").map(|(_, raw)| raw.get());
        let directed = fields.0.iter().find(|(key, _)| key.as_str() == "directed").map(|(_, raw)| raw.get());
        let mut found = false;
        for (key, raw) in fields.0 {
            let raw = raw.get();
            match (key.as_str(), dialect) {
                ("nodes", Dialect::NodeLink | Dialect::D3 | Dialect::Adjacency) => {
                    found = true;
                    self.nodes(raw)?;
                }
                ("edges" | "links", Dialect::NodeLink | Dialect::D3) => self.edges(raw)?,
                ("adjacency", Dialect::Adjacency) => {
                    self.adjacency(nodes.unwrap_or("[]"), raw, directed == Some("false"))?;
                }
                ("directed", Dialect::NodeLink | Dialect::Adjacency) => {
                    self.parts.undirected = raw == "false";
                }
                ("multigraph" | "directed", _) => {}
                ("graph", Dialect::NodeLink | Dialect::D3 | Dialect::Adjacency)
                | ("data", Dialect::Cytoscape) => {
                    self.said(raw)?;
                }
                ("graph", Dialect::Jgf) => {
                    found = true;
                    self.graph(raw, false)?;
                }
                ("graphs", Dialect::Jgf) => {
                    found = true;
                    let graphs: Vec<&'a RawValue> = parsed(raw)?;
                    let several = graphs.len() > 1;
                    for graph in graphs {
                        self.graph(graph.get(), several)?;
                    }
                }
                ("elements", Dialect::Cytoscape) => {
                    found = true;
                    self.elements(raw)?;
                }
                (key, _) => self.parts.said.push((key.to_owned(), parsed(raw)?)),
            }
        }
        let wanted = match dialect {
            Dialect::Jgf => "`graph` or `graphs`",
            Dialect::Cytoscape => "`elements`",
            Dialect::NodeLink | Dialect::D3 | Dialect::Adjacency => "`nodes`",
            // These are not JSON, and have readers of their own.
            Dialect::GraphMl | Dialect::Gexf | Dialect::Gml | Dialect::Pajek | Dialect::Dot => "a graph",
        };
        if found { Ok(()) } else { Err(Unread::Said((format!("no {wanted} in the file"), 0))) }
    }

    /// What is said of a graph: fields, or, as older networkx writes them, pairs.
    fn said(&mut self, raw: &'a str) -> Result<(), Unread<'a>> {
        if raw.starts_with('[') {
            self.parts.said.extend(parsed::<Vec<(String, Value)>>(raw)?);
            return Ok(());
        }
        self.parts.said.extend(parsed::<Map<String, Value>>(raw)?);
        Ok(())
    }

    /// One graph of JSON Graph Format; where there are several, edges keep which one they are of.
    fn graph(&mut self, raw: &'a str, several: bool) -> Result<(), Unread<'a>> {
        self.parts.graph_count += 1;
        let first = self.parts.edges.len();
        let fields: Fields<'a> = parsed(raw)?;
        let mut called = None;
        for (key, raw) in fields.0 {
            let raw = raw.get();
            match key.as_str() {
                "nodes" => self.nodes(raw)?,
                "edges" => self.edges(raw)?,
                "hyperedges" => self.hyperedges(raw)?,
                "directed" => self.parts.undirected |= raw == "false",
                "metadata" if !several => self.said(raw)?,
                "label" | "id" if several => {
                    let text: Value = parsed(raw)?;
                    if called.is_none() || key.as_str() == "id" {
                        called = Some(text);
                    }
                }
                "label" => self.parts.said.push(("title".to_owned(), parsed(raw)?)),
                other => self.parts.said.push((other.to_owned(), parsed(raw)?)),
            }
        }
        if let Some(called) = called {
            for at in first..self.parts.edges.len() {
                let raw = self.parts.edges[at];
                self.parts.beside(raw, "graph", called.clone());
            }
        }
        Ok(())
    }

    fn hyperedges(&mut self, raw: &'a str) -> Result<(), Unread<'a>> {
        for raw in parsed::<Vec<&'a RawValue>>(raw)? {
            let raw = raw.get();
            let mut values: Map<String, Value> = parsed(raw)?;
            let fields: Fields<'a> = parsed(raw)?;
            let mut ends = |key: &str| -> Result<Vec<(String, &'a str)>, Unread<'a>> {
                values.remove(key);
                let list = fields.0.iter().find(|(name, _)| name.as_str() == key).map(|(_, raw)| raw.get());
                let list: Vec<&'a RawValue> = list.map_or(Ok(Vec::new()), parsed)?;
                let end =
                    |raw: &'a RawValue| Some((text_of(&serde_json::from_str(raw.get()).ok()?)?, raw.get()));
                Ok(list.into_iter().filter_map(end).collect())
            };
            let (nodes, sources, targets) = (ends("nodes")?, ends("source")?, ends("target")?);
            if let Some(Value::Object(metadata)) = values.remove("metadata") {
                for (key, value) in metadata {
                    values.entry(key).or_insert(value);
                }
            }
            let ends = if nodes.is_empty() { (sources, targets) } else { (nodes, Vec::new()) };
            self.parts.hyperedge(self.body, (&ends.0, &ends.1), values).map_err(Unread::Said)?;
        }
        Ok(())
    }

    fn elements(&mut self, raw: &'a str) -> Result<(), Unread<'a>> {
        if raw.starts_with('{') {
            let fields: Fields<'a> = parsed(raw)?;
            for (key, raw) in fields.0 {
                match key.as_str() {
                    "nodes" => self.nodes(raw.get())?,
                    "edges" => self.edges(raw.get())?,
                    other => self.parts.said.push((other.to_owned(), parsed(raw.get())?)),
                }
            }
            return Ok(());
        }
        for raw in parsed::<Vec<&'a RawValue>>(raw)? {
            let fields: Fields<'a> = parsed(raw.get())?;
            let data = field(&fields, "data").map(serde_json::from_str::<Fields<'_>>);
            let is_edge = field(&fields, "group") == Some("\"edges\"")
                || data.and_then(Result::ok).is_some_and(|data| field(&data, "source").is_some());
            if is_edge {
                self.parts.edges.push(raw.get());
            } else {
                self.parts.nodes.push((None, raw.get()));
            }
        }
        Ok(())
    }

    /// The neighbours of each node, in the order of the nodes; where there is no direction each edge stands twice.
    fn adjacency(&mut self, nodes: &'a str, raw: &'a str, undirected: bool) -> Result<(), Unread<'a>> {
        let nodes: Vec<Map<String, Value>> = parsed(nodes)?;
        let ids: Vec<Option<String>> = nodes.iter().map(|node| node.get("id").and_then(text_of)).collect();
        let places: FxHashMap<&str, usize> =
            ids.iter().enumerate().filter_map(|(at, id)| Some((id.as_deref()?, at))).collect();
        for (at, neighbours) in parsed::<Vec<Vec<&'a RawValue>>>(raw)?.into_iter().enumerate() {
            for raw in neighbours {
                let mut fields: Map<String, Value> = parsed(raw.get())?;
                let target = fields.remove("id").unwrap_or(Value::Null);
                let place = text_of(&target).and_then(|id| places.get(id.as_str()).copied());
                if undirected && place.is_some_and(|place| place < at) {
                    continue;
                }
                let source = ids.get(at).cloned().flatten();
                fields.insert("source".to_owned(), source.map_or(Value::Null, Value::from));
                fields.insert("target".to_owned(), target);
                self.parts.edge(raw.get(), fields);
            }
        }
        Ok(())
    }

    fn nodes(&mut self, raw: &'a str) -> Result<(), Unread<'a>> {
        if raw.starts_with('{') {
            let fields: Fields<'a> = parsed(raw)?;
            let nodes = fields.0.into_iter().map(|(key, raw)| (Some(key.as_str().to_owned()), raw.get()));
            self.parts.nodes.extend(nodes);
        } else {
            let list: Vec<&'a RawValue> = parsed(raw)?;
            self.parts.nodes.extend(list.into_iter().map(|raw| (None, raw.get())));
        }
        Ok(())
    }

    fn edges(&mut self, raw: &'a str) -> Result<(), Unread<'a>> {
        let list: Vec<&'a RawValue> = parsed(raw)?;
        self.parts.edges.extend(list.into_iter().map(RawValue::get));
        Ok(())
    }
}
