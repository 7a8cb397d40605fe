//! How work is done: on how many threads, and who may see how far it has come.

use std::{
    num::NonZeroUsize,
    sync::atomic::{AtomicUsize, Ordering},
};

/// How far a piece of work has come: told by the work, read by whoever waits for it. It changes no result.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    all: AtomicUsize,
}

impl Progress {
    /// Nothing is known yet.
    pub const fn new() -> Self {
        Self { done: AtomicUsize::new(0), all: AtomicUsize::new(0) }
    }

    /// The share that is done, from 0 to 1; nothing where the work has not said how much there is.
    pub fn share(&self) -> Option<f64> {
        let float =
            |value: &AtomicUsize| f64::from(u32::try_from(value.load(Ordering::Relaxed)).unwrap_or(u32::MAX));
        let all = float(&self.all);
        (all > 0.0).then(|| (float(&self.done) / all).min(1.0))
    }

    /// So much is to be done.
    pub(crate) fn begin(&self, all: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
    }

    /// So much more is done.
    pub(crate) fn advance(&self, by: usize) {
        self.done.fetch_add(by, Ordering::Relaxed);
    }
}

/// How work is done.
#[derive(Clone, Copy, Debug)]
pub struct Work<'p> {
    /// On how many threads; their number changes no bit.
    pub threads: NonZeroUsize,
    /// Who is told how far it has come.
    pub progress: Option<&'p Progress>,
}

impl From<NonZeroUsize> for Work<'_> {
    fn from(threads: NonZeroUsize) -> Self {
        Self { threads, progress: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_known_when_the_work_has_said_how_much_there_is() {
        let progress = Progress::new();
        assert_eq!(progress.share(), None);
        progress.begin(4);
        progress.advance(3);
        assert_eq!(progress.share(), Some(0.75));
        progress.advance(3);
        assert_eq!(progress.share(), Some(1.0));
    }
}
