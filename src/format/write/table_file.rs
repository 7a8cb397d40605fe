//! The files in which tables are written: CSV row by row, Arrow and Parquet in batches of typed columns.

use std::{
    borrow::Cow,
    io::{self, Write},
    sync::Arc,
};

use arrow_array::{
    ArrayRef, RecordBatch,
    builder::{BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder},
};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{DataType, Field, Schema};

use super::table::{Cell, TableForm};
use crate::format::native::GENERATOR;

/// How many rows a batch has.
const BATCH_ROWS: usize = 65_536;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Texts.
    Text,
    /// Whole numbers of 64 bits.
    Long,
    /// Floats of 64 bits.
    Double,
    /// True or false.
    Boolean,
    /// Days.
    Day,
    /// Lists of texts.
    List,
}

impl Kind {
    /// The type that free attributes call by a word.
    pub(super) fn of(word: &str) -> Self {
        match word {
            "long" => Self::Long,
            "double" => Self::Double,
            "boolean" => Self::Boolean,
            _ => Self::Text,
        }
    }

    fn arrow(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8,
            Self::Long => DataType::Int64,
            Self::Double => DataType::Float64,
            Self::Boolean => DataType::Boolean,
            Self::Day => DataType::Date32,
            Self::List => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
        }
    }
}

/// A table on its way into a file.
pub struct TableFile<'o, W: Write>(Way<'o, W>);

enum Way<'o, W: Write> {
    Csv(csv::Writer<&'o mut W>),
    Arrow(FileWriter<&'o mut W>, Batch),
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::arrow::ArrowWriter<Vec<u8>>>, Batch, &'o mut W),
}

impl<'o, W: Write> TableFile<'o, W> {
    /// A table with these columns, without a row.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn new(form: TableForm, heads: &[(String, Kind)], out: &'o mut W) -> io::Result<Self> {
        let batch = || Batch::new(heads);
        Ok(Self(match form {
            TableForm::Csv => {
                let mut writer = csv::Writer::from_writer(out);
                writer.write_record(heads.iter().map(|(name, _)| name))?;
                Way::Csv(writer)
            }
            TableForm::Arrow => {
                let batch = batch();
                Way::Arrow(FileWriter::try_new(out, &batch.schema).map_err(io::Error::other)?, batch)
            }
            #[cfg(feature = "parquet")]
            TableForm::Parquet => {
                use parquet::{arrow::ArrowWriter, basic::Compression, file::properties::WriterProperties};
                let batch = batch();
                let properties = WriterProperties::builder()
                    .set_created_by(GENERATOR.to_owned())
                    .set_compression(Compression::SNAPPY)
                    .build();
                let writer = ArrowWriter::try_new(Vec::new(), batch.schema.clone(), Some(properties));
                Way::Parquet(Box::new(writer.map_err(io::Error::other)?), batch, out)
            }
        }))
    }

    /// Adds a row, a cell a column; a cell of another type than its column's is empty.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        match &mut self.0 {
            Way::Csv(writer) => {
                for cell in cells {
                    match cell {
                        Cell::Nothing => writer.write_field("")?,
                        Cell::Text(text) => writer.write_field(text.as_ref())?,
                        Cell::Long(number) => writer.write_field(number.to_string())?,
                        // As JSON has it: a whole one stays a fraction.
                        Cell::Double(number) => {
                            writer.write_field(serde_json::Value::from(*number).to_string())?;
                        }
                        Cell::Boolean(value) => writer.write_field(value.to_string())?,
                        Cell::Day(day) => writer.write_field(day.to_string())?,
                        Cell::List(texts) => writer.write_field(texts.join("|"))?,
                    }
                }
                writer.write_record(None::<&[u8]>)?;
                Ok(())
            }
            Way::Arrow(writer, batch) => {
                batch.row(cells);
                if batch.rows == BATCH_ROWS {
                    writer.write(&batch.finish()?).map_err(io::Error::other)?;
                }
                Ok(())
            }
            #[cfg(feature = "parquet")]
            Way::Parquet(writer, batch, _) => {
                batch.row(cells);
                if batch.rows == BATCH_ROWS {
                    writer.write(&batch.finish()?).map_err(io::Error::other)?;
                }
                Ok(())
            }
        }
    }

    /// Writes what remains.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Way::Csv(mut writer) => writer.flush(),
            Way::Arrow(mut writer, mut batch) => {
                writer.write(&batch.finish()?).map_err(io::Error::other)?;
                writer.finish().map_err(io::Error::other)
            }
            #[cfg(feature = "parquet")]
            Way::Parquet(mut writer, mut batch, out) => {
                writer.write(&batch.finish()?).map_err(io::Error::other)?;
                out.write_all(&writer.into_inner().map_err(io::Error::other)?)
            }
        }
    }
}

/// Writes a table of texts, its columns of numbers as numbers.
///
/// A column that `is_number` says may hold numbers is one of whole numbers or of floats if all its cells that are not
/// empty are; else it holds texts. Empty cells hold nothing.
///
/// # Errors
/// When the writer fails.
pub fn write_texts(
    heads: &[(&str, bool)],
    rows: &[Vec<String>],
    form: TableForm,
    out: &mut impl Write,
) -> io::Result<()> {
    let all = |at: usize, is: fn(&str) -> bool| rows.iter().all(|row| row[at].is_empty() || is(&row[at]));
    let kind = |at: usize, may_be: bool| match may_be {
        true if all(at, |text| text.parse::<i64>().is_ok()) => Kind::Long,
        true if all(at, |text| text.parse::<f64>().is_ok()) => Kind::Double,
        _ => Kind::Text,
    };
    let heads: Vec<(String, Kind)> = heads
        .iter()
        .enumerate()
        .map(|(at, (name, may_be))| ((*name).to_owned(), kind(at, *may_be)))
        .collect();
    let mut file = TableFile::new(form, &heads, out)?;
    for row in rows {
        let cell = |(text, (_, kind)): (&String, &(String, Kind))| match kind {
            _ if text.is_empty() => Cell::Nothing,
            Kind::Long => text.parse().map_or(Cell::Nothing, Cell::Long),
            Kind::Double => text.parse().map_or(Cell::Nothing, Cell::Double),
            _ => Cell::Text(Cow::Owned(text.clone())),
        };
        file.row(&row.iter().zip(&heads).map(cell).collect::<Vec<_>>())?;
    }
    file.finish()
}

/// Columns of the next rows.
struct Batch {
    schema: Arc<Schema>,
    columns: Vec<Column>,
    rows: usize,
}

enum Column {
    Text(StringBuilder),
    Long(Int64Builder),
    Double(Float64Builder),
    Boolean(BooleanBuilder),
    Day(Date32Builder),
    List(ListBuilder<StringBuilder>),
}

impl Batch {
    fn new(heads: &[(String, Kind)]) -> Self {
        let field = |(name, kind): &(String, Kind)| Field::new(name, kind.arrow(), true);
        let schema = Schema::new(heads.iter().map(field).collect::<Vec<_>>());
        let generator = [("generator".to_owned(), GENERATOR.to_owned())];
        let columns = heads.iter().map(|(_, kind)| match kind {
            Kind::Text => Column::Text(StringBuilder::new()),
            Kind::Long => Column::Long(Int64Builder::new()),
            Kind::Double => Column::Double(Float64Builder::new()),
            Kind::Boolean => Column::Boolean(BooleanBuilder::new()),
            Kind::Day => Column::Day(Date32Builder::new()),
            Kind::List => Column::List(ListBuilder::new(StringBuilder::new())),
        });
        Self { schema: Arc::new(schema.with_metadata(generator)), columns: columns.collect(), rows: 0 }
    }

    fn row(&mut self, cells: &[Cell<'_>]) {
        self.rows += 1;
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            match (column, cell) {
                (Column::Text(column), Cell::Text(text)) => column.append_value(text),
                (Column::Text(column), _) => column.append_null(),
                (Column::Long(column), Cell::Long(number)) => column.append_value(*number),
                (Column::Long(column), _) => column.append_null(),
                (Column::Double(column), Cell::Double(number)) => column.append_value(*number),
                (Column::Double(column), _) => column.append_null(),
                (Column::Boolean(column), Cell::Boolean(value)) => column.append_value(*value),
                (Column::Boolean(column), _) => column.append_null(),
                (Column::Day(column), Cell::Day(day)) => column.append_value(day.number()),
                (Column::Day(column), _) => column.append_null(),
                (Column::List(column), Cell::List(texts)) => {
                    for text in texts {
                        column.values().append_value(text);
                    }
                    column.append(true);
                }
                (Column::List(column), _) => column.append_null(),
            }
        }
    }

    fn finish(&mut self) -> io::Result<RecordBatch> {
        self.rows = 0;
        let columns = self.columns.iter_mut().map(|column| -> ArrayRef {
            match column {
                Column::Text(column) => Arc::new(column.finish()),
                Column::Long(column) => Arc::new(column.finish()),
                Column::Double(column) => Arc::new(column.finish()),
                Column::Boolean(column) => Arc::new(column.finish()),
                Column::Day(column) => Arc::new(column.finish()),
                Column::List(column) => Arc::new(column.finish()),
            }
        });
        RecordBatch::try_new(self.schema.clone(), columns.collect()).map_err(io::Error::other)
    }
}
