//! A tie as a hop of a chain sees it: the days on which contact can and must pass.

use crate::{
    dataset::TieIndex,
    date::{Bounds, Day, Reading, Status},
    network::Network,
};

/// Days from the first to the last, both included.
pub(in crate::analysis) type Span = (Day, Day);

/// A tie of a hop.
#[derive(Clone)]
pub(in crate::analysis) struct Link {
    /// The days on which it may be in force, one span for each claim and alternative or occurrence.
    pub(in crate::analysis) possible: Vec<Span>,
    /// What an adversary chooses among, one for each asserted claim and alternative: occurrences that are
    /// all there. Empty unless the tie is there in every world.
    pub(in crate::analysis) cases: Vec<Vec<Bounds>>,
    /// The happening whose day it shares.
    pub(in crate::analysis) event: Option<u32>,
}

impl Link {
    pub(in crate::analysis) fn of(network: &Network<'_>, tie: TieIndex) -> Self {
        let (dataset, predicate) = (network.dataset(), network.predicate());
        let lens = predicate.lens();
        let (mut possible, mut cases) = (Vec::new(), Vec::new());
        let (mut is_sure, mut is_one_day) = (true, true);
        for (claim, bounds, cited) in dataset.ties().claims(tie) {
            match claim.status {
                Status::Refuted | Status::Absent => {
                    is_sure &= !claim.holds(bounds, lens.during).is_possible();
                    continue;
                }
                Status::Asserted | Status::Alleged | Status::Disputed | Status::Hypothetical => {}
            }
            if !predicate.looks_at(claim.status, cited) {
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
    pub(in crate::analysis) fn may_pass(&self, from: Day) -> Option<Day> {
        self.possible.iter().filter(|(_, last)| *last >= from).map(|(first, _)| from.max(*first)).min()
    }

    /// The first day, not before `from`, by which it has been in force in the worst world.
    pub(in crate::analysis) fn must_pass(&self, from: Day) -> Option<Day> {
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

    /// The same with time running back, for contact that is followed to where it came from.
    pub(in crate::analysis) fn mirrored(&self) -> Self {
        let possible = self.possible.iter().map(|(first, last)| (mirrored(*last), mirrored(*first)));
        let mirror = |days: &Bounds| Bounds {
            start_min: mirrored(days.end_max),
            start_max: mirrored(days.end_min),
            end_min: mirrored(days.start_max),
            end_max: mirrored(days.start_min),
        };
        let cases = self.cases.iter().map(|case| case.iter().map(mirror).collect());
        Self { possible: possible.collect(), cases: cases.collect(), event: self.event }
    }

    /// The days of the spans that an event on it can have had.
    pub(super) fn sure_spans(&self) -> Vec<Span> {
        self.cases.iter().flatten().map(|days| (days.start_min, days.end_max)).collect()
    }
}

/// The day as far on the other side of 1970-01-01; the unbounded past becomes the unbounded future.
pub(in crate::analysis) fn mirrored(day: Day) -> Day {
    match day {
        Day::MIN => Day::MAX,
        Day::MAX => Day::MIN,
        day => Day::from_number(-day.number()),
    }
}

/// Whether it ended on the day on which it began.
fn is_instant(days: &Bounds) -> bool {
    days.start_min == days.end_min && days.start_max == days.end_max
}
