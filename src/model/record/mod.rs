//! What stands in a file, before it is checked: records that borrow from its text.
//!
//! Reading is in two steps so that it is fast when a file is right and thorough when it is not. A
//! record is read in one pass into borrowed fields; only if that fails is it read again, field by
//! field, so that every fault in it is found at its place. What the fields *mean* (dates, kinds,
//! statuses) is checked by the constructors of the records' owned forms.

mod actor;
mod coverage;
mod describe;
mod same;
mod text;
mod tie;

pub use actor::{ActorRecord, NameRecord};
pub use coverage::CoverageRecord;
pub use describe::Describe;
pub(crate) use describe::object;
pub use same::SameRecord;
pub(crate) use text::Fields;
pub use text::{IdText, OneOrMany, Text};
pub use tie::{CitationRecord, ClaimRecord, QuantityRecord, RoleRecord, TieRecord};

/// A fault in one field of a record, at a byte of the record's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Bytes from the start of the record's text.
    pub offset: usize,
    /// What is wrong, in the user's words.
    pub message: String,
}

/// Turns a line and column of `serde_json` (both from 1, columns in bytes) into a byte of the text.
pub(crate) fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = if line <= 1 {
        0
    } else {
        text.bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .nth(line - 2)
            .map_or(text.len(), |(at, _)| at + 1)
    };
    (start + column.saturating_sub(1)).min(text.len())
}

/// Where the scalar begins at whose end, or just after, a byte of a JSON text stands; that byte where there is none.
pub(crate) fn scalar_at(text: &str, byte: usize) -> usize {
    let bytes = text.as_bytes();
    let ends = |at: usize| bytes.get(at).is_some_and(|byte| !b",]} \t\r\n".contains(byte));
    let Some(last) = [byte, byte.wrapping_sub(1)].into_iter().find(|at| ends(*at)) else { return byte };
    match bytes[last] {
        b'"' => {
            let quotes = (0..last).rev().filter(|at| bytes[*at] == b'"');
            let is_free =
                |at: &usize| bytes[..*at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0;
            quotes.into_iter().find(is_free).unwrap_or(last)
        }
        found if found.is_ascii_alphanumeric() => {
            let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
            last + 1 - bytes[..=last].iter().rev().take_while(|byte| is_part(byte)).count()
        }
        _ => last,
    }
}

/// The message of a `serde_json` error without its own position, which is told apart.
pub(crate) fn message_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    let text = &text[..end];
    // serde speaks of Rust; a file holds lists and objects.
    let found = text.strip_prefix("invalid type: ").or_else(|| text.strip_prefix("invalid value: "));
    if let Some((found, expected)) = found.and_then(|rest| rest.split_once(", expected ")) {
        let expected = match expected {
            "u32" | "usize" => "a whole number that is not negative",
            "f64" => "a number",
            "a boolean" => "`true` or `false`",
            other => other,
        };
        let found = match found.split_once(' ') {
            None if found == "sequence" => "a list".to_owned(),
            None if found == "map" => "an object".to_owned(),
            None if found == "null" => "`null`".to_owned(),
            Some(("integer" | "floating", number)) => {
                format!("the number {}", number.trim_start_matches("point "))
            }
            Some(("boolean", value)) => value.to_owned(),
            Some(("string", text)) => format!("the text {text}"),
            Some(_) | None => found.to_owned(),
        };
        return format!("expected {expected}, found {found}");
    }
    match text {
        "EOF while parsing a list" => "the text ends inside a list".to_owned(),
        "EOF while parsing an object" => "the text ends inside an object".to_owned(),
        "EOF while parsing a string" => "the text ends inside a string".to_owned(),
        "EOF while parsing a value" => "the text ends where a value is expected".to_owned(),
        "expected value" => "a value is expected".to_owned(),
        "key must be a string" => "a key must be a string in double quotes".to_owned(),
        "trailing characters" => "more text after the end of the value".to_owned(),
        other => other.to_owned(),
    }
}

/// What mends a value of the wrong type, told by the message about it.
pub(crate) fn hint_of(message: &str) -> Option<String> {
    let (key, expected) = message.split_once(": expected ")?;
    let shape = match key {
        "`cites`" => r#"a citation is an object in a list: [{"ref": "ID", "locator": "p. 5"}]"#,
        "`names`" => r#"a name is an object in a list: [{"text": "Mongolia", "lang": "en"}]"#,
        "`quantity`" => r#"a quantity is an object: {"value": 500, "unit": "person"}"#,
        "`role`" => r#"a role is an object: {"code": "ambassador", "label": "Ambassador to Cuba"}"#,
        "`codes`" => r#"codes are an object, each under its scheme: {"iso3": "MNG"}"#,
        "`claims`" => r#"claims are objects in a list: [{"when": "1999", "cites": [{"ref": "ID"}]}]"#,
        _ if expected.starts_with("a string, found the number") => "write it in double quotes",
        _ => return None,
    };
    Some(shape.to_owned())
}

/// Declares a record: a struct of optional borrowed fields, read from a JSON object in one pass,
/// keys that no field has kept apart, and a second, tolerant reading that gathers every fault.
macro_rules! record {
    ($(#[$doc:meta])* $vis:vis $name:ident { $($(#[doc = $field_doc:literal])* $field:ident $($key:literal)? : $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        $vis struct $name<'a> {
            $($(#[doc = $field_doc])* $vis $field: Option<$type>,)+
            /// Keys that the record has no place for, with their values.
            $vis unknown: Vec<(crate::model::record::Text<'a>, &'a serde_json::value::RawValue)>,
        }

        #[allow(dead_code, reason = "a record inside another is read with it")]
        impl<'a> $name<'a> {
            /// The keys of the record, in canonical order.
            $vis const KEYS: &'static [&'static str] = &[$(crate::model::record::key!($field $($key)?)),+];

            /// Reads the record in one pass, or all its faults in a second one.
            ///
            /// The record that comes with faults holds the fields that are right.
            $vis fn read(raw: &'a serde_json::value::RawValue) -> (Self, Vec<crate::model::record::FieldError>) {
                match serde_json::from_str::<Self>(raw.get()) {
                    Ok(record) => (record, Vec::new()),
                    Err(_) => Self::diagnose(raw),
                }
            }

            fn diagnose(raw: &'a serde_json::value::RawValue) -> (Self, Vec<crate::model::record::FieldError>) {
                let text = raw.get();
                let mut record = Self::default();
                let mut errors = Vec::new();
                let fields = match serde_json::from_str::<crate::model::record::Fields<'a>>(text) {
                    Ok(fields) => fields.0,
                    Err(error) => {
                        let offset = crate::model::record::offset_of(text, error.line(), error.column());
                        let message = crate::model::record::message_of(&error);
                        return (record, vec![crate::model::record::FieldError { offset, message }]);
                    }
                };
                let mut seen: Vec<String> = Vec::new();
                for (key, value) in fields {
                    let value_at = value.get().as_ptr() as usize - text.as_ptr() as usize;
                    if seen.iter().any(|name| name.as_str() == key.as_str()) {
                        let message = format!("the key `{}` stands twice in one record", key.as_str());
                        errors.push(crate::model::record::FieldError { offset: value_at, message });
                    }
                    seen.push(key.as_str().to_owned());
                    let read = match key.as_str() {
                        $(crate::model::record::key!($field $($key)?) => serde_json::from_str::<Option<$type>>(value.get())
                            .map(|field| record.$field = field),)+
                        _ => {
                            record.unknown.push((key.clone(), value));
                            Ok(())
                        }
                    };
                    if let Err(error) = read {
                        let inside = crate::model::record::offset_of(value.get(), error.line(), error.column());
                        let at_value = inside == value.get().len() || !value.get().starts_with(['{', '[']);
                        errors.push(crate::model::record::FieldError {
                            offset: value_at
                                + if at_value { 0 } else { crate::model::record::scalar_at(value.get(), inside) },
                            message: format!("`{}`: {}", key.as_str(), crate::model::record::message_of(&error)),
                        });
                    }
                }
                (record, errors)
            }
        }

        impl<'a> crate::model::record::Describe for $name<'a> {
            fn describe() -> serde_json::Value {
                crate::model::record::object(vec![$((
                    crate::model::record::key!($field $($key)?),
                    <$type as crate::model::record::Describe>::describe(),
                    [$($field_doc.trim()),*].join(" "),
                )),+])
            }
        }

        impl<'de: 'a, 'a> serde::Deserialize<'de> for $name<'a> {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor<'a>(std::marker::PhantomData<&'a ()>);
                impl<'de: 'a, 'a> serde::de::Visitor<'de> for Visitor<'a> {
                    type Value = $name<'a>;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object `{…}`")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                        let mut record = $name::default();
                        while let Some(key) = map.next_key::<crate::model::record::Text<'a>>()? {
                            match key.as_str() {
                                $(crate::model::record::key!($field $($key)?) => {
                                    if record.$field.is_some() {
                                        return Err(serde::de::Error::duplicate_field(crate::model::record::key!($field $($key)?)));
                                    }
                                    record.$field = map.next_value::<Option<$type>>()?;
                                })+
                                _ => {
                                    let value = map.next_value()?;
                                    record.unknown.push((key, value));
                                }
                            }
                        }
                        Ok(record)
                    }
                }
                deserializer.deserialize_map(Visitor(std::marker::PhantomData))
            }
        }
    };
}
pub(crate) use record;

/// The key of a field: its name, unless another is given.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}
pub(crate) use key;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_scalar_is_found_from_its_end() {
        for (text, byte, start) in [
            (r#"["r"]"#, 3, 1),
            (r#"["r"]"#, 4, 1),
            (r#"[{"a": "b \" c"}]"#, 14, 7),
            ("[1999, -2.5]", 10, 7),
            ("[true]", 5, 1),
            ("[[", 1, 1),
        ] {
            assert_eq!(scalar_at(text, byte), start, "{text} {byte}");
        }
    }
}
