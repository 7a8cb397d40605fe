//! Bare ties: rows of tables of which ends, relation, an exact day and the citations of the file are all.
//!
//! Nothing of them needs a text. An archive keeps them as numbers, and a tie is made of the columns when it is shown.

use std::ops::Range;

use crate::date::Date;

use super::{
    TieIndex,
    builder::Builder,
    column::{Column, Texts, number},
    file_text::LineCounter,
    source_file::Origin,
};

/// Bare ties that were read from files, as numbers; texts that they share stand once.
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

/// Numbers in the order of their first use.
#[derive(Default)]
struct Renumbered {
    numbers: Vec<u32>,
    texts: Texts,
}

impl Renumbered {
    fn number<'t>(&mut self, old: u32, text: impl FnOnce() -> &'t str) -> u32 {
        let at = old as usize;
        if self.numbers.len() <= at {
            self.numbers.resize(at + 1, u32::MAX);
        }
        if self.numbers[at] == u32::MAX {
            self.numbers[at] = number(self.texts.len());
            self.texts.push(text());
        }
        self.numbers[at]
    }
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
    /// How many ties were pushed.
    pub(crate) fn tie_row_count(&self) -> u32 {
        number(self.ties.rows.len())
    }

    /// The bare ties that were pushed at some places, in their order, which come with the number that the first of each
    /// run has among the rows of its file. From now on their place is a line and a number.
    pub(crate) fn bare_ties(&mut self, runs: impl Iterator<Item = (Range<u32>, u32)> + Clone) -> BareTies {
        let count = runs.clone().map(|(run, _)| run.len()).sum();
        let (mut actors, mut relations, mut days) =
            (Renumbered::default(), Renumbered::default(), Renumbered::default());
        let mut rows = Vec::with_capacity(count);
        let mut lines: Option<(u32, LineCounter<'_>)> = None;
        for (at, row_number) in runs.flat_map(|(run, first)| run.zip(first..)) {
            let row = &mut self.ties.rows[at as usize];
            let origin = Origin::from(row.span);
            if lines.as_ref().is_none_or(|(file, _)| *file != origin.file) {
                lines = Some((origin.file, LineCounter::of(&self.files[origin.file as usize].text)));
            }
            let line = lines.as_mut().map_or(0, |(_, lines)| lines.line(origin.start));
            row.span = Origin::bare(origin.file, line, row_number).into();
            let named = &self.named.texts;
            let named = |at: u32| move || named[at as usize].as_ref();
            let day = row.said;
            rows.push(BareRow {
                line,
                source: actors.number(row.source, named(row.source)),
                target: actors.number(row.target, named(row.target)),
                relation: relations
                    .number(row.relation, || self.relations_named.texts[row.relation as usize].as_ref()),
                day,
            });
        }
        // Sayings are few, and each has one date.
        for row in &mut rows {
            row.day = days.number(row.day, || {
                let claim = &self.ties.sayings.of(row.day)[0];
                self.datings.of(claim.dating).when().map_or("", |when| when.as_str())
            });
        }
        BareTies { rows, actors: actors.texts, relations: relations.texts, days: days.texts }
    }
}
