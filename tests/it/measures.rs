//! All measures against networkx and numpy, on the random graphs of `tests/oracle/`; and cases done by hand.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    num::NonZeroUsize,
    process::{Command, Stdio},
};

use chancery::{
    analysis::{
        Convention, Direction, Measure, MeasureError, Pairs, Remark, Sampling, Sociomatrix, Weighing, Weight,
        betweenness, closeness, dyad_betweenness, harmonic, pagerank::pagerank, scores,
    },
    dataset::Dataset,
    lens::Lens,
    network::Network,
};
use serde::Deserialize;

use crate::support::{dataset, plain, python, root};

#[derive(Deserialize)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<String>,
    pub(crate) edges: Vec<(String, String)>,
}

type Values = BTreeMap<String, BTreeMap<String, Option<f64>>>;

/// What networkx gives, by measure and node.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Expected {
    undirected: Values,
    directed: Values,
    weighted: Values,
    weighted_directed: Values,
    dyads: Vec<(String, String, f64)>,
    inward: BTreeMap<String, Option<f64>>,
    between: Between,
}

/// Betweenness between every third actor and every other one.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Between {
    sources: Vec<String>,
    targets: Vec<String>,
    undirected: BTreeMap<String, Option<f64>>,
    directed: BTreeMap<String, Option<f64>>,
    weighted: BTreeMap<String, Option<f64>>,
}

/// The random graphs of the oracle's fixtures.
pub(crate) fn graphs() -> Vec<(String, Graph)> {
    let mut graphs = Vec::new();
    for entry in fs::read_dir(root().join("tests/oracle")).expect("the fixtures are there") {
        let path = entry.expect("the fixtures are there").path();
        let name = path.file_name().expect("the fixtures are there").to_string_lossy().into_owned();
        if name.starts_with("random-") {
            graphs.push((
                name,
                serde_json::from_str(&fs::read_to_string(&path).expect("the fixtures are there"))
                    .expect("the fixtures are there"),
            ));
        }
    }
    graphs.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(graphs.len() >= 7);
    graphs
}

pub(crate) fn agree(ours: Option<f64>, theirs: Option<f64>) -> bool {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0),
        (ours, theirs) => ours.is_none() && theirs.is_none(),
    }
}

#[track_caller]
fn compare(
    what: &str,
    network: &Network<'_>,
    measure: Measure,
    convention: &Convention<'_>,
    theirs: &BTreeMap<String, Option<f64>>,
) {
    let scores = scores(network, measure, convention).expect("the measure takes the network");
    assert!(!scores.remarks.iter().any(|remark| matches!(remark, Remark::Unsettled { .. })), "{what}");
    assert_eq!(scores.actors.len(), theirs.len());
    for (actor, ours) in scores.actors.iter().zip(&scores.values) {
        let id = network.dataset().actors().id(*actor);
        let theirs = theirs[id];
        assert!(agree(*ours, theirs), "{what}: {} of {id}: {ours:?}, networkx {theirs:?}", measure.as_str());
    }
}

fn directed() -> Convention<'static> {
    Convention { direction: Direction::Followed, alpha: Some(0.05), ..Convention::default() }
}

#[test]
fn all_measures_agree_with_networkx() {
    let Some(python) = python() else { return };
    for (name, graph) in graphs() {
        let mut child = Command::new(&python)
            .arg(root().join("tests/oracle/networkx_measures.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let json = serde_json::json!({"nodes": graph.nodes, "edges": graph.edges});
        child.stdin.take().unwrap().write_all(json.to_string().as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{name}");
        let expected: Expected = serde_json::from_slice(&output.stdout).unwrap();

        let dataset = plain(&graph.nodes, &graph.edges);
        let network = Network::project(&dataset, &Lens::default()).unwrap();
        let weight = Some(Weight::plain(Weighing::Ties));
        let loose = Convention { alpha: Some(0.05), ..Convention::default() };
        let mut seen = 0;
        for (kind, values, convention) in [
            ("undirected", &expected.undirected, loose),
            ("directed", &expected.directed, directed()),
            ("weighted", &expected.weighted, Convention { weight, ..loose }),
            ("weighted, directed", &expected.weighted_directed, Convention { weight, ..directed() }),
        ] {
            for (measure, theirs) in values {
                let measure: Measure = measure.parse().unwrap();
                compare(&format!("{name}, {kind}"), &network, measure, &convention, theirs);
                seen += 1;
            }
        }
        assert!(seen >= 50, "{seen}");
        let inward = Convention { is_inward: true, ..directed() };
        compare(&name, &network, Measure::Closeness, &inward, &expected.inward);
        dyads_agree(&name, &network, &expected.dyads);
        let named = |ids: &[String]| Some(ids.iter().map(|id| dataset.actors().find(id).unwrap()).collect());
        let between = &expected.between;
        let pairs = Pairs { sources: named(&between.sources), targets: named(&between.targets) };
        for (kind, theirs, convention) in [
            ("undirected", &between.undirected, Convention::default()),
            ("directed", &between.directed, directed()),
            ("weighted", &between.weighted, Convention { weight, ..Convention::default() }),
        ] {
            let convention = Convention { pairs: Some(&pairs), ..convention };
            compare(&format!("{name}, between, {kind}"), &network, Measure::Betweenness, &convention, theirs);
        }
    }
}

fn dyads_agree(name: &str, network: &Network<'_>, expected: &[(String, String, f64)]) {
    let matrix = Sociomatrix::of(network, Direction::Ignored, None);
    let ours = dyad_betweenness(&matrix, NonZeroUsize::MIN);
    let row = |id: &str| {
        let actor = network.dataset().actors().find(id).expect("it is in the network");
        u32::try_from(matrix.actors().iter().position(|at| *at == actor).expect("it is in the network"))
            .expect("it is in the network")
    };
    assert_eq!(expected.len() * 2, matrix.cell_count());
    for (a, b, theirs) in expected {
        let ours = ours[matrix.cell(row(a), row(b)).expect("it is in the network")];
        assert!(agree(Some(ours), Some(*theirs)), "{name}: {a} – {b}: {ours}, networkx {theirs}");
    }
}

/// The scores of actors `a`, `b`, `c` … by a measure, undirected.
fn by(dataset: &Dataset, measure: Measure) -> Vec<Option<f64>> {
    let network = Network::project(dataset, &Lens::default()).expect("the measure takes the network");
    scores(&network, measure, &Convention::default()).expect("the measure takes the network").values
}

#[track_caller]
fn close(ours: &[Option<f64>], by_hand: &[f64]) {
    assert_eq!(ours.len(), by_hand.len());
    for (ours, by_hand) in ours.iter().zip(by_hand) {
        assert!(agree(*ours, Some(*by_hand)), "{ours:?}, by hand {by_hand}");
    }
}

#[test]
fn cases_done_by_hand() {
    let path = plain(&["a", "b", "c"], &[("a", "b"), ("b", "c")]);
    let third = 2.0 / 3.0;
    close(&by(&path, Measure::Closeness), &[third, 1.0, third]);
    close(&by(&path, Measure::Harmonic), &[1.5, 2.0, 1.5]);
    close(&by(&path, Measure::Eigenvector), &[0.5, 0.5_f64.sqrt(), 0.5]);
    close(&by(&path, Measure::PageRank), &[0.95 / 3.7, 0.9 / 1.85, 0.95 / 3.7]);
    close(&by(&path, Measure::CurrentFlowBetweenness), &[0.0, 1.0, 0.0]);
    close(&by(&path, Measure::CurrentFlowCloseness), &[third, 1.0, third]);
    let star = plain(&["a", "b", "c", "d"], &[("a", "b"), ("a", "c"), ("a", "d")]);
    close(&by(&star, Measure::Constraint), &[1.0 / 3.0, 1.0, 1.0, 1.0]);
    close(&by(&star, Measure::EffectiveSize), &[3.0, 1.0, 1.0, 1.0]);
    assert_eq!(by(&star, Measure::Hierarchy), [Some(0.0), None, None, None]);
    let triangle = plain(&["a", "b", "c", "d"], &[("a", "b"), ("b", "c"), ("c", "a"), ("a", "d")]);
    close(&by(&triangle, Measure::Core), &[2.0, 2.0, 2.0, 1.0]);
    close(&by(&triangle, Measure::Clustering), &[1.0 / 3.0, 1.0, 1.0, 0.0]);
}

#[test]
fn an_actor_alone_and_nobody_at_all_have_scores_or_none_and_no_fault() {
    let alone = plain(&["a"], &[]);
    let nobody = plain::<&str>(&[], &[]);
    for measure in Measure::ALL {
        assert_eq!(by(&alone, measure).len(), 1, "{}", measure.as_str());
        assert!(by(&alone, measure).iter().flatten().all(|score| score.is_finite()), "{}", measure.as_str());
        assert_eq!(by(&nobody, measure), [], "{}", measure.as_str());
    }
    assert_eq!(by(&alone, Measure::Constraint), [None]);
}

#[test]
fn weights_count_ties_happenings_and_reports() {
    let dataset = dataset(
        r#"{"nodes": [{"id": "a"}, {"id": "b"}], "edges": [
        {"source": "a", "target": "b", "relation": "visit", "when": "1990", "event": "summit", "count": 3},
        {"source": "b", "target": "a", "relation": "meeting", "when": "1990", "event": "summit"},
        {"source": "a", "target": "b", "relation": "seizure", "when": "1991"}]}"#,
    );
    let network = Network::project(&dataset, &Lens::default()).unwrap();
    let strength = |weighing| {
        let weight = Some(Weight::plain(weighing));
        scores(&network, Measure::Strength, &Convention { weight, ..Convention::default() }).unwrap().values
            [0]
    };
    assert_eq!(strength(Weighing::Ties), Some(3.0));
    assert_eq!(strength(Weighing::Happenings), Some(2.0));
    assert_eq!(strength(Weighing::Reports), Some(5.0));
    let goldstein = |sign: f64| -> f64 {
        let weights = dataset.ties().all().filter_map(|tie| dataset.relation(tie).goldstein);
        weights.map(|weight| (weight * sign).max(0.0)).sum()
    };
    assert!(goldstein(1.0) > 0.0 && goldstein(-1.0) > 0.0);
    assert_eq!(strength(Weighing::Cooperation), Some(goldstein(1.0)));
    assert_eq!(strength(Weighing::Conflict), Some(goldstein(-1.0)));
}

#[test]
fn a_sample_of_all_is_exact_and_a_smaller_one_keeps_its_bound() {
    for (name, graph) in graphs() {
        let dataset = plain(&graph.nodes, &graph.edges);
        let network = Network::project(&dataset, &Lens::default()).unwrap();
        let exact = betweenness(&Sociomatrix::of(&network, Direction::Ignored, None), NonZeroUsize::MIN);
        for count in [10, 30, 1000] {
            let sampling = Some(Sampling { count, seed: 5 });
            let convention = Convention { sampling, ..Convention::default() };
            let sampled = scores(&network, Measure::Betweenness, &convention).unwrap();
            let [Remark::Sampled { error_bound, .. }] = sampled.remarks[..] else { panic!("{name}") };
            assert!((error_bound == 0.0) == (count == 1000));
            for (estimate, exact) in sampled.values.iter().flatten().zip(&exact) {
                assert!(
                    (estimate - exact).abs() <= error_bound + 1e-9,
                    "{name}: {estimate}, exactly {exact}"
                );
            }
        }
    }
}

#[test]
fn what_a_measure_does_not_take_is_refused() {
    let dataset = plain(&["a", "b"], &[("a", "b")]);
    let network = Network::project(&dataset, &Lens::default()).unwrap();
    let weight = Some(Weight::plain(Weighing::Ties));
    let ask = |measure, convention| scores(&network, measure, &convention).unwrap_err();
    assert_eq!(ask(Measure::Core, directed()), MeasureError::NoDirection(Measure::Core));
    let weighted = Convention { weight, ..Convention::default() };
    assert_eq!(ask(Measure::Degree, weighted), MeasureError::NoWeight(Measure::Degree));
    let normalised = Convention { is_normalised: true, ..Convention::default() };
    assert_eq!(ask(Measure::Katz, normalised), MeasureError::NotNormalised(Measure::Katz));
    let steep = Convention { alpha: Some(1.5), ..Convention::default() };
    assert!(
        matches!(ask(Measure::Katz, steep), MeasureError::AlphaTooGreat { most, .. } if (most - 1.0).abs() < 1e-6)
    );
}

#[test]
fn actors_that_did_not_exist_in_the_window_are_not_of_the_network() {
    let dataset = dataset(
        r#"{"nodes": [{"id": "old", "existence": ["1900/1950"]}, {"id": "new", "existence": ["1960/.."]},
        {"id": "tied", "existence": ["1900/1950"]}, {"id": "always"}], "edges": [
        {"source": "tied", "target": "always", "relation": "visit", "when": "1980"}]}"#,
    );
    let lens = Lens { during: "1970/1990".parse().unwrap(), ..Lens::default() };
    let network = Network::project(&dataset, &lens).unwrap();
    let ids: Vec<&str> = network.actors().map(|actor| dataset.actors().id(actor)).collect();
    assert_eq!(ids, ["always", "new", "tied"]);
}

/// Each dyad once, or as an arc each way, is solved in two ways; the second network has isolated actors and components of several
/// sizes, the third no tie.
#[test]
fn pagerank_by_gradients_is_pagerank_by_sweeps() {
    let star: Vec<(u32, u32, f64)> = (1..40).map(|leaf| (0, leaf, 1.0)).collect();
    let mixed = [(0, 1), (2, 3), (3, 4), (4, 2), (4, 5), (7, 8), (8, 9)].map(|(a, b)| (a, b, 1.0)).to_vec();
    for (count, arcs) in [(40, star), (12, mixed), (3, Vec::new())] {
        let both: Vec<(u32, u32, f64)> =
            arcs.iter().flat_map(|(a, b, value)| [(*a, *b, *value), (*b, *a, *value)]).collect();
        let undirected = Sociomatrix::from_arcs(count, &arcs, Direction::Ignored, false);
        let directed = Sociomatrix::from_arcs(count, &both, Direction::Followed, false);
        let (gradients, sweeps) = (pagerank(&undirected, 1e-13), pagerank(&directed, 1e-13));
        assert!(gradients.is_settled && sweeps.is_settled, "{count} actors");
        for (a, b) in gradients.scores.iter().zip(&sweeps.scores) {
            assert!((a - b).abs() < 1e-12, "{count} actors: {a} or {b}");
        }
    }
}

/// More actors than one search serves, a path that is pushed along, and a crowd that pulls, with an arc between them one way.
#[test]
fn closeness_of_many_sources_is_that_of_each() {
    let path = (0..299).map(|at| (at, at + 1, 1.0));
    let crowd = (300..700).flat_map(|at: u32| [1, 7, 31].map(|step| (at, 300 + (at + step * at) % 400, 1.0)));
    let arcs: Vec<(u32, u32, f64)> = path.chain(crowd).chain([(150, 300, 1.0)]).collect();
    let one = NonZeroUsize::MIN;
    for direction in [Direction::Ignored, Direction::Followed] {
        let matrix = Sociomatrix::from_arcs(701, &arcs, direction, false);
        let (near, inverse) = (closeness(&matrix, one), harmonic(&matrix, one));
        for source in matrix.rows() {
            let mut distances = vec![None; matrix.len()];
            distances[source as usize] = Some(0_u32);
            let mut reached = vec![source];
            let mut at = 0;
            while let Some(actor) = reached.get(at).copied() {
                at += 1;
                for other in matrix.out(actor) {
                    if distances[*other as usize].is_none() {
                        distances[*other as usize] = distances[actor as usize].map(|distance| distance + 1);
                        reached.push(*other);
                    }
                }
            }
            let lengths: Vec<f64> =
                distances.into_iter().flatten().filter(|length| *length > 0).map(f64::from).collect();
            let (count, sum): (f64, f64) = (lengths.iter().map(|_| 1.0).sum(), lengths.iter().sum());
            let expected = if count > 0.0 { (count / sum) * (count / 700.0) } else { 0.0 };
            assert!((near[source as usize] - expected).abs() < 1e-12, "{direction:?}, {source}");
            let expected: f64 = lengths.iter().map(|length| 1.0 / length).sum();
            assert!((inverse[source as usize] - expected).abs() < 1e-9, "{direction:?}, {source}");
        }
    }
}
