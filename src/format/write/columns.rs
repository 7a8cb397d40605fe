//! What stands of records under declared names: texts, free attributes as columns of one type, and the rest as JSON.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::{
    record::{REST, Rest, may_stand_alone},
    xml,
};

/// The type of a column; GraphML and GEXF have the same words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Long,
    Double,
    Boolean,
    String,
}

/// The names that records of a kind need.
pub(super) struct Keys<const N: usize> {
    names: [&'static str; N],
    /// Texts that stay with the rest, because the form has something else by their names.
    kept: &'static [&'static str],
    used: [bool; N],
    columns: Columns,
    rest: bool,
}

impl<const N: usize> Keys<N> {
    pub(super) fn new(names: [&'static str; N]) -> Self {
        Self { names, kept: &[], used: [false; N], columns: Columns::default(), rest: false }
    }

    pub(super) fn keeping(names: [&'static str; N], kept: &'static [&'static str]) -> Self {
        Self { kept, ..Self::new(names) }
    }

    /// Gives the fields of a record, each under the id by which its name is declared.
    pub(super) fn fields(
        &mut self,
        texts: &[Option<Cow<'_, str>>; N],
        attributes: &mut Map<String, Value>,
        mut rest: Rest,
        mut put: impl FnMut(&str, &str),
    ) {
        for (at, text) in texts.iter().enumerate() {
            let Some(text) = text else { continue };
            let name = self.names[at];
            if self.kept.contains(&name) || !xml::is_legal(text) {
                rest.put(name, text);
            } else {
                put(name, text);
                self.used[at] = true;
            }
        }
        for (column, text) in self.columns.take(attributes) {
            put(&column.to_string(), &text);
        }
        rest.attributes(attributes);
        if let Some(rest) = rest.finish() {
            put(REST, &rest);
            self.rest = true;
        }
    }

    /// Says that texts of these names, or the rest, stand in records that were written without it.
    pub(super) fn uses(&mut self, names: &[&str], rest: bool) {
        for (known, used) in self.names.iter().zip(&mut self.used) {
            *used |= names.contains(known);
        }
        self.rest |= rest;
    }

    /// What is to be declared: id, name and type.
    pub(super) fn declared(&self) -> Vec<(String, &str, &'static str)> {
        let texts = self.names.iter().zip(self.used).filter(|(_, used)| *used);
        let mut declared: Vec<(String, &str, &'static str)> = texts
            .map(|(name, _)| ((*name).to_owned(), *name, if *name == "count" { "long" } else { "string" }))
            .collect();
        declared
            .extend(self.columns.all().enumerate().map(|(at, (name, kind))| (at.to_string(), name, kind)));
        if self.rest {
            declared.push((REST.to_owned(), REST, "string"));
        }
        declared
    }
}

/// The columns that some records need, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Columns {
    list: Vec<(String, Kind)>,
    places: FxHashMap<String, usize>,
}

impl Columns {
    /// Takes the attributes that have a column, with its number and the text of the value, out of a record's.
    ///
    /// A column takes the type of its first value, and whole numbers stand in one of fractions as well; a value of
    /// another type stays, and so does one that is a list, an object or nothing.
    pub(super) fn take(&mut self, attributes: &mut Map<String, Value>) -> Vec<(usize, String)> {
        if attributes.is_empty() {
            return Vec::new();
        }
        let mut taken = Vec::new();
        attributes.retain(|name, value| match self.column(name, value) {
            Some((column, text)) => {
                taken.push((column, text.into_owned()));
                false
            }
            None => true,
        });
        taken
    }

    fn column<'v>(&mut self, name: &str, value: &'v Value) -> Option<(usize, Cow<'v, str>)> {
        let (kind, text) = match value {
            Value::Bool(value) => (Kind::Boolean, Cow::Borrowed(if *value { "true" } else { "false" })),
            Value::Number(number) if number.is_i64() => (Kind::Long, Cow::Owned(number.to_string())),
            Value::Number(number) if number.is_f64() => (Kind::Double, Cow::Owned(number.to_string())),
            Value::String(text) if xml::is_legal(text) => (Kind::String, Cow::Borrowed(text.as_str())),
            Value::String(_) | Value::Number(_) | Value::Null | Value::Array(_) | Value::Object(_) => {
                return None;
            }
        };
        if let Some(at) = self.places.get(name) {
            let known = &mut self.list[*at].1;
            if *known == Kind::Long && kind == Kind::Double {
                *known = kind;
            }
            let fits = *known == kind || (*known == Kind::Double && kind == Kind::Long);
            return fits.then_some((*at, text));
        }
        if !may_stand_alone(name) {
            return None;
        }
        self.list.push((name.to_owned(), kind));
        self.places.insert(name.to_owned(), self.list.len() - 1);
        Some((self.list.len() - 1, text))
    }

    /// Whether the column of an attribute is one of fractions.
    pub(super) fn has_fractions(&self, name: &str) -> bool {
        self.places.get(name).is_some_and(|at| self.list[*at].1 == Kind::Double)
    }

    /// The columns: name and type.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.list.iter().map(|(name, kind)| {
            let kind = match kind {
                Kind::Long => "long",
                Kind::Double => "double",
                Kind::Boolean => "boolean",
                Kind::String => "string",
            };
            (name.as_str(), kind)
        })
    }
}
