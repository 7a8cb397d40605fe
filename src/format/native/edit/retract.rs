//! Retractions: a record out of its list and into `graph.retracted`, whole, with the reason; and back.

use serde_json::value::RawValue;

use super::{
    EditError, What, list,
    record::line,
    splice::{elements, insert, remove, sorted_place},
};
use crate::model::{
    Fault,
    record::{FieldError, IdText, Text, record},
};

/// Where retractions stand.
const RETRACTED: [&str; 2] = ["graph", "retracted"];

record! {
    /// A record that was taken out, kept whole.
    RetractedRecord {
        /// Its id; of a tie without one, the id that the dataset gave it.
        id: IdText<'a>,
        /// `actor`, `tie` or `reference`.
        what: Text<'a>,
        /// Its place in a list that is not sorted by id.
        at: usize,
        /// Why it was taken out.
        why: Text<'a>,
        /// The record as it stood.
        record: &'a RawValue,
    }
}

/// What is wrong with a retraction, each fault at a byte of its text.
pub(in super::super) fn faults(raw: &RawValue) -> Vec<(usize, Fault)> {
    let (record, errors) = RetractedRecord::read(raw);
    let at = |FieldError { offset, message }| (offset, Fault::error(&[], message));
    let mut faults: Vec<_> = errors.into_iter().map(at).collect();
    if faults.is_empty() {
        let known = record.what.as_ref().is_some_and(|what| find_what(what.as_str()).is_some());
        for (there, key) in [
            (record.id.is_some(), "an `id`"),
            (known, "a `what`: actor, tie or reference"),
            (record.why.is_some(), "a `why`"),
            (record.record.is_some(), "the whole `record`"),
        ] {
            if !there {
                faults.push((0, Fault::error(&[], format!("a retraction needs {key}"))));
            }
        }
    }
    faults
}

fn find_what(word: &str) -> Option<What> {
    What::ALL.into_iter().find(|what| what.as_str() == word)
}

/// A change of a text, and the line that tells of it.
pub struct Change {
    /// The new text.
    pub text: String,
    /// What the record is.
    pub what: What,
    /// The line that was put in.
    pub line: String,
}

/// Takes the record that stands at a byte out of its list, and keeps it under `graph.retracted`.
///
/// # Errors
/// When the text is no graph, or no such record stands there.
pub fn retract(text: &str, what: What, start: usize, id: &str, why: &str) -> Result<Change, EditError> {
    let mut path = list(text, what)?;
    let at_byte = |path: &[&str]| -> Result<Option<usize>, EditError> {
        Ok(elements(text, path)?.iter().position(|element| element.start == start))
    };
    let mut found = at_byte(&path)?;
    if found.is_none() && what == What::Tie {
        path = vec!["links"];
        found = at_byte(&path)?;
    }
    let at = found.ok_or_else(|| EditError::NoRecord(path.join(".")))?;
    let record = text[elements(text, &path)?[at].clone()].to_owned();
    let place = match sorted_place(text, &path, id)? {
        Some(_) => String::new(),
        None => format!("\"at\": {at}, "),
    };
    let entry = format!(
        "{{\"id\": {}, \"what\": \"{}\", {place}\"why\": {}, \"record\": {record}}}",
        line(&id),
        what.as_str(),
        line(&why)
    );
    let text = insert(&remove(text, &path, at, false)?, &RETRACTED, &entry, None)?;
    Ok(Change { text, what, line: entry })
}

/// Puts the record that was last retracted under an id back where it stood; `None` when none was.
///
/// # Errors
/// When the text is no graph.
pub fn restore(text: &str, id: &str) -> Result<Option<Change>, EditError> {
    let mut last = None;
    for (number, element) in elements(text, &RETRACTED)?.into_iter().enumerate() {
        let Ok(entry) = serde_json::from_str::<RetractedRecord<'_>>(&text[element]) else { continue };
        let what = entry.what.as_ref().and_then(|what| find_what(what.as_str()));
        if let (Some(what), Some(record), true) =
            (what, entry.record, entry.id.is_some_and(|known| known.as_str() == id))
        {
            last = Some((number, what, entry.at, record.get().to_owned()));
        }
    }
    let Some((number, what, at, record)) = last else { return Ok(None) };
    let text = remove(text, &RETRACTED, number, true)?;
    let path = list(&text, what)?;
    let at = match at {
        Some(at) => Some(at),
        None => sorted_place(&text, &path, id)?,
    };
    Ok(Some(Change { text: insert(&text, &path, &record, at)?, what, line: record }))
}

/// The ids of all that is retracted in a text, with the reasons, in order.
///
/// # Errors
/// When the text is no graph.
pub fn retracted(text: &str) -> Result<Vec<(String, String)>, EditError> {
    let mut found = Vec::new();
    for element in elements(text, &RETRACTED)? {
        if let Ok(RetractedRecord { id: Some(id), why, .. }) = serde_json::from_str(&text[element]) {
            let why = why.map(|why| why.as_str().to_owned()).unwrap_or_default();
            found.push((id.as_str().to_owned(), why));
        }
    }
    Ok(found)
}
