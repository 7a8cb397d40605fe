//! Pushes ties of which ends, relation and date are all, without making a tie of each.

use rustc_hash::FxHashMap;

use crate::{
    dataset::{
        BareRow, Interner, Origin, PlainCites, PlainEnd, PlainRelation, PlainRow, PlainSaid, Sink, is_day,
    },
    date::Dating,
};

use super::row::{Body, RowView, Word};

/// What is known of the texts of one file that have been met.
pub(super) struct Plain<'t> {
    cites: &'t PlainCites,
    ends: FxHashMap<&'t str, PlainEnd>,
    relations: FxHashMap<&'t str, PlainRelation>,
    dates: FxHashMap<&'t str, Option<PlainSaid>>,
}

impl<'t> Plain<'t> {
    /// Nothing is known yet; the citations are those that the file gives to all its ties.
    pub(super) fn new(cites: &'t PlainCites) -> Self {
        Self {
            cites,
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
        let said = *self.dates.entry(when).or_insert_with(|| {
            let dating = Dating::new(Some(when.parse().ok()?), None, None, None).ok()?;
            Some(PlainSaid::of(&dating, cites, sink))
        });
        let Some(said) = said else { return false };
        let mut end = |id: &'t str| *self.ends.entry(id).or_insert_with(|| PlainEnd::of(id, sink));
        let ends = [end(source), end(target)];
        let relation = *self.relations.entry(relation).or_insert_with(|| PlainRelation::of(relation, sink));
        sink.plain_tie(PlainRow::of(ends, relation, said, 0), origin);
        true
    }
}

/// Texts that bare ties of a commit share, each once, and the numbers that they have in the segment that is read.
#[derive(Default)]
pub(super) struct Words {
    actors: Interner,
    relations: Interner,
    days: Interner,
    segment: usize,
    /// By the place of a text in its column: its number, from 1; 0 where it was not met.
    met: [Vec<u32>; 4],
}

/// The number of a word of a column.
fn met(column: &mut Vec<u32>, texts: &mut Interner, word: Word<'_>) -> u32 {
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

/// What is known of the texts that bare ties share, for one sink.
pub(super) struct Known {
    ends: Vec<Option<PlainEnd>>,
    relations: Vec<Option<PlainRelation>>,
}

/// The same, and what the days of one file say.
pub(super) struct BarePusher<'w> {
    words: &'w Words,
    known: &'w mut Known,
    cites: &'w PlainCites,
    days: Vec<Option<PlainSaid>>,
    file: u32,
}

impl Known {
    /// Nothing is known yet.
    pub(super) fn of(words: &Words) -> Self {
        Self { ends: vec![None; words.actors.len()], relations: vec![None; words.relations.len()] }
    }
}

impl<'w> BarePusher<'w> {
    /// Pushes bare ties of a file, which gives all its ties some citations.
    pub(super) fn new(words: &'w Words, known: &'w mut Known, file: u32, cites: &'w PlainCites) -> Self {
        Self { words, known, cites, days: vec![None; words.days.len()], file }
    }

    /// Pushes a tie with its number among the rows of its commit.
    pub(super) fn push(&mut self, tie: &BareRow, row: u32, sink: &mut impl Sink) {
        let Self { words, known, cites, .. } = self;
        let said = *self.days[tie.day as usize].get_or_insert_with(|| {
            let when = words.days.text(tie.day).parse().ok();
            let dating = Dating::new(when, None, None, None).expect("a day alone is a dating");
            PlainSaid::of(&dating, cites, sink)
        });
        let mut end = |at: u32| {
            let known = &mut known.ends[at as usize];
            *known.get_or_insert_with(|| PlainEnd::of(words.actors.text(at), sink))
        };
        let ends = [end(tie.source), end(tie.target)];
        let relation = *known.relations[tie.relation as usize]
            .get_or_insert_with(|| PlainRelation::of(words.relations.text(tie.relation), sink));
        let plain = PlainRow { is_bare: true, ..PlainRow::of(ends, relation, said, 0) };
        sink.plain_tie(plain, Origin::bare(self.file, tie.line, row));
    }
}
