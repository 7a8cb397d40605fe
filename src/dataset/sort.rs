//! Sorts what has a text, by the first bytes of it where these tell.

/// The first bytes of a text as a number that sorts as they do.
pub(super) fn first_bytes(text: &str) -> u64 {
    let mut first = [0; 8];
    let length = text.len().min(8);
    first[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(first)
}

/// Sorts values by a text of each, then by `then`; equals stay in their order.
///
/// Values are moved once, and most pairs are told apart by the first bytes of their texts, without looking at them.
///
/// # Complexity
/// Time O(n log n), space O(n), for n values.
pub(super) fn sort_by_text<T>(
    values: &mut Vec<T>,
    text: impl Fn(&T) -> &str,
    then: impl Fn(&T, &T) -> std::cmp::Ordering,
) {
    let order = |a: &T, b: &T| text(a).cmp(text(b)).then_with(|| then(a, b));
    if values.is_sorted_by(|a, b| order(a, b).is_le()) {
        return;
    }
    let mut keys: Vec<(u64, u32)> =
        values.iter().zip(0..).map(|(value, at)| (first_bytes(text(value)), at)).collect();
    keys.sort_unstable_by(|(a, left), (b, right)| {
        let values = || order(&values[*left as usize], &values[*right as usize]);
        a.cmp(b).then_with(values).then(left.cmp(right))
    });
    let mut moved: Vec<Option<T>> = std::mem::take(values).into_iter().map(Some).collect();
    let take = |(_, at): (u64, u32)| moved[at as usize].take().expect("each is taken once");
    values.extend(keys.into_iter().map(take));
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
        sort_by_text(&mut values, |(text, _)| text, |a, b| a.1.cmp(&b.1));
        assert_eq!(values, expected);
    }
}
