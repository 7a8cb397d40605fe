//! Brokers between groups, by the five roles of Gould and Fernandez.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table, counted},
    view::ActorView,
};
use crate::{
    analysis::{BrokerRole, Roles, Sociomatrix},
    dataset::Dataset,
};

/// A role, how often it is played, and how far that is from chance.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RoleView {
    /// Its name.
    pub role: &'static str,
    /// In how many open triads.
    pub count: u64,
    /// How many chance would give.
    pub expected: f64,
    /// By how many standard deviations it is above that, where it can vary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

/// An actor and the roles in which it brokers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BrokerView {
    /// Who it is.
    #[serde(flatten)]
    pub actor: ActorView,
    /// Its group.
    pub group: String,
    /// In how many open triads it is the broker.
    pub total: u64,
    /// By role.
    pub roles: Vec<RoleView>,
}

/// The brokers of a network, those in most open triads first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BrokersReport {
    /// How many actors broker at all.
    pub broker_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The groups, each with its number of actors.
    pub groups: Vec<(String, usize)>,
    /// The brokers.
    pub brokers: Vec<BrokerView>,
}

impl BrokersReport {
    /// The brokers among the rows of a matrix, by the names of their groups.
    pub fn new(
        dataset: &Dataset,
        matrix: &Sociomatrix,
        labels: &[String],
        roles: &[Roles],
        limit: Option<usize>,
    ) -> Self {
        let mut groups: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for label in labels {
            *groups.entry(label).or_default() += 1;
        }
        let total = |roles: &Roles| roles.counts.iter().sum::<u64>();
        let mut order: Vec<usize> = (0..matrix.len()).filter(|row| total(&roles[*row]) > 0).collect();
        order.sort_by_key(|row| (std::cmp::Reverse(total(&roles[*row])), *row));
        let broker_count = order.len();
        order.truncate(limit.unwrap_or(usize::MAX));
        let view = |row: &usize| BrokerView {
            actor: ActorView::of(dataset, matrix.actors()[*row]),
            group: labels[*row].clone(),
            total: total(&roles[*row]),
            roles: BrokerRole::ALL
                .into_iter()
                .map(|role| RoleView {
                    role: role.as_str(),
                    count: roles[*row].counts[role as usize],
                    expected: roles[*row].expected[role as usize],
                    score: roles[*row].scores[role as usize],
                })
                .collect(),
        };
        let brokers: Vec<BrokerView> = order.iter().map(view).collect();
        let groups = groups.into_iter().map(|(group, count)| (group.to_owned(), count)).collect();
        Self { broker_count, cut_count: broker_count - brokers.len(), groups, brokers }
    }
}

impl Report for BrokersReport {
    const SCHEMA: &'static str = "chancery/brokers/1";

    fn document(&self) -> Document {
        let mut document = Document::new(counted(self.broker_count, "broker"));
        let groups: Vec<String> =
            self.groups.iter().map(|(group, count)| format!("{group} {count}")).collect();
        document.paragraph(format!("Groups: {}.", groups.join(", ")));
        let mut heads = vec!["name", "group", "triads>"];
        let roles: Vec<String> = BrokerRole::ALL.iter().map(|role| format!("{}>", role.as_str())).collect();
        heads.extend(roles.iter().map(String::as_str));
        let mut table = Table::new(&heads);
        for broker in &self.brokers {
            let mut row = vec![broker.actor.name.clone(), broker.group.clone(), broker.total.to_string()];
            row.extend(broker.roles.iter().map(|role| match role.score {
                Some(score) => format!("{} ({score:+.1})", role.count),
                None => role.count.to_string(),
            }));
            table.push(row);
        }
        document.table(table);
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["actor", "group", "role", "count>", "expected>", "score>"]);
        for broker in &self.brokers {
            for role in &broker.roles {
                table.push(vec![
                    broker.actor.actor.clone(),
                    broker.group.clone(),
                    role.role.to_owned(),
                    role.count.to_string(),
                    role.expected.to_string(),
                    role.score.map_or_else(String::new, |score| score.to_string()),
                ]);
            }
        }
        table
    }
}
