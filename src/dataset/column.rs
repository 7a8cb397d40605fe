//! The columns that everything reads.

use std::ops::Deref;

/// A column: one value a row, side by side in memory.
///
/// Analysis reads columns as slices and does not see who owns them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column<T>(Box<[T]>);

impl<T> Deref for Column<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> From<Vec<T>> for Column<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values.into())
    }
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

/// Lists of values, one list a row: the values of row `r` stand at `offsets[r]..offsets[r + 1]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lists<T> {
    offsets: Column<u32>,
    values: Column<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { offsets: vec![0].into(), values: Column::default() }
    }
}

impl<T> Lists<T> {
    /// Lists of values that stand row after row, by where each begins and the last ends.
    pub(super) fn new(offsets: Vec<u32>, values: Vec<T>) -> Self {
        Self { offsets: offsets.into(), values: values.into() }
    }

    /// The values of a row.
    pub fn row(&self, row: u32) -> &[T] {
        &self.values[self.range(row)]
    }

    /// Where the values of a row stand among all values.
    pub fn range(&self, row: u32) -> std::ops::Range<usize> {
        let row = row as usize;
        self.offsets[row] as usize..self.offsets[row + 1] as usize
    }

    /// All values, row after row.
    pub fn values(&self) -> &[T] {
        &self.values
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
        Self { offsets: offsets.into(), values: placed.into() }
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
        Self { offsets: offsets.into(), values: values.into() }
    }
}

/// A row number or count as columns hold it.
///
/// The builder refuses a row beyond the 32 bits, so that no dataset holds one.
pub(crate) fn number(value: usize) -> u32 {
    u32::try_from(value).expect("the builder refuses more rows than fit 32 bits")
}

/// A column of texts, end to end in one buffer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    buffer: String,
    ends: Vec<u64>,
}

impl Texts {
    /// The text of a row.
    pub fn get(&self, row: u32) -> &str {
        let row = row as usize;
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.buffer[usize_of(start)..usize_of(self.ends[row])]
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds a text as the last row.
    pub fn push(&mut self, text: &str) {
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len() as u64);
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..number(self.len())).map(|row| self.get(row))
    }

    /// The row of a text among texts that are sorted.
    pub fn binary_search(&self, text: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.get(number(middle)).cmp(text) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(number(middle)),
            }
        }
        None
    }
}

fn usize_of(offset: u64) -> usize {
    usize::try_from(offset).expect("the offset was a length in memory")
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
    fn lists_and_texts_give_back_their_rows() {
        let lists: Lists<u8> = [vec![1, 2], vec![], vec![3]].into_iter().collect();
        assert_eq!((lists.row(0), lists.row(1), lists.row(2)), (&[1, 2][..], &[][..], &[3][..]));
        let texts: Texts = ["", "古巴", "cuba"].into_iter().collect();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["", "古巴", "cuba"]);
        let sorted: Texts = ["a", "b", "d"].into_iter().collect();
        assert_eq!((sorted.binary_search("b"), sorted.binary_search("c")), (Some(1), None));
    }
}
