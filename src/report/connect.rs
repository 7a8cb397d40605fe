//! The answer to "who connects A and B".

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    picture::{BUDGET, Picture, telling},
    sources::SourceView,
    view::{ActorView, TieView, Viewer},
};
use crate::{
    analysis::{
        connect::{Connection, Connector, Evidence, Reason, Removal, Serves},
        paths::Count,
    },
    dataset::{ActorIndex, TieIndex},
    diagram::{Role, Scene},
    model::Polarity,
    network::Network,
};

/// How many ties of a hop the text writes out.
const SHOWN_TIES: usize = 4;

/// One hop of a route.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hop {
    /// The id of the actor it leaves.
    pub source: String,
    /// The id of the actor it reaches.
    pub target: String,
    /// The ties that make it, in order of time.
    pub ties: Vec<TieView>,
}

/// A route from A to B.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RouteView {
    /// The ids of its actors, both ends included.
    pub actors: Vec<String>,
    /// Their names.
    pub names: Vec<String>,
    /// How many dyads it walks.
    pub hop_count: usize,
    /// Σ 1 ∕ strength over its hops.
    pub cost: f64,
    /// Its hops.
    pub hops: Vec<Hop>,
}

/// What is known on one side of a connector.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvidenceView {
    /// How many ties.
    pub tie_count: usize,
    /// How many of them are certain.
    pub certain_count: usize,
    /// How many distinct happenings.
    pub happening_count: usize,
    /// Σ wᵢ ∕ i over the happenings.
    pub strength: f64,
    /// How many distinct references.
    pub reference_count: usize,
    /// The first year, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_year: Option<i32>,
    /// The last year; absent where a tie is still open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_year: Option<i32>,
    /// Ties by polarity.
    pub polarity: BTreeMap<Polarity, usize>,
    /// The ids of the ties.
    pub ties: Vec<String>,
}

/// An actor between A and B.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConnectorView {
    /// Its id, name and kind.
    #[serde(flatten)]
    pub actor: ActorView,
    /// Hops from A.
    pub rank: u32,
    /// Whom it serves: `a`, `b`, `both`, or as a third party neither.
    pub serves: Serves,
    /// The share of shortest routes through it.
    pub share: f64,
    /// What its removal does.
    pub if_removed: Removal,
    /// The strength of its weaker side.
    pub strength: f64,
    /// How many distinct references on both sides.
    pub reference_count: usize,
    /// What is known towards A.
    pub evidence_a: EvidenceView,
    /// What is known towards B.
    pub evidence_b: EvidenceView,
}

/// The answer to "who connects A and B".
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConnectReport {
    /// The first actor.
    pub a: ActorView,
    /// The second actor.
    pub b: ActorView,
    /// The ties between the two that are walked.
    pub direct: Vec<TieView>,
    /// The ties between the two in channels that are not walked.
    pub unwalked: Vec<TieView>,
    /// The length of the shortest routes besides the direct ties.
    pub distance: Option<u32>,
    /// How many they are.
    pub shortest_path_count: Count,
    /// Some of them.
    pub routes: Vec<RouteView>,
    /// Everyone on a shortest route, best first.
    pub connectors: Vec<ConnectorView>,
    /// The code of why there is no route, when there is none.
    pub reason: Option<&'static str>,
    /// What is known of the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_detail: Option<Reason>,
    /// What it cites.
    pub sources: Vec<SourceView>,
    /// The dyads of the picture.
    #[serde(skip)]
    drawn: Vec<Hop>,
}

impl ConnectReport {
    /// The report of a connection found in a network.
    pub fn new(viewer: &mut Viewer<'_>, network: &Network<'_>, connection: &Connection) -> Self {
        let dataset = viewer.dataset();
        let hop = |viewer: &mut Viewer<'_>, pair: &[ActorIndex]| {
            let ties: Vec<TieIndex> =
                network.dyad(pair[0], pair[1]).into_iter().flat_map(|dyad| network.ties(dyad)).collect();
            let id = |actor: ActorIndex| dataset.actors().id(actor).to_owned();
            let ties = ties.into_iter().map(|tie| viewer.tie(tie)).collect();
            Hop { source: id(pair[0]), target: id(pair[1]), ties }
        };
        let direct = connection.direct.iter().map(|tie| viewer.tie(*tie)).collect();
        let mut routes = Vec::new();
        for route in &connection.routes {
            let ids = |actor: &ActorIndex| dataset.actors().id(*actor).to_owned();
            let hops = route.actors.windows(2).map(|pair| hop(viewer, pair)).collect();
            routes.push(RouteView {
                actors: route.actors.iter().map(ids).collect(),
                names: route.actors.iter().map(|actor| dataset.actors().label(*actor).to_owned()).collect(),
                hop_count: route.actors.len() - 1,
                cost: route.cost,
                hops,
            });
        }
        let connectors =
            connection.connectors.iter().map(|connector| connector_view(viewer, connector)).collect();
        // Routes show some of the connectors; the picture holds more, when all are one step from both ends.
        let mut drawn: Vec<Hop> = routes.iter().flat_map(|route: &RouteView| route.hops.clone()).collect();
        if connection.distance == Some(2) {
            for connector in drawn_connectors(&connection.connectors) {
                for pair in [[connection.a, connector.actor], [connector.actor, connection.b]] {
                    drawn.push(hop(viewer, &pair));
                }
            }
        }
        let unwalked = connection.unwalked.iter().map(|tie| viewer.tie(*tie)).collect();
        Self {
            a: viewer.actor(connection.a),
            b: viewer.actor(connection.b),
            direct,
            unwalked,
            distance: connection.distance,
            shortest_path_count: connection.shortest_path_count.clone(),
            routes,
            connectors,
            reason: connection.reason.as_ref().map(Reason::code),
            reason_detail: connection.reason.clone(),
            sources: viewer.sources.list(dataset),
            drawn,
        }
    }

    /// Whether the two are connected at all.
    pub fn is_connected(&self) -> bool {
        self.distance.is_some() || !self.direct.is_empty()
    }

    fn summary(&self) -> String {
        let (a, b) = (&self.a.name, &self.b.name);
        let direct = match self.direct.len() {
            0 => format!("No tie of the walked channels joins {a} and {b} directly."),
            1 => format!("{a} and {b} are tied directly, by 1 tie."),
            count => format!("{a} and {b} are tied directly, by {count} ties."),
        };
        let (Some(distance), connectors) = (self.distance, self.connectors.len()) else {
            return format!("{direct} {}", self.no_route());
        };
        let thirds = self.connectors.iter().filter(|connector| connector.serves == Serves::Third).count();
        let besides = if self.direct.is_empty() { "" } else { "Besides that, " };
        let routes = match self.shortest_path_count.to_u64() {
            Some(1) => "1 shortest route".to_owned(),
            _ => format!("{} shortest routes", self.shortest_path_count),
        };
        let people =
            if connectors == 1 { "1 connector".to_owned() } else { format!("{connectors} connectors") };
        let parties =
            if thirds == 1 { "1 third party".to_owned() } else { format!("{thirds} third parties") };
        let they = if besides.is_empty() { "They" } else { "they" };
        format!(
            "{direct} {besides}{they} are {distance} hops apart: {routes} through {people}, of them {parties}."
        )
    }

    fn no_route(&self) -> String {
        let besides =
            if self.direct.is_empty() { "No route joins them" } else { "No route joins them besides" };
        match &self.reason_detail {
            None => format!("{besides}."),
            Some(Reason::SameActor) => "Both names mean the same actor.".to_owned(),
            Some(Reason::Filtered { parts }) => {
                let ways: Vec<String> = parts
                    .iter()
                    .map(|filtered| {
                        format!("{}: then they are {} hops apart", filtered.part.remedy(), filtered.distance)
                    })
                    .collect();
                format!("{besides} through this lens. What would: {}.", ways.join("; "))
            }
            Some(Reason::NotYet { first_day }) => {
                format!("{besides} yet: the first day on which they may be connected is {first_day}.")
            }
            Some(Reason::PossiblyOnly { hops }) => {
                let hops: Vec<String> = hops.iter().map(|(a, b)| format!("{a} — {b}")).collect();
                format!(
                    "{besides} for certain; possibly one does (in doubt: {}). Ask without --certain.",
                    hops.join(", ")
                )
            }
            Some(Reason::Disconnected { a_component, b_component }) => format!(
                "{besides}: {} can reach {} actors, {} can reach {}, and no chain of ties crosses over.",
                self.a.name,
                a_component - 1,
                self.b.name,
                b_component - 1
            ),
        }
    }

    fn connectors_who(&self, serves: Serves) -> impl Iterator<Item = &ConnectorView> {
        self.connectors.iter().filter(move |connector| connector.serves == serves)
    }
}

/// The connectors that have a place in the picture: third parties first, as many as it holds.
fn drawn_connectors(connectors: &[Connector]) -> impl Iterator<Item = &Connector> {
    let (thirds, agents): (Vec<_>, Vec<_>) =
        connectors.iter().partition(|connector| connector.serves == Serves::Third);
    thirds.into_iter().chain(agents).take(BUDGET - 2)
}

fn connector_view(viewer: &Viewer<'_>, connector: &Connector) -> ConnectorView {
    let ties = viewer.dataset().ties();
    let evidence = |evidence: &Evidence| EvidenceView {
        tie_count: evidence.ties.len(),
        certain_count: evidence.certain_count,
        happening_count: evidence.happening_count,
        strength: evidence.strength,
        reference_count: evidence.references.len(),
        first_year: evidence.first.map(|day| day.ymd().0),
        last_year: evidence.last.map(|day| day.ymd().0),
        polarity: evidence.polarity.clone(),
        ties: evidence.ties.iter().map(|tie| ties.id(*tie).to_owned()).collect(),
    };
    ConnectorView {
        actor: viewer.actor(connector.actor),
        rank: connector.rank,
        serves: connector.serves,
        share: connector.share,
        if_removed: connector.if_removed,
        strength: connector.strength(),
        reference_count: connector.reference_count(),
        evidence_a: evidence(&connector.towards_a),
        evidence_b: evidence(&connector.towards_b),
    }
}

fn removal_text(removal: Removal) -> String {
    match removal {
        Removal::Same => "same".to_owned(),
        Removal::Longer { by } => format!("+{by}"),
        Removal::Disconnected => "cut off".to_owned(),
    }
}

/// Ties and polarity on one side: `17 (12+ 3− 2·)`.
fn side_text(evidence: &EvidenceView) -> String {
    let mut parts = Vec::new();
    for (polarity, sign) in [(Polarity::Positive, "+"), (Polarity::Negative, "−"), (Polarity::Neutral, "·")]
    {
        if let Some(count) = evidence.polarity.get(&polarity) {
            parts.push(format!("{count}{sign}"));
        }
    }
    format!("{} ({})", evidence.tie_count, parts.join(" "))
}

fn span_text(connector: &ConnectorView) -> String {
    let years = [&connector.evidence_a, &connector.evidence_b];
    let first = years.iter().filter_map(|evidence| evidence.first_year).min();
    // While one side is open, so is the whole.
    let last = years.iter().map(|evidence| evidence.last_year).reduce(|x, y| Some(x?.max(y?))).flatten();
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}–{last}"),
        (Some(year), None) => format!("{year}–"),
        (None, Some(year)) => format!("–{year}"),
        (None, None) => String::new(),
    }
}

impl Report for ConnectReport {
    const SCHEMA: &'static str = "chancery/connect/1";

    fn document(&self) -> Document {
        let (a, b) = (&self.a.name, &self.b.name);
        let mut document = Document::new(format!("Who connects {a} and {b}?"));
        document.paragraph(self.summary());
        if !self.direct.is_empty() {
            document.heading(format!("Direct ties ({})", self.direct.len()));
            document.list(self.direct.iter().map(|tie| (tie.line(), Vec::new())).collect());
        }
        if !self.unwalked.is_empty() {
            document
                .heading(format!("Direct ties in channels that are not walked ({})", self.unwalked.len()));
            let line = |tie: &TieView| (format!("{} · {}", tie.line(), tie.channel.as_str()), Vec::new());
            document.list(self.unwalked.iter().map(line).collect());
        }
        let groups = [
            (Serves::Third, "Connectors: third parties".to_owned()),
            (Serves::A, format!("{a}'s own agents")),
            (Serves::B, format!("{b}'s own agents")),
            (Serves::Both, "Agents of both".to_owned()),
        ];
        for (serves, heading) in groups {
            let (to_a, to_b) = (format!("ties to {a}"), format!("ties to {b}"));
            let mut table = Table::new(&[
                "connector",
                "share>",
                "if removed",
                "strength>",
                &to_a,
                &to_b,
                "sources>",
                "years",
            ]);
            for connector in self.connectors_who(serves) {
                table.push(vec![
                    connector.actor.name.clone(),
                    format!("{:.0} %", connector.share * 100.0),
                    removal_text(connector.if_removed),
                    format!("{:.2}", connector.strength),
                    side_text(&connector.evidence_a),
                    side_text(&connector.evidence_b),
                    connector.reference_count.to_string(),
                    span_text(connector),
                ]);
            }
            if !table.rows.is_empty() {
                document.heading(heading);
                document.table(table);
            }
        }
        if !self.routes.is_empty() {
            document.heading(format!("Routes (the first {})", self.routes.len()));
            document.list(self.routes.iter().map(route_item).collect());
        }
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&[
            "actor",
            "name",
            "kind",
            "serves",
            "hops_from_a>",
            "share>",
            "if_removed",
            "strength>",
            "references>",
            "ties_to_a>",
            "ties_to_b>",
            "years",
        ]);
        for connector in &self.connectors {
            table.push(vec![
                connector.actor.actor.clone(),
                connector.actor.name.clone(),
                connector.actor.kind.map_or_else(String::new, |kind| kind.to_string()),
                match connector.serves {
                    Serves::Third => "third",
                    Serves::A => "a",
                    Serves::B => "b",
                    Serves::Both => "both",
                }
                .to_owned(),
                connector.rank.to_string(),
                connector.share.to_string(),
                removal_text(connector.if_removed),
                connector.strength.to_string(),
                connector.reference_count.to_string(),
                connector.evidence_a.tie_count.to_string(),
                connector.evidence_b.tie_count.to_string(),
                span_text(connector),
            ]);
        }
        table
    }

    fn scene(&self) -> Option<Scene> {
        let distance = self.distance.unwrap_or(1);
        let mut picture = Picture::new(format!("{} — {}", self.a.name, self.b.name), &self.sources);
        picture.node(&self.a, Role::Terminal, Some(0), 1.0);
        picture.node(&self.b, Role::Terminal, Some(distance), 1.0);
        // On longer routes a connector alone says nothing: those of the routes shown are drawn.
        let is_drawn = |connector: &&ConnectorView| {
            let id = &connector.actor.actor;
            self.drawn.iter().any(|hop| hop.source == *id || hop.target == *id)
        };
        let order: Vec<&ConnectorView> = self.connectors.iter().filter(is_drawn).take(BUDGET - 2).collect();
        let most = self.connectors.iter().map(|connector| connector.strength).fold(0.0, f64::max);
        for connector in &order {
            let role = if connector.serves == Serves::Third { Role::Connector } else { Role::Agent };
            picture.node(&connector.actor, role, Some(connector.rank), connector.strength / most);
        }
        if self.connectors.len() > order.len() {
            let (drawn, all) = (order.len(), self.connectors.len());
            picture.caption(format!("{drawn} of {all} connectors drawn; the answer lists all."));
        }
        picture.edge(&self.a.actor, &self.b.actor, &self.direct);
        for hop in &self.drawn {
            picture.edge(&hop.source, &hop.target, &hop.ties);
        }
        Some(picture.finish())
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}

fn route_item(route: &RouteView) -> (String, Vec<String>) {
    let mut lines = Vec::new();
    for hop in &route.hops {
        let mut shown: Vec<&TieView> = telling(&hop.ties).into_iter().take(SHOWN_TIES).collect();
        shown.sort_by_key(|tie| hop.ties.iter().position(|other| other.id == tie.id));
        lines.extend(shown.iter().map(|tie| tie.line()));
        if hop.ties.len() > SHOWN_TIES {
            lines.push(format!(
                "… and {} more: chancery timeline {} {}",
                hop.ties.len() - SHOWN_TIES,
                hop.source,
                hop.target
            ));
        }
    }
    (route.names.join(" — "), lines)
}
