//! Nodes that another program has numbered anew: which of ours each is.
//!
//! igraph writes GraphML with nodes `n0`, `n1`, …, and what they were called under a key `id`.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use super::{
    foreign::text_of,
    xml_values::{self, Keys},
};

/// Where a second `id` of a record stands, beside that of the format.
const SECOND: &str = "id.2";

/// Which id of a file stands for which of ours; nothing in most files.
#[derive(Debug, Default)]
pub(super) struct Renamed {
    ids: FxHashMap<String, String>,
    /// Ids of edges that igraph made of those of nodes.
    lost: FxHashSet<String>,
}

impl Renamed {
    /// What igraph made of a GraphML file.
    ///
    /// O(nodes + edges), and nothing is read where nodes have names of their own.
    pub(super) fn by_igraph(nodes: &[(Option<String>, &str)], edges: &[&str], keys: &Keys) -> Self {
        let mut ids = FxHashMap::default();
        let mut known = FxHashSet::default();
        for (at, (_, raw)) in nodes.iter().enumerate() {
            let Some(values) = xml_values::values(raw, keys, &mut Vec::new()) else { return Self::default() };
            let text = |key: &str| xml_values::text(&values, key).filter(|text| !text.trim().is_empty());
            let (Some(number), Some(own)) = (text("id"), text(SECOND)) else { return Self::default() };
            if number != format!("n{at}") || !known.insert(own.to_owned()) {
                return Self::default();
            }
            ids.insert(number.to_owned(), own.to_owned());
        }
        let mut lost = FxHashSet::default();
        let mut seen = FxHashSet::default();
        for raw in edges {
            let values = xml_values::values(raw, keys, &mut Vec::new()).unwrap_or_default();
            let id = values.get("id").and_then(text_of).unwrap_or_default();
            if known.contains(&id) || id.trim().is_empty() || !seen.insert(id.clone()) {
                lost.insert(id);
            }
        }
        Self { ids, lost }
    }

    fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// What is said of what igraph changed.
    pub(super) fn note(&self, is_ours: bool) -> Option<String> {
        let ids = if is_ours || self.lost.is_empty() {
            ""
        } else {
            "; ids of edges, for which it puts those of nodes, are gone"
        };
        (!self.is_empty()).then(|| {
            format!(
                "written by igraph, which numbers nodes: their ids are those that it kept under `id`; empty \
                 cells are left out{ids}"
            )
        })
    }

    /// Gives a node its own id, and takes away what igraph added: its number and empty cells.
    pub(super) fn node(&self, values: &mut Map<String, Value>) {
        let own = values.get("id").and_then(text_of).and_then(|id| self.ids.get(&id));
        if let Some(own) = own {
            values.insert("id".to_owned(), Value::from(own.as_str()));
            values.remove(SECOND);
            values.retain(|_, value| value.as_str() != Some(""));
        }
    }

    /// Gives the ends of an edge their own ids, and takes away what igraph added.
    pub(super) fn edge(&self, values: &mut Map<String, Value>) {
        if self.is_empty() {
            return;
        }
        for end in ["source", "target"] {
            let own = values.get(end).and_then(text_of).and_then(|id| self.ids.get(&id));
            if let Some(own) = own {
                values.insert(end.to_owned(), Value::from(own.as_str()));
            }
        }
        if values.get("id").and_then(text_of).is_some_and(|id| self.lost.contains(&id)) {
            values.remove("id");
        }
        values.retain(|_, value| value.as_str() != Some(""));
    }
}
