//! Structural holes: how little an actor's contacts know one another (Burt 1992).

use std::borrow::Cow;

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
    let mut contacts = Contacts::of(matrix);
    let mut parts = Vec::new();
    let mut all = Vec::with_capacity(matrix.len());
    for row in matrix.rows() {
        contacts.of_row(row, &mut parts);
        if parts.is_empty() {
            all.push(None);
            continue;
        }
        let count = f64::from(number(parts.len()));
        let constraint: f64 = parts.iter().map(|contact| contact.constraint).sum();
        let effective_size: f64 = parts.iter().map(|contact| contact.effective).sum();
        let mean = constraint / count;
        let share = |contact: &Contact| contact.constraint / mean;
        let disorder: f64 = parts.iter().map(|contact| share(contact) * share(contact).ln()).sum();
        all.push(Some(Holes {
            constraint,
            effective_size,
            efficiency: effective_size / count,
            hierarchy: (parts.len() > 1).then(|| (disorder / (count * count.ln())).max(0.0)),
        }));
    }
    all
}

/// What one contact adds to the holes of an actor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contact {
    /// Its row.
    pub(super) with: u32,
    /// How far it constrains.
    pub(super) constraint: f64,
    /// How far it is not redundant.
    pub(super) effective: f64,
}

/// What the contacts of all actors are worth to them.
pub(super) struct Contacts<'m> {
    matrix: Cow<'m, Sociomatrix>,
    sums: Vec<f64>,
    greatest: Vec<f64>,
    /// What share each contact of the actor at hand has; 0 for everybody else.
    shares: Vec<f64>,
}

impl<'m> Contacts<'m> {
    pub(super) fn of(matrix: &'m Sociomatrix) -> Self {
        let matrix = if matrix.is_directed() {
            Cow::Owned(matrix.clone().symmetrised())
        } else {
            Cow::Borrowed(matrix)
        };
        let values = |row| matrix.out_cells(row).map(|(_, value)| value);
        let sums = matrix.rows().map(|row| values(row).sum()).collect();
        let greatest = matrix.rows().map(|row| values(row).fold(0.0, f64::max)).collect();
        let shares = vec![0.0; matrix.len()];
        Self { matrix, sums, greatest, shares }
    }

    /// The contacts of an actor, in order.
    pub(super) fn of_row(&mut self, row: u32, contacts: &mut Vec<Contact>) {
        contacts.clear();
        for (contact, value) in self.matrix.out_cells(row) {
            self.shares[contact as usize] = value / self.sums[row as usize];
        }
        for contact in self.matrix.out(row) {
            let (mut indirect, mut redundant) = (0.0, 0.0);
            for (other, value) in self.matrix.out_cells(*contact) {
                // The actor itself has no share of its own.
                let share = self.shares[other as usize];
                indirect += share * value / self.sums[other as usize];
                redundant += share * value;
            }
            let part = self.shares[*contact as usize] + indirect;
            contacts.push(Contact {
                with: *contact,
                constraint: part * part,
                effective: 1.0 - redundant / self.greatest[*contact as usize],
            });
        }
        self.matrix.out(row).iter().for_each(|contact| self.shares[*contact as usize] = 0.0);
    }
}
