//! Sorts what has a text, by the first bytes of it where these tell.

use std::cmp::Ordering;

use super::column::{Texts, number};

/// The first bytes of a text as a number that sorts as they do.
pub(super) fn first_bytes(text: &str) -> u64 {
    let mut first = [0; 8];
    let length = text.len().min(8);
    first[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(first)
}

/// The numbers below a count in the order of the texts that they have, then by `then`; equals stay in theirs.
fn ordered<'t>(
    count: usize,
    text: impl Fn(usize) -> &'t str,
    then: impl Fn(usize, usize) -> Ordering,
) -> Vec<u32> {
    let mut keys: Vec<(u64, u32)> = (0..count).map(|at| (first_bytes(text(at)), number(at))).collect();
    keys.sort_unstable_by(|(a, left), (b, right)| {
        let [one, other] = [left, right].map(|at| *at as usize);
        let texts = || text(one).cmp(text(other)).then_with(|| then(one, other));
        a.cmp(b).then_with(texts).then(left.cmp(right))
    });
    keys.into_iter().map(|(_, at)| at).collect()
}

/// The rows of texts in the order of these; those of equal ones stay in theirs.
///
/// # Complexity
/// Time O(n log n), space O(n), for n texts.
pub(super) fn order_of(texts: &Texts) -> Vec<u32> {
    ordered(texts.len(), |row| texts.get(number(row)), |_, _| Ordering::Equal)
}

/// Sorts values by a text of each, then by `then`; equals stay in their order.
///
/// Values are moved at most twice, where they are, and most pairs are told apart by the first bytes of their texts, without
/// looking at them.
///
/// # Complexity
/// Time O(n log n), space O(n) of 16 bytes, for n values.
pub(super) fn sort_by_text<'t, T>(
    values: &mut [T],
    text: impl Fn(&T) -> &'t str,
    then: impl Fn(&T, &T) -> Ordering,
) {
    let order = |a: &T, b: &T| text(a).cmp(text(b)).then_with(|| then(a, b));
    if values.is_sorted_by(|a, b| order(a, b).is_le()) {
        return;
    }
    let all = &*values;
    let mut sources = ordered(all.len(), |at| text(&all[at]), |a, b| then(&all[a], &all[b]));
    // Along each ring of places that take the value of the next.
    for start in 0..sources.len() {
        let mut at = start;
        loop {
            let next = sources[at] as usize;
            sources[at] = number(at);
            if next == start || next == at {
                break;
            }
            values.swap(at, next);
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_sorted_as_their_texts_are() {
        let mut values =
            [("b", 1), ("longer than eight", 2), ("b", 0), ("longer than", 3), ("b", 1), ("", 9)].to_vec();
        let mut expected = values.clone();
        expected.sort_unstable();
        sort_by_text(&mut values, |(text, _)| *text, |a, b| a.1.cmp(&b.1));
        assert_eq!(values, expected);
    }

    #[test]
    fn each_value_comes_to_its_place_along_rings_of_any_length() {
        for count in [0_u64, 1, 2, 3, 10, 997] {
            let texts: Vec<String> = (0..count).map(|at| format!("{}", at * 7_919 % 101)).collect();
            let mut values: Vec<(&str, u64)> =
                texts.iter().map(String::as_str).zip((0..count).map(|at| at * 31 % 997)).collect();
            let mut expected = values.clone();
            expected.sort_unstable();
            sort_by_text(&mut values, |(text, _)| *text, |a, b| a.1.cmp(&b.1));
            assert_eq!(values, expected);
        }
    }
}
