//! Reads workbooks of Excel and `LibreOffice` (xlsx, xlsm, xlsb, xls, ods) as tables, a sheet each.

use std::{
    collections::BTreeMap,
    io::{self, Cursor},
};

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetVisible, Sheets, open_workbook_auto_from_rs};

use super::sheet::{Book, CellType, Sheet};

/// A sheet as it is read: by row and column from 0, what is not empty.
type Cells = BTreeMap<u32, Vec<(u32, Cell)>>;

struct Cell {
    text: String,
    kind: CellType,
}

fn damaged(error: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the workbook is damaged or protected: {error}"))
}

/// Opens a workbook.
///
/// # Errors
/// When it is damaged, or protected by a password.
pub(super) fn open(bytes: &[u8]) -> io::Result<Book> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let listed: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let (mut sheets, mut notes) = (Vec::new(), Vec::new());
    for (name, is_visible) in listed {
        if !is_visible {
            notes.push(format!("{name}: left out: the sheet is hidden"));
            continue;
        }
        let mut error_count = 0;
        let cells = cells(&mut book, &name, &mut error_count)?;
        if cells.is_empty() {
            notes.push(format!("{name}: left out: the sheet is empty"));
            continue;
        }
        let mut sheet = table(name, &cells);
        if error_count > 0 {
            sheet.notes.push(format!("{error_count} cells with errors (#N/A, #REF! …) are read as empty"));
        }
        sheets.push(sheet);
    }
    Ok(Book { what: "a workbook", sheets, notes })
}

/// What stands in a sheet.
fn cells(book: &mut Sheets<Cursor<&[u8]>>, name: &str, error_count: &mut usize) -> io::Result<Cells> {
    let mut cells = Cells::new();
    let mut put = |(row, column): (u32, u32), cell: Option<Cell>, is_error: bool| {
        *error_count += usize::from(is_error);
        if let Some(cell) = cell {
            cells.entry(row).or_default().push((column, cell));
        }
    };
    match book {
        // These are read cell by cell: one far away does not make a table as wide and as long as it.
        Sheets::Xlsx(book) => {
            let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
            while let Some(cell) = reader.next_cell().map_err(damaged)? {
                put(
                    cell.get_position(),
                    of_ref(cell.get_value()),
                    matches!(cell.get_value(), DataRef::Error(_)),
                );
            }
        }
        Sheets::Xlsb(book) => {
            let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
            while let Some(cell) = reader.next_cell().map_err(damaged)? {
                put(
                    cell.get_position(),
                    of_ref(cell.get_value()),
                    matches!(cell.get_value(), DataRef::Error(_)),
                );
            }
        }
        Sheets::Xls(_) | Sheets::Ods(_) => {
            let range = book.worksheet_range(name).map_err(damaged)?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, data) in range.used_cells() {
                let place =
                    |start: u32, at: usize| start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
                put((place(top, row), place(left, column)), of_data(data), matches!(data, Data::Error(_)));
            }
        }
    }
    Ok(cells)
}

fn of_ref(data: &DataRef<'_>) -> Option<Cell> {
    match data {
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::text(iso(text)),
        DataRef::Int(number) => Some(Cell::number(number.to_string())),
        DataRef::Float(number) => Some(Cell::number(plain(*number))),
        DataRef::Bool(value) => Some(Cell { text: value.to_string(), kind: CellType::Boolean }),
        DataRef::DateTime(moment) => Cell::text(&day_or_time(*moment)),
        DataRef::Error(_) | DataRef::Empty => None,
    }
}

fn of_data(data: &Data) -> Option<Cell> {
    match data {
        Data::String(text) => Cell::text(text),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::text(iso(text)),
        Data::Int(number) => Some(Cell::number(number.to_string())),
        Data::Float(number) => Some(Cell::number(plain(*number))),
        Data::Bool(value) => Some(Cell { text: value.to_string(), kind: CellType::Boolean }),
        Data::DateTime(moment) => Cell::text(&day_or_time(*moment)),
        Data::Error(_) | Data::Empty => None,
    }
}

impl Cell {
    fn text(text: &str) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Self { text: text.to_owned(), kind: CellType::Text })
    }

    fn number(text: String) -> Self {
        Self { text, kind: CellType::Number }
    }
}

/// A number as it would be typed: whole ones without a fraction.
fn plain(number: f64) -> String {
    number.to_string()
}

/// A day, with the time only where there is one.
fn day_or_time(date: ExcelDateTime) -> String {
    if date.is_duration() {
        return plain(date.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let text = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        return text;
    }
    format!("{text} {hour:02}:{minute:02}:{second:02}")
}

fn iso(text: &str) -> &str {
    text.strip_suffix("T00:00:00").unwrap_or(text)
}

/// A sheet as a table: its header is the first row of at least two cells, or else the first row.
fn table(name: String, cells: &Cells) -> Sheet {
    let mut sheet = Sheet::new(Some(name));
    let wide = cells.iter().find(|(_, row)| row.len() > 1).map(|(at, _)| *at);
    let Some(header) = wide.or_else(|| cells.keys().next().copied()) else { return sheet };
    let above: Vec<String> =
        cells.range(..header).flat_map(|(_, row)| row.iter().map(|(_, cell)| cell.text.clone())).collect();
    if !above.is_empty() {
        sheet.notes.push(format!("above its header, and not read: {}", above.join(" | ")));
    }
    let width = cells.range(header..).flat_map(|(_, row)| row.iter().map(|(at, _)| *at)).max().unwrap_or(0);
    sheet.types = vec![CellType::Text; width as usize + 1];
    let mut is_typed = vec![false; sheet.types.len()];
    for (_, row) in cells.range(header + 1..) {
        for (at, cell) in row {
            let known = &mut sheet.types[*at as usize];
            let is_first = !std::mem::replace(&mut is_typed[*at as usize], true);
            if is_first {
                *known = cell.kind;
            } else if *known != cell.kind {
                *known = CellType::Text;
            }
        }
    }
    let mut next = 0;
    for (at, row) in cells.range(header..) {
        // A row of the sheet is the line of its number.
        for _ in next..*at {
            sheet.end_row();
        }
        let mut column = 0;
        for (cell_at, cell) in row {
            while column < *cell_at {
                sheet.cell("", column == 0);
                column += 1;
            }
            sheet.cell(&cell.text, column == 0);
            column += 1;
        }
        // The header has all columns; other rows end at their last cell.
        while *at == header && column <= width {
            sheet.cell("", column == 0);
            column += 1;
        }
        sheet.end_row();
        next = at + 1;
    }
    sheet
}
