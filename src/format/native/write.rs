//! Writes native JSON in canonical form: fixed key order, one record a line, sorted by id.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::canonical::reference as reference_line;
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

/// What is written of a dataset, and what is said of the whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct Part<'p> {
    /// The actors, in the order of their rows.
    pub actors: &'p [ActorIndex],
    /// The ties.
    pub ties: &'p [TieIndex],
    /// Whether references that nothing cites are written too.
    pub uncited: bool,
    /// The title of the file.
    pub title: Option<&'p str>,
    /// The licence of the data.
    pub license: Option<&'p str>,
}

/// Writes a part of a dataset as one self-contained file.
///
/// Every tie is written with its id and its citations, and with every reference that is cited. Written
/// whole, the file loads back as a dataset with the same hash, and keeps what was retracted.
///
/// # Errors
/// When the writer fails.
pub fn write(dataset: &Dataset, part: &Part<'_>, edge_key: EdgeKey, out: &mut impl Write) -> io::Result<()> {
    let Part { actors, ties, uncited, title, license } = *part;
    let mut order: Vec<TieIndex> = ties.to_vec();
    order.sort_by(|a, b| dataset.ties().id(*a).cmp(dataset.ties().id(*b)));
    let whole: Vec<_> = order.iter().map(|tie| dataset.tie(*tie)).collect();
    // Actors that were merged keep their records, and the merge stands beside them.
    let merged: Vec<_> =
        dataset.actors().merged().iter().filter(|merged| actors.contains(&merged.into)).collect();
    let mut nodes: Vec<_> = actors.iter().map(|actor| dataset.actor(*actor)).collect();
    nodes.extend(merged.iter().map(|merged| dataset.merged_actor(merged)));
    nodes.sort_by(|a, b| a.id.cmp(&b.id));

    let mut cited: Vec<&str> = Vec::new();
    let claims = whole.iter().flat_map(crate::model::Tie::claims).flat_map(|claim| &claim.cites);
    for cite in claims.chain(nodes.iter().flat_map(|actor| &actor.cites)) {
        cited.push(cite.reference.as_str());
        cited.extend(cite.cited_in.as_ref().map(crate::model::ReferenceId::as_str));
    }
    cited.sort_unstable();
    cited.dedup();
    let references: Vec<_> = dataset
        .references()
        .filter(|(_, reference)| uncited || cited.binary_search(&reference.id().as_str()).is_ok())
        .map(|(_, reference)| reference)
        .collect();
    let canonical = |reference: &&_| reference_line(&json(reference)?).map_err(io::Error::other);
    let texts = references.iter().map(canonical).collect::<io::Result<Vec<String>>>()?;
    let shipped = crate::model::Vocabulary::shipped();
    let mut own: Vec<&Relation> = dataset
        .vocabulary()
        .relations()
        .filter(|(_, relation)| {
            let known = shipped.find(relation.id.as_str()).map(|number| shipped.relation(number));
            known != Some(*relation)
        })
        .map(|(_, relation)| relation)
        .collect();
    own.sort_by(|a, b| a.id.cmp(&b.id));

    writeln!(out, "{{\n  \"directed\": true,\n  \"multigraph\": true,\n  \"graph\": {{")?;
    let generator = concat!("chancery ", env!("CARGO_PKG_VERSION"));
    for (key, text) in [("title", title), ("license", license), ("generator", Some(generator))] {
        if let Some(text) = text {
            writeln!(out, "    \"{key}\": {},", json(&text)?)?;
        }
    }
    if !own.is_empty() {
        records(out, "    ", "relations", &own)?;
        writeln!(out, ",")?;
    }
    lines(out, "    ", "references", &texts)?;
    let same: Vec<_> = merged.iter().map(|merged| dataset.merge(merged)).collect();
    if !same.is_empty() {
        writeln!(out, ",")?;
        records(out, "    ", "same", &same)?;
    }
    let retracted: Vec<_> = dataset.files().iter().flat_map(|file| &file.retracted).collect();
    if uncited && !retracted.is_empty() {
        writeln!(out, ",")?;
        records(out, "    ", "retracted", &retracted)?;
    }
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
    let texts = records.iter().map(json).collect::<io::Result<Vec<String>>>()?;
    lines(out, indent, key, &texts)
}

fn lines(out: &mut impl Write, indent: &str, key: &str, records: &[String]) -> io::Result<()> {
    if records.is_empty() {
        return write!(out, "{indent}\"{key}\": []");
    }
    writeln!(out, "{indent}\"{key}\": [")?;
    for (at, record) in records.iter().enumerate() {
        let comma = if at + 1 == records.len() { "" } else { "," };
        writeln!(out, "{indent}  {record}{comma}")?;
    }
    write!(out, "{indent}]")
}

fn json(value: &impl Serialize) -> io::Result<String> {
    let mut text = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut text, Spaced)).map_err(io::Error::other)?;
    String::from_utf8(text).map_err(io::Error::other)
}

/// JSON on one line, with a blank after `,` and `:`.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}
