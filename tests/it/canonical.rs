//! The canonical form: the same again when it is made again, and the same dataset.

use std::fs;

use chancery::{
    dataset::Builder,
    format::native::{EdgeKey, Part, canonical, read_text, write},
};
use proptest::prelude::*;

use crate::support::{root, shipped};

fn hash(text: &str) -> u128 {
    let mut builder = Builder::default();
    read_text("f.json", text.to_owned().into(), &mut builder);
    builder.finish().0.hash()
}

/// The fields of a record, some of them unknown, in any order.
fn record(end: &'static str) -> impl Strategy<Value = String> {
    let id = prop_oneof!["\"[a-f蒙]{1,3}\"", "[1-9]"];
    let fields = [
        "\"kind\": \"country\"",
        "\"names\": [{\"lang\": \"en\", \"text\":\"A\\u00e9\\n\"}, {\"text\": \"蒙古\"}]",
        "\"codes\" : {\"z\": \"1\", \"cow\": [\"712\", 3]}",
        "\"note\": null",
        "\"weight\": 1.50",
        "\"attributes\": {\"b\": [1e3, {\"d\": 1, \"c\": []}], \"a\": true}",
        "\"when\": \"1999\"",
        "\"cites\": [{\"locator\": \"5\", \"ref\": \"r\", \"x\": 0}]",
    ];
    (id, Just(fields.to_vec()).prop_shuffle(), 0..8_usize, prop::bool::ANY).prop_map(
        move |(id, fields, count, last)| {
            let mut fields: Vec<String> = fields[..count].iter().map(|field| (*field).to_owned()).collect();
            let own = format!("\"id\":{id}{end}");
            fields.insert(if last { fields.len() } else { 0 }, own);
            format!("{{ {} }}", fields.join(" ,\n"))
        },
    )
}

proptest! {
    #[test]
    fn the_canonical_form_is_its_own_and_says_the_same(
        nodes in prop::collection::vec(record(""), 0..5),
        edges in prop::collection::vec(record(r#", "source": "a", "target": 1, "relation": "visit""#), 0..5),
        key in prop_oneof![Just("edges"), Just("links")],
    ) {
        let text = format!(
            r#"{{"nodes": [{}], "{key}": [{}], "x": {{}}, "graph": {{"references": [{{"title": "t", "id": "r"}}], "name": ""}}}}"#,
            nodes.join(","), edges.join(",")
        );
        let once = canonical(&text).expect("it is JSON");
        prop_assert_eq!(&canonical(&once).expect("it is JSON"), &once);
        prop_assert_eq!(hash(&once), hash(&text));
    }
}

#[test]
fn the_shipped_graph_is_in_canonical_form() {
    let folder = fs::read_dir(root().join("graph")).expect("the graph stands beside the program");
    let mut count = 0;
    for entry in folder {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let text = fs::read_to_string(&path).expect("a graph is text");
            assert!(
                canonical(&text).expect("it is JSON") == text,
                "{}: run `chancery format graph`",
                path.display()
            );
            count += 1;
        }
    }
    assert!(count > 0);
}

#[test]
fn what_is_exported_is_in_canonical_form() {
    let data = shipped();
    let (actors, ties): (Vec<_>, Vec<_>) = (data.actors().all().collect(), data.ties().all().collect());
    let part = Part { actors: &actors, ties: &ties, uncited: true, title: Some("t"), license: None };
    let mut written = Vec::new();
    write(&data, &part, EdgeKey::Edges, &mut written).expect("memory takes it");
    let text = String::from_utf8(written).expect("JSON is text");
    assert!(canonical(&text).expect("it is JSON") == text);
}
