//! Writes native JSON in canonical form: fixed key order, one record a line, sorted by id.

use std::io::{self, Write};

use rustc_hash::FxHashSet;
use serde::{Serialize, Serializer, ser::Error};
use serde_json::{ser::Formatter, value::RawValue};

use super::canonical::reference as reference_line;
use crate::{
    dataset::{ActorIndex, Dataset, Merged, TieIndex},
    model::{Actor, ActorId, Citation, Coverage, Relation, Same, Tie, Vocabulary},
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
    let mut order: Vec<TieIndex> = part.ties.to_vec();
    order.sort_by(|a, b| dataset.ties().id(*a).cmp(dataset.ties().id(*b)));
    let whole: Vec<_> = order.iter().map(|tie| dataset.tie(*tie)).collect();
    let nodes = nodes(dataset, part.actors);
    let mut cited = Cited::default();
    for tie in &whole {
        cited.tie(tie);
    }
    for actor in &nodes {
        cited.actor(actor);
    }
    let head = Head::of(dataset, part, cited)?;

    writeln!(out, "{{\n  \"directed\": true,\n  \"multigraph\": true,\n  \"graph\": {{")?;
    for (key, text) in [("title", part.title), ("license", part.license), ("generator", Some(GENERATOR))] {
        if let Some(text) = text {
            writeln!(out, "    \"{key}\": {},", json(&text)?)?;
        }
    }
    if !head.coverage.is_empty() {
        records(out, "    ", "coverage", &head.coverage)?;
        writeln!(out, ",")?;
    }
    if !head.relations.is_empty() {
        records(out, "    ", "relations", &head.relations)?;
        writeln!(out, ",")?;
    }
    lines(out, "    ", "references", &head.references)?;
    if !head.same.is_empty() {
        writeln!(out, ",")?;
        records(out, "    ", "same", &head.same)?;
    }
    if !head.retracted.is_empty() {
        writeln!(out, ",")?;
        records(out, "    ", "retracted", &head.retracted)?;
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

/// Who writes, as files say it.
pub(in crate::format) const GENERATOR: &str = concat!("chancery ", env!("CARGO_PKG_VERSION"));

/// The records of actors, and of those that were merged into them, sorted by id.
pub(in crate::format) fn nodes(dataset: &Dataset, actors: &[ActorIndex]) -> Vec<Actor> {
    let mut nodes: Vec<_> = actors.iter().map(|actor| dataset.actor(*actor)).collect();
    // Actors that were merged keep their records, and the merge stands beside them.
    nodes.extend(merged(dataset, actors).map(|merged| dataset.merged_actor(merged)));
    nodes.sort_by(|a, b| a.id.cmp(&b.id));
    nodes
}

fn merged<'d>(dataset: &'d Dataset, actors: &[ActorIndex]) -> impl Iterator<Item = &'d Merged> {
    dataset.actors().merged().iter().filter(|merged| actors.contains(&merged.into))
}

/// The references that records cite.
#[derive(Default)]
pub(in crate::format) struct Cited(FxHashSet<String>);

impl Cited {
    pub(in crate::format) fn tie(&mut self, tie: &Tie) {
        tie.claims().iter().for_each(|claim| self.add(&claim.cites));
    }

    pub(in crate::format) fn actor(&mut self, actor: &Actor) {
        self.add(&actor.cites);
    }

    pub(in crate::format) fn add(&mut self, cites: &[Citation]) {
        for id in cites.iter().flat_map(|cite| [Some(&cite.reference), cite.cited_in.as_ref()]).flatten() {
            if !self.0.contains(id.as_str()) {
                self.0.insert(id.as_str().to_owned());
            }
        }
    }
}

/// What is said of a whole file beside its title and licence.
#[derive(Serialize)]
pub(in crate::format) struct Head<'d> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    coverage: Vec<Coverage>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<&'d Relation>,
    #[serde(serialize_with = "raw", skip_serializing_if = "Vec::is_empty")]
    references: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same: Vec<Same>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    retracted: Vec<&'d RawValue>,
}

impl<'d> Head<'d> {
    /// The relations that are not ours, the references that are cited or all, the merges, and what was retracted.
    pub(in crate::format) fn of(dataset: &'d Dataset, part: &Part<'_>, cited: Cited) -> io::Result<Self> {
        let Cited(cited) = cited;
        let references = dataset
            .references()
            .filter(|(_, reference)| part.uncited || cited.contains(reference.id().as_str()))
            .map(|(_, reference)| reference_line(&json(reference)?).map_err(io::Error::other))
            .collect::<io::Result<Vec<String>>>()?;
        let shipped = Vocabulary::shipped();
        let own = |relation: &Relation| {
            let known = shipped.find(relation.id.as_str()).map(|number| shipped.relation(number));
            known != Some(relation)
        };
        let relations = dataset.vocabulary().relations().map(|(_, relation)| relation);
        let mut relations: Vec<&Relation> = relations.filter(|relation| own(relation)).collect();
        relations.sort_by(|a, b| a.id.cmp(&b.id));
        let same = merged(dataset, part.actors).map(|merged| dataset.merge(merged)).collect();
        let retracted = dataset.files().iter().filter(|_| part.uncited).flat_map(|file| &file.retracted);
        // What a part has not it does not observe.
        let is_there = |id: &ActorId| {
            dataset.named(id.as_str()).is_some_and(|actor| part.actors.binary_search(&actor).is_ok())
        };
        let coverage = dataset
            .coverage()
            .map(|coverage| Coverage {
                actors: coverage.actors.iter().filter(|id| is_there(id)).cloned().collect(),
                ..coverage.clone()
            })
            .zip(dataset.coverage())
            .filter(|(kept, whole)| whole.actors.is_empty() || !kept.actors.is_empty())
            .map(|(kept, _)| kept)
            .collect();
        Ok(Self { coverage, relations, references, same, retracted: retracted.map(|raw| &**raw).collect() })
    }

    /// What a form that holds nothing but records loses of it, counted.
    pub(in crate::format) fn lost(&self) -> Vec<String> {
        let counts = [
            (self.references.len(), "references: by their ids only"),
            (self.relations.len(), "relations of its own: by their ids only"),
            (self.same.len(), "merges of actors"),
            (self.retracted.len(), "records that were retracted"),
        ];
        let lost = counts.into_iter().filter(|(count, _)| *count > 0);
        lost.map(|(count, what)| format!("not in a table, {what} ({count})")).collect()
    }
}

fn raw<S: Serializer>(texts: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    let raw = |text: &String| serde_json::from_str::<Box<RawValue>>(text).map_err(S::Error::custom);
    serializer.collect_seq(texts.iter().map(raw).collect::<Result<Vec<_>, _>>()?)
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

pub(in crate::format) fn json(value: &impl Serialize) -> io::Result<String> {
    let mut text = Vec::new();
    value
        .serialize(&mut serde_json::Serializer::with_formatter(&mut text, Spaced))
        .map_err(io::Error::other)?;
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
