//! Documents as HTML: one file that needs nothing else, and that prints well.

use super::{
    document::{Align, Block, Column, Document, Table},
    words,
};

/// What the page looks like, on screen and on paper.
const STYLE: &str = "\
body{font:15px/1.5 'Noto Sans','Helvetica Neue',Arial,'Noto Sans CJK TC','PingFang TC','Microsoft JhengHei',sans-serif;\
color:#1f2933;max-width:52rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #d5dae0}\
table{border-collapse:collapse;font-size:.85rem;width:100%}th,td{padding:.25rem .5rem;text-align:left;vertical-align:top;\
border-bottom:1px solid #d5dae0}.number{text-align:right}ul ul{font-size:.9rem}figure{margin:1.5rem 0}figure svg{max-width:100%;\
height:auto}figcaption{font-size:.85rem;color:#5b6670}ol.sources{font-size:.85rem;overflow-wrap:anywhere}footer{font-size:.8rem;\
color:#5b6670;margin-top:2rem}\
@media print{@page{margin:18mm}body{font-size:10pt;margin:0;max-width:none}h2{break-after:avoid}tr,li,figure{break-inside:avoid}\
figure svg{max-height:240mm}}";

/// Renders a document as one self-contained page of HTML; `language` is the BCP 47 tag of its words, `origin` who made it of what.
pub fn html(document: &Document, language: &str, origin: &str) -> String {
    let title = escape(&document.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"generator\" content=\"{}\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        escape(language),
        escape(origin)
    );
    let mut figure_count = 0;
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => out.push_str(&format!("<h2>{}</h2>\n", escape(heading))),
            Block::Paragraph(paragraph) => out.push_str(&format!("<p>{}</p>\n", escape(paragraph))),
            Block::List(items) => {
                out.push_str("<ul>\n");
                for (item, under) in items {
                    out.push_str(&format!("<li>{}", escape(item)));
                    if !under.is_empty() {
                        let lines: Vec<String> =
                            under.iter().map(|line| format!("<li>{}</li>", escape(line))).collect();
                        out.push_str(&format!("\n<ul>{}</ul>\n", lines.concat()));
                    }
                    out.push_str("</li>\n");
                }
                out.push_str("</ul>\n");
            }
            Block::Lines(lines) => out.push_str(&format!("<pre>{}</pre>\n", escape(&lines.join("\n")))),
            Block::Table(table) => write_table(&mut out, table),
            Block::Figure { svg, title, .. } => {
                figure_count += 1;
                // Names are unique in a page, and every picture has a title and a description.
                let svg = svg
                    .replacen("\"title desc\"", &format!("\"title-{figure_count} desc-{figure_count}\""), 1)
                    .replacen("id=\"title\"", &format!("id=\"title-{figure_count}\""), 1)
                    .replacen("id=\"desc\"", &format!("id=\"desc-{figure_count}\""), 1);
                out.push_str(&format!(
                    "<figure>\n{svg}<figcaption>{}</figcaption>\n</figure>\n",
                    escape(title)
                ));
            }
            Block::Sources(lines) => {
                out.push_str(&format!(
                    "<h2>{}</h2>\n<ol class=\"sources\">\n",
                    words::sources(document.lang)
                ));
                for line in lines {
                    out.push_str(&format!("<li>{}</li>\n", escape(line)));
                }
                out.push_str("</ol>\n");
            }
        }
    }
    out.push_str(&format!("<footer>{}</footer>\n</body>\n</html>\n", escape(origin)));
    out
}

fn write_table(out: &mut String, table: &Table) {
    let class = |align: Align| match align {
        Align::Left => "",
        Align::Right => " class=\"number\"",
    };
    let row = |name: &str, cells: &[&str]| {
        let cell = |(cell, column): (&&str, &Column)| {
            format!("<{name}{}>{}</{name}>", class(column.align), escape(cell))
        };
        format!("<tr>{}</tr>\n", cells.iter().zip(&table.columns).map(cell).collect::<String>())
    };
    out.push_str("<table>\n");
    out.push_str(&row("th", &table.header()));
    for cells in &table.rows {
        out.push_str(&row("td", &cells.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    out.push_str("</table>\n");
}

/// Text as it may stand in an element or an attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && c != '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_markup_are_text_and_pictures_do_not_share_names() {
        let svg = "<svg aria-labelledby=\"title desc\"><title id=\"title\">a</title><desc id=\"desc\">b</desc></svg>";
        let figure = || Block::Figure { name: "x".into(), title: "<t>".into(), svg: svg.into() };
        let mut document = Document::new("<script>alert(1)</script>");
        document.list(vec![("<b>".into(), vec!["\"&".into()])]);
        let mut table = Table::new(&["a", "n>"]);
        table.push(vec!["<i>".into(), "1".into()]);
        document.table(table);
        document.blocks.extend([figure(), figure()]);
        let page = html(&document, "en", "chancery 0");
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("<i>"));
        assert!(
            page.contains("<table>\n<tr><th>a</th><th class=\"number\">n</th></tr>\n<tr><td>&lt;i&gt;</td>")
        );
        for id in ["title-1", "desc-1", "title-2", "desc-2"] {
            assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
        }
    }
}
