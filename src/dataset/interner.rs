//! Texts turned into numbers, so that rows compare and hold four bytes instead of a name.

use rustc_hash::FxHashMap;

use super::column::{Texts, number};

/// Texts turned into numbers, each text once.
#[derive(Default)]
pub(super) struct Interner {
    numbers: FxHashMap<Box<str>, u32>,
    pub(super) texts: Vec<Box<str>>,
}

impl Interner {
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let new = number(self.texts.len());
        self.numbers.insert(text.into(), new);
        self.texts.push(text.into());
        new
    }

    pub(super) fn texts(&self) -> Texts {
        self.texts.iter().map(AsRef::as_ref).collect()
    }
}
