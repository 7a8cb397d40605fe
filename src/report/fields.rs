//! The fields of a record as lines that people read, none left out.

use serde_json::{Map, Value};

use super::{
    sources::Sources,
    view::{TieView, dating_text},
};
use crate::{
    dataset::{Dataset, DayBounds, TieIndex},
    date::{Day, Status},
    model::{Actor, Citation, Claim, Name, Quantity, Reference, Relation, Role, Tie},
};

/// A field: its name, its value, and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) text: String,
    pub(super) under: Vec<String>,
}

impl Field {
    pub(super) fn new(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, text: text.into(), under: Vec::new() }
    }

    pub(super) fn under(mut self, lines: Vec<String>) -> Self {
        self.under = lines;
        self
    }

    /// All its lines.
    pub(super) fn lines(&self) -> Vec<String> {
        if self.text.is_empty() && !self.under.is_empty() {
            return vec![format!("{}: {}", self.name, self.under.join(" · "))];
        }
        std::iter::once(self.line()).chain(self.under.clone()).collect()
    }

    pub(super) fn line(&self) -> String {
        if self.text.is_empty() { format!("{}:", self.name) } else { format!("{}: {}", self.name, self.text) }
    }
}

pub(super) fn of_actor(dataset: &Dataset, actor: &Actor, sources: &mut Sources) -> Vec<Field> {
    let mut fields = Vec::new();
    if let Some(kind) = actor.kind {
        fields.push(Field::new("kind", kind.as_str()));
    }
    if !actor.names.is_empty() {
        fields.push(Field::new("names", "").under(actor.names.iter().map(name_line).collect()));
    }
    let codes: Vec<String> = actor
        .codes
        .iter()
        .flat_map(|(scheme, codes)| codes.iter().map(move |code| format!("{scheme}:{code}")))
        .collect();
    optional(&mut fields, "codes", (!codes.is_empty()).then(|| codes.join(" ")));
    let existence: Vec<String> = actor.existence.iter().map(ToString::to_string).collect();
    optional(&mut fields, "existence", (!existence.is_empty()).then(|| existence.join("; ")));
    if actor.same_day {
        fields.push(Field::new("same day", "its ties share a day"));
    }
    for (name, of) in [("organ of", &actor.organ_of), ("citizens of", &actor.citizen_of)] {
        optional(&mut fields, name, of.as_ref().map(ToString::to_string));
    }
    cites(&mut fields, dataset, &actor.cites, sources);
    optional(&mut fields, "note", actor.note.clone());
    attributes(&mut fields, &actor.attributes);
    fields
}

fn name_line(name: &Name) -> String {
    let mut about: Vec<String> = Vec::new();
    about.extend(name.lang.clone());
    about.extend(name.usage.map(|usage| usage.as_str().to_owned()));
    about.extend(name.when.as_ref().map(ToString::to_string));
    if name.preferred {
        about.push("preferred".to_owned());
    }
    if about.is_empty() { name.text.clone() } else { format!("{} ({})", name.text, about.join(", ")) }
}

pub(super) fn of_tie(
    dataset: &Dataset,
    index: TieIndex,
    tie: &Tie,
    view: &TieView,
    sources: &mut Sources,
) -> Vec<Field> {
    let actor = |id: &str| match dataset.actors().find(id) {
        Some(actor) => format!("{} ({id})", dataset.actors().label(actor)),
        None => id.to_owned(),
    };
    let optional_actor = |id: &Option<crate::model::ActorId>| id.as_ref().map(|id| actor(id.as_str()));
    let mut fields = vec![
        Field::new("source", actor(tie.source.as_str())),
        Field::new(
            "relation",
            format!("{} ({}, {})", tie.relation, view.channel.as_str(), view.polarity.as_str()),
        ),
        Field::new("target", actor(tie.target.as_str())),
    ];
    optional(&mut fields, "event", tie.event.as_deref().map(actor));
    optional(&mut fields, "source acts for", optional_actor(&tie.source_for));
    optional(&mut fields, "target acts for", optional_actor(&tie.target_for));
    optional(&mut fields, "via", optional_actor(&tie.via));
    optional(&mut fields, "place", optional_actor(&tie.place));
    optional(&mut fields, "role", tie.role.as_ref().map(role_text));
    optional(&mut fields, "level", tie.level.clone());
    optional(&mut fields, "trend", tie.trend.clone());
    optional(&mut fields, "mode", tie.mode.clone());
    optional(&mut fields, "quantity", quantity_text(&tie.quantity));
    optional(&mut fields, "reports", tie.count.map(|count| count.to_string()));
    optional(&mut fields, "according to", optional_actor(&tie.according_to));
    optional(&mut fields, "about", tie.about.as_deref().map(actor));
    for (claim, (_, bounds, _)) in tie.claims().iter().zip(dataset.ties().claims(index)) {
        let mut text = vec![match dating_text(&claim.dating) {
            empty if empty.is_empty() => "no date".to_owned(),
            date => date,
        }];
        text.push(claim.status.as_str().to_owned());
        let mut under: Vec<String> = claim_lines(claim, &optional_actor);
        under.extend(bounds.iter().map(days_line));
        under.extend(claim.cites.iter().flat_map(|cite| cite_lines(dataset, cite, sources)));
        let name = if tie.claims().len() > 1 { "claim" } else { "date" };
        fields.push(Field::new(name, text.join(", ")).under(under));
    }
    if tie.claims().iter().all(|claim| claim.status != Status::Asserted) || tie.claims().len() > 1 {
        fields.push(Field::new("all claims together", format!("{} in force at some time", view.certainty)));
    }
    optional(&mut fields, "note", tie.note.clone());
    attributes(&mut fields, &tie.attributes);
    fields
}

fn claim_lines(
    claim: &Claim,
    actor: &impl Fn(&Option<crate::model::ActorId>) -> Option<String>,
) -> Vec<String> {
    [
        ("via", actor(&claim.via)),
        ("place", actor(&claim.place)),
        ("role", claim.role.as_ref().map(role_text)),
        ("level", claim.level.clone()),
        ("quantity", quantity_text(&claim.quantity)),
        ("according to", actor(&claim.according_to)),
        ("note", claim.note.clone()),
    ]
    .into_iter()
    .filter_map(|(name, text)| Some(format!("{name}: {}", text?)))
    .collect()
}

/// What days a date allows, in words.
fn days_line((bounds, doubtful): &DayBounds) -> String {
    let range = |first: Day, last: Day| match (first.is_bounded(), last.is_bounded()) {
        (true, true) if first == last => format!("on {first}"),
        (true, true) => format!("between {first} and {last}"),
        (true, false) => format!("on or after {first}"),
        (false, true) => format!("by {last}"),
        (false, false) => "on a day that is not known".to_owned(),
    };
    let (starts, ends) = (range(bounds.start_min, bounds.start_max), range(bounds.end_min, bounds.end_max));
    let doubt = if *doubtful { " (uncertain)" } else { "" };
    if starts == ends {
        return format!("{starts}{doubt}");
    }
    // What has no last day may well be in force still: nobody says that it ended.
    let lasts = if bounds.end_max.is_bounded() {
        format!("ended {ends}")
    } else if bounds.end_min.is_bounded() {
        format!("is known to last until {} at least", bounds.end_min)
    } else {
        "its end not known".to_owned()
    };
    format!("began {starts}, {lasts}{doubt}")
}

fn role_text(role: &Role) -> String {
    match (&role.label, &role.code) {
        (Some(label), Some(code)) => format!("{label} ({code})"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    }
}

fn quantity_text(quantities: &[Quantity]) -> Option<String> {
    let text = |quantity: &Quantity| {
        let about = if quantity.approximate { "about " } else { "" };
        let per = quantity.per.as_ref().map(|per| format!(" per {per}")).unwrap_or_default();
        format!("{about}{} {}{per}", quantity.value, quantity.unit)
    };
    (!quantities.is_empty()).then(|| quantities.iter().map(text).collect::<Vec<_>>().join("; "))
}

/// A citation: number, locator and way, then quote and translation.
fn cite_lines(dataset: &Dataset, cite: &Citation, sources: &mut Sources) -> Vec<String> {
    let mark = match dataset.find_reference(cite.reference.as_str()) {
        Some(reference) => format!("[{}]", sources.number(reference)),
        None => cite.reference.to_string(),
    };
    let mut line = format!("{mark} {}", cite.reference);
    if let Some(locator) = &cite.locator {
        line.push_str(&format!(", {locator}"));
    }
    if let Some(known) = &cite.cited_in {
        line.push_str(&format!(", cited in {known}"));
    }
    if let Some(note) = &cite.note {
        line.push_str(&format!(" ({note})"));
    }
    let quote = cite.quote.as_ref().map(|quote| format!("“{quote}”"));
    let translation = cite.translation.as_ref().map(|words| format!("in English: “{words}”"));
    [Some(line), quote, translation].into_iter().flatten().collect()
}

pub(super) fn of_reference(reference: &Reference) -> Vec<Field> {
    let lines = reference
        .item()
        .iter()
        .filter(|(key, _)| *key != "id")
        .map(|(key, value)| format!("{key}: {}", plain(value)));
    let mut fields = vec![Field::new("item", "").under(lines.collect())];
    let known = reference.known_until().map(|day| day.to_string());
    optional(&mut fields, "can vouch for what it says up to", known);
    fields
}

pub(super) fn of_relation(relation: &Relation) -> Vec<Field> {
    let labels = relation.labels.iter().map(|(lang, label)| format!("{lang}: {label}"));
    let duration = if relation.lasting { "lasting" } else { "instant" };
    let symmetric = if relation.symmetric { "both ends alike" } else { "from source to target" };
    let mut fields = vec![
        Field::new("labels", "").under(labels.collect()),
        Field::new("channel", relation.channel.as_str()),
        Field::new("duration", duration),
        Field::new("direction", symmetric),
        Field::new("polarity", relation.polarity.as_str()),
    ];
    let words = |words: &[String]| (!words.is_empty()).then(|| words.join(", "));
    let kinds = |kinds: &[crate::model::ActorKind]| {
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
        (!kinds.is_empty()).then(|| kinds.join(", "))
    };
    optional(&mut fields, "CAMEO", words(&relation.cameo));
    let plover = relation.plover.iter().chain(&relation.mode).cloned().collect::<Vec<_>>();
    optional(&mut fields, "PLOVER", (!plover.is_empty()).then(|| plover.join(", ")));
    optional(&mut fields, "quad class", relation.quad.map(|quad| quad.to_string()));
    optional(&mut fields, "Goldstein weight", relation.goldstein.map(|weight| weight.to_string()));
    optional(&mut fields, "usual sources", kinds(&relation.source_kinds));
    optional(&mut fields, "usual targets", kinds(&relation.target_kinds));
    optional(&mut fields, "levels", words(&relation.levels));
    optional(&mut fields, "trends", words(&relation.trends));
    optional(&mut fields, "modes", words(&relation.modes));
    optional(&mut fields, "begins", relation.starts.as_ref().map(ToString::to_string));
    optional(&mut fields, "ends", relation.ends.as_ref().map(ToString::to_string));
    let sentences: Vec<String> =
        relation.sentences.iter().map(|(lang, text)| format!("{lang}: {text}")).collect();
    if !sentences.is_empty() {
        fields.push(Field::new("sentences", "").under(sentences));
    }
    fields
}

fn optional(fields: &mut Vec<Field>, name: &'static str, text: Option<String>) {
    fields.extend(text.map(|text| Field::new(name, text)));
}

fn cites(fields: &mut Vec<Field>, dataset: &Dataset, cites: &[Citation], sources: &mut Sources) {
    if !cites.is_empty() {
        let lines = cites.iter().flat_map(|cite| cite_lines(dataset, cite, sources));
        fields.push(Field::new("cites", "").under(lines.collect()));
    }
}

fn attributes(fields: &mut Vec<Field>, attributes: &Map<String, Value>) {
    if !attributes.is_empty() {
        let lines = attributes.iter().map(|(key, value)| format!("{key}: {}", plain(value)));
        fields.push(Field::new("attributes", "").under(lines.collect()));
    }
}

/// A JSON value; texts without their quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
