//! Structural holes: how little an actor's contacts know one another (Burt 1992).

use super::Sociomatrix;
use crate::dataset::number;

/// Burt's four measures of one actor. An actor without contacts has none of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Holes {
    /// How far its contacts are redundant: Σⱼ (pᵢⱼ + `Σ_q` `pᵢ_q·p_qⱼ)²`, from near 0 (open) upwards.
    pub constraint: f64,
    /// How many of its contacts are not redundant: Σⱼ (1 − `Σ_q` `pᵢ_q·mⱼ_q`).
    pub effective_size: f64,
    /// Effective size over the number of contacts.
    pub efficiency: f64,
    /// How far the constraint comes from one contact alone, from 0 to 1; none for a single contact.
    pub hierarchy: Option<f64>,
}

/// Burt's measures of every actor, on the whole network: p is the share of an actor's strength that goes
/// to a contact, both ways together where direction counts, m the value over the greatest value of that
/// actor, and q runs over all others.
///
/// # Complexity
/// Time O(Σ d²) over the degrees d of all actors, space O(V + D), for V actors and D dyads.
///
/// # Examples
/// The centre of a star of three has constraint 1/3, effective size 3, efficiency 1 and hierarchy 0; in
/// a triangle each has constraint 9/8 and effective size 1.
///
/// # References
/// Burt, R. S. (1992). *Structural Holes: The Social Structure of Competition*, chapter 2. Harvard
/// University Press.
///
/// Burt, R. S. (2004). Structural holes and good ideas. *American Journal of Sociology* 110(2), 349–399.
/// <https://doi.org/10.1086/421787>
pub fn structural_holes(matrix: &Sociomatrix) -> Vec<Option<Holes>> {
    let symmetric;
    let matrix = if matrix.is_directed() {
        symmetric = matrix.clone().symmetrised();
        &symmetric
    } else {
        matrix
    };
    let sums: Vec<f64> =
        matrix.rows().map(|row| matrix.out_cells(row).map(|(_, value)| value).sum()).collect();
    let greatest: Vec<f64> =
        matrix.rows().map(|row| matrix.out_cells(row).map(|(_, value)| value).fold(0.0, f64::max)).collect();
    let mut shares = vec![0.0; matrix.len()];
    let mut parts = Vec::new();
    let mut all = Vec::with_capacity(matrix.len());
    for row in matrix.rows() {
        if matrix.out(row).is_empty() {
            all.push(None);
            continue;
        }
        for (contact, value) in matrix.out_cells(row) {
            shares[contact as usize] = value / sums[row as usize];
        }
        parts.clear();
        let mut effective_size = 0.0;
        for contact in matrix.out(row) {
            let (mut indirect, mut redundant) = (0.0, 0.0);
            // The actor itself has no share of its own.
            for (other, value) in matrix.out_cells(*contact) {
                let share = shares[other as usize];
                indirect += share * value / sums[other as usize];
                redundant += share * value;
            }
            let part = shares[*contact as usize] + indirect;
            parts.push(part * part);
            effective_size += 1.0 - redundant / greatest[*contact as usize];
        }
        matrix.out(row).iter().for_each(|contact| shares[*contact as usize] = 0.0);
        let contacts = f64::from(number(parts.len()));
        let constraint: f64 = parts.iter().sum();
        let mean = constraint / contacts;
        let disorder: f64 = parts.iter().map(|part| part / mean * (part / mean).ln()).sum();
        all.push(Some(Holes {
            constraint,
            effective_size,
            efficiency: effective_size / contacts,
            hierarchy: (parts.len() > 1).then(|| (disorder / (contacts * contacts.ln())).max(0.0)),
        }));
    }
    all
}
