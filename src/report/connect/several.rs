//! The answer to "who connects A, B, C …": which of them are connected, through whom, and a tree that holds them.

use serde::Serialize;

use super::{RouteView, drawn::picture};
use crate::{
    analysis::{
        connect::{Connection, Joint, Reason, Several, Tree, Truncated},
        paths::Count,
    },
    dataset::ActorIndex,
    diagram::{Languages, Role, Scene},
    network::Network,
    report::{
        answer::Report,
        document::{Document, Table},
        figure_words,
        hop::Hop,
        lang::{Lang, say},
        picture::{BUDGET, Picture, telling},
        sources::SourceView,
        view::{ActorView, Viewer},
        words,
    },
};

/// Two of those asked about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PairView {
    /// The id of the one.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// How many ties join the two directly.
    pub direct_count: usize,
    /// The length of the shortest routes besides these ties.
    pub distance: Option<u32>,
    /// How many they are.
    pub shortest_path_count: Count,
    /// How many actors stand on them, others asked about among them.
    pub connector_count: usize,
    /// How many routes of any length share no connector.
    pub disjoint_count: u32,
    /// The code of why there is no route, when there is none.
    pub reason: Option<&'static str>,
    /// What is known of the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_detail: Option<Reason>,
}

/// An actor that stands between some of those asked about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JointView {
    /// Its id, name and kind.
    #[serde(flatten)]
    pub actor: ActorView,
    /// The sum over all pairs of what passes through it of one unit between the two.
    pub flow: f64,
    /// Between how many pairs it stands on a shortest route.
    pub pair_count: usize,
    /// The ids of those asked about that it ties together.
    pub terminals: Vec<String>,
    /// The ids of those asked about for whom it acts.
    pub agent_of: Vec<String>,
}

/// A tree that holds those asked about together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TreeView {
    /// How many dyads it walks; no tree walks fewer than half as many.
    pub hop_count: usize,
    /// The actors on it that were not asked about.
    pub between: Vec<ActorView>,
    /// Its dyads.
    pub hops: Vec<Hop>,
}

/// Who connects several actors.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SeveralReport {
    /// Those asked about.
    pub terminals: Vec<ActorView>,
    /// Whether all of them are connected, directly or not.
    pub is_connected: bool,
    /// The ids of those that are connected with one another, part by part.
    pub parts: Vec<Vec<String>>,
    /// Each two of them.
    pub pairs: Vec<PairView>,
    /// How many others stand on shortest routes.
    pub connector_count: usize,
    /// Those others, by flow, then the number of pairs, then id; fewer under a budget.
    pub connectors: Vec<JointView>,
    /// A tree that holds them together, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tree: Option<TreeView>,
    /// The best routes of each pair.
    pub routes: Vec<RouteView>,
    /// What a bound left unknown; null where none bit.
    pub truncated: Option<Truncated>,
    /// What it cites.
    pub sources: Vec<SourceView>,
    /// The actors of the picture besides those asked about, with their part of the most flow.
    #[serde(skip)]
    drawn: Vec<(ActorView, f64, bool)>,
    /// The dyads of the picture.
    #[serde(skip)]
    hops: Vec<Hop>,
    #[serde(skip)]
    budget: Option<usize>,
    /// Whether the first and the last are asked about, by way of the others.
    #[serde(skip)]
    is_chain: bool,
    #[serde(skip)]
    lang: Lang,
}

impl SeveralReport {
    /// The report of what was found among several actors in a network; under a budget no more actors are shown than it says,
    /// those asked about among them.
    pub fn new(
        viewer: &mut Viewer<'_>,
        network: &Network<'_>,
        (several, tree): (&Several, Option<&Tree>),
        budget: Option<usize>,
    ) -> Self {
        let id = |viewer: &Viewer<'_>, actor: ActorIndex| viewer.id(actor);
        let ids = |viewer: &Viewer<'_>, actors: &[ActorIndex]| -> Vec<String> {
            actors.iter().map(|actor| viewer.id(*actor)).collect()
        };
        let pair = |viewer: &Viewer<'_>, pair: &Connection| PairView {
            a: id(viewer, pair.a),
            b: id(viewer, pair.b),
            direct_count: pair.direct.len(),
            distance: pair.distance,
            shortest_path_count: pair.shortest_path_count.clone(),
            connector_count: pair.connectors.len(),
            disjoint_count: pair.disjoint.count,
            reason: pair.reason.as_ref().map(Reason::code),
            reason_detail: pair.reason.clone(),
        };
        let joint = |viewer: &Viewer<'_>, joint: &Joint| JointView {
            actor: viewer.actor(joint.actor),
            flow: joint.flow,
            pair_count: joint.pairs.len(),
            terminals: ids(viewer, &several.joined_by(joint)),
            agent_of: ids(viewer, &joint.agent_of),
        };
        let shown = budget.map_or(usize::MAX, |budget| budget.saturating_sub(several.actors.len()));
        let hop = |viewer: &mut Viewer<'_>, (from, to): &(ActorIndex, ActorIndex)| {
            Hop::new(viewer, network, *from, *to)
        };
        let tree = tree.map(|tree| TreeView {
            hop_count: tree.hops.len(),
            between: tree.between.iter().map(|actor| viewer.actor(*actor)).collect(),
            hops: tree.hops.iter().map(|pair| hop(viewer, pair)).collect(),
        });
        let routes = several.pairs.iter().flat_map(|pair| &pair.routes);
        let routes = routes.map(|route| RouteView::new(viewer, network, route)).collect();
        let (drawn, hops) = match &tree {
            // A tree that was asked for is what is drawn.
            Some(tree) => {
                (tree.between.iter().map(|actor| (actor.clone(), 0.5, false)).collect(), tree.hops.clone())
            }
            None => picture(viewer, network, several, budget.unwrap_or(BUDGET)),
        };
        let place = |at: &usize| several.actors[*at];
        let parts = several.parts.iter().map(|part| part.iter().map(|at| viewer.id(place(at))).collect());
        Self {
            terminals: several.actors.iter().map(|actor| viewer.actor(*actor)).collect(),
            is_connected: several.parts.len() == 1,
            parts: parts.collect(),
            pairs: several.pairs.iter().map(|one| pair(viewer, one)).collect(),
            connector_count: several.joints.len(),
            connectors: several.joints.iter().take(shown).map(|one| joint(viewer, one)).collect(),
            tree,
            routes,
            truncated: several.truncated.clone(),
            sources: viewer.sources.list(viewer.dataset()),
            drawn,
            hops,
            budget,
            is_chain: several.is_chain,
            lang: viewer.lang(),
        }
    }

    /// What the reader must know of how the answer was come by.
    pub fn notes(&self) -> Vec<String> {
        let lang = self.lang;
        let mut notes = Vec::new();
        if !self.connectors.is_empty() {
            let order = [
                "Connectors stand in order of flow: the sum over all pairs of what passes through each of one unit of current \
                 between the two; then of the number of pairs between which they stand on a shortest route, then of id. Numbers \
                 of a pair leave the direct ties of the two out.",
                "中介依流量排序：每對之間各有一單位電流，對所有各對求經過該中介的總和；其次依其位於最短路徑上的對數，再依代號。各對的數字\
                 不計兩者的直接關係。",
                "中介依流量排序：每对之间各有一单位电流，对所有各对求经过该中介的总和；其次依其位于最短路径上的对数，再依代号。各对的数字\
                 不计两者的直接关系。",
            ];
            notes.push(lang.of(order).to_owned());
        }
        if let Some(budget) = self.budget.filter(|_| self.connectors.len() < self.connector_count) {
            notes.push(words::budget(lang, self.connectors.len(), self.connector_count, budget));
        }
        if self.is_chain {
            let legs = [
                "Each leg is answered for itself, by routes that pass none of the other stops; two legs may pass the same actor.",
                "每一段各自作答，其路徑不經過其他停靠者；兩段可能經過同一個行為者。",
                "每一段各自作答，其路径不经过其他停靠者；两段可能经过同一个行为者。",
            ];
            notes.push(lang.of(legs).to_owned());
        }
        if self.tree.is_some() {
            let tree = [
                "The tree walks at most twice as many dyads as the smallest one (Kou, Markowsky and Berman 1981).",
                "此樹所走的步數不超過最小者的兩倍。",
                "此树所走的步数不超过最小者的两倍。",
            ];
            notes.push(lang.of(tree).to_owned());
        }
        notes
    }

    fn name(&self, id: &str) -> String {
        let found = self.terminals.iter().find(|terminal| terminal.actor == id);
        found.map_or_else(|| id.to_owned(), |terminal| terminal.name.clone())
    }

    fn names(&self, ids: &[String]) -> String {
        ids.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(self.lang.of([", ", "、", "、"]))
    }

    /// Which of them are connected, and by how many others.
    fn summary(&self) -> String {
        let (lang, count) = (self.lang, self.terminals.len());
        let connected = if self.is_connected {
            say(lang, ["All {0} are connected.", "{0}者彼此相連。", "{0}者彼此相连。"], &[&count])
        } else {
            let parts: Vec<String> = self.parts.iter().map(|part| self.names(part)).collect();
            say(
                lang,
                [
                    "They fall into {0} parts that are not connected: {1}.",
                    "分為互不相連的{0}部分：{1}。",
                    "分为互不相连的{0}部分：{1}。",
                ],
                &[&parts.len(), &parts.join(lang.of(["; ", "；", "；"]))],
            )
        };
        let most =
            self.connectors.first().filter(|_| self.pairs.len() > 1).map_or_else(String::new, |first| {
                let text = [
                    " {0} stands between most of them: on shortest routes of {1} of {2} pairs.",
                    "流量最大的是{0}：位於{2}對中{1}對的最短路徑上。",
                    "流量最大的是{0}：位于{2}对中{1}对的最短路径上。",
                ];
                say(lang, text, &[&first.actor.name, &first.pair_count, &self.pairs.len()])
            });
        let others = match (self.connector_count, lang) {
            (1, Lang::English) => "1 other stands".to_owned(),
            (others, _) => say(lang, ["{0} others stand", "{0}個", "{0}个"], &[&others]),
        };
        say(
            lang,
            [
                "{0} {1} on shortest routes between them.{2}",
                "{0}位於其間最短路徑上的其他行為者有{1}。{2}",
                "{0}位于其间最短路径上的其他行为者有{1}。{2}",
            ],
            &[&connected, &others, &most],
        )
    }

    fn pair_table(&self) -> Table {
        let lang = self.lang;
        let mut table = Table::new(&[
            lang.of(["pair", "兩者", "两者"]),
            lang.of(["direct ties>", "直接關係>", "直接关系>"]),
            lang.of(["hops besides>", "此外步數>", "此外步数>"]),
            lang.of(["shortest routes>", "最短路徑>", "最短路径>"]),
            lang.of(["connectors>", "中介>", "中介>"]),
            lang.of(["without shared connector>", "無共同中介>", "无共同中介>"]),
        ]);
        for pair in &self.pairs {
            table.push(vec![
                format!("{} — {}", self.name(&pair.a), self.name(&pair.b)),
                pair.direct_count.to_string(),
                pair.distance.map_or_else(|| "–".to_owned(), |distance| distance.to_string()),
                pair.shortest_path_count.to_string(),
                pair.connector_count.to_string(),
                pair.disjoint_count.to_string(),
            ]);
        }
        table
    }
}

impl Report for SeveralReport {
    const SCHEMA: &'static str = "chancery/connect-several/1";

    fn document(&self) -> Document {
        let lang = self.lang;
        let names: Vec<&str> = self.terminals.iter().map(|terminal| terminal.name.as_str()).collect();
        let title = match names.as_slice() {
            [first, stops @ .., last] if self.is_chain => {
                let title = [
                    "Who connects {0} by way of {1}?",
                    "{0}之間經由{1}由誰連接？",
                    "{0}之间经由{1}由谁连接？",
                ];
                say(lang, title, &[&words::and(lang, &[first, last]), &words::and(lang, stops)])
            }
            _ => {
                let title = ["Who connects {0}?", "{0}之間由誰連接？", "{0}之间由谁连接？"];
                say(lang, title, &[&words::and(lang, &names)])
            }
        };
        let mut document = Document::new(title);
        document.paragraph(self.summary());
        if let Some(truncated) = &self.truncated {
            document.paragraph(words::truncated(lang, truncated));
        }
        for pair in self.pairs.iter().filter(|pair| pair.distance.is_none() && pair.direct_count == 0) {
            let ends = (self.name(&pair.a), self.name(&pair.b));
            let why = words::no_route(lang, (&ends.0, &ends.1), false, pair.reason_detail.as_ref());
            let text = ["{0} and {1}: {2}", "{0}與{1}：{2}", "{0}与{1}：{2}"];
            document.paragraph(say(lang, text, &[&ends.0, &ends.1, &why]));
        }
        document.heading(lang.of(if self.is_chain {
            ["Leg by leg", "逐段", "逐段"]
        } else {
            ["Pair by pair", "逐對", "逐对"]
        }));
        document.table(self.pair_table());
        if let Some(tree) = &self.tree {
            let heading = ["A tree that holds them: {0}", "連起各方的樹：{0}", "连起各方的树：{0}"];
            let count = u32::try_from(tree.hop_count).unwrap_or(u32::MAX);
            document.heading(say(lang, heading, &[&words::hops(lang, count)]));
            let line = |hop: &Hop| {
                let ties = telling(&hop.ties);
                let line = ties.first().map(|tie| tie.line()).unwrap_or_default();
                let more = ties.len().saturating_sub(1);
                (if more == 0 { line } else { words::and_more(lang, &line, more) }, Vec::new())
            };
            document.list(tree.hops.iter().map(line).collect());
        }
        let mut table = Table::new(&[
            lang.of(["connector", "中介", "中介"]),
            lang.of(["flow>", "流量>", "流量>"]),
            lang.of(["pairs>", "對數>", "对数>"]),
            lang.of(["ties together", "連起", "连起"]),
            lang.of(["acts for", "代表", "代表"]),
        ]);
        for connector in &self.connectors {
            table.push(vec![
                connector.actor.name.clone(),
                format!("{:.2}", connector.flow),
                connector.pair_count.to_string(),
                self.names(&connector.terminals),
                self.names(&connector.agent_of),
            ]);
        }
        if !table.rows.is_empty() {
            document.heading(lang.of(["Connectors", "中介", "中介"]));
            document.table(table);
        }
        if !self.routes.is_empty() {
            document.heading(lang.of(["Routes", "路徑", "路径"]));
            document.list(self.routes.iter().map(|route| super::words::route_item(lang, route)).collect());
        }
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["actor", "name", "kind", "flow>", "pairs>", "terminals", "agent_of"]);
        for connector in &self.connectors {
            table.push(vec![
                connector.actor.actor.clone(),
                connector.actor.name.clone(),
                connector.actor.kind.map_or_else(String::new, |kind| kind.to_string()),
                connector.flow.to_string(),
                connector.pair_count.to_string(),
                connector.terminals.join(" "),
                connector.agent_of.join(" "),
            ]);
        }
        table
    }

    fn scene(&self, languages: Languages) -> Option<Scene> {
        let title = |_, name: for<'a> fn(&'a ActorView) -> &'a str| {
            self.terminals.iter().map(name).collect::<Vec<_>>().join(" — ")
        };
        let mut picture = Picture::new(languages, title, &self.sources);
        for terminal in &self.terminals {
            picture.node(terminal, Role::Terminal, None, 1.0);
        }
        for (actor, weight, is_agent) in &self.drawn {
            picture.node(actor, if *is_agent { Role::Agent } else { Role::Connector }, None, *weight);
        }
        if self.tree.is_none() && self.connector_count > self.drawn.len() {
            let (drawn, all) = (self.drawn.len(), self.connector_count);
            picture.caption(|language| figure_words::connectors_drawn(language, drawn, all));
        }
        for hop in &self.hops {
            picture.edge(&hop.source, &hop.target, &hop.ties);
        }
        Some(picture.finish())
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
