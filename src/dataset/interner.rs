//! Texts turned into numbers, so that rows compare and hold four bytes instead of a name.

use rustc_hash::FxHashMap;

use crate::{date::Dating, model::Citation};

use super::{
    builder::cited,
    column::{Texts, number},
    pending::{Cited, Sayings},
    text_map::TextMap,
};

/// Texts turned into numbers, each text once.
#[derive(Default)]
pub(crate) struct Interner {
    numbers: TextMap<Box<str>, u32>,
    /// The texts by their numbers.
    texts: Texts,
}

impl Interner {
    /// The number of a text.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        let Self { numbers, texts } = self;
        numbers.get_or_insert_with(text, || {
            texts.push(text);
            number(texts.len() - 1)
        })
    }

    /// Makes the numbers of some texts be found without waiting for each.
    pub(crate) fn look_ahead<'a>(&self, texts: impl Iterator<Item = &'a str>) {
        self.numbers.look_ahead(texts);
    }

    /// The number of a text that was met.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text)
    }

    /// The text of a number.
    pub(crate) fn text(&self, number: u32) -> &str {
        self.texts.get(number)
    }

    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The texts by their numbers.
    pub(super) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The texts, and nothing to find their numbers with.
    pub(super) fn into_texts(self) -> Texts {
        self.texts
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
