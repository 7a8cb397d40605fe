//! What a picture must explain: exactly the looks that occur in it, in a fixed order.

use super::languages::{Languages, Said};
use super::look::{self, Tone};
use super::scene::{Direction, Doubt, Role, Scene};
use super::words::Language;
use crate::model::{ActorKind, Polarity};
use std::collections::BTreeSet;

/// One thing to explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Entry {
    Kind(ActorKind),
    Role(Role),
    /// That connectors, or ranked actors, differ in size.
    Size(Role),
    Tone(Tone),
    Doubt(Doubt),
    Arrow,
    /// A line without arrows.
    Mutual,
    Sign(Polarity),
    /// The mark of a tie less sure than its line.
    Mark(Doubt),
    Citation,
}

impl Entry {
    /// What the entry says in the languages of a picture.
    pub(super) fn said(self, languages: Languages) -> Said {
        languages.say(|language| self.words(language))
    }

    /// What the entry says.
    fn words(self, language: Language) -> &'static str {
        match self {
            Self::Kind(kind) => language.kind(kind),
            Self::Role(role) => language.role(role),
            Self::Size(Role::Ranked) => language.score(),
            Self::Size(Role::Terminal | Role::Connector | Role::Agent | Role::Ordinary) => language.size(),
            Self::Tone(tone) => language.tone(tone),
            Self::Doubt(doubt) | Self::Mark(doubt) => language.doubt(doubt),
            Self::Arrow => language.arrow(),
            Self::Mutual => language.mutual(),
            Self::Sign(polarity) => language.sign(polarity),
            Self::Citation => language.citation(),
        }
    }

    /// What the entry explains, in words, for a writer that cannot draw a sample.
    pub(super) fn sample(self, language: Language) -> Option<&'static str> {
        match self {
            Self::Kind(kind) => Some(language.shape(look::shape(Some(kind)))),
            Self::Role(role) => Some(language.fill(role)),
            Self::Tone(tone) => Some(language.strands(tone)),
            Self::Doubt(doubt) => Some(language.dash(doubt)),
            Self::Sign(Polarity::Positive) => Some("+"),
            Self::Sign(Polarity::Neutral) => Some("○"),
            Self::Sign(Polarity::Negative) => Some("−"),
            Self::Mark(doubt) => Some(super::label::doubt_mark(doubt)),
            Self::Citation => Some("[1]"),
            Self::Size(_) | Self::Arrow | Self::Mutual => None,
        }
    }
}

/// The entries in three rows: actors, lines, marks in labels. A row may be empty.
pub(super) fn entries(scene: &Scene, labelled: bool) -> [Vec<Entry>; 3] {
    let kinds: BTreeSet<ActorKind> = scene.nodes.iter().filter_map(|node| node.kind).collect();
    let roles: BTreeSet<Role> = scene.nodes.iter().map(|node| node.role).collect();
    let mut actors: Vec<Entry> = kinds.into_iter().map(Entry::Kind).collect();
    // White alone distinguishes nobody.
    if roles.iter().any(|&role| role != Role::Ordinary) {
        actors.extend(roles.into_iter().map(Entry::Role));
    }
    for role in [Role::Connector, Role::Ranked] {
        let shares = scene.nodes.iter().filter(|node| node.role == role).map(super::Node::share);
        let (least, most) = shares.fold((1.0_f64, 0.0_f64), |(a, b), share| (a.min(share), b.max(share)));
        if least < most {
            actors.push(Entry::Size(role));
        }
    }

    let tones: BTreeSet<Tone> = scene.edges.iter().map(|edge| Tone::of(&edge.ties)).collect();
    let doubts: BTreeSet<Doubt> = scene.edges.iter().map(|edge| look::doubt(&edge.ties)).collect();
    let mut lines: Vec<Entry> = tones.into_iter().map(Entry::Tone).collect();
    lines.extend(doubts.into_iter().map(Entry::Doubt));
    let is_mutual = |edge: &super::Edge| edge.ties.iter().all(|tie| tie.direction == Direction::Mutual);
    if scene.edges.iter().any(|edge| !is_mutual(edge)) {
        lines.push(Entry::Arrow);
    }
    if scene.edges.iter().any(is_mutual) {
        lines.push(Entry::Mutual);
    }

    let mut marks = Vec::new();
    if labelled {
        let shown = || scene.edges.iter().flat_map(|edge| edge.ties.iter().take(scene.label_lines.max(1)));
        let signs: BTreeSet<_> = shown().map(|tie| std::cmp::Reverse(tie.polarity)).collect();
        marks.extend(signs.into_iter().map(|sign| Entry::Sign(sign.0)));
        let weaker: BTreeSet<Doubt> = scene
            .edges
            .iter()
            .flat_map(|edge| edge.ties.iter().take(scene.label_lines.max(1)).map(move |tie| (edge, tie)))
            .filter(|(edge, tie)| tie.doubt > look::doubt(&edge.ties))
            .map(|(_, tie)| tie.doubt)
            .collect();
        marks.extend(weaker.into_iter().map(Entry::Mark));
        if shown().any(|tie| !tie.sources.is_empty()) {
            marks.push(Entry::Citation);
        }
    }
    [actors, lines, marks]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{Edge, EdgeTie, Node};

    #[test]
    fn the_legend_explains_what_occurs_and_nothing_else() {
        let node = |kind, role| Node {
            id: "a".into(),
            label: String::new(),
            sublabel: None,
            kind: Some(kind),
            role,
            rank: None,
            weight: 0.0,
        };
        let tie = EdgeTie {
            id: "t".into(),
            label: "visit".into(),
            label_also: None,
            date: String::new(),
            sources: vec![],
            direction: Direction::Forward,
            polarity: Polarity::Positive,
            doubt: Doubt::Doubtful,
        };
        let scene = Scene {
            nodes: vec![node(ActorKind::Person, Role::Ordinary), node(ActorKind::Country, Role::Terminal)],
            edges: vec![Edge { source: 0, target: 1, ties: vec![tie] }],
            ..Scene::default()
        };
        let [actors, lines, marks] = entries(&scene, true);
        assert_eq!(
            actors,
            [
                Entry::Kind(ActorKind::Country),
                Entry::Kind(ActorKind::Person),
                Entry::Role(Role::Terminal),
                Entry::Role(Role::Ordinary)
            ]
        );
        assert_eq!(lines, [Entry::Tone(Tone::Friendly), Entry::Doubt(Doubt::Doubtful), Entry::Arrow]);
        assert_eq!(marks, [Entry::Sign(Polarity::Positive)]);
    }
}
