//! One file a format: readers push rows into a [`Sink`](crate::dataset::Sink), writers take a dataset.
//!
//! Plain data only: what is laid out or styled is the work of [`diagram`](crate::diagram).

pub mod native;
pub mod shipped;
pub mod table;
