//! The drawing itself: edges with their labels, then nodes.

use super::xml::{Ink, data, escape, id_list, number, text};
use crate::diagram::figure::{Figure, NodeBox, block_height, name_face, sublabel_face};
use crate::diagram::label::{self, Label};
use crate::diagram::layout::{Arrow, Lie, Point, Rect, Stroke};
use crate::diagram::look::{self, Line, NodeLook, Shape, Tone};
use crate::diagram::scene::{Direction, Doubt};
use crate::diagram::shape::FRAME;
use crate::diagram::theme::{Colour, Theme};
use crate::model::Polarity;
use std::fmt::Write as _;

/// From the top of a line box to the baseline, as a share of the size of the type.
const ASCENT: f64 = 1.0;

/// Appends the drawing, its top left corner at the origin.
pub(super) fn write(out: &mut String, figure: &Figure) {
    for ((edge, route), label) in figure.scene.edges.iter().zip(&figure.placement.routes).zip(&figure.labels)
    {
        let ids = id_list(edge.ties.iter().map(|tie| tie.id.as_str()));
        let _ = writeln!(out, "<g class=\"edge\" data-ties=\"{ids}\">");
        let (source, target) = (&figure.scene.nodes[edge.source], &figure.scene.nodes[edge.target]);
        let _ = writeln!(out, "<title>{} – {}</title>", escape(source.name()), escape(target.name()));
        let line = look::line(figure.theme, Tone::of(&edge.ties), look::doubt(&edge.ties));
        stroke(out, &path(&route.strokes), line);
        for &head in &route.arrows {
            arrow(out, head, line.colour);
        }
        if let (Some(label), Some(place)) = (label, route.label) {
            write_label(out, figure.theme, label, place, route.lie);
        }
        out.push_str("</g>\n");
    }
    for ((node, boxed), &place) in figure.scene.nodes.iter().zip(&figure.nodes).zip(&figure.placement.nodes) {
        let _ = writeln!(out, "<g class=\"node\" data-actor=\"{}\">", data(&node.id));
        let _ = writeln!(out, "<title>{}</title>", escape(node.name()));
        outline(out, boxed.shape, place, &boxed.look);
        write_name(out, boxed, place);
        out.push_str("</g>\n");
    }
}

/// What draws a path.
pub(super) fn path(strokes: &[Stroke]) -> String {
    let pair = |p: Point| format!("{} {}", number(p.x), number(p.y));
    let steps: Vec<String> = strokes
        .iter()
        .map(|stroke| match *stroke {
            Stroke::Move(p) => format!("M{}", pair(p)),
            Stroke::Line(p) => format!("L{}", pair(p)),
            Stroke::Curve(a, b, p) => format!("C{} {} {}", pair(a), pair(b), pair(p)),
        })
        .collect();
    steps.concat()
}

/// Draws a path with the strands and dashes of a line: the outer strands wide and coloured, the gap
/// between them in the colour of the paper, the middle strand on top.
pub(super) fn stroke(out: &mut String, path: &str, line: Line) {
    const GAP: f64 = 1.7;
    let dash = match line.doubt {
        Doubt::Asserted => "",
        Doubt::Doubtful => " stroke-dasharray=\"7 4\"",
        Doubt::Hypothetical => " stroke-dasharray=\"1.6 3.6\"",
    };
    let mut layer = |width: f64, colour: Colour, dash: &str| {
        let _ = writeln!(
            out,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"{dash}/>",
            number(width)
        );
    };
    match line.strands {
        1 => layer(line.width, line.colour, dash),
        2 => {
            layer(2.0 * line.width + GAP, line.colour, dash);
            layer(GAP, line.paper, "");
        }
        _ => {
            layer(3.0 * line.width + 2.0 * GAP, line.colour, dash);
            layer(line.width + 2.0 * GAP, line.paper, "");
            layer(line.width, line.colour, dash);
        }
    }
}

/// Draws an arrowhead.
pub(super) fn arrow(out: &mut String, head: Arrow, colour: Colour) {
    let (ux, uy) = head.along;
    let corner = |side: f64| {
        let (x, y) = (head.tip.x - 9.0 * ux - side * uy, head.tip.y - 9.0 * uy + side * ux);
        format!("{} {}", number(x), number(y))
    };
    let (x, y) = (number(head.tip.x), number(head.tip.y));
    let _ = writeln!(out, "<path d=\"M{x} {y}L{}L{}z\" fill=\"{colour}\"/>", corner(-4.2), corner(4.2));
}

fn write_label(out: &mut String, theme: &Theme, label: &Label, place: Rect, lie: Lie) {
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" fill=\"{}\" stroke=\"{}\" stroke-width=\"0.7\"/>",
        number(place.x),
        number(place.y),
        number(place.w),
        number(place.h),
        theme.paper,
        theme.frame
    );
    let ink = Ink { face: label::FACE, colour: theme.ink, centred: false };
    let mut y = place.y + label::PADDING - 1.0 + label::FACE.size * ASCENT;
    for row in &label.rows {
        let mut x = place.x + label::PADDING;
        if let Some(polarity) = row.polarity {
            sign(out, Point { x: x + 4.0, y: y - 3.7 }, polarity, look::sign_colour(theme, polarity));
        }
        let is_count = row.polarity.is_none() && label.rows.len() == 1;
        x += if is_count { 0.0 } else { label::SIGN_WIDTH };
        if label.arrows {
            if let Some(direction) = row.direction {
                text(out, x, y, Ink { colour: theme.quiet, ..ink }, arrow_sign(direction, lie));
            }
            x += label::ARROW_WIDTH;
        }
        let colour = if row.is_second { theme.quiet } else { theme.ink };
        text(out, x, y, Ink { face: row.face(), colour, ..ink }, &row.text);
        y += row.leading();
    }
}

/// Draws the sign of a tie's polarity: plus, circle or minus, as lines, since fonts differ in them.
pub(super) fn sign(out: &mut String, at: Point, polarity: Polarity, colour: Colour) {
    let (x, y) = (number(at.x), number(at.y));
    let _ = match polarity {
        Polarity::Positive => writeln!(
            out,
            "<path d=\"M{} {y}h6.4m-3.2 -3.2v6.4\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\"/>",
            number(at.x - 3.2)
        ),
        Polarity::Neutral => writeln!(
            out,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"2.5\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.1\"/>"
        ),
        Polarity::Negative => writeln!(
            out,
            "<path d=\"M{} {y}h6.4\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\"/>",
            number(at.x - 3.2)
        ),
    };
}

/// The arrow for a tie, as its edge lies on the paper.
fn arrow_sign(direction: Direction, lie: Lie) -> &'static str {
    let forward = match lie {
        Lie::Left => ["→", "←"],
        Lie::Right => ["←", "→"],
        Lie::Above => ["↓", "↑"],
        Lie::Below => ["↑", "↓"],
    };
    match (direction, lie) {
        (Direction::Forward, _) => forward[0],
        (Direction::Backward, _) => forward[1],
        (Direction::Mutual, Lie::Left | Lie::Right) => "↔",
        (Direction::Mutual, Lie::Above | Lie::Below) => "↕",
    }
}

fn write_name(out: &mut String, node: &NodeBox, place: Rect) {
    let (face, small) = (name_face(&node.look), sublabel_face(&node.look));
    let (dx, dy) = node.shape.text_offset();
    let height = block_height(face, node.name.len()) + block_height(small, node.sublabel.len());
    let x = place.middle().x + dx;
    let mut y = place.middle().y + dy - height / 2.0;
    for line in &node.name {
        text(
            out,
            x,
            y + face.size * ASCENT,
            Ink { face, colour: node.look.colours.ink, centred: true },
            line,
        );
        y += face.leading();
    }
    for line in &node.sublabel {
        text(
            out,
            x,
            y + small.size * ASCENT,
            Ink { face: small, colour: node.look.colours.quiet, centred: true },
            line,
        );
        y += small.leading();
    }
}

/// Draws the outline of a node.
pub(super) fn outline(out: &mut String, shape: Shape, place: Rect, look: &NodeLook) {
    let paint = format!(
        "fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\"",
        look.colours.fill,
        look.colours.stroke,
        number(look.stroke_width)
    );
    let mut rectangle = |inset: f64, radius: f64| {
        let _ = writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" {paint}/>",
            number(place.x + inset),
            number(place.y + inset),
            number(place.w - 2.0 * inset),
            number(place.h - 2.0 * inset),
            number(radius)
        );
    };
    match shape {
        Shape::Rounded => rectangle(0.0, 8.0_f64.min(place.h / 3.0)),
        Shape::Rectangle => rectangle(0.0, 0.0),
        Shape::Pill => rectangle(0.0, place.h / 2.0),
        Shape::DoubleRectangle => {
            rectangle(0.0, 0.0);
            rectangle(FRAME.min(place.h / 6.0), 0.0);
        }
        Shape::Ellipse => {
            let middle = place.middle();
            let _ = writeln!(
                out,
                "<ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\" {paint}/>",
                number(middle.x),
                number(middle.y),
                number(place.w / 2.0),
                number(place.h / 2.0)
            );
        }
        Shape::Hexagon
        | Shape::House
        | Shape::Parallelogram
        | Shape::Note
        | Shape::Octagon
        | Shape::Box3d => {
            let points = |corners: &[(f64, f64)]| {
                let at = |&(x, y): &(f64, f64)| format!("{} {}", number(place.x + x), number(place.y + y));
                corners.iter().map(at).collect::<Vec<_>>().join("L")
            };
            let _ = writeln!(out, "<path d=\"M{}z\" {paint}/>", points(&shape.corners(place.w, place.h)));
            for fold in shape.folds(place.w, place.h) {
                let _ = writeln!(
                    out,
                    "<path d=\"M{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"/>",
                    points(&fold),
                    look.colours.stroke,
                    number(look.stroke_width)
                );
            }
        }
    }
}
