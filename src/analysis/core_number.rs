//! Core numbers: how deep in the dense part of the network an actor stands.

use super::Sociomatrix;
use crate::dataset::number;

/// The core number of every actor: the greatest k so that it stands in a part of the network in which
/// everyone has at least k neighbours. Direction and values are ignored.
///
/// # Complexity
/// Time and space O(V + D), for V actors and D dyads.
///
/// # Examples
/// In a triangle with a fourth actor tied to one of its three, the three have 2 and the fourth 1.
///
/// # References
/// Seidman, S. B. (1983). Network structure and minimum degree. *Social Networks* 5(3), 269–287.
/// <https://doi.org/10.1016/0378-8733(83)90028-X>
///
/// Batagelj, V., and Zaveršnik, M. (2011). Fast algorithms for determining (generalized) core groups in
/// social networks. *Advances in Data Analysis and Classification* 5, 129–145.
/// <https://doi.org/10.1007/s11634-010-0079-y>
pub fn core_number(matrix: &Sociomatrix) -> Vec<f64> {
    core_numbers(matrix).into_iter().map(f64::from).collect()
}

/// Core numbers as whole numbers; the matrix must be undirected.
pub fn core_numbers(matrix: &Sociomatrix) -> Vec<u32> {
    debug_assert!(!matrix.is_directed());
    let count = matrix.len();
    let mut degrees: Vec<u32> = matrix.rows().map(|row| number(matrix.out(row).len())).collect();
    let most = degrees.iter().max().map_or(0, |most| *most as usize);
    // Actors by degree: where those of each degree start.
    let mut starts = vec![0_u32; most + 2];
    for degree in &degrees {
        starts[*degree as usize + 1] += 1;
    }
    (0..=most).for_each(|degree| starts[degree + 1] += starts[degree]);
    let mut next = starts.clone();
    let (mut order, mut places) = (vec![0_u32; count], vec![0_u32; count]);
    for row in matrix.rows() {
        let place = &mut next[degrees[row as usize] as usize];
        order[*place as usize] = row;
        places[row as usize] = *place;
        *place += 1;
    }
    for at in 0..count {
        let actor = order[at];
        let own = degrees[actor as usize];
        for other in matrix.out(actor) {
            let degree = degrees[*other as usize];
            if degree > own {
                // It moves to the front of those of its degree, and the front moves past it.
                let front = starts[degree as usize].max(number(at) + 1);
                let (place, first) = (places[*other as usize], order[front as usize]);
                order.swap(place as usize, front as usize);
                places[first as usize] = place;
                places[*other as usize] = front;
                starts[degree as usize] = front + 1;
                degrees[*other as usize] = degree - 1;
            }
        }
    }
    degrees
}
