//! The text of a file: in memory, or in a file of columns, of which only what is asked for is read.

use std::{
    ops::{Deref, Range},
    sync::{Arc, OnceLock},
};

use super::column::{Column, text};

/// After how many bytes line feeds are counted.
const STRETCH: usize = 1 << 16;

/// The text of a file.
#[derive(Clone, Debug)]
pub struct FileText(Held);

#[derive(Clone, Debug)]
enum Held {
    Whole(Arc<String>),
    Stored(Arc<Stored>),
}

#[derive(Debug)]
struct Stored {
    texts: StoredTexts,
    bytes: Range<usize>,
    whole: OnceLock<String>,
}

/// The texts of several files, end to end in a file of columns.
#[derive(Clone, Debug)]
pub(super) struct StoredTexts {
    pub(super) bytes: Column<u8>,
    /// How many line feeds stand before each stretch.
    pub(super) feeds: Column<u32>,
}

impl StoredTexts {
    /// How many line feeds stand before a byte.
    fn feeds_before(&self, byte: usize) -> usize {
        let stretch = byte / STRETCH;
        let counted = self.feeds.get(stretch).unwrap_or(0) as usize;
        counted + feeds(self.bytes.slice(stretch * STRETCH..byte))
    }
}

fn feeds(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}

/// How many line feeds stand before each stretch of some texts that stand end to end.
pub(super) fn feeds_of(texts: &[&[u8]]) -> Vec<u32> {
    let (mut counts, mut count, mut length) = (vec![0], 0_u32, 0);
    for text in texts {
        let mut rest = *text;
        while !rest.is_empty() {
            let (part, after) = rest.split_at(rest.len().min(STRETCH - length % STRETCH));
            count = count.saturating_add(u32::try_from(feeds(part)).unwrap_or(u32::MAX));
            length += part.len();
            rest = after;
            if length.is_multiple_of(STRETCH) {
                counts.push(count);
            }
        }
    }
    counts
}

impl From<String> for FileText {
    fn from(text: String) -> Self {
        Self(Held::Whole(Arc::new(text)))
    }
}

impl From<Arc<String>> for FileText {
    fn from(text: Arc<String>) -> Self {
        Self(Held::Whole(text))
    }
}

impl FileText {
    /// The text that stands in some bytes of stored texts.
    pub(super) fn stored(texts: StoredTexts, bytes: Range<usize>) -> Self {
        Self(Held::Stored(Arc::new(Stored { texts, bytes, whole: OnceLock::new() })))
    }

    /// Some bytes of it.
    pub fn part(&self, bytes: Range<usize>) -> &str {
        match &self.0 {
            Held::Whole(text) => &text[bytes],
            Held::Stored(stored) => {
                let start = stored.bytes.start;
                text(&stored.texts.bytes, start + bytes.start..start.saturating_add(bytes.end))
            }
        }
    }

    /// The number of the line that a byte stands in, where that is known without the whole text.
    pub(super) fn line(&self, byte: usize) -> Option<usize> {
        match &self.0 {
            Held::Whole(_) => None,
            Held::Stored(stored) => {
                let (first, here) = (stored.bytes.start, stored.bytes.start + byte);
                let before = stored.texts.feeds_before(here).checked_sub(stored.texts.feeds_before(first));
                Some(before.unwrap_or(0) + 1)
            }
        }
    }

    /// The whole text, shared.
    pub fn shared(&self) -> Arc<String> {
        match &self.0 {
            Held::Whole(text) => text.clone(),
            Held::Stored(_) => Arc::new((**self).to_owned()),
        }
    }
}

impl Deref for FileText {
    type Target = str;
    fn deref(&self) -> &str {
        match &self.0 {
            Held::Whole(text) => text,
            Held::Stored(stored) => {
                stored.whole.get_or_init(|| text(&stored.texts.bytes, stored.bytes.clone()).to_owned())
            }
        }
    }
}

/// Counts the lines of a text, for places that mostly are near one another.
#[derive(Debug)]
pub(crate) struct LineCounter {
    text: FileText,
    byte: usize,
    line: u32,
}

impl LineCounter {
    /// Nothing is counted yet.
    pub(crate) fn of(text: &FileText) -> Self {
        Self { text: text.clone(), byte: 0, line: 1 }
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&mut self, byte: u64) -> u32 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        let count = |bytes: &[u8]| u32::try_from(feeds(bytes)).unwrap_or(u32::MAX);
        let text = self.text.as_bytes();
        self.line = if byte < self.byte {
            self.line.saturating_sub(count(&text[byte..self.byte]))
        } else {
            self.line.saturating_add(count(&text[self.byte..byte]))
        };
        self.byte = byte;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_forth_and_back() {
        let text: Arc<String> = Arc::new("one\ntwo\n\nfour".to_owned());
        let line_of = |byte: usize| u32::try_from(text[..byte].matches('\n').count()).unwrap() + 1;
        let mut lines = LineCounter::of(&text.clone().into());
        for byte in [0, 9, 3, 4, 14, 10, 8, 0, 14] {
            assert_eq!(lines.line(byte as u64), line_of(byte.min(text.len())), "{byte}");
        }
    }

    #[test]
    fn lines_of_stored_texts_are_those_of_the_texts() {
        let long = "line\n".repeat(30_000);
        let texts = ["one\ntwo\n", &long, "", "three\n蒙古\n"];
        let bytes: Vec<u8> = texts.concat().into_bytes();
        let feeds = feeds_of(&texts.map(str::as_bytes));
        let stored = StoredTexts { bytes: bytes.into(), feeds: feeds.into() };
        let mut start = 0;
        for text in texts {
            let file = FileText::stored(stored.clone(), start..start + text.len());
            start += text.len();
            assert_eq!(&*file, text);
            for byte in (0..text.len()).step_by(7_919) {
                let line = text.get(..byte).map_or(0, |before| before.matches('\n').count()) + 1;
                assert_eq!(file.line(byte), Some(line));
            }
        }
        let last = FileText::stored(stored, start - texts[3].len()..start);
        assert_eq!((last.part(6..12), last.shared().as_str()), ("蒙古", texts[3]));
    }
}
