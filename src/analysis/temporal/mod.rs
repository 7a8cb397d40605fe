//! Contact through time: when it can have come from one actor to all others, and the best chain to one.
//!
//! Contact passes along a tie on a day on which it is in force, and never back in time. *Possibly* asks for some
//! world that the dates allow, *certainly* for all of them; a chain is judged as [`order`](super::order) judges it. Where
//! the lens follows direction it passes from source to target, and either way along ties of symmetric relations.
//!
//! What is exact: without a happening whose ties share an unknown day (`same_day`), everything but the bound on waiting.
//! With such a happening, a possible chain that uses it on two days is refused, and the days are divided until the best
//! chain that remains is one that some world allows, or until [`SEARCH_LIMIT`] searches are spent, which the
//! answer says. What is called certain is certain; a certain chain is missed only where it leaves such a happening by
//! another tie and comes back to it on the same day.
//!
//! # References
//! Xuan, B. B., Ferreira, A., Jarry, A. (2003). Computing shortest, fastest, and foremost journeys in dynamic networks.
//! International Journal of Foundations of Computer Science 14(2), 267–285. DOI 10.1142/S0129054103001728.
//! Wu, H., Cheng, J., Huang, S., Ke, Y., Lu, Y., Xu, Y. (2014). Path problems in temporal graphs. Proceedings of the
//! VLDB Endowment 7(9), 721–732. DOI 10.14778/2732939.2732945 (one pass over ties in order of time).
//! Casteigts, A., Himmel, A.-S., Molter, H., Zschoche, P. (2021). Finding temporal paths under waiting time
//! constraints. Algorithmica 83, 2754–2802. DOI 10.1007/s00453-021-00831-w (that a bound on waiting makes simple
//! chains hard to find).

pub(super) mod central;
mod labels;
mod passages;
mod path;
mod refusal;
mod scan;
mod waiting;

use std::{collections::BTreeMap, sync::OnceLock};

pub use central::{Chains, Passing, temporal_betweenness, temporal_closeness};
pub use path::{Goal, TimeRespectingPath};
pub use refusal::NoChain;

use self::{
    labels::Exits,
    passages::{Passages, row},
    scan::{Arrived, Pins, Run, Via},
};
use super::order::{
    Pace,
    link::{Link, mirrored},
};
use crate::{
    dataset::{ActorIndex, TieIndex},
    date::{Certainty, Day, Window},
    lens::Direction,
    network::Network,
};

/// How many searches an answer may cost where happenings share unknown days.
pub const SEARCH_LIMIT: usize = 500;

/// How contact passes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// On the same day, or only on a later one.
    pub pace: Pace,
    /// The most days between arriving at an actor and leaving it; only possible chains are bound so.
    pub gap_days: Option<i32>,
    /// Two actors whose own ties are left out.
    pub without: Option<(ActorIndex, ActorIndex)>,
}

/// Contact through the time of a network: laid out once, asked many times.
///
/// # Examples
/// ```
/// use chancery::{
///     analysis::temporal::{Goal, Temporal, Terms}, dataset::Builder, date::Certainty, format::native, lens::Lens,
///     network::Network,
/// };
///
/// let text = r#"{"nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "edges": [
///     {"source": "a", "target": "b", "relation": "visit", "when": "1990-01-10"},
///     {"source": "b", "target": "c", "relation": "visit", "when": "1990-02"}]}"#;
/// let mut builder = Builder::default();
/// native::read_text("visits.json", text.to_owned().into(), &mut builder);
/// let (dataset, _) = builder.finish();
/// let network = Network::project(&dataset, &Lens::default())?;
/// let [a, c] = ["a", "c"].map(|id| dataset.actors().find(id).expect("it is a node"));
///
/// let temporal = Temporal::new(&network, Certainty::Certainly);
/// let path = temporal.path(a, c, Goal::Earliest, &Terms::default()).expect("contact passes");
/// assert_eq!(path.arrival().to_string(), "1990-02-28");
/// # Ok::<(), chancery::lens::LensError>(())
/// ```
#[derive(Debug)]
pub struct Temporal<'n> {
    network: &'n Network<'n>,
    certainty: Certainty,
    ahead: Passages,
    back: OnceLock<Passages>,
    exits: [OnceLock<Exits>; 2],
}

/// Whether contact is followed to where it goes or to where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// To whom contact can have come, from an actor.
    Forward,
    /// From whom it can have come, to an actor.
    Backward,
}

/// The first day of the window on which a tie of a network may have been in force, and the day by which it has been in
/// every world; nothing where it is in none, or not in all.
///
/// # Complexity
/// Time O(c) for its claims c.
pub fn first_days(network: &Network<'_>, tie: TieIndex) -> (Option<Day>, Option<Day>) {
    let during = network.predicate().lens().during;
    let link = Link::of(network, tie);
    let within = |day: &Day| *day <= during.last();
    (link.may_pass(during.first()).filter(within), link.must_pass(during.first()).filter(within))
}

/// Whom contact reaches, and when.
#[derive(Clone, Debug)]
pub struct Reach(Found);

/// What was found, and how.
#[derive(Clone, Debug)]
enum Found {
    /// By a scan, where contact may wait for ever.
    Scanned {
        arrived: Arrived,
        flow: Flow,
        /// By actor: the next ones on the way, where several ties of one happening are one step.
        through: Vec<(u32, Vec<u32>)>,
    },
    /// By a search, where waiting is bounded: the day and the chain to each actor.
    Searched { from: ActorIndex, day: Day, flow: Flow, chains: BTreeMap<ActorIndex, (Day, Vec<ActorIndex>)> },
}

impl Reach {
    /// The first day on which contact can have come to an actor; backward, the last on which it can have left.
    ///
    /// The unbounded past where nothing says when it began. At the actor asked about: the day given.
    pub fn day(&self, actor: ActorIndex) -> Option<Day> {
        let (arrived, flow) = match &self.0 {
            Found::Scanned { arrived, flow, .. } => (arrived, flow),
            Found::Searched { from, day, .. } if *from == actor => return Some(*day),
            Found::Searched { chains, .. } => return chains.get(&actor).map(|(day, _)| *day),
        };
        let day = Day::from_number(arrived.day(actor.0)?);
        Some(match flow {
            Flow::Forward => day,
            Flow::Backward => mirrored(day),
        })
    }

    /// The chain by which contact came, from the actor asked about to this one; backward, from this one to the
    /// actor asked about. Empty where it did not come.
    pub fn chain(&self, actor: ActorIndex) -> Vec<ActorIndex> {
        let (arrived, flow, through) = match &self.0 {
            Found::Scanned { arrived, flow, through } => (arrived, flow, through),
            Found::Searched { from, .. } if *from == actor => return vec![actor],
            Found::Searched { flow, chains, .. } => {
                let mut chain = chains.get(&actor).map_or_else(Vec::new, |(_, chain)| chain.clone());
                if *flow == Flow::Backward {
                    chain.reverse();
                }
                return chain;
            }
        };
        if arrived.day(actor.0).is_none() {
            return Vec::new();
        }
        let mut chain = vec![actor];
        let mut at = actor.0;
        loop {
            at = match arrived.via(at) {
                Via::Nothing => break,
                Via::Instant(from) => from,
                Via::Crossing { from, .. } => {
                    if let Ok(place) = through.binary_search_by_key(&at, |(actor, _)| *actor) {
                        chain.extend(through[place].1.iter().rev().map(|actor| row(*actor)));
                    }
                    from
                }
            };
            chain.push(row(at));
        }
        if *flow == Flow::Forward {
            chain.reverse();
        }
        chain
    }
}

impl<'n> Temporal<'n> {
    /// Lays out the ties of a network by the days on which contact possibly, or certainly, passes along them.
    ///
    /// # Complexity
    /// Time and space O(E + V), for V actors and E ties with their claims; O(E log E) where possible days of one tie
    /// are many.
    pub fn new(network: &'n Network<'n>, certainty: Certainty) -> Self {
        let ahead = Passages::of(network, certainty);
        Self { network, certainty, ahead, back: OnceLock::new(), exits: [OnceLock::new(), OnceLock::new()] }
    }

    /// The network whose ties are asked.
    pub fn network(&self) -> &'n Network<'n> {
        self.network
    }

    /// Whether contact is asked for that is possible or that is certain.
    pub fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// Everyone whom contact from an actor can have reached, each with the first day; or backward, everyone from
    /// whom it can have come, each with the last day on which it can have left.
    ///
    /// The window of the lens bounds the days. Days of happenings whose ties share an unknown day are taken one by one,
    /// so that a day here can be earlier than any world allows; [`path`](Self::path) gives the exact one. Where terms
    /// bound waiting, days and chains are those of [`path`](Self::path), which may not find all.
    ///
    /// # Complexity
    /// Time O(E + V) for E ties of known days, one pass in order of time, and O(L log L) more for L that are vague
    /// or last; on a day of long chains O(d log d) for its d ties. Space O(V). Where waiting is bounded, time
    /// O(r·d log (r·d)) for actors with d ties, at each of which contact is in r runs of days.
    pub fn reach(&self, actor: ActorIndex, flow: Flow, terms: &Terms) -> Reach {
        let during = self.network.predicate().lens().during;
        if terms.gap_days.is_some() {
            let day = if flow == Flow::Forward { during.first() } else { during.last() };
            let chains = self.chains_without_waiting(actor, flow, terms);
            return Reach(Found::Searched { from: actor, day, flow, chains });
        }
        let window = window_of(flow, during);
        let arrived = self.run(flow, terms, &Pins::new()).from(actor.0, window, None);
        let passages = self.passages(flow);
        let through =
            (0..crate::dataset::number(passages.actor_count)).filter_map(|at| match arrived.via(at) {
                Via::Crossing { from, crossing } => {
                    let crossing = &passages.crossings[crossing as usize];
                    let mut through = crossing.through.clone();
                    if crossing.source != from {
                        through.reverse();
                    }
                    (!through.is_empty()).then_some((at, through))
                }
                Via::Nothing | Via::Instant(_) => None,
            });
        let through = if passages.shares_days { through.collect() } else { Vec::new() };
        Reach(Found::Scanned { arrived, flow, through })
    }

    fn run<'a>(&'a self, flow: Flow, terms: &Terms, pins: &'a Pins) -> Run<'a> {
        Run {
            passages: self.passages(flow),
            pace: terms.pace,
            both_ways: self.goes_both_ways(),
            without: terms.without.map(|(a, b)| (a.0, b.0)),
            pins,
        }
    }

    fn goes_both_ways(&self) -> bool {
        self.network.predicate().lens().direction == Direction::Any
    }

    fn passages(&self, flow: Flow) -> &Passages {
        match flow {
            Flow::Forward => &self.ahead,
            Flow::Backward => self.back.get_or_init(|| self.ahead.mirrored()),
        }
    }

    fn exits(&self, flow: Flow) -> &Exits {
        self.exits[flow as usize].get_or_init(|| Exits::of(self.passages(flow)))
    }
}

/// Days as passages have them: backward, time runs back.
fn window_of(flow: Flow, window: Window) -> (i32, i32) {
    match flow {
        Flow::Forward => (window.first().number(), window.last().number()),
        Flow::Backward => (mirrored(window.last()).number(), mirrored(window.first()).number()),
    }
}
