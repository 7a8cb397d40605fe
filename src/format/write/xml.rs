//! Text as XML holds it.

/// Whether XML 1.0 has every character of a text.
pub(super) fn is_legal(text: &str) -> bool {
    let suspect = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') || *byte == 0xef;
    !text.as_bytes().iter().any(suspect) || text.chars().all(is_char)
}

fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// JSON with the characters that XML does not have as `\uXXXX`; they can stand only in its strings.
pub(super) fn escaped_json(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_char(c) {
            text.push(c);
        } else {
            text.push_str(&format!("\\u{:04x}", u32::from(c)));
        }
    }
    text
}

/// Adds a text as content or as the value of an attribute in double quotes: a reader gets it back as it is, line
/// breaks included. What XML does not have becomes U+FFFD.
pub(super) fn push(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\t' => "&#9;",
            b'\n' => "&#10;",
            b'\r' => "&#13;",
            0..0x20 => "\u{fffd}",
            // U+FFFE and U+FFFF.
            0xef if matches!(text.as_bytes().get(at + 1..at + 3), Some([0xbf, 0xbe | 0xbf])) => {
                out.push_str(&text[from..at]);
                out.push('\u{fffd}');
                from = at + 3;
                continue;
            }
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escape);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Adds ` name="value"`.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push(out, value);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_does_not_have_is_told() {
        assert!(is_legal("蒙古 \u{ef}\u{fffd}\r\n") && !is_legal("a\u{1}") && !is_legal("\u{ffff}"));
        assert_eq!(escaped_json("\"\u{ffff}\""), "\"\\uffff\"");
        let mut text = String::new();
        push(&mut text, "<\"蒙\u{fffe}古\"\n&>");
        assert_eq!(text, "&lt;&quot;蒙\u{fffd}古&quot;&#10;&amp;&gt;");
    }
}
