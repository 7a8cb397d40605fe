//! The id of a tie while ties are sorted: given, or made of its content.
//!
//! Ids of machine-coded data are all made; as numbers they sort without a text each.

use std::{cmp::Ordering, fmt::Write};

use super::column::Texts;

/// An id of a tie.
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

    /// The order of the texts.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Content(a, _), Self::Content(b, _)) if a != b => a.cmp(b),
            (Self::Given(a), Self::Given(b)) => a.cmp(b),
            _ => self.text().cmp(&other.text()),
        }
    }
}

/// The texts of ids, as a column.
pub(super) fn texts<'r>(ids: impl Iterator<Item = &'r RowId<'r>>) -> Texts {
    let mut texts = Texts::default();
    let mut made = String::new();
    for id in ids {
        match id {
            RowId::Given(id) => texts.push(id),
            RowId::Content(content, occurrence) => {
                made.clear();
                write!(made, "{content:032x}-{occurrence}").expect("a string takes it");
                texts.push(&made);
            }
        }
    }
    texts
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
            }
        }
    }
}
