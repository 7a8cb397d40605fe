//! What is known of the texts of a file that come again and again: ids, dates, relations.

use rustc_hash::FxHashMap;

/// Values by text, where most texts are short: a text of up to 15 bytes is two numbers, and looking it up follows no
/// way into the file where it stood first.
#[derive(Debug)]
pub struct TextMap<'t, V> {
    short: FxHashMap<[u64; 2], V>,
    long: FxHashMap<&'t str, V>,
}

impl<V> Default for TextMap<'_, V> {
    fn default() -> Self {
        Self { short: FxHashMap::default(), long: FxHashMap::default() }
    }
}

impl<'t, V: Copy> TextMap<'t, V> {
    /// The value of a text, made when it is first asked for.
    ///
    /// # Complexity
    /// Time O(n) for a text of n bytes, and that of making the value.
    pub fn get_or_insert_with(&mut self, text: &'t str, make: impl FnOnce() -> V) -> V {
        match packed(text) {
            Some(key) => *self.short.entry(key).or_insert_with(make),
            None => *self.long.entry(text).or_insert_with(make),
        }
    }
}

/// A short text as numbers that no other text has: its bytes, then their count.
fn packed(text: &str) -> Option<[u64; 2]> {
    let bytes = text.as_bytes();
    let count = bytes.len();
    let low;
    let mut high = 0;
    if let (0..=15, Some(first), Some(last)) = (count, bytes.first_chunk(), bytes.last_chunk()) {
        low = u64::from_le_bytes(*first);
        // Of the last eight bytes, those that are not among the first eight.
        high = u64::from_le_bytes(*last).checked_shr(8 * (16 - small(count))).unwrap_or(0);
    } else if let (0..=7, Some(first), Some(last)) = (count, bytes.first_chunk(), bytes.last_chunk()) {
        low = u64::from(u32::from_le_bytes(*first))
            | u64::from(u32::from_le_bytes(*last)) << (8 * (small(count) - 4));
    } else if count < 4 {
        low = bytes.iter().rev().fold(0, |low, byte| low << 8 | u64::from(*byte));
    } else {
        return None;
    }
    Some([low, high | u64::from(small(count)) << 56])
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
        // All of up to 18 bytes over two letters that differ in one place from a text of one letter, and zero bytes.
        let mut texts: Vec<String> = (0..19).map(|count| "a".repeat(count)).collect();
        for count in 0..19 {
            for at in 0..count {
                for byte in ["\0", "b"] {
                    texts.push("a".repeat(at) + byte + &"a".repeat(count - at - 1));
                }
            }
            texts.push("\0".repeat(count));
        }
        let mut map = TextMap::default();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, text) in texts.iter().enumerate() {
            let expected = *known.entry(text).or_insert(at);
            assert_eq!(map.get_or_insert_with(text, || at), expected, "{text:?}");
        }
        assert_eq!(map.short.len() + map.long.len(), known.len());
        assert!(map.long.keys().all(|text| text.len() > 15));
    }

    #[test]
    fn a_short_text_is_its_bytes_and_their_count() {
        assert_eq!(packed(""), Some([0, 0]));
        assert_eq!(packed("ab"), Some([0x6261, 2 << 56]));
        assert_eq!(packed("abcde"), Some([0x65_6463_6261, 5 << 56]));
        assert_eq!(packed("abcdefghij"), Some([0x6867_6665_6463_6261, 0x6a69 | 10 << 56]));
        assert_eq!(packed(&"a".repeat(16)), None);
    }
}
