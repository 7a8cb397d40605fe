//! Actors ranked by a measure, with how far each score and place is known.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table, counted},
    rank::{Order, conventions, decimal, decimals},
    view::ActorView,
};
use crate::{
    analysis::{Convention, Drawing, Measure, Ranges, ScoreRange},
    model::ActorKind,
    network::Network,
};

/// An actor and how far its score is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RangedView {
    /// Its place by all possible ties, from 1; absent where it has no score by them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<usize>,
    /// Who it is.
    #[serde(flatten)]
    pub actor: ActorView,
    /// The score of certain ties only.
    pub certain: Option<f64>,
    /// The score of all possible ties.
    pub possible: Option<f64>,
    /// What 5 % of the worlds are at or below.
    pub low: Option<f64>,
    /// The mean of the worlds.
    pub mean: Option<f64>,
    /// What 95 % of the worlds are at or below.
    pub high: Option<f64>,
    /// The place at or before which it stands in 5 % of the worlds.
    pub best_rank: Option<usize>,
    /// The place at or before which it stands in 95 % of them.
    pub worst_rank: Option<usize>,
    /// In how many worlds it has a score.
    pub world_count: usize,
}

/// Actors ranked by a measure, with how far each score is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RankRangeReport {
    /// By what.
    pub measure: Measure,
    /// Whether direction was followed.
    pub directed: bool,
    /// How many worlds were drawn.
    pub world_count: usize,
    /// What decided which.
    pub seed: u64,
    /// How many ties are in some worlds only.
    pub doubtful_tie_count: usize,
    /// How many are in every world, but not on the same days; counted where the measure asks when ties were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undated_tie_count: Option<usize>,
    /// How many actors were ranked.
    pub actor_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The actors.
    pub ranking: Vec<RangedView>,
    #[serde(skip)]
    is_whole: bool,
}

impl RankRangeReport {
    /// Ranks the actors of a network by the scores of all possible ties, and shows at most `limit`.
    pub fn new(
        network: &Network<'_>,
        measure: Measure,
        convention: &Convention<'_>,
        drawing: Drawing,
        ranges: &Ranges,
        limit: Option<usize>,
    ) -> Self {
        let order = if drawing.is_rising { Order::Rising } else { Order::Falling };
        let mut sorted: Vec<&ScoreRange> = ranges.actors.iter().collect();
        sorted.sort_by(|a, b| {
            let by_score = match (a.possible, b.possible) {
                (Some(x), Some(y)) if order == Order::Falling => y.total_cmp(&x),
                (Some(x), Some(y)) => x.total_cmp(&y),
                (x, y) => y.is_some().cmp(&x.is_some()),
            };
            by_score.then(a.actor.cmp(&b.actor))
        });
        let mut ranking: Vec<RangedView> = Vec::new();
        for (at, range) in sorted.iter().enumerate().take(limit.unwrap_or(usize::MAX)) {
            let shares = ranking.last().filter(|above: &&RangedView| above.possible == range.possible);
            let rank = shares.map_or(Some(at + 1), |above| above.rank);
            ranking.push(RangedView {
                rank: range.possible.and(rank),
                actor: ActorView::of(network.dataset(), range.actor),
                certain: range.certain,
                possible: range.possible,
                low: range.drawn.map(|drawn| drawn[0]),
                mean: range.drawn.map(|drawn| drawn[1]),
                high: range.drawn.map(|drawn| drawn[2]),
                best_rank: range.places.map(|places| places[0]),
                worst_rank: range.places.map(|places| places[1]),
                world_count: range.world_count,
            });
        }
        Self {
            measure,
            directed: ranges.is_directed,
            world_count: drawing.count,
            seed: drawing.seed,
            doubtful_tie_count: ranges.doubtful_count,
            undated_tie_count: measure.is_temporal().then_some(ranges.undated_count),
            actor_count: sorted.len(),
            cut_count: sorted.len() - ranking.len(),
            ranking,
            is_whole: measure.is_whole() && !convention.is_normalised,
        }
    }

    /// What the reader must know: the definition in force, and how worlds are drawn.
    pub fn notes(&self, network: &Network<'_>, convention: &Convention<'_>) -> Vec<String> {
        let days = self.undated_tie_count.map_or_else(String::new, |count| {
            format!(" Each world has its days: {count} ties that are certain are on other days in others.")
        });
        vec![
            self.measure.definition().to_owned(),
            conventions(self.measure, self.directed, convention, network),
            format!(
                "{} worlds were drawn with seed {}; in each, {} doubtful ties are there or not: of several claims and of \
                 alternatives one holds, every day of a range is as likely as any other, what is alleged, disputed or \
                 marked `?` holds in every other world, and ties of an event of one day share it. 90 % of the worlds \
                 lie between low and high. More ties need not mean a higher score, so that the certain and the possible \
                 are not bounds.{days}",
                self.world_count, self.seed, self.doubtful_tie_count
            ),
        ]
    }
}

impl Report for RankRangeReport {
    const SCHEMA: &'static str = "chancery/rank-range/1";

    fn document(&self) -> Document {
        let mut document = Document::new(format!(
            "{} by {}, as far as dates and claims allow",
            counted(self.actor_count, "actor"),
            self.measure.as_str()
        ));
        if self.doubtful_tie_count == 0 && self.undated_tie_count.unwrap_or(0) == 0 {
            document.paragraph("No tie is doubtful in the window: all worlds are alike.");
        }
        let scores = self.ranking.iter().flat_map(|ranged| [ranged.certain, ranged.possible, ranged.high]);
        let most = scores.flatten().map(f64::abs).fold(0.0, f64::max);
        let places = if self.is_whole { 0 } else { decimals(most) };
        let number =
            |score: Option<f64>| score.map_or_else(|| "·".to_owned(), |score| decimal(score, places));
        let mut table =
            Table::new(&["rank>", "name", "certain>", "possible>", "low>", "mean>", "high>", "places"]);
        for ranged in &self.ranking {
            let span = match (ranged.best_rank, ranged.worst_rank) {
                (Some(best), Some(worst)) if best == worst => best.to_string(),
                (Some(best), Some(worst)) => format!("{best} to {worst}"),
                (_, _) => String::new(),
            };
            table.push(vec![
                ranged.rank.map(|rank| rank.to_string()).unwrap_or_default(),
                ranged.actor.name.clone(),
                number(ranged.certain),
                number(ranged.possible),
                number(ranged.low),
                ranged.mean.map_or_else(|| "·".to_owned(), |mean| decimal(mean, decimals(most))),
                number(ranged.high),
                span,
            ]);
        }
        document.table(table);
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&[
            "rank>",
            "actor",
            "name",
            "kind",
            "certain>",
            "possible>",
            "low>",
            "mean>",
            "high>",
            "best_rank>",
            "worst_rank>",
            "worlds>",
        ]);
        let text = |score: Option<f64>| score.map(|score| score.to_string()).unwrap_or_default();
        let place = |place: Option<usize>| place.map(|place| place.to_string()).unwrap_or_default();
        for ranged in &self.ranking {
            table.push(vec![
                place(ranged.rank),
                ranged.actor.actor.clone(),
                ranged.actor.name.clone(),
                ranged.actor.kind.map_or("", ActorKind::as_str).to_owned(),
                text(ranged.certain),
                text(ranged.possible),
                text(ranged.low),
                text(ranged.mean),
                text(ranged.high),
                place(ranged.best_rank),
                place(ranged.worst_rank),
                ranged.world_count.to_string(),
            ]);
        }
        table
    }
}
