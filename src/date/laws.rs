//! Laws that hold for all dates.

use proptest::prelude::*;

use super::stories::{DAY_COUNT, Story, story};
use super::worlds::day;
use super::{Certainty, Date, Dating, Day, Duration, Extent, Setting, Window};

/// Texts of one date, at every level of EDTF.
fn date_text() -> BoxedStrategy<String> {
    prop_oneof![
        "[0-9]{4}[?~%]?",
        "-[1-9][0-9]{3}",
        "[12][0-9X]{3}[?~%]?",
        "[12][0-9]{3}-(0[1-9]|1[0-2]|2[1-9]|3[0-9]|4[01]|XX|1X)[?~%]?",
        "[?~%]?[12][0-9]{3}-[?~%]?(0[1-9]|1[0-2])-[?~%]?([01][1-9]|2[0-8]|XX|1X)[?~%]?",
        "[12][0-9]{3}-XX-(0[1-9]|1[0-9]|X1)",
        "[12][0-9]{3}S[1-4]",
        "Y-?[1-9][0-9]{4,11}",
        "Y-?[1-9]E[4-9]",
        "[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9])T([01][0-9]|2[0-3]):[0-5][0-9](Z|[+]0[1-9]:00)?",
    ]
    .boxed()
}

/// Texts of all shapes; an interval may run backwards, and then is refused.
fn edtf_text() -> BoxedStrategy<String> {
    let set = |items: Vec<String>| items.join(",");
    let item = || prop_oneof![4 => date_text(), 1 => date_text().prop_map(|date| format!("..{date}"))];
    prop_oneof![
        4 => date_text(),
        2 => (prop_oneof![Just(String::new()), Just("..".to_owned()), date_text()],
              prop_oneof![Just(String::new()), Just("..".to_owned()), date_text()])
            .prop_map(|(start, end)| format!("{start}/{end}")),
        1 => prop::collection::vec(item(), 1..4).prop_map(move |items| format!("[{}]", set(items))),
        1 => prop::collection::vec(item(), 1..4).prop_map(move |items| format!("{{{}}}", set(items))),
    ]
    .boxed()
}

fn any_day() -> impl Strategy<Value = Day> {
    any::<i32>().prop_map(Day::from_number)
}

fn near_day() -> impl Strategy<Value = Day> {
    (-60_000..60_000).prop_map(Day::from_number)
}

fn window() -> impl Strategy<Value = Window> {
    prop_oneof![
        9 => (near_day(), near_day()).prop_map(|(one, other)| Window::between(one, other)),
        1 => Just(Window::ALL),
    ]
}

fn duration() -> impl Strategy<Value = Duration> {
    prop_oneof![Just(Duration::Instant), Just(Duration::Lasting)]
}

/// A dating from texts, if they are dates and can stand together.
fn dating(
    when: Option<&str>,
    start: Option<&str>,
    end: Option<&str>,
    attested: Option<&str>,
) -> Option<Dating> {
    let read = |text: Option<&str>| text.map(str::parse::<Date>).transpose().ok();
    Dating::new(read(when)?, read(start)?, read(end)?, read(attested)?).ok()
}

/// Extents of every kind of dating, in every kind of setting.
fn extent() -> BoxedStrategy<Extent> {
    let field = || prop::option::of(edtf_text());
    let exists = window();
    let known_until = prop::option::of(near_day());
    let fields = prop_oneof![
        (field(), Just(None), Just(None), field()),
        (Just(None), prop::option::of(date_text()), prop::option::of(date_text()), field()),
    ];
    (fields, duration(), exists, known_until)
        .prop_filter_map("not a dating", |((when, start, end, attested), duration, exists, known_until)| {
            let dating = dating(when.as_deref(), start.as_deref(), end.as_deref(), attested.as_deref())?;
            Some(dating.resolve(duration, &Setting { exists, known_until }))
        })
        .boxed()
}

fn resolved(story: &Story) -> Option<Extent> {
    let (when, witness) = (story.when_text(), story.witness_text());
    let exists = Window::new(day(story.exists.0), day(story.exists.1))?;
    let setting = Setting { exists, known_until: story.known_until.map(day) };
    let dating = dating(when.as_deref(), None, None, witness.as_deref())?;
    Some(dating.resolve(story.duration, &setting))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_day_is_read_back_as_it_is_printed(day in any_day().prop_filter("bounded", |day| day.is_bounded())) {
        prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
        let (year, month, number) = day.ymd();
        prop_assert_eq!(Day::from_ymd(year, month, number), Some(day));
    }

    #[test]
    fn the_day_after_has_the_next_date(day in near_day()) {
        let ((year, month, number), (next_year, next_month, next_number)) = (day.ymd(), day.next().ymd());
        prop_assert!(
            (year, month, number + 1) == (next_year, next_month, next_number)
                || (next_number == 1 && (year, month + 1) == (next_year, next_month))
                || ((next_month, next_number) == (1, 1) && (year + 1, 12) == (next_year, month))
        );
    }

    #[test]
    fn a_window_is_read_back_as_it_is_printed(one in any_day(), other in any_day()) {
        let bounded = one.is_bounded() && other.is_bounded();
        prop_assume!(bounded);
        for window in [Window::between(one, other), Window::between(one, Day::MAX), Window::between(Day::MIN, one)] {
            prop_assert_eq!(window.to_string().parse::<Window>(), Ok(window));
        }
    }

    #[test]
    fn a_date_is_printed_as_it_was_written(text in edtf_text()) {
        if let Ok(date) = text.parse::<Date>() {
            prop_assert_eq!(date.to_string(), text);
            let (first, last) = date.span();
            prop_assert!(first <= last);
            let json = serde_json::to_string(&date).unwrap();
            prop_assert_eq!(serde_json::from_str::<Date>(&json).unwrap(), date);
        }
    }

    #[test]
    fn most_generated_texts_are_dates(texts in prop::collection::vec(date_text(), 20)) {
        let read = texts.iter().filter(|text| text.parse::<Date>().is_ok()).count();
        prop_assert!(read >= 16, "{texts:?}");
    }

    #[test]
    fn nothing_that_is_read_panics(text in "[0-9XY~?%./,{}\\[\\]TZ:E S-]{0,24}", any in ".{0,12}") {
        for text in [text, any] {
            if let Err(error) = text.parse::<Date>() {
                prop_assert!(error.column() <= text.chars().count() + 1);
            }
        }
    }

    #[test]
    fn an_extent_is_never_empty_and_its_days_are_in_order(extent in extent()) {
        prop_assert!(!extent.bounds().is_empty());
        for bounds in extent.bounds() {
            prop_assert!(bounds.is_consistent(), "{bounds:?}");
        }
    }

    #[test]
    fn what_is_certain_is_possible_and_what_is_possible_meets_the_hull(extent in extent(), window in window()) {
        let (first, last) = extent.hull();
        let hull = Window::new(first, last).unwrap();
        if extent.holds(window) >= Certainty::Possibly {
            prop_assert!(hull.intersects(window));
        }
        prop_assert!(extent.holds(Window::ALL) >= Certainty::Possibly);
        prop_assert_eq!(extent.is_uncertain(), extent.holds(Window::ALL) == Certainty::Possibly
            || (0..extent.bounds().len()).any(|index| extent.is_doubtful(index)));
    }

    #[test]
    fn a_longer_window_is_never_less_sure(extent in extent(), one in window(), other in window()) {
        prop_assert!(extent.holds(one.hull(other)) >= extent.holds(one));
    }

    #[test]
    fn a_newer_reference_is_never_less_sure_of_an_open_end(
        text in date_text(), duration in duration(), one in near_day(), other in near_day(), window in window(),
    ) {
        let (older, newer) = (one.min(other), one.max(other));
        let open = format!("{text}/..");
        let holds = |known_until| {
            let setting = Setting { exists: Window::ALL, known_until };
            dating(Some(&open), None, None, None).map(|dating| dating.resolve(duration, &setting).holds(window))
        };
        prop_assert!(holds(None) <= holds(Some(older)));
        prop_assert!(holds(Some(older)) <= holds(Some(newer)));
    }

    #[test]
    fn an_interval_and_its_ends_written_apart_say_the_same(
        start in prop::option::of(date_text()),
        end in prop::option::of(prop_oneof![Just("..".to_owned()), date_text()]),
        duration in duration(),
        exists in window(),
        known_until in prop::option::of(near_day()),
    ) {
        if start.is_none() && end.is_none() {
            return Ok(());
        }
        let whole = format!("{}/{}", start.as_deref().unwrap_or(""), end.as_deref().unwrap_or(""));
        let setting = Setting { exists, known_until };
        let together = dating(Some(&whole), None, None, None).map(|dating| dating.resolve(duration, &setting));
        let apart = dating(None, start.as_deref(), end.as_deref(), None).map(|dating| dating.resolve(duration, &setting));
        prop_assert_eq!(together, apart);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn enumerated_worlds_agree(
        story in story(),
        ends in prop::collection::vec((1..DAY_COUNT - 1, 1..DAY_COUNT - 1), 12),
    ) {
        // Half of the windows short, for the days between.
        let windows: Vec<(usize, usize)> = ends
            .iter()
            .enumerate()
            .map(|(index, (one, other))| {
                let (one, other) = if index % 2 == 0 { (*one, *other) } else { (*one, (one + other % 40).min(DAY_COUNT - 2)) };
                (one.min(other), one.max(other))
            })
            .collect();
        match (resolved(&story), story.verdicts(&windows)) {
            (Some(extent), Some(verdicts)) => {
                for ((from, to), by_worlds) in windows.into_iter().zip(verdicts) {
                    let window = Window::new(day(from), day(to)).unwrap();
                    let fast = extent.holds(window);
                    if story.is_exact() {
                        prop_assert_eq!(fast, by_worlds, "{:?} {:?} in {}", story.when_text(), story.witness_text(), window);
                    } else if !story.has_gaps_in_the_witness_of_a_happening() {
                        let sound = fast == by_worlds || fast == Certainty::Possibly;
                        prop_assert!(sound, "{fast} {by_worlds} {:?} in {window}", story.when_text());
                    }
                }
            }
            // Words that allow no world are refused; a happening is refused for an attestation before it, too.
            (None, None) => {}
            (None, Some(_)) => prop_assert!(story.duration == Duration::Instant || !story.is_exact()),
            (Some(_), None) => prop_assert!(!story.is_exact(), "{story:?}"),
        }
    }
}
