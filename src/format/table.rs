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

/// The cells of one column, by its head or its number from 1; with a number the head is skipped too.
///
/// # Errors
/// In words, when the text is no table or has no such column.
pub fn read_column(text: &str, column: &str) -> Result<Vec<String>, String> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = reader.headers().map_err(|error| error.to_string())?.clone();
    let by_number = || column.parse::<usize>().ok().filter(|number| (1..=head.len()).contains(number));
    let at = head.iter().position(|name| name.trim() == column).or_else(|| Some(by_number()? - 1));
    let Some(at) = at else {
        let names: Vec<&str> = head.iter().collect();
        return Err(format!("no column `{column}`: it has {}", names.join(", ")));
    };
    let mut cells = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        cells.push(row.get(at).unwrap_or_default().to_owned());
    }
    Ok(cells)
}
