//! The relations that ties may name: those shipped, every CAMEO code, and a file's own.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{channel::Channel, id::RelationId, polarity::Polarity, relation::Relation};

/// The relation of a tie that names none.
pub const RELATED: &str = "related";

#[derive(Deserialize)]
struct VocabularyFile<'a> {
    relations: Vec<Relation>,
    #[serde(borrow, default)]
    cameo: Vec<CameoCode<'a>>,
}

#[derive(Deserialize)]
struct CameoCode<'a> {
    code: &'a str,
    label: std::borrow::Cow<'a, str>,
    #[serde(default)]
    relation: Option<&'a str>,
    channel: Channel,
    polarity: Polarity,
    #[serde(default)]
    plover: Option<&'a str>,
    #[serde(default)]
    mode: Option<&'a str>,
    quad: u8,
    #[serde(default)]
    goldstein: Option<f64>,
}

/// A set of relations, each with a small number by which columns name it.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    relations: Vec<Relation>,
    /// The relation of ours that a CAMEO code belongs to.
    parents: Vec<Option<u16>>,
    by_id: FxHashMap<Box<str>, u16>,
}

impl Vocabulary {
    /// The vocabulary shipped in the program, as text.
    pub(crate) const SHIPPED: &str = include_str!("../../vocabulary/relations.json");

    /// The vocabulary shipped in the program.
    pub fn shipped() -> Self {
        static ONCE: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::read_shipped);
        ONCE.clone()
    }

    fn read_shipped() -> Self {
        let file: VocabularyFile<'_> = serde_json::from_str(Self::SHIPPED)
            .expect("the shipped vocabulary is read by a test before every release");
        let mut vocabulary = Self { relations: Vec::new(), parents: Vec::new(), by_id: FxHashMap::default() };
        for relation in file.relations {
            vocabulary.add(relation, None);
        }
        for code in file.cameo {
            let parent = code.relation.and_then(|id| vocabulary.find(id));
            vocabulary.add(code.relation(), parent);
        }
        vocabulary
    }

    /// Adds a relation, or replaces the one with its id, and returns its number.
    ///
    /// Returns `None` when there are more relations than numbers (65,535).
    pub fn extend(&mut self, relation: Relation) -> Option<u16> {
        if let Some(number) = self.find(relation.id.as_str()) {
            self.relations[usize::from(number)] = relation;
            return Some(number);
        }
        (self.relations.len() < usize::from(u16::MAX)).then(|| self.add(relation, None))
    }

    fn add(&mut self, relation: Relation, parent: Option<u16>) -> u16 {
        let number =
            u16::try_from(self.relations.len()).expect("the caller checks that there are few relations");
        self.by_id.insert(relation.id.as_str().into(), number);
        self.relations.push(relation);
        self.parents.push(parent);
        number
    }

    /// The number of the relation with an id.
    pub fn find(&self, id: &str) -> Option<u16> {
        self.by_id.get(id).copied()
    }

    /// The relation with a number that this vocabulary gave.
    pub fn relation(&self, number: u16) -> &Relation {
        &self.relations[usize::from(number)]
    }

    /// The relation of ours whose CAMEO code a relation is.
    pub fn parent(&self, number: u16) -> Option<u16> {
        self.parents[usize::from(number)]
    }

    /// All relations with their numbers, in the order of the file.
    pub fn relations(&self) -> impl Iterator<Item = (u16, &Relation)> {
        (0..).zip(&self.relations)
    }

    /// Whether a relation is meant by a selector: its id, the id of the relation that claims its
    /// CAMEO code, a code or prefix of it (`04`, `cameo:04`), or a PLOVER class (`CONSULT`).
    pub fn matches(&self, number: u16, selector: &str) -> bool {
        let relation = self.relation(number);
        if relation.id.as_str() == selector {
            return true;
        }
        let parent = self.parents[usize::from(number)];
        if parent.is_some_and(|parent| self.relation(parent).id.as_str() == selector) {
            return true;
        }
        if relation.plover.as_deref() == Some(selector) {
            return true;
        }
        let prefix = selector.strip_prefix("cameo:").unwrap_or(selector);
        if prefix.len() < 2 || !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        match relation.id.as_str().strip_prefix("cameo:") {
            Some(code) => code.starts_with(prefix),
            None => relation.cameo.iter().any(|code| code.starts_with(prefix)),
        }
    }

    /// For an instant that begins or ends a lasting relation: that relation, and whether it begins it.
    pub fn boundary(&self, instant: u16) -> Option<(u16, bool)> {
        let relation = self.relation(instant);
        let find = |id: &Option<RelationId>| id.as_ref().and_then(|id| self.find(id.as_str()));
        find(&relation.starts).map(|lasting| (lasting, true)).or_else(|| Some((find(&relation.ends)?, false)))
    }
}

impl CameoCode<'_> {
    fn relation(&self) -> Relation {
        let id = format!("cameo:{}", self.code).parse::<RelationId>().expect("a CAMEO code is digits");
        Relation {
            polarity: self.polarity,
            cameo: vec![self.code.to_owned()],
            plover: self.plover.map(str::to_owned),
            mode: self.mode.map(str::to_owned),
            quad: Some(self.quad),
            goldstein: self.goldstein,
            ..Relation::named(id, &self.label, self.channel)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_is_selected_by_id_code_prefix_and_class() {
        let vocabulary = Vocabulary::shipped();
        let visit = vocabulary.find("visit").unwrap();
        let code = vocabulary.find("cameo:042").unwrap();
        for selector in ["visit", "042", "04", "cameo:042", "CONSULT"] {
            assert!(vocabulary.matches(visit, selector), "{selector}");
            assert!(vocabulary.matches(code, selector), "{selector}");
        }
        assert!(!vocabulary.matches(visit, "043") && !vocabulary.matches(code, "host"));
        assert!(!vocabulary.matches(visit, "0"), "one digit is no prefix");
    }

    #[test]
    fn every_relation_has_labels_and_no_code_is_claimed_twice() {
        let vocabulary = Vocabulary::shipped();
        let mut claimed = std::collections::BTreeSet::new();
        for (_, relation) in vocabulary.relations() {
            assert!(relation.labels.contains_key("en"), "{}", relation.id);
            if relation.id.as_str().starts_with("cameo:") {
                continue;
            }
            for code in &relation.cameo {
                assert!(claimed.insert(code.clone()), "{code} is claimed twice");
                assert!(vocabulary.find(&format!("cameo:{code}")).is_some(), "no code {code}");
            }
        }
        assert!(vocabulary.find(RELATED).is_some());
    }
}
