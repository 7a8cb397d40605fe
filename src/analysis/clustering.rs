//! Clustering: how many of an actor's neighbours are tied to one another.

use super::Sociomatrix;
use crate::dataset::number;

/// The clustering coefficient of every actor: the share of the pairs of its neighbours that are tied to
/// one another; 0 for actors with fewer than two neighbours. Direction and values are ignored.
///
/// # Complexity
/// Time O(V + D^1.5), space O(V + D), for V actors and D dyads.
///
/// # Examples
/// In a triangle `a b c` with `d` tied to `a`, `b` and `c` have 1, `a` has 1/3 and `d` 0.
///
/// # References
/// Watts, D. J., and Strogatz, S. H. (1998). Collective dynamics of ‘small-world’ networks. *Nature* 393,
/// 440–442. <https://doi.org/10.1038/30918>
pub fn clustering(matrix: &Sociomatrix) -> Vec<f64> {
    let share = |(row, triangles): (u32, u64)| {
        let degree = f64::from(number(matrix.out(row).len()));
        if triangles == 0 { 0.0 } else { float(triangles) / (degree * (degree - 1.0) / 2.0) }
    };
    matrix.rows().zip(triangles(matrix)).map(share).collect()
}

/// In how many triangles each actor stands; the matrix must be undirected.
pub(super) fn triangles(matrix: &Sociomatrix) -> Vec<u64> {
    debug_assert!(!matrix.is_directed());
    // Each dyad points to the end of higher degree, so that no actor has many arcs.
    let rank = |row: u32| (matrix.out(row).len(), row);
    let beyond: Vec<Vec<u32>> = matrix
        .rows()
        .map(|row| matrix.out(row).iter().copied().filter(|other| rank(*other) > rank(row)).collect())
        .collect();
    let mut counts = vec![0_u64; matrix.len()];
    let mut marked = vec![false; matrix.len()];
    for row in matrix.rows() {
        let own = &beyond[row as usize];
        for other in own {
            marked[*other as usize] = true;
        }
        for second in own {
            for third in &beyond[*second as usize] {
                if marked[*third as usize] {
                    for corner in [row, *second, *third] {
                        counts[corner as usize] += 1;
                    }
                }
            }
        }
        for other in own {
            marked[*other as usize] = false;
        }
    }
    counts
}

#[expect(clippy::cast_precision_loss, reason = "triangles beyond 2^53 would need 10^5 neighbours all tied")]
fn float(value: u64) -> f64 {
    value as f64
}
