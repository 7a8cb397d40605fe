//! The integration tests, in one binary.

mod architecture;
mod archive;
mod bibliography;
mod bounds;
mod canonical;
mod checks;
mod chinese;
mod cli;
mod connect;
mod dates;
mod diagram;
mod doubt;
mod edit;
mod exchange;
mod exports;
#[cfg(feature = "figures")]
mod figures;
mod formats;
mod groups;
mod graph_files;
mod lanes;
mod laws;
mod measures;
mod names;
mod node_tables;
mod oracle;
pub(crate) mod order;
mod paths;
mod petgraph;
mod report;
mod routes;
mod sentences;
mod series;
mod support;
mod tables;
mod temporal;
mod times;
