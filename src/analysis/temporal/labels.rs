//! Chains of few hops, and chains that never wait long: a search over actors and the days on which contact is there.
//!
//! Whoever may wait for ever gains nothing by arriving late. Where waiting is bounded arriving late can be what makes
//! the next hop possible, so that every day of arrival counts; a label then stands for a run of days.

use std::{cmp::Reverse, collections::BinaryHeap, ops::ControlFlow};

use super::{
    passages::{Gate, Passages},
    scan::{Pins, after},
};
use crate::{analysis::order::Pace, dataset::Lists};

/// A way to leave an actor.
#[derive(Clone, Copy, Debug, Default)]
struct Exit {
    to: u32,
    /// The day of an instant.
    day: i32,
    /// The crossing, where it is none.
    crossing: Option<u32>,
    /// Whether it leads from source to target.
    is_forward: bool,
}

/// All ways to leave each actor.
#[derive(Clone, Debug)]
pub(super) struct Exits(Lists<Exit>);

impl Exits {
    /// # Complexity
    /// Time and space O(E + V).
    pub(super) fn of(passages: &Passages) -> Self {
        let mut exits = Vec::with_capacity(2 * passages.edges.len());
        for (place, day) in passages.days.iter().enumerate() {
            for (source, target) in passages.on(place) {
                let exit = |to, is_forward| Exit { to, day: *day, crossing: None, is_forward };
                exits.push((*source, exit(*target, true)));
                exits.push((*target, exit(*source, false)));
            }
        }
        for (at, crossing) in (0..).zip(&passages.crossings) {
            let exit = |to, is_forward| Exit { to, day: 0, crossing: Some(at), is_forward };
            exits.push((crossing.source, exit(crossing.target, true)));
            exits.push((crossing.target, exit(crossing.source, false)));
        }
        Self(Lists::group(passages.actor_count, exits.into_iter()))
    }
}

/// What comes first: few hops or early days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    Hops,
    Days,
}

/// A search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search<'a> {
    pub(super) passages: &'a Passages,
    pub(super) exits: &'a Exits,
    pub(super) pace: Pace,
    pub(super) both_ways: bool,
    pub(super) without: Option<(u32, u32)>,
    pub(super) pins: &'a Pins,
    /// The most days between arriving and leaving.
    pub(super) gap_days: Option<i32>,
    pub(super) first: First,
    /// Whether what is found must hold in every world, where waiting is bounded.
    pub(super) is_certain: bool,
    /// Whether chains may come back to an actor.
    pub(super) may_return: bool,
}

/// One hop of a chain that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) to: u32,
    pub(super) day: i32,
    pub(super) crossing: Option<u32>,
}

/// Contact is at an actor from the first day to the last, if it came on one of them.
///
/// Of what must hold in every world: the latest that its first day there can be, and the earliest that its last can.
#[derive(Clone, Copy)]
struct Label {
    actor: u32,
    days: (i32, i32),
    hops: u32,
    parent: u32,
    crossing: Option<u32>,
}

const ROOT: u32 = u32::MAX;

impl Search<'_> {
    /// The first chain, by hops or by days, from one actor to another.
    pub(super) fn chain(&self, from: u32, to: u32, window: (i32, i32)) -> Option<Vec<Step>> {
        let mut found = None;
        self.follow(from, window, |labels, at| {
            if labels[at as usize].actor != to {
                return ControlFlow::Continue(());
            }
            found = Some(walk(labels, at));
            ControlFlow::Break(())
        });
        found
    }

    /// The first chain to each actor, by hops or by days, in the order in which they are found; without the first.
    pub(super) fn chains(&self, from: u32, window: (i32, i32)) -> Vec<Vec<Step>> {
        let mut is_found = vec![false; self.passages.actor_count];
        is_found[from as usize] = true;
        let mut chains = Vec::new();
        self.follow(from, window, |labels, at| {
            if !std::mem::replace(&mut is_found[labels[at as usize].actor as usize], true) {
                chains.push(walk(labels, at));
            }
            ControlFlow::Continue(())
        });
        chains
    }

    /// Takes label after label, by hops or by days, until it is told to stop.
    fn follow(
        &self,
        from: u32,
        (first, last): (i32, i32),
        mut take: impl FnMut(&[Label], u32) -> ControlFlow<()>,
    ) {
        let mut labels =
            vec![Label { actor: from, days: (first, last), hops: 0, parent: ROOT, crossing: None }];
        let mut covered: Vec<Vec<(i32, i32)>> = vec![Vec::new(); self.passages.actor_count];
        let mut queue = BinaryHeap::from([Reverse((0_i64, 0_i64, 0_u32))]);
        while let Some(Reverse((_, _, at))) = queue.pop() {
            let label = labels[at as usize];
            if take(&labels, at).is_break() {
                return;
            }
            let known = &mut covered[label.actor as usize];
            let days = self.reach(label.days, last);
            let is_new = if self.is_certain { add_apart(known, days) } else { add(known, days) };
            if label.parent != ROOT && !is_new {
                continue;
            }
            for exit in self.exits.0.row(label.actor) {
                let pair = (label.actor, exit.to);
                let is_left_out = (!self.both_ways && !exit.is_forward)
                    || self.without.is_some_and(|without| without == pair || without == (pair.1, pair.0))
                    || exit.to == from
                    || (self.gap_days.is_some() && !self.may_return && is_on(&labels, at, exit.to));
                if is_left_out {
                    continue;
                }
                for days in self.passes(&label, exit, last) {
                    if is_covered(&covered[exit.to as usize], self.reach(days, last)) {
                        continue;
                    }
                    let more =
                        exit.crossing.map_or(0, |at| self.passages.crossings[at as usize].through.len());
                    let hops = label.hops + 1 + u32::try_from(more).unwrap_or(0);
                    let row = crate::dataset::number(labels.len());
                    labels.push(Label { actor: exit.to, days, hops, parent: at, crossing: exit.crossing });
                    let (hops, day) = (i64::from(hops), i64::from(days.0));
                    queue.push(Reverse(match self.first {
                        First::Hops => (hops, day, row),
                        First::Days => (day, hops, row),
                    }));
                }
            }
        }
    }

    /// The days on which contact that came on some days may still leave, which later arrivals need not offer again.
    fn reach(&self, days: (i32, i32), last: i32) -> (i32, i32) {
        if self.gap_days.is_some() { days } else { (days.0, last) }
    }

    /// The days on which contact can pass on, one run for each gate.
    fn passes(&self, label: &Label, exit: &Exit, last: i32) -> Vec<(i32, i32)> {
        let is_start = label.parent == ROOT;
        let from = if is_start { label.days.0 } else { after(label.days.0, self.pace) };
        let until = match self.gap_days {
            Some(gap) if !is_start => label.days.1.saturating_add(gap),
            Some(_) | None => i32::MAX,
        };
        if self.is_certain {
            let step = from.saturating_sub(label.days.0);
            let is_short = !is_start && self.gap_days.is_some_and(|gap| gap < step);
            let instant = [vec![Gate { opens: exit.day, closes: exit.day }]];
            let cases = match exit.crossing.map(|at| &self.passages.crossings[at as usize]) {
                None => &instant,
                Some(crossing) if crossing.through.is_empty() => crossing.cases.as_slice(),
                Some(_) => return Vec::new(),
            };
            return if is_short { Vec::new() } else { sure_passes(cases, (from, until), last) };
        }
        let runs = |gate: Gate| -> Option<(i32, i32)> {
            let days = (gate.opens.max(from), gate.closes.min(until).min(last));
            (days.0 <= days.1).then_some(days)
        };
        let Some(at) = exit.crossing else {
            return runs(Gate { opens: exit.day, closes: exit.day }).into_iter().collect();
        };
        let crossing = &self.passages.crossings[at as usize];
        if !crossing.through.is_empty() && (self.pace == Pace::Strict || !self.both_ways) {
            return Vec::new();
        }
        let pinned = crossing.event.and_then(|event| self.pins.get(&event)).copied();
        if self.gap_days.is_none() {
            let day = match pinned {
                Some(days) => crossing.pass_within(from, days),
                None => crossing.pass(from),
            };
            return day.filter(|day| *day <= last).map(|day| (day, day)).into_iter().collect();
        }
        let pinned = pinned.unwrap_or((i32::MIN, i32::MAX));
        let gates = crossing.cases.iter().flatten();
        gates
            .map(|gate| Gate { opens: gate.opens.max(pinned.0), closes: gate.closes.min(pinned.1) })
            .filter_map(runs)
            .collect()
    }
}

/// The days on which contact passes in every world that is there by one day and until another at the worst.
///
/// In a world it is there on the days from x to y, and a tie is in force from s to e: it passes on those from max(x, s)
/// to min(y, e), which there are if x ≤ e and s ≤ y. An adversary chooses all four, so that the latest x against the
/// earliest e, and the latest s against the earliest y, decide.
pub(super) fn sure_passes(cases: &[Vec<Gate>], (from, until): (i32, i32), last: i32) -> Vec<(i32, i32)> {
    let until = until.min(last);
    let passes = |gate: &Gate| {
        let is_met = gate.closes >= from && gate.opens <= until && from <= last;
        is_met.then_some((gate.opens.max(from), gate.closes.min(until)))
    };
    match cases {
        [gates] => gates.iter().filter_map(passes).collect(),
        cases => {
            // The adversary chooses the case, contact the gate.
            let best = |gates: &Vec<Gate>| {
                gates.iter().filter_map(passes).min_by_key(|days| (days.0, Reverse(days.1)))
            };
            let worst =
                |all: (i32, i32), gates| best(gates).map(|days| (all.0.max(days.0), all.1.min(days.1)));
            let days = cases.iter().try_fold((i32::MIN, i32::MAX), worst);
            days.filter(|_| !cases.is_empty()).into_iter().collect()
        }
    }
}

/// The chain that ends in a label.
fn walk(labels: &[Label], at: u32) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut label = &labels[at as usize];
    while label.parent != ROOT {
        steps.push(Step { to: label.actor, day: label.days.0, crossing: label.crossing });
        label = &labels[label.parent as usize];
    }
    steps.reverse();
    steps
}

/// Whether an actor stands on the chain that ends in a label.
fn is_on(labels: &[Label], at: u32, actor: u32) -> bool {
    let mut label = &labels[at as usize];
    loop {
        if label.actor == actor {
            return true;
        }
        if label.parent == ROOT {
            return false;
        }
        label = &labels[label.parent as usize];
    }
}

fn is_covered(covered: &[(i32, i32)], days: (i32, i32)) -> bool {
    covered.iter().any(|known| known.0 <= days.0 && days.1 <= known.1)
}

/// Adds a run of days to those that are known, kept apart and in order; false when all are known.
fn add(covered: &mut Vec<(i32, i32)>, days: (i32, i32)) -> bool {
    if is_covered(covered, days) {
        return false;
    }
    let touches =
        |known: &(i32, i32)| known.0 <= days.1.saturating_add(1) && days.0 <= known.1.saturating_add(1);
    let (touching, apart): (Vec<(i32, i32)>, Vec<_>) = covered.iter().partition(|known| touches(known));
    let merged = touching.into_iter().fold(days, |all, known| (all.0.min(known.0), all.1.max(known.1)));
    *covered = apart;
    covered.push(merged);
    covered.sort_unstable();
    true
}

/// Adds days that no others add to, in place of those that are no better; false when some that are known are as good.
fn add_apart(covered: &mut Vec<(i32, i32)>, days: (i32, i32)) -> bool {
    if is_covered(covered, days) {
        return false;
    }
    covered.retain(|known| !(days.0 <= known.0 && known.1 <= days.1));
    covered.push(days);
    true
}
