//! One question, one file: paths, connectors, measures of centrality.
//!
//! What is here knows nothing of words, tables or pictures; [`report`](crate::report) makes answers of it.

pub mod betweenness;
pub mod closeness;
pub mod components;
pub mod connect;
pub mod degree;
pub mod order;
pub mod paths;
mod blocks;
mod marks;
mod measure;

pub use betweenness::betweenness;
pub use closeness::closeness;
pub use components::{Components, components};
pub use degree::degree;
pub use measure::Measure;
