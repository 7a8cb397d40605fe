//! `PageRank`: where one who walks along ties at random is found.

use super::{Sociomatrix, eigenvector::Approached};

/// With which probability the walk goes on along a tie.
pub(super) const DAMPING: f64 = 0.85;

const MOST_SWEEPS: usize = 1000;

/// The `PageRank` of every actor: the share of time that a walk spends there which at each step goes on
/// along an arc with probability 0.85, arcs in proportion to their values, and else, or where no arc leads
/// on, jumps to any actor. The scores add up to 1.
///
/// A sweep uses what it has just found (Gauss and Seidel); sweeps go on until all changes of one are below
/// `tolerance` together.
///
/// # Complexity
/// Time O(s·D), space O(V), for s sweeps (a dozen or two), V actors and D dyads.
///
/// # Examples
/// In the path `a – b – c`, `b` has (0.05 + 0.85) / 1.85 and the others half of the rest.
///
/// # References
/// Brin, S., and Page, L. (1998). The anatomy of a large-scale hypertextual web search engine. *Computer
/// Networks and ISDN Systems* 30(1–7), 107–117. <https://doi.org/10.1016/S0169-7552(98)00110-X>
pub fn pagerank(matrix: &Sociomatrix, tolerance: f64) -> Approached {
    let count = f64::from(crate::dataset::number(matrix.len()));
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
