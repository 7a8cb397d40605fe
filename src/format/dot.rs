//! Finds nodes and edges in DOT, as Graphviz and others write it: chains, subgraphs at the ends of edges, attributes
//! that hold for all that follow. What is laid out is kept as attributes; nothing is drawn.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::dataset::Sink;

use super::{
    detect::Reading,
    dot_tokens::{Token, Tokens},
    foreign::Dialect,
    parts::{Broken, Parts, between},
    pour,
    xml_values::Keys,
};

/// Deeper than this no subgraph is nested.
const DEEPEST: usize = 200;

/// The most edges between two subgraphs.
const MOST_EDGES: usize = 1_000_000;

/// Whether a text is DOT: it begins with `graph {`, `digraph NAME {` and the like.
pub(super) fn is_dot(text: &str) -> bool {
    let mut tokens = Tokens::of(text);
    let mut next = || tokens.next().ok().flatten().map(|(token, _)| token);
    let mut token = next();
    if matches!(&token, Some(Token::Id(word, false)) if word.eq_ignore_ascii_case("strict")) {
        token = next();
    }
    let is_graph = |word: &str| word.eq_ignore_ascii_case("graph") || word.eq_ignore_ascii_case("digraph");
    if !matches!(&token, Some(Token::Id(word, false)) if is_graph(word)) {
        return false;
    }
    match next() {
        Some(Token::Mark("{")) => true,
        Some(Token::Id(..)) => matches!(next(), Some(Token::Mark("{"))),
        _ => false,
    }
}

/// Reads the text of a file.
pub(super) fn read(name: &str, text: &Arc<String>, sink: &mut impl Sink) -> Reading {
    let mut dot = Dot {
        text,
        tokens: Tokens::of(text),
        parts: Parts::default(),
        nodes: Vec::new(),
        places: FxHashMap::default(),
        is_directed: false,
    };
    let broken = dot.file().err();
    for (raw, mut fields) in std::mem::take(&mut dot.nodes) {
        clean(&mut fields);
        dot.parts.node(raw, fields);
    }
    pour::read(name, text, Dialect::Dot, (dot.parts, Keys::default()), broken, sink)
}

type Fields = Map<String, Value>;

/// What holds inside a graph or subgraph.
#[derive(Clone, Default)]
struct Scope {
    node: Fields,
    edge: Fields,
    /// The name of the subgraph.
    name: Option<String>,
}

/// A node where it is named: its number, the part of the text, and its port.
#[derive(Clone)]
struct Named<'a> {
    node: usize,
    raw: &'a str,
    port: Option<String>,
}

struct Dot<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    parts: Parts<'a>,
    nodes: Vec<(&'a str, Fields)>,
    /// The numbers of nodes by their ids.
    places: FxHashMap<String, usize>,
    is_directed: bool,
}

impl<'a> Dot<'a> {
    fn file(&mut self) -> Result<(), Broken> {
        while let Some((token, raw)) = self.tokens.next()? {
            let Token::Id(word, false) = token else {
                return Err(self.expected("`graph` or `digraph`", raw));
            };
            match word.to_ascii_lowercase().as_str() {
                "strict" => {
                    self.parts
                        .notes
                        .push("`strict`: edges that stand twice are kept as they stand".to_owned());
                    continue;
                }
                "digraph" => self.is_directed = true,
                "graph" => self.parts.undirected = true,
                _ => return Err(self.expected("`graph` or `digraph`", raw)),
            }
            self.parts.graph_count += 1;
            if let Some((Token::Id(name, _), _)) = self.tokens.peek()? {
                self.tokens.next()?;
                self.parts.said.push(("name".to_owned(), Value::from(name)));
            }
            let opening = self.mark("{", raw)?;
            self.statements(&mut Scope::default(), opening, 0)?;
        }
        if self.parts.graph_count == 0 {
            return Err(("no `graph { … }` in the file".to_owned(), self.text.len()));
        }
        Ok(())
    }

    /// The statements up to a closing brace, and the nodes that they name.
    fn statements(
        &mut self,
        scope: &mut Scope,
        opening: &'a str,
        depth: usize,
    ) -> Result<Vec<Named<'a>>, Broken> {
        if depth > DEEPEST {
            return Err((format!("more than {DEEPEST} subgraphs inside one another"), self.at(opening)));
        }
        let mut named: Vec<Named<'a>> = Vec::new();
        loop {
            let Some((token, raw)) = self.tokens.peek()? else {
                return Err(("the text ends inside `{`; is it whole?".to_owned(), self.at(opening)));
            };
            match &token {
                Token::Mark("}") => {
                    self.tokens.next()?;
                    let mut seen = rustc_hash::FxHashSet::default();
                    named.retain(|one| seen.insert(one.node));
                    return Ok(named);
                }
                Token::Mark(";" | ",") => drop(self.tokens.next()?),
                Token::Id(word, false) if is_default(word) => {
                    self.tokens.next()?;
                    let attributes = self.attributes()?;
                    match word.to_ascii_lowercase().as_str() {
                        "node" => scope.node.extend(attributes),
                        "edge" => scope.edge.extend(attributes),
                        _ if depth == 0 => self.parts.said.extend(attributes),
                        _ => {}
                    }
                }
                Token::Id(word, _) => {
                    let word = word.clone();
                    // `rankdir = LR` says something of the graph.
                    let is_said = self.tokens.is_followed_by("=")? && !word.eq_ignore_ascii_case("subgraph");
                    if is_said {
                        self.tokens.next()?;
                        self.tokens.next()?;
                        let (value, _) = self.id(raw)?;
                        if depth == 0 {
                            self.parts.said.push((word, Value::from(value)));
                        } else if word == "label" {
                            scope.name = Some(value);
                        }
                    } else {
                        named.extend(self.chain(scope, depth)?);
                    }
                }
                Token::Mark("{") => named.extend(self.chain(scope, depth)?),
                Token::Mark(_) => return Err(self.expected("a node, an edge or `}`", raw)),
            }
        }
    }

    /// A node, a subgraph, or a chain of edges between such.
    fn chain(&mut self, scope: &mut Scope, depth: usize) -> Result<Vec<Named<'a>>, Broken> {
        let mut ends = vec![self.operand(scope, depth)?];
        while let Some((Token::Mark(mark @ ("->" | "--")), raw)) = self.tokens.peek()? {
            self.tokens.next()?;
            if (mark == "->") != self.is_directed {
                let right = if self.is_directed { "->" } else { "--" };
                let what = if self.is_directed { "a digraph" } else { "a graph without direction" };
                return Err((format!("`{mark}` in {what}: its edges are `{right}`"), self.at(raw)));
            }
            ends.push(self.operand(scope, depth)?);
        }
        let attributes = if matches!(self.tokens.peek()?, Some((Token::Mark("["), _))) {
            self.attributes()?
        } else {
            Fields::new()
        };
        if let [alone] = ends.as_slice() {
            for one in alone {
                self.nodes[one.node].1.extend(attributes.clone());
            }
        }
        for pair in ends.windows(2) {
            if pair[0].len().saturating_mul(pair[1].len()) > MOST_EDGES {
                let at = pair[0].first().map_or(0, |one| self.at(one.raw));
                return Err((format!("more than {MOST_EDGES} edges between two subgraphs"), at));
            }
            for (source, target) in pair[0].iter().flat_map(|a| pair[1].iter().map(move |b| (a, b))) {
                let mut fields = scope.edge.clone();
                fields.extend(attributes.clone());
                for (key, port, one) in [("source", "tailport", source), ("target", "headport", target)] {
                    if let Some(name) = &one.port {
                        fields.insert(port.to_owned(), Value::from(name.as_str()));
                    }
                    fields.insert(key.to_owned(), self.nodes[one.node].1["id"].clone());
                }
                clean(&mut fields);
                self.parts.edge(between(self.text, source.raw, target.raw), fields);
            }
        }
        Ok(ends.concat())
    }

    fn operand(&mut self, scope: &Scope, depth: usize) -> Result<Vec<Named<'a>>, Broken> {
        let Some((token, raw)) = self.tokens.next()? else {
            return Err(("the text ends where a node is expected".to_owned(), self.text.len()));
        };
        match token {
            Token::Mark("{") => self.statements(&mut scope.clone(), raw, depth + 1),
            Token::Id(word, false) if word.eq_ignore_ascii_case("subgraph") => {
                let mut inner = scope.clone();
                if let Some((Token::Id(name, _), _)) = self.tokens.peek()? {
                    self.tokens.next()?;
                    inner.name = Some(name);
                }
                let opening = self.mark("{", raw)?;
                self.statements(&mut inner, opening, depth + 1)
            }
            Token::Id(id, _) => {
                let mut ports = Vec::new();
                while matches!(self.tokens.peek()?, Some((Token::Mark(":"), _))) {
                    self.tokens.next()?;
                    ports.push(self.id(raw)?.0);
                }
                let node = self.node(id, raw, scope);
                let port = (!ports.is_empty()).then(|| ports.join(":"));
                Ok(vec![Named { node, raw, port }])
            }
            Token::Mark(_) => Err(self.expected("a node or a subgraph", raw)),
        }
    }

    /// The number of a node, which is made where it is first named.
    fn node(&mut self, id: String, raw: &'a str, scope: &Scope) -> usize {
        if let Some(at) = self.places.get(&id) {
            return *at;
        }
        let mut fields = scope.node.clone();
        if let Some(name) = &scope.name {
            fields.insert("subgraph".to_owned(), Value::from(name.as_str()));
        }
        fields.insert("id".to_owned(), Value::from(id.as_str()));
        self.nodes.push((raw, fields));
        self.places.insert(id, self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    /// The attributes in one pair of brackets or several.
    fn attributes(&mut self) -> Result<Fields, Broken> {
        let mut fields = Fields::new();
        while let Some((Token::Mark("["), opening)) = self.tokens.peek()? {
            self.tokens.next()?;
            loop {
                let Some((token, raw)) = self.tokens.next()? else {
                    return Err(("the text ends inside `[`; is it whole?".to_owned(), self.at(opening)));
                };
                match token {
                    Token::Mark("]") => break,
                    Token::Mark("," | ";") => {}
                    Token::Id(key, _) => {
                        let is_given = matches!(self.tokens.peek()?, Some((Token::Mark("="), _)));
                        let value = if is_given {
                            self.tokens.next()?;
                            self.id(raw)?.0
                        } else {
                            "true".to_owned()
                        };
                        fields.insert(key, Value::from(value));
                    }
                    Token::Mark(_) => return Err(self.expected("an attribute or `]`", raw)),
                }
            }
        }
        Ok(fields)
    }

    fn id(&mut self, before: &'a str) -> Result<(String, &'a str), Broken> {
        match self.tokens.next()? {
            Some((Token::Id(id, _), raw)) => Ok((id, raw)),
            Some((Token::Mark(_), raw)) => Err(self.expected("a name, a number or a text", raw)),
            None => Err(("the text ends where a value is expected".to_owned(), self.at(before))),
        }
    }

    fn mark(&mut self, mark: &str, before: &'a str) -> Result<&'a str, Broken> {
        match self.tokens.next()? {
            Some((Token::Mark(found), raw)) if found == mark => Ok(raw),
            Some((_, raw)) => Err(self.expected(&format!("`{mark}`"), raw)),
            None => Err((format!("expected `{mark}`, and the text ends"), self.at(before))),
        }
    }

    fn expected(&self, what: &str, raw: &str) -> Broken {
        (format!("expected {what}, found `{raw}`"), self.at(raw))
    }

    fn at(&self, raw: &str) -> usize {
        raw.as_ptr() as usize - self.text.as_ptr() as usize
    }
}

fn is_default(word: &str) -> bool {
    ["node", "edge", "graph"].iter().any(|default| word.eq_ignore_ascii_case(default))
}

/// Makes a label plain text: its lines are one, and the one that stands for the id or for nothing is left out.
fn clean(fields: &mut Fields) {
    let Some(label) = fields.get("label").and_then(Value::as_str) else { return };
    let label = label.replace("\\n", " ").replace("\\l", " ").replace("\\r", " ").trim().to_owned();
    if label.is_empty() || label == "\\N" {
        fields.remove("label");
    } else {
        fields.insert("label".to_owned(), Value::from(label));
    }
}
