//! Whom and what the picture of an answer about several actors has room for.

use crate::{
    analysis::connect::Several,
    dataset::ActorIndex,
    network::Network,
    report::{
        hop::Hop,
        view::{ActorView, Viewer},
    },
};

/// The picture within a budget: whole routes first, the best of each pair and then the rest, and then those who are tied
/// to both ends of a pair, by flow.
pub(super) fn picture(
    viewer: &mut Viewer<'_>,
    network: &Network<'_>,
    several: &Several,
    budget: usize,
) -> (Vec<(ActorView, f64, bool)>, Vec<Hop>) {
    let mut room = budget.saturating_sub(several.actors.len());
    let mut chosen: Vec<ActorIndex> = Vec::new();
    let mut dyads: Vec<(ActorIndex, ActorIndex)> =
        several.pairs.iter().filter(|pair| !pair.direct.is_empty()).map(|pair| (pair.a, pair.b)).collect();
    let most = several.pairs.iter().map(|pair| pair.routes.len()).max().unwrap_or_default();
    let by_turns = (0..most).flat_map(|at| several.pairs.iter().filter_map(move |pair| pair.routes.get(at)));
    let of_joints = several.joints.iter().flat_map(|joint| {
        let near = joint.pairs.iter().map(|number| &several.pairs[*number]);
        near.filter(|pair| pair.distance == Some(2)).map(|pair| vec![pair.a, joint.actor, pair.b])
    });
    let mut ways: Vec<Vec<ActorIndex>> = by_turns.map(|route| route.actors.clone()).collect();
    // A joint of several pairs is worth more than the second route of one.
    let first_turn = several.pairs.iter().filter(|pair| !pair.routes.is_empty()).count();
    ways.splice(first_turn..first_turn, of_joints);
    for way in &ways {
        let is_known = |actor: &ActorIndex| several.actors.contains(actor) || chosen.contains(actor);
        let new: Vec<ActorIndex> = way.iter().filter(|actor| !is_known(actor)).copied().collect();
        if new.len() > room {
            continue;
        }
        room -= new.len();
        chosen.extend(new);
        dyads.extend(way.windows(2).map(|pair| (pair[0], pair[1])));
    }
    let flow = |actor: ActorIndex| several.joints.iter().find(|joint| joint.actor == actor);
    let top = several.joints.first().map_or(1.0, |joint| joint.flow).max(f64::MIN_POSITIVE);
    let drawn = chosen.iter().map(|actor| {
        let joint = flow(*actor);
        let is_agent = joint.is_some_and(|joint| !joint.agent_of.is_empty());
        (viewer.actor(*actor), joint.map_or(0.0, |joint| joint.flow / top), is_agent)
    });
    let drawn = drawn.collect();
    dyads.sort_unstable_by_key(|(a, b)| (*a.min(b), *a.max(b)));
    dyads.dedup_by_key(|(a, b)| (*(&*a).min(&*b), *(&*a).max(&*b)));
    let hops = dyads.into_iter().map(|(from, to)| Hop::new(viewer, network, from, to)).collect();
    (drawn, hops)
}
