//! How much of a current from the one actor to the other passes through each connector.
//!
//! The network is read as one of resistors: a dyad conducts as well as it is attested, its conductance
//! being the [strength](super::Evidence::strength) of its ties. One unit goes in at the first actor and
//! out at the second, and spreads over all routes, the shorter and the better attested ones taking more.
//!
//! # References
//! Newman, M. E. J. (2005). A measure of betweenness centrality based on random walks. Social Networks
//! 27(1), 39–54. DOI 10.1016/j.socnet.2004.11.009. Hestenes, M. R., Stiefel, E. (1952). Methods of conjugate
//! gradients for solving linear systems. Journal of Research of the National Bureau of Standards 49(6),
//! 409–436. DOI 10.6028/jres.049.044.

use serde::Serialize;

use super::weights::Weights;
use crate::{
    analysis::{
        marks::Marks,
        paths::{Geodesics, Pathfinder, Without},
    },
    dataset::{ActorIndex, DyadIndex},
    network::{Around, Walk},
};

/// Above so many actors the region shrinks to the shortest routes.
const WIDE_REGION: usize = 300;

/// Above so many actors the equations are solved by approximation.
const DENSE_REGION: usize = 100;

/// How small the rest must be, against the whole, for an approximation to be done.
const TOLERANCE: f64 = 1e-12;

/// How the equations were solved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "method", rename_all = "kebab-case")]
pub enum Solution {
    /// By elimination (Cholesky).
    Exact,
    /// By conjugate gradients.
    ConjugateGradients {
        /// The residual, relative to the current.
        tolerance: f64,
    },
}

/// One unit of current from the first actor to the second.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The actors it spreads over, in order: those on routes of at most `hop_limit` hops.
    pub region: Vec<ActorIndex>,
    /// How much passes through each, to nine digits; 1 for the two ends.
    pub through: Vec<f64>,
    /// The dyads among them with their conductance.
    pub dyads: Vec<(DyadIndex, f64)>,
    /// How long the routes are that the region is made of; longer ones are left out.
    pub hop_limit: u32,
    /// The resistance between the two.
    pub resistance: f64,
    /// How the equations were solved.
    pub solution: Solution,
}

impl Flow {
    /// How much passes through an actor.
    pub fn through(&self, actor: ActorIndex) -> f64 {
        self.region.binary_search(&actor).map_or(0.0, |at| self.through[at])
    }

    /// Sends one unit between the ends of some shortest routes, found without the direct dyad.
    ///
    /// The region is made of the actors on walks of at most one hop more than the shortest, or of those on the
    /// shortest routes where the former are more than 300; all dyads among them conduct. `None` when the meter of the
    /// finder stopped the search for it.
    ///
    /// # Complexity
    /// Time O(k) for the region, for the k dyads of the actors within about half the hops of either end, then O(n³) for n ≤ 100 actors in it, O(m·√κ) for m dyads and condition κ above.
    pub(super) fn between(
        finder: &mut Pathfinder<'_, '_>,
        weights: &mut Weights<'_, '_>,
        places: &mut Marks,
        geodesics: &Geodesics,
        direct: Option<DyadIndex>,
    ) -> Option<Self> {
        let network = finder.network();
        let (a, b) = geodesics.ends();
        let without = Without { actors: &[], dyad: direct };
        let between: usize = geodesics.levels.iter().map(Vec::len).sum();
        let wide_limit = geodesics.distance + 1;
        let wide = (between <= WIDE_REGION).then(|| finder.region(a, b, &without, wide_limit));
        let (hop_limit, region) = if let Some(region) = wide.filter(|region| region.len() <= WIDE_REGION) {
            (wide_limit, region)
        } else {
            let all = geodesics.levels.iter().flatten().map(|passage| passage.actor);
            let mut region: Vec<ActorIndex> = all.collect();
            region.sort_unstable();
            (geodesics.distance, region)
        };
        if finder.meter.stopped().is_some() {
            return None;
        }
        places.forget();
        for (at, actor) in (0..).zip(&region) {
            places.set(actor.at(), at);
        }
        let mut dyads = Vec::new();
        let mut wires = Vec::new();
        for (at, actor) in region.iter().enumerate() {
            let is_in = |other: ActorIndex| places.get(other.at()).is_some();
            let later = match network.around(0) {
                Around::Asking(walk) => later(walk, *actor, is_in),
                Around::Passing(walk) => later(walk, *actor, is_in),
            };
            for (neighbour, dyad) in later.into_iter().filter(|(_, dyad)| Some(*dyad) != direct) {
                let Some(other) = places.get(neighbour.at()) else { continue };
                let conductance = weights.strength(dyad);
                dyads.push((dyad, conductance));
                wires.push((at, other as usize, conductance));
            }
        }
        let place = |actor: ActorIndex| region.binary_search(&actor).expect("the ends are in the region");
        let circuit = Circuit { count: region.len(), wires, source: place(a), sink: place(b) };
        let (potentials, solution) = circuit.potentials();
        let through = circuit.through(&potentials).into_iter().map(rounded).collect();
        let resistance = rounded(potentials[circuit.source] - potentials[circuit.sink]);
        Some(Self { region, through, dyads, hop_limit, resistance, solution })
    }
}

/// The neighbours of an actor that come after it and are wanted, with their dyads; a current has no direction.
fn later<'w, W: Walk<'w>>(
    walk: W,
    actor: ActorIndex,
    is_wanted: impl Fn(ActorIndex) -> bool,
) -> Vec<(ActorIndex, DyadIndex)> {
    let after = walk.row(actor).skip_while(|slot| W::actor(*slot) <= actor);
    let wanted = after.filter(|slot| is_wanted(W::actor(*slot)) && walk.passes(*slot));
    wanted.filter_map(|slot| Some((W::actor(slot), walk.dyad(actor, slot)?))).collect()
}

/// Equal flows must be equal whatever the order of sums.
fn rounded(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

/// Resistors between numbered places.
struct Circuit {
    count: usize,
    wires: Vec<(usize, usize, f64)>,
    source: usize,
    sink: usize,
}

impl Circuit {
    /// The potential of each place; that of the sink is zero.
    fn potentials(&self) -> (Vec<f64>, Solution) {
        if self.count <= DENSE_REGION {
            (self.eliminate(), Solution::Exact)
        } else {
            (self.descend(), Solution::ConjugateGradients { tolerance: TOLERANCE })
        }
    }

    /// Half of what flows in and out of each place, and all of it at the ends.
    fn through(&self, potentials: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.count];
        for (from, to, conductance) in &self.wires {
            let current = (conductance * (potentials[*from] - potentials[*to])).abs() / 2.0;
            sums[*from] += current;
            sums[*to] += current;
        }
        sums[self.source] = 1.0;
        sums[self.sink] = 1.0;
        sums
    }

    /// Solves the equations of all places but the sink by Cholesky's method.
    fn eliminate(&self) -> Vec<f64> {
        let n = self.count;
        let mut matrix = vec![0.0; n * n];
        for (from, to, conductance) in &self.wires {
            matrix[from * n + from] += conductance;
            matrix[to * n + to] += conductance;
            matrix[from * n + to] -= conductance;
            matrix[to * n + from] -= conductance;
        }
        // The sink is held at zero: its equation is replaced by that.
        for at in 0..n {
            matrix[self.sink * n + at] = 0.0;
            matrix[at * n + self.sink] = 0.0;
        }
        matrix[self.sink * n + self.sink] = 1.0;
        for row in 0..n {
            for column in 0..=row {
                let (done, rest) =
                    (&matrix[row * n..row * n + column], &matrix[column * n..column * n + column]);
                let product: f64 = done.iter().zip(rest).map(|(x, y)| x * y).sum();
                let value = matrix[row * n + column] - product;
                matrix[row * n + column] =
                    if row == column { value.sqrt() } else { value / matrix[column * n + column] };
            }
        }
        let mut solution = vec![0.0; n];
        solution[self.source] = 1.0;
        for row in 0..n {
            let known: f64 = (0..row).map(|at| matrix[row * n + at] * solution[at]).sum();
            solution[row] = (solution[row] - known) / matrix[row * n + row];
        }
        for row in (0..n).rev() {
            let known: f64 = (row + 1..n).map(|at| matrix[at * n + row] * solution[at]).sum();
            solution[row] = (solution[row] - known) / matrix[row * n + row];
        }
        solution
    }

    /// Solves the same equations by conjugate gradients, each scaled by its diagonal.
    fn descend(&self) -> Vec<f64> {
        let n = self.count;
        let mut diagonal = vec![0.0; n];
        for (from, to, conductance) in &self.wires {
            diagonal[*from] += conductance;
            diagonal[*to] += conductance;
        }
        let apply = |x: &[f64]| -> Vec<f64> {
            let mut y: Vec<f64> = x.iter().zip(&diagonal).map(|(x, d)| x * d).collect();
            for (from, to, conductance) in &self.wires {
                y[*from] -= conductance * x[*to];
                y[*to] -= conductance * x[*from];
            }
            y[self.sink] = 0.0;
            y
        };
        let dot = |x: &[f64], y: &[f64]| -> f64 { x.iter().zip(y).map(|(x, y)| x * y).sum() };
        let scaled = |x: &[f64]| -> Vec<f64> { x.iter().zip(&diagonal).map(|(x, d)| x / d).collect() };
        let mut potentials = vec![0.0; n];
        let mut residual = vec![0.0; n];
        residual[self.source] = 1.0;
        let mut direction = scaled(&residual);
        let mut energy = dot(&residual, &direction);
        for _ in 0..10 * n {
            if dot(&residual, &residual).sqrt() <= TOLERANCE {
                break;
            }
            let image = apply(&direction);
            let step = energy / dot(&direction, &image);
            for at in 0..n {
                potentials[at] += step * direction[at];
                residual[at] -= step * image[at];
            }
            let next = scaled(&residual);
            let energy_now = dot(&residual, &next);
            let keep = energy_now / energy;
            energy = energy_now;
            for at in 0..n {
                direction[at] = next[at] + keep * direction[at];
            }
        }
        potentials
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn current_divides_as_conductances_do() {
        // Two ways from 0 to 3: through 1 (2 and 2 in a row: 1), through 2 (1 and 1 in a row: ½).
        let wires = vec![(0, 1, 2.0), (1, 3, 2.0), (0, 2, 1.0), (2, 3, 1.0)];
        let circuit = Circuit { count: 4, wires, source: 0, sink: 3 };
        for potentials in [circuit.eliminate(), circuit.descend()] {
            let through = circuit.through(&potentials);
            assert!((through[1] - 2.0 / 3.0).abs() < 1e-9 && (through[2] - 1.0 / 3.0).abs() < 1e-9);
            assert!((potentials[0] - 2.0 / 3.0).abs() < 1e-9);
        }
    }

    #[test]
    fn both_ways_of_solving_agree() {
        // A ring of 30 with chords, of conductances that differ.
        let wires: Vec<(usize, usize, f64)> = (0..30_u32)
            .flat_map(|at| [(at, (at + 1) % 30, f64::from(at % 5 + 1)), (at, (at * 7 + 3) % 30, 0.5)])
            .filter(|(from, to, _)| from != to)
            .map(|(from, to, conductance)| (from as usize, to as usize, conductance))
            .collect();
        let circuit = Circuit { count: 30, wires, source: 4, sink: 19 };
        let (exact, near) = (circuit.eliminate(), circuit.descend());
        for (x, y) in exact.iter().zip(&near) {
            assert!((x - y).abs() < 1e-9, "{x} {y}");
        }
    }
}
