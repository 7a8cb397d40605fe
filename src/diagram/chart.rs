//! Pictures that are no graphs: over time, over periods, over pairs.
//!
//! Each has a file for what it means and one under `svg/` that draws it; here they are one, for whoever takes any.

use super::frame::Frame;
use super::heading::Heading;
use super::heat::Heat;
use super::lanes::Lanes;
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
    /// What stands above and under it.
    pub fn heading(&self) -> &Heading {
        match self {
            Self::Lanes(chart) => &chart.heading,
            Self::Series(chart) => &chart.heading,
            Self::Heat(chart) => &chart.heading,
            Self::Panels(chart) => &chart.heading,
        }
    }

    /// The same, to which lines can be added.
    pub fn heading_mut(&mut self) -> &mut Heading {
        match self {
            Self::Lanes(chart) => &mut chart.heading,
            Self::Series(chart) => &mut chart.heading,
            Self::Heat(chart) => &mut chart.heading,
            Self::Panels(chart) => &mut chart.heading,
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
