//! Paths between two actors, direct ties included.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    figure_words,
    hop::Hop,
    lang::{Lang, say},
    picture::{BUDGET, Picture, telling},
    sources::SourceView,
    view::{ActorView, Viewer},
    words,
};
use crate::{
    analysis::{
        connect::Truncated,
        order::{Order, Pace, order},
        paths::{Count, Geodesics},
    },
    dataset::ActorIndex,
    diagram::{Languages, Role, Scene},
    network::Network,
};

/// A path.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// What a bound left unknown.
    pub truncated: Option<Truncated>,
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// What a bound left unknown; null where none bit.
    pub truncated: Option<Truncated>,
    /// What they cite.
    pub sources: Vec<SourceView>,
    #[serde(skip)]
    nodes: Vec<(ActorView, u32)>,
    #[serde(skip)]
    lang: Lang,
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
            truncated: listing.truncated,
            sources: viewer.sources.list(dataset),
            nodes,
            lang: viewer.lang(),
        }
    }
}

impl PathsReport {
    /// How long they are, how many, and which are listed.
    fn summary(&self, distance: u32) -> String {
        let lang = self.lang;
        let hops = words::hops(lang, distance);
        let listed = self.paths.len() as u64;
        let shortest = match self.shortest_path_count.to_u64() {
            Some(1) => ["1 shortest path", "最短路徑1條", "最短路径1条"],
            _ => ["{0} shortest paths", "最短路徑{0}條", "最短路径{0}条"],
        };
        let shortest = say(lang, shortest, &[&self.shortest_path_count]);
        match &self.listed {
            Which::Shortest | Which::Via { .. } if self.shortest_path_count.to_u64() == Some(listed) => {
                say(lang, ["{0}; {1}.", "{0}；{1}。", "{0}；{1}。"], &[&hops, &shortest])
            }
            Which::Shortest => {
                let text = [
                    "{0}; {1}, of which {2} are listed (--limit lists more, --all all).",
                    "{0}；{1}，列出其中{2}條（--limit 可列出更多，--all 列出全部）。",
                    "{0}；{1}，列出其中{2}条（--limit 可列出更多，--all 列出全部）。",
                ];
                say(lang, text, &[&hops, &shortest, &listed])
            }
            Which::Via { .. } => {
                let text = [
                    "{0}; {1} when legs are put together, of which {2} are listed (--limit lists more; those that pass an \
                     actor twice are left out).",
                    "{0}；各段相接共有{1}，列出其中{2}條（--limit 可列出更多；兩次經過同一行為者的不計）。",
                    "{0}；各段相接共有{1}，列出其中{2}条（--limit 可列出更多；两次经过同一行为者的不计）。",
                ];
                say(lang, text, &[&hops, &shortest, &listed])
            }
            Which::Simple { longest, are_all, is_truncated, work } => {
                let up_to = longest.map_or_else(String::new, |longest| {
                    let text = [" of at most {0} hops", "不超過{0}步的", "不超过{0}步的"];
                    say(lang, text, &[&longest])
                });
                let listed_text = match (listed, are_all) {
                    (1, true) => [
                        "the only simple path{1} is listed",
                        "唯一一條{1}簡單路徑列於下",
                        "唯一一条{1}简单路径列于下",
                    ],
                    (_, true) => [
                        "all {0} simple paths{1} are listed",
                        "{1}簡單路徑共{0}條，全部列於下",
                        "{1}简单路径共{0}条，全部列于下",
                    ],
                    (_, false) => [
                        "the first {0} simple paths{1} are listed",
                        "列出{1}簡單路徑的前{0}條",
                        "列出{1}简单路径的前{0}条",
                    ],
                };
                let bound = [
                    " The search stopped at its bound after {0} dyads: longer ones may be missing.",
                    "查找在看過{0}對行為者後達到上限：較長的路徑可能未列。",
                    "查找在看过{0}对行为者后达到上限：较长的路径可能未列。",
                ];
                let bound = if *is_truncated { say(lang, bound, &[work]) } else { String::new() };
                let text = [
                    "The shortest: {0}, {1}; {2}.{3}",
                    "最短：{0}，{1}；{2}。{3}",
                    "最短：{0}，{1}；{2}。{3}",
                ];
                say(lang, text, &[&hops, &shortest, &say(lang, listed_text, &[&listed, &up_to]), &bound])
            }
            Which::Cheapest { formula } => {
                let cost = self.paths.first().and_then(|path| path.cost).unwrap_or_default();
                let direct = if distance == 1 {
                    ["A direct tie. ", "直接關係。", "直接关系。"]
                } else {
                    [""; 3]
                };
                let text = [
                    "{0}It costs {1} over {2}: {3}.",
                    "{0}成本{1}，共{2}（{3}）。",
                    "{0}成本{1}，共{2}（{3}）。",
                ];
                say(lang, text, &[&lang.of(direct), &format!("{cost:.4}"), &hops, formula])
            }
        }
    }
}

impl Report for PathsReport {
    const SCHEMA: &'static str = "chancery/paths/1";

    fn document(&self) -> Document {
        let lang = self.lang;
        let title = match &self.listed {
            Which::Shortest => {
                ["Shortest paths from {0} to {1}", "從{0}到{1}的最短路徑", "从{0}到{1}的最短路径"]
            }
            Which::Simple { .. } => {
                ["Simple paths from {0} to {1}", "從{0}到{1}的簡單路徑", "从{0}到{1}的简单路径"]
            }
            Which::Cheapest { .. } => {
                ["The cheapest path from {0} to {1}", "從{0}到{1}成本最低的路徑", "从{0}到{1}成本最低的路径"]
            }
            Which::Via { .. } => [
                "Shortest paths from {0} to {1} by way of {2}",
                "從{0}依次經{2}到{1}的最短路徑",
                "从{0}依次经{2}到{1}的最短路径",
            ],
        };
        let stops = match &self.listed {
            Which::Via { names } => names.join(lang.of([", then ", "、", "、"])),
            Which::Shortest | Which::Simple { .. } | Which::Cheapest { .. } => String::new(),
        };
        let mut document = Document::new(say(lang, title, &[&self.a.name, &self.b.name, &stops]));
        if let Some(truncated) = &self.truncated {
            document.paragraph(words::truncated(lang, truncated));
        }
        let Some(distance) = self.distance else {
            if let Some(hops) = self.truncated.as_ref().and_then(|truncated| truncated.at_least_hops) {
                let text = ["Any path has at least {0}.", "任何路徑至少有{0}。", "任何路径至少有{0}。"];
                document.paragraph(say(lang, text, &[&words::hops(lang, hops)]));
            }
            if self.truncated.is_some() {
                return document;
            }
            document.paragraph(lang.of([
                "No path through this lens; `chancery connect` says why.",
                "在此篩選條件下沒有路徑；`chancery connect` 說明原因。",
                "在此筛选条件下没有路径；`chancery connect` 说明原因。",
            ]));
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
                        count => words::and_more(lang, &tie.line(), count - 1),
                    });
                    let head = format!("{} · {}", path.names.join(" — "), words::in_time(lang, path.order));
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
