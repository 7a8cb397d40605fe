//! Lists with a few more rows and values among their own, put together page by page as they are asked for.

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::{column::number, joined::Moved, lists::Lists};

/// Values by row.
pub(super) trait ByRow<T> {
    /// How many rows there are.
    fn row_count(&self) -> usize;

    /// The values of a row.
    fn row(&self, row: u32) -> &[T];

    /// How many values a row has.
    fn count(&self, row: u32) -> usize;
}

/// So many rows are put together at a time.
const PAGE: usize = 16;
/// How many such pages are got ready at a time.
const SHELF: usize = 1024;

/// Rows that are put together: where the values of each begin and those of the last end, and all values.
type Rows<T> = (Box<[u32]>, Box<[T]>);

/// Pages, each made when a row of it is first asked for.
type Shelf<T> = OnceLock<Box<[OnceLock<Rows<T>>]>>;

/// Sorted values by row, and more of these.
#[derive(Debug)]
pub(super) struct JoinedLists<T, B> {
    base: B,
    /// The new rows among all, in order.
    at: Arc<[u32]>,
    /// Values that the base has not, each with its row among all; sorted.
    more: Box<[(u32, T)]>,
    moved: Moved<T>,
    make: fn(&Self, Range<u32>) -> Rows<T>,
    shelves: Box<[Shelf<T>]>,
    whole: OnceLock<Rows<T>>,
}

impl<T: Copy + Ord, B: ByRow<T>> JoinedLists<T, B> {
    /// Lists of sorted values with new rows among these, and with more values, each of which comes with its row; the others
    /// are other values now.
    pub(super) fn of(base: B, at: Arc<[u32]>, mut more: Vec<(u32, T)>, moved: Moved<T>) -> Self {
        more.sort_unstable();
        let count = base.row_count() + at.len();
        let shelves = (0..count.div_ceil(PAGE * SHELF)).map(|_| OnceLock::new()).collect();
        let (make, whole) = (Self::make, OnceLock::new());
        Self { base, at, more: more.into(), moved, make, shelves, whole }
    }

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

impl<T, B: ByRow<T>> JoinedLists<T, B> {
    pub(super) fn row_count(&self) -> usize {
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

    pub(super) fn count(&self, row: u32) -> usize {
        self.base_row(row).map_or(0, |row| self.base.count(row)) + self.more_of(row).len()
    }

    pub(super) fn row(&self, row: u32) -> &[T] {
        let (page, at) = (row as usize / PAGE, row as usize % PAGE);
        let pages = self.shelves[page / SHELF].get_or_init(|| (0..SHELF).map(|_| OnceLock::new()).collect());
        let (offsets, values) = pages[page % SHELF].get_or_init(|| {
            let end = self.row_count().min((page + 1) * PAGE);
            (self.make)(self, number(page * PAGE)..number(end))
        });
        &values[offsets[at] as usize..offsets[at + 1] as usize]
    }

    /// Where the values of each row begin and those of the last end, and all values.
    pub(super) fn whole(&self) -> (&[u32], &[T]) {
        let (offsets, values) = self.whole.get_or_init(|| (self.make)(self, 0..number(self.row_count())));
        (offsets, values)
    }
}

impl<T> JoinedLists<T, Lists<T>> {
    /// Where the values of a row begin among all values; behind the last row, how many there are.
    pub(super) fn start(&self, row: u32) -> usize {
        let before = self.at.partition_point(|other| *other < row);
        self.base.start(row - number(before)) + self.more.partition_point(|(other, _)| *other < row)
    }

    pub(super) fn value_count(&self) -> usize {
        self.base.value_count() + self.more.len()
    }
}
