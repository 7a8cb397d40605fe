//! A list of ties.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    sources::SourceView,
    view::{TieView, Viewer},
};
use crate::dataset::TieIndex;

/// A list of ties, in order of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TiesReport {
    /// How many there are.
    pub tie_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The ties.
    pub ties: Vec<TieView>,
    /// What they cite.
    pub sources: Vec<SourceView>,
}

impl TiesReport {
    /// The list of some ties, of which at most `limit` are shown.
    pub fn new(viewer: &mut Viewer<'_>, ties: &[TieIndex], limit: Option<usize>) -> Self {
        let shown = &ties[..ties.len().min(limit.unwrap_or(usize::MAX))];
        let views = shown.iter().map(|tie| viewer.tie(*tie)).collect();
        Self {
            tie_count: ties.len(),
            cut_count: ties.len() - shown.len(),
            ties: views,
            sources: viewer.sources.list(viewer.dataset()),
        }
    }
}

/// A table of ties, with ids, for CSV.
pub(super) fn tie_table<'t>(ties: impl IntoIterator<Item = &'t TieView>) -> Table {
    let mut table = Table::new(&[
        "id",
        "source",
        "relation",
        "target",
        "when",
        "status",
        "certainty",
        "channel",
        "polarity",
        "event",
        "cites",
    ]);
    for tie in ties {
        let cites: Vec<&str> = tie.cites.iter().map(|cite| cite.reference.as_str()).collect();
        table.push(vec![
            tie.id.clone(),
            tie.source.clone(),
            tie.relation.clone(),
            tie.target.clone(),
            tie.when.clone(),
            tie.status.as_str().to_owned(),
            tie.certainty.as_str().to_owned(),
            tie.channel.as_str().to_owned(),
            tie.polarity.as_str().to_owned(),
            tie.event.clone().unwrap_or_default(),
            cites.join(" "),
        ]);
    }
    table
}

/// The same for readers: names, and numbers of sources.
pub(super) fn tie_rows<'t>(ties: impl IntoIterator<Item = &'t TieView>) -> Table {
    let mut table = Table::new(&["when", "source", "relation", "target", "doubt", "sources"]);
    for tie in ties {
        table.push(vec![
            tie.when.clone(),
            tie.source_name.clone(),
            tie.label.clone(),
            tie.target_name.clone(),
            tie.doubt(),
            tie.marks(),
        ]);
    }
    table
}

impl Report for TiesReport {
    const SCHEMA: &'static str = "chancery/ties/1";

    fn document(&self) -> Document {
        let mut document = Document::new(match self.tie_count {
            1 => "1 tie".to_owned(),
            count => format!("{count} ties"),
        });
        document.table(tie_rows(&self.ties));
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        tie_table(&self.ties)
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
