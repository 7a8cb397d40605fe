//! Whether a relation is friendly, neutral or hostile.

use serde::{Deserialize, Serialize};

/// The sign of a relation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Polarity {
    /// Hostile: a seizure, a clash, an accusation.
    #[serde(rename = "-")]
    Negative,
    /// Neither: a transit, a statement.
    #[default]
    #[serde(rename = "0")]
    Neutral,
    /// Friendly: a visit, aid, a treaty.
    #[serde(rename = "+")]
    Positive,
}

impl Polarity {
    /// The sign as written in the vocabulary.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Negative => "-",
            Self::Neutral => "0",
            Self::Positive => "+",
        }
    }
}
