//! Segments: immutable Arrow IPC files of rows, which any program that knows Arrow opens.
//!
//! The columns are `file` and `line` (where a row came from), `kind`, `id`, `source`, `target`, `relation`,
//! `when` and `record`. `record` is the whole record as JSON; it is null for a tie of which the other columns say all.

use std::{io::Cursor, ops::Range, sync::Arc};

use arrow_array::{
    Array, ArrayRef, DictionaryArray, Int8Array, Int32Array, NullArray, PrimitiveArray, RecordBatch,
    StringArray, UInt8Array, UInt32Array,
    builder::StringBuilder,
    types::{ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type},
};
use arrow_buffer::{BooleanBufferBuilder, NullBuffer};
use arrow_ipc::{reader::FileReader, writer::FileWriter};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use rustc_hash::FxHashMap;

use super::{
    commit::Kind,
    row::{Body, Row, RowView, Word},
};
use crate::dataset::{BareRow, BareTies, Texts};

/// How many rows stand in a batch.
const BATCH_ROWS: usize = 65_536;
/// How many rows stand in a segment at most.
const MOST_ROWS: usize = 64 * BATCH_ROWS;
/// How many bytes of records stand in a segment at most: Arrow counts them in 31 bits.
const MOST_BYTES: usize = 256 << 20;

/// About how many bytes a bare tie takes.
pub(super) const BARE_BYTES: usize = 64;

/// Texts that repeat, each once.
#[derive(Debug, Default)]
struct Words {
    numbers: FxHashMap<String, i32>,
    texts: StringBuilder,
    count: i32,
    /// By the numbers that bare ties have for texts: those that they have here, from 1; 0 for none yet.
    known: Vec<i32>,
    keys: Vec<i32>,
    /// The rows that have none.
    missing: Vec<usize>,
}

impl Words {
    /// The number of a word, which is looked up only where it was not met as one of bare ties, which are numbered.
    fn number(&mut self, word: &str) -> i32 {
        let looked_up = i32::try_from(self.numbers.len()).expect("there are no more than words");
        for number in looked_up..self.count {
            self.numbers.insert(self.text(number).to_owned(), number);
        }
        self.numbers.get(word).copied().unwrap_or_else(|| {
            self.numbers.insert(word.to_owned(), self.count);
            self.append(word)
        })
    }

    /// Adds a word that is not among those there.
    fn append(&mut self, word: &str) -> i32 {
        let number = self.count;
        self.count = number.checked_add(1).expect("a segment has fewer rows than i32 has numbers");
        self.texts.append_value(word);
        number
    }

    fn text(&self, number: i32) -> &str {
        let at = usize::try_from(number).unwrap_or_default();
        let end = |at: usize| self.texts.offsets_slice().get(at).and_then(|end| usize::try_from(*end).ok());
        let place = end(at).unwrap_or_default()..end(at + 1).unwrap_or_default();
        std::str::from_utf8(&self.texts.values_slice()[place]).expect("words are texts")
    }

    fn push(&mut self, word: Option<&str>) {
        let key = if let Some(word) = word {
            self.number(word)
        } else {
            self.missing.push(self.keys.len());
            0
        };
        self.keys.push(key);
    }

    /// Adds a word of a bare tie, which has a number among texts that all bare ties of a commit share.
    fn push_numbered(&mut self, at: u32, texts: &Texts) {
        let place = at as usize;
        if self.known.len() <= place {
            self.known.resize(texts.len().max(place + 1), 0);
        }
        if self.known[place] == 0 {
            let word = texts.get(at);
            // Bare ties name no word by two numbers.
            let number = if self.numbers.is_empty() { self.append(word) } else { self.number(word) };
            self.known[place] = number + 1;
        }
        self.keys.push(self.known[place] - 1);
    }

    /// The type of the keys: the narrowest that holds them.
    fn width(&self) -> DataType {
        match self.count {
            ..=0x7f => DataType::Int8,
            0x80..=0x7fff => DataType::Int16,
            _ => DataType::Int32,
        }
    }

    /// The keys of some rows, which are asked in order.
    fn array(&self, rows: &Range<usize>, values: &ArrayRef) -> Result<ArrayRef, ArrowError> {
        let keys = Int32Array::from(self.keys[rows.clone()].to_vec());
        let first = self.missing.partition_point(|row| *row < rows.start);
        let missing = self.missing[first..].iter().take_while(|row| **row < rows.end);
        let mut valid = BooleanBufferBuilder::new(rows.len());
        valid.append_n(rows.len(), true);
        let mut none = true;
        for row in missing {
            valid.set_bit(row - rows.start, false);
            none = false;
        }
        let nulls = (!none).then(|| NullBuffer::new(valid.finish()));
        let keys = Int32Array::new(keys.values().clone(), nulls);
        Ok(match self.width() {
            DataType::Int8 => dictionary::<Int8Type>(&keys, values)?,
            DataType::Int16 => dictionary::<Int16Type>(&keys, values)?,
            _ => dictionary::<Int32Type>(&keys, values)?,
        })
    }
}

fn dictionary<K>(keys: &Int32Array, values: &ArrayRef) -> Result<ArrayRef, ArrowError>
where
    K: ArrowDictionaryKeyType,
    K::Native: TryFrom<i32>,
{
    let narrow = |key: &i32| K::Native::try_from(*key).unwrap_or_default();
    let narrow: Vec<K::Native> = keys.values().iter().map(narrow).collect();
    let keys = PrimitiveArray::<K>::new(narrow.into(), keys.nulls().cloned());
    Ok(Arc::new(DictionaryArray::<K>::try_new(keys, values.clone())?))
}

/// A segment on its way.
#[derive(Debug, Default)]
pub(super) struct SegmentBuilder {
    files: Vec<u32>,
    lines: Vec<u32>,
    kinds: Vec<i8>,
    /// Ids and records of the rows that have them.
    ids: Sparse,
    records: Sparse,
    source: Words,
    target: Words,
    relation: Words,
    when: Words,
    bytes: usize,
}

/// Texts that some rows have.
#[derive(Debug, Default)]
struct Sparse(Vec<(usize, String)>);

impl Sparse {
    fn array(&self, rows: &Range<usize>) -> ArrayRef {
        if self.0.is_empty() {
            return Arc::new(NullArray::new(rows.len()));
        }
        let first = self.0.partition_point(|(row, _)| *row < rows.start);
        let mut here = self.0[first..].iter().peekable();
        let text = |row| here.next_if(|(at, _)| *at == row).map(|(_, text)| text.as_str());
        Arc::new(rows.clone().map(text).collect::<StringArray>())
    }

    fn kind(&self) -> DataType {
        if self.0.is_empty() { DataType::Null } else { DataType::Utf8 }
    }
}

impl SegmentBuilder {
    pub(super) fn rows(&self) -> usize {
        self.kinds.len()
    }

    /// Whether a row of it has an id or a record.
    pub(super) fn has_records(&self) -> bool {
        !self.ids.0.is_empty() || !self.records.0.is_empty()
    }

    /// Whether no more should stand in it.
    pub(super) fn is_full(&self) -> bool {
        self.rows() >= MOST_ROWS || self.bytes >= MOST_BYTES
    }

    fn begin(&mut self, file: u32, line: u32, kind: Kind) {
        self.files.push(file);
        self.lines.push(line);
        let kind = Kind::ALL.iter().position(|known| *known == kind).and_then(|at| i8::try_from(at).ok());
        self.kinds.push(kind.expect("there are five kinds"));
    }

    pub(super) fn push(&mut self, row: Row) {
        self.bytes += row.bytes();
        let Row { file, line, kind, id, ends, when, record } = row;
        let at = self.rows();
        self.begin(file, line, kind);
        self.ids.0.extend(id.map(|id| (at, id)));
        let texts = ends.as_ref().map(|ends| ends.each_ref().map(String::as_str));
        let [source, target, relation] = texts
            .map_or([None; 3], |[source, target, relation]| [Some(source), Some(target), Some(relation)]);
        self.source.push(source);
        self.target.push(target);
        self.relation.push(relation);
        self.when.push(when.as_deref());
        self.records.0.extend(record.map(|record| (at, record)));
    }

    /// Adds a bare tie; all that a segment has are of the same texts.
    pub(super) fn push_bare(&mut self, file: u32, row: &BareRow, ties: &BareTies) {
        self.bytes += BARE_BYTES;
        self.begin(file, row.line, Kind::Tie);
        self.source.push_numbered(row.source, &ties.actors);
        self.target.push_numbered(row.target, &ties.actors);
        self.relation.push_numbered(row.relation, &ties.relations);
        self.when.push_numbered(row.day, &ties.days);
    }

    /// The bytes of the file.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, ArrowError> {
        let rows = self.rows();
        let words = |words: &mut Words| -> ArrayRef { Arc::new(words.texts.finish()) };
        let values = [&mut self.source, &mut self.target, &mut self.relation, &mut self.when].map(words);
        let columns = [&self.source, &self.target, &self.relation, &self.when];
        let narrow = self.files.iter().all(|file| u8::try_from(*file).is_ok());
        let mut fields = vec![
            Field::new("file", if narrow { DataType::UInt8 } else { DataType::UInt32 }, false),
            Field::new("line", DataType::UInt32, false),
            Field::new("kind", words_of(DataType::Int8), false),
            Field::new("id", self.ids.kind(), true),
        ];
        for (name, words) in NAMES.iter().zip(columns) {
            fields.push(Field::new(*name, words_of(words.width()), true));
        }
        fields.push(Field::new("record", self.records.kind(), true));
        let schema = Arc::new(Schema::new(fields));
        let kinds: ArrayRef =
            Arc::new(StringArray::from_iter_values(Kind::ALL.iter().map(|kind| kind.as_str())));
        let mut writer = FileWriter::try_new(Vec::new(), &schema)?;
        for start in (0..rows).step_by(BATCH_ROWS) {
            let part = start..rows.min(start + BATCH_ROWS);
            let kind = Int8Array::from(self.kinds[part.clone()].to_vec());
            let files = &self.files[part.clone()];
            let files: ArrayRef = if narrow {
                Arc::new(files.iter().map(|file| u8::try_from(*file).ok()).collect::<UInt8Array>())
            } else {
                Arc::new(UInt32Array::from(files.to_vec()))
            };
            let files: ArrayRef = files;
            let mut arrays: Vec<ArrayRef> = vec![
                files,
                Arc::new(UInt32Array::from(self.lines[part.clone()].to_vec())),
                Arc::new(DictionaryArray::<Int8Type>::try_new(kind, kinds.clone())?),
                self.ids.array(&part),
            ];
            for (words, values) in columns.iter().zip(&values) {
                arrays.push(words.array(&part, values)?);
            }
            arrays.push(self.records.array(&part));
            writer.write(&RecordBatch::try_new(schema.clone(), arrays)?)?;
        }
        writer.into_inner()
    }
}

/// The columns of texts that repeat.
const NAMES: [&str; 4] = ["source", "target", "relation", "when"];

fn words_of(width: DataType) -> DataType {
    DataType::Dictionary(Box::new(width), Box::new(DataType::Utf8))
}

/// Whether columns are those of a segment: by name, each of one of the types that it may have.
fn is_segment(schema: &Schema) -> bool {
    let is_words = |kind: &DataType| {
        [DataType::Int8, DataType::Int16, DataType::Int32].into_iter().any(|width| *kind == words_of(width))
    };
    let may_be = |at: usize, kind: &DataType| match at {
        0 => matches!(kind, DataType::UInt8 | DataType::UInt32),
        1 => *kind == DataType::UInt32,
        2 => *kind == words_of(DataType::Int8),
        3 | 8 => matches!(kind, DataType::Utf8 | DataType::Null),
        _ => is_words(kind),
    };
    let names = ["file", "line", "kind", "id", "source", "target", "relation", "when", "record"];
    let fits = |(at, field): (usize, &Arc<Field>)| {
        names.get(at) == Some(&field.name().as_str()) && may_be(at, field.data_type())
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
pub(super) fn read(
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
            taken += read_batch(
                &batch,
                number,
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
    segment: usize,
    rows: Range<u64>,
    take: &mut impl FnMut(RowView<'_>),
) -> Option<u64> {
    let number = |at: usize| batch.column(at).as_any().downcast_ref::<UInt32Array>();
    let narrow_files = batch.column(0).as_any().downcast_ref::<UInt8Array>();
    let wide_files = number(0);
    let file = |row: usize| match (narrow_files, wide_files) {
        (Some(files), _) => Some(u32::from(files.value(row))),
        (None, files) => files.map(|files| files.value(row)),
    };
    let lines = number(1)?;
    let kinds = batch.column(2).as_any().downcast_ref::<DictionaryArray<Int8Type>>()?;
    let kind_words = kinds.values().as_any().downcast_ref::<StringArray>()?;
    let column = |at| Column::of(batch, at);
    let (source, target, relation, when) = (column(4)?, column(5)?, column(6)?, column(7)?);
    let records = batch.column(8).as_any().downcast_ref::<StringArray>();
    let mut taken = 0;
    for row in usize::try_from(rows.start).ok()?..usize::try_from(rows.end).ok()? {
        let word = kind_words.value(usize::try_from(kinds.keys().value(row)).ok()?);
        let kind = *Kind::ALL.iter().find(|kind| kind.as_str() == word)?;
        let body = match records.filter(|records| records.is_valid(row)) {
            Some(records) => Body::Record(records.value(row)),
            None => Body::Plain {
                ends: [source.get(row)?, target.get(row)?, relation.get(row)?],
                when: when.get(row),
            },
        };
        take(RowView { file: file(row)?, line: lines.value(row), kind, body, segment });
        taken += 1;
    }
    Some(taken)
}
