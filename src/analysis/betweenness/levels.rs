//! One source of Brandes, level by level: counts and dependencies are pulled without branches, or pushed
//! where that touches fewer arcs.
//!
//! A buffer holds the values of one level and 0 everywhere else, so that a sum over all neighbours is the
//! sum over those of that level. An actor whose sum of path numbers is not 0 has been reached.

/// A push touches memory at random, and asks at each arc: it must be so much cheaper than a pull.
const PUSH_COST: usize = 3;

/// Not reached yet.
const UNSEEN: u32 = u32::MAX;

/// What is left when trees are folded.
pub(super) struct Graph {
    /// By number: the row in the matrix.
    pub(super) rows: Vec<u32>,
    /// By number: for how many actors it stands.
    weights: Vec<f64>,
    offsets: Vec<usize>,
    targets: Vec<u32>,
}

impl Graph {
    pub(super) fn new(lists: impl Iterator<Item = Vec<u32>>, weights: Vec<f64>, rows: Vec<u32>) -> Self {
        let mut offsets = vec![0];
        let mut targets = Vec::new();
        for list in lists {
            targets.extend(list);
            offsets.push(targets.len());
        }
        Self { rows, weights, offsets, targets }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    fn neighbours(&self, at: u32) -> &[u32] {
        &self.targets[self.offsets[at as usize]..self.offsets[at as usize + 1]]
    }

    fn arc_count(&self, actors: &[u32]) -> usize {
        actors.iter().map(|actor| self.neighbours(*actor).len()).sum()
    }
}

/// What one search needs, used again for the next.
pub(super) struct Scratch {
    levels: Vec<u32>,
    /// Numbers of shortest paths from the source.
    paths: Vec<f64>,
    /// What each path that ends here brings to those before it: (weight + dependency) / paths.
    shares: Vec<f64>,
    /// Values of one level, and 0 elsewhere.
    live: Vec<f64>,
    /// The actors reached, level after level.
    order: Vec<u32>,
    /// Where levels start in `order`, and how many arcs each has.
    starts: Vec<(usize, usize)>,
    unseen: Vec<u32>,
}

impl Scratch {
    pub(super) fn new(graph: &Graph) -> Self {
        let zeros = || vec![0.0; graph.len()];
        Self {
            levels: vec![UNSEEN; graph.len()],
            paths: zeros(),
            shares: zeros(),
            live: zeros(),
            order: Vec::with_capacity(graph.len()),
            starts: Vec::new(),
            unseen: Vec::with_capacity(graph.len()),
        }
    }

    /// Adds the dependencies of one source on all others.
    pub(super) fn accumulate(&mut self, graph: &Graph, source: u32, sums: &mut [f64]) {
        self.count_paths(graph, source);
        let weight = graph.weights[source as usize];
        let level_count = self.starts.len() - 1;
        for level in (1..level_count).rev() {
            self.gather(graph, level);
            for actor in &self.order[self.starts[level].0..self.starts[level + 1].0] {
                let here = *actor as usize;
                let dependency = self.paths[here] * self.shares[here];
                sums[here] += weight * dependency;
                self.shares[here] = (graph.weights[here] + dependency) / self.paths[here];
            }
        }
        for actor in &self.order {
            self.levels[*actor as usize] = UNSEEN;
        }
    }

    /// Finds the levels of a source and the numbers of shortest paths.
    fn count_paths(&mut self, graph: &Graph, source: u32) {
        let Self { levels, paths, live, order, starts, unseen, .. } = self;
        order.clear();
        starts.clear();
        unseen.clear();
        order.push(source);
        levels[source as usize] = 0;
        paths[source as usize] = 1.0;
        let mut arcs = graph.neighbours(source).len();
        let mut arcs_left = graph.targets.len() - arcs;
        starts.push((0, arcs));
        for level in 1.. {
            let (first, last) = (starts[starts.len() - 1].0, order.len());
            if arcs * PUSH_COST <= arcs_left {
                for at in first..last {
                    let actor = order[at];
                    let count = paths[actor as usize];
                    for other in graph.neighbours(actor) {
                        let there = *other as usize;
                        if levels[there] == UNSEEN {
                            levels[there] = level;
                            paths[there] = count;
                            order.push(*other);
                        } else if levels[there] == level {
                            paths[there] += count;
                        }
                    }
                }
            } else {
                if unseen.is_empty() {
                    unseen.extend(
                        (0..).zip(levels.iter()).filter(|(_, seen)| **seen == UNSEEN).map(|(at, _)| at),
                    );
                } else {
                    unseen.retain(|actor| levels[*actor as usize] == UNSEEN);
                }
                for actor in &order[first..last] {
                    live[*actor as usize] = paths[*actor as usize];
                }
                for actor in unseen.iter() {
                    let count = sum(live, graph.neighbours(*actor));
                    if count > 0.0 {
                        levels[*actor as usize] = level;
                        paths[*actor as usize] = count;
                        order.push(*actor);
                    }
                }
                for actor in &order[first..last] {
                    live[*actor as usize] = 0.0;
                }
            }
            arcs = graph.arc_count(&order[last..]);
            starts.push((last, arcs));
            arcs_left -= arcs;
            if order.len() == last {
                break;
            }
        }
    }

    /// Puts into `shares` of the actors of a level the sum of those of the level beyond.
    fn gather(&mut self, graph: &Graph, level: usize) {
        let Self { shares, live, order, starts, .. } = self;
        let (first, next) = (starts[level].0, starts[level + 1].0);
        let beyond = starts.get(level + 2).map_or(next, |(end, _)| *end);
        let (here, there) = (&order[first..next], &order[next..beyond]);
        if starts[level].1 <= starts[level + 1].1 {
            for actor in there {
                live[*actor as usize] = shares[*actor as usize];
            }
            for actor in here {
                shares[*actor as usize] = sum(live, graph.neighbours(*actor));
            }
            for actor in there {
                live[*actor as usize] = 0.0;
            }
        } else {
            // What lands on other levels is wiped away.
            for actor in there {
                let share = shares[*actor as usize];
                graph.neighbours(*actor).iter().for_each(|other| live[*other as usize] += share);
            }
            for actor in here {
                shares[*actor as usize] = live[*actor as usize];
            }
            let past = starts.get(level + 3).map_or(beyond, |(end, _)| *end);
            for actor in &order[first..past] {
                live[*actor as usize] = 0.0;
            }
        }
    }
}

/// The sum of some entries, in four strands so that no addition waits for the one before.
fn sum(values: &[f64], at: &[u32]) -> f64 {
    let mut strands = [0.0; 4];
    let (chunks, rest) = at.as_chunks::<4>();
    for chunk in chunks {
        for (strand, at) in strands.iter_mut().zip(chunk) {
            *strand += values[*at as usize];
        }
    }
    let rest: f64 = rest.iter().map(|at| values[*at as usize]).sum();
    (strands[0] + strands[1]) + (strands[2] + strands[3]) + rest
}
