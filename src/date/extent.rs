//! When a claim says its tie was in force: alternatives or occurrences, and what they answer about a window.

use serde::Serialize;

use super::{Bounds, Certainty, Day, Window};

/// How several bounds of one claim belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    /// One of them is true, `[a,b]`: all must hold for *Certainly*.
    Alternatives,
    /// All of them are true, `{a,b}`: any one suffices for *Certainly*.
    Occurrences,
}

impl Reading {
    /// Whether a tie with these bounds, each with whether a `?` makes it doubtful, was in force on some day of
    /// the window.
    pub fn holds(self, parts: impl IntoIterator<Item = (Bounds, bool)>, window: Window) -> Certainty {
        let (mut worst, mut best) = (Certainty::Certainly, Certainty::No);
        for (bounds, doubtful) in parts {
            let cap = if doubtful { Certainty::Possibly } else { Certainty::Certainly };
            let verdict = bounds.holds(window).min(cap);
            worst = worst.min(verdict);
            best = best.max(verdict);
        }
        match self {
            Self::Occurrences => best,
            // One of the alternatives that fails leaves the others possible.
            Self::Alternatives if worst == Certainty::Certainly => best,
            Self::Alternatives => best.min(Certainty::Possibly),
        }
    }
}

/// When a claim says its tie was in force.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Extent {
    /// Never empty.
    bounds: Vec<Bounds>,
    /// Which of the bounds a `?` makes doubtful: one for each.
    doubtful: Vec<bool>,
    reading: Reading,
    approximate: bool,
    instant: bool,
}

impl Extent {
    /// Puts together bounds (at least one), each with whether a `?` makes it doubtful.
    pub(super) fn new(
        parts: impl IntoIterator<Item = (Bounds, bool)>,
        reading: Reading,
        approximate: bool,
        instant: bool,
    ) -> Self {
        let (bounds, doubtful): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        debug_assert!(!bounds.is_empty() && bounds.iter().all(Bounds::is_consistent), "{bounds:?}");
        Self { bounds, doubtful, reading, approximate, instant }
    }

    /// The alternatives or occurrences, in the order in which the text has them; never empty.
    pub fn bounds(&self) -> &[Bounds] {
        &self.bounds
    }

    /// Whether the bounds are alternatives or occurrences; with one bound, alternatives.
    pub fn reading(&self) -> Reading {
        self.reading
    }

    /// Whether a `?` keeps the bound of this index from ever being certain.
    pub fn is_doubtful(&self, index: usize) -> bool {
        self.doubtful.get(index).copied().unwrap_or(false)
    }

    /// Whether a `?` (or `%`) stands anywhere in the dates that made it.
    pub fn is_uncertain(&self) -> bool {
        self.doubtful.contains(&true)
    }

    /// Whether a `~` (or `%`) widened it, which an answer should say.
    pub fn is_approximate(&self) -> bool {
        self.approximate
    }

    /// Whether each of its bounds is one day, known or not, rather than a beginning and an end.
    pub fn is_instant(&self) -> bool {
        self.instant
    }

    /// Whether the tie was in force on some day of the window.
    pub fn holds(&self, window: Window) -> Certainty {
        self.reading.holds(self.bounds.iter().copied().zip(self.doubtful.iter().copied()), window)
    }

    /// The first day on which it can have been in force, and the last; both included.
    pub fn hull(&self) -> (Day, Day) {
        let first = self.bounds.iter().map(|bounds| bounds.start_min).min();
        let last = self.bounds.iter().map(|bounds| bounds.end_max).max();
        (first.expect("an extent is never empty"), last.expect("an extent is never empty"))
    }

    /// The place of the tie in time, for sorting: by the first possible day, then the last, then the last possible
    /// beginning, then the first possible end. Ties that are equal in all four need an id to be told apart.
    pub fn order(&self) -> (Day, Day, Day, Day) {
        let (first, last) = self.hull();
        let start_max = self.bounds.iter().map(|bounds| bounds.start_max).max();
        let end_min = self.bounds.iter().map(|bounds| bounds.end_min).min();
        (first, last, start_max.unwrap_or(last), end_min.unwrap_or(first))
    }
}

#[cfg(test)]
mod tests {
    use super::{Bounds, Certainty, Day, Extent, Reading, Window};

    fn days(first: i32, last: i32) -> Window {
        Window::new(Day::from_number(first), Day::from_number(last)).unwrap()
    }

    fn two(reading: Reading, doubtful: bool) -> Extent {
        let parts = [(Bounds::instant(days(0, 9)), doubtful), (Bounds::instant(days(20, 29)), false)];
        Extent::new(parts, reading, false, true)
    }

    #[test]
    fn all_alternatives_or_any_occurrence_must_be_certain() {
        assert_eq!(two(Reading::Alternatives, false).holds(days(0, 9)), Certainty::Possibly);
        assert_eq!(two(Reading::Alternatives, false).holds(days(0, 29)), Certainty::Certainly);
        assert_eq!(two(Reading::Occurrences, false).holds(days(0, 9)), Certainty::Certainly);
        assert_eq!(two(Reading::Occurrences, false).holds(days(10, 19)), Certainty::No);
    }

    #[test]
    fn doubt_about_one_member_spoils_a_choice_but_not_the_other_occurrence() {
        assert_eq!(two(Reading::Alternatives, true).holds(Window::ALL), Certainty::Possibly);
        assert_eq!(two(Reading::Occurrences, true).holds(days(0, 9)), Certainty::Possibly);
        assert_eq!(two(Reading::Occurrences, true).holds(days(20, 29)), Certainty::Certainly);
    }

    #[test]
    fn the_place_in_time_goes_by_the_first_possible_day() {
        let early = Extent::new([(Bounds::instant(days(0, 9)), false)], Reading::Alternatives, false, true);
        let both = two(Reading::Occurrences, false);
        assert_eq!(both.hull(), (Day::from_number(0), Day::from_number(29)));
        assert!(early.order() < both.order());
    }
}
