//! Turns meaning into looks: the one place where kind, role, polarity and doubt become shape, colour
//! and line. Colours come from the theme. No meaning hangs on
//! colour alone: polarity is also the number of strands, doubt the dash, role the weight of frame and
//! type.

use super::scene::{Doubt, EdgeTie, Role};
use super::theme::{Colour, NodeColours, Theme};
use super::words::Language;
use crate::model::{ActorKind, Polarity};

/// Fonts that between them hold Latin, Cyrillic, Han and Hangul on every usual system. Those for Latin
/// come first, since fonts for Han set Latin quotation marks in a square of their own.
pub(super) fn fonts(language: Language) -> Vec<&'static str> {
    const LATIN: [&str; 4] = ["Noto Sans", "Helvetica Neue", "Arial", "Liberation Sans"];
    const TAIPEI: [&str; 3] = ["Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei"];
    const BEIJING: [&str; 3] = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei"];
    const SEOUL: [&str; 3] = ["Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic"];
    let han = match language {
        Language::English | Language::TraditionalChinese => [TAIPEI, SEOUL, BEIJING],
        Language::SimplifiedChinese => [BEIJING, TAIPEI, SEOUL],
        Language::Korean => [SEOUL, TAIPEI, BEIJING],
    };
    let last = ["DejaVu Sans", "sans-serif"];
    LATIN.into_iter().chain(han.concat()).chain(last).collect()
}

/// The outline of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Shape {
    Rounded,
    Hexagon,
    Rectangle,
    Ellipse,
    DoubleRectangle,
    House,
    Parallelogram,
    Note,
    Octagon,
    Box3d,
    /// For an actor of whom nobody says what it is.
    Pill,
}

/// The outline for a kind of actor.
pub(super) fn shape(kind: Option<ActorKind>) -> Shape {
    let Some(kind) = kind else { return Shape::Pill };
    match kind {
        ActorKind::Country => Shape::Rounded,
        ActorKind::Territory => Shape::Hexagon,
        ActorKind::Institution => Shape::Rectangle,
        ActorKind::Person => Shape::Ellipse,
        ActorKind::Group => Shape::DoubleRectangle,
        ActorKind::Place => Shape::House,
        ActorKind::Event => Shape::Parallelogram,
        ActorKind::Treaty => Shape::Note,
        ActorKind::Bloc => Shape::Octagon,
        ActorKind::Object => Shape::Box3d,
    }
}

/// Colours, frame and type of a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct NodeLook {
    pub(super) colours: NodeColours,
    pub(super) stroke_width: f64,
    pub(super) size: f64,
    pub(super) bold: bool,
}

/// The look of a node by its role; `share` (0 to 1) sizes a connector or a ranked actor.
pub(super) fn node(theme: &Theme, role: Role, share: f64) -> NodeLook {
    let (stroke_width, size, bold) = match role {
        Role::Terminal => (1.5, 15.0, true),
        Role::Connector => (1.2 + 1.3 * share, (12.5 + 4.5 * share).round(), share >= 0.5),
        Role::Ranked => (1.0 + 1.3 * share, (12.0 + 5.0 * share).round(), share >= 0.5),
        Role::Agent | Role::Ordinary => (1.0, 12.0, false),
    };
    NodeLook { colours: theme.role(role), stroke_width: stroke_width * theme.weight, size, bold }
}

/// What the ties of a dyad amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Tone {
    Friendly,
    Neutral,
    Hostile,
    /// Friendly ties and hostile ones.
    Mixed,
}

impl Tone {
    /// The tone of ties together: neutral ones colour nothing.
    pub(super) fn of(ties: &[EdgeTie]) -> Self {
        let any = |polarity| ties.iter().any(|tie| tie.polarity == polarity);
        match (any(Polarity::Positive), any(Polarity::Negative)) {
            (true, true) => Self::Mixed,
            (true, false) => Self::Friendly,
            (false, true) => Self::Hostile,
            (false, false) => Self::Neutral,
        }
    }
}

/// The line of an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) colour: Colour,
    /// What shows between its strands.
    pub(super) paper: Colour,
    /// How many parallel strands it is drawn with: the sign that survives black and white.
    pub(super) strands: u8,
    /// The width of one strand.
    pub(super) width: f64,
    pub(super) doubt: Doubt,
}

/// The line for a tone and a doubt.
pub(super) fn line(theme: &Theme, tone: Tone, doubt: Doubt) -> Line {
    let (colour, strands, width) = match tone {
        Tone::Friendly => (theme.friendly, 1, 1.8),
        Tone::Neutral => (theme.neutral, 1, 1.0),
        Tone::Hostile => (theme.hostile, 2, 1.3),
        Tone::Mixed => (theme.mixed, 3, 1.1),
    };
    Line { colour, paper: theme.paper, strands, width: width * theme.weight, doubt }
}

/// Surest tie of a dyad: an edge is dashed only if all its ties are doubtful.
pub(super) fn doubt(ties: &[EdgeTie]) -> Doubt {
    ties.iter().map(|tie| tie.doubt).min().unwrap_or_default()
}

/// The sign written before a tie.
pub(super) fn sign(polarity: Polarity) -> char {
    match polarity {
        Polarity::Positive => '+',
        Polarity::Neutral => '○',
        Polarity::Negative => '−',
    }
}

/// The colour of that sign.
pub(super) fn sign_colour(theme: &Theme, polarity: Polarity) -> Colour {
    match polarity {
        Polarity::Positive => theme.friendly,
        Polarity::Neutral => theme.neutral,
        Polarity::Negative => theme.hostile,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::Direction;

    fn tie(polarity: Polarity, doubt: Doubt) -> EdgeTie {
        EdgeTie {
            id: String::new(),
            label: String::new(),
            label_also: None,
            date: String::new(),
            sources: vec![],
            direction: Direction::Mutual,
            polarity,
            doubt,
        }
    }

    #[test]
    fn friendly_and_hostile_together_are_mixed_and_neutral_colours_nothing() {
        use Polarity::{Negative, Neutral, Positive};
        let tone = |signs: &[Polarity]| {
            Tone::of(&signs.iter().map(|&p| tie(p, Doubt::Asserted)).collect::<Vec<_>>())
        };
        assert_eq!(tone(&[Positive, Negative, Neutral]), Tone::Mixed);
        assert_eq!(tone(&[Positive, Neutral]), Tone::Friendly);
        assert_eq!(tone(&[Negative, Neutral]), Tone::Hostile);
        assert_eq!(tone(&[]), Tone::Neutral);
    }

    #[test]
    fn an_edge_is_dashed_only_if_all_its_ties_are_doubtful() {
        let of =
            |doubts: &[Doubt]| doubt(&doubts.iter().map(|&d| tie(Polarity::Neutral, d)).collect::<Vec<_>>());
        assert_eq!(of(&[Doubt::Doubtful, Doubt::Asserted]), Doubt::Asserted);
        assert_eq!(of(&[Doubt::Doubtful, Doubt::Hypothetical]), Doubt::Doubtful);
        assert_eq!(of(&[Doubt::Hypothetical]), Doubt::Hypothetical);
    }

    #[test]
    fn no_two_tones_share_both_strands_and_width() {
        let tones = [Tone::Friendly, Tone::Neutral, Tone::Hostile, Tone::Mixed];
        let looks: Vec<_> = tones.iter().map(|&t| line(&Theme::REPORT, t, Doubt::Asserted)).collect();
        for (i, a) in looks.iter().enumerate() {
            for b in &looks[i + 1..] {
                assert!(a.strands != b.strands || (a.width - b.width).abs() > 0.5);
            }
        }
    }
}
