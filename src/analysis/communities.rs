//! Communities: groups whose members are tied more to one another than chance would have it (Leiden, Louvain).

use std::collections::VecDeque;

use oorandom::Rand64;

use super::{Partition, Sociomatrix, modularity, sample::shuffle};
use crate::dataset::number;

/// Which method finds the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Moves, refinement and merging: every group hangs together.
    Leiden,
    /// Moves and merging.
    Louvain,
}

/// A partition by modularity, and its modularity.
#[derive(Clone, Debug, PartialEq)]
pub struct Communities {
    /// The groups.
    pub partition: Partition,
    /// Their modularity at the resolution asked for.
    pub modularity: f64,
}

/// The best partition that a method finds by modularity, over `runs` runs from different orders; a greater
/// `resolution` than 1 makes smaller groups. Direction is ignored: both ways are summed. The same seed
/// gives the same groups.
///
/// Of Leiden each run goes on until a whole pass changes nothing; refinement joins only what is well
/// connected, to the group that gains most (not at random). No method promises the best partition there is.
///
/// # Complexity
/// Each pass takes time O(V + D) about, space O(V + D), for V actors and D dyads; passes are few.
///
/// # References
/// Traag, V. A., Waltman, L., and van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing
/// well-connected communities. *Scientific Reports* 9, 5233. <https://doi.org/10.1038/s41598-019-41695-z>
///
/// Blondel, V. D., Guillaume, J.-L., Lambiotte, R., and Lefebvre, E. (2008). Fast unfolding of communities in
/// large networks. *Journal of Statistical Mechanics* P10008. <https://doi.org/10.1088/1742-5468/2008/10/P10008>
pub fn communities(
    matrix: &Sociomatrix,
    method: Method,
    resolution: f64,
    seed: u64,
    runs: usize,
) -> Communities {
    let symmetric = matrix.clone().symmetrised();
    let base = Level::of(&symmetric);
    let mut random = Rand64::new(seed.into());
    let mut best: Option<Communities> = None;
    for _ in 0..runs.max(1) {
        let labels = run(&base, method, resolution, &mut random);
        let partition = Partition::of(&labels);
        let modularity = modularity(&symmetric, &partition, resolution);
        if best.as_ref().is_none_or(|best| modularity > best.modularity + 1e-12) {
            best = Some(Communities { partition, modularity });
        }
    }
    best.expect("there is at least one run")
}

/// A network of groups: each node stands for a group of the level below.
struct Level {
    offsets: Vec<usize>,
    arcs: Vec<(u32, f64)>,
    /// By node: all value at it, that inside the group it stands for counted twice.
    strengths: Vec<f64>,
    all: f64,
}

impl Level {
    fn of(matrix: &Sociomatrix) -> Self {
        let mut level = Self { offsets: vec![0], arcs: Vec::new(), strengths: Vec::new(), all: 0.0 };
        for row in matrix.rows() {
            level.arcs.extend(matrix.out_cells(row));
            level.strengths.push(matrix.out_cells(row).map(|(_, value)| value).sum());
            level.offsets.push(level.arcs.len());
        }
        level.all = level.strengths.iter().sum();
        level
    }

    fn len(&self) -> usize {
        self.strengths.len()
    }

    fn arcs(&self, node: u32) -> &[(u32, f64)] {
        &self.arcs[self.offsets[node as usize]..self.offsets[node as usize + 1]]
    }

    /// The network of the groups of this one, numbered from 0.
    fn merged(&self, groups: &[u32], count: usize) -> Self {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); count];
        (0..).zip(groups).for_each(|(node, group)| members[*group as usize].push(node));
        let mut merged = Self { offsets: vec![0], arcs: Vec::new(), strengths: Vec::new(), all: self.all };
        let mut gathered = Gathered::new(count);
        for (group, members) in members.iter().enumerate() {
            for node in members {
                for (other, value) in self.arcs(*node) {
                    gathered.add(groups[*other as usize], *value);
                }
            }
            gathered.met.sort_unstable();
            for other in &gathered.met {
                if *other as usize != group {
                    merged.arcs.push((*other, gathered.values[*other as usize]));
                }
            }
            gathered.clear();
            merged.strengths.push(members.iter().map(|node| self.strengths[*node as usize]).sum());
            merged.offsets.push(merged.arcs.len());
        }
        merged
    }
}

/// Sums by group that are cleared at the cost of what was met.
struct Gathered {
    values: Vec<f64>,
    met: Vec<u32>,
}

impl Gathered {
    fn new(count: usize) -> Self {
        Self { values: vec![0.0; count], met: Vec::new() }
    }

    fn add(&mut self, group: u32, value: f64) {
        if self.values[group as usize] == 0.0 {
            self.met.push(group);
        }
        self.values[group as usize] += value;
    }

    fn clear(&mut self) {
        self.met.drain(..).for_each(|group| self.values[group as usize] = 0.0);
    }
}

/// One run: the label of each actor.
fn run(base: &Level, method: Method, resolution: f64, random: &mut Rand64) -> Vec<u32> {
    let mut labels: Vec<u32> = (0..number(base.len())).collect();
    if base.all <= 0.0 {
        return labels;
    }
    loop {
        let before = labels.clone();
        pass(base, method, resolution, random, &mut labels);
        let same = Partition::of(&before) == Partition::of(&labels);
        if same || method == Method::Louvain {
            return labels;
        }
    }
}

/// Moves, refines and merges until nothing is left to merge; starts from the groups in `labels`.
fn pass(base: &Level, method: Method, resolution: f64, random: &mut Rand64, labels: &mut [u32]) {
    // By node of the level: the actors' node, and the group in which it starts.
    let mut nodes: Vec<u32> = (0..number(base.len())).collect();
    let mut groups = compact(labels).0;
    let mut merged: Option<Level> = None;
    loop {
        let level = merged.as_ref().unwrap_or(base);
        move_nodes(level, resolution, random, &mut groups);
        let (moved, count) = compact(&groups);
        groups = moved;
        (0..).zip(&nodes).for_each(|(actor, node): (usize, &u32)| labels[actor] = groups[*node as usize]);
        if count == level.len() {
            return;
        }
        let parts = match method {
            Method::Leiden => refined(level, resolution, random, &groups),
            Method::Louvain => groups.clone(),
        };
        let (parts, part_count) = compact(&parts);
        if part_count == level.len() {
            return;
        }
        let next = level.merged(&parts, part_count);
        let mut of_parts = vec![0; part_count];
        parts.iter().zip(&groups).for_each(|(part, group)| of_parts[*part as usize] = *group);
        for node in &mut nodes {
            *node = parts[*node as usize];
        }
        groups = of_parts;
        merged = Some(next);
    }
}

/// Labels numbered from 0 in the order in which they are met, and how many there are.
fn compact(labels: &[u32]) -> (Vec<u32>, usize) {
    let most = labels.iter().max().map_or(0, |most| *most as usize + 1);
    let mut numbers = vec![u32::MAX; most];
    let mut count = 0;
    let numbered = labels
        .iter()
        .map(|label| {
            let known = &mut numbers[*label as usize];
            if *known == u32::MAX {
                *known = number(count);
                count += 1;
            }
            *known
        })
        .collect();
    (numbered, count)
}

/// Moves nodes, one by one, to the group where modularity gains most, and looks again at the neighbours of
/// those that moved, until none does.
fn move_nodes(level: &Level, resolution: f64, random: &mut Rand64, groups: &mut [u32]) {
    let count = level.len();
    let mut totals = vec![0.0; count];
    let mut sizes = vec![0_u32; count];
    for (node, group) in groups.iter().enumerate() {
        totals[*group as usize] += level.strengths[node];
        sizes[*group as usize] += 1;
    }
    let mut free: Vec<u32> = (0..number(count)).filter(|group| sizes[*group as usize] == 0).collect();
    let mut order: Vec<u32> = (0..number(count)).collect();
    shuffle(&mut order, random);
    let mut queue: VecDeque<u32> = order.into();
    let mut waits = vec![true; count];
    let mut gathered = Gathered::new(count);
    while let Some(node) = queue.pop_front() {
        waits[node as usize] = false;
        let own = groups[node as usize];
        let strength = level.strengths[node as usize];
        for (other, value) in level.arcs(node) {
            gathered.add(groups[*other as usize], *value);
        }
        totals[own as usize] -= strength;
        let worth =
            |group: u32, value: f64| value - resolution * strength * totals[group as usize] / level.all;
        let (mut best, mut most) = (own, worth(own, gathered.values[own as usize]));
        for group in &gathered.met {
            let gain = worth(*group, gathered.values[*group as usize]);
            if gain > most + 1e-12 {
                (best, most) = (*group, gain);
            }
        }
        if most < -1e-12 && sizes[own as usize] > 1 {
            best = *free.last().expect("a group of two leaves one free");
        }
        gathered.clear();
        totals[best as usize] += strength;
        if best == own {
            continue;
        }
        if sizes[best as usize] == 0 {
            free.pop();
        }
        sizes[own as usize] -= 1;
        sizes[best as usize] += 1;
        if sizes[own as usize] == 0 {
            free.push(own);
        }
        groups[node as usize] = best;
        for (other, _) in level.arcs(node) {
            if groups[*other as usize] != best && !std::mem::replace(&mut waits[*other as usize], true) {
                queue.push_back(*other);
            }
        }
    }
}

/// Parts of groups: nodes that are alone join, within their group, the well-connected part that gains most.
fn refined(level: &Level, resolution: f64, random: &mut Rand64, groups: &[u32]) -> Vec<u32> {
    let count = level.len();
    let mut of_groups = vec![0.0; count];
    groups.iter().zip(&level.strengths).for_each(|(group, strength)| of_groups[*group as usize] += strength);
    let mut parts: Vec<u32> = (0..number(count)).collect();
    let mut totals = level.strengths.clone();
    let mut sizes = vec![1_u32; count];
    // By part: the value between it and the rest of its group.
    let mut outward: Vec<f64> = (0..number(count))
        .map(|node| {
            let arcs = level.arcs(node).iter();
            let inside = arcs.filter(|(other, _)| groups[*other as usize] == groups[node as usize]);
            inside.map(|(_, value)| value).sum()
        })
        .collect();
    let is_well_tied = |outward: f64, total: f64, group: f64| {
        outward >= resolution * total * (group - total) / level.all - 1e-12
    };
    let mut order: Vec<u32> = (0..number(count)).collect();
    shuffle(&mut order, random);
    let mut gathered = Gathered::new(count);
    for node in order {
        let here = node as usize;
        let group = of_groups[groups[here] as usize];
        let strength = level.strengths[here];
        if sizes[parts[here] as usize] > 1 || !is_well_tied(outward[parts[here] as usize], strength, group) {
            continue;
        }
        for (other, value) in
            level.arcs(node).iter().filter(|(other, _)| groups[*other as usize] == groups[here])
        {
            gathered.add(parts[*other as usize], *value);
        }
        let (mut best, mut most) = (parts[here], 0.0);
        for part in &gathered.met {
            let total = totals[*part as usize];
            let gain = gathered.values[*part as usize] - resolution * strength * total / level.all;
            if gain > most + 1e-12 && is_well_tied(outward[*part as usize], total, group) {
                (best, most) = (*part, gain);
            }
        }
        if best != parts[here] {
            let own = parts[here] as usize;
            let between = gathered.values[best as usize];
            outward[best as usize] += outward[own] - 2.0 * between;
            totals[best as usize] += strength;
            sizes[best as usize] += 1;
            (totals[own], sizes[own], outward[own]) = (0.0, 0, 0.0);
            parts[here] = best;
        }
        gathered.clear();
    }
    parts
}
