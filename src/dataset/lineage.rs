//! Who took whose place: the chain of states that one continues, or that it came from in any way.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{ActorIndex, Dataset, TieIndex};
use crate::date::Status;

/// Which successions are followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lineage {
    /// Continuation only: one state under a new name of its own.
    #[default]
    Continuation,
    /// Continuation, succession, secession, merger: all modes.
    All,
}

impl Dataset {
    /// The actors whose place an actor took, directly or through others, without itself.
    ///
    /// # Complexity
    /// Time O(t), for the ties t of the actors that are met.
    pub fn predecessors(&self, actor: ActorIndex, lineage: Lineage) -> BTreeSet<ActorIndex> {
        let mut known = BTreeSet::from([actor]);
        let mut front = vec![actor];
        while let Some(successor) = front.pop() {
            for (tie, neighbour) in self.successions(successor) {
                if self.ties.source(tie) == successor && self.follows(tie, lineage) && known.insert(neighbour)
                {
                    front.push(neighbour);
                }
            }
        }
        known.remove(&actor);
        known
    }

    /// The actors that took the place of an actor, in any way, directly.
    pub fn successors(&self, actor: ActorIndex) -> BTreeSet<ActorIndex> {
        let after = self.successions(actor).into_iter();
        let after =
            after.filter(|(tie, _)| self.ties.target(*tie) == actor && self.follows(*tie, Lineage::All));
        after.map(|(_, successor)| successor).collect()
    }

    /// The one of some actors that continues all others of them.
    pub(super) fn last_of_lineage(&self, actors: &[ActorIndex]) -> Option<ActorIndex> {
        actors.iter().copied().find(|last| {
            let before = self.predecessors(*last, Lineage::Continuation);
            actors.iter().all(|actor| actor == last || before.contains(actor))
        })
    }

    /// The ties of succession of an actor, each with its other end.
    fn successions(&self, actor: ActorIndex) -> Vec<(TieIndex, ActorIndex)> {
        let found = self.vocabulary.find("succeeds").filter(|succeeds| self.ties.count_of(*succeeds) > 0);
        let Some(succeeds) = found else { return Vec::new() };
        let ties = self
            .dyads
            .neighbours(actor)
            .flat_map(|(neighbour, dyad)| self.dyads.ties(dyad).iter().map(move |tie| (*tie, neighbour)));
        ties.filter(|(tie, _)| self.ties.relation(*tie) == succeeds).collect()
    }

    fn follows(&self, tie: TieIndex, lineage: Lineage) -> bool {
        let is_claimed = |status| matches!(status, Status::Asserted | Status::Alleged | Status::Disputed);
        let is_claimed = self.ties.claims(tie).any(|(claim, _, _)| is_claimed(claim.status));
        is_claimed
            && match lineage {
                Lineage::All => true,
                Lineage::Continuation => self.tie(tie).mode.as_deref() == Some("continuation"),
            }
    }
}
