//! The answer to "who connects A and B".

mod refusal;
mod scene;
mod several;
mod drawn;
mod notes;
mod words;

use std::collections::BTreeMap;

use serde::Serialize;

pub use refusal::{NoActor, Refusal};
pub use several::{JointView, PairView, SeveralReport, TreeView};

use super::{
    answer::Report,
    document::{Document, Table},
    hop::Hop,
    lang::Lang,
    picture::BUDGET,
    sources::SourceView,
    view::{ActorView, TieView, Viewer},
};
use crate::{
    analysis::{
        connect::{
            Connection, Connector, Evidence, Flow, Options, Reason, Removal, Route, Serves, Solution,
            Truncated,
        },
        order::Order,
        paths::Count,
    },
    dataset::{Dataset, DyadIndex},
    diagram::{Languages, Scene},
    lens::Direction,
    model::Polarity,
    network::Network,
};

/// A route from A to B.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RouteView {
    /// The ids of its actors, both ends included.
    pub actors: Vec<String>,
    /// Their names.
    pub names: Vec<String>,
    /// How many dyads it walks.
    pub hop_count: usize,
    /// Σ 1 ∕ strength over its hops.
    pub cost: f64,
    /// Its hops, and λ·log₂(1 + d) for each actor of d neighbours between the ends.
    pub passage: f64,
    /// Whether contact can pass along it without going back in time: `certain`, `possible` or `against-time`.
    pub order: Order,
    /// Its hops.
    pub hops: Vec<Hop>,
}

impl RouteView {
    fn new(viewer: &mut Viewer<'_>, network: &Network<'_>, route: &Route) -> Self {
        let hops = route.actors.windows(2).map(|pair| Hop::new(viewer, network, pair[0], pair[1])).collect();
        Self {
            actors: route.actors.iter().map(|actor| viewer.id(*actor)).collect(),
            names: route.actors.iter().map(|actor| viewer.name(*actor)).collect(),
            hop_count: route.actors.len() - 1,
            cost: route.cost,
            passage: route.passage,
            order: route.order,
            hops,
        }
    }
}

/// What is known on one side of a connector.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// How much of one unit of current from A to B passes through it.
    pub flow: f64,
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

/// Two actors and how well the ties between them conduct.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WireView {
    /// The id of the one.
    pub source: String,
    /// The id of the other.
    pub target: String,
    /// The strength of the ties between them.
    pub conductance: f64,
}

/// How one unit of current from A to B was worked out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FlowView {
    /// How many actors it spreads over.
    pub actor_count: usize,
    /// How many dyads.
    pub dyad_count: usize,
    /// Routes of at most so many hops make the region; longer ones are left out.
    pub hop_limit: u32,
    /// The resistance between A and B.
    pub resistance: f64,
    /// How the equations were solved.
    #[serde(flatten)]
    pub solution: Solution,
    /// The dyads of the region, where they are at most 1,000.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dyads: Vec<WireView>,
}

/// So many dyads of a region are listed.
const WIRE_LIMIT: usize = 1000;

fn dyad_ids(viewer: &Viewer<'_>, dyad: DyadIndex) -> (String, String) {
    let (low, high) = viewer.dataset().dyads().ends(dyad);
    (viewer.id(low), viewer.id(high))
}

fn flow_view(viewer: &Viewer<'_>, flow: &Flow) -> FlowView {
    let listed = if flow.dyads.len() > WIRE_LIMIT { &[][..] } else { &flow.dyads };
    let wire = |(dyad, conductance): &(DyadIndex, f64)| {
        let (source, target) = dyad_ids(viewer, *dyad);
        WireView { source, target, conductance: *conductance }
    };
    FlowView {
        actor_count: flow.region.len(),
        dyad_count: flow.dyads.len(),
        hop_limit: flow.hop_limit,
        resistance: flow.resistance,
        solution: flow.solution,
        dyads: listed.iter().map(wire).collect(),
    }
}

/// The answer to "who connects A and B".
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// How many actors stand on shortest routes, as far as is known.
    pub connector_count: usize,
    /// How many of them are third parties.
    pub third_party_count: usize,
    /// Everyone on a shortest route, best first; fewer under a budget.
    pub connectors: Vec<ConnectorView>,
    /// How many routes share no connector.
    pub disjoint_count: u32,
    /// Whether there may be more of them than were looked for.
    pub disjoint_is_bounded: bool,
    /// The ids of a smallest set of actors without whom no route joins A and B.
    pub cut: Vec<String>,
    /// Their names.
    pub cut_names: Vec<String>,
    /// How many routes share no dyad.
    pub dyad_disjoint_count: u32,
    /// Whether there may be more of them than were looked for.
    pub dyad_disjoint_is_bounded: bool,
    /// A smallest set of dyads without which no route joins A and B, each as the ids of its actors.
    pub dyad_cut: Vec<(String, String)>,
    /// How the current was worked out, when there is a route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<FlowView>,
    /// The code of why there is no route, when there is none.
    pub reason: Option<&'static str>,
    /// What is known of the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_detail: Option<Reason>,
    /// What a bound left unknown; null where none bit.
    pub truncated: Option<Truncated>,
    /// What it cites.
    pub sources: Vec<SourceView>,
    /// The most actors that are shown.
    #[serde(skip)]
    budget: Option<usize>,
    /// The dyads of the picture.
    #[serde(skip)]
    drawn: Vec<Hop>,
    /// Whether connectors are listed apart by kind.
    #[serde(skip)]
    is_by_kind: bool,
    /// Which way routes walk ties.
    #[serde(skip)]
    direction: Direction,
    /// The language in which it is told.
    #[serde(skip)]
    lang: Lang,
}

impl ConnectReport {
    /// The report of a connection found in a network; under a budget no more actors are shown than it says, the two ends
    /// among them.
    pub fn new(
        viewer: &mut Viewer<'_>,
        network: &Network<'_>,
        connection: &Connection,
        budget: Option<usize>,
    ) -> Self {
        let dataset = viewer.dataset();
        let direct = connection.direct.iter().map(|tie| viewer.tie(*tie)).collect();
        let mut routes = Vec::new();
        for route in &connection.routes {
            routes.push(RouteView::new(viewer, network, route));
        }
        let shown = budget.map_or(usize::MAX, |budget| budget.saturating_sub(2));
        let connectors = connection.connectors.iter().take(shown);
        let connectors = connectors.map(|connector| connector_view(viewer, connector)).collect();
        // Routes show some of the connectors; the picture holds more, when all are one step from both ends.
        let mut drawn: Vec<Hop> = routes.iter().flat_map(|route: &RouteView| route.hops.clone()).collect();
        if connection.distance == Some(2) {
            for connector in drawn_connectors(&connection.connectors, budget.unwrap_or(BUDGET)) {
                drawn.push(Hop::new(viewer, network, connection.a, connector.actor));
                drawn.push(Hop::new(viewer, network, connector.actor, connection.b));
            }
        }
        let cut = &connection.disjoint.cut;
        let unwalked = connection.unwalked.iter().map(|tie| viewer.tie(*tie)).collect();
        Self {
            a: viewer.actor(connection.a),
            b: viewer.actor(connection.b),
            direct,
            unwalked,
            distance: connection.distance,
            shortest_path_count: connection.shortest_path_count.clone(),
            routes,
            connector_count: connection.connectors.len(),
            third_party_count: connection.connectors.iter().filter(|one| one.serves == Serves::Third).count(),
            connectors,
            disjoint_count: connection.disjoint.count,
            disjoint_is_bounded: connection.disjoint.is_bounded,
            cut: cut.iter().map(|actor| viewer.id(*actor)).collect(),
            cut_names: cut.iter().map(|actor| viewer.name(*actor)).collect(),
            dyad_disjoint_count: connection.dyad_disjoint.count,
            dyad_disjoint_is_bounded: connection.dyad_disjoint.is_bounded,
            dyad_cut: connection.dyad_disjoint.cut.iter().map(|dyad| dyad_ids(viewer, *dyad)).collect(),
            flow: connection.flow.as_ref().map(|flow| flow_view(viewer, flow)),
            reason: connection.reason.as_ref().map(Reason::code),
            reason_detail: connection.reason.clone(),
            truncated: connection.truncated.clone(),
            sources: viewer.sources.list(dataset),
            budget,
            drawn,
            direction: network.predicate().lens().direction,
            is_by_kind: false,
            lang: viewer.lang(),
        }
    }

    /// The same with connectors listed apart by kind, each kind in their order, the kind of the first connector first.
    #[must_use]
    pub fn by_kind(mut self) -> Self {
        let mut kinds = Vec::new();
        for connector in &self.connectors {
            if !kinds.contains(&connector.actor.kind) {
                kinds.push(connector.actor.kind);
            }
        }
        // The sort is stable.
        self.connectors.sort_by_key(|one| kinds.iter().position(|kind| *kind == one.actor.kind));
        Self { is_by_kind: true, ..self }
    }

    /// What the reader must know of how the answer was come by.
    pub fn notes(&self, dataset: &Dataset, connection: &Connection, options: &Options) -> Vec<String> {
        notes::notes(self, dataset, connection, options)
    }

    /// Whether the two are connected at all.
    pub fn is_connected(&self) -> bool {
        self.distance.is_some() || !self.direct.is_empty()
    }
}

/// The connectors that have a place in the picture: third parties first, as many as it holds.
fn drawn_connectors(connectors: &[Connector], budget: usize) -> impl Iterator<Item = &Connector> {
    let (thirds, agents): (Vec<_>, Vec<_>) =
        connectors.iter().partition(|connector| connector.serves == Serves::Third);
    thirds.into_iter().chain(agents).take(budget.saturating_sub(2))
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
        flow: connector.flow,
        if_removed: connector.if_removed,
        strength: connector.strength(),
        reference_count: connector.reference_count(),
        evidence_a: evidence(&connector.towards_a),
        evidence_b: evidence(&connector.towards_b),
    }
}

impl Report for ConnectReport {
    const SCHEMA: &'static str = "chancery/connect/1";

    fn document(&self) -> Document {
        words::document(self)
    }

    fn table(&self) -> Table {
        words::table(self)
    }

    fn scene(&self, languages: Languages) -> Option<Scene> {
        Some(scene::scene(self, languages))
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
