//! Signs of dyads: whether two actors are friends or foes, where their ties differ.

use std::str::FromStr;

use thiserror::Error;

use super::Sociomatrix;
use crate::{dataset::DyadIndex, model::Polarity, network::Network};

/// The rule for a dyad whose ties are partly friendly, partly hostile; neutral ties never count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignRule {
    /// What most of its ties are; where both are as many, it has no sign.
    Majority,
    /// Hostile if any of its ties is.
    AnyHostile,
    /// What the last of its ties is, in order of time.
    Latest,
    /// The sign of the sum of Goldstein weights.
    Goldstein,
}

/// There is no rule of a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no rule `{0}`: it is one of majority, any-hostile, latest, goldstein")]
pub struct NoRule(String);

impl SignRule {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Majority, Self::AnyHostile, Self::Latest, Self::Goldstein];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Majority => "majority",
            Self::AnyHostile => "any-hostile",
            Self::Latest => "latest",
            Self::Goldstein => "goldstein",
        }
    }

    /// What it says.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Majority => "a dyad is what most of its ties are, and has no sign where both are as many",
            Self::AnyHostile => "a dyad is hostile if any of its ties is",
            Self::Latest => "a dyad is what the last of its ties is",
            Self::Goldstein => "a dyad has the sign of the sum of its Goldstein weights",
        }
    }

    /// 1 for a friendly dyad, −1 for a hostile one, 0 for one without a sign.
    fn sign(self, network: &Network<'_>, dyad: DyadIndex) -> f64 {
        let dataset = network.dataset();
        let sign = |polarity| match polarity {
            Polarity::Positive => 1.0,
            Polarity::Neutral => 0.0,
            Polarity::Negative => -1.0,
        };
        let signs = network.ties(dyad).map(|tie| sign(dataset.relation(tie).polarity));
        let sum = match self {
            Self::Majority => signs.sum(),
            Self::AnyHostile => {
                let signs: Vec<f64> = signs.collect();
                signs.iter().copied().find(|sign| *sign < 0.0).unwrap_or_else(|| signs.iter().sum())
            }
            Self::Latest => signs.filter(|sign| *sign != 0.0).last().unwrap_or(0.0),
            Self::Goldstein => network.ties(dyad).filter_map(|tie| dataset.relation(tie).goldstein).sum(),
        };
        if sum > 0.0 {
            1.0
        } else if sum < 0.0 {
            -1.0
        } else {
            0.0
        }
    }
}

impl FromStr for SignRule {
    type Err = NoRule;

    fn from_str(name: &str) -> Result<Self, NoRule> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == name).ok_or_else(|| NoRule(name.to_owned()))
    }
}

/// The undirected matrix of a network with 1 for friendly dyads and −1 for hostile ones; dyads without a
/// sign are left out.
///
/// # Complexity
/// Time O(V + E), space O(V + D), for V actors, E ties and D dyads.
pub fn signed(network: &Network<'_>, rule: SignRule) -> Sociomatrix {
    Sociomatrix::valued(network, |dyad| rule.sign(network, dyad))
}
