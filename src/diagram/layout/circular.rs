//! Nodes on an oval, in a given order, and edges that bend towards its middle.
//!
//! Each node gets as much of the oval as its box takes there: its width at the top and bottom, its height at the sides.
//! Sines come from a series of our own, which every machine rounds alike.
//!
//! # Complexity
//! Time O(V² + E·L) for V nodes, E edges and L labels.

use super::stress::{BACK, rim, ring};
use super::{Arrow, Joint, Lie, Placement, Plan, Point, Rect, Route, Stroke};

/// White space between boxes.
const CLEAR: f64 = 9.0;
/// Width to height of the oval.
const ASPECT: f64 = 1.3;
/// How near to the middle edges bend: 1 is straight to it, 0 along the rim.
const BEND: f64 = 0.52;

/// Places a plan's nodes on an oval in an order that names each once.
pub(super) fn place(plan: &Plan, order: &[usize]) -> Placement {
    let sizes: Vec<(f64, f64)> = order.iter().map(|&node| plan.nodes[node].1).collect();
    let directions = directions(&sizes);
    let mut radius = sizes.iter().map(|size| size.1 + CLEAR).sum::<f64>() / 9.0 + 70.0;
    let boxes = loop {
        let at = |(direction, size): (&Point, &(f64, f64))| {
            Rect::around(direction.x * radius * ASPECT, direction.y * radius, *size)
        };
        let boxes: Vec<Rect> = directions.iter().zip(&sizes).map(at).collect();
        let room =
            |b: &Rect| Rect { x: b.x - CLEAR / 2.0, y: b.y - CLEAR / 2.0, w: b.w + CLEAR, h: b.h + CLEAR };
        let is_clear =
            boxes.iter().enumerate().all(|(i, a)| boxes[..i].iter().all(|b| !room(a).overlaps(room(b))));
        if is_clear {
            break boxes;
        }
        radius *= 1.04;
    };
    let left = boxes.iter().map(|b| b.x).fold(f64::INFINITY, f64::min);
    let top = boxes.iter().map(|b| b.y).fold(f64::INFINITY, f64::min);
    let mut placement = Placement { nodes: vec![Rect::default(); plan.nodes.len()], ..Placement::default() };
    for (&node, place) in order.iter().zip(&boxes) {
        let place = place.moved(-left, -top);
        placement.width = placement.width.max(place.x + place.w);
        placement.height = placement.height.max(place.y + place.h);
        placement.nodes[node] = place;
    }
    let middle = Point { x: -left, y: -top };
    let mut taken = placement.nodes.clone();
    placement.routes =
        plan.edges.iter().map(|joint| bent(plan, *joint, middle, &placement.nodes, &mut taken)).collect();
    placement
}

/// The direction of each node from the middle, the first at the left, on the way over the top.
fn directions(sizes: &[(f64, f64)]) -> Vec<Point> {
    #[expect(clippy::cast_precision_loss, reason = "a picture has few nodes")]
    let count = sizes.len() as f64;
    let mut shares = vec![1.0 / count; sizes.len()];
    let mut directions = Vec::new();
    for _ in 0..12 {
        let mut sum = 0.0;
        directions = shares
            .iter()
            .map(|share| {
                let at = on_circle(0.5 + sum + share / 2.0);
                sum += share;
                at
            })
            .collect();
        let rooms: Vec<f64> = directions
            .iter()
            .zip(sizes)
            .map(|(at, size): (&Point, _)| {
                at.y.abs() * (size.0 + CLEAR) / ASPECT + at.x.abs() * (size.1 + CLEAR)
            })
            .collect();
        let all: f64 = rooms.iter().sum();
        // Halfway to what is needed, so that it settles.
        shares = shares.iter().zip(&rooms).map(|(share, room)| f64::midpoint(*share, room / all)).collect();
    }
    directions
}

/// The point of the unit circle after a part of a turn, to a billionth.
fn on_circle(turn: f64) -> Point {
    let part = turn - turn.floor();
    // Eighths of a turn, each mirrored into the first, where the series is short.
    let eighth = (part * 8.0).floor();
    let rest = part * 8.0 - eighth;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 7")]
    let eighth = eighth as usize;
    let mirrored = if eighth.is_multiple_of(2) { rest } else { 1.0 - rest };
    let angle = mirrored * std::f64::consts::FRAC_PI_4;
    let square = angle * angle;
    let sine =
        angle * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0 * (1.0 - square / 72.0))));
    let cosine = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
    let (x, y) = match eighth {
        0 => (cosine, sine),
        1 => (sine, cosine),
        2 => (-sine, cosine),
        3 => (-cosine, sine),
        4 => (-cosine, -sine),
        5 => (-sine, -cosine),
        6 => (sine, -cosine),
        _ => (cosine, -sine),
    };
    Point { x, y }
}

/// An edge that bends towards the middle, its label where it is free, or none.
fn bent(plan: &Plan, joint: Joint, middle: Point, nodes: &[Rect], taken: &mut Vec<Rect>) -> Route {
    if joint.source == joint.target {
        return ring(nodes[joint.source], joint.label);
    }
    let (from, to) = (nodes[joint.source].middle(), nodes[joint.target].middle());
    let inwards = |p: Point| Point { x: p.x + (middle.x - p.x) * BEND, y: p.y + (middle.y - p.y) * BEND };
    let (a, b) = (inwards(from), inwards(to));
    let (start, end) = (rim(plan, joint.source, from, a), rim(plan, joint.target, to, b));
    let unit = |p: Point, q: Point| {
        let (dx, dy) = (q.x - p.x, q.y - p.y);
        let length = (dx * dx + dy * dy).sqrt().max(1e-6);
        (dx / length, dy / length)
    };
    let (out, into) = (unit(start, a), unit(b, end));
    let shift = |p: Point, (ux, uy): (f64, f64), by: f64| Point { x: p.x + ux * by, y: p.y + uy * by };
    let first = if joint.source_arrow { shift(start, out, BACK) } else { start };
    let last = if joint.target_arrow { shift(end, into, -BACK) } else { end };
    let mut route = Route { lie: if from.x <= to.x { Lie::Left } else { Lie::Right }, ..Route::default() };
    route.strokes = vec![Stroke::Move(first), Stroke::Curve(a, b, last)];
    if joint.source_arrow {
        route.arrows.push(Arrow { tip: start, along: (-out.0, -out.1) });
    }
    if joint.target_arrow {
        route.arrows.push(Arrow { tip: end, along: into });
    }
    route.label = joint.label.and_then(|size| {
        let at = |t: f64| {
            let s = 1.0 - t;
            let mix = |p: f64, q: f64, r: f64, z: f64| {
                s * s * s * p + 3.0 * s * s * t * q + 3.0 * s * t * t * r + t * t * t * z
            };
            Rect::around(mix(first.x, a.x, b.x, last.x), mix(first.y, a.y, b.y, last.y), size)
        };
        let free = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.15, 0.85].into_iter().map(at);
        let place = free.into_iter().find(|place| !taken.iter().any(|other| other.overlaps(*place)))?;
        taken.push(place);
        Some(place)
    });
    route
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_circle_is_that_of_the_library_to_a_billionth() {
        for part in 0..1000 {
            let turn = f64::from(part) / 1000.0;
            let (sine, cosine) = (turn * std::f64::consts::TAU).sin_cos();
            let at = on_circle(turn);
            assert!((at.x - cosine).abs() < 1e-7 && (at.y - sine).abs() < 1e-7, "{turn}: {at:?}");
        }
    }
}
