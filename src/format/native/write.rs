//! Writes native JSON in canonical form: fixed key order, one record a line, sorted by id.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    dataset::{ActorIndex, Dataset, TieIndex},
    model::Relation,
};

/// Under which key edges stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKey {
    /// `edges`: ours, and networkx since 3.4.
    Edges,
    /// `links`: older networkx, and d3.
    Links,
}

/// Writes some actors and ties of a dataset as one self-contained file.
///
/// Every tie is written with its id and its citations, and with every reference that is cited.
///
/// # Errors
/// When the writer fails.
pub fn write(
    dataset: &Dataset,
    actors: &[ActorIndex],
    ties: &[TieIndex],
    title: Option<&str>,
    edge_key: EdgeKey,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut order: Vec<TieIndex> = ties.to_vec();
    order.sort_by(|a, b| dataset.ties().id(*a).cmp(dataset.ties().id(*b)));
    let whole: Vec<_> = order.iter().map(|tie| dataset.tie(*tie)).collect();
    let nodes: Vec<_> = actors.iter().map(|actor| dataset.actor(*actor)).collect();

    let mut cited: Vec<&str> = Vec::new();
    let claims = whole.iter().flat_map(crate::model::Tie::claims).flat_map(|claim| &claim.cites);
    for cite in claims.chain(nodes.iter().flat_map(|actor| &actor.cites)) {
        cited.push(cite.reference.as_str());
        cited.extend(cite.cited_in.as_ref().map(crate::model::ReferenceId::as_str));
    }
    cited.sort_unstable();
    cited.dedup();
    let references: Vec<_> = cited
        .iter()
        .filter_map(|id| dataset.find_reference(id))
        .map(|reference| dataset.reference(reference))
        .collect();
    let shipped = crate::model::Vocabulary::shipped();
    let own: Vec<&Relation> = dataset
        .vocabulary()
        .relations()
        .filter(|(_, relation)| {
            let known = shipped.find(relation.id.as_str()).map(|number| shipped.relation(number));
            known != Some(*relation)
        })
        .map(|(_, relation)| relation)
        .collect();

    writeln!(out, "{{\n  \"directed\": true,\n  \"multigraph\": true,\n  \"graph\": {{")?;
    if let Some(title) = title {
        writeln!(out, "    \"title\": {},", json(&title)?)?;
    }
    if !own.is_empty() {
        records(out, "    ", "relations", &own)?;
        writeln!(out, ",")?;
    }
    records(out, "    ", "references", &references)?;
    writeln!(out, "\n  }},")?;
    records(out, "  ", "nodes", &nodes)?;
    writeln!(out, ",")?;
    let key = match edge_key {
        EdgeKey::Edges => "edges",
        EdgeKey::Links => "links",
    };
    records(out, "  ", key, &whole)?;
    writeln!(out, "\n}}")
}

fn records<T: Serialize>(out: &mut impl Write, indent: &str, key: &str, records: &[T]) -> io::Result<()> {
    if records.is_empty() {
        return write!(out, "{indent}\"{key}\": []");
    }
    writeln!(out, "{indent}\"{key}\": [")?;
    for (at, record) in records.iter().enumerate() {
        let comma = if at + 1 == records.len() { "" } else { "," };
        writeln!(out, "{indent}  {}{comma}", json(record)?)?;
    }
    write!(out, "{indent}]")
}

fn json(value: &impl Serialize) -> io::Result<String> {
    serde_json::to_string(value).map_err(io::Error::other)
}
