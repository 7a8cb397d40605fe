//! Files of other programs: small ones of our own, and real ones with known counts.

use std::path::Path;

use chancery::{
    analysis::connect::{Options as ConnectOptions, connect},
    dataset::{Builder, Dataset, Problem, content_hash},
    format::{Format, Options, native, read_path},
    lens::Lens,
    model::{ActorKind, Channel, Severity, Tie},
};
use serde_json::{Value, json};

use crate::support::{actor, root, sound, test_data};

fn load(path: &Path, options: &Options) -> (Dataset, Vec<Problem>, Vec<String>) {
    let mut builder = Builder::default();
    let reading = read_path(path, options, &mut builder).expect("the file can be read");
    let (dataset, problems) = builder.finish();
    (dataset, problems, reading.notes)
}

fn good(path: &Path, options: &Options) -> (Dataset, Vec<String>) {
    let (dataset, problems, notes) = load(path, options);
    assert_eq!(problems, [], "{}", path.display());
    whole(&dataset);
    (dataset, notes)
}

fn fixture(name: &str) -> (Dataset, Vec<String>) {
    good(&root().join("tests/fixtures/formats").join(name), &Options::default())
}

/// Every record that is made on demand is the one that was counted, and written natively it is the same
/// dataset.
pub(crate) fn whole(dataset: &Dataset) {
    let actors: Vec<_> = dataset.actors().all().collect();
    let ties: Vec<_> = dataset.ties().all().collect();
    let mut sum = 0_u128;
    for actor in &actors {
        let whole = dataset.actor(*actor);
        assert_eq!(whole.id.as_str(), dataset.actors().id(*actor));
        sum = sum.wrapping_add(content_hash(&whole));
    }
    for tie in &ties {
        let mut whole = dataset.tie(*tie);
        assert_eq!(whole.source.as_str(), dataset.actors().id(dataset.ties().source(*tie)));
        assert_eq!(whole.relation.as_str(), dataset.relation(*tie).id.as_str());
        whole.id = whole.id.filter(|id| !id.as_str().contains('-') || id.as_str().len() < 34);
        sum = sum.wrapping_add(content_hash(&whole));
    }
    for (_, reference) in dataset.references() {
        sum = sum.wrapping_add(content_hash(reference));
    }
    let shipped = chancery::model::Vocabulary::shipped();
    for (_, relation) in dataset.vocabulary().relations() {
        if shipped.find(relation.id.as_str()).is_none() {
            sum = sum.wrapping_add(content_hash(relation));
        }
    }
    assert_eq!(sum, dataset.hash());
    let mut json = Vec::new();
    let part = native::Part { actors: &actors, ties: &ties, uncited: true, ..native::Part::default() };
    native::write(dataset, &part, native::EdgeKey::Edges, &mut json).expect("memory takes it");
    let mut builder = Builder::default();
    native::read_text("again.json", String::from_utf8(json).expect("JSON is text").into(), &mut builder);
    let again = sound(builder);
    assert_eq!(again.hash(), dataset.hash());
}

fn ties(dataset: &Dataset) -> Vec<Tie> {
    dataset.ties().all().map(|tie| dataset.tie(tie)).collect()
}

fn lines(problems: &[Problem]) -> Vec<String> {
    problems.iter().filter(|problem| problem.severity == Severity::Error).map(ToString::to_string).collect()
}

#[test]
fn a_table_of_events_is_read_whole() {
    let (dataset, notes) = fixture("events.tsv");
    assert_eq!((dataset.actors().count(), dataset.ties().count()), (4, 4));
    assert!(notes.iter().any(|note| note.contains("`Send a \"pouch\"` (1 ties)")), "{notes:?}");
    let all = ties(&dataset);
    let relations: Vec<&str> = all.iter().map(|tie| tie.relation.as_str()).collect();
    assert_eq!(relations, ["cameo:042", "cameo:042", "cameo:193", "Send a \"pouch\""]);
    assert_eq!(all[3].target.as_str(), "Côte  Verte");
    assert_eq!(all[0].claims()[0].cites[0].reference.as_str(), "events.tsv");
    let citizen = dataset.actors().find("Citizen (Bemia)").unwrap();
    assert_eq!(dataset.actors().kind(citizen), Some(ActorKind::Group));
    assert_eq!(dataset.actor(citizen).kind, Some(ActorKind::Group));
    let first = dataset.ties().id(dataset.ties().all().next().unwrap()).to_owned();
    assert!(dataset.ties().find(&first).is_some());
}

#[test]
fn bad_rows_are_named_by_line_and_column() {
    let path = root().join("tests/fixtures/formats/bad-events.tsv");
    let (_, problems, _) = load(&path, &Options::default());
    let said = lines(&problems);
    assert_eq!(said.len(), 3, "{said:#?}");
    assert!(said[0].contains("bad-events.tsv:3:21: ") && said[0].contains("needs a `target`"), "{said:#?}");
    assert!(said[1].contains("bad-events.tsv:4:27: ") && said[1].contains("July 1990"), "{said:#?}");
    assert!(said[1].contains("year-month-day"), "{said:#?}");
    assert!(said[2].contains("bad-events.tsv:5:1: ") && said[2].contains("2 columns"), "{said:#?}");
}

#[test]
fn a_table_with_a_header_is_guessed_and_said() {
    let options = Options { missing: vec![".".to_owned()], ..Options::default() };
    let (dataset, notes) = good(&root().join("tests/fixtures/formats/edges.csv"), &options);
    assert!(notes[1].contains("source=From,target=To,when=Event Date"), "{notes:?}");
    let all = ties(&dataset);
    assert_eq!(all.len(), 2);
    let exact = all.iter().find(|tie| tie.target.as_str() == "Bemia; the republic").unwrap();
    assert_eq!(exact.claims()[0].dating.when().unwrap().as_str(), "1990-07-01");
    assert_eq!(Value::Object(exact.attributes.clone()), json!({"weight": "3", "note": "said \"no\""}));
    // `NA` is Namibia until the user says that it means nothing.
    let namibia = all.iter().find(|tie| tie.target.as_str() == "NA").unwrap();
    assert!(namibia.attributes.is_empty());
}

#[test]
fn columns_can_be_named_and_an_old_encoding_is_said() {
    let columns = [("relation", "what"), ("when", "on")].map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec();
    let options = Options { columns, ..Options::default() };
    let (dataset, notes) = good(&root().join("tests/fixtures/formats/windows.csv"), &options);
    assert!(notes.iter().any(|note| note.contains("Windows-1252")), "{notes:?}");
    let all = ties(&dataset);
    assert_eq!((all[0].source.as_str(), all[0].relation.as_str()), ("Côte", "visit"));
}

#[test]
fn json_graphs_of_other_programs_lose_no_attribute() {
    let (d3, _) = fixture("d3.json");
    let tie = &ties(&d3)[0];
    assert_eq!((tie.source.as_str(), tie.target.as_str()), ("Bemia", "Arland"));
    assert_eq!(tie.attributes["value"], 4);
    assert_eq!(d3.actor(actor(&d3, "Arland")).attributes["group"], 1);

    let (jgf, notes) = fixture("jgf.json");
    assert_eq!((jgf.actors().count(), jgf.ties().count()), (3, 2));
    assert!(notes.iter().any(|note| note.contains("`sends_grain_to` (1 ties)")), "{notes:?}");
    let arland = jgf.actor(actor(&jgf, "a"));
    assert_eq!((arland.kind, arland.names[0].text.as_str()), (Some(ActorKind::Country), "Arland"));
    assert_eq!(arland.attributes["size"], 3);
    let visit = ties(&jgf).into_iter().find(|tie| tie.relation.as_str() == "visit").unwrap();
    assert_eq!(visit.attributes["metadata.source"], "memo");

    let (cytoscape, _) = fixture("cytoscape.json");
    let tie = &ties(&cytoscape)[0];
    assert_eq!(tie.id.as_ref().unwrap().as_str(), "e");
    assert_eq!(Value::Object(tie.attributes.clone()), json!({"weight": 0.5, "classes": "thick"}));
    assert_eq!(cytoscape.actor(actor(&cytoscape, "1")).attributes["position"], json!({"x": 1, "y": 2}));

    let (node_link, notes) = fixture("node-link.json");
    assert!(notes.iter().any(|note| note.starts_with("undirected")), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("not kept: name")), "{notes:?}");
    assert_eq!(node_link.actor(actor(&node_link, "0")).attributes["kind"], "official");
    assert_eq!(ties(&node_link).iter().filter(|tie| tie.attributes.contains_key("key")).count(), 2);
}

#[test]
fn graphml_and_gexf_lose_no_attribute() {
    let (graphml, _) = fixture("graph.graphml");
    assert_eq!((graphml.actors().count(), graphml.ties().count()), (2, 2));
    let (a, b) = (graphml.actor(actor(&graphml, "a")), graphml.actor(actor(&graphml, "b")));
    assert_eq!((a.names[0].text.as_str(), &a.attributes["size"]), ("Arland & Bemia", &json!(7)));
    assert_eq!(Value::Object(b.attributes), json!({"size": 3}));
    let tie = graphml.tie(graphml.ties().find("e").unwrap());
    assert_eq!(tie.relation.as_str(), "cameo:042");
    assert_eq!(tie.claims()[0].dating.when().unwrap().as_str(), "1990");
    assert_eq!(Value::Object(tie.attributes), json!({"weight": 0.5}));

    let (gexf, notes) = fixture("graph.gexf");
    assert!(notes.iter().any(|note| note.starts_with("undirected")), "{notes:?}");
    let arland = gexf.actor(actor(&gexf, "0"));
    assert_eq!((arland.names[0].text.as_str(), &arland.attributes["size"]), ("Arland", &json!(3)));
    let tie = &ties(&gexf)[0];
    assert_eq!(tie.relation.as_str(), "visit");
    assert_eq!(Value::Object(tie.attributes.clone()), json!({"id": "0", "weight": 2.0}));
    assert_eq!(tie.claims()[0].dating.when().unwrap().as_str(), "1990/..");
}

#[test]
fn a_format_can_be_ordered() {
    let options = Options { format: Some("native".parse::<Format>().unwrap()), ..Options::default() };
    let (_, problems, _) = load(&root().join("tests/fixtures/formats/jgf.json"), &options);
    assert!(!lines(&problems).is_empty());
    assert!("excel".parse::<Format>().unwrap_err().contains("node-link"));
}

#[test]
fn graphs_of_other_programs_have_the_counts_they_say() {
    for (file, actors, count) in [
        ("car_graphs.json", 5, 4),
        ("d3_miserables_vega.json", 77, 254),
        ("icews18_subset_jgf_v2.json", 18, 120),
        ("les_miserables.json", 77, 254),
        ("nx_cytoscapejs.json", 18, 120),
        ("nx_nodelink_NEW_edges_key.json", 18, 120),
        ("nx_nodelink_OLD_links_key.json", 18, 120),
        ("nx_multidigraph.graphml", 18, 120),
        ("nx_undirected_weighted.graphml", 18, 37),
        ("nx_multidigraph.gexf", 18, 120),
    ] {
        let Some(path) = test_data(&format!("formats/{file}")) else { return };
        let (dataset, _) = good(&path, &Options::default());
        assert_eq!((dataset.actors().count(), dataset.ties().count()), (actors, count), "{file}");
    }
}

#[test]
fn icews18_is_read_whole() {
    let Some(path) = test_data("icews/icews18.tsv.gz") else { return };
    let (dataset, problems, _) = load(&path, &Options::default());
    assert_eq!(problems, []);
    assert_eq!((dataset.actors().count(), dataset.ties().count()), (23_033, 468_558));
    let mut relations: Vec<u16> = dataset.ties().all().map(|tie| dataset.ties().relation(tie)).collect();
    relations.sort_unstable();
    relations.dedup();
    assert_eq!(relations.len(), 256);
    let kind = |id| dataset.actors().kind(actor(&dataset, id));
    assert_eq!((kind("Mongolia"), kind("Hong Kong")), (Some(ActorKind::Country), Some(ActorKind::Territory)));
    assert_eq!((kind("Kim Jong-Un"), kind("Citizen (Mongolia)")), (None, Some(ActorKind::Group)));
    let channels = Channel::ALL.into_iter().collect();
    let lens = Lens { channels, ..Lens::default() };
    for (a, b, direct, connectors) in
        [("Mongolia", "South Korea", 9, 44), ("Hong Kong", "North Korea", 0, 28), ("Cuba", "Mongolia", 0, 20)]
    {
        let (a, b) = (actor(&dataset, a), actor(&dataset, b));
        let found = connect(&dataset, &lens, a, b, &ConnectOptions::default()).unwrap();
        assert_eq!(dataset.dyads().between(a, b).map_or(0, |dyad| dataset.dyads().ties(dyad).len()), direct);
        assert_eq!(found.connectors.len(), connectors);
    }
    let tie = dataset.tie(dataset.ties().all().next().unwrap());
    assert_eq!(tie.claims()[0].dating.when().unwrap().as_str(), "2018-01-01");
}
