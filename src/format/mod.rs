//! One file a format: readers push rows into a [`Sink`](crate::dataset::Sink), writers take a dataset.
//!
//! Plain data only: what is laid out or styled is the work of [`diagram`](crate::diagram).

pub(crate) mod push;
mod relations;
mod unpack;
mod text;
pub mod native;
pub mod shipped;
pub mod table;
pub mod write;
mod sheet;
#[cfg(feature = "workbooks")]
mod workbook;
mod arrow_table;
mod roles;
mod columns;
mod events;
mod spells;
mod gephi;
mod block;
mod edge_table;
mod node_columns;
mod node_table;
mod parts;
mod xml_values;
mod ours;
mod renamed;
mod foreign;
mod pour;
mod xml_graph;
mod gml;
mod pajek;
mod dot_tokens;
mod dot;
mod json_graph;
mod flat_json;
mod edge_keys;
mod plain_graph;
#[cfg(test)]
mod flat_laws;
mod made;
pub mod mapping;
mod cow;
mod tables;
mod ours_table;
mod detect;
pub mod folder;

pub use detect::{Format, Options, Reading, read_path};
pub use foreign::Dialect;
