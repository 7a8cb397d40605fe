//! How strong the ties between two actors are, by a named rule.

use std::str::FromStr;

use thiserror::Error;

use crate::{dataset::TieIndex, date::Day, network::Network};

/// What the ties between two actors are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weighing {
    /// Each tie counts 1.
    Ties,
    /// Each happening counts 1, however many ties tell of it.
    Happenings,
    /// Each tie counts as many reports as it stands for.
    Reports,
    /// Each tie counts its relation's Goldstein weight where that is above 0.
    Cooperation,
    /// Each tie counts how far its relation's Goldstein weight is below 0.
    Conflict,
}

/// There is no weight of a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no weight `{0}`: it is one of ties, happenings, reports, cooperation, conflict")]
pub struct NoWeight(String);

impl Weighing {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Ties, Self::Happenings, Self::Reports, Self::Cooperation, Self::Conflict];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ties => "ties",
            Self::Happenings => "happenings",
            Self::Reports => "reports",
            Self::Cooperation => "cooperation",
            Self::Conflict => "conflict",
        }
    }

    /// What it counts, in words.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Ties => "the number of ties",
            Self::Happenings => "the number of happenings, the ties of one event counting once",
            Self::Reports => "the number of reports that ties stand for",
            Self::Cooperation => "the sum of Goldstein weights above 0",
            Self::Conflict => "the sum of Goldstein weights below 0, taken positive",
        }
    }
}

impl FromStr for Weighing {
    type Err = NoWeight;

    fn from_str(name: &str) -> Result<Self, NoWeight> {
        Self::ALL
            .into_iter()
            .find(|weighing| weighing.as_str() == name)
            .ok_or_else(|| NoWeight(name.to_owned()))
    }
}

/// The weight of ties, which may fade with the time that has passed since.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// By what ties are counted.
    pub weighing: Weighing,
    /// How ties fade, if they do.
    pub decay: Option<Decay>,
}

/// How ties fade: one that ended a half-life before `now` counts half, one in force counts whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decay {
    /// The day from which age is reckoned.
    pub now: Day,
    /// After how many days a tie counts half.
    pub half_life_days: f64,
}

impl Weight {
    /// A weight without decay.
    pub const fn plain(weighing: Weighing) -> Self {
        Self { weighing, decay: None }
    }

    /// What some ties weigh together.
    ///
    /// The age of a tie is that of the last day on which it may have been in force; of the ties of one
    /// happening the youngest counts.
    pub fn of(&self, network: &Network<'_>, ties: impl Iterator<Item = TieIndex>) -> f64 {
        let dataset = network.dataset();
        if self.weighing == Weighing::Happenings {
            let mut happenings: Vec<(u32, f64)> =
                ties.map(|tie| (dataset.ties().happening(tie), self.share(network, tie))).collect();
            happenings.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            happenings.dedup_by_key(|(happening, _)| *happening);
            return happenings.iter().map(|(_, share)| share).sum();
        }
        let each = |tie: TieIndex| {
            let goldstein = || dataset.relation(tie).goldstein.unwrap_or(0.0);
            let whole = match self.weighing {
                Weighing::Ties | Weighing::Happenings => 1.0,
                Weighing::Reports => f64::from(dataset.ties().report_count(tie)),
                Weighing::Cooperation => goldstein().max(0.0),
                Weighing::Conflict => (-goldstein()).max(0.0),
            };
            whole * self.share(network, tie)
        };
        ties.map(each).sum()
    }

    /// What is left of a tie.
    fn share(&self, network: &Network<'_>, tie: TieIndex) -> f64 {
        let Some(decay) = self.decay else { return 1.0 };
        let last = network.dataset().ties().hull(tie).1.min(decay.now);
        let age = f64::from(decay.now.number()) - f64::from(last.number());
        (-age / decay.half_life_days).exp2()
    }
}
