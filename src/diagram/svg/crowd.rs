//! A crowd drawn: dots sized by neighbours, thin lines, and the names that find room.

use std::fmt::Write as _;

use super::page::Page;
use super::xml::{Ink, data, escape, id_list, number, text};
use crate::diagram::figure::arrows;
use crate::diagram::frame::Frame;
use crate::diagram::layout::{Point, Rect, crowd};
use crate::diagram::look::{self, Tone};
use crate::diagram::scene::{Role, Scene};
use crate::diagram::text::{Face, clean};
use crate::diagram::theme::Theme;
use crate::diagram::words::Language;

/// At most so many names are written.
const NAMED: usize = 150;
/// So many of them, of the busiest, may hide dots of actors who are not named.
const FIRST: usize = 40;
/// A name longer than this is not written.
const WIDEST: f64 = 190.0;
/// Dots shrink beyond so many actors, so that names are still read when all is on one sheet.
const ROOMY: f64 = 600.0;

/// Writes a scene of many actors.
pub(super) fn write(scene: &Scene, theme: &Theme, frame: Frame) -> String {
    let (points, radii, degrees) = dots(scene);
    let (labels, width, height) = labels(scene, &points, &radii, &degrees);

    let mut page = Page::new(&scene.title, scene.title_also.as_deref(), width, theme, frame);
    let (x0, y0) = (page.left(), page.y);
    let at = |p: Point| (number(p.x + x0), number(p.y + y0));
    let body = &mut page.body;
    for edge in scene.edges.iter().filter(|edge| edge.source != edge.target) {
        let line = look::line(theme, Tone::of(&edge.ties), look::doubt(&edge.ties));
        let ids = id_list(edge.ties.iter().map(|tie| tie.id.as_str()));
        let ((x1, y1), (x2, y2)) = (at(points[edge.source]), at(points[edge.target]));
        let _ = writeln!(
            body,
            "<path class=\"edge\" data-ties=\"{ids}\" d=\"M{x1} {y1}L{x2} {y2}\" stroke=\"{}\" stroke-width=\"{}\"/>",
            line.colour.toward(theme.paper, 0.5),
            if arrows(edge) == (false, false) { "0.7" } else { "0.5" }
        );
    }
    for (node, (point, radius)) in scene.nodes.iter().zip(points.iter().zip(&radii)) {
        let look = look::node(theme, node.role, node.share());
        let (x, y) = at(*point);
        let fill = if node.role == Role::Ordinary { theme.quiet } else { look.colours.fill };
        let _ = writeln!(
            body,
            "<g class=\"node\" data-actor=\"{}\"><title>{}</title><circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{fill}\" \
             stroke=\"{}\" stroke-width=\"0.8\"/></g>",
            data(&node.id),
            escape(node.name()),
            number(*radius),
            theme.paper,
        );
    }
    for (words, face, place) in &labels {
        let (x, y) = (place.x + x0, place.y + y0);
        let _ = writeln!(
            body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" fill=\"{}\"/>",
            number(x),
            number(y),
            number(place.w),
            number(place.h),
            theme.paper
        );
        text(
            body,
            x + 2.0,
            y + face.size + 0.5,
            Ink { face: *face, colour: theme.ink, centred: false },
            words,
        );
    }
    page.y += height + 24.0;
    legend(&mut page, scene, theme);
    let mut caption: Vec<String> =
        scene.languages.all().map(|language| language.named(labels.len(), scene.nodes.len())).collect();
    caption.extend(scene.caption.iter().cloned());
    page.sources(&[], scene.languages);
    page.caption(&caption);
    let ties: usize = scene.edges.iter().map(|edge| edge.ties.len()).sum();
    let desc = format!("{}. {}", scene.languages.first.counts(scene.nodes.len(), ties), caption.join(" "));
    page.finish(&scene.title, &desc, scene.languages.first)
}

/// The squares around the dots.
pub(super) fn places(scene: &Scene) -> Vec<Rect> {
    let (points, radii, _) = dots(scene);
    let square = |(p, r): (&Point, &f64)| Rect { x: p.x - r, y: p.y - r, w: 2.0 * r, h: 2.0 * r };
    points.iter().zip(&radii).map(square).collect()
}

/// The middles and radii of the dots, and how many neighbours each actor has.
fn dots(scene: &Scene) -> (Vec<Point>, Vec<f64>, Vec<u32>) {
    let mut degrees = vec![0_u32; scene.nodes.len()];
    for edge in scene.edges.iter().filter(|edge| edge.source != edge.target) {
        degrees[edge.source] += 1;
        degrees[edge.target] += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "a picture has thousands of nodes")]
    let zoom = (ROOMY / scene.nodes.len() as f64).sqrt().clamp(0.5, 1.0);
    let radius = |degree: u32| zoom * (2.6 + 0.9 * f64::from(degree).sqrt()).min(15.0);
    let radii: Vec<f64> = degrees.iter().map(|&degree| radius(degree)).collect();
    let ends: Vec<(usize, usize)> = scene.edges.iter().map(|edge| (edge.source, edge.target)).collect();
    let points = crowd(&ends, &radii);
    (points, radii, degrees)
}

type Named = (String, Face, Rect);

/// The names that find room beside their dots, those of busy actors first; all within the sheet, whose size comes along.
fn labels(scene: &Scene, points: &[Point], radii: &[f64], degrees: &[u32]) -> (Vec<Named>, f64, f64) {
    let mut order: Vec<usize> = (0..scene.nodes.len()).collect();
    let is_terminal = |node: usize| scene.nodes[node].role == Role::Terminal;
    order.sort_by(|&a, &b| {
        (is_terminal(b), degrees[b]).cmp(&(is_terminal(a), degrees[a])).then_with(|| {
            scene.nodes[b]
                .share()
                .total_cmp(&scene.nodes[a].share())
                .then_with(|| scene.nodes[a].id.cmp(&scene.nodes[b].id))
        })
    });
    let dot = |(p, r): (&Point, &f64)| Rect { x: p.x - r, y: p.y - r, w: 2.0 * r, h: 2.0 * r };
    let dots: Vec<Rect> = points.iter().zip(radii).map(dot).collect();
    let width = dots.iter().map(|d| d.x + d.w).fold(0.0, f64::max);
    let height = dots.iter().map(|d| d.y + d.h).fold(0.0, f64::max);
    // Only dots near a label can be hidden by it: they are looked up by their height.
    let mut by_height: Vec<usize> = (0..dots.len()).collect();
    by_height.sort_by(|&a, &b| dots[a].y.total_cmp(&dots[b].y).then(a.cmp(&b)));
    let largest = radii.iter().copied().fold(0.0, f64::max);
    let mut rank = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, node)| rank[*node] = at);
    // How many dots a label would hide; none where it would hide one of those who are to be named.
    let hidden = |place: Rect, own: usize| {
        let from = by_height.partition_point(|&at| dots[at].y < place.y - 2.0 * largest);
        let near = by_height[from..].iter().take_while(|&&at| dots[at].y < place.y + place.h);
        let mut hidden = near.copied().filter(|&at| at != own && dots[at].overlaps(place)).peekable();
        if rank[own] < FIRST {
            let dots: Vec<usize> = hidden.collect();
            dots.iter().all(|&at| rank[at] >= FIRST).then_some(dots.len())
        } else {
            hidden.peek().is_none().then_some(0)
        }
    };
    let mut named: Vec<Named> = Vec::new();
    for node in order {
        if named.len() == NAMED {
            break;
        }
        let face = if named.len() < 12 { Face::bold(13.0) } else { Face::plain(10.5) };
        let words = clean(scene.nodes[node].name());
        let (w, h) = (face.width(&words) + 4.0, face.size + 4.0);
        if w > WIDEST {
            continue;
        }
        let (p, r) = (points[node], radii[node]);
        let corners = [
            (p.x + r + 1.0, p.y - h / 2.0),
            (p.x - r - w - 1.0, p.y - h / 2.0),
            (p.x - w / 2.0, p.y - r - h - 1.0),
            (p.x - w / 2.0, p.y + r + 1.0),
        ];
        let places = corners.into_iter().map(|(x, y)| Rect { x, y, w, h }).filter(|place| {
            let is_inside = place.x >= 0.0 && place.y >= 0.0 && place.x + w <= width && place.y + h <= height;
            is_inside && !named.iter().any(|(_, _, other)| other.overlaps(*place))
        });
        let best = places.filter_map(|place| Some((hidden(place, node)?, place))).min_by_key(|best| best.0);
        if let Some((_, place)) = best {
            named.push((words, face, place));
        }
    }
    (named, width, height)
}

fn legend(page: &mut Page, scene: &Scene, theme: &Theme) {
    page.heading(&scene.languages.say(Language::legend));
    let (face, small) = (Face::plain(11.0), Face::plain(9.5));
    let mut x = page.left();
    let ink = Ink { face, colour: theme.ink, centred: false };
    let tones = [Tone::Friendly, Tone::Neutral, Tone::Hostile, Tone::Mixed];
    let shown = tones.into_iter().filter(|tone| scene.edges.iter().any(|edge| Tone::of(&edge.ties) == *tone));
    let mut entries: Vec<(Option<Tone>, crate::diagram::languages::Said)> =
        shown.map(|tone| (Some(tone), scene.languages.say(|language| language.tone(tone)))).collect();
    entries.push((None, scene.languages.say(Language::busy)));
    for (tone, words) in entries {
        let y = page.y + 8.0;
        match tone {
            Some(tone) => {
                let colour =
                    look::line(theme, tone, crate::diagram::Doubt::Asserted).colour.toward(theme.paper, 0.5);
                let _ = writeln!(
                    page.body,
                    "<path d=\"M{} {}H{}\" stroke=\"{colour}\" stroke-width=\"2\"/>",
                    number(x),
                    number(y),
                    number(x + 26.0)
                );
            }
            None => {
                for (dx, r) in [(5.0, 3.0), (18.0, 7.0)] {
                    let _ = writeln!(
                        page.body,
                        "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>",
                        number(x + dx),
                        number(y),
                        number(r),
                        theme.quiet
                    );
                }
            }
        }
        let second = words.second.as_deref().unwrap_or_default();
        text(&mut page.body, x + 33.0, y + 4.0, ink, &words.first);
        text(&mut page.body, x + 33.0, y + 16.0, Ink { face: small, colour: theme.quiet, ..ink }, second);
        x += 33.0 + face.width(&words.first).max(small.width(second)) + 22.0;
    }
    page.y += if scene.languages.second.is_some() { 36.0 } else { 26.0 };
}
