//! Who held which office, and how surely.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    sources::SourceView,
    view::{TieView, Viewer},
};
use crate::{
    dataset::{ActorIndex, Agency, Dataset, TieIndex},
    date::Window,
    lens::Predicate,
};

/// Offices with their holders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OfficesReport {
    /// How many there are.
    pub office_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The ties of office: by the actor whose office it is, then in order of time.
    pub offices: Vec<TieView>,
    /// What they cite.
    pub sources: Vec<SourceView>,
}

impl OfficesReport {
    /// The ties of office that pass a lens; of one actor: in it, and in all that acts for it then.
    ///
    /// # Complexity
    /// Time O(E log E), for E ties, and O(t) for each office whose actor has t ties.
    pub fn held(dataset: &Dataset, predicate: &Predicate, of: Option<ActorIndex>) -> Vec<TieIndex> {
        let Some(office) = dataset.vocabulary().find("office") else { return Vec::new() };
        let ties = dataset.ties();
        let agency = Agency::of(dataset).by_office();
        let is_of = |tie: TieIndex, whose: ActorIndex| {
            ties.target(tie) == whose || {
                let (held, asked) = (agency.days_of(tie), predicate.lens().during);
                let days = Window::new(held.first().max(asked.first()), held.last().min(asked.last()));
                days.is_some_and(|days| agency.acts_for(ties.target(tie), whose, days))
            }
        };
        let mut held: Vec<TieIndex> = ties
            .all()
            .filter(|tie| ties.relation(*tie) == office && predicate.passes(dataset, *tie))
            .filter(|tie| of.is_none_or(|whose| is_of(*tie, whose)))
            .collect();
        held.sort_by_key(|tie| (ties.target(*tie), *tie));
        held
    }

    /// The report of some ties of office.
    pub fn new(viewer: &mut Viewer<'_>, held: &[TieIndex], limit: Option<usize>) -> Self {
        let shown = limit.unwrap_or(held.len()).min(held.len());
        let offices = held[..shown].iter().map(|tie| viewer.tie(*tie)).collect();
        Self {
            office_count: held.len(),
            cut_count: held.len() - shown,
            offices,
            sources: viewer.sources.list(viewer.dataset()),
        }
    }
}

impl Report for OfficesReport {
    const SCHEMA: &'static str = "chancery/offices/1";

    fn document(&self) -> Document {
        let mut document = Document::new(match self.office_count {
            1 => "1 office held".to_owned(),
            count => format!("{count} offices held"),
        });
        let mut places: Vec<(String, Vec<String>)> = Vec::new();
        for tie in &self.offices {
            let doubt = match tie.doubt() {
                empty if empty.is_empty() => empty,
                doubt => format!(", {doubt}"),
            };
            let mut line = format!("{}: {}", tie.source_name, tie.label);
            if !tie.when.is_empty() {
                line.push_str(&format!(", {}", tie.when));
            }
            line.push_str(&format!("{doubt} {}", tie.marks()));
            match places.last_mut().filter(|(name, _)| *name == tie.target_name) {
                Some((_, lines)) => lines.push(line),
                None => places.push((tie.target_name.clone(), vec![line])),
            }
        }
        document.list(places);
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        let mut table =
            Table::new(&["of", "holder", "office", "when", "certainty", "status", "sources", "tie"]);
        for tie in &self.offices {
            table.push(vec![
                tie.target_name.clone(),
                tie.source_name.clone(),
                tie.label.clone(),
                tie.when.clone(),
                tie.certainty.as_str().to_owned(),
                tie.status.as_str().to_owned(),
                tie.marks(),
                tie.id.clone(),
            ]);
        }
        table
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
