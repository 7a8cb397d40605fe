//! One file a format: readers push rows into a [`Sink`](crate::dataset::Sink), writers take a dataset.
//!
//! Plain data only: what is laid out or styled is the work of [`diagram`](crate::diagram).

mod push;
mod relations;
mod unpack;
mod text;
pub mod native;
pub mod shipped;
pub mod table;
mod columns;
mod events;
mod edge_table;
mod xml_graph;
mod foreign;
mod json_graph;
mod made;
mod cow;
mod tables;
mod detect;

pub use detect::{Format, Options, Reading, read_path};
pub use foreign::Dialect;
