//! The keys of the edges of a flat node-link file: what the value of each is, looked at once a file.

use crate::dataset::FieldKey;

use super::{json_graph::NATIVE, spells::SPELLS};

/// A file whose edges have more different keys is none of a million edges.
const MOST: usize = 64;

/// Keys of an edge that may be its id, its ends, its dates or its relation, which is for the long way to find out.
const BEYOND: [&str; 10] =
    ["id", "from", "to", "event", "start", "end", SPELLS, "interaction", "kind", "label"];

/// A key of edges, and what its value is.
pub(super) struct Slot<'t> {
    key: &'t str,
    pub(super) place: Place,
    /// Whether no native file has it.
    pub(super) is_marked: bool,
    /// As that of an attribute.
    pub(super) content: FieldKey,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Source,
    Target,
    Relation,
    Date,
    Attribute,
}

impl<'t> Slot<'t> {
    /// Nothing for keys that are not expected here.
    fn of(key: &'t str) -> Option<Self> {
        let place = match key {
            "source" => Place::Source,
            "target" => Place::Target,
            "relation" => Place::Relation,
            "date" => Place::Date,
            key if BEYOND.contains(&key) || is_native(key) => return None,
            _ => Place::Attribute,
        };
        let is_marked = matches!(key, "weight" | "value" | "key" | "date");
        Some(Self { key, place, is_marked, content: FieldKey::new(key) })
    }
}

/// The keys of edges, in the order in which most have them.
#[derive(Default)]
pub(super) struct EdgeKeys<'t>(Vec<Slot<'t>>);

impl<'t> EdgeKeys<'t> {
    /// A key and its place among all; most edges have the same in the same order. Nothing for one that is not expected.
    pub(super) fn slot(&mut self, at: usize, key: &'t str) -> Option<(usize, &Slot<'t>)> {
        let slots = &mut self.0;
        if slots.get(at).is_some_and(|slot| slot.key == key) {
            return Some((at, &slots[at]));
        }
        let known = slots.iter().position(|slot| slot.key == key);
        let at = known.or_else(|| {
            slots.push(Slot::of(key).filter(|_| slots.len() < MOST)?);
            Some(slots.len() - 1)
        })?;
        Some((at, &slots[at]))
    }
}

/// Whether only a native file has a key.
pub(super) fn is_native(key: &str) -> bool {
    NATIVE.iter().any(|word| word[1..word.len() - 1] == *key)
}
