//! Why two actors are not connected, found by trying.

use std::collections::{BTreeSet, VecDeque};

use serde::Serialize;

use crate::{
    analysis::{
        meter::Meter,
        paths::{Pathfinder, Without},
    },
    dataset::{ActorIndex, Dataset, DyadIndex},
    date::{Certainty, Day, Window},
    lens::{Direction, Lens, LensError},
    model::Channel,
    network::Network,
};

/// A part of a lens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The window: `--during`, `--as-of`, `--before`, `--after`.
    During,
    /// The channels that are walked.
    Channel,
    /// The relations asked for.
    Relation,
    /// The relations left out.
    NotRelation,
    /// The kinds of actors.
    Kind,
    /// The statuses of claims.
    Status,
    /// The actors left out.
    Avoid,
    /// The polarities of relations.
    Polarity,
    /// The references whose claims are looked at.
    Reference,
    /// The fewest reports of a tie.
    MinCount,
    /// The most neighbours of an actor.
    MaxDegree,
    /// Which way ties are walked.
    Direction,
}

impl Part {
    const ALL: [Self; 12] = [
        Self::During,
        Self::Channel,
        Self::Relation,
        Self::NotRelation,
        Self::Kind,
        Self::Status,
        Self::Avoid,
        Self::Polarity,
        Self::Reference,
        Self::MinCount,
        Self::MaxDegree,
        Self::Direction,
    ];

    /// The option that sets it, and how it is widened.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::During => "ask about all days (no --during, --as-of, --before, --after)",
            Self::Channel => "walk all channels (--channel all)",
            Self::Relation => "ask for all relations (no --relation)",
            Self::NotRelation => "leave no relation out (no --not-relation)",
            Self::Kind => "allow all kinds (no --kind)",
            Self::Status => "count hypothetical claims too (--status asserted,alleged,disputed,hypothetical)",
            Self::Avoid => "avoid nobody (no --avoid)",
            Self::Polarity => "take friendly, neutral and hostile ties alike (no --polarity)",
            Self::Reference => "believe all references (no --reference)",
            Self::MinCount => "count ties of few reports too (no --min-count)",
            Self::Direction => "walk ties either way (no --direction forward)",
            Self::MaxDegree => "pass through actors of many neighbours (no --max-degree)",
        }
    }

    /// The lens with this part dropped, unless that changes nothing.
    fn dropped(self, lens: &Lens) -> Option<Lens> {
        let mut wider = lens.clone();
        match self {
            Self::During => wider.during = Window::ALL,
            Self::Channel => wider.channels = Channel::ALL.into_iter().collect(),
            Self::Relation => wider.relations.clear(),
            Self::NotRelation => wider.not_relations.clear(),
            Self::Kind => wider.kinds.clear(),
            Self::Status => {
                wider.statuses.extend(Lens::default().statuses);
                wider.statuses.insert(crate::date::Status::Hypothetical);
            }
            Self::Avoid => wider.avoid.clear(),
            Self::Polarity => wider.polarities.clear(),
            Self::Reference => wider.references.clear(),
            Self::MinCount => wider.min_count = 0,
            Self::MaxDegree => wider.max_degree = None,
            Self::Direction => wider.direction = Direction::Any,
        }
        (wider != *lens).then_some(wider)
    }
}

/// Why there is no route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Reason {
    /// The two are one actor.
    SameActor,
    /// Some part of the lens parts them, or two parts together: without these they are connected.
    Filtered {
        /// The parts, each of which alone would do, or else the pairs, with the distance that results.
        parts: Vec<FilteredPart>,
    },
    /// They are connected only after the window's end.
    NotYet {
        /// The first day on which they may be.
        first_day: Day,
        /// The first day of the window, where it has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<Day>,
    },
    /// They may be connected, and are not certainly.
    PossiblyOnly {
        /// The hops of a shortest possible route that are in doubt, as ids.
        hops: Vec<(String, String)>,
    },
    /// No chain of ties joins them, whatever the lens.
    Disconnected {
        /// How many actors can be reached from the first, itself included.
        a_component: usize,
        /// How many from the second.
        b_component: usize,
    },
    /// The shortest route has more hops than were asked for.
    TooLong {
        /// How many.
        distance: u32,
    },
    /// A bound stopped the search before a route was found, or before it was found why there is none.
    Truncated {
        /// Any route has at least so many hops; absent where there is none.
        #[serde(skip_serializing_if = "Option::is_none")]
        at_least: Option<u32>,
    },
}

/// A part of the lens whose dropping, alone or with another, connects the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FilteredPart {
    /// The part.
    pub part: Part,
    /// The part that has to be dropped with it, where one alone does not do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub and: Option<Part>,
    /// The distance without it.
    pub distance: u32,
}

impl Reason {
    /// The code of the reason.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SameActor => "same-actor",
            Self::Filtered { .. } => "filtered",
            Self::NotYet { .. } => "not-yet",
            Self::PossiblyOnly { .. } => "possibly-only",
            Self::Disconnected { .. } => "disconnected",
            Self::TooLong { .. } => "too-long",
            Self::Truncated { .. } => "truncated",
        }
    }
}

/// Finds why no route joins two actors besides their direct ties.
pub(super) fn reason(
    dataset: &Dataset,
    lens: &Lens,
    (a, b): (ActorIndex, ActorIndex),
    meter: &mut Meter<'_>,
) -> Result<Reason, LensError> {
    if a == b {
        return Ok(Reason::SameActor);
    }
    let mut tries = Tries { dataset, ends: (a, b), meter };
    let possible = Lens { certainty: Certainty::Possibly, ..lens.clone() };
    if lens.certainty == Certainty::Certainly && tries.distance(&possible)?.is_some() {
        return Ok(Reason::PossiblyOnly { hops: doubtful_hops(dataset, &possible, a, b)? });
    }
    let mut parts = Vec::new();
    for part in Part::ALL {
        let Some(wider) = part.dropped(lens) else { continue };
        if let Some(distance) = tries.distance(&wider)? {
            parts.push(FilteredPart { part, and: None, distance });
        }
    }
    if parts.is_empty() {
        parts = tries.pairs(lens)?;
    }
    if parts.iter().any(|filtered| filtered.part == Part::During)
        && let Some(first_day) = tries.first_day(lens)?
    {
        let from = Some(lens.during.first()).filter(|day| day.is_bounded());
        return Ok(Reason::NotYet { first_day, from });
    }
    if parts.is_empty() && tries.meter.stopped().is_some() {
        Ok(Reason::Truncated { at_least: None })
    } else if parts.is_empty() {
        let network = Network::between(dataset, lens, &[a, b])?;
        let direct = dataset.dyads().between(a, b);
        let leads_on = |from, to, dyad| network.leads(from, to, dyad);
        let leads_back = |from, to, dyad| network.leads(to, from, dyad);
        let a_component = reach(&network, a, direct, leads_on);
        let b_component = reach(&network, b, direct, leads_back);
        Ok(Reason::Disconnected { a_component, b_component })
    } else {
        parts.sort_by_key(|filtered| filtered.distance);
        Ok(Reason::Filtered { parts })
    }
}

/// Tries of other lenses on the same question.
struct Tries<'t, 'c> {
    dataset: &'t Dataset,
    ends: (ActorIndex, ActorIndex),
    meter: &'t mut Meter<'c>,
}

/// What it costs to look through another lens, in steps: so many dyads are made ready in the time of one.
const DYADS_A_STEP: usize = 8;

impl Tries<'_, '_> {
    /// The distance through a lens; nothing once the meter has stopped.
    fn distance(&mut self, lens: &Lens) -> Result<Option<u32>, LensError> {
        let (dataset, (a, b)) = (self.dataset, self.ends);
        if !self.meter.take(dataset.dyads().count() / DYADS_A_STEP) {
            return Ok(None);
        }
        let network = Network::between(dataset, lens, &[a, b])?;
        let without = Without { actors: &[], dyad: dataset.dyads().between(a, b) };
        let mut finder = Pathfinder::new(&network).with_meter(self.meter.clone());
        let distance = finder.distance(a, b, &without);
        self.meter.follow(finder.meter());
        Ok(distance)
    }

    /// The pairs of parts that connect the two when both are dropped.
    fn pairs(&mut self, lens: &Lens) -> Result<Vec<FilteredPart>, LensError> {
        let mut pairs = Vec::new();
        for (at, part) in Part::ALL.into_iter().enumerate() {
            let Some(wider) = part.dropped(lens) else { continue };
            for and in Part::ALL.into_iter().skip(at + 1) {
                let Some(widest) = and.dropped(&wider) else { continue };
                if let Some(distance) = self.distance(&widest)? {
                    pairs.push(FilteredPart { part, and: Some(and), distance });
                }
            }
        }
        Ok(pairs)
    }

    /// The first day D such that ties of the window's beginning up to D connect the two.
    ///
    /// A longer window keeps what a shorter one has, so the day is found by halving.
    fn first_day(&mut self, lens: &Lens) -> Result<Option<Day>, LensError> {
        let Some(newest) = self.dataset.newest_day() else { return Ok(None) };
        let mut connected = |last: i32| -> Result<bool, LensError> {
            let Some(during) = Window::new(lens.during.first(), Day::from_number(last)) else {
                return Ok(false);
            };
            Ok(self.distance(&Lens { during, ..lens.clone() })?.is_some())
        };
        let (mut low, mut high) = (lens.during.last().number(), newest.number());
        if high <= low || !connected(high)? {
            return Ok(None);
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if connected(middle)? {
                high = middle;
            } else {
                low = middle;
            }
        }
        // A stopped search says no where it knows nothing.
        Ok(self.meter.stopped().is_none().then(|| Day::from_number(high)))
    }
}

fn doubtful_hops(
    dataset: &Dataset,
    lens: &Lens,
    a: ActorIndex,
    b: ActorIndex,
) -> Result<Vec<(String, String)>, LensError> {
    let network = Network::between(dataset, lens, &[a, b])?;
    let without = Without { actors: &[], dyad: dataset.dyads().between(a, b) };
    let mut finder = Pathfinder::new(&network);
    let path =
        finder.geodesics(a, b, &without).and_then(|found| found.paths(&network).next()).unwrap_or_default();
    let id = |actor: ActorIndex| dataset.actors().id(actor).to_owned();
    let certain = |pair: &[ActorIndex]| {
        let mut ties = network.ties_leading(pair[0], pair[1]);
        ties.any(|tie| network.predicate().certainty(dataset, tie) == Certainty::Certainly)
    };
    Ok(path.windows(2).filter(|pair| !certain(pair)).map(|pair| (id(pair[0]), id(pair[1]))).collect())
}

/// How many actors can be reached from one without the direct dyad, itself included.
fn reach(
    network: &Network<'_>,
    from: ActorIndex,
    direct: Option<DyadIndex>,
    leads: impl Fn(ActorIndex, ActorIndex, DyadIndex) -> bool,
) -> usize {
    let mut seen = BTreeSet::from([from]);
    let mut queue = VecDeque::from([from]);
    while let Some(actor) = queue.pop_front() {
        for (neighbour, dyad) in network.neighbours(actor) {
            if Some(dyad) != direct && leads(actor, neighbour, dyad) && seen.insert(neighbour) {
                queue.push_back(neighbour);
            }
        }
    }
    seen.len()
}
