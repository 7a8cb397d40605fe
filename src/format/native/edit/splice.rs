//! Splices: a value put into a list of a JSON text, or taken out, with every other byte left as it is.
//!
//! What is put in and taken out again leaves the text as it was, wherever lists are written one record
//! a line or all on one line.

use std::ops::Range;

use serde_json::value::RawValue;
use thiserror::Error;

use crate::model::record::{Fields, IdText, message_of};

/// Why a file's text cannot be changed.
#[derive(Debug, Error)]
pub enum EditError {
    /// The text is no JSON object.
    #[error("the file is no graph: {0}")]
    NotJson(String),
    /// A value is not of the kind that it must be.
    #[error("`{0}` is not {1}")]
    Shape(String, &'static str),
    /// A record is not where it was looked for.
    #[error("no record stands there in `{0}`")]
    NoRecord(String),
}

/// The keys of a graph's parts in canonical order; a key that is missing is put after the last of those before it.
const ORDER: [&str; 16] = [
    "$schema",
    "directed",
    "multigraph",
    "graph",
    "nodes",
    "edges",
    "links",
    "title",
    "license",
    "generator",
    "relations",
    "references",
    "cites",
    "coverage",
    "same",
    "retracted",
];

/// The values of an object with their keys and places in the text.
fn fields(text: &str, object: &Range<usize>, name: &str) -> Result<Vec<(String, Range<usize>)>, EditError> {
    let inside = &text[object.clone()];
    if !inside.starts_with('{') {
        return Err(EditError::Shape(name.to_owned(), "an object"));
    }
    let fields: Fields<'_> =
        serde_json::from_str(inside).map_err(|error| EditError::NotJson(message_of(&error)))?;
    Ok(fields.0.into_iter().map(|(key, raw)| (key.as_str().to_owned(), place(text, raw.get()))).collect())
}

fn place(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}

/// The outermost object.
fn whole(text: &str) -> Result<Range<usize>, EditError> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw: &RawValue =
        serde_json::from_str(body).map_err(|error| EditError::NotJson(message_of(&error)))?;
    Ok(place(text, raw.get()))
}

/// The place of the value that a path leads to, if it is there.
fn find(text: &str, path: &[&str]) -> Result<Option<Range<usize>>, EditError> {
    let mut value = whole(text)?;
    let mut name = "the file";
    for key in path {
        let found = fields(text, &value, name)?.into_iter().find(|(field, _)| field == key);
        let Some((_, inside)) = found else { return Ok(None) };
        (value, name) = (inside, key);
    }
    Ok(Some(value))
}

/// The places of the values of a list; none when the list is not there.
pub(super) fn elements(text: &str, path: &[&str]) -> Result<Vec<Range<usize>>, EditError> {
    let Some(list) = find(text, path)? else { return Ok(Vec::new()) };
    if &text[list.clone()] == "null" {
        return Ok(Vec::new());
    }
    let values: Vec<&RawValue> =
        serde_json::from_str(&text[list]).map_err(|_| EditError::Shape(path.join("."), "a list"))?;
    Ok(values.into_iter().map(|raw| place(text, raw.get())).collect())
}

/// Where a record belongs in a list that is sorted by id; `None` when the list is not.
pub(super) fn sorted_place(text: &str, path: &[&str], id: &str) -> Result<Option<usize>, EditError> {
    let mut ids = Vec::new();
    for element in elements(text, path)? {
        let fields: Option<Fields<'_>> = serde_json::from_str(&text[element]).ok();
        let value = fields.and_then(|fields| fields.0.into_iter().find(|(key, _)| key.as_str() == "id"));
        let Some((_, raw)) = value else { return Ok(None) };
        let Ok(id) = serde_json::from_str::<IdText<'_>>(raw.get()) else { return Ok(None) };
        ids.push(id.as_str().to_owned());
    }
    let sorted = ids.windows(2).all(|pair| pair[0] < pair[1]);
    Ok(sorted.then(|| ids.partition_point(|known| known.as_str() < id)))
}

/// Puts a value into a list before the one at a place, or at the end; a list that is missing is made.
pub(super) fn insert(text: &str, path: &[&str], value: &str, at: Option<usize>) -> Result<String, EditError> {
    let Some(list) = find(text, path)? else {
        return insert(&with_key(text, path)?, path, value, at);
    };
    let elements = elements(text, path)?;
    let (cut, new) = match (elements.last(), at.filter(|at| *at < elements.len())) {
        (None, _) => (list.clone(), only(text, path, list.start, value)),
        (Some(_), Some(at)) => {
            let start = elements[at].start;
            (start..start, format!("{value},{}", gap(text, start)))
        }
        (Some(end), None) => (end.end..end.end, format!(",{}{value}", gap(text, end.start))),
    };
    Ok(spliced(text, cut, &new))
}

/// Takes a value out of a list. A list that is then empty goes too if it was made for such values.
pub(super) fn remove(text: &str, path: &[&str], at: usize, drops_empty: bool) -> Result<String, EditError> {
    let elements = elements(text, path)?;
    let element = elements.get(at).ok_or_else(|| EditError::NoRecord(path.join(".")))?;
    if elements.len() == 1 {
        let list = find(text, path)?.ok_or_else(|| EditError::NoRecord(path.join(".")))?;
        return if drops_empty { without_key(text, path) } else { Ok(spliced(text, list, "[]")) };
    }
    let cut = match elements.get(at + 1) {
        Some(next) => element.start..next.start,
        None => elements[at - 1].end..element.end,
    };
    Ok(spliced(text, cut, ""))
}

fn spliced(text: &str, cut: Range<usize>, new: &str) -> String {
    [&text[..cut.start], new, &text[cut.end..]].concat()
}

/// The blanks before a value of a list.
fn gap(text: &str, start: usize) -> &str {
    let before = &text[..start];
    let gap = &before[before.trim_end().len()..];
    // All on one line: the first value stands at the bracket, the others behind a comma and a blank.
    if gap.is_empty() { " " } else { gap }
}

/// A list of one value, on lines of its own if the list's key begins a line.
fn only(text: &str, path: &[&str], list: usize, value: &str) -> String {
    let line = text[..list].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..list];
    let indent = &before[..before.len() - before.trim_start().len()];
    let key = format!("\"{}\":", path[path.len() - 1]);
    if line > 0 && before.trim() == key {
        format!("[\n{indent}  {value}\n{indent}]")
    } else {
        format!("[{value}]")
    }
}

/// The text with the objects on the way and an empty list at the end of a path.
fn with_key(text: &str, path: &[&str]) -> Result<String, EditError> {
    let (key, parents) = path.split_last().expect("a path has a key");
    let Some(object) = find(text, parents)? else {
        return with_key(
            &with_value(text, &parents[..parents.len() - 1], parents[parents.len() - 1], "{}")?,
            path,
        );
    };
    let _ = object;
    with_value(text, parents, key, "[]")
}

fn with_value(text: &str, parents: &[&str], key: &str, value: &str) -> Result<String, EditError> {
    let object = find(text, parents)?.ok_or_else(|| EditError::NoRecord(parents.join(".")))?;
    let fields = fields(text, &object, parents.last().unwrap_or(&"the file"))?;
    let rank = |key: &str| ORDER.iter().position(|known| *known == key);
    let inside = &text[object.start + 1..object.end];
    let gap = &inside[..inside.len() - inside.trim_start().len()];
    let before =
        fields.iter().rposition(|(field, _)| rank(field).is_none_or(|known| Some(known) < rank(key)));
    Ok(match before {
        Some(at) => {
            let end = fields[at].1.end;
            let gap = if gap.is_empty() { " " } else { gap };
            spliced(text, end..end, &format!(",{gap}\"{key}\": {value}"))
        }
        None if fields.is_empty() => spliced(text, object, &format!("{{\"{key}\": {value}}}")),
        None => {
            let start = object.start + 1;
            let gap = if gap.is_empty() { " " } else { "" };
            let lead = &inside[..inside.len() - inside.trim_start().len()];
            spliced(text, start..start, &format!("{lead}\"{key}\": {value},{gap}"))
        }
    })
}

/// The text without the field that a path leads to.
fn without_key(text: &str, path: &[&str]) -> Result<String, EditError> {
    let (key, parents) = path.split_last().expect("a path has a key");
    let missing = || EditError::NoRecord(path.join("."));
    let object = find(text, parents)?.ok_or_else(missing)?;
    let fields = fields(text, &object, key)?;
    let at = fields.iter().position(|(field, _)| field == key).ok_or_else(missing)?;
    let end = fields[at].1.end;
    let cut = if at > 0 {
        fields[at - 1].1.end..end
    } else if fields.len() == 1 {
        object.start + 1..end
    } else {
        let comma = text[end..].find(',').map_or(end, |comma| end + comma + 1);
        let is_tight = text[object.start + 1..].starts_with('"');
        let blanks = text[comma..].len() - text[comma..].trim_start().len();
        object.start + 1..if is_tight { comma + blanks } else { comma }
    };
    Ok(spliced(text, cut, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "{\n  \"graph\": {\n    \"title\": \"t\"\n  },\n  \"nodes\": [\n    {\"id\": \"a\"},\n    {\"id\": \"c\"}\n  ],\n  \"edges\": []\n}\n";

    fn there_and_back(text: &str, path: &[&str], id: &str, drops_empty: bool) -> String {
        let value = format!("{{\"id\": \"{id}\"}}");
        let at = sorted_place(text, path, id).unwrap();
        let changed = insert(text, path, &value, at).unwrap();
        let found = elements(&changed, path).unwrap();
        let here = found.iter().position(|place| changed[place.clone()] == value).unwrap();
        assert_eq!(remove(&changed, path, here, drops_empty).unwrap(), text, "{changed}");
        changed
    }

    #[test]
    fn what_is_put_in_and_taken_out_leaves_the_bytes() {
        for id in ["0", "b", "d"] {
            let changed = there_and_back(LINES, &["nodes"], id, false);
            assert!(changed.contains(&format!("\n    {{\"id\": \"{id}\"}}")), "{changed}");
            there_and_back("{\"nodes\": [{\"id\": \"a\"}, {\"id\": \"c\"}]}", &["nodes"], id, false);
        }
        let changed = there_and_back(LINES, &["edges"], "x", false);
        assert!(changed.contains("\"edges\": [\n    {\"id\": \"x\"}\n  ]"), "{changed}");
        let changed = there_and_back(LINES, &["graph", "retracted"], "x", true);
        assert!(
            changed.contains("\"title\": \"t\",\n    \"retracted\": [\n      {\"id\": \"x\"}\n    ]"),
            "{changed}"
        );
        there_and_back("{\"graph\": {}, \"nodes\": []}", &["graph", "same"], "x", true);
        there_and_back("\u{feff}{\"graph\": {\"retracted\": [1]}}", &["graph", "same"], "x", true);
        there_and_back("{\n  \"graph\": {\n    \"retracted\": []\n  }\n}", &["graph", "same"], "x", true);
    }

    #[test]
    fn a_list_out_of_order_takes_the_value_at_its_end() {
        let text = "{\"edges\": [{\"id\": \"b\"}, {\"source\": \"a\"}]}";
        assert_eq!(sorted_place(text, &["edges"], "a").unwrap(), None);
        assert_eq!(insert(text, &["edges"], "1", None).unwrap(), text.replace("\"a\"}]", "\"a\"}, 1]"));
    }
}
