//! Horizontal places and the paths of edges.
//!
//! A layer is as wide as its widest box. An edge crosses each layer level, at the height that was kept
//! free for it, and rises or falls only in the gaps between layers, where there is no box: so no edge
//! runs under a node or a label.

use super::layered::{Heights, Track, knot_layer, left_to_right};
use super::{Arrow, Lie, Placement, Plan, Point, Rect, Route, Stroke};
use std::collections::BTreeMap;

/// The narrowest gap between two layers.
const GAP: f64 = 24.0;
/// The widest.
const WIDEST_GAP: f64 = 140.0;
/// The length of an arrowhead.
pub(super) const ARROW: f64 = 8.0;

/// The ends of edges at one side of a node: the height that the edge makes for, the edge, and which of
/// its ends it is.
type Ends = Vec<(f64, usize, u8)>;

/// Left and right edge of each layer.
type Layers = Vec<(f64, f64)>;

/// A side of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
}

/// The block of a group: its nodes' boxes and edges' routes, the rest of the plan left empty.
pub(super) fn block(plan: &Plan, group: &[usize], heights: &Heights) -> Placement {
    let inside: Vec<usize> =
        (0..plan.edges.len()).filter(|&edge| heights.nodes.contains_key(&plan.edges[edge].source)).collect();
    let last = group.iter().map(|&node| plan.columns[node]).max().unwrap_or(0);
    let tracks: BTreeMap<usize, Track> =
        inside.iter().map(|&edge| (edge, heights.tracks.get(&edge).cloned().unwrap_or_default())).collect();
    let layers = layers(plan, heights, &tracks, last);
    let mut placement = Placement {
        width: layers.last().map_or(0.0, |layer| layer.1),
        height: heights.height,
        nodes: vec![Rect::default(); plan.nodes.len()],
        routes: vec![Route::default(); plan.edges.len()],
    };
    for (&node, &y) in &heights.nodes {
        let (left, right) = layers[2 * plan.columns[node]];
        placement.nodes[node] = Rect::around(f64::midpoint(left, right), y, plan.nodes[node].1);
    }
    let ports = ports(plan, &tracks, heights, last);
    for (&edge, track) in &tracks {
        let ends = left_to_right(plan, edge);
        let start = port(plan, &placement, ends.0, ports[&(edge, 0)]);
        let end = port(plan, &placement, ends.1, ports[&(edge, 1)]);
        placement.routes[edge] = if plan.columns[ends.0] < plan.columns[ends.1] {
            across(plan, edge, track, &layers, start, end)
        } else {
            beside(plan, edge, track, &layers, (start, end), last)
        };
    }
    // Arcs beside the outer columns may stand out.
    let reach = placement.routes.iter().flat_map(|route| &route.strokes).map(|stroke| match stroke {
        Stroke::Move(p) | Stroke::Line(p) => p.x,
        Stroke::Curve(a, b, p) => a.x.max(b.x).max(p.x),
    });
    placement.width = reach.fold(placement.width, f64::max);
    placement
}

fn layers(plan: &Plan, heights: &Heights, tracks: &BTreeMap<usize, Track>, last: usize) -> Layers {
    let count = 2 * last + if last == 0 { 2 } else { 1 };
    let mut widths = vec![0.0_f64; count];
    let mut drops = vec![0.0_f64; count];
    for &node in heights.nodes.keys() {
        let layer = 2 * plan.columns[node];
        widths[layer] = widths[layer].max(plan.nodes[node].1.0);
    }
    for (&edge, track) in tracks {
        let (left, right) = left_to_right(plan, edge);
        let ends = [
            (2 * plan.columns[left], heights.nodes[&left]),
            (2 * plan.columns[right], heights.nodes[&right]),
        ];
        if let (Some(at), Some((width, _))) = (track.label, plan.edges[edge].label) {
            let layer = track.bends[at].0;
            widths[layer] = widths[layer].max(width);
        }
        let way: Vec<(usize, f64)> =
            [ends[0]].into_iter().chain(track.bends.iter().copied()).chain([ends[1]]).collect();
        for pair in way.windows(2) {
            let gap = pair[0].0.min(pair[1].0);
            drops[gap] = drops[gap].max((pair[0].1 - pair[1].1).abs());
        }
    }
    let mut x = 0.0;
    let mut layers = Vec::with_capacity(count);
    for (width, drop) in widths.into_iter().zip(drops) {
        layers.push((x, x + width));
        x += width + (drop * 0.2).clamp(GAP, WIDEST_GAP);
    }
    // A single column needs the layer beside it only if something lies there.
    if last == 0 && tracks.is_empty() {
        layers.truncate(1);
    }
    layers
}

/// On which side of its node each end of each edge is fastened, and how far from the middle.
fn ports(
    plan: &Plan,
    tracks: &BTreeMap<usize, Track>,
    heights: &Heights,
    last: usize,
) -> BTreeMap<(usize, u8), (Side, f64)> {
    let mut sides: BTreeMap<(usize, Side), Ends> = BTreeMap::new();
    for (&edge, track) in tracks {
        let (left, right) = left_to_right(plan, edge);
        let column = plan.columns[left];
        let (first_side, last_side) = if column < plan.columns[right] {
            (Side::Right, Side::Left)
        } else if knot_layer(column, last) > 2 * column {
            (Side::Right, Side::Right)
        } else {
            (Side::Left, Side::Left)
        };
        let next = track.bends.first().map_or(heights.nodes[&right], |bend| bend.1);
        let before = track.bends.last().map_or(heights.nodes[&left], |bend| bend.1);
        sides.entry((left, first_side)).or_default().push((next, edge, 0));
        sides.entry((right, last_side)).or_default().push((before, edge, 1));
    }
    let mut ports = BTreeMap::new();
    for ((node, side), mut ends) in sides {
        ends.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        #[expect(clippy::cast_precision_loss, reason = "a node has few edges")]
        let (count, room) =
            (ends.len() as f64, (plan.nodes[node].1.1 * 0.62).max(plan.nodes[node].1.1 - 22.0));
        let step = if count > 1.0 { (room / (count - 1.0)).min(13.0) } else { 0.0 };
        let mut offset = -step * (count - 1.0) / 2.0;
        for (_, edge, end) in ends {
            ports.insert((edge, end), (side, offset));
            offset += step;
        }
    }
    ports
}

fn port(plan: &Plan, placement: &Placement, node: usize, (side, dy): (Side, f64)) -> Point {
    let (shape, (w, h)) = plan.nodes[node];
    let (left, right) = shape.sides(w, h, dy);
    let middle = placement.nodes[node].middle();
    let x = match side {
        Side::Left => middle.x - left,
        Side::Right => middle.x + right,
    };
    Point { x, y: middle.y + dy }
}

/// An edge between columns.
fn across(plan: &Plan, edge: usize, track: &Track, layers: &Layers, start: Point, end: Point) -> Route {
    let joint = plan.edges[edge];
    let (left, _) = left_to_right(plan, edge);
    let forward = left == joint.source;
    let (start_arrow, end_arrow) = if forward {
        (joint.source_arrow, joint.target_arrow)
    } else {
        (joint.target_arrow, joint.source_arrow)
    };
    let mut route = Route { lie: if forward { Lie::Left } else { Lie::Right }, ..Route::default() };
    let mut pen = Point { x: start.x + if start_arrow { ARROW - 1.0 } else { 0.0 }, y: start.y };
    if start_arrow {
        route.arrows.push(Arrow { tip: start, along: (-1.0, 0.0) });
    }
    route.strokes.push(Stroke::Move(pen));
    let from = layers[2 * plan.columns[left]].1;
    if from > pen.x {
        pen.x = from;
        route.strokes.push(Stroke::Line(pen));
    }
    for (at, &(layer, y)) in track.bends.iter().enumerate() {
        let (enter, leave) = layers[layer];
        glide(&mut route.strokes, &mut pen, Point { x: enter, y });
        if leave > enter {
            pen.x = leave;
            route.strokes.push(Stroke::Line(pen));
        }
        if track.label == Some(at) {
            route.label = joint.label.map(|size| Rect::around(f64::midpoint(enter, leave), y, size));
        }
    }
    let tip = end.x - if end_arrow { ARROW - 1.0 } else { 0.0 };
    let (_, right) = left_to_right(plan, edge);
    glide(&mut route.strokes, &mut pen, Point { x: layers[2 * plan.columns[right]].0.min(tip), y: end.y });
    route.strokes.push(Stroke::Line(Point { x: tip, y: end.y }));
    if end_arrow {
        route.arrows.push(Arrow { tip: end, along: (1.0, 0.0) });
    }
    route
}

/// Draws a curve that starts and ends level.
fn glide(strokes: &mut Vec<Stroke>, pen: &mut Point, to: Point) {
    if (pen.y - to.y).abs() < 0.5 {
        strokes.push(Stroke::Line(to));
    } else {
        let middle = f64::midpoint(pen.x, to.x);
        strokes.push(Stroke::Curve(Point { x: middle, y: pen.y }, Point { x: middle, y: to.y }, to));
    }
    *pen = to;
}

/// An edge inside one column, which bulges into the gap beside it.
fn beside(
    plan: &Plan,
    edge: usize,
    track: &Track,
    layers: &Layers,
    (start, end): (Point, Point),
    last: usize,
) -> Route {
    let joint = plan.edges[edge];
    let column = plan.columns[joint.source];
    let knot = knot_layer(column, last);
    let rightward = knot > 2 * column;
    let sign = if rightward { 1.0 } else { -1.0 };
    let wall = if rightward { layers[2 * column].1 } else { layers[2 * column].0 };
    let mut route = Route { lie: if start.y <= end.y { Lie::Above } else { Lie::Below }, ..Route::default() };
    let backed = |point: Point, arrow: bool| Point {
        x: point.x + sign * if arrow { ARROW - 1.0 } else { 0.0 },
        ..point
    };
    let out = |x: f64| if rightward { x.max(wall) } else { x.min(wall) };
    let (from, to) = (backed(start, joint.source_arrow), backed(end, joint.target_arrow));
    route.strokes.push(Stroke::Move(from));
    let mut pen = Point { x: out(from.x), y: from.y };
    route.strokes.push(Stroke::Line(pen));
    let (near, far) = (pen, Point { x: out(to.x), y: to.y });
    if let Some(&(layer, y)) = track.bends.first() {
        let (enter, leave) = layers[layer];
        let (w, h) = joint.label.unwrap_or_default();
        let x = if rightward { enter } else { leave };
        glide(&mut route.strokes, &mut pen, Point { x, y });
        glide(&mut route.strokes, &mut pen, far);
        let left = if rightward { enter } else { leave - w };
        route.label = joint.label.map(|_| Rect { x: left, y: y - h / 2.0, w, h });
    } else {
        let bulge = sign * (14.0 + 0.06 * (near.y - far.y).abs()).min(56.0);
        let (a, b) = (Point { x: near.x + bulge, y: near.y }, Point { x: far.x + bulge, y: far.y });
        route.strokes.push(Stroke::Curve(a, b, far));
        let middle = (f64::midpoint(near.x, far.x) + bulge * 0.75, f64::midpoint(near.y, far.y));
        route.label = joint.label.map(|size| Rect::around(middle.0, middle.1, size));
    }
    route.strokes.push(Stroke::Line(to));
    if joint.source_arrow {
        route.arrows.push(Arrow { tip: start, along: (-sign, 0.0) });
    }
    if joint.target_arrow {
        route.arrows.push(Arrow { tip: end, along: (-sign, 0.0) });
    }
    route
}
