//! Tables that do not stand in files as text: sheets of workbooks, and tables of typed columns. Each becomes a text of tabs,
//! a row a line, so that it is read like any other table and every fault has its row.

use std::{borrow::Cow, io};

use serde_json::Value;

use super::{
    columns::Layout,
    detect::{Options, Reading},
};
use crate::dataset::Sink;

/// What begins the text of such a table: its cells are not quoted, and breaks in them are escaped.
pub(super) const ESCAPED: char = '\u{1e}';

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellType {
    Text,
    Number,
    Boolean,
    /// Lists and objects.
    Json,
}

impl CellType {
    /// The value of a cell's text.
    pub(super) fn value(self, cell: &str) -> Value {
        let parsed = match self {
            Self::Text => None,
            Self::Number | Self::Boolean | Self::Json => serde_json::from_str(cell).ok(),
        };
        parsed.unwrap_or_else(|| Value::from(cell))
    }
}

/// One table.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// What it is called in its file.
    pub(super) name: Option<String>,
    pub(super) text: String,
    /// The types of its columns; of those that have none here it is text.
    pub(super) types: Vec<CellType>,
    /// What a reader should know, one line each.
    pub(super) notes: Vec<String>,
}

/// The tables of a file, and what kind of file it is.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) what: &'static str,
    pub(super) sheets: Vec<Sheet>,
    pub(super) notes: Vec<String>,
}

impl Sheet {
    pub(super) fn new(name: Option<String>) -> Self {
        Self { name, text: ESCAPED.to_string(), ..Self::default() }
    }

    /// Adds a cell to the row that is being written.
    pub(super) fn cell(&mut self, text: &str, is_first: bool) {
        if !is_first {
            self.text.push('\t');
        }
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escape = match byte {
                b'\\' => "\\\\",
                b'\t' => "\\t",
                b'\n' => "\\n",
                b'\r' => "\\r",
                _ => continue,
            };
            self.text.push_str(&text[from..at]);
            self.text.push_str(escape);
            from = at + 1;
        }
        self.text.push_str(&text[from..]);
    }

    pub(super) fn end_row(&mut self) {
        self.text.push('\n');
    }
}

/// A cell as it was before it was escaped.
pub(super) fn unescaped(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\\') {
        return Cow::Borrowed(cell);
    }
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell.chars();
    while let Some(c) = rest.next() {
        match (c, if c == '\\' { rest.next() } else { None }) {
            ('\\', Some('t')) => text.push('\t'),
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some('r')) => text.push('\r'),
            ('\\', Some(other)) => text.push(other),
            (c, _) => text.push(c),
        }
    }
    Cow::Owned(text)
}

/// The tables of a file, if it is a workbook or holds typed columns.
///
/// # Errors
/// When it is one and is damaged.
pub(super) fn open(bytes: &[u8]) -> io::Result<Option<Book>> {
    let book = match bytes {
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => workbook(bytes)?,
        [b'A', b'R', b'R', b'O', b'W', b'1', ..] | [0xff, 0xff, 0xff, 0xff, ..] => {
            super::arrow_table::arrow(bytes)?
        }
        [b'P', b'A', b'R', b'1', ..] => super::arrow_table::parquet(bytes)?,
        _ => return Ok(None),
    };
    Ok(Some(book))
}

#[cfg(feature = "workbooks")]
use super::workbook::open as workbook;

#[cfg(not(feature = "workbooks"))]
fn workbook(_: &[u8]) -> io::Result<Book> {
    let message = "this program was built without workbooks (feature `workbooks`)";
    Err(io::Error::new(io::ErrorKind::Unsupported, message))
}

/// Reads the tables of a file one by one; those that are neither of ties nor of actors are left out, and said, unless
/// they are all there is.
pub(super) fn read<S: Sink>(
    path: &str,
    book: Book,
    options: &Options,
    sink: &mut S,
    mut read_one: impl FnMut(&str, Sheet, &Options, &mut S) -> Result<Option<Reading>, super::native::ReadError>,
) -> Result<Option<Reading>, super::native::ReadError> {
    let mut reading = Reading { notes: vec![format!("read as {}", book.what)] };
    reading.notes.extend(book.notes);
    let mut is_empty = true;
    for mut sheet in book.sheets {
        let label = sheet.name.clone();
        let name = label.as_ref().map_or(path.to_owned(), |label| format!("{path}[{label}]"));
        let notes = std::mem::take(&mut sheet.notes);
        let said = |note: String| match &label {
            Some(label) => format!("{label}: {note}"),
            None => note,
        };
        reading.notes.extend(notes.into_iter().map(said));
        match read_one(&name, sheet, options, sink)? {
            Some(read) => {
                is_empty = false;
                reading.notes.extend(read.notes.into_iter().map(said));
            }
            None => reading
                .notes
                .push(said("left out: no columns are the ends of ties, or tell actors apart".to_owned())),
        }
    }
    Ok((!is_empty).then_some(reading))
}

/// The layout of a table's text with the types of its columns.
pub(super) fn typed(mut layout: Layout, types: &[CellType]) -> Layout {
    layout.types = types.to_vec();
    layout
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were() {
        for text in ["", "a\tb", "two\nlines\r\n", "c:\\new", "\\", "蒙古"] {
            let mut sheet = Sheet::new(None);
            sheet.cell(text, true);
            assert_eq!(sheet.text.lines().count(), 1);
            assert_eq!(unescaped(&sheet.text[1..]), text);
        }
    }
}
