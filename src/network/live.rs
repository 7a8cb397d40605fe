//! Which dyads pass, and which way they lead: a few bits each, found when a dyad is first looked at.

use std::sync::{
    OnceLock,
    atomic::{AtomicU8, Ordering},
};

use crate::{dataset::DyadIndex, lens::Direction};

/// A dyad may be walked from the actor of the lower row to the other, and back; it passes if either way is open.
pub(super) const UP: u8 = 1;
pub(super) const DOWN: u8 = 2;
pub(super) const NO_WAY: u8 = 0;

/// What is known of dyads.
#[derive(Debug)]
pub(super) struct Live {
    /// Whether both ways are open or none is, so that one bit says it.
    both: bool,
    /// Room is made for some dyads at a time.
    pages: Box<[OnceLock<Box<[AtomicU8]>>]>,
}

/// For how many dyads room is made at a time.
const PAGE: usize = 1 << 12;

impl Live {
    /// Room for so many dyads, of which nothing is known.
    pub(super) fn of(dyad_count: usize, direction: Direction) -> Self {
        let pages = (0..dyad_count.div_ceil(PAGE)).map(|_| OnceLock::new()).collect();
        Self { both: direction == Direction::Any, pages }
    }

    /// How many dyads share a byte, each with a bit that says that it is known, and one or two that say what.
    fn a_byte(&self) -> usize {
        if self.both { 4 } else { 2 }
    }

    /// Which ways of a dyad are open, as `look` finds it when it is first asked.
    pub(super) fn ways(&self, dyad: DyadIndex, look: impl FnOnce() -> u8) -> u8 {
        let (a_byte, at) = (self.a_byte(), dyad.at() % PAGE);
        let page = self.pages[dyad.at() / PAGE]
            .get_or_init(|| (0..PAGE / a_byte).map(|_| AtomicU8::new(0)).collect());
        let (byte, shift) = (&page[at / a_byte], at % a_byte * (8 / a_byte));
        let known = byte.load(Ordering::Relaxed) >> shift;
        if known & 1 == 1 {
            return match (self.both, known >> 1 & 1) {
                (false, _) => known >> 1 & (UP | DOWN),
                (true, 0) => NO_WAY,
                (true, _) => UP | DOWN,
            };
        }
        let ways = look();
        let said = if self.both { u8::from(ways != NO_WAY) } else { ways };
        // Whoever comes first finds the same, so that the order of threads does not matter.
        byte.fetch_or((said << 1 | 1) << shift, Ordering::Relaxed);
        ways
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_kept_beside_what_others_are() {
        for (direction, all) in
            [(Direction::Any, [NO_WAY, UP | DOWN, NO_WAY]), (Direction::Forward, [NO_WAY, UP, DOWN])]
        {
            let live = Live::of(2 * PAGE + 1, direction);
            let dyads = [0, 1, 2, 3, 4, 5, PAGE - 1, PAGE, 2 * PAGE];
            let ways = |dyad: usize| if dyad == 5 { UP | DOWN } else { all[dyad % 3] };
            for dyad in dyads {
                assert_eq!(live.ways(DyadIndex::of(dyad), || ways(dyad)), ways(dyad));
            }
            for dyad in dyads {
                assert_eq!(live.ways(DyadIndex::of(dyad), || panic!("it is known")), ways(dyad));
            }
        }
    }
}
