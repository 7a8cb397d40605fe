//! Degree and strength: how many others an actor is tied to, and how strongly.

use super::Sociomatrix;
use crate::dataset::number;

/// Which arcs of an actor are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Those that leave it.
    Out,
    /// Those that come to it.
    In,
    /// Both; where direction is ignored, each dyad once.
    Both,
}

/// The degree of every actor: the number of other actors that a tie joins it to.
///
/// Parallel ties count as one. Where direction counts, `Both` is the sum of both ways, so that an actor
/// tied to another both ways counts it twice; where it is ignored all `ends` are the same.
///
/// # Complexity
/// Time O(V), for V actors.
///
/// # Examples
/// In the path `a – b – c`, `b` has 2 and the others 1.
///
/// # References
/// Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. *Social Networks*
/// 1(3), 215–239. <https://doi.org/10.1016/0378-8733(78)90021-7>
pub fn degree(matrix: &Sociomatrix, ends: Ends) -> Vec<f64> {
    by_ends(matrix, ends, |row| count(matrix.out(row).len()), |row| count(matrix.into(row).len()))
}

/// The strength of every actor: the sum of the values of its cells.
///
/// # Complexity
/// Time O(V + D), for V actors and D dyads.
///
/// # Examples
/// Where `a` and `b` share two ties and `b` and `c` three, `b` has strength 5 by the number of ties.
///
/// # References
/// Barrat, A., Barthélemy, M., Pastor-Satorras, R., and Vespignani, A. (2004). The architecture of complex
/// weighted networks. *PNAS* 101(11), 3747–3752. <https://doi.org/10.1073/pnas.0400087101>
pub fn strength(matrix: &Sociomatrix, ends: Ends) -> Vec<f64> {
    let out = |row| matrix.out_cells(row).map(|(_, value)| value).sum();
    let into = |row| matrix.into_cells(row).map(|(_, value)| value).sum();
    by_ends(matrix, ends, out, into)
}

fn by_ends(
    matrix: &Sociomatrix,
    ends: Ends,
    out: impl Fn(u32) -> f64,
    into: impl Fn(u32) -> f64,
) -> Vec<f64> {
    let of = |row| match ends {
        Ends::In => into(row),
        Ends::Both if matrix.is_directed() => out(row) + into(row),
        Ends::Out | Ends::Both => out(row),
    };
    matrix.rows().map(of).collect()
}

fn count(value: usize) -> f64 {
    f64::from(number(value))
}
