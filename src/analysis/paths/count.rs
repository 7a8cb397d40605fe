//! Exact numbers of paths, however many there are.

use std::fmt;

use num_bigint::BigUint;
use serde::{Serialize, Serializer};

/// The largest whole number that every JSON reader keeps exact.
const SAFE_INTEGER: u64 = (1 << 53) - 1;

/// An exact number of paths.
///
/// In JSON a number, or a string of digits above 2⁵³ − 1, where readers would round.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(BigUint);

impl Count {
    /// The share that `self` is of `whole`, from 0 to 1; 0 when there is no whole.
    pub fn share_of(&self, whole: &Self) -> f64 {
        if whole.0 == BigUint::ZERO {
            return 0.0;
        }
        if let (Ok(part), Ok(whole)) = (u32::try_from(&self.0), u32::try_from(&whole.0)) {
            return f64::from(part) / f64::from(whole);
        }
        // Nine digits of the quotient, so that numbers beyond the range of a float still divide.
        let scaled = (&self.0 * BigUint::from(1_000_000_000_u32)) / &whole.0;
        u32::try_from(scaled).map_or(1.0, |digits| f64::from(digits) / 1e9)
    }

    /// The product of two numbers.
    pub(super) fn times(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0)
    }

    /// The number as a machine word, when it fits.
    pub fn to_u64(&self) -> Option<u64> {
        u64::try_from(&self.0).ok()
    }
}

impl From<BigUint> for Count {
    fn from(number: BigUint) -> Self {
        Self(number)
    }
}

impl From<u64> for Count {
    fn from(number: u64) -> Self {
        Self(number.into())
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_u64() {
            Some(number) if number <= SAFE_INTEGER => serializer.serialize_u64(number),
            _ => serializer.collect_str(&self.0),
        }
    }
}

/// A number that paths are counted in: machine words while they last.
pub(super) trait Number: Clone {
    /// One path.
    fn one() -> Self;
    /// The sum, unless it does not fit.
    fn plus(&self, other: &Self) -> Option<Self>;
    /// The number as an exact count.
    fn count(&self) -> Count;
}

impl Number for u64 {
    fn one() -> Self {
        1
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        self.checked_add(*other)
    }

    fn count(&self) -> Count {
        Count::from(*self)
    }
}

impl Number for BigUint {
    fn one() -> Self {
        Self::from(1_u32)
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        Some(self + other)
    }

    fn count(&self) -> Count {
        Count(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_beyond_json_is_a_string() {
        assert_eq!(serde_json::to_string(&Count::from(SAFE_INTEGER)).unwrap(), "9007199254740991");
        assert_eq!(serde_json::to_string(&Count::from(SAFE_INTEGER + 1)).unwrap(), "\"9007199254740992\"");
    }

    #[test]
    fn shares_of_huge_counts_are_right_to_nine_digits() {
        let huge = Count(BigUint::from(10_u32).pow(400));
        let quarter = Count(BigUint::from(10_u32).pow(400) / 4_u32);
        assert!((quarter.share_of(&huge) - 0.25).abs() < 1e-9);
        assert!((Count::from(1).share_of(&Count::from(3)) - 1.0 / 3.0).abs() < 1e-15);
    }
}
