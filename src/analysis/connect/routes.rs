//! The routes that an answer shows: short ones with much evidence, or those that say most.

use std::collections::BTreeSet;

use super::{Options, Ranking, Route, weights::Weights};
use crate::{
    analysis::{
        order::Order,
        paths::{Geodesics, Pathfinder, Simple, Without},
    },
    dataset::{ActorIndex, number},
};

/// How many routes are compared at the most.
const COMPARED: usize = 500;

/// λ unless another is asked for: the passage through an actor of d neighbours costs λ·log₂(1 + d), beside the hop.
pub const LAMBDA: f64 = 1.0;

/// The first routes in an order, and whether more were there than were compared.
pub(super) fn routes(
    finder: &mut Pathfinder<'_, '_>,
    weights: &mut Weights<'_, '_>,
    geodesics: &Geodesics,
    options: &Options,
) -> (Vec<Route>, bool) {
    let Options { route_count: count, ranking, lambda, max_hops, .. } = *options;
    let network = finder.network();
    let (a, b) = (geodesics.levels[0][0].actor, geodesics.levels[geodesics.levels.len() - 1][0].actor);
    // Routes that say most may be longer than the shortest ones.
    let enough =
        ranking == Ranking::Short && geodesics.count.to_u64().is_none_or(|shortest| shortest >= count as u64);
    let (paths, bounded) = if enough {
        let paths: Vec<_> = geodesics.paths(network).take(COMPARED).collect();
        let all = geodesics.count.to_u64() == Some(paths.len() as u64);
        (paths, !all)
    } else {
        let without = Without { actors: &[], dyad: network.dataset().dyads().between(a, b) };
        let wanted = Simple {
            limit: COMPARED.min(count * 8),
            longest: max_hops.unwrap_or(u32::MAX),
            ..Simple::default()
        };
        let mut paths = finder.simple_paths(a, b, &without, &wanted).paths;
        if paths.is_empty() {
            // The search was stopped; the shortest are known.
            paths = geodesics.paths(network).take(COMPARED).collect();
        }
        let bounded = paths.len() == COMPARED.min(count * 8);
        if let (true, Some(longest)) = (bounded, paths.last().map(Vec::len)) {
            // The last length may not be complete; keep it only as far as it is needed.
            let shorter = paths.iter().filter(|path| path.len() < longest).count();
            if shorter >= count {
                paths.truncate(shorter);
            }
        }
        (paths, bounded)
    };
    let mut routes: Vec<Route> = paths
        .into_iter()
        .map(|actors| Route {
            cost: cost(weights, &actors),
            passage: passage(weights, lambda, &actors),
            actors,
            order: Order::Possible,
        })
        .collect();
    routes.sort_by(|x, y| {
        let shorter = match ranking {
            Ranking::Short => x.actors.len().cmp(&y.actors.len()),
            Ranking::Interesting => x.passage.total_cmp(&y.passage),
        };
        shorter.then_with(|| x.cost.total_cmp(&y.cost)).then_with(|| x.actors.cmp(&y.actors))
    });
    if ranking == Ranking::Interesting {
        routes = those_that_add_first(routes);
    }
    routes.truncate(count);
    (routes, bounded)
}

/// The same routes, those that add a connector before those that add none, each kind in its order.
fn those_that_add_first(routes: Vec<Route>) -> Vec<Route> {
    let mut known: BTreeSet<ActorIndex> = BTreeSet::new();
    let (mut adding, mut rest) = (Vec::new(), Vec::new());
    for route in routes {
        let between = &route.actors[1..route.actors.len() - 1];
        let adds = between.iter().any(|actor| !known.contains(actor));
        known.extend(between);
        if adds { adding.push(route) } else { rest.push(route) }
    }
    adding.append(&mut rest);
    adding
}

/// The hops, and for each actor between the ends λ·log₂(1 + d), for its d neighbours.
fn passage(weights: &mut Weights<'_, '_>, lambda: f64, actors: &[ActorIndex]) -> f64 {
    let hops = f64::from(number(actors.len() - 1));
    let toll = |actor: &ActorIndex| lambda * f64::from(1 + weights.degree(*actor)).log2();
    hops + actors[1..actors.len() - 1].iter().map(toll).sum::<f64>()
}

fn cost(weights: &mut Weights<'_, '_>, actors: &[ActorIndex]) -> f64 {
    let hop = |pair: &[ActorIndex]| {
        let dyad = weights.network.dyad(pair[0], pair[1]);
        dyad.map_or(0.0, |dyad| 1.0 / weights.strength(dyad))
    };
    actors.windows(2).map(hop).sum()
}
