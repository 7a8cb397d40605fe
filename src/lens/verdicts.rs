//! Which sayings hold under a lens: each is judged once, however many ties say it.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::dataset::Dataset;

const HOLDS: u8 = 1;
const DOES_NOT: u8 = 2;

/// What is known of the sayings of a dataset under a lens; of each nothing at first.
#[derive(Debug)]
pub struct Verdicts(Box<[AtomicU8]>);

impl Verdicts {
    /// Room for what ties of a dataset say.
    pub fn of(dataset: &Dataset) -> Self {
        Self((0..dataset.ties().saying_count()).map(|_| AtomicU8::new(0)).collect())
    }

    /// Whether what a tie says holds, as `judge` finds it when it is first asked.
    pub(super) fn holds(&self, saying: u32, judge: impl FnOnce() -> bool) -> bool {
        let known = &self.0[saying as usize];
        // Whoever comes first finds the same, so that the order of threads does not matter.
        match known.load(Ordering::Relaxed) {
            0 => {
                let holds = judge();
                known.store(if holds { HOLDS } else { DOES_NOT }, Ordering::Relaxed);
                holds
            }
            verdict => verdict == HOLDS,
        }
    }
}
