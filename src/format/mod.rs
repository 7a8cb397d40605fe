//! One file a format: readers push rows into a [`Sink`](crate::dataset::Sink), writers take a dataset.
//!
//! Plain data only: what is laid out or styled is the work of [`diagram`](crate::diagram).

pub(crate) mod push;
mod relations;
mod text;
pub mod native;
pub mod shipped;
pub mod table;
mod columns;
mod edge_table;
mod xml_graph;
mod foreign;
mod json_graph;
mod detect;

pub use detect::{Format, Options, Reading, read_path};
pub use foreign::Dialect;
