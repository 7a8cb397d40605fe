//! How wide a character is, as a share of the font's size.
//!
//! The numbers are the wider of the advances of Noto Sans and `DejaVu` Sans, weight by weight
//! (`fonts/make.py` writes them): what fits in them fits in the fonts of PNG and PDF, and in Helvetica
//! and Arial. Han, Kana and Hangul fill a square in every font.

use unicode_width::UnicodeWidthChar;

/// For each range a `u16` a character, in thousandths of an em: first all plain ones, then all bold.
const TABLE: &[u8] = include_bytes!("../../fonts/widths.bin");
/// First and last code of each range in the table.
const RANGES: [(usize, usize); 6] =
    [(0x20, 0x7e), (0xa0, 0x2ff), (0x370, 0x52f), (0x1e00, 0x1eff), (0x2000, 0x20bf), (0x2100, 0x214f)];

/// The advance width of `c` in thousandths of an em.
pub(super) fn advance(c: char, is_bold: bool) -> u16 {
    if c.width().unwrap_or(0) == 0 {
        return 0;
    }
    if let Some(width) = measured(c, is_bold) {
        // Signs such as ℉ are squares in fonts for Han.
        return if ('\u{2100}'..='\u{214f}').contains(&c) { width.max(1000) } else { width };
    }
    match (c.width(), c) {
        // Emoji are drawn wider than the square of their font.
        (Some(2), '\u{1f000}'..='\u{1ffff}') => 1350,
        (Some(2), _) | (_, '\u{2000}'..='\u{303f}' | '\u{ff61}'..='\u{ffdc}') => 1000,
        (_, _) => 720,
    }
}

/// What the table says.
fn measured(c: char, is_bold: bool) -> Option<u16> {
    let code = c as usize;
    let mut at = if is_bold { TABLE.len() / 2 } else { 0 };
    for (first, last) in RANGES {
        if (first..=last).contains(&code) {
            let bytes = TABLE.get(at + 2 * (code - first)..)?.first_chunk()?;
            return Some(u16::from_le_bytes(*bytes)).filter(|width| *width > 0);
        }
        at += 2 * (last + 1 - first);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_as_long_as_its_ranges() {
        let count: usize = RANGES.iter().map(|(first, last)| last + 1 - first).sum();
        assert_eq!(TABLE.len(), 4 * count);
        assert_eq!((advance('M', false), advance('國', true), advance('\u{301}', false)), (907, 1000, 0));
        assert!(advance('M', true) > advance('M', false));
    }
}
