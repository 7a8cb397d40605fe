//! A record from flags: what they say, as the JSON that a file would hold.

use clap::Args;
use serde_json::{Map, Value, json};

use chancery::{dataset::Dataset, date::Date, format::native::edit::What};

use super::super::{failure::Failure, names};

/// The fields of a record, as flags.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Flags {
    /// The actor that acts, by any of its names
    #[arg(long, value_name = "ACTOR", help_heading = "Tie")]
    source: Option<String>,
    /// The actor that is acted on
    #[arg(long, value_name = "ACTOR", help_heading = "Tie")]
    target: Option<String>,
    /// The kind of tie: visit, mission, … (`chancery show RELATION` tells of one)
    #[arg(long, value_name = "RELATION", help_heading = "Tie")]
    relation: Option<String>,
    /// When (EDTF: 1999-05, 1985~, 1990/..)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help_heading = "Tie")]
    when: Option<String>,
    /// When it began, where an interval cannot say it
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help_heading = "Tie")]
    start: Option<String>,
    /// When it ended
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help_heading = "Tie")]
    end: Option<String>,
    /// Days on which it was in force, its ends unknown
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help_heading = "Tie")]
    attested: Option<String>,
    /// asserted, alleged, disputed, hypothetical, refuted, absent
    #[arg(long, value_name = "STATUS", help_heading = "Tie")]
    status: Option<String>,
    /// The happening that it is part of: an event or a bare name
    #[arg(long, value_name = "EVENT", help_heading = "Tie")]
    event: Option<String>,
    /// On whose behalf the source acts
    #[arg(long, value_name = "ACTOR", help_heading = "Tie")]
    source_for: Option<String>,
    /// On whose behalf the target is acted on
    #[arg(long, value_name = "ACTOR", help_heading = "Tie")]
    target_for: Option<String>,
    /// What it goes through or by
    #[arg(long, value_name = "ACTOR", help_heading = "Tie")]
    via: Option<String>,
    /// Where it happened
    #[arg(long, value_name = "ACTOR", help_heading = "Tie")]
    place: Option<String>,
    /// The office held: a code (foreign-minister), or the title in its own words
    #[arg(long, value_name = "OFFICE", help_heading = "Tie")]
    role: Option<String>,
    /// The level of a mission, or the warmth of relations
    #[arg(long, value_name = "LEVEL", help_heading = "Tie")]
    level: Option<String>,
    /// How much: "10000 horse"
    #[arg(long, value_name = "NUMBER UNIT", help_heading = "Tie")]
    quantity: Option<String>,
    /// The actor who says so
    #[arg(long, value_name = "ACTOR", help_heading = "Tie")]
    according_to: Option<String>,
    /// The tie or event that a statement is about
    #[arg(long, value_name = "ID", help_heading = "Tie")]
    about: Option<String>,
    /// A reference that says so; may be given several times
    #[arg(long, value_name = "REFERENCE", help_heading = "Tie or actor")]
    cite: Vec<String>,
    /// Page, section or row in the reference: the first for the first --cite, and so on
    #[arg(long, value_name = "TEXT", help_heading = "Tie or actor")]
    locator: Vec<String>,
    /// The words of the reference
    #[arg(long, value_name = "TEXT", help_heading = "Tie or actor")]
    quote: Vec<String>,
    /// country, territory, institution, person, group, place, event, treaty, bloc, object
    #[arg(long, value_name = "KIND", help_heading = "Actor")]
    kind: Option<String>,
    /// A name with its language: en:"South Korea", zh-Hant:南韓; may be given several times
    #[arg(long, value_name = "LANG:NAME", help_heading = "Actor")]
    name: Vec<String>,
    /// A code in its scheme: iso3:KOR; may be given several times
    #[arg(long, value_name = "SCHEME:CODE", help_heading = "Actor")]
    code: Vec<String>,
    /// When it existed (EDTF: 1948-08-15/..); may be given several times
    #[arg(long, value_name = "DATE", help_heading = "Actor")]
    existence: Vec<String>,
    /// The CSL type: book, article-journal, webpage, …
    #[arg(long = "type", value_name = "TYPE", help_heading = "Reference")]
    kind_of_document: Option<String>,
    /// The title
    #[arg(long, value_name = "TEXT", help_heading = "Reference")]
    title: Option<String>,
    /// Who wrote it: "Family, Given", or an institution; may be given several times
    #[arg(long, value_name = "NAME", help_heading = "Reference")]
    author: Vec<String>,
    /// When it was issued: 2001, 2001-05, 2001-05-03
    #[arg(long, value_name = "DATE", help_heading = "Reference")]
    issued: Option<String>,
    /// When it was opened, for pages without a date
    #[arg(long, value_name = "DATE", help_heading = "Reference")]
    accessed: Option<String>,
    /// The journal, newspaper or site
    #[arg(long, value_name = "TEXT", help_heading = "Reference")]
    container: Option<String>,
    /// The publisher
    #[arg(long, value_name = "TEXT", help_heading = "Reference")]
    publisher: Option<String>,
    /// The language, as a BCP 47 tag
    #[arg(long, value_name = "TAG", help_heading = "Reference")]
    language: Option<String>,
    /// The address
    #[arg(long, value_name = "URL", help_heading = "Reference")]
    url: Option<String>,
    /// The DOI
    #[arg(long, value_name = "DOI", help_heading = "Reference")]
    doi: Option<String>,
    /// A remark
    #[arg(long, value_name = "TEXT", help_heading = "Any record")]
    note: Option<String>,
}

/// A flag's name, whether it is given, and the records that have it.
type Given = (&'static str, bool, &'static [What]);

const TIE: &[What] = &[What::Tie];
const ACTOR: &[What] = &[What::Actor];
const REFERENCE: &[What] = &[What::Reference];
const CITING: &[What] = &[What::Tie, What::Actor];
const ALL: &[What] = &What::ALL;

impl Flags {
    fn given(&self) -> [Given; 33] {
        [
            ("source", self.source.is_some(), TIE),
            ("target", self.target.is_some(), TIE),
            ("relation", self.relation.is_some(), TIE),
            ("when", self.when.is_some(), TIE),
            ("start", self.start.is_some(), TIE),
            ("end", self.end.is_some(), TIE),
            ("attested", self.attested.is_some(), TIE),
            ("status", self.status.is_some(), TIE),
            ("event", self.event.is_some(), TIE),
            ("source-for", self.source_for.is_some(), TIE),
            ("target-for", self.target_for.is_some(), TIE),
            ("via", self.via.is_some(), TIE),
            ("place", self.place.is_some(), TIE),
            ("role", self.role.is_some(), TIE),
            ("level", self.level.is_some(), TIE),
            ("quantity", self.quantity.is_some(), TIE),
            ("according-to", self.according_to.is_some(), TIE),
            ("about", self.about.is_some(), TIE),
            ("cite", !self.cite.is_empty(), CITING),
            ("locator", !self.locator.is_empty(), CITING),
            ("quote", !self.quote.is_empty(), CITING),
            ("kind", self.kind.is_some(), ACTOR),
            ("name", !self.name.is_empty(), ACTOR),
            ("code", !self.code.is_empty(), ACTOR),
            ("existence", !self.existence.is_empty(), ACTOR),
            ("type", self.kind_of_document.is_some(), REFERENCE),
            ("title", self.title.is_some(), REFERENCE),
            ("author", !self.author.is_empty(), REFERENCE),
            ("issued", self.issued.is_some() || self.accessed.is_some(), REFERENCE),
            ("container", self.container.is_some() || self.publisher.is_some(), REFERENCE),
            ("language", self.language.is_some(), REFERENCE),
            ("url", self.url.is_some() || self.doi.is_some(), REFERENCE),
            ("note", self.note.is_some(), ALL),
        ]
    }

    /// Whether no flag is given.
    pub(super) fn is_empty(&self) -> bool {
        self.given().iter().all(|(_, given, _)| !given)
    }

    /// The record as JSON, names of actors turned into ids.
    pub(super) fn record(&self, what: What, id: Option<&str>, dataset: &Dataset) -> Result<Value, Failure> {
        if let Some((flag, ..)) =
            self.given().iter().find(|(_, given, records)| *given && !records.contains(&what))
        {
            return Err(Failure::Usage(format!("--{flag} says nothing of {}", article(what))));
        }
        let mut record = Map::new();
        let mut put =
            |key: &str, value: Option<Value>| drop(value.map(|value| record.insert(key.to_owned(), value)));
        let text = |text: &Option<String>| text.clone().map(Value::String);
        put("id", id.map(|id| Value::String(id.to_owned())));
        put("note", text(&self.note));
        match what {
            What::Tie => {
                for (flag, end) in
                    [("source", &self.source), ("target", &self.target), ("relation", &self.relation)]
                {
                    if end.is_none() {
                        return Err(Failure::Usage(format!("a tie needs --{flag}")));
                    }
                }
                for (key, name) in [
                    ("source", &self.source),
                    ("target", &self.target),
                    ("source_for", &self.source_for),
                    ("target_for", &self.target_for),
                    ("via", &self.via),
                    ("place", &self.place),
                    ("according_to", &self.according_to),
                ] {
                    put(key, name.as_ref().map(|name| actor(dataset, name)).transpose()?);
                }
                for (key, value) in [
                    ("relation", &self.relation),
                    ("when", &self.when),
                    ("start", &self.start),
                    ("end", &self.end),
                    ("attested", &self.attested),
                    ("status", &self.status),
                    ("event", &self.event),
                    ("level", &self.level),
                    ("about", &self.about),
                ] {
                    put(key, text(value));
                }
                put("role", self.role.as_deref().map(role));
                put("quantity", self.quantity.as_deref().map(quantity).transpose()?);
                put("cites", self.cites()?);
            }
            What::Actor => {
                put("kind", text(&self.kind));
                put("names", list(self.name.iter().map(|name| named(name)).collect()));
                put("codes", codes(&self.code)?);
                put("existence", list(self.existence.iter().map(|date| json!(date)).collect()));
                put("cites", self.cites()?);
            }
            What::Reference => {
                for (key, value) in [
                    ("type", &self.kind_of_document),
                    ("title", &self.title),
                    ("container-title", &self.container),
                    ("publisher", &self.publisher),
                    ("language", &self.language),
                    ("URL", &self.url),
                    ("DOI", &self.doi),
                ] {
                    put(key, text(value));
                }
                put("author", list(self.author.iter().map(|name| author(name)).collect()));
                put("issued", self.issued.as_deref().map(|date| csl_date("issued", date)).transpose()?);
                put("accessed", self.accessed.as_deref().map(|date| csl_date("accessed", date)).transpose()?);
            }
        }
        Ok(Value::Object(record))
    }

    fn cites(&self) -> Result<Option<Value>, Failure> {
        if self.locator.len().max(self.quote.len()) > self.cite.len() {
            return Err(Failure::Usage("--locator and --quote need a --cite each".to_owned()));
        }
        let cite = |(at, reference): (usize, &String)| {
            let mut cite = Map::from_iter([("ref".to_owned(), json!(reference))]);
            for (key, texts) in [("locator", &self.locator), ("quote", &self.quote)] {
                cite.extend(texts.get(at).map(|text| (key.to_owned(), json!(text))));
            }
            Value::Object(cite)
        };
        Ok(list(self.cite.iter().enumerate().map(cite).collect()))
    }
}

fn article(what: What) -> &'static str {
    match what {
        What::Actor => "an actor",
        What::Tie => "a tie",
        What::Reference => "a reference",
    }
}

fn actor(dataset: &Dataset, name: &str) -> Result<Value, Failure> {
    let found = names::one(dataset, &[name.to_owned()])?;
    Ok(json!(dataset.actors().id(found)))
}

fn list(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Array(values))
}

/// A code has no blanks or capitals; anything else is the office's own title.
fn role(text: &str) -> Value {
    let is_code = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    json!({ if is_code { "code" } else { "label" }: text })
}

fn quantity(text: &str) -> Result<Value, Failure> {
    let read =
        text.trim().split_once(' ').and_then(|(number, unit)| Some((number.parse::<f64>().ok()?, unit)));
    match read {
        Some((value, unit)) if value.is_finite() => Ok(json!({"value": value, "unit": unit.trim()})),
        Some(_) | None => {
            Err(Failure::Usage(format!("--quantity is a number and a unit (10000 horse), not `{text}`")))
        }
    }
}

/// `en:Mongolia`: a language tag before the colon; without one the whole is the name.
fn named(text: &str) -> Value {
    let is_tag = |tag: &str| {
        let mut parts = tag.split('-');
        let first = parts.next().unwrap_or("");
        (2..=3).contains(&first.len())
            && first.bytes().all(|byte| byte.is_ascii_lowercase())
            && parts.all(|part| {
                (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
    };
    match text.split_once(':') {
        Some((tag, name)) if is_tag(tag) => json!({"text": name.trim(), "lang": tag}),
        Some(_) | None => json!({"text": text}),
    }
}

fn codes(codes: &[String]) -> Result<Option<Value>, Failure> {
    let mut schemes: Map<String, Value> = Map::new();
    for code in codes {
        let Some((scheme, code)) = code.split_once(':') else {
            return Err(Failure::Usage(format!("--code is a scheme and a code (iso3:KOR), not `{code}`")));
        };
        let list = schemes.entry(scheme).or_insert_with(|| json!([]));
        list.as_array_mut().expect("each scheme has a list").push(json!(code));
    }
    Ok((!schemes.is_empty()).then_some(Value::Object(schemes)))
}

fn author(name: &str) -> Value {
    match name.split_once(',') {
        Some((family, given)) => json!({"family": family.trim(), "given": given.trim()}),
        None => json!({"literal": name}),
    }
}

/// Numbers stand as `date-parts`, as Zotero writes them; any other EDTF date as it is.
fn csl_date(flag: &str, text: &str) -> Result<Value, Failure> {
    let date: Date = text.parse().map_err(|error: chancery::date::DateError| {
        let hint = error.hint().map(|hint| format!("\n  hint: {hint}")).unwrap_or_default();
        Failure::Usage(format!("--{flag}: {error}{hint}"))
    })?;
    let parts: Option<Vec<u32>> = text.split('-').map(|part| part.parse().ok()).collect();
    Ok(match parts {
        Some(parts) => json!({"date-parts": [parts]}),
        None => json!({"raw": date.to_string()}),
    })
}
