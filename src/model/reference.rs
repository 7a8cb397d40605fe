//! Documents that say things: CSL-JSON items, as Zotero exports them.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::{
    fault::Fault,
    id::{IdError, ReferenceId},
};
use crate::date::Day;

/// A document: a CSL-JSON item, kept whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    id: ReferenceId,
    item: Map<String, Value>,
}

impl Reference {
    /// Checks a CSL-JSON item.
    ///
    /// # Errors
    /// The fault, when the item is no object or has no proper `id`.
    pub fn from_item(item: Value) -> Result<Self, Fault> {
        let Value::Object(item) = item else {
            return Err(
                Fault::error(&[], "a reference must be a CSL-JSON object `{…}`").code("bad-reference")
            );
        };
        let id = match item.get("id") {
            Some(Value::String(id)) => id.clone(),
            Some(Value::Number(id)) => id.to_string(),
            _ => return Err(Fault::error(&[], "a reference needs an `id`").code("missing-id")),
        };
        let id = id.parse().map_err(|error: IdError| error.fault(&id, "id", &[]))?;
        Ok(Self { id, item })
    }

    /// The reference's id.
    pub fn id(&self) -> &ReferenceId {
        &self.id
    }

    /// The CSL-JSON item.
    pub fn item(&self) -> &Map<String, Value> {
        &self.item
    }

    /// A text field of the item, such as `title` or `URL`.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.item.get(field).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// The day up to which the reference can vouch for what it says: the first day of its date of
    /// issue as far as this is known, or the day it was accessed if it is undated.
    pub fn known_until(&self) -> Option<Day> {
        self.day("issued").or_else(|| self.day("accessed"))
    }

    fn day(&self, field: &str) -> Option<Day> {
        let date = self.item.get(field)?;
        let text = match date {
            Value::String(text) => Some(text.as_str()),
            Value::Object(date) => date.get("raw").and_then(Value::as_str),
            _ => None,
        };
        if let Some(text) = text {
            let date: crate::date::Date = text.parse().ok()?;
            return Some(date.span().0).filter(|day| *day != Day::MIN);
        }
        let parts = date.get("date-parts")?.as_array()?.last()?.as_array()?;
        let number = |at: usize| {
            let part = parts.get(at)?;
            part.as_i64().or_else(|| part.as_str().and_then(|text| text.parse().ok()))
        };
        let year = i32::try_from(number(0)?).ok()?;
        let month = number(1).map_or(Some(1), |month| u32::try_from(month).ok())?;
        let day = number(2).map_or(Some(1), |day| u32::try_from(day).ok())?;
        Day::from_ymd(year, month, day)
    }

    /// Author, year, title, container and address in one line.
    ///
    /// This is a plain listing, not a citation style.
    pub fn line(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let authors = self.authors();
        if !authors.is_empty() {
            parts.push(authors);
        }
        if let Some(title) = self.text("title") {
            parts.push(match self.text("type") {
                Some("book" | "report" | "dataset") => title.to_owned(),
                _ => format!("“{title}”"),
            });
        }
        for field in ["container-title", "publisher", "version"] {
            if let Some(text) = self.text(field) {
                parts.push(if field == "version" { format!("version {text}") } else { text.to_owned() });
            }
        }
        if let Some(year) = self.day("issued") {
            let circa = self.item.get("issued").and_then(|date| date.get("circa")).is_some();
            parts.push(if circa { format!("c. {}", year.ymd().0) } else { year.ymd().0.to_string() });
        }
        if let Some(address) = self.text("DOI").map(|doi| format!("https://doi.org/{doi}")) {
            parts.push(address);
        } else if let Some(address) = self.text("URL") {
            parts.push(address.to_owned());
        }
        if parts.is_empty() { self.id.to_string() } else { parts.join(", ") }
    }

    fn authors(&self) -> String {
        let Some(authors) = self.item.get("author").and_then(Value::as_array) else { return String::new() };
        let name = |author: &Value| {
            let field = |key: &str| author.get(key).and_then(Value::as_str);
            match (field("literal"), field("family"), field("given")) {
                (Some(literal), _, _) => literal.to_owned(),
                (None, Some(family), Some(given)) => format!("{family}, {given}"),
                (None, Some(one), None) | (None, None, Some(one)) => one.to_owned(),
                (None, None, None) => String::new(),
            }
        };
        authors.iter().map(name).filter(|name| !name.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(Some(self.item.len()))?;
        map.serialize_entry("id", self.id.as_str())?;
        if let Some(kind) = self.item.get("type") {
            map.serialize_entry("type", kind)?;
        }
        for (key, value) in self.item.iter().filter(|(key, _)| !matches!(key.as_str(), "id" | "type")) {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reference_vouches_until_the_first_day_of_its_issue() {
        let issued =
            Reference::from_item(json!({"id": "a", "issued": {"date-parts": [[2018, 11]]}})).unwrap();
        assert_eq!(issued.known_until(), Day::from_ymd(2018, 11, 1));
        let accessed =
            Reference::from_item(json!({"id": "b", "accessed": {"date-parts": [["2020", 2, 3]]}})).unwrap();
        assert_eq!(accessed.known_until(), Day::from_ymd(2020, 2, 3));
        assert_eq!(Reference::from_item(json!({"id": "c"})).unwrap().known_until(), None);
    }
}
