//! The page around the drawing: title above, legend, sources and caption below.

use super::drawing;
use super::xml::{Ink, escape, number, text};
use crate::diagram::figure::Figure;
use crate::diagram::label;
use crate::diagram::layout::{Arrow, Point, Rect};
use crate::diagram::legend::{self, Entry};
use crate::diagram::look::{self, Line, Shape};
use crate::diagram::scene::{Doubt, Role};
use crate::diagram::text::Face;
use crate::diagram::theme::{Colour, Theme};
use std::fmt::Write as _;

const MARGIN: f64 = 30.0;
const NARROWEST: f64 = 640.0;
const TITLE: Face = Face::bold(19.0);
const HEADING: Face = Face::bold(11.0);
const SMALL: Face = Face::plain(11.0);
/// The room of a sample in the legend.
const SWATCH: (f64, f64) = (32.0, 16.0);
const ROW: f64 = 22.0;

/// Writes the whole picture.
pub(super) fn write(figure: &Figure) -> String {
    let (scene, theme) = (figure.scene, figure.theme);
    let width = figure.placement.width.max(NARROWEST);
    let mut body = String::new();
    let mut y = MARGIN;
    for line in TITLE.wrap(&scene.title, width) {
        text(&mut body, MARGIN, y + TITLE.size, ink(TITLE, theme.ink), &line);
        y += TITLE.leading();
    }
    if y > MARGIN {
        y += 16.0;
    }
    let x = MARGIN + (width - figure.placement.width) / 2.0;
    let _ = writeln!(body, "<g transform=\"translate({} {})\">", number(x), number(y));
    drawing::write(&mut body, figure);
    body.push_str("</g>\n");
    y += figure.placement.height + 26.0;

    let rows = legend::entries(scene, figure.labelled);
    if rows.iter().any(|row| !row.is_empty()) {
        rule(&mut body, &mut y, width, theme);
        heading(&mut body, &mut y, theme, scene.language.legend());
        write_legend(&mut body, &mut y, width, figure, &rows);
    }
    if !scene.sources.is_empty() {
        rule(&mut body, &mut y, width, theme);
        heading(&mut body, &mut y, theme, scene.language.sources());
        write_sources(&mut body, &mut y, width, figure);
    }
    let hidden = (!figure.labelled).then(|| scene.language.labels_hidden().to_owned());
    let caption: Vec<String> = hidden.into_iter().chain(scene.caption.iter().cloned()).collect();
    if !caption.is_empty() {
        rule(&mut body, &mut y, width, theme);
        for line in caption.iter().flat_map(|line| SMALL.wrap(line, width)) {
            text(&mut body, MARGIN, y + SMALL.size, ink(SMALL, theme.quiet), &line);
            y += SMALL.leading() + 1.0;
        }
    }
    frame(figure, width + 2.0 * MARGIN, y + MARGIN - 8.0, &body)
}

fn ink(face: Face, colour: Colour) -> Ink {
    Ink { face, colour, centred: false }
}

/// The outer element, with what screen readers say.
fn frame(figure: &Figure, width: f64, height: f64, body: &str) -> String {
    let scene = figure.scene;
    let quoted = |font: &str| if font.contains(' ') { format!("'{font}'") } else { font.to_owned() };
    let fonts: Vec<String> = look::fonts(scene.language).into_iter().map(quoted).collect();
    let (width, height) = (number(width.ceil()), number(height.ceil()));
    let names: Vec<&str> = scene.nodes.iter().map(super::super::Node::name).collect();
    let ties: usize = scene.edges.iter().map(|edge| edge.ties.len()).sum();
    let mut desc = vec![format!("{} actors, {ties} ties: {}.", names.len(), names.join(", "))];
    desc.extend(scene.caption.iter().cloned());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title desc\" lang=\"{}\" \
         font-family=\"{}\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n{body}</svg>\n",
        scene.language.tag(),
        fonts.join(", "),
        escape(&scene.title),
        escape(&desc.join(" ")),
        figure.theme.paper,
    )
}

fn rule(out: &mut String, y: &mut f64, width: f64, theme: &Theme) {
    let (left, right, at) = (number(MARGIN), number(MARGIN + width), number(*y));
    let _ = writeln!(out, "<path d=\"M{left} {at}H{right}\" stroke=\"{}\" stroke-width=\"1\"/>", theme.rule);
    *y += 12.0;
}

fn heading(out: &mut String, y: &mut f64, theme: &Theme, words: &str) {
    text(out, MARGIN, *y + HEADING.size, ink(HEADING, theme.ink), words);
    *y += HEADING.leading() + 6.0;
}

/// Entries stand in columns of one width; one that is too long takes several.
fn write_legend(out: &mut String, y: &mut f64, width: f64, figure: &Figure, rows: &[Vec<Entry>]) {
    let (scene, theme) = (figure.scene, figure.theme);
    let columns = (width / 165.0).floor().clamp(3.0, 6.0);
    let column = width / columns;
    for row in rows.iter().filter(|row| !row.is_empty()) {
        let mut at = 0.0;
        for &entry in row {
            let words = entry.words(scene.language);
            let span = ((SWATCH.0 + 10.0 + SMALL.width(words) + 8.0) / column).ceil().max(1.0);
            if at > 0.0 && at + span > columns {
                at = 0.0;
                *y += ROW;
            }
            let x = MARGIN + at * column;
            swatch(out, theme, x, *y, entry);
            text(out, x + SWATCH.0 + 10.0, *y + SWATCH.1 / 2.0 + 4.0, ink(SMALL, theme.ink), words);
            at += span;
        }
        *y += ROW + 3.0;
    }
    *y += 6.0;
}

/// A sample of the look that an entry explains.
fn swatch(out: &mut String, theme: &Theme, x: f64, y: f64, entry: Entry) {
    let place = Rect { x: x + 1.0, y: y + 1.0, w: SWATCH.0 - 2.0, h: SWATCH.1 - 1.0 };
    let middle = y + SWATCH.1 / 2.0;
    let path = format!("M{} {}H{}", number(x), number(middle), number(x + SWATCH.0));
    let plain =
        Line { colour: theme.ink, paper: theme.paper, strands: 1, width: 1.4, doubt: Doubt::Asserted };
    match entry {
        Entry::Kind(kind) => {
            drawing::outline(out, look::shape(Some(kind)), place, &look::node(theme, Role::Ordinary, 0.0));
        }
        Entry::Role(role) => drawing::outline(out, Shape::Rounded, place, &look::node(theme, role, 0.0)),
        Entry::Size(role) => {
            let look = look::node(theme, role, 0.0);
            let small = Rect { x: x + 1.0, y: middle - 3.0, w: 10.0, h: 6.0 };
            drawing::outline(out, Shape::Rounded, small, &look);
            let large = Rect { x: x + 14.0, y: y + 1.0, w: SWATCH.0 - 15.0, h: SWATCH.1 - 1.0 };
            drawing::outline(out, Shape::Rounded, large, &look::node(theme, role, 1.0));
        }
        Entry::Tone(tone) => drawing::stroke(out, &path, look::line(theme, tone, Doubt::Asserted)),
        Entry::Doubt(doubt) => drawing::stroke(out, &path, Line { doubt, ..plain }),
        Entry::Arrow => {
            drawing::stroke(out, &path, plain);
            let tip = Point { x: x + SWATCH.0, y: middle };
            drawing::arrow(out, Arrow { tip, along: (1.0, 0.0) }, theme.ink);
        }
        Entry::Mutual => drawing::stroke(out, &path, plain),
        Entry::Sign(polarity) => {
            drawing::sign(
                out,
                Point { x: x + SWATCH.0 / 2.0, y: middle },
                polarity,
                look::sign_colour(theme, polarity),
            );
        }
        Entry::Mark(_) | Entry::Citation => {
            let words = if let Entry::Mark(doubt) = entry { label::doubt_mark(doubt) } else { "[1]" };
            let ink = Ink { face: label::FACE, colour: theme.ink, centred: true };
            text(out, x + SWATCH.0 / 2.0, middle + 4.0, ink, words);
        }
    }
}

/// The references by number, in two columns where there is room.
fn write_sources(out: &mut String, y: &mut f64, width: f64, figure: &Figure) {
    let (sources, theme) = (&figure.scene.sources, figure.theme);
    let columns: usize = if width >= 900.0 && sources.len() > 3 { 2 } else { 1 };
    let gutter = 28.0;
    let column = if columns == 2 { (width - gutter) / 2.0 } else { width };
    let indent = SMALL.width(&format!("[{}] ", sources.len())) + 3.0;
    let blocks: Vec<Vec<String>> = sources.iter().map(|source| SMALL.wrap(source, column - indent)).collect();
    let line_count: usize = blocks.iter().map(|block| block.len().max(1)).sum();
    let (top, mut x, mut lowest, mut used) = (*y, MARGIN, *y, 0);
    for (number, block) in (1..).zip(&blocks) {
        if columns == 2 && used * 2 >= line_count && *y > top && x <= MARGIN {
            (*y, x) = (top, MARGIN + column + gutter);
        }
        text(out, x, *y + SMALL.size, ink(SMALL, theme.quiet), &format!("[{number}]"));
        for line in block {
            text(out, x + indent, *y + SMALL.size, ink(SMALL, theme.ink), line);
            *y += SMALL.leading();
        }
        if block.is_empty() {
            *y += SMALL.leading();
        }
        *y += 3.0;
        used += block.len().max(1);
        lowest = lowest.max(*y);
    }
    *y = lowest + 8.0;
}
