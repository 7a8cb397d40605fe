//! Temporal closeness and betweenness: against every chain on every choice of ties and days, and against what they are without time.

use std::{collections::BTreeSet, fmt::Write, num::NonZeroUsize};

use chancery::{
    analysis::{Convention, Direction, Measure, Pairs, Scores, grounds, order::Pace, scores},
    dataset::Dataset,
    date::Certainty,
    lens::Lens,
    network::Network,
};

use crate::{
    measures::{agree, graphs},
    order::Draw,
    support::{actor, dataset},
};

const ACTOR_COUNT: usize = 6;

/// A tie: its ends, its first and last day in January 2000, whether only one of them is meant, and whether it is a meeting.
#[derive(Clone, Copy, Debug)]
struct Tie {
    ends: (usize, usize),
    days: (u32, u32),
    is_vague: bool,
    is_symmetric: bool,
}

fn drawn(draw: &mut Draw) -> Vec<Tie> {
    let tie = |draw: &mut Draw| {
        let mut below = |bound| draw.below(bound);
        let source = below(6) as usize;
        let target = (source + 1 + below(5) as usize) % ACTOR_COUNT;
        let first = 1 + below(8);
        let last = if below(3) == 0 { first + below(3) } else { first };
        let (is_vague, is_symmetric) = (last > first && below(2) == 0, below(4) == 0);
        Tie { ends: (source, target), days: (first, last), is_vague, is_symmetric }
    };
    (0..8 + draw.below(6)).map(|_| tie(draw)).collect()
}

fn build(ties: &[Tie]) -> Dataset {
    let mut json = String::from("{\"nodes\": [");
    for at in 0..ACTOR_COUNT {
        write!(json, "{}{{\"id\": \"n{at}\"}}", if at == 0 { "" } else { ", " }).expect("a string takes it");
    }
    json.push_str("], \"edges\": [");
    for (at, tie) in ties.iter().enumerate() {
        let ((a, b), (first, last)) = (tie.ends, tie.days);
        let when = match (first == last, tie.is_vague) {
            (true, _) => format!("2000-01-{first:02}"),
            (false, true) => format!("[2000-01-{first:02}..2000-01-{last:02}]"),
            (false, false) => format!("2000-01-{first:02}/2000-01-{last:02}"),
        };
        let relation = if tie.is_symmetric { "meeting" } else { "visit" };
        let comma = if at == 0 { "" } else { ", " };
        write!(json, "{comma}{{\"source\": \"n{a}\", \"target\": \"n{b}\", \"relation\": \"{relation}\", \"when\": \"{when}\"}}").expect("a string takes it");
    }
    json.push_str("]}");
    dataset(&json)
}

/// How contact passes.
#[derive(Clone, Copy)]
struct Terms {
    is_strict: bool,
    is_directed: bool,
    is_certain: bool,
}

/// All rows of actors along which contact can pass, tie by tie and day by day; of vague days the best, or the worst that
/// somebody can choose.
fn rows(ties: &[Tie], from: usize, terms: Terms) -> BTreeSet<Vec<usize>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<(Vec<usize>, u32)> = vec![(vec![from], 0)];
    while let Some((row, day)) = open.pop() {
        let here = row[row.len() - 1];
        for tie in ties {
            let next = match tie.ends {
                (source, target) if source == here => target,
                (source, target) if target == here && (!terms.is_directed || tie.is_symmetric) => source,
                _ => continue,
            };
            if row.contains(&next) {
                continue;
            }
            let earliest = if terms.is_strict && row.len() > 1 { day + 1 } else { day };
            // In the worst world an event of an unknown day is over before, or comes last.
            let days = match (tie.is_vague && terms.is_certain, tie.days) {
                (true, (first, last)) if first >= earliest => last..=last,
                (true, _) => continue,
                (false, (first, last)) => first..=last,
            };
            for passed in days.filter(|passed| *passed >= earliest) {
                let mut longer = row.clone();
                longer.push(next);
                found.insert(longer.clone());
                open.push((longer, passed));
            }
        }
    }
    found
}

/// Closeness and betweenness by the rows of fewest actors.
fn expected(ties: &[Tie], terms: Terms) -> (Vec<f64>, Vec<f64>) {
    let others = 5.0;
    let mut closeness = Vec::new();
    let mut betweenness = vec![0.0; ACTOR_COUNT];
    let float = |value: usize| f64::from(u32::try_from(value).expect("there are few"));
    for from in 0..ACTOR_COUNT {
        let rows = rows(ties, from, terms);
        let (mut reached, mut hops) = (0.0, 0.0);
        for to in (0..ACTOR_COUNT).filter(|to| *to != from) {
            let ending: Vec<&Vec<usize>> = rows.iter().filter(|row| row[row.len() - 1] == to).collect();
            let Some(fewest) = ending.iter().map(|row| row.len()).min() else { continue };
            reached += 1.0;
            hops += float(fewest - 1);
            let shortest: Vec<_> = ending.into_iter().filter(|row| row.len() == fewest).collect();
            for row in &shortest {
                for between in &row[1..row.len() - 1] {
                    betweenness[*between] += 1.0 / float(shortest.len());
                }
            }
        }
        closeness.push(if reached > 0.0 { (reached / hops) * (reached / others) } else { 0.0 });
    }
    (closeness, betweenness)
}

fn asked(dataset: &Dataset, measure: Measure, convention: &Convention<'_>, certainty: Certainty) -> Scores {
    let network = Network::project(dataset, &Lens { certainty, ..Lens::default() }).expect("it fits");
    scores(&network, measure, convention).expect("the measure takes it")
}

#[test]
fn temporal_measures_are_those_of_all_chains_on_all_days() {
    let mut draw = Draw(7);
    let mut passed = 0;
    for case in 0..150 {
        let ties = drawn(&mut draw);
        let dataset = build(&ties);
        for terms in [
            Terms { is_strict: false, is_directed: false, is_certain: false },
            Terms { is_strict: true, is_directed: false, is_certain: false },
            Terms { is_strict: false, is_directed: true, is_certain: false },
            Terms { is_strict: case % 2 == 0, is_directed: case % 3 == 0, is_certain: true },
        ] {
            // What is vague is not certainly there on a day, but certainly in the window.
            let convention = Convention {
                pace: if terms.is_strict { Pace::Strict } else { Pace::SameDay },
                direction: if terms.is_directed { Direction::Followed } else { Direction::Ignored },
                threads: NonZeroUsize::new(1 + case % 2).unwrap(),
                ..Convention::default()
            };
            let certainty = if terms.is_certain { Certainty::Certainly } else { Certainty::Possibly };
            let (closeness, betweenness) = expected(&ties, terms);
            for (measure, theirs) in
                [(Measure::TemporalCloseness, &closeness), (Measure::TemporalBetweenness, &betweenness)]
            {
                let ours = asked(&dataset, measure, &convention, certainty);
                for (at, (ours, theirs)) in ours.values.iter().zip(theirs).enumerate() {
                    assert!(
                        agree(*ours, Some(*theirs)),
                        "{case}: {measure:?} of n{at} is {ours:?}, not {theirs}: {ties:#?}"
                    );
                    passed += usize::from(*theirs > 0.0);
                }
                let network = Network::project(&dataset, &Lens { certainty, ..Lens::default() }).unwrap();
                let told = grounds(&network, measure, &convention, actor(&dataset, "n0")).unwrap();
                if told.is_sum {
                    let sum: f64 = told.parts.iter().map(chancery::analysis::ScorePart::value).sum();
                    assert!(agree(Some(sum), told.score), "{case}: {sum} {:?}", told.score);
                }
            }
        }
    }
    assert!(passed > 3000, "{passed}");
}

#[test]
fn where_all_ties_are_always_there_they_are_what_they_are_without_time() {
    for (name, graph) in graphs().into_iter().take(4) {
        let dataset = crate::support::plain(&graph.nodes, &graph.edges);
        for (direction, each) in [(Direction::Ignored, 2.0), (Direction::Followed, 1.0)] {
            let convention = Convention { direction, ..Convention::default() };
            let asked = |measure| asked(&dataset, measure, &convention, Certainty::Possibly).values;
            let pairs = [
                (Measure::TemporalCloseness, Measure::Closeness, 1.0),
                // Pairs are ordered in time.
                (Measure::TemporalBetweenness, Measure::Betweenness, each),
            ];
            for (temporal, without, each) in pairs {
                for (ours, theirs) in asked(temporal).iter().zip(asked(without)) {
                    let theirs = theirs.map(|value| value * each);
                    assert!(agree(*ours, theirs), "{name}: {temporal:?} {ours:?} {theirs:?}");
                }
            }
        }
    }
}

#[test]
fn contact_passes_on_in_time_and_not_back() {
    let dataset = dataset(
        r#"{"nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "edges": [
            {"source": "a", "target": "b", "relation": "visit", "when": "1990"},
            {"source": "b", "target": "c", "relation": "visit", "when": "1991"}]}"#,
    );
    let of = |measure, convention: &Convention<'_>| {
        asked(&dataset, measure, convention, Certainty::Possibly).values
    };
    let plainly = Convention::default();
    assert_eq!(of(Measure::TemporalBetweenness, &plainly), [Some(0.0), Some(1.0), Some(0.0)]);
    let closeness: Vec<f64> = of(Measure::TemporalCloseness, &plainly).into_iter().flatten().collect();
    for (ours, theirs) in closeness.iter().zip([2.0 / 3.0, 1.0, 0.5]) {
        assert!(agree(Some(*ours), Some(theirs)), "{closeness:?}");
    }
    let inward = Convention { is_inward: true, ..plainly };
    let inward: Vec<f64> = of(Measure::TemporalCloseness, &inward).into_iter().flatten().collect();
    for (ours, theirs) in inward.iter().zip([0.5, 1.0, 2.0 / 3.0]) {
        assert!(agree(Some(*ours), Some(theirs)), "{inward:?}");
    }
    let from_c = Pairs { sources: Some(vec![actor(&dataset, "c")]), targets: None };
    let from_c = Convention { pairs: Some(&from_c), ..plainly };
    assert_eq!(of(Measure::TemporalBetweenness, &from_c), [Some(0.0); 3]);
}
