//! Segments: immutable Arrow IPC files of rows, which any program that knows Arrow opens.
//!
//! The columns are `file` and `line` (where a row came from), `kind`, `id`, `source`, `target`, `relation`,
//! `when` and `record`. `record` is the whole record as JSON; it is null for a tie of which the other columns say all.

use std::{io::Cursor, sync::Arc};

use arrow_array::{
    Array, ArrayRef, DictionaryArray, Int8Array, Int32Array, RecordBatch, StringArray, UInt32Array,
    builder::StringBuilder,
    types::{Int8Type, Int32Type},
};
use arrow_ipc::{reader::FileReader, writer::FileWriter};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use rustc_hash::FxHashMap;

use super::{
    commit::Kind,
    row::{Body, Row, RowView},
};

/// How many rows stand in a batch.
const BATCH_ROWS: usize = 65_536;
/// How many rows stand in a segment at most.
const MOST_ROWS: usize = 16 * BATCH_ROWS;
/// How many bytes of records stand in a segment at most: Arrow counts them in 31 bits.
const MOST_BYTES: usize = 256 << 20;

/// Texts that repeat, each once.
#[derive(Debug, Default)]
struct Words {
    numbers: FxHashMap<String, i32>,
    texts: StringBuilder,
}

impl Words {
    fn number(&mut self, word: &str) -> i32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number =
            i32::try_from(self.numbers.len()).expect("a segment has fewer rows than i32 has numbers");
        self.numbers.insert(word.to_owned(), number);
        self.texts.append_value(word);
        number
    }
}

/// A segment on its way.
#[derive(Debug, Default)]
pub(super) struct SegmentBuilder {
    files: Vec<u32>,
    lines: Vec<u32>,
    kinds: Vec<i8>,
    ids: Vec<Option<String>>,
    actors: Words,
    relations: Words,
    dates: Words,
    source: Vec<Option<i32>>,
    target: Vec<Option<i32>>,
    relation: Vec<Option<i32>>,
    when: Vec<Option<i32>>,
    records: Vec<Option<String>>,
    bytes: usize,
}

impl SegmentBuilder {
    pub(super) fn rows(&self) -> usize {
        self.kinds.len()
    }

    /// Whether no more should stand in it.
    pub(super) fn is_full(&self) -> bool {
        self.rows() >= MOST_ROWS || self.bytes >= MOST_BYTES
    }

    pub(super) fn push(&mut self, row: Row) {
        self.bytes += row.bytes();
        let Row { file, line, kind, id, ends, when, record } = row;
        self.files.push(file);
        self.lines.push(line);
        let kind = Kind::ALL.iter().position(|known| *known == kind).and_then(|at| i8::try_from(at).ok());
        self.kinds.push(kind.expect("there are five kinds"));
        self.ids.push(id);
        let [source, target, relation] = match ends {
            Some([source, target, relation]) => [
                Some(self.actors.number(&source)),
                Some(self.actors.number(&target)),
                Some(self.relations.number(&relation)),
            ],
            None => [None; 3],
        };
        self.source.push(source);
        self.target.push(target);
        self.relation.push(relation);
        self.when.push(when.map(|when| self.dates.number(&when)));
        self.records.push(record);
    }

    /// The bytes of the file.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, ArrowError> {
        let rows = self.rows();
        let schema = Arc::new(schema());
        let kinds: ArrayRef =
            Arc::new(StringArray::from_iter_values(Kind::ALL.iter().map(|kind| kind.as_str())));
        let words = |words: &mut Words| -> ArrayRef { Arc::new(words.texts.finish()) };
        let (actors, relations, dates) =
            (words(&mut self.actors), words(&mut self.relations), words(&mut self.dates));
        let mut writer = FileWriter::try_new(Vec::new(), &schema)?;
        for start in (0..rows).step_by(BATCH_ROWS) {
            let part = start..rows.min(start + BATCH_ROWS);
            let keys = |keys: &[Option<i32>], values: &ArrayRef| -> Result<ArrayRef, ArrowError> {
                let keys = Int32Array::from(keys[part.clone()].to_vec());
                Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(keys, values.clone())?))
            };
            let kind = Int8Array::from(self.kinds[part.clone()].to_vec());
            let columns: Vec<ArrayRef> = vec![
                Arc::new(UInt32Array::from(self.files[part.clone()].to_vec())),
                Arc::new(UInt32Array::from(self.lines[part.clone()].to_vec())),
                Arc::new(DictionaryArray::<Int8Type>::try_new(kind, kinds.clone())?),
                Arc::new(self.ids[part.clone()].iter().map(Option::as_deref).collect::<StringArray>()),
                keys(&self.source, &actors)?,
                keys(&self.target, &actors)?,
                keys(&self.relation, &relations)?,
                keys(&self.when, &dates)?,
                Arc::new(self.records[part.clone()].iter().map(Option::as_deref).collect::<StringArray>()),
            ];
            writer.write(&RecordBatch::try_new(schema.clone(), columns)?)?;
        }
        writer.into_inner()
    }
}

fn schema() -> Schema {
    let words = |width| DataType::Dictionary(Box::new(width), Box::new(DataType::Utf8));
    let wide = || words(DataType::Int32);
    Schema::new(vec![
        Field::new("file", DataType::UInt32, false),
        Field::new("line", DataType::UInt32, false),
        Field::new("kind", words(DataType::Int8), false),
        Field::new("id", DataType::Utf8, true),
        Field::new("source", wide(), true),
        Field::new("target", wide(), true),
        Field::new("relation", wide(), true),
        Field::new("when", wide(), true),
        Field::new("record", DataType::Utf8, true),
    ])
}

/// A column of texts that repeat.
struct Column<'b> {
    keys: &'b Int32Array,
    texts: &'b StringArray,
}

impl<'b> Column<'b> {
    fn of(batch: &'b RecordBatch, at: usize) -> Option<Self> {
        let column = batch.column(at).as_any().downcast_ref::<DictionaryArray<Int32Type>>()?;
        Some(Self { keys: column.keys(), texts: column.values().as_any().downcast_ref()? })
    }

    fn get(&self, row: usize) -> Option<&'b str> {
        let key = self.keys.is_valid(row).then(|| self.keys.value(row))?;
        Some(self.texts.value(usize::try_from(key).ok()?))
    }
}

/// Reads the rows of a segment, from one on, so many.
///
/// The checksum of the bytes is to be compared before; damage that it does not show ends in an error here.
pub(super) fn read(
    bytes: &[u8],
    first: u64,
    rows: u64,
    mut take: impl FnMut(RowView<'_>),
) -> Result<(), String> {
    let words = |error: ArrowError| error.to_string();
    let reader = FileReader::try_new(Cursor::new(bytes), None).map_err(words)?;
    if *reader.schema() != schema() {
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
            taken += read_batch(
                &batch,
                first.saturating_sub(at)..(end - at).min(batch.num_rows() as u64),
                &mut take,
            )
            .ok_or("a column or a row of it is not as it should be")?;
        }
        at = next;
    }
    if taken == rows { Ok(()) } else { Err(format!("{rows} rows were written, and it has {taken} of them")) }
}

fn read_batch(
    batch: &RecordBatch,
    rows: std::ops::Range<u64>,
    take: &mut impl FnMut(RowView<'_>),
) -> Option<u64> {
    let number = |at: usize| batch.column(at).as_any().downcast_ref::<UInt32Array>();
    let text = |at: usize| batch.column(at).as_any().downcast_ref::<StringArray>();
    let (files, lines) = (number(0)?, number(1)?);
    let kinds = batch.column(2).as_any().downcast_ref::<DictionaryArray<Int8Type>>()?;
    let kind_words = kinds.values().as_any().downcast_ref::<StringArray>()?;
    let column = |at| Column::of(batch, at);
    let (source, target, relation, when, records) =
        (column(4)?, column(5)?, column(6)?, column(7)?, text(8)?);
    let mut taken = 0;
    for row in usize::try_from(rows.start).ok()?..usize::try_from(rows.end).ok()? {
        let word = kind_words.value(usize::try_from(kinds.keys().value(row)).ok()?);
        let kind = *Kind::ALL.iter().find(|kind| kind.as_str() == word)?;
        let body = if records.is_valid(row) {
            Body::Record(records.value(row))
        } else {
            Body::Plain {
                ends: [source.get(row)?, target.get(row)?, relation.get(row)?],
                when: when.get(row),
            }
        };
        take(RowView { file: files.value(row), line: lines.value(row), kind, body });
        taken += 1;
    }
    Some(taken)
}
