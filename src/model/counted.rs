//! How many of what, in English.

use std::fmt::Display;

/// `1 pair`, `2 pairs`.
pub(crate) fn counted<N: Copy + Display + From<u8> + PartialEq>(count: N, what: &str) -> String {
    counted_as(count, what, &format!("{what}s"))
}

/// `1 row is`, `2 rows are`.
pub(crate) fn counted_as<N: Copy + Display + From<u8> + PartialEq>(
    count: N,
    one: &str,
    many: &str,
) -> String {
    format!("{count} {}", if count == N::from(1) { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_told_as_one() {
        assert_eq!([0_u64, 1, 2].map(|count| counted(count, "pair")), ["0 pairs", "1 pair", "2 pairs"]);
        assert_eq!(
            [1, 2].map(|count: usize| counted_as(count, "row is", "rows are")),
            ["1 row is", "2 rows are"]
        );
    }
}
