//! Disjoint routes, cuts and currents against networkx: on the shipped graph, on random graphs and on ICEWS14.

use std::{
    collections::BTreeMap,
    io::Write,
    process::{Command, Stdio},
};

use chancery::{
    analysis::connect::{Connection, Connections, DISJOINT_LIMIT, Options},
    dataset::{ActorIndex, Builder, Dataset},
    format::{Options as ReadOptions, read_path},
    lens::Lens,
    model::Channel,
    network::Network,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    order::Draw,
    support::{actor, plain, python, root, shipped, skip, test_data},
};

#[derive(Deserialize)]
struct Oracle {
    disjoint: u32,
    dyad_disjoint: u32,
    cut: usize,
    flow: BTreeMap<String, f64>,
}

/// What networkx says to some questions; nothing where it is not there.
fn ask_networkx(given: &Value) -> Option<Vec<Oracle>> {
    let python = python()?;
    let mut numbers = Command::new(&python);
    numbers.args(["-c", "import numpy, scipy"]).stderr(Stdio::null());
    if !numbers.status().is_ok_and(|status| status.success()) {
        skip("a Python with numpy and scipy");
        return None;
    }
    let mut child = Command::new(python)
        .arg(root().join("tests/oracle/networkx_routes.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python runs");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(given.to_string().as_bytes()).expect("it is read");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).expect("it is text");
    Some(lines.lines().map(|line| serde_json::from_str(line).expect("it is an answer")).collect())
}

/// Compares answers, and returns how many currents were.
fn agree(dataset: &Dataset, answers: &[Connection], oracles: &[Oracle]) -> usize {
    assert_eq!(answers.len(), oracles.len());
    let id = |actor: ActorIndex| dataset.actors().id(actor);
    let mut compared = 0;
    for (answer, oracle) in answers.iter().zip(oracles) {
        let pair = format!("{} {}", id(answer.a), id(answer.b));
        let (disjoint, dyad_disjoint) = (&answer.disjoint, &answer.dyad_disjoint);
        assert_eq!(disjoint.count, oracle.disjoint.min(DISJOINT_LIMIT), "{pair}");
        assert_eq!(dyad_disjoint.count, oracle.dyad_disjoint.min(DISJOINT_LIMIT), "{pair}");
        if !disjoint.is_bounded {
            assert_eq!(disjoint.cut.len(), oracle.cut, "{pair}");
        }
        if !dyad_disjoint.is_bounded {
            assert_eq!(dyad_disjoint.cut.len(), oracle.dyad_disjoint as usize, "{pair}");
        }
        for connector in &answer.connectors {
            let expected = oracle.flow[id(connector.actor)];
            let who = id(connector.actor);
            assert!((connector.flow - expected).abs() < 1e-6, "{pair} {who}: {} {expected}", connector.flow);
            compared += 1;
        }
    }
    compared
}

/// The answers of a network, and the same questions for networkx with the conductances that were found.
fn answers(network: &Network<'_>, pairs: &[(ActorIndex, ActorIndex)]) -> (Vec<Connection>, Value) {
    let dataset = network.dataset();
    let id = |actor: ActorIndex| dataset.actors().id(actor);
    let mut connections = Connections::new(network);
    let mut ask = |(a, b): &(ActorIndex, ActorIndex)| {
        connections.between(*a, *b, &Options::default()).expect("the lens names nothing")
    };
    let answers: Vec<Connection> = pairs.iter().map(&mut ask).collect();
    let wire = |(dyad, conductance): &(_, f64)| {
        let (x, y) = dataset.dyads().ends(*dyad);
        json!([id(x), id(y), conductance])
    };
    let question = |answer: &Connection| {
        let wires: Vec<Value> = answer.flow.iter().flat_map(|flow| flow.dyads.iter().map(wire)).collect();
        json!({"a": id(answer.a), "b": id(answer.b), "wires": wires})
    };
    let ends = network.compact().dyads().iter().map(|dyad| dataset.dyads().ends(*dyad));
    let edges: Vec<[&str; 2]> = ends.map(|(x, y)| [id(x), id(y)]).collect();
    let questions: Vec<Value> = answers.iter().map(question).collect();
    let given = json!({"edges": edges, "questions": questions});
    (answers, given)
}

#[test]
fn the_shipped_graph_agrees_with_networkx_on_disjoint_routes_cuts_and_flow() {
    let dataset = shipped();
    let network = Network::project(&dataset, &Lens::default()).expect("the lens names nothing");
    let hubs = ["mongolia", "south-korea", "north-korea", "cuba", "hong-kong", "china", "united-states"];
    let all: Vec<ActorIndex> = dataset.actors().all().collect();
    // Every pair of the well-known, and each of these with every seventh actor.
    let mut pairs: Vec<(ActorIndex, ActorIndex)> = Vec::new();
    for (at, hub) in hubs.iter().enumerate() {
        let hub = actor(&dataset, hub);
        pairs.extend(hubs[at + 1..].iter().map(|other| (hub, actor(&dataset, other))));
        pairs
            .extend(all.iter().skip(at).step_by(7).filter(|other| **other != hub).map(|other| (hub, *other)));
    }
    let (answers, given) = answers(&network, &pairs);
    let Some(oracles) = ask_networkx(&given) else { return };
    assert!(agree(&dataset, &answers, &oracles) > 100);
}

#[test]
fn random_graphs_agree_with_networkx_down_to_what_conducts() {
    let mut draw = Draw(40_404);
    let mut compared = 0;
    for number in 0..6 {
        let count = 12 + 6 * number;
        let ids: Vec<String> = (0..count).map(|at| format!("n{at:02}")).collect();
        let mut end = || ids[(draw.below(count) * draw.below(count) / count) as usize].clone();
        let ties: Vec<(String, String)> = (0..3 * count).map(|_| (end(), end())).collect();
        let dataset = plain(&ids, &ties);
        let network = Network::project(&dataset, &Lens::default()).expect("the lens names nothing");
        let all = || (0..count).map(ActorIndex);
        let pairs: Vec<(ActorIndex, ActorIndex)> =
            all().flat_map(|a| all().skip(a.at() + 1).step_by(3).map(move |b| (a, b))).collect();
        let (answers, mut given) = answers(&network, &pairs);
        // A tie without a date is possible, not certain.
        given = json!({"ties": ties, "weight": 0.5, "questions": given["questions"]});
        for question in given["questions"].as_array_mut().expect("a list") {
            question["wires"] = Value::Null;
        }
        let Some(oracles) = ask_networkx(&given) else { return };
        compared += agree(&dataset, &answers, &oracles);
    }
    assert!(compared > 1_000, "{compared}");
}

#[test]
fn pairs_of_icews14_agree_with_networkx() {
    let Some(table) = test_data("icews/icews14.tsv.gz") else { return };
    let mut builder = Builder::default();
    read_path(&table, &ReadOptions::default(), &mut builder).expect("it is read");
    let dataset = builder.finish().0;
    let lens = Lens { channels: Channel::ALL.into_iter().collect(), ..Lens::default() };
    let network = Network::project(&dataset, &lens).expect("the lens names nothing");
    let mut pairs: Vec<(ActorIndex, ActorIndex)> = Vec::new();
    let mut draw = Draw(2_014);
    let known: Vec<ActorIndex> =
        dataset.actors().all().filter(|actor| network.compact().neighbours(*actor).len() > 2).collect();
    let count = u32::try_from(known.len()).expect("there are thousands");
    while pairs.len() < 5 {
        let (a, b) = (known[draw.below(count) as usize], known[draw.below(count) as usize]);
        if a != b {
            pairs.push((a, b));
        }
    }
    let (answers, given) = answers(&network, &pairs);
    let Some(oracles) = ask_networkx(&given) else { return };
    assert!(agree(&dataset, &answers, &oracles) > 0);
}
