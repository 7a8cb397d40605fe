//! The integration tests, in one binary.

mod architecture;
mod archive;
mod bibliography;
mod bloc_brokers;
mod bounds;
mod canonical;
mod checks;
mod charts;
mod chinese;
mod cli;
mod connect;
mod dates;
mod diagram;
mod directed;
mod doubt;
mod edit;
mod exchange;
mod exports;
#[cfg(feature = "figures")]
mod figures;
mod formats;
mod groups;
#[cfg(feature = "figures")]
mod hostile_figures;
mod hostile_tables;
mod graph_files;
#[cfg(unix)]
mod interrupted;
mod lanes;
mod laws;
mod layouts;
pub(crate) mod measures;
mod names;
mod node_tables;
mod oracle;
pub(crate) mod order;
mod panel;
mod paths;
mod petgraph;
mod range;
mod report;
mod routes;
mod run;
mod schemas;
mod sentences;
mod series;
mod sna;
mod several;
mod structure;
mod support;
mod tables;
mod temporal;
mod temporal_measures;
mod times;
mod why;
mod typed_tables;
