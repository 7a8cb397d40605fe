//! Reads tables of typed columns: Arrow IPC (files and streams, Feather too) and Parquet.

use std::io::{self, Cursor};

use arrow_array::{
    Array, ArrayRef, RecordBatch,
    cast::{AsArray, as_boolean_array},
    types::{
        Date32Type, Date64Type, Decimal128Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type,
        Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
        TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
    },
};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{ArrowError, DataType, Schema, TimeUnit};
use serde_json::{Map, Number, Value};

use super::sheet::{Book, CellType, Sheet};
use crate::date::Day;

fn damaged(error: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the table is damaged or cut short: {error}"))
}

/// Opens a table of Arrow IPC, a file or a stream.
///
/// # Errors
/// When it is damaged.
pub(super) fn arrow(bytes: &[u8]) -> io::Result<Book> {
    if bytes.starts_with(b"ARROW1") {
        let reader = FileReader::try_new(Cursor::new(bytes), None).map_err(damaged)?;
        let schema = reader.schema();
        return book("an Arrow table", &schema, reader);
    }
    let reader = StreamReader::try_new(Cursor::new(bytes), None).map_err(damaged)?;
    let schema = reader.schema();
    book("an Arrow stream", &schema, reader)
}

/// Opens a Parquet table.
///
/// # Errors
/// When it is damaged, or compressed in a way that is not read.
#[cfg(feature = "parquet")]
pub(super) fn parquet(bytes: &[u8]) -> io::Result<Book> {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    let bytes = bytes::Bytes::copy_from_slice(bytes);
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes).map_err(damaged)?;
    let schema = builder.schema().clone();
    let reader = builder.build().map_err(damaged)?;
    book("a Parquet table", &schema, reader).map_err(|error| {
        let text = error.to_string();
        if text.to_lowercase().contains("zstd") || text.to_lowercase().contains("brotli") {
            let hint =
                "it is compressed with zstd or brotli, which are not read: write it with snappy, gzip or lz4";
            return io::Error::new(io::ErrorKind::Unsupported, hint);
        }
        error
    })
}

#[cfg(not(feature = "parquet"))]
pub(super) fn parquet(_: &[u8]) -> io::Result<Book> {
    Err(io::Error::new(
        io::ErrorKind::Unsupported,
        "this program was built without Parquet (feature `parquet`)",
    ))
}

fn book(
    what: &'static str,
    schema: &Schema,
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
) -> io::Result<Book> {
    let mut sheet = Sheet::new(None);
    let mut columns = Vec::new();
    for (at, field) in schema.fields().iter().enumerate() {
        match cell_type(field.data_type()) {
            Some(kind) => {
                sheet.cell(field.name(), columns.is_empty());
                sheet.types.push(kind);
                columns.push(at);
            }
            None => sheet.notes.push(format!(
                "the column `{}` is left out: nothing is known of values of type {}",
                field.name(),
                field.data_type()
            )),
        }
    }
    sheet.end_row();
    for batch in batches {
        let batch = batch.map_err(damaged)?;
        let arrays: Vec<&ArrayRef> = columns.iter().map(|at| batch.column(*at)).collect();
        for row in 0..batch.num_rows() {
            for (at, array) in arrays.iter().enumerate() {
                match value(array, row) {
                    Value::Null => sheet.cell("", at == 0),
                    Value::String(text) => sheet.cell(&text, at == 0),
                    other => sheet.cell(&other.to_string(), at == 0),
                }
            }
            sheet.end_row();
        }
    }
    Ok(Book { what, sheets: vec![sheet], notes: Vec::new() })
}

/// The type of the cells of a column; nothing for values that no text of ours can hold.
fn cell_type(kind: &DataType) -> Option<CellType> {
    match kind {
        DataType::Boolean => Some(CellType::Boolean),
        kind if kind.is_integer() || kind.is_floating() => Some(CellType::Number),
        DataType::Null
        | DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Date32
        | DataType::Date64
        | DataType::Timestamp(..)
        | DataType::Decimal128(..) => Some(CellType::Text),
        DataType::Dictionary(_, values) => cell_type(values),
        DataType::List(field) | DataType::LargeList(field) | DataType::FixedSizeList(field, _) => {
            cell_type(field.data_type()).map(|_| CellType::Json)
        }
        DataType::Struct(fields) => {
            let all = fields.iter().all(|field| cell_type(field.data_type()).is_some());
            all.then_some(CellType::Json)
        }
        _ => None,
    }
}

/// A value as JSON has it: dates as texts, lists and structures as such.
fn value(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    macro_rules! number {
        ($kind:ty) => {
            Value::from(array.as_primitive::<$kind>().value(row))
        };
    }
    match array.data_type() {
        DataType::Boolean => Value::Bool(as_boolean_array(array).value(row)),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float16 => real(f64::from(array.as_primitive::<Float16Type>().value(row))),
        // As it is written, not as its bits widen: 0.1 stays 0.1.
        DataType::Float32 => {
            let text = array.as_primitive::<Float32Type>().value(row).to_string();
            text.parse().map_or(Value::Null, real)
        }
        DataType::Float64 => real(array.as_primitive::<Float64Type>().value(row)),
        DataType::Utf8 => Value::from(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Value::from(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Value::from(array.as_string_view().value(row)),
        DataType::Date32 => moment(i128::from(array.as_primitive::<Date32Type>().value(row)) * 86_400),
        DataType::Date64 => {
            moment(i128::from(array.as_primitive::<Date64Type>().value(row)).div_euclid(1_000))
        }
        DataType::Timestamp(unit, _) => {
            let (ticks, per_second) = match unit {
                TimeUnit::Second => (array.as_primitive::<TimestampSecondType>().value(row), 1),
                TimeUnit::Millisecond => (array.as_primitive::<TimestampMillisecondType>().value(row), 1_000),
                TimeUnit::Microsecond => {
                    (array.as_primitive::<TimestampMicrosecondType>().value(row), 1_000_000)
                }
                TimeUnit::Nanosecond => {
                    (array.as_primitive::<TimestampNanosecondType>().value(row), 1_000_000_000)
                }
            };
            moment(i128::from(ticks).div_euclid(per_second))
        }
        DataType::Decimal128(..) => Value::from(array.as_primitive::<Decimal128Type>().value_as_string(row)),
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            let key = value(dictionary.keys(), row).as_u64().and_then(|key| usize::try_from(key).ok());
            key.map_or(Value::Null, |key| value(dictionary.values(), key))
        }
        DataType::List(_) => list(&array.as_list::<i32>().value(row)),
        DataType::LargeList(_) => list(&array.as_list::<i64>().value(row)),
        DataType::FixedSizeList(..) => list(&array.as_fixed_size_list().value(row)),
        DataType::Struct(fields) => {
            let columns = array.as_struct();
            let field = |(at, field): (usize, &arrow_schema::FieldRef)| {
                (field.name().clone(), value(columns.column(at), row))
            };
            Value::Object(fields.iter().enumerate().map(field).collect::<Map<String, Value>>())
        }
        _ => Value::Null,
    }
}

fn list(array: &ArrayRef) -> Value {
    (0..array.len()).map(|row| value(array, row)).collect()
}

/// A number; one that is none is nothing.
fn real(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// A day, with the time only where there is one, of seconds since 1970.
fn moment(seconds: i128) -> Value {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let Some(day) = i32::try_from(days).ok().map(Day::from_number).filter(|day| day.is_bounded()) else {
        return Value::Null;
    };
    let text = day.to_string();
    if rest == 0 {
        return Value::from(text);
    }
    Value::from(format!("{text} {:02}:{:02}:{:02}", rest / 3600, rest % 3600 / 60, rest % 60))
}
