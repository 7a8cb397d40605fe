//! The files that a dataset was read from, and where in them a record stands.

use std::{cell::OnceCell, sync::Arc};

use serde_json::value::RawValue;

use super::file_text::FileText;
use crate::model::{Actor, Citation, Coverage, Tie, fault::Step, record::Text};

/// Makes whole records of the rows of a file that is not native.
///
/// A row is asked for only when it is shown or written: a reader keeps what it knows of the whole file
/// (columns, keys, numbered nodes), and the file keeps its text.
pub trait Rows: std::fmt::Debug + Send + Sync {
    /// The actor of this id, whose row stands in this part of the file's text.
    fn actor(&self, id: &str, row: &str) -> Actor;
    /// The tie whose row is this part of the file's text, without citations that the file gives to all.
    fn tie(&self, row: &str) -> Tie;
    /// Source, target and day of a row that says nothing else but its relation; nothing for other rows, and where it is
    /// not known without making the tie.
    fn plain<'r>(&self, row: &'r str) -> Option<[&'r str; 3]> {
        let _ = row;
        None
    }
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its name as the user gave it.
    pub name: Arc<str>,
    /// Its text, from which whole records are read when they are shown.
    pub text: FileText,
    /// The citations of ties that give none.
    pub cites: Vec<Citation>,
    /// The title of the collection.
    pub title: Option<String>,
    /// The licence of the data.
    pub license: Option<String>,
    /// What makes records of its rows; `None` when records stand in it as native JSON.
    pub rows: Option<Arc<dyn Rows>>,
    /// What its references observe.
    pub coverage: Vec<Coverage>,
    /// Records that were taken out of it, as they stand there with the reasons.
    pub retracted: Vec<Box<RawValue>>,
}

impl SourceFile {
    /// A file of which only name and text are known.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<FileText>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            cites: Vec::new(),
            title: None,
            license: None,
            rows: None,
            coverage: Vec::new(),
            retracted: Vec::new(),
        }
    }
}

/// Where a record stands: bytes of a file's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The number of the file.
    pub file: u32,
    /// The first byte.
    pub start: u64,
    /// The byte after the last.
    pub end: u64,
}

impl Origin {
    /// The place of a part of a file's text.
    pub fn of(file: u32, text: &str, part: &str) -> Self {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        Self { file, start: start as u64, end: (start + part.len()) as u64 }
    }

    /// The place of a bare row, of which its file keeps no text: its line in the file that it was read from, and its
    /// number there, by which it is told from others of the line.
    pub(crate) const fn bare(file: u32, line: u32, row: u32) -> Self {
        Self { file, start: (row as u64) << 32 | line as u64, end: u64::MAX }
    }

    /// Line and number of a bare row; nothing for a record that stands in its file's text.
    pub(crate) fn bare_row(&self) -> Option<(u32, u32)> {
        #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
        (self.end == u64::MAX).then_some((self.start as u32, (self.start >> 32) as u32))
    }

    /// The record's text in its file; empty for a bare row.
    pub fn text<'t>(&self, files: &'t [SourceFile]) -> &'t str {
        if self.bare_row().is_some() {
            return "";
        }
        let bound = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
        files[self.file as usize].text.part(bound(self.start)..bound(self.end))
    }
}

/// An [`Origin`] as columns hold it: sixteen bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub(super) struct Span {
    pub(super) start: u64,
    pub(super) length: u32,
    pub(super) file: u32,
}

impl Span {
    /// The length of a bare row.
    const BARE: u32 = u32::MAX;
}

impl From<Origin> for Span {
    fn from(Origin { file, start, end }: Origin) -> Self {
        let length = if end == u64::MAX {
            Self::BARE
        } else {
            let length = u32::try_from(end.saturating_sub(start)).ok().filter(|length| *length < Self::BARE);
            length.expect("a record is shorter than 4 GiB")
        };
        Self { start, length, file }
    }
}

impl From<Span> for Origin {
    fn from(Span { start, length, file }: Span) -> Self {
        let end = if length == Span::BARE { u64::MAX } else { start + u64::from(length) };
        Self { file, start, end }
    }
}

/// The byte, from the start of a record's text, of the value that a path leads to.
///
/// This is the second pass over records that have something wrong; a path that leads nowhere gives
/// the last value on the way.
pub fn locate(record: &str, path: &[Step]) -> usize {
    let mut value = record;
    for step in path {
        let Some(next) = enter(value, step) else { break };
        value = next;
    }
    value.as_ptr() as usize - record.as_ptr() as usize
}

/// The byte after the JSON value that begins at a byte of a text; after one character, where none does.
pub(super) fn enclosing(text: &str, start: usize) -> usize {
    let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) else { return start.min(text.len()) };
    // Only a string or a word is pointed at whole: an object is pointed at where it begins.
    if rest.starts_with(['{', '[']) {
        return start + 1;
    }
    if let Some(inside) = rest.strip_prefix('"') {
        let mut escaped = false;
        for (at, byte) in inside.bytes().enumerate() {
            match byte {
                b'\n' => break,
                b'"' if !escaped => return start + at + 2,
                _ => escaped = byte == b'\\' && !escaped,
            }
        }
    }
    let word = rest.find([',', '}', ']', ' ', '\n', '\r', '\t', ':']).unwrap_or(rest.len());
    let one = rest.chars().next().map_or(0, char::len_utf8);
    start + word.max(one)
}

fn enter<'v>(value: &'v str, step: &Step) -> Option<&'v str> {
    match step {
        Step::Index(at) => {
            let list: Vec<&RawValue> = serde_json::from_str(value).ok()?;
            list.get(*at).map(|raw| raw.get())
        }
        Step::Key(key) => field(value, key),
        Step::Unknown(key) => field(value, key),
    }
}

fn field<'v>(value: &'v str, key: &str) -> Option<&'v str> {
    let fields: crate::model::record::Fields<'_> = serde_json::from_str(value).ok()?;
    fields.0.into_iter().find(|(name, _): &(Text<'_>, _)| name.as_str() == key).map(|(_, raw)| raw.get())
}

/// How many bytes stand between two counts of characters.
const STRIDE: usize = 1024;

/// Where the lines of a text begin, and how many characters stand before every 1024th byte: for a text
/// that is asked for many places, though all of it be one line.
pub(super) struct Lines {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let after = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let mut before = 0;
        let mut characters = vec![0];
        for stretch in text.as_bytes().chunks(STRIDE) {
            before += begun(stretch);
            characters.push(before);
        }
        Self { starts: std::iter::once(0).chain(after).collect(), characters }
    }

    /// The number of the line that a byte stands in.
    fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte)
    }

    /// What [`line_and_column`] gives, in time O(log n) for n lines.
    pub(super) fn line_and_column(&self, text: &str, byte: usize) -> (usize, usize) {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= byte);
        let before = |byte: usize| {
            let counted = byte / STRIDE;
            self.characters[counted] + begun(&text.as_bytes()[counted * STRIDE..byte])
        };
        (line, before(byte) - before(self.starts[line - 1]) + 1)
    }
}

/// How many characters begin in some bytes of a text.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// Line and column of a byte, both from 1, columns counted in characters: what [`Lines`] must give.
#[cfg(test)]
pub(super) fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() + 1)
}

/// Where records stand, in words; the lines of a file are counted once.
pub(super) struct Places<'f> {
    files: &'f [SourceFile],
    lines: Vec<OnceCell<Lines>>,
}

impl<'f> Places<'f> {
    pub(super) fn of(files: &'f [SourceFile]) -> Self {
        Self { files, lines: files.iter().map(|_| OnceCell::new()).collect() }
    }

    /// `file:line` of a record.
    pub(super) fn place(&self, origin: Origin) -> String {
        let file = &self.files[origin.file as usize];
        if let Some((line, _)) = origin.bare_row() {
            return format!("{}:{line}", file.name);
        }
        let byte = usize::try_from(origin.start).unwrap_or(usize::MAX);
        let line = file.text.line(byte).unwrap_or_else(|| {
            self.lines[origin.file as usize].get_or_init(|| Lines::of(&file.text)).line(byte)
        });
        format!("{}:{line}", file.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_at_the_end_of_a_path_is_found() {
        let record = r#"{"id": "a", "cites": [{"ref": "x"}, {"ref": "y"}]}"#;
        let at = locate(record, &["cites".into(), 1.into(), "ref".into()]);
        assert_eq!(&record[at..at + 3], "\"y\"");
        assert_eq!(locate(record, &["when".into()]), 0);
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(line_and_column("蒙古\n朝鲜關係", 13), (2, 3));
    }

    #[test]
    fn lines_that_are_known_give_the_same_places() {
        let text = &format!(
            "蒙古\n\n朝鲜關係\nend\n{}",
            "one long line, 蒙古\n".repeat(3).replace('\n', "—").repeat(30)
        );
        let lines = Lines::of(text);
        for byte in 0..text.len() + 2 {
            assert_eq!(lines.line_and_column(text, byte), line_and_column(text, byte), "byte {byte}");
        }
    }
}
