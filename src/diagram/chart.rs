//! Pictures that are no graphs: over time, over periods, over pairs.
//!
//! Each has a file for what it means and one under `svg/` that draws it; here they are one, for whoever takes any.

use super::frame::Frame;
use super::heat::Heat;
use super::lanes::Lanes;
use super::languages::Languages;
use super::panels::Panels;
use super::series::Series;
use super::svg;
use super::theme::Theme;

/// A picture that is no graph.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    /// Ties over time.
    Lanes(Lanes),
    /// A measure period by period: a line for each actor.
    Series(Series),
    /// Pairs by periods: the more, the darker.
    Heat(Heat),
    /// A network period by period.
    Panels(Panels),
}

impl Chart {
    /// The line above it.
    pub fn title(&self) -> &str {
        match self {
            Self::Lanes(chart) => &chart.title,
            Self::Series(chart) => &chart.title,
            Self::Heat(chart) => &chart.title,
            Self::Panels(chart) => &chart.title,
        }
    }

    /// The small lines under it, to which others can be added.
    pub fn caption_mut(&mut self) -> &mut Vec<String> {
        match self {
            Self::Lanes(chart) => &mut chart.caption,
            Self::Series(chart) => &mut chart.caption,
            Self::Heat(chart) => &mut chart.caption,
            Self::Panels(chart) => &mut chart.caption,
        }
    }

    /// The languages of its words.
    pub fn languages(&self) -> Languages {
        match self {
            Self::Lanes(chart) => chart.languages,
            Self::Series(chart) => chart.languages,
            Self::Heat(chart) => chart.languages,
            Self::Panels(chart) => chart.languages,
        }
    }

    /// Writes it as a self-contained SVG picture, in the colours of a theme and with what a frame brings along.
    pub fn svg(&self, theme: &Theme, frame: Frame) -> String {
        match self {
            Self::Lanes(chart) => svg::lanes_in(chart, theme, frame),
            Self::Series(chart) => svg::series(chart, theme, frame),
            Self::Heat(chart) => svg::heat(chart, theme, frame),
            Self::Panels(chart) => svg::panels(chart, theme, frame),
        }
    }
}
