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
/// Two dyads of each actor are joined first; by then most actors stand together, and the rest of their dyads need no look, since
/// a dyad is asked from both of its ends.
///
/// # Complexity
/// Time O(V + E) the first time that the network is swept, then little above O(V + D), mostly O(V); space O(V + D), for V
/// actors, E ties and D dyads.
///
/// # Examples
/// Of five actors with the ties `a – b` and `b – c` the components are `{a, b, c}`, `{d}` and `{e}`.
///
/// # References
/// Sutton, M., Ben-Nun, T., and Barak, A. (2018). Optimizing parallel graph connectivity computation via subgraph sampling.
/// *IPDPS 2018*, 12–21. <https://doi.org/10.1109/IPDPS.2018.00012>
///
/// Tarjan, R. E. (1975). Efficiency of a good but not linear set union algorithm. *Journal of the ACM* 22(2), 215–225.
/// <https://doi.org/10.1145/321879.321884>
pub fn components(network: &Network<'_>) -> Components {
    let count = network.dataset().actors().count();
    let mut union = Union { above: (0..number(count)).collect() };
    let neighbours = |actor: u32| network.compact().neighbours(ActorIndex(actor));
    for actor in 0..number(count) {
        neighbours(actor).iter().take(FIRST).for_each(|other| union.join(actor, other.0));
    }
    union.flatten();
    let mut sizes = vec![0_u32; count];
    union.above.iter().for_each(|first| sizes[*first as usize] += 1);
    let largest = (0..number(count)).max_by_key(|first| sizes[*first as usize]);
    for actor in 0..number(count) {
        if Some(union.above[actor as usize]) != largest {
            neighbours(actor).iter().skip(FIRST).for_each(|other| union.join(actor, other.0));
        }
    }
    union.flatten();
    let mut numbers = vec![None; count];
    let mut sizes: Vec<usize> = Vec::new();
    for actor in network.actors() {
        let first = union.above[actor.at()] as usize;
        let component = *numbers[first].get_or_insert_with(|| {
            sizes.push(0);
            number(sizes.len() - 1)
        });
        numbers[actor.at()] = Some(component);
        sizes[component as usize] += 1;
    }
    Components { numbers, sizes }
}

/// How many dyads of each actor are joined first.
const FIRST: usize = 2;

/// Sets of actors that are joined one by one; each is called by its first.
struct Union {
    /// By actor: one of its set that stands before it, or itself.
    above: Vec<u32>,
}

impl Union {
    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        self.above[a.max(b) as usize] = a.min(b);
    }

    fn first(&mut self, mut actor: u32) -> u32 {
        loop {
            let above = self.above[actor as usize];
            if above == actor {
                return actor;
            }
            let next = self.above[above as usize];
            self.above[actor as usize] = next;
            actor = next;
        }
    }

    /// Puts each under the first of its set; those before it have been put there already.
    fn flatten(&mut self) {
        for at in 0..self.above.len() {
            self.above[at] = self.above[self.above[at] as usize];
        }
    }
}
