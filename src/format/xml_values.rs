//! What one node or edge of GraphML or GEXF says: its attributes in XML, those that keys name, and what else stands in it.

use std::collections::BTreeMap;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use serde_json::{Map, Value};

use crate::model::Fault;

use super::{spells::SPELLS, write::REST};

/// What attribute keys mean: by element (`node`, `edge`) and key, the name, the type and the default.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys(pub(super) BTreeMap<(String, String), Key>);

#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) default: Option<String>,
}

impl Key {
    fn value(&self, text: &str) -> Value {
        let whole = || text.trim().parse::<i64>().ok().map(Value::from);
        let value = match self.kind.as_str() {
            "int" | "long" | "integer" | "short" | "byte" => whole(),
            // Whole numbers stand in columns of fractions; they stay what they are.
            "float" | "double" => whole().or_else(|| {
                text.trim().parse::<f64>().ok().filter(|value| value.is_finite()).map(Value::from)
            }),
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

impl Keys {
    /// Whether records have a key for their rest: then we wrote them.
    pub(super) fn has_rest(&self) -> bool {
        self.0.iter().any(|((scope, _), key)| matches!(scope.as_str(), "node" | "edge") && key.name == REST)
    }
}

/// The attributes of an element, by their names without a namespace's prefix.
pub(super) fn attributes(start: &BytesStart<'_>) -> Result<Map<String, Value>, String> {
    let mut values = Map::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
        let value = attribute.unescape_value().map_err(|error| error.to_string())?;
        values.insert(key, Value::from(value.into_owned()));
    }
    Ok(values)
}

pub(super) fn text<'v>(values: &'v Map<String, Value>, key: &str) -> Option<&'v str> {
    values.get(key).and_then(Value::as_str)
}

/// The text that an entity or a number of a character stands for.
pub(super) fn reference(name: &str) -> Option<String> {
    quick_xml::escape::unescape(&format!("&{name};")).ok().map(std::borrow::Cow::into_owned)
}

/// An element inside a node or an edge that is being read.
struct Inside {
    name: String,
    /// The key of a `data` element.
    key: Option<String>,
    content: String,
}

/// What a node or an edge says: its attributes in XML, and those that keys name.
///
/// Nodes and edges inside it are records of their own and left out. Spells of GEXF come together in one list.
pub(super) fn values(raw: &str, keys: &Keys, faults: &mut Vec<Fault>) -> Option<Map<String, Value>> {
    let mut reader = Reader::from_str(raw);
    let mut values = Map::new();
    let mut scope = String::new();
    let mut path: Vec<Inside> = Vec::new();
    let mut spells: Vec<Value> = Vec::new();
    // How deep a graph inside this node reaches.
    let mut skipped = 0_usize;
    loop {
        let Ok(event) = reader.read_event() else {
            faults.push(Fault::error(&[], "a node or an edge that is not XML"));
            return None;
        };
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
                let opens = matches!(event, Event::Start(_));
                if skipped > 0 || (!path.is_empty() && matches!(name.as_str(), "graph" | "nodes" | "edges")) {
                    skipped += usize::from(opens);
                    continue;
                }
                let mut own = attributes(start).unwrap_or_default();
                let mut key = None;
                if path.is_empty() {
                    spells.extend(spell(&mut own));
                    // GEXF's own place for a weight.
                    if let Some(weight) =
                        text(&own, "weight").and_then(|text| serde_json::from_str(text).ok())
                    {
                        own.insert("weight".to_owned(), Value::Number(weight));
                    }
                    (values, scope) = (own, name.clone());
                } else {
                    match name.as_str() {
                        "data" => key = text(&own, "key").map(str::to_owned),
                        "attvalue" => attvalue(&mut values, keys, &scope, &own),
                        "spell" => spells.extend(spell(&mut own)),
                        "attvalues" | "spells" => {}
                        // Places, colours, ports: kept as they stand, by the name of the element.
                        _ if !own.is_empty() => put(&mut values, &name, Value::Object(own)),
                        _ => {}
                    }
                }
                if opens {
                    path.push(Inside { name, key, content: String::new() });
                }
            }
            Event::Text(content) if skipped == 0 => push(&mut path, &content.decode().unwrap_or_default()),
            Event::CData(content) if skipped == 0 => push(&mut path, &content.decode().unwrap_or_default()),
            Event::GeneralRef(name) if skipped == 0 => {
                let found = reference(&name.decode().unwrap_or_default());
                push(&mut path, &found.unwrap_or_default());
            }
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::End(_) => {
                let Some(element) = path.pop() else { continue };
                close(&mut values, keys, &scope, element, path.is_empty());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !spells.is_empty() {
        values.insert(SPELLS.to_owned(), Value::Array(spells));
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

fn push(path: &mut [Inside], content: &str) {
    if let Some(inside) = path.last_mut() {
        inside.content.push_str(content);
    }
}

/// What an element says by its content.
fn close(values: &mut Map<String, Value>, keys: &Keys, scope: &str, element: Inside, is_record: bool) {
    let Inside { name, key, content } = element;
    match (name.as_str(), key) {
        ("data", Some(id)) => insert(values, keys, scope, &id, &content),
        _ if is_record || content.trim().is_empty() => {}
        // What yEd shows at a node or an edge.
        ("NodeLabel" | "EdgeLabel", _) if !values.contains_key("label") => {
            values.insert("label".to_owned(), Value::from(content.trim()));
        }
        _ => put(values, &name, Value::from(content.trim())),
    }
}

/// Takes the bounds of a spell out of an element's attributes.
fn spell(own: &mut Map<String, Value>) -> Option<Value> {
    let mut spell = Map::new();
    for (key, names) in [("start", ["start", "startopen"]), ("end", ["end", "endopen"])] {
        for name in names {
            if let Some(bound) = own.remove(name) {
                spell.entry(key).or_insert(bound);
            }
        }
    }
    (!spell.is_empty()).then_some(Value::Object(spell))
}

/// An attribute of GEXF; one that changes in time is a list of what it was when.
fn attvalue(values: &mut Map<String, Value>, keys: &Keys, scope: &str, own: &Map<String, Value>) {
    let id = text(own, "for").or_else(|| text(own, "id")).unwrap_or_default();
    let content = text(own, "value").unwrap_or_default();
    let bounds: Map<String, Value> = ["start", "end", "startopen", "endopen", "timestamp"]
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), own.get(key)?.clone())))
        .collect();
    if bounds.is_empty() {
        return insert(values, keys, scope, id, content);
    }
    let key = keys.0.get(&(scope.to_owned(), id.to_owned()));
    let mut then = Map::from_iter([(
        "value".to_owned(),
        key.map_or_else(|| Value::from(content), |key| key.value(content)),
    )]);
    then.extend(bounds);
    let name = key.map_or(id, |key| &key.name);
    match values.get_mut(name) {
        Some(Value::Array(list)) => list.push(Value::Object(then)),
        Some(_) | None => put(values, name, Value::Array(vec![Value::Object(then)])),
    }
}

fn insert(values: &mut Map<String, Value>, keys: &Keys, scope: &str, id: &str, content: &str) {
    let Some(key) = keys.0.get(&(scope.to_owned(), id.to_owned())) else {
        return put(values, id, Value::from(content));
    };
    let is_group = content.trim().is_empty() && key.kind.is_empty();
    if !is_group {
        put(values, &key.name, key.value(content));
    }
}

/// Adds a value under a name that none has yet: what keys name gives way to the format's own.
pub(super) fn put(values: &mut Map<String, Value>, name: &str, value: Value) {
    let mut free = name.to_owned();
    let mut count = 1;
    while values.contains_key(&free) {
        count += 1;
        free = format!("{name}.{count}");
    }
    values.insert(free, value);
}
