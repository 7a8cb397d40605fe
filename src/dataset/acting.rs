//! Who acts for whom on some days: an official for a state, an organ for its government, a territory for
//! the state that governs it.
//!
//! This is the one place that says so; connectors, timelines, folding and offices ask here.

use std::collections::BTreeMap;

use super::{ActorIndex, Dataset, Lists, TieIndex, ties::DayBounds};
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
    /// By actor: for whom it acts, and by which tie.
    ties: &'d Lists<(ActorIndex, TieIndex)>,
}

impl<'d> Agency<'d> {
    /// The agency relations of a dataset.
    pub fn of(dataset: &'d Dataset) -> Self {
        let find = |id| dataset.vocabulary().find(id);
        let (governs, order) = (find("governs"), find("order"));
        let ties = dataset.acting.get_or_init(|| {
            let mut rows = Vec::new();
            for tie in dataset.ties().all() {
                if let Some((agent, principal)) = agency(dataset, tie, governs, order) {
                    rows.push((agent.0, (principal, tie)));
                }
            }
            Lists::group(dataset.actors().count(), &rows)
        });
        Self { dataset, governs, order, territories_act: true, ties }
    }

    /// The same for deeds: what a governed territory does is its own, and not its governor's.
    #[must_use]
    pub fn by_office(self) -> Self {
        Self { territories_act: false, ..self }
    }

    /// Whether a tie makes one of its ends act for the other: the agent and whom it acts for.
    pub fn of_tie(&self, tie: TieIndex) -> Option<(ActorIndex, ActorIndex)> {
        if Some(self.dataset.ties().relation(tie)) == self.governs && !self.territories_act {
            return None;
        }
        agency(self.dataset, tie, self.governs, self.order)
    }

    /// The actors for which an actor may act on some day of a window, directly or through others.
    ///
    /// *Certainly* where the ties are in force on the whole of the window, else *Possibly*; of several
    /// ways the surest counts. Hypothetical claims count for nothing.
    ///
    /// # Complexity
    /// Time O(t), for the ties t of agency of the actors within four steps; O(E) once in the life of a dataset.
    pub fn principals(&self, agent: ActorIndex, days: Window) -> BTreeMap<ActorIndex, Certainty> {
        let mut known: BTreeMap<ActorIndex, Certainty> = BTreeMap::new();
        let mut front = vec![(agent, Certainty::Certainly)];
        for _ in 0..STEPS {
            let mut next = Vec::new();
            for (acting, so_far) in front {
                for (principal, tie) in self.ties.row(acting.0) {
                    if *principal == agent || self.of_tie(*tie).is_none() {
                        continue;
                    }
                    let certainty = so_far.min(self.throughout(*tie, days));
                    let before = known.get(principal).copied().unwrap_or(Certainty::No);
                    if certainty > before {
                        known.insert(*principal, certainty);
                        next.push((*principal, certainty));
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

/// The agent and whom it acts for by a tie of agency.
fn agency(
    dataset: &Dataset,
    tie: TieIndex,
    governs: Option<u16>,
    order: Option<u16>,
) -> Option<(ActorIndex, ActorIndex)> {
    let ties = dataset.ties();
    let relation = ties.relation(tie);
    let is_agency = dataset.vocabulary().relation(relation).channel == Channel::Agency;
    if !is_agency || Some(relation) == order {
        return None;
    }
    let (source, target) = (ties.source(tie), ties.target(tie));
    Some(if Some(relation) == governs { (target, source) } else { (source, target) })
}
