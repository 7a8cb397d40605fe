//! Measures period by period, and what changed between two windows.

use std::{collections::BTreeMap, process::Command};

use chancery::{
    analysis::{
        Convention, DyadChanges, Measure, SeriesError, dyad_changes, periods::Cut, periods_of, series,
        tallies,
    },
    dataset::{Builder, Dataset},
    date::Window,
    format::{Options, read_path},
    lens::{KindSelector, Lens},
    model::{ActorKind, Channel},
    network::Network,
};

use crate::support::{actor, dataset, python, root, sound, test_data};

/// Degrees above 0 by period and actor.
fn degrees(dataset: &Dataset, lens: &Lens, cut: Cut) -> BTreeMap<(String, String), f64> {
    let network = Network::project(dataset, lens).expect("the lens fits");
    let periods = periods_of(&network, cut).expect("ties have dates");
    let mut degrees = BTreeMap::new();
    series(dataset, lens, Measure::Degree, &Convention::default(), &periods, |period, _, scores| {
        for (actor, score) in scores.actors.iter().zip(&scores.values) {
            if let Some(score) = score.filter(|score| *score > 0.0) {
                let period = chancery::analysis::periods::label(period);
                degrees.insert((period, dataset.actors().id(*actor).to_owned()), score);
            }
        }
    })
    .expect("degree is had anywhere");
    degrees
}

fn cut(length: Option<&str>, step: &str) -> Cut {
    Cut { length: length.map(|text| text.parse().expect("a length")), step: step.parse().expect("a length") }
}

fn during(text: &str) -> Lens {
    Lens { during: text.parse().expect("a window"), ..Lens::default() }
}

fn hub() -> Dataset {
    dataset(
        r#"{"nodes": [{"id": "hub"}, {"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}], "edges": [
        {"source": "hub", "target": "a", "relation": "visit", "when": "1990"},
        {"source": "hub", "target": "b", "relation": "mission", "when": "1990-05/1992-03-01"},
        {"source": "hub", "target": "c", "relation": "visit", "when": "1991/1992"},
        {"source": "hub", "target": "d", "relation": "visit", "when": "[1991..1992]"}]}"#,
    )
}

#[test]
fn a_tie_counts_in_every_period_in_which_it_was_in_force() {
    let dataset = hub();
    let of = |lens: &Lens, cut| {
        let degrees = degrees(&dataset, lens, cut);
        let hub = degrees.into_iter().filter(|((_, actor), _)| actor == "hub");
        hub.map(|((period, _), degree)| format!("{period}: {degree}")).collect::<Vec<_>>()
    };
    let year = cut(Some("1y"), "1y");
    assert_eq!(of(&Lens::default(), year), ["1990: 2", "1991: 3", "1992: 3"]);
    let certain = Lens { certainty: chancery::date::Certainty::Certainly, ..Lens::default() };
    assert_eq!(of(&certain, year), ["1990: 2", "1991: 2", "1992: 2"]);
    assert_eq!(of(&Lens::default(), cut(None, "1y")), ["1990: 2", "1990/1991: 4", "1990/1992: 4"]);
    assert_eq!(of(&Lens::default(), cut(Some("2y"), "1y")), ["1990/1991: 4", "1991/1992: 3", "1992/1993: 3"]);
    // Periods are no longer than the window asked about.
    assert_eq!(of(&during("1991-12-30/1992-03"), year), ["1991-12-30/1991-12-31: 3", "1992-01/1992-03: 3"]);
}

#[test]
fn long_steps_begin_at_round_years_unless_the_window_says_where() {
    let dataset = hub();
    let of = |lens: &Lens| {
        let network = Network::project(&dataset, lens).expect("the lens fits");
        let periods = periods_of(&network, cut(Some("5y"), "5y")).expect("ties have dates");
        periods.into_iter().map(chancery::analysis::periods::label).collect::<Vec<_>>()
    };
    assert_eq!(of(&Lens::default()), ["1990/1994"]);
    assert_eq!(of(&during("1988/1992")), ["1988/1992"]);
    let late = dataset_of("1993");
    let network = Network::project(&late, &Lens::default()).expect("the lens fits");
    let periods = periods_of(&network, cut(Some("10y"), "10y")).expect("ties have dates");
    assert_eq!(periods, ["1990/1999".parse::<Window>().unwrap()]);
}

fn dataset_of(when: &str) -> Dataset {
    let tie = format!(r#"{{"source": "a", "target": "b", "relation": "visit", "when": "{when}"}}"#);
    dataset(&format!(r#"{{"nodes": [{{"id": "a"}}, {{"id": "b"}}], "edges": [{tie}]}}"#))
}

#[test]
fn periods_without_end_or_beginning_are_refused() {
    let undated = dataset(
        r#"{"nodes": [{"id": "a"}, {"id": "b"}], "edges": [{"source": "a", "target": "b", "relation": "visit"}]}"#,
    );
    let network = Network::project(&undated, &Lens::default()).unwrap();
    assert_eq!(periods_of(&network, cut(Some("1y"), "1y")), Err(SeriesError::NoDate));
    let far = during("0001/9999");
    let network = Network::project(&undated, &far).unwrap();
    assert_eq!(periods_of(&network, cut(Some("1d"), "1d")), Err(SeriesError::TooMany));
    assert_eq!(periods_of(&network, cut(Some("100y"), "100y")).unwrap().len(), 100);
}

#[test]
fn dyads_come_and_go() {
    let dataset = hub();
    let (before, after) = (during("1990"), during("1992"));
    let before = Network::project(&dataset, &before).unwrap();
    let after = Network::project(&dataset, &after).unwrap();
    let changes = dyad_changes(&before, &after);
    let others = |list: &[_], id: &str| {
        let found = DyadChanges::of(&after, list, actor(&dataset, id));
        found.into_iter().map(|(other, _)| dataset.actors().id(other).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(changes.kept_count, 1);
    assert_eq!(others(&changes.new, "hub"), ["c", "d"]);
    assert_eq!(others(&changes.ended, "hub"), ["a"]);
    assert_eq!(others(&changes.new, "d"), ["hub"]);
}

#[test]
fn degrees_of_icews14_by_month_are_those_that_python_counts() {
    let (Some(table), Some(python)) = (test_data("icews/icews14.tsv.gz"), python()) else { return };
    let script = root().join("tests/oracle/monthly_degrees.py");
    let output = Command::new(python).arg(script).arg(&table).output().unwrap();
    assert!(output.status.success());
    let mut theirs = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let [month, actor, degree] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        theirs.insert((month.to_owned(), actor.to_owned()), degree.parse().unwrap());
    }
    let mut builder = Builder::default();
    read_path(&table, &Options::default(), &mut builder).unwrap();
    let dataset = sound(builder);
    let lens = Lens { channels: Channel::ALL.into_iter().collect(), ..Lens::default() };
    assert!(theirs.len() > 10_000);
    assert_eq!(degrees(&dataset, &lens, cut(Some("1m"), "1m")), theirs);
}

#[test]
fn one_scan_for_all_periods_counts_what_each_period_alone_counts() {
    // Days, spans, vague days, unknown and open ends, alternatives, several claims, ties with oneself; persons that hold office.
    let dates = [
        "1990-03-01",
        "1990",
        "1991-12-31",
        "1989/1993",
        "[1990..1992]",
        "1991~",
        "../1990",
        "1992/..",
        "[1989,1993]",
        "{1990,1992-05}",
        "1991?",
    ];
    let relations = ["visit", "meeting", "mission", "office"];
    let mut state = 11_u64;
    let mut below = move |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % u64::try_from(bound).expect("it is small")).expect("it is small")
    };
    let mut edges = Vec::new();
    for _ in 0..300 {
        let (a, b, relation, date) = (below(9), below(9), relations[below(4)], dates[below(11)]);
        let status = ["asserted", "alleged", "refuted", "absent"][below(4).saturating_sub(below(3))];
        edges.push(format!(
            r#"{{"source": "n{a}", "target": "n{b}", "relation": "{relation}", "when": "{date}", "status": "{status}"}}"#
        ));
    }
    let kinds = ["person", "country", "country"];
    let nodes: Vec<String> = (0..9)
        .map(|at| {
            format!(
                r#"{{"id": "n{at}", "kind": "{}", "existence": ["{}/.."]}}"#,
                kinds[at % 3],
                1985 + at % 7
            )
        })
        .collect();
    let dataset =
        dataset(&format!(r#"{{"nodes": [{}], "edges": [{}]}}"#, nodes.join(", "), edges.join(", ")));
    let everywhere = Lens { channels: Channel::ALL.into_iter().collect(), ..during("1988/1994") };
    let certain = Lens { certainty: chancery::date::Certainty::Certainly, ..everywhere.clone() };
    let countries = Lens { kinds: vec![KindSelector::Kind(ActorKind::Country)], ..everywhere.clone() };
    let few = Lens { relations: vec!["visit".into()], avoid: vec!["n4".into()], ..everywhere.clone() };
    let officials = Lens { kinds: vec![KindSelector::Official], ..everywhere.clone() };
    let no_hubs = Lens { max_degree: Some(5), ..everywhere.clone() };
    let lenses = [everywhere, certain, countries, few, officials, no_hubs];
    let cuts = [cut(Some("1y"), "1y"), cut(Some("2y"), "1y"), cut(None, "1y"), cut(Some("3m"), "3m")];
    let seen = count_both_ways(&dataset, &lenses, &cuts);
    assert!(seen > 300, "{seen}");
}

#[test]
fn many_ties_in_some_periods_and_few_in_others_are_counted_alike() {
    // Two hubs with more ties a year than a byte holds, and actors enough that months with few ties list who has some.
    let mut state = 5_u64;
    let mut below = move |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % u64::try_from(bound).expect("it is small")).expect("it is small")
    };
    let mut edges = Vec::new();
    for at in 0..1_600 {
        let (a, b) = if at < 1_100 { (below(2), below(400)) } else { (below(400), below(400)) };
        let year = if at < 1_100 { 1990 } else { 1988 + below(7) };
        let (month, day) = (1 + below(12), 1 + below(28));
        let date = match (at, below(40)) {
            (1_100.., 0) => format!("{year}-{month:02}"),
            (1_100.., 1) => format!("{year}~"),
            (1_500.., 2) => format!("{year}/.."),
            _ => format!("{year}-{month:02}-{day:02}"),
        };
        edges.push(format!(
            r#"{{"source": "n{a:03}", "target": "n{b:03}", "relation": "visit", "when": "{date}"}}"#
        ));
    }
    let nodes: Vec<String> =
        (0..400).map(|at| format!(r#"{{"id": "n{at:03}", "kind": "country"}}"#)).collect();
    let without_lasting: Vec<String> = edges.iter().filter(|edge| !edge.contains("/..")).cloned().collect();
    let lens = Lens { channels: Channel::ALL.into_iter().collect(), ..during("1988/1994") };
    let certain = Lens { certainty: chancery::date::Certainty::Certainly, ..lens.clone() };
    for edges in [edges, without_lasting] {
        let text = format!(r#"{{"nodes": [{}], "edges": [{}]}}"#, nodes.join(", "), edges.join(", "));
        let seen = count_both_ways(
            &dataset(&text),
            &[lens.clone(), certain.clone()],
            &[cut(Some("1y"), "1y"), cut(Some("1m"), "1m")],
        );
        assert!(seen > 500, "{seen}");
    }
}

/// Holds the scan for all periods to a network for each; says how many actors stood among the first three.
fn count_both_ways(dataset: &Dataset, lenses: &[Lens], cuts: &[Cut]) -> usize {
    let mut seen = 0;
    for lens in lenses {
        for cut in cuts {
            let network = Network::project(dataset, lens).expect("the lens fits");
            let periods = periods_of(&network, *cut).expect("the window is bounded");
            let mut told = Vec::new();
            let plainly = Convention::default();
            series(dataset, lens, Measure::Strength, &plainly, &periods, |period, dyads, scores| {
                told.push((period, dyads, scores));
            })
            .expect("all have a score");
            let mut tops = Vec::new();
            tallies(dataset, lens, &periods, |_, tally| tops.push(tally.first(3))).expect("all have a score");
            assert_eq!((told.len(), tops.len()), (periods.len(), periods.len()));
            for ((period, dyads, scores), top) in told.into_iter().zip(tops) {
                let alone = Network::project(dataset, &Lens { during: period, ..lens.clone() })
                    .expect("all have a score");
                assert_eq!(dyads, alone.compact().dyads().len(), "{period:?}");
                let expected = chancery::analysis::scores(&alone, Measure::Strength, &plainly)
                    .expect("all have a score");
                assert_eq!(scores, expected, "{period:?} {lens:?}");
                let mut best: Vec<_> = expected.actors.iter().zip(&expected.values).collect();
                best.sort_by(|a, b| {
                    b.1.expect("all have a score")
                        .total_cmp(&a.1.expect("all have a score"))
                        .then(a.0.cmp(b.0))
                });
                let best =
                    best.into_iter().filter(|(_, value)| value.expect("all have a score") > 0.0).take(3);
                let best: Vec<_> =
                    best.map(|(actor, value)| (*actor, value.expect("all have a score"))).collect();
                let top: Vec<_> = top.into_iter().map(|(actor, count)| (actor, f64::from(count))).collect();
                assert_eq!(top, best, "{period:?}");
                seen += top.len();
            }
        }
    }
    seen
}
