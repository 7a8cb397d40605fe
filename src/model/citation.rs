//! A place in a reference where something is said.

use serde::Serialize;

use super::{
    fault::{Fault, Step},
    id::{IdError, ReferenceId},
    record::{CitationRecord, IdText, Text},
    tie::unknown_keys_inside,
};

/// A place in a reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// The reference.
    #[serde(rename = "ref")]
    pub reference: ReferenceId,
    /// Page, section, row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// The words themselves, in their language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The words in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation: Option<String>,
    /// The reference through which this one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cited_in: Option<ReferenceId>,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Citation {
    /// Checks a citation as it stands in a file; `path` leads to it in its record.
    ///
    /// Returns a citation unless the reference is missing or no id.
    pub fn from_record(record: &CitationRecord<'_>, path: &[Step], faults: &mut Vec<Fault>) -> Option<Self> {
        unknown_keys_inside("a citation", &record.unknown, CitationRecord::KEYS, path, faults);
        match Self::read(record, path) {
            Ok(citation) => Some(citation),
            Err(fault) => {
                faults.push(fault);
                None
            }
        }
    }

    fn read(record: &CitationRecord<'_>, path: &[Step]) -> Result<Self, Fault> {
        let Some(reference) = &record.reference else {
            return Err(Fault::error(path, "a citation needs a `ref`").code("missing-ref").hint(Some(
                "write {\"ref\": \"ID\", \"locator\": \"p. 5\"}, with the id of a reference".to_owned(),
            )));
        };
        let id = |text: &IdText<'_>, key| {
            text.as_str().parse().map_err(|error: IdError| error.fault(text.as_str(), key, path))
        };
        let reference: ReferenceId = id(reference, "ref")?;
        let cited_in = record.cited_in.as_ref().map(|text| id(text, "cited_in")).transpose()?;
        Ok(Self {
            reference,
            locator: owned(record.locator.as_ref()),
            quote: owned(record.quote.as_ref()),
            translation: owned(record.translation.as_ref()),
            cited_in,
            note: owned(record.note.as_ref()),
        })
    }
}

pub(super) fn owned(text: Option<&Text<'_>>) -> Option<String> {
    text.map(|text| text.as_str().to_owned())
}
