//! Bridges and cut actors: without which dyad or actor a component falls apart.

use super::Sociomatrix;
use crate::dataset::number;

/// A dyad without which its component falls into two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bridge {
    /// One end: the lower row.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// How many actors hang on the side of `a`, itself among them.
    pub a_side: usize,
    /// How many on the side of `b`.
    pub b_side: usize,
}

/// An actor without which its component falls into parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CutActor {
    /// Its row.
    pub row: u32,
    /// How many actors each part has, the largest first.
    pub parts: Vec<usize>,
}

/// The bridges and cut actors of a network, each in the order of rows. Direction and values are ignored.
///
/// # Complexity
/// Time and space O(V + D), for V actors and D dyads.
///
/// # Examples
/// In a triangle `a b c` with `d` tied to `a`, the dyad `a d` is a bridge, and `a` a cut actor with parts of 2 and 1.
///
/// # References
/// Hopcroft, J., and Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph manipulation.
/// *Communications of the ACM* 16(6), 372–378. <https://doi.org/10.1145/362248.362272>
pub fn bridges(matrix: &Sociomatrix) -> (Vec<Bridge>, Vec<CutActor>) {
    debug_assert!(!matrix.is_directed());
    let count = matrix.len();
    let mut search = Search {
        found: vec![u32::MAX; count],
        low: vec![0; count],
        below: vec![1; count],
        parts: vec![Vec::new(); count],
        links: Vec::new(),
        clock: 0,
    };
    let (mut bridges, mut cuts) = (Vec::new(), Vec::new());
    for root in matrix.rows() {
        if search.found[root as usize] != u32::MAX {
            continue;
        }
        search.links.clear();
        let reached = search.walk(matrix, root);
        let all = reached.len();
        for (above, row) in &search.links {
            let side = search.below[*row as usize];
            let (a, b) = (*above.min(row), *above.max(row));
            let (a_side, b_side) = if a == *row { (side, all - side) } else { (all - side, side) };
            bridges.push(Bridge { a, b, a_side, b_side });
        }
        for row in reached {
            let mut parts = std::mem::take(&mut search.parts[row as usize]);
            let rest = all - 1 - parts.iter().sum::<usize>();
            parts.extend((rest > 0).then_some(rest));
            if parts.len() > 1 {
                parts.sort_unstable_by(|a, b| b.cmp(a));
                cuts.push(CutActor { row, parts });
            }
        }
    }
    bridges.sort_unstable();
    cuts.sort_unstable();
    (bridges, cuts)
}

/// A search in depth.
struct Search {
    /// When each actor was found.
    found: Vec<u32>,
    /// The earliest actor that it, or one below it, is tied to.
    low: Vec<u32>,
    /// How many stand below it, itself among them.
    below: Vec<usize>,
    /// The sizes of what falls off when it is taken away.
    parts: Vec<Vec<usize>>,
    /// Bridges, from above to below.
    links: Vec<(u32, u32)>,
    clock: u32,
}

impl Search {
    /// Walks the component of an actor, and gives it.
    fn walk(&mut self, matrix: &Sociomatrix, root: u32) -> Vec<u32> {
        let mut reached = vec![root];
        let mut path: Vec<(u32, usize)> = vec![(root, 0)];
        self.find(root);
        while let Some((row, next)) = path.last_mut() {
            let row = *row;
            if let Some(other) = matrix.out(row).get(*next) {
                *next += 1;
                if self.found[*other as usize] == u32::MAX {
                    self.find(*other);
                    reached.push(*other);
                    path.push((*other, 0));
                } else if path.len() < 2 || path[path.len() - 2].0 != *other {
                    self.low[row as usize] = self.low[row as usize].min(self.found[*other as usize]);
                }
                continue;
            }
            path.pop();
            let Some((above, _)) = path.last().copied() else { break };
            self.low[above as usize] = self.low[above as usize].min(self.low[row as usize]);
            self.below[above as usize] += self.below[row as usize];
            if self.low[row as usize] >= self.found[above as usize] {
                self.parts[above as usize].push(self.below[row as usize]);
            }
            if self.low[row as usize] > self.found[above as usize] {
                self.links.push((above, row));
            }
        }
        reached
    }

    fn find(&mut self, row: u32) {
        self.found[row as usize] = self.clock;
        self.low[row as usize] = self.clock;
        self.clock = number(self.clock as usize + 1);
    }
}
