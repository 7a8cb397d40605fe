//! The line of a file that a problem is about, with carets under the value at fault.
//!
//! Records stand one a line, and lines of thousands of columns are common: an excerpt shows the part around the
//! value, cut at both sides. Widths are those of a terminal, where Han takes two columns.

use unicode_width::UnicodeWidthChar;

use crate::dataset::{Problem, SourceFile};

/// How many columns of a line are shown.
const COLUMNS: usize = 84;
/// How many of them stand before the value at most.
const BEFORE: usize = 30;
/// How many bytes around the value are looked at.
const NEAR: usize = 1000;

/// The line with its number and the carets under it; nothing where the file has no such line.
pub fn excerpt(problem: &Problem, files: &[SourceFile]) -> Vec<String> {
    let Some(file) = files.get(problem.origin.file as usize) else { return Vec::new() };
    let (text, byte) =
        (&*file.text, |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(file.text.len()));
    let (start, end) = (byte(problem.origin.start), byte(problem.origin.end));
    if problem.origin.bare_row().is_some() {
        return Vec::new();
    }
    if problem.line == 0 || text.is_empty() || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
        return Vec::new();
    }
    // A file of millions of records may be one line: no more is read than is shown.
    let (mut from, mut to) = (start.saturating_sub(NEAR), end.saturating_add(NEAR).min(text.len()));
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let line_start = text[from..start].rfind('\n').map_or(from, |at| from + at + 1);
    let line_end = text[start..to].find('\n').map_or(to, |at| start + at);
    let (before, value) = (&text[line_start..start], &text[start..end.clamp(start, line_end)]);
    let after = &text[start + value.len()..line_end];

    let (cut_before, shown_before) = tail(before, BEFORE);
    let (shown_value, cut_value) = head(value, COLUMNS - BEFORE);
    let room = COLUMNS.saturating_sub(width(&shown_before) + width(&shown_value));
    let (shown_after, cut_after) = if cut_value { (String::new(), true) } else { head(after, room) };
    let (left, right) = (if cut_before { "…" } else { "" }, if cut_after { "…" } else { "" });
    let number = problem.line.to_string();
    let margin = " ".repeat(number.len());
    let indent = " ".repeat(width(left) + width(&shown_before));
    let carets = "^".repeat(width(&shown_value).max(1));
    vec![
        format!("{margin} |"),
        format!("{number} | {left}{shown_before}{shown_value}{shown_after}{right}"),
        format!("{margin} | {indent}{carets}"),
    ]
}

/// What is shown of a character: signs that would move the cursor are blanks, marks of direction nothing.
fn shown(found: char) -> Option<char> {
    match found {
        '\t' => Some(' '),
        '\r' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        found if found.is_control() => Some('\u{fffd}'),
        found => Some(found),
    }
}

fn width(text: &str) -> usize {
    text.chars().map(|found| found.width().unwrap_or(0)).sum()
}

/// The beginning of a text that fits, and whether more comes.
fn head(text: &str, columns: usize) -> (String, bool) {
    let mut fits = String::new();
    let mut used = 0;
    for found in text.chars().filter_map(shown) {
        used += found.width().unwrap_or(0);
        if used > columns {
            return (fits, true);
        }
        fits.push(found);
    }
    (fits, false)
}

/// Whether something comes before, and the end of a text that fits.
fn tail(text: &str, columns: usize) -> (bool, String) {
    let mut fits = Vec::new();
    let mut used = 0;
    for found in text.chars().rev().filter_map(shown) {
        used += found.width().unwrap_or(0);
        if used > columns {
            return (true, fits.into_iter().rev().collect());
        }
        fits.push(found);
    }
    (false, fits.into_iter().rev().collect::<String>().trim_start().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dataset::Builder, format::native};

    fn excerpts(text: &str) -> Vec<Vec<String>> {
        let mut builder = Builder::default();
        native::read_text("f.json", text.to_owned().into(), &mut builder);
        let (dataset, problems) = builder.finish();
        problems.iter().map(|problem| excerpt(problem, dataset.files())).collect()
    }

    #[test]
    fn carets_stand_under_the_value_also_after_han() {
        let text =
            "{\"nodes\": [\n  {\"note\": \"蒙古國\", \"id\": \"a\", \"kind\": \"contry\"}], \"edges\": []}";
        let lines = &excerpts(text)[0];
        let caret = lines[2].find('^').expect("there is a caret");
        let value = lines[1].find("\"contry\"").expect("the value is shown");
        assert_eq!(width(&lines[1][..value]), caret, "{lines:#?}");
        assert_eq!(lines[2].matches('^').count(), 8);
    }

    #[test]
    fn a_line_of_thousands_of_columns_is_cut_around_the_value() {
        let note = "長".repeat(3000);
        let text = format!(
            "{{\"nodes\": [{{\"id\": \"a\", \"note\": \"{note}\", \"kind\": \"contry\", \"codes\": {{\"x\": \"{note}\"}}}}], \"edges\": []}}"
        );
        let lines = &excerpts(&text)[0];
        assert!(lines.iter().all(|line| width(line) < 100), "{lines:#?}");
        assert!(lines[1].contains("\"contry\"") && lines[1].contains('…'));
    }
}
