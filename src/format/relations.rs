//! Which relation a text means that other programs write: an id of ours, the label of a CAMEO code, or
//! a relation of its own.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    dataset::{Origin, Sink},
    model::{Channel, Relation, RelationId, Vocabulary},
};

/// What texts of relations mean.
#[derive(Debug)]
pub(super) struct Relations {
    vocabulary: Vocabulary,
    /// Folded labels of CAMEO codes, each with the id.
    labels: FxHashMap<String, String>,
}

impl Relations {
    pub(super) fn shipped() -> Self {
        let vocabulary = Vocabulary::shipped();
        // Where a class and its general member share a label, events are coded as the member (`030`, not `03`).
        let rank = |id: &str| match id.len() - "cameo:".len() {
            3 => 0,
            4 => 1,
            _ => 2,
        };
        let mut labels: FxHashMap<String, String> = FxHashMap::default();
        for (_, relation) in vocabulary.relations() {
            let id = relation.id.as_str();
            if !id.starts_with("cameo:") {
                continue;
            }
            let known = labels.entry(fold(relation.label("en"))).or_insert_with(|| id.to_owned());
            if rank(id) < rank(known) {
                id.clone_into(known);
            }
        }
        Self { vocabulary, labels }
    }

    /// The id of the relation that a text means: the text itself when nothing of ours does.
    pub(super) fn id<'r>(&'r self, text: &'r str) -> &'r str {
        if self.vocabulary.find(text).is_some() {
            return text;
        }
        self.labels.get(&fold(text)).map_or(text, String::as_str)
    }

    /// What a relation of ours is called in English.
    pub(super) fn label(&self, id: &str) -> Option<&str> {
        self.vocabulary.find(id).map(|number| self.vocabulary.relation(number).label("en"))
    }

    pub(super) fn is_known(&self, id: &str) -> bool {
        self.vocabulary.find(id).is_some()
    }

    /// Declares the relations of a file's own, each with how many ties name it, and says so in one line.
    pub(super) fn declare(
        own: &BTreeMap<String, usize>,
        symmetric: bool,
        sink: &mut impl Sink,
        origin: Origin,
    ) -> Option<String> {
        let mut ties = 0;
        for (text, count) in own {
            let Ok(id) = text.parse::<RelationId>() else { continue };
            ties += count;
            let relation = Relation { symmetric, ..Relation::named(id, text, Channel::Interaction) };
            sink.relation(relation, origin);
        }
        let first = own.keys().next()?;
        let more = if own.len() > 1 { format!(" and {} more", own.len() - 1) } else { String::new() };
        Some(format!(
            "relations of its own, read as interactions: `{first}`{more} ({ties} ties); \
             declare them in a native file to say what they carry"
        ))
    }
}

/// A label without case and with blanks for hyphens: versions of CAMEO differ in these.
fn fold(text: &str) -> String {
    text.trim().chars().map(|c| if c == '-' { ' ' } else { c.to_ascii_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_a_code_and_any_other_text_itself() {
        let relations = Relations::shipped();
        assert_eq!(relations.id("Make a visit"), "cameo:042");
        assert_eq!(relations.id("fight with small arms and light weapons"), "cameo:193");
        assert_eq!(relations.id("visit"), "visit");
        assert_eq!(relations.id("has_luxury_division"), "has_luxury_division");
    }
}
