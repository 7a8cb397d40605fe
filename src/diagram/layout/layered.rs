//! Heights within the columns: the order that crosses least, by dagre.
//!
//! Columns are fixed beforehand, so dagre is given edges of exactly the length between the columns of
//! their ends, all pointing right; the ranks it finds are then ours. A label of an edge between
//! neighbouring columns lies on the layer between them. An edge inside one column has no place in
//! dagre's model: its label becomes a node between this column and the next, tied to both ends.
//! Horizontal places are our own (see `route`), since columns are shared by parts that dagre lays out
//! one at a time.
//!
//! dagre names its helper nodes from a counter of the whole process. Nothing in the answer depends on
//! those names; a test runs it many times over.

use super::{Plan, Rect};
use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};
use std::collections::BTreeMap;

/// White space above and below a node, beyond what separates labels.
const NODE_MARGIN: f64 = 7.0;
/// Between the boxes of one layer.
const SEPARATION: f64 = 12.0;
/// Between parts laid out one at a time.
const PART_GAP: f64 = 30.0;

/// Where things lie in layers. Layer `2c` is column `c`; the odd ones lie between columns.
#[derive(Debug, Default)]
pub(super) struct Heights {
    /// The middle of each node of the plan that was laid out.
    pub(super) nodes: BTreeMap<usize, f64>,
    /// For each edge, its layers and middles from left to right, without its ends.
    pub(super) tracks: BTreeMap<usize, Track>,
    /// From the top of the topmost box to the bottom of the lowest.
    pub(super) height: f64,
}

/// The way of one edge between its ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Track {
    /// Layer and height of each bend.
    pub(super) bends: Vec<(usize, f64)>,
    /// Which bend carries the label.
    pub(super) label: Option<usize>,
}

/// Lays out the nodes of a group and the edges among them.
pub(super) fn heights(plan: &Plan, group: &[usize]) -> Heights {
    let mut all = Heights::default();
    let last = group.iter().map(|&node| plan.columns[node]).max().unwrap_or(0);
    for (nodes, edges) in parts(plan, group) {
        let mut part = if nodes.len() == 1 && edges.is_empty() {
            Heights { nodes: BTreeMap::from([(nodes[0], 0.0)]), ..Heights::default() }
        } else {
            arrange(plan, &nodes, &edges, last)
        };
        let (top, bottom) = extent(plan, &part);
        let shift = if all.nodes.is_empty() { -top } else { all.height + PART_GAP - top };
        part.nodes.values_mut().for_each(|y| *y += shift);
        part.tracks.values_mut().flat_map(|track| &mut track.bends).for_each(|bend| bend.1 += shift);
        all.nodes.append(&mut part.nodes);
        all.tracks.append(&mut part.tracks);
        all.height = bottom + shift;
    }
    all
}

/// Whether dagre is to see this edge.
fn is_laid_out(plan: &Plan, edge: usize) -> bool {
    let joint = plan.edges[edge];
    plan.labelled || plan.columns[joint.source] != plan.columns[joint.target]
}

/// The parts of a group that edges hold together, with those edges; each in order of first node.
fn parts(plan: &Plan, group: &[usize]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut part_of: BTreeMap<usize, usize> = group.iter().map(|&node| (node, node)).collect();
    let find = |part_of: &BTreeMap<usize, usize>, mut node: usize| {
        while part_of[&node] != node {
            node = part_of[&node];
        }
        node
    };
    let edges: Vec<usize> = (0..plan.edges.len())
        .filter(|&edge| part_of.contains_key(&plan.edges[edge].source) && is_laid_out(plan, edge))
        .collect();
    for &edge in &edges {
        let (a, b) = (find(&part_of, plan.edges[edge].source), find(&part_of, plan.edges[edge].target));
        part_of.insert(a.max(b), a.min(b));
    }
    let mut parts: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for &node in group {
        parts.entry(find(&part_of, node)).or_default().0.push(node);
    }
    for edge in edges {
        parts.entry(find(&part_of, plan.edges[edge].source)).or_default().1.push(edge);
    }
    parts.into_values().collect()
}

/// Runs dagre on one connected part.
fn arrange(plan: &Plan, nodes: &[usize], edges: &[usize], last: usize) -> Heights {
    // In dagre's own count an edge of length 1 spans two ranks, the label's in between.
    let unit = if plan.labelled { 2 } else { 1 };
    let ranks_a_layer = unit;
    let mut graph: Graph<NodeLabel, EdgeLabel> =
        Graph::with_options(GraphOptions { directed: true, multigraph: true, compound: false });
    let mut ordered = nodes.to_vec();
    ordered.sort_by_key(|&node| (plan.columns[node], node));
    for &node in &ordered {
        let (width, height) = plan.nodes[node].1;
        graph.set_node(
            node_name(node),
            Some(NodeLabel { width, height: height + 2.0 * NODE_MARGIN, ..NodeLabel::default() }),
        );
    }
    for &edge in edges {
        let joint = plan.edges[edge];
        let (width, height) = joint.label.unwrap_or((0.0, 0.0));
        let (left, right) = left_to_right(plan, edge);
        let span = plan.columns[right] - plan.columns[left];
        if span > 0 {
            let label = EdgeLabel {
                minlen: i32::try_from(span).expect("columns are fewer than nodes") * unit,
                width,
                height,
                labelpos: dagre::layout::types::LabelPos::Center,
                ..EdgeLabel::default()
            };
            graph.set_edge(node_name(left), node_name(right), Some(label), Some(&edge.to_string()));
            continue;
        }
        let knot = knot_name(edge);
        graph.set_node(knot.clone(), Some(NodeLabel { width, height, ..NodeLabel::default() }));
        for end in [left, right] {
            let (a, b) = if knot_layer(plan.columns[end], last) > 2 * plan.columns[end] {
                (node_name(end), knot.clone())
            } else {
                (knot.clone(), node_name(end))
            };
            graph.set_edge(a, b, Some(EdgeLabel::default()), Some(&edge.to_string()));
        }
    }
    let options = LayoutOptions {
        rankdir: RankDir::LR,
        nodesep: SEPARATION,
        edgesep: SEPARATION,
        ranksep: 40.0,
        ..LayoutOptions::default()
    };
    dagre::layout(&mut graph, Some(options));

    let y_of = |name: &str| graph.node(name).and_then(|node| node.y).unwrap_or(0.0);
    let mut heights = Heights::default();
    heights.nodes.extend(nodes.iter().map(|&node| (node, y_of(&node_name(node)))));
    for &edge in edges {
        let (left, right) = left_to_right(plan, edge);
        let (from, to) = (plan.columns[left], plan.columns[right]);
        let track = if from == to {
            Track { bends: vec![(knot_layer(from, last), y_of(&knot_name(edge)))], label: Some(0) }
        } else {
            let label = graph.edge(&node_name(left), &node_name(right), Some(&edge.to_string()));
            let points = label.map(|label| label.points.as_slice()).unwrap_or_default();
            // The first and last point lie on the outlines of the ends.
            let inner = points.get(1..points.len().saturating_sub(1)).unwrap_or_default();
            let stride = usize::try_from(ranks_a_layer).expect("one or two");
            let bends: Vec<(usize, f64)> = (2 * from + 1..2 * to)
                .enumerate()
                .filter_map(|(at, layer)| inner.get((at + 1) * stride - 1).map(|point| (layer, point.y)))
                .collect();
            let middle = from + to;
            Track { label: bends.iter().position(|bend| bend.0 == middle), bends }
        };
        heights.tracks.insert(edge, track);
    }
    heights
}

/// The ends of an edge, the one further left first.
pub(super) fn left_to_right(plan: &Plan, edge: usize) -> (usize, usize) {
    let joint = plan.edges[edge];
    if plan.columns[joint.source] <= plan.columns[joint.target] {
        (joint.source, joint.target)
    } else {
        (joint.target, joint.source)
    }
}

/// The layer beside a column that holds the labels of edges inside it: right, but left of the last.
pub(super) fn knot_layer(column: usize, last: usize) -> usize {
    if column == last && column > 0 { 2 * column - 1 } else { 2 * column + 1 }
}

fn node_name(node: usize) -> String {
    format!("n{node}")
}

fn knot_name(edge: usize) -> String {
    format!("k{edge}")
}

/// The top of the topmost box or bend and the bottom of the lowest.
fn extent(plan: &Plan, heights: &Heights) -> (f64, f64) {
    let nodes = heights.nodes.iter().map(|(&node, &y)| Rect::around(0.0, y, plan.nodes[node].1));
    let bends = heights.tracks.iter().flat_map(|(&edge, track)| {
        track.bends.iter().enumerate().map(move |(at, &(_, y))| {
            let size = if track.label == Some(at) { plan.edges[edge].label } else { None };
            Rect::around(0.0, y, size.unwrap_or_default())
        })
    });
    nodes.chain(bends).fold((f64::INFINITY, f64::NEG_INFINITY), |(top, bottom), rect| {
        (top.min(rect.y), bottom.max(rect.y + rect.h))
    })
}
