//! Raw ICEWS events: 20 columns with a header, as the project publishes them.
//!
//! Names are ids, as in every form in which ICEWS is passed around; what a name says of its actor stands
//! in [`names`](super::names). `NA` is what these files write for nothing.

use super::{
    super::{columns::Layout, relations::Relations},
    Coding, Counts, End, Row, actor, day,
    names::said,
    tie,
};
use crate::model::{Actor, ActorKind, Fault, RELATED, Tie};

/// What these files write where nothing is known.
pub(in crate::format) const MISSING: &[&str] = &["NA"];

/// Columns with a place of ours.
const OWN: [&str; 6] = ["Event ID", "Event Date", "Source Name", "Target Name", "CAMEO Code", "Event Text"];

/// Columns of numbers.
const NUMBERS: [&str; 4] = ["Intensity", "Sentence Number", "Latitude", "Longitude"];

/// The coding of ICEWS.
#[derive(Debug)]
pub(in crate::format) struct Icews(pub(in crate::format) Relations);

/// Whether the columns are those of raw ICEWS.
pub(in crate::format) fn is_icews(layout: &Layout) -> bool {
    ["Source Name", "Target Name", "CAMEO Code", "Event Date"].iter().all(|name| layout.named(name).is_some())
}

impl Coding for Icews {
    fn tie(&self, row: &Row<'_>, faults: &mut Vec<(usize, Fault)>) -> Option<Tie> {
        let code = row.get("CAMEO Code").map(|code| format!("cameo:{code}"));
        let text = row.get("Event Text").map(|text| self.0.id(text));
        // A code that CAMEO does not have is what its text says.
        let relation = code.as_deref().filter(|code| self.0.is_known(code)).or(text);
        let known = relation.is_none_or(|id| self.0.is_known(id));
        let columns = ["Source Name", "Target Name", "CAMEO Code", "Event Date"].map(|name| row.column(name));
        if !known {
            let message = format!("no CAMEO code `{}`", row.get("CAMEO Code").unwrap_or_default());
            let hint = "`chancery show cameo:04` lists the codes that begin with 04".to_owned();
            faults.push((columns[2], Fault::error(&[], message).code("unknown-relation").hint(hint)));
        }
        let when = row.get("Event Date").map(day);
        let ends = [row.get("Source Name"), row.get("Target Name")];
        let cells = [ends[0], ends[1], relation.filter(|_| known).or(Some(RELATED)), when.as_deref()];
        let mut tie = tie(cells, columns, faults)?;
        tie.id = row.get("Event ID").and_then(|id| id.parse().ok());
        tie.attributes = row.attributes(&OWN, &NUMBERS);
        Some(tie)
    }

    fn actor(&self, row: &Row<'_>, end: End) -> Option<Actor> {
        let (name, country) = match end {
            End::Source => (row.get("Source Name")?, row.get("Source Country")),
            End::Target => (row.get("Target Name")?, row.get("Target Country")),
        };
        let mut actor = said(name).tell(actor(name)?);
        if country == Some(name) {
            // A territory that the gazetteer knows stays one.
            actor.kind = actor.kind.or(Some(ActorKind::Country));
        } else if let Some(country) = country {
            actor.attributes.insert("country".to_owned(), country.into());
        }
        Some(actor)
    }

    fn notes(&self, _: &Counts) -> Vec<String> {
        vec!["`NA` means that nothing is known; names like `Police (Mongolia)` say whose organ or citizens they are".to_owned()]
    }
}
