//! A measure period by period, by its meaning: a line for each actor, with the periods in which it scores.
//!
//! It holds numbers, not places; `svg/series.rs` draws it.

use super::heading::Heading;

/// The most lines that one picture holds.
pub const LINE_LIMIT: usize = 10;

/// A picture of a measure over periods.
///
/// # Examples
/// ```
/// use chancery::diagram::{Chart, Frame, Series, SeriesLine, Theme};
///
/// let line = SeriesLine {
///     id: "cuba".into(),
///     label: "Cuba".into(),
///     label_also: None,
///     points: vec![(0, 2.0), (2, 5.0)],
/// };
/// let series = Series {
///     measure: "degree".into(),
///     periods: ["1990", "1991", "1992"].map(String::from).to_vec(),
///     lines: vec![line],
///     ..Series::default()
/// };
/// let svg = Chart::Series(series).svg(&Theme::REPORT, Frame::ALONE);
/// assert!(svg.contains("data-actor=\"cuba\""));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What stands above and under it.
    pub heading: Heading,
    /// What is measured.
    pub measure: String,
    /// The same in the second language.
    pub measure_also: Option<String>,
    /// How many decimals a value is written with.
    pub decimals: usize,
    /// The periods in order of time, as EDTF.
    pub periods: Vec<String>,
    /// The lines, the most important first; at most [`LINE_LIMIT`] are drawn.
    pub lines: Vec<SeriesLine>,
}

/// The course of one actor.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesLine {
    /// The actor's id, written into the picture so that it can be traced back.
    pub id: String,
    /// Its name.
    pub label: String,
    /// The name in the second language.
    pub label_also: Option<String>,
    /// The number of each period in which it scores, rising, with the score; numbers without a period are left out.
    pub points: Vec<(usize, f64)>,
}
