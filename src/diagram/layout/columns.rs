//! Which column each node stands in.
//!
//! Where every node has a rank, the ranks are the columns. Else each connected part is laid around
//! the node with most neighbours: what hangs on it goes to its left and right in turn, by hops, and a
//! column too full is split, so that the picture is no tower.

use crate::diagram::scene::{Role, Scene};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The column of each node, and the groups of nodes whose columns belong together.
pub(in crate::diagram) fn columns(scene: &Scene) -> (Vec<usize>, Vec<Vec<usize>>) {
    let ranks: Option<Vec<u32>> = scene.nodes.iter().map(|node| node.rank).collect();
    if let Some(ranks) = ranks {
        let used: BTreeSet<u32> = ranks.iter().copied().collect();
        let column: BTreeMap<u32, usize> = used.into_iter().zip(0..).collect();
        let all = (0..ranks.len()).collect();
        return (ranks.iter().map(|rank| column[rank]).collect(), vec![all]);
    }
    let neighbours = neighbours(scene);
    let mut columns = vec![0; scene.nodes.len()];
    let groups = parts(&neighbours);
    for group in &groups {
        let cap = split_size(group.len());
        let layers = match group.iter().find(|&&node| scene.nodes[node].role == Role::Terminal) {
            Some(&terminal) => split(hops(&neighbours, &[terminal], &BTreeSet::new()), cap),
            None => around_hub(&neighbours, group, cap),
        };
        for (column, layer) in layers.into_iter().enumerate() {
            for node in layer {
                columns[node] = column;
            }
        }
    }
    (columns, groups)
}

/// How many nodes a column of a part of `count` nodes may hold.
fn split_size(count: usize) -> usize {
    (count * 2).isqrt().max(6)
}

fn neighbours(scene: &Scene) -> Vec<BTreeSet<usize>> {
    let mut neighbours = vec![BTreeSet::new(); scene.nodes.len()];
    for edge in &scene.edges {
        if edge.source != edge.target {
            neighbours[edge.source].insert(edge.target);
            neighbours[edge.target].insert(edge.source);
        }
    }
    neighbours
}

/// The connected parts, largest first, then by their first node.
fn parts(neighbours: &[BTreeSet<usize>]) -> Vec<Vec<usize>> {
    let mut seen = BTreeSet::new();
    let mut parts = Vec::new();
    for start in 0..neighbours.len() {
        if !seen.contains(&start) {
            let mut part: Vec<usize> = hops(neighbours, &[start], &BTreeSet::new()).concat();
            part.sort_unstable();
            seen.extend(part.iter().copied());
            parts.push(part);
        }
    }
    parts.sort_by_key(|part| (std::cmp::Reverse(part.len()), part[0]));
    parts
}

/// Layers of nodes by hops from `starts`, never through a `barred` node.
fn hops(neighbours: &[BTreeSet<usize>], starts: &[usize], barred: &BTreeSet<usize>) -> Vec<Vec<usize>> {
    let mut seen: BTreeSet<usize> = barred.iter().chain(starts).copied().collect();
    let mut queue: VecDeque<(usize, usize)> = starts.iter().map(|&node| (node, 0)).collect();
    let mut layers: Vec<Vec<usize>> = Vec::new();
    while let Some((node, hop)) = queue.pop_front() {
        if layers.len() <= hop {
            layers.push(Vec::new());
        }
        layers[hop].push(node);
        queue.extend(neighbours[node].iter().filter(|&&next| seen.insert(next)).map(|&next| (next, hop + 1)));
    }
    layers
}

/// Cuts layers that hold more than `cap` nodes into equal ones.
fn split(layers: Vec<Vec<usize>>, cap: usize) -> Vec<Vec<usize>> {
    let cut = |layer: Vec<usize>| {
        let size = layer.len().div_ceil(layer.len().div_ceil(cap));
        layer.chunks(size).map(<[usize]>::to_vec).collect::<Vec<_>>()
    };
    layers.into_iter().flat_map(cut).collect()
}

/// The columns of one part around its hub, what hangs on it balanced between left and right.
fn around_hub(neighbours: &[BTreeSet<usize>], group: &[usize], cap: usize) -> Vec<Vec<usize>> {
    let Some(&hub) = group.iter().max_by_key(|&&node| (neighbours[node].len(), std::cmp::Reverse(node)))
    else {
        return Vec::new();
    };
    let barred = BTreeSet::from([hub]);
    let mut seen = BTreeSet::new();
    let mut branches: Vec<Vec<usize>> = Vec::new();
    for &start in &neighbours[hub] {
        if !seen.contains(&start) {
            let branch: Vec<usize> = hops(neighbours, &[start], &barred).concat();
            seen.extend(branch.iter().copied());
            branches.push(branch);
        }
    }
    branches.sort_by_key(|branch| (std::cmp::Reverse(branch.len()), branch[0]));
    let mut sides: [BTreeSet<usize>; 2] = [BTreeSet::new(), BTreeSet::new()];
    for branch in branches {
        let side = usize::from(sides[0].len() < sides[1].len());
        sides[1 - side].extend(branch);
    }
    let [right, left] = sides.map(|side| {
        let starts: Vec<usize> = neighbours[hub].intersection(&side).copied().collect();
        split(hops(neighbours, &starts, &barred), cap)
    });
    left.into_iter().rev().chain([vec![hub]]).chain(right).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{Edge, Node};
    use crate::model::ActorKind;

    fn scene(ranks: &[Option<u32>], edges: &[(usize, usize)]) -> Scene {
        let node = |(i, &rank): (usize, &Option<u32>)| Node {
            id: i.to_string(),
            label: String::new(),
            sublabel: None,
            kind: Some(ActorKind::Country),
            role: Role::Ordinary,
            rank,
            weight: 0.0,
        };
        Scene {
            nodes: ranks.iter().enumerate().map(node).collect(),
            edges: edges.iter().map(|&(source, target)| Edge { source, target, ties: vec![] }).collect(),
            ..Scene::default()
        }
    }

    #[test]
    fn ranks_are_columns_without_gaps_where_every_node_has_one() {
        let (columns, groups) = columns(&scene(&[Some(0), Some(4), Some(2)], &[(0, 1)]));
        assert_eq!(columns, [0, 2, 1]);
        assert_eq!(groups.len(), 1);
    }

    #[test]
    fn a_star_stands_on_both_sides_of_its_hub() {
        let (columns, _) = columns(&scene(&[None; 5], &[(0, 1), (0, 2), (0, 3), (4, 0)]));
        assert_eq!(columns[0], 1);
        assert_eq!(columns.iter().filter(|&&c| c == 0).count(), 2);
        assert_eq!(columns.iter().filter(|&&c| c == 2).count(), 2);
    }

    #[test]
    fn isolated_nodes_are_groups_of_their_own_after_the_rest() {
        let (_, groups) = columns(&scene(&[None; 4], &[(1, 3)]));
        assert_eq!(groups, [vec![1, 3], vec![0], vec![2]]);
    }

    #[test]
    fn a_column_is_never_fuller_than_its_share() {
        let edges: Vec<_> = (1..90).map(|n| (0, n)).chain((1..89).map(|n| (n, n + 1))).collect();
        let (columns, _) = columns(&scene(&[None; 90], &edges));
        let highest = *columns.iter().max().unwrap();
        for column in 0..=highest {
            assert!(columns.iter().filter(|&&c| c == column).count() <= split_size(90));
        }
    }
}
