//! Sheets: running text, tables and pictures set one after the other on pages of paper.
//!
//! A page is an SVG of its own, so that what prints pictures prints pages too. Pictures that do not fit where they
//! come stand at the top of the next page, and the text flows on before them.

use std::fmt::Write as _;

use super::table::{self, Columns};
use super::xml::{Ink, data, escape, number, text};
use crate::diagram::look;
use crate::diagram::text::Face;
use crate::diagram::theme::{Colour, Theme};
use crate::diagram::words::Language;

const TITLE: Face = Face::bold(22.0);
const HEADING: Face = Face::bold(14.0);
const BODY: Face = Face::plain(12.0);
const UNDER: Face = Face::plain(11.0);
pub(super) const SMALL: Face = Face::plain(10.5);
const SIDE: f64 = 68.0;
const TOP: f64 = 62.0;
/// Room for the number of the page, and white under it.
const BOTTOM: f64 = 74.0;
/// A picture that would be drawn smaller than this is turned onto a sheet of its own, where it is larger there.
const LEGIBLE: f64 = 0.82;
/// Lines of one paragraph or item that may not stand alone on a page.
const TOGETHER: usize = 2;

/// A size of paper in units of 1/96 inch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
}

impl Paper {
    /// 210 by 297 millimetres.
    pub const A4: Self = Self { width: 793.7, height: 1122.5 };
    /// 8½ by 11 inches.
    pub const LETTER: Self = Self { width: 816.0, height: 1056.0 };

    const fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }
}

/// How a document stands on paper.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The sheets.
    pub paper: Paper,
    /// The colours.
    pub theme: &'a Theme,
    /// Whose characters are preferred where languages share them.
    pub language: Language,
    /// How tight lines and type are set: 1 as they are meant.
    pub density: f64,
}

/// A page that is full or done.
struct Page {
    paper: Paper,
    body: String,
    /// How far down it is written, as a share of what can be.
    filled: f64,
}

/// A picture that waits for room.
struct Waiting {
    inner: String,
    scale: f64,
    size: (f64, f64),
    caption: Vec<String>,
}

/// Pages in the making.
pub struct Sheets<'a> {
    setting: Setting<'a>,
    pages: Vec<Page>,
    body: String,
    y: f64,
    waiting: Vec<Waiting>,
    /// Pictures with a sheet of their own, which comes after the page that is being written.
    turned: Vec<Page>,
}

impl<'a> Sheets<'a> {
    /// Sheets on which nothing stands yet.
    pub fn new(setting: Setting<'a>) -> Self {
        Self {
            setting,
            pages: Vec::new(),
            body: String::new(),
            y: TOP,
            waiting: Vec::new(),
            turned: Vec::new(),
        }
    }

    fn width(&self) -> f64 {
        self.setting.paper.width - 2.0 * SIDE
    }

    fn room(&self) -> f64 {
        self.setting.paper.height - BOTTOM - self.y
    }

    fn face(&self, face: Face) -> Face {
        Face { size: (face.size * self.setting.density * 10.0).round() / 10.0, ..face }
    }

    /// From one line to the next; running text has more white than labels.
    fn leading(&self, face: Face) -> f64 {
        (face.size * 1.42 * self.setting.density).round()
    }

    fn is_fresh(&self) -> bool {
        self.y <= TOP
    }

    fn turn(&mut self) {
        let height = self.setting.paper.height - BOTTOM - TOP;
        let body = std::mem::take(&mut self.body);
        self.pages.push(Page { paper: self.setting.paper, body, filled: (self.y - TOP) / height });
        self.pages.append(&mut self.turned);
        self.y = TOP;
        while self.waiting.first().is_some_and(|next| self.is_fresh() || self.fits(next)) {
            let next = self.waiting.remove(0);
            self.place(&next);
        }
    }

    /// Begins a new page, unless there is so much room.
    fn need(&mut self, height: f64) {
        if self.room() < height && !self.is_fresh() {
            self.turn();
        }
    }

    fn line(&mut self, x: f64, face: Face, colour: Colour, words: &str) {
        let baseline = self.y + face.size;
        text(&mut self.body, SIDE + x, baseline, Ink { face, colour, centred: false }, words);
    }

    /// Lines of one paragraph from `x` on; they go over to the next page two at least.
    fn block(&mut self, x: f64, face: Face, colour: Colour, mark: Option<(f64, &str)>, words: &str) {
        let leading = self.leading(face);
        let lines = face.wrap(words, self.width() - x);
        for (at, line) in lines.iter().enumerate() {
            let left = lines.len() - at;
            // The first lines stay together, and so do the last.
            let keep = if at == 0 || left == TOGETHER { left.min(TOGETHER) } else { 1 };
            #[expect(clippy::cast_precision_loss, reason = "a paragraph has few lines")]
            self.need(leading * keep as f64);
            if let Some((x, mark)) = mark.filter(|_| at == 0) {
                self.line(x, face, colour, mark);
            }
            self.line(x, face, colour, line);
            self.y += leading;
        }
    }

    /// The name of the whole, at the top of the first page.
    pub fn title(&mut self, words: &str) {
        let face = self.face(TITLE);
        self.block(0.0, face, self.setting.theme.ink, None, words);
        self.y += 8.0;
    }

    /// The head of a section, which never stands last on a page.
    pub fn heading(&mut self, words: &str) {
        let face = self.face(HEADING);
        let above = if self.is_fresh() { 0.0 } else { 14.0 * self.setting.density };
        self.need(above + self.leading(face) + 4.0 * self.leading(BODY));
        self.y += if self.is_fresh() { 0.0 } else { above };
        self.block(0.0, face, self.setting.theme.ink, None, words);
        self.y += 3.0;
    }

    /// Running text.
    pub fn paragraph(&mut self, words: &str) {
        let face = self.face(BODY);
        self.block(0.0, face, self.setting.theme.ink, None, words);
        self.y += 7.0 * self.setting.density;
    }

    /// Items, each with lines under it.
    pub fn list(&mut self, items: &[(String, Vec<String>)]) {
        let (face, under) = (self.face(BODY), self.face(UNDER));
        let (ink, quiet) = (self.setting.theme.ink, self.setting.theme.quiet);
        for (item, lines) in items {
            if !lines.is_empty() {
                self.need(2.0 * self.leading(face));
            }
            self.block(14.0, face, ink, Some((2.0, "•")), item);
            for line in lines {
                self.block(26.0, under, quiet, Some((14.0, "–")), line);
            }
            self.y += 2.0;
        }
        self.y += 6.0 * self.setting.density;
    }

    /// Small lines, as they are.
    pub fn lines(&mut self, lines: &[String]) {
        let face = self.face(SMALL);
        for line in lines {
            self.block(0.0, face, self.setting.theme.ink, None, line);
        }
        self.y += 6.0;
    }

    /// The numbered sources, from 1.
    pub fn sources(&mut self, lines: &[String]) {
        let face = self.face(SMALL);
        let indent = face.width(&format!("[{}] ", lines.len())) + 3.0;
        for (number, line) in (1..).zip(lines) {
            self.block(indent, face, self.setting.theme.ink, Some((0.0, &format!("[{number}]"))), line);
            self.y += 1.0;
        }
        self.y += 6.0;
    }

    /// A table; its head stands again on each page.
    pub fn table(&mut self, heads: &[&str], are_numbers: &[bool], rows: &[Vec<String>]) {
        let face = self.face(SMALL);
        let columns = Columns::fitted(face, self.width(), heads, are_numbers, rows);
        let leading = self.leading(face) - 1.0;
        let head = table::wrapped(face, true, &columns, heads);
        let height = |cells: &[Vec<String>]| {
            let lines = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
            #[expect(clippy::cast_precision_loss, reason = "a cell has few lines")]
            let lines = lines as f64;
            leading * lines + 5.0
        };
        let mut is_headed = false;
        for row in rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            let cells = table::wrapped(face, false, &columns, &cells);
            let needed = height(&cells) + if is_headed { 0.0 } else { height(&head) };
            if self.room() < needed && !self.is_fresh() {
                self.turn();
                is_headed = false;
            }
            if !is_headed {
                let bold = Face { bold: true, ..face };
                self.row(&columns, bold, leading, &head);
                self.rule(self.setting.theme.ink, 0.8);
                is_headed = true;
            }
            self.row(&columns, face, leading, &cells);
            self.rule(self.setting.theme.rule, 0.6);
        }
        self.y += 9.0;
    }

    fn row(&mut self, columns: &Columns, face: Face, leading: f64, cells: &[Vec<String>]) {
        let top = self.y + 2.0;
        let mut lowest = top;
        for (cell, place) in cells.iter().zip(&columns.places) {
            self.y = top;
            for line in cell {
                let x = if place.is_number { place.x + place.width - face.width(line) } else { place.x };
                self.line(x, face, self.setting.theme.ink, line);
                self.y += leading;
            }
            lowest = lowest.max(self.y);
        }
        self.y = lowest.max(top + leading) + 3.0;
    }

    fn rule(&mut self, colour: Colour, weight: f64) {
        let (left, right, y) = (number(SIDE), number(SIDE + self.width()), number(self.y));
        let _ = writeln!(
            self.body,
            "<path d=\"M{left} {y}H{right}\" stroke=\"{colour}\" stroke-width=\"{}\"/>",
            number(weight)
        );
    }

    /// A picture that we drew, with what stands under it.
    pub fn figure(&mut self, svg: &str, words: &str) {
        let Some((size, inner)) = taken_out(svg) else { return };
        let face = self.face(SMALL);
        let caption = |width: f64| face.wrap(words, width);
        let upright = self.setting.paper;
        let scale = |paper: Paper, lines: usize| {
            let down =
                paper.height - TOP - BOTTOM - 16.0 * f64::from(u32::try_from(lines).unwrap_or(9)) - 20.0;
            ((paper.width - 2.0 * SIDE) / size.0).min(down / size.1).min(1.0)
        };
        let lines = caption(self.width());
        let here = scale(upright, lines.len());
        let lying = upright.turned();
        let wide = caption(lying.width - 2.0 * SIDE);
        let there = scale(lying, wide.len());
        if here < LEGIBLE && there > here * 1.15 {
            let waiting = Waiting { inner: inner.to_owned(), scale: there, size, caption: wide };
            let mut sheet = Sheets::new(Setting { paper: lying, ..self.setting });
            sheet.place(&waiting);
            self.turned.push(Page { paper: lying, body: sheet.body, filled: 1.0 });
            return;
        }
        let waiting = Waiting { inner: inner.to_owned(), scale: here, size, caption: lines };
        if self.waiting.is_empty() && self.fits(&waiting) {
            self.place(&waiting);
        } else {
            self.waiting.push(waiting);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a caption has few lines")]
    fn fits(&self, waiting: &Waiting) -> bool {
        waiting.size.1 * waiting.scale + 16.0 * waiting.caption.len() as f64 + 20.0 <= self.room() + 0.5
    }

    fn place(&mut self, waiting: &Waiting) {
        let face = self.face(SMALL);
        let (width, height) = (waiting.size.0 * waiting.scale, waiting.size.1 * waiting.scale);
        let x = SIDE + (self.width() - width) / 2.0;
        self.y += 5.0;
        let _ = writeln!(
            self.body,
            "<g transform=\"translate({} {}) scale({:.4})\">\n{}</g>",
            number(x),
            number(self.y),
            waiting.scale,
            waiting.inner
        );
        self.y += height + 2.0;
        for line in &waiting.caption {
            self.line(0.0, face, self.setting.theme.quiet, line);
            self.y += self.leading(face);
        }
        self.y += 12.0;
    }

    /// Puts down the pictures that still wait, and gives the pages, numbered, with a line at the foot of each.
    pub fn finish(mut self, foot: &str) -> Finished {
        if !self.is_fresh() || !self.waiting.is_empty() {
            self.turn();
        }
        while !self.is_fresh() || !self.turned.is_empty() {
            self.turn();
        }
        self.pages.retain(|page| !page.body.is_empty());
        let count = self.pages.len();
        let last_filled = self.pages.last().map_or(1.0, |page| page.filled);
        let pages = self.pages.iter().zip(1..).map(|(page, at)| self.whole(page, foot, at, count)).collect();
        Finished { pages, last_filled }
    }

    fn whole(&self, page: &Page, foot: &str, at: usize, count: usize) -> String {
        let theme = self.setting.theme;
        let (width, height) = (number(page.paper.width), number(page.paper.height));
        let quoted = |font: &str| if font.contains(' ') { format!("'{font}'") } else { font.to_owned() };
        let fonts: Vec<String> = look::fonts(self.setting.language).into_iter().map(quoted).collect();
        let ink = Ink { face: Face::plain(9.5), colour: theme.quiet, centred: false };
        let place = format!("{at} / {count}");
        let y = page.paper.height - 40.0;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             lang=\"{}\" font-family=\"{}\">\n<title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
            data(self.setting.language.tag()),
            fonts.join(", "),
            escape(foot),
            theme.paper,
        );
        out.push_str(&page.body);
        let room = page.paper.width - 2.0 * SIDE - ink.face.width(&place) - 20.0;
        let foot = ink.face.wrap(foot, room).into_iter().next().unwrap_or_default();
        text(&mut out, SIDE, y, ink, &foot);
        text(&mut out, page.paper.width - SIDE - ink.face.width(&place), y, ink, &place);
        out.push_str("</svg>\n");
        out
    }
}

/// Pages that are done.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// Each as an SVG.
    pub pages: Vec<String>,
    /// How far down the last is written, as a share.
    pub last_filled: f64,
}

/// The size of a picture of ours, and what stands in it.
fn taken_out(svg: &str) -> Option<((f64, f64), &str)> {
    let view = svg.split_once("viewBox=\"0 0 ")?.1.split_once('"')?.0;
    let (width, height) = view.split_once(' ')?;
    let size = (width.parse().ok()?, height.parse().ok()?);
    let inner = svg.split_once("</desc>\n")?.1.rsplit_once("</svg>")?.0;
    Some((size, inner))
}
