//! The page around the drawing: title above, legend, sources and caption below.

use super::drawing;
use super::xml::{Ink, escape, number, text};
use crate::diagram::figure::Figure;
use crate::diagram::frame::Frame;
use crate::diagram::label;
use crate::diagram::languages::{Languages, Said};
use crate::diagram::layout::{Arrow, Point, Rect};
use crate::diagram::legend::{self, Entry};
use crate::diagram::look::{self, Line, Shape};
use crate::diagram::scene::{Doubt, Role};
use crate::diagram::text::Face;
use crate::diagram::theme::{Colour, Theme};
use crate::diagram::words::Language;
use std::fmt::Write as _;

const TITLE: Face = Face::bold(19.0);
const SUBTITLE: Face = Face::plain(13.0);
const HEADING: Face = Face::bold(11.0);
const SMALL: Face = Face::plain(11.0);
/// What the second language says under the first.
const SECOND: Face = Face::plain(9.5);
/// The room of a sample in the legend.
const SWATCH: (f64, f64) = (32.0, 16.0);
const ROW: f64 = 22.0;

/// A page that grows downwards.
pub(super) struct Page<'a> {
    pub(super) body: String,
    /// Where the next part begins.
    pub(super) y: f64,
    width: f64,
    theme: &'a Theme,
    frame: Frame,
}

impl<'a> Page<'a> {
    /// A page as wide as its drawing, and wide enough for words, with its title.
    pub(super) fn new(title: &str, also: Option<&str>, width: f64, theme: &'a Theme, frame: Frame) -> Self {
        let width = width.max(frame.least_width);
        let mut page = Self { body: String::new(), y: frame.margin, width, theme, frame };
        if !frame.title {
            return page;
        }
        for line in TITLE.wrap(title, page.width) {
            text(&mut page.body, frame.margin, page.y + TITLE.size, ink(TITLE, theme.ink), &line);
            page.y += TITLE.leading();
        }
        for line in also.map(|also| SUBTITLE.wrap(also, page.width)).unwrap_or_default() {
            text(
                &mut page.body,
                frame.margin,
                page.y + SUBTITLE.size + 1.0,
                ink(SUBTITLE, theme.quiet),
                &line,
            );
            page.y += SUBTITLE.leading();
        }
        if page.y > frame.margin {
            page.y += 16.0;
        }
        page
    }

    /// The left edge of what stands on it.
    pub(super) const fn left(&self) -> f64 {
        self.frame.margin
    }

    /// How wide it is, without its margins.
    pub(super) const fn width(&self) -> f64 {
        self.width
    }

    /// Small lines.
    pub(super) fn line(&mut self, words: &str, colour: Colour) {
        for line in SMALL.wrap(words, self.width) {
            text(&mut self.body, self.frame.margin, self.y + SMALL.size, ink(SMALL, colour), &line);
            self.y += SMALL.leading() + 1.0;
        }
    }

    /// A rule across the page, and the head of what comes under it.
    pub(super) fn heading(&mut self, words: &Said) {
        self.rule();
        text(
            &mut self.body,
            self.frame.margin,
            self.y + HEADING.size,
            ink(HEADING, self.theme.ink),
            &words.first,
        );
        if let Some(second) = &words.second {
            let x = self.left() + HEADING.width(&words.first) + 8.0;
            text(&mut self.body, x, self.y + HEADING.size, ink(SECOND, self.theme.quiet), second);
        }
        self.y += HEADING.leading() + 6.0;
    }

    fn rule(&mut self) {
        let (left, right, at) = (number(self.left()), number(self.left() + self.width), number(self.y));
        let colour = self.theme.rule;
        let _ =
            writeln!(self.body, "<path d=\"M{left} {at}H{right}\" stroke=\"{colour}\" stroke-width=\"1\"/>");
        self.y += 12.0;
    }

    /// The numbered references, unless there are none.
    pub(super) fn sources(&mut self, sources: &[String], languages: Languages) {
        if !sources.is_empty() && self.frame.sources {
            self.heading(&languages.say(Language::sources));
            let left = self.left();
            write_sources(&mut self.body, (left, &mut self.y), self.width, sources, self.theme);
        }
    }

    /// Small lines under everything, unless there are none.
    pub(super) fn caption(&mut self, caption: &[String]) {
        if !caption.is_empty() {
            self.rule();
            for line in caption {
                self.line(line, self.theme.quiet);
            }
        }
    }

    /// The outer element, with what screen readers say.
    pub(super) fn finish(self, title: &str, desc: &str, language: Language) -> String {
        let quoted = |font: &str| if font.contains(' ') { format!("'{font}'") } else { font.to_owned() };
        let fonts: Vec<String> = look::fonts(language).into_iter().map(quoted).collect();
        let margin = self.frame.margin;
        let (width, height) = (self.width + 2.0 * margin, self.y + (margin - 8.0).max(0.0));
        let (width, height) = (number(width.ceil()), number(height.ceil()));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title desc\" lang=\"{}\" \
             font-family=\"{}\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n{}</svg>\n",
            language.tag(),
            fonts.join(", "),
            escape(title),
            escape(desc),
            self.theme.paper,
            self.body,
        )
    }
}

/// Writes the whole picture.
pub(super) fn write(figure: &Figure) -> String {
    let scene = figure.scene;
    let mut page = Page::new(
        &scene.title,
        scene.title_also.as_deref(),
        figure.placement.width,
        figure.theme,
        figure.frame,
    );
    let x = page.left() + (page.width - figure.placement.width) / 2.0;
    let _ = writeln!(page.body, "<g transform=\"translate({} {})\">", number(x), number(page.y));
    drawing::write(&mut page.body, figure);
    page.body.push_str("</g>\n");
    page.y += figure.placement.height + 26.0;

    let rows = legend::entries(scene, figure.labelled);
    if rows.iter().any(|row| !row.is_empty()) {
        page.heading(&scene.languages.say(Language::legend));
        write_legend(&mut page.body, &mut page.y, page.width, figure, &rows);
    }
    page.sources(&scene.sources, scene.languages);
    let hidden = scene
        .languages
        .all()
        .filter(|_| !figure.labelled)
        .map(|language| language.labels_hidden().to_owned());
    let caption: Vec<String> = hidden.chain(scene.caption.iter().cloned()).collect();
    page.caption(&caption);
    let names: Vec<&str> = scene.nodes.iter().map(super::super::Node::name).collect();
    let ties: usize = scene.edges.iter().map(|edge| edge.ties.len()).sum();
    let mut desc =
        vec![format!("{}: {}.", scene.languages.first.counts(names.len(), ties), names.join(", "))];
    desc.extend(scene.caption.iter().cloned());
    page.finish(&scene.title, &desc.join(" "), scene.languages.first)
}

fn ink(face: Face, colour: Colour) -> Ink {
    Ink { face, colour, centred: false }
}

/// Entries stand in columns of one width; one that is too long takes several.
fn write_legend(out: &mut String, y: &mut f64, width: f64, figure: &Figure, rows: &[Vec<Entry>]) {
    let (scene, theme) = (figure.scene, figure.theme);
    let columns = (width / 165.0).floor().clamp(3.0, 6.0);
    let column = width / columns;
    let height = if scene.languages.second.is_some() { ROW + 6.0 } else { ROW };
    for row in rows.iter().filter(|row| !row.is_empty()) {
        let mut at = 0.0;
        for &entry in row {
            let words = entry.said(scene.languages);
            let second = words.second.as_deref().unwrap_or_default();
            let wide = SMALL.width(&words.first).max(SECOND.width(second));
            let span = ((SWATCH.0 + 10.0 + wide + 8.0) / column).ceil().max(1.0);
            if at > 0.0 && at + span > columns {
                at = 0.0;
                *y += height;
            }
            let x = figure.frame.margin + at * column;
            swatch(out, theme, x, *y, entry);
            text(out, x + SWATCH.0 + 10.0, *y + SWATCH.1 / 2.0 + 4.0, ink(SMALL, theme.ink), &words.first);
            text(out, x + SWATCH.0 + 10.0, *y + SWATCH.1 / 2.0 + 15.0, ink(SECOND, theme.quiet), second);
            at += span;
        }
        *y += height + 3.0;
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
fn write_sources(
    out: &mut String,
    (left, y): (f64, &mut f64),
    width: f64,
    sources: &[String],
    theme: &Theme,
) {
    let columns: usize = if width >= 900.0 && sources.len() > 3 { 2 } else { 1 };
    let gutter = 28.0;
    let column = if columns == 2 { (width - gutter) / 2.0 } else { width };
    let indent = SMALL.width(&format!("[{}] ", sources.len())) + 3.0;
    let blocks: Vec<Vec<String>> = sources.iter().map(|source| SMALL.wrap(source, column - indent)).collect();
    let line_count: usize = blocks.iter().map(|block| block.len().max(1)).sum();
    let (top, mut x, mut lowest, mut used) = (*y, left, *y, 0);
    for (number, block) in (1..).zip(&blocks) {
        if columns == 2 && used * 2 >= line_count && *y > top && x <= left {
            (*y, x) = (top, left + column + gutter);
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
