//! Ties that are all bare as a file of columns has them: a number each, of which their place is made, and no content.
//!
//! The content of a bare tie is that of ends, relation, day and the citations of its file, which stand in columns of their
//! own; it is worked out when it is asked for.

use std::sync::Arc;

use super::{
    bare::BareFields,
    blocks::{Blocks, Columns},
    column::{Column, Texts, number},
    index::TieIndex,
    shortened,
    source_file::{Origin, SourceFile, Span},
    ties::Ties,
};
use crate::model::Vocabulary;

/// The numbers of bare ties, and what makes places of them.
#[derive(Clone, Debug)]
pub(super) struct BarePlaces {
    /// By tie.
    rows: Column<u32>,
    /// Where numbers and lines go on in step: the first number and its line.
    lines: Column<[u32; 2]>,
    /// The first number of a file, the file, and the row that it has there, in three.
    files: Column<u32>,
}

impl BarePlaces {
    /// The places of ties; `None` where these are not all bare, or few among many numbers.
    pub(super) fn of(origins: impl Iterator<Item = Origin> + Clone) -> Option<Self> {
        let (mut bounds, mut count): (Vec<(u32, u32)>, _) = (Vec::new(), 0_u64);
        for origin in origins.clone() {
            let (_, row) = origin.bare_row()?;
            let file = origin.file as usize;
            if bounds.len() <= file {
                bounds.resize(file + 1, (u32::MAX, 0));
            }
            bounds[file] = (bounds[file].0.min(row), bounds[file].1.max(row));
            count += 1;
        }
        let (mut files, mut next) = (Vec::new(), 0_u64);
        let mut firsts = vec![(0, 0); bounds.len()];
        for (file, (first, last)) in bounds.iter().enumerate().filter(|(_, (first, last))| first <= last) {
            let start = u32::try_from(next).ok()?;
            firsts[file] = (start, *first);
            files.extend([start, number(file), *first]);
            next += u64::from(last - first) + 1;
        }
        if count == 0 || next > 2 * count || next > u64::from(u32::MAX) {
            return None;
        }
        let mut line_of = vec![u32::MAX; usize::try_from(next).ok()?];
        let mut rows = Vec::with_capacity(usize::try_from(count).ok()?);
        for origin in origins {
            let (line, row) = origin.bare_row().unwrap_or_default();
            let (start, first) = firsts[origin.file as usize];
            line_of[(start + (row - first)) as usize] = line;
            rows.push(start + (row - first));
        }
        let mut lines: Vec<[u32; 2]> = Vec::new();
        for (at, line) in (0..).zip(&line_of).filter(|(_, line)| **line != u32::MAX) {
            let goes_on = |[first, start]: &[u32; 2]| start.checked_add(at - first) == Some(*line);
            if !lines.last().is_some_and(goes_on) {
                lines.push([at, *line]);
            }
        }
        Some(Self { rows: rows.into(), lines: lines.into(), files: files.into() })
    }

    /// The places of some of the ties, in another order.
    pub(super) fn of_rows(self, ties: impl Iterator<Item = usize>) -> Self {
        let rows = self.rows.whole();
        // Those of one file mostly have one number after another: then none of them need be looked at.
        let first = rows.first().copied().unwrap_or(0);
        let rows: Vec<u32> = if (first..).zip(rows).all(|(number, row)| number == *row) {
            ties.map(|tie| first + number(tie)).collect()
        } else {
            ties.map(|tie| rows[tie]).collect()
        };
        Self { rows: rows.into(), ..self }
    }

    /// The number of each tie.
    pub(super) fn rows(&self) -> &[u32] {
        self.rows.whole()
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Puts what makes places of numbers into a file; the numbers may be [shortened](shortened::Shortened).
    pub(super) fn store<'c>(places: Option<&'c Self>, columns: &mut Columns<'c>) {
        columns.push("bare.lines", places.map_or(&[], |places| places.lines.whole()));
        columns.push("bare.files", places.map_or(&[], |places| places.files.whole()));
    }

    /// Those of the ties of a file, none where these are not bare; `None` where columns are missing.
    pub(super) fn stored(blocks: &Arc<Blocks>) -> Option<Self> {
        Some(Self {
            rows: shortened::bare_rows(blocks)?,
            lines: Column::stored(blocks, "bare.lines")?,
            files: Column::stored(blocks, "bare.files")?,
        })
    }

    /// The places of the ties, made when they are asked for.
    pub(super) fn spans(self: &Arc<Self>) -> Column<Span> {
        let places = self.clone();
        Column::made(self.rows.len(), move |tie| {
            let Self { rows, lines, files } = &*places;
            let at = rows.at(tie);
            let run = lines.partition_point(|[first, _]| first <= at).checked_sub(1);
            let line = run
                .map(|run| lines.at(run))
                .and_then(|[first, line]| line.checked_add(at.checked_sub(first)?));
            let mut all = files.whole().chunks_exact(3).rev();
            let file =
                all.find_map(|file| (file[0] <= at).then(|| (file[1], file[2].checked_add(at - file[0]))));
            // Where columns are damaged that is told, and a place that is none does no more harm.
            let (file, row) = file.unwrap_or_default();
            Origin::bare(file, line.unwrap_or(0), row.unwrap_or(0)).into()
        })
    }
}

/// The contents of ties that are all bare, made when they are asked for; the ids of actors are those that files use.
pub(super) fn contents(
    ties: &Ties,
    actors: &Texts,
    vocabulary: &Vocabulary,
    files: &[SourceFile],
) -> Column<u128> {
    let fields = BareFields::of(files);
    let named: Vec<Box<str>> =
        vocabulary.relations().map(|(_, relation)| relation.id.as_str().into()).collect();
    let (actors, count) = (actors.clone(), ties.count());
    let ties = Ties { by_id: std::sync::OnceLock::new(), ..ties.clone() };
    Column::made(count, move |at| {
        let tie = TieIndex::of(at);
        let ends = || [ties.source(tie), ties.target(tie)].map(|end| actors.get(end.0));
        let [source, target] = ties.written.ends(tie).unwrap_or_else(ends);
        let relation = named.get(usize::from(ties.relation(tie))).map_or("", |id| id);
        let day = ties.bare_day(tie);
        fields.content([source, target, relation, &day], ties.origin(tie).file)
    })
}
