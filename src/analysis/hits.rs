//! Hubs and authorities: who points to the right ones, and to whom the right ones point.

use super::{
    Sociomatrix,
    eigenvector::{Approached, inflow},
};

const MOST_SWEEPS: usize = 20_000;

/// The hub score of every actor: high for those who are tied to good authorities. The scores add up to 1;
/// authorities are the hubs of the [transposed](Sociomatrix::transposed) matrix.
///
/// Sweeps go on until all changes of one are below 10⁻¹³ together. All have 0 where nobody is tied.
///
/// # Complexity
/// Time O(s·D), space O(V), for s sweeps, V actors and D dyads.
///
/// # Examples
/// Of `a → c`, `b → c` and `b → d` the hubs are `a` and `b`, and `b` is (1 + √5)/2 times the hub that `a` is.
///
/// # References
/// Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. *Journal of the ACM*
/// 46(5), 604–632. <https://doi.org/10.1145/324133.324140>
pub fn hubs(matrix: &Sociomatrix) -> Approached {
    let count = matrix.len();
    if matrix.cell_count() == 0 {
        return Approached { scores: vec![0.0; count], change: 0.0, is_settled: true };
    }
    let mut scores = vec![1.0; count];
    normalise(&mut scores);
    let mut change = f64::INFINITY;
    for _ in 0..MOST_SWEEPS {
        let authorities = inflow(matrix, &scores);
        let back =
            |row| matrix.out_cells(row).map(|(other, value)| value * authorities[other as usize]).sum();
        let mut next: Vec<f64> = matrix.rows().map(back).collect();
        normalise(&mut next);
        change = next.iter().zip(&scores).map(|(next, score)| (next - score).abs()).sum();
        scores = next;
        if change < 1e-13 {
            break;
        }
    }
    Approached { scores, change, is_settled: change < 1e-13 }
}

fn normalise(scores: &mut [f64]) {
    let sum: f64 = scores.iter().sum();
    for score in scores {
        *score /= sum;
    }
}
