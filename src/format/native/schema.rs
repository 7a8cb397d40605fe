//! The JSON Schema of the native form, made from the records that read it.

use serde_json::{Value, json};

use super::file::{FileRecord, GraphRecord};
use crate::model::{
    ActorKind,
    record::{ActorRecord, CoverageRecord, Describe, TieRecord},
};

/// The JSON Schema (2020-12) of a native file.
///
/// A file that it refuses is refused by the reader too; the reader finds more, such as ids that name nothing.
pub fn schema() -> Value {
    let mut actor = ActorRecord::describe();
    actor["required"] = json!(["id"]);
    let properties = &mut actor["properties"];
    properties["kind"]["enum"] = json!(ActorKind::ALL.map(ActorKind::as_str));
    let name = &mut properties["names"]["items"];
    name["required"] = json!(["text"]);
    name["properties"]["use"]["enum"] = json!(["official", "common", "former", "romanisation", "wrong"]);
    properties["cites"]["items"]["required"] = json!(["ref"]);
    properties["attributes"]["type"] = json!("object");

    let statuses = json!(crate::date::Status::ALL.map(crate::date::Status::as_str));
    let mut tie = TieRecord::describe();
    tie["required"] = json!(["source", "target"]);
    let properties = &mut tie["properties"];
    properties["status"]["enum"] = statuses.clone();
    properties["cites"]["items"]["required"] = json!(["ref"]);
    properties["attributes"]["type"] = json!("object");
    let claim = &mut properties["claims"]["items"]["properties"];
    claim["status"]["enum"] = statuses;
    claim["cites"]["items"]["required"] = json!(["ref"]);

    let mut file = FileRecord::describe();
    file["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    file["title"] = json!("A graph of Chancery");
    file["description"] = json!("Actors, dated ties and references as node-link JSON.");
    let properties = &mut file["properties"];
    properties["nodes"]["items"] = actor;
    properties["edges"]["items"] = tie.clone();
    properties["links"]["items"] = tie;
    let mut graph = GraphRecord::describe();
    graph["properties"]["references"]["items"] = json!({
        "type": "object", "required": ["id"], "description": "A CSL-JSON item, as Zotero exports it."
    });
    let mut coverage = CoverageRecord::describe();
    coverage["properties"]["ends"]["enum"] = json!(["both", "one"]);
    let description = graph["properties"]["coverage"]["description"].take();
    let list = json!({"type": "array", "items": coverage.clone()});
    graph["properties"]["coverage"] = json!({"description": description, "anyOf": [coverage, list]});
    graph["description"] = properties["graph"]["description"].clone();
    properties["graph"] = graph;
    file
}
