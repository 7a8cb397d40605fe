//! Two-mode networks: actors and what they take part in, projected on the actors.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    dataset::{ActorIndex, TieIndex, number},
    model::ActorKind,
    network::Network,
};

/// What actors take part in: a treaty, an institution, an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Affair {
    /// An actor that they are tied to.
    Actor(ActorIndex),
    /// A happening without a record of its own, by its number; its name stands in the ties of it.
    Happening(u32),
}

/// One actor's part in one affair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Who.
    pub actor: ActorIndex,
    /// In what.
    pub affair: Affair,
    /// By which tie: the first in order of time.
    pub tie: TieIndex,
}

/// Who takes part in what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The parts, by affair, then by actor; each actor once in each affair.
    parts: Vec<Part>,
    /// Where the parts of each affair begin; one more at the end.
    starts: Vec<usize>,
}

/// Two actors and how much they share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedPair {
    /// One.
    pub a: ActorIndex,
    /// The other, of a higher row.
    pub b: ActorIndex,
    /// In how many affairs both take part.
    pub count: u32,
    /// The same, an affair of n actors counting 1 / (n − 1).
    pub weight: f64,
}

/// Who takes part in the affairs of some kinds: by a tie to them that passes the lens, or, where events are asked
/// for, by a tie that is part of one (which has a record, or of which several ties tell). Actors of these kinds take no part themselves.
///
/// # Complexity
/// Time O(E log E), for E ties.
pub fn parts(network: &Network<'_>, kinds: &[ActorKind]) -> Parts {
    let dataset = network.dataset();
    let ties = dataset.ties();
    let is_affair =
        |actor: ActorIndex| dataset.actors().kind(actor).is_some_and(|kind| kinds.contains(&kind));
    let with_events = kinds.contains(&ActorKind::Event);
    let told = if with_events { told_twice(network) } else { BTreeSet::new() };
    let mut found: Vec<Part> = Vec::new();
    for tie in ties.all().filter(|tie| network.predicate().passes(dataset, *tie)) {
        let ends = [ties.source(tie), ties.target(tie)];
        for (actor, other) in [(ends[0], ends[1]), (ends[1], ends[0])] {
            if is_affair(other) && !is_affair(actor) {
                found.push(Part { actor, affair: Affair::Actor(other), tie });
            }
        }
        let event = ties.event(tie).map(Affair::Actor).or_else(|| {
            let happening = ties.happening(tie);
            told.contains(&happening).then_some(Affair::Happening(happening))
        });
        if let Some(affair) = event.filter(|_| with_events) {
            let own = ends.into_iter().filter(|actor| !is_affair(*actor));
            found.extend(own.map(|actor| Part { actor, affair, tie }));
        }
    }
    found.sort_by_key(|part| (part.affair, part.actor, part.tie));
    found.dedup_by_key(|part| (part.affair, part.actor));
    let mut starts: Vec<usize> =
        (0..found.len()).filter(|at| *at == 0 || found[*at].affair != found[at - 1].affair).collect();
    starts.push(found.len());
    Parts { parts: found, starts }
}

/// The happenings of which more than one record tells.
fn told_twice(network: &Network<'_>) -> BTreeSet<u32> {
    let ties = network.dataset().ties();
    let mut first: BTreeMap<u32, TieIndex> = BTreeMap::new();
    let mut told = BTreeSet::new();
    for tie in ties.all() {
        // One tie may stand at several actors, where actors are folded.
        let known = *first.entry(ties.happening(tie)).or_insert(tie);
        if ties.origin(known) != ties.origin(tie) {
            told.insert(ties.happening(tie));
        }
    }
    told
}

impl Parts {
    /// The affairs in order, each with its parts.
    pub fn affairs(&self) -> impl Iterator<Item = &[Part]> {
        self.starts.windows(2).map(|ends| &self.parts[ends[0]..ends[1]])
    }

    /// How many affairs there are.
    pub fn affair_count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Pairs of actors who share an affair, and how much: those with the most affairs first, then by weight, then in
    /// order; only those with `ego`, if one is asked for.
    ///
    /// # Complexity
    /// Time O(P log P), for P the sum over all affairs of the pairs in them.
    ///
    /// # References
    /// Breiger, R. L. (1974). The duality of persons and groups. *Social Forces* 53(2), 181–190.
    /// <https://doi.org/10.1093/sf/53.2.181>
    ///
    /// Newman, M. E. J. (2001). Scientific collaboration networks. II. *Physical Review E* 64, 016132.
    /// <https://doi.org/10.1103/PhysRevE.64.016132>
    pub fn pairs(&self, ego: Option<ActorIndex>) -> Vec<SharedPair> {
        let mut pairs: Vec<SharedPair> = Vec::new();
        for parts in self.affairs() {
            let weight = 1.0 / f64::from(number(parts.len().max(2) - 1));
            for (at, one) in parts.iter().enumerate() {
                for other in &parts[at + 1..] {
                    if ego.is_none_or(|ego| one.actor == ego || other.actor == ego) {
                        pairs.push(SharedPair { a: one.actor, b: other.actor, count: 1, weight });
                    }
                }
            }
        }
        // A stable sort keeps the order of affairs, so that weights are summed in it.
        pairs.sort_by_key(|pair| (pair.a, pair.b));
        pairs.dedup_by(|next, kept| {
            let is_same = (next.a, next.b) == (kept.a, kept.b);
            if is_same {
                kept.count += 1;
                kept.weight += next.weight;
            }
            is_same
        });
        pairs.sort_by(|x, y| {
            y.count.cmp(&x.count).then(y.weight.total_cmp(&x.weight)).then((x.a, x.b).cmp(&(y.a, y.b)))
        });
        pairs
    }

    /// What both of two actors take part in, with the part of each.
    pub fn shared(&self, a: ActorIndex, b: ActorIndex) -> Vec<(Part, Part)> {
        let part = |parts: &[Part], actor| parts.iter().find(|part| part.actor == actor).copied();
        self.affairs().filter_map(|parts| part(parts, a).zip(part(parts, b))).collect()
    }
}
