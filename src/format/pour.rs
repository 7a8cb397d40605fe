//! Pushes the nodes and edges of another program's graph into a sink, once it is known where they stand.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use crate::{
    dataset::{Origin, Sink},
    model::{Actor, Fault, Severity, Tie},
};

use super::{
    detect::Reading,
    foreign::{Dialect, Graph, text_of},
    ours::{self, Head},
    parts::{Broken, Parts},
    push,
    relations::Relations,
    renamed::Renamed,
    xml_values::Keys,
};

/// Pushes the nodes and edges of a file.
pub(super) fn read(
    name: &str,
    text: &Arc<String>,
    dialect: Dialect,
    (mut parts, keys): (Parts<'_>, Keys),
    broken: Option<Broken>,
    sink: &mut impl Sink,
) -> Reading {
    let numbered = if dialect == Dialect::D3 { numbers(&parts) } else { Vec::new() };
    let is_ours = ours::is_ours(&parts.said) || keys.has_rest();
    let mut graph = Graph {
        dialect,
        numbered,
        ids_are_own: false,
        relations: Relations::shipped(),
        keys,
        renamed: Renamed::default(),
        made: std::mem::take(&mut parts.made),
        is_ours,
        relation_key: "relation",
    };
    if let Some((message, at)) = broken {
        let file = push::file(sink, name, text.clone(), Arc::new(graph));
        sink.fault_at(Fault::error(&[], message).code("syntax"), file, at);
        return Reading::default();
    }
    if parts.is_by_igraph {
        graph.renamed = Renamed::by_igraph(&parts.nodes, &parts.edges, &graph.keys);
        parts.notes.extend(graph.renamed.note(is_ours));
    }
    if !is_ours {
        survey(&mut graph, &mut parts);
    }
    let graph = Arc::new(graph);
    if is_ours {
        let head = Head::of(std::mem::take(&mut parts.said));
        let file = push::whole_file(sink, name, text.clone(), graph.clone(), &head);
        return Reader { graph: &graph, text, file }.ours(&parts, head, sink);
    }
    let file = push::file(sink, name, text.clone(), graph.clone());
    Reader { graph: &graph, text, file }.push(&parts, sink)
}

struct Reader<'g> {
    graph: &'g Graph,
    text: &'g str,
    file: u32,
}

impl Reader<'_> {
    /// Pushes what we wrote: the records say all.
    fn ours(&self, parts: &Parts<'_>, head: Head, sink: &mut impl Sink) -> Reading {
        let mut cited = BTreeSet::new();
        let mut cite = |cites: &[crate::model::Citation]| {
            for cite in cites {
                let ids = [Some(&cite.reference), cite.cited_in.as_ref()];
                cited.extend(ids.into_iter().flatten().map(ToString::to_string));
            }
        };
        let actors = self.actors(parts, sink);
        for (actor, ..) in &actors {
            cite(&actor.cites);
        }
        let (ties, mut own) = self.ties(parts, sink);
        ties.iter().flat_map(|(tie, ..)| tie.claims()).for_each(|claim| cite(&claim.cites));
        own.retain(|id, _| !head.declares(id));
        let origin = Origin { file: self.file, start: 0, end: 0 };
        let mut notes = vec!["written by Chancery: records are whole".to_owned()];
        notes.extend(parts.notes.iter().cloned());
        notes.extend(Relations::declare(&own, false, sink, origin));
        head.push(cited, origin, &mut notes, sink);
        for (actor, broken, origin) in &actors {
            push::actor(sink, actor, *broken, *origin);
        }
        for (mut tie, broken, origin) in ties {
            push::tie(sink, &mut tie, !broken, origin);
        }
        Reading { notes }
    }

    fn push(&self, parts: &Parts<'_>, sink: &mut impl Sink) -> Reading {
        for (actor, broken, origin) in self.actors(parts, sink) {
            push::actor(sink, &actor, broken, origin);
        }
        let cites = sink.default_cites(self.file).to_vec();
        let (ties, own) = self.ties(parts, sink);
        let origin = Origin { file: self.file, start: 0, end: 0 };
        let mut notes = parts.notes.clone();
        notes.extend(parts.hyperedge_note());
        notes.extend(Relations::declare(&own, parts.undirected, sink, origin));
        for (mut tie, broken, origin) in ties {
            tie.cite_by_default(&cites);
            push::tie(sink, &mut tie, !broken, origin);
        }
        if parts.undirected {
            notes.push("undirected: ties keep the order of their ends, which says nothing".to_owned());
        }
        if !parts.said.is_empty() {
            let mut lost: Vec<&str> = parts.said.iter().map(|(key, _)| key.as_str()).collect();
            lost.sort_unstable();
            lost.dedup();
            notes.push(format!("said of the graph as a whole and not kept: {}", lost.join(", ")));
        }
        Reading { notes }
    }

    /// The actors of all nodes, whether each is broken, and where it stands.
    fn actors(&self, parts: &Parts<'_>, sink: &mut impl Sink) -> Vec<(Actor, bool, Origin)> {
        let mut seen: FxHashMap<String, &str> = FxHashMap::default();
        let mut actors = Vec::with_capacity(parts.nodes.len());
        for (at, (key, raw)) in parts.nodes.iter().enumerate() {
            let key = key.as_deref().or_else(|| self.graph.numbered.get(at).map(String::as_str));
            let mut faults = Vec::new();
            let actor = self.graph.node(key, raw, &mut faults);
            let origin = self.origin(raw);
            let broken = Self::report(faults, origin, sink);
            let Some(actor) = actor else { continue };
            // Graphs of one file may share a node: the same record is the same actor.
            let same = seen.get(actor.id.as_str()).is_some_and(|first| first == raw);
            if !(same && parts.graph_count > 1) {
                seen.entry(actor.id.as_str().to_owned()).or_insert(raw);
                actors.push((actor, broken, origin));
            }
        }
        actors
    }

    /// The ties of all edges in the same way, and how many ties name each relation that is not ours.
    fn ties(&self, parts: &Parts<'_>, sink: &mut impl Sink) -> (Ties, BTreeMap<String, usize>) {
        let mut ties = Vec::with_capacity(parts.edges.len());
        let mut own: BTreeMap<String, usize> = BTreeMap::new();
        for raw in &parts.edges {
            let mut faults = Vec::new();
            let tie = self.graph.edge(raw, &mut faults);
            let origin = self.origin(raw);
            let broken = Self::report(faults, origin, sink);
            let Some(tie) = tie else { continue };
            if !self.graph.relations.is_known(tie.relation.as_str()) {
                *own.entry(tie.relation.as_str().to_owned()).or_insert(0) += 1;
            }
            ties.push((tie, broken, origin));
        }
        (ties, own)
    }

    fn origin(&self, raw: &str) -> Origin {
        Origin::of(self.file, self.text, raw)
    }

    fn report(faults: Vec<Fault>, origin: Origin, sink: &mut impl Sink) -> bool {
        let broken = faults.iter().any(|fault| fault.severity == Severity::Error);
        for fault in faults {
            sink.fault(fault, origin);
        }
        broken
    }
}

type Ties = Vec<(Tie, bool, Origin)>;

/// The ids of nodes that links name by number: their own, or their names, unless two share one; then their numbers.
fn numbers(parts: &Parts<'_>) -> Vec<String> {
    let value = |raw: &str| serde_json::from_str::<Map<String, Value>>(raw).unwrap_or_default();
    let name = |fields: Map<String, Value>| fields.get("id").or_else(|| fields.get("name")).and_then(text_of);
    let names: Vec<Option<String>> = parts.nodes.iter().map(|(_, raw)| name(value(raw))).collect();
    let mut sorted: Vec<&String> = names.iter().flatten().collect();
    sorted.sort_unstable();
    let unique = sorted.len() == names.len() && sorted.windows(2).all(|pair| pair[0] != pair[1]);
    let number = |(at, name): (usize, &Option<String>)| {
        name.clone().filter(|_| unique).unwrap_or_else(|| at.to_string())
    };
    names.iter().enumerate().map(number).collect()
}

/// The fields of edges that may say their relation, in the order in which they are asked.
const RELATION_KEYS: [&str; 4] = ["relation", "interaction", "kind", "label"];

/// More labels than this name edges one by one, and not their relations.
const MOST_RELATIONS: usize = 256;

/// Finds out of all records whether ids of edges are ids of ties, and which field says the relation.
fn survey(graph: &mut Graph, parts: &mut Parts<'_>) {
    let id = |values: &Map<String, Value>| values.get("id").and_then(text_of);
    let mut ids = Vec::new();
    let mut said: [FxHashSet<String>; RELATION_KEYS.len()] = Default::default();
    for raw in &parts.edges {
        let Some(mut values) = graph.flat(raw, &mut Vec::new()) else { continue };
        graph.renamed.edge(&mut values);
        ids.extend(id(&values));
        for (key, said) in RELATION_KEYS.iter().zip(&mut said) {
            let text = values.get(*key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
            if let Some(text) = text.filter(|text| said.len() <= MOST_RELATIONS && !said.contains(*text)) {
                said.insert(text.to_owned());
            }
        }
    }
    let fits = |at: &usize| *at == 0 || said[*at].len() <= MOST_RELATIONS;
    if let Some(at) = (0..RELATION_KEYS.len()).find(|at| !said[*at].is_empty() && fits(at)) {
        graph.relation_key = RELATION_KEYS[at];
        if at > 0 {
            parts.notes.push(format!("the relation of a tie is its `{}`", RELATION_KEYS[at]));
        }
    }
    if ids.is_empty() {
        return;
    }
    for (key, raw) in &parts.nodes {
        let own = || {
            let mut values = graph.flat(raw, &mut Vec::new())?;
            graph.renamed.node(&mut values);
            id(&values)
        };
        ids.extend(key.clone().or_else(own));
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    graph.ids_are_own = ids.len() == count;
}
