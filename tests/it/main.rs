//! The integration tests, in one binary.

mod architecture;
mod archive;
mod canonical;
mod checks;
mod cli;
mod connect;
mod dates;
mod diagram;
mod doubt;
mod edit;
mod exchange;
mod exports;
mod formats;
mod graph_files;
mod laws;
mod names;
mod oracle;
mod order;
mod paths;
mod petgraph;
mod routes;
mod support;
