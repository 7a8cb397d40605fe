//! What a question may cost, so that it ends: how many steps it takes, and until when.
//!
//! A step is a look from one actor at a neighbour. Steps are charged before they are taken, a level of a search at a
//! time, so that a bound on steps bites at the same place whenever the question is asked. The library has no clock:
//! whoever asks may pass a closure that says when time is up, and an answer that it cuts off may differ from run to run.

use std::fmt;

use serde::Serialize;

/// A question takes at most so many steps unless more are asked for.
pub const STEPS: u64 = 500_000_000;

/// So many steps pass before it is asked again whether time is up.
const BETWEEN_LOOKS: u64 = 1 << 16;

/// Which bound stopped a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// That on steps.
    Steps,
    /// That on time.
    Time,
}

/// Says when time is up.
pub type Deadline<'c> = &'c dyn Fn() -> bool;

/// Counts the steps of a question, and stops it at a bound.
#[derive(Clone)]
pub struct Meter<'c> {
    limit: u64,
    taken: u64,
    deadline: Option<Deadline<'c>>,
    next_look: u64,
    stopped: Option<Bound>,
}

impl fmt::Debug for Meter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { limit, taken, stopped, .. } = self;
        f.debug_struct("Meter").field("limit", limit).field("taken", taken).field("stopped", stopped).finish()
    }
}

impl Default for Meter<'_> {
    /// No bound at all.
    fn default() -> Self {
        Self::new(u64::MAX, None)
    }
}

impl<'c> Meter<'c> {
    /// At most so many steps, and until a deadline.
    pub fn new(limit: u64, deadline: Option<Deadline<'c>>) -> Self {
        Self { limit, taken: 0, deadline, next_look: 0, stopped: None }
    }

    /// The same bounds, with nothing taken yet.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self::new(self.limit, self.deadline)
    }

    /// Takes so many steps; `false` when a bound does not allow them, now or before.
    pub(in crate::analysis) fn take(&mut self, steps: usize) -> bool {
        if self.stopped.is_some() {
            return false;
        }
        let taken = self.taken.saturating_add(steps as u64);
        if taken > self.limit {
            self.stopped = Some(Bound::Steps);
            return false;
        }
        self.taken = taken;
        if let Some(deadline) = self.deadline
            && taken >= self.next_look
        {
            self.next_look = taken + BETWEEN_LOOKS;
            if deadline() {
                self.stopped = Some(Bound::Time);
                return false;
            }
        }
        true
    }

    /// Goes on from where a meter of the same bounds stands.
    pub(in crate::analysis) fn follow(&mut self, other: &Meter<'_>) {
        let Meter { taken, next_look, stopped, .. } = other;
        (self.taken, self.next_look, self.stopped) = (*taken, *next_look, *stopped);
    }

    /// How many steps are left.
    pub(in crate::analysis) fn left(&self) -> u64 {
        self.limit - self.taken
    }

    /// The most steps.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// How many steps were taken.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// Which bound stopped the question, if one did.
    pub fn stopped(&self) -> Option<Bound> {
        self.stopped
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_bound_that_was_hit_stays_hit() {
        let mut meter = Meter::new(10, None);
        assert!(meter.take(10) && !meter.take(1) && !meter.take(0));
        assert_eq!((meter.taken(), meter.stopped()), (10, Some(Bound::Steps)));
        assert!(meter.anew().take(10));
    }

    #[test]
    fn time_is_asked_now_and_then() {
        let asked = Cell::new(0);
        let is_up = || {
            asked.set(asked.get() + 1);
            asked.get() == 3
        };
        let mut meter = Meter::new(u64::MAX, Some(&is_up));
        let mut steps = 0;
        while meter.take(1) {
            steps += 1;
        }
        assert_eq!((asked.get(), meter.stopped()), (3, Some(Bound::Time)));
        assert_eq!(steps, 2 * BETWEEN_LOOKS);
    }
}
