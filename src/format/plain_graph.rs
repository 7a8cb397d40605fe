//! Reads node-link JSON of other programs in one pass, where its records are flat: objects of texts and numbers.
//!
//! This is the short way for files of a million edges. It takes a file whole or not at all: what it does not
//! expect (nested values, edges with ids, anything wrong) it leaves to [`json_graph`](super::json_graph), which
//! says what is wrong and where. Both read a record alike.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use crate::{
    dataset::{
        ActorRow, FieldKey, Origin, PlainCites, PlainEnd, PlainRelation, PlainRow, PlainSaid, Sink, TextMap,
        field_hash, hash_of_fields,
    },
    date::{Date, Dating},
    model::{ActorKind, Citation, RelationId, Severity, check_id, record::Fields},
};
use rustc_hash::FxHashMap;

use super::{
    detect::Reading,
    edge_keys::{EdgeKeys, Place, Slot, is_native},
    flat_json::{Flat, Scalar},
    foreign::{Dialect, Graph},
    push,
    relations::Relations,
    renamed::Renamed,
    xml_values::Keys,
};

/// An edge as it waits for the whole file to be read.
struct Edge {
    source: u32,
    target: u32,
    relation: u32,
    date: u32,
    start: usize,
    length: u32,
    /// The two halves of the sum of its attributes; as one number they would make the edge longer.
    attributes: [u64; 2],
}

/// A relation that edges name.
struct Named {
    /// What it is called here.
    id: String,
    /// Whether a vocabulary has it.
    is_known: bool,
    /// Whether it is written as a native file would.
    is_ours: bool,
    count: usize,
}

/// What stands in a file.
struct Staged<'t> {
    relations: Relations,
    nodes: Vec<(Option<Cow<'t, str>>, &'t str)>,
    edges: Vec<Edge>,
    keys: EdgeKeys<'t>,
    /// The texts of ends, and the number of each as it is written.
    ends: Vec<Cow<'t, str>>,
    end_of: FxHashMap<Scalar<'t>, u32>,
    /// The same for numbers below [`SMALL`], as places in a list; from 1.
    small_of: Vec<u32>,
    /// How many ends are ids of nodes: the first.
    node_count: usize,
    /// By the text of a relation.
    named: Vec<Named>,
    named_of: TextMap<&'t str, u32>,
    dates: Vec<Dating>,
    /// By the text of a date; 0 for what is none.
    date_of: TextMap<&'t str, u32>,
    undirected: bool,
    /// Whether something says that the file is not native.
    is_foreign: bool,
    attributes: FieldKey,
}

/// Reads the text of a file, if it is a flat one and not native; `is_asked`, if the user says that it is not.
pub(super) fn read(name: &str, text: &Arc<String>, is_asked: bool, sink: &mut impl Sink) -> Option<Reading> {
    let mut staged = Staged {
        relations: Relations::shipped(),
        nodes: Vec::new(),
        edges: Vec::new(),
        keys: EdgeKeys::default(),
        ends: Vec::new(),
        end_of: FxHashMap::default(),
        small_of: Vec::new(),
        node_count: 0,
        named: Vec::new(),
        named_of: TextMap::default(),
        // The first is that of edges without one.
        dates: vec![Dating::default()],
        date_of: TextMap::default(),
        undirected: false,
        is_foreign: is_asked,
        attributes: FieldKey::new("attributes"),
    };
    staged.file(text)?;
    let Staged { relations, nodes, edges, ends, named, dates, undirected, is_foreign, .. } = staged;
    if !is_foreign {
        return None;
    }
    let graph = Arc::new(Graph {
        dialect: Dialect::NodeLink,
        numbered: Vec::new(),
        ids_are_own: false,
        relations,
        keys: Keys::default(),
        renamed: Renamed::default(),
        made: FxHashMap::default(),
        is_ours: false,
        relation_key: "relation",
    });
    let file = push::file(sink, name, text.clone(), graph.clone());
    for (id, raw) in nodes {
        let origin = Origin::of(file, text, raw);
        if let Some(id) = id {
            let content = hash_of_fields(field_hash("id", &id));
            sink.actor(ActorRow { id: &id, content, ..ActorRow::default() }, origin);
        } else {
            push_node(&graph, raw, origin, sink);
        }
    }
    let own: BTreeMap<String, usize> =
        named.iter().filter(|named| !named.is_known).map(|named| (named.id.clone(), named.count)).collect();
    let mut notes = Vec::new();
    notes.extend(Relations::declare(&own, undirected, sink, Origin { file, start: 0, end: 0 }));
    let cites = sink.default_cites(file).to_vec();
    let shared = Shared::of(&ends, &named, &dates, &cites, sink);
    for edge in edges {
        let start = edge.start as u64;
        sink.plain_tie(shared.row(&edge), Origin { file, start, end: start + u64::from(edge.length) });
    }
    if undirected {
        notes.push("undirected: ties keep the order of their ends, which says nothing".to_owned());
    }
    Some(Reading { notes })
}

/// Pushes the actor of a node that says more than its id.
fn push_node(graph: &Graph, raw: &str, origin: Origin, sink: &mut impl Sink) {
    let mut faults = Vec::new();
    let actor = graph.node(None, raw, &mut faults);
    let broken = faults.iter().any(|fault| fault.severity == Severity::Error);
    for fault in faults {
        sink.fault(fault, origin);
    }
    if let Some(actor) = actor {
        push::actor(sink, &actor, broken, origin);
    }
}

/// What edges share, as a sink knows it.
struct Shared {
    ends: Vec<PlainEnd>,
    relations: Vec<PlainRelation>,
    dates: Vec<PlainSaid>,
}

impl Shared {
    fn of(
        ends: &[Cow<'_, str>],
        named: &[Named],
        dates: &[Dating],
        cites: &[Citation],
        sink: &mut impl Sink,
    ) -> Self {
        let cites = PlainCites::of(cites);
        let relations = ["related"].into_iter().chain(named.iter().map(|named| named.id.as_str()));
        Self {
            ends: ends.iter().map(|id| PlainEnd::of(id, sink)).collect(),
            relations: relations.map(|id| PlainRelation::of(id, sink)).collect(),
            dates: dates.iter().map(|dating| PlainSaid::of(dating, &cites, sink)).collect(),
        }
    }

    fn row(&self, edge: &Edge) -> PlainRow<'static> {
        let ends = [edge.source, edge.target].map(|end| self.ends[end as usize]);
        let (relation, said) = (self.relations[edge.relation as usize], self.dates[edge.date as usize]);
        let attributes = u128::from(edge.attributes[0]) << 64 | u128::from(edge.attributes[1]);
        PlainRow::of(ends, relation, said, attributes)
    }
}

impl<'t> Staged<'t> {
    /// Reads the outer object; nothing when something in it is not expected.
    fn file(&mut self, text: &'t str) -> Option<()> {
        let body = text.trim_start_matches('\u{feff}');
        let mut flat = Flat::at(text, text.len() - body.len());
        let mut has = [false; 2];
        flat.open(b'{')?;
        while flat.has_field()? {
            let key = flat.key()?;
            match key {
                "nodes" | "edges" | "links" => {
                    let is_edges = key != "nodes";
                    if std::mem::replace(&mut has[usize::from(is_edges)], true) {
                        return None;
                    }
                    // Ends are known by the nodes before them.
                    if is_edges && !has[0] {
                        return None;
                    }
                    flat.open(b'[')?;
                    while flat.has_item()? {
                        if is_edges { self.edge(&mut flat)? } else { self.node(&mut flat)? }
                    }
                }
                "multigraph" | "directed" => {
                    let Scalar::Word(word) = flat.scalar()? else { return None };
                    self.undirected |= key == "directed" && word == "false";
                }
                "graph" => {
                    // What is said of the graph as a whole is for the long way to keep.
                    let fields: Fields<'_> = serde_json::from_str(flat.skip()?).ok()?;
                    if !fields.0.is_empty() {
                        return None;
                    }
                }
                _ => return None,
            }
        }
        // Ends that no node has may be the numbers of nodes.
        let are_nodes = self.ends.len() == self.node_count;
        (has == [true; 2] && are_nodes && flat.is_done()).then_some(())
    }

    fn node(&mut self, flat: &mut Flat<'t>) -> Option<()> {
        let start = flat.start();
        flat.open(b'{')?;
        let (mut id, mut is_bare) = (None, true);
        while flat.has_field()? {
            let key = flat.key()?;
            let value = flat.scalar()?;
            match key {
                "id" if id.is_none() => id = Some(value),
                "id" => return None,
                key if is_native(key) => return None,
                key => {
                    // A value that is no JSON is for the long way to see.
                    value.field_hash(FieldKey::new(key))?;
                    is_bare = false;
                    let kind = || value.text().and_then(|text| text.parse::<ActorKind>().ok());
                    self.is_foreign |= matches!(key, "label" | "name")
                        || (key == "kind" && value.is_text() && kind().is_none());
                }
            }
        }
        let id = self.end(id?)?;
        self.node_count = self.ends.len();
        let raw = flat.since(start);
        self.nodes.push((is_bare.then(|| self.ends[id as usize].clone()), raw));
        Some(())
    }

    fn edge(&mut self, flat: &mut Flat<'t>) -> Option<()> {
        let start = flat.start();
        flat.open(b'{')?;
        let (mut source, mut target, mut relation, mut date) = (None, None, None, 0);
        let (mut is_marked, mut is_ours) = (false, false);
        let mut attributes: Option<u128> = None;
        let (mut count, mut seen) = (0, 0_u64);
        while flat.has_field()? {
            let key = flat.key()?;
            let value = flat.scalar()?;
            let (at, slot) = self.keys.slot(count, key)?;
            count += 1;
            // Of a key that comes twice the last counts; that is for the long way to see.
            if seen & 1 << at != 0 {
                return None;
            }
            seen |= 1 << at;
            let Slot { place, content, .. } = *slot;
            is_marked |= slot.is_marked;
            let has_place = match place {
                Place::Source => {
                    source = Some(self.end(value)?);
                    true
                }
                Place::Target => {
                    target = Some(self.end(value)?);
                    true
                }
                Place::Relation if value.is_text() => {
                    let number = self.relation(value)?;
                    is_ours = self.named[number as usize - 1].is_ours;
                    relation = Some(number);
                    true
                }
                Place::Date => {
                    date = self.date(value)?;
                    date > 0
                }
                Place::Relation | Place::Attribute => false,
            };
            if !has_place {
                attributes = Some(attributes.unwrap_or(0).wrapping_add(value.field_hash(content)?));
            }
        }
        self.is_foreign |= is_marked && !is_ours;
        let attributes = attributes.map_or(0, |sum| self.attributes.of(hash_of_fields(sum)));
        #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
        let attributes = [(attributes >> 64) as u64, attributes as u64];
        self.edges.push(Edge {
            source: source?,
            target: target?,
            relation: relation.unwrap_or(0),
            date,
            start,
            length: u32::try_from(flat.since(start).len()).ok()?,
            attributes,
        });
        Some(())
    }

    /// The number of an end, a text or a whole number.
    fn end(&mut self, value: Scalar<'t>) -> Option<u32> {
        let small =
            value.whole().and_then(|number| usize::try_from(number).ok()).filter(|number| *number < SMALL);
        if let Some(known) = small.and_then(|number| self.small_of.get(number)).filter(|known| **known > 0) {
            return Some(*known - 1);
        }
        if let Some(number) = self.end_of.get(&value) {
            return Some(*number);
        }
        let text = value.id()?;
        check_id(&text).ok()?;
        let number = u32::try_from(self.ends.len()).ok()?;
        self.ends.push(text);
        match small {
            Some(small) => {
                if self.small_of.len() <= small {
                    self.small_of.resize(small + 1, 0);
                }
                self.small_of[small] = number + 1;
            }
            None => {
                self.end_of.insert(value, number);
            }
        }
        Some(number)
    }

    /// The number of a relation, from 1.
    fn relation(&mut self, value: Scalar<'t>) -> Option<u32> {
        let Scalar::Text(text) = value else { return None };
        let number = if let Some(number) = self.named_of.get(text) {
            number
        } else {
            let id = self.relations.id(text).to_owned();
            id.parse::<RelationId>().ok()?;
            let [is_known, is_ours] = [id.as_str(), text].map(|id| self.relations.is_known(id));
            self.named.push(Named { id, is_known, is_ours, count: 0 });
            let number = u32::try_from(self.named.len()).ok()?;
            self.named_of.get_or_insert_with(text, || number)
        };
        self.named[number as usize - 1].count += 1;
        Some(number)
    }

    /// The number of a date; 0 for a value that is none.
    fn date(&mut self, value: Scalar<'t>) -> Option<u32> {
        let Scalar::Text(text) = value else {
            return if value.is_text() { None } else { Some(0) };
        };
        if let Some(known) = self.date_of.get(text) {
            return Some(known);
        }
        let number = match text.parse::<Date>().ok().filter(|_| text != "..") {
            Some(date) => {
                self.dates.push(Dating::new(Some(date), None, None, None).ok()?);
                u32::try_from(self.dates.len()).ok()? - 1
            }
            None => 0,
        };
        Some(self.date_of.get_or_insert_with(text, || number))
    }
}

/// Numbers below this are looked up by place.
const SMALL: usize = 1 << 24;
