//! Changes of a native file: a record added, retracted or restored, two actors declared the same.
//!
//! Each takes the text of a file and gives the new text; nothing here reads or writes files. Lines that a
//! change does not touch keep their bytes.

mod record;
pub(super) mod retract;
mod same;
mod splice;

pub use record::{Record, What};
pub use retract::{Change, restore, retract, retracted};
pub use same::{merge, unmerge};
pub use splice::EditError;

use splice::{elements, insert, sorted_place};

/// The text of a graph in which nothing stands yet.
pub const EMPTY: &str = "{\n  \"directed\": true,\n  \"multigraph\": true,\n  \"graph\": {\n    \"references\": []\n  },\n  \"nodes\": [],\n  \"edges\": []\n}\n";

/// The list of a file in which such records stand.
fn list(text: &str, what: What) -> Result<Vec<&'static str>, EditError> {
    Ok(match what {
        What::Actor => vec!["nodes"],
        What::Reference => vec!["graph", "references"],
        // Older networkx and d3 write `links`.
        What::Tie if elements(text, &["edges"])?.is_empty() && !elements(text, &["links"])?.is_empty() => {
            vec!["links"]
        }
        What::Tie => vec!["edges"],
    })
}

/// Adds a record on a line of its own: in its place if the list is sorted by id, else at the end.
///
/// # Errors
/// When the text is no graph.
pub fn add(text: &str, record: &Record) -> Result<String, EditError> {
    let path = list(text, record.what())?;
    let at = match record.id() {
        Some(id) => sorted_place(text, &path, id)?,
        None => None,
    };
    insert(text, &path, &record.line(), at)
}
