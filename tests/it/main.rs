//! The integration tests, in one binary.

mod laws;
mod oracle;
mod petgraph;
mod support;
