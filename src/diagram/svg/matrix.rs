//! The dyad matrix: a row for each actor that acts, a column for each that is acted on, blocs side by side.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::page::Page;
use super::xml::{Ink, escape, id_list, number, text, text_upwards};
use crate::diagram::blocs::blocs;
use crate::diagram::frame::Frame;
use crate::diagram::languages::Said;
use crate::diagram::layout::{Point, Rect};
use crate::diagram::look::Tone;
use crate::diagram::scene::{Direction, EdgeTie, Scene};
use crate::diagram::text::{Face, clean};
use crate::diagram::theme::{Colour, Theme};
use crate::diagram::words::Language;

/// The longest name beside a row before it is cut.
const NAMES: f64 = 190.0;

/// Writes a scene as a matrix.
pub(super) fn write(scene: &Scene, theme: &Theme, frame: Frame) -> String {
    let blocs = blocs(scene);
    let count = scene.nodes.len();
    let (cell, face) = match count {
        0..=30 => (20.0, Face::plain(11.0)),
        31..=60 => (16.0, Face::plain(10.0)),
        61..=120 => (11.0, Face::plain(8.5)),
        _ => (8.0, Face::plain(6.5)),
    };
    let names: Vec<String> = blocs.order.iter().map(|&node| name(scene, node, face)).collect();
    let widest = names.iter().map(|name| face.width(name)).fold(0.0, f64::max);
    #[expect(clippy::cast_precision_loss, reason = "a picture has few nodes")]
    let side = cell * count as f64;
    let width = widest + 8.0 + side;
    let mut page = Page::new(&scene.title, scene.title_also.as_deref(), width, theme, frame);
    let left = page.left() + widest + 8.0;
    let top = page.y + widest + 8.0;
    let ink = Ink { face, colour: theme.ink, centred: false };
    let at = |place: usize| {
        #[expect(clippy::cast_precision_loss, reason = "a picture has few nodes")]
        let place = place as f64;
        place * cell
    };
    let body = &mut page.body;
    for place in 0..=count {
        let is_start = place == count || blocs.starts.contains(&place);
        let (colour, weight) = if is_start { (theme.quiet, 1.0) } else { (theme.rule, 0.5) };
        let (x, y) = (left + at(place), top + at(place));
        let _ = writeln!(
            body,
            "<path d=\"M{} {}H{}M{} {}V{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{weight}\"/>",
            number(left),
            number(y),
            number(left + side),
            number(x),
            number(top),
            number(top + side)
        );
    }
    for (place, name) in names.iter().enumerate() {
        let baseline = at(place) + cell / 2.0 + face.size * 0.36;
        let id = &scene.nodes[blocs.order[place]].id;
        let _ = writeln!(body, "<g class=\"node\" data-actor=\"{}\">", super::xml::data(id));
        text(body, left - 6.0 - face.width(name), top + baseline, ink, name);
        text_upwards(body, left + baseline, top - 6.0, ink, name);
        body.push_str("</g>\n");
    }
    let mut places = vec![0; count];
    for (place, &node) in blocs.order.iter().enumerate() {
        places[node] = place;
    }
    for ((row, column), ties) in cells(scene) {
        let place = Rect { x: left + at(places[column]), y: top + at(places[row]), w: cell, h: cell };
        let ids = id_list(ties.iter().map(|tie| tie.id.as_str()));
        let _ = writeln!(body, "<g class=\"edge\" data-ties=\"{ids}\">");
        let (source, target) = (scene.nodes[row].name(), scene.nodes[column].name());
        let _ = writeln!(body, "<title>{} → {}</title>", escape(source), escape(target));
        let tone = Tone::of(&ties.iter().map(|tie| (*tie).clone()).collect::<Vec<_>>());
        fill(body, theme, place, tone, ties.len());
        if cell >= 16.0 && ties.len() > 1 {
            let small = Face::plain(9.0);
            let colour = if ties.len() > 3 && tone != Tone::Neutral { theme.paper } else { theme.ink };
            let words = ties.len().to_string();
            let y = place.middle().y + 3.3;
            text(body, place.middle().x, y, Ink { face: small, colour, centred: true }, &words);
        }
        body.push_str("</g>\n");
    }
    page.y = top + side + 24.0;
    legend(&mut page, scene, theme);
    page.sources(&scene.sources, scene.languages);
    page.caption(&scene.caption);
    let ties: usize = scene.edges.iter().map(|edge| edge.ties.len()).sum();
    let mut desc = vec![format!("{}.", scene.languages.first.counts(count, ties))];
    desc.extend(scene.caption.iter().cloned());
    page.finish(&scene.title, &desc.join(" "), scene.languages.first)
}

/// The ties of each ordered pair; those that are mutual stand in both cells.
fn cells(scene: &Scene) -> BTreeMap<(usize, usize), Vec<&EdgeTie>> {
    let mut cells: BTreeMap<(usize, usize), Vec<&EdgeTie>> = BTreeMap::new();
    for edge in &scene.edges {
        for tie in &edge.ties {
            let is_loop = edge.source == edge.target;
            if tie.direction != Direction::Backward || is_loop {
                cells.entry((edge.source, edge.target)).or_default().push(tie);
            }
            if tie.direction != Direction::Forward && !is_loop {
                cells.entry((edge.target, edge.source)).or_default().push(tie);
            }
        }
    }
    cells
}

/// The name of an actor in one line, with a second language after it where there is room.
fn name(scene: &Scene, node: usize, face: Face) -> String {
    let node = &scene.nodes[node];
    let mut name = clean(node.name());
    if let Some(also) = node.sublabel.as_ref().filter(|_| scene.languages.second.is_some()) {
        name = format!("{name} {}", clean(also));
    }
    if face.width(&name) <= NAMES {
        return name;
    }
    let mut short = String::new();
    for c in name.chars() {
        if face.width(&short) + face.width(c.encode_utf8(&mut [0; 4])) > NAMES - face.size {
            break;
        }
        short.push(c);
    }
    clean(&short) + "…"
}

/// Fills a cell: the more ties the darker; what is hostile is struck through, what is mixed half so.
fn fill(out: &mut String, theme: &Theme, place: Rect, tone: Tone, count: usize) {
    let colour = tone_colour(theme, tone);
    let pale = match count {
        0 | 1 => 0.62,
        2 | 3 => 0.4,
        4..=7 => 0.18,
        _ => 0.0,
    };
    let (x, y, w) = (place.x + 0.7, place.y + 0.7, place.w - 1.4);
    let shade = colour.toward(theme.paper, pale);
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{shade}\"/>",
        number(x),
        number(y),
        number(w),
        number(w)
    );
    let strokes = match tone {
        Tone::Friendly | Tone::Neutral => return,
        Tone::Hostile => format!(
            "M{} {}L{} {}M{} {}L{} {}",
            number(x),
            number(y + w),
            number(x + w),
            number(y),
            number(x),
            number(y),
            number(x + w),
            number(y + w)
        ),
        Tone::Mixed => format!("M{} {}L{} {}", number(x), number(y + w), number(x + w), number(y)),
    };
    let line = if pale > 0.3 { theme.ink } else { theme.paper };
    let line = line.toward(shade, 0.45);
    let _ = writeln!(out, "<path d=\"{strokes}\" fill=\"none\" stroke=\"{line}\" stroke-width=\"0.7\"/>");
}

fn tone_colour(theme: &Theme, tone: Tone) -> Colour {
    match tone {
        Tone::Friendly => theme.friendly,
        Tone::Neutral => theme.neutral,
        Tone::Hostile => theme.hostile,
        Tone::Mixed => theme.mixed,
    }
}

fn legend(page: &mut Page, scene: &Scene, theme: &Theme) {
    page.heading(&scene.languages.say(Language::legend));
    let mut x = page.left();
    let has = |tone: Tone| scene.edges.iter().any(|edge| Tone::of(&edge.ties) == tone);
    for tone in [Tone::Friendly, Tone::Neutral, Tone::Hostile, Tone::Mixed] {
        if has(tone) {
            let place = Rect { x, y: page.y, w: 16.0, h: 16.0 };
            fill(&mut page.body, theme, place, tone, 1);
            let words = scene.languages.say(|language| language.tone(tone));
            x += 22.0 + said(page, Point { x: x + 22.0, y: page.y }, &words, theme) + 20.0;
        }
    }
    let words = scene.languages.say(Language::matrix);
    if x + Face::plain(11.0).width(&words.first) > page.left() + 620.0 {
        x = page.left();
        page.y += 32.0;
    }
    said(page, Point { x, y: page.y }, &words, theme);
    page.y += if scene.languages.second.is_some() { 36.0 } else { 26.0 };
}

fn said(page: &mut Page, at: Point, words: &Said, theme: &Theme) -> f64 {
    let (face, small) = (Face::plain(11.0), Face::plain(9.5));
    let ink = Ink { face, colour: theme.ink, centred: false };
    let second = words.second.as_deref().unwrap_or_default();
    text(&mut page.body, at.x, at.y + 12.0, ink, &words.first);
    text(&mut page.body, at.x, at.y + 24.0, Ink { face: small, colour: theme.quiet, ..ink }, second);
    face.width(&words.first).max(small.width(second))
}
