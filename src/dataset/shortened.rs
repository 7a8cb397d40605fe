//! Columns that are shorter in a file than in memory, and what is made of them when they are read.

use std::sync::{Arc, OnceLock};

use super::{
    bare_columns::BarePlaces,
    blocks::{Blocks, Columns},
    column::{Column, number},
    index::ActorIndex,
    mapped::{Plain, zero},
    source_file::{Origin, Span},
    ties::Ties,
};

/// Columns of ties as a file has them; those that are none stand there as they are.
#[derive(Debug)]
pub(super) struct Shortened {
    /// By saying the first tie that says it or one behind it: where ties come in the order of what they say.
    firsts: Option<Vec<u32>>,
    relations: Option<Vec<u8>>,
    /// Sources and targets.
    ends: [Option<Vec<[u8; 3]>>; 2],
    /// The numbers of bare ties.
    rows: Option<Vec<[u8; 3]>>,
}

/// The lowest three bytes of numbers, if these have no others.
fn three_bytes(numbers: impl Iterator<Item = u32>) -> Option<Vec<[u8; 3]>> {
    let three = |number: u32| match number.to_le_bytes() {
        [a, b, c, 0] => Some([a, b, c]),
        _ => None,
    };
    numbers.map(three).collect()
}

fn of_three_bytes([a, b, c]: [u8; 3]) -> u32 {
    u32::from_le_bytes([a, b, c, 0])
}

impl Shortened {
    pub(super) fn of(ties: &Ties, bare: Option<&BarePlaces>) -> Self {
        let said = ties.said.whole();
        let firsts = said.is_sorted().then(|| {
            let mut firsts = Vec::with_capacity(ties.saying_count());
            for (tie, said) in (0..).zip(said) {
                firsts.resize(firsts.len().max(*said as usize + 1), tie);
            }
            firsts.resize(ties.saying_count(), number(said.len()));
            firsts
        });
        let relations = ties.relations.whole().iter().map(|relation| u8::try_from(*relation).ok()).collect();
        let ends = [&ties.sources, &ties.targets];
        let ends = ends.map(|ends| three_bytes(ends.whole().iter().map(|actor| actor.0)));
        let rows = bare.and_then(|bare| three_bytes(bare.rows().iter().copied()));
        Self { firsts, relations, ends, rows }
    }

    pub(super) fn store<'c>(
        &'c self,
        ties: &'c Ties,
        bare: Option<&'c BarePlaces>,
        columns: &mut Columns<'c>,
    ) {
        columns.push("ties.said", if self.firsts.is_some() { &[] } else { ties.said.whole() });
        columns.push("said.firsts", self.firsts.as_deref().unwrap_or_default());
        let [sources, targets] = &self.ends;
        push(SOURCES, ties.sources.whole(), sources.as_deref(), columns);
        push(TARGETS, ties.targets.whole(), targets.as_deref(), columns);
        push(RELATIONS, ties.relations.whole(), self.relations.as_deref(), columns);
        push(BARE_ROWS, bare.map_or(&[], BarePlaces::rows), self.rows.as_deref(), columns);
    }
}

/// The names of a column and of its narrow form.
type Names = [&'static str; 2];

const SOURCES: Names = ["ties.sources", "ties.sources.narrow"];
const TARGETS: Names = ["ties.targets", "ties.targets.narrow"];
const RELATIONS: Names = ["ties.relations", "ties.relations.narrow"];
const BARE_ROWS: Names = ["bare.rows", "bare.rows.narrow"];

/// Adds a column in one of its two forms.
fn push<'c, T: Plain, N: Plain>(
    [wide, narrow]: Names,
    values: &'c [T],
    narrowed: Option<&'c [N]>,
    columns: &mut Columns<'c>,
) {
    columns.push(wide, if narrowed.is_some() { &[] } else { values });
    columns.push(narrow, narrowed.unwrap_or_default());
}

/// A column that stands in one of its two forms.
fn stored<T, N>(blocks: &Arc<Blocks>, [wide, narrow]: Names, value: fn(N) -> T) -> Option<Column<T>>
where
    T: Plain + Send + Sync + 'static,
    N: Plain + Send + Sync + 'static,
{
    let narrow: Column<N> = Column::stored(blocks, narrow)?;
    if narrow.is_empty() {
        return Column::stored(blocks, wide);
    }
    let (count, whole) = (narrow.len(), narrow.clone());
    let all = move || {
        let mut all: Vec<T> = whole.whole().iter().map(|narrow| value(*narrow)).collect();
        // Where columns are damaged that is told; there are as many either way.
        all.resize(count, zero());
        all
    };
    Some(Column::made_with(count, move |row| value(narrow.at(row)), all))
}

/// The actors that act, and those that are acted on.
pub(super) fn ends(blocks: &Arc<Blocks>) -> Option<[Column<ActorIndex>; 2]> {
    let actor = |three| ActorIndex(of_three_bytes(three));
    Some([stored(blocks, SOURCES, actor)?, stored(blocks, TARGETS, actor)?])
}

/// The relations of ties, by their numbers in the vocabulary.
pub(super) fn relations(blocks: &Arc<Blocks>) -> Option<Column<u16>> {
    stored(blocks, RELATIONS, |narrow: u8| u16::from(narrow))
}

/// The numbers of bare ties.
pub(super) fn bare_rows(blocks: &Arc<Blocks>) -> Option<Column<u32>> {
    stored(blocks, BARE_ROWS, of_three_bytes)
}

/// Where actors stand, as a file has it: those that are all bare and of one file by two numbers each.
#[derive(Debug)]
pub(super) struct ActorPlaces {
    /// Number in the commit and line.
    rows: Vec<[u32; 2]>,
    /// Their file, if they stand so.
    file: Option<u32>,
}

impl ActorPlaces {
    pub(super) fn of(spans: &[Span]) -> Self {
        let file = spans.first().map(|span| span.file);
        let place = |span: &Span| {
            let (line, row) = Origin::from(*span).bare_row()?;
            (Some(span.file) == file).then_some([row, line])
        };
        let rows: Option<Vec<[u32; 2]>> = spans.iter().map(place).collect();
        Self { file: file.filter(|_| rows.is_some()), rows: rows.unwrap_or_default() }
    }

    pub(super) fn store<'c>(&'c self, spans: &'c [Span], columns: &mut Columns<'c>) {
        columns.push("actors.spans", if self.file.is_some() { &[] } else { spans });
        columns.push("actors.rows", &self.rows);
        columns.push("actors.rows.file", self.file.as_slice());
    }
}

/// Where the records of actors stand.
pub(super) fn actor_spans(blocks: &Arc<Blocks>) -> Option<Column<Span>> {
    let rows: Column<[u32; 2]> = Column::stored(blocks, "actors.rows")?;
    if rows.is_empty() {
        return Column::stored(blocks, "actors.spans");
    }
    let file = Column::<u32>::stored(blocks, "actors.rows.file")?.get(0)?;
    Some(Column::made(rows.len(), move |actor| {
        let [row, line] = rows.at(actor);
        Origin::bare(file, line, row).into()
    }))
}

/// Where to look for the saying of a tie: those of some ties that follow one another are near.
#[derive(Debug)]
struct Steps {
    /// How many ties share a place, as a power of two.
    shift: u32,
    /// By place how many sayings begin before its first tie.
    starts: Vec<u32>,
}

impl Steps {
    /// About as many places as sayings.
    fn of(firsts: &[u32], count: usize) -> Self {
        let shift = (count / firsts.len().max(1)).max(1).ilog2();
        let mut starts = Vec::with_capacity((count >> shift) + 2);
        let mut at = 0;
        for place in 0..=(count >> shift) + 1 {
            while firsts.get(at).is_some_and(|first| (*first as usize) < place << shift) {
                at += 1;
            }
            starts.push(number(at));
        }
        Self { shift, starts }
    }
}

/// What each of so many ties says, by its number.
pub(super) fn said(blocks: &Arc<Blocks>, count: usize) -> Option<Column<u32>> {
    let firsts: Column<u32> = Column::stored(blocks, "said.firsts")?;
    if firsts.is_empty() {
        return Column::stored(blocks, "ties.said");
    }
    let all = {
        let firsts = firsts.clone();
        move || {
            let firsts = firsts.whole();
            let end_of = |said: usize| firsts.get(said + 1).map_or(count, |first| *first as usize).min(count);
            let mut all = Vec::with_capacity(count);
            for said in 0..firsts.len() {
                all.resize(all.len().max(end_of(said)), number(said));
            }
            // Where columns are damaged that is told; there are as many as ties either way.
            all.resize(count, 0);
            all
        }
    };
    let steps = OnceLock::new();
    let one = move |tie: usize| {
        let firsts = firsts.whole();
        let Steps { shift, starts } = steps.get_or_init(|| Steps::of(firsts, count));
        let bounds =
            [0, 1].map(|next| starts.get((tie >> *shift) + next).map_or(firsts.len(), |at| *at as usize));
        let near = firsts.get(bounds[0]..bounds[1].max(bounds[0])).unwrap_or_default();
        let after = bounds[0] + near.partition_point(|first| *first as usize <= tie);
        number(after.saturating_sub(1))
    };
    Some(Column::made_with(count, one, all))
}

/// The values of a column, none where all are a usual one.
pub(super) fn unless_all<T: Copy + PartialEq>(values: &[T], usual: T) -> &[T] {
    if values.iter().all(|value| *value == usual) { &[] } else { values }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{mapped::FileBytes, sayings::Said};

    /// What stands in a file of these columns, asked one by one and all at once.
    fn read_back<T: Copy + PartialEq + std::fmt::Debug>(columns: &Column<T>) -> Vec<T> {
        let ones: Vec<T> = (0..columns.len()).map(|row| columns.at(row)).collect();
        assert_eq!(columns.whole(), &ones);
        assert_eq!(columns.at(0), ones[0]);
        ones
    }

    #[test]
    fn places_of_actors_come_back_in_whatever_form_they_stood() {
        let bare = |file, row| Span::from(Origin::bare(file, 7 * row, row));
        let record = Span::from(Origin { file: 3, start: 5, end: 9 });
        let all = [
            vec![],
            vec![record],
            vec![bare(3, 1), bare(3, 0), bare(3, 900)],
            vec![bare(3, 1), bare(4, 0)],
            vec![bare(3, 1), record],
        ];
        for (at, spans) in all.iter().enumerate() {
            let places = ActorPlaces::of(spans);
            assert_eq!(places.file.is_some(), at == 2);
            let mut columns = Columns::default();
            places.store(spans, &mut columns);
            let bytes = columns.write("test".to_owned(), |pieces| pieces.concat());
            let blocks = Blocks::open("f", FileBytes::read(&bytes), "test", |what| panic!("{what}"));
            assert_eq!(actor_spans(&Arc::new(blocks.unwrap())).unwrap().whole(), spans);
        }
    }

    #[test]
    fn columns_come_back_in_whatever_form_they_stood() {
        let said = [vec![0], vec![0, 0, 2, 2, 3], vec![1, 1], vec![1, 0, 1], vec![4, 4, 4]];
        for (said, (end, relation)) in
            said.iter().flat_map(|said| [(7, 255), (1 << 24, 256), ((1 << 24) - 1, 0)].map(|of| (said, of)))
        {
            let sayings = Said { places: vec![[0; 3]; 5].into(), ..Said::default() };
            let ends = [3, end].map(|end| vec![ActorIndex(end); said.len()]);
            let relations = vec![relation; said.len()];
            let ties = Ties {
                sources: ends[0].clone().into(),
                targets: ends[1].clone().into(),
                said: said.clone().into(),
                relations: relations.clone().into(),
                sayings: sayings.into(),
                ..Ties::default()
            };
            let shortened = Shortened::of(&ties, None);
            let is_narrow = [shortened.ends[1].is_some(), shortened.relations.is_some()];
            assert_eq!(is_narrow, [end < 1 << 24, relation < 256]);
            assert_eq!((shortened.firsts.is_some(), shortened.ends[0].is_some()), (said.is_sorted(), true));
            let mut columns = Columns::default();
            shortened.store(&ties, None, &mut columns);
            let bytes = columns.write("test".to_owned(), |pieces| pieces.concat());
            let blocks = Blocks::open("f", FileBytes::read(&bytes), "test", |what| panic!("{what}"));
            let blocks = Arc::new(blocks.unwrap());
            assert_eq!(&read_back(&super::said(&blocks, said.len()).unwrap()), said);
            assert_eq!(read_back(&super::relations(&blocks).unwrap()), relations);
            assert_eq!(super::ends(&blocks).unwrap().map(|column| read_back(&column)), ends);
            assert!(bare_rows(&blocks).unwrap().is_empty());
        }
    }
}
