//! A column with the values of a few more rows among its own: what stands in a file stays there.

use std::{
    borrow::Cow,
    fmt,
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::column::{Column, number};

/// What values of a file are where other rows stand among its own.
pub(super) struct Moved<T>(Arc<dyn Fn(T) -> T + Send + Sync>);

impl<T> Moved<T> {
    pub(super) fn by(moved: impl Fn(T) -> T + Send + Sync + 'static) -> Self {
        Self(Arc::new(moved))
    }

    pub(super) fn of(&self, value: T) -> T {
        (self.0)(value)
    }
}

impl<T> Clone for Moved<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> fmt::Debug for Moved<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Moved")
    }
}

/// The values of a column, and of some rows among them.
#[derive(Clone, Debug)]
pub(super) struct Joined<T> {
    base: Box<Column<T>>,
    /// What values of the base are now, where they are others.
    moved: Option<Moved<T>>,
    /// The rows of the values among all, in order.
    at: Arc<[u32]>,
    values: Box<[T]>,
    /// All values side by side, put together when rows around one of these are asked for at once.
    whole: OnceLock<Box<[T]>>,
    join: fn(&Self) -> Box<[T]>,
}

impl<T: Copy> Joined<T> {
    pub(super) fn of(base: Column<T>, at: Arc<[u32]>, values: Vec<T>, moved: Option<Moved<T>>) -> Self {
        let join = |joined: &Self| {
            let base: Cow<'_, [T]> = match &joined.moved {
                Some(moved) => joined.base.whole().iter().map(|value| moved.of(*value)).collect(),
                None => joined.base.whole().into(),
            };
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
        Self { base: base.into(), moved, at, values: values.into(), whole: OnceLock::new(), join }
    }

    pub(super) fn at(&self, row: usize) -> T {
        match self.at.binary_search(&number(row)) {
            Ok(place) => self.values[place],
            Err(before) => {
                let value = self.base.at(row - before);
                self.moved.as_ref().map_or(value, |moved| moved.of(value))
            }
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
        if self.moved.is_none() && first == last || rows.end > self.len() {
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
            let tens: Vec<u32> =
                expected.iter().map(|value| if *value < 100 { value * 10 } else { *value }).collect();
            let values = at.iter().map(|row| 100 + row).collect();
            let moved = (0..5).collect::<Vec<u32>>();
            let moved = Column::from(moved).moved(&at.clone().into(), values, Moved::by(|value| value * 10));
            assert_eq!(
                (moved.at(0), moved.clone().slice(1..3), moved.whole()),
                (tens[0], &tens[1..3], &tens[..])
            );
        }
    }
}
