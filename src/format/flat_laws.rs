//! The short way to read node-link JSON and the long one give the same.

use std::sync::Arc;

use crate::dataset::{Builder, Dataset, Problem};

use super::{detect::Reading, foreign::Dialect, json_graph, plain_graph};

/// A dataset, what is wrong with it, and what is said of how it was read.
type Read = (Dataset, Vec<Problem>, Vec<String>);

/// The dataset that a text gives by the short way and by the long one.
fn both(json: &str) -> Option<[Read; 2]> {
    let text: Arc<String> = json.to_owned().into();
    let (mut short, mut long) = (Builder::default(), Builder::default());
    let read = plain_graph::read("g.json", &text, true, &mut short)?;
    let again = json_graph::read("g.json", &text, Dialect::NodeLink, &mut long);
    let done = |builder: Builder, reading: Reading| {
        let (dataset, problems) = builder.finish();
        (dataset, problems, reading.notes)
    };
    Some([done(short, read), done(long, again)])
}

#[test]
fn the_short_way_reads_what_the_long_way_reads() {
    let values = [
        "1",
        "0",
        "-1",
        "1.0",
        "0.50",
        "1e2",
        "-0",
        "18446744073709551615",
        "99999999999999999999",
        "\"\"",
        "\"蒙\"",
        "\"\\u8499\"",
        "\"a\\\"b\"",
        "true",
        "false",
        "null",
        "\"Make a visit\"",
        "\"visit\"",
        "\"own\"",
        "\"1990-01-01\"",
        "\"1985~\"",
        "\"..\"",
        "\"no date\"",
    ];
    let keys = ["weight", "value", "key", "date", "label", "relation", "x", "名"];
    let ends = ["1", "\"b\"", "\"b\"", "2.5", "-7", "\"c\\\\d\""];
    let mut state = 7_u64;
    let mut draw = |count: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("a usize has 32 bits") % count
    };
    let mut taken = 0;
    for _ in 0..300 {
        let mut fields = |first: &str| {
            let mut fields = vec![first.to_owned()];
            for key in keys {
                // An edge's label may be its relation, which is for the long way to find out.
                let is_taken = key != "label" || first.starts_with("\"id\"");
                if is_taken && draw(3) == 0 {
                    fields.push(format!("\"{key}\" : {}", values[draw(values.len())]));
                }
            }
            format!("{{{}}}", fields.join(", "))
        };
        let nodes: Vec<String> = ["1", "\"b\"", "2.5", "-7", "\"c\\\\d\""]
            .iter()
            .map(|id| fields(&format!("\"id\": {id}")))
            .collect();
        let edges: Vec<String> = (0..6)
            .map(|at| {
                fields(&format!("\"source\": {},\"target\":{}", ends[at], ends[(at * 5 + 2) % ends.len()]))
            })
            .collect();
        let json = format!(
            "\u{feff}{{\"directed\": false, \"graph\": {{ }}, \"nodes\": [{}],\n\"links\": [{}]}}\n",
            nodes.join(","),
            edges.join(" , ")
        );
        let Some([short, long]) = both(&json) else { continue };
        taken += 1;
        assert_eq!(short.1, long.1, "{json}");
        assert_eq!(short.2, long.2, "{json}");
        let (short, long) = (short.0, long.0);
        assert_eq!((short.hash(), short.ties().count()), (long.hash(), 6), "{json}");
        for tie in short.ties().all() {
            assert_eq!(short.tie(tie), long.tie(tie), "{json}");
            assert_eq!(short.ties().hull(tie), long.ties().hull(tie), "{json}");
        }
        for actor in short.actors().all() {
            assert_eq!(short.actor(actor), long.actor(actor), "{json}");
        }
    }
    assert!(taken > 100, "{taken}");
}

#[test]
fn what_is_native_or_not_flat_or_wrong_is_left_to_the_long_way() {
    let plain = r#"{"nodes": [{"id": 1}], "edges": [{"source": 1, "target": 1, "weight": 2}]}"#;
    let read = |json: &str, is_asked| {
        plain_graph::read("g.json", &json.to_owned().into(), is_asked, &mut Builder::default()).is_some()
    };
    assert!(read(plain, false));
    for (from, to) in [
        ("\"weight\": 2", "\"when\": \"1990\""),
        ("\"weight\": 2", "\"weight\": [2]"),
        ("\"weight\": 2", "\"weight\": 2, \"weight\": 3"),
        ("\"weight\": 2", "\"weight\": 02"),
        ("\"weight\": 2", "\"id\": 2"),
        ("\"weight\": 2", "\"weight\": 2,"),
        ("\"target\": 1", "\"target\": null"),
        ("\"target\": 1, ", ""),
        ("\"nodes\"", "\"elements\""),
        ("]}", "]} 1"),
    ] {
        assert!(!read(&plain.replace(from, to), true), "{to}");
    }
    // Nothing in it says that it is of another program.
    assert!(!read(&plain.replace("weight", "x"), false));
    assert!(read(&plain.replace("\"id\": 1", "\"id\": 1, \"label\": \"a\"").replace("weight", "x"), false));
}
