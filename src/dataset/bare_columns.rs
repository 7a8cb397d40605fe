//! Ties that are all bare as a file of columns has them: a number each, of which their place is made, and no content.
//!
//! The content of a bare tie is that of ends, relation, day and the citations of its file, which stand in columns of their
//! own; it is worked out when it is asked for.

use std::sync::Arc;

use super::{
    PlainCites,
    blocks::{Blocks, Columns},
    column::{Column, Texts, number},
    content::{FieldKey, hash_of_fields},
    index::TieIndex,
    source_file::{Origin, SourceFile, Span},
    ties::Ties,
};
use crate::model::Vocabulary;

/// The numbers of bare ties, and what makes places of them.
#[derive(Debug)]
pub(super) struct BarePlaces {
    /// By tie.
    rows: Vec<u32>,
    /// Where numbers and lines go on in step: the first number and its line.
    lines: Vec<[u32; 2]>,
    /// The first number of a file, the file, and the row that it has there, in three.
    files: Vec<u32>,
}

impl BarePlaces {
    /// The places of ties; `None` where these are not all bare, or few among many numbers.
    pub(super) fn of(spans: &[Span]) -> Option<Self> {
        let mut bounds: Vec<(u32, u32)> = Vec::new();
        for span in spans {
            let origin = Origin::from(*span);
            let (_, row) = origin.bare_row()?;
            let file = origin.file as usize;
            if bounds.len() <= file {
                bounds.resize(file + 1, (u32::MAX, 0));
            }
            bounds[file] = (bounds[file].0.min(row), bounds[file].1.max(row));
        }
        let (mut files, mut next) = (Vec::new(), 0_u64);
        let mut firsts = vec![(0, 0); bounds.len()];
        for (file, (first, last)) in bounds.iter().enumerate().filter(|(_, (first, last))| first <= last) {
            let start = u32::try_from(next).ok()?;
            firsts[file] = (start, *first);
            files.extend([start, number(file), *first]);
            next += u64::from(last - first) + 1;
        }
        if spans.is_empty() || next > 2 * spans.len() as u64 || next > u64::from(u32::MAX) {
            return None;
        }
        let mut line_of = vec![u32::MAX; usize::try_from(next).ok()?];
        let rows = spans.iter().map(|span| {
            let origin = Origin::from(*span);
            let (line, row) = origin.bare_row().unwrap_or_default();
            let (start, first) = firsts[origin.file as usize];
            line_of[(start + (row - first)) as usize] = line;
            start + (row - first)
        });
        let rows = rows.collect();
        let mut lines: Vec<[u32; 2]> = Vec::new();
        for (at, line) in (0..).zip(&line_of).filter(|(_, line)| **line != u32::MAX) {
            let goes_on = |[first, start]: &[u32; 2]| start.checked_add(at - first) == Some(*line);
            if !lines.last().is_some_and(goes_on) {
                lines.push([at, *line]);
            }
        }
        Some(Self { rows, lines, files })
    }

    pub(super) fn store<'c>(places: Option<&'c Self>, columns: &mut Columns<'c>) {
        columns.push("bare.rows", places.map_or(&[], |places| &places.rows));
        columns.push("bare.lines", places.map_or(&[], |places| &places.lines));
        columns.push("bare.files", places.map_or(&[], |places| &places.files));
    }

    /// The places of the ties of a file, made when they are asked for; `None` where columns are missing.
    pub(super) fn stored(blocks: &Arc<Blocks>) -> Option<Column<Span>> {
        let rows: Column<u32> = Column::stored(blocks, "bare.rows")?;
        let lines: Column<[u32; 2]> = Column::stored(blocks, "bare.lines")?;
        let files: Column<u32> = Column::stored(blocks, "bare.files")?;
        let count = rows.len();
        let place = move |tie| {
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
        };
        Some(Column::made(count, place))
    }
}

/// The contents of ties that are all bare, made when they are asked for; the ids of actors are those that files use.
pub(super) fn contents(
    ties: &Ties,
    actors: &Texts,
    vocabulary: &Vocabulary,
    files: &[SourceFile],
) -> Column<u128> {
    let [source, target, relation, when] = ["source", "target", "relation", "when"].map(FieldKey::new);
    let cites: Vec<u128> = files.iter().map(|file| PlainCites::of(&file.cites).content()).collect();
    let named: Vec<u128> =
        vocabulary.relations().map(|(_, named)| relation.text(named.id.as_str())).collect();
    let (actors, count) = (actors.clone(), ties.count());
    let ties = Ties { by_id: std::sync::OnceLock::new(), ..ties.clone() };
    Column::made(count, move |at| {
        let tie = TieIndex::of(at);
        let ends = || [ties.source(tie), ties.target(tie)].map(|end| actors.get(end.0));
        let [first, second] = ties.written.ends(tie).unwrap_or_else(ends);
        let of = |list: &[u128], at: usize| list.get(at).copied().unwrap_or(0);
        let fields = [
            source.text(first),
            target.text(second),
            of(&named, ties.relation(tie).into()),
            when.text(&ties.bare_day(tie)),
            of(&cites, ties.origin(tie).file as usize),
        ];
        hash_of_fields(fields.into_iter().fold(0, u128::wrapping_add))
    })
}
