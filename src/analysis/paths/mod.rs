//! Shortest paths between two actors: how long, how many, which.

mod count;
mod geodesics;
mod shortest;
mod simple;

pub use count::Count;
pub use geodesics::{Geodesics, Passage, Pathfinder, Without};
