//! The files in which tables are written: CSV row by row, Arrow and Parquet in batches of typed columns.

use std::{
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
pub(super) enum Kind {
    Text,
    Long,
    Double,
    Boolean,
    Day,
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
pub(super) enum TableFile<'o, W: Write> {
    Csv(csv::Writer<&'o mut W>),
    Arrow(FileWriter<&'o mut W>, Batch),
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::arrow::ArrowWriter<Vec<u8>>>, Batch, &'o mut W),
}

impl<'o, W: Write> TableFile<'o, W> {
    pub(super) fn new(form: TableForm, heads: &[(String, Kind)], out: &'o mut W) -> io::Result<Self> {
        let batch = || Batch::new(heads);
        Ok(match form {
            TableForm::Csv => {
                let mut writer = csv::Writer::from_writer(out);
                writer.write_record(heads.iter().map(|(name, _)| name))?;
                Self::Csv(writer)
            }
            TableForm::Arrow => {
                let batch = batch();
                Self::Arrow(FileWriter::try_new(out, &batch.schema).map_err(io::Error::other)?, batch)
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
                Self::Parquet(Box::new(writer.map_err(io::Error::other)?), batch, out)
            }
        })
    }

    /// Adds a row, a cell a column.
    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        match self {
            Self::Csv(writer) => {
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
            Self::Arrow(writer, batch) => {
                batch.row(cells);
                if batch.rows == BATCH_ROWS {
                    writer.write(&batch.finish()?).map_err(io::Error::other)?;
                }
                Ok(())
            }
            #[cfg(feature = "parquet")]
            Self::Parquet(writer, batch, _) => {
                batch.row(cells);
                if batch.rows == BATCH_ROWS {
                    writer.write(&batch.finish()?).map_err(io::Error::other)?;
                }
                Ok(())
            }
        }
    }

    /// Writes what remains.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Csv(mut writer) => writer.flush(),
            Self::Arrow(mut writer, mut batch) => {
                writer.write(&batch.finish()?).map_err(io::Error::other)?;
                writer.finish().map_err(io::Error::other)
            }
            #[cfg(feature = "parquet")]
            Self::Parquet(mut writer, mut batch, out) => {
                writer.write(&batch.finish()?).map_err(io::Error::other)?;
                out.write_all(&writer.into_inner().map_err(io::Error::other)?)
            }
        }
    }
}

/// Columns of the next rows.
pub(super) struct Batch {
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
