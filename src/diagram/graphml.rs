//! The GraphML writer: a picture's actors and dyads with their places, for programs in which it is arranged further.
//!
//! It holds what the picture shows, not the records: `format/write/` has these. Places are in pixels, y upwards as igraph,
//! Gephi and networkx draw. The graph is undirected, a dyad once, as networkx reads no mixed ones; `direction` says whose
//! ties they are.

use std::fmt::Write as _;

use super::error::DiagramError;
use super::figure::arrows;
use super::frame::Frame;
use super::label;
use super::look::{self, Tone};
use super::scene::{Direction, Doubt, Edge, Scene};
use super::svg::{data, escape, id_list, places};
use super::text::clean;
use super::theme::Theme;

/// The keys: for what, name, type.
const KEYS: [(&str, &str, &str); 18] = [
    ("graph", "title", "string"),
    ("graph", "caption", "string"),
    ("graph", "sources", "string"),
    ("node", "label", "string"),
    ("node", "second", "string"),
    ("node", "kind", "string"),
    ("node", "role", "string"),
    ("node", "rank", "int"),
    ("node", "x", "double"),
    ("node", "y", "double"),
    ("node", "width", "double"),
    ("node", "height", "double"),
    ("node", "colour", "string"),
    ("edge", "label", "string"),
    ("edge", "ties", "string"),
    ("edge", "count", "int"),
    ("edge", "tone", "string"),
    ("edge", "doubt", "string"),
];

/// Writes a scene as GraphML with the places that [`svg_framed`](super::svg_framed) gives its actors, or those of another
/// program (in pixels, y downwards).
///
/// # Errors
/// As for [`svg_placed`](super::svg_placed).
pub fn graphml(
    scene: &Scene,
    theme: &Theme,
    frame: Frame,
    points: Option<&[(f64, f64)]>,
) -> Result<String, DiagramError> {
    let places = places(scene, theme, frame, points)?;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (owner, name, kind) in KEYS {
        let _ = writeln!(
            out,
            "<key id=\"{owner}-{name}\" for=\"{owner}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
        );
    }
    out.push_str("<key id=\"edge-direction\" for=\"edge\" attr.name=\"direction\" attr.type=\"string\"/>\n");
    out.push_str("<graph id=\"figure\" edgedefault=\"undirected\">\n");
    let field = |out: &mut String, key: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "<data key=\"{key}\">{value}</data>");
        }
    };
    field(&mut out, "graph-title", &escape(&scene.title));
    field(&mut out, "graph-caption", &escape(&scene.caption.join(" ")));
    let sources: Vec<String> =
        (1..).zip(&scene.sources).map(|(number, source)| format!("[{number}] {source}")).collect();
    field(&mut out, "graph-sources", &escape(&sources.join(" ")));
    for (node, place) in scene.nodes.iter().zip(&places) {
        let _ = writeln!(out, "<node id=\"{}\">", data(&node.id));
        let middle = place.middle();
        let look = look::node(theme, node.role, node.share());
        field(&mut out, "node-label", &escape(node.name()));
        field(&mut out, "node-second", &escape(node.sublabel.as_deref().unwrap_or_default()));
        field(&mut out, "node-kind", node.kind.map_or("", |kind| kind.as_str()));
        field(&mut out, "node-role", node.role.name());
        field(&mut out, "node-rank", &node.rank.map(|rank| rank.to_string()).unwrap_or_default());
        for (key, value) in
            [("node-x", middle.x), ("node-y", -middle.y), ("node-width", place.w), ("node-height", place.h)]
        {
            field(&mut out, key, &format!("{value:.1}"));
        }
        field(&mut out, "node-colour", &look.colours.fill.to_string());
        out.push_str("</node>\n");
    }
    for (number, edge) in scene.edges.iter().enumerate() {
        let _ = writeln!(
            out,
            "<edge id=\"e{number}\" source=\"{}\" target=\"{}\">",
            data(&scene.nodes[edge.source].id),
            data(&scene.nodes[edge.target].id)
        );
        let lines = label::plain_lines(scene, edge, true, false).join("; ");
        field(&mut out, "edge-label", &escape(&clean(&lines)));
        field(&mut out, "edge-ties", &id_list(edge.ties.iter().map(|tie| tie.id.as_str())));
        field(&mut out, "edge-count", &edge.ties.len().to_string());
        field(&mut out, "edge-tone", tone(Tone::of(&edge.ties)));
        field(&mut out, "edge-doubt", doubt(look::doubt(&edge.ties)));
        field(&mut out, "edge-direction", direction(edge));
        out.push_str("</edge>\n");
    }
    out.push_str("</graph>\n</graphml>\n");
    Ok(out)
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Friendly => "friendly",
        Tone::Neutral => "neutral",
        Tone::Hostile => "hostile",
        Tone::Mixed => "mixed",
    }
}

fn doubt(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Asserted => "asserted",
        Doubt::Doubtful => "doubtful",
        Doubt::Hypothetical => "hypothetical",
    }
}

/// Which way the ties of a dyad point, seen from its source.
fn direction(edge: &Edge) -> &'static str {
    let is_mutual = edge.ties.iter().any(|tie| tie.direction == Direction::Mutual);
    match arrows(edge) {
        (false, false) => "mutual",
        (false, true) if !is_mutual => "forward",
        (true, false) if !is_mutual => "backward",
        _ => "both",
    }
}
