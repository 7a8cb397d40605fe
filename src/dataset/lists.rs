//! Lists of values, one list a row: in memory, in a file, or those of a file with a few more values among its own.

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::{
    blocks::Blocks,
    column::{Column, number},
    joined::Moved,
    mapped::Plain,
};

/// Lists of values, one list a row.
#[derive(Clone, Debug)]
pub struct Lists<T>(Held<T>);

#[derive(Clone, Debug)]
enum Held<T> {
    /// The values of row `r` stand at `offsets[r]..offsets[r + 1]`.
    Flat {
        offsets: Column<u32>,
        values: Column<T>,
    },
    Joined(Arc<JoinedLists<T>>),
}

impl<T: PartialEq> PartialEq for Lists<T> {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl<T: Eq> Eq for Lists<T> {}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self::new(vec![0], Vec::new())
    }
}

impl<T> Lists<T> {
    /// Lists of values that stand row after row, by where each begins and the last ends.
    pub(super) fn new(offsets: Vec<u32>, values: Vec<T>) -> Self {
        Self(Held::Flat { offsets: offsets.into(), values: values.into() })
    }

    /// Where the values of a row stand among all values.
    #[inline]
    pub fn range(&self, row: u32) -> Range<usize> {
        let row = row as usize;
        let bounds = match &self.0 {
            Held::Flat { offsets, .. } => offsets.slice(row..row + 2),
            Held::Joined(joined) => &joined.whole().0[row..row + 2],
        };
        match bounds {
            [start, end] => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// Where the values of each row begin and those of the last end, and all values.
    pub(super) fn parts(&self) -> (&[u32], &[T]) {
        match &self.0 {
            Held::Flat { offsets, values } => (offsets.whole(), values.whole()),
            Held::Joined(joined) => {
                let (offsets, values) = joined.whole();
                (offsets, values)
            }
        }
    }

    /// The values of a row.
    #[inline]
    pub fn row(&self, row: u32) -> &[T] {
        match &self.0 {
            Held::Flat { values, .. } => values.slice(self.range(row)),
            Held::Joined(joined) => joined.row(row),
        }
    }

    /// How many values a row has.
    #[inline]
    pub fn count(&self, row: u32) -> usize {
        match &self.0 {
            Held::Flat { .. } => self.range(row).len(),
            Held::Joined(joined) => joined.count(row),
        }
    }

    /// How many rows there are.
    fn row_count(&self) -> usize {
        match &self.0 {
            Held::Flat { offsets, .. } => offsets.len().saturating_sub(1),
            Held::Joined(joined) => joined.row_count(),
        }
    }

    /// All values, row after row; of a file, all are looked at.
    pub fn values(&self) -> &[T] {
        self.parts().1
    }
}

impl<T: Plain> Lists<T> {
    /// Lists that stand in a file as two columns.
    pub(super) fn stored(blocks: &Arc<Blocks>, offsets: &str, values: &str) -> Option<Self> {
        let (offsets, values) = (Column::stored(blocks, offsets)?, Column::stored(blocks, values)?);
        Some(Self(Held::Flat { offsets, values }))
    }
}

impl<T: Copy + Default> Lists<T> {
    /// Gathers values by row, in the order in which they come.
    ///
    /// # Complexity
    /// Time and space O(R + N), for R rows and N values.
    pub(crate) fn group(row_count: usize, values: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut offsets = vec![0_u32; row_count + 1];
        for (row, _) in values.clone() {
            offsets[row as usize + 1] += 1;
        }
        for row in 0..row_count {
            offsets[row + 1] += offsets[row];
        }
        let mut next = offsets.clone();
        let mut placed = vec![T::default(); offsets[row_count] as usize];
        for (row, value) in values {
            placed[next[row as usize] as usize] = value;
            next[row as usize] += 1;
        }
        Self::new(offsets, placed)
    }
}

impl<T: Copy + Ord> Lists<T> {
    /// Lists of sorted values with new rows among these, and with more values, each of which comes with its row; the others
    /// are other values now.
    pub(super) fn joined(&self, at: &Arc<[u32]>, mut more: Vec<(u32, T)>, moved: Moved<T>) -> Self {
        more.sort_unstable();
        let count = self.row_count() + at.len();
        let shelves = (0..count.div_ceil(PAGE * SHELF)).map(|_| OnceLock::new()).collect();
        let (base, at, more) = (self.clone(), at.clone(), more.into());
        let make = JoinedLists::make;
        Self(Held::Joined(Arc::new(JoinedLists {
            base,
            at,
            more,
            moved,
            make,
            shelves,
            whole: OnceLock::new(),
        })))
    }
}

impl<T> FromIterator<Vec<T>> for Lists<T> {
    fn from_iter<I: IntoIterator<Item = Vec<T>>>(rows: I) -> Self {
        let mut offsets = vec![0];
        let mut values = Vec::new();
        for row in rows {
            values.extend(row);
            offsets.push(number(values.len()));
        }
        Self::new(offsets, values)
    }
}

/// So many rows are put together at a time.
const PAGE: usize = 16;
/// How many such pages are got ready at a time.
const SHELF: usize = 1024;

/// Rows that are put together: where the values of each begin and those of the last end, and all values.
type Rows<T> = (Box<[u32]>, Box<[T]>);

/// Pages, each made when a row of it is first asked for.
type Shelf<T> = OnceLock<Box<[OnceLock<Rows<T>>]>>;

/// Lists with more rows and values, put together page by page.
#[derive(Debug)]
struct JoinedLists<T> {
    base: Lists<T>,
    /// The new rows among all, in order.
    at: Arc<[u32]>,
    /// Values that the base has not, each with its row among all; sorted.
    more: Box<[(u32, T)]>,
    moved: Moved<T>,
    make: fn(&Self, Range<u32>) -> Rows<T>,
    shelves: Box<[Shelf<T>]>,
    whole: OnceLock<Rows<T>>,
}

impl<T: Copy + Ord> JoinedLists<T> {
    fn make(&self, rows: Range<u32>) -> Rows<T> {
        let (mut offsets, mut values) = (vec![0], Vec::new());
        for row in rows {
            let start = values.len();
            if let Some(base) = self.base_row(row) {
                values.extend(self.base.row(base).iter().map(|value| self.moved.of(*value)));
            }
            let more = self.more_of(row);
            if !more.is_empty() {
                values.extend(more.iter().map(|(_, value)| *value));
                values[start..].sort_unstable();
            }
            offsets.push(number(values.len()));
        }
        (offsets.into(), values.into())
    }
}

impl<T> JoinedLists<T> {
    fn row_count(&self) -> usize {
        self.base.row_count() + self.at.len()
    }

    /// The row of the base, if it is one of these.
    fn base_row(&self, row: u32) -> Option<u32> {
        self.at.binary_search(&row).err().map(|before| row - number(before))
    }

    fn more_of(&self, row: u32) -> &[(u32, T)] {
        let first = self.more.partition_point(|(other, _)| *other < row);
        let count = self.more[first..].partition_point(|(other, _)| *other == row);
        &self.more[first..first + count]
    }

    fn count(&self, row: u32) -> usize {
        self.base_row(row).map_or(0, |row| self.base.count(row)) + self.more_of(row).len()
    }

    fn row(&self, row: u32) -> &[T] {
        let (page, at) = (row as usize / PAGE, row as usize % PAGE);
        let pages = self.shelves[page / SHELF].get_or_init(|| (0..SHELF).map(|_| OnceLock::new()).collect());
        let (offsets, values) = pages[page % SHELF].get_or_init(|| {
            let end = self.row_count().min((page + 1) * PAGE);
            (self.make)(self, number(page * PAGE)..number(end))
        });
        &values[offsets[at] as usize..offsets[at + 1] as usize]
    }

    fn whole(&self) -> &Rows<T> {
        self.whole.get_or_init(|| (self.make)(self, 0..number(self.row_count())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_give_back_their_rows() {
        let lists: Lists<u8> = [vec![1, 2], vec![], vec![3]].into_iter().collect();
        assert_eq!((lists.row(0), lists.row(1), lists.row(2)), (&[1, 2][..], &[][..], &[3][..]));
    }

    #[test]
    fn rows_and_values_stand_among_those_of_the_base() {
        let base: Lists<u32> = (0..40_u32).map(|row| vec![row, row + 5]).collect();
        let moved = Moved::by(|value: u32| value * 10);
        let at: Vec<u32> = vec![0, 7, 42];
        let mut expected: Vec<Vec<u32>> = (0..40).map(|row| vec![row * 10, row * 10 + 50]).collect();
        for row in &at {
            expected.insert(*row as usize, Vec::new());
        }
        let more = vec![(42, 9), (2, 35), (7, 1), (42, 3)];
        for (row, value) in &more {
            let list: &mut Vec<u32> = &mut expected[*row as usize];
            list.push(*value);
            list.sort_unstable();
        }
        // Each way of asking is first once.
        let new = || base.joined(&at.clone().into(), more.clone(), moved.clone());
        let asked = new();
        for (row, list) in (0..).zip(&expected) {
            assert_eq!((asked.count(row), asked.row(row)), (list.len(), &list[..]));
            assert_eq!(&new().values()[asked.range(row)], &list[..]);
        }
        assert_eq!(new().values(), expected.concat());
        assert_eq!(new(), expected.into_iter().collect());
    }
}
