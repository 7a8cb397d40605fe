//! A record on its way into a file: read from JSON, checked, written as its canonical line.

use std::io;

use serde::Serialize;
use serde_json::{
    Value,
    ser::{Formatter, Serializer},
    value::RawValue,
};

use crate::{
    dataset::locate,
    model::{
        Actor, Fault, Reference, Severity, Tie,
        record::{ActorRecord, FieldError, Fields, TieRecord, message_of, offset_of},
    },
};

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// A node.
    Actor,
    /// An edge.
    Tie,
    /// A document.
    Reference,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Actor, Self::Tie, Self::Reference];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Tie => "tie",
            Self::Reference => "reference",
        }
    }
}

/// A record that has been checked by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A node.
    Actor(Box<Actor>),
    /// An edge.
    Tie(Box<Tie>),
    /// A document.
    Reference(Box<Reference>),
}

impl Record {
    /// Reads one record; what it is, is told by its keys when nobody says.
    ///
    /// Gives the record, unless something in it is an error, and everything wrong with it, each at a byte of
    /// the text.
    pub fn read(raw: &RawValue, what: Option<What>) -> (Option<Self>, Vec<(usize, Fault)>) {
        let text = raw.get();
        let what = match what.map_or_else(|| told_by_keys(text), Ok) {
            Ok(what) => what,
            Err(fault) => return (None, vec![(0, fault)]),
        };
        let mut faults = Vec::new();
        let (record, errors) = match what {
            What::Actor => {
                let (record, errors) = ActorRecord::read(raw);
                (Actor::from_record(&record, &mut faults).map(|actor| Self::Actor(Box::new(actor))), errors)
            }
            What::Tie => {
                let (record, errors) = TieRecord::read(raw);
                (Tie::from_record(&record, &mut faults).map(|tie| Self::Tie(Box::new(tie))), errors)
            }
            What::Reference => match serde_json::from_str::<Value>(text) {
                Ok(item) => match Reference::from_item(item) {
                    Ok(reference) => (Some(Self::Reference(Box::new(reference))), Vec::new()),
                    Err(fault) => {
                        faults.push(fault);
                        (None, Vec::new())
                    }
                },
                Err(error) => {
                    let offset = offset_of(text, error.line(), error.column());
                    (None, vec![FieldError { offset, message: message_of(&error) }])
                }
            },
        };
        let mut found: Vec<(usize, Fault)> =
            errors.into_iter().map(|error| (error.offset, Fault::error(&[], error.message))).collect();
        if found.is_empty() {
            found.extend(faults.into_iter().map(|fault| (locate(text, &fault.path), fault)));
        }
        let is_whole = found.iter().all(|(_, fault)| fault.severity != Severity::Error);
        (record.filter(|_| is_whole), found)
    }

    /// What it is.
    pub fn what(&self) -> What {
        match self {
            Self::Actor(_) => What::Actor,
            Self::Tie(_) => What::Tie,
            Self::Reference(_) => What::Reference,
        }
    }

    /// Its id; a tie may have none.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Actor(actor) => Some(actor.id.as_str()),
            Self::Tie(tie) => tie.id.as_ref().map(crate::model::TieId::as_str),
            Self::Reference(reference) => Some(reference.id().as_str()),
        }
    }

    /// Its line in canonical form.
    pub fn line(&self) -> String {
        match self {
            Self::Actor(actor) => line(actor),
            Self::Tie(tie) => line(tie),
            Self::Reference(reference) => line(reference),
        }
    }
}

/// What a record is by the keys that only one kind of record has.
fn told_by_keys(text: &str) -> Result<What, Fault> {
    let Ok(fields) = serde_json::from_str::<Fields<'_>>(text) else {
        return Err(Fault::error(&[], "a record must be an object `{…}`"));
    };
    let has = |keys: &[&str]| fields.0.iter().any(|(key, _)| keys.contains(&key.as_str()));
    if has(&["source", "target", "relation"]) {
        Ok(What::Tie)
    } else if has(&["kind", "names", "codes", "existence", "same_day"]) {
        Ok(What::Actor)
    } else if has(&["type", "title", "issued", "accessed", "author", "URL", "DOI"]) {
        Ok(What::Reference)
    } else {
        Err(Fault::error(&[], "neither a tie nor an actor nor a reference")
            .hint("say which: `chancery add actor --json -`".to_owned()))
    }
}

/// A value on one line, as people write JSON: a blank after each comma and colon.
pub(super) fn line(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, OneLine);
    value.serialize(&mut serializer).expect("records have string keys and finite numbers");
    String::from_utf8(bytes).expect("JSON is text")
}

struct OneLine;

impl Formatter for OneLine {
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}
