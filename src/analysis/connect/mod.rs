//! Who connects two actors: direct ties, routes besides them, connectors, and why there is no answer.

mod agency;
mod connectors;
mod disjoint;
mod dyad_disjoint;
mod evidence;
mod flow;
mod reason;
mod routes;
mod weights;

pub use agency::Serves;
pub use connectors::{Connector, Removal};
pub use disjoint::{DISJOINT_LIMIT, Disjoint};
pub use dyad_disjoint::DyadDisjoint;
pub use evidence::Evidence;
pub use flow::{Flow, Solution};
pub use reason::{Part, Reason};
pub use routes::LAMBDA;

use crate::{
    dataset::{ActorIndex, Dataset, TieIndex},
    date::Certainty,
    lens::{Lens, LensError, Predicate},
    model::Channel,
    network::Network,
};

use self::{disjoint::DisjointRoom, weights::Weights};
use super::{
    marks::Marks,
    order::{Order, Pace, order},
    paths::{Count, Pathfinder, Without},
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many routes are given.
    pub route_count: usize,
    /// Whether contact passes on within a day, for the order of routes in time.
    pub pace: Pace,
    /// In which order routes come.
    pub ranking: Ranking,
}

impl Default for Options {
    fn default() -> Self {
        Self { route_count: 5, pace: Pace::default(), ranking: Ranking::default() }
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

/// Answers questions about one network, with room that is kept from one to the next.
#[derive(Debug)]
pub struct Connections<'n, 'd> {
    finder: Pathfinder<'n, 'd>,
    weights: Weights<'n, 'd>,
    places: Marks,
    disjoint: DisjointRoom,
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
        }
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
        let direct: Vec<TieIndex> = dyad.iter().flat_map(|dyad| network.ties(*dyad)).collect();
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
        };
        match self.finder.geodesics(a, b, &without) {
            Some(geodesics) => {
                connection.distance = Some(geodesics.distance);
                connection.shortest_path_count = geodesics.count.clone();
                (connection.routes, connection.are_routes_bounded) = routes::routes(
                    &mut self.finder,
                    &mut self.weights,
                    &geodesics,
                    options.route_count,
                    options.ranking,
                );
                for route in &mut connection.routes {
                    route.order = order(network, &route.actors, options.pace);
                }
                let flow =
                    Flow::between(&mut self.finder, &mut self.weights, &mut self.places, &geodesics, dyad);
                connection.connectors =
                    connectors::connectors(&mut self.finder, &mut self.places, &geodesics, dyad, &flow);
                connection.disjoint = self.disjoint.disjoint(network, a, b, dyad);
                connection.dyad_disjoint =
                    dyad_disjoint::dyad_disjoint(network, self.disjoint.room(), [a, b], dyad);
                connection.flow = Some(flow);
            }
            None => connection.reason = Some(reason::reason(dataset, lens, a, b)?),
        }
        Ok(connection)
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
