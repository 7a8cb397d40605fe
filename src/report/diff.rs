//! What changed from one dataset to another, record by record and field by field.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::{
    answer::Report,
    document::{Document, Table},
};
use crate::dataset::Dataset;

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Only the second dataset has it.
    Added,
    /// Only the first dataset has it.
    Removed,
    /// Both have it, and it says something else.
    Changed,
}

impl ChangeKind {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// One field that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FieldChange {
    /// Its key.
    pub field: String,
    /// What the first dataset says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What the second says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// One record that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Change {
    /// actor, tie, reference or relation.
    pub what: &'static str,
    /// Its id; of a tie without one, the hash of its content.
    pub id: String,
    /// What happened to it.
    pub change: ChangeKind,
    /// What it is, in a few words.
    pub summary: String,
    /// The fields that differ, of a record that both have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
}

/// Everything that changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DiffReport {
    /// How many records only the second dataset has.
    pub added_count: usize,
    /// How many only the first has.
    pub removed_count: usize,
    /// How many differ.
    pub changed_count: usize,
    /// The records, by what they are and by id.
    pub changes: Vec<Change>,
}

type Records = BTreeMap<String, Value>;

impl DiffReport {
    /// Compares two datasets by the ids of their records.
    pub fn new(before: &Dataset, after: &Dataset) -> Self {
        let mut changes = Vec::new();
        for (what, records) in [
            ("actor", actors as fn(&Dataset) -> Records),
            ("tie", ties),
            ("reference", references),
            ("relation", relations),
        ] {
            compare(what, &records(before), &records(after), &mut changes);
        }
        let count = |kind| changes.iter().filter(|change: &&Change| change.change == kind).count();
        Self {
            added_count: count(ChangeKind::Added),
            removed_count: count(ChangeKind::Removed),
            changed_count: count(ChangeKind::Changed),
            changes,
        }
    }
}

fn value(record: &impl Serialize) -> Value {
    serde_json::to_value(record).expect("records have string keys and finite numbers")
}

fn actors(dataset: &Dataset) -> Records {
    let records = dataset.actors().all();
    records.map(|actor| (dataset.actors().id(actor).to_owned(), value(&dataset.actor(actor)))).collect()
}

fn ties(dataset: &Dataset) -> Records {
    let records = dataset.ties().all();
    records.map(|tie| (dataset.ties().id(tie).to_owned(), value(&dataset.tie(tie)))).collect()
}

fn references(dataset: &Dataset) -> Records {
    dataset.references().map(|(_, reference)| (reference.id().to_string(), value(reference))).collect()
}

fn relations(dataset: &Dataset) -> Records {
    dataset.vocabulary().relations().map(|(_, relation)| (relation.id.to_string(), value(relation))).collect()
}

fn compare(what: &'static str, before: &Records, after: &Records, changes: &mut Vec<Change>) {
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for id in ids {
        let (kind, record, fields) = match (before.get(id), after.get(id)) {
            (Some(old), Some(new)) if old == new => continue,
            (Some(old), Some(new)) => (ChangeKind::Changed, new, fields(old, new)),
            (None, Some(new)) => (ChangeKind::Added, new, Vec::new()),
            (Some(old), None) => (ChangeKind::Removed, old, Vec::new()),
            (None, None) => continue,
        };
        changes.push(Change { what, id: id.clone(), change: kind, summary: summary(record), fields });
    }
}

fn fields(old: &Value, new: &Value) -> Vec<FieldChange> {
    let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else { return Vec::new() };
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    keys.into_iter()
        .filter(|key| old.get(*key) != new.get(*key))
        .map(|key| FieldChange {
            field: key.clone(),
            before: old.get(key).cloned(),
            after: new.get(key).cloned(),
        })
        .collect()
}

/// A few words on a record: its first name, its title, or its ends.
fn summary(record: &Value) -> String {
    let text = |key: &str| record.get(key).and_then(Value::as_str);
    if let (Some(source), Some(target)) = (text("source"), text("target")) {
        let when = text("when").or_else(|| text("start")).map(|when| format!(", {when}")).unwrap_or_default();
        return format!("{source} → {target}: {}{when}", text("relation").unwrap_or("related"));
    }
    let name = record.pointer("/names/0/text").or_else(|| record.get("title"));
    name.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A value as a text shows it.
fn shown(value: Option<&Value>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

impl Report for DiffReport {
    const SCHEMA: &'static str = "chancery/diff/1";

    fn document(&self) -> Document {
        if self.changes.is_empty() {
            return Document::new("Nothing changed: both say the same");
        }
        let mut document = Document::new(format!(
            "{} added, {} removed, {} changed",
            self.added_count, self.removed_count, self.changed_count
        ));
        for kind in [ChangeKind::Added, ChangeKind::Removed, ChangeKind::Changed] {
            let of_kind: Vec<&Change> = self.changes.iter().filter(|change| change.change == kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            let word = kind.as_str();
            document.heading(format!("{}{} ({})", word[..1].to_uppercase(), &word[1..], of_kind.len()));
            let item = |change: &&Change| {
                let summary =
                    if change.summary.is_empty() { String::new() } else { format!(" ({})", change.summary) };
                let fields = change.fields.iter().map(|field| {
                    format!(
                        "{}: {} → {}",
                        field.field,
                        shown(field.before.as_ref()),
                        shown(field.after.as_ref())
                    )
                });
                (format!("{} {}{summary}", change.what, change.id), fields.collect())
            };
            document.list(of_kind.iter().map(item).collect());
        }
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["change", "what", "id", "summary", "field", "before", "after"]);
        for change in &self.changes {
            let head = [change.change.as_str(), change.what, &change.id, &change.summary].map(str::to_owned);
            let cell =
                |value: &Option<Value>| value.as_ref().map(|value| shown(Some(value))).unwrap_or_default();
            if change.fields.is_empty() {
                table.push([head.as_slice(), &[String::new(), String::new(), String::new()]].concat());
            }
            for field in &change.fields {
                let row = [field.field.clone(), cell(&field.before), cell(&field.after)];
                table.push([head.as_slice(), &row].concat());
            }
        }
        table
    }
}
