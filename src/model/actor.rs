//! A node: country, official, institution, and what is known of it.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value};

use super::{
    actor_kind::ActorKind,
    citation::{Citation, owned},
    claim::{actor_id, cites, date_fix, word_fix},
    fault::{Fault, Step, nearest},
    id::ActorId,
    record::{ActorRecord, NameRecord, Text},
    tie::{attributes, unknown_keys, unknown_keys_inside},
};
use crate::date::Date;

/// What a name is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum NameUse {
    /// The name in law.
    Official,
    /// The everyday name.
    Common,
    /// A name no longer used.
    Former,
    /// A spelling in another script.
    Romanisation,
    /// A name that a source gives by mistake: it finds the actor and is never shown as its name.
    Wrong,
}

impl NameUse {
    const ALL: [(&'static str, Self); 5] = [
        ("official", Self::Official),
        ("common", Self::Common),
        ("former", Self::Former),
        ("romanisation", Self::Romanisation),
        ("wrong", Self::Wrong),
    ];

    /// The word for it, as in the files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Common => "common",
            Self::Former => "former",
            Self::Romanisation => "romanisation",
            Self::Wrong => "wrong",
        }
    }
}

/// One name of an actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Name {
    /// The name.
    pub text: String,
    /// BCP 47 language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// What it is used for.
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<NameUse>,
    /// When it was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Date>,
    /// Whether answers use it before others of its language.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub preferred: bool,
}

/// A node of the graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// What kind of thing it is, when the file says.
    pub kind: Option<ActorKind>,
    /// What it is called, in the order of the file.
    pub names: Vec<Name>,
    /// Its codes by scheme.
    pub codes: BTreeMap<String, Vec<String>>,
    /// When it existed.
    pub existence: Vec<Date>,
    /// Where this is said.
    pub cites: Vec<Citation>,
    /// For an event: whether its ties share a day.
    pub same_day: bool,
    /// The actor whose organ it is, at all times; a tie `organ-of` gives dates and sources.
    pub organ_of: Option<ActorId>,
    /// The actor whose citizens they are, at all times; a tie `citizen-of` gives dates and sources.
    pub citizen_of: Option<ActorId>,
    /// A remark.
    pub note: Option<String>,
    /// Anything else.
    pub attributes: Map<String, Value>,
}

impl Actor {
    /// Checks an actor as it stands in a file, and gathers what is wrong with it.
    ///
    /// Returns an actor unless its id is unusable; what is wrong elsewhere is left out of it.
    pub fn from_record(record: &ActorRecord<'_>, faults: &mut Vec<Fault>) -> Option<Self> {
        unknown_keys("an actor", &record.unknown, ActorRecord::KEYS, faults);
        let Some(id) = &record.id else {
            faults.push(Fault::error(&[], "an actor needs an `id`").code("missing-id"));
            return None;
        };
        let id: ActorId = match id.as_str().parse() {
            Ok(id) => id,
            Err(error) => {
                faults.push(error.fault(id.as_str(), "id", &[]));
                return None;
            }
        };
        let kind = record.kind.as_ref().and_then(|text| kind(text, faults));
        let mut names = Vec::new();
        for (at, record) in record.names.iter().flatten().enumerate() {
            names.extend(name(record, at, faults));
        }
        let mut codes = BTreeMap::new();
        for (scheme, values) in record.codes.iter().flat_map(|codes| &codes.0) {
            let values: Vec<String> = values.iter().map(|value| value.as_str().to_owned()).collect();
            codes.insert(scheme.as_str().to_owned(), values);
        }
        let mut existence = Vec::new();
        for (at, text) in record.existence.iter().flat_map(|list| &list.0).enumerate() {
            match text.as_str().parse::<Date>() {
                Ok(date) => existence.push(date),
                Err(error) => {
                    let path = [Step::Key("existence"), Step::Index(at)];
                    faults.push(
                        Fault::error(&path, format!("`existence`: {error}"))
                            .code("bad-date")
                            .hint(error.hint().map(str::to_owned))
                            .fix(date_fix(&error)),
                    );
                }
            }
        }
        let cites = cites(record.cites.as_ref(), &[], faults);
        let same_day = record.same_day.unwrap_or(false);
        if same_day && kind != Some(ActorKind::Event) {
            faults.push(
                Fault::error(&["same_day".into()], "only an actor of kind `event` can say `same_day`")
                    .code("bad-same-day"),
            );
        }
        let organ_of = actor_id(record.organ_of.as_ref(), "organ_of", &[], faults);
        let citizen_of = actor_id(record.citizen_of.as_ref(), "citizen_of", &[], faults);
        let attributes = attributes(record.attributes, &record.unknown, faults);
        Some(Self {
            id,
            kind,
            names,
            codes,
            existence,
            cites,
            same_day,
            organ_of,
            citizen_of,
            note: owned(record.note.as_ref()),
            attributes,
        })
    }
}

fn kind(text: &Text<'_>, faults: &mut Vec<Fault>) -> Option<ActorKind> {
    let kind = text.as_str().parse().ok();
    if kind.is_none() {
        let known = ActorKind::ALL.map(ActorKind::as_str);
        let hint = match nearest(text.as_str(), known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("kinds are {}", known.join(", ")),
        };
        faults.push(
            Fault::error(&["kind".into()], format!("no kind `{}`", text.as_str()))
                .code("unknown-kind")
                .hint(hint)
                .fix(word_fix(text.as_str(), known)),
        );
    }
    kind
}

fn name(record: &NameRecord<'_>, at: usize, faults: &mut Vec<Fault>) -> Option<Name> {
    let path = |key: &'static str| [Step::Key("names"), Step::Index(at), Step::Key(key)];
    unknown_keys_inside("a name", &record.unknown, NameRecord::KEYS, &path("text")[..2], faults);
    let Some(text) = record.text.as_ref().filter(|text| !text.as_str().trim().is_empty()) else {
        faults.push(Fault::error(&path("text")[..2], "a name needs a `text`").code("missing-text"));
        return None;
    };
    let usage = record.usage.as_ref().and_then(|usage| {
        let found = NameUse::ALL.iter().find(|(known, _)| *known == usage.as_str()).map(|(_, usage)| *usage);
        if found.is_none() {
            let known = NameUse::ALL.map(|(known, _)| known).join(", ");
            faults.push(
                Fault::error(&path("use"), format!("no name use `{}`", usage.as_str()))
                    .code("unknown-use")
                    .hint(format!("uses are {known}")),
            );
        }
        found
    });
    let when = record.when.as_ref().and_then(|when| match when.as_str().parse::<Date>() {
        Ok(date) => Some(date),
        Err(error) => {
            faults.push(
                Fault::error(&path("when"), format!("`when`: {error}"))
                    .code("bad-date")
                    .hint(error.hint().map(str::to_owned))
                    .fix(date_fix(&error)),
            );
            None
        }
    });
    Some(Name {
        text: text.as_str().to_owned(),
        lang: owned(record.lang.as_ref()),
        usage,
        when,
        preferred: record.preferred.unwrap_or(false),
    })
}

impl Serialize for Actor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        if let Some(kind) = self.kind {
            map.serialize_entry("kind", &kind)?;
        }
        if !self.names.is_empty() {
            map.serialize_entry("names", &self.names)?;
        }
        if !self.codes.is_empty() {
            map.serialize_entry("codes", &Codes(&self.codes))?;
        }
        if !self.existence.is_empty() {
            map.serialize_entry("existence", &self.existence)?;
        }
        if !self.cites.is_empty() {
            map.serialize_entry("cites", &self.cites)?;
        }
        if self.same_day {
            map.serialize_entry("same_day", &true)?;
        }
        for (key, id) in [("organ_of", &self.organ_of), ("citizen_of", &self.citizen_of)] {
            if let Some(id) = id {
                map.serialize_entry(key, id)?;
            }
        }
        if let Some(note) = &self.note {
            map.serialize_entry("note", note)?;
        }
        if !self.attributes.is_empty() {
            map.serialize_entry("attributes", &self.attributes)?;
        }
        map.end()
    }
}

struct Codes<'a>(&'a BTreeMap<String, Vec<String>>);

impl Serialize for Codes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (scheme, values) in self.0 {
            match values.as_slice() {
                [value] => map.serialize_entry(scheme, value)?,
                values => map.serialize_entry(scheme, values)?,
            }
        }
        map.end()
    }
}
