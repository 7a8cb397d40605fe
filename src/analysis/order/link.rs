//! A tie as a hop of a chain sees it: the days on which contact can and must pass.

use crate::{
    dataset::TieIndex,
    date::{Bounds, Day, Reading, Status},
    network::Network,
};

/// Days from the first to the last, both included.
pub(super) type Span = (Day, Day);

/// A tie of a hop.
pub(super) struct Link {
    /// The days on which it may be in force, one span for each claim and alternative or occurrence.
    pub(super) possible: Vec<Span>,
    /// What an adversary chooses among, one for each asserted claim and alternative: occurrences that are
    /// all there. Empty unless the tie is there in every world.
    pub(super) cases: Vec<Vec<Bounds>>,
    /// The happening whose day it shares.
    pub(super) event: Option<u32>,
}

impl Link {
    pub(super) fn of(network: &Network<'_>, tie: TieIndex) -> Self {
        let (dataset, lens) = (network.dataset(), network.predicate().lens());
        let (mut possible, mut cases) = (Vec::new(), Vec::new());
        let (mut is_sure, mut is_one_day) = (true, true);
        for (claim, bounds, _) in dataset.ties().claims(tie) {
            match claim.status {
                Status::Refuted | Status::Absent => {
                    is_sure &= !claim.holds(bounds, lens.during).is_possible();
                    continue;
                }
                Status::Asserted | Status::Alleged | Status::Disputed | Status::Hypothetical => {}
            }
            if !lens.statuses.contains(&claim.status) {
                continue;
            }
            possible.extend(bounds.iter().map(|(bounds, _)| (bounds.start_min, bounds.end_max)));
            is_one_day &=
                claim.reading == Reading::Alternatives && bounds.iter().all(|(days, _)| is_instant(days));
            if claim.status != Status::Asserted {
                continue;
            }
            match claim.reading {
                Reading::Alternatives => {
                    is_sure &= !bounds.iter().any(|(_, doubtful)| *doubtful);
                    cases.extend(bounds.iter().map(|(bounds, _)| vec![*bounds]));
                }
                Reading::Occurrences => {
                    cases.push(
                        bounds.iter().filter(|(_, doubtful)| !doubtful).map(|(days, _)| *days).collect(),
                    );
                }
            }
        }
        if !is_sure {
            cases.clear();
        }
        let shared = dataset.ties().event(tie).is_some_and(|event| dataset.actors().is_same_day(event));
        let event =
            (shared && is_one_day && !dataset.relation(tie).lasting).then(|| dataset.ties().happening(tie));
        Self { possible, cases, event }
    }

    /// The first day, not before `from`, on which it may be in force.
    pub(super) fn may_pass(&self, from: Day) -> Option<Day> {
        self.possible.iter().filter(|(_, last)| *last >= from).map(|(first, _)| from.max(*first)).min()
    }

    /// The first day, not before `from`, by which it has been in force in the worst world.
    pub(super) fn must_pass(&self, from: Day) -> Option<Day> {
        let worst = |case: &Vec<Bounds>| {
            case.iter().filter(|days| days.end_min >= from).map(|days| from.max(days.start_max)).min()
        };
        // One case in which it is over before is enough to spoil it.
        self.cases
            .iter()
            .map(worst)
            .try_fold(None, |latest: Option<Day>, day| Some(latest.max(Some(day?))))
            .flatten()
    }

    /// The days of the spans that an event on it can have had.
    pub(super) fn sure_spans(&self) -> Vec<Span> {
        self.cases.iter().flatten().map(|days| (days.start_min, days.end_max)).collect()
    }
}

/// Whether it ended on the day on which it began.
fn is_instant(days: &Bounds) -> bool {
    days.start_min == days.end_min && days.start_max == days.end_max
}
