//! The shortest paths between two actors, direct ties included.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    hop::{Hop, in_time},
    picture::{BUDGET, Picture, telling},
    sources::SourceView,
    view::{ActorView, Viewer},
};
use crate::{
    analysis::{
        order::{Order, Pace, order},
        paths::{Count, Geodesics},
    },
    dataset::ActorIndex,
    diagram::{Role, Scene},
    network::Network,
};

/// A path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathView {
    /// The ids of its actors, both ends included.
    pub actors: Vec<String>,
    /// Their names.
    pub names: Vec<String>,
    /// Whether contact can pass along it without going back in time: `certain`, `possible` or `against-time`.
    pub order: Order,
    /// Its hops.
    pub hops: Vec<Hop>,
}

/// The shortest paths between two actors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathsReport {
    /// The first actor.
    pub a: ActorView,
    /// The second actor.
    pub b: ActorView,
    /// How many dyads each walks.
    pub distance: Option<u32>,
    /// How many there are.
    pub shortest_path_count: Count,
    /// Some of them, in the order of their actors' ids.
    pub paths: Vec<PathView>,
    /// What they cite.
    pub sources: Vec<SourceView>,
    #[serde(skip)]
    nodes: Vec<(ActorView, u32)>,
}

impl PathsReport {
    /// The report of geodesics found in a network, of which at most `limit` are listed, each with its order at
    /// a pace.
    pub fn new(
        viewer: &mut Viewer<'_>,
        network: &Network<'_>,
        (a, b): (ActorIndex, ActorIndex),
        geodesics: Option<&Geodesics>,
        limit: usize,
        pace: Pace,
    ) -> Self {
        let dataset = viewer.dataset();
        let id = |actor: ActorIndex| dataset.actors().id(actor).to_owned();
        let mut paths = Vec::new();
        let mut nodes = Vec::new();
        for path in geodesics.map(|found| found.paths(network, limit)).unwrap_or_default() {
            for (actor, rank) in path.iter().zip(0..) {
                nodes.push((viewer.actor(*actor), rank));
            }
            let order = order(network, &path, pace);
            let hops = path.windows(2).map(|pair| Hop::new(viewer, network, pair[0], pair[1])).collect();
            let names = path.iter().map(|actor| viewer.name(*actor)).collect();
            paths.push(PathView { actors: path.into_iter().map(id).collect(), names, order, hops });
        }
        Self {
            a: viewer.actor(a),
            b: viewer.actor(b),
            distance: geodesics.map(|found| found.distance),
            shortest_path_count: geodesics.map(|found| found.count.clone()).unwrap_or_default(),
            paths,
            sources: viewer.sources.list(dataset),
            nodes,
        }
    }
}

impl Report for PathsReport {
    const SCHEMA: &'static str = "chancery/paths/1";

    fn document(&self) -> Document {
        let mut document = Document::new(format!("Shortest paths from {} to {}", self.a.name, self.b.name));
        let Some(distance) = self.distance else {
            document.paragraph("No path through this lens; `chancery connect` says why.");
            return document;
        };
        let hops = if distance == 1 { "1 hop".to_owned() } else { format!("{distance} hops") };
        let listed = self.paths.len() as u64;
        let cut = self.shortest_path_count.to_u64() != Some(listed);
        document.paragraph(format!(
            "{hops}; {} shortest paths{}.",
            self.shortest_path_count,
            if cut { format!(", of which {listed} are listed (--limit lists more)") } else { String::new() }
        ));
        document.list(
            self.paths
                .iter()
                .map(|path| {
                    let best = path
                        .hops
                        .iter()
                        .filter_map(|hop| Some((hop.ties.len(), telling(&hop.ties).first().copied()?)));
                    let lines = best.map(|(count, tie)| match count {
                        1 => tie.line(),
                        count => format!("{} (and {} more)", tie.line(), count - 1),
                    });
                    let head = format!("{} · {}", path.names.join(" — "), in_time(path.order));
                    (head, lines.collect())
                })
                .collect(),
        );
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["path>", "hop>", "source", "target", "ties>", "tie_ids"]);
        for (number, path) in (1..).zip(&self.paths) {
            for (place, hop) in (1..).zip(&path.hops) {
                let ids: Vec<&str> = hop.ties.iter().map(|tie| tie.id.as_str()).collect();
                let (number, place): (i32, i32) = (number, place);
                table.push(vec![
                    number.to_string(),
                    place.to_string(),
                    hop.source.clone(),
                    hop.target.clone(),
                    hop.ties.len().to_string(),
                    ids.join(" "),
                ]);
            }
        }
        table
    }

    fn scene(&self) -> Option<Scene> {
        let distance = self.distance?;
        let mut picture = Picture::new(format!("{} — {}", self.a.name, self.b.name), &self.sources);
        picture.node(&self.a, Role::Terminal, Some(0), 1.0);
        picture.node(&self.b, Role::Terminal, Some(distance), 1.0);
        let mut between: Vec<&(ActorView, u32)> = Vec::new();
        for node in self.nodes.iter().filter(|(_, rank)| *rank > 0 && *rank < distance) {
            if !between.contains(&node) {
                between.push(node);
            }
        }
        for (actor, rank) in between.iter().take(BUDGET - 2) {
            picture.node(actor, Role::Connector, Some(*rank), 0.5);
        }
        if between.len() > BUDGET - 2 {
            picture.caption(format!("{} of {} actors between the two drawn.", BUDGET - 2, between.len()));
        }
        for hop in self.paths.iter().flat_map(|path| &path.hops) {
            picture.edge(&hop.source, &hop.target, &hop.ties);
        }
        Some(picture.finish())
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
