//! Documents as plain text for a terminal.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::{
    document::{Align, Block, Document, Table},
    lang::say,
    words,
};

/// Renders a document as plain text; running text is broken at `width` columns, and so are the cells of wide tables.
pub fn text(document: &Document, width: usize) -> String {
    let mut out = String::new();
    wrap(&mut out, &document.title, width, "", "");
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading(heading) => {
                out.push_str(heading);
                out.push('\n');
                out.push_str(&"─".repeat(heading.width()));
                out.push('\n');
            }
            Block::Paragraph(paragraph) => wrap(&mut out, paragraph, width, "", ""),
            Block::List(items) => {
                for (item, under) in items {
                    wrap(&mut out, item, width, "  ", "      ");
                    for line in under {
                        wrap(&mut out, line, width, "      ", "        ");
                    }
                }
            }
            Block::Lines(lines) => {
                for line in lines {
                    out.push_str(line);
                    out.push('\n');
                }
            }
            Block::Figure { title, .. } => {
                let there = [
                    "[Figure: {0} PDF, HTML and Markdown have it.]",
                    "［圖：{0} 見 PDF、HTML 與 Markdown 版本。］",
                    "［图：{0} 见 PDF、HTML 与 Markdown 版本。］",
                ];
                wrap(&mut out, &say(document.lang, there, &[title]), width, "", "");
            }
            Block::Table(table) => write_table(&mut out, table, width),
            Block::Sources(lines) => {
                let head = words::sources(document.lang);
                out.push_str(&format!("{head}\n{}\n", "─".repeat(head.width())));
                for (number, line) in (1..).zip(lines) {
                    wrap(&mut out, line, width, &format!("[{number}] "), "    ");
                }
            }
        }
    }
    out
}

/// Breaks text between words, or between Han characters, so that no line is wider than `width`.
fn wrap(out: &mut String, text: &str, width: usize, first: &str, rest: &str) {
    let mut line = first.to_owned();
    let mut empty = true;
    for piece in pieces(text) {
        if !empty && line.width() + piece.trim_end().width() > width {
            out.push_str(line.trim_end());
            out.push('\n');
            rest.clone_into(&mut line);
            empty = true;
        }
        line.push_str(if empty { piece.trim_start() } else { piece });
        empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// The pieces between which a line may break: words with the blank after them, dates with the stroke between
/// them, wide characters.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        // No line begins with a full stop or a closing bracket.
        let closes =
            text[end..].chars().next().is_some_and(|next| "，。、；：！？）」』》,.;:!?)]”".contains(next));
        let wide = unicode_width::UnicodeWidthChar::width(c) == Some(2) && !closes;
        let stroke = c == '/'
            && text[..at]
                .ends_with([']', '.', '~', '?', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
            && text[end..].len() > 2;
        if c == ' ' || wide || stroke {
            pieces.push(&text[start..end]);
            start = end;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// No column of words is made narrower than this.
const NARROWEST: usize = 14;

fn write_table(out: &mut String, table: &Table, width: usize) {
    let mut widths: Vec<usize> = (0..table.columns.len())
        .map(|at| {
            let cells = table.rows.iter().map(|row| row[at].width());
            cells.chain([table.columns[at].name.width()]).max().unwrap_or(0)
        })
        .collect();
    shrink(&mut widths, table, width);
    let header: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    for row in [&header, &rule].into_iter().chain(&table.rows) {
        let cells: Vec<Vec<String>> =
            row.iter().zip(&widths).map(|(cell, width)| broken(cell, *width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut line = String::new();
            for ((cell, column), width) in cells.iter().zip(&table.columns).zip(&widths) {
                let cell = cell.get(at).map_or("", String::as_str);
                let blank = " ".repeat(width.saturating_sub(cell.width()));
                let (before, after) = match column.align {
                    Align::Left => ("", blank.as_str()),
                    Align::Right => (blank.as_str(), ""),
                };
                write!(line, "{before}{cell}{after}  ").expect("writing to a string does not fail");
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}

/// Takes from the widest columns of words what does not fit.
fn shrink(widths: &mut [usize], table: &Table, width: usize) {
    let room = width.saturating_sub(2 * widths.len().saturating_sub(1));
    let least: Vec<usize> = (0..widths.len())
        .map(|at| match table.columns[at].align {
            Align::Left => {
                let cells = table.rows.iter().map(|row| row[at].as_str());
                let pieces = cells.flat_map(pieces).map(|piece| piece.trim_end().width());
                pieces.chain([table.columns[at].name.width(), NARROWEST]).max().unwrap_or(0)
            }
            Align::Right => widths[at],
        })
        .collect();
    while widths.iter().sum::<usize>() > room {
        let wide =
            (0..widths.len()).filter(|at| widths[*at] > least[*at]).max_by_key(|at| (widths[*at], *at));
        let Some(at) = wide else { break };
        widths[at] -= 1;
    }
}

/// A cell as lines that fit; words that are too long for one are left whole.
fn broken(cell: &str, width: usize) -> Vec<String> {
    if cell.width() <= width {
        return vec![cell.to_owned()];
    }
    let mut lines = String::new();
    wrap(&mut lines, cell, width, "", "");
    lines.lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_is_as_wide_as_two_letters_in_tables_and_lines() {
        let mut table = Table::new(&["name", "ties>"]);
        table.push(vec!["蒙古國".into(), "12".into()]);
        table.push(vec!["Cuba".into(), "3".into()]);
        let mut document = Document::new("t");
        document.table(table);
        document.paragraph("蒙古國與朝鮮，關係");
        assert_eq!(
            text(&document, 10),
            "t\n\nname    ties\n──────  ────\n蒙古國    12\nCuba       3\n\n蒙古國與朝\n鮮，關係\n"
        );
    }
    #[test]
    fn wide_tables_break_their_cells_and_lose_nothing() {
        let mut table = Table::new(&["when", "who", "ties>"]);
        table.push(vec![
            "[1945-01-01..1950-06-24]/[1989..1992], attested 1950".into(),
            "a very long name of an institution".into(),
            "12345".into(),
        ]);
        let mut document = Document::new("t");
        document.table(table);
        let broken = text(&document, 52);
        assert!(broken.lines().all(|line| line.width() <= 52), "{broken}");
        assert_eq!(
            broken.lines().skip(4).collect::<Vec<_>>(),
            [
                "[1945-01-01..1950-06-24]/  a very long name    12345",
                "[1989..1992], attested     of an institution",
                "1950"
            ]
        );
    }
}
