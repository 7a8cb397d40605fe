//! `PageRank`: where one who walks along ties at random is found.

use super::{Sociomatrix, eigenvector::Approached};
use crate::dataset::number;

/// With which probability the walk goes on along a tie.
pub(super) const DAMPING: f64 = 0.85;

const MOST_SWEEPS: usize = 1000;

/// The `PageRank` of every actor: the share of time that a walk spends there which at each step goes on
/// along an arc with probability 0.85, arcs in proportion to their values, and else, or where no arc leads
/// on, jumps to any actor. The scores add up to 1.
///
/// Sweeps go on until one more would change all scores by less than `tolerance` together. Where direction counts or
/// arcs are valued, a sweep uses what it has just found (Gauss and Seidel); else the equations are symmetric, and
/// conjugate gradients need fewer.
///
/// # Complexity
/// Time O(s·D), space O(V), for s sweeps, V actors and D dyads. Conjugate gradients bring the error down to 0.56 of
/// itself each sweep at least, Gauss and Seidel to about 0.85², or 0.85 at worst.
///
/// # Examples
/// In the path `a – b – c`, `b` has (0.05 + 0.85) / 1.85 and the others half of the rest.
///
/// # References
/// Brin, S., and Page, L. (1998). The anatomy of a large-scale hypertextual web search engine. *Computer
/// Networks and ISDN Systems* 30(1–7), 107–117. <https://doi.org/10.1016/S0169-7552(98)00110-X>
///
/// Hestenes, M. R., and Stiefel, E. (1952). Methods of conjugate gradients for solving linear systems. *Journal of
/// Research of the National Bureau of Standards* 49(6), 409–436. <https://doi.org/10.6028/jres.049.044>
pub fn pagerank(matrix: &Sociomatrix, tolerance: f64) -> Approached {
    if matrix.cell_count() == 0 {
        let score = 1.0 / f64::from(number(matrix.len()));
        return Approached { scores: vec![score; matrix.len()], change: 0.0, is_settled: true };
    }
    if matrix.is_directed() || matrix.is_valued() {
        by_sweeps(matrix, tolerance)
    } else {
        by_gradients(matrix, tolerance)
    }
}

/// Gauss and Seidel: each score from those of this sweep or the last.
fn by_sweeps(matrix: &Sociomatrix, tolerance: f64) -> Approached {
    let count = f64::from(number(matrix.len()));
    let outs: Vec<f64> =
        matrix.rows().map(|row| matrix.out_cells(row).map(|(_, value)| value).sum()).collect();
    let mut scores = vec![1.0 / count; matrix.len()];
    // What each unit of an arc's value carries.
    let mut shares: Vec<f64> =
        scores.iter().zip(&outs).map(|(score, out)| if *out > 0.0 { score / out } else { 0.0 }).collect();
    let mut idle: f64 =
        scores.iter().zip(&outs).filter(|(_, out)| **out == 0.0).map(|(score, _)| score).sum();
    let mut change = f64::INFINITY;
    for _ in 0..MOST_SWEEPS {
        change = 0.0;
        for row in matrix.rows() {
            let here = row as usize;
            let came: f64 = if matrix.is_valued() {
                matrix.into_cells(row).map(|(other, value)| value * shares[other as usize]).sum()
            } else {
                matrix.into(row).iter().map(|other| shares[*other as usize]).sum()
            };
            let score = (1.0 - DAMPING) / count + DAMPING * (came + idle / count);
            change += (score - scores[here]).abs();
            if outs[here] > 0.0 {
                shares[here] = score / outs[here];
            } else {
                idle += score - scores[here];
            }
            scores[here] = score;
        }
        if change < tolerance {
            break;
        }
    }
    let sum: f64 = scores.iter().sum();
    for score in &mut scores {
        *score /= sum;
    }
    Approached { scores, change, is_settled: change < tolerance }
}

/// Conjugate gradients, for a matrix of ones that is symmetric.
///
/// With s the score that each arc shares, degrees k and adjacency A, the scores k·s solve (k − 0.85·A)·s = u, where u
/// comes to everyone by jumps and is all that an isolated actor has: its size is found by the sum of all, so it is 1 here.
///
/// Directions are kept as `f32`, so that half as much memory is met at random. They are exact as what they are: scores and
/// what is missing follow them in `f64`, so that no accuracy is lost, only a little of how well directions are chosen.
fn by_gradients(matrix: &Sociomatrix, tolerance: f64) -> Approached {
    let degrees: Vec<f64> = matrix.rows().map(|row| f64::from(number(matrix.out(row).len()))).collect();
    let tied = f64::from(number(degrees.iter().filter(|degree| **degree > 0.0).count()));
    let isolated = f64::from(number(degrees.len())) - tied;
    // Scores in proportion to degrees, which have the right sum.
    let sum = tied / (1.0 - DAMPING) + isolated;
    let first = tied / ((1.0 - DAMPING) * degrees.iter().sum::<f64>());
    let mut shares = vec![first; degrees.len()];
    let is_tied = |degree: f64| if degree > 0.0 { 1.0 } else { 0.0 };
    let mut missing: Vec<f64> =
        degrees.iter().map(|degree| is_tied(*degree) - first * (1.0 - DAMPING) * degree).collect();
    let mut change = missing.iter().map(|missing| missing.abs()).sum::<f64>() / sum;
    let inverse: Vec<f64> =
        degrees.iter().map(|degree| if *degree > 0.0 { 1.0 / degree } else { 0.0 }).collect();
    let mut directions: Vec<f32> =
        missing.iter().zip(&inverse).map(|(missing, inverse)| narrow(missing * inverse)).collect();
    let mut square: f64 =
        missing.iter().zip(&inverse).map(|(missing, inverse)| missing * missing * inverse).sum();
    let mut brought = vec![0.0; degrees.len()];
    for _ in 0..MOST_SWEEPS {
        if change < tolerance {
            break;
        }
        let (mut curvature, mut slope) = (0.0, 0.0);
        for row in matrix.rows() {
            let here = row as usize;
            let direction = f64::from(directions[here]);
            let all = degrees[here] * direction - DAMPING * sum_at(&directions, matrix.out(row));
            brought[here] = all;
            curvature += all * direction;
            slope += missing[here] * direction;
        }
        let step = slope / curvature;
        let (mut next, mut left) = (0.0, 0.0);
        for ((missing, brought), inverse) in missing.iter_mut().zip(&brought).zip(&inverse) {
            *missing -= step * brought;
            left += missing.abs();
            next += *missing * *missing * inverse;
        }
        change = left / sum;
        let kept = next / square;
        square = next;
        for (at, direction) in directions.iter_mut().enumerate() {
            let last = f64::from(*direction);
            shares[at] += step * last;
            *direction = narrow(missing[at] * inverse[at] + kept * last);
        }
    }
    let mut scores: Vec<f64> = shares
        .iter()
        .zip(&degrees)
        .map(|(share, degree)| if *degree > 0.0 { share * degree } else { 1.0 })
        .collect();
    let sum: f64 = scores.iter().sum();
    for score in &mut scores {
        *score /= sum;
    }
    Approached { scores, change, is_settled: change < tolerance }
}

#[expect(clippy::cast_possible_truncation, reason = "a direction is as good when it is rounded")]
fn narrow(value: f64) -> f32 {
    value as f32
}

/// The sum of some entries, in four strands so that no addition waits for the one before.
fn sum_at(values: &[f32], at: &[u32]) -> f64 {
    let mut strands = [0.0; 4];
    let (chunks, rest) = at.as_chunks::<4>();
    for chunk in chunks {
        for (strand, at) in strands.iter_mut().zip(chunk) {
            *strand += f64::from(values[*at as usize]);
        }
    }
    let rest: f64 = rest.iter().map(|at| f64::from(values[*at as usize])).sum();
    (strands[0] + strands[1]) + (strands[2] + strands[3]) + rest
}
