//! Partitions of actors into groups: how good one is, and how alike two are.

use std::collections::BTreeMap;

use super::Sociomatrix;
use crate::dataset::number;

/// To which group each actor belongs, by its number; groups are numbered from 0 by falling size, those of
/// equal size in the order of their first actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    groups: Vec<u32>,
    sizes: Vec<usize>,
}

impl Partition {
    /// The partition that puts actors with equal labels together.
    pub fn of<L: Ord>(labels: &[L]) -> Self {
        let mut members: BTreeMap<&L, Vec<usize>> = BTreeMap::new();
        for (at, label) in labels.iter().enumerate() {
            members.entry(label).or_default().push(at);
        }
        let mut members: Vec<Vec<usize>> = members.into_values().collect();
        members.sort_by(|a, b| b.len().cmp(&a.len()).then(a[0].cmp(&b[0])));
        let mut groups = vec![0; labels.len()];
        for (group, members) in members.iter().enumerate() {
            for at in members {
                groups[*at] = number(group);
            }
        }
        Self { groups, sizes: members.iter().map(Vec::len).collect() }
    }

    /// The group of each actor.
    pub fn groups(&self) -> &[u32] {
        &self.groups
    }

    /// How many actors each group has.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The actors of a group, in order.
    pub fn members(&self, group: u32) -> impl Iterator<Item = u32> {
        (0..).zip(&self.groups).filter(move |(_, of)| **of == group).map(|(at, _)| at)
    }
}

/// The modularity of a partition: the share of all value that lies inside groups, less the share that would
/// at random, given what each actor has, times the resolution. 0 where nobody is tied.
///
/// Where direction counts, what leaves and what comes are kept apart (Leicht and Newman).
///
/// # Complexity
/// Time O(V + D), for V actors and D dyads.
///
/// # References
/// Newman, M. E. J. (2004). Analysis of weighted networks. *Physical Review E* 70, 056131.
/// <https://doi.org/10.1103/PhysRevE.70.056131>
///
/// Leicht, E. A., and Newman, M. E. J. (2008). Community structure in directed networks. *Physical Review
/// Letters* 100, 118703. <https://doi.org/10.1103/PhysRevLett.100.118703>
pub fn modularity(matrix: &Sociomatrix, partition: &Partition, resolution: f64) -> f64 {
    let count = partition.sizes.len();
    let (mut inside, mut out, mut into) = (vec![0.0; count], vec![0.0; count], vec![0.0; count]);
    for row in matrix.rows() {
        let group = partition.groups[row as usize];
        for (column, value) in matrix.out_cells(row) {
            let other = partition.groups[column as usize];
            out[group as usize] += value;
            into[other as usize] += value;
            if group == other {
                inside[group as usize] += value;
            }
        }
    }
    let all: f64 = out.iter().sum();
    if all <= 0.0 {
        return 0.0;
    }
    (0..count).map(|at| inside[at] / all - resolution * (out[at] / all) * (into[at] / all)).sum()
}

/// How alike two partitions of the same actors are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// Normalised mutual information, over the mean of both entropies: from 0 to 1.
    pub mutual_information: f64,
    /// The adjusted Rand index: 1 when they are the same, about 0 when they agree no more than by chance.
    pub adjusted_rand: f64,
}

/// How alike two partitions of the same actors are; both measures are 1 where both put all together.
///
/// # References
/// Danon, L., Díaz-Guilera, A., Duch, J., and Arenas, A. (2005). Comparing community structure
/// identification. *Journal of Statistical Mechanics* P09008.
/// <https://doi.org/10.1088/1742-5468/2005/09/P09008>
///
/// Hubert, L., and Arabie, P. (1985). Comparing partitions. *Journal of Classification* 2, 193–218.
/// <https://doi.org/10.1007/BF01908075>
pub fn likeness(a: &Partition, b: &Partition) -> Likeness {
    assert_eq!(a.groups.len(), b.groups.len(), "both are of the same actors");
    let n = float(a.groups.len());
    let mut cells: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    a.groups.iter().zip(&b.groups).for_each(|(a, b)| *cells.entry((*a, *b)).or_default() += 1);
    let entropy = |sizes: &[usize]| -> f64 {
        sizes.iter().map(|size| -float(*size) / n * (float(*size) / n).ln()).sum()
    };
    let shared: f64 = cells
        .iter()
        .map(|((group_a, group_b), count)| {
            let expected = float(a.sizes[*group_a as usize]) * float(b.sizes[*group_b as usize]) / n;
            float(*count) / n * (float(*count) / expected).ln()
        })
        .sum();
    let entropies = entropy(&a.sizes) + entropy(&b.sizes);
    let pairs = |count: usize| float(count) * (float(count) - 1.0) / 2.0;
    let together: f64 = cells.values().map(|count| pairs(*count)).sum();
    let of_a: f64 = a.sizes.iter().map(|size| pairs(*size)).sum();
    let of_b: f64 = b.sizes.iter().map(|size| pairs(*size)).sum();
    let all = n * (n - 1.0) / 2.0;
    let expected = if all > 0.0 { of_a * of_b / all } else { 0.0 };
    let most = f64::midpoint(of_a, of_b);
    Likeness {
        mutual_information: if entropies > 0.0 { 2.0 * shared / entropies } else { 1.0 },
        adjusted_rand: if (most - expected).abs() > 0.0 {
            (together - expected) / (most - expected)
        } else {
            1.0
        },
    }
}

fn float(value: usize) -> f64 {
    f64::from(number(value))
}
