//! A tree that holds several actors together by few ties.
//!
//! The smallest such tree is NP-hard to find. This one has at most twice its dyads (2 − 2∕k times, for k actors): the
//! distances between the actors make a graph of their own, its smallest spanning tree is laid along shortest paths, and
//! what hangs loose is cut off.
//!
//! # References
//! Kou, L., Markowsky, G., Berman, L. (1981). A fast algorithm for Steiner trees. Acta Informatica 15, 141–145.
//! DOI 10.1007/BF00288961.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::{
    analysis::paths::{Pathfinder, Without},
    dataset::{ActorIndex, DyadIndex},
};

/// A tree that holds actors together; one for each part where they are not all connected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The dyads it walks, each from the actor nearer to the first of its part.
    pub hops: Vec<(ActorIndex, ActorIndex)>,
    /// The actors on it that were not asked about, in order.
    pub between: Vec<ActorIndex>,
}

/// Holds some different actors together, as far as they are connected; direct ties are walked too.
///
/// When the meter of the finder stops, what it has found may fall into more parts than there are.
///
/// # Complexity
/// Time O(n²·k) for n actors and the k dyads that a search from both ends walks.
pub fn tree(finder: &mut Pathfinder<'_, '_>, actors: &[ActorIndex]) -> Tree {
    let mut lengths = Vec::new();
    for (at, a) in actors.iter().enumerate() {
        for (other, b) in actors.iter().enumerate().skip(at + 1) {
            let distance = finder.distance(*a, *b, &Without::default());
            lengths.extend(distance.map(|distance| (distance, at, other)));
        }
    }
    lengths.sort_unstable();
    // Kruskal: a pair that is joined already needs no path.
    let mut parts: Vec<usize> = (0..actors.len()).collect();
    let mut tied: BTreeMap<ActorIndex, BTreeSet<ActorIndex>> = BTreeMap::new();
    for (_, at, other) in lengths {
        let (one, two) = (parts[at], parts[other]);
        if one == two {
            continue;
        }
        let Some(path) = finder.shortest(actors[at], actors[other], &Without::default()) else { continue };
        for pair in path.windows(2) {
            tied.entry(pair[0]).or_default().insert(pair[1]);
            tied.entry(pair[1]).or_default().insert(pair[0]);
        }
        parts.iter_mut().filter(|part| **part == two).for_each(|part| *part = one);
    }
    pruned(&tied, actors)
}

/// The tree by which a search from each actor reaches the others, without branches that end at nobody asked about.
fn pruned(tied: &BTreeMap<ActorIndex, BTreeSet<ActorIndex>>, actors: &[ActorIndex]) -> Tree {
    let mut reached: BTreeMap<ActorIndex, ActorIndex> = BTreeMap::new();
    let mut order = Vec::new();
    for actor in actors {
        let mut next = VecDeque::from([*actor]);
        if reached.contains_key(actor) {
            continue;
        }
        reached.insert(*actor, *actor);
        while let Some(from) = next.pop_front() {
            for to in tied.get(&from).into_iter().flatten() {
                if !reached.contains_key(to) {
                    reached.insert(*to, from);
                    order.push((from, *to));
                    next.push_back(*to);
                }
            }
        }
    }
    // Backwards: a branch is kept when it ends at an actor asked about, or at one that is kept.
    let mut kept: BTreeSet<ActorIndex> = actors.iter().copied().collect();
    let mut hops: Vec<(ActorIndex, ActorIndex)> = Vec::new();
    for (from, to) in order.into_iter().rev() {
        if kept.contains(&to) {
            kept.insert(from);
            hops.push((from, to));
        }
    }
    hops.reverse();
    let between = kept.into_iter().filter(|actor| !actors.contains(actor)).collect();
    Tree { hops, between }
}

impl Tree {
    /// The dyads of the tree in a network.
    pub fn dyads(&self, finder: &Pathfinder<'_, '_>) -> Vec<DyadIndex> {
        let network = finder.network();
        self.hops.iter().filter_map(|(from, to)| network.dyad(*from, *to)).collect()
    }
}
