//! Dyads ranked by betweenness, or by strength.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table, counted},
    rank::{decimal, decimals},
    view::ActorView,
};
use crate::{
    analysis::{Measure, Sociomatrix, Weighing},
    network::Network,
};

/// A dyad with its place in a ranking.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RankedDyad {
    /// Its place, from 1; dyads of equal score share the best place among them.
    pub rank: usize,
    /// Its source, or one end where direction is ignored.
    pub source: ActorView,
    /// Its target, or the other end.
    pub target: ActorView,
    /// How many ties it holds.
    pub tie_count: usize,
    /// The share of the shortest paths between all pairs of actors that run along it, summed; of strength what its ties weigh.
    pub score: f64,
}

/// Dyads by betweenness or strength, highest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DyadRankReport {
    /// By what.
    pub measure: Measure,
    /// What ties count by, where strength is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<&'static str>,
    /// Whether direction was followed.
    pub directed: bool,
    /// How many dyads were ranked.
    pub dyad_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The dyads.
    pub ranking: Vec<RankedDyad>,
}

impl DyadRankReport {
    /// Ranks the dyads of a network by the scores of the cells of its matrix: their betweenness, or what their ties weigh by a
    /// weighing.
    pub fn new(
        network: &Network<'_>,
        matrix: &Sociomatrix,
        (scores, weighing): (&[f64], Option<Weighing>),
        limit: Option<usize>,
    ) -> Self {
        let dataset = network.dataset();
        let mut cells: Vec<(u32, u32, f64)> = Vec::new();
        for row in matrix.rows() {
            for cell in matrix.cells_of(row) {
                let column = matrix.column(cell);
                if matrix.is_directed() || row < column {
                    let settled = format!("{:.13e}", scores[cell]).parse().unwrap_or(scores[cell]);
                    cells.push((row, column, settled));
                }
            }
        }
        cells.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        let dyad_count = cells.len();
        cells.truncate(limit.unwrap_or(usize::MAX));
        let mut ranking: Vec<RankedDyad> = Vec::new();
        for (at, (row, column, score)) in cells.iter().enumerate() {
            let (source, target) = (matrix.actors()[*row as usize], matrix.actors()[*column as usize]);
            let rank = match ranking.last() {
                Some(above) if above.score.total_cmp(score).is_eq() => above.rank,
                Some(_) | None => at + 1,
            };
            ranking.push(RankedDyad {
                rank,
                source: ActorView::of(dataset, source),
                target: ActorView::of(dataset, target),
                tie_count: network.ties_between(source, target).count(),
                score: *score,
            });
        }
        let directed = matrix.is_directed();
        let measure = if weighing.is_some() { Measure::Strength } else { Measure::Betweenness };
        let weight = weighing.map(Weighing::as_str);
        Self { measure, weight, directed, dyad_count, cut_count: dyad_count - ranking.len(), ranking }
    }

    /// What the reader must know.
    pub fn notes(&self) -> Vec<String> {
        if let Some(weight) = self.weight {
            let ways = if self.directed { "each way apart" } else { "both ways together" };
            return vec![format!(
                "Strength of a dyad: its ties, counted by {weight}, {ways} (Barrat et al. 2004)."
            )];
        }
        let pairs = if self.directed { "ordered" } else { "unordered" };
        vec![format!(
            "Betweenness of a dyad: the sum, over all {pairs} pairs of actors, its own two among them, of the share of \
             their shortest paths that run along it (Girvan and Newman 2002); not normalised."
        )]
    }
}

impl Report for DyadRankReport {
    const SCHEMA: &'static str = "chancery/rank-dyads/1";

    fn document(&self) -> Document {
        let mut document =
            Document::new(format!("{} by {}", counted(self.dyad_count, "dyad"), self.measure.as_str()));
        let arrow = if self.directed { "→" } else { "—" };
        let most = self.ranking.first().map_or(0.0, |dyad| dyad.score);
        let is_whole = self.ranking.iter().all(|dyad| dyad.score.fract() == 0.0);
        let places = if self.weight.is_some() && is_whole { 0 } else { decimals(most) };
        let mut table = Table::new(&["rank>", "dyad", "score>", "ties>"]);
        for dyad in &self.ranking {
            table.push(vec![
                dyad.rank.to_string(),
                format!("{} {arrow} {}", dyad.source.name, dyad.target.name),
                decimal(dyad.score, places),
                dyad.tie_count.to_string(),
            ]);
        }
        document.table(table);
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["rank>", "source", "target", "score>", "ties>"]);
        for dyad in &self.ranking {
            table.push(vec![
                dyad.rank.to_string(),
                dyad.source.actor.clone(),
                dyad.target.actor.clone(),
                dyad.score.to_string(),
                dyad.tie_count.to_string(),
            ]);
        }
        table
    }
}
