//! A bibliography in a citation style (CSL), set by `hayagriva`.
//!
//! References are CSL-JSON as people wrote it. What the library would not take (a date that is a range, a month that
//! is none, an object where it wants text) is brought into a form that it takes, or left out of the entry.

use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest,
    archive::{ArchivedStyle, locales},
    citationberg::{Style, json::Item},
};
use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::model::{Reference, fault::nearest};

/// No bibliography can be set in a style.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StyleError {
    /// No style has the name.
    #[error("no citation style `{name}`")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The style that was probably meant.
        near: Option<&'static str>,
    },
    /// The style is one of notes alone.
    #[error("the citation style `{0}` has no bibliography")]
    NoBibliography(String),
}

/// An entry of a bibliography.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Entry {
    /// The id of the reference.
    pub id: String,
    /// The entry, as plain text.
    pub text: String,
}

/// The names of all styles.
pub fn styles() -> impl Iterator<Item = &'static str> {
    ArchivedStyle::all().iter().flat_map(|style| style.names().iter().copied())
}

/// Sets references in a style, in the order of the style.
///
/// # Errors
/// When no style has the name, or the style has no bibliography.
pub fn bibliography(references: &[Reference], name: &str) -> Result<Vec<Entry>, StyleError> {
    let unknown = || StyleError::Unknown { name: name.to_owned(), near: nearest(name, styles()) };
    let style = match ArchivedStyle::by_name(name).ok_or_else(unknown)?.get() {
        Style::Independent(style) => style,
        Style::Dependent(_) => return Err(StyleError::NoBibliography(name.to_owned())),
    };
    if style.bibliography.is_none() {
        return Err(StyleError::NoBibliography(name.to_owned()));
    }
    let locales = locales();
    let items: Vec<Item> = references.iter().map(item).collect();
    let mut driver = BibliographyDriver::new();
    for item in &items {
        driver.citation(CitationRequest::from_items(vec![CitationItem::with_entry(item)], &style, &locales));
    }
    let set = driver.finish(BibliographyRequest::new(&style, None, &locales)).bibliography;
    let entries = set.ok_or_else(|| StyleError::NoBibliography(name.to_owned()))?.items;
    Ok(entries
        .into_iter()
        .map(|entry| {
            let text = match entry.first_field {
                Some(first) => format!("{first:#} {:#}", entry.content),
                None => format!("{:#}", entry.content),
            };
            Entry { id: entry.key, text: text.trim().to_owned() }
        })
        .collect())
}

/// A reference as the library takes it.
fn item(reference: &Reference) -> Item {
    let mut fields = Map::new();
    for (key, value) in reference.item() {
        let taken = match value {
            Value::String(_) => Some(value.clone()),
            Value::Number(number) => {
                Some(number.as_i64().map_or_else(|| number.to_string().into(), Value::from))
            }
            Value::Array(names) => names_of(names),
            Value::Object(date) => date_of(date),
            Value::Null | Value::Bool(_) => None,
        };
        if let Some(taken) = taken {
            fields.insert(key.clone(), taken);
        }
    }
    fields.insert("id".to_owned(), reference.id().as_str().into());
    let known = reference.text("type").is_some();
    if !known {
        fields.insert("type".to_owned(), "document".into());
    }
    let id = json!({"id": reference.id().as_str()});
    serde_json::from_value(Value::Object(fields))
        .or_else(|_| serde_json::from_value(id))
        .expect("an item of an id alone is one")
}

fn names_of(names: &[Value]) -> Option<Value> {
    let name = |name: &Value| {
        let part = |key: &str| name.get(key).and_then(Value::as_str);
        if let Some(literal) = part("literal") {
            return Some(json!({"literal": literal}));
        }
        let parts = ["family", "given", "non-dropping-particle", "dropping-particle", "suffix"];
        let parts: Map<String, Value> =
            parts.iter().filter_map(|key| Some(((*key).to_owned(), part(key)?.into()))).collect();
        (!parts.is_empty()).then_some(Value::Object(parts))
    };
    let names: Vec<Value> = names.iter().filter_map(name).collect();
    (!names.is_empty()).then_some(Value::Array(names))
}

/// The first day, month or year of a date.
fn date_of(date: &Map<String, Value>) -> Option<Value> {
    let parts = date.get("date-parts")?.as_array()?.first()?.as_array()?;
    let number = |at: usize| {
        let part = parts.get(at)?;
        part.as_i64().or_else(|| part.as_str()?.parse().ok())
    };
    let mut taken = vec![number(0).filter(|year| i16::try_from(*year).is_ok())?];
    if let Some(month) = number(1).filter(|month| (1..=12).contains(month)) {
        taken.push(month);
        taken.extend(number(2).filter(|day| (1..=31).contains(day)));
    }
    Some(json!({"date-parts": [taken]}))
}
