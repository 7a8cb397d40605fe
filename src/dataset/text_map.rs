//! What is known of the texts of a file that come again and again: ids, dates, relations.

use std::{borrow::Borrow, hash::Hash};

use rustc_hash::FxHashMap;

/// Values by text, where most texts are short: a text of up to 31 bytes is some numbers, and looking it up follows no
/// way to where it stood first; a longer one is kept as a `K`.
#[derive(Debug)]
pub struct TextMap<K, V> {
    short: FxHashMap<[u64; 2], V>,
    middle: FxHashMap<[u64; 4], V>,
    long: FxHashMap<K, V>,
}

impl<K, V> Default for TextMap<K, V> {
    fn default() -> Self {
        Self { short: FxHashMap::default(), middle: FxHashMap::default(), long: FxHashMap::default() }
    }
}

impl<K: Borrow<str> + Eq + Hash, V: Copy> TextMap<K, V> {
    /// The value of a text, made when it is first asked for.
    ///
    /// # Complexity
    /// Time O(n) for a text of n bytes, and that of making the value.
    pub fn get_or_insert_with<'a>(&mut self, text: &'a str, make: impl FnOnce() -> V) -> V
    where
        K: From<&'a str>,
    {
        match text.len() {
            0..=15 => *self.short.entry(short(text.as_bytes())).or_insert_with(make),
            16..=31 => *self.middle.entry(middle(text.as_bytes())).or_insert_with(make),
            // A key is made of a text only when it is new.
            _ => self.long.get(text).copied().unwrap_or_else(|| {
                let value = make();
                self.long.insert(text.into(), value);
                value
            }),
        }
    }

    /// The value of a text, if there is one.
    ///
    /// # Complexity
    /// Time O(n) for a text of n bytes.
    pub fn get(&self, text: &str) -> Option<V> {
        match text.len() {
            0..=15 => self.short.get(&short(text.as_bytes())),
            16..=31 => self.middle.get(&middle(text.as_bytes())),
            _ => self.long.get(text),
        }
        .copied()
    }
}

/// Eight bytes of a text from a place on, as a number.
fn word(bytes: &[u8], at: usize) -> u64 {
    let chunk = bytes[at..].first_chunk().expect("eight bytes follow");
    u64::from_le_bytes(*chunk)
}

/// A text of up to 15 bytes as numbers that no other text has: its bytes, then their count.
fn short(bytes: &[u8]) -> [u64; 2] {
    let count = bytes.len();
    let (low, high) = match count {
        // Of the last eight bytes, those that are not among the first eight.
        8..=15 => (word(bytes, 0), word(bytes, count - 8).checked_shr(8 * (16 - small(count))).unwrap_or(0)),
        _ => (bytes.iter().rev().fold(0, |low, byte| low << 8 | u64::from(*byte)), 0),
    };
    [low, high | u64::from(small(count)) << 56]
}

/// A text of 16 to 31 bytes as numbers that no other such text has.
fn middle(bytes: &[u8]) -> [u64; 4] {
    let [low, high] = short(&bytes[16..]);
    [word(bytes, 0), word(bytes, 8), low, high]
}

/// A count of at most 15.
fn small(count: usize) -> u32 {
    u32::try_from(count).expect("it is at most 15")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn texts_are_told_apart_as_texts_are() {
        // All of up to 34 bytes that differ in one place from a text of one letter, and zero bytes.
        let mut texts: Vec<String> = (0..35).map(|count| "a".repeat(count)).collect();
        for count in 0..35 {
            for at in 0..count {
                for byte in ["\0", "b"] {
                    texts.push("a".repeat(at) + byte + &"a".repeat(count - at - 1));
                }
            }
            texts.push("\0".repeat(count));
        }
        let mut map: TextMap<&str, usize> = TextMap::default();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, text) in texts.iter().enumerate() {
            let expected = *known.entry(text).or_insert(at);
            assert_eq!(map.get_or_insert_with(text, || at), expected, "{text:?}");
        }
        assert_eq!(map.short.len() + map.middle.len() + map.long.len(), known.len());
        assert!(map.long.keys().all(|text| text.len() > 31));
        assert!(known.iter().all(|(text, at)| map.get(text) == Some(*at)));
    }

    #[test]
    fn a_short_text_is_its_bytes_and_their_count() {
        assert_eq!(short(b""), [0, 0]);
        assert_eq!(short(b"ab"), [0x6261, 2 << 56]);
        assert_eq!(short(b"abcdefghij"), [0x6867_6665_6463_6261, 0x6a69 | 10 << 56]);
        assert_eq!(
            middle(b"abcdefghabcdefghab"),
            [0x6867_6665_6463_6261, 0x6867_6665_6463_6261, 0x6261, 2 << 56]
        );
    }
}
