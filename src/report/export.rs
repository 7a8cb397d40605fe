//! What a lens leaves of a graph: as a picture, and as records that stand alone.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    figure_words,
    picture::Picture,
    sources::SourceView,
    ties::{tie_rows, tie_table},
    view::{ActorView, TieView, Viewer},
};
use crate::{
    dataset::{ActorIndex, Dataset, TieIndex},
    diagram::{Chart, Language, Languages, Panels, Role, Scene},
    network::Network,
};

/// Every actor of a network that has ties, and these ties.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// The same period by period, where that is drawn.
    #[serde(skip)]
    pub(super) panels: Option<Panels>,
}

impl ExportReport {
    /// The whole of a network, its actors and relations named in languages.
    pub fn new(network: &Network<'_>, title: String, languages: Option<Languages>) -> Self {
        let dataset = network.dataset();
        let mut viewer = Viewer::new(dataset, network.predicate()).naming(languages);
        let compact = network.compact();
        let ties =
            compact.dyads().iter().flat_map(|dyad| network.ties(*dyad)).map(|tie| viewer.tie(tie)).collect();
        let shown: Vec<ActorIndex> =
            dataset.actors().all().filter(|actor| !compact.neighbours(*actor).is_empty()).collect();
        let admitted = dataset.actors().all().filter(|actor| network.predicate().admits(*actor)).count();
        Self {
            title,
            actors: shown.iter().map(|actor| viewer.actor(*actor)).collect(),
            ties,
            untied_count: admitted - shown.len(),
            sources: viewer.sources.list(dataset),
            panels: None,
        }
    }

    /// One without actors.
    pub(super) fn empty(title: String) -> Self {
        Self {
            title,
            actors: Vec::new(),
            ties: Vec::new(),
            untied_count: 0,
            sources: Vec::new(),
            panels: None,
        }
    }

    fn left_out(&self) -> Option<String> {
        (self.untied_count > 0).then(|| figure_words::untied(Language::English, self.untied_count))
    }
}

impl Report for ExportReport {
    const SCHEMA: &'static str = "chancery/export/1";

    fn document(&self) -> Document {
        let mut document =
            Document::new(format!("{}: {} actors, {} ties", self.title, self.actors.len(), self.ties.len()));
        document.table(tie_rows(&self.ties));
        self.left_out().into_iter().for_each(|line| document.paragraph(line));
        document
    }

    fn table(&self) -> Table {
        tie_table(&self.ties)
    }

    fn chart(&self, _: Languages) -> Option<Chart> {
        self.panels.clone().map(Chart::Panels)
    }

    fn scene(&self, languages: Languages) -> Option<Scene> {
        let mut picture = Picture::new(languages, |_, _| self.title.clone(), &self.sources);
        picture.label_lines(1);
        for actor in &self.actors {
            picture.node(actor, Role::Ordinary, None, 0.0);
        }
        // The ties of a pair stand side by side, whichever of the two acts.
        let is_pair = |a: &TieView, b: &TieView| {
            (a.source == b.source && a.target == b.target) || (a.source == b.target && a.target == b.source)
        };
        for ties in self.ties.chunk_by(is_pair) {
            picture.edge(&ties[0].source, &ties[0].target, ties);
        }
        if self.untied_count > 0 {
            picture.caption(|language| figure_words::untied(language, self.untied_count));
        }
        Some(picture.finish())
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
        // A plain row names nobody else.
        if dataset.plain_tie(tie).is_some() {
            continue;
        }
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
