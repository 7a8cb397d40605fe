//! The equations of currents in a component of any size, solved by conjugate gradients, several right sides at once.

use crate::analysis::Sociomatrix;

/// So many right sides are solved together: what is read of the network serves all of them.
pub(super) const LANES: usize = 8;

/// A number for each right side.
pub(super) type Lanes = [f64; LANES];

/// How small the rest must be, against the right side, for a solution to be one.
pub const TOLERANCE: f64 = 1e-9;

/// After so many steps a solution is left as it is.
const MOST_STEPS: usize = 50_000;

/// The Laplacian of a component.
pub(super) struct Laplacian {
    offsets: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f64>,
    diagonal: Vec<f64>,
}

/// Room for solving; `residual` holds the right sides at first, and `potentials` what solves them in the end.
pub(super) struct Scratch {
    pub(super) potentials: Vec<Lanes>,
    pub(super) residual: Vec<Lanes>,
    direction: Vec<Lanes>,
    image: Vec<Lanes>,
}

impl Scratch {
    pub(super) fn new(count: usize) -> Self {
        let zeros = || vec![[0.0; LANES]; count];
        Self { potentials: zeros(), residual: zeros(), direction: zeros(), image: zeros() }
    }
}

impl Laplacian {
    /// Of the actors of a component; `places` are theirs among them.
    pub(super) fn of(matrix: &Sociomatrix, component: &[u32], places: &[u32]) -> Self {
        let mut laplacian =
            Self { offsets: vec![0], columns: Vec::new(), values: Vec::new(), diagonal: Vec::new() };
        for actor in component {
            for (other, value) in matrix.out_cells(*actor) {
                laplacian.columns.push(places[other as usize]);
                laplacian.values.push(value);
            }
            laplacian.diagonal.push(matrix.out_cells(*actor).map(|(_, value)| value).sum());
            laplacian.offsets.push(laplacian.columns.len());
        }
        laplacian
    }

    pub(super) fn len(&self) -> usize {
        self.diagonal.len()
    }

    /// How well an actor conducts altogether.
    pub(super) fn strength(&self, at: usize) -> f64 {
        self.diagonal[at]
    }

    /// The neighbours of an actor, with how well they conduct.
    pub(super) fn cells(&self, at: usize) -> impl Iterator<Item = (usize, f64)> {
        let cells = self.offsets[at]..self.offsets[at + 1];
        let columns = self.columns[cells.clone()].iter().map(|column| *column as usize);
        columns.zip(self.values[cells].iter().copied())
    }

    fn apply(&self, of: &[Lanes], to: &mut [Lanes]) {
        for (at, to) in to.iter_mut().enumerate() {
            let mut sum: Lanes = of[at].map(|value| value * self.diagonal[at]);
            for (other, value) in self.cells(at) {
                for (sum, other) in sum.iter_mut().zip(&of[other]) {
                    *sum -= value * other;
                }
            }
            *to = sum;
        }
    }

    /// Solves for right sides that each add up to 0, scaled by the diagonal; what solves them is determined up to a number
    /// that is added to all. Gives the greatest rest, against its right side.
    pub(super) fn solve(&self, scratch: &mut Scratch) -> f64 {
        let Scratch { potentials, residual, direction, image } = scratch;
        potentials.fill([0.0; LANES]);
        let mut energy = [0.0; LANES];
        for (at, (direction, residual)) in direction.iter_mut().zip(&*residual).enumerate() {
            *direction = residual.map(|value| value / self.diagonal[at]);
            add_products(&mut energy, direction, residual);
        }
        let wholes = norms(residual);
        let mut rests = wholes;
        for _ in 0..MOST_STEPS {
            let is_open = |lane: usize| rests[lane] > TOLERANCE * wholes[lane];
            if !(0..LANES).any(is_open) {
                break;
            }
            self.apply(direction, image);
            let mut curvature = [0.0; LANES];
            for (direction, image) in direction.iter().zip(&*image) {
                add_products(&mut curvature, direction, image);
            }
            // What is solved is left as it is.
            let steps: Lanes =
                std::array::from_fn(|lane| if is_open(lane) { energy[lane] / curvature[lane] } else { 0.0 });
            let mut next = [0.0; LANES];
            for at in 0..residual.len() {
                for lane in 0..LANES {
                    potentials[at][lane] += steps[lane] * direction[at][lane];
                    residual[at][lane] -= steps[lane] * image[at][lane];
                    next[lane] += residual[at][lane] * residual[at][lane] / self.diagonal[at];
                }
            }
            let keep: Lanes =
                std::array::from_fn(|lane| if is_open(lane) { next[lane] / energy[lane] } else { 0.0 });
            for at in 0..residual.len() {
                for lane in 0..LANES {
                    direction[at][lane] =
                        residual[at][lane] / self.diagonal[at] + keep[lane] * direction[at][lane];
                }
            }
            energy = next;
            rests = norms(residual);
        }
        let shares = (0..LANES).filter(|lane| wholes[*lane] > 0.0).map(|lane| rests[lane] / wholes[lane]);
        shares.fold(0.0, f64::max)
    }
}

fn add_products(sums: &mut Lanes, a: &Lanes, b: &Lanes) {
    for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
        *sum += a * b;
    }
}

fn norms(values: &[Lanes]) -> Lanes {
    let mut squares = [0.0; LANES];
    for lanes in values {
        add_products(&mut squares, lanes, lanes);
    }
    squares.map(f64::sqrt)
}
