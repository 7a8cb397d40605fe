//! From the bytes of a file, unpacked, to text: the encoding found.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file, and what was assumed to read it.
///
/// A byte order mark says UTF-8 or UTF-16. Without one the text is UTF-8, or, where it cannot be,
/// Windows-1252, which is said. A lone carriage return ends a line: it becomes a line feed, so that lines
/// can be counted. Characters that an encoding does not have are never replaced in silence.
pub(super) fn decode(bytes: Vec<u8>) -> (String, Option<String>) {
    let (text, note) = decoded(bytes);
    (lines(text), note)
}

/// Puts line feeds where carriage returns end lines alone.
fn lines(text: String) -> String {
    let lone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !text.match_indices('\r').any(|(at, _)| lone(at)) {
        return text;
    }
    let mut mended = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        mended.push(if c == '\r' && lone(at) { '\n' } else { c });
    }
    mended
}

fn decoded(bytes: Vec<u8>) -> (String, Option<String>) {
    let wide: Option<&'static Encoding> = match bytes.as_slice() {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = wide {
        let (text, _, broken) = encoding.decode(&bytes);
        let note = broken.then(|| format!("{} with broken characters, shown as U+FFFD", encoding.name()));
        return (text.into_owned(), note);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let (text, _, _) = WINDOWS_1252.decode(error.as_bytes());
            (text.into_owned(), Some("not UTF-8: read as Windows-1252".to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_found_and_said() {
        let read = |bytes: &[u8]| decode(bytes.to_vec());
        assert_eq!(read("蒙古".as_bytes()), ("蒙古".to_owned(), None));
        assert_eq!(read(&[0xff, 0xfe, 0x99, 0x84]).0, "蒙");
        let (text, note) = read(b"C\xf4te d\x92Ivoire");
        assert_eq!((text.as_str(), note.is_some()), ("Côte d’Ivoire", true));
        assert_eq!(read(b"a\rb\r\nc\n").0, "a\nb\r\nc\n");
    }
}
