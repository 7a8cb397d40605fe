//! Degree: how many others an actor is tied to.

use crate::{dataset::number, network::Network};

/// The degree of every actor: the number of other actors that a tie joins it to.
///
/// Direction is ignored and parallel ties count as one, so this is the number of live dyads. One value
/// an actor of the dataset, in the order of its rows; actors that the lens leaves out have 0, as have
/// isolated ones.
///
/// # Complexity
/// Time O(V + E) and space O(V + D) the first time that the network is swept, then time O(V), for V
/// actors, E ties and D dyads.
///
/// # Examples
/// In the path `a – b – c`, `b` has 2 and the others 1.
///
/// # References
/// Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. *Social Networks*
/// 1(3), 215–239. <https://doi.org/10.1016/0378-8733(78)90021-7>
pub fn degree(network: &Network<'_>) -> Vec<f64> {
    let compact = network.compact();
    let degree = |actor| f64::from(number(compact.neighbours(actor).len()));
    network.dataset().actors().all().map(degree).collect()
}
