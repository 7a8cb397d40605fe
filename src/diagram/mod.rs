//! Scenes, layouts and writers of diagrams.
//!
//! A [`Scene`] says what a picture means; a layout gives it places; a writer ([`dot`], [`svg`])
//! gives it marks on paper. What stands on one floor never reaches up: a writer sees a scene, never
//! a dataset. The same scene gives the same bytes.

mod dot;
mod error;
mod scene;
mod svg;
mod words;

pub use dot::dot;
pub use error::{DiagramError, NODE_LIMIT};
pub use scene::{Direction, Doubt, Edge, EdgeTie, Node, Role, Scene};
pub use svg::svg;
pub use words::Language;
