//! Texts turned into numbers, so that rows compare and hold four bytes instead of a name.

use rustc_hash::FxHashMap;

use crate::{date::Dating, model::Citation};

use super::{
    builder::cited,
    column::{Texts, number},
    pending::{Cited, Sayings},
    text_map::{TextMap, whole_number},
};

/// Texts turned into numbers, each text once.
#[derive(Default)]
pub(crate) struct Interner {
    /// Of texts that are small numbers.
    digits: Digits,
    /// Of the others.
    numbers: TextMap<Box<str>, u32>,
    /// The texts by their numbers.
    texts: Texts,
}

/// Numbers of texts that are whole numbers of seven digits at most: looking one up is a look at its place, and those of ids
/// that are counted on lie near one another.
#[derive(Default)]
struct Digits(
    /// By value, from 1; 0 for none. Only what is asked for of it takes memory.
    Vec<u32>,
);

impl Digits {
    /// One more than the greatest of [`whole_number`].
    const VALUES: usize = 10_000_000;

    fn get(&self, value: usize) -> Option<u32> {
        self.0.get(value).and_then(|number| number.checked_sub(1))
    }

    fn get_or_insert_with(&mut self, value: usize, make: impl FnOnce() -> u32) -> u32 {
        if self.0.is_empty() {
            self.0 = vec![0; Self::VALUES];
        }
        if self.0[value] == 0 {
            self.0[value] = make() + 1;
        }
        self.0[value] - 1
    }
}

impl Interner {
    /// The number of a text.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        let Self { digits, numbers, texts } = self;
        let new = || {
            texts.push(text);
            number(texts.len() - 1)
        };
        match whole_number(text) {
            Some(value) => digits.get_or_insert_with(value, new),
            None => numbers.get_or_insert_with(text, new),
        }
    }

    /// Makes the numbers of some texts be found without waiting for each.
    pub(crate) fn look_ahead<'a>(&self, texts: impl Iterator<Item = &'a str>) {
        let mut seen = 0;
        self.numbers.look_ahead(texts.filter(|text| match whole_number(text) {
            Some(value) => {
                seen ^= self.digits.get(value).unwrap_or(0);
                false
            }
            None => true,
        }));
        std::hint::black_box(seen);
    }

    /// The number of a text that was met.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        match whole_number(text) {
            Some(value) => self.digits.get(value),
            None => self.numbers.get(text),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_digits_are_told_apart_as_texts_are() {
        let texts =
            ["", "0", "00", "7", "07", "9999999", "10000000", "+7", "7 ", "１", "1a", "12", "012", "-1"];
        let mut interner = Interner::default();
        assert_eq!(interner.find("7"), None);
        for round in 0..2 {
            for (at, text) in (0..).zip(texts) {
                assert_eq!(interner.number(text), at, "{text:?} in round {round}");
                assert_eq!((interner.find(text), interner.text(at)), (Some(at), text));
            }
        }
        interner.look_ahead(texts.into_iter());
        assert_eq!((interner.len(), interner.find("8"), interner.find("008")), (texts.len(), None, None));
    }
}
