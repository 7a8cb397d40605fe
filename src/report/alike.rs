//! Who stands as an actor does: tied to the same others.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    rank::settled,
    view::ActorView,
};
use crate::{
    analysis::{Alike, Alikeness, Sociomatrix},
    dataset::{ActorIndex, Dataset},
};

/// An actor, and how alike it is to the one asked about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AlikeView {
    /// Who it is.
    #[serde(flatten)]
    pub actor: ActorView,
    /// How alike.
    pub score: f64,
    /// To how many others both are tied; each way counts where direction does.
    pub shared_count: usize,
    /// To how many only the actor asked about is.
    pub own_count: usize,
    /// To how many only this one is.
    pub other_count: usize,
    /// To whom both are tied, in order.
    pub shared: Vec<ActorView>,
}

/// Who stands as an actor does, the most alike first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AlikeReport {
    /// The actor asked about.
    pub ego: ActorView,
    /// By what actors are compared.
    pub by: &'static str,
    /// Whether direction was followed.
    pub directed: bool,
    /// How many actors were compared with it.
    pub actor_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The others.
    pub actors: Vec<AlikeView>,
}

/// At most so many shared neighbours are named in text.
const NAMED: usize = 6;

impl AlikeReport {
    /// Those who share a tie with an actor of a matrix, and for correlation and distance all who are compared.
    pub fn new(
        dataset: &Dataset,
        matrix: &Sociomatrix,
        ego: ActorIndex,
        by: Alikeness,
        compared: &[Alike],
        limit: Option<usize>,
    ) -> Self {
        let view = |row: u32| ActorView::of(dataset, matrix.actors()[row as usize]);
        let mut order: Vec<(f64, &Alike)> = compared
            .iter()
            .filter(|alike| {
                alike.shared_count > 0 || matches!(by, Alikeness::Correlation | Alikeness::Euclidean)
            })
            .filter_map(|alike| Some((settled(alike.score?), alike)))
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.row.cmp(&b.1.row)));
        let actor_count = order.len();
        order.truncate(limit.unwrap_or(usize::MAX));
        let own = matrix.row_of(ego);
        let shared = |row: u32| {
            let is_tied = |of: u32, other: &u32| {
                matrix.out(of).binary_search(other).is_ok() || matrix.into(of).binary_search(other).is_ok()
            };
            let mut both: Vec<u32> = matrix.out(row).iter().chain(matrix.into(row)).copied().collect();
            both.sort_unstable();
            both.dedup();
            both.retain(|other| own.is_some_and(|own| *other != own && is_tied(own, other)));
            both
        };
        let actors = order
            .into_iter()
            .map(|(score, alike)| AlikeView {
                actor: view(alike.row),
                score,
                shared_count: alike.shared_count,
                own_count: alike.own_count,
                other_count: alike.other_count,
                shared: shared(alike.row).into_iter().map(view).collect(),
            })
            .collect::<Vec<_>>();
        Self {
            ego: ActorView::of(dataset, ego),
            by: by.as_str(),
            directed: matrix.is_directed(),
            actor_count,
            cut_count: actor_count - actors.len(),
            actors,
        }
    }
}

impl Report for AlikeReport {
    const SCHEMA: &'static str = "chancery/alike/1";

    fn document(&self) -> Document {
        let mut document = Document::new(format!("Who stands as {} does, by {}", self.ego.name, self.by));
        if self.actors.is_empty() {
            document.paragraph("Nobody here is tied to those to whom it is tied.");
        }
        let mut table =
            Table::new(&["name", "alike>", "shared>", "only it>", "only the other>", "tied to both"]);
        for alike in &self.actors {
            let mut shared: Vec<String> =
                alike.shared.iter().take(NAMED).map(|actor| actor.name.clone()).collect();
            if alike.shared.len() > NAMED {
                shared.push(format!("{} more", alike.shared.len() - NAMED));
            }
            table.push(vec![
                alike.actor.name.clone(),
                format!("{:.4}", alike.score),
                alike.shared_count.to_string(),
                alike.own_count.to_string(),
                alike.other_count.to_string(),
                shared.join(", "),
            ]);
        }
        document.table(table);
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        let mut table =
            Table::new(&["actor", "name", "score>", "shared>", "only_ego>", "only_other>", "tied_to_both"]);
        for alike in &self.actors {
            let shared: Vec<&str> = alike.shared.iter().map(|actor| actor.actor.as_str()).collect();
            table.push(vec![
                alike.actor.actor.clone(),
                alike.actor.name.clone(),
                alike.score.to_string(),
                alike.shared_count.to_string(),
                alike.own_count.to_string(),
                alike.other_count.to_string(),
                shared.join(" "),
            ]);
        }
        table
    }
}
