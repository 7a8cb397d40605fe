//! The Mermaid writer, for pages that draw such text themselves (GitHub, GitLab, Obsidian, Typora …).
//!
//! Mermaid has no page around the drawing: sources and caption stand as comments, and there is no
//! legend. Names are text whatever they hold: all but letters, digits and harmless signs are written
//! by their codes.

use std::fmt::Write as _;

use super::error::DiagramError;
use super::figure::{arrows, is_labelled};
use super::label;
use super::look::{self, Shape, Tone};
use super::scene::{Doubt, Edge, Node, Role, Scene};
use super::text::clean;
use super::theme::Theme;

/// Writes a scene as a Mermaid flowchart from left to right, in the colours of a theme.
///
/// Each edge is preceded by a comment with the ids of its ties.
///
/// # Errors
/// A scene that does not [`check`](Scene::check).
pub fn mermaid(scene: &Scene, theme: &Theme) -> Result<String, DiagramError> {
    scene.check()?;
    let labelled = is_labelled(scene);
    let mut out = String::new();
    let title = clean(&scene.title);
    if !title.is_empty() {
        let _ = writeln!(out, "---\ntitle: {}\n---", yaml(&title));
    }
    out.push_str("flowchart LR\n");
    for (number, node) in scene.nodes.iter().enumerate() {
        let _ = writeln!(out, "  n{number}{}:::{}", boxed(node), node.role.name());
    }
    for edge in &scene.edges {
        let ids: Vec<String> =
            edge.ties.iter().map(|tie| clean(&tie.id)).filter(|id| !id.is_empty()).collect();
        comment(&mut out, &format!("ties: {}", ids.join(" ")));
        let (tail, arrow, head) = line(edge);
        let words = escape_lines(&label::plain_lines(scene, edge, labelled, tail != edge.source));
        let words = if words.is_empty() { String::new() } else { format!("|\"{words}\"|") };
        let _ = writeln!(out, "  n{tail} {arrow}{words} n{head}");
    }
    for (number, edge) in scene.edges.iter().enumerate() {
        let look = look::line(theme, Tone::of(&edge.ties), look::doubt(&edge.ties));
        let dash = match look.doubt {
            Doubt::Asserted => "",
            Doubt::Doubtful => ",stroke-dasharray:7 4",
            Doubt::Hypothetical => ",stroke-dasharray:2 4",
        };
        let width = look.width * f64::from(look.strands);
        let _ = writeln!(out, "  linkStyle {number} stroke:{},stroke-width:{width:.1}px{dash}", look.colour);
    }
    for role in [Role::Terminal, Role::Connector, Role::Agent, Role::Ranked, Role::Ordinary] {
        if scene.nodes.iter().any(|node| node.role == role) {
            let colours = theme.role(role);
            let _ = writeln!(
                out,
                "  classDef {} fill:{},stroke:{},color:{}",
                role.name(),
                colours.fill,
                colours.stroke,
                colours.ink
            );
        }
    }
    for (number, source) in (1..).zip(&scene.sources) {
        comment(&mut out, &format!("[{number}] {}", clean(source)));
    }
    for line in &scene.caption {
        comment(&mut out, &clean(line));
    }
    Ok(out)
}

/// A comment; braces would begin a directive.
fn comment(out: &mut String, text: &str) {
    let _ = writeln!(out, "  %% {}", text.replace(['{', '}'], "|"));
}

/// The name and the second line in the form of the kind.
fn boxed(node: &Node) -> String {
    let lines = [node.name(), node.sublabel.as_deref().unwrap_or_default()].map(clean);
    let words = escape_lines(&lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>());
    let (open, close) = match look::shape(node.kind) {
        Shape::Rounded => ("(", ")"),
        Shape::Hexagon | Shape::Octagon => ("{{", "}}"),
        Shape::Rectangle => ("[", "]"),
        Shape::Ellipse | Shape::Pill => ("([", "])"),
        Shape::DoubleRectangle => ("[[", "]]"),
        Shape::House => ("[/", "\\]"),
        Shape::Parallelogram => ("[/", "/]"),
        Shape::Note => (">", "]"),
        Shape::Box3d => ("[(", ")]"),
    };
    format!("{open}\"{words}\"{close}")
}

/// The ends of an edge in the order in which they are written, and the arrow between them. Mermaid has
/// no arrow that points back alone, so such an edge is turned around.
fn line(edge: &Edge) -> (usize, &'static str, usize) {
    let is_sure = look::doubt(&edge.ties) == Doubt::Asserted;
    match (arrows(edge), is_sure) {
        ((false, false), true) => (edge.source, "---", edge.target),
        ((false, false), false) => (edge.source, "-.-", edge.target),
        ((false, true), true) => (edge.source, "-->", edge.target),
        ((false, true), false) => (edge.source, "-.->", edge.target),
        ((true, false), true) => (edge.target, "-->", edge.source),
        ((true, false), false) => (edge.target, "-.->", edge.source),
        ((true, true), true) => (edge.source, "<-->", edge.target),
        ((true, true), false) => (edge.source, "<-.->", edge.target),
    }
}

fn escape_lines(lines: &[String]) -> String {
    lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br/>")
}

/// Text inside Mermaid's quotes: what could be markup there is written as `#60;`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let is_plain = c.is_alphanumeric() || " .,:()[]?!+-−○→←↔/'’–—\u{a0}".contains(c) || c as u32 > 0x2fff;
        if is_plain {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}

/// A string as YAML reads it back.
fn yaml(text: &str) -> String {
    serde_json::to_string(text).expect("text can be quoted")
}

#[cfg(test)]
mod tests {
    use super::super::scene::Direction;
    use super::*;
    use proptest::prelude::*;

    /// What Mermaid makes of codes: `#60;` becomes the entity `&#60;`.
    fn decode(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('#') {
            let (code, after) = after.split_once(';').unwrap();
            out.push_str(before);
            out.push(char::from_u32(code.parse().unwrap()).unwrap());
            rest = after;
        }
        out + rest
    }

    proptest! {
        #[test]
        fn what_is_escaped_reads_back_and_holds_no_markup(text in "\\PC{0,40}") {
            let escaped = escape(&text);
            let markup = escaped.contains(['"', '<', '>', '&', '`', '\\', '{', '}', '|', '%', '*', '_', '\n']);
            prop_assert!(!markup, "{}", escaped);
            prop_assert_eq!(decode(&escaped), text);
        }
    }

    #[test]
    fn an_edge_that_points_back_is_turned_around() {
        let tie = |direction| super::super::EdgeTie {
            id: "t".into(),
            label: "visit".into(),
            label_also: None,
            date: String::new(),
            sources: vec![],
            direction,
            polarity: crate::model::Polarity::Neutral,
            doubt: Doubt::Doubtful,
        };
        let edge = |directions: &[Direction]| Edge {
            source: 0,
            target: 1,
            ties: directions.iter().map(|way| tie(*way)).collect(),
        };
        assert_eq!(line(&edge(&[Direction::Backward])), (1, "-.->", 0));
        assert_eq!(line(&edge(&[Direction::Backward, Direction::Forward])), (0, "<-.->", 1));
        assert_eq!(line(&edge(&[Direction::Mutual])), (0, "-.-", 1));
    }
}
