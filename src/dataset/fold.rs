//! The key under which a name is found, whatever its script, case or separators.
//!
//! A fold is a key and never shown: the name stays as it is.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

/// Each Han character that folds, and the one that it becomes, a line each, sorted; `gazetteer/han/make.py` makes it.
pub(super) const SIMPLIFIED: &str = include_str!("../../gazetteer/han/simplified.txt");

/// Folds width and compatibility forms (NFKC), case, Latin diacritics, Traditional, Simplified and Japanese
/// Han, and drops separators.
///
/// Han folds character by character, so that both forms of a name have one key whatever words they are part of.
///
/// ```
/// use chancery::dataset::fold;
/// assert_eq!(fold("Ａndré-Léon"), fold("andre leon"));
/// assert_eq!(fold("蒙古國"), fold("蒙古国"));
/// assert_eq!(fold("切·格瓦拉"), fold("切 格瓦拉"));
/// ```
pub fn fold(text: &str) -> String {
    let folded: String = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        let plain: String = text.nfkc().collect::<String>().to_lowercase();
        plain.nfd().filter(|c| !is_diacritic(*c)).nfc().collect()
    };
    let kept: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    let key = if kept.chars().any(is_han) { kept.chars().map(simplified).collect() } else { kept };
    // A name made of separators alone still needs a key.
    if key.is_empty() { folded } else { key }
}

fn is_diacritic(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether a character is a Han ideograph.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn simplified(c: char) -> char {
    static PAIRS: OnceLock<Vec<(char, char)>> = OnceLock::new();
    let pairs = PAIRS.get_or_init(|| {
        let pair = |line: &str| {
            let mut chars = line.chars();
            Some((chars.next()?, chars.next()?))
        };
        SIMPLIFIED.lines().filter_map(pair).collect()
    });
    pairs.binary_search_by_key(&c, |(from, _)| *from).map_or(c, |at| pairs[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_of_one_name_fold_alike() {
        assert_eq!(fold("大韓民國"), fold("大韩民国"));
        assert_eq!(fold("臺灣"), fold("台湾"));
        assert_eq!(fold("黒沢"), fold("黑澤"));
        assert_eq!(fold("ＭＮＧ"), "mng");
        assert_eq!(fold("Ulaan-Baatar"), fold("ulaanbaatar"));
        assert_eq!(fold("대한민국"), "대한민국");
        assert_eq!(fold("Монгол Улс"), fold("монголулс"));
    }

    #[test]
    fn every_pair_is_sorted_and_folds_once() {
        let lines: Vec<Vec<char>> = SIMPLIFIED.lines().map(|line| line.chars().collect()).collect();
        assert!(lines.iter().all(|line| line.len() == 2 && line.iter().all(|c| is_han(*c))));
        assert!(lines.is_sorted_by(|a, b| a[0] < b[0]));
        assert!(lines.iter().all(|line| simplified(line[1]) == line[1] && simplified(line[0]) == line[1]));
    }

    #[test]
    fn a_name_of_separators_keeps_a_key() {
        assert_eq!(fold("---"), "---");
    }
}
