//! Texts turned into numbers, so that rows compare and hold four bytes instead of a name.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{date::Dating, model::Citation};

use super::{
    builder::cited,
    column::{Texts, number},
    pending::{Cited, Sayings},
};

/// Texts turned into numbers, each text once.
#[derive(Default)]
pub(crate) struct Interner {
    numbers: HashTable<u32>,
    /// The texts by their numbers.
    pub(crate) texts: Vec<Box<str>>,
}

impl Interner {
    /// The number of a text.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        let Self { numbers, texts } = self;
        let hash = |text: &str| FxBuildHasher.hash_one(text);
        let known = numbers.find(hash(text), |number| *texts[*number as usize] == *text);
        if let Some(number) = known {
            return *number;
        }
        let new = number(texts.len());
        texts.push(text.into());
        numbers.insert_unique(hash(text), new, |number| hash(&texts[*number as usize]));
        new
    }

    /// The number of a text that was met.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        let hash = FxBuildHasher.hash_one(text);
        self.numbers.find(hash, |number| *self.texts[*number as usize] == *text).copied()
    }

    pub(super) fn texts(&self) -> Texts {
        self.texts.iter().map(AsRef::as_ref).collect()
    }
}

/// Datings turned into numbers, each once: events of one day share theirs.
#[derive(Default)]
pub(super) struct Datings {
    numbers: FxHashMap<Dating, u32>,
    all: Vec<Dating>,
}

impl Datings {
    pub(super) fn number(&mut self, dating: &Dating) -> u32 {
        if let Some(number) = self.numbers.get(dating) {
            return *number;
        }
        let new = number(self.all.len());
        self.numbers.insert(dating.clone(), new);
        self.all.push(dating.clone());
        new
    }

    pub(super) fn of(&self, number: u32) -> &Dating {
        &self.all[number as usize]
    }
}

/// The citations met last: rows of one table all have the same.
#[derive(Default)]
pub(super) struct LastCites {
    written: Vec<Citation>,
    number: Option<u32>,
}

impl LastCites {
    /// The number of a list of citations.
    pub(super) fn of(&mut self, cites: &[Citation], named: &mut Interner, sayings: &mut Sayings) -> u32 {
        if let Some(number) = self.number.filter(|_| self.written == cites) {
            return number;
        }
        let list: Vec<Cited> = cites.iter().map(|cite| cited(named, cite)).collect();
        cites.clone_into(&mut self.written);
        *self.number.insert(sayings.cites(&list))
    }
}
