//! What an answer says, as headings, paragraphs and tables: the form that text and Markdown share.

pub(super) use crate::model::counted;

use super::lang::Lang;

/// On which side of its column a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands in it.
    pub name: String,
    /// On which side.
    pub align: Align,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The heads of its columns.
    pub columns: Vec<Column>,
    /// Its rows, each as long as there are columns.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table; a name that ends in `>` heads a column of numbers.
    pub fn new(names: &[&str]) -> Self {
        let column = |name: &&str| match name.strip_suffix('>') {
            Some(name) => Column { name: name.to_owned(), align: Align::Right },
            None => Column { name: (*name).to_owned(), align: Align::Left },
        };
        Self { columns: names.iter().map(column).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    /// The names of its columns.
    pub fn header(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The head of a section.
    Heading(String),
    /// Running text.
    Paragraph(String),
    /// Lines that belong together; each may be followed by lines under it.
    List(Vec<(String, Vec<String>)>),
    /// Lines as they are, for programs that read them: never broken.
    Lines(Vec<String>),
    /// A table.
    Table(Table),
    /// A picture.
    Figure {
        /// The file that holds it, for renderings that cannot.
        name: String,
        /// What stands under it.
        title: String,
        /// The picture itself, as SVG.
        svg: String,
    },
    /// The numbered sources, from 1.
    Sources(Vec<String>),
}

/// What an answer says, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The first line.
    pub title: String,
    /// The rest.
    pub blocks: Vec<Block>,
    /// The language in which it is told.
    pub lang: Lang,
}

impl Document {
    /// A document with a title and nothing else.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds the head of a section.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// Adds running text.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Says how many a limit leaves away, if any.
    pub fn left_away(&mut self, count: usize) {
        if count > 0 {
            let are = if count == 1 { "is" } else { "are" };
            self.paragraph(format!("{count} more {are} left away; --limit 0 shows all."));
        }
    }

    /// Adds a list, unless it is empty.
    pub fn list(&mut self, items: Vec<(String, Vec<String>)>) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// Adds lines as they are, unless there are none.
    pub fn lines(&mut self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Lines(lines));
        }
    }

    /// Adds a table, unless it has no rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// Adds the numbered sources, unless there are none.
    pub fn sources(&mut self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Sources(lines));
        }
    }
}
