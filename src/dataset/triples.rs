//! Millions of rows of three numbers, sorted: as one number each, which first goes near its place.

/// Three numbers side by side in one, so that these sort as they do.
pub(super) trait Packed: Copy + Default + Ord {
    /// The numbers as one, of which the second and the third have so many bits.
    fn of(numbers: [u32; 3], bits: [u32; 2]) -> Self;

    /// The three numbers.
    fn numbers(self, bits: [u32; 2]) -> [u32; 3];
}

macro_rules! packed {
    ($word:ty) => {
        impl Packed for $word {
            fn of([first, second, third]: [u32; 3], [seconds, thirds]: [u32; 2]) -> Self {
                (Self::from(first) << seconds | Self::from(second)) << thirds | Self::from(third)
            }

            #[expect(clippy::cast_possible_truncation, reason = "the bits are those of numbers of 32 bits")]
            fn numbers(self, [seconds, thirds]: [u32; 2]) -> [u32; 3] {
                let low = |word: Self, bits: u32| (word & ((1 << bits) - 1)) as u32;
                [(self >> (seconds + thirds)) as u32, low(self >> thirds, seconds), low(self, thirds)]
            }
        }
    };
}

packed!(u64);
packed!(u128);

/// How many bits the numbers below a bound have.
fn bits_below(bound: usize) -> u32 {
    usize::BITS - bound.saturating_sub(1).leading_zeros()
}

/// The bounds of the numbers of triples: the first two are below one, the third is below another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    firsts: usize,
    bits: [u32; 2],
}

/// In so many parts, as a power of two, triples are divided before these are sorted.
const PARTS: u32 = 11;

impl Bounds {
    pub(super) fn of(firsts: usize, thirds: usize) -> Self {
        Self { firsts, bits: [bits_below(firsts), bits_below(thirds)] }
    }

    /// Whether 64 bits are enough for the three.
    pub(super) fn are_narrow(self) -> bool {
        2 * self.bits[0] + self.bits[1] <= u64::BITS
    }

    /// The triples in order.
    ///
    /// # Complexity
    /// Time O(n log n), which for those spread evenly is near O(n); space O(n), for n triples.
    pub(super) fn sorted<W: Packed>(self, triples: impl Iterator<Item = [u32; 3]> + Clone) -> Sorted<W> {
        let shift = self.bits[0].saturating_sub(PARTS);
        let part = |[first, ..]: &[u32; 3]| (first >> shift) as usize;
        let mut ends = vec![0_usize; (self.firsts >> shift) + 2];
        for triple in triples.clone() {
            ends[part(&triple) + 1] += 1;
        }
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        let starts = ends.clone();
        let mut words = vec![W::default(); ends[ends.len() - 1]];
        for triple in triples {
            let next = &mut ends[part(&triple)];
            words[*next] = W::of(triple, self.bits);
            *next += 1;
        }
        for bounds in starts.windows(2) {
            words[bounds[0]..bounds[1]].sort_unstable();
        }
        Sorted { words, bits: self.bits }
    }
}

/// Triples in order.
#[derive(Debug)]
pub(super) struct Sorted<W> {
    words: Vec<W>,
    bits: [u32; 2],
}

impl<W: Packed> Sorted<W> {
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = [u32; 3]> + Clone {
        self.words.iter().map(|word| word.numbers(self.bits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triples_come_back_in_order_whatever_their_bounds() {
        let mut state = 7_u64;
        let mut next = |bound: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u32::try_from((state >> 33) % bound as u64).unwrap()
        };
        let most = u32::MAX as usize;
        for (firsts, thirds) in
            [(1, 1), (2, 5), (1000, 3000), (1 << 20, 1 << 24), (100_000, most), (most, most)]
        {
            let mut triples: Vec<[u32; 3]> =
                (0..3000).map(|_| [next(firsts), next(firsts), next(thirds)]).collect();
            let bounds = Bounds::of(firsts, thirds);
            let wide: Vec<_> = bounds.sorted::<u128>(triples.iter().copied()).iter().collect();
            assert_eq!(bounds.are_narrow(), firsts <= 1 << 20 && thirds <= 1 << 24);
            if bounds.are_narrow() {
                let narrow: Vec<_> = bounds.sorted::<u64>(triples.iter().copied()).iter().collect();
                assert_eq!(narrow, wide);
            }
            triples.sort_unstable();
            assert_eq!(wide, triples);
        }
        assert_eq!(Bounds::of(0, 0).sorted::<u64>([].into_iter()).iter().len(), 0);
    }
}
