//! The structure of networks against networkx and numpy, on the random graphs of `tests/oracle/`; and cases by hand.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::Write,
    process::{Command, Stdio},
};

use chancery::{
    analysis::{
        Affair, Alikeness, Direction, Partition, Sociomatrix, TRIADS, alike, bridges,
        cohesion::{degree_assortativity, density, group_assortativity, reciprocity, transitivity},
        core_periphery, parts, triad_census,
    },
    lens::Lens,
    model::{ActorKind, Channel},
    network::Network,
};
use serde::Deserialize;

use crate::{
    measures::{Graph, agree, graphs},
    support::{actor, dataset, plain, python, root},
};

#[derive(Deserialize)]
struct Expected {
    density: [f64; 2],
    transitivity: f64,
    reciprocity: Option<f64>,
    degree_assortativity: [Option<f64>; 2],
    group_assortativity: [Option<f64>; 2],
    bridges: Vec<(String, String)>,
    cut_actors: BTreeMap<String, Vec<usize>>,
    triads: BTreeMap<String, u64>,
    alike: Vec<BTreeMap<String, Option<f64>>>,
    alike_directed: Vec<BTreeMap<String, Option<f64>>>,
    core_faults: u64,
    core_nodes: Vec<String>,
    shared: Vec<(String, String, u32, f64)>,
}

fn networkx(python: &std::path::Path, graph: &Graph) -> Expected {
    let mut child = Command::new(python)
        .arg(root().join("tests/oracle/networkx_structure.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let json = serde_json::json!({"nodes": graph.nodes, "edges": graph.edges});
    child.stdin.take().expect("it was asked for").write_all(json.to_string().as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).expect("it writes JSON")
}

/// The undirected and the directed matrix of a graph, whose rows are in the order of ids.
fn matrices(graph: &Graph) -> [Sociomatrix; 2] {
    let dataset = plain(&graph.nodes, &graph.edges);
    let network = Network::project(&dataset, &Lens::default()).expect("the default lens fits");
    [Direction::Ignored, Direction::Followed].map(|direction| Sociomatrix::of(&network, direction, None))
}

#[test]
fn structure_agrees_with_networkx() {
    let Some(python) = python() else { return };
    for (name, graph) in graphs() {
        let expected = networkx(&python, &graph);
        let [loose, arrows] = matrices(&graph);
        let mut ids = graph.nodes.clone();
        ids.sort();
        let id = |row: u32| ids[row as usize].clone();
        let row = |id: &String| ids.binary_search(id).expect("it is in the graph");

        assert!(agree(density(&loose), Some(expected.density[0])), "{name}");
        assert!(agree(density(&arrows), Some(expected.density[1])), "{name}");
        assert!(agree(Some(transitivity(&loose).unwrap_or(0.0)), Some(expected.transitivity)), "{name}");
        assert!(agree(reciprocity(&arrows), expected.reciprocity), "{name}");
        let mut groups = vec![0; ids.len()];
        graph.nodes.iter().enumerate().for_each(|(at, id)| groups[row(id)] = at % 3);
        let groups = Partition::of(&groups);
        for (at, matrix) in [&loose, &arrows].into_iter().enumerate() {
            let (ours, theirs) = (degree_assortativity(matrix), expected.degree_assortativity[at]);
            assert!(agree(ours, theirs), "{name}: {ours:?}, networkx {theirs:?}");
            assert!(agree(group_assortativity(matrix, &groups), expected.group_assortativity[at]), "{name}");
        }

        let (links, cuts) = bridges(&loose);
        let mut ours: Vec<(String, String)> = links.iter().map(|link| (id(link.a), id(link.b))).collect();
        ours.sort();
        assert_eq!(ours, expected.bridges, "{name}");
        let ours: BTreeMap<String, Vec<usize>> =
            cuts.into_iter().map(|cut| (id(cut.row), cut.parts)).collect();
        assert_eq!(ours, expected.cut_actors, "{name}");

        let census = triad_census(&arrows);
        let ours: BTreeMap<String, u64> =
            TRIADS.into_iter().zip(census).map(|(triad, count)| (triad.to_owned(), count)).collect();
        assert_eq!(ours, expected.triads, "{name}");

        for (matrix, theirs) in [(&loose, &expected.alike), (&arrows, &expected.alike_directed)] {
            let ego = row(&graph.nodes[0]);
            for by in Alikeness::ALL {
                let ours = alike(matrix, u32::try_from(ego).expect("it is small"), by);
                for (at, theirs) in theirs.iter().enumerate() {
                    let other = row(&graph.nodes[at + 1]);
                    let ours =
                        ours.iter().find(|alike| alike.row as usize == other).expect("all are compared");
                    let theirs = theirs[by.as_str()];
                    assert!(agree(ours.score, theirs), "{name}: {by:?} {:?}, numpy {theirs:?}", ours.score);
                }
            }
        }
        cores_agree(&name, &graph, &expected);
        projections_agree(&name, &graph, &expected);
    }
}

fn cores_agree(name: &str, graph: &Graph, expected: &Expected) {
    let within = |id: &String| expected.core_nodes.contains(id);
    let edges = graph.edges.iter().filter(|(a, b)| within(a) && within(b)).cloned().collect();
    let [loose, _] = matrices(&Graph { nodes: expected.core_nodes.clone(), edges });
    let core = core_periphery(&loose);
    assert_eq!(core.missing_count + core.outside_count, expected.core_faults, "{name}");
    // The fit is the correlation of two marks of each pair, taken from its definition.
    let is_core = |row: u32| core.core.contains(&row);
    let pairs = loose.rows().flat_map(|a| loose.rows().filter(move |b| *b > a).map(move |b| (a, b)));
    let marks: Vec<(f64, f64)> = pairs
        .filter(|(a, b)| is_core(*a) == is_core(*b))
        .map(|(a, b)| (f64::from(u8::from(is_core(a))), loose.value(a, b)))
        .collect();
    let count = f64::from(u32::try_from(marks.len()).expect("it is small"));
    let mean = marks.iter().fold((0.0, 0.0), |sum, mark| (sum.0 + mark.0 / count, sum.1 + mark.1 / count));
    let product = |x: &dyn Fn(&(f64, f64)) -> f64| marks.iter().map(x).sum::<f64>();
    let both = product(&|mark| (mark.0 - mean.0) * (mark.1 - mean.1));
    let lengths = product(&|mark| (mark.0 - mean.0).powi(2)) * product(&|mark| (mark.1 - mean.1).powi(2));
    let by_definition = (lengths > 1e-12).then(|| both / lengths.sqrt());
    assert!(agree(core.fit, by_definition), "{name}: {:?}, by definition {by_definition:?}", core.fit);
}

fn projections_agree(name: &str, graph: &Graph, expected: &Expected) {
    let mut json = String::from("{\"nodes\": [");
    for (at, id) in graph.nodes.iter().enumerate() {
        let kind = if at % 3 == 0 { "treaty" } else { "country" };
        let comma = if at == 0 { "" } else { ", " };
        write!(json, "{comma}{{\"id\": {id:?}, \"kind\": \"{kind}\"}}").expect("a string takes it");
    }
    json.push_str("], \"edges\": [");
    for (at, (a, b)) in graph.edges.iter().enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        write!(json, "{comma}{{\"source\": {a:?}, \"target\": {b:?}}}").expect("a string takes it");
    }
    json.push_str("]}");
    let dataset = dataset(&json);
    let network = Network::project(&dataset, &Lens::default()).expect("the default lens fits");
    let parts = parts(&network, &[ActorKind::Treaty]);
    let id = |actor| dataset.actors().id(actor).to_owned();
    let mut ours: Vec<_> =
        parts.pairs(None).into_iter().map(|pair| (id(pair.a), id(pair.b), pair.count, pair.weight)).collect();
    let mut theirs = expected.shared.clone();
    for pair in ours.iter_mut().chain(&mut theirs) {
        if pair.0 > pair.1 {
            std::mem::swap(&mut pair.0, &mut pair.1);
        }
    }
    ours.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    theirs.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    assert_eq!(ours.len(), theirs.len(), "{name}");
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!((&ours.0, &ours.1, ours.2), (&theirs.0, &theirs.1, theirs.2), "{name}");
        assert!(agree(Some(ours.3), Some(theirs.3)), "{name}: {ours:?} {theirs:?}");
        let (a, b) = (actor(&dataset, &ours.0), actor(&dataset, &ours.1));
        assert_eq!(parts.shared(a, b).len(), ours.2 as usize, "{name}");
    }
}

#[test]
fn small_networks_and_none_have_a_structure_without_a_fault() {
    for actors in [&[][..], &["a"], &["a", "b"]] {
        let [loose, arrows] =
            matrices(&Graph { nodes: actors.iter().map(ToString::to_string).collect(), edges: Vec::new() });
        assert_eq!(triad_census(&arrows), [0; 16]);
        assert_eq!(bridges(&loose), (Vec::new(), Vec::new()));
        assert_eq!(core_periphery(&loose).core, [] as [u32; 0]);
        assert_eq!(transitivity(&loose).or(reciprocity(&arrows)).or(degree_assortativity(&loose)), None);
    }
}

#[test]
fn actors_share_what_they_are_tied_to_and_events_told_twice() {
    let dataset = dataset(
        r#"{"nodes": [{"id": "a", "kind": "country"}, {"id": "b", "kind": "country"}, {"id": "c", "kind": "country"},
            {"id": "pact", "kind": "treaty"}, {"id": "summit", "kind": "event"}], "edges": [
        {"source": "a", "target": "pact", "relation": "signature", "when": "1990"},
        {"source": "b", "target": "pact", "relation": "accession", "when": "1991"},
        {"source": "a", "target": "c", "relation": "meeting", "when": "1992", "event": "summit"},
        {"source": "b", "target": "c", "relation": "meeting", "when": "1993", "event": "talks"},
        {"source": "a", "target": "c", "relation": "meeting", "when": "1993", "event": "talks"},
        {"source": "b", "target": "a", "relation": "visit", "when": "1994"}]}"#,
    );
    let lens = Lens { channels: Channel::ALL.into_iter().collect(), ..Lens::default() };
    let network = Network::project(&dataset, &lens).unwrap();
    let all = parts(&network, &[ActorKind::Treaty, ActorKind::Event]);
    assert_eq!(all.affair_count(), 3);
    let pairs: Vec<(&str, &str, u32)> = all
        .pairs(None)
        .into_iter()
        .map(|pair| (dataset.actors().id(pair.a), dataset.actors().id(pair.b), pair.count))
        .collect();
    assert_eq!(pairs, [("a", "b", 2), ("a", "c", 2), ("b", "c", 1)]);
    let [a, b] = ["a", "b"].map(|id| actor(&dataset, id));
    let affairs: Vec<Affair> = all.shared(a, b).into_iter().map(|(part, _)| part.affair).collect();
    assert_eq!(affairs[0], Affair::Actor(actor(&dataset, "pact")));
    assert!(matches!(affairs[..], [_, Affair::Happening(_)]));
    assert_eq!(parts(&network, &[ActorKind::Treaty]).pairs(Some(b)).len(), 1);
}
