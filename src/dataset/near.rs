//! Names that are near a text which names nobody: candidates by shared letters, and how alike they are.

use rustc_hash::FxHashMap;

use super::{column::number, fold::is_han};

/// How many entries of the lists of names are looked at, rarest letters first; the rarest list always is.
const MOST_ENTRIES: usize = 12_000;

/// How many candidates are compared letter by letter.
const MOST_CANDIDATES: usize = 128;

/// Which keys hold which pairs of letters, and which Han characters.
///
/// A Han name of two characters has one pair, and one wrong character breaks it: single characters count too.
#[derive(Clone, Debug, Default)]
pub(super) struct Grams {
    keys: Vec<Box<str>>,
    holders: FxHashMap<(char, char), Vec<u32>>,
}

impl Grams {
    /// The pairs of letters of some keys.
    ///
    /// # Complexity
    /// Time and space O(n), for n letters.
    pub(super) fn of<'k>(keys: impl Iterator<Item = &'k str>) -> Self {
        let mut grams = Self::default();
        for key in keys {
            let at = number(grams.keys.len());
            for gram in grams_of(key) {
                grams.holders.entry(gram).or_default().push(at);
            }
            grams.keys.push(key.into());
        }
        grams
    }

    /// The keys that hold a text, in their order: those that have its rarest pair of letters are looked at.
    pub(super) fn holding<'g>(&'g self, text: &'g str) -> impl Iterator<Item = &'g str> {
        let letters: Vec<char> = text.chars().collect();
        let of_pair = |pair: &[char]| self.holders.get(&(pair[0], pair[1])).map_or(&[][..], Vec::as_slice);
        let rarest = letters.windows(2).map(of_pair).min_by_key(|list| list.len());
        let all = if rarest.is_none() { 0..number(self.keys.len()) } else { 0..0 };
        let candidates = rarest.unwrap_or_default().iter().copied().chain(all);
        candidates.map(|at| self.keys[at as usize].as_ref()).filter(move |key: &&str| key.contains(text))
    }

    /// The keys that share most with a key, in their order.
    pub(super) fn candidates(&self, key: &str) -> impl Iterator<Item = &str> {
        let mut lists: Vec<&[u32]> =
            grams_of(key).iter().filter_map(|gram| self.holders.get(gram)).map(Vec::as_slice).collect();
        lists.sort_by_key(|list| list.len());
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        let mut entries = 0;
        for list in lists {
            if entries > 0 && entries + list.len() > MOST_ENTRIES {
                break;
            }
            entries += list.len();
            for at in list {
                *shared.entry(*at).or_default() += 1;
            }
        }
        let length = key.chars().count();
        let mut ranked: Vec<(u32, usize, u32)> = shared
            .into_iter()
            .map(|(at, count)| {
                let other = self.keys[at as usize].chars().count();
                (u32::MAX - count, other.abs_diff(length), at)
            })
            .collect();
        if ranked.len() > MOST_CANDIDATES {
            ranked.select_nth_unstable(MOST_CANDIDATES);
            ranked.truncate(MOST_CANDIDATES);
        }
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, _, at)| self.keys[at as usize].as_ref())
    }
}

/// The pairs of letters of a key, with its two ends, and its Han characters; each once.
fn grams_of(key: &str) -> Vec<(char, char)> {
    const END: char = '\0';
    let letters: Vec<char> = [END].into_iter().chain(key.chars()).chain([END]).collect();
    let mut grams: Vec<(char, char)> = letters.windows(2).map(|pair| (pair[0], pair[1])).collect();
    grams.extend(key.chars().filter(|letter| is_han(*letter)).map(|letter| (letter, letter)));
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// How alike two folded names are, from 0 to 1.
///
/// Han names are short and have no letters to swap: what counts is how many characters they share.
pub(super) fn similarity(a: &str, b: &str) -> f64 {
    if a.chars().any(is_han) || b.chars().any(is_han) {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let shared = a.iter().filter(|c| b.contains(c)).count();
        return ratio(2 * shared, a.len() + b.len());
    }
    let whole = strsim::normalized_damerau_levenshtein(a, b);
    // The beginning of a longer name: `mongol` for `mongolian people's republic` is near, but less so.
    let starts = a.chars().count() >= 4 && b.starts_with(a);
    if starts { whole.max(0.75) } else { whole }
}

fn ratio(part: usize, whole: usize) -> f64 {
    f64::from(number(part)) / f64::from(number(whole.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_name_of_two_han_characters_still_finds_it() {
        let keys = ["蒙古", "越南", "古巴"].map(str::to_owned);
        let grams = Grams::of(keys.iter().map(String::as_str));
        assert_eq!(grams.candidates("蒙占").collect::<Vec<_>>(), ["蒙古"]);
    }

    #[test]
    fn most_shared_letters_come_first() {
        let keys = ["mongolia", "montenegro", "uruguay"].map(str::to_owned);
        let grams = Grams::of(keys.iter().map(String::as_str));
        assert_eq!(grams.candidates("mongolai").next(), Some("mongolia"));
    }
}
