//! Components: who can be reached from whom at all.

use crate::{
    dataset::{ActorIndex, number},
    network::Network,
};

/// The components of a network, numbered from 0 in the order of their first actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Components {
    /// By actor row: the number of its component.
    numbers: Vec<Option<u32>>,
    sizes: Vec<usize>,
}

impl Components {
    /// How many components there are; an isolated actor is one of its own.
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// The number of the component that an actor stands in; `None` when the lens leaves it out.
    pub fn of(&self, actor: ActorIndex) -> Option<u32> {
        self.numbers[actor.at()]
    }

    /// How many actors each component has, by its number.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// Whether a chain of ties joins two actors; an actor is joined to itself.
    pub fn are_joined(&self, a: ActorIndex, b: ActorIndex) -> bool {
        self.of(a).is_some() && self.of(a) == self.of(b)
    }

    /// How many actors stand in the component of each actor, itself included, in the order of rows;
    /// actors that the lens leaves out have 0.
    pub fn reach(&self) -> Vec<f64> {
        let size = |component: Option<u32>| component.map_or(0, |component| self.sizes[component as usize]);
        self.numbers.iter().map(|component| f64::from(number(size(*component)))).collect()
    }
}

/// The components of a network: direction is ignored, and actors that are not of the network stand in none.
///
/// # Complexity
/// Time O(V + E) the first time that the network is swept, then O(V + D); space O(V + D), for V actors,
/// E ties and D dyads.
///
/// # Examples
/// Of five actors with the ties `a – b` and `b – c` the components are `{a, b, c}`, `{d}` and `{e}`.
///
/// # References
/// Hopcroft, J., and Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph manipulation.
/// *Communications of the ACM* 16(6), 372–378. <https://doi.org/10.1145/362248.362272>
pub fn components(network: &Network<'_>) -> Components {
    let (actors, compact) = (network.dataset().actors(), network.compact());
    let mut numbers = vec![None; actors.count()];
    let mut sizes = Vec::new();
    let mut reached = Vec::new();
    for first in network.actors() {
        if numbers[first.at()].is_some() {
            continue;
        }
        let component = Some(number(sizes.len()));
        numbers[first.at()] = component;
        reached.clear();
        reached.push(first);
        let mut at = 0;
        while let Some(actor) = reached.get(at).copied() {
            at += 1;
            for neighbour in compact.neighbours(actor) {
                if numbers[neighbour.at()].is_none() {
                    numbers[neighbour.at()] = component;
                    reached.push(*neighbour);
                }
            }
        }
        sizes.push(reached.len());
    }
    Components { numbers, sizes }
}
