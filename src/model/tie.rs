//! An edge: one dated link between two actors, with everything its record says.

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value, value::RawValue};

use super::{
    citation::owned,
    claim::{Claim, DateFields, OneOrList, Quantity, Role, actor_id, cites, quantities, role, status},
    fault::{Fault, Fix, Step, nearest, single_slip},
    id::{ActorId, RelationId, TieId},
    record::{IdText, Text, TieRecord},
    vocabulary::RELATED,
};

/// One dated link between two actors.
///
/// A tie is rich and owned: it is made from a record when it is shown or written. Analysis reads the
/// columns of the dataset instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// Its id, when the file gives one; without it the dataset names the tie by its content.
    pub id: Option<TieId>,
    /// The actor that acts.
    pub source: ActorId,
    /// The actor that is acted on.
    pub target: ActorId,
    /// What kind of tie it is.
    pub relation: RelationId,
    claims: Vec<Claim>,
    /// The happening that it is part of: the id of an event, or a bare name.
    pub event: Option<String>,
    /// On whose behalf the source acts.
    pub source_for: Option<ActorId>,
    /// On whose behalf the target is acted on.
    pub target_for: Option<ActorId>,
    /// What it goes through or by.
    pub via: Option<ActorId>,
    /// Where it happened.
    pub place: Option<ActorId>,
    /// The office held.
    pub role: Option<Role>,
    /// The level of a mission, or the warmth of relations.
    pub level: Option<String>,
    /// Whether relations improve or decline.
    pub trend: Option<String>,
    /// How one state takes another's place.
    pub mode: Option<String>,
    /// How much.
    pub quantity: Vec<Quantity>,
    /// How many reports, for machine-coded data.
    pub count: Option<u32>,
    /// The actor who says so.
    pub according_to: Option<ActorId>,
    /// The tie or event that a statement is about.
    pub about: Option<String>,
    /// A remark of the one who recorded it.
    pub note: Option<String>,
    /// Anything else.
    pub attributes: Map<String, Value>,
}

impl Tie {
    /// Checks a tie as it stands in a file, and gathers what is wrong with it.
    ///
    /// Returns a tie unless an end is missing; what is wrong elsewhere is left out of it.
    pub fn from_record(record: &TieRecord<'_>, faults: &mut Vec<Fault>) -> Option<Self> {
        let unknown: Vec<_> =
            record.unknown.iter().filter(|field| !is_networkx_key(field)).cloned().collect();
        unknown_keys("a tie", &unknown, TieRecord::KEYS, faults);
        if record.relation.is_none() {
            faults.push(
                Fault::warning(&[], "the tie has no `relation`")
                    .code("missing-relation")
                    .hint(format!("without one it is read as `{RELATED}`, which says no more than that")),
            );
        }
        let mut id = |text: Option<&IdText<'_>>, key| actor_id(text, key, &[], faults);
        let (source, target) = (id(record.source.as_ref(), "source"), id(record.target.as_ref(), "target"));
        let (source_for, target_for) =
            (id(record.source_for.as_ref(), "source_for"), id(record.target_for.as_ref(), "target_for"));
        let (via, place) = (id(record.via.as_ref(), "via"), id(record.place.as_ref(), "place"));
        let according_to = id(record.according_to.as_ref(), "according_to");
        for (end, key) in [(&record.source, "source"), (&record.target, "target")] {
            if end.is_none() {
                faults.push(Fault::error(&[], format!("a tie needs a `{key}`")).code("missing-end"));
            }
        }
        let tie_id = record.id.as_ref().and_then(|text| match text.as_str().parse::<TieId>() {
            Ok(id) => Some(id),
            Err(error) => {
                faults.push(error.fault(text.as_str(), "id", &[]));
                None
            }
        });
        let relation = relation(record.relation.as_ref(), faults);
        Some(Self {
            id: tie_id,
            source: source?,
            target: target?,
            relation,
            claims: claims(record, faults),
            event: owned_id(record.event.as_ref()),
            source_for,
            target_for,
            via,
            place,
            role: role(record.role.as_ref(), &[], faults),
            level: owned(record.level.as_ref()),
            trend: owned(record.trend.as_ref()),
            mode: owned(record.mode.as_ref()),
            quantity: quantities(record.quantity.as_ref(), &[], faults),
            count: record.count,
            according_to,
            about: owned_id(record.about.as_ref()),
            note: owned(record.note.as_ref()),
            attributes: attributes(record.attributes, &unknown, faults),
        })
    }

    /// What references say of it: one claim or several, never none.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// The ids that it names elsewhere than at its ends: happening, principals, means, place, author, and
    /// what it is about. A happening may be a bare name.
    pub fn mentioned(&self) -> impl Iterator<Item = &str> {
        let own = [&self.source_for, &self.target_for, &self.via, &self.place, &self.according_to];
        let claims = self.claims.iter().flat_map(|claim| [&claim.via, &claim.place, &claim.according_to]);
        let texts = [&self.event, &self.about].into_iter().flatten().map(String::as_str);
        own.into_iter().chain(claims).flatten().map(ActorId::as_str).chain(texts)
    }

    /// Adds citations to the claims that have none: a file's default.
    pub fn cite_by_default(&mut self, cites: &[super::Citation]) {
        for claim in &mut self.claims {
            if claim.cites.is_empty() {
                claim.cites = cites.to_vec();
            }
        }
    }
}

fn relation(text: Option<&Text<'_>>, faults: &mut Vec<Fault>) -> RelationId {
    let text = text.map_or(RELATED, Text::as_str);
    text.parse().unwrap_or_else(|error| {
        faults.push(Fault::error(&["relation".into()], format!("`relation`: {error}")).code("bad-id"));
        RELATED.parse().expect("the id of the plain relation is an id")
    })
}

fn claims(record: &TieRecord<'_>, faults: &mut Vec<Fault>) -> Vec<Claim> {
    let Some(records) = &record.claims else {
        return vec![Claim {
            dating: DateFields::of_tie(record).dating(&[], faults),
            status: status(record.status.as_ref(), &[], faults),
            cites: cites(record.cites.as_ref(), &[], faults),
            ..Claim::default()
        }];
    };
    for (given, key) in [
        (record.when.is_some(), "when"),
        (record.start.is_some(), "start"),
        (record.end.is_some(), "end"),
        (record.attested.is_some(), "attested"),
        (record.status.is_some(), "status"),
        (record.cites.is_some(), "cites"),
    ] {
        if given {
            faults.push(
                Fault::error(&[key.into()], format!("`{key}` stands beside `claims`"))
                    .code("beside-claims")
                    .hint("a tie with `claims` has its dates, status and cites in them".to_owned()),
            );
        }
    }
    if records.is_empty() {
        faults.push(Fault::error(&["claims".into()], "`claims` is an empty list").code("empty-claims"));
        return vec![Claim::default()];
    }
    let path = |at: usize| [Step::Key("claims"), Step::Index(at)];
    records.iter().enumerate().map(|(at, record)| Claim::from_record(record, &path(at), faults)).collect()
}

fn owned_id(text: Option<&IdText<'_>>) -> Option<String> {
    text.map(|text| text.as_str().to_owned())
}

/// Warns of keys that an actor or a tie has no place for, with the key that was probably meant.
pub(super) fn unknown_keys(
    what: &str,
    unknown: &Unknown<'_>,
    known: &[&'static str],
    faults: &mut Vec<Fault>,
) {
    for (key, _) in unknown {
        let near = meant(key.as_str(), known);
        let hint = match near {
            Some(near) => {
                format!("did you mean `{near}`? what has no key of its own belongs under `attributes`")
            }
            None => "what has no key of its own belongs under `attributes`".to_owned(),
        };
        faults.push(
            Fault::warning(&unknown_at(&[], key), format!("{what} has no key `{}`", key.as_str()))
                .code("unknown-key")
                .hint(hint)
                .fix(key_fix(key, known)),
        );
    }
}

/// The same inside a record that has no `attributes`: what is unknown there is lost.
pub(super) fn unknown_keys_inside(
    what: &str,
    unknown: &Unknown<'_>,
    known: &[&'static str],
    path: &[Step],
    faults: &mut Vec<Fault>,
) {
    for (key, _) in unknown {
        let hint = match meant(key.as_str(), known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", known.join(", ")),
        };
        let message = format!("{what} has no key `{}`; it is not read", key.as_str());
        faults.push(
            Fault::warning(&unknown_at(path, key), message)
                .code("unknown-key")
                .hint(hint)
                .fix(key_fix(key, known)),
        );
    }
}

/// The key that was probably meant: one that is written almost alike, or that other programs call so.
fn meant(key: &str, known: &[&'static str]) -> Option<&'static str> {
    const OTHER_WORDS: [(&str, &str); 24] = [
        ("date", "when"),
        ("year", "when"),
        ("time", "when"),
        ("day", "when"),
        ("begin", "start"),
        ("from", "source"),
        ("to", "target"),
        ("type", "relation"),
        ("type", "kind"),
        ("category", "kind"),
        ("event_type", "relation"),
        ("label", "names"),
        ("name", "names"),
        ("aliases", "names"),
        ("label", "text"),
        ("language", "lang"),
        ("born", "existence"),
        ("citation", "cites"),
        ("reference", "cites"),
        ("sources", "cites"),
        ("source", "ref"),
        ("page", "locator"),
        ("comment", "note"),
        ("weight", "count"),
    ];
    let word = key.to_lowercase();
    let other = OTHER_WORDS.iter().find(|(other, key)| *other == word && known.contains(key));
    other.map(|(_, key)| *key).or_else(|| nearest(key, known.iter().copied()))
}

fn key_fix(key: &Text<'_>, known: &[&'static str]) -> Option<Fix> {
    single_slip(key.as_str(), known.iter().copied()).map(|near| Fix::Key(near.into()))
}

/// Keys of a record that have no place in it, with their values.
pub(super) type Unknown<'a> = [(Text<'a>, &'a RawValue)];

/// Whether it is the number by which networkx tells parallel edges apart: part of its form, and no news.
fn is_networkx_key((key, value): &(Text<'_>, &RawValue)) -> bool {
    key.as_str() == "key" && value.get().bytes().all(|byte| byte.is_ascii_digit())
}

fn unknown_at(path: &[Step], key: &Text<'_>) -> Vec<Step> {
    [path, &[Step::Unknown(key.as_str().into())]].concat()
}

/// The attributes of a record, and the keys that it has no place for.
pub(super) fn attributes(
    raw: Option<&RawValue>,
    unknown: &[(Text<'_>, &RawValue)],
    faults: &mut Vec<Fault>,
) -> Map<String, Value> {
    let mut attributes = match raw.map(|raw| serde_json::from_str::<Value>(raw.get())) {
        Some(Ok(Value::Object(attributes))) => attributes,
        None | Some(Ok(Value::Null)) => Map::new(),
        Some(Ok(_) | Err(_)) => {
            faults.push(
                Fault::error(&["attributes".into()], "`attributes` must be an object `{…}`")
                    .code("bad-attributes"),
            );
            Map::new()
        }
    };
    for (key, value) in unknown {
        if let Ok(value) = serde_json::from_str(value.get()) {
            attributes.entry(key.as_str()).or_insert(value);
        }
    }
    attributes
}

impl Serialize for Tie {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(id) = &self.id {
            map.serialize_entry("id", id)?;
        }
        map.serialize_entry("source", &self.source)?;
        map.serialize_entry("target", &self.target)?;
        map.serialize_entry("relation", &self.relation)?;
        match self.claims.as_slice() {
            [claim] => claim.write(&mut map)?,
            claims => map.serialize_entry("claims", claims)?,
        }
        let texts = [("event", &self.event)];
        let ids = [
            ("source_for", &self.source_for),
            ("target_for", &self.target_for),
            ("via", &self.via),
            ("place", &self.place),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                map.serialize_entry(key, text)?;
            }
        }
        for (key, id) in ids {
            if let Some(id) = id {
                map.serialize_entry(key, id)?;
            }
        }
        if let Some(role) = &self.role {
            map.serialize_entry("role", role)?;
        }
        for (key, text) in [("level", &self.level), ("trend", &self.trend), ("mode", &self.mode)] {
            if let Some(text) = text {
                map.serialize_entry(key, text)?;
            }
        }
        if !self.quantity.is_empty() {
            map.serialize_entry("quantity", &OneOrList(&self.quantity))?;
        }
        if let Some(count) = self.count {
            map.serialize_entry("count", &count)?;
        }
        if let Some(id) = &self.according_to {
            map.serialize_entry("according_to", id)?;
        }
        if let Some(about) = &self.about {
            map.serialize_entry("about", about)?;
        }
        if let [claim] = self.claims.as_slice()
            && !claim.cites.is_empty()
        {
            map.serialize_entry("cites", &claim.cites)?;
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
