//! Measuring and breaking text.
//!
//! Widths come from a table of the widest usual sans faces, so that a label fits in any of them.

use super::widths::advance;
use unicode_width::UnicodeWidthChar;

/// A size and weight of type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Face {
    /// The size in pixels.
    pub(super) size: f64,
    /// Whether it is bold, hence wider.
    pub(super) bold: bool,
}

impl Face {
    /// Upright type of a size.
    pub(super) const fn plain(size: f64) -> Self {
        Self { size, bold: false }
    }

    /// Bold type of a size.
    pub(super) const fn bold(size: f64) -> Self {
        Self { size, bold: true }
    }

    /// From one line to the next.
    pub(super) fn leading(self) -> f64 {
        (self.size * 1.3).round()
    }

    /// How wide `text` is on one line.
    pub(super) fn width(self, text: &str) -> f64 {
        let units: u32 = text.chars().map(|c| u32::from(advance(c, self.bold))).sum();
        f64::from(units) / 1000.0 * self.size
    }

    /// Breaks `text` into lines no wider than `limit`: at spaces, between Han characters, and inside a
    /// word only where the word alone is too long. Nothing is dropped but the space at a break.
    pub(super) fn wrap(self, text: &str, limit: f64) -> Vec<String> {
        let text = clean(text);
        let mut lines = Vec::new();
        let mut line = String::new();
        for piece in pieces(&text) {
            if self.width(&line) + self.width(piece.trim_end()) <= limit {
                line.push_str(piece);
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in piece.chars() {
                let full = self.width(&line) + self.width(c.encode_utf8(&mut [0; 4])) > limit;
                if full && !line.is_empty() && c.width() > Some(0) && c != ' ' {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(c);
            }
        }
        lines.push(line);
        for line in &mut lines {
            line.truncate(line.trim_end().len());
        }
        lines.retain(|line| !line.is_empty());
        lines
    }
}

/// The text as it can be drawn: spaces for line breaks and tabs, one at a time; no control characters.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() && c != '\u{a0}' {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    close_directions(&mut out);
    out
}

/// Closes what the text opens of right-to-left embeddings and isolates, so that a name turns itself
/// around at most, never the date or the source number after it.
fn close_directions(text: &mut String) {
    const POP: char = '\u{202c}';
    const POP_ISOLATE: char = '\u{2069}';
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push(POP),
            '\u{2066}'..='\u{2068}' => open.push(POP_ISOLATE),
            POP if open.last() == Some(&POP) => {
                open.pop();
            }
            POP_ISOLATE => {
                if let Some(at) = open.iter().rposition(|&close| close == POP_ISOLATE) {
                    open.truncate(at);
                }
            }
            _ => {}
        }
    }
    text.extend(open.into_iter().rev());
}

/// The parts between which a line may be broken, each with the space that follows it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    // The two characters before, of which a word has none at its beginning.
    let (mut first, mut before): (Option<char>, Option<char>) = (None, None);
    for (at, c) in text.char_indices() {
        // An option of a command line stays whole: `--status`.
        let is_option = before == Some('-') && first.is_none_or(|c| matches!(c, '-' | ' ' | '`'));
        if let Some(b) = before
            && may_break(b, c)
            && !is_option
        {
            pieces.push(&text[start..at]);
            start = at;
        }
        (first, before) = (before, Some(c));
    }
    pieces.push(&text[start..]);
    pieces
}

/// Whether a line may end between two characters.
fn may_break(before: char, after: char) -> bool {
    const NO_START: &str = "、。，．：；！？）］｝〉》」』】〕・ー…—·,.:;!?)]}%";
    const NO_END: &str = "（［｛〈《「『【〔([{";
    if after == ' ' || after.width().unwrap_or(0) == 0 || NO_START.contains(after) || NO_END.contains(before)
    {
        return false;
    }
    // Dates stay whole.
    if before == '-' && after.is_ascii_digit() {
        return false;
    }
    // Hangul is written with spaces and breaks at them, as Latin does.
    let square = |c: char| {
        c.width() == Some(2)
            && !('\u{1100}'..='\u{11ff}').contains(&c)
            && !('\u{ac00}'..='\u{d7a3}').contains(&c)
    };
    before == ' ' || matches!(before, '-' | '–' | '/') || square(before) || square(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FACE: Face = Face::plain(10.0);

    #[test]
    fn a_han_character_is_a_square() {
        assert!((FACE.width("蒙古國") - 30.0).abs() < 0.5);
    }

    #[test]
    fn han_breaks_anywhere_but_not_before_a_full_stop() {
        assert_eq!(FACE.wrap("大韓民國外交部。", 31.0), ["大韓民", "國外交", "部。"]);
    }

    #[test]
    fn latin_breaks_at_spaces() {
        assert_eq!(FACE.wrap("Ministry of Foreign Affairs", 70.0), ["Ministry of", "Foreign", "Affairs"]);
    }

    #[test]
    fn an_option_stays_whole_and_a_word_of_two_parts_does_not() {
        assert_eq!(FACE.wrap("ties --status absent", 50.0), ["ties", "--status", "absent"]);
        assert_eq!(FACE.wrap("consulate-general", 60.0), ["consulate-", "general"]);
    }

    #[test]
    fn control_characters_and_line_breaks_are_no_text() {
        assert_eq!(clean("  a\u{0}\nb\t\r\n c\u{7}  "), "a b c");
    }

    #[test]
    fn a_name_that_turns_the_writing_around_turns_only_itself() {
        assert_eq!(clean("\u{202e}abc"), "\u{202e}abc\u{202c}");
        assert_eq!(clean("\u{2067}a\u{202b}b"), "\u{2067}a\u{202b}b\u{202c}\u{2069}");
        assert_eq!(clean(&clean("\u{202e}abc")), clean("\u{202e}abc"));
    }

    proptest! {
        #[test]
        fn wrapping_keeps_every_character_but_spaces(text in "\\PC{0,80}", limit in 5.0f64..200.0) {
            let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let lines = FACE.wrap(&text, limit);
            prop_assert_eq!(solid(&lines.concat()), solid(&clean(&text)));
        }

        #[test]
        fn a_line_is_no_wider_than_the_limit(text in "[a-z蒙古 ]{0,80}", limit in 20.0f64..200.0) {
            for line in FACE.wrap(&text, limit) {
                prop_assert!(FACE.width(&line) <= limit + 1e-6, "{line}");
            }
        }
    }
}
