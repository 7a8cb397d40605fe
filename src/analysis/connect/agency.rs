//! Whom a connector serves: its own side, the other, both, or neither.

use serde::Serialize;

use crate::dataset::{ActorIndex, Agency, Dataset, TieIndex};

/// Whom a connector serves in a question about two actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Serves {
    /// Neither: it stands between them.
    Third,
    /// The first actor: its own official, organ or territory.
    A,
    /// The second actor.
    B,
    /// Both.
    Both,
}

/// Whom a connector serves on the days of its evidence.
///
/// The days are those of its ties that are not themselves agency; of all, where there are no others.
/// On whose behalf a tie says that it was done counts as well.
pub(super) fn serves(
    dataset: &Dataset,
    connector: ActorIndex,
    (a, b): (ActorIndex, ActorIndex),
    evidence: &[TieIndex],
) -> Serves {
    let agency = Agency::of(dataset);
    let deeds: Vec<TieIndex> = evidence.iter().copied().filter(|tie| agency.of_tie(*tie).is_none()).collect();
    let days = if deeds.is_empty() { evidence } else { &deeds };
    let serves = |principal| {
        days.iter().any(|tie| {
            is_on_behalf(dataset, *tie, connector, principal)
                || agency.acts_for(connector, principal, agency.days_of(*tie))
        })
    };
    match (serves(a), serves(b)) {
        (false, false) => Serves::Third,
        (true, false) => Serves::A,
        (false, true) => Serves::B,
        (true, true) => Serves::Both,
    }
}

fn is_on_behalf(dataset: &Dataset, tie: TieIndex, agent: ActorIndex, principal: ActorIndex) -> bool {
    let ties = dataset.ties();
    (ties.source(tie) == agent && ties.source_for(tie) == Some(principal))
        || (ties.target(tie) == agent && ties.target_for(tie) == Some(principal))
}
