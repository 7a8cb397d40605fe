//! What stands where in the file of another program: nodes and edges as the text of their records, and what their
//! place in the file says of them.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

/// The most ties that one hyperedge may stand for.
const MOST_PAIRS: usize = 20_000;

/// What is known of a record beside its own text.
#[derive(Clone, Debug)]
pub(super) enum Made {
    /// Fields beside those that its text says.
    Beside(Map<String, Value>),
    /// All its fields: its text is a part of the file from which they cannot be read alone.
    Whole(Map<String, Value>),
}

/// Where nodes and edges stand in a file, each as the text of its record.
#[derive(Default)]
pub(super) struct Parts<'a> {
    /// Nodes, each with the key under which it stands in a map.
    pub(super) nodes: Vec<(Option<String>, &'a str)>,
    pub(super) edges: Vec<&'a str>,
    /// What is known of records beside their text, by the place of that text in memory and its length.
    pub(super) made: FxHashMap<(usize, usize), Made>,
    pub(super) undirected: bool,
    /// Whether igraph wrote the file, which numbers nodes anew.
    pub(super) is_by_igraph: bool,
    /// What is said of the graph as a whole.
    pub(super) said: Vec<(String, Value)>,
    pub(super) graph_count: usize,
    /// What a reader should know, one line each.
    pub(super) notes: Vec<String>,
    hyperedge_count: usize,
}

/// Why a file has no nodes and edges: what is wrong, and at which byte.
pub(super) type Broken = (String, usize);

/// An end of a hyperedge: the node, and where it is named.
pub(super) type End<'a> = (String, &'a str);

/// The place of a part of a text that stays where it is.
pub(super) fn place(part: &str) -> (usize, usize) {
    (part.as_ptr() as usize, part.len())
}

/// The part of a text from the beginning of one part to the end of another, whichever comes first.
pub(super) fn between<'a>(text: &'a str, a: &str, b: &str) -> &'a str {
    let base = text.as_ptr() as usize;
    let (a, b) = (place(a), place(b));
    let (start, end) = (a.0.min(b.0), (a.0 + a.1).max(b.0 + b.1));
    &text[start - base..end - base]
}

impl<'a> Parts<'a> {
    /// Adds an edge all of whose fields are known.
    pub(super) fn edge(&mut self, raw: &'a str, fields: Map<String, Value>) {
        self.made.insert(place(raw), Made::Whole(fields));
        self.edges.push(raw);
    }

    /// Adds a node all of whose fields are known.
    pub(super) fn node(&mut self, raw: &'a str, fields: Map<String, Value>) {
        self.made.insert(place(raw), Made::Whole(fields));
        self.nodes.push((None, raw));
    }

    /// Adds a field to those that a record's text says.
    pub(super) fn beside(&mut self, raw: &str, key: &str, value: Value) {
        match self.made.entry(place(raw)).or_insert_with(|| Made::Beside(Map::new())) {
            Made::Beside(fields) | Made::Whole(fields) => fields.insert(key.to_owned(), value),
        };
    }

    /// Adds the ties between the nodes of a hyperedge, as one event: from each source to each target, or, where it
    /// has no direction, between each two.
    ///
    /// # Errors
    /// When there are too many.
    pub(super) fn hyperedge(
        &mut self,
        text: &'a str,
        (sources, targets): (&[End<'a>], &[End<'a>]),
        mut fields: Map<String, Value>,
    ) -> Result<(), Broken> {
        self.hyperedge_count += 1;
        let is_directed = !targets.is_empty();
        let count = if is_directed {
            sources.len().saturating_mul(targets.len())
        } else {
            sources.len().saturating_mul(sources.len().saturating_sub(1)) / 2
        };
        if count > MOST_PAIRS {
            let at = sources.first().map_or(0, |(_, raw)| place(raw).0 - text.as_ptr() as usize);
            return Err((
                format!("a hyperedge that would be {count} ties; {MOST_PAIRS} at most are made"),
                at,
            ));
        }
        let event = fields.remove("id").and_then(|id| super::foreign::text_of(&id));
        let event = event.unwrap_or_else(|| format!("hyperedge {}", self.hyperedge_count));
        fields.insert("event".to_owned(), Value::from(event));
        let mut pairs = Vec::with_capacity(count);
        for (at, source) in sources.iter().enumerate() {
            let others = if is_directed { targets } else { &sources[at + 1..] };
            pairs.extend(others.iter().map(|target| (source, target)));
        }
        for ((source, from), (target, to)) in pairs {
            let mut fields = fields.clone();
            fields.insert("source".to_owned(), Value::from(source.as_str()));
            fields.insert("target".to_owned(), Value::from(target.as_str()));
            self.edge(between(text, from, to), fields);
        }
        Ok(())
    }

    /// What is said of hyperedges.
    pub(super) fn hyperedge_note(&self) -> Option<String> {
        match self.hyperedge_count {
            0 => None,
            1 => Some("1 hyperedge is read as ties of one `event` between each two of its nodes".to_owned()),
            count => Some(format!(
                "{count} hyperedges are read as ties of one `event` each, between each two nodes"
            )),
        }
    }
}
