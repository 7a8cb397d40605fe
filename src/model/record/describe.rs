//! What a record may hold, as JSON Schema: made from the fields themselves, so that it cannot lag behind.

use serde_json::{Map, Value, json, value::RawValue};

use super::{IdText, OneOrMany, Text, text::CodesRecord};

/// A type that says what JSON it is read from.
pub trait Describe {
    /// The JSON Schema (2020-12) of the values it is read from.
    fn describe() -> Value;
}

/// The schema of a record: its keys in canonical order, each with what it is for.
pub(crate) fn object(fields: Vec<(&'static str, Value, String)>) -> Value {
    let mut properties = Map::new();
    for (key, mut schema, doc) in fields {
        if let (Some(schema), false) = (schema.as_object_mut(), doc.is_empty()) {
            schema.insert("description".to_owned(), json!(doc));
        }
        properties.insert(key.to_owned(), schema);
    }
    json!({"type": "object", "properties": properties})
}

impl Describe for Text<'_> {
    fn describe() -> Value {
        json!({"type": "string"})
    }
}

impl Describe for IdText<'_> {
    fn describe() -> Value {
        json!({"type": ["string", "integer"]})
    }
}

impl Describe for bool {
    fn describe() -> Value {
        json!({"type": "boolean"})
    }
}

impl Describe for f64 {
    fn describe() -> Value {
        json!({"type": "number"})
    }
}

impl Describe for u32 {
    fn describe() -> Value {
        json!({"type": "integer", "minimum": 0, "maximum": u32::MAX})
    }
}

impl Describe for usize {
    fn describe() -> Value {
        json!({"type": "integer", "minimum": 0})
    }
}

impl Describe for &RawValue {
    fn describe() -> Value {
        json!({})
    }
}

impl<T: Describe> Describe for Vec<T> {
    fn describe() -> Value {
        json!({"type": "array", "items": T::describe()})
    }
}

impl<T: Describe> Describe for OneOrMany<T> {
    fn describe() -> Value {
        json!({"anyOf": [T::describe(), {"type": "array", "items": T::describe()}]})
    }
}

impl Describe for CodesRecord<'_> {
    fn describe() -> Value {
        json!({"type": "object", "additionalProperties": OneOrMany::<IdText<'_>>::describe()})
    }
}
