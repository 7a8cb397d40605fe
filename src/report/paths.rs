//! Paths between two actors, direct ties included.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    figure_words,
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
    diagram::{Languages, Role, Scene},
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
    /// What it costs, where hops have costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
    /// Its hops.
    pub hops: Vec<Hop>,
}

/// Which paths are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "which", rename_all = "kebab-case")]
pub enum Which {
    /// The shortest.
    #[default]
    Shortest,
    /// Simple ones, the shortest first.
    Simple {
        /// Of at most so many hops.
        #[serde(skip_serializing_if = "Option::is_none")]
        longest: Option<u32>,
        /// Whether these are all that there are, and not the first of them.
        are_all: bool,
        /// Whether the search stopped at its bound, with more paths possible.
        is_truncated: bool,
        /// How many dyads were looked at, at the least.
        work: u64,
    },
    /// The cheapest.
    Cheapest {
        /// What a hop costs.
        formula: String,
    },
    /// The shortest that call at some actors, leg by leg.
    Via {
        /// Their names.
        names: Vec<String>,
    },
}

/// Paths that were found between two actors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Which they are.
    pub which: Which,
    /// How many dyads the shortest of them walk.
    pub distance: Option<u32>,
    /// How many are that short.
    pub count: Count,
    /// Those listed.
    pub paths: Vec<Vec<ActorIndex>>,
    /// What the first of them costs.
    pub cost: Option<f64>,
}

impl Listing {
    /// All shortest paths, of which at most `limit` are listed.
    pub fn shortest(network: &Network<'_>, geodesics: &Geodesics, limit: usize) -> Self {
        Self {
            distance: Some(geodesics.distance),
            count: geodesics.count.clone(),
            paths: geodesics.paths(network).take(limit).collect(),
            ..Self::default()
        }
    }
}

/// Paths between two actors.
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
    /// Which paths are listed.
    pub listed: Which,
    /// These paths, in their order; of equal length or cost in that of their actors' ids.
    pub paths: Vec<PathView>,
    /// What they cite.
    pub sources: Vec<SourceView>,
    #[serde(skip)]
    nodes: Vec<(ActorView, u32)>,
}

impl PathsReport {
    /// The report of paths found in a network, each with its order at a pace.
    pub fn new(
        viewer: &mut Viewer<'_>,
        network: &Network<'_>,
        (a, b): (ActorIndex, ActorIndex),
        listing: Listing,
        pace: Pace,
    ) -> Self {
        let dataset = viewer.dataset();
        let id = |actor: ActorIndex| dataset.actors().id(actor).to_owned();
        let mut paths = Vec::new();
        let mut nodes = Vec::new();
        for path in listing.paths {
            for (actor, rank) in path.iter().zip(0..) {
                nodes.push((viewer.actor(*actor), rank));
            }
            let order = order(network, &path, pace);
            let hops = path.windows(2).map(|pair| Hop::new(viewer, network, pair[0], pair[1])).collect();
            let names = path.iter().map(|actor| viewer.name(*actor)).collect();
            paths.push(PathView {
                actors: path.into_iter().map(id).collect(),
                names,
                order,
                cost: listing.cost,
                hops,
            });
        }
        Self {
            a: viewer.actor(a),
            b: viewer.actor(b),
            distance: listing.distance,
            shortest_path_count: listing.count,
            listed: listing.which,
            paths,
            sources: viewer.sources.list(dataset),
            nodes,
        }
    }
}

impl PathsReport {
    /// How long they are, how many, and which are listed.
    fn summary(&self, distance: u32) -> String {
        let hops = if distance == 1 { "1 hop".to_owned() } else { format!("{distance} hops") };
        let listed = self.paths.len() as u64;
        let shortest = match self.shortest_path_count.to_u64() {
            Some(1) => "1 shortest path".to_owned(),
            _ => format!("{} shortest paths", self.shortest_path_count),
        };
        match &self.listed {
            Which::Shortest | Which::Via { .. } if self.shortest_path_count.to_u64() == Some(listed) => {
                format!("{hops}; {shortest}.")
            }
            Which::Shortest => {
                format!("{hops}; {shortest}, of which {listed} are listed (--limit lists more, --all all).")
            }
            Which::Via { .. } => format!(
                "{hops}; {shortest} when legs are put together, of which {listed} are listed (--limit lists more; those \
                 that pass an actor twice are left out)."
            ),
            Which::Simple { longest, are_all, is_truncated, work } => {
                let up_to = longest.map_or_else(String::new, |longest| format!(" of at most {longest} hops"));
                let listed = match (listed, are_all) {
                    (1, true) => format!("the only simple path{up_to} is listed"),
                    (_, true) => format!("all {listed} simple paths{up_to} are listed"),
                    (_, false) => format!("the first {listed} simple paths{up_to} are listed"),
                };
                let bound = if *is_truncated {
                    format!(
                        " The search stopped at its bound after {work} dyads: longer ones may be missing."
                    )
                } else {
                    String::new()
                };
                format!("The shortest: {hops}, {shortest}; {listed}.{bound}")
            }
            Which::Cheapest { formula } => format!(
                "{} It costs {:.4} over {hops}: {formula}.",
                if distance == 1 { "A direct tie." } else { "" },
                self.paths.first().and_then(|path| path.cost).unwrap_or_default()
            )
            .trim_start()
            .to_owned(),
        }
    }
}

impl Report for PathsReport {
    const SCHEMA: &'static str = "chancery/paths/1";

    fn document(&self) -> Document {
        let ends = format!("from {} to {}", self.a.name, self.b.name);
        let mut document = Document::new(match &self.listed {
            Which::Shortest => format!("Shortest paths {ends}"),
            Which::Simple { .. } => format!("Simple paths {ends}"),
            Which::Cheapest { .. } => format!("The cheapest path {ends}"),
            Which::Via { names } => format!("Shortest paths {ends} by way of {}", names.join(", then ")),
        });
        let Some(distance) = self.distance else {
            document.paragraph("No path through this lens; `chancery connect` says why.");
            return document;
        };
        document.paragraph(self.summary(distance));
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

    fn scene(&self, languages: Languages) -> Option<Scene> {
        let distance = self.paths.iter().map(|path| path.hops.len()).max()?;
        let distance = u32::try_from(distance).ok()?;
        let mut picture = Picture::new(
            languages,
            |_, name| format!("{} — {}", name(&self.a), name(&self.b)),
            &self.sources,
        );
        picture.node(&self.a, Role::Terminal, Some(0), 1.0);
        picture.node(&self.b, Role::Terminal, Some(distance), 1.0);
        let mut between: Vec<&(ActorView, u32)> = Vec::new();
        for node in self.nodes.iter().filter(|(_, rank)| *rank > 0 && *rank < distance) {
            let is_end = node.0.actor == self.a.actor || node.0.actor == self.b.actor;
            if !is_end && between.iter().all(|(actor, _)| actor.actor != node.0.actor) {
                between.push(node);
            }
        }
        for (actor, rank) in between.iter().take(BUDGET - 2) {
            picture.node(actor, Role::Connector, Some(*rank), 0.5);
        }
        if between.len() > BUDGET - 2 {
            picture.caption(|language| figure_words::between_drawn(language, BUDGET - 2, between.len()));
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
