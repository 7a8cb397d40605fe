//! One question, one file: paths, connectors, measures of centrality.
//!
//! What is here knows nothing of words, tables or pictures; [`report`](crate::report) makes answers of it.

pub mod balance;
pub mod betweenness;
pub mod brokerage;
pub mod changes;
pub mod closeness;
pub mod clustering;
pub mod communities;
pub mod components;
pub mod connect;
pub mod core_number;
pub mod current_flow;
pub mod degree;
pub mod eigenvector;
pub mod hits;
pub mod katz;
pub mod meter;
pub mod order;
pub mod pagerank;
pub mod partition;
pub mod paths;
pub mod periods;
pub mod series;
pub mod signs;
pub mod structural_holes;
pub mod temporal;
mod blocks;
mod lengths;
mod marks;
mod measure;
mod sample;
mod scores;
mod sociomatrix;
mod weight;

pub use balance::{Blocs, SignedTriads, blocs, signed_triads};
pub use betweenness::{betweenness, dyad_betweenness};
pub use brokerage::{BrokerRole, Roles, brokerage};
pub use changes::{DyadChanges, dyad_changes};
pub use closeness::{closeness, harmonic};
pub use communities::{Communities, Method, communities};
pub use components::{Components, components};
pub use degree::{Ends, degree, strength};
pub use measure::{Look, Measure, Nature, NoMeasure};
pub use partition::{Likeness, Partition, likeness, modularity};
pub use scores::{Convention, MeasureError, Remark, Sampling, Scores, scores};
pub use series::{SeriesError, periods_of, series};
pub use signs::{NoRule, SignRule, signed};
pub use sociomatrix::{Direction, Sociomatrix};
pub use weight::{Decay, NoWeight, Weighing, Weight};
