//! Measures against networkx: on random graphs by fixtures, on the shipped graph live.
//!
//! The fixtures are made by `tests/oracle/networkx_values.py random tests/oracle`, and name the version
//! of networkx that made them. ICEWS14 is not ours to ship; its values stand beside it.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Write},
    num::NonZeroUsize,
    process::{Command, Stdio},
};

use chancery::{
    analysis::{Convention, Measure, components, scores},
    dataset::{ActorIndex, ActorRow, Builder, ClaimRow, Dataset, Origin, Sink, SourceFile, TieIndex, TieRow},
    date::{Dating, Status, Window},
    format::native,
    lens::{KindSelector, Lens},
    model::{ActorKind, Channel},
    network::Network,
};
use serde::Deserialize;

use crate::support::{plain, python, root, shipped, skip, sound, test_data};

/// What networkx gives, by id.
#[derive(Deserialize)]
struct Values {
    degree: BTreeMap<String, f64>,
    betweenness: BTreeMap<String, f64>,
    closeness: BTreeMap<String, f64>,
    components: usize,
}

#[derive(Deserialize)]
struct Fixture {
    script: String,
    networkx: String,
    name: String,
    nodes: Vec<String>,
    edges: Vec<(String, String)>,
    values: Values,
}

const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// Whether two values agree to 1e-9, relative where they are greater than 1.
fn agree(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0)
}

/// The scores by actor row, made on two threads.
fn by_row(network: &Network<'_>, measure: Measure) -> Vec<f64> {
    let made = scores(network, measure, &Convention { threads: TWO, ..Convention::default() })
        .expect("every measure takes it");
    let mut by_row = vec![0.0; network.dataset().actors().count()];
    for (actor, score) in made.actors.iter().zip(made.values) {
        by_row[actor.at()] = score.expect("every measure takes it");
    }
    by_row
}

#[track_caller]
fn compare(what: &str, network: &Network<'_>, values: &Values) {
    let dataset = network.dataset();
    let admitted: Vec<ActorIndex> = network.actors().collect();
    for (measure, theirs) in [
        (Measure::Degree, &values.degree),
        (Measure::Betweenness, &values.betweenness),
        (Measure::Closeness, &values.closeness),
    ] {
        let ours = by_row(network, measure);
        assert_eq!(theirs.len(), admitted.len(), "{what}: actors of {}", measure.as_str());
        for actor in &admitted {
            let id = dataset.actors().id(*actor);
            let (ours, theirs) = (ours[actor.at()], theirs[id]);
            assert!(agree(ours, theirs), "{what}: {} of {id}: {ours}, networkx {theirs}", measure.as_str());
        }
    }
    assert_eq!(components(network).count(), values.components, "{what}: components");
}

#[test]
fn measures_agree_with_networkx_on_random_graphs() {
    let mut seen = 0;
    for entry in fs::read_dir(root().join("tests/oracle")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let fixture: Fixture = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert!(root().join(&fixture.script).exists());
        assert!(!fixture.networkx.is_empty());
        let dataset = plain(&fixture.nodes, &fixture.edges);
        compare(&fixture.name, &Network::project(&dataset, &Lens::default()).unwrap(), &fixture.values);
        seen += 1;
    }
    assert!(seen >= 7, "only {seen} fixtures");
}

#[test]
fn measures_agree_with_networkx_on_the_shipped_graph() {
    let Some(python) = python() else { return };
    let dataset = shipped();
    let channels = Channel::ALL.into_iter().collect();
    let lenses = [
        ("default", Lens::default()),
        ("all channels", Lens { channels, ..Lens::default() }),
        ("countries", Lens { kinds: vec![KindSelector::Kind(ActorKind::Country)], ..Lens::default() }),
        ("1950/1989", Lens { during: "1950/1989".parse::<Window>().unwrap(), ..Lens::default() }),
    ];
    for (name, lens) in lenses {
        let network = Network::project(&dataset, &lens).unwrap();
        let predicate = network.predicate();
        let actors: Vec<ActorIndex> = network.actors().collect();
        let ties: Vec<TieIndex> =
            dataset.ties().all().filter(|tie| predicate.passes(&dataset, *tie)).collect();
        let mut json = Vec::new();
        let part = native::Part { actors: &actors, ties: &ties, ..native::Part::default() };
        native::write(&dataset, &part, native::EdgeKey::Edges, &mut json).unwrap();
        let mut child = Command::new(&python)
            .arg(root().join("tests/oracle/networkx_values.py"))
            .arg("graph")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&json).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        let fixture: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let values = Values::deserialize(&fixture["values"]).unwrap();
        compare(&format!("shipped graph, {name}"), &network, &values);
    }
}

/// What stands beside ICEWS14.
#[derive(Deserialize)]
struct Icews {
    icews14: IcewsValues,
}

#[derive(Deserialize)]
struct IcewsValues {
    events: usize,
    nodes: usize,
    undirected_simple_edges: usize,
    components: usize,
    largest_component: usize,
    degree_top20: Vec<(String, f64)>,
    betweenness_unnormalised_top30: Vec<(String, f64)>,
}

/// Pushes a table of events (subject, relation, object, day) into a builder, as any reader does.
fn push_events(table: String) -> Dataset {
    let mut builder = Builder::default();
    let text: std::sync::Arc<String> = table.into();
    let file = builder.file(SourceFile::new("icews14.tsv", text.clone()));
    let mut actors: BTreeMap<&str, Origin> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let [subject, _, object, day] =
            line.split('\t').collect::<Vec<_>>().try_into().expect("four columns");
        let origin = Origin::of(file, &text, line);
        actors.entry(subject).or_insert(origin);
        actors.entry(object).or_insert(origin);
        let dating = Dating::new(day.parse().ok(), None, None, None).expect("a day is a date");
        let claims = vec![ClaimRow { dating: &dating, status: Status::Asserted, cites: &[] }];
        builder.tie(TieRow::plain(subject, object, "related", claims, blake(line)), origin);
    }
    for (id, origin) in actors {
        builder.actor(ActorRow { id, content: blake(id), ..ActorRow::default() }, origin);
    }
    sound(builder)
}

fn blake(text: &str) -> u128 {
    chancery::dataset::content_hash(&text)
}

#[test]
fn degree_and_betweenness_agree_with_networkx_on_icews14() {
    let (Some(table), Some(values)) =
        (test_data("icews/icews14.tsv.gz"), test_data("icews/icews14_networkx.json"))
    else {
        return;
    };
    let Ok(mut child) = Command::new("zcat").arg(table).stdout(Stdio::piped()).spawn() else {
        return skip("zcat");
    };
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    assert!(child.wait().unwrap().success());
    let Icews { icews14: values } = serde_json::from_str(&fs::read_to_string(values).unwrap()).unwrap();

    let dataset = push_events(text);
    assert_eq!((dataset.ties().count(), dataset.actors().count()), (values.events, values.nodes));
    let network = Network::project(&dataset, &Lens::default()).unwrap();
    assert_eq!(network.compact().dyads().len(), values.undirected_simple_edges);
    let components = components(&network);
    assert_eq!(components.count(), values.components);
    assert_eq!(components.sizes().iter().max(), Some(&values.largest_component));
    for (measure, top) in [
        (Measure::Degree, &values.degree_top20),
        (Measure::Betweenness, &values.betweenness_unnormalised_top30),
    ] {
        let scores = by_row(&network, measure);
        for (id, theirs) in top {
            let ours = scores[dataset.actors().find(id).unwrap().at()];
            assert!(agree(ours, *theirs), "{} of {id}: {ours}, networkx {theirs}", measure.as_str());
        }
        let last = top.last().unwrap().1;
        let above = scores.iter().filter(|score| **score > last * (1.0 + 1e-9)).count();
        assert!(
            above < top.len(),
            "{above} actors score more than the last of networkx's first {}",
            top.len()
        );
    }
}
