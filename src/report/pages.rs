//! Documents as pages of paper.

use super::{
    document::{Align, Block, Document},
    lang::Lang,
    words,
};
use crate::diagram::{Finished, Language, Paper, Setting, Sheets, Theme};

/// How tight a document may be set so that its last page is not nearly empty, the first choice first.
const DENSITIES: [f64; 7] = [1.0, 0.975, 0.95, 0.925, 1.03, 0.9, 1.06];
/// A last page that is written less far down is nearly empty.
const NEARLY_EMPTY: f64 = 0.34;

/// Renders a document as pages, each an SVG; `foot` stands at the foot of each, beside its number.
pub fn pages(document: &Document, paper: Paper, theme: &Theme, foot: &str) -> Vec<String> {
    let language = match document.lang {
        Lang::English => Language::English,
        Lang::Traditional => Language::TraditionalChinese,
        Lang::Simplified => Language::SimplifiedChinese,
    };
    let set = |density| laid(document, Setting { paper, theme, language, density }, foot);
    let first = set(DENSITIES[0]);
    let is_good = |done: &Finished| done.pages.len() == 1 || done.last_filled >= NEARLY_EMPTY;
    if is_good(&first) {
        return first.pages;
    }
    DENSITIES[1..].iter().map(|density| set(*density)).find(is_good).unwrap_or(first).pages
}

fn laid(document: &Document, setting: Setting<'_>, foot: &str) -> Finished {
    let mut sheets = Sheets::new(setting);
    sheets.title(&document.title);
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => sheets.heading(heading),
            Block::Paragraph(paragraph) => sheets.paragraph(paragraph),
            Block::List(items) => sheets.list(items),
            Block::Lines(lines) => sheets.lines(lines),
            Block::Table(table) => {
                let are_numbers: Vec<bool> =
                    table.columns.iter().map(|column| column.align == Align::Right).collect();
                sheets.table(&table.header(), &are_numbers, &table.rows);
            }
            Block::Figure { title, svg, .. } => sheets.figure(svg, title),
            Block::Sources(lines) => {
                sheets.heading(words::sources(document.lang));
                sheets.sources(lines);
            }
        }
    }
    sheets.finish(foot)
}
