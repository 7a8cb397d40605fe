//! The first day on which contact arrives everywhere: one pass over the ties in order of time.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use super::passages::Passages;
use crate::analysis::order::Pace;

/// Not reached.
pub(super) const NEVER: i32 = i32::MAX;

/// By what an actor was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// Nothing: it is where contact begins, or was not reached.
    Nothing,
    /// An instant of a known day, from this actor.
    Instant(u32),
    /// A crossing, from this actor.
    Crossing { from: u32, crossing: u32 },
}

/// Between which days events are taken to have been.
pub(super) type Pins = BTreeMap<u32, (i32, i32)>;

/// How contact runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'a> {
    pub(super) passages: &'a Passages,
    pub(super) pace: Pace,
    /// Whether it passes from targets to sources too.
    pub(super) both_ways: bool,
    /// Two actors whose own ties are left out.
    pub(super) without: Option<(u32, u32)>,
    pub(super) pins: &'a Pins,
}

/// When contact arrived, and from where.
#[derive(Clone, Debug)]
pub(super) struct Arrived {
    /// By actor: the day on which contact can leave it; [`NEVER`] where it was not reached.
    ready: Vec<i32>,
    via: Vec<Via>,
    from: u32,
    pace: Pace,
}

impl Arrived {
    /// The day on which contact arrived at an actor; where it begins, the first day asked about.
    pub(super) fn day(&self, actor: u32) -> Option<i32> {
        let ready = self.ready[actor as usize];
        let has_passed = actor != self.from && self.pace == Pace::Strict && ready != i32::MIN;
        (ready != NEVER).then_some(if has_passed { ready - 1 } else { ready })
    }

    /// From whom contact came, and by what.
    pub(super) fn via(&self, actor: u32) -> Via {
        self.via[actor as usize]
    }
}

/// The day on which contact that came on a day can leave.
pub(super) fn after(day: i32, pace: Pace) -> i32 {
    match pace {
        Pace::SameDay => day,
        Pace::Strict if day == i32::MIN => day,
        Pace::Strict => day.saturating_add(1),
    }
}

struct State<'a> {
    run: Run<'a>,
    last: i32,
    arrived: Arrived,
    /// Who was reached, a bit each: most ties join two who both were, and a whole bit set fits the nearest cache.
    reached: Vec<u64>,
    /// Crossings that contact may take: the day of passing, whom it reaches, and by what.
    queue: BinaryHeap<Reverse<(i32, u32, u32, u32)>>,
}

impl Run<'_> {
    /// Follows contact that is at an actor on the first day until the last.
    ///
    /// Once `stop` is reached, no more is looked for.
    pub(super) fn from(&self, from: u32, (first, last): (i32, i32), stop: Option<u32>) -> Arrived {
        let count = self.passages.actor_count;
        let mut ready = vec![NEVER; count];
        ready[from as usize] = first;
        let arrived = Arrived { ready, via: vec![Via::Nothing; count], from, pace: self.pace };
        let reached = vec![0; count.div_ceil(64)];
        let mut state = State { run: *self, last, arrived, reached, queue: BinaryHeap::new() };
        state.mark(from);
        state.leave(from);
        let days = &self.passages.days;
        let mut at = days.partition_point(|day| *day < first);
        let mut waiting = Vec::new();
        loop {
            let instant = days.get(at).copied().unwrap_or(NEVER);
            let crossing = state.queue.peek().map_or(NEVER, |Reverse((day, ..))| *day);
            let day = instant.min(crossing);
            if day == NEVER || day > last {
                break;
            }
            if day == instant {
                state.day(day, self.passages.on(at), &mut waiting);
                at += 1;
            } else {
                state.day(day, &[], &mut waiting);
            }
            if stop.is_some_and(|stop| state.arrived.ready[stop as usize] != NEVER) {
                break;
            }
        }
        state.arrived
    }
}

impl State<'_> {
    /// What passes on one day.
    fn day(&mut self, day: i32, edges: &[(u32, u32)], waiting: &mut Vec<(u32, u32)>) {
        self.cross(day);
        waiting.clear();
        let (ready, both_ways) = (after(day, self.run.pace), self.run.both_ways);
        let may_wait = self.run.pace == Pace::SameDay;
        for (source, target) in edges {
            let (from, to) = (self.is_reached(*source), self.is_reached(*target));
            if from == to {
                if may_wait && !from {
                    waiting.push((*source, *target));
                }
            } else if from {
                if self.arrived.ready[*source as usize] <= day {
                    self.pass(*source, *target, ready);
                }
            } else if both_ways && self.arrived.ready[*target as usize] <= day {
                self.pass(*target, *source, ready);
            }
        }
        if !may_wait {
            return;
        }
        // What was reached today passes on today: until nobody new is reached.
        let mut rounds = 0;
        loop {
            self.cross(day);
            let before = waiting.len();
            if rounds == ROUND_LIMIT {
                self.spread(day, waiting);
                waiting.clear();
            }
            let mut passed = false;
            waiting.retain(|(source, target)| {
                let (from, to) = (self.arrived.ready[*source as usize], self.arrived.ready[*target as usize]);
                match (from == NEVER, to == NEVER) {
                    (false, false) => false,
                    (false, true) => {
                        self.pass(*source, *target, ready);
                        passed = true;
                        false
                    }
                    (true, false) if both_ways => {
                        self.pass(*target, *source, ready);
                        passed = true;
                        false
                    }
                    (true, false | true) => true,
                }
            });
            rounds += 1;
            let crosses = self.queue.peek().is_some_and(|Reverse((next, ..))| *next <= day);
            if !passed && !crosses && before == waiting.len() {
                return;
            }
        }
    }

    /// The same for a day of long chains: breadth first over what waits, each tie looked at once.
    fn spread(&mut self, day: i32, waiting: &[(u32, u32)]) {
        let mut ends: Vec<(u32, u32)> = waiting.to_vec();
        if self.run.both_ways {
            ends.extend(waiting.iter().map(|(source, target)| (*target, *source)));
        }
        ends.sort_unstable();
        let leaving = |actor: u32| {
            let first = ends.partition_point(|(source, _)| *source < actor);
            ends[first..].iter().take_while(move |(source, _)| *source == actor).map(|(_, target)| *target)
        };
        let mut reached: Vec<u32> = ends.iter().map(|(source, _)| *source).collect();
        reached.dedup();
        reached.retain(|actor| self.arrived.ready[*actor as usize] != NEVER);
        loop {
            while let Some(actor) = reached.pop() {
                for next in leaving(actor) {
                    if self.arrived.ready[next as usize] == NEVER && self.pass(actor, next, day) {
                        reached.push(next);
                    }
                }
            }
            let crossed = self.cross(day);
            if crossed.is_empty() {
                return;
            }
            reached = crossed;
        }
    }

    /// Takes the crossings that are due; gives the actors that they reach.
    fn cross(&mut self, day: i32) -> Vec<u32> {
        let mut reached = Vec::new();
        while let Some(Reverse((next, target, from, crossing))) = self.queue.peek().copied() {
            if next > day {
                break;
            }
            self.queue.pop();
            if self.arrived.ready[target as usize] == NEVER {
                self.reach(target, after(next, self.run.pace), Via::Crossing { from, crossing });
                reached.push(target);
            }
        }
        reached
    }

    /// Passes an instant, unless it is left out.
    fn pass(&mut self, from: u32, to: u32, ready: i32) -> bool {
        if self.run.without.is_some_and(|pair| pair == (from, to) || pair == (to, from)) {
            return false;
        }
        self.reach(to, ready, Via::Instant(from));
        true
    }

    fn reach(&mut self, actor: u32, ready: i32, via: Via) {
        self.arrived.ready[actor as usize] = ready;
        self.arrived.via[actor as usize] = via;
        self.mark(actor);
        self.leave(actor);
    }

    fn mark(&mut self, actor: u32) {
        self.reached[actor as usize / 64] |= 1 << (actor % 64);
    }

    fn is_reached(&self, actor: u32) -> bool {
        self.reached[actor as usize / 64] >> (actor % 64) & 1 == 1
    }

    /// Looks at the crossings of an actor that was reached.
    fn leave(&mut self, actor: u32) {
        let run = self.run;
        let from = self.arrived.ready[actor as usize];
        for at in run.passages.at.row(actor) {
            let crossing = &run.passages.crossings[*at as usize];
            let to = if crossing.source == actor { crossing.target } else { crossing.source };
            let is_left_out = (!run.both_ways && crossing.source != actor)
                || run.without.is_some_and(|pair| pair == (actor, to) || pair == (to, actor))
                // A chain of ties of one day is none that goes strictly on.
                || (!crossing.through.is_empty() && (run.pace == Pace::Strict || !run.both_ways));
            if is_left_out || self.arrived.ready[to as usize] != NEVER {
                continue;
            }
            let pinned = crossing.event.and_then(|event| run.pins.get(&event));
            let day = match pinned {
                Some(days) => crossing.pass_within(from, *days),
                None => crossing.pass(from),
            };
            if let Some(day) = day.filter(|day| *day <= self.last) {
                self.queue.push(Reverse((day, to, actor, *at)));
            }
        }
    }
}

/// After so many rounds over what waits on a day, it is sorted and searched instead.
const ROUND_LIMIT: usize = 4;
