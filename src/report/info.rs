//! What a dataset holds.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table, counted},
};
use crate::{
    dataset::Dataset,
    date::Day,
    model::{ActorKind, Channel},
};

/// How many records of a kind, and the file's own counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct InfoReport {
    /// Where the records came from.
    pub files: Vec<String>,
    /// How many actors.
    pub actor_count: usize,
    /// How many ties.
    pub tie_count: usize,
    /// How many references.
    pub reference_count: usize,
    /// How many dyads: pairs of actors with at least one tie.
    pub dyad_count: usize,
    /// How many relations ties use.
    pub relation_count: usize,
    /// The first day that a tie may have been in force, where one is bounded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_day: Option<Day>,
    /// The newest day that a tie or reference names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest_day: Option<Day>,
    /// Actors by kind.
    pub kinds: BTreeMap<String, usize>,
    /// Ties by channel.
    pub channels: BTreeMap<Channel, usize>,
    /// Ties by relation.
    pub relations: BTreeMap<String, usize>,
    /// Ties by the status of their first claim.
    pub statuses: BTreeMap<String, usize>,
}

impl InfoReport {
    /// Counts what a dataset holds.
    pub fn new(dataset: &Dataset) -> Self {
        let (actors, ties) = (dataset.actors(), dataset.ties());
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for actor in actors.all() {
            let kind = actors.kind(actor).map_or("(none given)", ActorKind::as_str);
            *kinds.entry(kind.to_owned()).or_default() += 1;
        }
        let mut channels = BTreeMap::new();
        let mut relations: BTreeMap<String, usize> = BTreeMap::new();
        let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
        let mut first_day: Option<Day> = None;
        for tie in ties.all() {
            let relation = dataset.relation(tie);
            *channels.entry(relation.channel).or_default() += 1;
            *relations.entry(relation.id.to_string()).or_default() += 1;
            if let Some((claim, _, _)) = ties.claims(tie).next() {
                *statuses.entry(claim.status.as_str().to_owned()).or_default() += 1;
            }
            let first = ties.hull(tie).0;
            if first.is_bounded() {
                first_day = Some(first_day.map_or(first, |day| day.min(first)));
            }
        }
        let mut files: Vec<String> = dataset.files().iter().map(|file| file.name.to_string()).collect();
        files.sort_unstable();
        Self {
            files,
            actor_count: actors.count(),
            tie_count: ties.count(),
            reference_count: dataset.reference_count(),
            dyad_count: dataset.dyads().count(),
            relation_count: relations.len(),
            first_day,
            newest_day: dataset.newest_day(),
            kinds,
            channels,
            relations,
            statuses,
        }
    }

    fn groups(&self) -> Vec<(&'static str, Vec<(String, usize)>)> {
        let list = |map: &BTreeMap<String, usize>| {
            let mut rows: Vec<(String, usize)> =
                map.iter().map(|(key, count)| (key.clone(), *count)).collect();
            rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            rows
        };
        let channels =
            self.channels.iter().map(|(channel, count)| (channel.as_str().to_owned(), *count)).collect();
        vec![
            ("actors", list(&self.kinds)),
            ("ties by channel", channels),
            ("ties by status", list(&self.statuses)),
            ("ties by relation", list(&self.relations)),
        ]
    }
}

impl Report for InfoReport {
    const SCHEMA: &'static str = "chancery/info/1";

    fn document(&self) -> Document {
        let mut document = Document::new(format!(
            "{}, {} between {}, {}",
            counted(self.actor_count, "actor"),
            counted(self.tie_count, "tie"),
            counted(self.dyad_count, "pair"),
            counted(self.reference_count, "reference")
        ));
        let day = |day: Option<Day>| day.map_or_else(|| "none".to_owned(), |day| day.to_string());
        document.paragraph(format!(
            "First dated day: {}. Newest day named: {}. Files: {}.",
            day(self.first_day),
            day(self.newest_day),
            self.files.join(", ")
        ));
        for (group, rows) in self.groups() {
            let mut table = Table::new(&["what", "count>"]);
            for (what, count) in rows {
                table.push(vec![what, count.to_string()]);
            }
            document.heading(group);
            document.table(table);
        }
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["group", "what", "count>"]);
        for (what, count) in [
            ("actors", self.actor_count),
            ("ties", self.tie_count),
            ("references", self.reference_count),
            ("dyads", self.dyad_count),
        ] {
            table.push(vec!["all".to_owned(), what.to_owned(), count.to_string()]);
        }
        for (group, rows) in self.groups() {
            for (what, count) in rows {
                table.push(vec![group.to_owned(), what, count.to_string()]);
            }
        }
        table
    }
}
