//! Writes Pajek's `.net`: vertices by number, named by the ids of actors; arcs with their relations.
//!
//! Pajek has no place for the rest, which is counted and said.

use std::io::{self, Write};

use rustc_hash::FxHashMap;

use crate::{
    dataset::Dataset,
    format::native::{GENERATOR, Part},
};

use super::{counted, record::tie_texts};

pub(super) fn write(dataset: &Dataset, part: &Part<'_>, out: &mut impl Write) -> io::Result<Vec<String>> {
    let mut text = format!("*Network {GENERATOR}\n*Vertices {}\n", part.actors.len());
    let mut lost = Lost::default();
    let mut numbers = FxHashMap::default();
    for (at, index) in part.actors.iter().enumerate() {
        numbers.insert(*index, at + 1);
        text.push_str(&format!("{} {}\n", at + 1, lost.quoted(dataset.actors().id(*index))));
        let actor = dataset.actor(*index);
        let is_bare = actor.names.is_empty() && actor.codes.is_empty() && actor.attributes.is_empty();
        lost.records += usize::from(!is_bare || actor.kind.is_some() || !actor.cites.is_empty());
    }
    text.push_str("*Arcs\n");
    for index in part.ties {
        let tie = dataset.tie(*index);
        let end = |actor| numbers.get(&actor).copied().unwrap_or_default();
        let (source, target) = (end(dataset.ties().source(*index)), end(dataset.ties().target(*index)));
        let weight = tie.attributes.get("weight").and_then(serde_json::Value::as_f64);
        let weight = weight.unwrap_or_else(|| f64::from(tie.count.unwrap_or(1)));
        let relation = lost.quoted(tie.relation.as_str());
        text.push_str(&format!("{source} {target} {weight} l {relation}\n"));
        lost.dates += usize::from(tie.claims().iter().any(|claim| !claim.dating.is_empty()));
        lost.cites += usize::from(tie.claims().iter().any(|claim| !claim.cites.is_empty()));
        let others = tie_texts(&tie).iter().skip(5).flatten().count();
        let more =
            others > usize::from(tie.count.is_some()) || tie.attributes.keys().any(|key| key != "weight");
        lost.fields += usize::from(more || tie.role.is_some() || !tie.quantity.is_empty());
    }
    out.write_all(text.as_bytes())?;
    Ok(lost.notes())
}

/// What Pajek has no place for, each with how many records it is lost from.
#[derive(Default)]
struct Lost {
    records: usize,
    dates: usize,
    cites: usize,
    fields: usize,
    quotes: usize,
}

impl Lost {
    /// A text in quotes, of which it can hold none.
    fn quoted(&mut self, text: &str) -> String {
        if text.contains('"') {
            self.quotes += 1;
            return format!("\"{}\"", text.replace('"', "'"));
        }
        format!("\"{text}\"")
    }

    fn notes(&self) -> Vec<String> {
        let lines = [
            (self.records, "actor", "names, kinds, codes and attributes"),
            (self.dates, "tie", "dates"),
            (self.cites, "tie", "citations"),
            (self.fields, "tie", "further fields"),
            (self.quotes, "id", "double quotes, written as single ones"),
        ];
        let lines = lines.into_iter().filter(|(count, ..)| *count > 0);
        lines
            .map(|(count, of, what)| format!("Pajek has no place for: {what} ({})", counted(count, of)))
            .collect()
    }
}
