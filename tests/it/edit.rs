//! Sessions that change a graph: add, retract, same, in folders of their own.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use chancery::{
    dataset::{Builder, Dataset},
    format::native::{self, EdgeKey, Part},
};

use crate::support::sound;

/// A canonical file: one record a line, sorted by id.
const GRAPH: &str = r#"{
  "directed": true,
  "multigraph": true,
  "graph": {
    "title": "Two states",
    "references": [
      {"id": "almanac", "type": "book", "issued": {"date-parts": [[2006]]}, "title": "An Almanac"},
      {"id": "gazette", "type": "article-newspaper", "title": "The Gazette"}
    ]
  },
  "nodes": [
    {"id": "kim", "kind": "person", "names": [{"text": "Kim Dae-jung", "lang": "en"}, {"text": "金大中", "lang": "zh-Hant"}]},
    {"id": "mongolia", "kind": "country", "names": [{"text": "Mongolia", "lang": "en"}, {"text": "蒙古國", "lang": "zh-Hant"}], "codes": {"iso3": "MNG"}},
    {"id": "south-korea", "kind": "country", "names": [{"text": "South Korea", "lang": "en"}, {"text": "南韓", "lang": "zh-Hant"}], "codes": {"iso3": "KOR"}},
    {"id": "vienna", "kind": "place"}
  ],
  "edges": [
    {"id": "mission-mn-kr", "source": "mongolia", "target": "south-korea", "relation": "mission", "when": "1991/..", "cites": [{"ref": "almanac"}]},
    {"id": "visit-kim", "source": "kim", "target": "mongolia", "relation": "visit", "when": "1999-05", "source_for": "south-korea", "cites": [{"ref": "almanac", "locator": "p. 7"}]}
  ]
}
"#;

/// A folder of its own with `g.json` in it, taken away at the end.
struct Desk(PathBuf);

impl Desk {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("chancery-edits-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder of temporary files can be written");
        let desk = Self(folder);
        desk.write("g.json", GRAPH);
        desk
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("it stands in a folder")).expect("the desk can be written");
        fs::write(path, text).expect("the desk can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("the file is there")
    }

    fn output(&self, args: &[&str], stdin: Option<&str>) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(args).current_dir(&self.0).env_remove("CHANCERY_GRAPH").env_remove("COLUMNS");
        let input = if stdin.is_some() { Stdio::piped() } else { Stdio::null() };
        command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program was built for this test");
        if let (Some(mut pipe), Some(text)) = (child.stdin.take(), stdin) {
            pipe.write_all(text.as_bytes()).expect("the program reads its input");
        }
        child.wait_with_output().expect("the program ends")
    }

    /// A session: exit code, stdout and stderr.
    fn session(&self, args: &[&str], stdin: Option<&str>) -> String {
        let output = self.output(args, stdin);
        let mut session = format!("exit code: {}", output.status.code().expect("no signal ended it"));
        for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            let text = std::str::from_utf8(bytes).expect("the program writes UTF-8");
            if !text.is_empty() {
                session.push_str(&format!("\n----- {name} -----\n{}", text.trim_end()));
            }
        }
        session
    }

    fn chancery(&self, args: &[&str]) -> String {
        self.session(args, None)
    }

    /// A session that must give an answer.
    fn done(&self, args: &[&str]) -> String {
        let session = self.chancery(args);
        assert!(session.starts_with("exit code: 0"), "{args:?}: {session}");
        session
    }

    fn dataset(&self, name: &str) -> Dataset {
        dataset(&self.0.join(name))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn dataset(path: &Path) -> Dataset {
    let mut builder = Builder::default();
    native::read_path(path, &mut builder).expect("the path can be read");
    sound(builder)
}

/// Whatever is not in `old`, line by line.
fn new_lines(old: &str, new: &str) -> Vec<String> {
    new.lines().filter(|line| !old.lines().any(|known| known == *line)).map(str::to_owned).collect()
}

#[test]
fn a_tie_from_flags_is_one_new_line_in_its_place() {
    let desk = Desk::new();
    let args = [
        "add",
        "tie",
        "--source",
        "蒙古国",
        "--target",
        "South Korea",
        "--relation",
        "visit",
        "--when",
        "2001-02",
        "--cite",
        "gazette",
        "--locator",
        "p. 3",
        "--place",
        "vienna",
        "--note",
        "會談",
        "--graph",
        "g.json",
    ];
    let dry = [&args[..], &["--dry-run"]].concat();
    insta::assert_snapshot!(desk.chancery(&dry), @r#"
    exit code: 0
    ----- stdout -----
    dry run: nothing was written

    added tie `visit-mongolia-south-korea-2001-02` at g.json:20
      {"id": "visit-mongolia-south-korea-2001-02", "source": "mongolia", "target": "south-korea", "relation": "visit", "when": "2001-02", "place": "vienna", "cites": [{"ref": "gazette", "locator": "p. 3"}], "note": "會談"}
    ----- stderr -----
    graph: g.json
    "#);
    assert_eq!(desk.read("g.json"), GRAPH);
    desk.done(&args);
    let text = desk.read("g.json");
    assert_eq!(
        new_lines(GRAPH, &text),
        [
            r#"    {"id": "visit-kim", "source": "kim", "target": "mongolia", "relation": "visit", "when": "1999-05", "source_for": "south-korea", "cites": [{"ref": "almanac", "locator": "p. 7"}]},"#,
            r#"    {"id": "visit-mongolia-south-korea-2001-02", "source": "mongolia", "target": "south-korea", "relation": "visit", "when": "2001-02", "place": "vienna", "cites": [{"ref": "gazette", "locator": "p. 3"}], "note": "會談"}"#,
        ]
    );
    // The same again is another tie with another id.
    assert!(desk.done(&args).contains("`visit-mongolia-south-korea-2001-02-2` at g.json:21"));
    assert_eq!(desk.dataset("g.json").ties().count(), 4);
}

#[test]
fn actors_and_references_from_flags() {
    let desk = Desk::new();
    desk.done(&[
        "add",
        "actor",
        "oyun",
        "--kind",
        "person",
        "--name",
        "en:Oyun",
        "--name",
        "zh-Hant:奧雲",
        "--code",
        "wikidata:Q1",
        "--into",
        "g.json",
    ]);
    desk.done(&[
        "add",
        "reference",
        "memo",
        "--type",
        "report",
        "--title",
        "備忘錄",
        "--author",
        "Bat, Tuya",
        "--issued",
        "2001-05",
        "--into",
        "g.json",
    ]);
    assert_eq!(
        new_lines(GRAPH, &desk.read("g.json")),
        [
            r#"      {"id": "gazette", "type": "article-newspaper", "title": "The Gazette"},"#,
            r#"      {"id": "memo", "type": "report", "author": [{"family": "Bat", "given": "Tuya"}], "issued": {"date-parts": [[2001, 5]]}, "title": "備忘錄"}"#,
            r#"    {"id": "oyun", "kind": "person", "names": [{"text": "Oyun", "lang": "en"}, {"text": "奧雲", "lang": "zh-Hant"}], "codes": {"wikidata": "Q1"}},"#,
        ]
    );
    assert!(desk.done(&["find", "奥云", "--graph", "g.json"]).contains("oyun"));
}

#[test]
fn records_come_from_the_input_in_one_piece() {
    let desk = Desk::new();
    let records = r#"[{"id": "oyun", "kind": "person"}, {"id": "memo", "type": "report", "title": "A memo"}]
        {"source": "oyun", "target": "南韓", "relation": "visit", "when": "2003", "cites": [{"ref": "memo"}]}"#;
    insta::assert_snapshot!(desk.session(&["add", "--json", "-", "--graph", "g.json"], Some(records)), @r#"
    exit code: 0
    ----- stdout -----
    3 records changed

    added actor `oyun` at g.json:15
      {"id": "oyun", "kind": "person"}

    added reference `memo` at g.json:9
      {"id": "memo", "type": "report", "title": "A memo"}

    added tie `visit-oyun-south-korea-2003` at g.json:22
      {"id": "visit-oyun-south-korea-2003", "source": "oyun", "target": "south-korea", "relation": "visit", "when": "2003", "cites": [{"ref": "memo"}]}
    ----- stderr -----
    graph: g.json
    `南韓` is read as `south-korea`
    "#);
    // One bad record, and none is written.
    let before = desk.read("g.json");
    let bad = r#"{"id": "a", "kind": "person"} {"id": "b", "kind": "persn"}"#;
    insta::assert_snapshot!(desk.session(&["add", "--json", "-", "--graph", "g.json"], Some(bad)), @r"
    exit code: 1
    ----- stderr -----
    graph: g.json
    the input:1:51: error[unknown-kind]: no kind `persn`
      hint: did you mean `person`?
    error: the record is wrong; nothing was written
    ");
    let half = r#"{"id": "a", "kind": "#;
    assert!(
        desk.session(&["add", "--json", "-", "--graph", "g.json"], Some(half)).starts_with("exit code: 1")
    );
    insta::assert_snapshot!(desk.session(&["add", "--json", "-", "--graph", "g.json"], None), @r"
    exit code: 2
    ----- stderr -----
    graph: g.json
    error: no record in the input
    ");
    assert_eq!(desk.read("g.json"), before);
}

#[test]
fn what_is_wrong_is_told_and_nothing_is_written() {
    let desk = Desk::new();
    let tie = ["add", "tie", "--graph", "g.json", "--relation", "visit", "--cite", "gazette"];
    let with = |more: &[&str]| desk.chancery(&[&tie[..], more].concat());
    insta::assert_snapshot!(with(&["--source", "Mongolai", "--target", "KOR"]), @r"
    exit code: 1
    ----- stderr -----
    graph: g.json
    error: no actor `Mongolai`
      did you mean
        Mongolia  (mongolia)
    ");
    insta::assert_snapshot!(with(&["--source", "MNG", "--target", "KOR", "--when", "1999-13"]), @r"
    exit code: 1
    ----- stderr -----
    graph: g.json
    the command line: error[bad-date]: `when`: `1999-13` is not an EDTF date: month must be 01-12 or a sub-year code 21-41 (column 6)
    error: the record is wrong; nothing was written
    ");
    insta::assert_snapshot!(with(&["--source", "MNG", "--target", "KOR", "--cite", "almanach"]), @r"
    exit code: 1
    ----- stderr -----
    graph: g.json
    g.json:20:148: error[dangling-reference]: no reference `almanach`
      hint: did you mean `almanac`?
    error: the change would make 1 error in the data; nothing was written
    ");
    assert!(with(&["--source", "MNG"]).contains("a tie needs --target"));
    assert!(
        with(&["--source", "MNG", "--target", "KOR", "--title", "x"])
            .contains("--title says nothing of a tie")
    );
    insta::assert_snapshot!(desk.chancery(&["add", "actor", "kim", "--graph", "g.json"]), @r"
    exit code: 1
    ----- stderr -----
    graph: g.json
    g.json:13:12: error[duplicate-id]: actor `kim` is defined twice
      hint: the first stands at g.json:12
    error: the change would make 1 error in the data; nothing was written
    ");
    insta::assert_snapshot!(desk.chancery(&["add", "actor", "x"]), @r"
    exit code: 2
    ----- stderr -----
    error: the graph in the program cannot be changed
      hint: --graph PATH or --into FILE names a graph of yours
    ");
    assert_eq!(desk.read("g.json"), GRAPH);
}

#[test]
fn a_read_only_file_is_left_alone() {
    let desk = Desk::new();
    let path = desk.0.join("g.json");
    let mut permissions = fs::metadata(&path).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("the file is ours");
    insta::assert_snapshot!(desk.chancery(&["add", "actor", "x", "--kind", "person", "--graph", "g.json"]), @r"
    exit code: 1
    ----- stderr -----
    graph: g.json
    error: g.json is read-only; nothing was written
    ");
    assert_eq!(desk.read("g.json"), GRAPH);
}

#[test]
fn in_a_folder_the_file_is_chosen_and_said() {
    let desk = Desk::new();
    desk.write("graph/a.json", GRAPH);
    desk.write(
        "graph/b.json",
        "{\"nodes\": [], \"edges\": [{\"source\": \"kim\", \"target\": \"vienna\", \"relation\": \"visit\", \"cites\": [{\"ref\": \"gazette\"}]}]}",
    );
    let tie =
        ["add", "tie", "--source", "vienna", "--target", "金大中", "--relation", "host", "--cite", "gazette"];
    let session = desk.done(&tie);
    assert!(session.contains("file: graph/b.json (--into FILE names another)"), "{session}");
    assert!(desk.read("graph/b.json").ends_with("\"gazette\"}]}]}"), "{}", desk.read("graph/b.json"));
    let session = desk.done(&[&tie[..], &["--into", "graph/a.json"]].concat());
    assert!(session.contains("at graph/a.json:18"), "{session}");
    // A file that is not there is made.
    desk.done(&["add", "actor", "oyun", "--kind", "person", "--into", "graph/c.json"]);
    assert_eq!(desk.dataset("graph").actors().count(), 5);
    assert_eq!(desk.chancery(&["check"]).lines().next(), Some("exit code: 0"));
}

#[test]
fn what_is_retracted_is_kept_and_restored_byte_for_byte() {
    let desk = Desk::new();
    let hash = desk.dataset("g.json").hash();
    let retract = ["retract", "visit-kim", "--why", "the almanac withdrew it", "--graph", "g.json"];
    insta::assert_snapshot!(desk.chancery(&retract), @r#"
    exit code: 0
    ----- stdout -----
    retracted tie `visit-kim` at g.json:11

      {"id": "visit-kim", "what": "tie", "why": "the almanac withdrew it", "record": {"id": "visit-kim", "source": "kim", "target": "mongolia", "relation": "visit", "when": "1999-05", "source_for": "south-korea", "cites": [{"ref": "almanac", "locator": "p. 7"}]}}
    ----- stderr -----
    graph: g.json
    "#);
    let without = desk.dataset("g.json");
    assert_eq!(without.ties().count(), 1);
    assert_ne!(without.hash(), hash);
    assert!(desk.done(&["check", "g.json"]).contains("Nothing is wrong"));
    // What is written whole keeps it.
    let (actors, ties): (Vec<_>, Vec<_>) = (without.actors().all().collect(), without.ties().all().collect());
    let part = Part { actors: &actors, ties: &ties, uncited: true, title: None, license: None };
    let mut written = Vec::new();
    native::write(&without, &part, EdgeKey::Edges, &mut written).expect("memory takes it");
    desk.write("again.json", std::str::from_utf8(&written).expect("JSON is text"));
    assert_eq!(desk.dataset("again.json").hash(), without.hash());
    desk.done(&["retract", "visit-kim", "--undo", "--graph", "again.json"]);
    assert_eq!(desk.dataset("again.json").hash(), hash);

    desk.done(&["retract", "mission-mn-kr", "--why", "x", "--graph", "g.json"]);
    desk.done(&["retract", "visit-kim", "--undo", "--graph", "g.json"]);
    desk.done(&["retract", "mission-mn-kr", "--undo", "--graph", "g.json"]);
    assert_eq!(desk.read("g.json"), GRAPH);
}

#[test]
fn adding_and_retracting_leave_the_same_dataset() {
    let desk = Desk::new();
    let hash = desk.dataset("g.json").hash();
    for id in ["aardvark", "nadir", "zeppelin"] {
        desk.done(&["add", "actor", id, "--name", "zh-Hant:外交部", "--graph", "g.json"]);
        desk.done(&["retract", id, "--why", "by mistake", "--graph", "g.json"]);
        assert_eq!(desk.dataset("g.json").hash(), hash);
    }
    desk.done(&["retract", "aardvark", "--undo", "--graph", "g.json"]);
    assert!(desk.dataset("g.json").actors().find("aardvark").is_some());
    insta::assert_snapshot!(desk.chancery(&["retract", "zepelin", "--undo", "--graph", "g.json"]), @r"
    exit code: 1
    ----- stderr -----
    graph: g.json
    error: no retraction of `zepelin`
      hint: did you mean `zeppelin`?
    ");
}

#[test]
fn what_others_name_is_not_retracted() {
    let desk = Desk::new();
    insta::assert_snapshot!(desk.chancery(&["retract", "mongolia", "--why", "x", "--graph", "g.json"]), @r"
    exit code: 1
    ----- stderr -----
    graph: g.json
    actor `mongolia` is named by
      tie `mission-mn-kr` at g.json:18
      tie `visit-kim` at g.json:19
    error: actor `mongolia` is still named; nothing was written
    ");
    assert!(
        desk.chancery(&["retract", "almanac", "--why", "x", "--graph", "g.json"]).contains("tie `visit-kim`")
    );
    assert!(
        desk.chancery(&["retract", "visit-kom", "--why", "x", "--graph", "g.json"]).contains("`visit-kim`?")
    );
    assert!(desk.chancery(&["retract", "visit-kim", "--graph", "g.json"]).starts_with("exit code: 2"));
    assert_eq!(desk.read("g.json"), GRAPH);
}

#[test]
fn a_tie_without_an_id_in_a_file_on_one_line_is_restored_too() {
    let desk = Desk::new();
    let text = r#"{"nodes": [{"id": "b"}, {"id": "a"}], "links": [{"source": "a", "target": "b"}, {"source": "b", "target": "a"}]}"#;
    desk.write("plain.json", text);
    let data = desk.dataset("plain.json");
    let id = data.ties().id(data.ties().all().next().expect("there are two")).to_owned();
    desk.done(&["retract", &id, "--why", "x", "--graph", "plain.json"]);
    assert_eq!(desk.dataset("plain.json").ties().count(), 1);
    desk.done(&["retract", &id, "--undo", "--graph", "plain.json"]);
    assert_eq!(desk.dataset("plain.json").hash(), data.hash());
    assert!(
        desk.read("plain.json")
            .contains(r#""links": [{"source": "a", "target": "b"}, {"source": "b", "target": "a"}]"#)
    );
    desk.write("bad.json", r#"{"graph": {"retracted": [{"id": "x"}, 3]}, "nodes": [], "edges": []}"#);
    let session = desk.chancery(&["check", "bad.json"]);
    assert!(session.contains("bad.json:1:26: error[invalid]: a retraction needs a `why`"), "{session}");
    assert!(session.contains("bad.json:1:39: error[invalid]:"), "{session}");
}

/// The graph with a second record of the state and a visit of its own.
fn twice() -> String {
    let actor = r#"    {"id": "rok", "kind": "country", "names": [{"text": "Republic of Korea", "lang": "en"}], "codes": {"cow": "732"}},
    {"id": "south-korea""#;
    let tie = r#"    {"id": "visit-rok", "source": "rok", "target": "vienna", "relation": "visit", "when": "2001", "cites": [{"ref": "gazette"}]}
  ]
}
"#;
    let text = GRAPH.replacen("    {\"id\": \"south-korea\"", actor, 1);
    text.replacen("}]}\n  ]\n}\n", &format!("}}]}},\n{tie}"), 1)
}

#[test]
fn two_actors_are_one_until_that_is_taken_back() {
    let desk = Desk::new();
    desk.write("g.json", &twice());
    let before = desk.dataset("g.json");
    assert!(desk.chancery(&["paths", "Mongolia", "vienna", "--graph", "g.json"]).starts_with("exit code: 1"));
    let same = ["same", "rok", "南韓", "--why", "one state, two records", "--graph", "g.json"];
    insta::assert_snapshot!(desk.chancery(&same), @r#"
    exit code: 0
    ----- stdout -----
    merged actor `rok` at g.json:11

      {"actor": "rok", "same_as": "south-korea", "why": "one state, two records"}
    ----- stderr -----
    graph: g.json
    "#);
    let after = desk.dataset("g.json");
    assert_ne!(after.hash(), before.hash());
    assert_eq!((after.actors().count(), after.ties().count()), (before.actors().count() - 1, 3));
    let state = after.actors().find("south-korea").expect("it is kept");
    assert_eq!(after.actors().find("rok"), Some(state));
    for name in ["Republic of Korea", "南韩", "cow:732", "KOR", "rok"] {
        let chancery::dataset::Lookup::One(found, _) = after.lookup(name) else { panic!("{name}") };
        assert_eq!(found, state, "{name}");
    }
    let paths = desk.done(&["paths", "Mongolia", "vienna", "--graph", "g.json"]);
    assert!(paths.contains("Mongolia — South Korea — vienna"), "{paths}");
    insta::assert_snapshot!(desk.chancery(&["show", "rok", "--graph", "g.json"]), @r"
    exit code: 0
    ----- stdout -----
    South Korea (actor south-korea)

      kind: country
      names:
          South Korea (en)
          南韓 (zh-Hant)
      codes: iso3:KOR
      also recorded as: rok
          because: one state, two records
          kind: country
          names: Republic of Korea (en)
          codes: cow:732
          merged: g.json:11
      ties: 2
          mission 1
          visit 1
      named in: 1 other ties
          visit-kim
      recorded: g.json:18
    ----- stderr -----
    graph: g.json
    ");
    let again = desk.chancery(&same);
    assert!(again.contains("both are `south-korea` already"), "{again}");
    let retract = desk.chancery(&["retract", "rok", "--why", "x", "--graph", "g.json"]);
    assert!(retract.contains("chancery same rok south-korea --undo"), "{retract}");
    // What is written whole keeps both records and the merge.
    desk.done(&["export", "-o", "whole.json", "--graph", "g.json"]);
    assert_eq!(desk.dataset("whole.json").hash(), after.hash());
    desk.done(&["same", "rok", "south-korea", "--undo", "--graph", "g.json"]);
    assert_eq!(desk.read("g.json"), twice());
    let undo = desk.chancery(&["same", "rok", "south-korea", "--undo", "--graph", "g.json"]);
    assert!(undo.contains("nothing says that `rok` and `south-korea` are one"), "{undo}");
}

#[test]
fn chains_circles_and_strangers_are_problems_at_their_place() {
    let desk = Desk::new();
    let merges = |same: &str| {
        let text = GRAPH.replacen("\"title\"", &format!("\"same\": [{same}],\n    \"title\""), 1);
        desk.write("same.json", &text);
        desk.chancery(&["check", "same.json", "--format", "csv"])
    };
    let one = |a: &str, b: &str| format!(r#"{{"actor": "{a}", "same_as": "{b}", "why": "w"}}"#);
    let chain = merges(&[one("kim", "mongolia"), one("mongolia", "vienna")].join(", "));
    assert!(chain.contains("`mongolia` is itself declared the same as `vienna`"), "{chain}");
    assert!(chain.contains("say that `kim` is the same as `vienna`"), "{chain}");
    assert!(chain.contains("same.json,5,42,error"), "{chain}");
    let circle = merges(&[one("kim", "mongolia"), one("mongolia", "kim")].join(", "));
    assert_eq!(circle.matches("circle").count(), 2, "{circle}");
    assert!(merges(&one("kim", "kim")).contains("the same as itself"));
    assert!(merges(&one("kim", "viena")).contains("did you mean `vienna`?"));
    let twice = merges(&[one("kim", "mongolia"), one("kim", "vienna")].join(", "));
    assert!(twice.contains("`kim` is declared the same as `mongolia` already"), "{twice}");
    assert!(merges(r#"{"actor": "kim", "why": 3}"#).contains("error"));
    let unsaid = merges(r#"{"actor": "kim", "same_as": "vienna"}"#);
    assert!(unsaid.contains("a merge without a `why`"), "{unsaid}");
}
