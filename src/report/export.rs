//! What a lens leaves of a graph: as a picture, and as records that stand alone.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    drawn,
    sources::SourceView,
    ties::{tie_rows, tie_table},
    view::{ActorView, TieView, Viewer},
};
use crate::{
    dataset::{ActorIndex, Dataset, TieIndex},
    diagram::{Edge, Role, Scene},
    network::Network,
};

/// Every actor of a network that has ties, and these ties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportReport {
    /// What the picture is called.
    pub title: String,
    /// The actors, in the order of their ids.
    pub actors: Vec<ActorView>,
    /// The ties, pair by pair, each in order of time.
    pub ties: Vec<TieView>,
    /// How many actors have no tie that passes, and are left out.
    pub untied_count: usize,
    /// What the ties cite.
    pub sources: Vec<SourceView>,
}

impl ExportReport {
    /// The whole of a network.
    pub fn new(network: &Network<'_>, title: String) -> Self {
        let dataset = network.dataset();
        let mut viewer = Viewer::new(dataset, network.predicate());
        let compact = network.compact();
        let ties = compact.dyads().iter().flat_map(|dyad| network.ties(*dyad)).map(|tie| viewer.tie(tie)).collect();
        let tied: Vec<ActorIndex> =
            dataset.actors().all().filter(|actor| !compact.neighbours(*actor).is_empty()).collect();
        let admitted = dataset.actors().all().filter(|actor| network.predicate().admits(*actor)).count();
        Self {
            title,
            actors: tied.iter().map(|actor| viewer.actor(*actor)).collect(),
            ties,
            untied_count: admitted - tied.len(),
            sources: viewer.sources.list(dataset),
        }
    }

    fn left_out(&self) -> Option<String> {
        match self.untied_count {
            0 => None,
            1 => Some("1 actor without ties is left out.".to_owned()),
            count => Some(format!("{count} actors without ties are left out.")),
        }
    }
}

impl Report for ExportReport {
    const SCHEMA: &'static str = "chancery/export/1";

    fn document(&self) -> Document {
        let mut document = Document::new(format!("{}: {} actors, {} ties", self.title, self.actors.len(), self.ties.len()));
        document.table(tie_rows(&self.ties));
        self.left_out().into_iter().for_each(|line| document.paragraph(line));
        document
    }

    fn table(&self) -> Table {
        tie_table(&self.ties)
    }

    fn scene(&self) -> Option<Scene> {
        let place = |id: &str| self.actors.binary_search_by(|actor| actor.actor.as_str().cmp(id)).ok();
        let mut edges: Vec<Edge> = Vec::new();
        for tie in &self.ties {
            let (source, target) = (place(&tie.source)?, place(&tie.target)?);
            let ends = (source.min(target), source.max(target));
            if edges.last().is_none_or(|edge| (edge.source, edge.target) != ends) {
                edges.push(Edge { source: ends.0, target: ends.1, ties: Vec::new() });
            }
            let edge = edges.last_mut()?;
            edge.ties.push(drawn::edge_tie(tie, &self.actors[ends.0].actor));
        }
        Some(Scene {
            title: self.title.clone(),
            caption: self.left_out().into_iter().collect(),
            nodes: self.actors.iter().map(|actor| drawn::node(actor, Role::Ordinary, None, 0.0)).collect(),
            edges,
            sources: self.sources.iter().map(|source| source.text.clone()).collect(),
            label_lines: 1,
            ..Scene::default()
        })
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}

/// The actors and ties that some ties need to stand in a file of their own: their ends, and whatever
/// their records name.
///
/// Both come sorted. A tie that another is *about* comes along, with all that it names.
pub fn self_contained(dataset: &Dataset, ties: &[TieIndex]) -> (Vec<ActorIndex>, Vec<TieIndex>) {
    let mut actors = BTreeSet::new();
    let mut kept: BTreeSet<TieIndex> = ties.iter().copied().collect();
    let mut front: Vec<TieIndex> = ties.to_vec();
    while let Some(tie) = front.pop() {
        actors.extend([dataset.ties().source(tie), dataset.ties().target(tie)]);
        for id in dataset.tie(tie).mentioned() {
            if let Some(actor) = dataset.actors().find(id) {
                actors.insert(actor);
            } else if let Some(other) = dataset.ties().find(id).filter(|other| kept.insert(*other)) {
                front.push(other);
            }
        }
    }
    (actors.into_iter().collect(), kept.into_iter().collect())
}
