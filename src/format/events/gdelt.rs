//! GDELT events, versions 1.0 (57 or 58 columns) and 2.0 (61): tab-separated, without a header.
//!
//! Actors are their CAMEO codes (`USAGOV`): the names beside them are those of the sentence that was
//! coded (`WHITE HOUSE`, `AMERICAN`), and stay with the tie. An event with one side only is a tie to an
//! actor of its own, of the kind `event`: nothing is lost, and no placeholder becomes a hub through
//! which all others are connected.

use serde_json::Value;

use super::{
    super::{columns::Layout, relations::Relations},
    Coding, Counts, End, Row, actor, day, tie,
};
use crate::{
    dataset::Gazetteer,
    date::{Date, Day},
    model::{Actor, ActorId, ActorKind, Citation, Fault, Name, RELATED, ReferenceId, Tie},
};

/// The columns of an actor, after `Actor1` or `Actor2`.
const ACTOR: [&str; 10] = [
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
];

/// The columns between the actors and the places.
const EVENT: [&str; 10] = [
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
];

/// Columns with a place of ours.
const OWN: [&str; 7] =
    ["GLOBALEVENTID", "SQLDATE", "Actor1Code", "Actor2Code", "EventCode", "NumMentions", "SOURCEURL"];

/// Columns of numbers.
const NUMBERS: [&str; 17] = [
    "IsRootEvent",
    "QuadClass",
    "GoldsteinScale",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Year",
    "FractionDate",
    "Actor1Geo_Type",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor2Geo_Type",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "ActionGeo_Type",
    "ActionGeo_Lat",
    "ActionGeo_Long",
];

/// What the types of actors mean; the first act for their state.
const STATE_TYPES: [(&str, &str); 6] = [
    ("GOV", "Government"),
    ("MIL", "Military"),
    ("COP", "Police"),
    ("JUD", "Judiciary"),
    ("LEG", "Legislature"),
    ("SPY", "Intelligence"),
];
const OTHER_TYPES: [(&str, &str); 20] = [
    ("AGR", "Agriculture"),
    ("BUS", "Business"),
    ("CRM", "Criminals"),
    ("CVL", "Civilians"),
    ("DEV", "Development"),
    ("EDU", "Education"),
    ("ELI", "Elites"),
    ("ENV", "Environment"),
    ("HLH", "Health"),
    ("HRI", "Human rights"),
    ("INS", "Insurgents"),
    ("LAB", "Labour"),
    ("MED", "Media"),
    ("MNC", "Multinational company"),
    ("OPP", "Opposition"),
    ("REB", "Rebels"),
    ("REF", "Refugees"),
    ("SEP", "Separatists"),
    ("SET", "Settlers"),
    ("UAF", "Unidentified armed force"),
];

/// How many days after an event a report of it may come, before that is said.
const LATE_DAYS: i32 = 365;

/// The coding of GDELT.
#[derive(Debug)]
pub(in crate::format) struct Gdelt {
    pub(in crate::format) relations: Relations,
    /// The reference that the file is to itself.
    pub(in crate::format) reference: Option<ReferenceId>,
}

/// The layout of a text that looks like rows of GDELT, or has the header of one.
pub(in crate::format) fn layout(text: &str) -> Option<Layout> {
    let first = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty())?;
    let cells: Vec<&str> = first.split('\t').collect();
    let is_number = |at: usize, length: std::ops::RangeInclusive<usize>| {
        let cell = cells.get(at).copied().unwrap_or_default();
        length.contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_gdelt = matches!(cells.len(), 57 | 58 | 61)
        && is_number(0, 1..=12)
        && is_number(1, 8..=8)
        && is_number(26, 2..=4)
        && is_number(29, 1..=1);
    is_gdelt.then(|| Layout::headless(columns(cells.len())))
}

/// Whether a table with a header has the columns of GDELT.
pub(in crate::format) fn is_gdelt(layout: &Layout) -> bool {
    ["GLOBALEVENTID", "SQLDATE", "Actor1Code", "Actor2Code", "EventCode"]
        .iter()
        .all(|name| layout.named(name).is_some())
}

/// The names of so many columns.
pub(in crate::format) fn columns(count: usize) -> Vec<String> {
    let mut places = vec!["Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID"];
    if count == 61 {
        places.insert(4, "ADM2Code");
    }
    let with = |prefix: &'static str, names: &[&'static str]| -> Vec<String> {
        names.iter().map(|name| format!("{prefix}{name}")).collect()
    };
    let mut columns = with("", &["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"]);
    columns.extend(with("Actor1", &ACTOR));
    columns.extend(with("Actor2", &ACTOR));
    columns.extend(with("", &EVENT));
    for prefix in ["Actor1Geo_", "Actor2Geo_", "ActionGeo_"] {
        columns.extend(with(prefix, &places));
    }
    columns.extend(with("", &["DATEADDED", "SOURCEURL"]));
    columns.truncate(count);
    columns
}

/// The id of the actor at an end: its code, or its name where it has none.
fn id<'r>(row: &'r Row<'_>, end: End) -> Option<&'r str> {
    match end {
        End::Source => row.get("Actor1Code").or_else(|| row.get("Actor1Name")),
        End::Target => row.get("Actor2Code").or_else(|| row.get("Actor2Name")),
    }
}

/// The id of the event that stands where a side is not named.
fn happening(row: &Row<'_>) -> Option<String> {
    Some(format!("event {}", row.get("GLOBALEVENTID")?))
}

impl Gdelt {
    /// The relation of a row: its code, or the class of a code that CAMEO does not have.
    fn relation(&self, row: &Row<'_>) -> Option<String> {
        let codes = ["EventCode", "EventBaseCode", "EventRootCode"];
        let ids = codes.iter().filter_map(|column| Some(format!("cameo:{}", row.get(column)?)));
        ids.into_iter().find(|id| self.relations.is_known(id))
    }

    /// The actor that an event is, where it has one side only.
    fn event(&self, row: &Row<'_>) -> Option<Actor> {
        let mut event = actor(&happening(row)?)?;
        event.kind = Some(ActorKind::Event);
        let relation = self.relation(row)?;
        let label = self.relations.label(&relation)?.to_owned();
        let text = row.get("ActionGeo_FullName").map_or(label.clone(), |place| format!("{label} ({place})"));
        event.names.push(Name {
            text,
            lang: Some("en".to_owned()),
            usage: None,
            when: None,
            preferred: false,
        });
        Some(event)
    }
}

impl Coding for Gdelt {
    fn tie(&self, row: &Row<'_>, faults: &mut Vec<(usize, Fault)>) -> Option<Tie> {
        let named = [End::Source, End::Target].map(|end| id(row, end));
        if named == [None, None] {
            return None;
        }
        let event = happening(row);
        let [source, target] = named.map(|name| name.or(event.as_deref()));
        let columns = ["Actor1Code", "Actor2Code", "EventCode", "SQLDATE"].map(|name| row.column(name));
        let relation = self.relation(row);
        if relation.is_none() {
            let message = format!("no CAMEO code `{}`", row.get("EventCode").unwrap_or_default());
            faults.push((columns[2], Fault::error(&[], message).code("unknown-relation")));
        }
        let when = row.get("SQLDATE").map(day);
        let mut tie =
            tie([source, target, relation.as_deref().or(Some(RELATED)), when.as_deref()], columns, faults)?;
        tie.id = row.get("GLOBALEVENTID").and_then(|id| id.parse().ok());
        let reports = row.get("NumMentions").and_then(|count| count.parse().ok());
        tie.count = reports.filter(|count| *count > 0);
        tie.attributes = row.attributes(&OWN, &NUMBERS);
        // What the code of the row lost to its class stays.
        if let Some(code) = row.get("EventCode").filter(|code| relation != Some(format!("cameo:{code}"))) {
            tie.attributes.insert("EventCode".to_owned(), Value::from(code));
        }
        if let (Some(reference), Some(url)) = (&self.reference, row.get("SOURCEURL")) {
            let locator = Some(url.to_owned());
            let reference = reference.clone();
            let cite =
                Citation { reference, locator, quote: None, translation: None, cited_in: None, note: None };
            tie.cite_by_default(&[cite]);
        }
        late(row, faults);
        Some(tie)
    }

    fn actor(&self, row: &Row<'_>, end: End) -> Option<Actor> {
        let Some(id) = id(row, end) else { return self.event(row) };
        let cell = |column: &str| match end {
            End::Source => row.get(&format!("Actor1{column}")),
            End::Target => row.get(&format!("Actor2{column}")),
        };
        let mut actor = actor(id)?;
        let country = cell("CountryCode");
        if country == Some(id) {
            actor.kind = Some(ActorKind::Country);
            actor.codes.insert("cameo".to_owned(), vec![id.to_owned()]);
            return Some(actor);
        }
        let role = cell("Type1Code");
        let word = |types: &[(&str, &'static str)]| {
            types.iter().find(|(code, _)| Some(*code) == role).map(|(_, word)| *word)
        };
        let organ = word(&STATE_TYPES);
        let Some(word) = organ.or_else(|| word(&OTHER_TYPES)) else { return Some(actor) };
        let state = country.and_then(|code| Gazetteer::shipped().by_code(&format!("cameo:{code}")));
        // More than one type, or a group or creed beside it, is no plain organ: its code is all its name.
        let plain = id == format!("{}{}", country.unwrap_or_default(), role.unwrap_or_default());
        if let (true, Some(state)) = (plain, state) {
            let text = format!("{word} ({})", state.name());
            let lang = Some("en".to_owned());
            actor.names.push(Name { text, lang, usage: None, when: None, preferred: false });
        }
        let country: Option<ActorId> = country.and_then(|country| country.parse().ok());
        if organ.is_some() {
            actor.kind = Some(ActorKind::Institution);
            actor.organ_of = country;
        } else {
            actor.kind = Some(ActorKind::Group);
            actor.citizen_of = country;
        }
        Some(actor)
    }

    fn notes(&self, rows: &Counts) -> Vec<String> {
        let mut notes = Vec::new();
        if rows.one_sided > 0 {
            notes.push(format!(
                "{} of {} events name one side only: the other end is an actor of kind `event`, one for each",
                rows.one_sided, rows.ties
            ));
        }
        if rows.nameless > 0 {
            notes.push(format!("{} events name neither side and give no tie", rows.nameless));
        }
        notes
    }
}

/// Warns of an event that is dated long before it was reported.
fn late(row: &Row<'_>, faults: &mut Vec<(usize, Fault)>) {
    let date = |column: &str| -> Option<Day> {
        let text = row.get(column)?.get(..8)?;
        Some(day(text).parse::<Date>().ok()?.span().0)
    };
    let (Some(when), Some(reported)) = (date("SQLDATE"), date("DATEADDED")) else { return };
    let days = reported.number() - when.number();
    if days >= LATE_DAYS {
        let message = format!("the event is dated {when}, {days} days before it was reported");
        let hint = "such dates are often read from an anniversary; the event is kept".to_owned();
        faults.push((row.column("SQLDATE"), Fault::warning(&[], message).code("late-report").hint(hint)));
    }
}
