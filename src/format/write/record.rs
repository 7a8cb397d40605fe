//! A record in two: texts under keys of their own, and whatever else it says as JSON.

use std::{borrow::Cow, io};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    dataset::Dataset,
    format::native::{Head, json},
    model::{
        Actor, Citation, Tie,
        record::{ActorRecord, TieRecord},
    },
};

use super::xml;

/// The key of the JSON that holds the rest of a record.
pub(in crate::format) const REST: &str = "chancery";

/// The keys of an actor that hold texts.
pub(in crate::format) const ACTOR_TEXTS: [&str; 2] = ["kind", "note"];

/// The keys of a tie that hold texts, or the number of reports.
pub(in crate::format) const TIE_TEXTS: [&str; 18] = [
    "relation",
    "when",
    "start",
    "end",
    "attested",
    "status",
    "event",
    "source_for",
    "target_for",
    "via",
    "place",
    "level",
    "trend",
    "mode",
    "count",
    "according_to",
    "about",
    "note",
];

/// What the texts of an actor are, in the order of their keys.
pub(super) fn actor_texts(actor: &Actor) -> [Option<Cow<'_, str>>; ACTOR_TEXTS.len()] {
    [actor.kind.map(|kind| Cow::Borrowed(kind.as_str())), actor.note.as_deref().map(Cow::Borrowed)]
}

/// What the texts of a tie are, in the order of their keys; dates and status only where there is one claim.
pub(super) fn tie_texts(tie: &Tie) -> [Option<Cow<'_, str>>; TIE_TEXTS.len()] {
    let claim = match tie.claims() {
        [claim] => Some(claim),
        _ => None,
    };
    let date = |date: Option<&'_ crate::date::Date>| date.map(|date| Cow::Owned(date.as_str().to_owned()));
    let dating = claim.map(|claim| &claim.dating);
    let status = claim.map(|claim| claim.status).filter(|status| *status != crate::date::Status::Asserted);
    let id = |id: &'_ Option<crate::model::ActorId>| id.as_ref().map(|id| Cow::Owned(id.as_str().to_owned()));
    [
        Some(Cow::Borrowed(tie.relation.as_str())),
        date(dating.and_then(crate::date::Dating::when)),
        date(dating.and_then(crate::date::Dating::start)),
        date(dating.and_then(crate::date::Dating::end)),
        date(dating.and_then(crate::date::Dating::attested)),
        status.map(|status| Cow::Borrowed(status.as_str())),
        tie.event.as_deref().map(Cow::Borrowed),
        id(&tie.source_for),
        id(&tie.target_for),
        id(&tie.via),
        id(&tie.place),
        tie.level.as_deref().map(Cow::Borrowed),
        tie.trend.as_deref().map(Cow::Borrowed),
        tie.mode.as_deref().map(Cow::Borrowed),
        tie.count.map(|count| Cow::Owned(count.to_string())),
        id(&tie.according_to),
        tie.about.as_deref().map(Cow::Borrowed),
        tie.note.as_deref().map(Cow::Borrowed),
    ]
}

/// A JSON object that is written field by field.
#[derive(Default)]
pub(super) struct Rest(Vec<u8>);

impl Rest {
    /// Adds a field.
    pub(super) fn put(&mut self, key: &str, value: &(impl Serialize + ?Sized)) {
        self.0.push(if self.0.is_empty() { b'{' } else { b',' });
        serde_json::to_writer(&mut self.0, key).expect("memory takes it");
        self.0.push(b':');
        serde_json::to_writer(&mut self.0, value).expect("records have string keys and finite numbers");
    }

    /// Adds what is cited.
    pub(super) fn cites(&mut self, cites: &[Citation]) {
        self.put_list("cites", cites);
    }

    fn put_list<T: Serialize>(&mut self, key: &str, list: &[T]) {
        if !list.is_empty() {
            self.put(key, list);
        }
    }

    /// What an actor says that is neither a text nor a free attribute.
    pub(super) fn actor(&mut self, actor: &Actor) {
        self.put_list("names", &actor.names);
        if !actor.codes.is_empty() {
            self.put("codes", &actor.codes);
        }
        self.put_list("existence", &actor.existence);
        self.put_list("cites", &actor.cites);
        if actor.same_day {
            self.put("same_day", &true);
        }
        for (key, id) in [("organ_of", &actor.organ_of), ("citizen_of", &actor.citizen_of)] {
            if let Some(id) = id {
                self.put(key, id.as_str());
            }
        }
    }

    /// What a tie says that is neither a text nor a free attribute.
    pub(super) fn tie(&mut self, tie: &Tie) {
        match tie.claims() {
            [claim] => self.put_list("cites", &claim.cites),
            claims => self.put("claims", claims),
        }
        if let Some(role) = &tie.role {
            self.put("role", role);
        }
        self.put_list("quantity", &tie.quantity);
    }

    /// Free attributes that have no column.
    pub(super) fn attributes(&mut self, attributes: &Map<String, Value>) {
        if !attributes.is_empty() {
            self.put("attributes", attributes);
        }
    }

    /// The object, if it has a field; characters that XML does not have are escaped.
    pub(super) fn finish(mut self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        self.0.push(b'}');
        let text = String::from_utf8(self.0).expect("JSON is text");
        Some(if xml::is_legal(&text) { text } else { xml::escaped_json(&text) })
    }
}

/// What is said of a whole file, with texts that have no other place, as JSON in XML; nothing if nothing is said.
pub(super) fn head_text(head: &Head<'_>, texts: &[(&str, &str)]) -> io::Result<Option<String>> {
    let head = json(head)?;
    let mut fields = Vec::with_capacity(texts.len() + 1);
    for (key, value) in texts {
        fields.push(format!("{}: {}", json(key)?, json(value)?));
    }
    fields.extend((head != "{}").then(|| head[1..head.len() - 1].to_owned()));
    let text = format!("{{{}}}", fields.join(", "));
    Ok((text != "{}").then(|| xml::escaped_json(&text)))
}

/// Whether a free attribute may stand beside the keys of a record: none of ours or of the forms' has its name.
pub(super) fn may_stand_alone(name: &str) -> bool {
    const TAKEN: [&str; 22] = [
        REST,
        "label",
        "name",
        "value",
        "key",
        "parent",
        "metadata",
        "data",
        "type",
        "directed",
        "group",
        "classes",
        "position",
        "spells",
        "hyperedges",
        "generator",
        "x",
        "y",
        "for",
        "pid",
        "open",
        "viz",
    ];
    !name.trim().is_empty()
        && !name.chars().any(char::is_control)
        && xml::is_legal(name)
        && !TAKEN.contains(&name)
        && !ActorRecord::KEYS.contains(&name)
        && !TieRecord::KEYS.contains(&name)
}

/// What a node is called: the name that answers show if the record has it, else its first name, else its id.
pub(super) fn label<'r>(dataset: &'r Dataset, actor: &'r Actor) -> &'r str {
    let shown = dataset.actors().find(actor.id.as_str()).map(|row| dataset.actors().label(row));
    let own = |text: &&str| actor.names.iter().any(|name| name.text == *text) && xml::is_legal(text);
    let first = actor.names.first().map(|name| name.text.as_str()).filter(|text| xml::is_legal(text));
    shown.filter(own).or(first).unwrap_or(actor.id.as_str())
}
