//! Chancery: an embedded graph database of diplomatic relations.
//!
//! The modules stand in the order of dependence: each knows only those above it.

pub mod date;
pub mod model;
pub mod dataset;
pub mod lens;
pub mod format;
pub mod archive;
pub mod network;
pub mod analysis;
pub mod diagram;
pub mod report;

/// The README's examples are compiled with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
