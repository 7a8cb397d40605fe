//! Writes a part of a dataset in the forms of other programs.
//!
//! What those programs can use stands where they look for it. Whatever else a record says stands beside that as
//! JSON, so that the form can be read back as the same dataset; what a form cannot hold at all is counted and said.

mod columns;
mod gexf;
mod graphml;
mod json;
mod pajek;
mod plain;
mod record;
mod table;
mod table_file;
mod xml;

use std::io::{self, Write};

use crate::{dataset::Dataset, model::counted};

use super::native::Part;
pub(super) use record::{ACTOR_TEXTS, REST, TIE_TEXTS};
pub(super) use table::is_derived;
pub use table::{Cell, Listed, TableForm};
pub use table_file::{Kind, TableFile, write_texts};

/// The forms of other programs that are written; node-link JSON is the [native](super::native::write) one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// GraphML: networkx, igraph, yEd.
    GraphMl,
    /// GEXF 1.3 with the days on which ties may have been in force: Gephi.
    Gexf,
    /// JSON Graph Format, version 2.
    Jgf,
    /// Cytoscape.js.
    Cytoscape,
    /// Pajek's `.net`.
    Pajek,
    /// A table of ties or of actors.
    Table(Listed, TableForm),
}

/// Writes a part of a dataset as one self-contained file, and says what the form could not hold.
///
/// Actors come in the order of their ids, ties in the order of their rows. All forms but Pajek's and tables are read back as
/// the same dataset, with the same hash where the part is the whole.
///
/// # Errors
/// When the writer fails.
///
/// # Complexity
/// Time O(V + E) for V actors and E ties, each record made once; memory for the text of the file.
pub fn write(
    dataset: &Dataset,
    part: &Part<'_>,
    form: Form,
    out: &mut impl Write,
) -> io::Result<Vec<String>> {
    match form {
        Form::GraphMl => graphml::write(dataset, part, out),
        Form::Gexf => gexf::write(dataset, part, out),
        Form::Jgf => json::jgf(dataset, part, out),
        Form::Cytoscape => json::cytoscape(dataset, part, out),
        Form::Pajek => pajek::write(dataset, part, out),
        Form::Table(listed, form) => table::write(dataset, part, (listed, form), out),
    }
}
