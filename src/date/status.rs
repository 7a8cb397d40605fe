//! What a claim says of its tie, and what several claims say together.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Certainty;

/// How a claim stands to the tie that it speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Status {
    /// Said to be so. An estimate is asserted, according to its author.
    #[default]
    Asserted,
    /// Said by somebody whom the reference does not vouch for.
    Alleged,
    /// Said by some and denied by others.
    Disputed,
    /// Supposed, not said.
    Hypothetical,
    /// Said to be false.
    Refuted,
    /// Said not to have been: an observed zero.
    Absent,
}

/// A word that is no status.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no status `{word}`: expected one of asserted, alleged, disputed, hypothetical, refuted, absent")]
pub struct StatusError {
    word: String,
}

impl Status {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Asserted, Self::Alleged, Self::Disputed, Self::Hypothetical, Self::Refuted, Self::Absent];

    /// The word for it, as in the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Alleged => "alleged",
            Self::Disputed => "disputed",
            Self::Hypothetical => "hypothetical",
            Self::Refuted => "refuted",
            Self::Absent => "absent",
        }
    }

    /// The most that a claim of this status can say of its tie, however exact its date.
    pub fn cap(self) -> Certainty {
        match self {
            Self::Asserted => Certainty::Certainly,
            Self::Alleged | Self::Disputed | Self::Hypothetical => Certainty::Possibly,
            Self::Refuted | Self::Absent => Certainty::No,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Status {
    type Err = StatusError;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == word)
            .ok_or_else(|| StatusError { word: word.to_owned() })
    }
}

/// Puts together what the claims of one tie say about one window.
///
/// Each claim comes as its status and what its *date alone* says of the window
/// ([`Extent::holds`](super::Extent::holds)); the status is applied here, so do not cap it before.
///
/// *Possibly* if any claim allows it. *Certainly* needs at least one asserted claim, all asserted ones certain, and
/// no refuting or absent one. A refuting or absent claim whose date cannot touch the window says nothing about it:
/// "no embassy 1980–82" does not weaken 1975. No claims at all give *No*.
pub fn verdict(claims: impl IntoIterator<Item = (Status, Certainty)>) -> Certainty {
    let mut best = Certainty::No;
    let mut asserted: Option<Certainty> = None;
    let mut opposed = false;
    for (status, dated) in claims {
        best = best.max(dated.min(status.cap()));
        match status {
            Status::Asserted => asserted = Some(asserted.map_or(dated, |worst| worst.min(dated))),
            Status::Refuted | Status::Absent => opposed |= dated.is_possible(),
            Status::Alleged | Status::Disputed | Status::Hypothetical => {}
        }
    }
    let ceiling = if asserted == Some(Certainty::Certainly) && !opposed {
        Certainty::Certainly
    } else {
        Certainty::Possibly
    };
    best.min(ceiling)
}

#[cfg(test)]
mod tests {
    use super::Certainty::{Certainly, No, Possibly};
    use super::Status::{Absent, Alleged, Asserted, Disputed, Hypothetical, Refuted};
    use super::*;

    #[test]
    fn one_asserted_claim_speaks_for_itself() {
        for certainty in [No, Possibly, Certainly] {
            assert_eq!(verdict([(Asserted, certainty)]), certainty);
        }
    }

    #[test]
    fn no_claims_say_no() {
        assert_eq!(verdict([]), No);
    }

    #[test]
    fn alleged_disputed_and_hypothetical_claims_never_exceed_possibly() {
        for status in [Alleged, Disputed, Hypothetical] {
            assert_eq!(verdict([(status, Certainly)]), Possibly);
            assert_eq!(verdict([(status, No)]), No);
        }
    }

    #[test]
    fn an_allegation_beside_a_certain_assertion_takes_nothing_away() {
        assert_eq!(verdict([(Asserted, Certainly), (Alleged, No)]), Certainly);
    }

    #[test]
    fn claims_that_are_all_refuted_say_no() {
        assert_eq!(verdict([(Refuted, Certainly), (Refuted, Certainly), (Absent, Possibly)]), No);
    }

    #[test]
    fn asserted_claims_that_disagree_say_possibly() {
        assert_eq!(verdict([(Asserted, Certainly), (Asserted, No)]), Possibly);
        assert_eq!(verdict([(Asserted, Certainly), (Asserted, Possibly)]), Possibly);
        assert_eq!(verdict([(Asserted, Certainly), (Asserted, Certainly)]), Certainly);
    }

    #[test]
    fn a_refuting_claim_weakens_only_the_windows_that_it_may_touch() {
        assert_eq!(verdict([(Asserted, Certainly), (Refuted, Certainly)]), Possibly);
        assert_eq!(verdict([(Asserted, Certainly), (Absent, Possibly)]), Possibly);
        assert_eq!(verdict([(Asserted, Certainly), (Absent, No)]), Certainly);
    }

    #[test]
    fn words_are_read_back_and_others_refused() {
        for status in Status::ALL {
            assert_eq!(status.to_string().parse::<Status>(), Ok(status));
            assert_eq!(serde_json::to_string(&status).unwrap(), format!("\"{status}\""));
        }
        let refusal = "denied".parse::<Status>().unwrap_err().to_string();
        assert!(refusal.starts_with("no status `denied`"), "{refusal}");
    }
}
