//! Segments as they are read: batch by batch, each row a view.

use std::{io::Cursor, ops::Range, sync::Arc};

use arrow_array::{
    Array, ArrayRef, DictionaryArray, PrimitiveArray, RecordBatch, StringArray, UInt8Array, UInt32Array,
    types::{ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type},
};
use arrow_ipc::reader::FileReader;
use arrow_schema::{ArrowError, DataType, Field, Schema};

use crate::archive::{
    commit::Kind,
    row::{Body, RowView, Word},
};

use super::{BATCH_ROWS, alike, words_of};

/// Whether columns are those of a segment: by name, each of one of the types that it may have.
fn is_segment(schema: &Schema) -> bool {
    let is_words = |kind: &DataType| {
        *kind == DataType::Null
            || [DataType::Int8, DataType::Int16, DataType::Int32]
                .into_iter()
                .any(|width| *kind == words_of(width))
    };
    let may_be = |at: usize, field: &Field| match (at, field.data_type()) {
        (0 | 2, DataType::Null) => alike::value(field).is_some(),
        (1, DataType::Null) => alike::first(field).is_some(),
        (0, kind) => matches!(kind, DataType::UInt8 | DataType::UInt32),
        (1, kind) => *kind == DataType::UInt32,
        (2, kind) => *kind == words_of(DataType::Int8),
        (3 | 8, kind) => matches!(kind, DataType::Utf8 | DataType::Null),
        (_, kind) => is_words(kind),
    };
    let names = ["file", "line", "kind", "id", "source", "target", "relation", "when", "record"];
    let fits = |(at, field): (usize, &Arc<Field>)| {
        names.get(at) == Some(&field.name().as_str()) && may_be(at, field)
    };
    schema.fields().len() == 9 && schema.fields().iter().enumerate().all(fits)
}

/// A column of texts that repeat.
struct Column<'b> {
    keys: Keys<'b>,
    texts: &'b StringArray,
}

enum Keys<'b> {
    Narrow(&'b PrimitiveArray<Int8Type>),
    Middle(&'b PrimitiveArray<Int16Type>),
    Wide(&'b PrimitiveArray<Int32Type>),
}

impl<'b> Column<'b> {
    fn of(batch: &'b RecordBatch, at: usize) -> Option<Self> {
        let column = batch.column(at).as_any();
        let texts = |values: &'b ArrayRef| values.as_any().downcast_ref();
        if let Some(narrow) = column.downcast_ref::<DictionaryArray<Int8Type>>() {
            return Some(Self { keys: Keys::Narrow(narrow.keys()), texts: texts(narrow.values())? });
        }
        if let Some(middle) = column.downcast_ref::<DictionaryArray<Int16Type>>() {
            return Some(Self { keys: Keys::Middle(middle.keys()), texts: texts(middle.values())? });
        }
        let wide = column.downcast_ref::<DictionaryArray<Int32Type>>()?;
        Some(Self { keys: Keys::Wide(wide.keys()), texts: texts(wide.values())? })
    }

    /// The place of a row's text.
    fn key(&self, row: usize) -> Option<usize> {
        fn valid<K: ArrowDictionaryKeyType>(keys: &PrimitiveArray<K>, row: usize) -> Option<usize>
        where
            usize: TryFrom<K::Native>,
        {
            keys.is_valid(row).then(|| usize::try_from(keys.value(row)).ok())?
        }
        let key = match self.keys {
            Keys::Narrow(keys) => valid(keys, row),
            Keys::Middle(keys) => valid(keys, row),
            Keys::Wide(keys) => valid(keys, row),
        };
        key.filter(|key| *key < self.texts.len())
    }

    fn text(&self, key: usize) -> Word<'b> {
        Word { key, text: self.texts.value(key) }
    }

    fn get(&self, row: usize) -> Option<Word<'b>> {
        Some(self.text(self.key(row)?))
    }
}

/// Reads the rows of a segment, from one on, so many.
///
/// The checksum of the bytes is to be compared before; damage that it does not show ends in an error here.
pub(in crate::archive) fn read(
    bytes: &[u8],
    number: usize,
    (first, rows): (u64, u64),
    mut take: impl FnMut(RowView<'_>),
) -> Result<(), String> {
    let words = |error: ArrowError| error.to_string();
    let reader = FileReader::try_new(Cursor::new(bytes), None).map_err(words)?;
    if !is_segment(&reader.schema()) {
        return Err("its columns are not those of a segment".to_owned());
    }
    let mut reader = reader;
    // All batches but the last have as many rows as a batch can.
    let skipped = usize::try_from(first).map_err(|_| "a row beyond its end".to_owned())? / BATCH_ROWS;
    if skipped < reader.num_batches() {
        reader.set_index(skipped).map_err(words)?;
    }
    let (mut at, end) = ((skipped * BATCH_ROWS) as u64, first.saturating_add(rows));
    let mut taken = 0;
    for batch in reader {
        let batch = batch.map_err(words)?;
        let next = at + batch.num_rows() as u64;
        if at >= end {
            break;
        }
        if next > first {
            let rows = first.saturating_sub(at)..(end - at).min(batch.num_rows() as u64);
            let read = read_batch(&batch, (number, at), rows, &mut take);
            taken += read.ok_or("a column or a row of it is not as it should be")?;
        }
        at = next;
    }
    if taken == rows { Ok(()) } else { Err(format!("{rows} rows were written, and it has {taken} of them")) }
}

fn read_batch(
    batch: &RecordBatch,
    (segment, first): (usize, u64),
    rows: Range<u64>,
    take: &mut impl FnMut(RowView<'_>),
) -> Option<u64> {
    let schema = batch.schema();
    let number = |at: usize| batch.column(at).as_any().downcast_ref::<UInt32Array>();
    let narrow_files = batch.column(0).as_any().downcast_ref::<UInt8Array>();
    let wide_files = number(0);
    let one_file: Option<u32> = alike::value(schema.field(0)).and_then(|file| file.parse().ok());
    let file = |row: usize| match (narrow_files, wide_files) {
        (Some(files), _) => Some(u32::from(files.value(row))),
        (None, Some(files)) => Some(files.value(row)),
        (None, None) => one_file,
    };
    let lines = number(1);
    let first_line = alike::first(schema.field(1)).map(|line| u64::from(line) + first);
    let line = |row: usize| match lines {
        Some(lines) => Some(lines.value(row)),
        None => u32::try_from(first_line? + row as u64).ok(),
    };
    let kind_of = |word: &str| Kind::ALL.iter().find(|kind| kind.as_str() == word).copied();
    let one_kind = alike::value(schema.field(2)).and_then(kind_of);
    let kinds = batch.column(2).as_any().downcast_ref::<DictionaryArray<Int8Type>>();
    let kind_words = match kinds {
        Some(kinds) => Some(kinds.values().as_any().downcast_ref::<StringArray>()?),
        None => None,
    };
    let kind = |row: usize| match (kinds, kind_words) {
        (Some(kinds), Some(words)) => {
            let number = usize::try_from(kinds.keys().value(row)).ok()?;
            kind_of((number < words.len()).then(|| words.value(number))?)
        }
        _ => one_kind,
    };
    let is_none = |at: usize| *schema.field(at).data_type() == DataType::Null;
    let column = |at| if is_none(at) { Some(None) } else { Column::of(batch, at).map(Some) };
    let (source, target, relation, when) = (column(4)?, column(5)?, column(6)?, column(7)?);
    let [ids, records] = [3, 8].map(|at| batch.column(at).as_any().downcast_ref::<StringArray>());
    let mut taken = 0;
    for row in usize::try_from(rows.start).ok()?..usize::try_from(rows.end).ok()? {
        let kind = kind(row)?;
        let body = match records.filter(|records| records.is_valid(row)) {
            Some(records) => Body::Record(records.value(row)),
            None if kind == Kind::Actor => Body::Named(ids.filter(|ids| ids.is_valid(row))?.value(row)),
            None => Body::Plain {
                ends: [source.as_ref()?.get(row)?, target.as_ref()?.get(row)?, relation.as_ref()?.get(row)?],
                when: when.as_ref().and_then(|when| when.get(row)),
            },
        };
        take(RowView { file: file(row)?, line: line(row)?, kind, body, segment });
        taken += 1;
    }
    Some(taken)
}
