//! Whole numbers by actor that are small for most: a byte for each, so that those of a million actors stay near the processor.

use crate::dataset::ActorIndex;

/// What a byte holds.
const FULL: u32 = u8::MAX as u32;

/// By how many actors the bytes are looked through.
const CHUNK: usize = 64;

/// A number for each actor, 0 at first.
#[derive(Debug)]
pub(super) struct Counts {
    /// From 1 to 255 where the number is not 0, whatever was carried.
    low: Vec<u8>,
    /// How many times 255 was carried.
    carries: Vec<u32>,
    /// Those of whom something was carried.
    carried: Vec<ActorIndex>,
}

impl Counts {
    pub(super) fn new(actor_count: usize) -> Self {
        Self { low: vec![0; actor_count], carries: vec![0; actor_count], carried: Vec::new() }
    }

    /// The number of an actor.
    pub(super) fn of(&self, actor: ActorIndex) -> u32 {
        u32::from(self.low[actor.at()]) + FULL * self.carries[actor.at()]
    }

    /// Adds one, and says whether the number was 0.
    #[inline]
    pub(super) fn add(&mut self, actor: ActorIndex) -> bool {
        let low = &mut self.low[actor.at()];
        let was = *low;
        *low = was.wrapping_add(1);
        if *low == 0 {
            self.carry(actor);
        }
        was == 0
    }

    #[cold]
    fn carry(&mut self, actor: ActorIndex) {
        self.low[actor.at()] = 1;
        let carries = &mut self.carries[actor.at()];
        if *carries == 0 {
            self.carried.push(actor);
        }
        *carries += 1;
    }

    /// Sets the numbers of all actors, which must be 0.
    pub(super) fn set(&mut self, values: &[u32]) {
        for ((at, value), low) in (0..).zip(values).zip(&mut self.low) {
            *low = u8::try_from(*value).unwrap_or_else(|_| {
                self.carries[at] = (value - 1) / FULL;
                self.carried.push(ActorIndex::of(at));
                u8::try_from((value - 1) % FULL + 1).unwrap_or(u8::MAX)
            });
        }
    }

    /// Makes the numbers of some actors 0 again, of all where none are given; others must be 0.
    pub(super) fn clear(&mut self, touched: Option<&[ActorIndex]>) {
        match touched {
            Some(touched) => touched.iter().for_each(|actor| self.low[actor.at()] = 0),
            None => self.low.fill(0),
        }
        self.carried.drain(..).for_each(|actor| self.carries[actor.at()] = 0);
    }

    /// Those among whom are the `most` actors of the greatest numbers, of as many the first, where there are so many above 0:
    /// some are handed on in vain. `visit` says below which number nobody is looked at any more.
    pub(super) fn greatest(&self, most: usize, mut visit: impl FnMut(ActorIndex, u32) -> u32) {
        let mut least = 1;
        for actor in &self.carried {
            least = visit(*actor, self.of(*actor));
        }
        // Who was carried has more than anybody else.
        if self.carried.len() >= most {
            return;
        }
        for (chunk, first) in self.low.chunks(CHUNK).zip((0..).step_by(CHUNK)) {
            let greatest = u32::from(chunk.iter().copied().fold(0, u8::max));
            if greatest < least {
                continue;
            }
            for (at, low) in (first..).zip(chunk) {
                if u32::from(*low) >= least && self.carries[at] == 0 {
                    least = visit(ActorIndex::of(at), u32::from(*low));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_beyond_a_byte_and_back_to_nothing() {
        let actors: Vec<ActorIndex> = (0..200).map(ActorIndex).collect();
        let mut counts = Counts::new(200);
        let wanted: Vec<u32> = (0..200).map(|at| at * at % 1_999).collect();
        for _ in 0..2 {
            for (actor, value) in actors.iter().zip(&wanted) {
                assert!((0..*value).all(|earlier| counts.add(*actor) == (earlier == 0)));
            }
            assert!(actors.iter().zip(&wanted).all(|(actor, value)| counts.of(*actor) == *value));
            counts.clear(Some(&actors));
            assert!(actors.iter().all(|actor| counts.of(*actor) == 0));
        }
        counts.set(&wanted);
        assert!(actors.iter().zip(&wanted).all(|(actor, value)| counts.of(*actor) == *value));
        counts.clear(None);
        counts.set(&vec![0; 200]);
        assert!(actors.iter().all(|actor| counts.of(*actor) == 0));
    }
}
