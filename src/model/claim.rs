//! What one reference says of a tie: when, and how surely.
//!
//! A claim is not a tie. Two books may date one embassy differently; both claims stand, and the tie
//! answers with what they allow together.

use serde::Serialize;

use super::{
    citation::{Citation, owned},
    fault::{Fault, Fix, Step, nearest, single_slip},
    id::{ActorId, IdError},
    record::{ClaimRecord, IdText, OneOrMany, QuantityRecord, RoleRecord, Text, TieRecord},
    tie::unknown_keys_inside,
};
use crate::date::{Date, Dating, Status};

/// An office: a code, the office's own title, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Role {
    /// A code such as `foreign-minister`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The office's own title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// How much of what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quantity {
    /// The number; finite.
    pub value: f64,
    /// Of what: `horse`, `USD`, `person`.
    pub unit: String,
    /// In what time: `month`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// Whether the number is only about right.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
}

/// What one or more references say of a tie.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    /// When.
    pub dating: Dating,
    /// How surely.
    pub status: Status,
    /// Where it is said.
    pub cites: Vec<Citation>,
    /// What the tie goes through, if claims differ in it.
    pub via: Option<ActorId>,
    /// Where it happened, if claims differ in it.
    pub place: Option<ActorId>,
    /// The office, if claims differ in it.
    pub role: Option<Role>,
    /// The level, if claims differ in it.
    pub level: Option<String>,
    /// How much, if claims differ in it.
    pub quantity: Vec<Quantity>,
    /// The actor who says so, if claims differ in it.
    pub according_to: Option<ActorId>,
    /// A remark on this claim.
    pub note: Option<String>,
}

/// The date fields of a record, wherever they stand.
#[derive(Clone, Copy)]
pub(crate) struct DateFields<'r, 'a> {
    pub(crate) when: Option<&'r Text<'a>>,
    pub(crate) start: Option<&'r Text<'a>>,
    pub(crate) end: Option<&'r Text<'a>>,
    pub(crate) attested: Option<&'r Text<'a>>,
}

impl<'r, 'a> DateFields<'r, 'a> {
    pub(crate) fn of_tie(record: &'r TieRecord<'a>) -> Self {
        Self {
            when: record.when.as_ref(),
            start: record.start.as_ref(),
            end: record.end.as_ref(),
            attested: record.attested.as_ref(),
        }
    }

    pub(crate) fn of_claim(record: &'r ClaimRecord<'a>) -> Self {
        Self {
            when: record.when.as_ref(),
            start: record.start.as_ref(),
            end: record.end.as_ref(),
            attested: record.attested.as_ref(),
        }
    }

    /// The dating that the fields give together; what is wrong goes to `faults`.
    pub(crate) fn dating(self, path: &[Step], faults: &mut Vec<Fault>) -> Dating {
        let mut read = |key: &'static str, text: Option<&Text<'_>>| -> Option<Date> {
            let text = text?.as_str();
            match text.parse() {
                Ok(date) => Some(date),
                Err(error) => {
                    let error: crate::date::DateError = error;
                    let at = [path, &[Step::Key(key)]].concat();
                    faults.push(
                        Fault::error(&at, format!("`{key}`: {error}"))
                            .code("bad-date")
                            .hint(error.hint().map(str::to_owned))
                            .fix(date_fix(&error)),
                    );
                    None
                }
            }
        };
        let (when, start, end, attested) = (
            read("when", self.when),
            read("start", self.start),
            read("end", self.end),
            read("attested", self.attested),
        );
        let key = if when.is_some() && (start.is_some() || end.is_some()) { "when" } else { "end" };
        match Dating::new(when, start, end, attested) {
            Ok(dating) => dating,
            Err(error) => {
                let at = [path, &[Step::Key(key)]].concat();
                faults.push(Fault::error(&at, error.to_string()).code("bad-dating"));
                Dating::default()
            }
        }
    }
}

/// The status that a field gives; asserted when there is none.
pub(crate) fn status(text: Option<&Text<'_>>, path: &[Step], faults: &mut Vec<Fault>) -> Status {
    let Some(text) = text else { return Status::Asserted };
    text.as_str().parse().unwrap_or_else(|_| {
        let known = ["asserted", "alleged", "disputed", "hypothetical", "refuted", "absent"];
        let hint = match nearest(text.as_str(), known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("statuses are {}", known.join(", ")),
        };
        let at = [path, &[Step::Key("status")]].concat();
        faults.push(
            Fault::error(&at, format!("no status `{}`", text.as_str()))
                .code("unknown-status")
                .hint(hint)
                .fix(word_fix(text.as_str(), known)),
        );
        Status::Asserted
    })
}

/// The date that was meant, if the text can mean one only.
pub(super) fn date_fix(error: &crate::date::DateError) -> Option<Fix> {
    match error.meant() {
        [date] => Some(Fix::Value(date.as_str().into())),
        [] | [_, _, ..] => None,
    }
}

/// The word that was meant, if one only is a single slip away.
pub(super) fn word_fix<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<Fix> {
    single_slip(word, known).map(|near| Fix::Value(near.into()))
}

pub(super) fn cites(
    records: Option<&Vec<super::record::CitationRecord<'_>>>,
    path: &[Step],
    faults: &mut Vec<Fault>,
) -> Vec<Citation> {
    let mut cites = Vec::new();
    for (at, record) in records.into_iter().flatten().enumerate() {
        cites.extend(Citation::from_record(record, &[path, &["cites".into(), at.into()]].concat(), faults));
    }
    cites
}

pub(super) fn actor_id(
    text: Option<&IdText<'_>>,
    key: &'static str,
    path: &[Step],
    faults: &mut Vec<Fault>,
) -> Option<ActorId> {
    let text = text?;
    match text.as_str().parse() {
        Ok(id) => Some(id),
        Err(error) => {
            let error: IdError = error;
            faults.push(error.fault(text.as_str(), key, path));
            None
        }
    }
}

pub(super) fn role(record: Option<&RoleRecord<'_>>, path: &[Step], faults: &mut Vec<Fault>) -> Option<Role> {
    let record = record?;
    let at = [path, &["role".into()]].concat();
    unknown_keys_inside("a role", &record.unknown, RoleRecord::KEYS, &at, faults);
    let role = Role { code: owned(record.code.as_ref()), label: owned(record.label.as_ref()) };
    if role.code.is_none() && role.label.is_none() {
        faults.push(Fault::error(&at, "a role needs a `code` or a `label`").code("incomplete-role"));
        return None;
    }
    Some(role)
}

pub(super) fn quantities(
    records: Option<&OneOrMany<QuantityRecord<'_>>>,
    path: &[Step],
    faults: &mut Vec<Fault>,
) -> Vec<Quantity> {
    let mut quantities = Vec::new();
    for record in records.into_iter().flat_map(|list| &list.0) {
        let at = [path, &["quantity".into()]].concat();
        unknown_keys_inside("a quantity", &record.unknown, QuantityRecord::KEYS, &at, faults);
        match (record.value, &record.unit) {
            (Some(value), Some(unit)) => quantities.push(Quantity {
                value,
                unit: unit.as_str().to_owned(),
                per: owned(record.per.as_ref()),
                approximate: record.approximate.unwrap_or(false),
            }),
            (None, _) | (_, None) => {
                faults.push(
                    Fault::error(&at, "a quantity needs a `value` and a `unit`")
                        .code("incomplete-quantity")
                        .hint(
                            "for example {\"value\": 10000, \"unit\": \"horse\", \"approximate\": true}"
                                .to_owned(),
                        ),
                );
            }
        }
    }
    quantities
}

impl Claim {
    /// Checks a claim as it stands in a file; `path` leads to it in its record.
    pub(super) fn from_record(record: &ClaimRecord<'_>, path: &[Step], faults: &mut Vec<Fault>) -> Self {
        unknown_keys_inside("a claim", &record.unknown, ClaimRecord::KEYS, path, faults);
        Self {
            dating: DateFields::of_claim(record).dating(path, faults),
            status: status(record.status.as_ref(), path, faults),
            cites: cites(record.cites.as_ref(), path, faults),
            via: actor_id(record.via.as_ref(), "via", path, faults),
            place: actor_id(record.place.as_ref(), "place", path, faults),
            role: role(record.role.as_ref(), path, faults),
            level: owned(record.level.as_ref()),
            quantity: quantities(record.quantity.as_ref(), path, faults),
            according_to: actor_id(record.according_to.as_ref(), "according_to", path, faults),
            note: owned(record.note.as_ref()),
        }
    }

    /// Writes the claim's own fields into an object.
    pub(super) fn write<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let dates = [
            ("when", self.dating.when()),
            ("start", self.dating.start()),
            ("end", self.dating.end()),
            ("attested", self.dating.attested()),
        ];
        for (key, date) in dates {
            if let Some(date) = date {
                map.serialize_entry(key, date)?;
            }
        }
        if self.status != Status::Asserted {
            map.serialize_entry("status", &self.status)?;
        }
        Ok(())
    }
}

impl Serialize for Claim {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        self.write(&mut map)?;
        for (key, id) in [("via", &self.via), ("place", &self.place)] {
            if let Some(id) = id {
                map.serialize_entry(key, id)?;
            }
        }
        if let Some(role) = &self.role {
            map.serialize_entry("role", role)?;
        }
        if let Some(level) = &self.level {
            map.serialize_entry("level", level)?;
        }
        if !self.quantity.is_empty() {
            map.serialize_entry("quantity", &OneOrList(&self.quantity))?;
        }
        if let Some(id) = &self.according_to {
            map.serialize_entry("according_to", id)?;
        }
        if !self.cites.is_empty() {
            map.serialize_entry("cites", &self.cites)?;
        }
        if let Some(note) = &self.note {
            map.serialize_entry("note", note)?;
        }
        map.end()
    }
}

/// A list that is written as its one value when it has one.
pub(super) struct OneOrList<'a, T>(pub(super) &'a [T]);

impl<T: Serialize> Serialize for OneOrList<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            [one] => one.serialize(serializer),
            list => list.serialize(serializer),
        }
    }
}
