//! Hubs and authorities: who points to the right ones, and to whom the right ones point.

use super::{
    Sociomatrix,
    eigenvector::{Approached, inflow},
};

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
    Approached::by_sweeps(matrix, normalise, |scores| {
        let authorities = inflow(matrix, scores);
        let back =
            |row| matrix.out_cells(row).map(|(other, value)| value * authorities[other as usize]).sum();
        matrix.rows().map(back).collect()
    })
}

fn normalise(scores: &mut [f64]) {
    let sum: f64 = scores.iter().sum();
    for score in scores {
        *score /= sum;
    }
}
