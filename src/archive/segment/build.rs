//! Rows on their way into a segment.

use std::{
    io::{self, BufWriter, Write},
    ops::Range,
    sync::Arc,
};

use arrow_array::{
    ArrayRef, DictionaryArray, Int8Array, NullArray, RecordBatch, StringArray, UInt8Array, UInt32Array,
    types::Int8Type,
};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema};

use crate::{
    archive::{commit::Kind, row::Row},
    dataset::{BareRow, BareTies, Texts, number},
};

use super::{BATCH_ROWS, alike, words::Words, words_of};

/// How many rows stand in a segment at most.
const MOST_ROWS: usize = 64 * BATCH_ROWS;
/// How many bytes of records stand in a segment at most: Arrow counts them in 31 bits.
const MOST_BYTES: usize = 256 << 20;

/// So many bytes are written together.
const BUFFER_BYTES: usize = 1 << 18;

/// About how many bytes a bare tie takes.
pub(in crate::archive) const BARE_BYTES: usize = 64;

/// About how many bytes an actor takes of which the id is all, beside that.
pub(in crate::archive) const NAMED_BYTES: usize = 64;

/// The columns of texts that repeat.
const NAMES: [&str; 4] = ["source", "target", "relation", "when"];

/// The kind of a number.
fn kind_of(number: i8) -> Kind {
    usize::try_from(number).map_or(Kind::ALL[0], |at| Kind::ALL[at])
}

/// The number of a kind among all.
fn kind_number(kind: Kind) -> i8 {
    let at = Kind::ALL.iter().position(|known| *known == kind).and_then(|at| i8::try_from(at).ok());
    at.expect("there are five kinds")
}

/// So many bare ties of a file are added together.
const MANY: usize = 1 << 12;

/// A segment on its way.
#[derive(Debug, Default)]
pub(in crate::archive) struct SegmentBuilder {
    files: Runs<u32>,
    lines: Vec<u32>,
    kinds: Runs<i8>,
    /// Ids and records of the rows that have them.
    ids: Sparse,
    records: Sparse,
    source: Words,
    target: Words,
    relation: Words,
    when: Words,
    bytes: usize,
}

/// Values that many rows which follow one another have: each with the row behind its last.
#[derive(Debug, Default)]
struct Runs<T>(Vec<(usize, T)>);

impl<T: Copy + PartialEq> Runs<T> {
    /// The rows up to one have a value.
    fn extend(&mut self, end: usize, value: T) {
        match self.0.last_mut().filter(|(_, last)| *last == value) {
            Some(run) => run.0 = end,
            None => self.0.push((end, value)),
        }
    }

    fn values(&self) -> impl Iterator<Item = T> {
        self.0.iter().map(|(_, value)| *value)
    }

    /// The value of all rows, if they have the same.
    fn one(&self) -> Option<T> {
        if let [(_, value)] = *self.0 { Some(value) } else { None }
    }

    /// The values of some rows.
    fn of(&self, rows: &Range<usize>) -> Vec<T> {
        let mut values = Vec::with_capacity(rows.len());
        for (end, value) in &self.0[self.0.partition_point(|(end, _)| *end <= rows.start)..] {
            values.resize(end.min(&rows.end) - rows.start, *value);
            if *end >= rows.end {
                break;
            }
        }
        values
    }
}

/// Texts that some rows have.
#[derive(Debug, Default)]
struct Sparse {
    rows: Vec<usize>,
    texts: Texts,
}

impl Sparse {
    fn push(&mut self, row: usize, text: &str) {
        self.rows.push(row);
        self.texts.push(text);
    }

    fn array(&self, rows: &Range<usize>) -> ArrayRef {
        if self.rows.is_empty() {
            return Arc::new(NullArray::new(rows.len()));
        }
        let first = self.rows.partition_point(|row| *row < rows.start);
        let mut here = (first..self.rows.len()).peekable();
        let text = |row| here.next_if(|at| self.rows[*at] == row).map(|at| self.texts.get(number(at)));
        Arc::new(rows.clone().map(text).collect::<StringArray>())
    }

    fn kind(&self) -> DataType {
        if self.rows.is_empty() { DataType::Null } else { DataType::Utf8 }
    }
}

impl SegmentBuilder {
    pub(in crate::archive) fn rows(&self) -> usize {
        self.lines.len()
    }

    /// Whether a row of it has an id or a record.
    pub(in crate::archive) fn has_records(&self) -> bool {
        !self.ids.rows.is_empty() || !self.records.rows.is_empty()
    }

    /// Whether no more should stand in it.
    pub(in crate::archive) fn is_full(&self) -> bool {
        self.rows() >= MOST_ROWS || self.bytes >= MOST_BYTES
    }

    fn begin(&mut self, file: u32, line: u32, kind: Kind) {
        self.lines.push(line);
        self.files.extend(self.lines.len(), file);
        self.kinds.extend(self.lines.len(), kind_number(kind));
    }

    pub(in crate::archive) fn push(&mut self, row: Row) {
        self.bytes += row.bytes();
        let Row { file, line, kind, id, ends, when, record } = row;
        let at = self.rows();
        self.begin(file, line, kind);
        if let Some(id) = id {
            self.ids.push(at, &id);
        }
        let texts = ends.as_ref().map(|ends| ends.each_ref().map(String::as_str));
        let [source, target, relation] = texts
            .map_or([None; 3], |[source, target, relation]| [Some(source), Some(target), Some(relation)]);
        self.source.push(source);
        self.target.push(target);
        self.relation.push(relation);
        self.when.push(when.as_deref());
        if let Some(record) = record {
            self.records.push(at, &record);
        }
    }

    /// Adds an actor of which the id is all.
    pub(in crate::archive) fn push_named(&mut self, file: u32, line: u32, id: &str) {
        self.bytes += NAMED_BYTES + id.len();
        self.ids.push(self.rows(), id);
        self.begin(file, line, Kind::Actor);
        for words in [&mut self.source, &mut self.target, &mut self.relation, &mut self.when] {
            words.push(None);
        }
    }

    /// Adds bare ties, as many of them as it has room for; gives how many these are. All bare ties that a segment has are
    /// of the same texts.
    pub(in crate::archive) fn push_bare(&mut self, file: u32, rows: &[BareRow], ties: &BareTies) -> usize {
        let room =
            (MOST_ROWS - self.rows()).min((MOST_BYTES - self.bytes.min(MOST_BYTES)).div_ceil(BARE_BYTES));
        let rows = &rows[..rows.len().min(room)];
        if rows.len() < MANY {
            for row in rows {
                self.push_one(file, row, ties);
            }
            return rows.len();
        }
        self.bytes += rows.len() * BARE_BYTES;
        self.lines.extend(rows.iter().map(|row| row.line));
        self.files.extend(self.lines.len(), file);
        self.kinds.extend(self.lines.len(), kind_number(Kind::Tie));
        self.source.extend_numbered(rows.iter().map(|row| row.source), &ties.actors, true);
        self.target.extend_numbered(rows.iter().map(|row| row.target), &ties.actors, true);
        self.relation.extend_numbered(rows.iter().map(|row| row.relation), &ties.relations, true);
        self.when.extend_numbered(rows.iter().map(|row| row.day), &ties.days, false);
        rows.len()
    }

    fn push_one(&mut self, file: u32, row: &BareRow, ties: &BareTies) {
        self.bytes += BARE_BYTES;
        self.begin(file, row.line, Kind::Tie);
        self.source.push_numbered(row.source, &ties.actors, true);
        self.target.push_numbered(row.target, &ties.actors, true);
        self.relation.push_numbered(row.relation, &ties.relations, true);
        // Two files may say the same day.
        self.when.push_numbered(row.day, &ties.days, false);
    }

    /// Writes the file.
    pub(in crate::archive) fn write(mut self, out: impl Write) -> io::Result<()> {
        self.write_batches(BufWriter::with_capacity(BUFFER_BYTES, out)).map_err(|error| match error {
            ArrowError::IoError(_, source) => source,
            other => io::Error::other(other),
        })
    }

    fn write_batches(&mut self, out: impl Write) -> Result<(), ArrowError> {
        let rows = self.rows();
        let words = |words: &mut Words| -> ArrayRef { Arc::new(words.texts.finish()) };
        let values = [&mut self.source, &mut self.target, &mut self.relation, &mut self.when].map(words);
        let columns = [&self.source, &self.target, &self.relation, &self.when];
        let narrow = self.files.values().all(|file| u8::try_from(file).is_ok());
        let (file, line, kind) = (self.files.one(), alike::in_step(&self.lines), self.kinds.one());
        let file_type = if narrow { DataType::UInt8 } else { DataType::UInt32 };
        let mut fields = vec![
            file.map_or(Field::new("file", file_type, false), |file| alike::field("file", &file)),
            line.map_or(Field::new("line", DataType::UInt32, false), |line| {
                alike::field_in_step("line", line)
            }),
            kind.map_or(Field::new("kind", words_of(DataType::Int8), false), |kind| {
                alike::field("kind", &kind_of(kind).as_str())
            }),
            Field::new("id", self.ids.kind(), true),
        ];
        for (name, words) in NAMES.iter().zip(columns) {
            fields.push(Field::new(*name, words.kind(), true));
        }
        fields.push(Field::new("record", self.records.kind(), true));
        let schema = Arc::new(Schema::new(fields));
        let kinds: ArrayRef =
            Arc::new(StringArray::from_iter_values(Kind::ALL.iter().map(|kind| kind.as_str())));
        let fields_count = schema.fields().len();
        let mut writer = FileWriter::try_new(out, &schema)?;
        for start in (0..rows).step_by(BATCH_ROWS) {
            let part = start..rows.min(start + BATCH_ROWS);
            let none: ArrayRef = Arc::new(NullArray::new(part.len()));
            let mut arrays: Vec<ArrayRef> = Vec::with_capacity(fields_count);
            let files = || self.files.of(&part);
            arrays.push(match (file, narrow) {
                (Some(_), _) => none.clone(),
                (None, true) => {
                    Arc::new(files().iter().map(|file| u8::try_from(*file).ok()).collect::<UInt8Array>())
                }
                (None, false) => Arc::new(UInt32Array::from(files())),
            });
            let lines = || Arc::new(UInt32Array::from(self.lines[part.clone()].to_vec()));
            arrays.push(if line.is_some() { none.clone() } else { lines() });
            arrays.push(if kind.is_some() {
                none
            } else {
                let numbers = Int8Array::from(self.kinds.of(&part));
                Arc::new(DictionaryArray::<Int8Type>::try_new(numbers, kinds.clone())?)
            });
            arrays.push(self.ids.array(&part));
            for (words, values) in columns.iter().zip(&values) {
                arrays.push(words.array(&part, values)?);
            }
            arrays.push(self.records.array(&part));
            writer.write(&RecordBatch::try_new(schema.clone(), arrays)?)?;
        }
        writer.finish()?;
        Ok(writer.into_inner()?.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_give_back_the_value_of_each_row() {
        let values = [1, 1, 2, 2, 2, 3, 1];
        let mut runs = Runs::default();
        for (at, value) in values.iter().enumerate() {
            runs.extend(at + 1, *value);
        }
        assert_eq!(runs.values().collect::<Vec<_>>(), [1, 2, 3, 1]);
        for start in 0..=values.len() {
            for end in start..=values.len() {
                assert_eq!(runs.of(&(start..end)), values[start..end]);
            }
        }
    }
}
