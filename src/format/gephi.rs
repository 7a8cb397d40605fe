//! What a table of edges says that Gephi wrote: `Type` tells whether edges have a direction, `Label` names their relation.

use rustc_hash::FxHashSet;

use super::{columns::Layout, roles::Role};

/// More labels than this name edges one by one, and not their relations.
const MOST_RELATIONS: usize = 256;

/// What the rows of a table say together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gephi {
    /// Whether no edge has a direction.
    pub(super) is_undirected: bool,
}

/// Reads the columns of a table of Gephi's that mean something together, and gives labels their role; nothing is
/// found in other tables.
pub(super) fn survey(layout: &mut Layout, text: &str) -> Gephi {
    let Some(kind) = layout.named("Type") else { return Gephi::default() };
    let label = layout.named("Label").filter(|at| layout.roles[*at] == Role::Attribute);
    let (mut labels, mut directed, mut undirected) = (FxHashSet::default(), 0_usize, 0_usize);
    for row in layout.rows(text) {
        let cells = layout.cells(row);
        match cells.get(kind).map(|cell| cell.to_ascii_lowercase()).as_deref() {
            Some("undirected") => undirected += 1,
            Some("directed" | "mutual") => directed += 1,
            Some(_) | None => return Gephi::default(),
        }
        if let Some(text) = label.and_then(|at| cells.get(at)).filter(|text| !text.trim().is_empty())
            && labels.len() <= MOST_RELATIONS
            && !labels.contains(text)
        {
            labels.insert(text.clone());
        }
    }
    if let Some(label) = label.filter(|_| layout.column(Role::Relation).is_none())
        && (1..=MOST_RELATIONS).contains(&labels.len())
    {
        layout.roles[label] = Role::Relation;
    }
    Gephi { is_undirected: undirected > 0 && directed == 0 }
}
