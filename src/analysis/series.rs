//! One measure period by period: the scores of a lens that is moved through time.

use thiserror::Error;

use super::{
    Convention, Decay, Direction, Measure, MeasureError, Scores, Weighing, Weight,
    periods::{Cut, label, periods},
    scores,
    tally::{Timed, is_by_days},
};
use crate::{
    dataset::{ActorIndex, Dataset},
    date::{Day, Window},
    lens::{Lens, LensError},
    network::Network,
};

/// The most periods that one question takes.
pub const MOST_PERIODS: usize = 5000;

/// Why a measure cannot be had period by period.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SeriesError {
    /// The lens does not fit the dataset.
    #[error(transparent)]
    Lens(#[from] LensError),
    /// The measure cannot be had in a period.
    #[error("in {period}: {error}")]
    Measure {
        /// The period.
        period: String,
        /// Why.
        error: MeasureError,
    },
    /// The measure cannot be had.
    #[error(transparent)]
    Score(#[from] MeasureError),
    /// Nothing that passes the lens has a date.
    #[error("no tie that passes the lens has a date from which periods could begin; give --during")]
    NoDate,
    /// There are too many.
    #[error("that makes more than {MOST_PERIODS} periods; take longer ones, or narrow --during")]
    TooMany,
}

/// The days from the first to the last that ties of a network name; `None` where no tie names any.
///
/// # Complexity
/// Time O(E), for E ties.
pub(super) fn named(network: &Network<'_>) -> Option<Window> {
    let dataset = network.dataset();
    let passing = dataset.ties().all().filter(|tie| network.predicate().passes(dataset, *tie));
    let mut named: Option<(Day, Day)> = None;
    for tie in passing {
        for (bounds, _) in dataset.ties().claims(tie).flat_map(|(_, bounds, _)| bounds) {
            for day in [bounds.start_min, bounds.start_max, bounds.end_min, bounds.end_max] {
                if day.is_bounded() {
                    named = Some(named.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
                }
            }
        }
    }
    named.and_then(|(first, last)| Window::new(first, last))
}

/// The same inside the window of the network, and not beyond the newest day of the dataset.
///
/// # Complexity
/// Time O(E), for E ties.
pub fn stretch(network: &Network<'_>) -> Option<Window> {
    let (dataset, during) = (network.dataset(), network.predicate().lens().during);
    let named = named(network)?;
    let (first, last) = (named.first(), named.last());
    // A window that is bounded says itself where to begin and end.
    let first = if during.first().is_bounded() { during.first() } else { first };
    let last = if during.last().is_bounded() {
        during.last()
    } else {
        dataset.newest_day().map_or(last, |newest| newest.min(last))
    };
    Window::new(first, last.max(first))
}

/// The periods into which the days of a network are cut, each no longer than its window; at most [`MOST_PERIODS`].
///
/// Where the window does not say when to begin, steps of years begin at a year that they divide: decades in 1990.
///
/// # Errors
/// When no tie has a date, or there are too many periods.
pub fn periods_of(network: &Network<'_>, cut: Cut) -> Result<Vec<Window>, SeriesError> {
    let during = network.predicate().lens().during;
    let bounded = (during.first().is_bounded() && during.last().is_bounded()).then_some(during);
    let stretch = bounded.or_else(|| stretch(network)).ok_or(SeriesError::NoDate)?;
    let stretch = match cut.step.years() {
        Some(years) if !during.first().is_bounded() => {
            let year = stretch.first().ymd().0.div_euclid(years) * years;
            Day::from_ymd(year, 1, 1).and_then(|first| Window::new(first, stretch.last())).unwrap_or(stretch)
        }
        Some(_) | None => stretch,
    };
    let days = f64::from(stretch.last().number()) - f64::from(stretch.first().number());
    if days / cut.step.days() > 1.1 * f64::from(crate::dataset::number(MOST_PERIODS)) {
        return Err(SeriesError::TooMany);
    }
    let within =
        |period: Window| Window::new(period.first().max(during.first()), period.last().min(during.last()));
    let periods: Vec<Window> = periods(stretch, cut).into_iter().filter_map(within).collect();
    if periods.len() > MOST_PERIODS { Err(SeriesError::TooMany) } else { Ok(periods) }
}

/// The scores of a measure in one period after another, each handed to `visit` with the number of dyads of that period.
///
/// Each period is the lens with that period as its window, so a lasting tie counts in all periods in which it was
/// in force; where ties fade, their age is reckoned from the end of each period.
///
/// # Errors
/// When the lens does not fit the dataset, or the measure what it asks.
///
/// # Complexity
/// Time O(E) beside that of the measure, for each period.
pub fn series(
    dataset: &Dataset,
    lens: &Lens,
    measure: Measure,
    convention: &Convention<'_>,
    periods: &[Window],
    mut visit: impl FnMut(Window, usize, Scores),
) -> Result<(), SeriesError> {
    let counts_ties = convention.weight.is_none_or(|weight| weight == Weight::plain(Weighing::Ties));
    let is_plain = counts_ties && convention.direction == Direction::Ignored && !convention.is_normalised;
    if measure == Measure::Strength && is_plain && is_by_days(lens) {
        return strengths(dataset, lens, periods, visit);
    }
    if let Some(progress) = convention.progress {
        progress.begin(periods.len());
    }
    for period in periods {
        let network = Network::project(dataset, &Lens { during: *period, ..lens.clone() })?;
        let fading = |weight: Weight| Weight {
            decay: weight.decay.map(|decay| Decay { now: period.last(), ..decay }),
            ..weight
        };
        let inner = Convention { weight: convention.weight.map(fading), progress: None, ..*convention };
        let scores = scores(&network, measure, &inner)
            .map_err(|error| SeriesError::Measure { period: label(*period), error })?;
        visit(*period, network.compact().dyads().len(), scores);
        if let Some(progress) = convention.progress {
            progress.advance(1);
        }
    }
    Ok(())
}

/// Numbers of ties, by one scan for all periods.
fn strengths(
    dataset: &Dataset,
    lens: &Lens,
    periods: &[Window],
    mut visit: impl FnMut(Window, usize, Scores),
) -> Result<(), SeriesError> {
    let timed = Timed::of(dataset, lens, periods)?;
    let dyad_counts = timed.dyad_counts(periods.len());
    let actors = dataset.actors();
    let network = Network::project(dataset, lens)?;
    let admitted: Vec<ActorIndex> = actors.all().filter(|actor| network.predicate().admits(*actor)).collect();
    timed.scan(periods.len(), |at, tally| {
        let is_there =
            |actor: &ActorIndex| tally.count(*actor) > 0 || actors.existence(*actor).intersects(periods[at]);
        let actors: Vec<ActorIndex> = admitted.iter().copied().filter(is_there).collect();
        let values = actors.iter().map(|actor| Some(f64::from(tally.count(*actor)))).collect();
        visit(
            periods[at],
            dyad_counts[at],
            Scores { actors, values, remarks: Vec::new(), is_directed: false },
        );
    });
    Ok(())
}
