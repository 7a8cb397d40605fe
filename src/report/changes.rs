//! Who rose and who fell between two windows, and which ties did it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    rank::{Order, conventions, decimal, decimals, ranked},
    sources::{SourceView, Sources},
    view::{ActorView, TieView, Viewer},
};
use crate::{
    analysis::{Convention, DyadChanges, Measure, Scores, dyad_changes, periods::label},
    dataset::{ActorIndex, DyadIndex, TieIndex},
    model::ActorKind,
    network::Network,
};

/// A place in a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Place {
    /// The place, from 1.
    pub rank: usize,
    /// The score.
    pub score: f64,
}

/// A dyad that only one window has, as its actor sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangedDyad {
    /// The other end.
    pub other: ActorView,
    /// Its ties in the window that has it.
    pub ties: Vec<TieView>,
}

/// An actor in both windows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangedActor {
    /// Who it is.
    #[serde(flatten)]
    pub actor: ActorView,
    /// Where it stood before; absent where it had no score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Place>,
    /// Where it stands after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Place>,
    /// By how much its score rose; absent where it has none in one of the windows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<f64>,
    /// Its dyads that only the later window has.
    pub new: Vec<ChangedDyad>,
    /// Its dyads that only the earlier window has.
    pub ended: Vec<ChangedDyad>,
}

/// Who rose and who fell between two windows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangesReport {
    /// By what.
    pub measure: Measure,
    /// The earlier window.
    pub between: String,
    /// The later window.
    pub and: String,
    /// How many dyads only the later has.
    pub new_count: usize,
    /// How many only the earlier has.
    pub ended_count: usize,
    /// How many both have.
    pub kept_count: usize,
    /// Those who rose most, first.
    pub rose: Vec<ChangedActor>,
    /// Those who fell most, first.
    pub fell: Vec<ChangedActor>,
    /// Those who have a score in the later window only.
    pub came: Vec<ChangedActor>,
    /// Those who had one in the earlier window only.
    pub went: Vec<ChangedActor>,
    /// How many of each the limit leaves away: risen, fallen, come, gone.
    pub cut_counts: [usize; 4],
    /// What their ties cite.
    pub sources: Vec<SourceView>,
    #[serde(skip)]
    is_whole: bool,
}

/// Where an actor stood in both windows.
type Moved = (ActorIndex, Option<Place>, Option<Place>);

/// At most so many dyads of an actor are told in text.
const TOLD: usize = 6;

impl ChangesReport {
    /// Compares the scores of two networks of one dataset, and shows at most `limit` actors of each sort.
    pub fn new(
        [before, after]: [&Network<'_>; 2],
        measure: Measure,
        convention: &Convention<'_>,
        scores: [&Scores; 2],
        limit: Option<usize>,
    ) -> Self {
        let changes = dyad_changes(before, after);
        let mut moved: BTreeMap<ActorIndex, [Option<Place>; 2]> = BTreeMap::new();
        for (at, scores) in scores.into_iter().enumerate() {
            for (rank, actor, score) in ranked(scores, Order::Falling) {
                moved.entry(actor).or_default()[at] = Some(Place { rank, score });
            }
        }
        let (mut rose, mut fell, mut came, mut went) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (actor, [before, after]) in moved {
            match (before, after) {
                (Some(earlier), Some(later)) if later.score > earlier.score => {
                    rose.push((actor, before, after));
                }
                (Some(earlier), Some(later)) if later.score < earlier.score => {
                    fell.push((actor, before, after));
                }
                (None, Some(_)) => came.push((actor, before, after)),
                (Some(_), None) => went.push((actor, before, after)),
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
        let by = |score: fn(&Moved) -> f64| {
            move |a: &Moved, b: &Moved| score(b).total_cmp(&score(a)).then(a.0.cmp(&b.0))
        };
        rose.sort_by(by(|moved| difference(moved).unwrap_or(0.0)));
        fell.sort_by(by(|moved| -difference(moved).unwrap_or(0.0)));
        came.sort_by(by(|moved| moved.2.map_or(0.0, |place| place.score)));
        went.sort_by(by(|moved| moved.1.map_or(0.0, |place| place.score)));
        let mut cut_counts = [0; 4];
        for (cut, list) in cut_counts.iter_mut().zip([&mut rose, &mut fell, &mut came, &mut went]) {
            *cut = list.len().saturating_sub(limit.unwrap_or(usize::MAX));
            list.truncate(limit.unwrap_or(usize::MAX));
        }
        let mut teller = Teller {
            viewers: [
                Viewer::new(before.dataset(), before.predicate()),
                Viewer::new(after.dataset(), after.predicate()),
            ],
            networks: [before, after],
            changes: &changes,
            sources: Sources::default(),
        };
        let [rose, fell, came, went] =
            [rose, fell, came, went].map(|list| list.iter().map(|moved| teller.tell(moved)).collect());
        Self {
            measure,
            between: label(before.predicate().lens().during),
            and: label(after.predicate().lens().during),
            new_count: changes.new.len(),
            ended_count: changes.ended.len(),
            kept_count: changes.kept_count,
            rose,
            fell,
            came,
            went,
            cut_counts,
            sources: teller.sources.list(after.dataset()),
            is_whole: measure.is_whole() && !convention.is_normalised,
        }
    }

    /// What the reader must know: the definition in force, and what it runs on.
    pub fn notes(
        &self,
        network: &Network<'_>,
        convention: &Convention<'_>,
        is_directed: bool,
    ) -> Vec<String> {
        let mut notes = vec![
            self.measure.definition().to_owned(),
            conventions(self.measure, is_directed, convention, network),
        ];
        let is_own = matches!(
            self.measure,
            Measure::Degree
                | Measure::InDegree
                | Measure::OutDegree
                | Measure::Strength
                | Measure::InStrength
                | Measure::OutStrength
        );
        if !is_own {
            notes.push(format!(
                "An actor's {} also changes with ties among others; listed are its own dyads that only one of the \
                 windows has.",
                self.measure.as_str()
            ));
        }
        notes
    }
}

fn difference((_, before, after): &Moved) -> Option<f64> {
    Some((*after)?.score - (*before)?.score)
}

/// Tells what became of actors.
struct Teller<'v, 'd> {
    viewers: [Viewer<'v>; 2],
    networks: [&'v Network<'d>; 2],
    changes: &'v DyadChanges,
    sources: Sources,
}

impl Teller<'_, '_> {
    fn tell(&mut self, moved: &Moved) -> ChangedActor {
        let (actor, before, after) = *moved;
        let ended = self.dyads(0, actor);
        let new = self.dyads(1, actor);
        ChangedActor {
            actor: self.viewers[1].actor(actor),
            before,
            after,
            change: difference(moved),
            new,
            ended,
        }
    }

    /// The dyads of an actor that only one of the networks has, those of most ties first.
    fn dyads(&mut self, at: usize, actor: ActorIndex) -> Vec<ChangedDyad> {
        let network = self.networks[at];
        let list = if at == 0 { &self.changes.ended } else { &self.changes.new };
        let mut dyads: Vec<(ActorIndex, DyadIndex)> = DyadChanges::of(network, list, actor);
        dyads.sort_by_key(|(other, dyad)| (std::cmp::Reverse(network.ties(*dyad).count()), *other));
        let mut views = Vec::new();
        for (other, dyad) in dyads {
            let ties = network.ties(dyad).map(|tie| self.tie(at, tie)).collect();
            views.push(ChangedDyad { other: self.viewers[at].actor(other), ties });
        }
        views
    }

    /// A tie as one of the windows sees it, its sources numbered in the one list of both.
    fn tie(&mut self, at: usize, tie: TieIndex) -> TieView {
        std::mem::swap(&mut self.sources, &mut self.viewers[at].sources);
        let view = self.viewers[at].tie(tie);
        std::mem::swap(&mut self.sources, &mut self.viewers[at].sources);
        view
    }
}

impl ChangesReport {
    fn number(&self, score: f64, most: f64) -> String {
        decimal(score, if self.is_whole { 0 } else { decimals(most) })
    }

    /// The greatest score of some actors.
    fn most(actors: &[ChangedActor]) -> f64 {
        let places = actors.iter().flat_map(|moved| [moved.before, moved.after]).flatten();
        places.map(|place| place.score.abs()).fold(0.0, f64::max)
    }

    /// One line: `4 → 7 (+3), place 9 → 4`.
    fn course(&self, moved: &ChangedActor, most: f64) -> String {
        let number = |score: f64| self.number(score, most);
        match (moved.before, moved.after) {
            (Some(before), Some(after)) => {
                let change = number((after.score - before.score).abs());
                let sign = if after.score < before.score { '−' } else { '+' };
                let (from, to) = (number(before.score), number(after.score));
                format!("{from} → {to} ({sign}{change}), place {} → {}", before.rank, after.rank)
            }
            (None, Some(after)) => format!("{} (new), place {}", number(after.score), after.rank),
            (Some(before), None) => format!("{} (gone), place {}", number(before.score), before.rank),
            (None, None) => String::new(),
        }
    }

    fn section(&self, document: &mut Document, head: &str, actors: &[ChangedActor], cut_count: usize) {
        if actors.is_empty() {
            return;
        }
        let most = Self::most(actors);
        document.heading(head);
        let item = |moved: &ChangedActor| {
            let line = format!("{}: {}", moved.actor.name, self.course(moved, most));
            (line, told("new", &moved.new).into_iter().chain(told("ended", &moved.ended)).collect())
        };
        document.list(actors.iter().map(item).collect());
        document.left_away(cut_count);
    }

    fn sections(&self) -> [(&'static str, &[ChangedActor], usize); 4] {
        let [rose, fell, came, went] = self.cut_counts;
        [
            ("Rose", &self.rose, rose),
            ("Fell", &self.fell, fell),
            ("Only later", &self.came, came),
            ("Only earlier", &self.went, went),
        ]
    }
}

/// Lines for the first dyads, each with its first tie and how many more it has.
fn told(what: &str, dyads: &[ChangedDyad]) -> Vec<String> {
    let line = |dyad: &ChangedDyad| {
        let more = match dyad.ties.len() {
            0 | 1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        let first = dyad.ties.first().map(TieView::line).unwrap_or_default();
        format!("{what}: {}: {first}{more}", dyad.other.name)
    };
    let mut lines: Vec<String> = dyads.iter().take(TOLD).map(line).collect();
    if dyads.len() > TOLD {
        lines.push(format!("{what}: {} more dyads; JSON has all", dyads.len() - TOLD));
    }
    lines
}

impl Report for ChangesReport {
    const SCHEMA: &'static str = "chancery/changes/1";

    fn document(&self) -> Document {
        let mut document = Document::new(format!(
            "Who rose and who fell by {} from {} to {}",
            self.measure.as_str(),
            self.between,
            self.and
        ));
        document.paragraph(format!(
            "Dyads: {} new, {} ended, {} in both.",
            self.new_count, self.ended_count, self.kept_count
        ));
        let sections = self.sections();
        if sections.iter().all(|(_, actors, _)| actors.is_empty()) {
            document.paragraph("No score changed.");
        }
        for (head, actors, cut_count) in sections {
            self.section(&mut document, head, actors, cut_count);
        }
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&[
            "actor",
            "name",
            "kind",
            "before>",
            "after>",
            "change>",
            "rank_before>",
            "rank_after>",
            "new_dyads",
            "ended_dyads",
        ]);
        let ids = |dyads: &[ChangedDyad]| {
            dyads.iter().map(|dyad| dyad.other.actor.as_str()).collect::<Vec<_>>().join(" ")
        };
        let score = |place: Option<Place>| place.map(|place| place.score.to_string()).unwrap_or_default();
        let rank = |place: Option<Place>| place.map(|place| place.rank.to_string()).unwrap_or_default();
        for moved in self.sections().into_iter().flat_map(|(_, actors, _)| actors) {
            table.push(vec![
                moved.actor.actor.clone(),
                moved.actor.name.clone(),
                moved.actor.kind.map_or("", ActorKind::as_str).to_owned(),
                score(moved.before),
                score(moved.after),
                moved.change.map(|change| change.to_string()).unwrap_or_default(),
                rank(moved.before),
                rank(moved.after),
                ids(&moved.new),
                ids(&moved.ended),
            ]);
        }
        table
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
