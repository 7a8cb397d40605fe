//! Pushes ties of which ends, relation and date are all, without making a tie of each.

use rustc_hash::FxHashMap;

use crate::{
    dataset::{
        ActorNumber, BareRow, ClaimNumber, ClaimRow, Origin, PlainRow, RelationNumber, Sink, field_hash,
        hash_of_fields,
    },
    date::{Date, Dating, Status},
    model::Citation,
};

use super::row::{Body, RowView, Word};

/// What is known of the texts of one file that have been met.
pub(super) struct Plain<'t> {
    cites: &'t [Citation],
    cites_hash: u128,
    /// The number of each end, and what it adds to the content of a tie at either end.
    ends: FxHashMap<&'t str, (ActorNumber, u128, u128)>,
    relations: FxHashMap<&'t str, (RelationNumber, u128)>,
    dates: FxHashMap<&'t str, Option<(ClaimNumber, u128)>>,
}

impl<'t> Plain<'t> {
    /// Nothing is known yet; the citations are those that the file gives to all its ties.
    pub(super) fn new(cites: &'t [Citation]) -> Self {
        let cites_hash = if cites.is_empty() { 0 } else { field_hash("cites", &cites) };
        Self {
            cites,
            cites_hash,
            ends: FxHashMap::default(),
            relations: FxHashMap::default(),
            dates: FxHashMap::default(),
        }
    }

    /// Pushes a tie; tells whether it could, which it cannot when the date is none.
    pub(super) fn push(
        &mut self,
        [source, target, relation]: [&'t str; 3],
        when: &'t str,
        origin: Origin,
        sink: &mut impl Sink,
    ) -> bool {
        let cites = self.cites;
        let dated = *self.dates.entry(when).or_insert_with(|| {
            let dating = Dating::new(Some(when.parse().ok()?), None, None, None).ok()?;
            let claim = ClaimRow { dating: &dating, status: Status::Asserted, cites };
            Some((sink.claim(&claim), field_hash("when", &when)))
        });
        let Some((claim, when)) = dated else { return false };
        let mut end = |id: &'t str| {
            *self.ends.entry(id).or_insert_with(|| {
                (sink.actor_number(id), field_hash("source", &id), field_hash("target", &id))
            })
        };
        let (source, target) = (end(source), end(target));
        let (relation, related) = *self
            .relations
            .entry(relation)
            .or_insert_with(|| (sink.relation_number(relation), field_hash("relation", &relation)));
        let fields = [source.1, target.2, related, when, self.cites_hash];
        let content = hash_of_fields(fields.into_iter().fold(0, u128::wrapping_add));
        let row = PlainRow {
            id: None,
            source: source.0,
            target: target.0,
            relation,
            claim,
            content,
            is_bare: false,
        };
        sink.plain_tie(row, origin);
        true
    }
}

/// Texts that bare ties of a commit share, each once, and the numbers that they have in the segment that is read.
#[derive(Default)]
pub(super) struct Words {
    actors: Interned,
    relations: Interned,
    days: Interned,
    segment: usize,
    /// By the place of a text in its column: its number, from 1; 0 where it was not met.
    met: [Vec<u32>; 4],
}

#[derive(Default)]
struct Interned {
    numbers: FxHashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
}

impl Interned {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let new = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.into(), new);
        self.texts.push(text.into());
        new
    }
}

/// The number of a word of a column.
fn met(column: &mut Vec<u32>, texts: &mut Interned, word: Word<'_>) -> u32 {
    if column.len() <= word.key {
        column.resize(word.key + 1, 0);
    }
    let known = &mut column[word.key];
    if *known == 0 {
        *known = texts.number(word.text) + 1;
    }
    *known - 1
}

impl Words {
    /// A row as numbers, if it is a bare tie.
    pub(super) fn bare(&mut self, row: &RowView<'_>) -> Option<BareRow> {
        let Body::Plain { ends: [source, target, relation], when: Some(when) } = row.body else {
            return None;
        };
        if !is_day(when.text) {
            return None;
        }
        if self.segment != row.segment {
            self.segment = row.segment;
            self.met.iter_mut().for_each(Vec::clear);
        }
        let [sources, targets, relations, days] = &mut self.met;
        Some(BareRow {
            line: row.line,
            source: met(sources, &mut self.actors, source),
            target: met(targets, &mut self.actors, target),
            relation: met(relations, &mut self.relations, relation),
            day: met(days, &mut self.days, when),
        })
    }
}

/// Whether a text is a day that is made again of its number.
pub(super) fn is_day(text: &str) -> bool {
    let fits =
        |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(fits) && text.parse::<Date>().is_ok()
}

/// What is known of the texts that bare ties share, for one sink.
pub(super) struct Known {
    ends: Vec<Option<(ActorNumber, u128, u128)>>,
    relations: Vec<Option<(RelationNumber, u128)>>,
}

/// The same, and what the days of one file say.
pub(super) struct BarePusher<'w> {
    words: &'w Words,
    known: &'w mut Known,
    cites: &'w [Citation],
    cites_hash: u128,
    days: Vec<Option<(ClaimNumber, u128)>>,
    file: u32,
}

impl Known {
    /// Nothing is known yet.
    pub(super) fn of(words: &Words) -> Self {
        Self {
            ends: vec![None; words.actors.texts.len()],
            relations: vec![None; words.relations.texts.len()],
        }
    }
}

impl<'w> BarePusher<'w> {
    /// Pushes bare ties of a file, which gives all its ties some citations.
    pub(super) fn new(words: &'w Words, known: &'w mut Known, file: u32, cites: &'w [Citation]) -> Self {
        let cites_hash = if cites.is_empty() { 0 } else { field_hash("cites", &cites) };
        Self { words, known, cites, cites_hash, days: vec![None; words.days.texts.len()], file }
    }

    /// Pushes a tie with its number among the rows of its commit.
    pub(super) fn push(&mut self, tie: &BareRow, row: u32, sink: &mut impl Sink) {
        let Self { words, known, cites, .. } = self;
        let (claim, when) = *self.days[tie.day as usize].get_or_insert_with(|| {
            let when = &*words.days.texts[tie.day as usize];
            let dating = Dating::new(when.parse().ok(), None, None, None).expect("a day alone is a dating");
            let claim = ClaimRow { dating: &dating, status: Status::Asserted, cites };
            (sink.claim(&claim), field_hash("when", &when))
        });
        let mut end = |at: u32| {
            *known.ends[at as usize].get_or_insert_with(|| {
                let id = &*words.actors.texts[at as usize];
                (sink.actor_number(id), field_hash("source", &id), field_hash("target", &id))
            })
        };
        let (source, target) = (end(tie.source), end(tie.target));
        let (relation, related) = *known.relations[tie.relation as usize].get_or_insert_with(|| {
            let id = &*words.relations.texts[tie.relation as usize];
            (sink.relation_number(id), field_hash("relation", &id))
        });
        let fields = [source.1, target.2, related, when, self.cites_hash];
        let content = hash_of_fields(fields.into_iter().fold(0, u128::wrapping_add));
        let plain = PlainRow {
            id: None,
            source: source.0,
            target: target.0,
            relation,
            claim,
            content,
            is_bare: true,
        };
        sink.plain_tie(plain, Origin::bare(self.file, tie.line, row));
    }
}
