//! Eigenvector centrality: an actor is as central as those to whom it is tied.

use super::Sociomatrix;

/// How many sweeps are made at most.
const MOST_SWEEPS: usize = 20_000;

/// Scores that sweeps over the matrix approach.
#[derive(Clone, Debug, PartialEq)]
pub struct Approached {
    /// The scores.
    pub scores: Vec<f64>,
    /// By how much the last sweep changed them: the sum of all changes.
    pub change: f64,
    /// Whether that was little enough.
    pub is_settled: bool,
}

/// The eigenvector centrality of every actor: the eigenvector of the greatest eigenvalue, of unit length,
/// not negative. Where direction counts, an actor is as central as those who are tied *to it*.
///
/// Found by sweeps of A + 1, which has the same vector and no second eigenvalue of equal size, until all
/// changes of one sweep are below 10⁻¹³ together. Of a network of several components, those whose
/// greatest eigenvalue is not the greatest of all have 0. All have 0 where nobody is tied.
///
/// # Complexity
/// Time O(s·D), space O(V), for s sweeps, V actors and D dyads.
///
/// # Examples
/// In the path `a – b – c`, `b` has 1/√2 and the others 1/2.
///
/// # References
/// Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification.
/// *Journal of Mathematical Sociology* 2(1), 113–120. <https://doi.org/10.1080/0022250X.1972.9989806>
pub fn eigenvector(matrix: &Sociomatrix) -> Approached {
    Approached::by_sweeps(matrix, normalise, |scores| {
        let mut next = inflow(matrix, scores);
        next.iter_mut().zip(scores).for_each(|(next, score)| *next += score);
        next
    })
}

impl Approached {
    /// Sweeps from equal scores, each brought to scale, until all changes of one are below 10⁻¹³ together;
    /// 0 for all where nobody is tied.
    pub(super) fn by_sweeps(
        matrix: &Sociomatrix,
        normalise: impl Fn(&mut [f64]),
        sweep: impl Fn(&[f64]) -> Vec<f64>,
    ) -> Self {
        if matrix.cell_count() == 0 {
            return Self { scores: vec![0.0; matrix.len()], change: 0.0, is_settled: true };
        }
        let mut scores = vec![1.0; matrix.len()];
        normalise(&mut scores);
        let mut change = f64::INFINITY;
        for _ in 0..MOST_SWEEPS {
            let mut next = sweep(&scores);
            normalise(&mut next);
            change = next.iter().zip(&scores).map(|(next, score)| (next - score).abs()).sum();
            scores = next;
            if change < 1e-13 {
                break;
            }
        }
        Self { scores, change, is_settled: change < 1e-13 }
    }
}

/// What comes to each actor when each gives its score along its arcs.
pub(super) fn inflow(matrix: &Sociomatrix, scores: &[f64]) -> Vec<f64> {
    let sum = |row| matrix.into_cells(row).map(|(other, value)| value * scores[other as usize]).sum();
    matrix.rows().map(sum).collect()
}

fn normalise(scores: &mut [f64]) {
    let length = scores.iter().map(|score| score * score).sum::<f64>().sqrt();
    for score in scores {
        *score /= length;
    }
}
