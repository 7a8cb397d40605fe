//! The columns of a table on paper: each as wide as its cells where there is room, else broken at words.

use unicode_width::UnicodeWidthChar;

use crate::diagram::text::Face;

/// White between columns.
const GAP: f64 = 12.0;
/// No word makes a column wider than this; it is broken.
const WIDEST_WORD: f64 = 110.0;

/// Where the columns of a table lie.
pub(super) struct Columns {
    pub(super) places: Vec<Place>,
}

/// Where one column lies, from the left edge of the text.
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) width: f64,
    pub(super) is_number: bool,
}

impl Columns {
    pub(super) fn fitted(
        face: Face,
        width: f64,
        heads: &[&str],
        are_numbers: &[bool],
        rows: &[Vec<String>],
    ) -> Self {
        let bold = Face { bold: true, ..face };
        let measured = heads.iter().enumerate().map(|(at, head)| {
            let cells = || rows.iter().filter_map(|row| row.get(at));
            let natural = cells().map(|cell| face.width(cell)).fold(bold.width(head), f64::max) + 1.0;
            let least = cells().map(|cell| longest(face, cell)).fold(longest(bold, head), f64::max) + 1.0;
            (least.min(WIDEST_WORD).min(natural), natural)
        });
        let measured: Vec<(f64, f64)> = measured.collect();
        #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
        let white = GAP * heads.len().saturating_sub(1) as f64;
        let (least, natural) = measured.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
        let room = width - white;
        let share = if natural <= room { 1.0 } else { ((room - least) / (natural - least)).max(0.0) };
        // What cannot be made narrow enough by breaking at words is broken within them.
        let squeeze = if least > room { room / least } else { 1.0 };
        let mut x = 0.0;
        let places = measured.iter().zip(are_numbers).map(|((least, natural), is_number)| {
            let width = (least + (natural - least) * share) * squeeze;
            let place = Place { x, width, is_number: *is_number };
            x += width + GAP;
            place
        });
        Self { places: places.collect() }
    }
}

/// The widest part of a cell that is not broken.
fn longest(face: Face, cell: &str) -> f64 {
    let is_wide = |c: char| c.width() == Some(2) && !('\u{ac00}'..='\u{d7a3}').contains(&c);
    let parts = cell.split(|c: char| c.is_whitespace() || is_wide(c));
    let square = if cell.contains(is_wide) { 2.0 * face.size } else { 0.0 };
    parts.map(|part| face.width(part)).fold(square, f64::max)
}

/// Cells broken to their columns.
pub(super) fn wrapped(face: Face, is_bold: bool, columns: &Columns, cells: &[&str]) -> Vec<Vec<String>> {
    let face = Face { bold: is_bold, ..face };
    cells.iter().zip(&columns.places).map(|(cell, place)| face.wrap(cell, place.width + 0.1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face::plain(10.0);

    fn widths(width: f64, rows: &[Vec<String>]) -> Vec<f64> {
        let heads = ["name", "n"];
        let columns = Columns::fitted(FACE, width, &heads, &[false, true], rows);
        columns.places.iter().map(|place| place.width).collect()
    }

    #[test]
    fn a_table_that_fits_is_as_wide_as_its_cells_and_another_as_the_paper() {
        let rows = vec![vec!["the Ministry of Foreign Affairs of Mongolia".to_owned(), "12".to_owned()]];
        assert!(widths(1000.0, &rows).iter().sum::<f64>() < 400.0);
        let narrow = widths(120.0, &rows);
        assert!((narrow.iter().sum::<f64>() + GAP - 120.0).abs() < 0.1, "{narrow:?}");
        assert!(narrow[1] >= FACE.width("12"));
    }
}
