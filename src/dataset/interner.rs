//! Texts turned into numbers, so that rows compare and hold four bytes instead of a name.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{date::Dating, model::Citation};

use super::{
    builder::cited,
    column::{Texts, number},
    pending::{Cited, Sayings},
    text_map,
};

/// Texts turned into numbers, each text once.
///
/// Short texts are looked up as numbers themselves: nothing but the place of the table is looked at.
#[derive(Default)]
pub(crate) struct Interner {
    short: FxHashMap<[u64; 2], u32>,
    middle: FxHashMap<[u64; 4], u32>,
    long: HashTable<u32>,
    /// The texts by their numbers.
    pub(crate) texts: Vec<Box<str>>,
}

impl Interner {
    /// The number of a text.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        let Self { short, middle, long, texts } = self;
        let new = number(texts.len());
        let number = match text.len() {
            0..=15 => *short.entry(text_map::short(text.as_bytes())).or_insert(new),
            16..=31 => *middle.entry(text_map::middle(text.as_bytes())).or_insert(new),
            _ => {
                let hash = |text: &str| FxBuildHasher.hash_one(text);
                let is_it = |number: &u32| *texts[*number as usize] == *text;
                *long.entry(hash(text), is_it, |number| hash(&texts[*number as usize])).or_insert(new).get()
            }
        };
        if number == new {
            texts.push(text.into());
        }
        number
    }

    /// The number of a text that was met.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        let is_it = |number: &u32| *self.texts[*number as usize] == *text;
        let number = match text.len() {
            0..=15 => self.short.get(&text_map::short(text.as_bytes())),
            16..=31 => self.middle.get(&text_map::middle(text.as_bytes())),
            _ => self.long.find(FxBuildHasher.hash_one(text), is_it),
        };
        number.copied()
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
