//! Lists of values, one list a row: in memory, in a file, or those of a file with a few more values among its own.

use std::{ops::Range, sync::Arc};

use super::{
    blocks::Blocks,
    column::{Column, number},
    joined::Moved,
    joined_lists::{ByRow, JoinedLists},
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
    Joined(Arc<JoinedLists<T, Lists<T>>>),
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
        match &self.0 {
            Held::Flat { offsets, .. } => match offsets.slice(row as usize..row as usize + 2) {
                [start, end] => *start as usize..*end as usize,
                _ => 0..0,
            },
            Held::Joined(joined) => {
                let start = joined.start(row);
                start..start + joined.count(row)
            }
        }
    }

    /// Where the values of a row begin among all values; behind the last row, how many there are.
    #[inline]
    pub fn start(&self, row: u32) -> usize {
        match &self.0 {
            Held::Flat { offsets, .. } => offsets.at(row as usize) as usize,
            Held::Joined(joined) => joined.start(row),
        }
    }

    /// How many values all rows have.
    pub(super) fn value_count(&self) -> usize {
        match &self.0 {
            Held::Flat { values, .. } => values.len(),
            Held::Joined(joined) => joined.value_count(),
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
    pub(super) fn row_count(&self) -> usize {
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

    /// Lists of so many rows that stand in a file as two columns, which are empty where no row has a value.
    pub(super) fn stored_if_any(
        blocks: &Arc<Blocks>,
        [offsets, values]: [&str; 2],
        row_count: usize,
    ) -> Option<Self> {
        let offsets = Column::stored_or(blocks, offsets, (0, row_count + 1))?;
        let lists = Self(Held::Flat { offsets, values: Column::stored(blocks, values)? });
        (lists.row_count() == row_count).then_some(lists)
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
    pub(super) fn joined(&self, at: &Arc<[u32]>, more: Vec<(u32, T)>, moved: Moved<T>) -> Self {
        Self(Held::Joined(Arc::new(JoinedLists::of(self.clone(), at.clone(), more, moved))))
    }
}

impl<T> ByRow<T> for Lists<T> {
    fn row_count(&self) -> usize {
        self.row_count()
    }

    fn row(&self, row: u32) -> &[T] {
        self.row(row)
    }

    fn count(&self, row: u32) -> usize {
        self.count(row)
    }
}

impl<T: Clone, R: AsRef<[T]>> FromIterator<R> for Lists<T> {
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Self {
        let mut offsets = vec![0];
        let mut values = Vec::new();
        for row in rows {
            values.extend_from_slice(row.as_ref());
            offsets.push(number(values.len()));
        }
        Self::new(offsets, values)
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
