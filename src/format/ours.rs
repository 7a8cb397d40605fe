//! Records that we wrote in the form of another program, made whole again.
//!
//! Texts and free attributes stand under keys of their own, the rest as JSON under `chancery`. What another program
//! has changed or added since is taken as it says; what only repeats the record is left out.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, value::RawValue};

use crate::{
    dataset::{Origin, Sink},
    model::{
        Actor, Coverage, Fault, Name, Reference, Relation, Same, Tie,
        record::{ActorRecord, FieldError, SameRecord, TieRecord},
    },
};

use super::{
    relations::Relations,
    write::{ACTOR_TEXTS, REST, TIE_TEXTS},
};

/// Whether a file says that we wrote it.
pub(super) fn is_ours(said: &[(String, Value)]) -> bool {
    said.iter().any(|(key, value)| {
        let text = value.as_str().unwrap_or("");
        key == "generator" && text.starts_with("chancery ")
    })
}

/// Takes the rest of a record, or of a file, out of its fields.
fn rest(values: &mut Map<String, Value>, faults: &mut Vec<Fault>) -> Map<String, Value> {
    match values.remove(REST) {
        None => Map::new(),
        Some(Value::Object(rest)) => rest,
        Some(Value::String(text)) if text.trim().is_empty() => Map::new(),
        Some(other) => {
            let text = other.as_str().unwrap_or("");
            serde_json::from_str(text).unwrap_or_else(|error| {
                faults.push(
                    Fault::error(&[], format!("`{REST}` holds no record: {error}")).hint(
                        "it was written with the graph; take the column away if it was changed by hand"
                            .to_owned(),
                    ),
                );
                Map::new()
            })
        }
    }
}

/// A record of ours out of the fields of a node or an edge: `keys` are its own, `texts` those of them that other
/// programs hold as texts.
fn record(
    values: Map<String, Value>,
    mut record: Map<String, Value>,
    keys: &[&'static str],
    texts: &[&str],
) -> Box<RawValue> {
    let mut attributes = match record.remove("attributes") {
        Some(Value::Object(attributes)) => attributes,
        _ => Map::new(),
    };
    for (key, value) in values {
        if key == "attributes" {
            if let Value::Object(inner) = value {
                attributes.extend(inner);
            }
        } else if keys.contains(&key.as_str()) {
            // An empty text is a cell that another program made for a column.
            let is_cell = texts.contains(&key.as_str()) && key != "note" && value.as_str() == Some("");
            if !is_cell && !value.is_null() {
                record.insert(key, value);
            }
        } else {
            attributes.insert(key, value);
        }
    }
    if !attributes.is_empty() {
        record.insert("attributes".to_owned(), Value::Object(attributes));
    }
    let text = Value::Object(record).to_string();
    RawValue::from_string(text).expect("a value is JSON")
}

fn say(errors: Vec<FieldError>, faults: &mut Vec<Fault>) {
    faults.extend(errors.into_iter().map(|error| Fault::error(&[], error.message)));
}

/// The actor of a node.
pub(super) fn actor(mut values: Map<String, Value>, faults: &mut Vec<Fault>) -> Option<Actor> {
    let rest = rest(&mut values, faults);
    let mut labels = Vec::new();
    for key in ["label", "name"] {
        labels.extend(values.remove(key).and_then(|label| label.as_str().map(str::to_owned)));
    }
    for derived in ["value", "spells"] {
        values.remove(derived);
    }
    let raw = record(values, rest, ActorRecord::KEYS, &ACTOR_TEXTS);
    let (record, errors) = ActorRecord::read(&raw);
    say(errors, faults);
    let mut actor = Actor::from_record(&record, faults)?;
    for text in labels {
        let known = text == actor.id.as_str() || actor.names.iter().any(|name| name.text == text);
        if !known && !text.trim().is_empty() {
            actor.names.push(Name { text, lang: None, usage: None, when: None, preferred: false });
        }
    }
    Some(actor)
}

/// The tie of an edge.
pub(super) fn tie(
    mut values: Map<String, Value>,
    relations: &Relations,
    faults: &mut Vec<Fault>,
) -> Option<Tie> {
    let rest = rest(&mut values, faults);
    let text = |values: &Map<String, Value>, key: &str| Some(values.get(key)?.as_str()?.to_owned());
    let relation = text(&values, "relation");
    let label = relation.as_deref().and_then(|id| relations.label(id)).map(str::to_owned);
    let is_own = label.is_none();
    let said = [relation, label, text(&values, "id")];
    for derived in ["label", "kind", "key", "networkx_key", "name"] {
        let value = text(&values, derived);
        // The label of a relation of its own is not at hand here: the file's relations hold it.
        let repeats = said.contains(&value) || (derived == "label" && is_own);
        if repeats || values.get(derived).is_some_and(Value::is_number) {
            values.remove(derived);
        }
    }
    values.remove("spells");
    let raw = record(values, rest, TieRecord::KEYS, &TIE_TEXTS);
    let (record, errors) = TieRecord::read(&raw);
    say(errors, faults);
    Tie::from_record(&record, faults)
}

/// What is said of a whole file of ours.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    pub(super) license: Option<String>,
    pub(super) retracted: Vec<Box<RawValue>>,
    pub(super) coverage: Vec<Coverage>,
    relations: Vec<Relation>,
    references: Option<Vec<Value>>,
    same: Vec<Same>,
    faults: Vec<Fault>,
}

impl Head {
    /// Sorts what is said of a file.
    pub(super) fn of(said: Vec<(String, Value)>) -> Self {
        let mut fields: Map<String, Value> = said.into_iter().collect();
        let mut faults = Vec::new();
        for (key, value) in rest(&mut fields, &mut faults) {
            fields.insert(key, value);
        }
        let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
        let (title, license) = (text("title"), text("license"));
        let references = match fields.remove("references") {
            Some(Value::Array(references)) => Some(references),
            _ => None,
        };
        let mut same = Vec::new();
        for value in list::<Value>(&mut fields, "same", &mut faults) {
            let raw = RawValue::from_string(value.to_string()).expect("a value is JSON");
            let (record, errors) = SameRecord::read(&raw);
            say(errors, &mut faults);
            same.extend(Same::from_record(&record, &mut faults));
        }
        let mut coverage = Vec::new();
        if let Some(value) = fields.remove("coverage") {
            let raw = RawValue::from_string(value.to_string()).expect("a value is JSON");
            let mut errors = Vec::new();
            coverage = Coverage::read(&raw, &mut faults, &mut errors);
            say(errors, &mut faults);
        }
        let relations = list(&mut fields, "relations", &mut faults);
        let retracted = list(&mut fields, "retracted", &mut faults);
        Self { title, license, retracted, coverage, relations, references, same, faults }
    }

    /// Pushes relations, references and merges; what is known of no reference but its id is made one, and said.
    pub(super) fn push(
        self,
        cited: BTreeSet<String>,
        origin: Origin,
        notes: &mut Vec<String>,
        sink: &mut impl Sink,
    ) {
        for fault in self.faults {
            sink.fault(fault, origin);
        }
        for relation in self.relations {
            sink.relation(relation, origin);
        }
        if self.references.is_none() && !cited.is_empty() {
            notes.push(format!(
                "its references do not stand in it: known by their ids only ({}), unless another file has them",
                cited.len()
            ));
        }
        let bare = |id: String| Value::Object(Map::from_iter([("id".to_owned(), Value::from(id))]));
        let references = self.references.unwrap_or_else(|| cited.into_iter().map(bare).collect());
        for item in references {
            match Reference::from_item(item) {
                Ok(reference) => sink.reference(reference, origin),
                Err(fault) => sink.fault(fault, origin),
            }
        }
        for same in self.same {
            sink.same(same, origin);
        }
    }

    /// Whether a relation is declared here.
    pub(super) fn declares(&self, id: &str) -> bool {
        self.relations.iter().any(|relation| relation.id.as_str() == id)
    }
}

fn list<T: DeserializeOwned>(fields: &mut Map<String, Value>, key: &str, faults: &mut Vec<Fault>) -> Vec<T> {
    let Some(value) = fields.remove(key) else { return Vec::new() };
    serde_json::from_str(&value.to_string()).unwrap_or_else(|error| {
        faults.push(Fault::error(&[], format!("`{key}`: {error}")));
        Vec::new()
    })
}
