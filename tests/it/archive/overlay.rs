//! Ties that came after the columns: readers join them, and nobody sees that they do.

use std::{fs, path::Path, sync::Arc};

use chancery::archive::{Change, Disk, History, Kind, Load, Verified, Writer};

use super::{
    FOLDER, change,
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

/// Adds records; tells whether only columns were asked about them.
fn add(writer: &mut Writer, text: &str) -> bool {
    let name = format!("commit {}", writer.archive().last() + 1);
    let load = Load { text: Some((name, text.to_owned())), ..Load::default() };
    let loading = writer.archive().prepare(&load).unwrap();
    assert!(!loading.has_errors(), "{:#?}", loading.problems);
    assert!(loading.new_counts().total() > 0);
    let commit = writer.load(&loading, &stamp(2)).unwrap().unwrap();
    let warnings = commit.warnings;
    // Whichever way was taken, it is what all that the archive has comes to.
    let (dataset, problems, _) = writer.archive().dataset().unwrap();
    assert_eq!((loading.dataset.hash(), warnings), (dataset.hash(), Some(problems.len() as u64)), "{text}");
    loading.is_joined()
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
        writer.compact(History::Kept, None).unwrap();
        same(&open(&on), "compacted");
        assert_eq!(Verified::on(&on, Path::new(FOLDER)).unwrap().findings, []);
    }
}

/// A tie of two actors as a text of one record.
fn tie(id: &str, ends: [&str; 2], relation: &str, rest: &str) -> String {
    let [source, target] = ends;
    ties(&[&format!(
        r#"{{"id": "{id}", "source": "{source}", "target": "{target}", "relation": "{relation}", {rest}}}"#
    )])
}

#[test]
fn a_tie_is_held_against_columns_alone_where_these_tell_all_of_it() {
    let place = Desk::new();
    let on: Arc<dyn Disk> = Arc::new(MemoryDisk::default());
    let mut writer = Writer::open_on(on.clone(), Path::new(FOLDER), "a test").unwrap();
    load_first(&mut writer, &place.0);
    let cited = r#""cites": [{"ref": "memo"}]"#;
    let dated = |when: &str| format!(r#""when": "{when}", {cited}"#);
    // What columns tell, a warning about the tie itself among it.
    assert!(add(&mut writer, &tie("n1", ["ann", "bea"], "visit", &dated("1991-01"))));
    assert!(add(&mut writer, &tie("n2", ["bea", "ann"], "visit", r#""when": "1992""#)));
    assert!(add(&mut writer, &tie("n3", ["ann", "cem"], "visit", &dated("2005"))));
    assert!(add(&mut writer, &tie("n4", ["x", "ann"], "visit", &dated("1990-05-01"))));
    // The same meeting, told again: that is seen among the ties of the two.
    assert!(!add(&mut writer, &tie("n5", ["bea", "ann"], "meeting", &dated("1990-05"))));
    // Relations that began on another day than they are said to.
    assert!(add(&mut writer, &tie("n6", ["cem", "state"], "diplomatic-relations", &dated("1980/.."))));
    assert!(!add(&mut writer, &tie("n0", ["state", "cem"], "relations-established", &dated("1970"))));
    // What speaks of others.
    let about = format!(r#""when": "1993", "about": "t9", {cited}"#);
    assert!(!add(&mut writer, &tie("n7", ["bea", "ann"], "statement", &about)));
    let event = format!(r#""when": "1993", "event": "summit", {cited}"#);
    assert!(!add(&mut writer, &tie("n8", ["bea", "ann"], "visit", &event)));
    assert!(!add(&mut writer, &tie("n9", ["state", "x"], "succeeds", &dated("1993"))));
    assert!(!add(&mut writer, &tie("m1", ["ann", "ann"], "statement", &dated("1993"))));
    // A content that stands there: two are taken, since one is there.
    assert!(!add(&mut writer, &ties(&[ROW, ROW, ROW])));
    let refused = |text: &str| {
        let load = Load { text: Some(("commit".to_owned(), text.to_owned())), ..Load::default() };
        let loading = writer.archive().prepare(&load).unwrap();
        assert!(!loading.is_joined());
        (loading.has_errors(), loading.new_counts().total(), loading.repeated, loading.repeated_retracted)
    };
    let again = tie("t1", ["ann", "bea"], "meeting", &dated("1990-05"));
    assert_eq!(refused(&again), (false, 0, 1, 0));
    assert!(refused(&tie("t1", ["ann", "cem"], "visit", &dated("1993"))).0);
    assert!(refused(&tie("cem", ["ann", "bea"], "visit", &dated("1993"))).0);
    assert!(refused(&tie("m2", ["ann", "nobody"], "visit", &dated("1993"))).0);
    assert!(refused(&tie("m2", ["ann", "bea"], "visit", r#""cites": [{"ref": "nothing"}]"#)).0);
    assert!(refused(&tie("m2", ["ann", "bea"], "vissit", &dated("1993"))).0);
    // What was taken out stays out.
    let (dataset, _, _) = writer.archive().dataset().unwrap();
    let found = dataset.ties().find("t1").unwrap();
    let removal = writer.archive().removal(dataset.ties().origin(found), Kind::Tie, "t1", "wrong").unwrap();
    change(&mut writer, Change { removed: removal.into_iter().collect(), restored: Vec::new() }, 3).unwrap();
    same(&open(&on), "taken out");
    let load = Load { text: Some(("commit".to_owned(), again)), ..Load::default() };
    let loading = writer.archive().prepare(&load).unwrap();
    assert_eq!((loading.new_counts().total(), loading.repeated_retracted), (0, 1));
    assert!(add(&mut writer, &tie("m3", ["ann", "bea"], "visit", &dated("1994"))));
    assert_eq!(Verified::on(&on, Path::new(FOLDER)).unwrap().findings, []);
}

#[test]
fn a_tie_with_an_id_is_found_among_many_that_have_none() {
    let place = Desk::new();
    let on: Arc<dyn Disk> = Arc::new(MemoryDisk::default());
    let mut writer = Writer::open_on(on.clone(), Path::new(FOLDER), "a test").unwrap();
    let table = place.0.join("t.csv");
    fs::write(
        &table,
        "source,relation,target,date\na,visit,b,1990-05-01\na,visit,b,1990-05-01\nb,protest,c,1975-02-03\n",
    )
    .unwrap();
    let loading = writer.archive().prepare(&Load { paths: vec![table], ..Load::default() }).unwrap();
    writer.load(&loading, &stamp(1)).unwrap();
    same(&open(&on), "a table");
    for (id, when) in [("n1", "1980"), ("n0", "1960"), ("n2", "1990-05-01")] {
        assert!(add(&mut writer, &tie(id, ["a", "c"], "visit", &format!(r#""when": "{when}""#))));
        same(&open(&on), id);
    }
}
