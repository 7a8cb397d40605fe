//! To the forms of other programs and back: nothing is lost, and those programs read what is written.

use std::{fs, process::Command};

use chancery::{
    dataset::{Builder, Dataset, Problem},
    format::{
        Options,
        native::{self, EdgeKey, Part},
        read_path,
        write::{Form, Listed, TableForm, write},
    },
    lens::{Lens, Predicate},
    model::Severity,
    report::{TieView, Viewer},
};
use proptest::{collection::vec, option, prelude::*};
use serde_json::{Map, Value, json};

use crate::support::{Desk, python, root, shipped, skip};

/// A form that holds everything, or node-link JSON with the edges under a key.
#[derive(Clone, Copy, Debug)]
enum Whole {
    Form(Form),
    NodeLink(EdgeKey),
}

const WHOLE: [(&str, Whole); 6] = [
    ("g.graphml", Whole::Form(Form::GraphMl)),
    ("g.gexf", Whole::Form(Form::Gexf)),
    ("jgf.json", Whole::Form(Form::Jgf)),
    ("cytoscape.json", Whole::Form(Form::Cytoscape)),
    ("edges.json", Whole::NodeLink(EdgeKey::Edges)),
    ("links.json", Whole::NodeLink(EdgeKey::Links)),
];

/// All of a dataset, in a form.
fn written(dataset: &Dataset, form: Whole) -> Vec<u8> {
    let (actors, ties): (Vec<_>, Vec<_>) = (dataset.actors().all().collect(), dataset.ties().all().collect());
    let text =
        |field: fn(&chancery::dataset::SourceFile) -> Option<&str>| dataset.files().iter().find_map(field);
    let part = Part {
        actors: &actors,
        ties: &ties,
        uncited: true,
        title: text(|file| file.title.as_deref()),
        license: text(|file| file.license.as_deref()),
    };
    let mut bytes = Vec::new();
    match form {
        Whole::Form(form) => drop(write(dataset, &part, form, &mut bytes).expect("memory takes it")),
        Whole::NodeLink(key) => native::write(dataset, &part, key, &mut bytes).expect("memory takes it"),
    }
    bytes
}

fn canonical(dataset: &Dataset) -> String {
    String::from_utf8(written(dataset, Whole::NodeLink(EdgeKey::Edges))).expect("JSON is text")
}

fn read(desk: &Desk, name: &str) -> (Dataset, Vec<Problem>, Vec<String>) {
    let mut builder = Builder::default();
    let reading =
        read_path(&desk.path(name), &Options::default(), &mut builder).expect("it was written here");
    let (dataset, problems) = builder.finish();
    (dataset, problems, reading.notes)
}

/// Texts that some form has trouble with.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("<b>&amp;</b>"),
        Just("]]>"),
        Just("?>"),
        Just("\"'"),
        Just("\n"),
        Just("\r\n"),
        Just("\t"),
        Just(" "),
        Just("\u{1}"),
        Just("\u{ffff}"),
        Just("蒙古"),
        Just("é"),
        Just("😀"),
        Just("a"),
        Just("--"),
        Just("\\u0000"),
        Just("true"),
    ];
    vec(pieces, 1..4).prop_map(|pieces| pieces.concat())
}

/// An id of any kind that ours may have.
fn id() -> impl Strategy<Value = String> {
    let plain = text()
        .prop_map(|text| text.chars().filter(|c| !c.is_control() && *c != '\u{ffff}').collect::<String>());
    let some = |text: String| if text.trim().is_empty() { "n".to_owned() } else { text };
    prop_oneof!["[a-c]", "[1-3]", plain.prop_map(some)]
}

fn attributes() -> impl Strategy<Value = Map<String, Value>> {
    let names = prop_oneof![
        Just("weight"),
        Just("label"),
        Just("id"),
        Just("kind"),
        Just("start"),
        Just("x y"),
        Just("蒙"),
        Just("<a>"),
        Just("chancery"),
        Just("value"),
        Just("n"),
        Just("\n"),
        Just("attributes"),
        Just("spells"),
        Just("type"),
    ];
    let value = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-3..3_i32).prop_map(|n| json!(f64::from(n))),
        prop::num::f64::NORMAL.prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        text().prop_map(Value::from),
        Just(json!("")),
        Just(Value::Null),
        Just(json!([1, {"a": "<"}])),
        Just(json!({"b": []})),
    ];
    vec((names.prop_map(str::to_owned), value), 0..4).prop_map(|pairs| pairs.into_iter().collect())
}

fn cites() -> impl Strategy<Value = Value> {
    let cite = (0..3_u8, option::of(text()))
        .prop_map(|(at, quote)| json!({"ref": format!("r{at}"), "quote": quote}));
    vec(cite, 0..3).prop_map(Value::from)
}

fn actor() -> impl Strategy<Value = Value> {
    let kind = prop_oneof![Just("country"), Just("event"), Just("person")];
    let name = (text(), option::of(Just("en")), option::of(Just("former"))).prop_map(|(text, lang, usage)| {
        json!({"text": format!("N{text}"), "lang": lang, "use": usage, "when": lang.map(|_| "1924/1992")})
    });
    (id(), option::of(kind), vec(name, 0..3), option::of(text()), attributes(), cites(), any::<bool>()).prop_map(
        |(id, kind, names, note, attributes, cites, dated)| {
            json!({
                "id": id, "kind": kind, "names": names, "note": note, "attributes": attributes, "cites": cites,
                "codes": if dated { json!({"cow": ["712", "MON"], "iso3": "MNG"}) } else { json!({}) },
                "existence": if dated { json!(["1902/1906", "1909/.."]) } else { json!([]) },
                "same_day": kind == Some("event"),
            })
        },
    )
}

fn claim() -> impl Strategy<Value = Map<String, Value>> {
    let date = prop_oneof![
        Just(json!({"when": "2016-07~"})),
        Just(json!({"when": "{1990,1995-02}"})),
        Just(json!({"when": "1948-10-15/"})),
        Just(json!({"when": "-0044-03-15"})),
        Just(json!({"start": "[1901..1950]", "end": "1970?"})),
        Just(json!({"attested": "1988"})),
        Just(json!({})),
    ];
    let status = option::of(prop_oneof![Just("alleged"), Just("refuted"), Just("absent"), Just("disputed")]);
    (date, status, cites()).prop_map(|(date, status, cites)| {
        let mut claim = date.as_object().cloned().unwrap_or_default();
        claim.insert("status".to_owned(), json!(status));
        claim.insert("cites".to_owned(), cites);
        claim
    })
}

fn tie() -> impl Strategy<Value = (usize, usize, Value)> {
    let relation = prop_oneof![
        Just(json!({"relation": "visit"})),
        Just(json!({"relation": "mission", "level": "embassy"})),
        Just(json!({"relation": "sends <grain>"})),
        Just(json!({"relation": "cameo:042", "count": 3}))
    ];
    let more = prop_oneof![
        Just(json!({})),
        Just(json!({"event": "a \"summit\"", "role": {"code": "ambassador", "label": "大使"}})),
        Just(
            json!({"quantity": [{"value": 1e4, "unit": "horse", "approximate": true}, {"value": 0.5, "unit": "<t>"}]})
        ),
    ];
    (0..9_usize, 0..9_usize, relation, vec(claim(), 1..3), more, attributes(), option::of(text())).prop_map(
        |(a, b, relation, claims, more, attributes, note)| {
            let mut tie = relation.as_object().cloned().unwrap_or_default();
            match claims.as_slice() {
                [claim] => tie.extend(claim.clone()),
                claims => drop(tie.insert("claims".to_owned(), json!(claims))),
            }
            tie.extend(more.as_object().cloned().unwrap_or_default());
            tie.insert("attributes".to_owned(), json!(attributes));
            tie.insert("note".to_owned(), json!(note));
            (a, b, Value::Object(tie))
        },
    )
}

fn native_text() -> impl Strategy<Value = String> {
    (vec(actor(), 1..5), vec(tie(), 0..5), option::of(text()), any::<bool>()).prop_map(|(mut actors, ties, title, merged)| {
        actors.sort_by_key(|actor| actor["id"].to_string());
        actors.dedup_by_key(|actor| actor["id"].to_string());
        let first = actors[0]["id"].clone();
        for (at, actor) in actors.iter_mut().enumerate().skip(1) {
            actor[if at % 2 == 1 { "organ_of" } else { "citizen_of" }] = first.clone();
        }
        let end = |at: usize| actors[at % actors.len()]["id"].clone();
        let coverage = json!([{"actors": [end(0), end(1)], "ends": "one", "relations": ["visit"], "when": "1990/1995-07"}, {"at": ["1991"], "note": title}]);
        let edges: Vec<Value> = ties.into_iter().enumerate().map(|(at, (a, b, mut tie))| {
            tie["source"] = end(a);
            tie["target"] = end(b);
            if at % 2 == 0 {
                tie["id"] = json!(format!("t{at} <\"&"));
            }
            tie
        }).collect();
        let references: Vec<Value> = (0..3).map(|at| json!({"id": format!("r{at}"), "title": "?> ]]> \u{1}", "issued": {"date-parts": [[2018]]}})).collect();
        let same = if merged && actors.len() > 1 { json!([{"actor": end(0), "same_as": end(1), "why": "<&>"}]) } else { json!([]) };
        json!({
            "graph": {
                "title": title, "license": "CC-BY-SA-4.0", "references": references, "same": same, "coverage": coverage,
                "relations": [{"id": "sends <grain>", "labels": {"en": "sends grain to"}, "channel": "interaction", "lasting": true}],
                "retracted": [{"what": "tie", "id": "gone", "why": "wrong <&>", "record": {"id": "gone"}}],
            },
            "nodes": actors, "edges": edges,
        })
        .to_string()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn what_is_written_for_other_programs_is_read_back_as_it_was(text in native_text()) {
        let mut builder = Builder::default();
        native::read_text("native.json", text.into(), &mut builder);
        let (dataset, _) = builder.finish();
        let first = canonical(&dataset);
        let desk = Desk::new();
        for (name, form) in WHOLE {
            fs::write(desk.path(name), written(&dataset, form)).expect("the desk can be written");
            let (again, problems, notes) = read(&desk, name);
            let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
            prop_assert!(errors.is_empty(), "{name}: {errors:?} {notes:?}");
            prop_assert_eq!(&canonical(&again), &first, "{}", name);
            prop_assert_eq!(again.hash(), dataset.hash(), "{}", name);
        }
    }
}

const TABLES: [(&str, TableForm); 3] =
    [("csv", TableForm::Csv), ("arrow", TableForm::Arrow), ("parquet", TableForm::Parquet)];

/// The records of a dataset that come back from its two tables: nodes and edges.
fn through_tables(dataset: &Dataset, ending: &str, form: TableForm) -> (Value, Vec<Problem>, Vec<String>) {
    let desk = Desk::new();
    let mut builder = Builder::default();
    let mut notes = Vec::new();
    for (name, listed) in [("actors", Listed::Actors), ("ties", Listed::Ties)] {
        let path = desk.path(&format!("{name}.{ending}"));
        fs::write(&path, written(dataset, Whole::Form(Form::Table(listed, form))))
            .expect("the desk can be written");
        notes.extend(read_path(&path, &Options::default(), &mut builder).expect("it can be read").notes);
    }
    let (again, problems) = builder.finish();
    (records(&again), problems, notes)
}

fn records(dataset: &Dataset) -> Value {
    let graph: Value = serde_json::from_str(&canonical(dataset)).expect("it is JSON");
    json!([graph["nodes"], graph["edges"]])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn tables_of_actors_and_ties_are_read_back_as_the_same_records(text in native_text()) {
        let mut builder = Builder::default();
        native::read_text("native.json", text.into(), &mut builder);
        let (dataset, _) = builder.finish();
        let first = records(&dataset);
        for (ending, form) in TABLES {
            let (again, problems, notes) = through_tables(&dataset, ending, form);
            let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
            prop_assert!(errors.is_empty(), "{ending}: {errors:?} {notes:?}");
            prop_assert_eq!(&again, &first, "{}", ending);
        }
    }
}

#[test]
fn whole_numbers_in_a_column_of_fractions_stay_whole() {
    let text = r#"{"nodes": [{"id": "a", "attributes": {"weight": 0.5}}, {"id": "b", "attributes": {"weight": 539}}],
        "edges": []}"#;
    let mut builder = Builder::default();
    native::read_text("native.json", text.to_owned().into(), &mut builder);
    let (dataset, _) = builder.finish();
    for (ending, form) in TABLES {
        assert_eq!(through_tables(&dataset, ending, form).0, records(&dataset), "{ending}");
    }
}

#[test]
fn an_attribute_may_have_the_name_of_a_field() {
    let text = r#"{"nodes": [{"id": "1", "attributes": {"id": 1.0, "kind": "x"}}, {"id": "b", "kind": "country"}],
        "edges": [{"id": "7", "source": "1", "target": "b", "relation": "visit", "attributes": {"id": 7, "source": 1}}]}"#;
    let mut builder = Builder::default();
    native::read_text("native.json", text.to_owned().into(), &mut builder);
    let (dataset, _) = builder.finish();
    for (ending, form) in TABLES {
        let (again, problems, _) = through_tables(&dataset, ending, form);
        assert!(problems.iter().all(|problem| problem.severity != Severity::Error), "{problems:?}");
        assert_eq!(again, records(&dataset), "{ending}");
    }
}

#[test]
fn the_shipped_graph_comes_back_from_its_tables_but_for_its_references() {
    let dataset = shipped();
    for (ending, form) in TABLES {
        let (again, problems, notes) = through_tables(&dataset, ending, form);
        let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{ending}: {errors:#?}");
        assert!(again == records(&dataset), "{ending} is another graph");
        assert!(notes.iter().any(|note| note.contains("known by their ids only")), "{notes:?}");
    }
}

#[test]
fn the_shipped_graph_comes_back_from_every_form() {
    let dataset = shipped();
    let (first, desk) = (canonical(&dataset), Desk::new());
    for (name, form) in WHOLE {
        fs::write(desk.path(name), written(&dataset, form)).expect("the desk can be written");
        let (again, problems, notes) = read(&desk, name);
        assert_eq!(problems, [], "{name}");
        assert!(canonical(&again) == first, "{name} is another graph");
        assert_eq!(again.hash(), dataset.hash(), "{name}");
        assert_eq!(notes.is_empty(), matches!(form, Whole::NodeLink(_)), "{name}: {notes:?}");
    }
}

#[test]
fn whose_organs_and_citizens_they_are_and_what_is_covered_comes_back_from_every_form() {
    let dataset = crate::support::dataset(
        r#"{"graph": {"coverage": [{"actors": ["a", "m"], "ends": "one", "relations": ["visit"], "when": "1990/1995-07"},
        {"at": ["1991-01-01", "1992"], "note": "<&>"}]}, "nodes": [{"id": "a", "kind": "country"},
        {"id": "m", "kind": "institution", "organ_of": "a"}, {"id": "c", "kind": "group", "citizen_of": "a"}],
        "edges": [{"source": "m", "target": "c", "relation": "visit", "when": "1990"}]}"#,
    );
    let coverage: Vec<_> = dataset.coverage().cloned().collect();
    assert_eq!(coverage.len(), 2);
    let desk = Desk::new();
    for (name, form) in WHOLE {
        fs::write(desk.path(name), written(&dataset, form)).expect("the desk can be written");
        let (again, problems, _) = read(&desk, name);
        let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        let actor = |id: &str| again.actor(crate::support::actor(&again, id));
        assert_eq!(actor("m").organ_of.map(|id| id.to_string()), Some("a".to_owned()), "{name}");
        assert_eq!(actor("c").citizen_of.map(|id| id.to_string()), Some("a".to_owned()), "{name}");
        assert!((actor("a").organ_of, actor("a").citizen_of) == (None, None), "{name}");
        assert_eq!(again.coverage().cloned().collect::<Vec<_>>(), coverage, "{name}");
        let state = Some(crate::support::actor(&again, "a"));
        let index = |id: &str| crate::support::actor(&again, id);
        assert_eq!(again.actors().organ_of(index("m")), state, "{name}");
        assert_eq!(again.actors().citizen_of(index("c")), state, "{name}");
        assert_eq!(again.hash(), dataset.hash(), "{name}");
    }
}

#[test]
fn a_spell_is_every_day_that_a_claim_allows() {
    let dataset = crate::support::dataset(
        r#"{"nodes": [{"id": "a", "existence": ["1902/1906", "1909-01-28/.."]}, {"id": "b"}], "edges": [
        {"id": "1", "source": "a", "target": "b", "relation": "visit", "when": "1990-07"},
        {"id": "2", "source": "a", "target": "b", "relation": "visit", "when": "{1990,1995-02}"},
        {"id": "3", "source": "a", "target": "b", "relation": "visit", "when": "1990", "status": "refuted"},
        {"id": "4", "source": "a", "target": "b", "relation": "mission",
         "claims": [{"when": "1990/1991-05"}, {"when": "1991/1993"}, {"when": "1999", "status": "absent"}]}]}"#,
    );
    let text = String::from_utf8(written(&dataset, Whole::Form(Form::Gexf))).expect("XML is text");
    let document = roxmltree::Document::parse(&text).expect("it is XML");
    let spells = |id: &str| -> Vec<String> {
        let element = document
            .descendants()
            .find(|element| element.attribute("id") == Some(id) && !element.has_tag_name("attribute"))
            .expect("it is there");
        let bounds = |element: roxmltree::Node<'_, '_>| {
            let bound = |key| element.attribute(key).unwrap_or("..").to_owned();
            format!("{}/{}", bound("start"), bound("end"))
        };
        let inside: Vec<String> =
            element.descendants().filter(|inner| inner.tag_name().name() == "spell").map(bounds).collect();
        if inside.is_empty() { vec![bounds(element)] } else { inside }
    };
    assert_eq!(spells("a"), ["1902-01-01/1906-12-31", "1909-01-28/.."]);
    assert_eq!(spells("b"), ["../.."]);
    assert_eq!(spells("1"), ["1990-07-01/1990-07-31"]);
    assert_eq!(spells("2"), ["1990-01-01/1990-12-31", "1995-02-01/1995-02-28"]);
    assert_eq!(spells("3"), ["../.."]);
    assert_eq!(spells("4"), ["1990-01-01/1993-12-31"]);
}

/// What `read_graphs.py` says of the files that it is given.
fn judged(desk: &Desk, files: &[&str]) -> Option<Value> {
    let python = python()?;
    let script = root().join("tests/oracle/read_graphs.py");
    let output = Command::new(python).arg(script).args(files.iter().map(|name| desk.path(name))).output();
    let output = output.expect("Python can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("the script writes JSON"))
}

#[test]
fn networkx_and_igraph_read_what_is_written() {
    let (dataset, desk) = (shipped(), Desk::new());
    let forms = [
        ("g.graphml", Form::GraphMl),
        ("g.gexf", Form::Gexf),
        ("g.cyjs", Form::Cytoscape),
        ("g.net", Form::Pajek),
    ];
    for (name, form) in forms {
        fs::write(desk.path(name), written(&dataset, Whole::Form(form))).expect("the desk can be written");
    }
    let Some(found) = judged(&desk, &forms.map(|(name, _)| name)) else { return };
    if found["has_igraph"] == false {
        skip("a Python with igraph");
    }
    let mut checked = 0;
    for graph in found["graphs"].as_array().expect("a list") {
        let (by, name) = (&graph["by"], graph["file"].as_str().unwrap_or_default());
        let (nodes, edges) =
            (graph["nodes"].as_object().expect("a map"), graph["edges"].as_array().expect("a list"));
        assert_eq!(
            (nodes.len(), edges.len()),
            (dataset.actors().count(), dataset.ties().count()),
            "{by} {name}"
        );
        for tie in dataset.ties().all() {
            let whole = dataset.tie(tie);
            let (id, relation) = (dataset.ties().id(tie), whole.relation.as_str());
            let same_ends = |edge: &&Value| {
                edge["source"] == whole.source.as_str() && edge["target"] == whole.target.as_str()
            };
            if name == "g.net" {
                let key = if by == "igraph" { "label" } else { "l" };
                assert!(
                    edges.iter().filter(same_ends).any(|edge| edge["data"][key] == relation),
                    "{by} {name} {id}"
                );
                continue;
            }
            // igraph 1.0 gives edges the ids of nodes; there an edge is known by what it says.
            let note = whole.note.as_deref().unwrap_or("");
            let when = match whole.claims() {
                [claim] => claim.dating.when().map_or("", chancery::date::Date::as_str),
                _ => "",
            };
            let is_it = |edge: &&Value| match by.as_str() {
                Some("igraph") => {
                    let data = &edge["data"];
                    data["relation"] == relation && data["note"] == note && data["when"] == when
                }
                _ => edge["data"]["id"] == id,
            };
            let edge = edges.iter().filter(same_ends).find(is_it);
            let edge = &edge.unwrap_or_else(|| panic!("{by} {name}: no {id}"))["data"];
            assert_eq!(edge["relation"], relation, "{by} {name} {id}");
            if let ([claim], true) = (whole.claims(), name != "g.cyjs") {
                assert_eq!(edge["when"].as_str().unwrap_or(""), when, "{by} {name} {id}");
                let rest = edge["chancery"].as_str().filter(|rest| !rest.is_empty());
                let cites = rest.map_or(Value::Null, |rest| {
                    serde_json::from_str::<Value>(rest).expect("JSON")["cites"].clone()
                });
                assert_eq!(cites.as_array().map_or(0, Vec::len), claim.cites.len(), "{by} {name} {id}");
            }
            checked += 1;
        }
        for actor in dataset.actors().all().filter(|_| name == "g.graphml") {
            let label = &nodes[dataset.actors().id(actor)]["label"];
            assert_eq!(label, dataset.actors().label(actor), "{by} {name}");
        }
    }
    assert!(checked >= 3 * dataset.ties().count(), "{checked} edges were compared");
}

/// A GraphML file as igraph writes it after reading it.
fn rewritten(desk: &Desk, from: &str, to: &str) -> bool {
    let Some(python) = python() else { return false };
    let script = root().join("tests/oracle/igraph_rewrites.py");
    let output = Command::new(python).arg(script).args([from, to].map(|name| desk.path(name))).output();
    let output = output.expect("Python can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    if output.stdout.starts_with(b"no igraph") {
        skip("a Python with igraph");
        return false;
    }
    true
}

#[test]
fn what_igraph_writes_of_ours_has_our_ids() {
    let (dataset, desk) = (shipped(), Desk::new());
    fs::write(desk.path("g.graphml"), written(&dataset, Whole::Form(Form::GraphMl)))
        .expect("the desk can be written");
    if !rewritten(&desk, "g.graphml", "again.graphml") {
        return;
    }
    let (again, problems, notes) = read(&desk, "again.graphml");
    let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(notes.iter().any(|note| note.starts_with("written by igraph")), "{notes:?}");
    let (ours, theirs) = (records(&dataset), records(&again));
    for list in 0..2 {
        let pairs =
            ours[list].as_array().into_iter().flatten().zip(theirs[list].as_array().into_iter().flatten());
        for (ours, theirs) in pairs {
            assert_eq!(theirs, ours);
        }
    }
    assert_eq!(theirs, ours);
    assert_eq!(again.hash(), dataset.hash());
}

#[test]
fn nodes_that_igraph_numbered_keep_the_names_of_any_file() {
    let desk = Desk::new();
    let text = r#"<graphml><key id="t" for="node" attr.name="team" attr.type="string"/><graph edgedefault="directed">
        <node id="n1"><data key="t">x</data></node><node id="n0"/><node id="蒙古"/>
        <edge id="n0" source="n1" target="n0"/><edge source="蒙古" target="n1"/></graph></graphml>"#;
    fs::write(desk.path("g.graphml"), text).expect("the desk can be written");
    if !rewritten(&desk, "g.graphml", "again.graphml") {
        return;
    }
    let (again, problems, _) = read(&desk, "again.graphml");
    assert_eq!(problems, []);
    let ids: Vec<&str> = again.actors().all().map(|actor| again.actors().id(actor)).collect();
    assert_eq!(ids, ["n0", "n1", "蒙古"]);
    let attributes = |id: &str| Value::Object(again.actor(crate::support::actor(&again, id)).attributes);
    assert_eq!((attributes("n1"), attributes("n0")), (json!({"team": "x"}), json!({})));
    let ties = again.ties().all().map(|tie| again.tie(tie));
    let mut ends: Vec<String> =
        ties.map(|tie| format!("{}-{} {:?}", tie.source, tie.target, tie.attributes)).collect();
    ends.sort();
    assert_eq!(ends, ["n1-n0 {}", "蒙古-n1 {}"]);
}

/// An edge of a graph: ends by name (sorted where there is no direction), relation, weight.
type Edge = (String, String, String, String);

#[test]
fn what_networkx_writes_is_read_with_all_it_says() {
    let Some(python) = python() else { return };
    let desk = Desk::new();
    let output =
        Command::new(python).arg(root().join("tests/oracle/networkx_graphs.py")).arg(&desk.0).output();
    let output = output.expect("Python can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let truth: Map<String, Value> = serde_json::from_slice(&output.stdout).expect("the script writes JSON");
    let mut count = 0;
    for (kind, said) in &truth {
        let forms = [
            ".graphml",
            ".gexf",
            ".gml",
            ".net",
            "-edges.json",
            "-links.json",
            "-adjacency.json",
            "-cytoscape.json",
        ];
        for name in forms.map(|form| format!("{kind}{form}")) {
            let is_pajek = desk.path(&name).extension().is_some_and(|ending| ending == "net");
            let plain = |text: &str| if is_pajek { text.replace('"', "'") } else { text.to_owned() };
            let sorted =
                |a: String, b: String| if said["directed"] == true || a <= b { (a, b) } else { (b, a) };
            let (dataset, problems, _) = read(&desk, &name);
            // Node-link JSON is read as our own form, which warns of keys that it has no place for, and keeps them.
            let is_fault =
                |problem: &&Problem| problem.severity == Severity::Error || problem.code != "unknown-key";
            let faults: Vec<_> =
                problems.iter().filter(is_fault).filter(|problem| problem.code != "no-citation").collect();
            assert!(faults.is_empty(), "{name}: {faults:?}");
            let label = |actor| plain(dataset.actors().label(actor));
            let nodes = said["nodes"].as_object().expect("a map");
            assert_eq!(dataset.actors().count(), nodes.len(), "{name}");
            for actor in dataset.actors().all().filter(|_| !is_pajek) {
                assert!(nodes.contains_key(dataset.actors().id(actor)), "{name}: another id");
                assert_eq!(dataset.actor(actor).attributes["size"], nodes[&label(actor)], "{name}");
            }
            let edge = |edge: &Value| -> Edge {
                let text = |at: usize| plain(edge[at].as_str().expect("a text"));
                let (a, b) = sorted(text(0), text(1));
                (a, b, text(2), edge[3].to_string())
            };
            let mut theirs: Vec<Edge> = said["edges"].as_array().expect("a list").iter().map(edge).collect();
            let mut ours: Vec<Edge> = dataset
                .ties()
                .all()
                .map(|tie| {
                    let (a, b) = sorted(label(dataset.ties().source(tie)), label(dataset.ties().target(tie)));
                    let tie = dataset.tie(tie);
                    (a, b, tie.relation.to_string(), tie.attributes["weight"].to_string())
                })
                .collect();
            theirs.sort();
            ours.sort();
            assert_eq!(ours, theirs, "{name}");
            count += 1;
        }
    }
    assert_eq!(count, 32);
}

#[test]
fn plain_rows_of_a_table_are_written_as_their_records_are() {
    let desk = Desk::new();
    let text = "subject\trelation\tobject\tdate\nA & B\tMake a visit\tCitizen (A & B)\t1990-07-01\n\
        C\tsends <grain>\tA & B\t1990-07-02\nC\tMake a visit\tC\t1990\nA & B\tMake a visit\tC\t1990-07-01\n";
    fs::write(desk.path("t.tsv"), text).expect("the desk can be written");
    let (table, problems, _) = read(&desk, "t.tsv");
    assert_eq!(problems, []);
    let plain = table.ties().all().filter(|tie| table.plain_tie(*tie).is_some()).count();
    assert_eq!(plain, 3, "a year is no day");
    fs::write(desk.path("n.json"), canonical(&table)).expect("the desk can be written");
    let (native, _, _) = read(&desk, "n.json");
    let tables = TABLES.map(|(_, form)| Form::Table(Listed::Ties, form));
    for form in [Form::GraphMl].into_iter().chain(tables) {
        assert!(written(&table, Whole::Form(form)) == written(&native, Whole::Form(form)), "{form:?}");
    }
    // And answers show them alike.
    assert!(native.ties().all().all(|tie| native.plain_tie(tie).is_none()));
    let views = |dataset: &Dataset| -> Vec<TieView> {
        let predicate = Predicate::compile(dataset, &Lens::default(), &[]).expect("the lens fits");
        let mut viewer = Viewer::new(dataset, &predicate);
        dataset.ties().all().map(|tie| viewer.tie(tie)).collect()
    };
    let shown = views(&table);
    assert_eq!(shown, views(&native));
    assert!(shown.iter().all(|tie| tie.cites.len() == 1 && !tie.when.is_empty()));
}
