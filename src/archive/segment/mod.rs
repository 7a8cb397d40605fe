//! Segments: immutable Arrow IPC files of rows, which any program that knows Arrow opens.
//!
//! The columns are `file` and `line` (where a row came from), `kind`, `id`, `source`, `target`, `relation`,
//! `when` and `record`. `record` is the whole record as JSON; it is null for a tie of which the other columns say all, and
//! for an actor of which the id is all. A file, line or kind that can be said once of all rows is (`alike.rs`).

mod alike;
mod build;
mod read;
mod words;

use arrow_schema::DataType;

pub(super) use build::{BARE_BYTES, NAMED_BYTES, SegmentBuilder};
pub(super) use read::read;

/// How many rows stand in a batch.
const BATCH_ROWS: usize = 65_536;

/// The type of texts that repeat, by that of their keys.
fn words_of(width: DataType) -> DataType {
    DataType::Dictionary(Box::new(width), Box::new(DataType::Utf8))
}
