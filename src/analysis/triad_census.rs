//! The triad census: how often each of the sixteen ways occurs in which three actors can be tied.

use super::Sociomatrix;
use crate::dataset::number;

/// The names of the types: how many dyads are mutual, one-way and empty; then down, up, cyclic or transitive.
pub const TRIADS: [&str; 16] = [
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U",
    "120C", "210", "300",
];

/// How many triads are of each of [`TRIADS`], over all sets of three actors. Values are ignored.
///
/// `111D` is a mutual dyad to which the third has an arc, `111U` one from which an arc leads to the third (as
/// networkx and UCINET name them; some texts turn the two round).
///
/// # Complexity
/// Time O(D·Δ), for D dyads and Δ the most neighbours of an actor; space O(V + D).
///
/// # Examples
/// Of `a → b → c` the one triad is of type `021C`.
///
/// # References
/// Holland, P. W., and Leinhardt, S. (1970). A method for detecting structure in sociometric data. *American Journal
/// of Sociology* 76(3), 492–513. <https://doi.org/10.1086/224954>
///
/// Batagelj, V., and Mrvar, A. (2001). A subquadratic triad census algorithm for large sparse networks with small
/// maximum degree. *Social Networks* 23(3), 237–243. <https://doi.org/10.1016/S0378-8733(01)00035-1>
pub fn triad_census(matrix: &Sociomatrix) -> [u64; 16] {
    let types: Vec<usize> = (0..64).map(kind).collect();
    let ties: Vec<Vec<(u32, u8)>> = matrix.rows().map(|row| both(matrix, row)).collect();
    let count = u64::from(number(matrix.len()));
    let mut census = [0_u64; 16];
    for a in matrix.rows() {
        for (b, way) in ties[a as usize].iter().filter(|(b, _)| *b > a) {
            let mut near = 0_u64;
            for (c, to_a, to_b) in Merged::new(&ties[a as usize], &ties[*b as usize]) {
                if c == a || c == *b {
                    continue;
                }
                near += 1;
                // Each triad is counted at the first of its dyads.
                if c > *b || (c > a && to_a == 0) {
                    census[types[usize::from(way | to_a << 2 | to_b << 4)]] += 1;
                }
            }
            census[if *way == 3 { 2 } else { 1 }] += count - near - 2;
        }
    }
    census[0] = sets_of_three(count) - census[1..].iter().sum::<u64>();
    census
}

fn sets_of_three(count: u64) -> u64 {
    let product =
        u128::from(count) * u128::from(count.saturating_sub(1)) * u128::from(count.saturating_sub(2));
    u64::try_from(product / 6).expect("4 million actors and fewer have less than 2^64 sets of three")
}

/// The neighbours of an actor in order: 1 where it has an arc to them, 2 where they have one to it, 3 both.
fn both(matrix: &Sociomatrix, row: u32) -> Vec<(u32, u8)> {
    let marked = |list: &[u32], mark: u8| list.iter().map(|other| (*other, mark)).collect::<Vec<_>>();
    let (out, into) = (marked(matrix.out(row), 1), marked(matrix.into(row), 2));
    Merged::new(&out, &into).map(|(other, one, two)| (other, one | two)).collect()
}

/// Two lists in order as one: who stands in either, with the marks that it has in both.
struct Merged<'l> {
    a: &'l [(u32, u8)],
    b: &'l [(u32, u8)],
}

impl<'l> Merged<'l> {
    fn new(a: &'l [(u32, u8)], b: &'l [(u32, u8)]) -> Self {
        Self { a, b }
    }
}

impl Iterator for Merged<'_> {
    type Item = (u32, u8, u8);

    fn next(&mut self) -> Option<Self::Item> {
        let least = match (self.a.first(), self.b.first()) {
            (Some(a), Some(b)) => a.0.min(b.0),
            (Some(one), None) | (None, Some(one)) => one.0,
            (None, None) => return None,
        };
        let take = |list: &mut &[(u32, u8)]| match list.first() {
            Some((other, mark)) if *other == least => {
                *list = &list[1..];
                *mark
            }
            Some(_) | None => 0,
        };
        let marks = (take(&mut self.a), take(&mut self.b));
        Some((least, marks.0, marks.1))
    }
}

/// The type of a triad `a b c`, from the marks of its dyads: of `a` to `b`, two bits each, then `a` to `c`, `b` to `c`.
fn kind(code: u8) -> usize {
    let dyads = [(0, 1, code & 3), (0, 2, code >> 2 & 3), (1, 2, code >> 4)];
    let (mut out, mut into, mut mutual, mut one_way) = ([0; 3], [0; 3], [false; 3], 0);
    let mut mutual_count = 0;
    for (a, b, way) in dyads {
        match way {
            1 | 2 => {
                let (from, to) = if way == 1 { (a, b) } else { (b, a) };
                out[from] += 1;
                into[to] += 1;
                one_way += 1;
            }
            3 => {
                mutual[a] = true;
                mutual[b] = true;
                mutual_count += 1;
            }
            _ => {}
        }
    }
    let name = match (mutual_count, one_way) {
        (0, 0) => "003",
        (0, 1) => "012",
        (1, 0) => "102",
        (0, 2) if out.contains(&2) => "021D",
        (0, 2) if into.contains(&2) => "021U",
        (0, 2) => "021C",
        // The one-way arc runs between an end of the mutual dyad and the third.
        (1, 1) if (0..3).any(|at| mutual[at] && into[at] == 1) => "111D",
        (1, 1) => "111U",
        (0, _) if out.contains(&2) => "030T",
        (0, _) => "030C",
        (2, 0) => "201",
        (1, _) if out.contains(&2) => "120D",
        (1, _) if into.contains(&2) => "120U",
        (1, _) => "120C",
        (2, _) => "210",
        _ => "300",
    };
    TRIADS.iter().position(|triad| *triad == name).expect("all names stand in the list")
}
