//! Lengths and numbers of the shortest paths from one actor, along arcs of length 1 or 1 / value.

use std::{cmp::Ordering, collections::BinaryHeap};

use super::Sociomatrix;

/// Lengths that differ by less than this share of themselves are equal.
pub(super) const TOLERANCE: f64 = 1e-12;

/// What a search from one actor finds; used again for the next.
///
/// Arcs of a valued matrix are as long as the inverse of their value (Newman 2001), so that strong ties
/// are short.
pub(super) struct Lengths {
    /// The length at which each is reached, so far.
    reached_at: Vec<f64>,
    paths: Vec<f64>,
    before: Vec<Vec<(u32, usize)>>,
    order: Vec<u32>,
    heap: BinaryHeap<Reached>,
}

/// An actor reached at a length; the nearest first, then the lowest number.
#[derive(PartialEq)]
struct Reached(f64, u32);

impl Eq for Reached {}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.total_cmp(&self.0).then(other.1.cmp(&self.1))
    }
}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Lengths {
    pub(super) fn new(count: usize) -> Self {
        Self {
            reached_at: vec![f64::INFINITY; count],
            paths: vec![0.0; count],
            before: vec![Vec::new(); count],
            order: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    /// The actors reached, the source first, then by length.
    pub(super) fn order(&self) -> &[u32] {
        &self.order
    }

    pub(super) fn length(&self, actor: u32) -> f64 {
        self.reached_at[actor as usize]
    }

    pub(super) fn paths(&self, actor: u32) -> f64 {
        self.paths[actor as usize]
    }

    /// The actors before one on shortest paths, each with the cell that leads on.
    pub(super) fn before(&self, actor: u32) -> &[(u32, usize)] {
        &self.before[actor as usize]
    }

    /// Searches along arcs from a source.
    pub(super) fn run(&mut self, matrix: &Sociomatrix, source: u32) {
        for actor in self.order.drain(..) {
            self.reached_at[actor as usize] = f64::INFINITY;
            self.before[actor as usize].clear();
        }
        self.reached_at[source as usize] = 0.0;
        self.paths[source as usize] = 1.0;
        if matrix.is_valued() { self.by_value(matrix, source) } else { self.by_hops(matrix, source) }
    }

    fn by_hops(&mut self, matrix: &Sociomatrix, source: u32) {
        self.order.push(source);
        let mut at = 0;
        while let Some(actor) = self.order.get(at).copied() {
            at += 1;
            let length = self.reached_at[actor as usize] + 1.0;
            for cell in matrix.cells_of(actor) {
                let column = matrix.column(cell);
                if self.reached_at[column as usize].is_infinite() {
                    self.reached_at[column as usize] = length;
                    self.paths[column as usize] = 0.0;
                    self.order.push(column);
                }
                self.join(actor, cell, column, length);
            }
        }
    }

    fn by_value(&mut self, matrix: &Sociomatrix, source: u32) {
        self.heap.push(Reached(0.0, source));
        while let Some(Reached(length, actor)) = self.heap.pop() {
            if length > self.reached_at[actor as usize] {
                continue;
            }
            self.order.push(actor);
            for cell in matrix.cells_of(actor) {
                let (column, length) = (matrix.column(cell), length + 1.0 / matrix.value_at(cell));
                let known = self.reached_at[column as usize];
                if known.is_infinite() || length < known - TOLERANCE * known {
                    self.reached_at[column as usize] = length;
                    self.paths[column as usize] = 0.0;
                    self.before[column as usize].clear();
                    self.heap.push(Reached(length, column));
                    self.join(actor, cell, column, length);
                } else if length <= known + TOLERANCE * known {
                    self.join(actor, cell, column, known);
                }
            }
        }
    }

    /// Joins the paths to an actor with those to a neighbour, if they lead there at its length.
    fn join(&mut self, actor: u32, cell: usize, column: u32, length: f64) {
        if self.reached_at[column as usize].total_cmp(&length).is_eq() {
            self.paths[column as usize] += self.paths[actor as usize];
            self.before[column as usize].push((actor, cell));
        }
    }
}
