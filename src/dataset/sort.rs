//! Sorts what has a text, by the first bytes of it where these tell.

/// The first bytes of a text as a number that sorts as they do.
pub(super) fn first_bytes(text: &str) -> u64 {
    let mut first = [0; 8];
    let length = text.len().min(8);
    first[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(first)
}

/// Sorts values by a text of each, then by `then`; equals stay in their order.
///
/// Values are moved once, and most pairs are told apart by the first bytes of their texts, without looking at them.
///
/// # Complexity
/// Time O(n log n), space O(n), for n values.
pub(super) fn sort_by_text<T>(
    values: &mut Vec<T>,
    text: impl Fn(&T) -> &str,
    then: impl Fn(&T, &T) -> std::cmp::Ordering,
) {
    let order = |a: &T, b: &T| text(a).cmp(text(b)).then_with(|| then(a, b));
    if values.is_sorted_by(|a, b| order(a, b).is_le()) {
        return;
    }
    let mut keys: Vec<(u64, u32)> =
        values.iter().zip(0..).map(|(value, at)| (first_bytes(text(value)), at)).collect();
    keys.sort_unstable_by(|(a, left), (b, right)| {
        let values = || order(&values[*left as usize], &values[*right as usize]);
        a.cmp(b).then_with(values).then(left.cmp(right))
    });
    let mut moved: Vec<Option<T>> = std::mem::take(values).into_iter().map(Some).collect();
    let take = |(_, at): (u64, u32)| moved[at as usize].take().expect("each is taken once");
    values.extend(keys.into_iter().map(take));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_sorted_as_their_texts_are() {
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
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.get(number(middle)) < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        number(low)
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
    fn lists_and_texts_give_back_their_rows() {
        let lists: Lists<u8> = [vec![1, 2], vec![], vec![3]].into_iter().collect();
        assert_eq!((lists.row(0), lists.row(1), lists.row(2)), (&[1, 2][..], &[][..], &[3][..]));
        let texts: Texts = ["", "古巴", "cuba"].into_iter().collect();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["", "古巴", "cuba"]);
        let mut values =
            [("b", 1), ("longer than eight", 2), ("b", 0), ("longer than", 3), ("b", 1), ("", 9)].to_vec();
        let mut expected = values.clone();
        expected.sort_unstable();
        sort_by_text(&mut values, |(text, _)| text, |a, b| a.1.cmp(&b.1));
        assert_eq!(values, expected);
    }
}
