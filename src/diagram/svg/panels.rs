//! Draws a network period by period: small multiples, in which whoever stays, stays at one place.
//!
//! The places are those of all periods together, so that what moves the eye is a tie that comes or goes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::drawing;
use super::page::Page;
use super::series::short;
use super::xml::{Ink, data, escape, id_list, number, text};
use crate::diagram::figure::{arrows, block_height};
use crate::diagram::frame::Frame;
use crate::diagram::layout::{self, Arrangement, Bow, Joint, Placement, Plan, Point, Rect};
use crate::diagram::look::{self, Shape, Tone};
use crate::diagram::panels::{PANEL_LIMIT, PANEL_NODE_LIMIT, Panel, Panels};
use crate::diagram::scene::{Doubt, Edge, Node};
use crate::diagram::text::Face;
use crate::diagram::theme::Theme;
use crate::diagram::words::Language;

const HEAD: Face = Face::bold(12.0);
const COUNT: Face = Face::plain(10.0);
const NAME: Face = Face::plain(10.0);
/// What the second language says under the first.
const SECOND: Face = Face::plain(8.5);
const LEGEND: Face = Face::plain(11.0);
const LEGEND_SECOND: Face = Face::plain(9.5);
/// Where names are broken.
const NAMES: f64 = 74.0;
/// White between panels, and within their frames.
const GAP: f64 = 16.0;
const PAD: f64 = 9.0;
/// The least size of a panel's drawing.
const LEAST: (f64, f64) = (210.0, 130.0);
/// The width that panels side by side should not exceed: on A4 their names are still read.
const SHEET: f64 = 1020.0;

/// Writes a network in several periods as a self-contained SVG picture.
pub(in crate::diagram) fn panels(chart: &Panels, theme: &Theme, frame: Frame) -> String {
    let nodes = &chart.nodes[..chart.nodes.len().min(PANEL_NODE_LIMIT)];
    let shown = &chart.periods[..chart.periods.len().min(PANEL_LIMIT)];
    let boxes: Vec<NameBox> =
        nodes.iter().map(|node| NameBox::of(node, chart.heading.languages.second.is_some())).collect();
    let all = Places::of(shown, &boxes);
    let size = (all.width.max(LEAST.0) + 2.0 * PAD, all.height.max(LEAST.1) + 2.0 * PAD);
    let sheet = frame.lanes_width.unwrap_or(SHEET);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few columns")]
    let fitting = (((sheet + GAP) / (size.0 + GAP)).floor() as usize).max(1);
    let rows = shown.len().div_ceil(fitting).max(1);
    // Rows are filled evenly: seven panels are four and three, not five and two.
    let columns = shown.len().div_ceil(rows).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let width = columns as f64 * (size.0 + GAP) - GAP;
    let mut page = Page::new(&chart.heading.title, chart.heading.title_also.as_deref(), width, theme, frame);
    let head = HEAD.leading() + 3.0;
    for row in shown.chunks(columns) {
        let mut x = page.left();
        for panel in row {
            let place = Rect { x, y: page.y + head, w: size.0, h: size.1 };
            text(&mut page.body, x, page.y + HEAD.size, plain(HEAD, theme.ink), &short(&panel.period));
            let ties: usize = panel.edges.iter().map(|edge| edge.ties.len()).sum();
            let counts = chart.heading.languages.first.dyads_and_ties(panel.edges.len(), ties);
            let beside = x + HEAD.width(&short(&panel.period)) + 8.0;
            text(&mut page.body, beside, page.y + HEAD.size, plain(COUNT, theme.quiet), &counts);
            draw(&mut page.body, panel, (nodes, &boxes), &all, place, theme);
            x += size.0 + GAP;
        }
        page.y += head + size.1 + GAP;
    }
    page.y += 8.0;
    legend(&mut page, chart, shown, theme);
    let cut = chart.periods.len() - shown.len();
    let left = chart.nodes.len() - nodes.len();
    let mut caption: Vec<String> = Vec::new();
    for language in chart.heading.languages.all() {
        caption.extend((cut > 0).then(|| language.periods_cut(shown.len(), chart.periods.len())));
        caption.extend((left > 0).then(|| language.lines_cut(nodes.len(), chart.nodes.len())));
    }
    caption.extend(chart.heading.caption.iter().cloned());
    page.caption(&caption);
    let counts = chart.heading.languages.first.over_periods(nodes.len(), shown.len());
    let names: Vec<&str> = nodes.iter().map(Node::name).collect();
    let desc = format!("{counts}: {}. {}", names.join(", "), caption.join(" "));
    page.finish(&chart.heading.title, &desc, chart.heading.languages.first)
}

fn plain(face: Face, colour: crate::diagram::theme::Colour) -> Ink {
    Ink { face, colour, centred: false }
}

/// A name broken to its box.
struct NameBox {
    name: Vec<String>,
    also: Vec<String>,
    size: (f64, f64),
}

impl NameBox {
    fn of(node: &Node, has_second: bool) -> Self {
        let name = NAME.wrap(node.name(), NAMES);
        let also = node.sublabel.as_deref().filter(|_| has_second).unwrap_or_default();
        let also = SECOND.wrap(also, NAMES);
        let widths =
            name.iter().map(|line| NAME.width(line)).chain(also.iter().map(|line| SECOND.width(line)));
        let width = widths.fold(0.0, f64::max);
        let height = block_height(NAME, name.len()) + block_height(SECOND, also.len());
        Self { name, also, size: (width + 10.0, height + 6.0) }
    }
}

/// Where each node stands in every panel.
struct Places {
    boxes: Vec<Rect>,
    width: f64,
    height: f64,
}

impl Places {
    /// The places of all periods together: those tied for longest are nearest.
    fn of(periods: &[Panel], boxes: &[NameBox]) -> Self {
        let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for edge in periods.iter().flat_map(|panel| &panel.edges) {
            let (a, b) = (edge.source.min(edge.target), edge.source.max(edge.target));
            if b < boxes.len() && a != b {
                *pairs.entry((a, b)).or_default() += 1;
            }
        }
        let pairs: Vec<(usize, usize)> = pairs.into_keys().collect();
        let free = plan(boxes, &pairs, Arrangement::Free);
        let placed = layout::place(&free);
        if boxes.is_empty() {
            return Self { boxes: Vec::new(), width: 0.0, height: 0.0 };
        }
        // A panel is small: names stand mostly by their place among the others, so that all of it is used.
        let area: f64 = boxes.iter().map(|node| (node.size.0 + 14.0) * (node.size.1 + 16.0)).sum();
        #[expect(clippy::cast_precision_loss, reason = "a panel has a few nodes")]
        let mean = |size: fn(&NameBox) -> f64| boxes.iter().map(size).sum::<f64>() / boxes.len() as f64;
        let side = (area * 1.9).sqrt();
        let (width, height) = (side * 1.25 - mean(|node| node.size.0), side * 0.8 - mean(|node| node.size.1));
        let xs = evened(placed.nodes.iter().map(|place| place.middle().x).collect(), width.max(0.0));
        let ys = evened(placed.nodes.iter().map(|place| place.middle().y).collect(), height.max(0.0));
        let points: Vec<Point> = xs.into_iter().zip(ys).map(|(x, y)| Point { x, y }).collect();
        let Placement { nodes, .. } = layout::place(&plan(boxes, &[], Arrangement::Given(points)));
        let right = nodes.iter().map(|place| place.x + place.w).fold(0.0, f64::max);
        let bottom = nodes.iter().map(|place| place.y + place.h).fold(0.0, f64::max);
        Self { boxes: nodes, width: right, height: bottom }
    }
}

/// Values over a length: a little by how large they are, mostly by their place in the order of all.
#[expect(clippy::cast_precision_loss, reason = "a panel has a few nodes")]
fn evened(values: Vec<f64>, length: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
    let (Some(&leftmost), Some(&rightmost)) = (order.first(), order.last()) else { return values };
    let (least, span) = (values[leftmost], (values[rightmost] - values[leftmost]).max(1e-9));
    let steps = (values.len() - 1).max(1) as f64;
    let mut evened = vec![0.0; values.len()];
    for (place, node) in order.into_iter().enumerate() {
        evened[node] = length * (0.3 * (values[node] - least) / span + 0.7 * place as f64 / steps);
    }
    evened
}

fn plan(boxes: &[NameBox], pairs: &[(usize, usize)], arrangement: Arrangement) -> Plan {
    let joint = |&(source, target): &(usize, usize)| Joint {
        source,
        target,
        label: None,
        source_arrow: false,
        target_arrow: false,
    };
    Plan {
        nodes: boxes.iter().map(|node| (Shape::Rounded, node.size)).collect(),
        edges: pairs.iter().map(joint).collect(),
        columns: vec![0; boxes.len()],
        groups: groups(boxes.len(), pairs),
        labelled: false,
        arrangement,
    }
}

/// The connected groups, each sorted.
fn groups(count: usize, pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..count).collect();
    for _ in 0..count {
        let mut has_changed = false;
        for &(a, b) in pairs {
            let least = group[a].min(group[b]);
            has_changed |= group[a] != least || group[b] != least;
            (group[a], group[b]) = (least, least);
        }
        if !has_changed {
            break;
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, group) in group.into_iter().enumerate() {
        members.entry(group).or_default().push(node);
    }
    members.into_values().collect()
}

/// Draws one panel.
fn draw(
    out: &mut String,
    panel: &Panel,
    (nodes, boxes): (&[Node], &[NameBox]),
    places: &Places,
    frame: Rect,
    theme: &Theme,
) {
    let _ = writeln!(
        out,
        "<g class=\"panel\" data-period=\"{}\">\n<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"0.8\"/>",
        data(&panel.period),
        number(frame.x),
        number(frame.y),
        number(frame.w),
        number(frame.h),
        theme.rule
    );
    // In the middle of its frame.
    let (dx, dy) = (frame.x + (frame.w - places.width) / 2.0, frame.y + (frame.h - places.height) / 2.0);
    let at = |node: usize| {
        let place = places.boxes[node];
        Rect { x: place.x + dx, y: place.y + dy, ..place }
    };
    let is_drawn =
        |edge: &&Edge| edge.source < nodes.len() && edge.target < nodes.len() && edge.source != edge.target;
    let mut is_tied = vec![false; nodes.len()];
    for edge in panel.edges.iter().filter(is_drawn) {
        is_tied[edge.source] = true;
        is_tied[edge.target] = true;
    }
    let tied = || (0..nodes.len()).filter(|node| is_tied[*node]);
    // What has no tie steps back: lines run over it.
    for node in (0..nodes.len()).filter(|node| !is_tied[*node] && !panel.absent.contains(node)) {
        write_node(out, &nodes[node], &boxes[node], at(node), false, theme);
    }
    for edge in panel.edges.iter().filter(is_drawn) {
        let ids = id_list(edge.ties.iter().map(|tie| tie.id.as_str()));
        let _ = writeln!(out, "<g class=\"edge\" data-ties=\"{ids}\">");
        let names = [edge.source, edge.target].map(|end| escape(nodes[end].name()));
        let _ = writeln!(out, "<title>{} – {}</title>", names[0], names[1]);
        let mut line = look::line(theme, Tone::of(&edge.ties), look::doubt(&edge.ties));
        line.width *= if edge.ties.len() > 3 { 1.3 } else { 0.8 };
        let (from, to) = (at(edge.source), at(edge.target));
        let (source_arrow, target_arrow) = arrows(edge);
        let others = tied().filter(|node| *node != edge.source && *node != edge.target).map(at);
        let bow = Bow::between([from.middle(), to.middle()], &others, |end, towards| match end {
            0 => leave(from, towards),
            _ => leave(to, towards),
        });
        let (strokes, heads) = bow.strokes([source_arrow, target_arrow], 0.0);
        drawing::stroke(out, &drawing::path(&strokes), line);
        // Heads on a line as short as they are would be all of it.
        let has_room = bow.length() > if heads.len() == 2 { 24.0 } else { 12.0 };
        for head in heads.into_iter().filter(|_| has_room) {
            drawing::arrow(out, head, line.colour);
        }
        out.push_str("</g>\n");
    }
    for node in tied() {
        write_node(out, &nodes[node], &boxes[node], at(node), true, theme);
    }
    out.push_str("</g>\n");
}

/// Writes a name in its box, or alone where it has no tie.
fn write_node(out: &mut String, node: &Node, named: &NameBox, place: Rect, is_tied: bool, theme: &Theme) {
    let _ = writeln!(out, "<g class=\"node\" data-actor=\"{}\">", data(&node.id));
    let mut look = look::node(theme, node.role, 0.0);
    look.stroke_width = 0.9;
    let pale = theme.quiet.toward(theme.paper, 0.3);
    let (ink, quiet) = if is_tied { (look.colours.ink, look.colours.quiet) } else { (pale, pale) };
    if is_tied {
        drawing::outline(out, Shape::Rounded, place, &look);
    }
    let height = block_height(NAME, named.name.len()) + block_height(SECOND, named.also.len());
    let mut y = place.middle().y - height / 2.0 + NAME.size;
    for line in &named.name {
        text(out, place.middle().x, y, Ink { centred: true, ..plain(NAME, ink) }, line);
        y += NAME.leading();
    }
    for line in &named.also {
        text(out, place.middle().x, y - 1.0, Ink { centred: true, ..plain(SECOND, quiet) }, line);
        y += SECOND.leading();
    }
    out.push_str("</g>\n");
}

/// Where a line from the middle of a box to a point leaves it, and a little beyond.
fn leave(from: Rect, to: Point) -> Point {
    let middle = from.middle();
    let (dx, dy) = (to.x - middle.x, to.y - middle.y);
    let share = |half: f64, way: f64| if way.abs() > 1e-9 { half / way.abs() } else { f64::INFINITY };
    let out = share(from.w / 2.0 + 2.0, dx).min(share(from.h / 2.0 + 2.0, dy)).min(1.0);
    Point { x: middle.x + dx * out, y: middle.y + dy * out }
}

/// What lines and pale names mean, as far as they occur.
fn legend(page: &mut Page, chart: &Panels, shown: &[Panel], theme: &Theme) {
    let edges = || shown.iter().flat_map(|panel| &panel.edges);
    page.heading(&chart.heading.languages.say(Language::legend));
    let height = if chart.heading.languages.second.is_some() { 32.0 } else { 22.0 };
    let mut x = page.left();
    let mut entry = |line: Option<look::Line>, words: crate::diagram::languages::Said, page: &mut Page| {
        let second = words.second.as_deref().unwrap_or_default();
        let width = 38.0 + LEGEND.width(&words.first).max(LEGEND_SECOND.width(second)) + 18.0;
        if x + width > page.left() + page.width() && x > page.left() {
            x = page.left();
            page.y += height;
        }
        if let Some(line) = line {
            let path = format!("M{} {}H{}", number(x), number(page.y + 8.0), number(x + 30.0));
            drawing::stroke(&mut page.body, &path, line);
        } else {
            let ink = Ink { centred: true, ..plain(NAME, theme.quiet.toward(theme.paper, 0.3)) };
            text(&mut page.body, x + 15.0, page.y + 12.0, ink, "A");
        }
        text(&mut page.body, x + 38.0, page.y + 12.0, plain(LEGEND, theme.ink), &words.first);
        text(&mut page.body, x + 38.0, page.y + 24.0, plain(LEGEND_SECOND, theme.quiet), second);
        x += width;
    };
    for tone in [Tone::Friendly, Tone::Neutral, Tone::Hostile, Tone::Mixed] {
        if edges().any(|edge| Tone::of(&edge.ties) == tone) {
            let words = chart.heading.languages.say(|language| language.tone(tone));
            entry(Some(look::line(theme, tone, Doubt::Asserted)), words, page);
        }
    }
    for doubt in [Doubt::Doubtful, Doubt::Hypothetical] {
        if edges().any(|edge| look::doubt(&edge.ties) == doubt) {
            let words = chart.heading.languages.say(|language| language.doubt(doubt));
            let line = look::Line { colour: theme.ink, ..look::line(theme, Tone::Neutral, doubt) };
            entry(Some(line), words, page);
        }
    }
    entry(None, chart.heading.languages.say(Language::untied), page);
    page.y += height + 6.0;
}
