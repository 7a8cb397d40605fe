//! How much is known of the ties between actors.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    dataset::{ReferenceIndex, TieIndex},
    date::{Certainty, Day, Status},
    model::Polarity,
    network::Network,
};

/// What the ties on one side of a connector amount to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// The ties, in order of time.
    pub ties: Vec<TieIndex>,
    /// How many distinct happenings they report: the ties of one event count once, and so do a lasting
    /// tie and the instants at its ends.
    pub happening_count: usize,
    /// Σ wᵢ ∕ i over the happenings, the surest first, with w = 1 for a certain one and ½ for a doubtful
    /// one: each further happening adds less.
    pub strength: f64,
    /// The distinct references, in order.
    pub references: BTreeSet<ReferenceIndex>,
    /// The first day on which any of them may have been in force.
    pub first: Option<Day>,
    /// The last day; `None` while one of them is open.
    pub last: Option<Day>,
    /// How many are friendly, neutral and hostile.
    pub polarity: BTreeMap<Polarity, usize>,
    /// How many are certain.
    pub certain_count: usize,
}

impl Evidence {
    /// Weighs some ties of a network.
    ///
    /// # Complexity
    /// Time O(n log n), for n ties and their claims.
    pub fn weigh(network: &Network<'_>, ties: impl IntoIterator<Item = TieIndex>) -> Self {
        let dataset = network.dataset();
        let columns = dataset.ties();
        let mut evidence = Self { ties: ties.into_iter().collect(), ..Self::default() };
        evidence.ties.sort_unstable();
        let stories = Stories::of(network, &evidence.ties);
        let mut happenings: BTreeMap<u32, f64> = BTreeMap::new();
        for tie in &evidence.ties {
            let sure = network.predicate().certainty(dataset, *tie) == Certainty::Certainly;
            let weight = if sure { 1.0 } else { 0.5 };
            evidence.certain_count += usize::from(sure);
            let best = happenings.entry(stories.happening(*tie)).or_insert(weight);
            *best = best.max(weight);
            *evidence.polarity.entry(dataset.relation(*tie).polarity).or_default() += 1;
            for (claim, bounds, references) in columns.claims(*tie) {
                if matches!(claim.status, Status::Refuted | Status::Absent) {
                    continue;
                }
                evidence.references.extend(references);
                for (bounds, _) in bounds {
                    let first = Some(bounds.start_min).filter(|day| day.is_bounded());
                    evidence.first = [evidence.first, first].into_iter().flatten().min();
                    evidence.last = evidence.last.max(Some(bounds.end_max));
                }
            }
        }
        evidence.last = evidence.last.filter(|day| day.is_bounded());
        evidence.happening_count = happenings.len();
        let mut weights: Vec<f64> = happenings.into_values().collect();
        weights.sort_by(|x, y| y.total_cmp(x));
        evidence.strength = (1_u32..).zip(weights).map(|(place, weight)| weight / f64::from(place)).sum();
        evidence
    }
}

/// Which ties tell one story: an embassy and its opening are one.
struct Stories<'n, 'd> {
    network: &'n Network<'d>,
    /// The instants that begin or end a lasting tie that is there, with the happening of that tie.
    ends: BTreeMap<TieIndex, u32>,
}

impl<'n, 'd> Stories<'n, 'd> {
    fn of(network: &'n Network<'d>, ties: &[TieIndex]) -> Self {
        let dataset = network.dataset();
        let columns = dataset.ties();
        let pair = |tie: TieIndex| {
            let (source, target) = (columns.source(tie), columns.target(tie));
            (source.min(target), source.max(target))
        };
        let mut ends = BTreeMap::new();
        for instant in ties {
            let Some((lasting, _)) = dataset.vocabulary().boundary(columns.relation(*instant)) else {
                continue;
            };
            let (first, last) = columns.hull(*instant);
            let of_story = ties.iter().find(|tie| {
                let (begin, end) = columns.hull(**tie);
                columns.relation(**tie) == lasting
                    && pair(**tie) == pair(*instant)
                    && begin <= last
                    && end >= first
            });
            if let Some(tie) = of_story {
                ends.insert(*instant, columns.happening(*tie));
            }
        }
        Self { network, ends }
    }

    fn happening(&self, tie: TieIndex) -> u32 {
        let own = || self.network.dataset().ties().happening(tie);
        self.ends.get(&tie).copied().unwrap_or_else(own)
    }
}
