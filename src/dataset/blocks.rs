//! A file of columns: named stretches of bytes, of which every 64 KiB have a checksum that is asked at first touch.
//!
//! What it holds can be made anew from what it was made of. So it is no place for anything that must last, and
//! damage is told, not mended. `docs/archive-format.md` has the bytes.

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{
        OnceLock,
        atomic::{AtomicU8, Ordering},
    },
};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::{
    column::Texts,
    lists::Lists,
    mapped::{FileBytes, Plain, bytes_of, values_of},
};

const MAGIC: &[u8; 12] = b"CHANCERYCOLS";
/// The version of the file's form and of what its columns mean.
const VERSION: u32 = 5;
/// Magic, version, length of the file, length of the table, hash of these and of the table.
const HEADER_BYTES: usize = 48;
const BLOCK_BYTES: usize = 1 << 16;
const HASH_BYTES: usize = 16;
/// Columns begin at multiples of this.
const ALIGNMENT: usize = 64;

/// Where a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    start: u64,
    bytes: u64,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// What the file was made of and by what; whoever opens it knows what must stand here.
    of: String,
    /// Where the first block begins.
    data: u64,
    /// The hash of the hashes of blocks, which stand after the table.
    hashes: String,
    columns: BTreeMap<String, Place>,
}

/// What is done when a block is not what was written: it is called once, and may end the process.
pub type Alarm = fn(&str);

/// Columns of a file, each stretch of which is held against its checksum before it is seen.
#[derive(Debug)]
pub struct Blocks {
    name: String,
    bytes: FileBytes,
    data: usize,
    hashes: Range<usize>,
    columns: BTreeMap<String, Range<usize>>,
    state: Box<[AtomicU8]>,
    damage: OnceLock<String>,
    alarm: Alarm,
}

const SOUND: u8 = 1;
const DAMAGED: u8 = 2;

fn hash(number: u64, bytes: &[u8]) -> [u8; HASH_BYTES] {
    XxHash3_128::oneshot_with_seed(number, bytes).to_le_bytes()
}

fn hex(hash: [u8; HASH_BYTES]) -> String {
    format!("{:032x}", u128::from_le_bytes(hash))
}

fn place(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

impl Blocks {
    /// Opens a file of columns; `of` must be what it was written with.
    ///
    /// # Errors
    /// Why it is of no use, in words that follow its name.
    ///
    /// # Complexity
    /// Time O(n / 4096), for n bytes: that of the checksums, not of what they are of.
    pub fn open(name: &str, bytes: FileBytes, of: &str, alarm: Alarm) -> Result<Self, String> {
        let no = |what: &str| Err(what.to_owned());
        if cfg!(target_endian = "big") {
            return no("is little-endian, and this machine is not");
        }
        let whole: &[u8] = &bytes;
        let number =
            |at: usize| whole.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map(u64::from_le_bytes);
        let (Some(length), Some(table)) = (number(16), number(24)) else { return no("is cut short") };
        if !whole.starts_with(MAGIC) {
            return no("is no file of columns");
        }
        if whole[12..16] != VERSION.to_le_bytes() {
            return no("was made by another version");
        }
        if length != whole.len() as u64 {
            return no("is cut short");
        }
        let end = HEADER_BYTES.saturating_add(place(table));
        let Some(json) = whole.get(HEADER_BYTES..end) else { return no("is damaged") };
        if whole[32..HEADER_BYTES] != head_hash(&whole[..32], json) {
            return no("is damaged");
        }
        let Ok(table) = serde_json::from_slice::<Table>(json) else { return no("is damaged") };
        if table.of != of {
            return no("was made of something else, or by another version");
        }
        let data = place(table.data);
        let count = whole.len().saturating_sub(data).div_ceil(BLOCK_BYTES);
        let hashes = end..end.saturating_add(count * HASH_BYTES);
        let Some(sums) = whole.get(hashes.clone()).filter(|_| hashes.end <= data) else {
            return no("is damaged");
        };
        if hex(hash(0, sums)) != table.hashes {
            return no("is damaged");
        }
        let mut columns = BTreeMap::new();
        for (name, at) in table.columns {
            let range = place(at.start)..place(at.start.saturating_add(at.bytes));
            if range.start < data || range.end > whole.len() {
                return no("is damaged");
            }
            columns.insert(name, range);
        }
        let state = (0..count).map(|_| AtomicU8::new(0)).collect();
        let (name, damage) = (name.to_owned(), OnceLock::new());
        Ok(Self { name, bytes, data, hashes, columns, state, damage, alarm })
    }

    /// Where a column stands.
    pub(super) fn column(&self, name: &str) -> Option<Range<usize>> {
        self.columns.get(name).cloned()
    }

    /// Some bytes of a column as values; `None` where they are not what was written, which is told.
    pub(super) fn values<T: Plain>(&self, range: Range<usize>) -> Option<&[T]> {
        if range.is_empty() {
            return Some(&[]);
        }
        let (first, last) =
            ((range.start - self.data) / BLOCK_BYTES, (range.end - 1 - self.data) / BLOCK_BYTES);
        for block in first..=last {
            if self.state.get(block)?.load(Ordering::Relaxed) != SOUND && !self.is_sound(block) {
                return None;
            }
        }
        values_of(self.bytes.get(range)?)
    }

    #[cold]
    fn is_sound(&self, block: usize) -> bool {
        let start = self.data + block * BLOCK_BYTES;
        let bytes = &self.bytes[start..self.bytes.len().min(start + BLOCK_BYTES)];
        let at = self.hashes.start + block * HASH_BYTES;
        // Whoever comes first finds the same, so that the order of threads does not matter.
        let is_sound = hash(block as u64, bytes) == self.bytes[at..at + HASH_BYTES];
        self.state[block].store(if is_sound { SOUND } else { DAMAGED }, Ordering::Relaxed);
        if !is_sound {
            self.tell(&format!("its block {block}, from byte {start}, is not what was written"));
        }
        is_sound
    }

    /// Tells of damage, once.
    pub(super) fn tell(&self, what: &str) {
        let mut is_first = false;
        let told = self.damage.get_or_init(|| {
            is_first = true;
            format!("{} is damaged: {what}", self.name)
        });
        if is_first {
            (self.alarm)(told);
        }
    }

    /// All bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What damage was met.
    pub fn damage(&self) -> Option<&str> {
        self.damage.get().map(String::as_str)
    }

    /// Holds every block against its checksum.
    ///
    /// # Errors
    /// The damage.
    pub fn verify(&self) -> Result<(), String> {
        for block in 0..self.state.len() {
            self.is_sound(block);
        }
        self.damage().map_or(Ok(()), |damage| Err(damage.to_owned()))
    }
}

fn head_hash(head: &[u8], table: &[u8]) -> [u8; HASH_BYTES] {
    hash(u64::from_le_bytes(hash(0, head)[..8].try_into().expect("they are eight bytes")), table)
}

/// A file of columns that is being put together: nothing is copied.
#[derive(Debug, Default)]
pub(super) struct Columns<'c>(Vec<(&'static str, Vec<&'c [u8]>)>);

impl<'c> Columns<'c> {
    /// Adds a column.
    pub(super) fn push<T: Plain>(&mut self, name: &'static str, values: &'c [T]) {
        self.0.push((name, vec![bytes_of(values)]));
    }

    /// Adds lists as two columns.
    pub(super) fn lists<T: Plain>(&mut self, [offsets, values]: [&'static str; 2], lists: &'c Lists<T>) {
        let parts = lists.parts();
        self.push(offsets, parts.0);
        self.push(values, parts.1);
    }

    /// The same, but nothing where all lists are empty.
    pub(super) fn lists_if_any<T: Plain>(&mut self, names: [&'static str; 2], lists: &'c Lists<T>) {
        if lists.value_count() > 0 {
            return self.lists(names, lists);
        }
        for name in names {
            self.push::<T>(name, &[]);
        }
    }

    /// Adds texts as two columns.
    pub(super) fn texts(&mut self, [bytes, ends]: [&'static str; 2], texts: &'c Texts) {
        let parts = texts.parts();
        self.push(bytes, parts.0);
        self.push(ends, parts.1);
    }

    /// Adds a column of several pieces.
    pub(super) fn pieces(&mut self, name: &'static str, pieces: Vec<&'c [u8]>) {
        self.0.push((name, pieces));
    }

    /// Gives the bytes of the file, in pieces, to `write`.
    ///
    /// # Complexity
    /// Time O(n), space O(n / 4096), for n bytes.
    pub(super) fn write<R>(&self, of: String, write: impl FnOnce(&[&[u8]]) -> R) -> R {
        const ZEROS: [u8; ALIGNMENT] = [0; ALIGNMENT];
        let padding = |bytes: usize| &ZEROS[..bytes.next_multiple_of(ALIGNMENT) - bytes];
        let mut pieces: Vec<&[u8]> = Vec::new();
        let mut columns = BTreeMap::new();
        let mut length = 0;
        for (name, parts) in &self.0 {
            let bytes: usize = parts.iter().map(|part| part.len()).sum();
            columns.insert((*name).to_owned(), Place { start: length as u64, bytes: bytes as u64 });
            pieces.extend(parts.iter().copied());
            pieces.push(padding(bytes));
            length += bytes + padding(bytes).len();
        }
        let hashes = hashes_of(&pieces, length);
        let mut table = Table { of, data: 0, hashes: hex(hash(0, &hashes)), columns };
        // The table says where it ends itself: its longest form leaves room for any.
        table.data = u64::MAX;
        let room = |table: &Table| serde_json::to_vec(table).expect("a table is JSON").len();
        let longest = room(&table) + table.columns.len() * 20;
        let data = (HEADER_BYTES + longest + hashes.len()).next_multiple_of(ALIGNMENT);
        table.data = data as u64;
        for place in table.columns.values_mut() {
            place.start += data as u64;
        }
        let text = serde_json::to_vec(&table).expect("a table is JSON");
        let mut head = MAGIC.to_vec();
        head.extend(VERSION.to_le_bytes());
        head.extend(((data + length) as u64).to_le_bytes());
        head.extend((text.len() as u64).to_le_bytes());
        head.extend(head_hash(&head.clone(), &text));
        head.extend(&text);
        head.extend(&hashes);
        head.resize(data, 0);
        pieces.insert(0, &head);
        write(&pieces)
    }
}

/// The hashes of all blocks of some pieces.
fn hashes_of(pieces: &[&[u8]], length: usize) -> Vec<u8> {
    let mut hashes = Vec::with_capacity(length.div_ceil(BLOCK_BYTES) * HASH_BYTES);
    let mut block: Vec<u8> = Vec::with_capacity(BLOCK_BYTES);
    let mut number = 0;
    let mut done = |bytes: &[u8]| {
        hashes.extend(hash(number, bytes));
        number += 1;
    };
    for piece in pieces {
        let mut rest = *piece;
        while !rest.is_empty() {
            if block.is_empty() && rest.len() >= BLOCK_BYTES {
                let (whole, after) = rest.split_at(BLOCK_BYTES);
                done(whole);
                rest = after;
                continue;
            }
            let (part, after) = rest.split_at(rest.len().min(BLOCK_BYTES - block.len()));
            block.extend_from_slice(part);
            rest = after;
            if block.len() == BLOCK_BYTES {
                done(&block);
                block.clear();
            }
        }
    }
    if !block.is_empty() {
        done(&block);
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let long: Vec<u32> = (0..40_000).collect();
        let mut columns = Columns::default();
        columns.push("long", &long);
        columns.push("none", &[0_u8; 0]);
        columns.pieces("text", vec![b"one", b"two"]);
        columns.write("test".to_owned(), |pieces| pieces.concat())
    }

    fn open(bytes: &[u8]) -> Result<Blocks, String> {
        Blocks::open("f", FileBytes::read(bytes), "test", |_| ())
    }

    #[test]
    fn columns_come_back_and_damage_is_met_where_it_is() {
        let bytes = file();
        let blocks = open(&bytes).unwrap();
        let long = blocks.column("long").unwrap();
        assert_eq!(blocks.values::<u32>(long.clone()).unwrap()[39_999], 39_999);
        assert_eq!(blocks.values::<u8>(blocks.column("text").unwrap()), Some(&b"onetwo"[..]));
        assert_eq!(blocks.values::<u8>(blocks.column("none").unwrap()), Some(&[][..]));
        assert_eq!((blocks.verify(), blocks.column("other")), (Ok(()), None));

        let mut wrong = bytes.clone();
        wrong[long.end - 1] ^= 1;
        let blocks = open(&wrong).unwrap();
        assert_eq!(blocks.values::<u32>(long.start..long.start + 8), Some(&[0, 1][..]));
        assert_eq!((blocks.damage(), blocks.values::<u32>(long)), (None, None));
        assert!(blocks.damage().unwrap().starts_with("f is damaged: its block 2"));
        assert!(open(&bytes[..bytes.len() - 1]).is_err());
        assert!(Blocks::open("f", FileBytes::read(&bytes), "another", |_| ()).is_err());
    }

    #[test]
    fn every_flipped_byte_is_met_or_harmless() {
        let bytes = file();
        let data = open(&bytes).unwrap().data;
        for at in (0..data).chain((data..bytes.len()).step_by(997)) {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0x10;
            let Ok(blocks) = open(&wrong) else { continue };
            let is_met = blocks.verify().is_err();
            // Between hashes and data there are zeros that mean nothing.
            assert!(is_met || wrong[at] == 0x10, "byte {at}");
        }
    }
}
