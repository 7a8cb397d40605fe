//! One question, one file: paths, connectors, measures of centrality.

pub mod connect;
pub mod paths;
