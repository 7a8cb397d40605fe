//! Shortest and simple paths between two actors: how long, how many, which.

mod balls;
mod cheapest;
mod count;
mod deviations;
mod geodesics;
mod hop_cost;
mod search;
mod shortest;
mod simple;
mod via;

pub use cheapest::Cheapest;
pub use count::Count;
pub use geodesics::{Geodesics, Passage, Pathfinder, Without};
pub use hop_cost::HopCost;
pub use simple::{Simple, SimplePaths};
pub use via::Legs;
