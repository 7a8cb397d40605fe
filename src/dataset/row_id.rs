//! The id of a tie while ties are sorted: given, or made of its content.
//!
//! Ids of machine-coded data are all made; as numbers they sort without a text each.

use std::{
    cmp::Ordering,
    sync::{Arc, OnceLock},
};

use super::{
    bare::first_of,
    blocks::{Blocks, Columns},
    column::{Column, Texts, number},
    joined::Moved,
    overlay::Places,
};

/// An id of a tie.
#[derive(Clone, Copy, Debug)]
pub(super) enum RowId<'b> {
    /// As the record gives it.
    Given(&'b str),
    /// The content hash, and which tie of this content it is.
    Content(u128, u32),
}

impl RowId<'_> {
    fn text(&self) -> String {
        match self {
            Self::Given(id) => (*id).to_owned(),
            Self::Content(content, occurrence) => format!("{content:032x}-{occurrence}"),
        }
    }

    /// The first bytes of the text, as a number that sorts as the text does; where all are given, `skip` bytes with which
    /// all begin say nothing.
    pub(super) fn prefix(&self, skip: usize) -> u64 {
        match self {
            Self::Content(content, _) => prefix_of_made(first_of(*content)),
            Self::Given(id) => {
                let mut first = [0; 8];
                let rest = &id.as_bytes()[skip.min(id.len())..];
                let length = rest.len().min(8);
                first[..length].copy_from_slice(&rest[..length]);
                u64::from_be_bytes(first)
            }
        }
    }

    /// The order of the texts.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Content(a, _), Self::Content(b, _)) if a != b => a.cmp(b),
            (Self::Content(_, a), Self::Content(_, b)) => a.to_string().cmp(&b.to_string()),
            (Self::Given(a), Self::Given(b)) => a.cmp(b),
            _ => self.text().cmp(&other.text()),
        }
    }
}

/// The [prefix](RowId::prefix) of an id that is made, from the first 32 bits of its content.
pub(super) fn prefix_of_made(first: u32) -> u64 {
    let digits = format!("{first:08x}");
    u64::from_be_bytes(digits.as_bytes().try_into().expect("32 bits are eight digits"))
}

/// How many texts of made ids are written at a time.
const BLOCK: usize = 32;
/// How many such blocks are got ready at a time.
const SHELF: usize = 1024;

/// The texts of made ids, block by block.
type Shelf = OnceLock<Box<[OnceLock<Texts>]>>;

/// Rows, each with a number from 2 on.
type Again = Column<(u32, u32)>;

/// The column of ids. Those that are made become texts when they are first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    /// The ids that are given, empty where none is; no row when none is at all.
    given: Texts,
    /// The content hashes; no row when all ids are given.
    contents: Column<u128>,
    /// The rows that are not the first of their content, in order, each with which of them it is.
    again: Again,
    made: Box<[Shelf]>,
}

impl Ids {
    /// The column of some ids.
    pub(super) fn of<'r>(ids: impl ExactSizeIterator<Item = RowId<'r>> + Clone) -> Self {
        let count = ids.len();
        let given_count = ids.clone().filter(|id| matches!(id, RowId::Given(_))).count();
        let mut contents = Vec::with_capacity(if given_count < count { count } else { 0 });
        let mut again = Vec::new();
        let mut given = Texts::default();
        for (row, id) in (0..).zip(ids) {
            let (text, content, occurrence) = match id {
                RowId::Given(id) => (id, 0, 1),
                RowId::Content(content, occurrence) => ("", content, occurrence),
            };
            if given_count > 0 {
                given.push(text);
            }
            if given_count < count {
                contents.push(content);
            }
            if occurrence > 1 {
                again.push((row, occurrence));
            }
        }
        Self { given, ..Self::made(contents.into(), again) }
    }

    /// The column of ids that are all made: content hashes, and the rows that are not the first of their content, in
    /// order, each with which of them it is.
    pub(super) fn made(contents: Column<u128>, again: Vec<(u32, u32)>) -> Self {
        Self::new(Texts::default(), contents, again.into())
    }

    fn new(given: Texts, contents: Column<u128>, again: Again) -> Self {
        let made = (0..contents.len().div_ceil(BLOCK * SHELF)).map(|_| OnceLock::new()).collect();
        Self { given, contents, again, made }
    }

    /// The column with the ids of some rows among its own, which are so many.
    pub(super) fn joined<'r>(
        &self,
        places: &Arc<Places>,
        ids: impl Iterator<Item = RowId<'r>> + Clone,
        count: usize,
    ) -> Self {
        let at = &places.at;
        let given = ids.clone().map(|id| if let RowId::Given(id) = id { id } else { "" });
        let made =
            |id| if let RowId::Content(content, occurrence) = id { (content, occurrence) } else { (0, 1) };
        let contents = ids.clone().map(|id| made(id).0).collect();
        let again = at.iter().zip(ids).map(|(row, id)| (*row, made(id).1)).filter(|(_, which)| *which > 1);
        let are_given = self.are_given() || given.clone().any(|id| !id.is_empty());
        let texts = || self.given.joined(at, given.collect(), count);
        let contents = self.contents.joined(at, contents, (0, count));
        let again = self.with_later_again(again.collect(), places);
        Self::new(if are_given { texts() } else { Texts::default() }, contents, again)
    }

    fn with_later_again(&self, later: Vec<(u32, u32)>, places: &Arc<Places>) -> Again {
        if self.again.is_empty() {
            return later.into();
        }
        let before = |row: u32| self.again.partition_point(|(other, _)| places.moved(other) < row);
        let at: Vec<u32> =
            (0..).zip(&later).map(|(earlier, (row, _)): (u32, _)| earlier + number(before(*row))).collect();
        let places = places.clone();
        self.again.moved(&at.into(), later, Moved::by(move |(row, which)| (places.moved(row), which)))
    }

    /// Whether any id is given.
    pub(super) fn are_given(&self) -> bool {
        !self.given.is_empty()
    }

    /// Puts the ids into a file; contents that are made again are left out.
    pub(super) fn store<'c>(&'c self, columns: &mut Columns<'c>, are_made_again: bool) {
        columns.texts(["ties.ids", "ties.ids.ends"], &self.given);
        columns.push("ties.contents", if are_made_again { &[] } else { self.contents.whole() });
        columns.push("ties.again", self.again.whole());
    }

    /// The ids of a file; `None` where a column is missing.
    pub(super) fn stored(blocks: &Arc<Blocks>) -> Option<Self> {
        let given = Texts::stored(blocks, "ties.ids", "ties.ids.ends")?;
        let contents = Column::stored(blocks, "ties.contents")?;
        Some(Self::new(given, contents, Column::stored(blocks, "ties.again")?))
    }

    /// The id in a row.
    pub(super) fn row(&self, row: u32) -> RowId<'_> {
        let at = row as usize;
        match (self.given.is_empty(), self.contents.get(at)) {
            (true, Some(content)) => RowId::Content(content, self.occurrence(row)),
            (_, content) => match (self.given.get(row), content) {
                ("", Some(content)) => RowId::Content(content, self.occurrence(row)),
                (id, _) => RowId::Given(id),
            },
        }
    }

    fn occurrence(&self, row: u32) -> u32 {
        let found = self.again.get(self.again.partition_point(|(other, _)| other < row));
        found.filter(|(other, _)| *other == row).map_or(1, |(_, which)| which)
    }

    /// The same with other contents.
    pub(super) fn with_contents(self, contents: Column<u128>) -> Self {
        Self::new(self.given, contents, self.again)
    }

    /// Whether ids are found without an order of all: none is given, or a few are that came later.
    pub(super) fn are_found(&self) -> bool {
        self.given.is_empty() || self.given.are_later()
    }

    /// The row of an id, where ids [are found](Self::are_found).
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        self.given.find_later(id).or_else(|| self.find_made(id))
    }

    fn find_made(&self, id: &str) -> Option<u32> {
        let (content, occurrence) = id.split_once('-')?;
        let wanted = RowId::Content(u128::from_str_radix(content, 16).ok()?, occurrence.parse().ok()?);
        let RowId::Content(content, occurrence) = wanted else { return None };
        // Other ways to write the same numbers are no ids.
        if wanted.text() != id {
            return None;
        }
        let contents = self.contents.whole().iter().enumerate().filter(|(_, other)| **other == content);
        contents.map(|(row, _)| number(row)).find(|row| self.occurrence(*row) == occurrence)
    }

    /// The text of the id in a row.
    pub(super) fn get(&self, row: u32) -> &str {
        match self.row(row) {
            RowId::Given(id) => id,
            RowId::Content(..) => self.texts(row as usize / BLOCK).get(row % number(BLOCK)),
        }
    }

    /// The texts of a block of made ids.
    fn texts(&self, block: usize) -> &Texts {
        let row_of_blocks = &self.made[block / SHELF];
        let blocks = row_of_blocks.get_or_init(|| (0..SHELF).map(|_| OnceLock::new()).collect());
        blocks[block % SHELF].get_or_init(|| {
            let mut texts = Texts::default();
            for row in block * BLOCK..self.contents.len().min((block + 1) * BLOCK) {
                match self.row(number(row)) {
                    RowId::Given(_) => texts.push(""),
                    made @ RowId::Content(..) => texts.push(&made.text()),
                }
            }
            texts
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_as_their_texts_do() {
        let ids = [
            RowId::Content(10, 2),
            RowId::Content(10, 10),
            RowId::Content(9, 1),
            RowId::Given("0000"),
            RowId::Given("b"),
        ];
        for a in &ids {
            for b in &ids {
                assert_eq!(a.order(b), a.text().cmp(&b.text()));
                assert!(a.order(b).is_ge() || a.prefix(0) <= b.prefix(0));
            }
        }
        let given = ["tie-10", "tie-2", "tie-", "tie-20000000x", "tie-20000000y"].map(RowId::Given);
        for (a, b) in given.iter().flat_map(|a| given.iter().map(move |b| (a, b))) {
            assert!(a.order(b).is_ge() || a.prefix(4) <= b.prefix(4));
        }
    }

    #[test]
    fn a_column_gives_back_its_ids() {
        let all: Vec<RowId<'_>> = (0..3000_u32)
            .map(|at| match at % 3 {
                0 => RowId::Given("given"),
                1 => RowId::Content(u128::from(at) << 90, 1),
                _ => RowId::Content(7, at),
            })
            .collect();
        let given: Vec<RowId<'_>> = all.iter().copied().filter(|id| matches!(id, RowId::Given(_))).collect();
        let made: Vec<RowId<'_>> = all.iter().copied().filter(|id| !matches!(id, RowId::Given(_))).collect();
        for ids in [all, given, made] {
            let column = Ids::of(ids.iter().copied());
            for (row, id) in (0..).zip(&ids) {
                assert_eq!(column.get(row), id.text());
                assert!(column.row(row).order(id).is_eq());
            }
            if !column.are_given() {
                assert!((0..).zip(&ids).all(|(row, id)| column.find_made(&id.text()) == Some(row)));
                assert_eq!(column.find_made(&format!("{}0", ids[0].text())), None);
                assert_eq!(column.find_made(&format!("+{}", ids[0].text())), None);
            }
        }
    }
}
