//! What is known of the texts of a file that come again and again: ids, dates, relations.

use std::{borrow::Borrow, hash::Hash};

use rustc_hash::FxHashMap;

/// Values by text, where most texts are short: a text of up to 31 bytes is some numbers, and looking it up follows no
/// way to where it stood first; a longer one is kept as a `K`.
#[derive(Debug)]
pub struct TextMap<K, V> {
    tiny: Table<1, V>,
    short: Table<2, V>,
    middle: Table<4, V>,
    long: FxHashMap<K, V>,
}

impl<K, V> Default for TextMap<K, V> {
    fn default() -> Self {
        Self {
            tiny: Table::default(),
            short: Table::default(),
            middle: Table::default(),
            long: FxHashMap::default(),
        }
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
            0..=7 => self.tiny.get_or_insert_with(tiny(text.as_bytes()), make),
            8..=15 => self.short.get_or_insert_with(short(text.as_bytes()), make),
            16..=31 => self.middle.get_or_insert_with(middle(text.as_bytes()), make),
            // A key is made of a text only when it is new.
            _ => self.long.get(text).copied().unwrap_or_else(|| {
                let value = make();
                self.long.insert(text.into(), value);
                value
            }),
        }
    }

    /// Looks at where texts would stand, and does nothing else: those that are looked up next do not wait for memory one
    /// after another.
    pub fn look_ahead<'a>(&self, texts: impl Iterator<Item = &'a str>) {
        let seen = texts.fold(0, |seen, text| {
            seen ^ match text.len() {
                0..=7 => self.tiny.first_word(tiny(text.as_bytes())),
                8..=15 => self.short.first_word(short(text.as_bytes())),
                16..=31 => self.middle.first_word(middle(text.as_bytes())),
                _ => 0,
            }
        });
        std::hint::black_box(seen);
    }

    /// The value of a text, if there is one.
    ///
    /// # Complexity
    /// Time O(n) for a text of n bytes.
    pub fn get(&self, text: &str) -> Option<V> {
        match text.len() {
            0..=7 => self.tiny.get(tiny(text.as_bytes())),
            8..=15 => self.short.get(short(text.as_bytes())),
            16..=31 => self.middle.get(middle(text.as_bytes())),
            _ => self.long.get(text).copied(),
        }
    }
}

/// A place of a table: a key and its value.
type Slot<const N: usize, V> = ([u64; N], V);

/// Values by keys that stand where their hash says or next to it, at most half of the places taken: among millions, a key
/// is found in one look at memory.
#[derive(Debug)]
struct Table<const N: usize, V> {
    /// As many as a power of two, or none.
    slots: Vec<Slot<N, V>>,
    count: usize,
}

impl<const N: usize, V> Default for Table<N, V> {
    fn default() -> Self {
        Self { slots: Vec::new(), count: 0 }
    }
}

impl<const N: usize, V: Copy> Table<N, V> {
    /// The key of a free place: the highest byte of a key is a count of at most fifteen.
    const FREE: [u64; N] = [u64::MAX; N];

    /// Where a key stands, or would; there are places.
    fn find(slots: &[Slot<N, V>], key: &[u64; N]) -> usize {
        let last = slots.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "the lower bits are meant")]
        let mut at = hash(key) as usize & last;
        while slots[at].0 != *key && slots[at].0 != Self::FREE {
            at = (at + 1) & last;
        }
        at
    }

    /// A word of what stands where a key would.
    fn first_word(&self, key: [u64; N]) -> u64 {
        #[expect(clippy::cast_possible_truncation, reason = "the lower bits are meant")]
        let at = hash(&key) as usize & self.slots.len().wrapping_sub(1);
        self.slots.get(at).map_or(0, |slot| slot.0[0])
    }

    fn get(&self, key: [u64; N]) -> Option<V> {
        if self.slots.is_empty() {
            return None;
        }
        let (known, value) = self.slots[Self::find(&self.slots, &key)];
        (known == key).then_some(value)
    }

    fn get_or_insert_with(&mut self, key: [u64; N], make: impl FnOnce() -> V) -> V {
        if !self.slots.is_empty() {
            let at = Self::find(&self.slots, &key);
            if self.slots[at].0 == key {
                return self.slots[at].1;
            }
        }
        let value = make();
        if 2 * self.count >= self.slots.len() {
            self.grow(value);
        }
        let at = Self::find(&self.slots, &key);
        self.slots[at] = (key, value);
        self.count += 1;
        value
    }

    /// Doubles the places; free ones hold some value or other.
    fn grow(&mut self, some: V) {
        let mut slots = vec![(Self::FREE, some); (2 * self.slots.len()).max(16)];
        for slot in self.slots.iter().filter(|(key, _)| *key != Self::FREE) {
            let at = Self::find(&slots, &slot.0);
            slots[at] = *slot;
        }
        self.slots = slots;
    }
}

/// A hash of numbers: each is multiplied with what came of those before, both halves of the product kept.
fn hash<const N: usize>(key: &[u64; N]) -> u64 {
    const ODD: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03];
    key.chunks(2).fold(0, |hash, pair| {
        let [a, b] = [pair[0] ^ hash ^ ODD[0], pair.last().map_or(0, |last| *last) ^ ODD[1]];
        let product = u128::from(a) * u128::from(b);
        #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
        let folded = (product >> 64) as u64 ^ product as u64;
        folded
    })
}

/// Eight bytes of a text from a place on, as a number.
fn word(bytes: &[u8], at: usize) -> u64 {
    let chunk = bytes[at..].first_chunk().expect("eight bytes follow");
    u64::from_le_bytes(*chunk)
}

/// Up to 7 bytes as a number, the first as the lowest.
fn few(bytes: &[u8]) -> u64 {
    let count = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let [first, last] = [first, last].map(|four| u64::from(u32::from_le_bytes(*four)));
        // Bytes that are of both come to the same place.
        return first | last << (8 * (count - 4));
    }
    let byte = |at: usize| bytes.get(at).map_or(0, |byte| u64::from(*byte) << (8 * at));
    byte(0) | byte(1) | byte(2)
}

/// A text of up to 7 bytes as a number that no other such text has: its bytes, then their count.
fn tiny(bytes: &[u8]) -> [u64; 1] {
    [few(bytes) | u64::from(small(bytes.len())) << 56]
}

/// The value of a text of 1 to 7 digits, the first of which is 0 only where it is the only one.
pub(super) fn whole_number(text: &str) -> Option<usize> {
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 7 || (bytes[0] == b'0' && bytes.len() > 1) {
        return None;
    }
    // Eight digits, the last as the highest byte, with zeros before them.
    let (count, missing) = (8 * small(bytes.len()), 64 - 8 * small(bytes.len()));
    let digits = few(bytes) << missing | ZEROS >> count;
    let above = 0xf0f0_f0f0_f0f0_f0f0;
    if digits & above != ZEROS || (digits + 0x0606_0606_0606_0606) & above != ZEROS {
        return None;
    }
    // Neighbours are put together: digits to pairs, pairs to fours, fours to the whole.
    let pairs = digits - ZEROS;
    let pairs = pairs.wrapping_mul(10).wrapping_add(pairs >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    let eight = fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff;
    usize::try_from(eight).ok()
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
        let count = map.tiny.count + map.short.count + map.middle.count + map.long.len();
        assert_eq!(count, known.len());
        assert!(map.long.keys().all(|text| text.len() > 31));
        assert!(known.iter().all(|(text, at)| map.get(text) == Some(*at)));
    }

    #[test]
    fn a_table_grows_and_stays_half_free() {
        let mut map: TextMap<&str, usize> = TextMap::default();
        let texts: Vec<String> = (0..5000).map(|at| format!("{at}")).collect();
        assert_eq!(map.get("7"), None);
        for (at, text) in texts.iter().enumerate() {
            assert_eq!(map.get_or_insert_with(text, || at), at);
            assert!(2 * map.tiny.count <= map.tiny.slots.len());
        }
        assert!(texts.iter().enumerate().all(|(at, text)| map.get(text) == Some(at)));
        assert_eq!((map.get("5000"), map.get("")), (None, None));
    }

    #[test]
    fn texts_of_digits_are_their_values() {
        for value in (0..20_000).chain((20_000..10_000_000).step_by(997)).chain([9_999_999]) {
            assert_eq!(whole_number(&value.to_string()), Some(value));
        }
        for at in 0..7 {
            // No byte but a digit is one, wherever it stands.
            for byte in (0..128_u8).filter(|byte| !byte.is_ascii_digit()) {
                let mut text = [b'1'; 7];
                text[at] = byte;
                for start in 0..=at {
                    assert_eq!(whole_number(std::str::from_utf8(&text[start..]).unwrap()), None);
                }
            }
        }
        for other in ["", "00", "01", "12345678", "１", "é1"] {
            assert_eq!(whole_number(other), None, "{other}");
        }
    }

    #[test]
    fn a_short_text_is_its_bytes_and_their_count() {
        assert_eq!([tiny(b""), tiny(b"ab")], [[0], [0x6261 | 2 << 56]]);
        assert_eq!(short(b""), [0, 0]);
        assert_eq!(short(b"ab"), [0x6261, 2 << 56]);
        assert_eq!(short(b"abcdefghij"), [0x6867_6665_6463_6261, 0x6a69 | 10 << 56]);
        assert_eq!(
            middle(b"abcdefghabcdefghab"),
            [0x6867_6665_6463_6261, 0x6867_6665_6463_6261, 0x6261, 2 << 56]
        );
    }
}
