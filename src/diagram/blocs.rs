//! An order of actors in which those tied to one another stand together: for circles and matrices.
//!
//! Blocs are found by moving each actor to where its ties outnumber what chance would give (local moving of modularity);
//! hostile ties count against standing together. Actors of a bloc stand by kind, busiest first.
//!
//! # Complexity
//! Time O(R·(V + E)) for V actors, E dyads and R rounds (at most 30).
//!
//! # References
//! Blondel et al., "Fast unfolding of communities in large networks", J. Stat. Mech. (2008) P10008,
//! doi:10.1088/1742-5468/2008/10/P10008. Gómez, Jensen and Arenas, "Analysis of community structure in networks of
//! correlated data", Phys. Rev. E 80 (2009), doi:10.1103/PhysRevE.80.016114.

use super::look::Tone;
use super::scene::Scene;
use std::collections::BTreeMap;

/// The actors in order, and where each bloc begins in it.
pub(super) struct Blocs {
    pub(super) order: Vec<usize>,
    pub(super) starts: Vec<usize>,
}

/// The blocs of a scene, the largest first.
pub(super) fn blocs(scene: &Scene) -> Blocs {
    let count = scene.nodes.len();
    let mut near: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
    let (mut friendly, mut hostile) = (vec![0.0_f64; count], vec![0.0_f64; count]);
    for edge in scene.edges.iter().filter(|edge| edge.source != edge.target) {
        let weight = match Tone::of(&edge.ties) {
            Tone::Friendly | Tone::Neutral => 1.0,
            Tone::Mixed => 0.25,
            Tone::Hostile => -1.0,
        };
        for (a, b) in [(edge.source, edge.target), (edge.target, edge.source)] {
            near[a].push((b, weight));
            *if weight > 0.0 { &mut friendly[a] } else { &mut hostile[a] } += f64::abs(weight);
        }
    }
    let total = |sums: &[f64]| sums.iter().sum::<f64>().max(1e-9);
    let (all_friendly, all_hostile) = (total(&friendly), total(&hostile));
    let mut bloc: Vec<usize> = (0..count).collect();
    let (mut friends_in, mut foes_in) = (friendly.clone(), hostile.clone());
    for _ in 0..30 {
        let mut has_moved = false;
        for node in 0..count {
            let own = bloc[node];
            friends_in[own] -= friendly[node];
            foes_in[own] -= hostile[node];
            let mut gains: BTreeMap<usize, f64> = BTreeMap::from([(own, 0.0)]);
            for (other, weight) in &near[node] {
                *gains.entry(bloc[*other]).or_default() += weight;
            }
            let gain = |bloc: usize, ties: f64| {
                ties - friendly[node] * friends_in[bloc] / all_friendly
                    + hostile[node] * foes_in[bloc] / all_hostile
            };
            let stay = gain(own, gains[&own]);
            let best = gains.iter().map(|(bloc, ties)| (gain(*bloc, *ties), *bloc));
            let (most, to) = best.fold((stay, own), |a, b| if b.0 > a.0 + 1e-9 { b } else { a });
            let to = if most > stay + 1e-9 { to } else { own };
            has_moved |= to != own;
            bloc[node] = to;
            friends_in[to] += friendly[node];
            foes_in[to] += hostile[node];
        }
        if !has_moved {
            break;
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, bloc) in bloc.iter().enumerate() {
        members.entry(*bloc).or_default().push(node);
    }
    let mut members: Vec<Vec<usize>> = members.into_values().collect();
    for group in &mut members {
        let place = |node: &usize| (scene.nodes[*node].kind, std::cmp::Reverse(near[*node].len()), *node);
        group.sort_by_key(place);
    }
    members.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
    let mut at = 0;
    let starts = members.iter().map(|group| {
        at += group.len();
        at - group.len()
    });
    let starts = starts.collect();
    Blocs { order: members.concat(), starts }
}
