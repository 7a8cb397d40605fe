//! The graph that a lens makes: base adjacency and predicate.
//!
//! A network copies nothing: it walks the adjacency of the dataset and asks the predicate at each
//! dyad, once. Only sweeps over everything, and many searches, make a [`Compact`] graph of what passes, once.

mod compact;
mod live;
mod petgraph;
mod walk;

use std::sync::{
    OnceLock,
    atomic::{AtomicU64, Ordering},
};

pub use self::petgraph::{ActorReference, DyadReference, Visited};
pub use compact::Compact;
pub use walk::{Around, Asking, Passing, Walk};

use crate::{
    dataset::{ActorIndex, Dataset, DyadIndex, TieIndex},
    lens::{Direction, Lens, LensError, Predicate, Verdicts},
};
use live::{DOWN, Live, NO_WAY, UP};

/// The graph that a lens makes of a dataset: undirected, one edge a dyad, no loops.
#[derive(Debug)]
pub struct Network<'d> {
    dataset: &'d Dataset,
    predicate: Predicate,
    /// By tie, whether it is there, in a world that was drawn; empty where what passes is there.
    world: Vec<bool>,
    compact: OnceLock<Compact>,
    /// How many neighbours searches have looked at.
    looked: AtomicU64,
    /// By dyad: whether it passes, found when it is first asked.
    live: Live,
    /// Which sayings hold, made when the first is asked.
    verdicts: OnceLock<Verdicts>,
}

impl<'d> Network<'d> {
    /// The network of a lens.
    ///
    /// # Errors
    /// When the lens names a relation or actor that is not there.
    pub fn project(dataset: &'d Dataset, lens: &Lens) -> Result<Self, LensError> {
        Self::between(dataset, lens, &[])
    }

    /// The network of a lens for a question about some actors, which pass whatever their kind.
    ///
    /// # Errors
    /// When the lens names a relation or actor that is not there.
    pub fn between(dataset: &'d Dataset, lens: &Lens, asked: &[ActorIndex]) -> Result<Self, LensError> {
        Ok(Self::of_world(dataset, Predicate::compile(dataset, lens, asked)?, Vec::new()))
    }

    /// The network of one world: of the ties that pass, those that are marked; all where none is.
    pub fn of_world(dataset: &'d Dataset, predicate: Predicate, world: Vec<bool>) -> Self {
        let (compact, looked) = (OnceLock::new(), AtomicU64::new(0));
        let live = Live::of(dataset.dyads().count(), predicate.lens().direction);
        Self { dataset, predicate, world, compact, looked, live, verdicts: OnceLock::new() }
    }

    /// The dataset that it looks at.
    pub fn dataset(&self) -> &'d Dataset {
        self.dataset
    }

    /// The compiled lens.
    pub fn predicate(&self) -> &Predicate {
        &self.predicate
    }

    /// The ties of a dyad that pass, in order of time.
    pub fn ties(&self, dyad: DyadIndex) -> impl Iterator<Item = TieIndex> {
        let ties = self.dataset.dyads().ties(dyad).iter().copied();
        ties.filter(|tie| self.is_in_world(*tie) && self.passes(*tie))
    }

    fn passes(&self, tie: TieIndex) -> bool {
        let verdicts = self.verdicts.get_or_init(|| Verdicts::of(self.dataset));
        self.predicate.passes_by(self.dataset, tie, verdicts)
    }

    /// All ties that pass, in order of time.
    pub fn passing(&self) -> impl Iterator<Item = TieIndex> {
        self.predicate.passing(self.dataset).filter(|tie| self.is_in_world(*tie))
    }

    fn is_in_world(&self, tie: TieIndex) -> bool {
        self.world.get(tie.at()).copied().unwrap_or(true)
    }

    /// Whether any tie of a dyad passes; its ties are looked at once.
    pub fn is_live(&self, dyad: DyadIndex) -> bool {
        self.ways(dyad) != NO_WAY
    }

    /// Whether a dyad can be walked from one of its actors to the other: a tie passes, and leads that way where the
    /// lens says that direction counts.
    pub fn leads(&self, from: ActorIndex, to: ActorIndex, dyad: DyadIndex) -> bool {
        self.ways(dyad) & if from < to { UP } else { DOWN } != 0
    }

    fn ways(&self, dyad: DyadIndex) -> u8 {
        self.live.ways(dyad, || {
            self.looked.fetch_add(walk::FIRST_LOOK, Ordering::Relaxed);
            self.look(dyad)
        })
    }

    fn look(&self, dyad: DyadIndex) -> u8 {
        if self.predicate.lens().direction == Direction::Any {
            return if self.ties(dyad).next().is_some() { UP | DOWN } else { NO_WAY };
        }
        let (low, high) = self.dataset.dyads().ends(dyad);
        let way =
            |from, to, bit| if self.ties(dyad).any(|tie| self.runs(tie, from, to)) { bit } else { NO_WAY };
        way(low, high, UP) | way(high, low, DOWN)
    }

    /// Whether a tie runs from one actor to another, where that counts.
    fn runs(&self, tie: TieIndex, from: ActorIndex, to: ActorIndex) -> bool {
        let ties = self.dataset.ties();
        match self.predicate.lens().direction {
            Direction::Any => true,
            Direction::Forward => {
                (ties.source(tie), ties.target(tie)) == (from, to) || self.dataset.relation(tie).symmetric
            }
        }
    }

    /// The ties by which routes walk from one actor to another, in order of time.
    pub fn ties_leading(&self, from: ActorIndex, to: ActorIndex) -> impl Iterator<Item = TieIndex> {
        self.ties_between(from, to).filter(move |tie| self.runs(*tie, from, to))
    }

    /// The same, where their dyad is known.
    pub fn ties_along(
        &self,
        from: ActorIndex,
        to: ActorIndex,
        dyad: DyadIndex,
    ) -> impl Iterator<Item = TieIndex> {
        self.ties(dyad).filter(move |tie| self.runs(*tie, from, to))
    }

    /// The neighbours of an actor in order of their ids, each with its dyad.
    pub fn neighbours(&self, actor: ActorIndex) -> impl Iterator<Item = (ActorIndex, DyadIndex)> {
        let list = self.dataset.dyads().neighbours(actor);
        list.filter(|(_, dyad)| self.is_live(*dyad))
    }

    /// The dyad of two actors, if a tie between them passes.
    pub fn dyad(&self, a: ActorIndex, b: ActorIndex) -> Option<DyadIndex> {
        self.dataset.dyads().between(a, b).filter(|dyad| self.is_live(*dyad))
    }

    /// The ties between two actors that pass, in order of time.
    pub fn ties_between(&self, a: ActorIndex, b: ActorIndex) -> impl Iterator<Item = TieIndex> {
        self.dataset.dyads().between(a, b).into_iter().flat_map(|dyad| self.ties(dyad))
    }

    /// The actors that the network is of: those that the lens admits, but for those without a tie in it
    /// that certainly did not exist in the window.
    ///
    /// # Complexity
    /// That of [`Network::compact`], where the window is bounded.
    pub fn actors(&self) -> impl Iterator<Item = ActorIndex> {
        let admitted = self.dataset.actors().all().filter(|actor| self.predicate.admits(*actor));
        admitted.filter(|actor| self.may_exist(*actor) || !self.compact().neighbours(*actor).is_empty())
    }

    /// Whether an actor may have existed in the window.
    fn may_exist(&self, actor: ActorIndex) -> bool {
        self.dataset.actors().existence(actor).intersects(self.predicate.lens().during)
    }

    /// Everything that passes, as a graph of its own, made when first asked.
    ///
    /// # Complexity
    /// Time O(V + E) the first time, space O(V + D), for V actors, E ties and D dyads.
    pub fn compact(&self) -> &Compact {
        self.compact.get_or_init(|| Compact::new(self))
    }
}
