//! Which ties are contact of which pairs: those of their ends, and of those for whom the ends act.

use std::collections::BTreeMap;

use super::{PanelTerms, Universe};
use crate::{
    dataset::{ActorIndex, Agency, Dataset, TieIndex},
    date::{Certainty, Window},
    lens::Predicate,
    model::Channel,
};

/// A tie that is contact of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Contact {
    /// The actor that acts; the one of the lower row where direction is ignored.
    pub(super) a: ActorIndex,
    /// The other.
    pub(super) b: ActorIndex,
    /// The tie.
    pub(super) tie: TieIndex,
    /// How surely it is theirs.
    pub(super) certainty: Certainty,
}

/// All contacts of pairs of the actors marked, by pair, then in order of time; each tie once for a pair.
pub(super) fn contacts(
    dataset: &Dataset,
    predicate: &Predicate,
    actors: &[bool],
    terms: &PanelTerms,
) -> Vec<Contact> {
    let ties = dataset.ties();
    let agency = Agency::of(dataset).by_office();
    let is_asked = |a: ActorIndex, b: ActorIndex| match terms.among[..] {
        [one] => a == one || b == one,
        _ => true,
    };
    let mut found: Vec<Contact> = Vec::new();
    for tie in ties.all().filter(|tie| predicate.passes(dataset, *tie)) {
        let ends = [(ties.source(tie), ties.source_for(tie)), (ties.target(tie), ties.target_for(tie))];
        let [sources, targets] = ends.map(|(end, explicit)| stands_for(dataset, agency, tie, end, explicit));
        let both_ways = !terms.is_directed || dataset.relation(tie).symmetric;
        for (x, first) in sources.iter().filter(|(x, _)| actors[x.at()]) {
            for (y, second) in targets.iter().filter(|(y, _)| actors[y.at()] && *y != x) {
                let certainty = *first.min(second);
                let mut push = |a: ActorIndex, b: ActorIndex| {
                    if is_asked(a, b) && (terms.is_directed || a < b) {
                        found.push(Contact { a, b, tie, certainty });
                    }
                };
                push(*x, *y);
                if both_ways {
                    push(*y, *x);
                }
            }
        }
    }
    found.sort_unstable_by(|one, other| {
        (one.a, one.b, one.tie, other.certainty).cmp(&(other.a, other.b, other.tie, one.certainty))
    });
    found.dedup_by_key(|contact| (contact.a, contact.b, contact.tie));
    debug_assert!(terms.universe != Universe::Tied || found.is_sorted());
    found
}

/// For whom an end of a tie stands: itself, and whoever it acts for.
fn stands_for(
    dataset: &Dataset,
    agency: Agency<'_>,
    tie: TieIndex,
    end: ActorIndex,
    explicit: Option<ActorIndex>,
) -> BTreeMap<ActorIndex, Certainty> {
    let mut all = match explicit {
        Some(principal) => BTreeMap::from([(principal, Certainty::Certainly)]),
        None => inferred(dataset, agency, tie, end),
    };
    all.insert(end, Certainty::Certainly);
    all
}

/// For whom an end acts by the offices that it may hold on the days of the tie: only by what it does or says.
fn inferred(
    dataset: &Dataset,
    agency: Agency<'_>,
    tie: TieIndex,
    actor: ActorIndex,
) -> BTreeMap<ActorIndex, Certainty> {
    match dataset.relation(tie).channel {
        Channel::Interaction | Channel::Stance => {}
        Channel::Agency | Channel::Affiliation => return BTreeMap::new(),
    }
    let (first, last) = dataset.ties().hull(tie);
    match Window::new(first, last).filter(|days| days.first().is_bounded() && days.last().is_bounded()) {
        Some(days) => agency.principals(actor, days),
        None => BTreeMap::new(),
    }
}
