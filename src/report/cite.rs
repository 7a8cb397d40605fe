//! The bibliography of a part of a dataset.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
};
use crate::model::Reference;

/// References, in the order of their lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CiteReport {
    /// CSL-JSON items.
    pub references: Vec<Reference>,
    /// The entries in a citation style, each with the id of its reference, in the order of the style; where one is
    /// asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub styled: Option<Vec<(String, String)>>,
}

impl CiteReport {
    /// A bibliography, ordered by what its lines say.
    pub fn new(mut references: Vec<Reference>) -> Self {
        references
            .sort_by_cached_key(|reference| (reference.line().to_lowercase(), reference.id().to_string()));
        Self { references, styled: None }
    }
}

impl CiteReport {
    /// A reference in the style that was asked for, else in one line.
    fn line(&self, reference: &Reference) -> String {
        let mut styled = self.styled.iter().flatten();
        let entry = styled.find(|(id, _)| id == reference.id().as_str());
        entry.map_or_else(|| reference.line(), |(_, text)| text.clone())
    }
}

impl Report for CiteReport {
    const SCHEMA: &'static str = "chancery/cite/1";

    fn document(&self) -> Document {
        let mut document = Document::new(match self.references.len() {
            0 => "Nothing is cited".to_owned(),
            1 => "1 reference".to_owned(),
            count => format!("{count} references"),
        });
        if let Some(styled) = &self.styled {
            document.list(styled.iter().map(|(_, text)| (text.clone(), Vec::new())).collect());
            return document;
        }
        document.sources(self.references.iter().map(Reference::line).collect());
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["number>", "id", "type", "reference", "title", "address"]);
        for (number, reference) in (1..).zip(&self.references) {
            let text = |field| reference.text(field).unwrap_or_default().to_owned();
            let address = match reference.text("DOI") {
                Some(doi) => format!("https://doi.org/{doi}"),
                None => text("URL"),
            };
            let number: usize = number;
            table.push(vec![
                number.to_string(),
                reference.id().to_string(),
                text("type"),
                self.line(reference),
                text("title"),
                address,
            ]);
        }
        table
    }
}
