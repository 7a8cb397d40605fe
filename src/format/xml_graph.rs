//! Finds nodes and edges in GraphML (networkx, yEd, igraph) and GEXF (Gephi).
//!
//! Attributes are declared once and named by keys; values take the type that their key declares.

use std::{collections::BTreeMap, sync::Arc};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use serde_json::{Map, Value};

use crate::{dataset::Sink, model::Fault};

use super::{
    detect::Reading,
    foreign::{self, Dialect, Parts},
};

/// What attribute keys mean: by element (`node`, `edge`) and key, the name, the type and the default.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys(BTreeMap<(String, String), Key>);

#[derive(Clone, Debug)]
struct Key {
    name: String,
    kind: String,
    default: Option<String>,
}

impl Key {
    fn value(&self, text: &str) -> Value {
        let value = match self.kind.as_str() {
            "int" | "long" | "integer" => text.trim().parse::<i64>().ok().map(Value::from),
            "float" | "double" => {
                text.trim().parse::<f64>().ok().filter(|value| value.is_finite()).map(Value::from)
            }
            "boolean" => match text.trim() {
                "true" | "1" | "True" => Some(Value::from(true)),
                "false" | "0" | "False" => Some(Value::from(false)),
                _ => None,
            },
            _ => None,
        };
        value.unwrap_or_else(|| Value::from(text))
    }
}

/// Which of the two a text is, by its outermost element.
pub(super) fn detect(text: &str) -> Option<Dialect> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
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

fn attributes(start: &BytesStart<'_>) -> Map<String, Value> {
    let mut values = Map::new();
    for attribute in start.attributes().flatten() {
        let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        if let Ok(value) = attribute.unescape_value() {
            values.insert(key, Value::from(value.into_owned()));
        }
    }
    values
}

fn text<'v>(values: &'v Map<String, Value>, key: &str) -> Option<&'v str> {
    values.get(key).and_then(Value::as_str)
}

/// The elements around the one that is read.
#[derive(Default)]
struct Place {
    path: Vec<String>,
    /// The class of the attributes that GEXF is declaring.
    class: String,
    key: (String, String),
    /// Where the element that is kept began.
    kept: Option<(usize, usize)>,
}

/// Reads the text of a file.
pub(super) fn read(name: &str, text: &Arc<str>, dialect: Dialect, sink: &mut impl Sink) -> Reading {
    let body = text.trim_start_matches('\u{feff}');
    let shift = text.len() - body.len();
    let (mut parts, mut keys) = (Parts::default(), Keys::default());
    let broken = scan(body, &mut parts, &mut keys).err().map(|(message, at)| (message, at + shift));
    foreign::read(name, text, dialect, (parts, keys), broken, sink)
}

fn scan<'a>(body: &'a str, parts: &mut Parts<'a>, keys: &mut Keys) -> Result<(), foreign::Broken> {
    let mut reader = Reader::from_str(body);
    let mut place = Place::default();
    let mut declared = String::new();
    loop {
        let before = position(&reader);
        let event = reader.read_event().map_err(|error| (format!("not XML: {error}"), position(&reader)))?;
        let after = position(&reader);
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                let element = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
                let is_empty = matches!(event, Event::Empty(_));
                if place.kept.is_none() {
                    open(&element, start, &mut place, parts, keys);
                }
                let is_record = matches!(element.as_str(), "node" | "edge");
                if is_record && is_empty && place.kept.is_none() {
                    keep(&element, &body[before..after], parts);
                }
                if !is_empty {
                    if is_record && place.kept.is_none() {
                        place.kept = Some((before, place.path.len()));
                    }
                    place.path.push(element);
                }
                declared.clear();
            }
            Event::Text(content) => declared.push_str(&content.decode().unwrap_or_default()),
            Event::End(_) => {
                let Some(element) = place.path.pop() else { continue };
                match place.kept {
                    Some((start, depth)) if depth == place.path.len() => {
                        keep(&element, &body[start..after], parts);
                        place.kept = None;
                    }
                    Some(_) => {}
                    None if element == "default" => {
                        if let Some(key) = keys.0.get_mut(&place.key) {
                            key.default = Some(declared.trim().to_owned());
                        }
                    }
                    None if element == "data" && place.path.last().is_some_and(|path| path == "graph") => {
                        parts.lost.push(place.key.1.clone());
                    }
                    None => {}
                }
            }
            Event::Eof if place.path.is_empty() => return Ok(()),
            Event::Eof => return Err(("the text ends inside an element".to_owned(), body.len())),
            _ => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn keep<'a>(element: &str, text: &'a str, parts: &mut Parts<'a>) {
    if element == "node" {
        parts.nodes.push((None, text));
    } else {
        parts.edges.push(text);
    }
}

/// What an element outside nodes and edges says.
fn open(element: &str, start: &BytesStart<'_>, place: &mut Place, parts: &mut Parts<'_>, keys: &mut Keys) {
    let values = attributes(start);
    let text = |key: &str| text(&values, key).unwrap_or_default().to_owned();
    match element {
        "graph" => {
            parts.graph_count += 1;
            parts.undirected |=
                text("edgedefault") == "undirected" || text("defaultedgetype") == "undirected";
            let known = ["edgedefault", "defaultedgetype", "mode", "id"];
            parts.lost.extend(values.keys().filter(|key| !known.contains(&key.as_str())).cloned());
        }
        "key" => {
            let name = if text("attr.name").is_empty() { text("id") } else { text("attr.name") };
            let key = Key { name, kind: text("attr.type"), default: None };
            let scopes = match text("for").as_str() {
                "" | "all" => vec!["node".to_owned(), "edge".to_owned()],
                scope => vec![scope.to_owned()],
            };
            for scope in scopes {
                place.key = (scope, text("id"));
                keys.0.insert(place.key.clone(), key.clone());
            }
        }
        "attributes" => place.class = text("class"),
        "attribute" => {
            place.key = (place.class.clone(), text("id"));
            let key = Key { name: text("title"), kind: text("type"), default: None };
            keys.0.insert(place.key.clone(), key);
        }
        "data" => {
            let id = text("key");
            let name = keys.0.get(&("graph".to_owned(), id.clone())).map(|key| key.name.clone());
            place.key.1 = name.unwrap_or(id);
        }
        _ => {}
    }
}

/// What a node or an edge says: its attributes in XML, and those that keys name.
pub(super) fn values(raw: &str, keys: &Keys, faults: &mut Vec<Fault>) -> Option<Map<String, Value>> {
    let mut reader = Reader::from_str(raw);
    let mut values = Map::new();
    let mut scope = String::new();
    let mut key: Option<String> = None;
    let mut content = String::new();
    let mut depth = 0_usize;
    loop {
        let Ok(event) = reader.read_event() else {
            faults.push(Fault::error(&[], "a node or an edge that is not XML"));
            return None;
        };
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                let element = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
                let own = attributes(start);
                if depth == 0 {
                    values = own;
                    scope = element;
                } else {
                    match element.as_str() {
                        "data" => key = text(&own, "key").map(str::to_owned),
                        "attvalue" => {
                            let id = text(&own, "for").or_else(|| text(&own, "id")).unwrap_or_default();
                            let value = text(&own, "value").unwrap_or_default();
                            insert(&mut values, keys, &scope, id, value);
                        }
                        "attvalues" => {}
                        // Places, colours, labels of yEd: kept as they stand, by the name of the element.
                        _ if !own.is_empty() => {
                            let name = free(&values, &element);
                            values.insert(name, Value::Object(own));
                        }
                        _ => {}
                    }
                }
                content.clear();
                if matches!(event, Event::Start(_)) {
                    depth += 1;
                }
            }
            Event::Text(text) => content.push_str(&text.decode().unwrap_or_default()),
            Event::CData(text) => content.push_str(&text.decode().unwrap_or_default()),
            Event::GeneralRef(name) => {
                let name = name.decode().unwrap_or_default();
                let found =
                    quick_xml::escape::unescape(&format!("&{name};")).map(std::borrow::Cow::into_owned);
                content.push_str(&found.unwrap_or_default());
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                match (end.local_name().as_ref(), key.take()) {
                    (b"data", Some(id)) => insert(&mut values, keys, &scope, &id, &content),
                    (_, Some(id)) => {
                        if !content.trim().is_empty() {
                            let element = String::from_utf8_lossy(end.local_name().as_ref()).into_owned();
                            let name = free(&values, &element);
                            values.insert(name, Value::from(content.trim()));
                        }
                        key = Some(id);
                    }
                    (_, None) => {}
                }
                content.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    for ((of, _), key) in &keys.0 {
        if let Some(default) =
            key.default.as_ref().filter(|_| *of == scope && !values.contains_key(&key.name))
        {
            values.insert(key.name.clone(), key.value(default));
        }
    }
    Some(values)
}

fn insert(values: &mut Map<String, Value>, keys: &Keys, scope: &str, id: &str, content: &str) {
    let Some(key) = keys.0.get(&(scope.to_owned(), id.to_owned())) else {
        let name = free(values, id);
        values.insert(name, Value::from(content));
        return;
    };
    let is_group = content.trim().is_empty() && key.kind.is_empty();
    if !is_group {
        let name = free(values, &key.name);
        values.insert(name, key.value(content));
    }
}

/// A name that no value has yet: what keys name gives way to the format's own.
fn free(values: &Map<String, Value>, name: &str) -> String {
    let mut free = name.to_owned();
    let mut count = 1;
    while values.contains_key(&free) {
        count += 1;
        free = format!("{name}.{count}");
    }
    free
}
