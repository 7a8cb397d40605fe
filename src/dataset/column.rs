//! The columns that everything reads.

use std::{ops::Range, sync::Arc};

use super::{
    blocks::Blocks,
    joined::{Joined, Moved},
    made::Made,
    mapped::{Plain, zero},
};

/// A column: one value a row, side by side in memory or in a file that is mapped.
///
/// Of a file only what is asked for is looked at. Where that is not what was written, the file's
/// [alarm](super::Alarm) is raised and the value is one of zeros.
#[derive(Clone, Debug)]
pub struct Column<T>(Held<T>);

#[derive(Clone, Debug)]
enum Held<T> {
    Owned(Box<[T]>),
    /// Of which others are made that outlive it.
    Shared(Arc<Vec<T>>),
    Stored(Stored<T>),
    Joined(Joined<T>),
    Made(Made<T>),
}

/// The values of a stretch of bytes.
#[derive(Clone, Debug)]
struct Stored<T> {
    blocks: Arc<Blocks>,
    range: Range<usize>,
    count: usize,
    /// How bytes are read as values: known where it is known that they may be.
    read: for<'b> fn(&'b Blocks, Range<usize>) -> Option<&'b [T]>,
    /// What stands where no value can be had.
    zero: T,
}

impl<T> From<Vec<T>> for Column<T> {
    fn from(values: Vec<T>) -> Self {
        Self(Held::Owned(values.into()))
    }
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self(Held::Owned(Box::default()))
    }
}

impl<T: PartialEq> PartialEq for Column<T> {
    fn eq(&self, other: &Self) -> bool {
        self.whole() == other.whole()
    }
}

impl<T: Eq> Eq for Column<T> {}

impl<T: Copy> Column<T> {
    /// How many rows come before the first that does not fit, where those that fit come first.
    pub fn partition_point(&self, fits: impl Fn(T) -> bool) -> usize {
        partition(0..self.len(), |row| fits(self.at(row)))
    }
}

impl<T> Column<T> {
    /// A column of values that its clones share.
    pub(super) fn shared(values: Vec<T>) -> Self {
        Self(Held::Shared(Arc::new(values)))
    }

    /// A column of so many values, each of which is made when it is asked for.
    pub(super) fn made(count: usize, value: impl Fn(usize) -> T + Send + Sync + 'static) -> Self {
        Self(Held::Made(Made::of(count, value)))
    }

    /// The same, where all can be made at once.
    pub(super) fn made_with(
        count: usize,
        value: impl Fn(usize) -> T + Send + Sync + 'static,
        all: impl Fn() -> Vec<T> + Send + Sync + 'static,
    ) -> Self {
        Self(Held::Made(Made::of(count, value).with_all(all)))
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        match &self.0 {
            Held::Owned(values) => values.len(),
            Held::Shared(values) => values.len(),
            Held::Stored(stored) => stored.count,
            Held::Joined(joined) => joined.len(),
            Held::Made(made) => made.len(),
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T: Copy + PartialEq> Column<T> {
    /// The column with the values of some rows among its own, of which each is another now.
    pub(super) fn moved(&self, at: &Arc<[u32]>, values: Vec<T>, moved: Moved<T>) -> Self {
        Self(Held::Joined(Joined::of(self.clone(), at.clone(), values, Some(moved))))
    }

    /// The column with the values of some rows among its own; where it is empty, it stands for `count` times a value.
    pub(super) fn joined(&self, at: &Arc<[u32]>, values: Vec<T>, (usual, count): (T, usize)) -> Self {
        if !self.is_empty() {
            return Self(Held::Joined(Joined::of(self.clone(), at.clone(), values, None)));
        }
        if values.iter().all(|value| *value == usual) {
            return Self::default();
        }
        let mut whole = vec![usual; count + values.len()];
        for (row, value) in at.iter().zip(values) {
            whole[*row as usize] = value;
        }
        whole.into()
    }
}

impl<T: Plain> Column<T> {
    /// The column of this name in a file; `None` when there is none, or it is none of such values.
    pub(super) fn stored(blocks: &Arc<Blocks>, name: &str) -> Option<Self> {
        let range = blocks.column(name)?;
        let count = range.len() / size_of::<T>();
        let stored = || Stored {
            blocks: blocks.clone(),
            range,
            count,
            read: |blocks, range| blocks.values(range),
            zero: zero(),
        };
        (count * size_of::<T>() == blocks.column(name)?.len()).then(|| Self(Held::Stored(stored())))
    }
}

impl<T: Plain + Send + Sync + 'static> Column<T> {
    /// The column of this name in a file, which stands for so many times a value where it is empty.
    pub(super) fn stored_or(blocks: &Arc<Blocks>, name: &str, (usual, count): (T, usize)) -> Option<Self> {
        let stored = Self::stored(blocks, name)?;
        let all = move || Self::made_with(count, move |_| usual, move || vec![usual; count]);
        Some(if stored.is_empty() { all() } else { stored })
    }
}

impl<T: Copy> Column<T> {
    /// The value of a row.
    #[inline]
    pub fn at(&self, row: usize) -> T {
        match &self.0 {
            Held::Owned(values) => values[row],
            Held::Shared(values) => values[row],
            Held::Stored(stored) => self.slice(row..row + 1).first().copied().unwrap_or(stored.zero),
            Held::Joined(joined) => joined.at(row),
            Held::Made(made) => made.at(row),
        }
    }

    /// The value of a row, if the column has that many.
    #[inline]
    pub fn get(&self, row: usize) -> Option<T> {
        (row < self.len()).then(|| self.at(row))
    }
}

impl<T> Column<T> {
    /// The values of some rows.
    #[inline]
    pub fn slice(&self, rows: Range<usize>) -> &[T] {
        match &self.0 {
            Held::Owned(values) => &values[rows],
            Held::Shared(values) => &values[rows],
            Held::Stored(Stored { blocks, range, count, read, .. }) => {
                if rows.start > rows.end || rows.end > *count {
                    blocks.tell(&format!("it speaks of row {} of a column of {count}", rows.end));
                    return &[];
                }
                let size = size_of::<T>();
                let bytes = range.start + rows.start * size..range.start + rows.end * size;
                read(blocks, bytes).unwrap_or_default()
            }
            Held::Joined(joined) => joined.slice(rows),
            Held::Made(made) => &made.whole()[rows],
        }
    }

    /// The values of all rows; of a file, all are looked at.
    pub fn whole(&self) -> &[T] {
        self.slice(0..self.len())
    }

    /// Tells of a value that cannot be.
    #[cold]
    pub(super) fn tell(&self, what: &str) {
        match &self.0 {
            Held::Owned(_) | Held::Shared(_) | Held::Made(_) => {}
            Held::Stored(stored) => stored.blocks.tell(what),
            Held::Joined(joined) => joined.base().tell(what),
        }
    }
}

/// The first of some rows that does not fit, where those that fit come first; the end where all do.
pub(super) fn partition(rows: Range<usize>, fits: impl Fn(usize) -> bool) -> usize {
    let Range { start: mut low, end: mut high } = rows;
    while low < high {
        let middle = usize::midpoint(low, high);
        if fits(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// A row number or count as columns hold it.
///
/// The builder refuses a row beyond the 32 bits, so that no dataset holds one.
pub(crate) fn number(value: usize) -> u32 {
    u32::try_from(value).expect("the builder refuses more rows than fit 32 bits")
}

/// A column of texts, end to end in one buffer.
#[derive(Clone, Debug)]
pub struct Texts(Kept);

#[derive(Clone, Debug)]
enum Kept {
    Owned {
        buffer: String,
        ends: Vec<u64>,
    },
    Stored {
        bytes: Column<u8>,
        ends: Column<u64>,
    },
    /// Texts at some rows among others, of which there are so many; all empty where there is no base.
    Joined {
        base: Option<Box<Texts>>,
        count: usize,
        at: Arc<[u32]>,
        texts: Box<Texts>,
    },
}

impl Default for Texts {
    fn default() -> Self {
        Self(Kept::Owned { buffer: String::new(), ends: Vec::new() })
    }
}

impl Texts {
    /// Texts that stand in a file as two columns.
    pub(super) fn stored(blocks: &Arc<Blocks>, bytes: &str, ends: &str) -> Option<Self> {
        Some(Self(Kept::Stored {
            bytes: Column::stored(blocks, bytes)?,
            ends: Column::stored(blocks, ends)?,
        }))
    }

    /// The texts with some at some rows among them; where there are none, they stand for `count` empty ones.
    pub(super) fn joined(&self, at: &Arc<[u32]>, texts: Self, count: usize) -> Self {
        let base = (!self.is_empty()).then(|| Box::new(self.clone()));
        Self(Kept::Joined { base, count, at: at.clone(), texts: Box::new(texts) })
    }

    /// Whether all but a few that came later are empty.
    pub(super) fn are_later(&self) -> bool {
        match &self.0 {
            Kept::Joined { base, .. } => base.as_ref().is_none_or(|base| base.are_later()),
            Kept::Owned { .. } | Kept::Stored { .. } => false,
        }
    }

    /// The row of a text that [came later](Self::are_later).
    pub(super) fn find_later(&self, text: &str) -> Option<u32> {
        let Kept::Joined { base, at, texts, .. } = &self.0 else { return None };
        let here = at.iter().zip(texts.iter()).find(|(_, other)| *other == text).map(|(row, _)| *row);
        here.or_else(|| {
            let row = base.as_ref()?.find_later(text)?;
            // Those that were joined before it: each stands behind as many others as its row says, less those joined.
            let before = |(earlier, at): (u32, &u32)| at - earlier <= row;
            Some(row + number((0..).zip(at.iter()).take_while(|pair| before(*pair)).count()))
        })
    }

    /// The buffer, and where each text ends in it.
    pub(super) fn parts(&self) -> (&[u8], &[u64]) {
        match &self.0 {
            Kept::Owned { buffer, ends } => (buffer.as_bytes(), ends),
            Kept::Stored { bytes, ends } => (bytes.whole(), ends.whole()),
            Kept::Joined { .. } => unreachable!("files of columns are made of what was built"),
        }
    }

    /// The text of a row.
    pub fn get(&self, row: u32) -> &str {
        let row = row as usize;
        match &self.0 {
            Kept::Owned { buffer, ends } => {
                let start = if row == 0 { 0 } else { ends[row - 1] };
                &buffer[usize_of(start)..usize_of(ends[row])]
            }
            Kept::Stored { bytes, ends } => {
                let start = if row == 0 { 0 } else { ends.at(row - 1) };
                text(bytes, usize_of(start)..usize_of(ends.at(row)))
            }
            Kept::Joined { base, at, texts, .. } => match at.binary_search(&number(row)) {
                Ok(place) => texts.get(number(place)),
                Err(before) => base.as_ref().map_or("", |base| base.get(number(row - before))),
            },
        }
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::Owned { ends, .. } => ends.len(),
            Kept::Stored { ends, .. } => ends.len(),
            Kept::Joined { count, at, .. } => count + at.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a text as the last row.
    ///
    /// # Panics
    /// When the texts stand in a file.
    pub fn push(&mut self, text: &str) {
        match &mut self.0 {
            Kept::Owned { buffer, ends } => {
                buffer.push_str(text);
                ends.push(buffer.len() as u64);
            }
            Kept::Stored { .. } | Kept::Joined { .. } => {
                unreachable!("texts of a file are read, and others are made")
            }
        }
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..number(self.len())).map(|row| self.get(row))
    }

    /// The first row whose text is not before a text, among texts that are sorted.
    pub fn lower_bound(&self, text: &str) -> u32 {
        number(partition(0..self.len(), |row| self.get(number(row)) < text))
    }

    /// The row of a text among texts that are sorted.
    pub fn binary_search(&self, text: &str) -> Option<u32> {
        let row = self.lower_bound(text);
        ((row as usize) < self.len() && self.get(row) == text).then_some(row)
    }
}

/// Some bytes of a column as text.
pub(super) fn text(bytes: &Column<u8>, range: Range<usize>) -> &str {
    std::str::from_utf8(bytes.slice(range)).unwrap_or_else(|error| {
        bytes.tell(&error.to_string());
        ""
    })
}

fn usize_of(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut column = Self::default();
        for text in texts {
            column.push(text);
        }
        column
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_give_back_their_rows() {
        let texts: Texts = ["", "古巴", "cuba"].into_iter().collect();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["", "古巴", "cuba"]);
        let sorted: Texts = ["a", "b", "d"].into_iter().collect();
        assert_eq!((sorted.binary_search("b"), sorted.binary_search("c")), (Some(1), None));
    }
}
