//! Finds nodes and edges in the JSON of other programs: networkx node-link, d3, JSON Graph Format,
//! Cytoscape.js.

use std::sync::Arc;

use serde_json::value::RawValue;

use crate::{
    dataset::Sink,
    model::{
        Vocabulary,
        record::{Fields, message_of, offset_of},
    },
};

use super::{
    detect::Reading,
    foreign::{self, Dialect, Parts},
    xml_graph::Keys,
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

/// The dialect of a JSON text; nothing for one that is native or no graph.
pub(super) fn detect(text: &str) -> Option<Dialect> {
    let fields: Fields<'_> = serde_json::from_str(text).ok()?;
    let field = |key: &str| field(&fields, key);
    if field("elements").is_some() {
        return Some(Dialect::Cytoscape);
    }
    if field("graphs").is_some() {
        return Some(Dialect::Jgf);
    }
    let Some(nodes) = field("nodes").filter(|nodes| nodes.starts_with('[')) else {
        let inner: Fields<'_> = serde_json::from_str(field("graph")?).ok()?;
        let has = |key: &str| inner.0.iter().any(|(name, _)| name.as_str() == key);
        return (has("nodes") || has("edges")).then_some(Dialect::Jgf);
    };
    if NATIVE.iter().any(|word| text.contains(word)) {
        return None;
    }
    let nodes: Vec<Fields<'_>> = serde_json::from_str(nodes).ok()?;
    let edges = field("links").or_else(|| field("edges"))?;
    let edges: Vec<Fields<'_>> = serde_json::from_str(edges).ok()?;
    if !nodes.is_empty() && nodes.iter().all(|node| self::field(node, "id").is_none()) {
        return Some(Dialect::D3);
    }
    let vocabulary = Vocabulary::shipped();
    let text_of = |raw: &str| serde_json::from_str::<String>(raw).ok();
    let foreign_node = |node: &Fields<'_>| {
        let kind = self::field(node, "kind").and_then(text_of);
        self::field(node, "label").is_some()
            || self::field(node, "name").is_some()
            || kind.is_some_and(|kind| kind.parse::<crate::model::ActorKind>().is_err())
    };
    let foreign_edge = |edge: &Fields<'_>| {
        let relation = self::field(edge, "relation").and_then(text_of);
        ["weight", "value", "key", "date"].iter().any(|key| self::field(edge, key).is_some())
            && relation.is_none_or(|relation| vocabulary.find(&relation).is_none())
    };
    (nodes.iter().any(foreign_node) || edges.iter().any(foreign_edge)).then_some(Dialect::NodeLink)
}

fn field<'f>(fields: &'f Fields<'_>, key: &str) -> Option<&'f str> {
    fields.0.iter().find(|(name, _)| name.as_str() == key).map(|(_, raw)| raw.get())
}

/// Reads the text of a file.
pub(super) fn read(name: &str, text: &Arc<str>, dialect: Dialect, sink: &mut impl Sink) -> Reading {
    let body = text.trim_start_matches('\u{feff}');
    let shift = text.len() - body.len();
    let mut parts = Parts::default();
    let broken = parts.file(body, dialect).err().map(|error| {
        let at = shift + offset_of(body, error.line(), error.column());
        (format!("not such a graph: {}", message_of(&error)), at)
    });
    foreign::read(name, text, dialect, (parts, Keys::default()), broken, sink)
}

impl<'a> Parts<'a> {
    fn file(&mut self, body: &'a str, dialect: Dialect) -> serde_json::Result<()> {
        let fields: Fields<'a> = serde_json::from_str(body)?;
        for (key, raw) in fields.0 {
            match (key.as_str(), dialect) {
                ("nodes", Dialect::NodeLink | Dialect::D3) => self.nodes(raw)?,
                ("edges" | "links", Dialect::NodeLink | Dialect::D3) => self.edges(raw)?,
                ("directed", Dialect::NodeLink) => self.undirected = raw.get() == "false",
                ("multigraph", _) | ("directed", Dialect::Cytoscape) => {}
                ("graph", Dialect::NodeLink) => {
                    let fields: Fields<'a> = serde_json::from_str(raw.get())?;
                    self.lost.extend(fields.0.iter().map(|(key, _)| key.as_str().to_owned()));
                }
                ("graph", Dialect::Jgf) => self.graph(raw)?,
                ("graphs", Dialect::Jgf) => {
                    for graph in serde_json::from_str::<Vec<&'a RawValue>>(raw.get())? {
                        self.graph(graph)?;
                    }
                }
                ("elements", Dialect::Cytoscape) => self.elements(raw)?,
                (key, _) => self.lost.push(key.to_owned()),
            }
        }
        Ok(())
    }

    fn graph(&mut self, raw: &'a RawValue) -> serde_json::Result<()> {
        self.graph_count += 1;
        let fields: Fields<'a> = serde_json::from_str(raw.get())?;
        for (key, raw) in fields.0 {
            match key.as_str() {
                "nodes" => self.nodes(raw)?,
                "edges" => self.edges(raw)?,
                "directed" => self.undirected |= raw.get() == "false",
                other => self.lost.push(other.to_owned()),
            }
        }
        Ok(())
    }

    fn elements(&mut self, raw: &'a RawValue) -> serde_json::Result<()> {
        if raw.get().starts_with('{') {
            let fields: Fields<'a> = serde_json::from_str(raw.get())?;
            for (key, raw) in fields.0 {
                match key.as_str() {
                    "nodes" => self.nodes(raw)?,
                    "edges" => self.edges(raw)?,
                    other => self.lost.push(other.to_owned()),
                }
            }
            return Ok(());
        }
        for raw in serde_json::from_str::<Vec<&'a RawValue>>(raw.get())? {
            let fields: Fields<'a> = serde_json::from_str(raw.get())?;
            let data = field(&fields, "data").map(serde_json::from_str::<Fields<'_>>).transpose()?;
            let is_edge = field(&fields, "group") == Some("\"edges\"")
                || data.is_some_and(|data| field(&data, "source").is_some());
            if is_edge {
                self.edges.push(raw.get());
            } else {
                self.nodes.push((None, raw.get()));
            }
        }
        Ok(())
    }

    fn nodes(&mut self, raw: &'a RawValue) -> serde_json::Result<()> {
        if raw.get().starts_with('{') {
            let fields: Fields<'a> = serde_json::from_str(raw.get())?;
            self.nodes
                .extend(fields.0.into_iter().map(|(key, raw)| (Some(key.as_str().to_owned()), raw.get())));
        } else {
            let list: Vec<&'a RawValue> = serde_json::from_str(raw.get())?;
            self.nodes.extend(list.into_iter().map(|raw| (None, raw.get())));
        }
        Ok(())
    }

    fn edges(&mut self, raw: &'a RawValue) -> serde_json::Result<()> {
        let list: Vec<&'a RawValue> = serde_json::from_str(raw.get())?;
        self.edges.extend(list.into_iter().map(RawValue::get));
        Ok(())
    }
}
