//! Numbers for the references that an answer cites, in the order in which it cites them.

use serde::Serialize;

use crate::dataset::{Dataset, ReferenceIndex};

/// A numbered reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SourceView {
    /// Its number in this answer, from 1.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Author, title, year, address.
    pub text: String,
}

/// Gives numbers to references as they are cited.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    cited: Vec<ReferenceIndex>,
}

impl Sources {
    /// The number of a reference: the next one when it is new.
    pub fn number(&mut self, reference: ReferenceIndex) -> usize {
        if let Some(at) = self.cited.iter().position(|known| *known == reference) {
            return at + 1;
        }
        self.cited.push(reference);
        self.cited.len()
    }

    /// The number of a reference that has one.
    pub fn known(&self, reference: ReferenceIndex) -> Option<usize> {
        self.cited.iter().position(|known| *known == reference).map(|at| at + 1)
    }

    /// The references in the order of their numbers.
    pub fn list(&self, dataset: &Dataset) -> Vec<SourceView> {
        (1..)
            .zip(&self.cited)
            .map(|(number, reference)| {
                let reference = dataset.reference(*reference);
                SourceView { number, id: reference.id().to_string(), text: reference.line() }
            })
            .collect()
    }
}
