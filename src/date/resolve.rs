//! From what is written to four days: a dating, seen against its actors and references.
//!
//! Written days win. What is known of the actors' existence only fills in what is *unknown*; where it contradicts
//! what is written (an embassy attested in 1995 of a state that ended in 1991) it gives way, and the unknown end
//! falls back to the days that are written.

use serde::{Deserialize, Serialize};

use super::dating::end_of;
use super::shape::{End, Member, Shape, Span};
use super::{Bounds, Date, Dating, Day, Extent, Reading, Window};

/// Whether a relation is a happening or a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Duration {
    /// A visit, a signature: a plain date is its one day.
    Instant,
    /// An embassy, an alliance: a plain date is its beginning.
    Lasting,
}

/// What is known around a claim: of the actors of its tie, and of its references.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Setting {
    /// From the later beginning to the earlier end of the existence of the tie's actors, at its widest.
    pub exists: Window,
    /// The newest day on which one of its references was issued or revised (accessed, for undated pages).
    pub known_until: Option<Day>,
}

impl Default for Setting {
    /// Nothing is known: actors without beginning or end, references without a date.
    fn default() -> Self {
        Self { exists: Window::ALL, known_until: None }
    }
}

impl Dating {
    /// The days that the dating allows.
    ///
    /// - An instant with a plain date is one day of it. A lasting tie with one begins in it, and its end is unknown.
    /// - An unknown start lies between the beginning of existence and the first day attested (else the last possible
    ///   end); an unknown end between the last day attested (else the first possible start) and the end of existence.
    /// - An open end has no bound, and is certain up to `known_until`, but not beyond the end of existence; without
    ///   `known_until`, not beyond the start. An open start has no bound, and is certain from the beginning of
    ///   existence on.
    /// - `attested` of a lasting tie: it was in force on some day of a date, on some day of *one* member of `[a,b]`,
    ///   on some day of *each* member of `{a,b}` and between them, throughout an interval. Alone on an instant it is
    ///   its date; beside occurrences `{a,b}` in `when` it is one occurrence more.
    pub fn resolve(&self, duration: Duration, setting: &Setting) -> Extent {
        let approximate = self.dates().any(Date::is_approximate);
        let doubtful =
            [self.start(), self.end(), self.attested()].into_iter().flatten().any(Date::is_uncertain);
        let case = Case { duration, setting, doubtful };
        let (reading, parts, instant) = match self.stated(duration) {
            Stated::Ends { start, end, uncertain } => {
                (Reading::Alternatives, case.ends(start, end, uncertain, &self.attestations()), false)
            }
            Stated::Choice { reading, members, attested } => {
                let instant = duration == Duration::Instant && members.iter().all(Member::is_one_day);
                let parts = match reading {
                    Reading::Alternatives => case.alternatives(members, &attested),
                    Reading::Occurrences => case.occurrences(members, &attested),
                };
                (reading, parts, instant)
            }
        };
        let reading = if parts.len() == 1 { Reading::Alternatives } else { reading };
        Extent::new(parts, reading, approximate, instant)
    }

    /// What is written, whatever field it stands in.
    fn stated(&self, duration: Duration) -> Stated<'_> {
        if let Some(when) = self.when() {
            return Stated::of(when, self.attestations());
        }
        match (self.start(), self.end(), self.attested(), duration) {
            // Attested is all that a happening can be: the day it is attested on is its day.
            (None, None, Some(attested), Duration::Instant) => Stated::of(attested, Vec::new()),
            (start, end, _, _) => {
                // `Dating::new` lets nothing pass that is not one end.
                let read = |date: Option<&Date>| date.and_then(end_of).unwrap_or(End::Unknown);
                Stated::Ends { start: read(start), end: read(end), uncertain: false }
            }
        }
    }

    fn attestations(&self) -> Vec<Attested> {
        self.attested().map(Attested::of).unwrap_or_default()
    }
}

/// Whether each reading of `attested` contradicts each reading of the rest, whatever the actors and references.
pub(super) fn contradicts(dating: &Dating) -> bool {
    let attested = dating.attestations();
    let setting = Setting::default();
    let possible = |start, end| {
        attested.is_empty()
            || attested.iter().any(|attested| four_days(start, end, Some(attested), &setting).is_some())
    };
    !match dating.stated(Duration::Lasting) {
        Stated::Ends { start, end, .. } => possible(start, end),
        Stated::Choice { reading: Reading::Alternatives, members, .. } => {
            members.iter().any(|member| possible(End::Within(member.span.window()), End::Unknown))
        }
        // The attestation may be of one more occurrence.
        Stated::Choice { reading: Reading::Occurrences, .. } => true,
    }
}

/// What is written: a choice of dates or two ends.
enum Stated<'a> {
    Choice { reading: Reading, members: &'a [Member], attested: Vec<Attested> },
    Ends { start: End, end: End, uncertain: bool },
}

impl<'a> Stated<'a> {
    fn of(date: &'a Date, attested: Vec<Attested>) -> Self {
        match date.shape() {
            Shape::Choice { reading, members } => Self::Choice { reading: *reading, members, attested },
            Shape::Interval { start, end } => {
                Self::Ends { start: *start, end: *end, uncertain: date.is_uncertain() }
            }
            Shape::Open => Self::Ends { start: End::Open, end: End::Open, uncertain: false },
        }
    }
}

/// What an attestation says of the ends of a tie.
#[derive(Clone, Copy)]
struct Attested {
    /// It began on this day or before.
    start_max: Day,
    /// It ended on this day or after.
    end_min: Day,
    /// The last day that is meant, where no better end is known.
    last: Day,
    /// Whether it is attested from ever on, or for ever.
    open_start: bool,
    open_end: bool,
}

impl Attested {
    /// One for each alternative.
    fn of(date: &Date) -> Vec<Self> {
        let closed =
            |start_max, end_min, last| Self { start_max, end_min, last, open_start: false, open_end: false };
        let spans = |members: &[Member]| members.iter().map(|member| member.span).collect::<Vec<_>>();
        match date.shape() {
            Shape::Choice { reading: Reading::Alternatives, members } => spans(members)
                .into_iter()
                .map(|span| closed(span.attested_from(), span.attested_to(), span.window().last()))
                .collect(),
            Shape::Choice { reading: Reading::Occurrences, members } => {
                let spans = spans(members);
                let start_max = spans.iter().map(|span| span.attested_from()).min();
                let end_min = spans.iter().map(|span| span.attested_to()).max();
                let last = date.window().last();
                start_max
                    .zip(end_min)
                    .map(|(start_max, end_min)| closed(start_max, end_min, last))
                    .into_iter()
                    .collect()
            }
            Shape::Interval { start, end } => {
                let within = |end: &End| match end {
                    End::Within(window) => Some(*window),
                    End::Open | End::Unknown => None,
                };
                let (first, last) = (within(start).or(within(end)), within(end).or(within(start)));
                // Its first day is not after its last, which tells more where the two overlap: `1985-05/1985`.
                let (from, to) = (first.map_or(Day::MIN, Window::first), last.map_or(Day::MAX, Window::last));
                vec![Self {
                    start_max: first.map_or(Day::MAX, Window::last).min(to),
                    end_min: last.map_or(Day::MIN, Window::first).max(from),
                    last: last.map_or(Day::MIN, Window::last),
                    open_start: matches!(start, End::Open),
                    open_end: matches!(end, End::Open),
                }]
            }
            Shape::Open => Vec::new(),
        }
    }
}

/// Bounds, and whether a `?` makes them doubtful.
type Part = (Bounds, bool);

/// One claim of one tie.
struct Case<'a> {
    duration: Duration,
    setting: &'a Setting,
    doubtful: bool,
}

impl Case<'_> {
    /// Two ends under each attestation that they allow.
    fn ends(&self, start: End, end: End, uncertain: bool, attested: &[Attested]) -> Vec<Part> {
        let doubtful = uncertain || self.doubtful;
        let part = |attested| Some((four_days(start, end, attested, self.setting)?, doubtful));
        or_without(attested.iter().filter_map(|attested| part(Some(attested))).collect(), || part(None))
    }

    /// Each member under each attestation that it allows. What none allows is as if it were not attested.
    ///
    /// Doubt about one alternative is doubt about the choice, even where the attestation rules that one out.
    fn alternatives(&self, members: &[Member], attested: &[Attested]) -> Vec<Part> {
        let choice =
            Self { doubtful: self.doubtful || members.iter().any(|member| member.uncertain), ..*self };
        let pairs = members.iter().flat_map(|member| attested.iter().map(move |attested| (member, attested)));
        let allowed: Vec<_> =
            pairs.filter_map(|(member, attested)| choice.member(member, Some(attested))).collect();
        or_without(allowed, || {
            members.iter().filter_map(|member| choice.member(member, None)).collect::<Vec<_>>()
        })
    }

    /// Each member, and for a lasting tie the attested time, which may belong to any of them or to none.
    fn occurrences(&self, members: &[Member], attested: &[Attested]) -> Vec<Part> {
        let mut parts: Vec<_> = members.iter().filter_map(|member| self.member(member, None)).collect();
        if self.duration == Duration::Lasting {
            // An occurrence cannot be itself a list of alternatives.
            let either = attested.iter().copied().reduce(|one, other| Attested {
                start_max: one.start_max.max(other.start_max),
                end_min: one.end_min.min(other.end_min),
                last: one.last.max(other.last),
                open_start: one.open_start && other.open_start,
                open_end: one.open_end && other.open_end,
            });
            let bounds =
                either.and_then(|either| four_days(End::Unknown, End::Unknown, Some(&either), self.setting));
            parts.extend(bounds.map(|bounds| (bounds, self.doubtful)));
        }
        parts
    }

    fn member(&self, member: &Member, attested: Option<&Attested>) -> Option<Part> {
        let bounds = match (member.span, self.duration) {
            (Span::Within(window), Duration::Instant) => {
                let first = attested.map_or(Day::MIN, |attested| attested.end_min).max(window.first());
                let last = attested.map_or(Day::MAX, |attested| attested.start_max).min(window.last());
                Bounds::instant(Window::new(first, last)?)
            }
            (Span::Within(window), Duration::Lasting) => {
                four_days(End::Within(window), End::Unknown, attested, self.setting)?
            }
            (Span::Throughout(window), Duration::Instant) => {
                let (first, last) = (Window::day(window.first()), Window::day(window.last()));
                four_days(End::Within(first), End::Within(last), attested, self.setting)?
            }
            (Span::Throughout(window), Duration::Lasting) => {
                // It was in force on the last of these days; what is attested besides is one occurrence more.
                let through = Attested {
                    start_max: window.first(),
                    end_min: window.last(),
                    last: window.last(),
                    open_start: false,
                    open_end: false,
                };
                let start = End::Within(Window::day(window.first()));
                four_days(start, End::Unknown, Some(&through), self.setting)?
            }
        };
        Some((bounds, member.uncertain || self.doubtful))
    }
}

/// The parts, or others if there are none.
fn or_without<I: IntoIterator<Item = Part>>(parts: Vec<Part>, others: impl FnOnce() -> I) -> Vec<Part> {
    if parts.is_empty() { others().into_iter().collect() } else { parts }
}

/// The four days of a tie with these ends; nothing if the attestation contradicts them.
fn four_days(start: End, end: End, attested: Option<&Attested>, setting: &Setting) -> Option<Bounds> {
    let opened = |end, open| match end {
        End::Unknown if open => End::Open,
        End::Unknown | End::Open | End::Within(_) => end,
    };
    let start = opened(start, attested.is_some_and(|attested| attested.open_start));
    let end = opened(end, attested.is_some_and(|attested| attested.open_end));

    // What is written: it begins before it ends, and is in force when attested.
    let (mut start_max, mut end_min) =
        attested.map_or((Day::MAX, Day::MIN), |attested| (attested.start_max, attested.end_min));
    let mut last_written = attested.map_or(Day::MIN, |attested| attested.last);
    if let End::Within(window) = start {
        (start_max, end_min) = (start_max.min(window.last()), end_min.max(window.first()));
        last_written = last_written.max(window.last());
    }
    if let End::Within(window) = end {
        (start_max, end_min) = (start_max.min(window.last()), end_min.max(window.first()));
    }

    // What is known: existence bounds what is unknown, references how far an open end is certain.
    let (first, last) = (setting.exists.first(), setting.exists.last());
    let start_min = match start {
        End::Within(window) => window.first(),
        End::Open => Day::MIN,
        End::Unknown if first > start_max => start_max.min(end_min),
        End::Unknown => first,
    };
    let end_max = match end {
        End::Within(window) => window.last(),
        End::Open => Day::MAX,
        End::Unknown if last < end_min => last_written.max(end_min),
        End::Unknown => last,
    };
    if let End::Open = start {
        start_max = start_max.min(first);
    }
    if let (End::Open, Some(known_until)) = (end, setting.known_until) {
        end_min = end_min.max(known_until.min(last));
    }
    let bounds =
        Bounds { start_min, start_max: start_max.min(end_max), end_min: end_min.max(start_min), end_max };
    bounds.is_consistent().then_some(bounds)
}
