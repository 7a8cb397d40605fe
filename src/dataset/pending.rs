//! Actors and ties as they come, before they are sorted and made into columns.
//!
//! Most ties of a table have ends, a relation and a date and nothing else: a few numbers each, without a text
//! or a list of its own. What others say beyond that stands beside the rows.

use rustc_hash::FxHashMap;

use super::{
    actors::{Actors, NameEntry, kind_number},
    builder::Builder,
    column::{Column, Texts, number},
    index::ActorIndex,
    same::Merged,
    source_file::{Origin, Span},
};
use crate::{
    date::{Day, Status, Window},
    model::{ActorKind, fault::Step},
};

pub(super) struct PendingActor {
    pub(super) id: Box<str>,
    pub(super) kind: Option<ActorKind>,
    pub(super) names: Vec<NameEntry>,
    pub(super) codes: Vec<(u32, u32)>,
    pub(super) existence: Window,
    pub(super) same_day: bool,
    /// Numbers among what rows name.
    pub(super) organ_of: Option<u32>,
    pub(super) citizen_of: Option<u32>,
    pub(super) is_mention: bool,
    pub(super) content: u128,
    pub(super) cites: Vec<Cited>,
    pub(super) origin: Origin,
}

impl PendingActor {
    pub(super) fn kind(&self) -> Option<ActorKind> {
        self.kind
    }

    pub(super) fn existence(&self) -> Window {
        self.existence
    }
}

pub(super) fn actor_columns(builder: &Builder, merged: Vec<Merged>) -> Actors {
    let rows = &builder.actors;
    // Merges are made by now: the id of an actor that was merged names none here, and leads to it below.
    let row_of = |number: Option<u32>| {
        let id = builder.named.texts[number? as usize].as_ref();
        let id = merged
            .binary_search_by(|merged| (*merged.id).cmp(id))
            .map_or(id, |at| rows[merged[at].into.at()].id.as_ref());
        rows.binary_search_by(|row| row.id.as_ref().cmp(id)).ok().map(ActorIndex::of)
    };
    let others = |of: fn(&PendingActor) -> Option<u32>| -> Column<ActorIndex> {
        if rows.iter().all(|row| of(row).is_none()) {
            return Column::default();
        }
        rows.iter().map(|row| ActorIndex::or_nobody(row_of(of(row)))).collect::<Vec<_>>().into()
    };
    let existence = |row: &PendingActor| [row.existence.first(), row.existence.last()].map(Day::number);
    Actors {
        organ_of: others(|row| row.organ_of),
        citizen_of: others(|row| row.citizen_of),
        ids: rows.iter().map(|row| row.id.as_ref()).collect(),
        kinds: rows.iter().map(|row| kind_number(row.kind)).collect::<Vec<_>>().into(),
        names: rows.iter().map(|row| row.names.clone()).collect(),
        name_texts: builder.names.texts(),
        langs: builder.langs.texts(),
        codes: rows.iter().map(|row| row.codes.clone()).collect(),
        code_texts: builder.codes.texts(),
        existence: rows.iter().map(existence).collect::<Vec<_>>().into(),
        same_day: rows.iter().map(|row| u8::from(row.same_day)).collect::<Vec<_>>().into(),
        origins: rows.iter().map(|row| row.origin.into()).collect::<Vec<_>>().into(),
        merged,
    }
}

/// A citation of a claim or an actor: the reference, and the one through which it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Cited {
    pub(super) reference: u32,
    pub(super) cited_in: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct PendingClaim {
    /// The number of the dating among those of the builder.
    pub(super) dating: u32,
    pub(super) status: Status,
    /// The number of the list of citations.
    pub(super) cites: u32,
}

/// What ties say, each saying once: a saying is the claims of one tie, and most ties share theirs.
#[derive(Default)]
pub(super) struct Sayings {
    claims: Vec<PendingClaim>,
    /// Where the claims of each saying end.
    ends: Vec<u32>,
    /// Those of one claim.
    single: FxHashMap<PendingClaim, u32>,
    cites: Vec<Box<[Cited]>>,
    cites_known: FxHashMap<Box<[Cited]>, u32>,
}

impl Sayings {
    /// The number of a list of citations.
    pub(super) fn cites(&mut self, cites: &[Cited]) -> u32 {
        if let Some(known) = self.cites_known.get(cites) {
            return *known;
        }
        let new = number(self.cites.len());
        self.cites.push(cites.into());
        self.cites_known.insert(cites.into(), new);
        new
    }

    /// The number of the saying that is one claim.
    pub(super) fn single(&mut self, claim: PendingClaim) -> u32 {
        let new = number(self.ends.len());
        let said = *self.single.entry(claim).or_insert(new);
        if said == new {
            self.several(&[claim]);
        }
        said
    }

    /// The number of a saying of several claims.
    pub(super) fn several(&mut self, claims: &[PendingClaim]) -> u32 {
        self.claims.extend_from_slice(claims);
        self.ends.push(number(self.claims.len()));
        number(self.ends.len() - 1)
    }

    pub(super) fn of(&self, said: u32) -> &[PendingClaim] {
        let start = said.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.claims[start as usize..self.ends[said as usize] as usize]
    }

    /// What a claim cites.
    pub(super) fn cited(&self, claim: &PendingClaim) -> &[Cited] {
        &self.cites[claim.cites as usize]
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &[PendingClaim]> {
        (0..number(self.ends.len())).map(|said| self.of(said))
    }
}

/// What every tie has, as numbers.
#[derive(Clone, Copy)]
pub(super) struct Row {
    /// The two halves of the content hash; as one number they would make the row longer.
    content: [u64; 2],
    pub(super) span: Span,
    pub(super) source: u32,
    pub(super) target: u32,
    /// The number of the relation's id among those that ties name.
    pub(super) relation: u32,
    pub(super) said: u32,
    /// Where the id stands among those given, from 1; 0 for none.
    id: u32,
    /// Where the rest stands, from 1; 0 for none.
    more: u32,
}

impl Row {
    pub(super) fn content(&self) -> u128 {
        u128::from(self.content[0]) << 64 | u128::from(self.content[1])
    }

    /// Whether ends, relation and claims are all there is, but for an id.
    pub(super) fn is_plain(&self) -> bool {
        self.more == 0
    }

    pub(super) fn has_id(&self) -> bool {
        self.id > 0
    }
}

/// What some ties say beyond their ends, relation, claims and id.
#[derive(Clone, Debug)]
pub(super) struct More {
    pub(super) event: Option<u32>,
    pub(super) source_for: Option<u32>,
    pub(super) target_for: Option<u32>,
    pub(super) words: [Option<Box<str>>; 3],
    pub(super) mentions: Vec<(Vec<Step>, u32)>,
    pub(super) about: Option<Box<str>>,
    pub(super) count: u32,
    pub(super) is_whole: bool,
}

/// What a plain tie says beyond these.
static NOTHING: More = More {
    event: None,
    source_for: None,
    target_for: None,
    words: [const { None }; 3],
    mentions: Vec::new(),
    about: None,
    count: 1,
    is_whole: true,
};

impl More {
    fn is_nothing(&self) -> bool {
        let told = [self.event, self.source_for, self.target_for].iter().any(Option::is_some)
            || self.words.iter().any(Option::is_some)
            || !self.mentions.is_empty()
            || self.about.is_some();
        !told && self.count == 1 && self.is_whole
    }
}

/// A tie as it waits: its row, and what it says beyond that.
#[derive(Clone, Copy)]
pub(super) struct PendingTie<'b> {
    pub(super) at: u32,
    pub(super) source: u32,
    pub(super) target: u32,
    pub(super) claims: &'b [PendingClaim],
    /// The number of its relation in the vocabulary.
    pub(super) relation: Option<u16>,
    pub(super) more: &'b More,
    pub(super) origin: Origin,
}

/// The ties of a builder.
#[derive(Default)]
pub(super) struct PendingTies {
    pub(super) rows: Vec<Row>,
    ids: Texts,
    pub(super) more: Vec<More>,
    pub(super) sayings: Sayings,
    /// By the number of a relation's id: its number in the vocabulary, when all files are read.
    pub(super) relations: Vec<Option<u16>>,
}

impl PendingTies {
    pub(super) fn push(
        &mut self,
        (source, target, relation, said): (u32, u32, u32, u32),
        (id, more): (Option<&str>, Option<More>),
        content: u128,
        origin: Origin,
    ) {
        let id = id.map_or(0, |id| {
            self.ids.push(id);
            number(self.ids.len())
        });
        let more = more.filter(|more| !more.is_nothing()).map_or(0, |more| {
            self.more.push(more);
            number(self.more.len())
        });
        #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
        let content = [(content >> 64) as u64, content as u64];
        self.rows.push(Row { content, span: origin.into(), source, target, relation, said, id, more });
    }

    /// The tie of a row.
    pub(super) fn get(&self, at: u32) -> PendingTie<'_> {
        let row = &self.rows[at as usize];
        PendingTie {
            at,
            source: row.source,
            target: row.target,
            claims: self.sayings.of(row.said),
            relation: self.relations[row.relation as usize],
            more: self.more(row),
            origin: row.span.into(),
        }
    }

    pub(super) fn id(&self, row: &Row) -> Option<&str> {
        row.id.checked_sub(1).map(|at| self.ids.get(at))
    }

    pub(super) fn more(&self, row: &Row) -> &More {
        row.more.checked_sub(1).map_or(&NOTHING, |at| &self.more[at as usize])
    }

    /// All ids that are given, in the order of their ties.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter()
    }

    /// All ties, as they came.
    pub(super) fn iter(&self) -> impl Iterator<Item = PendingTie<'_>> + Clone {
        (0..number(self.rows.len())).map(|at| self.get(at))
    }
}
