//! How many ties each actor has in period after period, by one scan of ties in order of time.

use std::cmp::Reverse;

use super::counts::Counts;
use crate::{
    dataset::{ActorIndex, Dataset, TieIndex, number},
    date::{Day, Window},
    lens::{KindSelector, Lens, LensError, Predicate},
};

/// What no period takes, in place of a period.
const NONE: u32 = u32::MAX;

/// What several periods take.
const SEVERAL: u32 = u32::MAX - 1;

/// Where a period has fewer ties than one for so many actors, the actors that have some are listed.
const LISTED: usize = 32;

/// The numbers of ties of one period.
#[derive(Debug)]
pub struct Tally<'t> {
    counts: &'t Counts,
    /// Who has any; not listed where many have.
    touched: Option<&'t [ActorIndex]>,
}

impl Tally<'_> {
    /// How many ties an actor has.
    pub fn count(&self, actor: ActorIndex) -> u32 {
        self.counts.of(actor)
    }

    /// Those of the most ties, at most so many; of as many the first in the dataset.
    ///
    /// # Complexity
    /// Time O(V + k log k), for V actors and k that are wanted; of V only those that have ties, where these are few.
    pub fn first(&self, most: usize) -> Vec<(ActorIndex, u32)> {
        // Only who has more than the last of the best so far needs a look.
        let mut best: Vec<(Reverse<u32>, ActorIndex)> = Vec::with_capacity(2 * most + 1);
        let mut least = 1;
        let mut visit = |actor, count| {
            if count >= least {
                best.push((Reverse(count), actor));
                if best.len() > 2 * most {
                    best.select_nth_unstable(most);
                    best.truncate(most + 1);
                    least = best.iter().map(|(count, _)| count.0).min().unwrap_or(1);
                }
            }
            least
        };
        match self.touched {
            Some(touched) => touched.iter().for_each(|actor| {
                visit(*actor, self.count(*actor));
            }),
            None => self.counts.greatest(most, visit),
        }
        best.sort_unstable();
        best.truncate(most);
        best.into_iter().map(|(count, actor)| (actor, count.0)).collect()
    }
}

/// Whether what the lens lets pass depends on the window only by the days of each tie.
pub(super) fn is_by_days(lens: &Lens) -> bool {
    lens.max_degree.is_none() && !lens.kinds.contains(&KindSelector::Official)
}

/// When the ties of a dataset pass a lens, period by period.
pub(super) struct Timed<'d> {
    dataset: &'d Dataset,
    predicate: Predicate,
    /// By relation: whether it passes.
    relations: Vec<bool>,
    /// By saying: the one period in which ties that say it pass, or [`NONE`], or [`SEVERAL`].
    only: Vec<u32>,
    /// By saying: the runs of periods, where there are several.
    runs: Vec<Vec<(u32, u32)>>,
}

impl<'d> Timed<'d> {
    /// # Complexity
    /// Time O(E + s·p) for E ties, s sayings and the p periods that the days of each meet.
    pub(super) fn of(dataset: &'d Dataset, lens: &Lens, periods: &[Window]) -> Result<Self, LensError> {
        debug_assert!(is_by_days(lens));
        let predicate = Predicate::compile(dataset, lens, &[])?;
        let ties = dataset.ties();
        let mut only = vec![NONE; ties.saying_count()];
        let mut runs = vec![Vec::new(); only.len()];
        let mut is_asked = vec![false; only.len()];
        for (tie, said) in (0..).map(TieIndex).zip(ties.sayings()) {
            let said = *said as usize;
            if is_asked[said] {
                continue;
            }
            is_asked[said] = true;
            // First and last days of periods never fall.
            let (first, last): (Day, Day) = ties.hull(tie);
            let begin = periods.partition_point(|period| period.last() < first);
            let end = begin + periods[begin..].partition_point(|period| period.first() <= last);
            let passes =
                |at: &usize| predicate.certainty_in(dataset, tie, periods[*at]) >= predicate.lens().certainty;
            let mut found: Vec<(u32, u32)> = Vec::new();
            for at in (begin..end).filter(passes).map(number) {
                match found.last_mut() {
                    Some(run) if run.1 == at => run.1 += 1,
                    _ => found.push((at, at + 1)),
                }
            }
            match found.as_slice() {
                [] => {}
                [(first, end)] if *end == first + 1 => only[said] = *first,
                _ => (only[said], runs[said]) = (SEVERAL, found),
            }
        }
        let numbers = dataset.vocabulary().relations().map(|(number, _)| number);
        let relations = numbers.map(|number| predicate.takes(number)).collect();
        Ok(Self { dataset, predicate, relations, only, runs })
    }

    /// Whether a tie passes in the periods that its days meet: a question to columns.
    fn taken(&self) -> impl Fn(TieIndex) -> bool {
        let (ties, predicate) = (self.dataset.ties(), &self.predicate);
        let (relations, sources, targets) = (ties.relations(), ties.sources(), ties.targets());
        let (least, asks_ends) = (predicate.lens().min_count, predicate.asks_ends());
        move |tie| {
            let (source, target) = (sources[tie.at()], targets[tie.at()]);
            self.relations[usize::from(relations[tie.at()])]
                && source != target
                && (least <= 1 || ties.report_count(tie) >= least)
                && (!asks_ends || (predicate.admits(source) && predicate.admits(target)))
        }
    }

    /// The runs of periods in which a tie passes.
    fn periods(&self, tie: TieIndex) -> impl Iterator<Item = (u32, u32)> {
        let said = self.dataset.ties().sayings()[tie.at()] as usize;
        let single = Some(self.only[said]).filter(|only| *only < SEVERAL).map(|only| (only, only + 1));
        single.into_iter().chain(self.runs[said].iter().copied())
    }

    /// How many dyads each period has.
    ///
    /// # Complexity
    /// Time O(E + r) for E ties and the r periods in which they pass.
    pub(super) fn dyad_counts(&self, period_count: usize) -> Vec<usize> {
        let (dyads, takes) = (self.dataset.dyads(), self.taken());
        let mut counts = vec![(0, NONE); period_count];
        for dyad in dyads.all() {
            for tie in dyads.ties(dyad).iter().filter(|tie| takes(**tie)) {
                for (first, end) in self.periods(*tie) {
                    for (count, seen) in &mut counts[first as usize..end as usize] {
                        *count += usize::from(*seen != dyad.0);
                        *seen = dyad.0;
                    }
                }
            }
        }
        counts.into_iter().map(|(count, _)| count).collect()
    }

    /// Counts the ties of each actor in each period, and hands them on in order.
    pub(super) fn scan(&self, period_count: usize, mut visit: impl FnMut(usize, &Tally<'_>)) {
        let (ties, takes) = (self.dataset.ties(), self.taken());
        // Ties stand in order of time: those of one period alone mostly side by side. Where that run begins; what stands
        // elsewhere; and where ties of several periods begin and end to count.
        let mut begins = vec![None; period_count];
        let mut strays: Vec<Vec<TieIndex>> = vec![Vec::new(); period_count];
        let mut changes: Vec<Vec<(TieIndex, bool)>> = vec![Vec::new(); period_count + 1];
        let mut current = None;
        for (row, said) in (0..).zip(ties.sayings()) {
            let only = self.only[*said as usize];
            if Some(only) == current || only == NONE {
                continue;
            }
            let tie = TieIndex(row);
            if only == SEVERAL {
                if takes(tie) {
                    for (first, end) in self.periods(tie) {
                        changes[first as usize].push((tie, true));
                        changes[end as usize].push((tie, false));
                    }
                }
            } else if current.is_none_or(|current| only > current) {
                begins[only as usize] = Some(row);
                current = Some(only);
            } else {
                strays[only as usize].push(tie);
            }
        }
        let (sources, targets) = (ties.sources(), ties.targets());
        let actor_count = self.dataset.actors().count();
        // Of ties of several periods, what counts now; of one period, what counts in it.
        let mut lasting = vec![0_u32; actor_count];
        let mut has_lasting = false;
        let mut counts = Counts::new(actor_count);
        let mut touched: Vec<ActorIndex> = Vec::new();
        let mut end_of_runs = number(ties.count());
        let ends: Vec<u32> = begins
            .iter()
            .rev()
            .map(|begin| {
                let end = end_of_runs;
                end_of_runs = begin.unwrap_or(end_of_runs);
                end
            })
            .collect();
        for period in 0..period_count {
            for (tie, begins) in &changes[period] {
                has_lasting = true;
                for end in [sources[tie.at()], targets[tie.at()]] {
                    let count = &mut lasting[end.at()];
                    *count = if *begins { *count + 1 } else { *count - 1 };
                }
            }
            if has_lasting {
                counts.set(&lasting);
            }
            let own = number(period);
            let run =
                begins[period].unwrap_or(0)..begins[period].map_or(0, |_| ends[period_count - 1 - period]);
            let tie_count = run.len() + strays[period].len();
            let is_listed = !has_lasting && tie_count < actor_count / LISTED;
            let said = &ties.sayings()[run.start as usize..run.end as usize];
            let mut add = |tie: TieIndex| {
                for end in [sources[tie.at()], targets[tie.at()]] {
                    if counts.add(end) && is_listed {
                        touched.push(end);
                    }
                }
            };
            for (tie, said) in run.map(TieIndex).zip(said) {
                if self.only[*said as usize] == own && takes(tie) {
                    add(tie);
                }
            }
            strays[period].iter().filter(|tie| takes(**tie)).for_each(|tie| add(*tie));
            let touched_now = is_listed.then_some(touched.as_slice());
            visit(period, &Tally { counts: &counts, touched: touched_now });
            counts.clear(touched_now);
            touched.clear();
        }
    }
}

/// How many ties each actor has in each of some periods: those that pass the lens with the period as its window, each at
/// both ends; what a tie with oneself is not. Periods begin and end in order. `visit` is given the number of each period.
///
/// # Errors
/// When the lens does not fit the dataset.
///
/// # Complexity
/// Time O(E + s·p + V·l) for E ties, V actors, the p periods that the days of each of s sayings meet, and l periods after the first in which
/// a tie of several counts; space O(V + E). For lenses with a bound on degrees or on officials, a scan for each period.
///
/// # Examples
/// Of a visit a – b in 1990 and an embassy of a in c from 1990 to 1991, `a` has 2 ties in 1990 and 1 in 1991.
pub fn tallies(
    dataset: &Dataset,
    lens: &Lens,
    periods: &[Window],
    mut visit: impl FnMut(usize, &Tally<'_>),
) -> Result<(), LensError> {
    if is_by_days(lens) {
        Timed::of(dataset, lens, periods)?.scan(periods.len(), visit);
        return Ok(());
    }
    let ties = dataset.ties();
    for (at, period) in periods.iter().enumerate() {
        let predicate = Predicate::compile(dataset, &Lens { during: *period, ..lens.clone() }, &[])?;
        let mut counts = Counts::new(dataset.actors().count());
        for tie in
            ties.all().filter(|tie| ties.source(*tie) != ties.target(*tie) && predicate.passes(dataset, *tie))
        {
            counts.add(ties.source(tie));
            counts.add(ties.target(tie));
        }
        visit(at, &Tally { counts: &counts, touched: None });
    }
    Ok(())
}
