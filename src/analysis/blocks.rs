//! Work split over threads so that their number changes no bit of the result.
//!
//! What is to be done is cut into blocks that do not depend on the number of threads; the results of
//! blocks are taken in the order of the blocks, whichever thread is done first.

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    ops::Range,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use super::Work;

/// Runs `run` on each range of a fixed partition of `0..count`, and `take`s the results in the order
/// of the ranges.
///
/// Each thread has a scratch of its own, made by `scratch`. At most `most` blocks are cut, so that
/// few results wait for their turn.
///
/// # Complexity
/// Beside the work itself, time and space O(B) for B blocks; results wait while an earlier block runs.
pub(super) fn in_blocks<'w, S, R: Send>(
    count: usize,
    most: NonZeroUsize,
    work: impl Into<Work<'w>>,
    scratch: impl Fn() -> S + Sync,
    run: impl Fn(&mut S, Range<usize>) -> R + Sync,
    mut take: impl FnMut(R) + Send,
) {
    let size = count.div_ceil(most.get()).max(1);
    let blocks = count.div_ceil(size);
    let range = |block: usize| block * size..((block + 1) * size).min(count);
    let Work { threads, progress } = work.into();
    if let Some(progress) = progress {
        progress.begin(blocks);
    }
    let take = |result| {
        take(result);
        if let Some(progress) = progress {
            progress.advance(1);
        }
    };
    let threads = threads.get().min(blocks);
    if threads <= 1 {
        let (mut scratch, mut take) = (scratch(), take);
        (0..blocks).for_each(|block| take(run(&mut scratch, range(block))));
        return;
    }
    let next = AtomicUsize::new(0);
    let taken = Mutex::new(InOrder { next: 0, waiting: BTreeMap::new(), take });
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut scratch = scratch();
                loop {
                    let block = next.fetch_add(1, Ordering::Relaxed);
                    if block >= blocks {
                        break;
                    }
                    let result = run(&mut scratch, range(block));
                    taken.lock().unwrap_or_else(PoisonError::into_inner).put(block, result);
                }
            });
        }
    });
}

/// Results that are taken in the order of their blocks.
struct InOrder<R, F> {
    next: usize,
    waiting: BTreeMap<usize, R>,
    take: F,
}

impl<R, F: FnMut(R)> InOrder<R, F> {
    fn put(&mut self, block: usize, result: R) {
        self.waiting.insert(block, result);
        while let Some(result) = self.waiting.remove(&self.next) {
            (self.take)(result);
            self.next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_the_number_of_threads() {
        for threads in [1, 2, 3, 7] {
            let (most, threads) = (NonZeroUsize::new(5).unwrap(), NonZeroUsize::new(threads).unwrap());
            let mut seen = Vec::new();
            in_blocks(13, most, threads, || (), |(), range| range, |range| seen.extend(range));
            assert_eq!(seen, (0..13).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_to_do_is_no_block() {
        let one = NonZeroUsize::MIN;
        in_blocks(0, one, one, || (), |(), _| (), |()| unreachable!("there is no block"));
    }
}
