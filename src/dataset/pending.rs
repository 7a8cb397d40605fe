//! Actors and ties as they come, before they are sorted and made into columns.
//!
//! Most ties of a table have ends, a relation and a date and nothing else: a few numbers each, without a text
//! or a list of its own. What others say beyond that stands beside the rows.

use rustc_hash::FxHashMap;

use super::{
    actors::{Actors, NameEntry, kind_number},
    bare::{BareRow, BareRows, first_of},
    builder::Builder,
    bundles::MOST_TIES,
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
    /// The number of its id among what rows name.
    pub(super) named: u32,
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
        let id = builder.named.text(number?);
        let id = merged
            .binary_search_by(|merged| (*merged.id).cmp(id))
            .map_or(id, |at| builder.actor_id(&rows[merged[at].into.at()]));
        builder.find_actor(id).map(ActorIndex::of)
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
        ids: builder.actor_ids().collect(),
        kinds: rows.iter().map(|row| kind_number(row.kind)).collect::<Vec<_>>().into(),
        names: rows.iter().map(|row| &row.names).collect(),
        name_texts: builder.names.texts().clone(),
        langs: builder.langs.texts().clone(),
        codes: rows.iter().map(|row| &row.codes).collect(),
        code_texts: builder.codes.texts().clone(),
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

    pub(super) fn count(&self) -> u32 {
        number(self.ends.len())
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &[PendingClaim]> {
        (0..self.count()).map(|said| self.of(said))
    }
}

/// What every tie has, as numbers.
#[derive(Clone, Copy)]
pub(super) struct Row {
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
    /// Whether ends, relation and claims are all there is, but for an id.
    pub(super) fn is_plain(&self) -> bool {
        self.more == 0
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

/// The ties of a builder, numbered as they come.
///
/// Most ties of an archive are bare, and stand apart: a row of a few numbers, without a content and a place of its own.
#[derive(Default)]
pub(super) struct PendingTies {
    rows: Vec<Row>,
    /// The content hashes of rows.
    contents: Vec<u128>,
    /// Where the records of rows stand.
    spans: Vec<Span>,
    pub(super) bare: BareRows,
    pieces: Vec<Piece>,
    count: u32,
    ids: Texts,
    pub(super) more: Vec<More>,
    pub(super) sayings: Sayings,
    /// By the number of a relation's id: its number in the vocabulary, when all files are read.
    pub(super) relations: Vec<Option<u16>>,
}

/// Ties that follow one another, and where they stand.
#[derive(Clone, Copy)]
struct Piece {
    /// The number of the first.
    first: u32,
    are_bare: bool,
    /// Its place among rows, or among bare ones.
    place: u32,
}

/// Where a tie stands.
#[derive(Clone, Copy)]
enum Stands {
    Row(usize),
    Bare(usize),
}

impl PendingTies {
    /// The next tie stands among bare ones, or not.
    fn begin(&mut self, are_bare: bool) {
        if self.pieces.last().is_none_or(|last| last.are_bare != are_bare) {
            let place = number(if are_bare { self.bare.rows.len() } else { self.rows.len() });
            self.pieces.push(Piece { first: self.count, are_bare, place });
        }
        assert!(self.count < MOST_TIES, "the builder takes {MOST_TIES} ties at most");
        self.count += 1;
    }

    #[inline]
    fn stands(&self, at: u32) -> Stands {
        let piece = match &*self.pieces {
            [piece] => piece,
            pieces => &pieces[pieces.partition_point(|piece| piece.first <= at) - 1],
        };
        let place = (piece.place + (at - piece.first)) as usize;
        if piece.are_bare { Stands::Bare(place) } else { Stands::Row(place) }
    }

    /// Adds a bare tie, of a content.
    pub(super) fn push_bare(&mut self, row: BareRow, content: u128, (file, number): (u32, u32)) {
        self.begin(true);
        self.bare.push(row, content, file, number);
    }

    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// Whether all are bare.
    pub(super) fn are_bare(&self) -> bool {
        self.rows.is_empty() && self.count > 0
    }

    /// The numbers of a tie.
    #[inline]
    pub(super) fn row(&self, at: u32) -> Row {
        match self.stands(at) {
            Stands::Row(place) => self.rows[place],
            Stands::Bare(place) => {
                let BareRow { source, target, relation, day: said, .. } = self.bare.rows[place];
                Row { source, target, relation, said, id: 0, more: 0 }
            }
        }
    }

    /// The numbers of all ties, as they came.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, Row)> + Clone {
        (0..self.count).map(|at| (at, self.row(at)))
    }

    /// Where the record of a tie stands.
    pub(super) fn span(&self, at: u32) -> Span {
        match self.stands(at) {
            Stands::Row(place) => self.spans[place],
            Stands::Bare(place) => self.bare.origin(place).into(),
        }
    }

    /// Where ties stand that are not bare.
    pub(super) fn spans_of_texts(&self) -> impl Iterator<Item = Span> {
        self.spans.iter().copied()
    }

    /// The content hash of a tie; of a bare one it is made.
    pub(super) fn content(&self, at: u32, make: impl FnOnce(&BareRow, u32) -> u128) -> u128 {
        match self.stands(at) {
            Stands::Row(place) => self.contents[place],
            Stands::Bare(place) => make(&self.bare.rows[place], self.bare.origin(place).file),
        }
    }

    /// The first 32 bits of a content hash.
    pub(super) fn first_of_content(&self, at: u32) -> u32 {
        match self.stands(at) {
            Stands::Row(place) => first_of(self.contents[place]),
            Stands::Bare(place) => self.bare.firsts[place],
        }
    }

    /// Makes rows of all bare ties, of contents, so that they can be changed; the bare rows stay for who asks for them.
    pub(super) fn spell_out(&mut self, bare_contents: &[u128]) {
        let content = |at| match self.stands(at) {
            Stands::Row(place) => self.contents[place],
            Stands::Bare(place) => bare_contents[place],
        };
        let all = || 0..self.count;
        let (rows, contents) = (all().map(|at| self.row(at)).collect(), all().map(content).collect());
        let spans = all().map(|at| self.span(at)).collect();
        self.pieces = vec![Piece { first: 0, are_bare: false, place: 0 }];
        (self.rows, self.spans, self.contents) = (rows, spans, contents);
    }

    /// Rows to be changed, and what some say beyond them; none is [bare](Self::spell_out).
    pub(super) fn rows_mut(&mut self) -> (&mut [Row], &mut [More]) {
        debug_assert_eq!(self.rows.len(), self.count as usize, "bare ties are spelled out first");
        (&mut self.rows, &mut self.more)
    }

    /// Leaves rows out, told of the content of each; none is [bare](Self::spell_out).
    pub(super) fn retain(&mut self, mut keeps: impl FnMut(u128) -> bool) {
        fn retain<T>(values: &mut Vec<T>, kept: &[bool]) {
            let mut kept = kept.iter();
            values.retain(|_| *kept.next().unwrap_or(&true));
        }
        debug_assert_eq!(self.rows.len(), self.count as usize, "bare ties are spelled out first");
        let kept: Vec<bool> = self.contents.iter().map(|content| keeps(*content)).collect();
        retain(&mut self.rows, &kept);
        retain(&mut self.contents, &kept);
        retain(&mut self.spans, &kept);
        self.count = number(self.rows.len());
    }

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
        self.begin(false);
        self.contents.push(content);
        self.spans.push(origin.into());
        self.rows.push(Row { source, target, relation, said, id, more });
    }

    /// The tie of a row.
    pub(super) fn get(&self, at: u32) -> PendingTie<'_> {
        let row = self.row(at);
        PendingTie {
            at,
            source: row.source,
            target: row.target,
            claims: self.sayings.of(row.said),
            relation: self.relations[row.relation as usize],
            more: self.more(&row),
            origin: self.span(at).into(),
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
        (0..self.count).map(|at| self.get(at))
    }
}
