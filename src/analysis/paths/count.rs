//! Exact numbers of paths, however many there are.

use std::fmt;

use num_bigint::BigUint;
use serde::{Serialize, Serializer};

/// The largest whole number that every JSON reader keeps exact.
const SAFE_INTEGER: u64 = (1 << 53) - 1;

/// An exact number of paths.
///
/// In JSON a number, or a string of digits above 2⁵³ − 1, where readers would round.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(Size);

/// A big number is always one that a word does not hold, so that equal numbers are equal values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Size {
    Word(u64),
    Big(BigUint),
}

impl Count {
    /// The share that `self` is of `whole`, from 0 to 1; 0 when there is no whole.
    pub fn share_of(&self, whole: &Self) -> f64 {
        if let (Size::Word(part), Size::Word(whole)) = (&self.0, &whole.0)
            && let (Ok(part), Ok(whole)) = (u32::try_from(*part), u32::try_from(*whole))
        {
            return if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) };
        }
        // Nine digits of the quotient, so that numbers beyond the range of a float still divide.
        let scaled = (self.to_big() * BigUint::from(1_000_000_000_u32)) / whole.to_big();
        u32::try_from(scaled).map_or(1.0, |digits| f64::from(digits) / 1e9)
    }

    /// The product of two numbers.
    pub(super) fn times(&self, other: &Self) -> Self {
        if let (Size::Word(x), Size::Word(y)) = (&self.0, &other.0)
            && let Some(product) = x.checked_mul(*y)
        {
            return Self::from(product);
        }
        Self::from(self.to_big() * other.to_big())
    }

    /// Adds another number.
    fn add(&mut self, other: &Self) {
        let sum = match (&mut self.0, &other.0) {
            (Size::Word(x), Size::Word(y)) => match x.checked_add(*y) {
                Some(sum) => Size::Word(sum),
                None => Size::Big(BigUint::from(*x) + *y),
            },
            (Size::Word(x), Size::Big(y)) => Size::Big(y + *x),
            (Size::Big(x), Size::Word(y)) => {
                *x += *y;
                return;
            }
            (Size::Big(x), Size::Big(y)) => {
                *x += y;
                return;
            }
        };
        self.0 = sum;
    }

    /// The number as a machine word, when it fits.
    pub fn to_u64(&self) -> Option<u64> {
        match &self.0 {
            Size::Word(number) => Some(*number),
            Size::Big(_) => None,
        }
    }

    fn to_big(&self) -> BigUint {
        match &self.0 {
            Size::Word(number) => BigUint::from(*number),
            Size::Big(number) => number.clone(),
        }
    }
}

impl Default for Count {
    fn default() -> Self {
        Self::from(0)
    }
}

impl From<BigUint> for Count {
    fn from(number: BigUint) -> Self {
        Self(u64::try_from(&number).map_or(Size::Big(number), Size::Word))
    }
}

impl From<u64> for Count {
    fn from(number: u64) -> Self {
        Self(Size::Word(number))
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Size::Word(number) => number.fmt(f),
            Size::Big(number) => number.fmt(f),
        }
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_u64() {
            Some(number) if number <= SAFE_INTEGER => serializer.serialize_u64(number),
            _ => serializer.collect_str(self),
        }
    }
}

/// There are more paths than the type of numbers counts.
pub(super) struct Overflow;

/// A number that paths are counted in: machine words while they last.
pub(super) trait Number: Clone {
    /// No path.
    fn zero() -> Self;
    /// One path.
    fn one() -> Self;
    /// Whether it is no path.
    fn is_zero(&self) -> bool;
    /// Adds another, unless the sum does not fit.
    fn add(&mut self, other: &Self) -> Result<(), Overflow>;
    /// The product, unless it does not fit.
    fn times(&self, other: &Self) -> Result<Self, Overflow>;
    /// The number as an exact count.
    fn count(&self) -> Count;
}

impl Number for u64 {
    fn zero() -> Self {
        0
    }

    fn one() -> Self {
        1
    }

    fn is_zero(&self) -> bool {
        *self == 0
    }

    fn add(&mut self, other: &Self) -> Result<(), Overflow> {
        *self = self.checked_add(*other).ok_or(Overflow)?;
        Ok(())
    }

    fn times(&self, other: &Self) -> Result<Self, Overflow> {
        self.checked_mul(*other).ok_or(Overflow)
    }

    fn count(&self) -> Count {
        Count::from(*self)
    }
}

impl Number for Count {
    fn zero() -> Self {
        Self::from(0)
    }

    fn one() -> Self {
        Self::from(1)
    }

    fn is_zero(&self) -> bool {
        self.to_u64() == Some(0)
    }

    fn add(&mut self, other: &Self) -> Result<(), Overflow> {
        Self::add(self, other);
        Ok(())
    }

    fn times(&self, other: &Self) -> Result<Self, Overflow> {
        Ok(self.times(other))
    }

    fn count(&self) -> Count {
        self.clone()
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
    fn sums_are_those_of_big_numbers() {
        let sizes = [BigUint::from(3_u32), BigUint::from(u64::MAX), BigUint::from(10_u32).pow(40)];
        for (x, y) in sizes.iter().flat_map(|x| sizes.iter().map(move |y| (x, y))) {
            let mut sum = Count::from(x.clone());
            sum.add(&Count::from(y.clone()));
            assert_eq!(sum, Count::from(x + y));
        }
    }

    #[test]
    fn shares_of_huge_counts_are_right_to_nine_digits() {
        let huge = Count::from(BigUint::from(10_u32).pow(400));
        let quarter = Count::from(BigUint::from(10_u32).pow(400) / 4_u32);
        assert!((quarter.share_of(&huge) - 0.25).abs() < 1e-9);
        assert!((Count::from(1).share_of(&Count::from(3)) - 1.0 / 3.0).abs() < 1e-15);
    }
}
