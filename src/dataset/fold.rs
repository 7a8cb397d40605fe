//! The key under which a name is found, whatever its script, case or separators.
//!
//! A fold is a key and never shown: the name stays as it is.

use std::sync::OnceLock;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use unicode_normalization::UnicodeNormalization;

/// Folds width and compatibility forms (NFKC), case, Latin diacritics, Traditional and Simplified
/// Han, and drops separators.
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
    let key = if kept.chars().any(is_han) { simplified(&kept) } else { kept };
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

fn simplified(text: &str) -> String {
    static CONVERTER: OnceLock<Option<OpenCC>> = OnceLock::new();
    match CONVERTER.get_or_init(|| OpenCC::from_config(BuiltinConfig::T2s).ok()) {
        Some(converter) => converter.convert(text),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_of_one_name_fold_alike() {
        assert_eq!(fold("大韓民國"), fold("大韩民国"));
        assert_eq!(fold("ＭＮＧ"), "mng");
        assert_eq!(fold("Ulaan-Baatar"), fold("ulaanbaatar"));
        assert_eq!(fold("대한민국"), "대한민국");
        assert_eq!(fold("Монгол Улс"), fold("монголулс"));
    }

    #[test]
    fn a_name_of_separators_keeps_a_key() {
        assert_eq!(fold("---"), "---");
    }
}
