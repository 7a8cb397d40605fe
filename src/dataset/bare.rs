//! Bare ties: rows of tables of which ends, relation, an exact day and the citations of the file are all.
//!
//! Nothing of them needs a text. An archive keeps them as numbers, and a tie is made of the columns when it is shown.

use std::{ops::Range, sync::Arc};

use crate::date::Date;

use super::{
    TieIndex,
    builder::Builder,
    column::{Column, Texts, number},
    content::{FieldKey, hash_of_fields},
    plain::PlainCites,
    same::Merged,
    sink::ActorNumber,
    source_file::{Origin, SourceFile},
};

/// Bare ties that were pushed, as numbers; texts that they share stand once.
#[derive(Debug, Default)]
pub struct BareTies {
    /// The rows.
    pub rows: Vec<BareRow>,
    /// The ids of their ends.
    pub actors: Texts,
    /// The ids of their relations.
    pub relations: Texts,
    /// Their days, as they are written.
    pub days: Texts,
}

impl BareTies {
    /// The id of an actor, by the number under which the builder knew it.
    pub(crate) fn actor(&self, number: ActorNumber) -> &str {
        self.actors.get(number.0)
    }
}

/// Bare ties on their way, and what there is of them to sort them by and to find them again.
#[derive(Default)]
pub(super) struct BareRows {
    pub(super) rows: Vec<BareRow>,
    /// The first 32 bits of the content hash of each.
    pub(super) firsts: Vec<u32>,
    runs: Vec<Run>,
}

/// Bare ties of one file whose numbers follow one another.
#[derive(Clone, Copy)]
struct Run {
    /// The place of the first.
    first: u32,
    file: u32,
    /// Its number among the rows of its commit.
    number: u32,
}

/// The first 32 bits of a content hash.
pub(super) fn first_of(content: u128) -> u32 {
    u32::try_from(content >> 96).expect("32 bits are left")
}

impl BareRows {
    pub(super) fn push(&mut self, row: BareRow, content: u128, file: u32, number: u32) {
        let first = super::column::number(self.rows.len());
        let goes_on =
            |run: &Run| run.file == file && run.number.checked_add(first - run.first) == Some(number);
        if !self.runs.last().is_some_and(goes_on) {
            self.runs.push(Run { first, file, number });
        }
        self.rows.push(row);
        self.firsts.push(first_of(content));
    }

    fn run(&self, place: u32) -> &Run {
        &self.runs[self.runs.partition_point(|run| run.first <= place) - 1]
    }

    /// Where a row stands.
    pub(super) fn origin(&self, place: usize) -> Origin {
        let at = number(place);
        let run = self.run(at);
        Origin::bare(run.file, self.rows[place].line, run.number + (at - run.first))
    }

    /// Where all stand, in their order.
    pub(super) fn origins(&self) -> impl Iterator<Item = Origin> + Clone {
        let ends = self.runs.iter().skip(1).map(|run| run.first).chain([number(self.rows.len())]);
        self.runs.iter().zip(ends).flat_map(|(run, end)| {
            let rows = &self.rows[run.first as usize..end as usize];
            rows.iter().zip(run.number..).map(|(row, number)| Origin::bare(run.file, row.line, number))
        })
    }

    /// Gives numbers to the last rows, by runs of them, each of one file, with the number of the first of each.
    fn renumber(&mut self, runs: impl Iterator<Item = (Range<u32>, u32)>) {
        let runs: Vec<Run> = runs
            .map(|(run, number)| Run { first: run.start, file: self.run(run.start).file, number })
            .collect();
        if let Some(first) = runs.first() {
            self.runs.truncate(self.runs.partition_point(|run| run.first < first.first));
            self.runs.extend(runs);
        }
    }
}

/// What makes the content hash of a bare tie: that of ends, relation, day and the citations of its file.
pub(super) struct BareFields {
    keys: [FieldKey; 4],
    cites: Vec<u128>,
}

impl BareFields {
    pub(super) fn of(files: &[SourceFile]) -> Self {
        let cites = files.iter().map(|file| PlainCites::of(&file.cites).content()).collect();
        Self { keys: ["source", "target", "relation", "when"].map(FieldKey::new), cites }
    }

    /// The content of a tie of source, target, relation and day, in a file.
    pub(super) fn content(&self, texts: [&str; 4], file: u32) -> u128 {
        let cites = self.cites.get(file as usize).copied().unwrap_or(0);
        let fields = self.keys.iter().zip(texts).map(|(key, text)| key.text(text));
        hash_of_fields(fields.fold(cites, u128::wrapping_add))
    }
}

/// [`BareFields`] of the bare ties of a builder.
pub(super) struct BareContents<'b> {
    builder: &'b Builder,
    fields: BareFields,
}

impl BareContents<'_> {
    /// The content hash of a tie of the builder, bare or not.
    pub(super) fn of_tie(&self, at: u32) -> u128 {
        self.builder.ties.content(at, |row, file| self.content(row, file))
    }

    fn content(&self, row: &BareRow, file: u32) -> u128 {
        let Builder { named, relations_named, .. } = self.builder;
        let [source, target] = [row.source, row.target].map(|end| named.text(end));
        let relation = relations_named.text(row.relation);
        self.fields.content([source, target, relation, self.builder.day_text(row.day)], file)
    }
}

/// A bare tie: the line on which it stood, and the places of its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BareRow {
    /// The line, from 1.
    pub line: u32,
    /// The id of the actor that acts, among those of actors.
    pub source: u32,
    /// The id of the actor that is acted on, among those of actors.
    pub target: u32,
    /// The id of the relation, among those of relations.
    pub relation: u32,
    /// The day, among days.
    pub day: u32,
}

/// Whether a text is a day that is made again of its number.
pub(crate) fn is_day(text: &str) -> bool {
    let fits =
        |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(fits) && text.parse::<Date>().is_ok()
}

/// The ids of the ends of bare ties whose actors have other ids, by tie.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub(super) ties: Column<u32>,
    /// Two for each tie.
    pub(super) ends: Texts,
}

impl Written {
    fn of(ties: Vec<u32>, ends: Texts) -> Self {
        Self { ties: ties.into(), ends }
    }

    /// Source and target of a tie, if it is one of these.
    pub(super) fn ends(&self, tie: TieIndex) -> Option<[&str; 2]> {
        let at = self.ties.partition_point(|known| known < tie.0);
        (self.ties.get(at) == Some(tie.0)).then(|| [0, 1].map(|end| self.ends.get(2 * number(at) + end)))
    }

    /// The same of ties that have other numbers now: for each, that which it had.
    pub(super) fn renumbered(&self, old: impl Iterator<Item = TieIndex>) -> Self {
        let (mut ties, mut texts) = (Vec::new(), Texts::default());
        if !self.ties.is_empty() {
            for (tie, old) in (0..).zip(old) {
                if let Some(ends) = self.ends(old) {
                    ties.push(tie);
                    texts.push(ends[0]);
                    texts.push(ends[1]);
                }
            }
        }
        Self::of(ties, texts)
    }
}

/// [`Written`] on its way.
#[derive(Default)]
pub(super) struct Writing(Vec<u32>, Texts);

impl Writing {
    /// Adds the ends of a tie behind those before.
    pub(super) fn push(&mut self, tie: u32, ends: [&str; 2]) {
        self.0.push(tie);
        self.1.push(ends[0]);
        self.1.push(ends[1]);
    }
}

impl From<Writing> for Written {
    fn from(Writing(ties, ends): Writing) -> Self {
        Self::of(ties, ends)
    }
}

impl Builder {
    /// How many bare ties were pushed.
    pub(crate) fn bare_count(&self) -> u32 {
        number(self.ties.bare.rows.len())
    }

    /// Gives bare ties that were pushed last their numbers among the rows of a commit: by runs of them, each of one file,
    /// with the number of its first.
    pub(crate) fn number_bare(&mut self, runs: impl Iterator<Item = (Range<u32>, u32)>) {
        self.ties.bare.renumber(runs);
    }

    /// Gives actors of some files of which the id is all, and which are numbered among themselves, their numbers among the
    /// rows of a commit: by file, the number of the first.
    pub(crate) fn number_named(&mut self, files: &[(u32, u32)]) {
        for actor in &mut self.actors {
            let first = files.iter().find(|(file, _)| *file == actor.origin.file).map(|(_, first)| *first);
            if let (Some(first), Some((line, number))) = (first, actor.origin.bare_row()) {
                actor.origin = Origin::bare(actor.origin.file, line, first + number);
            }
        }
    }

    /// What makes content hashes of bare ties.
    pub(super) fn bare_contents(&self) -> BareContents<'_> {
        BareContents { builder: self, fields: BareFields::of(&self.files) }
    }

    /// The day of a saying of bare ties.
    fn day_text(&self, said: u32) -> &str {
        let claim = self.ties.sayings.of(said).first();
        let date = claim.and_then(|claim| self.datings.of(claim.dating).when());
        date.map_or("", |date| date.as_str())
    }

    /// Forgets the texts of tables of which no record is made again: those whose rows are all bare.
    pub(super) fn forget_texts(&mut self, merged: &[Merged]) {
        let merged = merged.iter().flat_map(|merged| [merged.record, merged.said]);
        let actors = self.actors.iter().map(|actor| actor.origin);
        let references = self.references.iter().map(|(_, origin)| *origin);
        let ties = self.ties.spans_of_texts().map(Origin::from);
        let mut is_needed: Vec<bool> = self.files.iter().map(|file| file.rows.is_none()).collect();
        for origin in actors.chain(merged).chain(references).chain(ties) {
            is_needed[origin.file as usize] |= origin.bare_row().is_none() && origin.end > origin.start;
        }
        for (file, _) in self.files.iter_mut().zip(is_needed).filter(|(_, is_needed)| !is_needed) {
            file.text = Arc::new(String::new()).into();
        }
    }

    /// Makes bare ties rows like others, which can be changed.
    pub(super) fn spell_out_bare(&mut self) {
        let mut ties = std::mem::take(&mut self.ties.bare);
        let contents = self.bare_contents();
        let made: Vec<u128> =
            ties.rows.iter().zip(ties.origins()).map(|(row, at)| contents.content(row, at.file)).collect();
        std::mem::swap(&mut self.ties.bare, &mut ties);
        self.ties.spell_out(&made);
    }

    /// The bare ties that were pushed, and no others any more.
    pub(super) fn take_bare(&mut self) -> BareTies {
        let days = (0..self.ties.sayings.count()).map(|said| self.day_text(said)).collect();
        let rows = std::mem::take(&mut self.ties.bare.rows);
        let [actors, relations] =
            [&mut self.named, &mut self.relations_named].map(|named| std::mem::take(named).into_texts());
        BareTies { rows, actors, relations, days }
    }
}
