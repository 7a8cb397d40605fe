//! Writes JSON Graph Format (version 2) and Cytoscape.js: records as the native form has them, each in the place where
//! these programs keep data, with free attributes beside the other keys.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    dataset::Dataset,
    format::native::{Cited, GENERATOR, Head, Part, json, nodes},
    model::{Actor, Tie},
};

use super::record::{label, may_stand_alone};

/// An object that is written on one line, field by field.
struct Object(String);

impl Object {
    fn new() -> Self {
        Self("{".to_owned())
    }

    fn raw(&mut self, key: &str, value: &str) -> io::Result<()> {
        if self.0.len() > 1 {
            self.0.push_str(", ");
        }
        self.0.push_str(&json(&key)?);
        self.0.push_str(": ");
        self.0.push_str(value);
        Ok(())
    }

    fn put(&mut self, key: &str, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
        self.raw(key, &json(&value)?)
    }

    /// The fields of another object, but its first ones, which are written as `before`.
    fn fields(&mut self, object: &str, before: &str) {
        let (all, before) = (&object[1..object.len() - 1], &before[1..before.len() - 1]);
        let rest = all.strip_prefix(before).unwrap_or(all);
        let rest = rest.strip_prefix(", ").unwrap_or(rest);
        if !rest.is_empty() {
            if self.0.len() > 1 {
                self.0.push_str(", ");
            }
            self.0.push_str(rest);
        }
    }

    /// The object of the head of a file.
    fn head(&mut self, part: &Part<'_>, head: &Head<'_>) -> io::Result<()> {
        for (key, text) in [("license", part.license), ("generator", Some(GENERATOR))] {
            if let Some(text) = text {
                self.put(key, text)?;
            }
        }
        self.fields(&json(head)?, "{}");
        Ok(())
    }

    fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// Takes the attributes that may stand beside the keys of a record.
fn beside(attributes: &mut Map<String, Value>) -> Map<String, Value> {
    let (free, kept) = std::mem::take(attributes).into_iter().partition(|(name, _)| may_stand_alone(name));
    *attributes = kept;
    free
}

/// The fields of an actor's record after its id.
fn node(actor: &mut Actor, object: &mut Object) -> io::Result<()> {
    let free = beside(&mut actor.attributes);
    let mut id = Object::new();
    id.put("id", &actor.id)?;
    object.fields(&json(&actor)?, &id.finish());
    free.iter().try_for_each(|(name, value)| object.put(name, value))
}

/// The fields of a tie's record after its id, ends and relation.
fn edge(tie: &mut Tie, object: &mut Object) -> io::Result<()> {
    let free = beside(&mut tie.attributes);
    object.fields(&json(&tie)?, &ends(tie)?.finish());
    free.iter().try_for_each(|(name, value)| object.put(name, value))
}

fn ends(tie: &Tie) -> io::Result<Object> {
    let mut object = Object::new();
    if let Some(id) = &tie.id {
        object.put("id", id)?;
    }
    object.put("source", &tie.source)?;
    object.put("target", &tie.target)?;
    object.put("relation", &tie.relation)?;
    Ok(object)
}

pub(super) fn jgf(dataset: &Dataset, part: &Part<'_>, out: &mut impl Write) -> io::Result<Vec<String>> {
    let mut cited = Cited::default();
    let mut lines = Vec::new();
    for mut actor in nodes(dataset, part.actors) {
        cited.actor(&actor);
        let (mut object, mut metadata) = (Object::new(), Object::new());
        object.put("label", label(dataset, &actor))?;
        node(&mut actor, &mut metadata)?;
        if metadata.0.len() > 1 {
            object.raw("metadata", &metadata.finish())?;
        }
        lines.push(format!("{}: {}", json(&actor.id)?, object.finish()));
    }
    let nodes = lines.join(",\n      ");
    lines.clear();
    for index in part.ties {
        let mut tie = dataset.tie(*index);
        cited.tie(&tie);
        let (mut object, mut metadata) = (ends(&tie)?, Object::new());
        object.put("label", dataset.relation(*index).label("en"))?;
        edge(&mut tie, &mut metadata)?;
        if metadata.0.len() > 1 {
            object.raw("metadata", &metadata.finish())?;
        }
        lines.push(object.finish());
    }
    let mut metadata = Object::new();
    metadata.head(part, &Head::of(dataset, part, cited)?)?;
    writeln!(out, "{{\n  \"graph\": {{\n    \"directed\": true,")?;
    if let Some(title) = part.title {
        writeln!(out, "    \"label\": {},", json(&title)?)?;
    }
    writeln!(out, "    \"metadata\": {},", metadata.finish())?;
    writeln!(out, "    \"nodes\": {{\n      {nodes}\n    }},")?;
    writeln!(out, "    \"edges\": [\n      {}\n    ]\n  }}\n}}", lines.join(",\n      "))?;
    Ok(Vec::new())
}

pub(super) fn cytoscape(dataset: &Dataset, part: &Part<'_>, out: &mut impl Write) -> io::Result<Vec<String>> {
    let mut cited = Cited::default();
    let mut lines = Vec::new();
    for mut actor in nodes(dataset, part.actors) {
        cited.actor(&actor);
        let mut data = Object::new();
        data.put("id", &actor.id)?;
        // networkx takes the node from `value`, and Cytoscape shows the name.
        data.put("value", &actor.id)?;
        data.put("name", label(dataset, &actor))?;
        node(&mut actor, &mut data)?;
        lines.push(format!("{{\"data\": {}}}", data.finish()));
    }
    let nodes = lines.join(",\n      ");
    lines.clear();
    for index in part.ties {
        let mut tie = dataset.tie(*index);
        cited.tie(&tie);
        let mut data = ends(&tie)?;
        // By its key networkx tells one edge from another between the same two.
        data.put("key", dataset.ties().id(*index))?;
        data.put("label", dataset.relation(*index).label("en"))?;
        edge(&mut tie, &mut data)?;
        lines.push(format!("{{\"data\": {}}}", data.finish()));
    }
    let mut data = Object::new();
    if let Some(title) = part.title {
        data.put("title", title)?;
    }
    data.head(part, &Head::of(dataset, part, cited)?)?;
    writeln!(out, "{{\n  \"directed\": true,\n  \"multigraph\": true,\n  \"data\": {},", data.finish())?;
    writeln!(out, "  \"elements\": {{\n    \"nodes\": [\n      {nodes}\n    ],")?;
    writeln!(out, "    \"edges\": [\n      {}\n    ]\n  }}\n}}", lines.join(",\n      "))?;
    Ok(Vec::new())
}
