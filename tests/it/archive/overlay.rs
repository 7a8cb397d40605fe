//! Ties that came after the columns: readers join them, and nobody sees that they do.

use std::{fs, path::Path, sync::Arc};

use chancery::archive::{Disk, History, Load, Verified, Writer};

use super::{
    FOLDER,
    derived::{open, same},
    disk::MemoryDisk,
    stamp,
};
use crate::support::Desk;

/// A graph with ids, contents that come twice, events, offices, lasting ties; and a table.
fn load_first(writer: &mut Writer, folder: &Path) {
    let graph = r#"{"graph": {"references": [
        {"id": "memo", "type": "report", "issued": {"date-parts": [[2001]]}}, {"id": "book", "type": "book"}],
        "relations": [{"id": "haggle", "labels": {"en": "haggles with"}, "channel": "interaction"}]},
     "nodes": [{"id": "ann", "kind": "person", "existence": ["1930/1999"]}, {"id": "bea", "kind": "person"},
        {"id": "cem", "names": [{"text": "蒙古", "lang": "zh"}]}, {"id": "state", "kind": "country"},
        {"id": "summit", "kind": "event", "same_day": true}],
     "edges": [
        {"id": "t1", "source": "ann", "target": "bea", "relation": "meeting", "when": "1990-05", "cites": [{"ref": "memo"}]},
        {"id": "t9", "source": "ann", "target": "cem", "relation": "meeting", "event": "summit", "cites": [{"ref": "memo"}]},
        {"source": "bea", "target": "cem", "relation": "visit", "when": "1990", "cites": [{"ref": "memo"}]},
        {"source": "bea", "target": "cem", "relation": "visit", "when": "1990", "cites": [{"ref": "memo"}]},
        {"source": "ann", "target": "state", "relation": "office", "when": "1980/1985", "cites": [{"ref": "memo"}]},
        {"source": "ann", "target": "ann", "relation": "statement", "cites": [{"ref": "book"}]},
        {"source": "cem", "target": "state", "relation": "haggle", "when": "1960~/..", "count": 3, "cites": [{"ref": "memo"}]}]}"#;
    let table = "source,relation,target,date\nann,visit,bea,1990-05-01\nx,visit,ann,1990-05-01\nx,visit,ann,1990-05-01\n\
                 y,protest,x,1975\n";
    fs::write(folder.join("g.json"), graph).unwrap();
    fs::write(folder.join("t.csv"), table).unwrap();
    let load = Load { paths: vec![folder.join("g.json"), folder.join("t.csv")], ..Load::default() };
    let loading = writer.archive().prepare(&load).unwrap();
    assert!(!loading.has_errors(), "{:#?}", loading.problems);
    writer.load(&loading, &stamp(1)).unwrap();
}

fn add(writer: &mut Writer, text: &str) {
    let name = format!("commit {}", writer.archive().last() + 1);
    let load = Load { text: Some((name, text.to_owned())), ..Load::default() };
    let loading = writer.archive().prepare(&load).unwrap();
    assert!(!loading.has_errors(), "{:#?}", loading.problems);
    assert!(loading.new_counts().total() > 0);
    writer.load(&loading, &stamp(2)).unwrap();
}

fn ties(list: &[&str]) -> String {
    format!("{{\"nodes\": [], \"edges\": [{}]}}", list.join(", "))
}

/// What the archive has twice, from a graph and from a table: what is sent again is taken when it is more.
const VISIT: &str =
    r#"{"source": "bea", "target": "cem", "relation": "visit", "when": "1990", "cites": [{"ref": "memo"}]}"#;
const ROW: &str = r#"{"source": "x", "target": "ann", "relation": "visit", "when": "1990-05-01", "cites": [{"ref": "t.csv"}]}"#;

/// Ties among actors that are there, in each column that ties have, before, among and behind the others.
const LATER: [&[&str]; 9] = [
    &[VISIT, VISIT, VISIT],
    &[
        r#"{"id": "t0", "source": "cem", "target": "ann", "relation": "meeting", "when": "1990-05", "cites": [{"ref": "memo"}, {"ref": "book"}]}"#,
    ],
    &[
        r#"{"source": "x", "target": "state", "relation": "attack", "when": "1900-01-01", "cites": [{"ref": "memo"}]}"#,
    ],
    &[
        r#"{"source": "y", "target": "y", "relation": "statement", "cites": [{"ref": "book"}]}"#,
        r#"{"source": "bea", "target": "y", "relation": "alliance", "when": "2001/", "count": 7, "cites": [{"ref": "memo"}]}"#,
    ],
    &[
        r#"{"source": "bea", "target": "state", "relation": "office", "when": "1986/..", "source_for": "cem", "cites": [{"ref": "memo"}]}"#,
    ],
    &[r#"{"source": "cem", "target": "state", "relation": "haggle", "when": "1961", "status": "alleged"}"#],
    &[
        r#"{"source": "ann", "target": "bea", "relation": "visit", "claims": [{"when": "1990-05-01", "cites": [{"ref": "memo"}]}, {"when": "1991?", "status": "disputed", "cites": [{"ref": "book"}]}]}"#,
    ],
    &[ROW, ROW, ROW],
    &[
        VISIT,
        VISIT,
        VISIT,
        VISIT,
        r#"{"id": "zz", "source": "state", "target": "x", "relation": "embargo", "when": "[1950,1970]", "target_for": "y", "cites": [{"ref": "memo"}]}"#,
    ],
];

#[test]
fn a_tie_that_is_added_costs_one_sync_and_is_joined_by_readers() {
    let place = Desk::new();
    for inline in [0, 10_000_000] {
        let disk = Arc::new(MemoryDisk::default());
        let on: Arc<dyn Disk> = disk.clone();
        let mut writer = Writer::open_on(on.clone(), Path::new(FOLDER), "a test").unwrap();
        writer.set_inline_bytes(inline);
        load_first(&mut writer, &place.0);
        writer.set_inline_bytes(10_000);
        for (at, list) in LATER.iter().enumerate() {
            let before = disk.calls();
            add(&mut writer, &ties(list));
            // The frame is written and synced, and the head is written.
            assert_eq!(disk.calls() - before, 3, "{list:?}");
            assert_eq!(on.list(&Path::new(FOLDER).join("derived")).unwrap(), ["000001.columns"]);
            same(&open(&on), &format!("{at}"));
            assert_eq!(Verified::on(&on, Path::new(FOLDER)).unwrap().findings, []);
        }
        // What says more makes the columns anew.
        add(&mut writer, r#"{"nodes": [{"id": "dan", "kind": "person"}], "edges": []}"#);
        let newest = format!("{:06}.columns", writer.archive().last());
        assert_eq!(on.list(&Path::new(FOLDER).join("derived")).unwrap(), [newest.as_str()]);
        same(&open(&on), "an actor");
        add(
            &mut writer,
            &ties(&[
                r#"{"source": "dan", "target": "ann", "relation": "visit", "event": "summit", "cites": [{"ref": "memo"}]}"#,
            ]),
        );
        same(&open(&on), "an event");
        writer.compact(History::Kept).unwrap();
        same(&open(&on), "compacted");
        assert_eq!(Verified::on(&on, Path::new(FOLDER)).unwrap().findings, []);
    }
}
