//! Draws that a seed decides: the same seed draws the same on every machine.

use oorandom::Rand64;

use crate::dataset::number;

/// So many of the numbers below `all`, each at most once, in order; all of them if `count` is not less.
pub(super) fn without_replacement(all: usize, count: usize, seed: u64) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..number(all)).collect();
    if count < all {
        shuffle(&mut numbers, &mut Rand64::new(seed.into()));
        numbers.truncate(count);
        numbers.sort_unstable();
    }
    numbers
}

/// Puts values into an order in which every order is as likely as any other.
pub(super) fn shuffle<T>(values: &mut [T], random: &mut Rand64) {
    for at in (1..values.len()).rev() {
        let other = random.rand_range(0..u64::from(number(at)) + 1);
        values.swap(at, usize::try_from(other).expect("it is at most `at`"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_of_different_numbers_and_the_same_for_a_seed() {
        let drawn = without_replacement(50, 20, 7);
        assert_eq!(drawn.len(), 20);
        assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]) && drawn[19] < 50);
        assert_eq!(drawn, without_replacement(50, 20, 7));
        assert_ne!(drawn, without_replacement(50, 20, 8));
        assert_eq!(without_replacement(3, 9, 1), [0, 1, 2]);
    }
}
