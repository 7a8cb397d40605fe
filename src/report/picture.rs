//! From answers to scenes: who stands in the picture, which ties are drawn, what is cited.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    figure_words,
    sources::SourceView,
    view::{ActorView, TieView},
};
use crate::{
    date::{Certainty, Status},
    diagram::{Direction, Doubt, Edge, EdgeTie, Language, Languages, Node, Role, Scene},
};

/// How many actors a picture holds unless the user says otherwise.
pub const BUDGET: usize = 16;

/// A scene in the making, with its own numbers for sources.
pub(super) struct Picture<'s> {
    scene: Scene,
    /// The nodes by the ids of their actors.
    places: FxHashMap<String, usize>,
    /// The pairs of nodes that have an edge, the smaller first.
    drawn: FxHashSet<(usize, usize)>,
    sources: &'s [SourceView],
    cited: Vec<usize>,
}

impl<'s> Picture<'s> {
    /// A picture in its languages; `title` gives the title in one, from the names of actors in it.
    pub(super) fn new(
        languages: Languages,
        title: impl Fn(Language, fn(&ActorView) -> &str) -> String,
        sources: &'s [SourceView],
    ) -> Self {
        let (first, also) = titles(languages, title);
        Self {
            scene: Scene { title: first, title_also: also, languages, ..Scene::default() },
            places: FxHashMap::default(),
            drawn: FxHashSet::default(),
            sources,
            cited: Vec::new(),
        }
    }

    /// Writes out so many ties of an edge before the rest are counted.
    pub(super) fn label_lines(&mut self, count: usize) {
        self.scene.label_lines = count;
    }

    /// Adds an actor, unless it is there.
    pub(super) fn node(&mut self, actor: &ActorView, role: Role, rank: Option<u32>, weight: f64) {
        if self.place(&actor.actor).is_none() {
            self.places.insert(actor.actor.clone(), self.scene.nodes.len());
            self.scene.nodes.push(Node {
                id: actor.actor.clone(),
                label: actor.name.clone(),
                sublabel: actor.name_also.clone(),
                kind: actor.kind,
                role,
                rank,
                weight,
            });
        }
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Draws the ties between two actors that are both in the picture, those that say most first.
    pub(super) fn edge(&mut self, source: &str, target: &str, ties: &[TieView]) {
        let (Some(from), Some(to)) = (self.place(source), self.place(target)) else { return };
        if ties.is_empty() || from == to || !self.drawn.insert((from.min(to), from.max(to))) {
            return;
        }
        let ties = telling(ties).into_iter().map(|tie| self.tie(tie, source)).collect();
        self.scene.edges.push(Edge { source: from, target: to, ties });
    }

    fn tie(&mut self, tie: &TieView, source: &str) -> EdgeTie {
        let mut sources: Vec<usize> = tie.cites.iter().map(|cite| self.number(cite.number)).collect();
        sources.sort_unstable();
        sources.dedup();
        EdgeTie {
            id: tie.id.clone(),
            label: tie.label.clone(),
            label_also: tie.also.as_ref().map(|also| also.label.clone()).filter(|also| *also != tie.label),
            date: figure_words::date(self.scene.languages.first, &tie.when),
            sources,
            direction: match (tie.symmetric, tie.source == source) {
                (true, _) => Direction::Mutual,
                (false, true) => Direction::Forward,
                (false, false) => Direction::Backward,
            },
            polarity: tie.polarity,
            doubt: match (tie.status, tie.certainty) {
                (Status::Hypothetical | Status::Refuted | Status::Absent, _) => Doubt::Hypothetical,
                (Status::Asserted, Certainty::Certainly) => Doubt::Asserted,
                (Status::Asserted, Certainty::Possibly | Certainty::No)
                | (Status::Alleged | Status::Disputed, _) => Doubt::Doubtful,
            },
        }
    }

    /// The picture's own number of a source of the answer.
    fn number(&mut self, number: usize) -> usize {
        if let Some(at) = self.cited.iter().position(|known| *known == number) {
            return at + 1;
        }
        self.cited.push(number);
        self.cited.len()
    }

    /// A line of the caption, again in the second language.
    pub(super) fn caption(&mut self, line: impl Fn(Language) -> String) {
        self.scene.caption.extend(said(self.scene.languages, line));
    }

    /// The scene, with the sources that its ties cite.
    pub(super) fn finish(mut self) -> Scene {
        let text = |number: &usize| {
            self.sources.get(number - 1).map_or_else(String::new, |source| source.text.clone())
        };
        self.scene.sources = self.cited.iter().map(text).collect();
        self.scene
    }
}

/// A title in the first language, and in the second.
pub(super) fn titles(
    languages: Languages,
    title: impl Fn(Language, fn(&ActorView) -> &str) -> String,
) -> (String, Option<String>) {
    let first = title(languages.first, |actor| &actor.name);
    let also = languages.second.map(|second| title(second, ActorView::second_name));
    let also = also.filter(|also| *also != first);
    (first, also)
}

/// A line in each language, once where they are alike.
pub(super) fn said(languages: Languages, line: impl Fn(Language) -> String) -> Vec<String> {
    let mut lines: Vec<String> = languages.all().map(line).collect();
    lines.dedup();
    lines
}

/// Ties in the order in which they tell most: asserted and certain ones first, one of each relation
/// before the second of any, and then in order of time.
pub(super) fn telling(ties: &[TieView]) -> Vec<&TieView> {
    let mut seen: Vec<(&str, usize)> = Vec::new();
    let mut order: Vec<(usize, usize, usize)> = Vec::new();
    for (at, tie) in ties.iter().enumerate() {
        let doubt = usize::from(!tie.doubt().is_empty());
        let repeat = if let Some((_, count)) = seen.iter_mut().find(|(relation, _)| *relation == tie.relation)
        {
            *count += 1;
            *count
        } else {
            seen.push((&tie.relation, 0));
            0
        };
        order.push((doubt, repeat, at));
    }
    order.sort_unstable();
    order.into_iter().map(|(_, _, at)| &ties[at]).collect()
}
