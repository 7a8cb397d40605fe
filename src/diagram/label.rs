//! The words beside an edge: a line a tie, with sign, relation, date and numbers of its sources.

use super::look;
use super::scene::{Direction, Doubt, Edge, Scene};
use super::text::{Face, clean};
use crate::model::Polarity;

/// The type of edge labels.
pub(super) const FACE: Face = Face::plain(10.5);
/// The type of what the second language says.
const SECOND: Face = Face::plain(9.0);
/// The column that holds the sign of a tie.
pub(super) const SIGN_WIDTH: f64 = 12.0;
/// The column that holds its arrow, where an edge has ties both ways.
pub(super) const ARROW_WIDTH: f64 = 13.0;
/// White space around the text, so that a line ends before it.
pub(super) const PADDING: f64 = 4.0;

/// One tie as it is written beside its edge.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TieLine {
    pub(super) polarity: Polarity,
    /// Which way it points, where the ties of the edge differ in that.
    pub(super) direction: Option<Direction>,
    pub(super) text: String,
    /// The relation in the second language.
    pub(super) also: Option<String>,
}

/// The ties that are written out, and how many are not.
pub(super) fn tie_lines(scene: &Scene, edge: &Edge) -> (Vec<TieLine>, usize) {
    let shown = edge.ties.len().min(scene.label_lines.max(1));
    let differ = edge.ties.windows(2).any(|pair| pair[0].direction != pair[1].direction);
    let edge_doubt = look::doubt(&edge.ties);
    let lines = edge.ties[..shown].iter().map(|tie| {
        let mut text = clean(&tie.label);
        let date = clean(&tie.date);
        if !date.is_empty() {
            text.push_str(if text.is_empty() { "" } else { ", " });
            text.push_str(&date);
        }
        if !tie.sources.is_empty() {
            let numbers: Vec<String> = tie.sources.iter().map(usize::to_string).collect();
            // The numbers stay on the line of what they support.
            text.push_str(if text.is_empty() { "" } else { "\u{a0}" });
            text.extend(["[", &numbers.join(",\u{a0}"), "]"]);
        }
        if tie.doubt > edge_doubt {
            text.push('\u{a0}');
            text.push_str(doubt_mark(tie.doubt));
        }
        let also = tie.label_also.as_deref().map(clean).filter(|also| !also.is_empty());
        TieLine { polarity: tie.polarity, direction: differ.then_some(tie.direction), text, also }
    });
    (lines.collect(), edge.ties.len() - shown)
}

/// What stands on an edge where a label is text alone, line by line: its ties with sign and arrow, or how many they are.
pub(super) fn plain_lines(scene: &Scene, edge: &Edge, labelled: bool, is_turned: bool) -> Vec<String> {
    if !labelled {
        return if edge.ties.len() > 1 { vec![edge.ties.len().to_string()] } else { Vec::new() };
    }
    let (ties, more) = tie_lines(scene, edge);
    let line = |tie: TieLine| {
        let direction = tie.direction.map(|way| if is_turned { way.reversed() } else { way });
        let arrow = match direction {
            None => "",
            Some(Direction::Forward) => "→ ",
            Some(Direction::Backward) => "← ",
            Some(Direction::Mutual) => "↔ ",
        };
        let also = tie.also.map_or_else(String::new, |also| format!(" / {also}"));
        format!("{} {arrow}{}{also}", look::sign(tie.polarity), tie.text)
    };
    let mut lines: Vec<String> = ties.into_iter().map(line).collect();
    if more > 0 {
        lines.push(scene.languages.say(|language| language.more(more)).line());
    }
    lines
}

/// What follows a tie that is less sure than its edge is drawn.
pub(super) fn doubt_mark(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Asserted => "",
        Doubt::Doubtful => "(?)",
        Doubt::Hypothetical => "(??)",
    }
}

/// The label of an edge, broken into rows and measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Label {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) rows: Vec<Row>,
    /// Whether rows leave room for an arrow.
    pub(super) arrows: bool,
}

/// One row of a label; the first of each tie carries its sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) polarity: Option<Polarity>,
    pub(super) direction: Option<Direction>,
    pub(super) text: String,
    /// Whether it says again in the second language what stands above it.
    pub(super) is_second: bool,
}

impl Row {
    fn plain(text: String) -> Self {
        Self { polarity: None, direction: None, text, is_second: false }
    }

    /// From its line to the next; what a second language says stands nearer to what it repeats.
    pub(super) fn leading(&self) -> f64 {
        self.face().leading() + if self.is_second { 2.0 } else { 0.0 }
    }

    /// The type that it is set in.
    pub(super) const fn face(&self) -> Face {
        if self.is_second { SECOND } else { FACE }
    }
}

/// The full label of an edge, broken at a width: none where it has no ties.
pub(super) fn full(scene: &Scene, edge: &Edge, limit: f64) -> Option<Label> {
    let (lines, more) = tie_lines(scene, edge);
    let mut rows = Vec::new();
    let arrows = lines.iter().any(|line| line.direction.is_some());
    for line in lines {
        let mut parts = FACE.wrap(&line.text, limit).into_iter();
        rows.push(Row {
            polarity: Some(line.polarity),
            direction: line.direction,
            text: parts.next().unwrap_or_default(),
            is_second: false,
        });
        rows.extend(parts.map(Row::plain));
        let second = line.also.map(|also| SECOND.wrap(&also, limit)).unwrap_or_default();
        rows.extend(second.into_iter().map(|text| Row { is_second: true, ..Row::plain(text) }));
    }
    if more > 0 {
        rows.push(Row::plain(scene.languages.say(|language| language.more(more)).line()));
    }
    (!rows.is_empty()).then(|| sized(rows, SIGN_WIDTH + if arrows { ARROW_WIDTH } else { 0.0 }, arrows))
}

/// The label of an edge in a picture too full for words: its number of ties, where more than one.
pub(super) fn count(edge: &Edge) -> Option<Label> {
    let row = Row::plain(edge.ties.len().to_string());
    (edge.ties.len() > 1).then(|| sized(vec![row], 0.0, false))
}

fn sized(rows: Vec<Row>, indent: f64, arrows: bool) -> Label {
    let text = rows.iter().map(|row| row.face().width(&row.text)).fold(0.0, f64::max);
    let height = rows.iter().map(Row::leading).sum::<f64>() + 2.0 * PADDING - 2.0;
    Label { width: (text + indent + 2.0 * PADDING).ceil(), height, rows, arrows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::EdgeTie;

    fn tie(number: usize, direction: Direction, doubt: Doubt) -> EdgeTie {
        EdgeTie {
            id: format!("t{number}"),
            label: "visit".into(),
            label_also: None,
            date: "1999".into(),
            sources: vec![1, 2],
            direction,
            polarity: Polarity::Positive,
            doubt,
        }
    }

    fn scene(label_lines: usize) -> Scene {
        Scene { label_lines, ..Scene::default() }
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let ties = (0..7).map(|n| tie(n, Direction::Forward, Doubt::Asserted)).collect();
        let label = full(&scene(4), &Edge { source: 0, target: 1, ties }, 204.0).unwrap();
        assert_eq!(label.rows.len(), 5);
        assert_eq!(label.rows[0].text, "visit, 1999\u{a0}[1,\u{a0}2]");
        assert_eq!(label.rows[4].text, "+3 more");
    }

    #[test]
    fn a_doubtful_tie_on_a_solid_line_says_so() {
        let ties =
            vec![tie(0, Direction::Forward, Doubt::Asserted), tie(1, Direction::Forward, Doubt::Doubtful)];
        let (lines, _) = tie_lines(&scene(4), &Edge { source: 0, target: 1, ties });
        assert!(lines[1].text.ends_with("(?)") && !lines[0].text.contains('?'));
    }

    #[test]
    fn ties_that_point_both_ways_carry_arrows() {
        let ties =
            vec![tie(0, Direction::Forward, Doubt::Asserted), tie(1, Direction::Backward, Doubt::Asserted)];
        let (lines, _) = tie_lines(&scene(4), &Edge { source: 0, target: 1, ties });
        assert_eq!(lines[1].direction, Some(Direction::Backward));
    }
}
