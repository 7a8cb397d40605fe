//! Who acts for whom on some days: an official for a state, an organ for its government, a territory for
//! the state that governs it.
//!
//! This is the one place that says so; connectors, timelines, folding and offices ask here.

use std::collections::BTreeMap;

use super::{ActorIndex, Dataset, TieIndex, ties::DayBounds};
use crate::{
    date::{Certainty, Day, Status, Window, verdict},
    model::Channel,
};

/// How many steps of agency are followed: from an official through a ministry and a government to a state.
const STEPS: usize = 4;

/// The agency relations of a dataset.
#[derive(Clone, Copy, Debug)]
pub struct Agency<'d> {
    dataset: &'d Dataset,
    /// The source governs, so it is the target that acts for it.
    governs: Option<u16>,
    /// One deed by order is no standing agency.
    order: Option<u16>,
    /// Whether a territory acts for the state that governs it.
    territories_act: bool,
}

impl<'d> Agency<'d> {
    /// The agency relations of a dataset.
    pub fn of(dataset: &'d Dataset) -> Self {
        let find = |id| dataset.vocabulary().find(id);
        Self { dataset, governs: find("governs"), order: find("order"), territories_act: true }
    }

    /// The same for deeds: what a governed territory does is its own, and not its governor's.
    #[must_use]
    pub fn by_office(self) -> Self {
        Self { territories_act: false, ..self }
    }

    /// The standing agencies of a dataset: agent, principal and tie, in this order.
    ///
    /// # Complexity
    /// Time O(E + A log A), for E ties of which A are agencies.
    pub(super) fn standing(&self) -> Vec<(ActorIndex, ActorIndex, TieIndex)> {
        let acts = |number| self.dataset.vocabulary().relation(number).channel == Channel::Agency;
        let acts: Vec<bool> = self.dataset.vocabulary().relations().map(|(number, _)| acts(number)).collect();
        let relations = self.dataset.ties().relations().iter().enumerate();
        let ties = relations.filter(|(_, relation)| acts[usize::from(**relation)]);
        let agency = |(at, _)| {
            let (agent, principal) = self.of_tie(TieIndex::of(at))?;
            Some((agent, principal, TieIndex::of(at)))
        };
        let mut standing: Vec<_> = ties.filter_map(agency).collect();
        standing.sort_unstable();
        standing
    }

    /// Whether a tie makes one of its ends act for the other: the agent and whom it acts for.
    pub fn of_tie(&self, tie: TieIndex) -> Option<(ActorIndex, ActorIndex)> {
        let ties = self.dataset.ties();
        let relation = ties.relation(tie);
        let governs = Some(relation) == self.governs;
        if self.dataset.vocabulary().relation(relation).channel != Channel::Agency
            || Some(relation) == self.order
            || (governs && !self.territories_act)
        {
            return None;
        }
        let (source, target) = (ties.source(tie), ties.target(tie));
        Some(if governs { (target, source) } else { (source, target) })
    }

    /// The actors for which an actor may act on some day of a window, directly or through others.
    ///
    /// *Certainly* where the ties are in force on the whole of the window, else *Possibly*; of several
    /// ways the surest counts. Hypothetical claims count for nothing.
    ///
    /// # Complexity
    /// Time O(log A + t), for A agencies in the dataset and those t of the actors within four steps; O(E) more for
    /// the E ties when agencies are first asked for.
    pub fn principals(&self, agent: ActorIndex, days: Window) -> BTreeMap<ActorIndex, Certainty> {
        let mut known: BTreeMap<ActorIndex, Certainty> = BTreeMap::new();
        let mut front = vec![(agent, Certainty::Certainly)];
        for _ in 0..STEPS {
            let mut next = Vec::new();
            for (acting, so_far) in front {
                if let Some(principal) = self.dataset.actors().organ_of(acting) {
                    let before = known.get(&principal).copied().unwrap_or(Certainty::No);
                    if principal != agent && so_far > before {
                        known.insert(principal, so_far);
                        next.push((principal, so_far));
                    }
                }
                let standing = self.dataset.agencies();
                let start = standing.partition_point(|(agent, _, _)| agent < acting);
                let own = standing.slice(start..standing.partition_point(|(agent, _, _)| agent <= acting));
                for to_one in own.chunk_by(|(_, a, _), (_, b, _)| a == b) {
                    let principal = to_one[0].1;
                    let ties = to_one.iter().filter(|(_, _, tie)| self.of_tie(*tie).is_some());
                    let surest = ties.map(|(_, _, tie)| self.throughout(*tie, days)).max();
                    let certainty = so_far.min(surest.unwrap_or(Certainty::No));
                    let before = known.get(&principal).copied().unwrap_or(Certainty::No);
                    if principal != agent && certainty > before {
                        known.insert(principal, certainty);
                        next.push((principal, certainty));
                    }
                }
            }
            front = next;
        }
        known
    }

    /// Whether an actor may have acted for another on some day of a window, directly or through others.
    ///
    /// # Complexity
    /// That of [`principals`](Self::principals).
    pub fn acts_for(&self, agent: ActorIndex, principal: ActorIndex, days: Window) -> bool {
        self.principals(agent, days).contains_key(&principal)
    }

    /// The days on which a tie may have been in force.
    pub fn days_of(&self, tie: TieIndex) -> Window {
        let (first, last): (Day, Day) = self.dataset.ties().hull(tie);
        Window::new(first, last).unwrap_or(Window::ALL)
    }

    /// How surely a tie is in force on each day of a window; *Possibly* when it may be on one.
    pub fn throughout(&self, tie: TieIndex, days: Window) -> Certainty {
        let claims =
            self.dataset.ties().claims(tie).filter(|(claim, _, _)| claim.status != Status::Hypothetical);
        verdict(claims.map(|(claim, bounds, _)| {
            let whole = |(bounds, doubtful): &DayBounds| {
                !doubtful && bounds.start_max <= days.first() && bounds.end_min >= days.last()
            };
            let holds = if bounds.iter().all(whole) { Certainty::Certainly } else { Certainty::Possibly };
            (claim.status, holds.min(claim.holds(bounds, days)))
        }))
    }
}
