//! Texts that lead to rows, sorted: what a map would be, in columns.

use std::sync::Arc;

use super::{
    blocks::{Blocks, Columns},
    column::{Texts, number},
    lists::Lists,
    mapped::Plain,
    sort::order_of,
};

/// Sorted texts, each with the rows that it leads to.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys<T> {
    texts: Texts,
    rows: Lists<T>,
}

impl<T: Copy> Keys<T> {
    /// The keys of some pairs of text and row; the rows of a text stay in their order.
    ///
    /// # Complexity
    /// Time O(n log n), for n pairs.
    pub(super) fn of(pairs: impl IntoIterator<Item = (String, T)>) -> Self {
        // Millions of texts stand end to end, instead of in a place of memory each.
        let (mut all, mut rows) = (Texts::default(), Vec::new());
        for (text, row) in pairs {
            all.push(&text);
            rows.push(row);
        }
        let order = order_of(&all);
        let (mut texts, mut offsets) = (Texts::default(), Vec::new());
        for (at, row) in order.iter().enumerate() {
            let text = all.get(*row);
            if at == 0 || all.get(order[at - 1]) != text {
                texts.push(text);
                offsets.push(number(at));
            }
        }
        offsets.push(number(order.len()));
        Self { texts, rows: Lists::new(offsets, order.iter().map(|at| rows[*at as usize]).collect()) }
    }

    /// The rows of a text; none when it is no key.
    pub(super) fn get(&self, text: &str) -> &[T] {
        self.texts.binary_search(text).map_or(&[], |at| self.rows.row(at))
    }

    /// The keys from a text on, each with its rows.
    pub(super) fn from(&self, text: &str) -> impl Iterator<Item = (&str, &[T])> {
        (self.texts.lower_bound(text)..number(self.texts.len()))
            .map(|at| (self.texts.get(at), self.rows.row(at)))
    }

    /// All keys, each with its rows.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[T])> {
        self.from("")
    }
}

impl<T: Plain> Keys<T> {
    /// Keys that stand in a file as four columns.
    pub(super) fn stored(
        blocks: &Arc<Blocks>,
        [bytes, ends, offsets, rows]: [&'static str; 4],
    ) -> Option<Self> {
        Some(Self { texts: Texts::stored(blocks, bytes, ends)?, rows: Lists::stored(blocks, offsets, rows)? })
    }

    pub(super) fn store<'c>(
        &'c self,
        [bytes, ends, offsets, rows]: [&'static str; 4],
        columns: &mut Columns<'c>,
    ) {
        columns.texts([bytes, ends], &self.texts);
        columns.lists([offsets, rows], &self.rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_to_their_rows_in_the_order_in_which_these_came() {
        let pairs = [("b", 1_u32), ("a", 5), ("b", 0), ("蒙古", 2)];
        let keys = Keys::of(pairs.map(|(text, row)| (text.to_owned(), row)));
        assert_eq!((keys.get("b"), keys.get("aa"), keys.get("蒙古")), (&[1, 0][..], &[][..], &[2][..]));
        assert_eq!(keys.from("aa").map(|(text, _)| text).collect::<Vec<_>>(), ["b", "蒙古"]);
        assert_eq!(Keys::<u32>::of(Vec::new()).iter().count(), 0);
    }
}
