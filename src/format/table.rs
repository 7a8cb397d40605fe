//! Comma-separated values (RFC 4180), for the tables of answers.

use std::io::{self, Write};

/// Writes a header and rows.
///
/// # Errors
/// When the writer fails.
pub fn write_csv<'r>(
    header: &[&str],
    rows: impl IntoIterator<Item = &'r Vec<String>>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.flush()
}
