//! The routes that an answer shows: short ones, and of those the ones with most evidence.

use super::{Route, evidence::Evidence};
use crate::{
    analysis::{
        order::Order,
        paths::{Geodesics, Pathfinder},
    },
    dataset::ActorIndex,
    network::Network,
};

/// How many routes are compared at the most.
const COMPARED: usize = 500;

/// The first `count` routes by length, cost and ids, and whether more were there than were compared.
pub(super) fn routes(finder: &Pathfinder<'_, '_>, geodesics: &Geodesics, count: usize) -> (Vec<Route>, bool) {
    let network = finder.network();
    let (a, b) = (geodesics.levels[0][0].actor, geodesics.levels[geodesics.levels.len() - 1][0].actor);
    let enough = geodesics.count.to_u64().is_none_or(|shortest| shortest >= count as u64);
    let (paths, bounded) = if enough {
        let paths = geodesics.paths(network, COMPARED);
        let all = geodesics.count.to_u64() == Some(paths.len() as u64);
        (paths, !all)
    } else {
        let mut paths = finder.simple_paths(a, b, COMPARED.min(count * 8));
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
        .map(|actors| Route { cost: cost(network, &actors), actors, order: Order::Possible })
        .collect();
    routes.sort_by(|x, y| {
        x.actors
            .len()
            .cmp(&y.actors.len())
            .then_with(|| x.cost.total_cmp(&y.cost))
            .then_with(|| x.actors.cmp(&y.actors))
    });
    routes.truncate(count);
    (routes, bounded)
}

fn cost(network: &Network<'_>, actors: &[ActorIndex]) -> f64 {
    let hop = |pair: &[ActorIndex]| {
        let ties = network.dyad(pair[0], pair[1]).into_iter().flat_map(|dyad| network.ties(dyad));
        1.0 / Evidence::weigh(network, ties).strength
    };
    actors.windows(2).map(hop).sum()
}
