//! Places for a crowd: hundreds or thousands of actors, of whom only few are named.
//!
//! The first places come from classical scaling of the distances to some pivots, so that what is far in the graph is far
//! on paper; then forces gather those who are tied more than by chance (`forces.rs`); then dots are pushed apart. An actor
//! tied to one other only follows it. Only arithmetic and square roots are used, which every machine rounds alike.
//!
//! # Complexity
//! Time O(k·(V + E)) for the first places, for V nodes, E edges and k pivots (at most 40), and that of the forces.
//!
//! # References
//! Brandes and Pich, "Eigensolver Methods for Progressive Multidimensional Scaling of Large Data", GD 2006,
//! doi:10.1007/978-3-540-70904-6_6.

use super::forces::{SPREAD, gather};
use super::stress::turn;
use super::{Point, sunflower};

const PIVOTS: usize = 40;
/// Each dot has a square of the paper, so many times as wide as dots are on average.
const ROOM: f64 = 6.4;
/// How far nodes alike to all pivots are moved aside at most.
const ASIDE: f64 = 8.0;
/// White space between dots.
const CLEAR: f64 = 3.0;
/// Between parts that no edge joins.
const GAP: f64 = 26.0;

/// A connected part: its nodes, their points, its width and height.
type Block = (Vec<usize>, Vec<Point>, (f64, f64));

/// What is known of nodes, each of which is in one part only.
struct Marks {
    /// The place of those who follow nobody among those of their part.
    local: Vec<u32>,
    /// How many follow a node.
    followers: Vec<u32>,
}

/// The middle of each node's dot, none nearer to another than their radii; the top left corner is the origin.
pub(in crate::diagram) fn crowd(edges: &[(usize, usize)], radii: &[f64]) -> Vec<Point> {
    let neighbours = neighbours(edges, radii.len());
    let mut places = vec![Point { x: 0.0, y: 0.0 }; radii.len()];
    let mut blocks: Vec<Block> = Vec::new();
    let mut marks = Marks { local: vec![u32::MAX; radii.len()], followers: vec![0; radii.len()] };
    for part in parts(&neighbours) {
        let mut points = spread(&neighbours, &part, radii, &mut places, &mut marks);
        turn(&mut points);
        let sizes: Vec<f64> = part.iter().map(|&node| radii[node]).collect();
        separate(&mut points, &sizes);
        let size = to_origin(&mut points, &sizes);
        blocks.push((part, points, size));
    }
    // The largest part first, the rest on shelves as wide as it and under it.
    let area: f64 = blocks.iter().map(|(_, _, (w, h))| (w + GAP) * (h + GAP)).sum();
    let widest = blocks.iter().map(|(_, _, size)| size.0).fold(0.0, f64::max);
    let limit = widest.max((area * 1.5).sqrt());
    let (mut x, mut y, mut shelf) = (0.0, 0.0, 0.0_f64);
    for (part, points, (width, height)) in blocks {
        if x > 0.0 && x + width > limit {
            (x, y, shelf) = (0.0, y + shelf + GAP, 0.0);
        }
        for (node, point) in part.into_iter().zip(points) {
            places[node] = Point { x: point.x + x, y: point.y + y };
        }
        x += width + GAP;
        shelf = shelf.max(height);
    }
    places
}

fn neighbours(edges: &[(usize, usize)], count: usize) -> Vec<Vec<u32>> {
    let mut neighbours = vec![Vec::new(); count];
    let number = |node: usize| u32::try_from(node).expect("a picture has few nodes");
    for &(a, b) in edges.iter().filter(|(a, b)| a != b) {
        neighbours[a].push(number(b));
        neighbours[b].push(number(a));
    }
    for list in &mut neighbours {
        list.sort_unstable();
        list.dedup();
    }
    neighbours
}

/// The connected parts, the largest first, then by their first node.
fn parts(neighbours: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let mut seen = vec![false; neighbours.len()];
    let mut parts = Vec::new();
    for start in 0..neighbours.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let (mut part, mut at) = (vec![start], 0);
        while at < part.len() {
            for &next in &neighbours[part[at]] {
                if !std::mem::replace(&mut seen[next as usize], true) {
                    part.push(next as usize);
                }
            }
            at += 1;
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts.sort_by_key(|part| (std::cmp::Reverse(part.len()), part[0]));
    parts
}

/// Points for one connected part, in the order of its nodes.
#[expect(clippy::cast_precision_loss, reason = "a picture has thousands of nodes")]
fn spread(
    neighbours: &[Vec<u32>],
    part: &[usize],
    radii: &[f64],
    places: &mut [Point],
    marks: &mut Marks,
) -> Vec<Point> {
    // Who is tied to one other only follows that one; of two tied to each other, the second.
    let followed = |node: usize| match neighbours[node][..] {
        [other] if neighbours[other as usize].len() > 1 || (other as usize) < node => Some(other as usize),
        _ => None,
    };
    let core: Vec<usize> = part.iter().copied().filter(|&node| followed(node).is_none()).collect();
    let mut points = gathered(neighbours, &core, &mut marks.local);
    let radius = part.iter().map(|&node| radii[node]).sum::<f64>() / part.len() as f64;
    fit(&mut points, part.len(), radius);
    for (node, point) in core.iter().zip(points) {
        places[*node] = point;
    }
    let followers = &mut marks.followers;
    let following = part.iter().filter_map(|&node| Some((node, followed(node)?)));
    for ((node, other), (x, y)) in following.zip(sunflower()) {
        followers[other] += 1;
        let out = radii[other] + radii[node] * (1.0 + 2.4 * f64::from(followers[other]).sqrt());
        places[node] = Point { x: places[other].x + x * out, y: places[other].y + y * out };
    }
    part.iter().map(|&node| places[node]).collect()
}

/// Points for those who follow nobody.
#[expect(clippy::cast_precision_loss, reason = "a picture has thousands of nodes")]
fn gathered(neighbours: &[Vec<u32>], core: &[usize], local: &mut [u32]) -> Vec<Point> {
    if core.len() == 1 {
        return vec![Point { x: 0.0, y: 0.0 }];
    }
    for (node, at) in core.iter().zip(0_u32..) {
        local[*node] = at;
    }
    let inside: Vec<Vec<u32>> = core
        .iter()
        .map(|&node| {
            neighbours[node].iter().map(|&other| local[other as usize]).filter(|at| *at != u32::MAX).collect()
        })
        .collect();
    let mut points = scaled(&pivots(&inside));
    let edges: Vec<(u32, u32)> = (0_u32..)
        .zip(&inside)
        .flat_map(|(a, others)| others.iter().filter(move |b| **b > a).map(move |&b| (a, b)))
        .collect();
    // Who is followed by many pushes for them too.
    let masses: Vec<f64> = core.iter().map(|&node| 2.0 + neighbours[node].len() as f64).collect();
    gather(&mut points, &edges, &masses);
    points
}

/// Makes points as wide as so many dots need to find room, and draws in what lies far out.
#[expect(clippy::cast_precision_loss, reason = "a picture has thousands of nodes")]
fn fit(points: &mut [Point], dots: usize, radius: f64) {
    let count = points.len() as f64;
    let middle = |place: fn(&Point) -> f64| points.iter().map(place).sum::<f64>() / count;
    let (x, y) = (middle(|p| p.x), middle(|p| p.y));
    let square = |p: &Point| (p.x - x) * (p.x - x) + (p.y - y) * (p.y - y);
    let spread = (points.iter().map(square).sum::<f64>() / count).sqrt().max(1e-9);
    // Dots spread evenly over a disc are, squared, half as far from its middle as its rim.
    let wanted = (dots as f64 / std::f64::consts::PI / 2.0).sqrt() * ROOM * radius;
    let zoom = wanted / spread;
    let rim = 1.6 * wanted;
    for point in points {
        let (dx, dy) = ((point.x - x) * zoom, (point.y - y) * zoom);
        let length = (dx * dx + dy * dy).sqrt();
        let by = if length > rim { rim / length * (2.0 - rim / length) } else { 1.0 };
        *point = Point { x: dx * by, y: dy * by };
    }
}

/// The hops to all from some nodes far from one another, of which the first has most neighbours.
fn pivots(inside: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut next =
        (0..inside.len()).max_by_key(|&node| (inside[node].len(), std::cmp::Reverse(node))).unwrap_or(0);
    let mut nearest = vec![u32::MAX; inside.len()];
    let mut all = Vec::new();
    while all.len() < PIVOTS.min(inside.len()) {
        let hops = hops(inside, next);
        for (near, hop) in nearest.iter_mut().zip(&hops) {
            *near = (*near).min(*hop);
        }
        all.push(hops);
        next = (0..inside.len())
            .max_by_key(|&node| (nearest[node], inside[node].len(), std::cmp::Reverse(node)))
            .unwrap_or(0);
    }
    all
}

fn hops(inside: &[Vec<u32>], start: usize) -> Vec<u32> {
    let mut hops = vec![u32::MAX; inside.len()];
    hops[start] = 0;
    let (mut queue, mut at) = (vec![start], 0);
    while at < queue.len() {
        let node = queue[at];
        for &next in &inside[node] {
            if hops[next as usize] == u32::MAX {
                hops[next as usize] = hops[node] + 1;
                queue.push(next as usize);
            }
        }
        at += 1;
    }
    hops
}

/// Classical scaling of the distances to the pivots: the two directions in which they differ most.
#[expect(clippy::cast_precision_loss, reason = "a picture has thousands of nodes")]
fn scaled(distances: &[Vec<u32>]) -> Vec<Point> {
    let (count, width) = (distances[0].len(), distances.len());
    let square =
        |pivot: usize, node: usize| f64::from(distances[pivot][node]) * f64::from(distances[pivot][node]);
    let columns: Vec<f64> = (0..width)
        .map(|pivot| (0..count).map(|node| square(pivot, node)).sum::<f64>() / count as f64)
        .collect();
    let whole = columns.iter().sum::<f64>() / width as f64;
    let rows: Vec<Vec<f64>> = (0..count)
        .map(|node| {
            let mean = (0..width).map(|pivot| square(pivot, node)).sum::<f64>() / width as f64;
            (0..width).map(|pivot| -0.5 * (square(pivot, node) - mean - columns[pivot] + whole)).collect()
        })
        .collect();
    let mut products = vec![vec![0.0; width]; width];
    for row in &rows {
        for (i, line) in products.iter_mut().enumerate() {
            for (sum, value) in line.iter_mut().zip(row) {
                *sum += row[i] * value;
            }
        }
    }
    let first = direction(&products, None);
    let second = direction(&products, Some(&first));
    let along = |row: &[f64], axis: &[f64]| row.iter().zip(axis).map(|(x, y)| x * y).sum::<f64>();
    let mut points: Vec<Point> =
        rows.iter().map(|row| Point { x: along(row, &first), y: along(row, &second) }).collect();
    let far = points.iter().map(|p| p.x.abs().max(p.y.abs())).fold(1e-9, f64::max);
    // Nodes alike to all pivots would lie on one point: each is moved aside a little.
    for ((at, point), (x, y)) in points.iter_mut().enumerate().zip(sunflower()) {
        let radius = ASIDE * ((at + 1) as f64 / count as f64).sqrt();
        let zoom = SPREAD / 2.0 / far;
        *point = Point { x: point.x * zoom + radius * x, y: point.y * zoom + radius * y };
    }
    points
}

/// The direction of greatest length under a symmetric matrix, across another if there is one.
fn direction(products: &[Vec<f64>], across: Option<&[f64]>) -> Vec<f64> {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut axis: Vec<f64> = products
        .iter()
        .map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            f64::from(u32::try_from(seed >> 40).unwrap_or(1)) + 1.0
        })
        .collect();
    for _ in 0..60 {
        let mut next: Vec<f64> =
            products.iter().map(|row| row.iter().zip(&axis).map(|(x, y)| x * y).sum()).collect();
        if let Some(other) = across {
            let part: f64 = next.iter().zip(other).map(|(x, y)| x * y).sum();
            next.iter_mut().zip(other).for_each(|(x, y)| *x -= part * y);
        }
        let length = next.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length <= 1e-12 {
            break;
        }
        axis = next.into_iter().map(|x| x / length).collect();
    }
    axis
}

/// Pushes dots apart until none touch; where pushing does not end, spreads everything.
fn separate(points: &mut [Point], radii: &[f64]) {
    let cell = 2.0 * radii.iter().copied().fold(0.0, f64::max) + CLEAR;
    loop {
        for _ in 0..60 {
            if !push(points, radii, cell) {
                return;
            }
        }
        for point in points.iter_mut() {
            *point = Point { x: point.x * 1.15, y: point.y * 1.15 };
        }
    }
}

/// One round of pushing; whether any dot was moved.
fn push(points: &mut [Point], radii: &[f64], cell: f64) -> bool {
    #[expect(clippy::cast_possible_truncation, reason = "places on paper are small")]
    let key = |p: Point| ((p.x / cell).floor() as i32, (p.y / cell).floor() as i32);
    let mut order: Vec<((i32, i32), usize)> = points.iter().map(|p| key(*p)).zip(0..).collect();
    order.sort_unstable();
    let row = |at: (i32, i32)| {
        // The three cells of one column stand side by side in the order.
        let from = order.partition_point(|(cell, _)| *cell < (at.0, at.1 - 1));
        let to = order.partition_point(|(cell, _)| *cell <= (at.0, at.1 + 1));
        from..to
    };
    let mut has_moved = false;
    for &((column, line), i) in &order {
        for other in (column - 1..=column + 1).flat_map(|column| row((column, line))) {
            let j = order[other].1;
            if j >= i {
                continue;
            }
            let (dx, dy) = (points[i].x - points[j].x, points[i].y - points[j].y);
            let length = (dx * dx + dy * dy).sqrt();
            let over = radii[i] + radii[j] + CLEAR - length;
            if over <= 0.01 {
                continue;
            }
            has_moved = true;
            let (ux, uy) = if length > 1e-6 { (dx / length, dy / length) } else { (1.0, 0.0) };
            // The larger is the heavier, or hubs would be squeezed out to the rim.
            let (own, other) = (radii[i] * radii[i] * radii[i], radii[j] * radii[j] * radii[j]);
            let (by, back) = (over * other / (own + other) + 0.01, over * own / (own + other) + 0.01);
            points[i] = Point { x: points[i].x + ux * by, y: points[i].y + uy * by };
            points[j] = Point { x: points[j].x - ux * back, y: points[j].y - uy * back };
        }
    }
    has_moved
}

/// Moves the dots so that the leftmost and topmost touch the axes; gives the size.
fn to_origin(points: &mut [Point], radii: &[f64]) -> (f64, f64) {
    let side = |f: fn(f64, f64) -> f64, start: f64, place: fn(&Point) -> f64, sign: f64| {
        points.iter().zip(radii).map(|(p, r)| place(p) + sign * r).fold(start, f)
    };
    let left = side(f64::min, f64::INFINITY, |p| p.x, -1.0);
    let top = side(f64::min, f64::INFINITY, |p| p.y, -1.0);
    let right = side(f64::max, f64::NEG_INFINITY, |p| p.x, 1.0);
    let bottom = side(f64::max, f64::NEG_INFINITY, |p| p.y, 1.0);
    for point in points.iter_mut() {
        *point = Point { x: point.x - left, y: point.y - top };
    }
    (right - left, bottom - top)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn no_two_dots_touch_and_every_run_is_the_same(
            count in 1usize..150,
            ends in prop::collection::vec((0usize..150, 0usize..150), 0..300),
        ) {
            let edges: Vec<(usize, usize)> = ends.iter().map(|(a, b)| (a % count, b % count)).collect();
            let radii: Vec<f64> = (0..count).map(|node| 3.0 + f64::from(u32::try_from(node % 7).unwrap())).collect();
            let points = crowd(&edges, &radii);
            prop_assert_eq!(&points, &crowd(&edges, &radii));
            for i in 0..count {
                prop_assert!(points[i].x >= radii[i] - 0.01 && points[i].y >= radii[i] - 0.01);
                for j in 0..i {
                    let (dx, dy) = (points[i].x - points[j].x, points[i].y - points[j].y);
                    prop_assert!((dx * dx + dy * dy).sqrt() >= radii[i] + radii[j] - 0.02);
                }
            }
        }
    }

    #[test]
    fn ends_of_a_chain_lie_far_apart() {
        let edges: Vec<(usize, usize)> = (1..100).map(|node| (node - 1, node)).collect();
        let points = crowd(&edges, &[3.0; 100]);
        let far = |i: usize, j: usize| {
            let (dx, dy) = (points[i].x - points[j].x, points[i].y - points[j].y);
            (dx * dx + dy * dy).sqrt()
        };
        assert!(far(0, 99) > 5.0 * far(0, 9));
    }
}
