//! Finds nodes and edges in GraphML (networkx, yEd, igraph) and GEXF (Gephi).
//!
//! Attributes are declared once and named by keys; values take the type that their key declares. Nodes may stand
//! inside nodes; entities that a file defines are not read.

use std::sync::Arc;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use serde_json::{Map, Value};

use crate::dataset::Sink;

use super::{
    detect::Reading,
    foreign::Dialect,
    parts::{Broken, Made, Parts, place},
    pour,
    spells::SPELLS,
    write::REST,
    xml_values::{self, Key, Keys, attributes, reference, text},
};

/// Deeper than this no graph is nested.
const DEEPEST: usize = 1000;

/// Which of the two a text is, by its outermost element.
pub(super) fn detect(text: &str) -> Option<Dialect> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                return match start.local_name().as_ref() {
                    b"graphml" => Some(Dialect::GraphMl),
                    b"gexf" => Some(Dialect::Gexf),
                    _ => None,
                };
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Reads the text of a file.
pub(super) fn read(name: &str, text: &Arc<String>, dialect: Dialect, sink: &mut impl Sink) -> Reading {
    let body = text.trim_start_matches('\u{feff}');
    let shift = text.len() - body.len();
    let mut scan = Scan { body, parts: Parts::default(), keys: Keys::default(), ..Scan::default() };
    let broken = scan.run(dialect).err().map(|(message, at)| (message, at + shift));
    pour::read(name, text, dialect, (scan.parts, scan.keys), broken, sink)
}

/// A node, an edge or a hyperedge that has begun.
struct Record {
    element: String,
    start: usize,
    depth: usize,
    fields: Map<String, Value>,
    /// Where the spells of an edge end.
    spells: Vec<usize>,
    /// The ends of a hyperedge: node, part of the text, direction.
    ends: Vec<(String, (usize, usize), String)>,
}

/// What has been seen of a file, and the elements around the one that is read.
#[derive(Default)]
struct Scan<'a> {
    body: &'a str,
    parts: Parts<'a>,
    keys: Keys,
    path: Vec<String>,
    records: Vec<Record>,
    /// The class of the attributes that GEXF is declaring.
    class: String,
    /// The keys that are being declared: scope and id.
    declared: Vec<(String, String)>,
    /// The name of what is being said of the graph.
    said: String,
    content: String,
    nested_count: usize,
    /// Edges with several spells.
    several: Vec<(&'a str, Vec<usize>)>,
}

impl<'a> Scan<'a> {
    fn run(&mut self, dialect: Dialect) -> Result<(), Broken> {
        let mut reader = Reader::from_str(self.body);
        loop {
            let before = position(&reader);
            let event = reader.read_event().map_err(|error| {
                let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                (format!("not XML: {error}"), at.min(self.body.len()))
            })?;
            let after = position(&reader);
            match &event {
                Event::Start(start) | Event::Empty(start) => {
                    let fields =
                        attributes(start).map_err(|message| (format!("not XML: {message}"), before))?;
                    self.start(start, fields, before)?;
                    if matches!(event, Event::Empty(_)) {
                        self.end(after)?;
                    }
                }
                Event::Text(content) => self.content.push_str(&content.decode().unwrap_or_default()),
                Event::CData(content) => self.content.push_str(&content.decode().unwrap_or_default()),
                Event::GeneralRef(name) => {
                    let name = name.decode().unwrap_or_default();
                    let found = reference(&name).ok_or_else(|| {
                        let message =
                            format!("no entity `&{name};`: those that a file defines itself are not read");
                        (message, before)
                    })?;
                    self.content.push_str(&found);
                }
                Event::PI(instruction) if instruction.target() == REST.as_bytes() => {
                    let content = String::from_utf8_lossy(instruction.content()).trim().to_owned();
                    self.parts.said.push((REST.to_owned(), Value::from(content)));
                }
                Event::Comment(comment) if comment.trim_ascii() == b"Created by igraph" => {
                    self.parts.is_by_igraph = true;
                }
                Event::End(_) => self.end(after)?,
                Event::Eof if self.path.is_empty() => break,
                Event::Eof => {
                    let element = &self.path[self.path.len() - 1];
                    return Err((
                        format!("the text ends inside `<{element}>`; is it whole?"),
                        self.body.len(),
                    ));
                }
                _ => {}
            }
        }
        let several = std::mem::take(&mut self.several);
        for (raw, ends) in several {
            self.spells(raw, &ends);
        }
        if self.nested_count > 0 {
            let count = self.nested_count;
            self.parts.notes.push(format!(
                "nodes inside nodes ({count}): each keeps the one around it as the attribute `parent`"
            ));
        }
        let has_graph = self.parts.graph_count > 0;
        let what = if dialect == Dialect::Gexf { "gexf" } else { "graphml" };
        if has_graph { Ok(()) } else { Err((format!("no `<graph>` inside `<{what}>`"), 0)) }
    }

    fn start(&mut self, start: &BytesStart<'_>, fields: Map<String, Value>, at: usize) -> Result<(), Broken> {
        let element = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        let inside = self.records.last().map(|record| (record.element.as_str(), record.depth));
        match (element.as_str(), inside) {
            ("node" | "edge" | "hyperedge", None | Some(("node", _))) => {
                let (depth, spells, ends) = (self.path.len(), Vec::new(), Vec::new());
                self.records.push(Record {
                    element: element.clone(),
                    start: at,
                    depth,
                    fields,
                    spells,
                    ends,
                });
            }
            ("graph", Some(_)) => self.is_undirected(&fields),
            ("endpoint", Some(("hyperedge", _))) => {
                let length = start.len() + 2;
                let field = |key: &str| text(&fields, key).unwrap_or_default().to_owned();
                let end = (field("node"), (at, at + length), field("type"));
                self.records.last_mut().expect("a hyperedge is open").ends.push(end);
            }
            (_, Some(_)) => {}
            (_, None) => self.open(&element, &fields),
        }
        self.content.clear();
        self.path.push(element);
        if self.path.len() > DEEPEST {
            return Err((format!("more than {DEEPEST} elements inside one another"), at));
        }
        Ok(())
    }

    fn end(&mut self, after: usize) -> Result<(), Broken> {
        let Some(element) = self.path.pop() else { return Ok(()) };
        let content = std::mem::take(&mut self.content);
        match self.records.last_mut() {
            Some(record) if record.depth == self.path.len() => {
                let record = self.records.pop().expect("it is the last");
                return self.keep(record, after);
            }
            Some(record) if element == "spell" => record.spells.push(after),
            Some(_) => {}
            None => self.close(&element, &content),
        }
        Ok(())
    }

    /// Keeps a record that has ended.
    fn keep(&mut self, record: Record, after: usize) -> Result<(), Broken> {
        let raw = &self.body[record.start..after];
        match record.element.as_str() {
            "node" => {
                self.parts.nodes.push((None, raw));
                let around = self.records.last().and_then(|around| around.fields.get("id"));
                if let Some(parent) = around.cloned() {
                    self.nested_count += 1;
                    self.parts.beside(raw, "parent", parent);
                }
            }
            "edge" => {
                if record.spells.len() > 1 {
                    self.several.push((raw, record.spells.iter().map(|end| end - record.start).collect()));
                } else {
                    self.parts.edges.push(raw);
                }
            }
            _ => {
                let (mut sources, mut targets, mut both) = (Vec::new(), Vec::new(), Vec::new());
                for (node, (start, end), direction) in record.ends {
                    let end = (node, &self.body[start..end]);
                    match direction.as_str() {
                        "out" => targets.push(end),
                        "in" => sources.push(end),
                        _ => both.push(end),
                    }
                }
                let directed = !sources.is_empty() && !targets.is_empty();
                if !directed {
                    both.append(&mut sources);
                    both.append(&mut targets);
                }
                let mut fields = record.fields;
                for (key, value) in self.said_inside(raw) {
                    fields.entry(key).or_insert(value);
                }
                let ends = if directed {
                    (sources.as_slice(), targets.as_slice())
                } else {
                    (both.as_slice(), [].as_slice())
                };
                self.parts.hyperedge(self.body, ends, fields)?;
            }
        }
        Ok(())
    }

    /// What a hyperedge says beside its ends.
    fn said_inside(&self, raw: &str) -> Map<String, Value> {
        let mut keys = self.keys.clone();
        // Its data are declared for hyperedges, or for all.
        let declared: Vec<_> = keys
            .0
            .iter()
            .filter(|((scope, _), _)| scope == "edge")
            .map(|((_, id), key)| (id.clone(), key.clone()))
            .collect();
        for (id, key) in declared {
            keys.0.entry(("hyperedge".to_owned(), id)).or_insert(key);
        }
        let mut values = xml_values::values(raw, &keys, &mut Vec::new()).unwrap_or_default();
        values.retain(|key, _| key != "endpoint" && !key.starts_with("endpoint."));
        values
    }

    /// An edge with several spells: a tie for each, the first with the id.
    fn spells(&mut self, raw: &'a str, ends: &[usize]) {
        let Some(values) = xml_values::values(raw, &self.keys, &mut Vec::new()) else { return };
        let spells = values.get(SPELLS).and_then(Value::as_array).cloned().unwrap_or_default();
        // Before ours are made whole they are read as one.
        let is_ours = self.keys.has_rest() || super::ours::is_ours(&self.parts.said);
        if is_ours || spells.len() != ends.len() {
            self.parts.edges.push(raw);
            return;
        }
        self.parts.notes.retain(|note| !note.starts_with("edges with several spells"));
        self.parts.notes.push("edges with several spells are read as a tie for each".to_owned());
        for (at, (spell, end)) in spells.into_iter().zip(ends).enumerate() {
            let mut fields = values.clone();
            fields.insert(SPELLS.to_owned(), Value::Array(vec![spell]));
            if at > 0
                && let Some(id) = fields.remove("id")
            {
                fields.insert("spell_of".to_owned(), id);
            }
            let part = &raw[..*end];
            self.parts.made.insert(place(part), Made::Whole(fields));
            self.parts.edges.push(part);
        }
    }

    fn is_undirected(&mut self, fields: &Map<String, Value>) {
        let said = ["edgedefault", "defaultedgetype"].map(|key| text(fields, key));
        self.parts.undirected |= said.contains(&Some("undirected"));
    }

    /// What an element outside nodes and edges says.
    fn open(&mut self, element: &str, values: &Map<String, Value>) {
        let text = |key: &str| text(values, key).unwrap_or_default().to_owned();
        match element {
            "graph" => {
                self.parts.graph_count += 1;
                self.is_undirected(values);
                let known = [
                    "edgedefault",
                    "defaultedgetype",
                    "mode",
                    "id",
                    "timeformat",
                    "timerepresentation",
                    "idtype",
                ];
                let others = values
                    .iter()
                    .filter(|(key, _)| !known.contains(&key.as_str()) && !key.starts_with("parse."));
                self.parts.said.extend(others.map(|(key, value)| (key.clone(), value.clone())));
            }
            "key" => {
                let name = if text("attr.name").is_empty() { text("id") } else { text("attr.name") };
                let key = Key { name, kind: text("attr.type"), default: None };
                let scopes = match text("for").as_str() {
                    "" | "all" => vec!["node".to_owned(), "edge".to_owned(), "graph".to_owned()],
                    scope => vec![scope.to_owned()],
                };
                self.declared = scopes.into_iter().map(|scope| (scope, text("id"))).collect();
                for scope in &self.declared {
                    self.keys.0.insert(scope.clone(), key.clone());
                }
            }
            "attributes" => self.class = text("class"),
            "attribute" => {
                self.declared = vec![(self.class.clone(), text("id"))];
                let key = Key { name: text("title"), kind: text("type"), default: None };
                self.keys.0.insert(self.declared[0].clone(), key);
            }
            "data" => {
                let id = text("key");
                let name = self.keys.0.get(&("graph".to_owned(), id.clone())).map(|key| key.name.clone());
                self.said = name.unwrap_or(id);
            }
            _ => {}
        }
    }

    /// What an element outside nodes and edges said by its content.
    fn close(&mut self, element: &str, content: &str) {
        let within = self.path.last().map_or("", String::as_str);
        match (element, within) {
            ("default", _) => {
                for scope in &self.declared {
                    if let Some(key) = self.keys.0.get_mut(scope) {
                        key.default = Some(content.trim().to_owned());
                    }
                }
            }
            ("data", "graph") if !content.is_empty() => {
                self.parts.said.push((self.said.clone(), Value::from(content)));
            }
            ("creator", "meta") => self.parts.said.push(("generator".to_owned(), Value::from(content))),
            ("description", "meta") => self.parts.said.push(("title".to_owned(), Value::from(content))),
            (_, "meta") | ("desc", "graph" | "graphml") if !content.trim().is_empty() => {
                self.parts.said.push((element.to_owned(), Value::from(content)));
            }
            _ => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}
