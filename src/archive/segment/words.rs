//! Columns of texts that repeat: each text once, and a number for each row.

use std::{ops::Range, sync::Arc};

use arrow_array::{
    Array, ArrayRef, DictionaryArray, Int32Array, NullArray, PrimitiveArray,
    builder::StringBuilder,
    types::{ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type},
};
use arrow_buffer::{BooleanBufferBuilder, NullBuffer};
use arrow_schema::{ArrowError, DataType};
use rustc_hash::FxHashMap;

use crate::dataset::Texts;

use super::words_of;

/// Texts that repeat, each once.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: FxHashMap<String, i32>,
    pub(super) texts: StringBuilder,
    count: i32,
    /// By the numbers that bare ties have for texts: those that they have here, from 1; 0 for none yet.
    known: Vec<i32>,
    keys: Vec<i32>,
    /// Runs of rows that have none.
    missing: Vec<Range<usize>>,
}

impl Words {
    /// The number of a word, which is looked up only where it was not met as one of bare ties, which are numbered.
    fn number(&mut self, word: &str) -> i32 {
        let looked_up = i32::try_from(self.numbers.len()).expect("there are no more than words");
        for number in looked_up..self.count {
            self.numbers.insert(self.text(number).to_owned(), number);
        }
        self.numbers.get(word).copied().unwrap_or_else(|| {
            self.numbers.insert(word.to_owned(), self.count);
            self.append(word)
        })
    }

    /// Adds a word that is not among those there.
    fn append(&mut self, word: &str) -> i32 {
        let number = self.count;
        self.count = number.checked_add(1).expect("a segment has fewer rows than i32 has numbers");
        self.texts.append_value(word);
        number
    }

    fn text(&self, number: i32) -> &str {
        let at = usize::try_from(number).unwrap_or_default();
        let end = |at: usize| self.texts.offsets_slice().get(at).and_then(|end| usize::try_from(*end).ok());
        let place = end(at).unwrap_or_default()..end(at + 1).unwrap_or_default();
        std::str::from_utf8(&self.texts.values_slice()[place]).expect("words are texts")
    }

    pub(super) fn push(&mut self, word: Option<&str>) {
        let key = if let Some(word) = word {
            self.number(word)
        } else {
            let at = self.keys.len();
            match self.missing.last_mut().filter(|run| run.end == at) {
                Some(run) => run.end += 1,
                None => self.missing.push(at..at + 1),
            }
            0
        };
        self.keys.push(key);
    }

    /// Adds a word of a bare tie, which has a number among texts that all bare ties of a commit share; `once` where no
    /// two of these are alike.
    pub(super) fn push_numbered(&mut self, at: u32, texts: &Texts, once: bool) {
        self.known.resize(texts.len(), 0);
        self.meet(at, texts, once);
        self.keys.push(self.known[at as usize] - 1);
    }

    /// Gives a word of bare ties a number here, if it has none.
    fn meet(&mut self, at: u32, texts: &Texts, once: bool) {
        if self.known[at as usize] == 0 {
            let word = texts.get(at);
            let is_new = once && self.numbers.is_empty();
            let number = if is_new { self.append(word) } else { self.number(word) };
            self.known[at as usize] = number + 1;
        }
    }

    /// Adds words of many bare ties: those that are new here in the order of their numbers, so that texts are read one
    /// behind another.
    pub(super) fn extend_numbered(
        &mut self,
        all: impl Iterator<Item = u32> + Clone,
        texts: &Texts,
        once: bool,
    ) {
        let mut named = vec![0_u64; texts.len().div_ceil(64)];
        for at in all.clone() {
            named[at as usize / 64] |= 1 << (at % 64);
        }
        self.known.resize(texts.len(), 0);
        for (word, mut bits) in (0_u32..).zip(named) {
            while bits != 0 {
                let at = word * 64 + bits.trailing_zeros();
                bits &= bits - 1;
                self.meet(at, texts, once);
            }
        }
        self.keys.extend(all.map(|at| self.known[at as usize] - 1));
    }

    /// The type of the column.
    pub(super) fn kind(&self) -> DataType {
        if self.count == 0 { DataType::Null } else { words_of(self.width()) }
    }

    /// The type of the keys: the narrowest that holds them.
    fn width(&self) -> DataType {
        match self.count {
            ..=0x7f => DataType::Int8,
            0x80..=0x7fff => DataType::Int16,
            _ => DataType::Int32,
        }
    }

    /// The keys of some rows, which are asked in order.
    pub(super) fn array(&self, rows: &Range<usize>, values: &ArrayRef) -> Result<ArrayRef, ArrowError> {
        if self.count == 0 {
            return Ok(Arc::new(NullArray::new(rows.len())));
        }
        let keys = Int32Array::from(self.keys[rows.clone()].to_vec());
        let first = self.missing.partition_point(|run| run.end <= rows.start);
        let mut missing = self.missing[first..].iter().take_while(|run| run.start < rows.end).peekable();
        let nulls = missing.peek().is_some().then(|| {
            let mut valid = BooleanBufferBuilder::new(rows.len());
            for run in missing {
                valid.append_n(run.start.max(rows.start) - rows.start - valid.len(), true);
                valid.append_n(run.end.min(rows.end) - run.start.max(rows.start), false);
            }
            valid.append_n(rows.len() - valid.len(), true);
            NullBuffer::new(valid.finish())
        });
        let keys = Int32Array::new(keys.values().clone(), nulls);
        Ok(match self.width() {
            DataType::Int8 => dictionary::<Int8Type>(&keys, values)?,
            DataType::Int16 => dictionary::<Int16Type>(&keys, values)?,
            _ => dictionary::<Int32Type>(&keys, values)?,
        })
    }
}

fn dictionary<K>(keys: &Int32Array, values: &ArrayRef) -> Result<ArrayRef, ArrowError>
where
    K: ArrowDictionaryKeyType,
    K::Native: TryFrom<i32>,
{
    let narrow = |key: &i32| K::Native::try_from(*key).unwrap_or_default();
    let narrow: Vec<K::Native> = keys.values().iter().map(narrow).collect();
    let keys = PrimitiveArray::<K>::new(narrow.into(), keys.nulls().cloned());
    Ok(Arc::new(DictionaryArray::<K>::try_new(keys, values.clone())?))
}
