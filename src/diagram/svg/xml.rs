//! Writing XML: escapes, numbers, elements.

use crate::diagram::text::{Face, clean};
use crate::diagram::theme::Colour;
use std::fmt::Write as _;

/// Text as it may be read in XML, in an element or in an attribute: without control characters, with
/// spaces for line breaks.
pub(in crate::diagram) fn escape(text: &str) -> String {
    data(&clean(text))
}

/// Ids in one attribute, separated by spaces; what would end one is percent-encoded.
pub(in crate::diagram) fn id_list<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for id in ids {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in id.chars() {
            if c == '%' || c.is_whitespace() || c.is_control() {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            } else {
                out.push(c);
            }
        }
    }
    data(&out)
}

/// Data as it may stand in XML, exactly but for the control characters that XML cannot hold.
pub(in crate::diagram) fn data(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A number with at most one decimal, and no minus before zero.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// How a line of text is drawn.
#[derive(Clone, Copy)]
pub(super) struct Ink {
    pub(super) face: Face,
    pub(super) colour: Colour,
    pub(super) centred: bool,
}

/// Appends one line of text, unless it is empty; `y` is its baseline.
pub(super) fn text(out: &mut String, x: f64, y: f64, ink: Ink, words: &str) {
    anchored(out, (x, y), ink, if ink.centred { " text-anchor=\"middle\"" } else { "" }, words);
}

/// Appends one line of text that ends at `x`, unless it is empty.
pub(super) fn text_before(out: &mut String, x: f64, y: f64, ink: Ink, words: &str) {
    anchored(out, (x, y), ink, " text-anchor=\"end\"", words);
}

fn anchored(out: &mut String, (x, y): (f64, f64), ink: Ink, anchor: &str, words: &str) {
    if words.is_empty() {
        return;
    }
    let weight = if ink.face.bold { " font-weight=\"bold\"" } else { "" };
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{weight}{anchor}>{}</text>",
        number(x),
        number(y),
        number(ink.face.size),
        ink.colour,
        escape(words)
    );
}

/// Appends one line of text that runs upwards from its beginning; `x` is its baseline.
pub(super) fn text_upwards(out: &mut String, x: f64, y: f64, ink: Ink, words: &str) {
    let _ = writeln!(
        out,
        "<text transform=\"translate({} {}) rotate(-90)\" font-size=\"{}\" fill=\"{}\">{}</text>",
        number(x),
        number(y),
        number(ink.face.size),
        ink.colour,
        escape(words)
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_one_decimal_at_most_and_no_negative_zero() {
        assert_eq!(number(1.25), "1.2");
        assert_eq!(number(-0.04), "0");
        assert_eq!(number(3.0), "3");
    }

    proptest! {
        #[test]
        fn what_is_escaped_reads_back(text in "\\PC{0,60}") {
            let element = format!("<a b=\"{0}\">{0}</a>", escape(&text));
            let document = roxmltree::Document::parse(&element).unwrap();
            let root = document.root_element();
            prop_assert_eq!(root.text().unwrap_or_default(), clean(&text));
            prop_assert_eq!(root.attribute("b").unwrap(), clean(&text));
        }
    }
}
