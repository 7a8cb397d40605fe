//! Communities: groups whose members are tied more to one another than chance would have it (Leiden, Louvain).

use std::{borrow::Cow, cmp::Reverse, collections::VecDeque};

use oorandom::Rand64;

use super::{Partition, Sociomatrix, modularity, sample::shuffle};
use crate::dataset::{Lists, number};

/// Which method finds the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Moves, refinement and merging: every group hangs together.
    Leiden,
    /// Moves and merging.
    Louvain,
}

/// With more arcs than this, actors are numbered by degree, so that what is looked at most stands together, and passes end
/// when one gains little.
const LARGE: usize = 1 << 21;

/// What share of all that was gained a pass must gain for another to follow, in a network of many arcs.
const WORTHWHILE: f64 = 0.02;

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
/// Of Leiden each run goes on until a whole pass changes nothing, or, beyond a million dyads, until one gains less than
/// 2 % of what was gained so far; refinement joins only what is well
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
    let symmetric =
        if matrix.is_directed() { Cow::Owned(matrix.clone().symmetrised()) } else { Cow::Borrowed(matrix) };
    let is_large = symmetric.cell_count() > LARGE;
    let mut order: Vec<u32> = symmetric.rows().collect();
    if is_large {
        order.sort_by_key(|row| Reverse(symmetric.out(*row).len()));
    }
    let base = Level::of(&symmetric, &order);
    let mut random = Rand64::new(seed.into());
    let mut best: Option<Communities> = None;
    for _ in 0..runs.max(1) {
        let mut labels = vec![0; order.len()];
        let found = run(&base, method, resolution, &mut random, is_large);
        order.iter().zip(found).for_each(|(row, label)| labels[*row as usize] = label);
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
    columns: Vec<u32>,
    /// As many as columns, or none where every value is 1.
    values: Vec<f64>,
    /// By node: all value at it, that inside the group it stands for counted twice.
    strengths: Vec<f64>,
    all: f64,
}

impl Level {
    /// The actors of a symmetric matrix in some order; those to whom one is tied stand in this order too.
    fn of(matrix: &Sociomatrix, order: &[u32]) -> Self {
        let mut places = vec![0_u32; order.len()];
        let mut offsets = vec![0_usize];
        for (place, row) in (0..).zip(order) {
            places[*row as usize] = place;
            offsets.push(offsets[place as usize] + matrix.out(*row).len());
        }
        let mut next = offsets.clone();
        let mut columns = vec![0_u32; matrix.cell_count()];
        let mut values = vec![0.0; if matrix.is_valued() { columns.len() } else { 0 }];
        for (place, row) in (0..).zip(order) {
            for (other, value) in matrix.out_cells(*row) {
                let at = &mut next[places[other as usize] as usize];
                columns[*at] = place;
                if let Some(known) = values.get_mut(*at) {
                    *known = value;
                }
                *at += 1;
            }
        }
        let strength = |row: &u32| matrix.out_cells(*row).map(|(_, value)| value).sum();
        let strengths: Vec<f64> = order.iter().map(strength).collect();
        let all = strengths.iter().sum();
        Self { offsets, columns, values, strengths, all }
    }

    fn len(&self) -> usize {
        self.strengths.len()
    }

    /// To whom a node is tied.
    fn others(&self, node: u32) -> &[u32] {
        &self.columns[self.offsets[node as usize]..self.offsets[node as usize + 1]]
    }

    /// To whom a node is tied, with the value.
    fn arcs(&self, node: u32) -> impl Iterator<Item = (u32, f64)> {
        let arcs = self.offsets[node as usize]..self.offsets[node as usize + 1];
        arcs.map(|at| (self.columns[at], self.values.get(at).copied().unwrap_or(1.0)))
    }

    /// The network of the groups of this one, numbered from 0.
    fn merged(&self, groups: &[u32], count: usize) -> Self {
        let members = Lists::group(count, groups.iter().copied().zip(0_u32..));
        let mut merged = Self {
            offsets: vec![0],
            columns: Vec::new(),
            values: Vec::new(),
            strengths: Vec::with_capacity(count),
            all: self.all,
        };
        let mut gathered = Gathered::new(count);
        for group in 0..number(count) {
            let members = members.row(group);
            for node in members {
                gathered.level(self, *node, groups);
            }
            gathered.each(|other, value| {
                if other != group {
                    merged.columns.push(other);
                    merged.values.push(value);
                }
            });
            merged.strengths.push(members.iter().map(|node| self.strengths[*node as usize]).sum());
            merged.offsets.push(merged.columns.len());
        }
        merged
    }
}

/// Sums by group that are cleared at the cost of what was met.
struct Gathered {
    values: Vec<f64>,
    /// Those met, and room behind them.
    met: Vec<u32>,
    count: usize,
}

impl Gathered {
    fn new(group_count: usize) -> Self {
        Self { values: vec![0.0; group_count], met: Vec::new(), count: 0 }
    }

    /// Adds the values between a node and the groups of others.
    #[inline]
    fn level(&mut self, level: &Level, node: u32, groups: &[u32]) {
        let others = level.others(node);
        self.room(others.len());
        let (sums, met, mut count) = (self.values.as_mut_slice(), self.met.as_mut_slice(), self.count);
        let mut add = |other: u32, value: f64| {
            let group = groups[other as usize];
            let sum = &mut sums[group as usize];
            // Written in any case: a branch would be mistaken every other time. Sums that come back to 0 are met again.
            met[count] = group;
            count += usize::from(*sum == 0.0);
            *sum += value;
        };
        if level.values.is_empty() {
            for other in others {
                add(*other, 1.0);
            }
        } else {
            let values = &level.values[level.offsets[node as usize]..level.offsets[node as usize + 1]];
            for (other, value) in others.iter().zip(values) {
                add(*other, *value);
            }
        }
        self.count = count;
    }

    /// Makes room for so many more.
    fn room(&mut self, more: usize) {
        if self.met.len() <= self.count + more {
            self.met.resize(2 * (self.count + more) + 1, 0);
        }
    }

    fn add(&mut self, group: u32, value: f64) {
        if self.values[group as usize] == 0.0 {
            self.room(1);
            self.met[self.count] = group;
            self.count += 1;
        }
        self.values[group as usize] += value;
    }

    fn of(&self, group: u32) -> f64 {
        self.values[group as usize]
    }

    /// Hands on what was met, in order, and forgets it.
    fn each(&mut self, mut visit: impl FnMut(u32, f64)) {
        for group in &self.met[..self.count] {
            let value = std::mem::take(&mut self.values[*group as usize]);
            if value != 0.0 {
                visit(*group, value);
            }
        }
        self.count = 0;
    }
}

/// One run: the label of each actor.
fn run(base: &Level, method: Method, resolution: f64, random: &mut Rand64, is_large: bool) -> Vec<u32> {
    let mut labels: Vec<u32> = (0..number(base.len())).collect();
    if base.all <= 0.0 {
        return labels;
    }
    let mut all = 0.0;
    loop {
        let before = labels.clone();
        let gained = pass(base, method, resolution, random, &mut labels);
        all += gained;
        let is_little = is_large && gained < WORTHWHILE * all;
        if method == Method::Louvain || is_little || Partition::of(&before) == Partition::of(&labels) {
            return labels;
        }
    }
}

/// Moves, refines and merges until nothing is left to merge; starts from the groups in `labels`. Gives what moves gained.
fn pass(base: &Level, method: Method, resolution: f64, random: &mut Rand64, labels: &mut [u32]) -> f64 {
    // By node of the level: the actors' node, and the group in which it starts.
    let mut nodes: Vec<u32> = (0..number(base.len())).collect();
    let mut groups = compact(labels).0;
    let mut merged: Option<Level> = None;
    let mut gained = 0.0;
    loop {
        let level = merged.as_ref().unwrap_or(base);
        gained += move_nodes(level, resolution, random, &mut groups);
        let (moved, count) = compact(&groups);
        groups = moved;
        (0..).zip(&nodes).for_each(|(actor, node): (usize, &u32)| labels[actor] = groups[*node as usize]);
        if count == level.len() {
            return gained;
        }
        let parts = match method {
            Method::Leiden => refined(level, resolution, random, &groups),
            Method::Louvain => groups.clone(),
        };
        let (parts, part_count) = compact(&parts);
        if part_count == level.len() {
            return gained;
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
/// those that moved, until none does. Gives what was gained.
fn move_nodes(level: &Level, resolution: f64, random: &mut Rand64, groups: &mut [u32]) -> f64 {
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
    let mut gained = 0.0;
    while let Some(node) = queue.pop_front() {
        waits[node as usize] = false;
        let own = groups[node as usize];
        let strength = level.strengths[node as usize];
        gathered.level(level, node, groups);
        totals[own as usize] -= strength;
        let cost = resolution * strength / level.all;
        let stays = gathered.of(own) - cost * totals[own as usize];
        let (mut best, mut most) = (own, stays);
        gathered.each(|group, value| {
            let gain = value - cost * totals[group as usize];
            if gain > most + 1e-12 {
                (best, most) = (group, gain);
            }
        });
        if most < -1e-12 && sizes[own as usize] > 1 {
            (best, most) = (*free.last().expect("a group of two leaves one free"), 0.0);
        }
        totals[best as usize] += strength;
        if best == own {
            continue;
        }
        gained += most - stays;
        if sizes[best as usize] == 0 {
            free.pop();
        }
        sizes[own as usize] -= 1;
        sizes[best as usize] += 1;
        if sizes[own as usize] == 0 {
            free.push(own);
        }
        groups[node as usize] = best;
        for other in level.others(node) {
            if groups[*other as usize] != best && !waits[*other as usize] {
                waits[*other as usize] = true;
                queue.push_back(*other);
            }
        }
    }
    2.0 * gained / level.all
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
            let inside =
                level.arcs(node).filter(|(other, _)| groups[*other as usize] == groups[node as usize]);
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
        for (other, value) in level.arcs(node) {
            if groups[other as usize] == groups[here] {
                gathered.add(parts[other as usize], value);
            }
        }
        let (mut best, mut most, mut between) = (parts[here], 0.0, 0.0);
        gathered.each(|part, value| {
            let total = totals[part as usize];
            let gain = value - resolution * strength * total / level.all;
            if gain > most + 1e-12 && is_well_tied(outward[part as usize], total, group) {
                (best, most, between) = (part, gain, value);
            }
        });
        if best != parts[here] {
            let own = parts[here] as usize;
            outward[best as usize] += outward[own] - 2.0 * between;
            totals[best as usize] += strength;
            sizes[best as usize] += 1;
            (totals[own], sizes[own], outward[own]) = (0.0, 0, 0.0);
            parts[here] = best;
        }
    }
    parts
}
