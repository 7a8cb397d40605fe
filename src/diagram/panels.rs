//! One network period by period, by its meaning: the same actors in every panel, with the ties of its period.
//!
//! It holds no places; `svg/panels.rs` puts each actor at one place in all panels.

use super::heading::Heading;
use super::scene::{Edge, Node};

/// The most panels that one picture holds.
pub const PANEL_LIMIT: usize = 24;

/// The most actors that its panels hold.
pub const PANEL_NODE_LIMIT: usize = 40;

/// A picture of a network in several periods.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panels {
    /// What stands above and under it.
    pub heading: Heading,
    /// The actors, each once; at most [`PANEL_NODE_LIMIT`] are drawn.
    pub nodes: Vec<Node>,
    /// The periods in order of time, at most [`PANEL_LIMIT`] of which are drawn.
    pub periods: Vec<Panel>,
}

/// A network in one period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// The period, as EDTF.
    pub period: String,
    /// The dyads, each once; ends are indices into the picture's nodes, others are not drawn.
    pub edges: Vec<Edge>,
    /// The nodes that did not exist then.
    pub absent: Vec<usize>,
}
