//! How surely something held: the three answers that vague dates allow.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How surely something held. Ordered, so that "both" is `min` and "either" is `max`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Certainty {
    /// In none of the worlds that the dates allow.
    No,
    /// In some of them.
    Possibly,
    /// In all of them.
    Certainly,
}

impl Certainty {
    /// The word for it: `no`, `possibly` or `certainly`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Possibly => "possibly",
            Self::Certainly => "certainly",
        }
    }

    /// Whether it is allowed at all: possibly or certainly.
    pub fn is_possible(self) -> bool {
        self >= Self::Possibly
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Certainty::{Certainly, No, Possibly};

    #[test]
    fn both_is_min_and_either_is_max() {
        assert_eq!(No.max(Possibly), Possibly);
        assert_eq!(Certainly.min(Possibly), Possibly);
        assert!(Possibly.is_possible() && !No.is_possible());
    }

    #[test]
    fn display_and_json_use_one_word() {
        for certainty in [No, Possibly, Certainly] {
            let json = serde_json::to_string(&certainty).unwrap();
            assert_eq!(json, format!("\"{certainty}\""));
        }
    }
}
