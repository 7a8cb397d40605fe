//! Steps through JSON of flat objects without taking it apart twice: keys and scalars as they stand in the text.
//!
//! It knows just enough of JSON to be strict about what it takes: whatever else comes is nothing, and for
//! `serde_json` to judge.

use std::borrow::Cow;

use serde_json::{Number, value::RawValue};

use crate::dataset::{FieldKey, content_hash};

/// A value without parts, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Scalar<'t> {
    /// A text without escapes.
    Text(&'t str),
    /// A text with escapes, with its quotes.
    Escaped(&'t str),
    /// A number.
    Number(&'t str),
    /// `true`, `false` or `null`.
    Word(&'t str),
}

impl<'t> Scalar<'t> {
    pub(super) fn is_text(self) -> bool {
        match self {
            Self::Text(_) | Self::Escaped(_) => true,
            Self::Number(_) | Self::Word(_) => false,
        }
    }

    /// What it says, if it is a text.
    pub(super) fn text(self) -> Option<Cow<'t, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Escaped(raw) => serde_json::from_str::<String>(raw).ok().map(Cow::Owned),
            Self::Number(_) | Self::Word(_) => None,
        }
    }

    /// The id that it is: a text, or a number as other programs write it.
    pub(super) fn id(self) -> Option<Cow<'t, str>> {
        match self {
            Self::Number(raw) => {
                let number = serde_json::from_str::<Number>(raw).ok()?.to_string();
                Some(if number == raw { Cow::Borrowed(raw) } else { Cow::Owned(number) })
            }
            Self::Text(_) | Self::Escaped(_) | Self::Word(_) => self.text(),
        }
    }

    /// The whole number that it is, if it is one of few digits.
    pub(super) fn whole(self) -> Option<u64> {
        match self {
            Self::Number(raw) => whole(raw),
            Self::Text(_) | Self::Escaped(_) | Self::Word(_) => None,
        }
    }

    /// What a field with this value adds to the content of its object.
    pub(super) fn field_hash(self, key: FieldKey) -> Option<u128> {
        Some(key.of(match self {
            Self::Text(text) => content_hash(&text),
            Self::Escaped(_) => content_hash(&self.text()?),
            Self::Number(raw) => match whole(raw) {
                Some(number) => content_hash(&number),
                None => content_hash(&serde_json::from_str::<Number>(raw).ok()?),
            },
            Self::Word("true") => content_hash(&true),
            Self::Word("false") => content_hash(&false),
            Self::Word(_) => content_hash(&()),
        }))
    }
}

/// The number that some digits are; nothing for other numbers, and for long ones.
fn whole(raw: &str) -> Option<u64> {
    if raw.len() > 18 || (raw.len() > 1 && raw.starts_with('0')) {
        return None;
    }
    raw.bytes()
        .try_fold(0_u64, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0')))
}

/// How far a string goes on in eight bytes: up to a quote, a backslash or a control character.
fn plain_count(bytes: [u8; 8]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let word = u64::from_le_bytes(bytes);
    // The highest bit of a byte is set where the byte is below the bound, or by a borrow from such a byte before it:
    // the first that is set is right.
    let below = |word: u64, bound: u64| word.wrapping_sub(ONES * bound) & !word & HIGH;
    let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    let found = below(word, 0x20) | is(b'"') | is(b'\\');
    found.trailing_zeros() as usize / 8
}

/// A place in a text.
pub(super) struct Flat<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Whether nothing came yet in the list or object that was opened last.
    is_first: bool,
}

impl<'t> Flat<'t> {
    pub(super) fn at(text: &'t str, at: usize) -> Self {
        Self { text, bytes: text.as_bytes(), at, is_first: false }
    }

    fn blanks(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        self.blanks();
        (*self.bytes.get(self.at)? == byte).then(|| self.at += 1)
    }

    /// Where the next value begins.
    pub(super) fn start(&mut self) -> usize {
        self.blanks();
        self.at
    }

    /// The text from a place up to this one.
    pub(super) fn since(&self, start: usize) -> &'t str {
        &self.text[start..self.at]
    }

    /// Steps into a list or an object.
    pub(super) fn open(&mut self, bracket: u8) -> Option<()> {
        self.take(bracket)?;
        self.is_first = true;
        Some(())
    }

    /// Whether another item or field comes; if not, steps out behind its bracket.
    fn has_next(&mut self, closing: u8) -> Option<bool> {
        self.blanks();
        let is_first = std::mem::replace(&mut self.is_first, false);
        if *self.bytes.get(self.at)? == closing {
            self.at += 1;
            return Some(false);
        }
        if !is_first {
            self.take(b',')?;
            self.blanks();
        }
        Some(true)
    }

    /// Whether another item of a list comes.
    pub(super) fn has_item(&mut self) -> Option<bool> {
        self.has_next(b']')
    }

    /// Whether another field of an object comes.
    pub(super) fn has_field(&mut self) -> Option<bool> {
        self.has_next(b'}')
    }

    /// The key of a field; keys with escapes are not taken.
    pub(super) fn key(&mut self) -> Option<&'t str> {
        let Scalar::Text(key) = self.string()? else { return None };
        self.take(b':')?;
        Some(key)
    }

    fn string(&mut self) -> Option<Scalar<'t>> {
        if *self.bytes.get(self.at)? != b'"' {
            return None;
        }
        let start = self.at;
        let mut at = start + 1;
        let mut is_escaped = false;
        loop {
            while let Some(next) = self.bytes.get(at..at + 8) {
                let plain = plain_count(next.try_into().expect("it is eight bytes"));
                at += plain;
                if plain < 8 {
                    break;
                }
            }
            match *self.bytes.get(at)? {
                b'"' => break,
                b'\\' => {
                    is_escaped = true;
                    at += 2;
                }
                0..0x20 => return None,
                _ => at += 1,
            }
        }
        self.at = at + 1;
        Some(if is_escaped {
            Scalar::Escaped(self.since(start))
        } else {
            Scalar::Text(&self.text[start + 1..at])
        })
    }

    /// A value that has no parts.
    pub(super) fn scalar(&mut self) -> Option<Scalar<'t>> {
        self.blanks();
        let start = self.at;
        match *self.bytes.get(start)? {
            b'"' => self.string(),
            b'-' | b'0'..=b'9' => {
                while matches!(self.bytes.get(self.at), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
                {
                    self.at += 1;
                }
                Some(Scalar::Number(self.since(start)))
            }
            _ => {
                let word = ["true", "false", "null"]
                    .into_iter()
                    .find(|word| self.text[start..].starts_with(word))?;
                self.at += word.len();
                Some(Scalar::Word(self.since(start)))
            }
        }
    }

    /// Steps over any value, and gives it as it stands.
    pub(super) fn skip(&mut self) -> Option<&'t str> {
        self.raw().map(RawValue::get)
    }

    /// Goes back to where a value of a list begins.
    pub(super) fn back_to(&mut self, start: usize) {
        (self.at, self.is_first) = (start, false);
    }

    /// Steps over any value, and gives it.
    pub(super) fn raw(&mut self) -> Option<&'t RawValue> {
        self.blanks();
        let mut values =
            serde_json::Deserializer::from_str(&self.text[self.at..]).into_iter::<&'t RawValue>();
        let raw = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(raw)
    }

    /// Whether nothing but blanks is left.
    pub(super) fn is_done(&mut self) -> bool {
        self.blanks();
        self.at == self.bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_come_as_they_are_written() {
        let mut flat = Flat::at(r#" {"a":"b" , "c" : -1.5e3,"d":"\u8499","e":null} "#, 0);
        flat.open(b'{').unwrap();
        let mut found = Vec::new();
        while flat.has_field().unwrap() {
            found.push((flat.key().unwrap(), flat.scalar().unwrap()));
        }
        let escaped = Scalar::Escaped("\"\\u8499\"");
        let all = [
            ("a", Scalar::Text("b")),
            ("c", Scalar::Number("-1.5e3")),
            ("d", escaped),
            ("e", Scalar::Word("null")),
        ];
        assert_eq!(found, all);
        assert_eq!(escaped.text().as_deref(), Some("蒙"));
        assert!(flat.is_done());
    }

    #[test]
    fn strings_end_where_they_end_whatever_stands_in_them() {
        let mut ends = 0;
        for length in 0..20 {
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    let mut body = vec![b'a'; length];
                    body[at] = byte;
                    let Ok(body) = String::from_utf8(body) else { continue };
                    let text = format!("\"{body}\" ");
                    let read = Flat::at(&text, 0).string();
                    let expected = serde_json::Deserializer::from_str(&text).into_iter::<&RawValue>().next();
                    match (byte, expected.expect("there is a value")) {
                        (b'"', _) => assert_eq!(read, Some(Scalar::Text(&body[..at]))),
                        // What follows a backslash is judged when it is used.
                        (b'\\', _) => assert!(!matches!(read, Some(Scalar::Text(_)))),
                        (_, Ok(_)) => assert_eq!(read, Some(Scalar::Text(&body))),
                        (_, Err(_)) => assert_eq!(read, None),
                    }
                    ends += 1;
                }
            }
        }
        assert_eq!(ends, 190 * 128);
    }

    #[test]
    fn what_is_no_json_is_not_taken() {
        for text in [
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{a:1}",
            "{\"a\":1 \"b\":2}",
            "{,\"a\":1}",
            "{\"a\":\"\n\"}",
            "{\"a\":tru}",
            "{\"a\":[]}",
            "{\"a\":1",
        ] {
            let mut flat = Flat::at(text, 0);
            flat.open(b'{').unwrap();
            let mut read = || {
                while flat.has_field()? {
                    flat.key()?;
                    flat.scalar()?;
                }
                Some(())
            };
            assert_eq!(read(), None, "{text}");
        }
        // A number is judged when it is used.
        let key = FieldKey::new("a");
        assert_eq!(Scalar::Number("01").field_hash(key), None);
        assert_eq!(Scalar::Number("1-1").id(), None);
        assert_eq!(Scalar::Number("1").field_hash(key), Some(crate::dataset::field_hash("a", &1)));
    }
}
