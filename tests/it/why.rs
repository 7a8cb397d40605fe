//! What scores rest on: the parts of every measure add up to what the measure gives.

use chancery::{
    analysis::{Convention, Direction, Measure, Pairs, ScorePart as Part, Weighing, Weight, grounds, scores},
    lens::Lens,
    network::Network,
};

use crate::{
    measures::{agree, graphs},
    support::{actor, plain},
};

#[test]
fn parts_add_up_to_the_score_by_every_measure() {
    let weight = Some(Weight::plain(Weighing::Ties));
    let plainly = Convention::default();
    let directed = Convention { direction: Direction::Followed, alpha: Some(0.05), ..plainly };
    let mut compared = 0;
    // Three of the graphs are enough for a law of every measure and convention.
    for (name, graph) in graphs().into_iter().skip(1).take(3) {
        let dataset = plain(&graph.nodes, &graph.edges);
        let network = Network::project(&dataset, &Lens::default()).unwrap();
        let some = |by| Some(dataset.actors().all().step_by(by).collect());
        let pairs = Pairs { sources: some(3), targets: some(2) };
        for measure in Measure::ALL {
            for convention in [
                plainly,
                Convention { weight, ..plainly },
                directed,
                Convention { weight, ..directed },
                Convention { is_inward: true, ..directed },
                Convention { is_normalised: true, ..plainly },
                Convention { pairs: Some(&pairs), ..plainly },
                Convention { pairs: Some(&pairs), weight, ..directed },
            ] {
                let Ok(expected) = scores(&network, measure, &convention) else { continue };
                for at in [0, 3, expected.actors.len() - 1] {
                    let told = grounds(&network, measure, &convention, expected.actors[at]).unwrap();
                    assert_eq!(told.score, expected.values[at], "{name}: {measure:?}");
                    let Some(score) = told.score.filter(|_| told.is_sum) else { continue };
                    let sum = told.base + told.parts.iter().map(Part::value).sum::<f64>();
                    assert!(
                        agree(Some(sum), Some(score)),
                        "{name}: {measure:?} {convention:?}: {sum}, {score}"
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn currents_and_resistances_are_told() {
    // A square: ½ from the pair of its neighbours and ¼ from each of them with the fourth, half of it along each dyad.
    let dataset = plain(&["a", "b", "c", "d"], &[("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")]);
    let network = Network::project(&dataset, &Lens::default()).unwrap();
    let told =
        |measure| grounds(&network, measure, &Convention::default(), actor(&dataset, "a")).unwrap().parts;
    let currents: Vec<f64> = told(Measure::CurrentFlowBetweenness).iter().map(Part::value).collect();
    assert!(
        currents.len() == 2 && currents.iter().all(|value| agree(Some(*value), Some(0.5))),
        "{currents:?}"
    );
    // Two ways of one step and of three side by side resist ¾, of two and two 1.
    let resistances: Vec<f64> = told(Measure::CurrentFlowCloseness).iter().map(Part::value).collect();
    for (ours, theirs) in resistances.iter().zip([0.75, 0.75, 1.0]) {
        assert!(agree(Some(*ours), Some(theirs)), "{resistances:?}");
    }
}

#[test]
fn the_middle_of_a_bow_stands_on_its_passages() {
    // Two triangles that meet in `m`, and a tail at `a`.
    let ties = [("m", "a"), ("m", "b"), ("a", "b"), ("m", "c"), ("m", "d"), ("c", "d"), ("a", "t")];
    let dataset = plain(&["a", "b", "c", "d", "m", "t"], &ties);
    let network = Network::project(&dataset, &Lens::default()).unwrap();
    let told = grounds(&network, Measure::Betweenness, &Convention::default(), actor(&dataset, "m")).unwrap();
    let passages: Vec<(&str, &str, f64)> = told
        .parts
        .iter()
        .map(|part| match part {
            Part::Passage { from, to, value } => {
                (dataset.actors().id(*from), dataset.actors().id(*to), *value)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(passages, [("a", "c", 2.0), ("a", "d", 2.0), ("b", "c", 1.0), ("b", "d", 1.0)]);
    let core = grounds(&network, Measure::Core, &Convention::default(), actor(&dataset, "a")).unwrap();
    assert_eq!((core.score, core.parts.len()), (Some(2.0), 2));
    let near = grounds(&network, Measure::Closeness, &Convention::default(), actor(&dataset, "m")).unwrap();
    let counts: Vec<(f64, usize)> = near
        .parts
        .iter()
        .map(|part| match part {
            Part::Distance { length, count, .. } => (*length, *count),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(counts, [(1.0, 4), (2.0, 1)]);
}
