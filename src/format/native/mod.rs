//! The native form: node-link JSON, as networkx reads it.

pub mod edit;

mod read;
mod write;

pub use read::{ReadError, is_native, read_path, read_text};
pub use write::{EdgeKey, Part, write};
