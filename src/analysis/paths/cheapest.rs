//! The cheapest path between two actors, when hops have costs.
//!
//! # References
//! Dijkstra, E. W. (1959). A note on two problems in connexion with graphs. Numerische Mathematik 1, 269–271.
//! DOI 10.1007/BF01386390. Pohl, I. (1971). Bi-directional search. Machine Intelligence 6, 127–140.

use std::{cmp::Reverse, collections::BinaryHeap};

use rustc_hash::FxHashMap;

use super::{Pathfinder, Without};
use crate::dataset::{ActorIndex, DyadIndex};

/// A path and what it costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Cheapest {
    /// The actors, both ends included.
    pub actors: Vec<ActorIndex>,
    /// The sum of the costs of its hops.
    pub cost: f64,
}

/// A cost that is no less than zero, in order.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cost(f64);

impl Eq for Cost {}

impl PartialOrd for Cost {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cost {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// What is known from one end: the cost to each actor reached and from whom, and who is next.
#[derive(Default)]
struct Front {
    known: FxHashMap<ActorIndex, (f64, ActorIndex)>,
    next: BinaryHeap<Reverse<(Cost, ActorIndex)>>,
    settled: usize,
}

impl Front {
    fn new(end: ActorIndex) -> Self {
        let mut front = Self::default();
        front.known.insert(end, (0.0, end));
        front.next.push(Reverse((Cost(0.0), end)));
        front
    }

    /// The least cost of those who are next.
    fn least(&self) -> Option<f64> {
        self.next.peek().map(|Reverse((Cost(cost), _))| *cost)
    }

    /// The next actor that is not settled yet.
    fn settle(&mut self) -> Option<(f64, ActorIndex)> {
        while let Some(Reverse((Cost(cost), actor))) = self.next.pop() {
            if self.known.get(&actor).is_some_and(|(known, _)| *known >= cost) {
                self.settled += 1;
                return Some((cost, actor));
            }
        }
        None
    }

    fn way(&self, from: ActorIndex) -> Vec<ActorIndex> {
        let back = |at: &ActorIndex| {
            let (_, before) = self.known.get(at)?;
            (before != at).then_some(*before)
        };
        std::iter::successors(Some(from), back).collect()
    }
}

impl Pathfinder<'_, '_> {
    /// The cheapest path from `a` to `b`, each hop from one actor to another by a dyad costing what `cost` says, more than
    /// zero; of several as cheap always the same. `None` when there is none, when
    /// the ends are one actor, or when the meter stopped the search.
    ///
    /// # Complexity
    /// Time O(k log k), for the k dyads of the actors that cost less than about half the path from either end.
    pub fn cheapest(
        &mut self,
        a: ActorIndex,
        b: ActorIndex,
        without: &Without<'_>,
        mut cost: impl FnMut(ActorIndex, ActorIndex, DyadIndex) -> f64,
    ) -> Option<Cheapest> {
        if a == b || without.actors.contains(&a) || without.actors.contains(&b) {
            return None;
        }
        let mut fronts = [Front::new(a), Front::new(b)];
        let mut best: Option<(f64, ActorIndex)> = None;
        while let [Some(least), Some(other)] = [fronts[0].least(), fronts[1].least()] {
            // What either end has not settled yet costs at least so much together.
            if best.is_some_and(|(cost, _)| least + other >= cost) {
                break;
            }
            let side = usize::from(fronts[1].settled < fronts[0].settled);
            let Some((so_far, actor)) = fronts[side].settle() else { continue };
            if !self.meter.take(self.network().dataset().dyads().degree(actor)) {
                return None;
            }
            for (neighbour, dyad) in self.network().neighbours(actor) {
                let (from, to) = if side == 0 { (actor, neighbour) } else { (neighbour, actor) };
                if Some(dyad) == without.dyad
                    || without.actors.contains(&neighbour)
                    || !self.network().leads(from, to, dyad)
                {
                    continue;
                }
                let sum = so_far + cost(from, to, dyad);
                if fronts[side].known.get(&neighbour).is_some_and(|(known, _)| sum >= *known) {
                    continue;
                }
                fronts[side].known.insert(neighbour, (sum, actor));
                fronts[side].next.push(Reverse((Cost(sum), neighbour)));
                if let Some((rest, _)) = fronts[1 - side].known.get(&neighbour) {
                    let whole = sum + rest;
                    if best.is_none_or(|(known, _)| whole < known) {
                        best = Some((whole, neighbour));
                    }
                }
            }
        }
        let (cost, meeting) = best?;
        let mut actors = fronts[0].way(meeting);
        actors.reverse();
        actors.extend(fronts[1].way(meeting).into_iter().skip(1));
        Some(Cheapest { actors, cost })
    }
}
