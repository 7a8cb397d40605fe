//! For whom an actor acts on some days: the state of a minister, the ministry of an envoy.

use std::collections::BTreeMap;

use super::{ActorIndex, Dataset, TieIndex};
use crate::date::{Certainty, Window, verdict};

/// Relations whose source acts for their target.
const ACTING: [&str; 3] = ["office", "represents", "organ-of"];

/// From an official through a ministry and a government to a state.
const DEPTH: usize = 4;

impl Dataset {
    /// The actors for which an actor acts on some day of a window, by `office`, `represents` and
    /// `organ-of` ties that may be in force then, and those ties' targets in turn.
    ///
    /// *Certainly* where the ties are in force on the whole of the window, else *Possibly*; of several
    /// ways the surest counts.
    ///
    /// # Complexity
    /// Time O(t), for the ties t of the actors that are met.
    pub fn acts_for(&self, actor: ActorIndex, days: Window) -> BTreeMap<ActorIndex, Certainty> {
        let relations: Vec<u16> = ACTING.iter().filter_map(|id| self.vocabulary().find(id)).collect();
        let mut known: BTreeMap<ActorIndex, Certainty> = BTreeMap::new();
        let mut front = vec![(actor, Certainty::Certainly)];
        for _ in 0..DEPTH {
            let mut next = Vec::new();
            for (agent, so_far) in front {
                for (principal, dyad) in self.dyads().neighbours(agent) {
                    let acting = self.dyads().ties(*dyad).iter().filter(|tie| {
                        relations.contains(&self.ties().relation(**tie)) && self.ties().source(**tie) == agent
                    });
                    let surest = acting.map(|tie| self.throughout(*tie, days)).max().unwrap_or(Certainty::No);
                    let certainty = so_far.min(surest);
                    let before = known.get(principal).copied().unwrap_or(Certainty::No);
                    if *principal != actor && certainty > before {
                        known.insert(*principal, certainty);
                        next.push((*principal, certainty));
                    }
                }
            }
            front = next;
        }
        known
    }

    /// How surely a tie is in force on each day of a window; *Possibly* when it may be on one.
    fn throughout(&self, tie: TieIndex, days: Window) -> Certainty {
        verdict(self.ties().claims(tie).map(|(claim, bounds, _)| {
            let whole = |(bounds, doubtful): &(crate::date::Bounds, bool)| {
                !doubtful && bounds.start_max <= days.first() && bounds.end_min >= days.last()
            };
            let holds = if bounds.iter().all(whole) { Certainty::Certainly } else { Certainty::Possibly };
            (claim.status, holds.min(claim.holds(bounds, days)))
        }))
    }
}
