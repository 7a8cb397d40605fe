//! A timeline by its meaning: lanes of spans, each with the days on which it began and ended for sure
//! and at most.
//!
//! It holds days, not places; `svg/lanes.rs` draws it.

use super::heading::Heading;
use super::scene::{Direction, Doubt};
use crate::date::Bounds;
use crate::model::Polarity;

/// The most lanes that one picture holds.
pub const LANE_LIMIT: usize = 80;

/// A picture of ties over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    /// What stands above and under it.
    pub heading: Heading,
    /// The lanes from top to bottom, at most [`LANE_LIMIT`] of which are drawn.
    pub lanes: Vec<Lane>,
    /// The references, numbered from 1.
    pub sources: Vec<String>,
    /// What an arrow before a lane's words means: the two actors' names, in each language.
    pub ends: Option<[(String, String); 2]>,
}

/// One tie, or several of a kind, over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// What the ties are, and with whom where that differs.
    pub label: String,
    /// The same in the second language.
    pub label_also: Option<String>,
    /// What stands behind: date as written, sources; or how many ties there are.
    pub note: String,
    /// The ids of its ties.
    pub ties: Vec<String>,
    /// Which way they point, where two actors were asked about.
    pub direction: Option<Direction>,
    /// Friendly, neutral or hostile.
    pub polarity: Polarity,
    /// What its ties say of time; none for a tie without a date.
    pub spans: Vec<Span>,
}

/// One occurrence, or one of several alternatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The days that it allows.
    pub bounds: Bounds,
    /// Whether it is asserted at all.
    pub doubt: Doubt,
}
