//! Merges of two actors: a record under `graph.same`, put in and taken out.

use super::{
    EditError,
    record::line,
    splice::{elements, insert, remove},
};
use crate::model::{Same, record::SameRecord};

/// Where merges stand.
const SAME: [&str; 2] = ["graph", "same"];

/// Declares two actors to be one; gives the new text and the new line.
///
/// # Errors
/// When the text is no graph.
pub fn merge(text: &str, same: &Same) -> Result<(String, String), EditError> {
    let line = line(same);
    // Merges have no ids: they stand in the order of the actors that gave up theirs.
    let known = merges(text)?;
    let is_sorted = known.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let at = is_sorted.then(|| known.partition_point(|(actor, _)| actor.as_str() < same.actor.as_str()));
    Ok((insert(text, &SAME, &line, at)?, line))
}

/// Takes the declaration that an actor is the same as another back; `None` when there is none. Gives the new
/// text and the line that was taken out.
///
/// # Errors
/// When the text is no graph.
pub fn unmerge(text: &str, actor: &str, same_as: &str) -> Result<Option<(String, String)>, EditError> {
    let known = merges(text)?;
    let Some(at) = known.iter().position(|(from, into)| from == actor && into == same_as) else {
        return Ok(None);
    };
    let line = text[elements(text, &SAME)?[at].clone()].to_owned();
    Ok(Some((remove(text, &SAME, at, true)?, line)))
}

/// Who is declared the same as whom, in the order of the text; empty ids for what is no merge.
fn merges(text: &str) -> Result<Vec<(String, String)>, EditError> {
    let mut merges = Vec::new();
    for element in elements(text, &SAME)? {
        let record: SameRecord<'_> = serde_json::from_str(&text[element]).unwrap_or_default();
        let id = |id: Option<crate::model::record::IdText<'_>>| {
            id.map(|id| id.as_str().to_owned()).unwrap_or_default()
        };
        merges.push((id(record.actor), id(record.same_as)));
    }
    Ok(merges)
}
