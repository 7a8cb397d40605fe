//! What an EDTF text says, taken apart: a choice among dates, or an interval with two ends.

use super::{Day, Reading, Window};

/// What a text says, and whether a `?` or a `~` stands in it anywhere.
#[derive(Clone, Debug)]
pub(super) struct Parsed {
    pub(super) shape: Shape,
    pub(super) uncertain: bool,
    pub(super) approximate: bool,
}

/// The structure of a text.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// A bare `..`: the open end of a field of its own.
    Open,
    /// A date, or a set of dates; never without a member.
    Choice { reading: Reading, members: Vec<Member> },
    /// `a/b`.
    Interval { start: End, end: End },
}

/// One member of a set, or one run of the days that a date allows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) span: Span,
    pub(super) uncertain: bool,
}

/// The days of a member.
#[derive(Clone, Copy, Debug)]
pub(super) enum Span {
    /// One day of these.
    Within(Window),
    /// Every day of these, `{1990-03-01..1990-03-09}`.
    Throughout(Window),
}

/// One end of an interval.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// `..`: none.
    Open,
    /// Nothing written: there is one, but which is not known.
    Unknown,
    /// One day of these.
    Within(Window),
}

impl Span {
    /// The last day on which something attested in it can have begun.
    pub(super) fn attested_from(self) -> Day {
        match self {
            Self::Within(window) => window.last(),
            Self::Throughout(window) => window.first(),
        }
    }

    /// The first day on which something attested in it can have ended.
    pub(super) fn attested_to(self) -> Day {
        match self {
            Self::Within(window) => window.first(),
            Self::Throughout(window) => window.last(),
        }
    }

    /// All its days.
    pub(super) fn window(self) -> Window {
        match self {
            Self::Within(window) | Self::Throughout(window) => window,
        }
    }
}

impl Member {
    /// Whether it is one day, known or not.
    pub(super) fn is_one_day(&self) -> bool {
        match self.span {
            Span::Within(_) => true,
            Span::Throughout(_) => false,
        }
    }
}

impl Shape {
    /// All days that it may touch.
    pub(super) fn window(&self) -> Window {
        match self {
            Self::Open => Window::ALL,
            Self::Choice { members, .. } => {
                let hull = members.iter().map(|member| member.span.window()).reduce(Window::hull);
                hull.expect("a choice has a member")
            }
            Self::Interval { start, end } => {
                let first = match start {
                    End::Open | End::Unknown => Day::MIN,
                    End::Within(window) => window.first(),
                };
                let last = match end {
                    End::Open | End::Unknown => Day::MAX,
                    End::Within(window) => window.last(),
                };
                Window::between(first, last)
            }
        }
    }
}
