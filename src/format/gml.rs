//! Finds nodes and edges in GML (networkx, igraph, yEd, Gephi): keys, each with a number, a text or a list of keys.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use crate::{dataset::Sink, model::check_id};

use super::{
    detect::Reading,
    foreign::Dialect,
    parts::{Broken, Made, Parts, place},
    pour,
    xml_values::{Keys, put, reference, text},
};

/// Deeper than this no list is nested.
const DEEPEST: usize = 100;

/// What networkx puts before the only value of a list.
const LIST_START: &str = "_networkx_list_start";

/// Whether a text is GML: it has a line that begins `graph [`, and before that only comments and keys with one value.
pub(super) fn is_gml(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    while let Some(line) = lines.next() {
        let (key, rest) =
            line.split_once([' ', '\t', '[']).map_or((line, ""), |(key, _)| (key, line[key.len()..].trim()));
        if key.eq_ignore_ascii_case("graph") {
            return rest.starts_with('[')
                || (rest.is_empty() && lines.next().is_some_and(|line| line.starts_with('[')));
        }
        let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_key || rest.is_empty() || rest.contains(['{', '[', ',', ';']) && !rest.starts_with('"') {
            return false;
        }
    }
    false
}

/// Reads the text of a file.
pub(super) fn read(name: &str, text: &Arc<String>, sink: &mut impl Sink) -> Reading {
    let mut gml =
        Gml { text, at: text.len() - text.trim_start_matches('\u{feff}').len(), parts: Parts::default() };
    let broken = gml.file().err();
    if broken.is_none() {
        gml.name_by_labels();
    }
    pour::read(name, text, Dialect::Gml, (gml.parts, Keys::default()), broken, sink)
}

struct Gml<'a> {
    text: &'a str,
    at: usize,
    parts: Parts<'a>,
}

enum Token<'a> {
    Open,
    Close,
    Text(String),
    Word(&'a str),
}

impl<'a> Gml<'a> {
    fn file(&mut self) -> Result<(), Broken> {
        let mut directed = false;
        let mut found = false;
        while let Some((key, at)) = self.key()? {
            if !key.eq_ignore_ascii_case("graph") {
                let value = self.value(key, 0)?;
                self.parts.said.push((key.to_owned(), value));
                continue;
            }
            found = true;
            self.parts.graph_count += 1;
            self.open(key, at)?;
            while let Some((key, at)) = self.key()? {
                match key {
                    "node" | "edge" => self.record(key, at)?,
                    "directed" => directed |= self.value(key, 0)? == 1,
                    "multigraph" => drop(self.value(key, 0)?),
                    other => {
                        let value = self.value(other, 0)?;
                        self.parts.said.push((other.to_owned(), value));
                    }
                }
            }
            self.close("graph", at)?;
        }
        self.parts.undirected = !directed;
        match self.next()? {
            Some((_, at)) => Err(("`]` closes nothing".to_owned(), at)),
            None if found => Ok(()),
            None => Err(("no `graph [ … ]` in the file".to_owned(), self.text.len())),
        }
    }

    /// Makes labels the ids of nodes, if they can be and the file has only numbers, as where it was written from names; the
    /// numbers become attributes.
    fn name_by_labels(&mut self) {
        let mut ids: FxHashMap<String, String> = FxHashMap::default();
        let mut known = FxHashSet::default();
        for (_, raw) in &self.parts.nodes {
            let Some(Made::Whole(fields)) = self.parts.made.get(&place(raw)) else { return };
            let number = fields.get("id").filter(|id| id.is_number());
            let label = text(fields, "label").filter(|label| check_id(label).is_ok());
            let (Some(number), Some(label)) = (number, label) else { return };
            if !known.insert(label) || ids.insert(number.to_string(), label.to_owned()).is_some() {
                return;
            }
        }
        if ids.is_empty() {
            return;
        }
        let named = |value: &Value| ids.get(&value.to_string()).map(|id| Value::from(id.as_str()));
        for (_, raw) in &self.parts.nodes {
            let Some(Made::Whole(fields)) = self.parts.made.get_mut(&place(raw)) else { continue };
            let Some(id) = fields.get("id").and_then(named) else { continue };
            let number = fields.insert("id".to_owned(), id).expect("it has a number");
            put(fields, "number", number);
        }
        for raw in &self.parts.edges {
            let Some(Made::Whole(fields)) = self.parts.made.get_mut(&place(raw)) else { continue };
            for end in ["source", "target"] {
                if let Some(id) = fields.get(end).and_then(named) {
                    fields.insert(end.to_owned(), id);
                }
            }
        }
        let note = "nodes have only numbers: their unique labels are their ids, and the numbers the attribute `number`";
        self.parts.notes.push(note.to_owned());
    }

    fn record(&mut self, key: &'a str, start: usize) -> Result<(), Broken> {
        self.open(key, start)?;
        let fields = self.list(key, start, 1)?;
        let raw = &self.text[start..self.at];
        if key == "node" {
            self.parts.node(raw, fields);
        } else {
            self.parts.edge(raw, fields);
        }
        Ok(())
    }

    /// The fields of a list that was opened, and its end; a key that stands several times has a list of values.
    fn list(&mut self, of: &str, start: usize, depth: usize) -> Result<Map<String, Value>, Broken> {
        if depth > DEEPEST {
            return Err((format!("more than {DEEPEST} lists inside one another"), start));
        }
        let mut fields: Map<String, Value> = Map::new();
        let mut several: Vec<String> = Vec::new();
        while let Some((key, _)) = self.key()? {
            let value = self.value(key, depth)?;
            match fields.get_mut(key) {
                None => drop(fields.insert(key.to_owned(), value)),
                Some(Value::Array(list)) if several.iter().any(|name| name == key) => list.push(value),
                Some(first) => {
                    *first = Value::Array(vec![first.take(), value]);
                    several.push(key.to_owned());
                }
            }
        }
        for key in several {
            if let Some(Value::Array(list)) = fields.get_mut(&key) {
                list.retain(|value| value != LIST_START);
            }
        }
        self.close(of, start)?;
        Ok(fields)
    }

    fn value(&mut self, key: &str, depth: usize) -> Result<Value, Broken> {
        let at = self.at;
        match self.next()? {
            Some((Token::Open, at)) => Ok(Value::Object(self.list(key, at, depth + 1)?)),
            Some((Token::Text(text), _)) => Ok(Value::from(text)),
            Some((Token::Word(word), at)) => number(word).ok_or_else(|| {
                (format!("`{key}`: expected a number, a text in double quotes or `[`, found `{word}`"), at)
            }),
            Some((Token::Close, at)) => Err((format!("`{key}` has no value"), at)),
            None => Err((format!("`{key}` has no value: the text ends"), at)),
        }
    }

    fn open(&mut self, key: &str, at: usize) -> Result<(), Broken> {
        match self.next()? {
            Some((Token::Open, _)) => Ok(()),
            _ => Err((format!("expected `[` after `{key}`"), at)),
        }
    }

    fn close(&mut self, of: &str, start: usize) -> Result<(), Broken> {
        match self.next()? {
            Some((Token::Close, _)) => Ok(()),
            _ => Err((format!("the text ends inside `{of} [`; is it whole?"), start)),
        }
    }

    /// The next key; nothing where a list or the text ends.
    fn key(&mut self) -> Result<Option<(&'a str, usize)>, Broken> {
        let before = self.at;
        match self.next()? {
            Some((Token::Word(word), at)) if number(word).is_none() => Ok(Some((word, at))),
            Some((Token::Word(_) | Token::Text(_) | Token::Open, at)) => {
                Err(("expected a key".to_owned(), at))
            }
            Some((Token::Close, _)) | None => {
                self.at = before;
                Ok(None)
            }
        }
    }

    /// The next token and where it begins.
    fn next(&mut self) -> Result<Option<(Token<'a>, usize)>, Broken> {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            if !self.text[self.at..].starts_with('#') {
                break;
            }
            self.at += self.text[self.at..].find('\n').unwrap_or(self.text.len() - self.at);
        }
        let at = self.at;
        let rest = &self.text[at..];
        let token = match rest.as_bytes().first() {
            None => return Ok(None),
            Some(b'[') => (Token::Open, 1),
            Some(b']') => (Token::Close, 1),
            Some(b'"') => {
                let end =
                    rest[1..].find('"').ok_or_else(|| ("a text whose quotes do not close".to_owned(), at))?;
                (Token::Text(unescaped(&rest[1..=end])), end + 2)
            }
            Some(_) => {
                let end = rest
                    .find(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"'))
                    .unwrap_or(rest.len());
                (Token::Word(&rest[..end]), end)
            }
        };
        self.at += token.1;
        Ok(Some((token.0, at)))
    }
}

fn number(word: &str) -> Option<Value> {
    if !word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return None;
    }
    let whole = word.parse::<i64>().ok().map(Value::from);
    whole.or_else(|| word.parse::<f64>().ok().filter(|value| value.is_finite()).map(Value::from))
}

/// A text with the characters for which entities stand; what looks like one and is none stays.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest.find(';').filter(|end| *end < 12).map(|end| &rest[1..end]);
        if let Some((text, length)) = name.and_then(|name| Some((reference(name)?, name.len() + 2))) {
            out.push_str(&text);
            rest = &rest[length..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}
