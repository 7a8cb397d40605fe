//! The native form: node-link JSON, as networkx reads it.

pub mod edit;

mod canonical;
mod file;
mod mend;
mod plain;
mod read;
mod schema;
mod write;

pub use canonical::canonical;
pub(crate) use canonical::record_line;
pub use mend::{Mended, mend};
pub(crate) use read::Reader;
pub(super) use read::read_sound;
pub use read::{ReadError, files_of, is_native, read_path, read_text};
pub use schema::schema;
pub(super) use write::{Cited, GENERATOR, Head, json, nodes};
pub use write::{EdgeKey, Part, write};
