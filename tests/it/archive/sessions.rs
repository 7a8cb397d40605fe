//! Archives at the command line: the same answers as from the files, and the verbs that change them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use chancery::{
    archive::{Archive, Disk, History, RealDisk, VERSION, Verified, Writer},
    date::Day,
};
use serde_json::Value;

use super::{load, restore, retract};
use crate::support::{cannot, python, root, skip, test_data};

/// A folder of its own for a test that writes, taken away at its end.
struct Desk(PathBuf);

impl Desk {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("chancery-archive-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(args).current_dir(&self.0).env_remove("CHANCERY_GRAPH").env_remove("COLUMNS");
        command.env("CHANCERY_AUTHOR", "a tester").stdin(Stdio::null()).output().unwrap()
    }

    /// What a command that succeeds prints.
    fn answer(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The exit code of a command that fails, and what it says.
    fn failure(&self, args: &[&str]) -> (i32, String) {
        let output = self.run(args);
        assert!(!output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stdout));
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    fn file(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn fixture(name: &str) -> String {
    root().join("tests/fixtures").join(name).display().to_string()
}

/// Asks the files and an archive of them; both must say the same, byte for byte, with the same exit code.
fn same_answers(desk: &Desk, files: &str, archive: &str, questions: &[&[&str]]) {
    for question in questions {
        let ask = |graph: &str| {
            let output = desk.run(&[question, &["--graph", graph][..]].concat());
            (output.status.code(), String::from_utf8(output.stdout).unwrap())
        };
        assert_eq!(ask(files), ask(archive), "{question:?}");
    }
}

#[test]
fn an_archive_answers_as_the_files_do() {
    let desk = Desk::new();
    let graph = root().join("graph").display().to_string();
    desk.answer(&["load", &graph, "--into", "g.chancery"]);
    let questions: &[&[&str]] = &[
        &["connect", "Mongolia", "South Korea"],
        &["connect", "蒙古", "南韓", "--format", "json"],
        &["connect", "Cuba", "North Korea", "--format", "svg"],
        &["connect", "Mongolia", "Atlantis"],
        &["paths", "Cuba", "Mongolia"],
        &["timeline", "Cuba", "North Korea", "--during", "1980/1990"],
        &["ties", "--relation", "visit", "--certain", "--format", "csv"],
        &["ego", "hong-kong"],
        &["show", "mongolia"],
        &["show", "mission"],
        &["find", "Kim"],
        &["offices", "--as-of", "1990"],
        &["rank", "--by", "betweenness", "--kind", "country"],
        &["export", "--format", "dot"],
        &["export"],
        &["info", "--format", "json"],
        &["check"],
        &["cite"],
    ];
    same_answers(&desk, &graph, "g.chancery", questions);
    for tie in ["--relation=mission", "--relation=visit"] {
        same_answers(&desk, &graph, "g.chancery", &[&["ties", tie, "--format", "json"]]);
    }
}

#[test]
fn files_of_other_programs_answer_alike_from_an_archive() {
    for name in [
        "events.tsv",
        "edges.csv",
        "windows.csv",
        "graph.graphml",
        "graph.gexf",
        "jgf.json",
        "d3.json",
        "cytoscape.json",
        "node-link.json",
    ] {
        let desk = Desk::new();
        let file = fixture(&format!("formats/{name}"));
        desk.answer(&["load", &file, "--into", "f.chancery"]);
        let questions: &[&[&str]] =
            &[&["info"], &["export"], &["ties", "--format", "json"], &["rank", "--by", "degree"], &["check"]];
        same_answers(&desk, &file, "f.chancery", questions);
        assert!(desk.answer(&["verify", "f.chancery"]).starts_with("whole: 1 commit"), "{name}");
        assert!(desk.answer(&["load", &file, "--into", "f.chancery"]).contains("nothing to do"), "{name}");
    }
}

#[test]
fn a_dump_loads_back_as_it_is() {
    let desk = Desk::new();
    desk.answer(&["load", &fixture("steppe"), "--into", "s.chancery"]);
    desk.answer(&["dump", "s.chancery", "-o", "one.json"]);
    desk.answer(&["load", "one.json", "--into", "again.chancery"]);
    desk.answer(&["dump", "again.chancery", "-o", "two.json"]);
    assert_eq!(fs::read(desk.0.join("one.json")).unwrap(), fs::read(desk.0.join("two.json")).unwrap());
    let hash = |graph: &str| {
        let info: Value =
            serde_json::from_str(&desk.answer(&["info", "--format", "json", "--graph", graph])).unwrap();
        info["header"]["dataset"].clone()
    };
    assert_eq!(hash("s.chancery"), hash("again.chancery"));
    assert_eq!(hash("s.chancery"), hash(&fixture("steppe")));
}

const TABLE: &str = "subject\trelation\tobject\tdate\nAnn\tMake a visit\tBea\t2018-01-02\nAnn\tMake a visit\tBea\t2018-01-02\nBea\tMake statement\tCid\t2018-02-01\n";

#[test]
fn rows_that_are_sent_again_do_not_double_and_true_doubles_stay() {
    let desk = Desk::new();
    desk.file("e.tsv", TABLE);
    assert!(
        desk.answer(&["load", "e.tsv", "--into", "e.chancery"])
            .starts_with("commit 1: 3 ties, 3 actors, 1 reference")
    );
    desk.file(
        "e.tsv",
        &format!("{TABLE}Ann\tMake a visit\tBea\t2018-01-02\nCid\tMake a visit\tDan\t2018-03-01\n"),
    );
    let said = desk.answer(&["load", "e.tsv", "--into", "e.chancery", "--dry-run"]);
    assert!(said.starts_with("dry run: 2 ties, 1 actor would be committed"), "{said}");
    let said = desk.answer(&["load", "e.tsv", "--into", "e.chancery", "--message", "the rest of\nthe year"]);
    assert!(said.starts_with("commit 2: 2 ties, 1 actor"), "{said}");
    let asked = |graph: &str| desk.answer(&["export", "--graph", graph]);
    assert_eq!(asked("e.chancery"), asked("e.tsv"));
    let log: Value = serde_json::from_str(&desk.answer(&["log", "e.chancery", "--format", "json"])).unwrap();
    let commits = log["answer"]["commits"].as_array().unwrap();
    assert_eq!((&commits[0]["number"], &commits[0]["message"]), (&2.into(), &"the rest of the year".into()));
    assert_eq!((&commits[0]["author"], &commits[1]["added"]["ties"]), (&"a tester".into(), &3.into()));
}

#[test]
fn an_actor_that_a_table_mentions_is_defined_by_a_graph_whichever_is_loaded_first() {
    let desk = Desk::new();
    desk.file("e.tsv", TABLE);
    let ann = r#"{"id": "Ann", "kind": "person", "names": [{"text": "Ann of the Ministry"}]}"#;
    desk.file("g.json", &format!(r#"{{"graph": {{}}, "nodes": [{ann}], "edges": []}}"#));
    for (name, files) in [("ab.chancery", ["e.tsv", "g.json"]), ("ba.chancery", ["g.json", "e.tsv"])] {
        for file in files {
            desk.answer(&["load", file, "--into", name]);
        }
        assert_eq!(
            desk.answer(&["export", "--graph", name]),
            desk.answer(&["export", "--graph", "e.tsv", "--graph", "g.json"])
        );
        let shown = desk.answer(&["show", "Ann", "--graph", name]);
        assert!(shown.contains("Ann of the Ministry") && shown.contains("g.json:1"), "{shown}");
        let said = desk.answer(&["verify", name]);
        assert!(said.contains("sound") || !said.contains("damage"), "{said}");
    }
    // A second record of a graph is still one too many.
    desk.file(
        "h.json",
        &format!(r#"{{"graph": {{}}, "nodes": [{}], "edges": []}}"#, ann.replace("person", "group")),
    );
    let (code, said) = desk.failure(&["load", "h.json", "--into", "ab.chancery"]);
    assert!(code == 1 && said.contains("twice"), "{said}");
}

#[test]
fn where_nothing_may_be_written_all_is_read_and_a_load_says_why_it_fails() {
    let desk = Desk::new();
    desk.file("e.tsv", TABLE);
    desk.answer(&["load", "e.tsv", "--into", "e.chancery"]);
    let right = desk.answer(&["export", "--graph", "e.chancery"]);
    desk.file("f.tsv", &TABLE.replace("2018", "2019"));
    let archive = desk.0.join("e.chancery");
    let folders = [archive.join("segments"), archive.join("derived"), archive.clone()];
    let set = |is_read_only: bool| {
        for folder in &folders {
            let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            for path in files.chain([folder.clone()]) {
                let mut may = fs::metadata(&path).unwrap().permissions();
                may.set_readonly(is_read_only);
                #[cfg(unix)]
                if !is_read_only {
                    let mode = if path.is_dir() { 0o755 } else { 0o644 };
                    std::os::unix::fs::PermissionsExt::set_mode(&mut may, mode);
                }
                fs::set_permissions(&path, may).unwrap();
            }
        }
    };
    set(true);
    // The one who may do everything is not stopped by permissions.
    let stops = fs::write(archive.join("probe"), "").is_err();
    let read = desk.answer(&["export", "--graph", "e.chancery"]);
    let told = stops.then(|| desk.failure(&["load", "f.tsv", "--into", "e.chancery"]));
    set(false);
    assert_eq!(read, right);
    let Some((code, said)) = told else { return cannot("a user whom permissions stop") };
    assert!(code == 1 && said.contains("ermission"), "{said}");
    assert_eq!(desk.answer(&["export", "--graph", "e.chancery"]), right);
}

/// A file system of 256 KiB, where the one who tests may make one.
#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_the_last_commit_stands() {
    let desk = Desk::new();
    let small = desk.0.join("disk");
    fs::create_dir(&small).unwrap();
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(&small).stderr(Stdio::null());
    if !mount.status().is_ok_and(|status| status.success()) {
        return cannot("a small disk");
    }
    desk.file("e.tsv", TABLE);
    desk.answer(&["load", "e.tsv", "--into", "disk/e.chancery"]);
    let right = desk.answer(&["export", "--graph", "disk/e.chancery"]);
    let many: Vec<String> =
        (0..20_000).map(|row| format!("Ann\tMake a visit\tactor {row}\t2018-01-02\n")).collect();
    desk.file("many.tsv", &format!("{}\n{}", TABLE.lines().next().unwrap(), many.concat()));
    let (code, said) = desk.failure(&["load", "many.tsv", "--into", "disk/e.chancery"]);
    let after = desk.answer(&["export", "--graph", "disk/e.chancery"]);
    let verified = desk.answer(&["verify", "disk/e.chancery"]);
    assert!(Command::new("umount").arg(&small).status().unwrap().success());
    assert!(code == 1 && said.contains("No space left on device"), "{said}");
    assert_eq!(after, right);
    assert!(!verified.contains("damage"), "{verified}");
}

#[test]
fn one_bad_row_stops_a_load_unless_bad_rows_are_skipped() {
    let desk = Desk::new();
    let bad =
        format!("{TABLE}Ann\tMake a visit\tEve\t2018-99-02\nonly\ttwo\nAnn\tMake a visit\tBea\t2018-05-02\n");
    desk.file("e.tsv", &bad);
    let (code, said) = desk.failure(&["load", "e.tsv", "--into", "e.chancery"]);
    assert_eq!(code, 1);
    assert!(said.contains("e.tsv:5:") && said.contains("e.tsv:6:"), "{said}");
    assert!(
        said.contains("2 errors in the data; nothing was written") && said.contains("--skip-bad"),
        "{said}"
    );
    assert!(!desk.0.join("e.chancery").exists());
    let said = desk.answer(&["load", "e.tsv", "--into", "e.chancery", "--skip-bad", "bad.jsonl"]);
    // Eve stands in a bad row only.
    assert!(
        said.starts_with("commit 1: 4 ties, 3 actors, 1 reference\n")
            && said.contains("2 bad rows are left out"),
        "{said}"
    );
    let rejected = fs::read_to_string(desk.0.join("bad.jsonl")).unwrap();
    let rejected: Vec<Value> = rejected.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&rejected[0]["line"], &rejected[1]["line"]), (&5.into(), &6.into()));
    assert_eq!(rejected[1]["text"], "only\ttwo");
    assert!(desk.answer(&["verify", "e.chancery"]).starts_with("whole"));
}

#[test]
fn an_id_that_stands_for_something_else_is_a_problem_at_its_place() {
    let desk = Desk::new();
    desk.file("a.json", &super::text("x", 5));
    desk.file("b.json", &super::text("x", 6));
    desk.answer(&["load", "a.json", "--into", "x.chancery"]);
    let (_, said) = desk.failure(&["load", "b.json", "--into", "x.chancery"]);
    assert!(said.contains("b.json:3:") && said.contains("tie `x-tie` is defined twice"), "{said}");
    assert!(said.contains("the first stands at a.json:3"), "{said}");
    assert_eq!(
        desk.answer(&["export", "--graph", "x.chancery"]),
        desk.answer(&["export", "--graph", "a.json"])
    );
}

#[test]
fn records_are_added_retracted_restored_and_merged_by_commits() {
    let desk = Desk::new();
    desk.file("a.json", &super::text("x", 5));
    desk.answer(&["load", "a.json", "--into", "x.chancery"]);
    let graph = ["--graph", "x.chancery"];
    let run = |args: &[&str]| desk.answer(&[args, &graph].concat());
    let before = run(&["export"]);
    let said = run(&["retract", "x-tie", "--why", "the gazette withdrew it"]);
    assert!(said.starts_with("retracted tie `x-tie` at x.chancery commit 2"), "{said}");
    let dump = desk.answer(&["dump", "x.chancery"]);
    assert!(dump.contains("\"why\": \"the gazette withdrew it\"") && !before.contains("withdrew"), "{dump}");
    // The same file again does not bring it back; an edited one neither.
    assert!(desk.answer(&["load", "a.json", "--into", "x.chancery"]).contains("nothing to do"));
    desk.file("a.json", &(super::text("x", 5) + "\n"));
    let said = desk.answer(&["load", "a.json", "--into", "x.chancery"]);
    assert!(said.contains("1 row that was retracted stays so"), "{said}");
    let (code, said) = desk.failure(&["retract", "x-ties", "--undo", "--graph", "x.chancery"]);
    assert!(code == 1 && said.contains("did you mean `x-tie`?"), "{said}");
    run(&["retract", "x-tie", "--undo"]);
    assert_eq!(run(&["export"]), before);
    let (_, said) = desk.failure(&["retract", "x-a", "--why", "x", "--graph", "x.chancery"]);
    assert!(said.contains("actor `x-a` is still named"), "{said}");

    let said = run(&[
        "add",
        "tie",
        "--source",
        "Ann x",
        "--target",
        "x-b",
        "--relation",
        "visit",
        "--when",
        "2001-05",
        "--cite",
        "x-memo",
    ]);
    assert!(said.contains("added tie `visit-x-a-x-b-2001-05` at commit 4:"), "{said}");
    let (_, said) = desk.failure(&["add", "actor", "x-a", "--kind", "group", "--graph", "x.chancery"]);
    assert!(said.contains("actor `x-a` is defined twice") && said.contains("nothing was written"), "{said}");
    run(&["add", "actor", "x-c", "--kind", "person", "--dry-run"]);
    run(&["add", "actor", "x-c", "--kind", "person", "--name", "en:Cat"]);
    run(&["same", "x-c", "x-b", "--why", "one person"]);
    assert!(run(&["show", "x-c"]).contains("one person"));
    run(&["same", "x-c", "x-b", "--undo"]);
    assert!(!run(&["show", "x-c"]).contains("one person"));
    assert!(desk.answer(&["log", "x.chancery"]).starts_with("7 commits"));
    assert!(desk.answer(&["verify", "x.chancery"]).starts_with("whole: 7 commits"));
}

#[test]
fn what_was_known_on_a_day_can_be_asked() {
    let desk = Desk::new();
    let folder = desk.0.join("h.chancery");
    let mut writer = Writer::open(&folder, "a test").unwrap();
    load(&mut writer, "one", 10, 10).unwrap();
    load(&mut writer, "two", 10, 12).unwrap();
    retract(&mut writer, "one-tie", 14).unwrap();
    restore(&mut writer, "one-tie", 16).unwrap();
    drop(writer);
    let ids = |day: &str| {
        let answer = desk.answer(&[
            "ties",
            "--relation",
            "meeting",
            "--format",
            "csv",
            "--graph",
            "h.chancery",
            "--known-on",
            day,
        ]);
        ["one-tie", "two-tie"].map(|id| answer.contains(id))
    };
    assert_eq!(ids("2026-01-10"), [true, false]);
    assert_eq!(ids("2026-01-13"), [true, true]);
    assert_eq!(ids("2026-01-15"), [false, true]);
    assert_eq!(ids("2026-01"), [true, true]);
    let (code, said) = desk.failure(&["info", "--graph", "h.chancery", "--known-on", "2025"]);
    assert!(code == 1 && said.contains("has no commit on or before 2025-12-31"), "{said}");
    desk.file("a.json", &super::text("x", 5));
    let (code, said) = desk.failure(&["info", "--graph", "a.json", "--known-on", "2026"]);
    assert!(
        code == 2 && said.contains("--known-on needs an archive") && said.contains("a.json is none"),
        "{said}"
    );
    // A clock that went back does not change the order of commits.
    let mut writer = Writer::open(&folder, "a test").unwrap();
    load(&mut writer, "three", 10, 1).unwrap();
    let times: Vec<Day> = writer.archive().commits().map(|commit| commit.time.day()).collect();
    assert!(times.is_sorted() && times.len() == 5);
}

#[test]
fn backup_and_compact_keep_every_answer() {
    let desk = Desk::new();
    let mut writer = Writer::open(&desk.0.join("b.chancery"), "a test").unwrap();
    writer.set_inline_bytes(2_000);
    for (name, day) in [("one", 1), ("two", 2), ("three", 3)] {
        load(&mut writer, name, 3_000, day).unwrap();
    }
    retract(&mut writer, "two-tie", 4).unwrap();
    drop(writer);
    let all = |graph: &str| desk.answer(&["dump", graph]);
    let then = |graph: &str| desk.answer(&["dump", graph, "--known-on", "2026-01-02"]);
    let (now, before) = (all("b.chancery"), then("b.chancery"));
    assert!(
        desk.answer(&["backup", "b.chancery", "copy.chancery"])
            .starts_with("copied b.chancery up to commit 4")
    );
    assert_eq!((all("copy.chancery"), then("copy.chancery")), (now.clone(), before.clone()));
    assert!(desk.failure(&["backup", "b.chancery", "copy.chancery"]).1.contains("exists"));
    desk.answer(&["compact", "b.chancery"]);
    assert_eq!(fs::read_dir(desk.0.join("b.chancery/segments")).unwrap().count(), 1);
    assert_eq!((all("b.chancery"), then("b.chancery")), (now.clone(), before));
    desk.answer(&["compact", "b.chancery", "--forget-history"]);
    assert!(
        desk.failure(&["dump", "b.chancery", "--known-on", "2026-01-02"])
            .1
            .contains("no commit on or before")
    );
    let forgotten = all("b.chancery");
    assert!(now.contains("two-tie") && !forgotten.contains("two-tie"));
    assert_eq!(
        desk.answer(&["ties", "--graph", "b.chancery"]),
        desk.answer(&["ties", "--graph", "copy.chancery"])
    );
    assert!(desk.answer(&["verify", "b.chancery"]).starts_with("whole: 1 commit,"));
}

#[test]
fn what_is_no_archive_is_told_with_what_to_do() {
    let desk = Desk::new();
    desk.file("a.json", &super::text("x", 5));
    for verb in ["log", "verify", "dump", "compact"] {
        let (code, said) = desk.failure(&[verb, "nowhere.chancery"]);
        assert!(code == 1 && said.contains("nowhere.chancery is no archive"), "{verb}: {said}");
        assert!(!desk.0.join("nowhere.chancery").exists(), "{verb}");
    }
    assert!(desk.failure(&["info", "--graph", "nowhere.chancery"]).1.contains("hint: `chancery load FILES…"));
    let (code, said) = desk.failure(&["load", "a.json", "--into", "a.json"]);
    assert!(code == 2 && said.contains("NAME.chancery"), "{said}");
    let (_, said) = desk.failure(&["load", "typo.json", "--into", "n.chancery"]);
    assert!(said.contains("cannot read typo.json") && !desk.0.join("n.chancery").exists(), "{said}");
    fs::create_dir(desk.0.join("full.chancery")).unwrap();
    desk.file("full.chancery/letter.txt", "mine");
    assert!(desk.failure(&["load", "a.json", "--into", "full.chancery"]).1.contains("is no archive"));
    assert_eq!(fs::read_dir(desk.0.join("full.chancery")).unwrap().count(), 1);
    let (_, said) = desk.failure(&["retract", "x", "--why", "y", "--message", "z", "--graph", "a.json"]);
    assert!(said.contains("are for archives"), "{said}");
}

#[test]
fn a_torn_tail_is_dropped_and_said() {
    let desk = Desk::new();
    desk.file("a.json", &super::text("x", 5));
    desk.answer(&["load", "a.json", "--into", "t.chancery"]);
    let log = desk.0.join("t.chancery/log");
    let mut bytes = fs::read(&log).unwrap();
    let whole = bytes.len();
    bytes.extend_from_slice(&[9, 0, 0]);
    fs::write(&log, &bytes).unwrap();
    let output = desk.run(&["info", "--graph", "t.chancery"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.contains("3 bytes after the last commit are left out"), "{said}");
    assert_eq!(fs::read(&log).unwrap().len(), whole + 3, "readers never write");
    desk.answer(&["compact", "t.chancery"]);
    assert_eq!(fs::read(&log).unwrap().len(), whole);
}

/// The fixture of a format version is made once, by the program that wrote that version, and must always open.
#[test]
fn archives_of_every_format_version_open() {
    let folder = root().join(format!("tests/fixtures/archives/version-{VERSION}.chancery"));
    if std::env::var_os("CHANCERY_UPDATE").is_some() && !folder.exists() {
        let mut writer = Writer::open(&folder, "the maker of the fixture").unwrap();
        writer.set_inline_bytes(1_500);
        load(&mut writer, "one", 10, 1).unwrap();
        load(&mut writer, "two", 1_000, 2).unwrap();
        retract(&mut writer, "one-tie", 3).unwrap();
        let table = PathBuf::from("tests/fixtures/formats/events.tsv");
        let loading = writer
            .archive()
            .prepare(&chancery::archive::Load { paths: vec![table], ..Default::default() })
            .unwrap();
        writer.load(&loading, &super::stamp(4)).unwrap();
    }
    for version in 1..=VERSION {
        let folder = root().join(format!("tests/fixtures/archives/version-{version}.chancery"));
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        // These have no columns: readers build in memory.
        let findings = Verified::on(&disk, &folder).unwrap().findings;
        assert!(findings.iter().all(|found| found.what.starts_with("derived/ is of no use")), "{findings:?}");
        let mut archive = Archive::open(&folder).unwrap();
        let (dataset, _, _) = archive.dataset().unwrap();
        assert_eq!(archive.commits().len(), 4);
        assert!(dataset.ties().find("one-tie").is_none());
        let two = dataset.tie(dataset.ties().find("two-tie").unwrap());
        assert_eq!(two.note.as_deref().map(str::len), Some(1_000));
        assert!(matches!(dataset.lookup("蒙古 two"), chancery::dataset::Lookup::One(..)));
        assert_eq!(archive.removals()[0].why, "an error");
        archive.as_known_on("2026-01-02".parse().unwrap()).unwrap();
        assert!(archive.dataset().unwrap().0.ties().find("one-tie").is_some());
    }
}

#[test]
fn other_programs_open_the_segments() {
    let Some(python) = python() else { return };
    let has = Command::new(&python).args(["-c", "import pyarrow"]).stderr(Stdio::null()).status();
    if !has.is_ok_and(|status| status.success()) {
        return skip("pyarrow");
    }
    let desk = Desk::new();
    let mut writer = Writer::open(&desk.0.join("p.chancery"), "a test").unwrap();
    writer.set_inline_bytes(0);
    load(&mut writer, "one", 10, 1).unwrap();
    desk.file("e.tsv", TABLE);
    let load = chancery::archive::Load { paths: vec![desk.0.join("e.tsv")], ..Default::default() };
    let loading = writer.archive().prepare(&load).unwrap();
    writer.load(&loading, &super::stamp(2)).unwrap();
    writer.compact(History::Kept, None).unwrap();
    let script = root().join("tests/oracle/pyarrow_segment.py");
    let rows_of = |archive: &str| -> Vec<Value> {
        let segments = desk.0.join(archive).join("segments");
        let output = Command::new(&python).arg(&script).arg(segments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let rows = rows_of("p.chancery");
    assert_eq!(rows.len(), 6 + 7);
    let visit =
        rows.iter().find(|row| row["source"] == "Ann" && row["line"] == 2 && row["kind"] == "tie").unwrap();
    assert_eq!((&visit["target"], &visit["relation"]), (&"Bea".into(), &"cameo:042".into()));
    assert_eq!((&visit["when"], &visit["record"]), (&"2018-01-02".into(), &Value::Null));
    let tie = rows.iter().find(|row| row["id"] == "one-tie").unwrap();
    let record: Value = serde_json::from_str(tie["record"].as_str().unwrap()).unwrap();
    assert_eq!((&record["relation"], &tie["when"]), (&"meeting".into(), &"1999-05".into()));

    // Of many bare ties, what all have alike stands at the fields.
    let lines = (0..1500).map(|at| format!("{},visit,{},2018-01-{:02}\n", at % 7, at % 7 + 1, at % 28 + 1));
    desk.file("many.csv", &format!("source,relation,target,date\n{}", lines.collect::<String>()));
    let mut writer = Writer::open(&desk.0.join("m.chancery"), "a test").unwrap();
    let load = chancery::archive::Load { paths: vec![desk.0.join("many.csv")], ..Default::default() };
    writer.set_inline_bytes(0);
    let loading = writer.archive().prepare(&load).unwrap();
    writer.load(&loading, &super::stamp(1)).unwrap();
    let rows = rows_of("m.chancery");
    let ties: Vec<&Value> = rows.iter().filter(|row| row["kind"] == "tie").collect();
    assert_eq!((rows.len(), ties.len()), (8 + 1 + 1500, 1500));
    for (at, tie) in ties.into_iter().enumerate() {
        assert_eq!((&tie["file"], &tie["line"]), (&0.into(), &(at + 2).into()));
        assert_eq!((&tie["source"], &tie["id"]), (&(at % 7).to_string().into(), &Value::Null));
    }
    let bytes: u64 = (fs::read_dir(desk.0.join("m.chancery/segments")).unwrap())
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    assert!(bytes < 1500 * 12, "{bytes} bytes");
}

#[test]
fn all_of_icews14_answers_alike_from_an_archive() {
    let Some(file) = test_data("icews/icews14.tsv.gz") else { return };
    let desk = Desk::new();
    let file = file.display().to_string();
    let said = desk.answer(&["load", &file, "--into", "i.chancery"]);
    assert!(said.starts_with("commit 1: 90730 ties, 7128 actors, 1 reference"), "{said}");
    let questions: &[&[&str]] = &[
        &["info", "--format", "json"],
        &["connect", "South Korea", "Mongolia (Ulaanbaatar)"],
        &["rank", "--by", "degree"],
    ];
    same_answers(&desk, &file, "i.chancery", questions);
    assert!(Path::new(&desk.0.join("i.chancery/segments/000001.arrow")).exists());
    assert!(desk.answer(&["verify", "i.chancery"]).starts_with("whole: 1 commit, 97859 rows, 1 segment"));
}
