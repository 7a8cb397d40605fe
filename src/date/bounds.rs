//! The four days between which a tie began and ended.

use serde::Serialize;

use super::{Certainty, Day, Window};

/// Four days: it began in `start_min..=start_max` and ended in `end_min..=end_max`, both ends included.
///
/// Made by [`Dating::resolve`](super::Dating::resolve), which keeps `start_min ≤ start_max ≤ end_max` and
/// `start_min ≤ end_min ≤ end_max`; only then is every one of the four days the day of some world, and
/// [`holds`](Self::holds) exact. An instant has one range for both: it ended on the day on which it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Bounds {
    /// The first day on which it can have begun.
    pub start_min: Day,
    /// The last day on which it can have begun.
    pub start_max: Day,
    /// The first day on which it can have ended: its last day in force.
    pub end_min: Day,
    /// The last day on which it can have ended.
    pub end_max: Day,
}

impl Bounds {
    /// The bounds of what took place on one day of `range`.
    pub fn instant(range: Window) -> Self {
        let (first, last) = (range.first(), range.last());
        Self { start_min: first, start_max: last, end_min: first, end_max: last }
    }

    /// Whether it was in force on some day of the window.
    pub fn holds(&self, window: Window) -> Certainty {
        if self.start_max <= window.last() && self.end_min >= window.first() {
            Certainty::Certainly
        } else if self.start_min <= window.last() && self.end_max >= window.first() {
            Certainty::Possibly
        } else {
            Certainty::No
        }
    }

    /// Whether the four days are in the order that their meaning asks for.
    pub fn is_consistent(&self) -> bool {
        self.start_min <= self.start_max
            && self.start_max <= self.end_max
            && self.start_min <= self.end_min
            && self.end_min <= self.end_max
    }
}

#[cfg(test)]
mod tests {
    use super::{Bounds, Certainty, Day, Window};

    fn window(first: i32, last: i32) -> Window {
        Window::new(Day::from_number(first), Day::from_number(last)).unwrap()
    }

    #[test]
    fn a_beginning_and_an_end_are_compared_with_opposite_ends_of_the_window() {
        let [start_min, start_max, end_min, end_max] = [10, 20, 30, 40].map(Day::from_number);
        let bounds = Bounds { start_min, start_max, end_min, end_max };
        for (first, last, expected) in [
            (0, 9, Certainty::No),
            (0, 10, Certainty::Possibly),
            (0, 19, Certainty::Possibly),
            (0, 20, Certainty::Certainly),
            (25, 25, Certainty::Certainly),
            (30, 99, Certainty::Certainly),
            (31, 99, Certainty::Possibly),
            (40, 99, Certainty::Possibly),
            (41, 99, Certainty::No),
        ] {
            assert_eq!(bounds.holds(window(first, last)), expected, "{first} to {last}");
        }
    }

    #[test]
    fn an_instant_is_certain_where_its_whole_range_is_asked_about() {
        let bounds = Bounds::instant(window(10, 20));
        assert_eq!(bounds.holds(window(10, 20)), Certainty::Certainly);
        assert_eq!(bounds.holds(window(11, 20)), Certainty::Possibly);
        assert_eq!(bounds.holds(window(21, 30)), Certainty::No);
    }
}
