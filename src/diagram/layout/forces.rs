//! Forces that gather nodes who are tied more than by chance: every edge pulls alike, however long it is, and all nodes
//! push one another away the more, the more edges they have.
//!
//! Far nodes push together, as one body in their middle. At first edges pull like springs, which untangles the whole; that
//! is given up step by step for the pull that does not grow with length, under which groups part.
//!
//! # Complexity
//! Time O(V log V + E) a round, space O(V + E), for V nodes and E edges.
//!
//! # References
//! Noack, "Modularity clustering is force-directed layout", Phys. Rev. E 79 (2009), doi:10.1103/PhysRevE.79.026102 (the
//! energy). Barnes and Hut, "A hierarchical O(N log N) force-calculation algorithm", Nature 324 (1986),
//! doi:10.1038/324446a0. Jacomy et al., "`ForceAtlas2`", `PLoS` ONE 9 (2014), doi:10.1371/journal.pone.0098679 (the speed).

use super::Point;

const ROUNDS: u32 = 200;
/// A cell is one body for those who are so many times its side away.
const FAR: f64 = 1.1;
/// Nodes of a cell that is not divided further.
const BUCKET: usize = 8;
/// How often a cell is halved at most: nodes on one point are never parted.
const DEEPEST: u32 = 24;
/// How much of the spring is left at the end, so that nothing drifts away.
const SPRING: f64 = 0.1;
/// The length at which a spring pulls as much as what does not grow with length.
const LENGTH: f64 = 60.0;
/// About how wide the whole comes to be.
pub(super) const SPREAD: f64 = 100.0;

/// Something that pushes: where it is, and how strongly.
type Body = (f64, f64, f64);

/// A square of the tree over nodes: what it pushes with, and which of the nodes in its order it holds.
struct Cell {
    body: Body,
    middle: Point,
    side: f64,
    nodes: std::ops::Range<usize>,
    /// The cell after all within this one.
    next: usize,
    is_bucket: bool,
}

/// Moves points, who lie about `SPREAD` apart, to where the forces rest; `masses` say how strongly each pushes.
pub(super) fn gather(points: &mut [Point], edges: &[(u32, u32)], masses: &[f64]) {
    let mut order: Vec<usize> = (0..points.len()).collect();
    let (mut cells, mut bodies) = (Vec::new(), Vec::new());
    let share = SPREAD / masses.iter().sum::<f64>();
    let mut before = vec![Point { x: 0.0, y: 0.0 }; points.len()];
    let mut forces = before.clone();
    let mut speed = 1.0_f64;
    for round in 0..ROUNDS {
        cells.clear();
        let (corner, side) = square(points);
        divide(&mut cells, &mut order, 0, (points, masses), corner, side, DEEPEST);
        for bucket in cells.iter().filter(|cell| cell.is_bucket) {
            pushing(&cells, &order, (points, masses), bucket, &mut bodies);
            for &node in &order[bucket.nodes.clone()] {
                let push = push(points[node], &bodies);
                let by = share * masses[node];
                forces[node] = Point { x: push.x * by, y: push.y * by };
            }
        }
        let spring = (1.0 - f64::from(round) / (0.6 * f64::from(ROUNDS))).max(SPRING);
        for &(a, b) in edges {
            let (a, b) = (a as usize, b as usize);
            let (dx, dy) = (points[b].x - points[a].x, points[b].y - points[a].y);
            let length = (dx * dx + dy * dy).sqrt().max(1e-6);
            let pull = spring / LENGTH + (1.0 - spring) / length;
            forces[a] = Point { x: forces[a].x + dx * pull, y: forces[a].y + dy * pull };
            forces[b] = Point { x: forces[b].x - dx * pull, y: forces[b].y - dy * pull };
        }
        speed = go(points, &forces, &before, masses, speed);
        std::mem::swap(&mut before, &mut forces);
    }
}

/// Moves every point along its force, the less the more the force has turned since the round before; gives the speed.
fn go(points: &mut [Point], forces: &[Point], before: &[Point], masses: &[f64], last: f64) -> f64 {
    let length = |x: f64, y: f64| (x * x + y * y).sqrt();
    let turned: Vec<f64> =
        forces.iter().zip(before).map(|(now, old)| length(now.x - old.x, now.y - old.y)).collect();
    let kept = forces.iter().zip(before).map(|(now, old)| length(now.x + old.x, now.y + old.y) / 2.0);
    let all_turned: f64 = turned.iter().zip(masses).map(|(part, mass)| part * mass).sum();
    let all_kept: f64 = kept.zip(masses).map(|(part, mass)| part * mass).sum();
    let speed = (all_kept / all_turned.max(1e-9)).min(1.5 * last);
    for (((point, force), turned), mass) in points.iter_mut().zip(forces).zip(&turned).zip(masses) {
        let by = speed / (1.0 + speed * (turned / mass).sqrt()) / mass;
        *point = Point { x: point.x + by * force.x, y: point.y + by * force.y };
    }
    speed
}

/// The square around all points, by its top left corner and its side.
fn square(points: &[Point]) -> (Point, f64) {
    let least = |place: fn(&Point) -> f64| points.iter().map(place).fold(f64::INFINITY, f64::min);
    let most = |place: fn(&Point) -> f64| points.iter().map(place).fold(f64::NEG_INFINITY, f64::max);
    let corner = Point { x: least(|p| p.x), y: least(|p| p.y) };
    (corner, (most(|p| p.x) - corner.x).max(most(|p| p.y) - corner.y).max(1e-6))
}

/// Appends the cell of some nodes, whose first is the `from`th of all, and the cells within it.
fn divide(
    cells: &mut Vec<Cell>,
    order: &mut [usize],
    from: usize,
    (points, masses): (&[Point], &[f64]),
    corner: Point,
    side: f64,
    depth: u32,
) {
    let (mut x, mut y, mut mass) = (0.0, 0.0, 0.0);
    for &node in order.iter() {
        x += masses[node] * points[node].x;
        y += masses[node] * points[node].y;
        mass += masses[node];
    }
    let half = side / 2.0;
    let middle = Point { x: corner.x + half, y: corner.y + half };
    let is_bucket = order.len() <= BUCKET || depth == 0;
    let own = cells.len();
    cells.push(Cell {
        body: (x / mass, y / mass, mass),
        middle,
        side,
        nodes: from..from + order.len(),
        next: 0,
        is_bucket,
    });
    if !is_bucket {
        let (upper, lower) = parted(order, |node| points[node].y < middle.y);
        let below = from + upper.len();
        for (row, from, y) in [(upper, from, corner.y), (lower, below, middle.y)] {
            let (left, right) = parted(row, |node| points[node].x < middle.x);
            let beside = from + left.len();
            for (nodes, from, x) in [(left, from, corner.x), (right, beside, middle.x)] {
                if !nodes.is_empty() {
                    divide(cells, nodes, from, (points, masses), Point { x, y }, half, depth - 1);
                }
            }
        }
    }
    cells[own].next = cells.len();
}

/// The nodes that come first, then the others.
fn parted(order: &mut [usize], is_first: impl Fn(usize) -> bool) -> (&mut [usize], &mut [usize]) {
    let mut cut = 0;
    for at in 0..order.len() {
        if is_first(order[at]) {
            order.swap(at, cut);
            cut += 1;
        }
    }
    order.split_at_mut(cut)
}

/// What pushes the nodes of a bucket: far cells as one body each, and every node of near buckets.
fn pushing(
    cells: &[Cell],
    order: &[usize],
    (points, masses): (&[Point], &[f64]),
    bucket: &Cell,
    bodies: &mut Vec<Body>,
) {
    bodies.clear();
    let mut at = 0;
    while let Some(cell) = cells.get(at) {
        let (dx, dy) = (cell.body.0 - bucket.middle.x, cell.body.1 - bucket.middle.y);
        // Seen from the corner of the bucket that may be nearest.
        let far = FAR * cell.side + 0.71 * bucket.side;
        if dx * dx + dy * dy > far * far {
            bodies.push(cell.body);
        } else if cell.is_bucket {
            bodies.extend(
                order[cell.nodes.clone()].iter().map(|&node| (points[node].x, points[node].y, masses[node])),
            );
        } else {
            at += 1;
            continue;
        }
        at = cell.next;
    }
}

/// How bodies push a point; one at the point itself does not.
fn push(point: Point, bodies: &[Body]) -> Point {
    let (mut x, mut y) = (0.0, 0.0);
    for &(bx, by, mass) in bodies {
        let (dx, dy) = (point.x - bx, point.y - by);
        let push = mass / (dx * dx + dy * dy + 1e-9);
        x += dx * push;
        y += dy * push;
    }
    Point { x, y }
}

#[cfg(test)]
mod tests {
    use super::{super::sunflower, *};

    /// Points that lie as on a spiral, none on another.
    fn spiral(count: u32) -> Vec<Point> {
        let seed = |(at, (x, y)): (u32, (f64, f64))| {
            let radius = 10.0 * f64::from(at).sqrt();
            Point { x: x * radius, y: y * radius }
        };
        (1..=count).zip(sunflower()).map(seed).collect()
    }

    #[test]
    fn far_nodes_push_as_one_body_nearly_as_they_would_one_by_one() {
        let points = spiral(400);
        let masses: Vec<f64> = (0..400).map(|at| 1.0 + f64::from(at % 5)).collect();
        let mut order: Vec<usize> = (0..400).collect();
        let (corner, side) = square(&points);
        let (mut cells, mut bodies) = (Vec::new(), Vec::new());
        divide(&mut cells, &mut order, 0, (&points, &masses), corner, side, DEEPEST);
        assert!((cells[0].body.2 - masses.iter().sum::<f64>()).abs() < 1e-9);
        let all: Vec<Body> = points.iter().zip(&masses).map(|(p, &mass)| (p.x, p.y, mass)).collect();
        let (mut off, mut whole) = (0.0, 0.0);
        for bucket in cells.iter().filter(|cell| cell.is_bucket) {
            pushing(&cells, &order, (&points, &masses), bucket, &mut bodies);
            assert!((bodies.iter().map(|body| body.2).sum::<f64>() - cells[0].body.2).abs() < 1e-9);
            for &node in &order[bucket.nodes.clone()] {
                let (near, exact) = (push(points[node], &bodies), push(points[node], &all));
                off += (near.x - exact.x).powi(2) + (near.y - exact.y).powi(2);
                whole += exact.x * exact.x + exact.y * exact.y;
            }
        }
        assert!(off.sqrt() < 0.03 * whole.sqrt(), "{off} of {whole}");
    }

    #[test]
    fn two_groups_with_one_edge_between_them_part() {
        // Twice ten nodes, each tied to all of its group.
        let mut edges = vec![(0, 10)];
        for group in [0, 10] {
            edges.extend((0..10).flat_map(|a| (0..a).map(move |b| (group + a, group + b))));
        }
        let mut points = spiral(20);
        gather(&mut points, &edges, &[11.0; 20]);
        let middle = |nodes: &[Point]| {
            (nodes.iter().map(|p| p.x).sum::<f64>() / 10.0, nodes.iter().map(|p| p.y).sum::<f64>() / 10.0)
        };
        let (one, other) = (middle(&points[..10]), middle(&points[10..]));
        let apart = ((one.0 - other.0).powi(2) + (one.1 - other.1).powi(2)).sqrt();
        for (nodes, middle) in [(&points[..10], one), (&points[10..], other)] {
            let widest = nodes
                .iter()
                .map(|p| ((p.x - middle.0).powi(2) + (p.y - middle.1).powi(2)).sqrt())
                .fold(0.0, f64::max);
            assert!(apart > 2.0 * widest, "{apart} apart, {widest} wide");
        }
    }
}
