//! Scores under doubt: worlds drawn by chance against all worlds counted.

use std::collections::BTreeMap;

use chancery::{
    analysis::{Convention, Drawing, Measure, Worlds, ranges},
    dataset::Dataset,
    date::Day,
    lens::Lens,
    network::Network,
};

use crate::support::{actor, dataset, shipped};

fn during(text: &str) -> Lens {
    Lens { during: text.parse().expect("a window"), ..Lens::default() }
}

/// How often each number of ties is in a world, as a share.
fn shares(dataset: &Dataset, lens: &Lens, count: u32) -> BTreeMap<usize, f64> {
    let network = Network::project(dataset, lens).expect("the lens fits");
    let mut worlds = Worlds::new(&network, 11);
    let mut shares = BTreeMap::new();
    for _ in 0..count {
        let there = worlds.draw().into_iter().filter(|is| *is).count();
        *shares.entry(there).or_insert(0.0) += 1.0 / f64::from(count);
    }
    shares
}

#[track_caller]
fn near(ours: &BTreeMap<usize, f64>, exact: &[(usize, f64)]) {
    assert_eq!(
        ours.keys().copied().collect::<Vec<_>>(),
        exact.iter().map(|(key, _)| *key).collect::<Vec<_>>()
    );
    for (key, share) in exact {
        assert!((ours[key] - share).abs() < 0.02, "{key}: {}, counted {share}", ours[key]);
    }
}

#[test]
fn worlds_are_drawn_as_often_as_counting_all_of_them_says() {
    let dataset = dataset(
        r#"{"nodes": [{"id": "hub"}, {"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}], "edges": [
        {"source": "hub", "target": "a", "relation": "visit", "when": "1990-05-01"},
        {"source": "hub", "target": "b", "relation": "visit", "when": "1990-05-01", "status": "alleged"},
        {"source": "hub", "target": "c", "relation": "visit", "when": "[1989-06-01,1990-06-01]"},
        {"source": "hub", "target": "d", "relation": "visit", "when": "[1989-12-31..1990-01-02]"}]}"#,
    );
    // Three ties of 1/2, 1/2 and 2/3 beside one that is certain.
    let exact = [(1, 1.0 / 12.0), (2, 4.0 / 12.0), (3, 5.0 / 12.0), (4, 2.0 / 12.0)];
    near(&shares(&dataset, &during("1990"), 8000), &exact);
    let drawing = Drawing { count: 4000, seed: 3, is_rising: false };
    let ranges = ranges(&dataset, &during("1990"), Measure::Degree, &Convention::default(), drawing).unwrap();
    let hub = ranges.actors.iter().find(|range| range.actor == actor(&dataset, "hub")).unwrap();
    assert_eq!((hub.certain, hub.possible, ranges.doubtful_count), (Some(1.0), Some(4.0), 3));
    let [low, mean, high] = hub.drawn.unwrap();
    assert_eq!((low, high, hub.places, hub.world_count), (1.0, 4.0, Some([1, 1]), 4000));
    assert!((mean - (1.0 + 0.5 + 0.5 + 2.0 / 3.0)).abs() < 0.05, "{mean}");
    // `b` is tied in half of the worlds: then it is second to the hub, else behind all who are tied.
    let b = ranges.actors.iter().find(|range| range.actor == actor(&dataset, "b")).unwrap();
    assert_eq!(
        (b.certain, b.possible, b.drawn.map(|[low, _, high]| [low, high])),
        (Some(0.0), Some(1.0), Some([0.0, 1.0]))
    );
}

#[test]
fn ties_of_an_event_of_one_day_are_in_the_same_worlds() {
    let of = |same_day: bool| {
        let dataset = dataset(&format!(
            r#"{{"nodes": [{{"id": "a"}}, {{"id": "b"}}, {{"id": "c"}}, {{"id": "summit", "kind": "event", "same_day": {same_day}}}],
            "edges": [
            {{"source": "a", "target": "b", "relation": "meeting", "when": "[1989-12-31..1990-01-01]", "event": "summit"}},
            {{"source": "a", "target": "c", "relation": "meeting", "when": "[1989-12-31..1990-01-01]", "event": "summit"}}]}}"#
        ));
        shares(&dataset, &during("1990"), 4000)
    };
    near(&of(true), &[(0, 0.5), (2, 0.5)]);
    near(&of(false), &[(0, 0.25), (1, 0.5), (2, 0.25)]);
}

#[test]
fn beginnings_and_ends_are_drawn_as_all_days_counted_say() {
    let dataset = dataset(
        r#"{"nodes": [{"id": "a"}, {"id": "b"}], "edges": [
        {"source": "a", "target": "b", "relation": "alliance", "start": "[1990-01-01..1990-01-20]", "end": "[1990-01-05..1990-02-10]"}]}"#,
    );
    let day = |month, day| Day::from_ymd(1990, month, day).unwrap().number();
    let (mut held, asked) = (0.0, (day(1, 15), day(1, 16)));
    for start in day(1, 1)..=day(1, 20) {
        let ends = start.max(day(1, 5))..=day(2, 10);
        let each = 1.0 / 20.0 / f64::from(day(2, 10) - ends.start() + 1);
        held += ends.filter(|end| start <= asked.1 && *end >= asked.0).map(|_| each).sum::<f64>();
    }
    near(&shares(&dataset, &during("1990-01-15/1990-01-16"), 8000), &[(0, 1.0 - held), (1, held)]);
}

#[test]
fn one_of_claims_that_contradict_holds() {
    let dataset = dataset(
        r#"{"nodes": [{"id": "a"}, {"id": "b"}], "edges": [{"source": "a", "target": "b", "relation": "visit", "claims": [
        {"when": "1990-03"}, {"when": "1990-04"}, {"when": "1990-05", "status": "refuted"}, {"when": "1995"}]}]}"#,
    );
    near(&shares(&dataset, &during("1990"), 8000), &[(0, 0.5), (1, 0.5)]);
}

#[test]
fn degrees_of_worlds_lie_between_the_certain_and_the_possible() {
    let dataset = shipped();
    let lens = during("1985/1989");
    let drawing = Drawing { count: 20, seed: 1, is_rising: false };
    let of = |drawing| ranges(&dataset, &lens, Measure::Degree, &Convention::default(), drawing).unwrap();
    let ranges = of(drawing);
    assert!(ranges.doubtful_count > 0);
    for range in &ranges.actors {
        if let (Some(certain), Some(possible), Some([low, _, high])) =
            (range.certain, range.possible, range.drawn)
        {
            assert!(certain <= low && low <= high && high <= possible, "{range:?}");
        }
    }
    assert_eq!(ranges, of(drawing));
    assert_ne!(ranges, of(Drawing { seed: 2, ..drawing }));
}

/// What a tie is in the worlds that its dates and claims allow, each with how likely it is; nothing where it is not there.
type Readings = Vec<(Option<String>, f64)>;

#[test]
fn temporal_measures_are_drawn_in_worlds_in_which_every_tie_has_its_days() {
    let day = |number: u32| format!(r#""when": "1990-01-{number:02}""#);
    let on = |days: &[u32]| -> Readings {
        days.iter()
            .map(|number| (Some(day(*number)), 1.0 / f64::from(u32::try_from(days.len()).unwrap())))
            .collect()
    };
    // Ends, relation, as it is written, as it may be. All but one are certain in the window, most on days that are not known.
    let span =
        |first: u32, last: u32| (Some(format!(r#""when": "1990-01-{first:02}/1990-01-{last:02}""#)), 0.25);
    let ties: Vec<(&str, &str, &str, &str, Readings)> = vec![
        ("a", "b", "visit", r#""when": "[1990-01-01..1990-01-03]""#, on(&[1, 2, 3])),
        ("b", "c", "visit", r#""when": "[1990-01-02..1990-01-04]""#, on(&[2, 3, 4])),
        ("c", "d", "visit", r#""when": "[1990-01-01,1990-01-04]""#, on(&[1, 4])),
        (
            "b",
            "d",
            "alliance",
            r#""start": "[1990-01-01..1990-01-02]", "end": "[1990-01-02..1990-01-03]""#,
            vec![span(1, 2), span(1, 3), span(2, 2), span(2, 3)],
        ),
        (
            "d",
            "e",
            "visit",
            r#""when": "1990-01-03", "status": "alleged""#,
            vec![(Some(day(3)), 0.5), (None, 0.5)],
        ),
        ("a", "e", "visit", r#""claims": [{"when": "1990-01-01"}, {"when": "1990-01-04"}]"#, on(&[1, 4])),
    ];
    let graph = |edges: &[String]| {
        let nodes = r#"{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}, {"id": "e"}"#;
        dataset(&format!(r#"{{"nodes": [{nodes}], "edges": [{}]}}"#, edges.join(", ")))
    };
    let edge = |(source, target, relation): (&str, &str, &str), when: &str| {
        format!(r#"{{"source": "{source}", "target": "{target}", "relation": "{relation}", {when}}}"#)
    };
    let vague = graph(&ties.iter().map(|tie| edge((tie.0, tie.1, tie.2), tie.3)).collect::<Vec<_>>());
    let lens = during("1990");
    let strict = Convention { pace: chancery::analysis::order::Pace::Strict, ..Convention::default() };
    let drawing = Drawing { count: 3000, seed: 5, is_rising: false };
    for (measure, convention) in [
        (Measure::TemporalCloseness, Convention::default()),
        (Measure::TemporalBetweenness, Convention::default()),
        (Measure::TemporalBetweenness, strict),
    ] {
        // Every choice of readings, by counting in a number of mixed bases.
        let mut exact = [0.0; 5];
        for mut world in 0..ties.iter().map(|tie| tie.4.len()).product::<usize>() {
            let (mut edges, mut likely) = (Vec::new(), 1.0);
            for tie in &ties {
                let (when, chance) = &tie.4[world % tie.4.len()];
                world /= tie.4.len();
                likely *= chance;
                edges.extend(when.as_deref().map(|when| edge((tie.0, tie.1, tie.2), when)));
            }
            let graph = graph(&edges);
            let network = Network::project(&graph, &lens).unwrap();
            let scores = chancery::analysis::scores(&network, measure, &convention).unwrap();
            for (sum, score) in exact.iter_mut().zip(&scores.values) {
                *sum += likely * score.unwrap();
            }
        }
        let ranges = ranges(&vague, &lens, measure, &convention, drawing).unwrap();
        assert_eq!((ranges.doubtful_count, ranges.undated_count), (1, 5), "{measure:?}");
        let drawn: Vec<f64> = ranges.actors.iter().map(|range| range.drawn.unwrap()[1]).collect();
        assert!(exact.iter().any(|score| score.fract() > 0.05), "{exact:?}");
        for (ours, counted) in drawn.iter().zip(exact) {
            assert!((ours - counted).abs() < 0.06, "{measure:?}: {drawn:?}, counted {exact:?}");
        }
    }
}
