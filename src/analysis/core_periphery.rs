//! Core and periphery: how far a network is one dense core and others who are tied only to it.

use super::Sociomatrix;
use crate::dataset::number;

/// The best parting of a network into a core and a periphery.
#[derive(Clone, Debug, PartialEq)]
pub struct CorePeriphery {
    /// The rows of the core, those of most neighbours first.
    pub core: Vec<u32>,
    /// How many pairs of the core are not tied.
    pub missing_count: u64,
    /// How many dyads join two actors of the periphery.
    pub outside_count: u64,
    /// The correlation of what is with the ideal pattern, over the pairs inside the core and inside the periphery;
    /// `None` where one of the two has no pair, or all pairs are alike.
    pub fit: Option<f64>,
    /// How many actors stand outside that have as many neighbours as the last of the core, and could take its place.
    pub tied_count: usize,
}

/// The parting into core and periphery with the fewest faults: pairs of the core that are not tied, and dyads
/// within the periphery. Dyads between the two count for neither; direction and values are ignored.
///
/// The core is found exactly: of so many actors, those of most neighbours make the fewest faults (Lip 2011). Of cores
/// with equally few faults it is the smallest; of actors with equally many neighbours those of the lowest rows.
///
/// # Complexity
/// Time O(V log V + D), for V actors and D dyads.
///
/// # Examples
/// A star has its centre as core, with no fault and a fit that is not defined, since one actor makes no pair.
///
/// # References
/// Borgatti, S. P., and Everett, M. G. (1999). Models of core/periphery structures. *Social Networks* 21(4), 375–395.
/// <https://doi.org/10.1016/S0378-8733(99)00019-2>
///
/// Lip, S. Z. W. (2011). A fast algorithm for the discrete core/periphery bipartitioning problem.
/// <https://arxiv.org/abs/1102.5511>
pub fn core_periphery(matrix: &Sociomatrix) -> CorePeriphery {
    debug_assert!(!matrix.is_directed());
    let degree = |row: u32| matrix.out(row).len();
    let mut order: Vec<u32> = matrix.rows().collect();
    order.sort_by_key(|row| (std::cmp::Reverse(degree(*row)), *row));
    // Taking in one more adds the pairs that it makes with the core, and takes away its dyads: each was outside, or
    // runs to the core and then is no fault of the pair.
    let size = order.iter().enumerate().take_while(|(at, row)| degree(**row) > *at).count();
    let mut is_core = vec![false; matrix.len()];
    order[..size].iter().for_each(|row| is_core[*row as usize] = true);
    let (mut inside, mut outside) = (0_u64, 0_u64);
    for row in matrix.rows() {
        for other in matrix.out(row).iter().filter(|other| **other > row) {
            match (is_core[row as usize], is_core[*other as usize]) {
                (true, true) => inside += 1,
                (false, false) => outside += 1,
                (true, false) | (false, true) => {}
            }
        }
    }
    let (within, without) = (pairs(size), pairs(matrix.len() - size));
    let last = size.checked_sub(1).map(|at| degree(order[at]));
    CorePeriphery {
        missing_count: within - inside,
        outside_count: outside,
        fit: fit([inside, within - inside, outside, without - outside]),
        tied_count: order[size..].iter().filter(|row| Some(degree(**row)) == last).count(),
        core: order[..size].to_vec(),
    }
}

fn pairs(count: usize) -> u64 {
    let count = u64::from(number(count));
    count * count.saturating_sub(1) / 2
}

/// The correlation of two marks of pairs: pairs of the core that are tied or not, pairs of the periphery that are.
fn fit([a, b, c, d]: [u64; 4]) -> Option<f64> {
    let [a, b, c, d] = [a, b, c, d].map(float);
    let product = (a + b) * (c + d) * (a + c) * (b + d);
    (product > 0.0).then(|| (a * d - b * c) / product.sqrt())
}

#[expect(clippy::cast_precision_loss, reason = "pairs of 10^8 actors still fit")]
fn float(value: u64) -> f64 {
    value as f64
}
