//! The DOT writer, for those who lay out with Graphviz.
//!
//! Every string passes [`quote`]; the rest of the language that we write is one form of statement.

use super::DiagramError;
use super::figure::{Figure, arrows, is_labelled};
use super::frame::{Frame, Layout};
use super::label;
use super::legend;
use super::look::{self, Line, Shape, Tone};
use super::scene::{Doubt, Edge, Node, Scene};
use super::text::{Face, clean};
use super::theme::Theme;
use super::words::Language;
use std::collections::BTreeMap;

/// The width at which legend, sources and caption are broken, in pixels at their size.
const FOOT_WIDTH: f64 = 620.0;

/// Writes a scene as a Graphviz digraph, laid out from left to right by `dot`.
///
/// Legend, sources and caption are the graph's label. Each edge's `comment` lists the ids of its ties.
///
/// # Errors
/// A scene that does not [`check`](Scene::check).
pub fn dot(scene: &Scene) -> Result<String, DiagramError> {
    scene.check()?;
    let labelled = is_labelled(scene);
    let fonts = look::fonts(scene.languages.first).join(",");
    let mut out = format!("digraph {} {{\n", quote(&clean(&scene.title)));
    let graph = [
        attribute("rankdir", "LR"),
        attribute("charset", "UTF-8"),
        attribute("bgcolor", &Theme::REPORT.paper.to_string()),
        attribute("fontname", &fonts),
        attribute("fontsize", "11"),
        attribute("fontcolor", &Theme::REPORT.ink.to_string()),
        attribute("nodesep", "0.3"),
        attribute("ranksep", "0.6"),
        attribute("labelloc", "b"),
        attribute("labeljust", "l"),
        ("label", quote_lines(&foot(scene, labelled), "\\l")),
    ];
    let edges = [
        attribute("fontname", &fonts),
        attribute("fontsize", "10"),
        attribute("fontcolor", &Theme::REPORT.ink.to_string()),
    ];
    out += &(settings("graph", &graph)
        + &settings("node", &[attribute("fontname", &fonts)])
        + &settings("edge", &edges));
    out.extend(scene.nodes.iter().map(|node| statement(&quote(&node.id), &node_attributes(node))));
    out += &ranks(scene);
    let ids: Vec<String> = scene.nodes.iter().map(|node| quote(&node.id)).collect();
    let mut lines = Lines::default();
    for edge in &scene.edges {
        lines.edge(&mut out, scene, &ids, edge, labelled);
    }
    Ok(out + "}\n")
}

/// Writes the boxes of a scene for Graphviz to place: nodes `n0`, `n1` … with their sizes in inches, and edges without
/// anything on them.
///
/// # Errors
/// A scene that does not [`check`](Scene::check), or one of too many nodes.
pub fn boxes(scene: &Scene, theme: &Theme, frame: Frame) -> Result<String, DiagramError> {
    let frame = Frame { layout: Layout::Circular, ..frame };
    let figure = Figure::framed(scene, theme, frame)?;
    let mut out = String::from(
        "digraph boxes {\n  graph [rankdir=LR nodesep=0.3 ranksep=1.2 overlap=prism sep=\"+30,24\" outputorder=edgesfirst];\n  node [shape=box \
         fixedsize=true label=\"\"];\n",
    );
    for (at, node) in figure.nodes.iter().enumerate() {
        out += &format!("  n{at} [width={:.3} height={:.3}];\n", node.size.0 / 72.0, node.size.1 / 72.0);
    }
    for edge in &scene.edges {
        out += &format!("  n{} -> n{};\n", edge.source, edge.target);
    }
    Ok(out + "}\n")
}

/// A name and its value, quoted.
type Attribute = (&'static str, String);

fn attribute(name: &'static str, value: &str) -> Attribute {
    (name, quote(value))
}

fn list(attributes: &[Attribute]) -> String {
    attributes.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
}

/// What holds of all statements of a kind that follow.
fn settings(kind: &str, attributes: &[Attribute]) -> String {
    format!("  {kind}[{}];\n", list(attributes))
}

/// A node or an edge with its attributes.
fn statement(what: &str, attributes: &[Attribute]) -> String {
    format!("  {what} [{}];\n", list(attributes))
}

/// A string as DOT reads it back: quoted, with quotes and backslashes escaped (a backslash starts an
/// escape such as `\N`), `&` as an entity (since entities are decoded), a line break as `\n`, and other
/// control characters left out.
fn quote(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// A label of several lines, each ended by `end`: `\n` centred, `\l` to the left.
fn quote_lines(lines: &[String], end: &str) -> String {
    let lines: Vec<String> = lines.iter().map(|line| escape(line) + end).collect();
    format!("\"{}\"", lines.concat())
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// Adds a text as it stands between quotes.
fn push_escaped(out: &mut String, text: &str) {
    if text
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\' | b'&') || byte == b' ')
    {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

fn node_attributes(node: &Node) -> [Attribute; 9] {
    let look = look::node(&Theme::REPORT, node.role, node.share());
    let (shape, style, peripheries) = match look::shape(node.kind) {
        Shape::Rounded | Shape::Pill => ("box", "filled,rounded", "1"),
        Shape::Hexagon => ("hexagon", "filled", "1"),
        Shape::Rectangle => ("box", "filled", "1"),
        Shape::Ellipse => ("ellipse", "filled", "1"),
        Shape::DoubleRectangle => ("box", "filled", "2"),
        Shape::House => ("house", "filled", "1"),
        Shape::Parallelogram => ("parallelogram", "filled", "1"),
        Shape::Note => ("note", "filled", "1"),
        Shape::Octagon => ("octagon", "filled", "1"),
        Shape::Box3d => ("box3d", "filled", "1"),
    };
    let mut lines = Face::plain(look.size).wrap(node.name(), 140.0);
    if let Some(sublabel) = &node.sublabel {
        lines.extend(Face::plain(look.size).wrap(sublabel, 140.0));
    }
    [
        ("label", quote(&lines.join("\n"))),
        attribute("shape", shape),
        attribute("style", style),
        attribute("peripheries", peripheries),
        attribute("fillcolor", &look.colours.fill.to_string()),
        attribute("color", &look.colours.stroke.to_string()),
        attribute("penwidth", &format!("{:.1}", look.stroke_width)),
        attribute("fontcolor", &look.colours.ink.to_string()),
        attribute("fontsize", &format!("{}", look.size)),
    ]
}

/// One group a rank, where every node has one; unseen edges keep the groups in their order.
fn ranks(scene: &Scene) -> String {
    let mut ranks: BTreeMap<u32, Vec<&Node>> = BTreeMap::new();
    for node in &scene.nodes {
        let Some(rank) = node.rank else { return String::new() };
        ranks.entry(rank).or_default().push(node);
    }
    let group = |(rank, nodes): (&u32, &Vec<&Node>)| {
        let mut inside = String::new();
        for node in nodes {
            inside += &format!("    {};\n", quote(&node.id));
        }
        format!("  subgraph {} {{\n    rank=\"same\";\n{inside}  }};\n", quote(&format!("rank {rank}")))
    };
    let first: Vec<&Node> = ranks.values().map(|nodes| nodes[0]).collect();
    let unseen = first.windows(2).map(|pair| {
        statement(
            &format!("{} -> {}", quote(&pair[0].id), quote(&pair[1].id)),
            &[attribute("style", "invis")],
        )
    });
    ranks.iter().map(group).chain(unseen).collect()
}

/// How lines look, as attributes, by tone and doubt: many edges have one of few.
#[derive(Default)]
struct Lines(Vec<((Tone, Doubt), String)>);

impl Lines {
    fn look(&mut self, tone: Tone, doubt: Doubt) -> &str {
        let known = self.0.iter().position(|(key, _)| *key == (tone, doubt));
        let at = known.unwrap_or_else(|| {
            let line = look::line(&Theme::REPORT, tone, doubt);
            let look = list(&[
                attribute("color", &strands(line)),
                attribute("penwidth", &format!("{:.1}", strand_width(line))),
                attribute("style", style(line.doubt)),
            ]);
            self.0.push(((tone, doubt), look));
            self.0.len() - 1
        });
        &self.0[at].1
    }

    /// Adds an edge with its attributes; `ids` are those of nodes, quoted.
    fn edge(&mut self, out: &mut String, scene: &Scene, ids: &[String], edge: &Edge, labelled: bool) {
        // Drawn from the lower rank to the higher, so that `dot` keeps the ranks.
        let (source, target) = (&scene.nodes[edge.source], &scene.nodes[edge.target]);
        let flipped = source.rank > target.rank && source.rank.is_some() && target.rank.is_some();
        let (tail, head) = if flipped { (edge.target, edge.source) } else { (edge.source, edge.target) };
        let (at_source, at_target) = arrows(edge);
        let (at_tail, at_head) = if flipped { (at_target, at_source) } else { (at_source, at_target) };
        let dir = match (at_tail, at_head) {
            (false, false) => "none",
            (false, true) => "forward",
            (true, false) => "back",
            (true, true) => "both",
        };
        for part in ["  ", ids[tail].as_str(), " -> ", ids[head].as_str(), " [label=\""] {
            out.push_str(part);
        }
        for line in label::plain_lines(scene, edge, labelled, flipped) {
            push_escaped(out, &line);
            out.push_str("\\l");
        }
        let look = self.look(Tone::of(&edge.ties), look::doubt(&edge.ties));
        for part in ["\" ", look, " dir=\"", dir, "\" arrowsize=\"0.7\" comment=\""] {
            out.push_str(part);
        }
        for (at, tie) in edge.ties.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { " " });
            push_escaped(out, &tie.id);
        }
        out.push_str("\"];\n");
    }
}

/// Parallel strands: Graphviz draws one for each colour of a list, two points apart. (White between them
/// would be a colour of the list, and the arrow at the tail takes the second.)
fn strands(line: Line) -> String {
    vec![line.colour.to_string(); usize::from(line.strands)].join(":")
}

/// Thin enough for the paper to show between strands.
fn strand_width(line: Line) -> f64 {
    if line.strands == 1 { line.width } else { 0.9 }
}

fn style(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Asserted => "solid",
        Doubt::Doubtful => "dashed",
        Doubt::Hypothetical => "dotted",
    }
}

/// What stands under the picture, line by line: title, legend, sources, caption.
fn foot(scene: &Scene, labelled: bool) -> Vec<String> {
    let face = Face::plain(11.0);
    let languages = scene.languages;
    let mut lines: Vec<String> = vec![String::new()];
    for title in std::iter::once(&scene.title).chain(&scene.title_also) {
        lines.extend(face.wrap(title, FOOT_WIDTH));
    }
    for row in legend::entries(scene, labelled).iter().filter(|row| !row.is_empty()) {
        let words: Vec<String> = row
            .iter()
            .map(|&entry| match entry.sample(languages.first) {
                Some(sample) => format!("{sample}: {}", entry.said(languages).line()),
                None => entry.said(languages).line(),
            })
            .collect();
        lines.extend(face.wrap(&words.join(" · "), FOOT_WIDTH));
    }
    for (number, source) in (1..).zip(&scene.sources) {
        lines.extend(face.wrap(&format!("[{number}] {source}"), FOOT_WIDTH));
    }
    let hidden: Vec<&str> =
        if labelled { Vec::new() } else { languages.all().map(Language::labels_hidden).collect() };
    lines.extend(
        hidden
            .into_iter()
            .chain(scene.caption.iter().map(String::as_str))
            .flat_map(|line| face.wrap(line, FOOT_WIDTH)),
    );
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a quoted string as Graphviz does.
    fn unquote(quoted: &str) -> String {
        let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap();
        let mut out = String::new();
        let mut chars = inner.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next().unwrap() {
                    'n' => out.push('\n'),
                    c @ ('"' | '\\') => out.push(c),
                    other => panic!("an escape we never write: {other}"),
                },
                '"' => panic!("a quote that ends the string early"),
                c => out.push(c),
            }
        }
        out.replace("&amp;", "&")
    }

    #[test]
    fn escapes_keywords_and_markup_are_text() {
        assert_eq!(quote(r"\N"), r#""\\N""#);
        assert_eq!(quote("node"), r#""node""#);
        assert_eq!(quote("<b>x</b>"), r#""<b>x</b>""#);
        assert_eq!(quote("&lt;"), r#""&amp;lt;""#);
        assert_eq!(quote("a\"\nb"), r#""a\"\nb""#);
        assert_eq!(quote(""), r#""""#);
    }

    #[test]
    fn a_hostile_line_has_two_strands() {
        assert_eq!(
            strands(look::line(&Theme::REPORT, Tone::Hostile, Doubt::Asserted)).matches('#').count(),
            2
        );
    }

    proptest! {
        #[test]
        fn what_is_quoted_reads_back(text in "(\\PC|\n|\"|\\\\|&amp;|&){0,40}") {
            prop_assert_eq!(unquote(&quote(&text)), text);
        }
    }
}
