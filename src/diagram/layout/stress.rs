//! Free places for a picture too full for layers: distances on paper follow distances in the graph.
//!
//! Stress is lowered by stochastic gradient descent over all pairs, in an order that is shuffled but
//! always the same; then boxes are pushed apart until none overlap. Only arithmetic and square roots
//! are used, which every machine rounds alike.
//!
//! # Complexity
//! Time O(V³) for the distances and O(V²) a round, for V nodes of one connected part; V is bounded.
//!
//! # References
//! Zheng, Pawar and Goodman, "Graph Drawing by Stochastic Gradient Descent", IEEE TVCG 25 (2019),
//! doi:10.1109/TVCG.2018.2859997.

use super::{Bow, Joint, Lie, Placement, Plan, Point, Rect, Route, Stroke, sunflower};

/// Pixels a step in the graph is given.
const STEP: f64 = 122.0;
/// Boxes are wider than high, so that the drawing is stretched.
const STRETCH: f64 = 1.45;
/// White space between boxes.
const CLEAR: (f64, f64) = (14.0, 11.0);
/// How far a path ends before an arrow's tip.
pub(super) const BACK: f64 = 7.0;

/// The block of a connected group: its nodes' boxes and edges' routes, the rest of the plan left empty.
pub(super) fn block(plan: &Plan, group: &[usize]) -> Placement {
    let inside: Vec<usize> =
        (0..plan.edges.len()).filter(|&edge| group.binary_search(&plan.edges[edge].source).is_ok()).collect();
    let distances = distances(plan, group, &inside);
    let mut points = descend(&distances);
    turn(&mut points);
    let sizes: Vec<(f64, f64)> = group.iter().map(|&node| plan.nodes[node].1).collect();
    separate(&mut points, &sizes);

    placed(plan, group, &inside, &points)
}

/// Everything in a plan, the nodes where another program put them, then pushed apart until none overlap.
pub(super) fn given(plan: &Plan, points: &[Point]) -> Placement {
    let group: Vec<usize> = (0..plan.nodes.len()).collect();
    let inside: Vec<usize> = (0..plan.edges.len()).collect();
    let mut points = points.to_vec();
    let sizes: Vec<(f64, f64)> = plan.nodes.iter().map(|node| node.1).collect();
    separate(&mut points, &sizes);
    placed(plan, &group, &inside, &points)
}

/// Boxes around points and lines between them.
fn placed(plan: &Plan, group: &[usize], inside: &[usize], points: &[Point]) -> Placement {
    let sizes: Vec<(f64, f64)> = group.iter().map(|&node| plan.nodes[node].1).collect();
    let boxes: Vec<Rect> = points.iter().zip(&sizes).map(|(p, &size)| Rect::around(p.x, p.y, size)).collect();
    let left = boxes.iter().map(|b| b.x).fold(f64::INFINITY, f64::min);
    let top = boxes.iter().map(|b| b.y).fold(f64::INFINITY, f64::min);
    let mut placement = Placement {
        nodes: vec![Rect::default(); plan.nodes.len()],
        routes: vec![Route::default(); plan.edges.len()],
        ..Placement::default()
    };
    for (&node, place) in group.iter().zip(boxes) {
        let place = place.moved(-left, -top);
        placement.width = placement.width.max(place.x + place.w);
        placement.height = placement.height.max(place.y + place.h);
        placement.nodes[node] = place;
    }
    let mut taken: Vec<Rect> = group.iter().map(|&node| placement.nodes[node]).collect();
    for &edge in inside {
        let route = line(plan, plan.edges[edge], &placement, &mut taken);
        placement.routes[edge] = route;
    }
    placement
}

/// Lengths of the shortest ways between all pairs, in pixels; an edge between two busy nodes is longer.
fn distances(plan: &Plan, group: &[usize], inside: &[usize]) -> Vec<Vec<f64>> {
    let count = group.len();
    let at = |node: usize| group.binary_search(&node).expect("an edge stays in its group");
    let ends: Vec<(usize, usize)> =
        inside.iter().map(|&edge| (at(plan.edges[edge].source), at(plan.edges[edge].target))).collect();
    let mut degree = vec![0.0_f64; count];
    for &(a, b) in &ends {
        degree[a] += 1.0;
        degree[b] += 1.0;
    }
    let mut d = vec![vec![f64::INFINITY; count]; count];
    for &(a, b) in &ends {
        let length = STEP * (1.0 + 0.16 * (degree[a].min(40.0) * degree[b].min(40.0)).sqrt().sqrt());
        d[a][b] = length;
        d[b][a] = length;
    }
    for (i, row) in d.iter_mut().enumerate() {
        row[i] = 0.0;
    }
    for k in 0..count {
        let through = d[k].clone();
        for row in &mut d {
            let to = row[k];
            for (way, on) in row.iter_mut().zip(&through) {
                *way = way.min(to + on);
            }
        }
    }
    d
}

/// Points whose distances come near to those asked for.
fn descend(d: &[Vec<f64>]) -> Vec<Point> {
    const ROUNDS: usize = 64;
    #[expect(clippy::cast_precision_loss, reason = "nodes are fewer than a thousand")]
    let seed = |(i, (x, y)): (usize, (f64, f64))| {
        let radius = STEP * (i as f64 + 0.5).sqrt();
        Point { x: x * radius, y: y * radius }
    };
    let mut points: Vec<Point> = sunflower().enumerate().map(seed).take(d.len()).collect();
    let mut pairs: Vec<(usize, usize)> = (0..d.len()).flat_map(|i| (0..i).map(move |j| (i, j))).collect();
    let longest = d.iter().flatten().copied().fold(1.0, f64::max);
    let mut rate = longest * longest;
    // Down to a hundredth of one step squared over all rounds: the 64th root by six square roots.
    let factor = (0..6).fold(0.01 * STEP * STEP / rate, |ratio: f64, _| ratio.sqrt());
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..ROUNDS {
        shuffle(&mut pairs, &mut seed);
        for &(i, j) in &pairs {
            let (dx, dy) = (points[i].x - points[j].x, points[i].y - points[j].y);
            let length = (dx * dx + dy * dy).sqrt().max(1e-6);
            let pull = (rate / (d[i][j] * d[i][j])).min(1.0) * (length - d[i][j]) / 2.0 / length;
            points[i].x -= pull * dx;
            points[i].y -= pull * dy;
            points[j].x += pull * dx;
            points[j].y += pull * dy;
        }
        rate *= factor;
    }
    points
}

/// Shuffles by a generator of our own, so that the order is the same everywhere.
pub(super) fn shuffle<T>(pairs: &mut [T], seed: &mut u64) {
    for i in (1..pairs.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let below = u64::try_from(i + 1).expect("fewer pairs than 2^64");
        let j = usize::try_from((*seed >> 33) % below).expect("below i");
        pairs.swap(i, j);
    }
}

/// Turns the points so that they are widest from left to right, and stretches them that way.
pub(super) fn turn(points: &mut [Point]) {
    #[expect(clippy::cast_precision_loss, reason = "nodes are fewer than a thousand")]
    let count = points.len() as f64;
    let middle_x = points.iter().map(|p| p.x).sum::<f64>() / count;
    let middle_y = points.iter().map(|p| p.y).sum::<f64>() / count;
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for p in points.iter_mut() {
        p.x -= middle_x;
        p.y -= middle_y;
        xx += p.x * p.x;
        xy += p.x * p.y;
        yy += p.y * p.y;
    }
    let half = (xx - yy) / 2.0;
    let largest = f64::midpoint(xx, yy) + (half * half + xy * xy).sqrt();
    let (mut ux, mut uy) = (largest - yy, xy);
    let length = (ux * ux + uy * uy).sqrt();
    (ux, uy) = if length > 1e-9 { (ux / length, uy / length) } else { (1.0, 0.0) };
    for p in points {
        *p = Point { x: (p.x * ux + p.y * uy) * STRETCH, y: p.y * ux - p.x * uy };
    }
}

/// Pushes boxes apart until none overlap; where pushing does not end, spreads everything.
fn separate(points: &mut [Point], sizes: &[(f64, f64)]) {
    loop {
        for _ in 0..120 {
            let mut moved = false;
            for i in 1..points.len() {
                for j in 0..i {
                    let (dx, dy) = (points[i].x - points[j].x, points[i].y - points[j].y);
                    let over_x = f64::midpoint(sizes[i].0, sizes[j].0) + CLEAR.0 - dx.abs();
                    let over_y = f64::midpoint(sizes[i].1, sizes[j].1) + CLEAR.1 - dy.abs();
                    if over_x <= 0.01 || over_y <= 0.01 {
                        continue;
                    }
                    moved = true;
                    if over_x < over_y {
                        let push = (over_x / 2.0 + 0.01).copysign(dx);
                        points[i].x += push;
                        points[j].x -= push;
                    } else {
                        let push = (over_y / 2.0 + 0.01).copysign(dy);
                        points[i].y += push;
                        points[j].y -= push;
                    }
                }
            }
            if !moved {
                return;
            }
        }
        for p in points.iter_mut() {
            p.x *= 1.06;
            p.y *= 1.06;
        }
    }
}

/// A line between two outlines, its label where it is free.
fn line(plan: &Plan, joint: Joint, placement: &Placement, taken: &mut Vec<Rect>) -> Route {
    let (from, to) = (placement.nodes[joint.source].middle(), placement.nodes[joint.target].middle());
    let lie = if from.x <= to.x { Lie::Left } else { Lie::Right };
    let is_free = |place: &Rect, taken: &[Rect]| {
        let (right, bottom) = (place.x + place.w, place.y + place.h);
        let is_inside =
            place.x >= 0.0 && place.y >= 0.0 && right <= placement.width && bottom <= placement.height;
        is_inside && !taken.iter().any(|other| other.overlaps(*place))
    };
    if joint.source == joint.target {
        let mut route = ring(placement.nodes[joint.source], joint.label);
        route.label = route.label.filter(|place| is_free(place, taken));
        taken.extend(route.label);
        return route;
    }
    let others = (0..plan.nodes.len())
        .filter(|&node| node != joint.source && node != joint.target)
        .map(|node| placement.nodes[node]);
    let bow = Bow::between([from, to], &others, |end, towards| match end {
        0 => rim(plan, joint.source, from, towards),
        _ => rim(plan, joint.target, to, towards),
    });
    let (strokes, arrows) = bow.strokes([joint.source_arrow, joint.target_arrow], BACK);
    let mut route = Route { lie, strokes, arrows, label: None };
    if let Some(size) = joint.label {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let length = (dx * dx + dy * dy).sqrt().max(1e-6);
        let at = |share: f64| Rect::around(bow.at(share).x, bow.at(share).y, size);
        // In the middle or near it, then beside the line; a label without room is left away.
        let along = || (0..=20).flat_map(|step| [0.5 + 0.02 * f64::from(step), 0.5 - 0.02 * f64::from(step)]);
        let aside =
            |by: f64| along().map(&at).map(move |place| place.moved(-dy / length * by, dx / length * by));
        let mut places = along().map(at).chain(aside(14.0)).chain(aside(-14.0));
        let place = places.find(|place| is_free(place, taken));
        taken.extend(place);
        route.label = place;
    }
    route
}

/// Where the line from the middle of a node towards a point leaves its outline.
pub(super) fn rim(plan: &Plan, node: usize, middle: Point, towards: Point) -> Point {
    let (shape, (w, h)) = plan.nodes[node];
    let at = |part: f64| ((towards.x - middle.x) * part, (towards.y - middle.y) * part);
    let (mut inside, mut outside) = (0.0, 1.0);
    for _ in 0..40 {
        let part = f64::midpoint(inside, outside);
        let (dx, dy) = at(part);
        let (left, right) = shape.sides(w, h, dy.clamp(-h / 2.0, h / 2.0));
        if dy.abs() <= h / 2.0 && -left <= dx && dx <= right { inside = part } else { outside = part }
    }
    let (dx, dy) = at(outside);
    Point { x: middle.x + dx, y: middle.y + dy }
}

/// A small ring above the right corner, for an actor tied to itself.
pub(super) fn ring(place: Rect, label: Option<(f64, f64)>) -> Route {
    let (x, y) = (place.x + place.w - 16.0, place.y);
    let strokes = vec![
        Stroke::Move(Point { x, y }),
        Stroke::Curve(
            Point { x: x - 2.0, y: y - 16.0 },
            Point { x: x + 26.0, y: y - 12.0 },
            Point { x: x + 14.0, y: y + 4.0 },
        ),
    ];
    let label = label.map(|size| Rect::around(x + 8.0, y - 12.0, size));
    Route { strokes, label, ..Route::default() }
}
