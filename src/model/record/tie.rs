//! A tie, a claim and a citation as they stand in a file.

use serde_json::value::RawValue;

use super::{IdText, OneOrMany, Text, record};

record! {
    /// One edge of the native file.
    pub TieRecord {
        /// The tie's own id; without it, its content hash is.
        id: IdText<'a>,
        /// The actor that acts.
        source: IdText<'a>,
        /// The actor that is acted on.
        target: IdText<'a>,
        /// The relation's id, or `cameo:NNN`.
        relation: Text<'a>,
        /// EDTF: the whole date.
        when: Text<'a>,
        /// EDTF: the beginning, where it needs more than an interval can say.
        start: Text<'a>,
        /// EDTF: the end.
        end: Text<'a>,
        /// EDTF: days on which the tie was in force, its ends unknown.
        attested: Text<'a>,
        /// How surely the references say it.
        status: Text<'a>,
        /// What several references say, instead of date, status and cites.
        claims: Vec<ClaimRecord<'a>>,
        /// The happening that this tie is part of: an actor's id or a bare name.
        event: IdText<'a>,
        /// On whose behalf the source acts.
        source_for: IdText<'a>,
        /// On whose behalf the target is acted on.
        target_for: IdText<'a>,
        /// What the tie goes through or by.
        via: IdText<'a>,
        /// Where it happened.
        place: IdText<'a>,
        /// The office held.
        role: RoleRecord<'a>,
        /// The level of a mission, or the warmth of relations.
        level: Text<'a>,
        /// Whether relations improve or decline.
        trend: Text<'a>,
        /// How one state takes another's place.
        mode: Text<'a>,
        /// How much.
        quantity: OneOrMany<QuantityRecord<'a>>,
        /// How many reports, for machine-coded data.
        count: u32,
        /// The actor who says so.
        according_to: IdText<'a>,
        /// The tie or event that a statement is about.
        about: IdText<'a>,
        /// Where it is said.
        cites: Vec<CitationRecord<'a>>,
        /// A remark of the one who recorded it.
        note: Text<'a>,
        /// Anything else.
        attributes: &'a RawValue,
    }
}

record! {
    /// What one reference says of a tie.
    pub ClaimRecord {
        /// EDTF: the whole date.
        when: Text<'a>,
        /// EDTF: the beginning.
        start: Text<'a>,
        /// EDTF: the end.
        end: Text<'a>,
        /// EDTF: days on which the tie was in force.
        attested: Text<'a>,
        /// How surely it is said.
        status: Text<'a>,
        /// What it goes through, if this is disputed.
        via: IdText<'a>,
        /// Where it happened, if this is disputed.
        place: IdText<'a>,
        /// The office, if this is disputed.
        role: RoleRecord<'a>,
        /// The level, if this is disputed.
        level: Text<'a>,
        /// How much, if this is disputed.
        quantity: OneOrMany<QuantityRecord<'a>>,
        /// The actor who says so.
        according_to: IdText<'a>,
        /// Where it is said.
        cites: Vec<CitationRecord<'a>>,
        /// A remark.
        note: Text<'a>,
    }
}

record! {
    /// A place in a reference.
    pub CitationRecord {
        /// The id of the reference (`ref` in the file).
        reference "ref": IdText<'a>,
        /// Page, section, row.
        locator: Text<'a>,
        /// The words themselves.
        quote: Text<'a>,
        /// The words in English.
        translation: Text<'a>,
        /// The reference through which this one is known.
        cited_in: IdText<'a>,
        /// A remark.
        note: Text<'a>,
    }
}

record! {
    /// An office.
    pub RoleRecord {
        /// A code such as `foreign-minister`.
        code: Text<'a>,
        /// The office's own title.
        label: Text<'a>,
    }
}

record! {
    /// How much of what.
    pub QuantityRecord {
        /// The number.
        value: f64,
        /// Of what: `horse`, `USD`, `person`.
        unit: Text<'a>,
        /// In what time: `month`.
        per: Text<'a>,
        /// Whether the number is only about right.
        approximate: bool,
    }
}
