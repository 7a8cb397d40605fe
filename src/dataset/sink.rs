//! What readers push: rows of actors, ties and references.
//!
//! A row holds what the columns need. Everything else about a record is read from its text again when
//! it is shown, so that loading costs what analysis uses.

use crate::{
    date::{Date, Dating, Day, Status},
    model::{
        Actor, ActorId, ActorKind, Citation, Fault, Name, NameUse, Reference, Relation, Same, fault::Step,
    },
};

use super::{
    content::{content_hash, field_hash, hash_of_fields},
    source_file::{Origin, SourceFile},
};

/// Takes the rows of a file, in any order, from any reader.
pub trait Sink {
    /// Announces a file and gives its number.
    fn file(&mut self, file: SourceFile) -> u32;
    /// The citations of ties of a file that give none.
    fn default_cites(&self, file: u32) -> &[Citation];
    /// Adds a relation to the vocabulary, before or after the ties that name it.
    fn relation(&mut self, relation: Relation, origin: Origin);
    /// Adds a reference.
    fn reference(&mut self, reference: Reference, origin: Origin);
    /// Adds an actor.
    fn actor(&mut self, row: ActorRow<'_>, origin: Origin);
    /// Declares two actors to be one.
    fn same(&mut self, same: Same, origin: Origin);
    /// Adds a tie.
    fn tie(&mut self, row: TieRow<'_>, origin: Origin);
    /// The number of an actor's id, for rows that name it often.
    fn actor_number(&mut self, id: &str) -> ActorNumber;
    /// Is told of ids of actors whose numbers are asked for next: a sink of millions may look for them together.
    fn look_ahead<'a>(&self, ids: impl Iterator<Item = &'a str>) {
        let _ = ids;
    }
    /// The number of a relation's id.
    fn relation_number(&mut self, id: &str) -> RelationNumber;
    /// The number of what is said of time.
    fn dating_number(&mut self, dating: &Dating) -> DatingNumber;
    /// The number of a list of citations.
    fn cites_number(&mut self, cites: &[Citation]) -> CitesNumber;
    /// The number of a claim, of which the parts have numbers.
    fn claim_number(&mut self, dating: DatingNumber, status: Status, cites: CitesNumber) -> ClaimNumber;
    /// The number of a claim.
    fn claim(&mut self, claim: &ClaimRow<'_>) -> ClaimNumber {
        let (dating, cites) = (self.dating_number(claim.dating), self.cites_number(claim.cites));
        self.claim_number(dating, claim.status, cites)
    }
    /// Adds a tie of which nothing is known but what [numbers](Self::actor_number) say.
    fn plain_tie(&mut self, row: PlainRow<'_>, origin: Origin);
    /// Reports a fault of the record at `origin`.
    fn fault(&mut self, fault: Fault, origin: Origin);
    /// Reports a fault at a byte of a file, for text that is no record.
    fn fault_at(&mut self, fault: Fault, file: u32, byte: usize);
}

macro_rules! number_type {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub(super) u32);

        impl $name {
            /// The number as a place in a list of the reader's own.
            pub const fn at(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

number_type! {
    /// The number by which a sink knows the id of an actor.
    ActorNumber,
    /// The number by which a sink knows the id of a relation.
    RelationNumber,
    /// The number by which a sink knows what is said of time.
    DatingNumber,
    /// The number by which a sink knows a list of citations.
    CitesNumber,
    /// The number by which a sink knows a claim.
    ClaimNumber,
}

/// A whole tie of ends, relation and one claim, of which columns need nothing else: a row of a table.
///
/// It is what [`TieRow::plain`] says, where the reader has looked each text up already.
#[derive(Clone, Copy, Debug)]
pub struct PlainRow<'a> {
    /// The id, checked; `None` when the record gives none.
    pub id: Option<&'a str>,
    /// The actor that acts.
    pub source: ActorNumber,
    /// The actor that is acted on.
    pub target: ActorNumber,
    /// The relation.
    pub relation: RelationNumber,
    /// What references say.
    pub claim: ClaimNumber,
    /// The [content hash](super::content_hash) of the record.
    pub content: u128,
    /// Whether the record has nothing but the ends, the relation, an exact day in one field and the citations of its
    /// file, all as they are written.
    pub is_bare: bool,
}

/// One name in an actor's row.
#[derive(Clone, Copy, Debug)]
pub struct NameRow<'a> {
    /// The name.
    pub text: &'a str,
    /// Its language tag; empty when unknown.
    pub lang: &'a str,
    /// Whether answers may show it (a wrong or former name finds the actor only).
    pub shown: bool,
    /// Whether answers prefer it.
    pub preferred: bool,
}

/// An actor as columns need it.
#[derive(Clone, Debug, Default)]
pub struct ActorRow<'a> {
    /// The id, checked.
    pub id: &'a str,
    /// The kind, when known.
    pub kind: Option<ActorKind>,
    /// The names.
    pub names: Vec<NameRow<'a>>,
    /// Scheme and code.
    pub codes: Vec<(&'a str, &'a str)>,
    /// First and last day on which it may have existed.
    pub existence: Option<(Day, Day)>,
    /// For an event: whether its ties share a day.
    pub same_day: bool,
    /// The actor whose organ its name says it is.
    pub organ_of: Option<&'a str>,
    /// The actor whose citizens its name says they are.
    pub citizen_of: Option<&'a str>,
    /// Whether it is only named, by the ties of a table: another record of this id takes its place.
    pub is_mention: bool,
    /// Whether its record has nothing but its id, and what names it stands on one line.
    pub is_bare: bool,
    /// The citations, to be checked.
    pub cites: &'a [Citation],
    /// The [content hash](super::content_hash) of the record.
    pub content: u128,
}

impl<'a> NameRow<'a> {
    /// The row of a name.
    pub fn of(name: &'a Name) -> Self {
        Self {
            text: &name.text,
            lang: name.lang.as_deref().unwrap_or(""),
            shown: !matches!(name.usage, Some(NameUse::Wrong | NameUse::Former)),
            preferred: name.preferred,
        }
    }
}

impl<'a> ActorRow<'a> {
    /// The row of an actor that is only named, of which the id is all.
    pub fn named(id: &'a str) -> Self {
        let content = hash_of_fields(field_hash("id", &id));
        Self { id, is_mention: true, is_bare: true, content, ..Self::default() }
    }

    /// The row of a whole actor.
    pub fn of(actor: &'a Actor) -> Self {
        let spans = actor.existence.iter().map(Date::span);
        Self {
            id: actor.id.as_str(),
            kind: actor.kind,
            names: actor.names.iter().map(NameRow::of).collect(),
            codes: actor
                .codes
                .iter()
                .flat_map(|(scheme, codes)| codes.iter().map(move |code| (scheme.as_str(), code.as_str())))
                .collect(),
            existence: spans.reduce(|(a, b), (c, d)| (a.min(c), b.max(d))),
            same_day: actor.same_day,
            organ_of: actor.organ_of.as_ref().map(ActorId::as_str),
            citizen_of: actor.citizen_of.as_ref().map(ActorId::as_str),
            is_mention: false,
            is_bare: false,
            cites: &actor.cites,
            content: content_hash(actor),
        }
    }
}

/// A claim as columns need it.
#[derive(Clone, Debug)]
pub struct ClaimRow<'a> {
    /// When.
    pub dating: &'a Dating,
    /// How surely.
    pub status: Status,
    /// Where it is said.
    pub cites: &'a [Citation],
}

/// A tie as columns need it.
#[derive(Clone, Debug)]
pub struct TieRow<'a> {
    /// The id, checked; `None` when the record gives none.
    pub id: Option<&'a str>,
    /// The actor that acts.
    pub source: &'a str,
    /// The actor that is acted on.
    pub target: &'a str,
    /// The relation's id.
    pub relation: &'a str,
    /// What references say; never empty.
    pub claims: Vec<ClaimRow<'a>>,
    /// The happening: an event's id or a bare name.
    pub event: Option<&'a str>,
    /// On whose behalf the source acts.
    pub source_for: Option<&'a str>,
    /// On whose behalf the target is acted on.
    pub target_for: Option<&'a str>,
    /// The level, to be checked against the relation.
    pub level: Option<&'a str>,
    /// The trend, to be checked against the relation.
    pub trend: Option<&'a str>,
    /// The mode, to be checked against the relation.
    pub mode: Option<&'a str>,
    /// Other actors that the record names, each with the way to the value.
    pub mentions: Vec<(Vec<Step>, &'a str)>,
    /// The tie or event that it is about.
    pub about: Option<&'a str>,
    /// How many reports.
    pub count: u32,
    /// Whether nothing of the record is missing; what is not whole is checked, and left out.
    pub is_whole: bool,
    /// The [content hash](super::content_hash) of the record.
    pub content: u128,
}

impl<'a> TieRow<'a> {
    /// A whole row of ends, relation and claims, of which nothing else is known.
    pub fn plain(
        source: &'a str,
        target: &'a str,
        relation: &'a str,
        claims: Vec<ClaimRow<'a>>,
        content: u128,
    ) -> Self {
        Self {
            id: None,
            source,
            target,
            relation,
            claims,
            event: None,
            source_for: None,
            target_for: None,
            level: None,
            trend: None,
            mode: None,
            mentions: Vec::new(),
            about: None,
            count: 1,
            is_whole: true,
            content,
        }
    }
}
