//! What the references of a file observe, so that "nothing happened" is told from "nobody looked".

use serde::Serialize;
use serde_json::value::RawValue;

use super::{
    citation::owned,
    claim::actor_id,
    fault::{Fault, Step},
    id::ActorId,
    record::{CoverageRecord, FieldError, Text},
    tie::unknown_keys_inside,
};
use crate::date::{Date, Window};

/// Which ends of a tie must be among the actors observed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ends {
    /// Both.
    #[default]
    Both,
    /// One suffices: all ties of these actors are observed.
    One,
}

impl Ends {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
    fn is_both(&self) -> bool {
        *self == Self::Both
    }
}

/// Which actors and relations are observed, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The actors; all when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<ActorId>,
    /// Which ends must be among them.
    #[serde(skip_serializing_if = "Ends::is_both")]
    pub ends: Ends,
    /// The relations, as a lens selects them; all when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<String>,
    /// The days that are observed, every one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Date>,
    /// The dates at which lasting ties are observed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Date>,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Coverage {
    /// Reads what stands under `coverage`: one object, or a list of them. Faults of fields come with their bytes in the
    /// text of the value.
    pub(crate) fn read(raw: &RawValue, faults: &mut Vec<Fault>, errors: &mut Vec<FieldError>) -> Vec<Self> {
        let list: Option<Vec<&RawValue>> = serde_json::from_str(raw.get()).ok();
        let is_list = list.is_some();
        let mut coverages = Vec::new();
        for (at, entry) in list.unwrap_or_else(|| vec![raw]).into_iter().enumerate() {
            let (record, wrong) = CoverageRecord::read(entry);
            let start = entry.get().as_ptr() as usize - raw.get().as_ptr() as usize;
            let is_right = wrong.is_empty();
            errors
                .extend(wrong.into_iter().map(|error| FieldError { offset: start + error.offset, ..error }));
            let mut path: Vec<Step> = vec!["graph".into(), "coverage".into()];
            path.extend(is_list.then(|| Step::from(at)));
            coverages.extend(is_right.then(|| Self::from_record(&record, &path, faults)).flatten());
        }
        coverages
    }

    /// Checks a record as it stands in a file; `None` when it does not say when.
    pub fn from_record(record: &CoverageRecord<'_>, path: &[Step], faults: &mut Vec<Fault>) -> Option<Self> {
        unknown_keys_inside("a coverage", &record.unknown, CoverageRecord::KEYS, path, faults);
        let inside = |key: &'static str| [path, &[key.into()]].concat();
        let mut date = |text: &str, key: &'static str| match text.parse::<Date>() {
            Ok(date) => Some(date),
            Err(error) => {
                let fault = Fault::error(&inside(key), format!("`{key}`: {error}")).code("bad-date");
                faults.push(fault.hint(error.hint().map(str::to_owned)));
                None
            }
        };
        let when = record.when.as_ref().and_then(|text| date(text.as_str(), "when"));
        let at: Vec<Date> =
            record.at.iter().flat_map(|many| &many.0).filter_map(|text| date(text.as_str(), "at")).collect();
        if record.when.is_none() && record.at.is_none() {
            let why = "a coverage needs `when` (every day of a period) or `at` (dates)";
            faults.push(Fault::error(path, why).code("missing-when"));
        }
        let ends = match record.ends.as_ref().map(Text::as_str) {
            None | Some("both") => Ends::Both,
            Some("one") => Ends::One,
            Some(other) => {
                let why = format!("`ends` is `both` or `one`, not `{other}`");
                faults.push(Fault::error(&inside("ends"), why).code("bad-ends"));
                Ends::Both
            }
        };
        let actors = record.actors.iter().flatten();
        let actors: Vec<ActorId> =
            actors.filter_map(|id| actor_id(Some(id), "actors", path, faults)).collect();
        if when.is_none() && at.is_empty() {
            return None;
        }
        let relations = record.relations.iter().flatten().map(|text| text.as_str().to_owned()).collect();
        Some(Self { actors, ends, relations, when, at, note: owned(record.note.as_ref()) })
    }

    /// Whether a period was observed: every day of it, or, for what lasts, at some date in it.
    pub fn observes(&self, period: Window, lasting: bool) -> bool {
        let whole = |date: &Date| {
            let days = date.window();
            days.first() <= period.first() && period.last() <= days.last()
        };
        self.when.as_ref().is_some_and(whole)
            || (lasting && self.at.iter().any(|date| date.window().intersects(period)))
    }
}
