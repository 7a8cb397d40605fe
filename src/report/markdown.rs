//! Documents as Markdown.

use super::{
    document::{Align, Block, Document},
    words,
};

/// Renders a document as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n", escape(&document.title));
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading(heading) => {
                out.push_str(&format!("## {}\n", escape(heading)));
            }
            Block::Paragraph(paragraph) => {
                out.push_str(&escape(paragraph));
                out.push('\n');
            }
            Block::List(items) => {
                for (item, under) in items {
                    out.push_str(&format!("- {}\n", escape(item)));
                    for line in under {
                        out.push_str(&format!("  - {}\n", escape(line)));
                    }
                }
            }
            Block::Lines(lines) => {
                out.push_str(&format!("~~~text\n{}\n~~~\n", lines.join("\n")));
            }
            Block::Table(table) => {
                let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
                out.push_str(&row(table.columns.iter().map(|column| escape(&column.name)).collect()));
                out.push_str(&row(table
                    .columns
                    .iter()
                    .map(|column| match column.align {
                        Align::Left => "---".to_owned(),
                        Align::Right => "---:".to_owned(),
                    })
                    .collect()));
                for cells in &table.rows {
                    out.push_str(&row(cells.iter().map(|cell| escape(cell)).collect()));
                }
            }
            Block::Figure { name, title, .. } => {
                // Angle brackets let a file's name have blanks.
                let name = name.replace(['<', '>', '\n'], "");
                out.push_str(&format!("![{}](<{name}>)\n", escape(title)));
            }
            Block::Sources(lines) => {
                out.push_str(&format!("## {}\n\n", words::sources(document.lang)));
                for (number, line) in (1..).zip(lines) {
                    out.push_str(&format!("{number}. {}\n", escape(line)));
                }
            }
        }
    }
    out
}

/// Keeps names from being read as markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '<' | '>' | '\\' | '#' | '[' | ']' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Table;

    #[test]
    fn a_name_with_markup_stays_text() {
        let mut document = Document::new("a|b");
        let mut table = Table::new(&["x"]);
        table.push(vec!["<i>*".into()]);
        document.table(table);
        assert_eq!(markdown(&document), "# a\\|b\n\n| x |\n| --- |\n| \\<i\\>\\* |\n");
    }
}
