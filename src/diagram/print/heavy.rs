//! Bold characters that no bold font has: Han, Hangul and Kana, whose cut here is regular, get a stroke of
//! their own colour.
//!
//! A bold cut would add two megabytes to the program for the few lines that are bold.

use std::borrow::Cow;

/// How wide the stroke is, in ems: half of it lies outside the letter, on either side of each stem.
const STROKE: f64 = 0.032;

/// The picture with what is bold and square marked to be stroked. One element stands on each line, as our writers
/// put it; what is written otherwise stays as it is.
pub(super) fn thickened(svg: &str) -> Cow<'_, str> {
    let is_heavy = |line: &str| line.contains(" font-weight=\"bold\"") && line.contains(is_square);
    if !svg.lines().any(is_heavy) {
        return Cow::Borrowed(svg);
    }
    let mut out = String::with_capacity(svg.len() + 1024);
    for line in svg.split_inclusive('\n') {
        match marked(line).filter(|_| is_heavy(line)) {
            Some(marked) => out.push_str(&marked),
            None => out.push_str(line),
        }
    }
    Cow::Owned(out)
}

/// A line with its square characters in spans of their own.
fn marked(line: &str) -> Option<String> {
    let rest = line.strip_prefix("<text ")?;
    let (tag, words) = rest.split_once('>')?;
    let (words, end) = words.split_once("</text>")?;
    let attribute = |name: &str| tag.split_once(name)?.1.split('"').next();
    let colour = attribute(" fill=\"")?;
    let size: f64 = attribute(" font-size=\"")?.parse().ok()?;
    let mut out = format!("<text {tag}>");
    let mut is_open = false;
    for c in words.chars() {
        if is_square(c) != is_open {
            is_open = !is_open;
            out.push_str(&if is_open {
                format!("<tspan stroke=\"{colour}\" stroke-width=\"{:.2}\">", STROKE * size)
            } else {
                "</tspan>".to_owned()
            });
        }
        out.push(c);
    }
    if is_open {
        out.push_str("</tspan>");
    }
    out.push_str("</text>");
    out.push_str(end);
    Some(out)
}

/// Whether a character is set from the font of squares.
fn is_square(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{ff01}'..='\u{ffee}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_squares_are_stroked_and_nothing_else() {
        let bold = "<text x=\"1\" y=\"2\" font-size=\"20\" fill=\"#102030\" font-weight=\"bold\">a蒙古 &amp; b國</text>\n";
        let plain = "<text x=\"1\" y=\"2\" font-size=\"20\" fill=\"#102030\">蒙古</text>\n";
        let stroked =
            |words: &str| format!("<tspan stroke=\"#102030\" stroke-width=\"0.64\">{words}</tspan>");
        let wanted = bold.replace("蒙古", &stroked("蒙古")).replace('國', &stroked("國"));
        assert_eq!(thickened(&format!("{plain}{bold}")), format!("{plain}{wanted}"));
        assert!(matches!(thickened(plain), Cow::Borrowed(_)));
    }
}
