//! petgraph's algorithms on lenses, without a copy, against ours or by hand.

use std::num::NonZeroUsize;

use chancery::{
    analysis::{Direction, Sociomatrix, closeness, components},
    dataset::{ActorIndex, Dataset},
    lens::{KindSelector, Lens},
    model::{ActorKind, Channel},
    network::Network,
};
use petgraph::{
    algo::{
        articulation_points::articulation_points, astar, bridges::bridges, connected_components, dijkstra,
        floyd_warshall, has_path_connecting, is_bipartite_undirected, is_cyclic_undirected,
        min_spanning_tree,
    },
    data::Element,
    visit::{Bfs, Dfs, EdgeCount, EdgeRef, IntoEdgeReferences, IntoEdges, NodeCount},
};

use crate::support::{actor, plain, shipped};

/// A square with a tail, and a pair apart: `a–b–c–d–a`, `d–e–f`, `x–y`, with parallel ties and a loop.
fn square_and_tail() -> Dataset {
    let ties = [
        ("a", "b"),
        ("b", "a"),
        ("b", "c"),
        ("c", "d"),
        ("d", "a"),
        ("d", "e"),
        ("d", "e"),
        ("e", "f"),
        ("f", "f"),
        ("x", "y"),
    ];
    plain(&["a", "b", "c", "d", "e", "f", "x", "y"], &ties)
}

fn lenses() -> [Lens; 4] {
    [
        Lens::default(),
        Lens { channels: Channel::ALL.into_iter().collect(), ..Lens::default() },
        Lens { kinds: vec![KindSelector::Kind(ActorKind::Country)], ..Lens::default() },
        Lens {
            during: "1990/2000".parse().expect("a period"),
            avoid: vec!["north-korea".into()],
            ..Lens::default()
        },
    ]
}

fn ids(dataset: &Dataset, actors: impl IntoIterator<Item = ActorIndex>) -> Vec<&str> {
    let mut ids: Vec<&str> = actors.into_iter().map(|actor| dataset.actors().id(actor)).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn algorithms_run_on_a_lens_and_give_what_the_hand_gives() {
    let dataset = square_and_tail();
    let network = Network::project(&dataset, &Lens::default()).unwrap();
    let [a, b, c, f, far] = ["a", "b", "c", "f", "x"].map(|id| actor(&dataset, id));
    assert_eq!((network.node_count(), network.edge_count()), (8, 7));
    assert_eq!(connected_components(&network), 2);
    assert!(has_path_connecting(&network, a, f, None));
    assert!(!has_path_connecting(&network, a, far, None));
    assert!(is_bipartite_undirected(&network, a));
    assert!(is_cyclic_undirected(&network));
    assert_eq!(dijkstra(&network, b, Some(f), |_| 1_u32)[&f], 4);
    let (length, path) = astar(&network, c, |actor| actor == f, |_| 1_u32, |_| 0).unwrap();
    assert_eq!((length, ids(&dataset, path)), (3, vec!["c", "d", "e", "f"]));
    assert_eq!(ids(&dataset, articulation_points(&network)), ["d", "e"]);
    let mut cut: Vec<Vec<&str>> =
        bridges(&network).map(|edge| ids(&dataset, [edge.source(), edge.target()])).collect();
    cut.sort();
    assert_eq!(cut, [["d", "e"], ["e", "f"], ["x", "y"]]);
    let tree = min_spanning_tree(&network);
    assert_eq!(tree.filter(|element| matches!(element, Element::Edge { .. })).count(), 6);
}

#[test]
fn an_edge_seen_from_an_actor_begins_there_and_gives_its_ties() {
    let dataset = square_and_tail();
    let network = Network::project(&dataset, &Lens::default()).unwrap();
    for from in dataset.actors().all() {
        for edge in (&network).edges(from) {
            assert_eq!(edge.source(), from);
            assert!(network.ties(*edge.weight()).count() >= 1);
        }
    }
    let doubled = network.dyad(actor(&dataset, "d"), actor(&dataset, "e")).unwrap();
    assert_eq!(network.ties(doubled).count(), 2);
}

#[test]
fn what_a_lens_leaves_out_is_not_walked() {
    let dataset = square_and_tail();
    let network = Network::project(&dataset, &Lens { avoid: vec!["d".into()], ..Lens::default() }).unwrap();
    let [a, d, e] = ["a", "d", "e"].map(|id| actor(&dataset, id));
    assert!(!has_path_connecting(&network, a, e, None));
    // For petgraph an actor that is left out is a node without edges.
    assert_eq!(connected_components(&network), components(&network).count() + 1);
    assert_eq!(network.neighbours(d).count(), 0);
}

#[test]
fn walks_reach_the_component_on_the_shipped_graph() {
    let dataset = shipped();
    for lens in lenses() {
        let network = Network::project(&dataset, &lens).unwrap();
        let components = components(&network);
        let left_out = dataset.actors().count() - network.actors().count();
        assert_eq!(connected_components(&network), components.count() + left_out);
        let mongolia = actor(&dataset, "mongolia");
        let size = components.sizes()[components.of(mongolia).unwrap() as usize];
        let (mut wide, mut deep) = (Bfs::new(&network, mongolia), Dfs::new(&network, mongolia));
        assert_eq!(std::iter::from_fn(|| wide.next(&network)).count(), size);
        assert_eq!(std::iter::from_fn(|| deep.next(&network)).count(), size);
        assert_eq!((&network).edge_references().count(), network.edge_count());
    }
}

#[test]
fn closeness_comes_out_of_the_distances_that_petgraph_finds() {
    let dataset = shipped();
    for lens in lenses() {
        let network = Network::project(&dataset, &lens).unwrap();
        let matrix = Sociomatrix::of(&network, Direction::Ignored, None);
        let ours = closeness(&matrix, NonZeroUsize::MIN);
        let admitted = matrix.len();
        let all_pairs = floyd_warshall(&network, |_| 1_u32).unwrap();
        for (from, ours) in matrix.actors().iter().copied().zip(ours) {
            let distances = dijkstra(&network, from, None, |_| 1_u32);
            for to in dataset.actors().all() {
                // Floyd–Warshall says that a pair is not joined by the greatest number.
                assert_eq!(distances.get(&to).copied().unwrap_or(u32::MAX), all_pairs[&(from, to)]);
            }
            let reached = f64::from(u32::try_from(distances.len() - 1).unwrap());
            let others = f64::from(u32::try_from(admitted - 1).unwrap());
            let sum: u32 = dataset.actors().all().filter_map(|to| distances.get(&to)).sum();
            let theirs = if sum == 0 { 0.0 } else { reached / f64::from(sum) * (reached / others) };
            assert!((ours - theirs).abs() < 1e-12, "{}", dataset.actors().id(from));
        }
    }
}

#[test]
fn the_copy_has_every_tie_as_an_edge_between_its_ends() {
    let dataset = shipped();
    for lens in lenses() {
        let network = Network::project(&dataset, &lens).unwrap();
        let copy = network.to_petgraph();
        let ties = dataset.ties().all().filter(|tie| network.predicate().passes(&dataset, *tie));
        let expected: Vec<(String, String, String)> = ties
            .map(|tie| {
                let id = |actor| dataset.actors().id(actor).to_owned();
                (
                    dataset.ties().id(tie).to_owned(),
                    id(dataset.ties().source(tie)),
                    id(dataset.ties().target(tie)),
                )
            })
            .collect();
        let copied: Vec<(String, String, String)> = copy
            .edge_references()
            .map(|edge| {
                let id = edge.weight().id.as_ref().unwrap().to_string();
                (id, copy[edge.source()].id.to_string(), copy[edge.target()].id.to_string())
            })
            .collect();
        assert_eq!(copied, expected);
        let admitted = dataset.actors().all().filter(|actor| network.predicate().admits(*actor)).count();
        assert_eq!(copy.node_count(), admitted);
    }
}
