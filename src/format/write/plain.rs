//! Ties of which ends, relation, a day and the citations of their file are all: written without making records of them.

use crate::{
    dataset::{Dataset, PlainTie, TieIndex},
    format::native::Cited,
};

use super::record::Rest;

/// What the plain ties of a dataset share: what each file's citations are as JSON, once they are asked for.
pub(super) struct PlainTies<'d> {
    dataset: &'d Dataset,
    rests: Vec<Option<String>>,
}

impl<'d> PlainTies<'d> {
    pub(super) fn of(dataset: &'d Dataset) -> Self {
        Self { dataset, rests: vec![None; dataset.files().len()] }
    }

    /// A tie, if it is plain; what it cites is marked as cited when its file is first met.
    pub(super) fn get(&mut self, index: TieIndex, cited: &mut Cited) -> Option<PlainTie<'d>> {
        let plain = self.dataset.plain_tie(index)?;
        let rest = &mut self.rests[plain.file as usize];
        if rest.is_none() {
            let citations = &self.dataset.files()[plain.file as usize].cites;
            cited.add(citations);
            let mut json = Rest::default();
            json.cites(citations);
            *rest = Some(json.finish().unwrap_or_default());
        }
        Some(plain)
    }

    /// What a plain tie says beside its texts, as JSON; empty if nothing.
    pub(super) fn rest(&self, plain: &PlainTie<'_>) -> &str {
        self.rests[plain.file as usize].as_deref().unwrap_or_default()
    }
}
