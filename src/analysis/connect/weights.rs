//! How strong dyads are and how many neighbours actors have, worked out once in the life of a network.

use rustc_hash::FxHashMap;

use super::Evidence;
use crate::{
    dataset::{ActorIndex, DyadIndex, number},
    date::Certainty,
    network::Network,
};

/// What questions about one network have asked of its dyads and actors so far.
#[derive(Debug)]
pub(super) struct Weights<'n, 'd> {
    pub(super) network: &'n Network<'d>,
    strengths: FxHashMap<DyadIndex, f64>,
    degrees: FxHashMap<ActorIndex, u32>,
}

impl<'n, 'd> Weights<'n, 'd> {
    pub(super) fn new(network: &'n Network<'d>) -> Self {
        Self { network, strengths: FxHashMap::default(), degrees: FxHashMap::default() }
    }

    /// The [strength](Evidence::strength) of the ties of a dyad.
    pub(super) fn strength(&mut self, dyad: DyadIndex) -> f64 {
        let network = self.network;
        *self.strengths.entry(dyad).or_insert_with(|| {
            if let [tie] = network.dataset().dyads().ties(dyad) {
                let certainty = network.predicate().certainty(network.dataset(), *tie);
                return if certainty == Certainty::Certainly { 1.0 } else { 0.5 };
            }
            Evidence::weigh(network, network.ties(dyad)).strength
        })
    }

    /// How many neighbours an actor has.
    pub(super) fn degree(&mut self, actor: ActorIndex) -> u32 {
        let network = self.network;
        *self.degrees.entry(actor).or_insert_with(|| number(network.degree(actor)))
    }
}
