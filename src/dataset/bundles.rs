//! The ties of each dyad. Of most there is one, which then takes no more room than its number.

use std::sync::Arc;

use super::{
    blocks::{Blocks, Columns},
    column::{Column, number},
    index::TieIndex,
    joined::Moved,
    joined_lists::{ByRow, JoinedLists},
};

/// Ties by row, one at least; in order of time.
#[derive(Clone, Debug)]
pub(super) struct Bundles(Held);

#[derive(Clone, Debug)]
enum Held {
    /// The tie of a row that has no other; or, with [`MANY`], where in `many` stand how many it has, and these.
    Flat {
        rows: Column<TieIndex>,
        many: Column<TieIndex>,
    },
    Joined(Arc<JoinedLists<TieIndex, Bundles>>),
}

/// What is no row of a tie.
const MANY: u32 = 1 << 31;

/// No dataset has more ties: then places in `many`, of which two ties take three at most, stay below [`MANY`].
pub(super) const MOST_TIES: u32 = 1 << 30;

impl Default for Bundles {
    fn default() -> Self {
        Self(Held::Flat { rows: Column::default(), many: Column::default() })
    }
}

/// Where the ties of a row stand in `many`, if it has more than one.
fn place(row: TieIndex) -> Option<usize> {
    (row.0 & MANY != 0).then_some((row.0 & !MANY) as usize)
}

impl Bundles {
    /// The ties of rows one after the other: how many each row has, and all of them.
    pub(super) fn of(
        counts: impl Iterator<Item = u32> + Clone,
        mut ties: impl Iterator<Item = TieIndex>,
    ) -> Self {
        let room = counts.clone().filter(|count| *count > 1).map(|count| count as usize + 1).sum();
        let mut many = Vec::with_capacity(room);
        let mut rows = Vec::with_capacity(counts.size_hint().0);
        for count in counts {
            if count == 1 {
                rows.extend(ties.next());
                continue;
            }
            rows.push(TieIndex(MANY | number(many.len())));
            many.push(TieIndex(count));
            many.extend(ties.by_ref().take(count as usize));
        }
        Self(Held::Flat { rows: rows.into(), many: many.into() })
    }

    pub(super) fn store<'c>(&'c self, columns: &mut Columns<'c>) {
        let Held::Flat { rows, many } = &self.0 else {
            unreachable!("files of columns are made of what was built")
        };
        columns.push("dyads.ties", rows.whole());
        columns.push("dyads.ties.many", many.whole());
    }

    pub(super) fn stored(blocks: &Arc<Blocks>) -> Option<Self> {
        let (rows, many) =
            (Column::stored(blocks, "dyads.ties")?, Column::stored(blocks, "dyads.ties.many")?);
        Some(Self(Held::Flat { rows, many }))
    }

    /// The ties with new rows among them, and with more ties, each of which comes with its row; the others have moved.
    pub(super) fn joined(&self, at: &Arc<[u32]>, more: Vec<(u32, TieIndex)>, moved: Moved<TieIndex>) -> Self {
        Self(Held::Joined(Arc::new(JoinedLists::of(self.clone(), at.clone(), more, moved))))
    }
}

impl ByRow<TieIndex> for Bundles {
    fn row_count(&self) -> usize {
        match &self.0 {
            Held::Flat { rows, .. } => rows.len(),
            Held::Joined(joined) => joined.row_count(),
        }
    }

    #[inline]
    fn row(&self, row: u32) -> &[TieIndex] {
        match &self.0 {
            Held::Flat { rows, many } => {
                let one = rows.slice(row as usize..row as usize + 1);
                let Some(at) = one.first().and_then(|tie| place(*tie)) else { return one };
                let first = at + 1;
                many.slice(first..first.saturating_add(many.at(at).at()))
            }
            Held::Joined(joined) => joined.row(row),
        }
    }

    #[inline]
    fn count(&self, row: u32) -> usize {
        match &self.0 {
            Held::Flat { rows, many } => place(rows.at(row as usize)).map_or(1, |at| many.at(at).at()),
            Held::Joined(joined) => joined.count(row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_tie_and_of_more_come_back() {
        let lists = [vec![4], vec![0, 2, 3], vec![1], vec![5, 6]];
        let ties = lists.concat().into_iter().map(TieIndex);
        let bundles = Bundles::of(lists.iter().map(|list| number(list.len())), ties);
        let asked = |bundles: &Bundles| -> Vec<Vec<u32>> {
            (0..number(bundles.row_count()))
                .map(|row| {
                    assert_eq!(bundles.count(row), bundles.row(row).len());
                    bundles.row(row).iter().map(|tie| tie.0).collect()
                })
                .collect()
        };
        assert_eq!(asked(&bundles), lists);
        let moved = Moved::by(|tie: TieIndex| TieIndex(tie.0 + u32::from(tie.0 > 3)));
        let joined = bundles.joined(&Arc::from([1]), vec![(1, TieIndex(4)), (3, TieIndex(9))], moved);
        assert_eq!(asked(&joined), [vec![5], vec![4], vec![0, 2, 3], vec![1, 9], vec![6, 7]]);
    }
}
