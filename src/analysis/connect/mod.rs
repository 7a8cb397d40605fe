//! Who connects two actors: direct ties, routes besides them, connectors, and why there is no answer.

mod agency;
mod connectors;
mod disjoint;
mod dyad_disjoint;
mod evidence;
mod flow;
mod reason;
mod routes;
mod several;
mod tree;
mod weights;

pub use agency::Serves;
pub use connectors::{Connector, Removal};
pub use disjoint::{DISJOINT_LIMIT, Disjoint};
pub use dyad_disjoint::DyadDisjoint;
pub use evidence::Evidence;
pub use flow::{Flow, Solution};
pub use reason::{Part, Reason};
pub use routes::LAMBDA;
pub use several::{Joint, Several, by_way_of};
pub use tree::{Tree, tree};

use std::fmt;

use serde::Serialize;

use crate::{
    dataset::{ActorIndex, Dataset, DyadIndex, TieIndex},
    date::Certainty,
    lens::{Lens, LensError, Predicate},
    model::Channel,
    network::Network,
};

use self::{disjoint::DisjointRoom, weights::Weights};
use super::{
    marks::Marks,
    meter::{Bound, Deadline, Meter, STEPS},
    order::{Order, Pace, order},
    paths::{Count, Geodesics, Pathfinder, Without},
};

/// In which order routes come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ranking {
    /// By hops, then by evidence: the shortest first, of these the best attested.
    #[default]
    Short,
    /// By what the passage costs, hops and λ·log₂(1 + d) for each actor of d neighbours between the ends: past
    /// those whom everybody knows. Routes that add a connector come before those that add none.
    Interesting,
}

/// How much of the answer is worked out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// How many routes are given.
    pub route_count: usize,
    /// Whether contact passes on within a day, for the order of routes in time.
    pub pace: Pace,
    /// In which order routes come.
    pub ranking: Ranking,
    /// What the passage through a well-connected actor costs, beside the hop: λ·log₂(1 + d), for its d neighbours.
    pub lambda: f64,
    /// At most so many steps from an actor to a neighbour are taken.
    pub steps: u64,
    /// Routes of more hops are none.
    pub max_hops: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            route_count: 5,
            pace: Pace::default(),
            ranking: Ranking::default(),
            lambda: LAMBDA,
            steps: STEPS,
            max_hops: None,
        }
    }
}

/// One simple route between two actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The actors on it, both ends included.
    pub actors: Vec<ActorIndex>,
    /// The sum over its hops of 1 ∕ strength: cheap routes have much evidence on each hop.
    pub cost: f64,
    /// Its hops, and λ·log₂(1 + d) for each actor of d neighbours between the ends.
    pub passage: f64,
    /// Whether contact can pass along it, from the first actor to the second, without going back in time.
    pub order: Order,
}

/// Who connects two actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// The first actor.
    pub a: ActorIndex,
    /// The second actor.
    pub b: ActorIndex,
    /// The ties between the two that pass the lens, in order of time.
    pub direct: Vec<TieIndex>,
    /// The ties between the two in channels that are not walked, or that are possible only.
    pub unwalked: Vec<TieIndex>,
    /// How many dyads the shortest route walks, the direct dyad left out; at least 2.
    pub distance: Option<u32>,
    /// How many routes are that short.
    pub shortest_path_count: Count,
    /// Some routes, in the order asked for; in equal places by cost, then ids.
    pub routes: Vec<Route>,
    /// Whether more routes of the last length were there than were compared.
    pub are_routes_bounded: bool,
    /// Everyone on some shortest route, the best connectors first.
    pub connectors: Vec<Connector>,
    /// How many routes share no connector, and a smallest set of actors that parts the two.
    pub disjoint: Disjoint,
    /// How many routes share no dyad, and a smallest set of dyads that parts the two.
    pub dyad_disjoint: DyadDisjoint,
    /// How one unit of current spreads over the routes, when there is one.
    pub flow: Option<Flow>,
    /// Why there is no route, when there is none.
    pub reason: Option<Reason>,
    /// What a bound kept from being worked out, if one did.
    pub truncated: Option<Truncated>,
    /// How many steps were taken.
    pub steps: u64,
}

impl Truncated {
    /// What is not known when a meter has stopped a search; nothing when it has not.
    pub fn by(meter: &Meter<'_>, unknown: Unknown) -> Option<Self> {
        let bound = meter.stopped()?;
        let (limit, steps) = (meter.limit(), meter.taken());
        Some(Self { bound, limit, steps, unknown: vec![unknown], at_least_hops: None })
    }
}

/// A part of an answer that a bound kept from being worked out whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unknown {
    /// How long the shortest routes are.
    Distance,
    /// Other routes than those given.
    Routes,
    /// How much passes through whom.
    Flow,
    /// Other connectors than those given.
    Connectors,
    /// Whether more routes share no connector than were found.
    Disjoint,
    /// Whether more routes share no dyad than were found.
    DyadDisjoint,
    /// Why there is no route, or what else would connect the two.
    Reason,
    /// Whether the tree could hold more actors together, or by fewer ties.
    Tree,
}

/// What a bound left unknown; all that an answer gives holds all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Truncated {
    /// The bound.
    pub bound: Bound,
    /// The most steps that were allowed.
    pub limit: u64,
    /// How many were taken.
    pub steps: u64,
    /// What is not known, or not wholly.
    pub unknown: Vec<Unknown>,
    /// Where the distance is not known: each route has at least so many hops.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least_hops: Option<u32>,
}

/// Answers who connects two actors.
///
/// Numbers leave the direct dyad of the two out: the question is who stands between them.
///
/// # Errors
/// When the lens names a relation or actor that is not there.
///
/// # Complexity
/// That of [`Connections::between`], and time and space O(V + D) for the network of the lens, for V actors and D dyads.
pub fn connect(
    dataset: &Dataset,
    lens: &Lens,
    a: ActorIndex,
    b: ActorIndex,
    options: &Options,
) -> Result<Connection, LensError> {
    let network = Network::between(dataset, lens, &[a, b])?;
    Connections::new(&network).between(a, b, options)
}

impl fmt::Debug for Connections<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").field("finder", &self.finder).finish_non_exhaustive()
    }
}

/// Answers questions about one network, with room that is kept from one to the next.
pub struct Connections<'n, 'd> {
    finder: Pathfinder<'n, 'd>,
    weights: Weights<'n, 'd>,
    places: Marks,
    disjoint: DisjointRoom,
    deadline: Option<Deadline<'n>>,
}

impl<'n, 'd> Connections<'n, 'd> {
    /// For questions about a network; one made for two actors leaves actors of other kinds than the lens asks for
    /// out, except these two.
    ///
    /// # Complexity
    /// Space O(V), once, for V actors.
    pub fn new(network: &'n Network<'d>) -> Self {
        let actor_count = network.dataset().actors().count();
        Self {
            finder: Pathfinder::new(network),
            weights: Weights::new(network),
            places: Marks::new(actor_count),
            disjoint: DisjointRoom::new(actor_count),
            deadline: None,
        }
    }

    /// The same, stopping each question from now on when its time is up. A deadline is asked every 65,536 steps, and an
    /// answer that it cuts off may differ from run to run.
    #[must_use]
    pub fn until(self, deadline: Deadline<'n>) -> Self {
        Self { deadline: Some(deadline), ..self }
    }

    /// Answers who connects two actors, as [`connect`] does.
    ///
    /// # Errors
    /// When the lens names a relation or actor that is not there.
    ///
    /// # Complexity
    /// Time O(c·k) for c connectors and disjoint routes and the k dyads of the actors within half the distance of
    /// either end, O(c·(V + D)) at the worst; evidence O(t log t) for the t ties of the connectors.
    pub fn between(
        &mut self,
        a: ActorIndex,
        b: ActorIndex,
        options: &Options,
    ) -> Result<Connection, LensError> {
        let network = self.finder.network();
        let (dataset, lens) = (network.dataset(), network.predicate().lens());
        let dyad = dataset.dyads().between(a, b);
        let direct: Vec<TieIndex> = dyad.iter().flat_map(|dyad| network.ties_along(a, b, *dyad)).collect();
        let unwalked =
            unwalked(dataset, lens, a, b)?.into_iter().filter(|tie| !direct.contains(tie)).collect();
        let without = Without { actors: &[], dyad };
        let mut connection = Connection {
            a,
            b,
            direct,
            unwalked,
            distance: None,
            shortest_path_count: Count::default(),
            routes: Vec::new(),
            are_routes_bounded: false,
            connectors: Vec::new(),
            disjoint: Disjoint::default(),
            dyad_disjoint: DyadDisjoint::default(),
            flow: None,
            reason: None,
            truncated: None,
            steps: 0,
        };
        self.finder.meter = Meter::new(options.steps, self.deadline);
        match self.finder.geodesics(a, b, &without) {
            Some(geodesics) if options.max_hops.is_some_and(|most| geodesics.distance > most) => {
                connection.reason = Some(Reason::TooLong { distance: geodesics.distance });
            }
            Some(geodesics) => {
                connection.distance = Some(geodesics.distance);
                connection.shortest_path_count = geodesics.count.clone();
                self.besides(&mut connection, &geodesics, dyad, options);
            }
            None if self.finder.meter.stopped().is_some() => {
                let at_least_hops = Some(self.finder.at_least().max(2));
                self.note(&mut connection, Unknown::Distance);
                if let Some(truncated) = &mut connection.truncated {
                    truncated.at_least_hops = at_least_hops;
                }
                connection.reason = Some(Reason::Truncated { at_least: at_least_hops });
            }
            None => {
                let meter = &mut self.finder.meter;
                connection.reason = Some(reason::reason(dataset, lens, (a, b), meter)?);
                self.note(&mut connection, Unknown::Reason);
            }
        }
        connection.steps = self.finder.meter.taken();
        Ok(connection)
    }

    /// All that is said of two actors who are connected, as far as bounds allow.
    fn besides(
        &mut self,
        connection: &mut Connection,
        geodesics: &Geodesics,
        dyad: Option<DyadIndex>,
        options: &Options,
    ) {
        let network = self.finder.network();
        let (a, b) = (connection.a, connection.b);
        (connection.routes, connection.are_routes_bounded) =
            routes::routes(&mut self.finder, &mut self.weights, geodesics, options);
        for route in &mut connection.routes {
            route.order = order(network, &route.actors, options.pace);
        }
        self.note(connection, Unknown::Routes);
        let flow = Flow::between(&mut self.finder, &mut self.weights, &mut self.places, geodesics, dyad);
        self.note(connection, Unknown::Flow);
        connection.connectors =
            connectors::connectors(&mut self.finder, &mut self.places, geodesics, dyad, flow.as_ref());
        self.note(connection, Unknown::Connectors);
        let meter = &mut self.finder.meter;
        connection.disjoint = self.disjoint.disjoint(network, a, b, dyad, meter);
        self.note(connection, Unknown::Disjoint);
        let meter = &mut self.finder.meter;
        connection.dyad_disjoint =
            dyad_disjoint::dyad_disjoint(network, self.disjoint.room(), [a, b], dyad, meter);
        self.note(connection, Unknown::DyadDisjoint);
        connection.flow = flow;
    }

    /// Writes down what is not known for sure if a bound has stopped the search by now.
    fn note(&self, connection: &mut Connection, unknown: Unknown) {
        let meter = &self.finder.meter;
        if meter.stopped().is_none() {
            return;
        }
        match &mut connection.truncated {
            Some(truncated) => truncated.unknown.push(unknown),
            None => connection.truncated = Truncated::by(meter, unknown),
        }
    }
}

/// The ties between two actors in any channel that may have been in force.
fn unwalked(
    dataset: &Dataset,
    lens: &Lens,
    a: ActorIndex,
    b: ActorIndex,
) -> Result<Vec<TieIndex>, LensError> {
    // Most pairs have none at all, whatever the lens.
    let Some(dyad) = dataset.dyads().between(a, b) else { return Ok(Vec::new()) };
    let all =
        Lens { channels: Channel::ALL.into_iter().collect(), certainty: Certainty::Possibly, ..lens.clone() };
    let predicate = Predicate::compile(dataset, &all, &[a, b])?;
    let ties = dataset.dyads().ties(dyad).iter().copied();
    Ok(ties.filter(|tie| predicate.passes(dataset, *tie)).collect())
}
