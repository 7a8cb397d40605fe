//! What all rows of a segment have alike stands at the field, and their column is of the type null.

#[expect(clippy::disallowed_types, reason = "see below")]
use std::collections::HashMap;

use arrow_schema::{DataType, Field};

/// The key under which the value stands that all rows have.
const VALUE: &str = "value";
/// The key under which the value of the first row stands, where each next one is one more.
const FIRST: &str = "first";

#[expect(clippy::disallowed_types, reason = "arrow takes no other; it has one key")]
fn said(name: &str, key: &str, value: String) -> Field {
    let metadata = HashMap::from([(key.to_owned(), value)]);
    Field::new(name, DataType::Null, true).with_metadata(metadata)
}

/// A field of which all rows have a value.
pub(super) fn field(name: &str, value: &impl ToString) -> Field {
    said(name, VALUE, value.to_string())
}

/// A field of numbers that go in step.
pub(super) fn field_in_step(name: &str, first: u32) -> Field {
    said(name, FIRST, first.to_string())
}

/// Whether each number is one more than the one before; the first of them.
pub(super) fn in_step(numbers: &[u32]) -> Option<u32> {
    let (first, last) = (numbers.first()?, numbers.last()?);
    let are = numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]));
    (are && last >= first).then_some(*first)
}

/// What a field says of all rows.
fn value_of<'f>(field: &'f Field, key: &str) -> Option<&'f str> {
    let is_null = *field.data_type() == DataType::Null;
    is_null.then(|| field.metadata().get(key).map(String::as_str))?
}

/// The value that all rows have.
pub(super) fn value(field: &Field) -> Option<&str> {
    value_of(field, VALUE)
}

/// The number of the first row, where numbers go in step.
pub(super) fn first(field: &Field) -> Option<u32> {
    value_of(field, FIRST)?.parse().ok()
}
