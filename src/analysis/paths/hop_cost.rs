//! What a hop costs, by name.

use crate::{
    dataset::{ActorIndex, DyadIndex, TieIndex, number},
    date::Day,
    network::Network,
};

/// A named cost of hops.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HopCost {
    /// 1 ∕ n, for the n reports that the ties of the two stand for.
    Count,
    /// 1 ∕ Σ 2^(−age ∕ half-life) over the ties, their age counted in days from their last possible day to the last
    /// day of the lens, or the newest of the dataset.
    Recency {
        /// Days after which a tie counts half.
        half_life: f64,
    },
    /// 11 − g, for the mean Goldstein weight g of the ties (from −10, hostile, to 10): from 1 to 21. A relation
    /// without a weight counts as 0.
    Goldstein,
    /// 1, and half of log₂(1 + d) for either actor that is not an end of the path, of d neighbours.
    Hubs,
}

impl HopCost {
    /// The formula in words.
    pub fn formula(&self) -> String {
        match self {
            Self::Count => "a hop costs 1/n for the n reports that its ties stand for".to_owned(),
            Self::Recency { half_life } => format!(
                "a hop costs 1/Σ 2^(−age/{half_life}) over its ties, their age in days up to the end of the period"
            ),
            Self::Goldstein => "a hop costs 11 − g for the mean Goldstein weight g of its ties".to_owned(),
            Self::Hubs => {
                "a path costs its hops and log₂(1 + d) for each actor of d neighbours between the ends"
                    .to_owned()
            }
        }
    }

    /// The cost of the hop between two actors on a path between two ends.
    ///
    /// # Complexity
    /// Time O(t) for the t ties of the dyad, O(d) for the neighbours d of its actors.
    pub fn of(
        &self,
        network: &Network<'_>,
        ends: (ActorIndex, ActorIndex),
        (from, to, dyad): (ActorIndex, ActorIndex, DyadIndex),
    ) -> f64 {
        let dataset = network.dataset();
        let ties = dataset.ties();
        match self {
            Self::Count => {
                let reports: u64 = network
                    .ties_along(from, to, dyad)
                    .map(|tie| u64::from(ties.report_count(tie).max(1)))
                    .sum();
                1.0 / f64::from(u32::try_from(reports).unwrap_or(u32::MAX))
            }
            Self::Recency { half_life } => {
                let last = Some(network.predicate().lens().during.last()).filter(|day| day.is_bounded());
                let last = last.or_else(|| dataset.newest_day()).unwrap_or(Day::MIN);
                let weight = |tie: TieIndex| {
                    let age = last.number().saturating_sub(ties.hull(tie).1.number()).max(0);
                    (-f64::from(age) / half_life).exp2()
                };
                // However old the ties, a hop has a cost that sums.
                1.0 / network.ties_along(from, to, dyad).map(weight).sum::<f64>().max(f64::MIN_POSITIVE)
            }
            Self::Goldstein => {
                let weight = |tie| dataset.relation(tie).goldstein.unwrap_or(0.0);
                let weights: Vec<f64> = network.ties_along(from, to, dyad).map(weight).collect();
                11.0 - weights.iter().sum::<f64>() / f64::from(number(weights.len()).max(1))
            }
            Self::Hubs => {
                let toll = |actor: ActorIndex| {
                    if actor == ends.0 || actor == ends.1 {
                        return 0.0;
                    }
                    f64::from(1 + number(network.degree(actor))).log2() / 2.0
                };
                1.0 + toll(from) + toll(to)
            }
        }
    }
}
