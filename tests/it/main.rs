//! The integration tests, in one binary.

mod architecture;
mod checks;
mod cli;
mod connect;
mod dates;
mod diagram;
mod doubt;
mod exports;
mod formats;
mod laws;
mod oracle;
mod order;
mod paths;
mod petgraph;
mod routes;
mod support;
