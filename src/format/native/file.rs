//! What stands in a native file, before its records are read: the outer object, what is said of the whole, and the
//! records as slices of the text.

use serde_json::value::RawValue;

use crate::{
    format::flat_json::{Flat, Scalar},
    model::{
        Citation, Fault,
        fault::Step,
        record::{CitationRecord, FieldError, Fields, Text, record},
    },
};

use super::plain::PlainTies;

record! {
    /// The outer object of a file.
    pub(super) FileRecord {
        /// Whether edges have a direction; ours always have, and relations say which are symmetric.
        directed: bool,
        /// Whether two nodes may have several edges.
        multigraph: bool,
        /// What is said of the whole file.
        graph: GraphRecord<'a>,
        /// The actors.
        nodes: Vec<&'a RawValue>,
        /// The ties.
        edges: Vec<&'a RawValue>,
        /// The ties, as older networkx and d3 write them.
        links: Vec<&'a RawValue>,
    }
}

record! {
    /// What is said of a whole file.
    pub(super) GraphRecord {
        /// The title of the collection.
        title: Text<'a>,
        /// The licence of the data.
        license: Text<'a>,
        /// The documents it cites, as CSL-JSON.
        references: Vec<&'a RawValue>,
        /// Relations of its own.
        relations: Vec<&'a RawValue>,
        /// The citations of ties that give none.
        cites: Vec<CitationRecord<'a>>,
        /// What its references observe.
        coverage: &'a RawValue,
        /// The program that wrote the file.
        generator: Text<'a>,
        /// Records that were taken out, with the reasons; no part of the dataset.
        retracted: Vec<&'a RawValue>,
        /// Actors that are one.
        same: Vec<&'a RawValue>,
    }
}

impl GraphRecord<'_> {
    /// The keys in the order of the canonical form: short ones first.
    pub(super) const ORDER: [&'static str; 7] =
        ["title", "license", "generator", "coverage", "cites", "relations", "references"];
}

/// The record of a file's text with what is wrong in it, and the text of its value alone.
///
/// A file that is right is read in one pass; only one that is not is first asked whether it is JSON at all.
pub(super) fn file_record(body: &str) -> serde_json::Result<(&str, FileRecord<'_>, Vec<FieldError>)> {
    if let Ok(record) = serde_json::from_str(body) {
        return Ok((json_of(body), record, Vec::new()));
    }
    let raw: &RawValue = serde_json::from_str(body)?;
    let (record, errors) = FileRecord::read(raw);
    Ok((raw.get(), record, errors))
}

/// A text without the blanks around it that JSON allows.
pub(super) fn json_of(text: &str) -> &str {
    text.trim_matches([' ', '\n', '\r', '\t'])
}

/// The ties of a file that are plain, and how many of them stand before each of the others.
#[derive(Default)]
pub(super) struct FileTies<'t> {
    pub(super) plain: PlainTies<'t>,
    pub(super) before: Vec<usize>,
}

/// Reads a file that is right and has its ties in one list, those that are plain in the short way; nothing where that is
/// not so, for [`file_record`] to judge.
pub(super) fn scan(text: &str) -> Option<(FileRecord<'_>, FileTies<'_>)> {
    let mut flat = Flat::at(text, 0);
    let (mut record, mut ties) = (FileRecord::default(), FileTies::default());
    flat.open(b'{')?;
    while flat.has_field()? {
        let key = flat.key()?;
        match key {
            "edges" | "links" if record.edges.is_none() && record.links.is_none() => {
                let mut others = Vec::new();
                flat.open(b'[')?;
                while flat.has_item()? {
                    let start = flat.start();
                    if ties.plain.read(&mut flat).is_none() {
                        flat.back_to(start);
                        others.push(flat.raw()?);
                        ties.before.push(ties.plain.count());
                    }
                }
                *(if key == "edges" { &mut record.edges } else { &mut record.links }) = Some(others);
            }
            "nodes" if record.nodes.is_none() => {
                let nodes = record.nodes.insert(Vec::new());
                flat.open(b'[')?;
                while flat.has_item()? {
                    nodes.push(flat.raw()?);
                }
            }
            "graph" if record.graph.is_none() => {
                record.graph = Some(serde_json::from_str(flat.skip()?).ok()?);
            }
            "directed" | "multigraph" => {
                let place = if key == "directed" { &mut record.directed } else { &mut record.multigraph };
                let Scalar::Word(word @ ("true" | "false")) = flat.scalar()? else { return None };
                if place.replace(word == "true").is_some() {
                    return None;
                }
            }
            "edges" | "links" | "nodes" | "graph" => return None,
            key => record.unknown.push((Text(key.into()), flat.raw()?)),
        }
    }
    flat.is_done().then_some((record, ties))
}

/// The items of a file that is a bibliography: a list of CSL-JSON, as Zotero exports it.
pub(super) fn bibliography(value: &str) -> Option<Vec<&RawValue>> {
    let items: Vec<&RawValue> = value.starts_with('[').then(|| serde_json::from_str(value).ok()).flatten()?;
    let is_item = |raw: &&RawValue| {
        let fields: Option<Fields<'_>> = serde_json::from_str(raw.get()).ok();
        let has =
            |key: &str| fields.iter().flat_map(|fields| &fields.0).any(|(name, _)| name.as_str() == key);
        has("id") && has("type") && !has("source")
    };
    (!items.is_empty() && items.iter().all(is_item)).then_some(items)
}

/// The citations of ties that give none.
pub(super) fn default_cites(graph: Option<&GraphRecord<'_>>, faults: &mut Vec<Fault>) -> Vec<Citation> {
    let mut cites = Vec::new();
    for (at, record) in graph.and_then(|graph| graph.cites.as_ref()).into_iter().flatten().enumerate() {
        let path = [Step::Key("graph"), Step::Key("cites"), Step::Index(at)];
        cites.extend(Citation::from_record(record, &path, faults));
    }
    cites
}
