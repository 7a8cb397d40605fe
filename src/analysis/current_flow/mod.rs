//! Centrality by currents: the network as one of resistors, dyads conducting as strongly as they are valued.

mod laplacian;
mod sampled;

pub use laplacian::TOLERANCE;
pub use sampled::{SampledCurrents, sampled_current_flow_betweenness, sampled_current_flow_closeness};

use super::Sociomatrix;
use crate::dataset::number;

/// Components with more actors are not solved exactly, which takes a full matrix; for them there are estimates.
pub const MOST_ACTORS: usize = 2500;

/// The current-flow betweenness of every actor: the current that passes through it when one unit runs
/// between two others, summed over all unordered pairs of others in its component.
///
/// `None` where a component has more than [`MOST_ACTORS`] actors ([`sampled_current_flow_betweenness`]
/// estimates it there). Direction must be ignored. Not
/// normalised; 0 for isolated actors.
///
/// # Complexity
/// Time O(n³ + D·n·log n), space O(n²), for the n actors of the largest component and D dyads.
///
/// # Examples
/// In the path `a – b – c`, `b` has 1. In the square each has 1: ½ from the pair of its neighbours, and ¼
/// from each of its neighbours with the fourth.
///
/// # References
/// Newman, M. E. J. (2005). A measure of betweenness centrality based on random walks. *Social Networks*
/// 27(1), 39–54. <https://doi.org/10.1016/j.socnet.2004.11.009>
///
/// Brandes, U., and Fleischer, D. (2005). Centrality measures based on current flow. *STACS 2005*, LNCS
/// 3404, 533–544. <https://doi.org/10.1007/978-3-540-31856-9_44>
pub fn current_flow_betweenness(matrix: &Sociomatrix) -> Option<Vec<f64>> {
    let mut scores = vec![0.0; matrix.len()];
    for component in components(matrix) {
        betweenness_of(matrix, &component, &mut scores)?;
    }
    Some(scores)
}

/// The same of one component.
fn betweenness_of(matrix: &Sociomatrix, component: &[u32], scores: &mut [f64]) -> Option<()> {
    let places = places(component, matrix.len());
    let potentials = grounded_inverse(matrix, component, &places)?;
    let n = component.len();
    let mut row = vec![0.0; n];
    for (a, actor) in component.iter().enumerate() {
        for (other, value) in matrix.out_cells(*actor).filter(|(other, _)| other > actor) {
            let b = places[other as usize];
            for (at, cell) in row.iter_mut().enumerate() {
                *cell = value * (potentials[a * n + at] - potentials[b * n + at]);
            }
            let current = pair_differences(&mut row);
            scores[*actor as usize] += current;
            scores[other as usize] += current;
        }
    }
    for actor in component {
        // A pair brings one unit to each of its own ends.
        let score = &mut scores[*actor as usize];
        *score = ((*score - float(n - 1)) / 2.0).max(0.0);
    }
    Some(())
}

/// The current-flow closeness of every actor, also called information centrality: the inverse of the mean
/// resistance to the others of its component, times the share of all others that stand in it.
///
/// `None` where a component has more than [`MOST_ACTORS`] actors ([`sampled_current_flow_closeness`]
/// estimates it there). Direction must be ignored; 0 for
/// isolated actors.
///
/// # Complexity
/// Time O(n³), space O(n²), for the n actors of the largest component.
///
/// # Examples
/// In the path `a – b – c`, `b` has 1 and the others 2/3; in a triangle each has 3/2.
///
/// # References
/// Brandes, U., and Fleischer, D. (2005). Centrality measures based on current flow. *STACS 2005*, LNCS
/// 3404, 533–544. <https://doi.org/10.1007/978-3-540-31856-9_44>
///
/// Stephenson, K., and Zelen, M. (1989). Rethinking centrality. *Social Networks* 11(1), 1–37.
/// <https://doi.org/10.1016/0378-8733(89)90016-6>
pub fn current_flow_closeness(matrix: &Sociomatrix) -> Option<Vec<f64>> {
    let mut scores = vec![0.0; matrix.len()];
    for component in components(matrix) {
        closeness_of(matrix, &component, &mut scores)?;
    }
    Some(scores)
}

/// The same of one component.
fn closeness_of(matrix: &Sociomatrix, component: &[u32], scores: &mut [f64]) -> Option<()> {
    let others = float(matrix.len().saturating_sub(1));
    let potentials = grounded_inverse(matrix, component, &places(component, matrix.len()))?;
    let n = component.len();
    let trace: f64 = (0..n).map(|at| potentials[at * n + at]).sum();
    for (at, actor) in component.iter().enumerate() {
        let row: f64 = potentials[at * n..(at + 1) * n].iter().sum();
        let resistance = float(n) * potentials[at * n + at] + trace - 2.0 * row;
        let reached = float(n - 1);
        scores[*actor as usize] = (reached / resistance) * (reached / others);
    }
    Some(())
}

/// What passes through an actor along its dyad with each neighbour, of the current between others: together its
/// [betweenness](current_flow_betweenness). `None` where its component is too large.
pub(super) fn currents(matrix: &Sociomatrix, actor: u32) -> Option<Vec<(u32, f64)>> {
    let Some(component) = components(matrix).into_iter().find(|component| component.contains(&actor)) else {
        return Some(Vec::new());
    };
    let places = places(&component, matrix.len());
    let potentials = grounded_inverse(matrix, &component, &places)?;
    let (n, a) = (component.len(), places[actor as usize]);
    let through = |(other, value): (u32, f64)| {
        let b = places[other as usize];
        let mut row: Vec<f64> =
            (0..n).map(|at| value * (potentials[a * n + at] - potentials[b * n + at])).collect();
        let own: f64 = row.iter().map(|cell| (row[a] - cell).abs()).sum();
        (other, ((pair_differences(&mut row) - own) / 2.0).max(0.0))
    };
    Some(matrix.out_cells(actor).map(through).collect())
}

/// The resistance between an actor and each other of its component; `None` where that is too large.
pub(super) fn resistances(matrix: &Sociomatrix, actor: u32) -> Option<Vec<(u32, f64)>> {
    let Some(component) = components(matrix).into_iter().find(|component| component.contains(&actor)) else {
        return Some(Vec::new());
    };
    let places = places(&component, matrix.len());
    let potentials = grounded_inverse(matrix, &component, &places)?;
    let (n, a) = (component.len(), places[actor as usize]);
    let resistance =
        |at: usize| potentials[a * n + a] + potentials[at * n + at] - 2.0 * potentials[a * n + at];
    Some((0..n).filter(|at| *at != a).map(|at| (component[at], resistance(at))).collect())
}

/// The sum of the differences of all pairs of some values, which are sorted for it: each counts by its place.
fn pair_differences(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = float(values.len());
    values.iter().enumerate().map(|(at, value)| (2.0 * float(at) - n + 1.0) * value).sum()
}

/// The components of at least two actors.
fn components(matrix: &Sociomatrix) -> Vec<Vec<u32>> {
    let mut is_seen = vec![false; matrix.len()];
    let mut components = Vec::new();
    for first in matrix.rows().filter(|row| !matrix.out(*row).is_empty()) {
        if std::mem::replace(&mut is_seen[first as usize], true) {
            continue;
        }
        let mut reached = vec![first];
        let mut at = 0;
        while let Some(actor) = reached.get(at).copied() {
            at += 1;
            for other in matrix.out(actor) {
                if !std::mem::replace(&mut is_seen[*other as usize], true) {
                    reached.push(*other);
                }
            }
        }
        reached.sort_unstable();
        components.push(reached);
    }
    components
}

fn places(component: &[u32], count: usize) -> Vec<usize> {
    let mut places = vec![usize::MAX; count];
    for (at, actor) in component.iter().enumerate() {
        places[*actor as usize] = at;
    }
    places
}

/// The inverse of a component's Laplacian with its last actor held at potential 0: row s holds the
/// potentials of all when one unit goes in at s and out at the last.
fn grounded_inverse(matrix: &Sociomatrix, component: &[u32], places: &[usize]) -> Option<Vec<f64>> {
    let n = component.len();
    if n > MOST_ACTORS {
        return None;
    }
    let m = n - 1;
    let mut lower = vec![0.0; m * m];
    for (at, actor) in component[..m].iter().enumerate() {
        for (other, value) in matrix.out_cells(*actor) {
            lower[at * m + at] += value;
            let there = places[other as usize];
            if there < at {
                lower[at * m + there] -= value;
            }
        }
    }
    factor(&mut lower, m);
    let mut inverse = vec![0.0; n * n];
    let mut column = vec![0.0; m];
    for source in 0..m {
        column.fill(0.0);
        column[source] = 1.0;
        solve(&lower, m, source, &mut column);
        inverse[source * n..source * n + m].copy_from_slice(&column);
    }
    Some(inverse)
}

/// Cholesky's factor of a positive matrix, in the place of its lower half.
fn factor(lower: &mut [f64], m: usize) {
    for at in 0..m {
        let (above, rest) = lower.split_at_mut(at * m);
        let row = &mut rest[..m];
        for column in 0..at {
            let other = &above[(column * m)..=(column * m + column)];
            row[column] = (row[column] - dot(&row[..column], &other[..column])) / other[column];
        }
        row[at] = (row[at] - dot(&row[..at], &row[..at])).sqrt();
    }
}

/// Solves for a column that is 0 before `first`.
fn solve(lower: &[f64], m: usize, first: usize, column: &mut [f64]) {
    for at in first..m {
        let row = &lower[(at * m)..=(at * m + at)];
        column[at] = (column[at] - dot(&row[first..at], &column[first..at])) / row[at];
    }
    for at in (0..m).rev() {
        let row = &lower[(at * m)..=(at * m + at)];
        column[at] /= row[at];
        let value = column[at];
        for (cell, factor) in column[..at].iter_mut().zip(row) {
            *cell -= factor * value;
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a_chunks, a_rest) = a.as_chunks::<4>();
    let (b_chunks, b_rest) = b.as_chunks::<4>();
    let mut strands = [0.0; 4];
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        for (strand, (a, b)) in strands.iter_mut().zip(a.iter().zip(b)) {
            *strand += a * b;
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    strands.iter().sum::<f64>() + rest
}

fn float(value: usize) -> f64 {
    f64::from(number(value))
}
