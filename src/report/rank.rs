//! Actors ranked by a measure.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    picture::{BUDGET, Picture},
    sources::SourceView,
    view::{ActorView, TieView, Viewer},
};
use crate::{
    analysis::Measure,
    dataset::ActorIndex,
    diagram::{Role, Scene},
    model::ActorKind,
    network::Network,
};

/// An actor with its place in a ranking.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankedView {
    /// Its place, from 1; actors of equal score share the best place among them.
    pub rank: usize,
    /// Who it is.
    #[serde(flatten)]
    pub actor: ActorView,
    /// What the measure gives it, to 14 significant digits.
    pub score: f64,
}

/// Actors ranked by a measure, highest first, those of equal score in the order of their ids.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankReport {
    /// By what.
    pub measure: Measure,
    /// How many actors were ranked: those that the lens admits.
    pub actor_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The actors.
    pub ranking: Vec<RankedView>,
    #[serde(skip)]
    edges: Vec<(usize, usize, Vec<TieView>)>,
    #[serde(skip)]
    sources: Vec<SourceView>,
}

impl RankReport {
    /// Ranks the actors that the lens of a network admits by their scores, given by actor row, and
    /// shows at most `limit`.
    pub fn new(network: &Network<'_>, measure: Measure, scores: &[f64], limit: Option<usize>) -> Self {
        let (dataset, predicate) = (network.dataset(), network.predicate());
        let mut order: Vec<(ActorIndex, f64)> = dataset
            .actors()
            .all()
            .filter(|actor| predicate.admits(*actor))
            .map(|actor| (actor, settled(scores[actor.at()])))
            .collect();
        order.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
        let shown = &order[..order.len().min(limit.unwrap_or(usize::MAX))];
        let viewer = Viewer::new(dataset, predicate);
        let mut ranking: Vec<RankedView> = Vec::with_capacity(shown.len());
        for (at, (actor, score)) in shown.iter().enumerate() {
            let rank = match ranking.last() {
                Some(above) if above.score.total_cmp(score).is_eq() => above.rank,
                Some(_) | None => at + 1,
            };
            ranking.push(RankedView { rank, actor: viewer.actor(*actor), score: *score });
        }
        Self {
            measure,
            actor_count: order.len(),
            cut_count: order.len() - shown.len(),
            ranking,
            edges: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// Reads the ties among the first actors of the ranking, which a picture shows and a table does not.
    #[must_use]
    pub fn with_ties(mut self, network: &Network<'_>) -> Self {
        let dataset = network.dataset();
        let ranked = self.ranking.iter().take(BUDGET);
        let drawn: Vec<ActorIndex> =
            ranked.filter_map(|ranked| dataset.actors().find(&ranked.actor.actor)).collect();
        let mut viewer = Viewer::new(dataset, network.predicate());
        self.edges = edges(network, &drawn, &mut viewer);
        self.sources = viewer.sources.list(dataset);
        self
    }

    /// What the reader of the ranking must know: the definition in force, what it runs on, and whether
    /// unlike actors are ranked together.
    pub fn notes(&self, network: &Network<'_>) -> Vec<String> {
        let (dataset, lens) = (network.dataset(), network.predicate().lens());
        let on = if lens.relations.is_empty() {
            let channels: Vec<&str> = lens.channels.iter().map(|channel| channel.as_str()).collect();
            format!("channels {}", channels.join(", "))
        } else {
            format!("relations {}", lens.relations.join(", "))
        };
        let mut notes = vec![
            self.measure.definition().to_owned(),
            format!("Ties are taken as undirected, and parallel ties count as one; the network holds {on}."),
        ];
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for actor in dataset.actors().all().filter(|actor| network.predicate().admits(*actor)) {
            *kinds.entry(dataset.actors().kind(actor).map_or("no kind", ActorKind::as_str)).or_default() += 1;
        }
        if lens.kinds.is_empty() && kinds.len() > 1 {
            let counts: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
            notes.push(format!(
                "Warning: actors of {} kinds are ranked together ({}); --kind ranks one kind, on the ties among its own.",
                kinds.len(),
                counts.join(", ")
            ));
        }
        notes
    }

    fn score(&self, score: f64) -> String {
        match self.measure {
            Measure::Degree => format!("{score:.0}"),
            Measure::Betweenness | Measure::Closeness => format!("{score:.4}"),
        }
    }
}

/// A score to 14 significant digits: what lies beyond is the noise of the order of summation, and
/// actors that stand alike must score alike.
fn settled(score: f64) -> f64 {
    format!("{score:.13e}").parse().unwrap_or(score)
}

/// The dyads among some actors, with their ties.
fn edges(
    network: &Network<'_>,
    actors: &[ActorIndex],
    viewer: &mut Viewer<'_>,
) -> Vec<(usize, usize, Vec<TieView>)> {
    let mut edges = Vec::new();
    for (source, a) in actors.iter().enumerate() {
        for (target, b) in actors.iter().enumerate().skip(source + 1) {
            if let Some(dyad) = network.dyad(*a, *b) {
                edges.push((source, target, network.ties(dyad).map(|tie| viewer.tie(tie)).collect()));
            }
        }
    }
    edges
}

impl Report for RankReport {
    const SCHEMA: &'static str = "chancery/rank/1";

    fn document(&self) -> Document {
        let mut document = Document::new(format!("{} actors by {}", self.actor_count, self.measure.as_str()));
        let mut table = Table::new(&["rank>", "name", "", "kind", "score>", "id"]);
        for ranked in &self.ranking {
            table.push(vec![
                ranked.rank.to_string(),
                ranked.actor.name.clone(),
                ranked.actor.name_also.clone().unwrap_or_default(),
                ranked.actor.kind.map_or("", ActorKind::as_str).to_owned(),
                self.score(ranked.score),
                ranked.actor.actor.clone(),
            ]);
        }
        document.table(table);
        if self.cut_count > 0 {
            document.paragraph(format!("{} more are left away; --limit 0 shows all.", self.cut_count));
        }
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["rank>", "actor", "name", "kind", "score>"]);
        for ranked in &self.ranking {
            table.push(vec![
                ranked.rank.to_string(),
                ranked.actor.actor.clone(),
                ranked.actor.name.clone(),
                ranked.actor.kind.map_or("", ActorKind::as_str).to_owned(),
                ranked.score.to_string(),
            ]);
        }
        table
    }

    /// The network among the first actors of the ranking, sized by score, as [`RankReport::with_ties`]
    /// left it.
    fn scene(&self) -> Option<Scene> {
        let drawn = &self.ranking[..self.ranking.len().min(BUDGET)];
        let highest = drawn.first().map(|ranked| ranked.score).filter(|score| *score > 0.0);
        let mut picture = Picture::new(format!("Actors by {}", self.measure.as_str()), &self.sources);
        for ranked in drawn {
            let weight = highest.map_or(0.0, |highest| ranked.score / highest);
            picture.node(&ranked.actor, Role::Ranked, None, weight);
        }
        for (source, target, ties) in &self.edges {
            picture.edge(&drawn[*source].actor.actor, &drawn[*target].actor.actor, ties);
        }
        if drawn.len() < self.actor_count {
            picture.caption(format!("The first {} of {} actors are drawn.", drawn.len(), self.actor_count));
        }
        let mut scene = picture.finish();
        scene.label_lines = 1;
        for (node, ranked) in scene.nodes.iter_mut().zip(drawn) {
            node.sublabel = Some(format!("{}. {}", ranked.rank, self.score(ranked.score)));
        }
        Some(scene)
    }
}
