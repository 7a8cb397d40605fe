//! The PDF writer: paths as paths, text as text.
//!
//! It draws what our SVG writers make: filled and stroked paths, and lines of text. `svg2pdf` would
//! draw more, but numbers its fonts in the order of a hash map, so that two runs differ.

mod font;

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{
    Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr,
    types::{LineCapStyle, TextRenderingMode},
};
use resvg::{
    tiny_skia::{Path, PathSegment, Transform},
    usvg::{Fill, Group, LineCap, Node, Paint, Stroke, Text, Tree},
};

use super::{About, Page, PrintError, SVG_DPI};
use font::FontSet;

/// The points of an inch.
const POINTS: f64 = 72.0;
/// The margin of a sheet, in points.
const MARGIN: f64 = 36.0;

/// Writes pictures as pages, one each; there is one at least.
pub(super) fn write(trees: &[Tree], page: Page, about: &About) -> Result<Vec<u8>, PrintError> {
    let mut fonts = FontSet::default();
    for tree in trees {
        fonts.gather(tree.root(), tree.fontdb());
    }
    let mut next = Ref::new(1);
    let [catalog, pages, info] = [(); 3].map(|()| next.bump());
    let mut pdf = Pdf::new();
    {
        let mut writer = pdf.catalog(catalog);
        writer.pages(pages);
        writer.lang(TextStr(&about.language));
        writer.viewer_preferences().display_doc_title(true);
    }
    for font in &mut fonts.fonts {
        font.reference = next.bump();
    }
    let mut kids = Vec::new();
    for tree in trees {
        let size = tree.size();
        let sheet = sheet(page, f64::from(size.width()), f64::from(size.height()));
        let mut content = Content::new();
        // From the picture's units, down from the top, to points, up from the bottom.
        let (zoom, left, top) = sheet.place;
        content.transform([single(zoom), 0.0, 0.0, single(-zoom), single(left), single(top)]);
        draw(&mut content, tree.root(), &fonts);
        let [number, body] = [(); 2].map(|()| next.bump());
        kids.push(number);
        {
            let mut writer = pdf.page(number);
            writer.media_box(Rect::new(0.0, 0.0, single(sheet.width), single(sheet.height)));
            writer.parent(pages);
            writer.contents(body);
            let mut resources = writer.resources();
            let mut named = resources.fonts();
            for font in &fonts.fonts {
                named.pair(Name(font.name.as_bytes()), font.reference);
            }
        }
        pdf.stream(body, &deflate(&content.finish())).filter(Filter::FlateDecode);
    }
    pdf.pages(pages).count(i32::try_from(kids.len()).expect("a document has few pages")).kids(kids);
    if let Some(first) = trees.first() {
        for font in &fonts.fonts {
            font.write(&mut pdf, &mut next, first.fontdb())?;
        }
    }
    let mut writer = pdf.document_info(info);
    if !about.title.is_empty() {
        writer.title(TextStr(&about.title));
    }
    writer
        .subject(TextStr(&about.description))
        .creator(TextStr(&about.program))
        .producer(TextStr(&about.program));
    writer.finish();
    Ok(pdf.finish())
}

/// A sheet in points, and where the picture lies on it: its scale, and its top left corner.
struct Sheet {
    width: f64,
    height: f64,
    place: (f64, f64, f64),
}

fn sheet(page: Page, width: f64, height: f64) -> Sheet {
    let natural = POINTS / SVG_DPI;
    let (short, long) = match page {
        Page::Picture => {
            let (width, height) = (width * natural, height * natural);
            return Sheet { width, height, place: (natural, 0.0, height) };
        }
        Page::A4 => (595.276, 841.89),
        Page::Letter => (612.0, 792.0),
    };
    let (across, down) = if width > height { (long, short) } else { (short, long) };
    let zoom = natural.min((across - 2.0 * MARGIN) / width).min((down - 2.0 * MARGIN) / height);
    Sheet { width: across, height: down, place: (zoom, (across - width * zoom) / 2.0, down - MARGIN) }
}

fn draw(content: &mut Content, group: &Group, fonts: &FontSet) {
    for node in group.children() {
        match node {
            Node::Group(group) => draw(content, group, fonts),
            Node::Path(path) => {
                if let Some(shape) = path.data().clone().transform(path.abs_transform()) {
                    paint(content, &shape, path.fill(), path.stroke(), scale(path.abs_transform()));
                }
            }
            Node::Text(text) => write_text(content, text, fonts),
            Node::Image(_) => {}
        }
    }
}

/// Paints a shape; lines are as wide as the picture's scale makes them.
fn paint(content: &mut Content, shape: &Path, fill: Option<&Fill>, stroke: Option<&Stroke>, scale: f32) {
    if let Some([r, g, b]) = fill.and_then(|fill| colour(fill.paint())) {
        content.set_fill_rgb(r, g, b);
        trace(content, shape);
        content.fill_nonzero();
    }
    let Some(stroke) = stroke else { return };
    if let Some([r, g, b]) = colour(stroke.paint()) {
        content.set_stroke_rgb(r, g, b).set_line_width(stroke.width().get() * scale);
        content.set_line_cap(match stroke.linecap() {
            LineCap::Butt => LineCapStyle::ButtCap,
            LineCap::Round => LineCapStyle::RoundCap,
            LineCap::Square => LineCapStyle::ProjectingSquareCap,
        });
        let dashes = stroke.dasharray().unwrap_or_default().iter().map(|dash| dash * scale);
        content.set_dash_pattern(dashes, stroke.dashoffset() * scale);
        trace(content, shape);
        content.stroke();
    }
}

/// A plain colour, from 0 to 1; our pictures have no others.
fn colour(paint: &Paint) -> Option<[f32; 3]> {
    match paint {
        Paint::Color(colour) => {
            Some([colour.red, colour.green, colour.blue].map(|part| f32::from(part) / 255.0))
        }
        Paint::LinearGradient(_) | Paint::RadialGradient(_) | Paint::Pattern(_) => None,
    }
}

fn trace(content: &mut Content, shape: &Path) {
    let mut last = resvg::tiny_skia::Point::default();
    for segment in shape.segments() {
        match segment {
            PathSegment::MoveTo(p) => {
                content.move_to(p.x, p.y);
                last = p;
            }
            PathSegment::LineTo(p) => {
                content.line_to(p.x, p.y);
                last = p;
            }
            PathSegment::QuadTo(c, p) => {
                // A curve of the second degree, raised to the third.
                let toward = |end: f32, control: f32| end + 2.0 / 3.0 * (control - end);
                content.cubic_to(
                    toward(last.x, c.x),
                    toward(last.y, c.y),
                    toward(p.x, c.x),
                    toward(p.y, c.y),
                    p.x,
                    p.y,
                );
                last = p;
            }
            PathSegment::CubicTo(a, b, p) => {
                content.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y);
                last = p;
            }
            PathSegment::Close => {
                content.close_path();
            }
        }
    }
}

fn write_text(content: &mut Content, text: &Text, fonts: &FontSet) {
    for span in text.layouted().iter().filter(|span| span.visible) {
        let Some([r, g, b]) = span.fill.as_ref().and_then(|fill| colour(fill.paint())) else { continue };
        content.set_fill_rgb(r, g, b);
        let stroke =
            span.stroke.as_ref().and_then(|stroke| Some((colour(stroke.paint())?, stroke.width().get())));
        if let Some(([r, g, b], width)) = stroke {
            content.set_stroke_rgb(r, g, b).set_line_width(width * scale(text.abs_transform()));
            content.set_text_rendering_mode(TextRenderingMode::FillStroke);
        }
        content.begin_text();
        for glyph in &span.positioned_glyphs {
            let Some((font, number)) = fonts.find(glyph.font, glyph.id.0) else { continue };
            let place: Transform =
                text.abs_transform().pre_concat(glyph.outline_transform()).pre_scale(font.em, font.em);
            content.set_font(Name(font.name.as_bytes()), 1.0);
            content.set_text_matrix([place.sx, place.ky, place.kx, place.sy, place.tx, place.ty]);
            content.show(Str(&number.to_be_bytes()));
        }
        content.end_text();
        if stroke.is_some() {
            content.set_text_rendering_mode(TextRenderingMode::Fill);
        }
    }
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to memory does not fail")
}

/// How much a transformation that keeps angles enlarges.
fn scale(transform: Transform) -> f32 {
    (transform.sx * transform.sx + transform.ky * transform.ky).sqrt()
}

/// PDF's numbers are of single precision.
#[expect(clippy::cast_possible_truncation, reason = "places on a sheet are small")]
fn single(value: f64) -> f32 {
    value as f32
}
