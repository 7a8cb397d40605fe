//! Who acts for whom: a state's officials, organs and representatives, and the territories it governs.

use serde::Serialize;

use crate::{
    dataset::{ActorIndex, Dataset, TieIndex},
    date::{Day, Status, Window, verdict},
    model::Channel,
};

/// How many steps of agency are followed: an official of an office of a ministry of a state.
const STEPS: usize = 4;

/// Whom a connector serves in a question about two actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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

/// The agency relations of a dataset.
#[derive(Clone, Copy, Debug)]
pub struct Agency<'d> {
    dataset: &'d Dataset,
    /// The source governs, so it is the target that acts for it.
    governs: Option<u16>,
    /// One deed by order is no standing agency.
    order: Option<u16>,
}

impl<'d> Agency<'d> {
    /// The agency relations of a dataset.
    pub fn of(dataset: &'d Dataset) -> Self {
        let find = |id| dataset.vocabulary().find(id);
        Self { dataset, governs: find("governs"), order: find("order") }
    }

    /// Whether a tie makes one of its ends act for the other: the agent and whom it acts for.
    pub fn of_tie(&self, tie: TieIndex) -> Option<(ActorIndex, ActorIndex)> {
        let ties = self.dataset.ties();
        let relation = ties.relation(tie);
        if self.dataset.vocabulary().relation(relation).channel != Channel::Agency
            || Some(relation) == self.order
        {
            return None;
        }
        let (source, target) = (ties.source(tie), ties.target(tie));
        Some(if Some(relation) == self.governs { (target, source) } else { (source, target) })
    }

    /// Whether an actor may have acted for another on some day of a window, directly or through others.
    ///
    /// # Complexity
    /// Time O(k) for the ties k of the actors within four steps.
    pub fn acts_for(&self, agent: ActorIndex, principal: ActorIndex, window: Window) -> bool {
        let mut reached = vec![agent];
        let mut begin = 0;
        for _ in 0..STEPS {
            let end = reached.len();
            for at in begin..end {
                for (neighbour, dyad) in self.dataset.dyads().neighbours(reached[at]) {
                    let acts = self.dataset.dyads().ties(*dyad).iter().any(|tie| {
                        self.of_tie(*tie) == Some((reached[at], *neighbour)) && self.is_possible(*tie, window)
                    });
                    if acts && *neighbour == principal {
                        return true;
                    }
                    if acts && !reached.contains(neighbour) {
                        reached.push(*neighbour);
                    }
                }
            }
            begin = end;
        }
        false
    }

    /// Whether a tie may have been in force on some day of a window; hypothetical claims count for nothing.
    fn is_possible(&self, tie: TieIndex, window: Window) -> bool {
        let claims =
            self.dataset.ties().claims(tie).filter(|(claim, _, _)| claim.status != Status::Hypothetical);
        verdict(claims.map(|(claim, bounds, _)| (claim.status, claim.holds(bounds, window)))).is_possible()
    }

    /// Whom a connector serves on the days of its evidence.
    ///
    /// The days are those of its ties that are not themselves agency; of all, where there are no others.
    /// On whose behalf a tie says that it was done counts as well.
    pub fn serves(
        &self,
        connector: ActorIndex,
        a: ActorIndex,
        b: ActorIndex,
        evidence: &[TieIndex],
    ) -> Serves {
        let deeds: Vec<TieIndex> =
            evidence.iter().copied().filter(|tie| self.of_tie(*tie).is_none()).collect();
        let days = if deeds.is_empty() { evidence } else { &deeds };
        let serves = |principal| {
            days.iter().any(|tie| {
                self.is_on_behalf(*tie, connector, principal)
                    || self.acts_for(connector, principal, self.days_of(*tie))
            })
        };
        match (serves(a), serves(b)) {
            (false, false) => Serves::Third,
            (true, false) => Serves::A,
            (false, true) => Serves::B,
            (true, true) => Serves::Both,
        }
    }

    fn is_on_behalf(&self, tie: TieIndex, agent: ActorIndex, principal: ActorIndex) -> bool {
        let ties = self.dataset.ties();
        (ties.source(tie) == agent && ties.source_for(tie) == Some(principal))
            || (ties.target(tie) == agent && ties.target_for(tie) == Some(principal))
    }

    fn days_of(&self, tie: TieIndex) -> Window {
        let (first, last): (Day, Day) = self.dataset.ties().hull(tie);
        Window::new(first, last).unwrap_or(Window::ALL)
    }
}
