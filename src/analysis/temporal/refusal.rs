//! Why no contact passes from one actor to another in order of time, found by trying.

use super::{Goal, Temporal, Terms};
use crate::{
    analysis::paths::{Pathfinder, Without},
    dataset::ActorIndex,
    date::{Certainty, Day, Window},
    lens::{Lens, LensError},
    network::Network,
};

/// Why no chain of contact was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoChain {
    /// One may pass, and does not in every world.
    PossiblyOnly {
        /// A chain of the fewest hops that may.
        actors: Vec<ActorIndex>,
        /// Its hops without a tie that was certainly in force; where each has one, their order is in doubt.
        doubtful: Vec<(ActorIndex, ActorIndex)>,
    },
    /// Contact comes only after the last day asked about.
    NotYet {
        /// The first day on which it can have come; of what is certain, by which it has.
        first_day: Day,
    },
    /// Chains of ties join the two, none of them in order of time (or none that waits no longer than asked for).
    AgainstTime,
    /// No chain of ties joins the two.
    Disconnected,
}

impl Temporal<'_> {
    /// Why [`path`](Self::path) finds nothing between two different actors on these terms.
    ///
    /// # Errors
    /// When the lens names a relation or actor that is not there.
    ///
    /// # Complexity
    /// That of laying out contact twice more, and of three paths.
    pub fn why_none(&self, a: ActorIndex, b: ActorIndex, terms: &Terms) -> Result<NoChain, LensError> {
        let network = self.network;
        if self.certainty == Certainty::Certainly
            && let Some(path) = Temporal::new(network, Certainty::Possibly).path(a, b, Goal::Fewest, terms)
        {
            let is_certain = |pair: &[ActorIndex]| {
                let certainty = |tie| network.predicate().certainty(network.dataset(), tie);
                network.ties_leading(pair[0], pair[1]).any(|tie| certainty(tie) == Certainty::Certainly)
            };
            let doubtful = path.actors.windows(2).filter(|pair| !is_certain(pair));
            let doubtful = doubtful.map(|pair| (pair[0], pair[1])).collect();
            return Ok(NoChain::PossiblyOnly { actors: path.actors, doubtful });
        }
        let lens = network.predicate().lens();
        if lens.during.last().is_bounded()
            && let Some(during) = Window::new(lens.during.first(), Day::MAX)
        {
            let wider = Network::between(network.dataset(), &Lens { during, ..lens.clone() }, &[a, b])?;
            let path = Temporal::new(&wider, self.certainty).path(a, b, Goal::Earliest, terms);
            let day = path.map(|path| path.arrival());
            if let Some(first_day) = day.filter(|day| day.is_bounded()) {
                return Ok(NoChain::NotYet { first_day });
            }
        }
        let distance = Pathfinder::new(network).distance(a, b, &Without::default());
        Ok(if distance.is_some() { NoChain::AgainstTime } else { NoChain::Disconnected })
    }
}
