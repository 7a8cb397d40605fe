//! Rows of tables that are kept as numbers: what they say is what the table says.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use chancery::{
    archive::{Archive, Change, Disk, History, Kind, Load, Verified, Writer},
    dataset::{Builder, Dataset},
    format::{Options, read_path},
};

use super::{FOLDER, change, derived::same, disk::MemoryDisk, stamp};
use crate::support::Desk;

/// What all ties and actors say, and where they stand.
fn told(dataset: &Dataset) -> Vec<String> {
    let ties = dataset.ties();
    let one = |tie| {
        let claims = ties.claims(tie).collect::<Vec<_>>();
        let place = dataset.place(ties.origin(tie));
        let ends = [ties.source(tie), ties.target(tie)].map(|end| dataset.actors().id(end));
        format!("{} {:?} {ends:?} {claims:?} {place}", ties.id(tie), dataset.tie(tie))
    };
    let mut told: Vec<String> = ties.all().map(one).collect();
    let actors = dataset.actors();
    told.extend(
        actors
            .all()
            .map(|actor| format!("{:?} {}", dataset.actor(actor), dataset.place(actors.origin(actor)))),
    );
    told.push(format!("{:032x} {:?}", dataset.hash(), dataset.newest_day()));
    told
}

/// Tables of bare rows and of others among them: codes of states, quotes, dates that are no days, relations that last,
/// a word of the table's own, rows that come twice; and a graph that merges two of their actors.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut comma = String::from("source,relation,target,date\n");
    for at in 0..300_u32 {
        let (a, b) = (at * 7 % 23, at * 5 % 19);
        let relation = ["visit", "alliance", "cameo:042", "haggle"][(at % 4) as usize];
        match at % 11 {
            3 => writeln!(comma, "\"a{a}\",{relation},\"b, {b}\",1990-01-02").unwrap(),
            5 => writeln!(comma, "a{a},{relation},b{b},1991").unwrap(),
            7 => writeln!(comma, "MNG,{relation},KOR,19{}-12-31", 90 + at % 10).unwrap(),
            9 => writeln!(comma, "a{a},{relation},b{b},\r").unwrap(),
            _ => writeln!(comma, "a{a},{relation},b{b},19{}-{:02}-28", 45 + at % 50, 1 + at % 12).unwrap(),
        }
    }
    let tab = "subject\trelation\tobject\tdate\nPolice (Mongolia)\tvisit\tCitizen (China)\t0999-02-03\n\
               蒙古\tvisit\tb1\t2018-01-31\n蒙古\tvisit\tb1\t2018-01-31\r\n";
    let graph = r#"{"graph": {"same": [{"actor": "a1", "same_as": "a2"}]}, "edges": [],
        "nodes": [{"id": "a1", "existence": ["../1960"]}, {"id": "a2", "names": [{"text": "Two", "lang": "en"}]}]}"#;
    let texts = [("comma.csv", comma.as_str()), ("tab.tsv", tab), ("graph.json", graph)];
    let paths = texts.map(|(name, text)| {
        fs::write(folder.join(name), text).unwrap();
        folder.join(name)
    });
    paths.into()
}

/// Line by line, so that a failure says little.
fn assert_alike(dataset: &Dataset, direct: &[String], what: &str) {
    let told = told(dataset);
    for (here, there) in told.iter().zip(direct) {
        assert_eq!(here, there, "{what}");
    }
    assert_eq!(told.len(), direct.len(), "{what}");
}

fn load(writer: &mut Writer, paths: &[PathBuf], day: u32) {
    let load = Load { paths: paths.to_vec(), ..Load::default() };
    let loading = writer.archive().prepare(&load).unwrap();
    assert!(!loading.has_errors(), "{:#?}", loading.problems);
    writer.load(&loading, &stamp(day)).unwrap();
}

fn archive(disk: &Arc<dyn Disk>) -> Archive {
    Archive::open_on(disk.clone(), Path::new(FOLDER)).unwrap()
}

#[test]
fn a_table_in_an_archive_says_what_the_table_says() {
    let place = Desk::new();
    let paths = files(&place.0);
    let mut builder = Builder::default();
    for path in &paths {
        read_path(path, &Options::default(), &mut builder).unwrap();
    }
    let direct = told(&builder.finish().0);
    assert!(direct.len() > 300);

    // In segments as numbers, and in the frame as lines.
    for inline in [0, 10_000_000] {
        let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::default());
        let mut writer = Writer::open_on(disk.clone(), Path::new(FOLDER), "a test").unwrap();
        writer.set_inline_bytes(inline);
        load(&mut writer, &paths, 1);
        let kept = archive(&disk);
        assert_alike(&kept.dataset().unwrap().0, &direct, "built");
        assert_alike(&kept.mapped(|_| ()).unwrap().0, &direct, "mapped");
        same(&kept, "loaded");
        assert_eq!(Verified::on(&disk, Path::new(FOLDER)).unwrap().findings, []);

        writer.compact(History::Kept, None).unwrap();
        assert_alike(&archive(&disk).dataset().unwrap().0, &direct, "built");
        writer.compact(History::Forgotten, None).unwrap();
        assert_alike(&archive(&disk).dataset().unwrap().0, &direct, "built");
        same(&archive(&disk), "compacted");
        let again = archive(&disk).prepare(&Load { paths: paths.clone(), ..Load::default() }).unwrap();
        assert_eq!(again.new_counts().total(), 0);
    }
}

#[test]
fn many_bare_rows_stay_apart_from_records_when_segments_are_merged() {
    let place = Desk::new();
    let mut text = String::from("source,relation,target,date\n");
    for at in 0..70_000_u32 {
        let (a, b, day) = (at % 911, at % 907 + 1000, at % 28 + 1);
        text.push_str(&format!("a{a},visit,a{b},2001-01-{day:02}\n"));
    }
    let table = place.0.join("many.csv");
    fs::write(&table, text).unwrap();
    let native = place.0.join("few.json");
    fs::write(&native, r#"{"nodes": [{"id": "x", "kind": "person"}], "edges": []}"#).unwrap();
    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::default());
    let mut writer = Writer::open_on(disk.clone(), Path::new(FOLDER), "a test").unwrap();
    writer.set_inline_bytes(0);
    load(&mut writer, &[table], 1);
    load(&mut writer, &[native], 2);
    let before = told(&archive(&disk).dataset().unwrap().0);
    for history in [History::Kept, History::Forgotten] {
        let copied = writer.compact(history, None).unwrap();
        assert!(copied.bytes <= copied.bytes_before + 4096, "{copied:?}");
        assert_alike(&archive(&disk).dataset().unwrap().0, &before, "compacted");
        assert_eq!(Verified::on(&disk, Path::new(FOLDER)).unwrap().findings, []);
    }
}

#[test]
fn a_bare_row_is_taken_out_and_put_back() {
    let place = Desk::new();
    let paths = files(&place.0);
    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::default());
    let mut writer = Writer::open_on(disk.clone(), Path::new(FOLDER), "a test").unwrap();
    writer.set_inline_bytes(0);
    load(&mut writer, &paths, 1);
    let (dataset, _, _) = writer.archive().dataset().unwrap();
    let before = told(&dataset);
    for at in [0, 17, 140, 250] {
        let tie = dataset.ties().all().nth(at).unwrap();
        let id = dataset.ties().id(tie);
        let origin = dataset.ties().origin(tie);
        let removal = writer.archive().removal(origin, Kind::Tie, id, "an error").unwrap().unwrap();
        let undone = removal.undone();
        let record = serde_json::to_string(&dataset.tie(tie)).unwrap();
        let kept = writer.archive().record(removal.at).unwrap().unwrap();
        for field in ["source", "target", "relation", "when"] {
            let of = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()[field].clone();
            assert_eq!(of(&record), of(&kept), "{record}");
        }
        change(&mut writer, Change { removed: vec![removal], restored: Vec::new() }, 2).unwrap();
        same(&archive(&disk), "taken out");
        assert_eq!(told(&archive(&disk).dataset().unwrap().0).len(), before.len() - 1);
        change(&mut writer, Change { removed: Vec::new(), restored: vec![undone] }, 3).unwrap();
        assert_alike(&archive(&disk).dataset().unwrap().0, &before, "put back");
    }
}

#[test]
fn an_actor_of_which_the_id_is_all_stands_in_a_segment_without_a_record() {
    let place = Desk::new();
    let paths = files(&place.0);
    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::default());
    let mut writer = Writer::open_on(disk.clone(), Path::new(FOLDER), "a test").unwrap();
    writer.set_inline_bytes(0);
    load(&mut writer, &paths, 1);
    let kept = archive(&disk);
    let mapped = kept.mapped(|_| ()).unwrap().0;
    let mut count = 0;
    for dataset in [&kept.dataset().unwrap().0, &mapped] {
        let actors = dataset.actors();
        for actor in actors.all().filter(|actor| actors.id(*actor).starts_with('b')) {
            let (id, origin) = (actors.id(actor), actors.origin(actor));
            let removal = kept.removal(origin, Kind::Actor, id, "an error").unwrap().unwrap();
            let record = kept.record(removal.at).unwrap().unwrap();
            assert_eq!(record, serde_json::to_string(&dataset.actor(actor)).unwrap());
            count += usize::from(origin.text(dataset.files()).is_empty());
        }
    }
    // Those that a row names first which is not plain have a text.
    assert!(count > 20, "{count}");
}

#[test]
fn ties_that_are_all_bare_keep_neither_place_nor_content() {
    let place = Desk::new();
    let write = |name: &str, text: &str| {
        let path = place.0.join(name);
        fs::write(&path, text).unwrap();
        path
    };
    // Lines that are left blank, rows that come twice, actors that are met late, and one that is merged into another.
    let mut text = String::from("source,relation,target,date\n");
    for at in 0..1100_u32 {
        let (a, b) = (at * 7 % (23 + at / 40), at * 5 % 19);
        writeln!(text, "a{a},visit,b{b},19{}-{:02}-28", 45 + at % 50, 1 + at % 12).unwrap();
        text.push_str(if at % 97 == 5 { "\n" } else { "" });
    }
    text.push_str("a1,visit,b1,1990-01-01\na1,visit,b1,1990-01-01\n");
    let first = write("one.csv", &text);
    let second =
        write("two.csv", "source,relation,target,date\n蒙古,visit,b1,2018-01-31\na2,protest,b1,1990-01-01\n");
    let third = write("three.csv", "source,relation,target,date\nb1,protest,a1,0999-02-03\n");
    let graph = r#"{"graph": {"same": [{"actor": "a1", "same_as": "a2"}]}, "nodes": [{"id": "a1"}, {"id": "a2"}], "edges": []}"#;
    let merge = write("graph.json", graph);

    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::default());
    let mut writer = Writer::open_on(disk.clone(), Path::new(FOLDER), "a test").unwrap();
    writer.set_inline_bytes(0);
    load(&mut writer, &[first], 1);
    same(&archive(&disk), "loaded");
    // Actors in one segment, ties in another, which has no room for their records.
    let parts: Vec<u64> =
        writer.archive().commits().next().unwrap().parts.iter().map(|part| part.rows).collect();
    assert_eq!((parts.len(), parts[1]), (2, 1102));
    load(&mut writer, &[second, third], 2);
    same(&archive(&disk), "loaded more");
    let added = r#"{"nodes": [], "edges": [{"id": "t", "source": "b1", "target": "b2", "relation": "visit", "when": "1990"}]}"#;
    let added = Load { text: Some(("added".to_owned(), added.to_owned())), ..Load::default() };
    let loading = writer.archive().prepare(&added).unwrap();
    assert!(loading.is_joined());
    writer.set_inline_bytes(10_000);
    writer.load(&loading, &stamp(3)).unwrap();
    same(&archive(&disk), "joined");
    writer.set_inline_bytes(0);
    load(&mut writer, &[merge], 4);
    same(&archive(&disk), "merged");
    assert_eq!(Verified::on(&disk, Path::new(FOLDER)).unwrap().findings, []);
}
