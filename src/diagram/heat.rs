//! Pairs by periods, by their meaning: how much there was in each, or why nothing is known.
//!
//! It holds numbers, not places; `svg/heat.rs` draws it.

use super::heading::Heading;

/// The most rows that one picture holds.
pub const ROW_LIMIT: usize = 60;

/// A picture of rows by periods: the more, the darker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    /// What stands above and under it.
    pub heading: Heading,
    /// What a cell says.
    pub measure: String,
    /// The same in the second language.
    pub measure_also: Option<String>,
    /// Whether values are counts; else they have a sign, and less than nothing is hostile.
    pub is_count: bool,
    /// The periods in order of time, as EDTF: the columns.
    pub periods: Vec<String>,
    /// The rows from top to bottom, at most [`ROW_LIMIT`] of which are drawn.
    pub rows: Vec<HeatRow>,
}

/// One pair.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// The ids of its actors, written into the picture so that it can be traced back.
    pub ids: Vec<String>,
    /// Its name.
    pub label: String,
    /// The name in the second language.
    pub label_also: Option<String>,
    /// A cell for each period.
    pub cells: Vec<HeatCell>,
}

/// One pair in one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HeatCell {
    /// So much, on record.
    Value(f64),
    /// So much, none of which is certain.
    Possible(f64),
    /// Nothing, and somebody looked.
    Zero,
    /// Nothing on record, which says nothing.
    Missing,
    /// One of the two did not exist.
    Outside,
}

impl HeatCell {
    /// How much there is on record.
    pub(super) fn amount(self) -> Option<f64> {
        match self {
            Self::Value(value) | Self::Possible(value) => Some(value),
            Self::Zero | Self::Missing | Self::Outside => None,
        }
    }
}
