//! Numbers of a network as a whole: density, transitivity, reciprocity, assortativity.

use super::{Partition, Sociomatrix, clustering::triangles};
use crate::dataset::number;

/// The share of all pairs that are tied, ordered pairs where direction counts; `None` for fewer than two actors.
///
/// # References
/// Wasserman, S., and Faust, K. (1994). *Social Network Analysis*. Cambridge University Press, 101 and 129.
/// <https://doi.org/10.1017/CBO9780511815478>
pub fn density(matrix: &Sociomatrix) -> Option<f64> {
    let count = float(matrix.len());
    (matrix.len() > 1).then(|| float(matrix.cell_count()) / (count * (count - 1.0)))
}

/// The share of all paths of two dyads whose ends are tied too; `None` where there is none. The matrix must be
/// undirected.
///
/// # Complexity
/// Time O(V + D^1.5), for V actors and D dyads.
///
/// # References
/// Newman, M. E. J., Strogatz, S. H., and Watts, D. J. (2001). Random graphs with arbitrary degree distributions and
/// their applications. *Physical Review E* 64, 026118. <https://doi.org/10.1103/PhysRevE.64.026118>
pub fn transitivity(matrix: &Sociomatrix) -> Option<f64> {
    let paths: f64 = matrix.rows().map(|row| float(matrix.out(row).len())).map(|n| n * (n - 1.0) / 2.0).sum();
    // Each triangle closes the path at each of its corners.
    let closed: f64 = triangles(matrix).into_iter().map(whole).sum();
    (paths > 0.0).then(|| closed / paths)
}

/// The share of arcs that are answered by an arc the other way; `None` where there is none.
///
/// # Complexity
/// Time O(A log Δ), for A arcs and Δ the most neighbours of an actor.
///
/// # References
/// Wasserman, S., and Faust, K. (1994). *Social Network Analysis*. Cambridge University Press, 515.
/// <https://doi.org/10.1017/CBO9780511815478>
pub fn reciprocity(matrix: &Sociomatrix) -> Option<f64> {
    let answered =
        |row: u32| matrix.out(row).iter().filter(|other| matrix.cell(**other, row).is_some()).count();
    let count: usize = matrix.rows().map(answered).sum();
    (matrix.cell_count() > 0).then(|| float(count) / float(matrix.cell_count()))
}

/// Whether actors are tied to those of as many neighbours: the correlation of the degrees at both ends of all dyads,
/// or of the out-degree of the source and the in-degree of the target of all arcs; `None` where degrees do not differ.
///
/// # Complexity
/// Time O(V + D), for V actors and D dyads.
///
/// # References
/// Newman, M. E. J. (2003). Mixing patterns in networks. *Physical Review E* 67, 026126.
/// <https://doi.org/10.1103/PhysRevE.67.026126>
pub fn degree_assortativity(matrix: &Sociomatrix) -> Option<f64> {
    let ends = || {
        matrix.rows().flat_map(|row| {
            let out = float(matrix.out(row).len());
            matrix.out(row).iter().map(move |other| (out, float(matrix.into(*other).len())))
        })
    };
    let count = float(matrix.cell_count());
    let (x, y) = ends().fold((0.0, 0.0), |(x, y), (a, b)| (x + a, y + b));
    let (x, y) = (x / count, y / count);
    let (mut both, mut of_x, mut of_y) = (0.0, 0.0, 0.0);
    for (a, b) in ends() {
        both += (a - x) * (b - y);
        of_x += (a - x) * (a - x);
        of_y += (b - y) * (b - y);
    }
    (of_x > 1e-9 && of_y > 1e-9).then(|| both / (of_x * of_y).sqrt())
}

/// Whether actors are tied to those of their own group: 1 where all dyads stay within groups, 0 where groups do not
/// matter; `None` where nobody is tied, or all dyads lie in one group.
///
/// # Complexity
/// Time O(V + D), for V actors and D dyads.
///
/// # References
/// Newman, M. E. J. (2003). Mixing patterns in networks. *Physical Review E* 67, 026126.
/// <https://doi.org/10.1103/PhysRevE.67.026126>
pub fn group_assortativity(matrix: &Sociomatrix, partition: &Partition) -> Option<f64> {
    let groups = partition.groups();
    let (mut within, mut out, mut into) =
        (0.0, vec![0.0; partition.sizes().len()], vec![0.0; partition.sizes().len()]);
    for row in matrix.rows() {
        let group = groups[row as usize];
        for other in matrix.out(row) {
            let of_other = groups[*other as usize];
            out[group as usize] += 1.0;
            into[of_other as usize] += 1.0;
            within += if group == of_other { 1.0 } else { 0.0 };
        }
    }
    let count = float(matrix.cell_count());
    let expected: f64 = out.iter().zip(&into).map(|(a, b)| a * b / (count * count)).sum();
    (count > 0.0 && expected < 1.0).then(|| (within / count - expected) / (1.0 - expected))
}

fn float(value: usize) -> f64 {
    f64::from(number(value))
}

#[expect(clippy::cast_precision_loss, reason = "triangles beyond 2^53 would need 10^5 neighbours all tied")]
fn whole(value: u64) -> f64 {
    value as f64
}
