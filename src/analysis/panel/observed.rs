//! Whether a cell without ties is an observed zero, or unknown.

use std::collections::BTreeMap;

use super::{Cell, PanelTerms};
use crate::{
    dataset::{ActorIndex, Dataset},
    date::{Status, Window},
    lens::Predicate,
    model::{Coverage, Ends},
};

/// What is known of a pair in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Observed {
    /// There is, or may be, a tie.
    Value,
    /// There is none, and someone looked.
    Zero,
    /// There is none on record, and nothing says that anybody looked.
    Missing,
    /// The two did not exist together.
    NotInSystem,
}

impl Observed {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Value, Self::Zero, Self::Missing, Self::NotInSystem];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Zero => "zero",
            Self::Missing => "missing",
            Self::NotInSystem => "not-in-system",
        }
    }
}

/// What files say of whom and what they observe.
pub(super) struct Observers<'d> {
    /// Each coverage, with its actors by rows.
    coverages: Vec<(&'d Coverage, Vec<ActorIndex>)>,
    /// The relations that pass: whether each lasts, and which coverages are of it.
    relations: Vec<(bool, Vec<bool>)>,
    /// By pair, the lower row first: the days on which there was certainly none, of which of the relations that pass.
    absent: BTreeMap<(ActorIndex, ActorIndex), Vec<(Window, usize)>>,
    assumes: bool,
}

impl<'d> Observers<'d> {
    pub(super) fn of(dataset: &'d Dataset, predicate: &Predicate, terms: &PanelTerms) -> Self {
        let vocabulary = dataset.vocabulary();
        let passing: Vec<u16> = vocabulary
            .relations()
            .map(|(number, _)| number)
            .filter(|number| predicate.takes(*number))
            .collect();
        let covers = |coverage: &Coverage, number: u16| {
            let selects = |selector: &String| vocabulary.matches(number, selector);
            coverage.relations.is_empty() || coverage.relations.iter().any(selects)
        };
        let relation = |number: &u16| {
            let of = dataset.coverage().map(|coverage| covers(coverage, *number)).collect();
            (vocabulary.relation(*number).lasting, of)
        };
        let rows = |coverage: &'d Coverage| {
            let found = coverage.actors.iter().filter_map(|id| dataset.named(id.as_str()));
            let mut rows: Vec<ActorIndex> = found.collect();
            rows.sort_unstable();
            (coverage, rows)
        };
        Self {
            coverages: dataset.coverage().map(rows).collect(),
            relations: passing.iter().map(relation).collect(),
            absent: absent(dataset, &passing),
            assumes: terms.assumes_observed,
        }
    }

    /// What is known of a cell whose ties are counted.
    pub(super) fn of_cell(&self, dataset: &Dataset, cell: &Cell, window: Window) -> Observed {
        if cell.possible_count > 0 {
            return Observed::Value;
        }
        let [a, b] = [cell.a, cell.b].map(|actor| dataset.actors().existence(actor));
        let first = window.first().max(a.first()).max(b.first());
        let last = window.last().min(a.last()).min(b.last());
        // Only while both exist is there anything to observe.
        let Some(days) = Window::new(first, last) else { return Observed::NotInSystem };
        if self.assumes || self.is_observed((cell.a, cell.b), days) {
            Observed::Zero
        } else {
            Observed::Missing
        }
    }

    /// Whether all relations that pass were observed between two actors on some days.
    fn is_observed(&self, (a, b): (ActorIndex, ActorIndex), days: Window) -> bool {
        let pair = (a.min(b), a.max(b));
        let absent = self.absent.get(&pair).map_or(&[][..], Vec::as_slice);
        if self.coverages.is_empty() && absent.is_empty() {
            return false;
        }
        let of_pair = |(coverage, rows): &(&Coverage, Vec<ActorIndex>)| {
            let [a, b] = [a, b].map(|actor| coverage.actors.is_empty() || rows.binary_search(&actor).is_ok());
            match coverage.ends {
                Ends::Both => a && b,
                Ends::One => a || b,
            }
        };
        let applies: Vec<[bool; 2]> = self
            .coverages
            .iter()
            .map(|coverage| {
                let is_of_pair = of_pair(coverage);
                [false, true].map(|lasting| is_of_pair && coverage.0.observes(days, lasting))
            })
            .collect();
        let holds = |at: usize, (lasting, of): &(bool, Vec<bool>)| {
            of.iter().zip(&applies).any(|(is_of_it, applies)| *is_of_it && applies[usize::from(*lasting)])
                || absent.iter().any(|(none, relation)| {
                    *relation == at && none.first() <= days.first() && days.last() <= none.last()
                })
        };
        !self.relations.is_empty()
            && self.relations.iter().enumerate().all(|(at, relation)| holds(at, relation))
    }
}

/// The days on which references say that there was no tie, by pair.
fn absent(dataset: &Dataset, passing: &[u16]) -> BTreeMap<(ActorIndex, ActorIndex), Vec<(Window, usize)>> {
    let ties = dataset.ties();
    let mut absent: BTreeMap<(ActorIndex, ActorIndex), Vec<(Window, usize)>> = BTreeMap::new();
    for tie in ties.all() {
        let none = || ties.claims(tie).filter(|(claim, _, _)| claim.status == Status::Absent);
        if none().next().is_none() {
            continue;
        }
        // Where there was no visit there was none that a code of events calls one.
        let id = dataset.relation(tie).id.as_str();
        let meant = |at: &usize| dataset.vocabulary().matches(passing[*at], id);
        let relations: Vec<usize> = (0..passing.len()).filter(meant).collect();
        let pair = (ties.source(tie).min(ties.target(tie)), ties.source(tie).max(ties.target(tie)));
        for (bounds, doubtful) in none().flat_map(|(_, bounds, _)| bounds) {
            // Of an instant there was none on any day of its range; what would last was certainly not there between
            // the last day on which that can have begun and the first on which it can have ended.
            let is_instant = bounds.start_min == bounds.end_min && bounds.start_max == bounds.end_max;
            let days = if is_instant {
                Window::new(bounds.start_min, bounds.end_max)
            } else {
                Window::new(bounds.start_max, bounds.end_min)
            };
            if let Some(days) = days.filter(|_| !doubtful) {
                absent.entry(pair).or_default().extend(relations.iter().map(|at| (days, *at)));
            }
        }
    }
    absent
}
