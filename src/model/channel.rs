//! What a relation carries between its ends, and so whether paths walk it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The channel of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// Contact, friendly or hostile: visits, missions, treaties, aid, trade, clashes. Walked.
    Interaction,
    /// One end acts for the other: an office, an organ, a representative. Walked.
    Agency,
    /// One end belongs to the other or stands in it: membership, residence, kinship. Not walked.
    Affiliation,
    /// What one end says or thinks of the other: praise, protest, embargo, recognition. Not walked.
    Stance,
}

impl Channel {
    /// All channels, in the order in which answers name them.
    pub const ALL: [Self; 4] = [Self::Interaction, Self::Agency, Self::Affiliation, Self::Stance];

    /// The channel's name in files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Interaction => "interaction",
            Self::Agency => "agency",
            Self::Affiliation => "affiliation",
            Self::Stance => "stance",
        }
    }

    /// Whether paths walk the channel unless a lens says otherwise.
    pub const fn is_walked_by_default(self) -> bool {
        match self {
            Self::Interaction | Self::Agency => true,
            Self::Affiliation | Self::Stance => false,
        }
    }
}

impl FromStr for Channel {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text).ok_or(())
    }
}
