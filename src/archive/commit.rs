//! What one commit says: who, when, why, from which files; which rows it adds, removes and restores.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::frame::Chain;
use crate::date::Day;

/// A moment as commits carry it: `2026-11-21T04:05:06Z`.
///
/// The library reads no clock: whoever commits says when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(String);

impl Moment {
    /// The moment so many seconds after the beginning of 1970, in UTC.
    pub fn from_unix_seconds(seconds: u64) -> Self {
        let day = Day::from_number(i32::try_from(seconds / 86_400).unwrap_or(i32::MAX - 1));
        let (year, month, date) = day.ymd();
        let of_day = seconds % 86_400;
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        Self(format!("{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }

    /// The day that it belongs to.
    pub fn day(&self) -> Day {
        day(&self.0).expect("the text was checked")
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn day(text: &str) -> Option<Day> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    let shape = text.len() == 20
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            10 => byte == b'T',
            13 | 16 => byte == b':',
            19 => byte == b'Z',
            _ => byte.is_ascii_digit(),
        });
    let in_day = number(11..13)? < 24 && number(14..16)? < 60 && number(17..19)? < 61;
    let day = Day::from_ymd(i32::try_from(number(0..4)?).ok()?, number(5..7)?, number(8..10)?);
    day.filter(|_| shape && in_day)
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match day(text) {
            Some(_) => Ok(Self(text.to_owned())),
            None => Err(format!("`{text}` is no moment such as 2026-11-21T04:05:06Z")),
        }
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.0
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file that rows came from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadedFile {
    /// Its name as the user gave it.
    pub name: String,
    /// BLAKE3 of its bytes, in hexadecimal; empty for records that came from no file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub blake3: String,
    /// How it was read, in words that are equal for the same options; empty where nothing was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reading: String,
    /// Whether it is a graph of ours; what was made of another form is not checked for agreement.
    pub is_native: bool,
    /// The title of the collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The licence of the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// The citations of ties that give none, as the native form writes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cites: Option<Box<RawValue>>,
    /// What its references observe, as the native form writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Box<RawValue>>,
    /// What had been taken out of the file, as it stood there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retracted: Vec<Box<RawValue>>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A relation of the file's own.
    Relation,
    /// A document.
    Reference,
    /// That two actors are one.
    Same,
    /// A node.
    Actor,
    /// An edge.
    Tie,
}

impl Kind {
    /// All of them, in the order of their numbers in segments.
    pub const ALL: [Self; 5] = [Self::Relation, Self::Reference, Self::Same, Self::Actor, Self::Tie];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relation => "relation",
            Self::Reference => "reference",
            Self::Same => "same",
            Self::Actor => "actor",
            Self::Tie => "tie",
        }
    }
}

/// How many rows of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Relations.
    pub relations: u64,
    /// References.
    pub references: u64,
    /// Merges.
    pub same: u64,
    /// Actors.
    pub actors: u64,
    /// Ties.
    pub ties: u64,
}

impl Counts {
    /// Counts one more.
    pub(super) fn add(&mut self, kind: Kind) {
        match kind {
            Kind::Relation => self.relations += 1,
            Kind::Reference => self.references += 1,
            Kind::Same => self.same += 1,
            Kind::Actor => self.actors += 1,
            Kind::Tie => self.ties += 1,
        }
    }

    /// All rows.
    pub const fn total(&self) -> u64 {
        self.relations + self.references + self.same + self.actors + self.ties
    }
}

/// Rows of a commit that stand in a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The name of the file in `segments/`.
    pub segment: String,
    /// Its length.
    pub bytes: u64,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: String,
    /// The first row of this commit in it.
    pub first: u64,
    /// How many follow, that one included.
    pub rows: u64,
}

/// The place of a row: the number of its commit, and its number among the rows of that commit, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position(pub u64, pub u64);

/// A row that is taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    /// The row.
    pub at: Position,
    /// What it is.
    pub what: Kind,
    /// Its id, for readers of the log.
    pub id: String,
    /// Why.
    pub why: String,
}

/// A row that is put back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restoration {
    /// The row.
    pub at: Position,
    /// What it is.
    pub what: Kind,
    /// Its id, for readers of the log.
    pub id: String,
}

/// A commit, without its rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commit {
    /// Its number, from 1.
    pub number: u64,
    /// When it was made; never before the one before it.
    pub time: Moment,
    /// Who made it.
    pub author: String,
    /// What it is for.
    pub message: String,
    /// The files that its rows came from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<LoadedFile>,
    /// How many rows it adds.
    pub counts: Counts,
    /// Where its rows stand, in order; none when they stand in the frame itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// The rows that it takes out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removal>,
    /// The rows that it puts back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restored: Vec<Restoration>,
    /// How many warnings there were of all data with it, where its writer counted them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warnings: Option<u64>,
}

impl Commit {
    /// Whether it adds some ties, which stand in its frame, and does nothing else.
    pub(super) fn is_few_ties(&self) -> bool {
        let Self { counts, parts, removed, restored, .. } = self;
        parts.is_empty() && removed.is_empty() && restored.is_empty() && counts.total() == counts.ties
    }
}

/// A commit as the log holds it: what it says, and rows as lines of JSON.
#[derive(Clone, Debug)]
pub(super) struct Logged {
    pub(super) commit: Commit,
    pub(super) lines: String,
    /// The chain of the log after it, if it stands in one.
    pub(super) chain: Chain,
}

impl Logged {
    /// The payload of its frame: the length of the header as u32 LE, the header as JSON, the lines.
    pub(super) fn payload(&self) -> Vec<u8> {
        let header = serde_json::to_vec(&self.commit).expect("a commit has string keys");
        let length = u32::try_from(header.len()).expect("what is said of a commit is shorter than 4 GiB");
        let mut payload = Vec::with_capacity(4 + header.len() + self.lines.len());
        payload.extend_from_slice(&length.to_le_bytes());
        payload.extend_from_slice(&header);
        payload.extend_from_slice(self.lines.as_bytes());
        payload
    }

    /// Reads a payload.
    pub(super) fn read(payload: &[u8], chain: Chain) -> Result<Self, String> {
        let length = payload.first_chunk::<4>().map(|bytes| u32::from_le_bytes(*bytes));
        let length =
            length.and_then(|length| usize::try_from(length).ok()).ok_or("a commit without a header")?;
        let end =
            length.checked_add(4).filter(|end| *end <= payload.len()).ok_or("a header that is too long")?;
        let commit =
            serde_json::from_slice(&payload[4..end]).map_err(|error| format!("a header: {error}"))?;
        let lines = std::str::from_utf8(&payload[end..]).map_err(|_| "rows that are not UTF-8".to_owned())?;
        Ok(Self { commit, lines: lines.to_owned(), chain })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_seconds_and_days() {
        let moment = Moment::from_unix_seconds(1_795_234_567);
        assert_eq!(moment.as_str(), "2026-11-21T04:16:07Z");
        assert_eq!(moment.day().to_string(), "2026-11-21");
        assert_eq!(Moment::from_unix_seconds(0).as_str(), "1970-01-01T00:00:00Z");
        assert_eq!(moment.as_str().parse::<Moment>(), Ok(moment));
        for wrong in
            ["2026-11-21", "2026-13-21T00:00:00Z", "2026-11-21T24:00:00Z", "+026-11-21T00:00:00Z", ""]
        {
            assert!(wrong.parse::<Moment>().is_err(), "{wrong}");
        }
    }
}
