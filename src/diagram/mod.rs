//! Scenes, layouts and writers of diagrams.
//!
//! A [`Scene`] says what a picture means; a layout gives it places; a writer ([`dot`], [`svg`])
//! gives it marks on paper. `look` alone turns meaning into looks. What stands here knows no dataset:
//! others make scenes. The same scene gives the same bytes.

mod blocs;
mod chart;
mod dot;
mod error;
mod figure;
mod frame;
mod graphml;
mod heading;
mod heat;
mod label;
mod lanes;
mod languages;
mod layout;
mod legend;
mod look;
mod mermaid;
mod panels;
#[cfg(feature = "figures")]
mod print;
mod scene;
mod series;
mod shape;
mod svg;
mod text;
mod theme;
mod widths;
mod words;

pub use chart::Chart;
pub use dot::{boxes, dot};
pub use error::{DiagramError, NODE_LIMIT};
pub use frame::{Frame, Layout};
pub use graphml::graphml;
pub use heading::Heading;
pub use heat::{Heat, HeatCell, HeatRow, ROW_LIMIT};
pub use lanes::{LANE_LIMIT, Lane, Lanes, Span};
pub use languages::Languages;
pub use mermaid::mermaid;
pub use panels::{PANEL_LIMIT, PANEL_NODE_LIMIT, Panel, Panels};
#[cfg(feature = "figures")]
pub use print::{About, Fonts, Page, PrintError, Printed, Resolution, pdf, pdf_pages, png};
pub use scene::{Direction, Doubt, Edge, EdgeTie, Node, Role, Scene};
pub use series::{LINE_LIMIT, Series, SeriesLine};
pub use svg::{Finished, Paper, Setting, Sheets, lanes, lanes_in, svg, svg_framed, svg_in, svg_placed};
pub use theme::{Colour, NodeColours, Theme};
pub use words::Language;
