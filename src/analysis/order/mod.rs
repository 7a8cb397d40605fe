//! Whether contact can pass along a chain of hops without going back in time.
//!
//! Dates are vague, so the answer is one of three: in every world that the dates allow, in some, or in
//! none. Each tie, with each claim of it and each alternative of a claim, is a possible edge of its own.
//!
//! # References
//! Kempe, D., Kleinberg, J., Kumar, A. (2002). Connectivity and inference problems for temporal networks.
//! Journal of Computer and System Sciences 64(4), 820–842. DOI 10.1006/jcss.2002.1829 (paths that respect
//! time). That the first day on which contact can arrive decides is theirs; worlds are ours.

mod chain;
pub(super) mod link;

use serde::Serialize;

use self::{chain::Chain, link::Link};
use crate::{
    dataset::ActorIndex,
    date::{Certainty, Day, Window},
    network::Network,
};

/// Whether contact can pass along a route in the order of its hops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// In no world that the dates allow.
    AgainstTime,
    /// In some of them.
    Possible,
    /// In all of them.
    Certain,
}

impl Order {
    /// The word for it, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AgainstTime => "against-time",
            Self::Possible => "possible",
            Self::Certain => "certain",
        }
    }
}

/// How soon contact that has come over one hop can pass over the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// On the same day.
    #[default]
    SameDay,
    /// On a later day.
    Strict,
}

/// The order in time of the chain that joins actors one after the other.
///
/// Along a lasting tie contact passes on any day on which it is in force, within the window of the lens.
/// A claim is looked at if the lens looks at its status. *Certain* takes the worst asserted claim and the
/// worst alternative of each tie, and counts a tie only if it is asserted, neither refuted nor doubted
/// with a `?`; `{a,b}` is there on both days. The ties on the chain of an event that says `same_day`
/// share their day where they are instants on one day; where their dates allow no common day, each keeps
/// its own.
///
/// A chain that a network does not join is against time.
///
/// # Complexity
/// Time O(t) for the ties and claims t of the chain; with e events on it that say `same_day`, times
/// the number of days that matter, to the power e. Beyond 100,000 such combinations a chain is not called
/// certain, and is called possible without regard to what its events share.
pub fn order(network: &Network<'_>, actors: &[ActorIndex], pace: Pace) -> Order {
    let hops: Vec<Vec<Link>> = actors
        .windows(2)
        .map(|pair| network.ties_leading(pair[0], pair[1]).map(|tie| Link::of(network, tie)).collect())
        .collect();
    let chain = Chain { hops: &hops, window: network.predicate().lens().during, pace };
    if !chain.is_possible() {
        Order::AgainstTime
    } else if chain.is_certain() {
        Order::Certain
    } else {
        Order::Possible
    }
}

/// The first day on which contact has passed all hops: in the world that is best for it, or in the worst.
pub(super) fn first_day(hops: &[Vec<Link>], window: Window, pace: Pace, certainty: Certainty) -> Option<Day> {
    let chain = Chain { hops, window, pace };
    match certainty {
        Certainty::No => None,
        Certainty::Possibly => chain.first_day(),
        Certainty::Certainly => chain.sure_day(),
    }
}
