//! Groups into which a network falls, with the actors of each.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table, counted},
    view::ActorView,
};
use crate::{
    analysis::{Likeness, Partition, Sociomatrix},
    dataset::Dataset,
};

/// A group, with its actors in the order of their strength inside it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GroupView {
    /// Its number, from 1.
    pub group: usize,
    /// How many dyads join its actors.
    pub inside_count: usize,
    /// How many dyads join them to others.
    pub outside_count: usize,
    /// Its actors, those with most dyads inside it first.
    pub members: Vec<ActorView>,
}

/// The groups of a network, the largest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GroupsReport {
    /// How they were found.
    pub method: &'static str,
    /// Their modularity.
    pub modularity: f64,
    /// How like they are to the groups that the user gave, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<Compared>,
    /// How many actors stand in groups.
    pub actor_count: usize,
    /// How many groups of one actor are counted and not listed.
    pub alone_count: usize,
    /// The groups of at least two.
    pub groups: Vec<GroupView>,
}

/// How like two partitions are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Compared {
    /// Normalised mutual information, from 0 to 1.
    pub mutual_information: f64,
    /// The adjusted Rand index.
    pub adjusted_rand: f64,
}

impl From<Likeness> for Compared {
    fn from(likeness: Likeness) -> Self {
        Self { mutual_information: likeness.mutual_information, adjusted_rand: likeness.adjusted_rand }
    }
}

impl GroupsReport {
    /// The groups of a partition of the rows of a matrix.
    pub fn new(
        dataset: &Dataset,
        matrix: &Sociomatrix,
        partition: &Partition,
        method: &'static str,
        modularity: f64,
    ) -> Self {
        let of = |row: u32| partition.groups()[row as usize];
        let mut members: Vec<Vec<(usize, u32)>> = vec![Vec::new(); partition.sizes().len()];
        let mut outside = vec![0; partition.sizes().len()];
        for row in matrix.rows() {
            let inside = matrix.out(row).iter().filter(|other| of(**other) == of(row)).count();
            members[of(row) as usize].push((inside, row));
            outside[of(row) as usize] += matrix.out(row).len() - inside;
        }
        let mut groups = Vec::new();
        let mut alone_count = 0;
        for (at, mut members) in members.into_iter().enumerate() {
            if members.len() < 2 {
                alone_count += 1;
                continue;
            }
            members.sort_by_key(|(inside, row)| (std::cmp::Reverse(*inside), *row));
            let view = |(_, row): &(usize, u32)| ActorView::of(dataset, matrix.actors()[*row as usize]);
            groups.push(GroupView {
                group: at + 1,
                inside_count: members.iter().map(|(inside, _)| inside).sum::<usize>() / 2,
                outside_count: outside[at],
                members: members.iter().map(view).collect(),
            });
        }
        Self { method, modularity, compared: None, actor_count: matrix.len(), alone_count, groups }
    }
}

impl Report for GroupsReport {
    const SCHEMA: &'static str = "chancery/groups/1";

    fn document(&self) -> Document {
        let mut document = Document::new(format!(
            "{} of {} by {}; modularity {:.4}",
            counted(self.groups.len(), "group"),
            counted(self.actor_count - self.alone_count, "actor"),
            self.method,
            self.modularity
        ));
        let mut table = Table::new(&["group>", "actors>", "dyads inside>", "to others>", "first members"]);
        for group in &self.groups {
            let names: Vec<&str> = group.members.iter().take(6).map(|member| member.name.as_str()).collect();
            let more = if group.members.len() > names.len() { ", …" } else { "" };
            table.push(vec![
                group.group.to_string(),
                group.members.len().to_string(),
                group.inside_count.to_string(),
                group.outside_count.to_string(),
                format!("{}{more}", names.join(", ")),
            ]);
        }
        document.table(table);
        if self.alone_count > 0 {
            let (more, stand) = (
                counted(self.alone_count, "more actor"),
                if self.alone_count == 1 { "stands" } else { "stand" },
            );
            document.paragraph(format!("{more} {stand} in a group of their own."));
        }
        if let Some(compared) = self.compared {
            document.paragraph(format!(
                "Compared with the groups given: normalised mutual information {:.4}, adjusted Rand index {:.4}.",
                compared.mutual_information, compared.adjusted_rand
            ));
        }
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["actor", "name", "group>"]);
        for group in &self.groups {
            for member in &group.members {
                table.push(vec![member.actor.clone(), member.name.clone(), group.group.to_string()]);
            }
        }
        table
    }
}
