//! The network as measures walk it: who is tied to whom, which way, and how strongly.
//!
//! Rows are numbered from 0 in the order of actors. What a value stands for is said by [`Weight`].

use std::ops::Range;

use super::Weight;
use crate::{
    dataset::{ActorIndex, DyadIndex, number},
    network::Network,
};

/// What becomes of the direction of ties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// It is ignored: a tie either way joins two actors.
    #[default]
    Ignored,
    /// It is followed: a tie is an arc from its source to its target, a symmetric one an arc each way.
    Followed,
}

/// Cells of a sparse matrix, row after row, those of a row in the order of their columns.
#[derive(Clone, Debug, Default, PartialEq)]
struct Cells {
    offsets: Vec<usize>,
    columns: Vec<u32>,
    /// As many as columns, or none when every cell is 1.
    values: Vec<f64>,
}

/// The actors of a network and the values between them: a sparse matrix without a diagonal.
#[derive(Clone, Debug, PartialEq)]
pub struct Sociomatrix {
    actors: Vec<ActorIndex>,
    out: Cells,
    /// The transposed, where it differs.
    into: Option<Cells>,
}

impl Sociomatrix {
    /// The matrix of a network: one row for each of [`Network::actors`].
    ///
    /// Parallel ties make one cell, whose value is 1, or the weight of those ties that run its way.
    /// Cells of weight 0 are left out.
    ///
    /// # Complexity
    /// Time O(V + E) and space O(V + D), for V actors, E ties and D dyads.
    pub fn of(network: &Network<'_>, direction: Direction, weight: Option<&Weight>) -> Self {
        let dataset = network.dataset();
        let (actors, numbers) = numbered(network);
        let dyads = network.compact().dyads();
        let mut arcs: Vec<(u32, u32, f64)> = Vec::with_capacity(dyads.len() * 2);
        for (dyad, (low, high)) in dataset.dyads().with_ends(dyads) {
            let (a, b) = (numbers[low.at()], numbers[high.at()]);
            if direction == Direction::Ignored {
                let value = weight.map_or(1.0, |weight| weight.of(network, network.ties(dyad)));
                arcs.extend([(a, b, value), (b, a, value)]);
                continue;
            }
            for (source, row, column) in [(low, a, b), (high, b, a)] {
                let runs =
                    |tie: &_| dataset.ties().source(*tie) == source || dataset.relation(*tie).symmetric;
                let mut ties = network.ties(dyad).filter(runs).peekable();
                if ties.peek().is_some() {
                    arcs.push((row, column, weight.map_or(1.0, |weight| weight.of(network, ties))));
                }
            }
        }
        Self::build(actors, arcs, direction, weight.is_some())
    }

    /// The undirected matrix of a network whose dyads have the values of a rule; those of value 0 are left out.
    ///
    /// # Complexity
    /// Time and space O(V + D) beside the rule, for V actors and D dyads.
    pub fn valued(network: &Network<'_>, value: impl Fn(DyadIndex) -> f64) -> Self {
        let (actors, numbers) = numbered(network);
        let mut arcs = Vec::new();
        for (dyad, (low, high)) in network.dataset().dyads().with_ends(network.compact().dyads()) {
            let (a, b, value) = (numbers[low.at()], numbers[high.at()], value(dyad));
            arcs.extend([(a, b, value), (b, a, value)]);
        }
        Self::build(actors, arcs, Direction::Ignored, true)
    }

    /// The matrix of `count` actors, whose rows are their numbers, with these arcs; of an undirected
    /// one each arc is given once. Loops are left out, and parallel arcs add up where they are valued.
    pub fn from_arcs(count: usize, arcs: &[(u32, u32, f64)], direction: Direction, is_valued: bool) -> Self {
        let actors = (0..number(count)).map(ActorIndex).collect();
        let mut all: Vec<(u32, u32, f64)> = arcs.iter().copied().filter(|(a, b, _)| a != b).collect();
        if direction == Direction::Ignored {
            all.extend(arcs.iter().filter(|(a, b, _)| a != b).map(|(a, b, value)| (*b, *a, *value)));
        }
        all.sort_by_key(|(a, b, _)| (*a, *b));
        all.dedup_by(|next, kept| {
            let is_same = (next.0, next.1) == (kept.0, kept.1);
            if is_same {
                kept.2 += next.2;
            }
            is_same
        });
        Self::build(actors, all, direction, is_valued)
    }

    fn build(
        actors: Vec<ActorIndex>,
        mut arcs: Vec<(u32, u32, f64)>,
        direction: Direction,
        is_valued: bool,
    ) -> Self {
        if is_valued {
            arcs.retain(|(_, _, value)| *value != 0.0);
        }
        let out = Cells::gather(actors.len(), arcs.iter().copied(), is_valued);
        let turned = || arcs.iter().map(|(a, b, value)| (*b, *a, *value));
        let into =
            (direction == Direction::Followed).then(|| Cells::gather(actors.len(), turned(), is_valued));
        Self { actors, out, into }
    }

    /// How many actors it has.
    pub fn len(&self) -> usize {
        self.actors.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty()
    }

    /// The actors by their numbers.
    pub fn actors(&self) -> &[ActorIndex] {
        &self.actors
    }

    /// The number of an actor, if it has one.
    ///
    /// # Complexity
    /// Time O(log V), for V actors.
    pub fn row_of(&self, actor: ActorIndex) -> Option<u32> {
        self.actors.binary_search(&actor).ok().map(number)
    }

    /// All numbers in order.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = u32> + use<> {
        0..number(self.len())
    }

    /// Whether direction counts.
    pub fn is_directed(&self) -> bool {
        self.into.is_some()
    }

    /// Whether cells have values other than 1.
    pub fn is_valued(&self) -> bool {
        !self.out.values.is_empty()
    }

    /// How many cells are filled: arcs, or twice the number of dyads where direction is ignored.
    pub fn cell_count(&self) -> usize {
        self.out.columns.len()
    }

    /// To whom an actor is tied, in order.
    pub fn out(&self, row: u32) -> &[u32] {
        self.out.row(row)
    }

    /// Who is tied to an actor, in order.
    pub fn into(&self, row: u32) -> &[u32] {
        self.incoming().row(row)
    }

    /// To whom an actor is tied, with the value.
    pub fn out_cells(&self, row: u32) -> impl Iterator<Item = (u32, f64)> {
        self.out.cells(row)
    }

    /// Who is tied to an actor, with the value.
    pub fn into_cells(&self, row: u32) -> impl Iterator<Item = (u32, f64)> {
        self.incoming().cells(row)
    }

    /// The value from one actor to another; 0 where there is none.
    ///
    /// # Complexity
    /// Time O(log d), for the number d of cells in the row.
    pub fn value(&self, row: u32, column: u32) -> f64 {
        self.cell(row, column).map_or(0.0, |cell| self.value_at(cell))
    }

    /// The numbers of the cells of a row, which are those of `out`.
    pub fn cells_of(&self, row: u32) -> Range<usize> {
        self.out.offsets[row as usize]..self.out.offsets[row as usize + 1]
    }

    /// The column of a cell.
    pub fn column(&self, cell: usize) -> u32 {
        self.out.columns[cell]
    }

    /// The value of a cell.
    pub fn value_at(&self, cell: usize) -> f64 {
        self.out.values.get(cell).copied().unwrap_or(1.0)
    }

    /// The number of the cell from one actor to another, if it is filled.
    pub fn cell(&self, row: u32, column: u32) -> Option<usize> {
        self.out(row).binary_search(&column).ok().map(|at| self.out.offsets[row as usize] + at)
    }

    /// The matrix with direction turned round; the same where direction is ignored.
    #[must_use]
    pub fn transposed(mut self) -> Self {
        if let Some(into) = &mut self.into {
            std::mem::swap(into, &mut self.out);
        }
        self
    }

    /// The symmetric matrix whose cells are the sums of both ways; the same where direction is ignored.
    #[must_use]
    pub fn symmetrised(self) -> Self {
        if self.into.is_none() {
            return self;
        }
        let cells = |row| self.out_cells(row).map(move |(column, value)| (row, column, value));
        let arcs: Vec<(u32, u32, f64)> = self.rows().flat_map(cells).collect();
        let matrix = Self::from_arcs(self.len(), &arcs, Direction::Ignored, true);
        Self { actors: self.actors, ..matrix }
    }

    fn incoming(&self) -> &Cells {
        self.into.as_ref().unwrap_or(&self.out)
    }
}

/// The actors of a network, and by row of the dataset their numbers.
fn numbered(network: &Network<'_>) -> (Vec<ActorIndex>, Vec<u32>) {
    let actors: Vec<ActorIndex> = network.actors().collect();
    let mut numbers = vec![u32::MAX; network.dataset().actors().count()];
    for (at, actor) in actors.iter().enumerate() {
        numbers[actor.at()] = number(at);
    }
    (actors, numbers)
}

impl Cells {
    /// Gathers arcs by row, each row then sorted by column.
    fn gather(count: usize, arcs: impl Iterator<Item = (u32, u32, f64)> + Clone, is_valued: bool) -> Self {
        let mut offsets = vec![0_usize; count + 1];
        for (row, _, _) in arcs.clone() {
            offsets[row as usize + 1] += 1;
        }
        for row in 0..count {
            offsets[row + 1] += offsets[row];
        }
        let mut next = offsets.clone();
        let mut cells = vec![(0_u32, 0.0_f64); offsets[count]];
        for (row, column, value) in arcs {
            cells[next[row as usize]] = (column, value);
            next[row as usize] += 1;
        }
        for row in 0..count {
            cells[offsets[row]..offsets[row + 1]].sort_by_key(|(column, _)| *column);
        }
        let columns = cells.iter().map(|(column, _)| *column).collect();
        let values = if is_valued { cells.iter().map(|(_, value)| *value).collect() } else { Vec::new() };
        Self { offsets, columns, values }
    }

    fn row(&self, row: u32) -> &[u32] {
        &self.columns[self.offsets[row as usize]..self.offsets[row as usize + 1]]
    }

    fn cells(&self, row: u32) -> impl Iterator<Item = (u32, f64)> {
        let range = self.offsets[row as usize]..self.offsets[row as usize + 1];
        range.map(|at| (self.columns[at], self.values.get(at).copied().unwrap_or(1.0)))
    }
}
