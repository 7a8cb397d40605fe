//! An actor and its names as they stand in a file.

use serde_json::value::RawValue;

use super::{CitationRecord, IdText, OneOrMany, Text, record, text::CodesRecord};

record! {
    /// One node of the native file.
    pub ActorRecord {
        /// The actor's id.
        id: IdText<'a>,
        /// What kind of thing it is.
        kind: Text<'a>,
        /// What it is called.
        names: Vec<NameRecord<'a>>,
        /// Its codes, each in its scheme.
        codes: CodesRecord<'a>,
        /// EDTF intervals in which it exists.
        existence: OneOrMany<Text<'a>>,
        /// Where this is said.
        cites: Vec<CitationRecord<'a>>,
        /// Whether the ties of this event share a day.
        same_day: bool,
        /// The actor whose organ it is, at all times: a tie `organ-of` says more, with date and source.
        organ_of: IdText<'a>,
        /// The actor whose citizens they are, at all times: a tie `citizen-of` says more.
        citizen_of: IdText<'a>,
        /// A remark.
        note: Text<'a>,
        /// Anything else.
        attributes: &'a RawValue,
    }
}

record! {
    /// One name of an actor.
    pub NameRecord {
        /// The name.
        text: Text<'a>,
        /// BCP 47 language tag.
        lang: Text<'a>,
        /// official, common, former, romanisation, wrong (`use` in the file).
        usage "use": Text<'a>,
        /// EDTF: when it was used.
        when: Text<'a>,
        /// Whether answers use it.
        preferred: bool,
    }
}
