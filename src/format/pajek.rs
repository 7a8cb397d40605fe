//! Finds vertices and lines in Pajek's `.net`: arcs, edges, lists of them and matrices, several relations, and the
//! times at which they are there.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::dataset::Sink;

use super::{
    detect::Reading,
    foreign::Dialect,
    parts::{Broken, Made, Parts, between, place},
    pour,
    spells::SPELLS,
    xml_values::Keys,
};

/// The most vertices that a file may count without listing them.
const MOST_UNLISTED: usize = 5_000_000;

/// The sections that are read.
const SECTIONS: [&str; 7] =
    ["*network", "*vertices", "*arcs", "*edges", "*arcslist", "*edgeslist", "*matrix"];

/// Whether a text is a Pajek network: its first line that is no comment begins one of its sections.
pub(super) fn is_pajek(text: &str) -> bool {
    let mut lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['%', '/']));
    let word = lines.next().and_then(|line| line.split_whitespace().next()).unwrap_or("").to_lowercase();
    SECTIONS.contains(&word.as_str())
}

/// Reads the text of a file.
pub(super) fn read(name: &str, text: &Arc<String>, sink: &mut impl Sink) -> Reading {
    let mut pajek = Pajek {
        text,
        parts: Parts::default(),
        section: Section::None,
        ids: Vec::new(),
        listed: Vec::new(),
        rows: 0,
        arcs: 0,
        edges: 0,
    };
    let broken = pajek.file().err();
    pour::read(name, text, Dialect::Pajek, (pajek.parts, Keys::default()), broken, sink)
}

/// What the lines of a section are; the relation stands in its head.
enum Section {
    None,
    Vertices,
    Lines { directed: bool, relation: Option<String> },
    Lists { directed: bool, relation: Option<String> },
    Matrix { relation: Option<String> },
    Other,
}

struct Pajek<'a> {
    text: &'a str,
    parts: Parts<'a>,
    section: Section,
    /// The ids of vertices by their numbers from 0: their labels, or numbers.
    ids: Vec<String>,
    /// The lines of vertices: number from 0, the part of the text, fields.
    listed: Vec<(usize, &'a str, Map<String, Value>)>,
    rows: usize,
    arcs: usize,
    edges: usize,
}

impl<'a> Pajek<'a> {
    fn file(&mut self) -> Result<(), Broken> {
        let mut at = 0;
        let mut seen = false;
        for line in self.text.split_inclusive(['\n', '\r']) {
            let start = at;
            at += line.len();
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('%') {
                continue;
            }
            let tokens = tokens(line).map_err(|message| (message, start))?;
            if line.starts_with('*') {
                self.head(line, &tokens, start)?;
                seen |= matches!(self.section, Section::Vertices);
                continue;
            }
            match &self.section {
                Section::None => return Err(("expected a section such as `*Vertices 3`".to_owned(), start)),
                Section::Vertices => self.vertex(line, &tokens, start)?,
                Section::Lines { directed, relation } => {
                    let (directed, relation) = (*directed, relation.clone());
                    self.line(line, &tokens, directed, relation, start)?;
                }
                Section::Lists { directed, relation } => {
                    let (directed, relation) = (*directed, relation.clone());
                    let source = self.end(tokens[0].0, start)?;
                    for (token, raw) in &tokens[1..] {
                        let target = self.end(token, start)?;
                        let fields = self.fields(source, target, directed, relation.clone());
                        self.parts.edge(between(self.text, tokens[0].1, raw), fields);
                    }
                }
                Section::Matrix { relation } => {
                    let relation = relation.clone();
                    self.row(&tokens, relation.as_deref(), start)?;
                }
                Section::Other => {}
            }
        }
        if !seen {
            return Err(("no `*Vertices` in the file".to_owned(), 0));
        }
        self.vertices();
        self.parts.undirected = self.edges > 0 && self.arcs == 0;
        Ok(())
    }

    fn head(&mut self, line: &'a str, tokens: &[(&'a str, &'a str)], start: usize) -> Result<(), Broken> {
        let word = tokens[0].0.to_lowercase();
        let number = tokens.get(1).and_then(|(token, _)| token.trim_start_matches(':').parse::<usize>().ok());
        // `*Arcs :2 "host"`, or the relation's number where it has no name.
        let named = tokens.get(2).map(|(token, _)| (*token).to_owned()).filter(|name| !name.is_empty());
        let is_relation = tokens.get(1).is_some_and(|(token, _)| token.starts_with(':'));
        let relation = named
            .filter(|_| is_relation)
            .or_else(|| number.filter(|_| is_relation).map(|number| number.to_string()));
        self.rows = 0;
        self.section = match word.as_str() {
            "*network" => {
                let name = line[tokens[0].0.len()..].trim();
                self.parts.said.push(("name".to_owned(), Value::from(name)));
                Section::None
            }
            "*vertices" => {
                let count = number
                    .ok_or_else(|| ("expected the number of vertices: `*Vertices 3`".to_owned(), start))?;
                if count > MOST_UNLISTED {
                    return Err((format!("{count} vertices; {MOST_UNLISTED} at most are made"), start));
                }
                self.ids = (1..=count).map(|number| number.to_string()).collect();
                self.parts.made.insert(place(line), Made::Whole(Map::new()));
                // Vertices without a line of their own stand at the head.
                self.listed = (0..count).map(|at| (at, line, Map::new())).collect();
                Section::Vertices
            }
            "*arcs" => Section::Lines { directed: true, relation },
            "*edges" => Section::Lines { directed: false, relation },
            "*arcslist" => Section::Lists { directed: true, relation },
            "*edgeslist" => Section::Lists { directed: false, relation },
            "*matrix" => Section::Matrix { relation },
            other => {
                self.parts.said.push((other.to_owned(), Value::Null));
                Section::Other
            }
        };
        Ok(())
    }

    fn vertex(&mut self, line: &'a str, tokens: &[(&'a str, &'a str)], start: usize) -> Result<(), Broken> {
        let at = self.number(tokens[0].0, start)?;
        let (mut fields, spells) = (Map::new(), spells(tokens));
        let label = tokens.get(1).filter(|(token, raw)| !is_time(raw) || !token.starts_with('['));
        if let Some((label, _)) = label.filter(|(label, _)| !label.trim().is_empty()) {
            (*label).clone_into(&mut self.ids[at]);
        }
        let rest = &tokens[2.min(tokens.len())..];
        let places = rest.iter().take_while(|(token, _)| token.parse::<f64>().is_ok()).count();
        for (key, (token, _)) in ["x", "y", "z"].iter().zip(&rest[..places.min(3)]) {
            fields.insert((*key).to_owned(), number(token));
        }
        pairs(&mut fields, &rest[places.min(3)..]);
        if !spells.is_empty() {
            fields.insert(SPELLS.to_owned(), spells.into_iter().map(|(spell, _)| spell).collect());
        }
        self.listed[at] = (at, line, fields);
        Ok(())
    }

    /// Gives each vertex its id: its label, unless two share one; then all have their numbers.
    fn vertices(&mut self) {
        let mut sorted: Vec<&String> = self.ids.iter().collect();
        sorted.sort_unstable();
        if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
            self.parts.notes.push("labels are not unique: vertices are known by their numbers".to_owned());
            for (at, _, fields) in &mut self.listed {
                let label = std::mem::replace(&mut self.ids[*at], (*at + 1).to_string());
                fields.insert("label".to_owned(), Value::from(label));
            }
        }
        for (at, raw, fields) in std::mem::take(&mut self.listed) {
            let is_listed = !raw.starts_with('*');
            if is_listed {
                self.parts.made.insert(place(raw), Made::Whole(fields));
            }
            self.parts.nodes.push((Some(self.ids[at].clone()), raw));
        }
        // Lines were read before it was known what vertices are called.
        let ids = &self.ids;
        for raw in &self.parts.edges {
            if let Some(Made::Whole(fields)) = self.parts.made.get_mut(&place(raw)) {
                for key in ["source", "target"] {
                    let at = fields.get(key).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
                    if let Some(id) = at.and_then(|at| ids.get(at)) {
                        fields.insert(key.to_owned(), Value::from(id.as_str()));
                    }
                }
            }
        }
    }

    fn line(
        &mut self,
        line: &'a str,
        tokens: &[(&'a str, &'a str)],
        directed: bool,
        relation: Option<String>,
        start: usize,
    ) -> Result<(), Broken> {
        // `2: 1 3 1` is a line of the relation 2.
        let own = tokens[0].0.strip_suffix(':').map(str::to_owned);
        let tokens = if own.is_some() { &tokens[1..] } else { tokens };
        let [(source, _), (target, _), rest @ ..] = tokens else {
            return Err(("a line has two ends: `1 2`".to_owned(), start));
        };
        let (source, target) = (self.end(source, start)?, self.end(target, start)?);
        let mut fields = self.fields(source, target, directed, own.or(relation));
        let spells = spells(rest);
        let weighed = rest.first().is_some_and(|(token, _)| token.parse::<f64>().is_ok());
        if weighed {
            fields.insert("weight".to_owned(), number(rest[0].0));
        }
        pairs(&mut fields, &rest[usize::from(weighed)..]);
        if spells.is_empty() {
            self.parts.edge(line, fields);
            return Ok(());
        }
        for (spell, end) in spells {
            let mut fields = fields.clone();
            fields.insert(SPELLS.to_owned(), json!([spell]));
            self.parts.edge(between(self.text, tokens[0].1, end), fields);
        }
        Ok(())
    }

    fn row(
        &mut self,
        tokens: &[(&'a str, &'a str)],
        relation: Option<&str>,
        start: usize,
    ) -> Result<(), Broken> {
        if self.rows >= self.ids.len() || tokens.len() > self.ids.len() {
            return Err((format!("the matrix is larger than {0} by {0}", self.ids.len()), start));
        }
        for (target, (token, raw)) in tokens.iter().enumerate() {
            let weight = number(token);
            let Some(value) = weight.as_f64() else {
                return Err((
                    format!("expected a number, found `{token}`"),
                    place(raw).0 - place(self.text).0,
                ));
            };
            if value != 0.0 {
                let mut fields = self.fields(self.rows, target, true, relation.map(str::to_owned));
                fields.insert("weight".to_owned(), weight);
                self.parts.edge(raw, fields);
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// The fields that every line has; its ends are numbers until all vertices are known.
    fn fields(
        &mut self,
        source: usize,
        target: usize,
        directed: bool,
        relation: Option<String>,
    ) -> Map<String, Value> {
        *(if directed { &mut self.arcs } else { &mut self.edges }) += 1;
        let mut fields = Map::new();
        fields.insert("source".to_owned(), Value::from(source));
        fields.insert("target".to_owned(), Value::from(target));
        if let Some(relation) = relation {
            fields.insert("relation".to_owned(), Value::from(relation));
        }
        if !directed {
            fields.insert("directed".to_owned(), Value::from(false));
        }
        fields
    }

    /// The vertex at an end of a line; `-2` in lists is 2.
    fn end(&self, token: &str, start: usize) -> Result<usize, Broken> {
        self.number(token.trim_start_matches('-'), start)
    }

    fn number(&self, token: &str, start: usize) -> Result<usize, Broken> {
        let at = token.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        at.filter(|at| *at < self.ids.len()).ok_or_else(|| {
            (format!("no vertex `{token}`: there are {}, numbered from 1", self.ids.len()), start)
        })
    }
}

/// The words of a line, each as it is meant and as it stands: texts in quotes and times in brackets are one.
fn tokens(line: &str) -> Result<Vec<(&str, &str)>, String> {
    let mut tokens = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let (inner, length) = match first {
            '"' | '\'' => {
                let end =
                    rest[1..].find(first).ok_or_else(|| "a text whose quotes do not close".to_owned())?;
                (&rest[1..=end], end + 2)
            }
            '[' => {
                let end = rest.find(']').ok_or_else(|| "a time whose bracket does not close".to_owned())?;
                (&rest[..=end], end + 1)
            }
            _ => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (&rest[..end], end)
            }
        };
        tokens.push((inner, &rest[..length]));
        rest = &rest[length..];
    }
}

fn is_time(raw: &str) -> bool {
    raw.starts_with('[') && raw.ends_with(']')
}

/// The times of a line, `[1990-1995,1999]`, each with the text that it ends with.
fn spells<'a>(tokens: &[(&'a str, &'a str)]) -> Vec<(Value, &'a str)> {
    let mut spells = Vec::new();
    for (_, raw) in tokens.iter().filter(|(_, raw)| is_time(raw)) {
        for part in raw[1..raw.len() - 1].split(',') {
            let text = part.trim();
            let (start, end) = text.split_once('-').unwrap_or((text, text));
            let mut spell = Map::new();
            for (key, bound) in [("start", start), ("end", end)] {
                if bound.trim() != "*" {
                    spell.insert(key.to_owned(), Value::from(bound.trim()));
                }
            }
            spells.push((Value::Object(spell), part));
        }
    }
    spells
}

fn number(token: &str) -> Value {
    let whole = token.parse::<i64>().ok().map(Value::from);
    let value =
        whole.or_else(|| token.parse::<f64>().ok().filter(|value| value.is_finite()).map(Value::from));
    value.unwrap_or_else(|| Value::from(token))
}

/// What Pajek calls the shapes of vertices.
const SHAPES: [&str; 7] = ["ellipse", "box", "diamond", "triangle", "cross", "empty", "man"];

/// What follows on a line: a word alone (a shape), or keys with values; `l` is the label.
fn pairs(fields: &mut Map<String, Value>, tokens: &[(&str, &str)]) {
    let mut words = tokens.iter().filter(|(_, raw)| !is_time(raw)).map(|(token, _)| *token).peekable();
    while let Some(key) = words.next() {
        if SHAPES.contains(&key) {
            fields.insert("shape".to_owned(), Value::from(key));
            continue;
        }
        let key = if key == "l" { "label" } else { key };
        let value = words.next().map_or(Value::Null, number);
        fields.insert(key.to_owned(), value);
    }
}
