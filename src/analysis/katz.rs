//! Katz centrality: all walks that come to an actor, the longer ones counting less.

use super::{
    Sociomatrix,
    eigenvector::{Approached, inflow},
};

const MOST_SWEEPS: usize = 20_000;

/// How near to the bound the factor stands unless it is given.
const SHARE: f64 = 0.85;

/// Katz scores, and the factor that they were made with.
#[derive(Clone, Debug, PartialEq)]
pub struct Katz {
    /// The scores.
    pub approached: Approached,
    /// What each step of a walk multiplies it by.
    pub alpha: f64,
    /// The greatest eigenvalue, or what it is certainly not above: `alpha` must be below its inverse.
    pub eigenvalue: f64,
}

/// The Katz centrality of every actor: 1, and αᵏ for every walk of k steps that comes to it. Not
/// normalised. Without an `alpha` it is 0.85 of the inverse of the greatest eigenvalue. Where direction
/// counts, walks run along it.
///
/// Sweeps go on until all changes of one are below 10⁻¹³ of all scores; an `alpha` that is too great does
/// not settle.
///
/// # Complexity
/// Time O(s·D), space O(V), for s sweeps, V actors and D dyads.
///
/// # Examples
/// In the path `a – b – c` with α = ½, `b` has 4 and the others 3.
///
/// # References
/// Katz, L. (1953). A new status index derived from sociometric analysis. *Psychometrika* 18(1), 39–43.
/// <https://doi.org/10.1007/BF02289026>
pub fn katz(matrix: &Sociomatrix, alpha: Option<f64>) -> Katz {
    let eigenvalue = greatest_eigenvalue(matrix);
    let alpha = alpha.unwrap_or(if eigenvalue > 0.0 { SHARE / eigenvalue } else { SHARE });
    let mut scores = vec![1.0; matrix.len()];
    let mut change = 0.0;
    let mut is_settled = matrix.is_empty();
    for _ in 0..MOST_SWEEPS {
        let mut next = inflow(matrix, &scores);
        for score in &mut next {
            *score = 1.0 + alpha * *score;
        }
        change = next.iter().zip(&scores).map(|(next, score)| (next - score).abs()).sum();
        let sum: f64 = next.iter().sum();
        scores = next;
        is_settled = sum.is_finite() && change <= 1e-13 * sum;
        if is_settled || !sum.is_finite() {
            break;
        }
    }
    Katz { approached: Approached { scores, change, is_settled }, alpha, eigenvalue }
}

/// The greatest eigenvalue, from above: no x above 0 has max (Ax)ᵢ/xᵢ below it (Collatz and Wielandt).
fn greatest_eigenvalue(matrix: &Sociomatrix) -> f64 {
    let mut x = vec![1.0; matrix.len()];
    let mut bound = f64::INFINITY;
    for _ in 0..1000 {
        let flow = inflow(matrix, &x);
        let ratios = flow.iter().zip(&x).map(|(flow, x)| flow / x);
        let now = ratios.fold(0.0, f64::max);
        let is_settled = now == 0.0 || (bound - now).abs() <= 1e-14 * bound;
        bound = bound.min(now);
        if is_settled {
            break;
        }
        let most = flow.iter().zip(&x).map(|(flow, x)| flow + x).fold(0.0, f64::max);
        for (x, flow) in x.iter_mut().zip(flow) {
            // What has grown too small to matter stays above 0.
            *x = ((*x + flow) / most).max(1e-200);
        }
    }
    if bound.is_finite() { bound } else { 0.0 }
}
