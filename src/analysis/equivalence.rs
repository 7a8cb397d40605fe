//! Structural equivalence: how alike two actors stand, by whom they are tied to.

use std::str::FromStr;

use thiserror::Error;

use super::Sociomatrix;
use crate::dataset::number;

/// By what two actors are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alikeness {
    /// The share that both are tied to of those that either is tied to.
    #[default]
    Jaccard,
    /// The cosine of their rows.
    Cosine,
    /// The correlation of their rows.
    Correlation,
    /// The distance of their rows, as 1 / (1 + d).
    Euclidean,
}

/// There is no way of comparing of a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no alikeness `{0}`: it is one of jaccard, cosine, correlation, euclidean")]
pub struct NoAlikeness(String);

impl Alikeness {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Jaccard, Self::Cosine, Self::Correlation, Self::Euclidean];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jaccard => "jaccard",
            Self::Cosine => "cosine",
            Self::Correlation => "correlation",
            Self::Euclidean => "euclidean",
        }
    }

    /// What it counts, in one sentence.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Jaccard => {
                "Jaccard: the shared ties as a share of all ties of the two to others (the lesser of their values \
                 over the greater, where ties are valued)."
            }
            Self::Cosine => {
                "Cosine: that of the angle between their ties to others (Salton and McGill 1983)."
            }
            Self::Correlation => {
                "Correlation: that of their ties to all others (Wasserman and Faust 1994, 9.2)."
            }
            Self::Euclidean => {
                "Euclidean: 1 / (1 + d), d the distance of their ties to all others (Burt 1976); 1 is the same."
            }
        }
    }
}

impl FromStr for Alikeness {
    type Err = NoAlikeness;

    fn from_str(name: &str) -> Result<Self, NoAlikeness> {
        Self::ALL.into_iter().find(|by| by.as_str() == name).ok_or_else(|| NoAlikeness(name.to_owned()))
    }
}

/// How alike one actor is to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// The other.
    pub row: u32,
    /// How alike; `None` where that is not defined: an actor without ties, or tied to all others alike.
    pub score: Option<f64>,
    /// To how many others both are tied (each way counted, where direction counts).
    pub shared_count: usize,
    /// To how many only the first is.
    pub own_count: usize,
    /// To how many only the other is.
    pub other_count: usize,
}

/// How alike an actor is to each other one: their ties to all actors but the two themselves are compared, those
/// that leave and those that come where direction counts.
///
/// # Complexity
/// Time O(V + D), for V actors and D dyads.
///
/// # Examples
/// The two ends of a path of three actors are alike: both are tied to the middle, and Jaccard is 1.
///
/// # References
/// Lorrain, F., and White, H. C. (1971). Structural equivalence of individuals in social networks. *Journal of
/// Mathematical Sociology* 1(1), 49–80. <https://doi.org/10.1080/0022250X.1971.9989788>
///
/// Burt, R. S. (1976). Positions in networks. *Social Forces* 55(1), 93–122. <https://doi.org/10.1093/sf/55.1.93>
pub fn alike(matrix: &Sociomatrix, ego: u32, by: Alikeness) -> Vec<Alike> {
    let count = matrix.len();
    let mut rows = [vec![0.0; count], vec![0.0; count]];
    let sides = if matrix.is_directed() { 2 } else { 1 };
    matrix.out_cells(ego).for_each(|(other, value)| rows[0][other as usize] = value);
    if sides == 2 {
        matrix.into_cells(ego).for_each(|(other, value)| rows[1][other as usize] = value);
    }
    matrix.rows().filter(|row| *row != ego).map(|row| compare(matrix, ego, row, &rows[..sides], by)).collect()
}

fn compare(matrix: &Sociomatrix, ego: u32, row: u32, own: &[Vec<f64>], by: Alikeness) -> Alike {
    let is_other = |at: u32| at != ego && at != row;
    let mut sums = Sums::default();
    let mut alike = Alike { row, score: None, shared_count: 0, own_count: 0, other_count: 0 };
    for (side, own) in own.iter().enumerate() {
        let its: Vec<(u32, f64)> = if side == 0 {
            matrix.out_cells(row).filter(|(at, _)| is_other(*at)).collect()
        } else {
            matrix.into_cells(row).filter(|(at, _)| is_other(*at)).collect()
        };
        for (at, b) in &its {
            let a = own[*at as usize];
            sums.add(a, *b);
            if a == 0.0 {
                alike.other_count += 1;
            } else {
                alike.shared_count += 1;
            }
        }
        let of_ego = if side == 0 { matrix.out(ego) } else { matrix.into(ego) };
        for at in of_ego.iter().copied().filter(|at| is_other(*at)) {
            if its.binary_search_by_key(&at, |(other, _)| *other).is_err() {
                sums.add(own[at as usize], 0.0);
                alike.own_count += 1;
            }
        }
    }
    let cells = f64::from(number(own.len() * matrix.len().saturating_sub(2)));
    alike.score = sums.score(by, cells);
    alike
}

/// Sums over the cells of two rows, of which those that are both 0 add nothing.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    a: f64,
    b: f64,
    product: f64,
    a_squared: f64,
    b_squared: f64,
    distance: f64,
    least: f64,
    most: f64,
}

impl Sums {
    fn add(&mut self, a: f64, b: f64) {
        self.a += a;
        self.b += b;
        self.product += a * b;
        self.a_squared += a * a;
        self.b_squared += b * b;
        self.distance += (a - b) * (a - b);
        self.least += a.min(b);
        self.most += a.max(b);
    }

    fn score(&self, by: Alikeness, cells: f64) -> Option<f64> {
        match by {
            Alikeness::Jaccard => (self.most > 0.0).then(|| self.least / self.most),
            Alikeness::Cosine => {
                let lengths = self.a_squared * self.b_squared;
                (lengths > 0.0).then(|| self.product / lengths.sqrt())
            }
            Alikeness::Correlation => {
                let of_a = self.a_squared - self.a * self.a / cells;
                let of_b = self.b_squared - self.b * self.b / cells;
                let both = self.product - self.a * self.b / cells;
                (of_a > 1e-12 && of_b > 1e-12).then(|| both / (of_a * of_b).sqrt())
            }
            Alikeness::Euclidean => Some(1.0 / (1.0 + self.distance.sqrt())),
        }
    }
}
