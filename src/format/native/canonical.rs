//! The canonical form of a native file: fixed order of keys, one record a line, sorted by id.
//!
//! It is made from the text and not from the records, so that nothing is lost that a reader has no place for:
//! keys that nobody knows stay, after the others, and numbers stay as they are written. What a file says is the
//! same before and after, and so is the hash of the dataset.

use serde_json::value::RawValue;

use super::file::{FileRecord, GraphRecord};
use crate::model::record::{
    ActorRecord, CitationRecord, ClaimRecord, Fields, NameRecord, QuantityRecord, RoleRecord, TieRecord,
};

/// The keys of a record in their order, and the records inside it.
struct Shape {
    keys: &'static [&'static str],
    inside: &'static [(&'static str, &'static Shape)],
}

/// Anything else: keys by letter.
const PLAIN: Shape = Shape { keys: &[], inside: &[] };
const CITATION: Shape = Shape { keys: CitationRecord::KEYS, inside: &[] };
const ROLE: Shape = Shape { keys: RoleRecord::KEYS, inside: &[] };
const QUANTITY: Shape = Shape { keys: QuantityRecord::KEYS, inside: &[] };
const NAME: Shape = Shape { keys: NameRecord::KEYS, inside: &[] };
const CLAIM: Shape = Shape {
    keys: ClaimRecord::KEYS,
    inside: &[("cites", &CITATION), ("role", &ROLE), ("quantity", &QUANTITY)],
};
const ACTOR: Shape = Shape { keys: ActorRecord::KEYS, inside: &[("names", &NAME), ("cites", &CITATION)] };
const TIE: Shape = Shape {
    keys: TieRecord::KEYS,
    inside: &[("claims", &CLAIM), ("cites", &CITATION), ("role", &ROLE), ("quantity", &QUANTITY)],
};
const RELATION: Shape = Shape {
    keys: &[
        "id",
        "labels",
        "channel",
        "lasting",
        "symmetric",
        "polarity",
        "cameo",
        "plover",
        "mode",
        "quad",
        "goldstein",
        "source_kinds",
        "target_kinds",
        "levels",
        "trends",
        "modes",
        "starts",
        "ends",
        "sentences",
    ],
    inside: &[],
};
/// The fields of CSL in the order of a bibliography.
const REFERENCE: Shape = Shape {
    keys: &[
        "id",
        "type",
        "title",
        "title-short",
        "author",
        "editor",
        "translator",
        "container-title",
        "collection-title",
        "publisher",
        "publisher-place",
        "edition",
        "version",
        "volume",
        "issue",
        "number",
        "page",
        "issued",
        "original-date",
        "accessed",
        "language",
        "DOI",
        "ISBN",
        "ISSN",
        "URL",
        "archive",
        "archive_location",
        "note",
    ],
    inside: &[],
};

/// The canonical form of a file's text.
///
/// # Errors
/// When the text is not JSON, or no object.
///
/// # Complexity
/// Time O(n log n), for a text of n bytes.
pub fn canonical(text: &str) -> Result<String, serde_json::Error> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fields: Fields<'_> = serde_json::from_str(body)?;
    let mut lines = Vec::new();
    let order = ["$schema"].into_iter().chain(FileRecord::KEYS.iter().copied());
    for (key, value) in ordered(fields, order) {
        let value = match key.as_str() {
            "graph" => graph(&value)?,
            "nodes" => list(&value, &ACTOR, "  ")?,
            "edges" | "links" => list(&value, &TIE, "  ")?,
            _ => rendered(&value, &PLAIN)?,
        };
        lines.push(format!("  {}: {value}", string(&key)));
    }
    Ok(format!("{{\n{}\n}}\n", lines.join(",\n")))
}

/// The canonical form of one reference.
pub(super) fn reference(json: &str) -> Result<String, serde_json::Error> {
    rendered(json, &REFERENCE)
}

/// The canonical form of one record: its keys in order, on one line.
pub(crate) fn record_line(key: &str, json: &str) -> Result<String, serde_json::Error> {
    let shape = match key {
        "nodes" => &ACTOR,
        "edges" => &TIE,
        "references" => &REFERENCE,
        "relations" => &RELATION,
        _ => &PLAIN,
    };
    rendered(json, shape)
}

fn graph(raw: &str) -> Result<String, serde_json::Error> {
    if !raw.starts_with('{') {
        return rendered(raw, &PLAIN);
    }
    let mut lines = Vec::new();
    for (key, value) in ordered(serde_json::from_str(raw)?, GraphRecord::ORDER.iter().copied()) {
        let value = match key.as_str() {
            "references" => list(&value, &REFERENCE, "    ")?,
            "relations" => list(&value, &RELATION, "    ")?,
            "cites" => rendered(&value, &CITATION)?,
            _ => rendered(&value, &PLAIN)?,
        };
        lines.push(format!("    {}: {value}", string(&key)));
    }
    Ok(if lines.is_empty() { "{}".to_owned() } else { format!("{{\n{}\n  }}", lines.join(",\n")) })
}

/// A list of records, one a line, by id; those without an id follow, by their text.
fn list(raw: &str, shape: &Shape, indent: &str) -> Result<String, serde_json::Error> {
    if !raw.starts_with('[') {
        return rendered(raw, shape);
    }
    let records: Vec<&RawValue> = serde_json::from_str(raw)?;
    let mut lines = Vec::with_capacity(records.len());
    for record in records {
        let line = rendered(record.get(), shape)?;
        lines.push((id_of(record.get()), line));
    }
    lines.sort_by(|(a, x), (b, y)| (a.is_none(), a, x).cmp(&(b.is_none(), b, y)));
    if lines.is_empty() {
        return Ok("[]".to_owned());
    }
    let lines: Vec<String> = lines.into_iter().map(|(_, line)| format!("{indent}  {line}")).collect();
    Ok(format!("[\n{}\n{indent}]", lines.join(",\n")))
}

fn id_of(record: &str) -> Option<String> {
    let fields: Fields<'_> = serde_json::from_str(record).ok()?;
    let id = fields.0.into_iter().find(|(key, _)| key.as_str() == "id").map(|(_, value)| value.get())?;
    serde_json::from_str(id).ok().or_else(|| Some(id.to_owned()))
}

/// Keys in the order given, then the others by letter; a key that stands twice stays twice.
fn ordered<'k>(fields: Fields<'_>, order: impl Iterator<Item = &'k str>) -> Vec<(String, String)> {
    let order: Vec<&str> = order.collect();
    let mut fields: Vec<(usize, String, String)> = fields
        .0
        .into_iter()
        .map(|(key, value)| {
            let at = order.iter().position(|known| *known == key.as_str()).unwrap_or(usize::MAX);
            (at, key.as_str().to_owned(), value.get().to_owned())
        })
        .collect();
    fields.sort_by(|(a, x, _), (b, y, _)| (a, x).cmp(&(b, y)));
    fields.into_iter().map(|(_, key, value)| (key, value)).collect()
}

/// A value on one line.
fn rendered(raw: &str, shape: &Shape) -> Result<String, serde_json::Error> {
    let raw = raw.trim();
    Ok(match raw.as_bytes().first() {
        Some(b'{') => {
            let mut parts = Vec::new();
            for (key, value) in ordered(serde_json::from_str(raw)?, shape.keys.iter().copied()) {
                let inside =
                    shape.inside.iter().find(|(name, _)| *name == key).map_or(&PLAIN, |(_, shape)| shape);
                parts.push(format!("{}: {}", string(&key), rendered(&value, inside)?));
            }
            format!("{{{}}}", parts.join(", "))
        }
        Some(b'[') => {
            let values: Vec<&RawValue> = serde_json::from_str(raw)?;
            let parts: Result<Vec<String>, _> =
                values.iter().map(|value| rendered(value.get(), shape)).collect();
            format!("[{}]", parts?.join(", "))
        }
        Some(b'"') => string(&serde_json::from_str::<String>(raw)?),
        _ => raw.to_owned(),
    })
}

fn string(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn records_stand_one_a_line_by_id_with_their_keys_in_order() {
        let text = "\u{feff}{\"nodes\":[{\"kind\":\"country\",\"id\":\"b\"},\r\n{\"x\":1.0,\"id\":\"\\u8499\",\"names\":[{\"lang\":\"en\",\"text\":\"A\"}]},{\"id\":\"a\"}],\
                    \"edges\":[],\"graph\":{\"references\":[{\"title\":\"T\",\"id\":\"r\"}],\"title\":\"t\"}}";
        assert_eq!(
            canonical(text).expect("it is JSON"),
            r#"{
  "graph": {
    "title": "t",
    "references": [
      {"id": "r", "title": "T"}
    ]
  },
  "nodes": [
    {"id": "a"},
    {"id": "b", "kind": "country"},
    {"id": "蒙", "names": [{"text": "A", "lang": "en"}], "x": 1.0}
  ],
  "edges": []
}
"#
        );
    }

    #[test]
    fn what_is_no_object_is_refused() {
        assert!(canonical("[1]").is_err() && canonical("{").is_err() && canonical("").is_err());
    }
}
