//! A column with the values of a few more rows among its own: what stands in a file stays there.

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::column::{Column, number};

/// The values of a column, and of some rows among them.
#[derive(Clone, Debug)]
pub(super) struct Joined<T> {
    base: Box<Column<T>>,
    /// The rows of the values among all, in order.
    at: Arc<[u32]>,
    values: Box<[T]>,
    /// All values side by side, put together when rows around one of these are asked for at once.
    whole: OnceLock<Box<[T]>>,
    join: fn(&Self) -> Box<[T]>,
}

impl<T: Copy> Joined<T> {
    pub(super) fn of(base: Column<T>, at: Arc<[u32]>, values: Vec<T>) -> Self {
        let join = |joined: &Self| {
            let base = joined.base.whole();
            let mut whole = Vec::with_capacity(base.len() + joined.values.len());
            for (row, value) in joined.at.iter().zip(&joined.values) {
                let start = whole.len();
                let from = start - whole_before(&joined.at, start);
                whole.extend_from_slice(base.get(from..from + *row as usize - start).unwrap_or_default());
                whole.push(*value);
            }
            let from = (whole.len() - joined.values.len()).min(base.len());
            whole.extend_from_slice(&base[from..]);
            whole.into()
        };
        Self { base: base.into(), at, values: values.into(), whole: OnceLock::new(), join }
    }

    pub(super) fn at(&self, row: usize) -> T {
        match self.at.binary_search(&number(row)) {
            Ok(place) => self.values[place],
            Err(before) => self.base.at(row - before),
        }
    }
}

/// How many of some rows stand before one.
fn whole_before(at: &[u32], row: usize) -> usize {
    at.partition_point(|other| (*other as usize) < row)
}

impl<T> Joined<T> {
    pub(super) fn base(&self) -> &Column<T> {
        &self.base
    }

    pub(super) fn len(&self) -> usize {
        self.base.len() + self.values.len()
    }

    pub(super) fn slice(&self, rows: Range<usize>) -> &[T] {
        let [first, last] = [rows.start, rows.end].map(|row| whole_before(&self.at, row));
        if first == last || rows.end > self.len() {
            return self.base.slice(rows.start - first..rows.end - last);
        }
        self.whole.get_or_init(|| (self.join)(self)).get(rows).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_among_those_of_the_column() {
        for at in [vec![0_u32], vec![5], vec![0, 1, 2], vec![2, 4, 7, 8], vec![1, 3, 5, 7, 9]] {
            let values: Vec<u32> = at.iter().map(|row| 100 + row).collect();
            let mut expected: Vec<u32> = (0..5).collect();
            for (row, value) in at.iter().zip(&values) {
                expected.insert(*row as usize, *value);
            }
            let base: Column<u32> = (0..5).collect::<Vec<_>>().into();
            let joined = base.joined(&at.clone().into(), values, (0, 5));
            assert_eq!(joined.len(), expected.len());
            for start in 0..=expected.len() {
                for end in start..=expected.len() {
                    // Each is asked of a column that has put nothing together yet.
                    assert_eq!(joined.clone().slice(start..end), &expected[start..end], "{at:?}");
                }
                assert_eq!(joined.get(start), expected.get(start).copied());
            }
        }
    }
}
