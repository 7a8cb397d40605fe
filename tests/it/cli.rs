//! Sessions at the command line: exit code, stdout and stderr together.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::support::{Desk, python};

/// Where the fixtures stand.
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

/// The program, in a folder, with no dataset of the user's.
fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(args).current_dir(folder).env_remove("CHANCERY_GRAPH").env_remove("COLUMNS");
    command
}

/// What a command does and says.
fn session(mut command: Command) -> String {
    let output = command.output().expect("the program was built for this test");
    let mut session = format!("exit code: {}", output.status.code().expect("no signal ended it"));
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let text = std::str::from_utf8(bytes).expect("the program writes UTF-8");
        if !text.is_empty() {
            session.push_str(&format!("\n----- {name} -----\n{}", text.trim_end()));
        }
    }
    session
}

/// A session in the folder of the fixtures.
fn chancery(args: &[&str]) -> String {
    session(program(Path::new(FIXTURES), args))
}

/// A question about the graph of the steppe.
fn steppe(args: &[&str]) -> String {
    chancery(&[args, &["--graph", "steppe"]].concat())
}

/// The stdout of a session in the folder of the fixtures that gives an answer.
fn answer(args: &[&str]) -> String {
    let output = program(Path::new(FIXTURES), args).output().expect("the program was built for this test");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the program writes UTF-8")
}

impl Desk {
    fn file(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("the desk can be written");
    }

    fn chancery(&self, args: &[&str]) -> String {
        session(program(&self.0, args))
    }
}

#[test]
fn help_lists_the_verbs_in_groups() {
    let help = answer(&["--help"]);
    let heads: Vec<&str> = help
        .lines()
        .filter(|line| ["Ask:", "Measure:", "Draw:", "Edit:", "Archive:", "Data:"].contains(line))
        .collect();
    assert_eq!(heads, ["Ask:", "Measure:", "Draw:", "Edit:", "Archive:", "Data:"]);
    for verb in [
        "ties",
        "timeline",
        "ego",
        "show",
        "find",
        "export",
        "add",
        "retract",
        "same",
        "info",
        "check",
        "completions",
    ] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(verb)), "{verb}: {help}");
        assert!(answer(&[verb, "--help"]).contains("Examples:"), "{verb}");
    }
}

#[test]
fn no_verb_and_no_such_verb_are_faults_of_the_command_line() {
    insta::assert_snapshot!(chancery(&["shwo", "x"]), @r"
    exit code: 2
    ----- stderr -----
    error: unrecognized subcommand 'shwo'

      tip: a similar subcommand exists: 'show'

    Usage: chancery <COMMAND>

    For more information, try '--help'.
    ");
    assert!(chancery(&[]).starts_with("exit code: 2"));
}

#[test]
fn a_kind_that_no_actor_has_is_said() {
    let desk = Desk::new();
    let said = "No actor of this dataset is of a kind that --kind asks for; 2 of 2 have none.";
    desk.file("t.csv", "source,target,relation,when\nx,y,visit,1999\n");
    let drawn = desk.chancery(&["export", "--kind", "country", "-o", "x.svg", "--graph", "t.csv"]);
    assert!(drawn.contains(said), "{drawn}");
    let ranked = desk.chancery(&["rank", "--kind", "country", "--graph", "t.csv"]);
    assert!(ranked.contains(said), "{ranked}");
    let all = desk.chancery(&["rank", "--graph", "t.csv"]);
    assert!(!all.contains("No actor of this dataset"), "{all}");
}

#[test]
fn an_unknown_name_is_offered_the_nearest() {
    insta::assert_snapshot!(steppe(&["ego", "Mongolai"]), @r"
    exit code: 1
    ----- stderr -----
    graph: steppe
    error: no actor `Mongolai`
      did you mean
        Mongolia  (mongolia)
    ");
    insta::assert_snapshot!(steppe(&["timeline", "Mongolai", "MNG"]), @r"
    exit code: 1
    ----- stderr -----
    graph: steppe
    error: no actor `Mongolai`
      did you mean
        Mongolia  (mongolia)
    ");
    insta::assert_snapshot!(steppe(&["find", "Atlantis"]), @r"
    exit code: 1
    ----- stderr -----
    graph: steppe
    error: no actor `Atlantis`
      hint: `chancery find TEXT` searches all names
    ");
}

#[test]
fn a_name_of_several_actors_lists_them() {
    insta::assert_snapshot!(steppe(&["ego", "korea"]), @r"
    exit code: 1
    ----- stderr -----
    graph: steppe
    error: `korea` names several actors; say which by its id
        north-korea  (North Korea)
        south-korea  (South Korea)
    ");
}

#[test]
fn unquoted_words_are_joined_when_that_finds_actors() {
    insta::assert_snapshot!(steppe(&["timeline", "South", "Korea", "Mongolia"]), @r#"
    exit code: 0
    ----- stdout -----
    South Korea and Mongolia: 3 ties in order of time

      1990
          Mongolia — South Korea: diplomatic relations, 1990-03-26/.. [1]
      1999
          Kim Dae-jung → Mongolia: visit, 1999-05 [2] (for South Korea)
      2002
          Sodnom → South Korea: visit, 2002-05 [1] (for Mongolia, by office)

    Sources
    ───────
    [1] Bat, Tuya, An Almanac of Embassies, 2006
    [2] “The Gazette”, 2003

    Left out: status absent (1 tie; `chancery ties --status absent` lists such).
    ----- stderr -----
    graph: steppe
    read as "South Korea" "Mongolia"; quote names that have blanks
    "#);
    let quoted = answer(&["timeline", "South Korea", "Mongolia", "--graph", "steppe"]);
    assert_eq!(answer(&["timeline", "South", "Korea", "Mongolia", "--graph", "steppe"]), quoted);
    assert_eq!(answer(&["timeline", "南韓", "蒙古国", "--graph", "steppe"]), quoted);
    assert_eq!(answer(&["timeline", "KOR", "cow:712", "--graph", "steppe"]), quoted);
    let ego = answer(&["ego", "North Korea", "--graph", "steppe"]);
    assert_eq!(answer(&["ego", "North", "Korea", "--graph", "steppe"]), ego);
}

#[test]
fn find_says_how_it_found() {
    insta::assert_snapshot!(steppe(&["find", "朝鲜"]), @r"
    exit code: 0
    ----- stdout -----
    1 actor is or holds “朝鲜”

      North Korea (north-korea, country; found by a name, written otherwise)
          North Korea · 朝鮮 · Korea
          iso3:PRK
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["find", "korea"]), @r"
    exit code: 0
    ----- stdout -----
    2 actors are or hold “korea”

      North Korea (north-korea, country; found by a name, written otherwise)
          North Korea · 朝鮮 · Korea
          iso3:PRK
      South Korea (south-korea, country; found by a name, written otherwise)
          South Korea · 南韓 · Korea
          iso3:KOR
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["find", "MON", "--format", "csv"]), @r"
    exit code: 0
    ----- stdout -----
    id,kind,found by,names,codes
    mongolia,country,code,Mongolia | 蒙古國 | Mongolian People's Republic,cow:712 cow:MON iso3:MNG
    ----- stderr -----
    graph: steppe
    ");
}

#[test]
fn ego_counts_ties_years_and_relations() {
    insta::assert_snapshot!(steppe(&["ego", "Mongolia", "--limit", "2"]), @r"
    exit code: 0
    ----- stdout -----
    6 actors are tied to Mongolia

    name         kind     happenings  ties  years  polarity  relations                           sources
    ───────────  ───────  ──────────  ────  ─────  ────────  ──────────────────────────────────  ───────
    North Korea  country           2     2  1948–  +2        diplomatic-relations, economic-aid  [1][2]
    China        country           1     1  2005   +1        trade                               [1]

    4 more are left away; --limit 0 shows all.

    Sources
    ───────
    [1] Bat, Tuya, An Almanac of Embassies, 2006
    [2] “The Gazette”, 2003

    Left out: channel stance (2 ties; --channel all brings in such), status absent (1 tie; `chancery
    ties --status absent` lists such).
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["ego", "sodnom", "--during", "1950"]), @r"
    exit code: 0
    ----- stdout -----
    Nobody is tied to Sodnom through this lens

    Lens: during 1950-01-01/1950-12-31.
    ----- stderr -----
    graph: steppe
    ");
}

#[test]
fn a_timeline_of_one_actor_ends_with_what_has_no_date() {
    insta::assert_snapshot!(steppe(&["timeline", "mongolia", "--status", "all"]), @r"
    exit code: 0
    ----- stdout -----
    Mongolia: 11 ties in order of time

    Lens: statuses asserted, alleged, disputed, hypothetical, refuted, absent.

      1936
          Soviet Union — Mongolia: alliance, 1936-03-12/1991-12-25 [1]
      1948
          Mongolia — South Korea: diplomatic relations, 1948/1990-03-25, absent [1]
          Mongolia — North Korea: diplomatic relations, 1948-10-15/.. [1]
      1951
          Mongolia → North Korea: economic aid, 1951 | 1952~, disputed [1][2]
      1990
          Mongolia — South Korea: diplomatic relations, 1990-03-26/.. [1]
      1999
          Kim Dae-jung → Mongolia: visit, 1999-05 [2]
      2001
          China → Mongolia: protest, 2001-11 [1]
      2002
          Sodnom → South Korea: visit, 2002-05 [1] (for Mongolia, by office)
      2005
          China — Mongolia: trade, 2005 [1]

    Without a year
    ──────────────

      Ministry of Foreign Affairs → Mongolia: organ of, ../.. [1]
      Mongolia → North Korea: denial [1]

    Sources
    ───────
    [1] Bat, Tuya, An Almanac of Embassies, 2006
    [2] “The Gazette”, 2003
    ----- stderr -----
    graph: steppe
    ");
}

#[test]
fn one_actor_twice_is_no_question() {
    insta::assert_snapshot!(steppe(&["timeline", "MNG", "蒙古國"]), @r"
    exit code: 1
    ----- stderr -----
    graph: steppe
    error: both names mean Mongolia; `chancery timeline` of one actor takes one name
    ");
}

#[test]
fn whoever_is_asked_about_cannot_be_avoided() {
    for verb in ["connect", "paths"] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(steppe(&[verb, "Mongolia", "North Korea", "--avoid", "MNG"]), @r"
            exit code: 2
            ----- stderr -----
            graph: steppe
            error: Mongolia is asked about, and avoided as well
              hint: leave it out of --avoid
            ");
        }
    }
}

#[test]
fn show_leaves_nothing_out() {
    insta::assert_snapshot!(steppe(&["show", "horses"]), @r"
    exit code: 0
    ----- stdout -----
    Mongolia → North Korea: economic aid (tie horses)

      source: Mongolia (mongolia)
      relation: economic-aid (interaction, +)
      target: North Korea (north-korea)
      quantity: about 10000 horse
      claim: 1951, asserted
          between 1951-01-01 and 1951-12-31
          [1] almanac, p. 7
      claim: 1952~, disputed
          note: The Gazette names no day.
          between 1951-01-01 and 1953-12-31
          [2] gazette, cited in almanac
      all claims together: certainly in force at some time
      said of it:
          denial-of-horses
      recorded: steppe/ties.json:16

    Sources
    ───────
    [1] Bat, Tuya, An Almanac of Embassies, 2006
    [2] “The Gazette”, 2003
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["show", "visit-kim-1999"]), @r"
    exit code: 0
    ----- stdout -----
    Kim Dae-jung → Mongolia: visit (tie visit-kim-1999)

      source: Kim Dae-jung (kim-dae-jung)
      relation: visit (interaction, +)
      target: Mongolia (mongolia)
      source acts for: South Korea (south-korea)
      place: Ulaanbaatar (ulaanbaatar)
      date: 1999-05, asserted
          between 1999-05-01 and 1999-05-31
          [1] gazette, p. 1
          “金大中訪問蒙古”
          in English: “Kim Dae-jung visits Mongolia”
      recorded: steppe/ties.json:12

    Sources
    ───────
    [1] “The Gazette”, 2003
    ----- stderr -----
    graph: steppe
    ");
}

#[test]
fn show_takes_names_references_and_relations() {
    insta::assert_snapshot!(steppe(&["show", "蒙古国"]), @r"
    exit code: 0
    ----- stdout -----
    Mongolia (actor mongolia)

      kind: country
      names:
          Mongolia (en)
          蒙古國 (zh-Hant)
          Mongolian People's Republic (en, former, 1924/1992)
      codes: cow:712 cow:MON iso3:MNG
      ties: 10
          alliance 1
          denial 1
          diplomatic-relations 3
          economic-aid 1
          organ-of 1
          protest 1
          trade 1
          visit 1
      recorded: steppe/actors.json:16
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["show", "gazette"]), @r#"
    exit code: 0
    ----- stdout -----
    “The Gazette”, 2003 (reference gazette)

      item:
          issued: {"date-parts":[[2003,5,2]]}
          title: The Gazette
          type: article-newspaper
      can vouch for what it says up to: 2003-05-02
      cited by: 2 ties
          horses
          visit-kim-1999
      recorded: steppe/actors.json:9
    ----- stderr -----
    graph: steppe
    "#);
    insta::assert_snapshot!(steppe(&["show", "embargo"]), @r"
    exit code: 0
    ----- stdout -----
    embargo (relation embargo)

      labels:
          en: embargo
          ko: 금수 조치
          zh-Hans: 禁运
          zh-Hant: 禁運
      channel: stance
      duration: lasting
      direction: from source to target
      polarity: -
      CAMEO: 163
      PLOVER: COERCE, restrict
      quad class: 4
      Goldstein weight: -8
      usual sources: country, territory, institution, person, group, bloc
      usual targets: country, territory, institution, person, group, place, bloc, object
      sentences:
          en: {source} kept an embargo on {target}
          ko: {source}, {target}에 금수 조치 시행
          zh-Hans: {source}对{target}实施禁运
          zh-Hant: {source}對{target}實施禁運
      ties: 0
    ----- stderr -----
    graph: steppe
    ");
}

#[test]
fn show_offers_ids_that_are_near() {
    insta::assert_snapshot!(steppe(&["show", "visit-kim-1998"]), @r"
    exit code: 1
    ----- stderr -----
    graph: steppe
    error: no actor, tie, reference or relation `visit-kim-1998`
      hint: did you mean `visit-kim-1999`?
    ");
    insta::assert_snapshot!(steppe(&["show", "gazete", "--as", "reference"]), @r"
    exit code: 1
    ----- stderr -----
    graph: steppe
    error: no reference `gazete`
      hint: did you mean `gazette`?
    ");
}

#[test]
fn a_bad_relation_channel_or_period_is_a_fault_of_the_command_line() {
    insta::assert_snapshot!(steppe(&["ties", "--relation", "vist"]), @r"
    exit code: 2
    ----- stderr -----
    graph: steppe
    error: no relation `vist`
      hint: did you mean `visit`?
    ");
    insta::assert_snapshot!(steppe(&["ties", "--channel", "gossip"]), @r"
    exit code: 2
    ----- stderr -----
    graph: steppe
    error: no channel `gossip`: it is one of interaction, agency, affiliation, stance, or all
    ");
    insta::assert_snapshot!(steppe(&["ties", "--before", "1990", "--after", "2000"]), @r"
    exit code: 2
    ----- stderr -----
    graph: steppe
    error: --before, --after and --during leave no day together
    ");
}

#[test]
#[expect(clippy::too_many_lines, reason = "sessions are as long as what is printed")]
fn every_problem_has_its_place_and_a_hint() {
    insta::assert_snapshot!(chancery(&["check", "broken/dangling.json"]), @r#"
    exit code: 1
    ----- stdout -----
    4 errors, 3 warnings

    Read 1 file with 2 actors, 1 tie, 0 references.

    broken/dangling.json:7:58: error[dangling-actor]: no actor `south-corea`
      |
    7 | …ource": "mongolia", "target": "south-corea", "relation": "visit", "when": "1999"},
      |                                ^^^^^^^^^^^^^
      hint: did you mean `south-korea`?

    broken/dangling.json:8:85: error[unknown-relation]: no relation `vist`
      |
    8 | …": "south-korea", "relation": "vist", "when": "2001-02-30"},
      |                                ^^^^^^
      hint: did you mean `visit`?

    broken/dangling.json:8:101: error[bad-date]: `when`: `2001-02-30` is not an EDTF date: day is out of range for the month (column 9)
      |
    8 | …, "relation": "vist", "when": "2001-02-30"},
      |                                ^^^^^^^^^^^^

    broken/dangling.json:9:12: error[duplicate-id]: tie `visit-2001` is defined twice
      |
    9 | {"id": "visit-2001", "source": "south-korea", "target": "mongolia", "relation": "vis…
      |        ^^^^^^^^^^^^
      hint: the first stands at broken/dangling.json:8

    broken/dangling.json:7:5: warning[no-citation]: the tie cites nothing
      |
    7 | {"id": "visit-1999", "source": "mongolia", "target": "south-corea", "relation": "vis…
      | ^
      hint: add `cites`, or give the file default ones under `graph.cites`

    broken/dangling.json:9:5: warning[no-citation]: the tie cites nothing
      |
    9 | {"id": "visit-2001", "source": "south-korea", "target": "mongolia", "relation": "vis…
      | ^
      hint: add `cites`, or give the file default ones under `graph.cites`

    broken/dangling.json:9:102: warning[unknown-key]: a tie has no key `whem`
      |
    9 | … "relation": "visit", "whem": "2001"}
      |                                ^^^^^^
      hint: did you mean `when`? what has no key of its own belongs under `attributes`
    ----- stderr -----
    graph: broken/dangling.json
    "#);
    insta::assert_snapshot!(chancery(&["check", "broken/doubles.json"]), @r#"
    exit code: 1
    ----- stdout -----
    7 errors, 6 warnings

    Read 1 file with 2 actors, 1 tie, 1 reference.

    broken/doubles.json:2:48: error[duplicate-id]: reference `a` is defined twice
      |
    2 | …rences": [{"id": "a"}, {"id": "a"}], "cites": [{"ref": "b"}]},
      |                                ^^^
      hint: the first stands at broken/doubles.json:2

    broken/doubles.json:2:73: error[dangling-reference]: no reference `b`
      |
    2 | …id": "a"}], "cites": [{"ref": "b"}]},
      |                                ^^^
      hint: add an item with the id `b` to `graph.references`

    broken/doubles.json:4:32: error[unknown-kind]: no kind `cuntry`
      |
    4 | …   {"id": "mongolia", "kind": "cuntry"},
      |                                ^^^^^^^^
      hint: did you mean `country`?

    broken/doubles.json:5:12: error[duplicate-id]: actor `mongolia` is defined twice
      |
    5 | {"id": "mongolia", "nmaes": [{"text": "Mongolia"}]},
      |        ^^^^^^^^^^
      hint: the first stands at broken/doubles.json:4

    broken/doubles.json:9:91: error[dangling-reference]: no reference `c`
      |
    9 | …s": [{"ref": "a", "cited_in": "c", "locater": "p. 1"}]},
      |                                ^^^
      hint: add an item with the id `c` to `graph.references`

    broken/doubles.json:10:12: error[duplicate-id]: tie `t` is defined twice
       |
    10 | {"id": "t", "source": "蒙古國", "target": "mongolia", "relation": "trade", "role": {…
       |        ^^^
      hint: the first stands at broken/doubles.json:9

    broken/doubles.json:10:85: error[incomplete-role]: a role needs a `code` or a `label`
       |
    10 | … "relation": "trade", "role": {"titel": "x"}, "claims": [{"wen": "1999"}]}
       |                                ^

    broken/doubles.json:5:33: warning[unknown-key]: an actor has no key `nmaes`
      |
    5 | …  {"id": "mongolia", "nmaes": [{"text": "Mongolia"}]},
      |                                ^
      hint: did you mean `names`? what has no key of its own belongs under `attributes`

    broken/doubles.json:6:53: warning[unknown-key]: a name has no key `lnag`; it is not read
      |
    6 | …: [{"text": "蒙古國", "lnag": "zh-Hant"}]}
      |                                ^^^^^^^^^
      hint: did you mean `lang`?

    broken/doubles.json:9:5: warning[missing-relation]: the tie has no `relation`
      |
    9 | {"id": "t", "source": "蒙古國", "target": "mongolia", "cites": [{"ref": "a", "cited_…
      | ^
      hint: without one it is read as `related`, which says no more than that

    broken/doubles.json:9:107: warning[unknown-key]: a citation has no key `locater`; it is not read
      |
    9 | …, "cited_in": "c", "locater": "p. 1"}]},
      |                                ^^^^^^
      hint: did you mean `locator`?

    broken/doubles.json:10:95: warning[unknown-key]: a role has no key `titel`; it is not read
       |
    10 | …": "trade", "role": {"titel": "x"}, "claims": [{"wen": "1999"}]}
       |                                ^^^
      hint: it has code, label

    broken/doubles.json:10:120: warning[unknown-key]: a claim has no key `wen`; it is not read
       |
    10 | …el": "x"}, "claims": [{"wen": "1999"}]}
       |                                ^^^^^^
      hint: did you mean `when`?
    ----- stderr -----
    graph: broken/doubles.json
    "#);
    insta::assert_snapshot!(chancery(&["check", "broken/outside.json"]), @r#"
    exit code: 0
    ----- stdout -----
    0 errors, 2 warnings

    Read 1 file with 2 actors, 3 ties, 1 reference.

    broken/outside.json:8:34: warning[outside-existence]: the tie lies outside the existence of its source `soviet-union`, which ended by 1991-12-25
      |
    8 | … {"id": "alliance", "source": "soviet-union", "target": "mongolia", "relation": "all…
      |                                ^^^^^^^^^^^^^^
      hint: mend the date, or name the actor that stood there before or after

    broken/outside.json:9:53: warning[outside-existence]: the tie lies outside the existence of its target `soviet-union`, which began in 1922-12-30 or after
      |
    9 | …ource": "mongolia", "target": "soviet-union", "relation": "trade", "when": "../1920"…
      |                                ^^^^^^^^^^^^^^
      hint: mend the date, or name the actor that stood there before or after
    ----- stderr -----
    graph: broken/outside.json
    "#);
    insta::assert_snapshot!(chancery(&["check", "broken/outside.json", "--warnings-as-errors", "--format", "csv"]), @r#"
    exit code: 1
    ----- stdout -----
    file,line,column,severity,code,message,hint
    broken/outside.json,8,34,warning,outside-existence,"the tie lies outside the existence of its source `soviet-union`, which ended by 1991-12-25","mend the date, or name the actor that stood there before or after"
    broken/outside.json,9,53,warning,outside-existence,"the tie lies outside the existence of its target `soviet-union`, which began in 1922-12-30 or after","mend the date, or name the actor that stood there before or after"
    ----- stderr -----
    graph: broken/outside.json
    "#);
}

#[test]
fn a_date_in_prose_is_refused_at_its_place() {
    let session = chancery(&["check", "broken/date.json"]);
    assert!(
        session.contains("broken/date.json:4:75: error[bad-date]: `when`: `July 2001` is not an EDTF date"),
        "{session}"
    );
}

#[test]
fn a_bad_period_is_refused_in_words() {
    let session = steppe(&["ties", "--during", "1999-13"]);
    assert!(session.starts_with("exit code: 2"), "{session}");
    assert!(session.contains("`1999-13` is not an EDTF date"), "{session}");
}

#[test]
fn a_file_that_is_no_graph_is_told_apart() {
    insta::assert_snapshot!(chancery(&["check", "broken/comma.json"]), @r"
    exit code: 1
    ----- stdout -----
    1 error, 0 warnings

    Read 1 file with 0 actors, 0 ties, 0 references.

    broken/comma.json:4:3: error[syntax]: not JSON: a value is expected
      |
    4 | ],
      | ^
      hint: take away the comma after the last value
    ----- stderr -----
    graph: broken/comma.json
    ");
    insta::assert_snapshot!(chancery(&["check", "broken/quotes.json"]), @r"
    exit code: 1
    ----- stdout -----
    1 error, 0 warnings

    Read 1 file with 0 actors, 0 ties, 0 references.

    broken/quotes.json:1:2: error[syntax]: not JSON: a key must be a string in double quotes
      |
    1 | {'nodes': [], 'edges': []}
      |  ^^^^^^^
      hint: JSON strings stand in double quotes
    ----- stderr -----
    graph: broken/quotes.json
    ");
    insta::assert_snapshot!(chancery(&["check", "broken/torn.json"]), @r#"
    exit code: 1
    ----- stdout -----
    1 error, 0 warnings

    Read 1 file with 0 actors, 0 ties, 0 references.

    broken/torn.json:1:43: error[syntax]: not JSON: the text ends inside a list
      |
    1 | …"id": "mongolia"}], "edges": [
      |                                ^
      hint: the file ends too early; is it whole?
    ----- stderr -----
    graph: broken/torn.json
    "#);
    insta::assert_snapshot!(chancery(&["check", "broken/empty.json"]), @r"
    exit code: 1
    ----- stdout -----
    1 error, 0 warnings

    Read 1 file with 0 actors, 0 ties, 0 references.

    broken/empty.json:1:1: error[syntax]: not JSON: the text ends where a value is expected
      hint: the file is empty; a graph is an object with `nodes` and `edges`
    ----- stderr -----
    graph: broken/empty.json
    ");
    insta::assert_snapshot!(chancery(&["check", "broken/list.json"]), @r#"
    exit code: 1
    ----- stdout -----
    1 error, 0 warnings

    Read 1 file with 0 actors, 0 ties, 0 references.

    broken/list.json:1:1: error[wrong-type]: expected an object `{…}`, found a list
      |
    1 | [1, 2]
      | ^
      hint: a graph is an object {"nodes": […], "edges": […]}
    ----- stderr -----
    graph: broken/list.json
    "#);
    insta::assert_snapshot!(chancery(&["check", "broken/latin1.json"]), @r#"
    exit code: 1
    ----- stdout -----
    1 error, 0 warnings

    Read 1 file with 0 actors, 0 ties, 0 references.

    broken/latin1.json:1:23: error[not-utf-8]: not UTF-8 text
      |
    1 | {"nodes": [{"id": "caf
      |                       ^
      hint: JSON is UTF-8; save it in that encoding
    ----- stderr -----
    graph: broken/latin1.json
    "#);
    insta::assert_snapshot!(chancery(&["check", "nowhere.json"]), @r"
    exit code: 1
    ----- stderr -----
    graph: nowhere.json
    error: cannot read nowhere.json
      caused by: No such file or directory (os error 2)
    ");
}

#[test]
fn a_byte_order_mark_and_carriage_returns_move_no_line() {
    insta::assert_snapshot!(chancery(&["check", "broken/bom-crlf.json"]), @r#"
    exit code: 1
    ----- stdout -----
    1 error, 2 warnings

    Read 1 file with 2 actors, 0 ties, 0 references.

    broken/bom-crlf.json:3:12: error[dangling-actor]: no actor `c`
      |
    3 | "target": "c"}]}
      |           ^^^
      hint: add a node with the id `c`

    broken/bom-crlf.json:2:12: warning[missing-relation]: the tie has no `relation`
      |
    2 | "edges": [{"source": "a",
      |           ^
      hint: without one it is read as `related`, which says no more than that

    broken/bom-crlf.json:2:12: warning[no-citation]: the tie cites nothing
      |
    2 | "edges": [{"source": "a",
      |           ^
      hint: add `cites`, or give the file default ones under `graph.cites`
    ----- stderr -----
    graph: broken/bom-crlf.json
    "#);
}

#[test]
fn errors_block_other_verbs() {
    insta::assert_snapshot!(chancery(&["ties", "--graph", "broken/dangling.json"]), @r#"
    exit code: 1
    ----- stderr -----
    graph: broken/dangling.json
    broken/dangling.json:7:58: error[dangling-actor]: no actor `south-corea`
      |
    7 | …ource": "mongolia", "target": "south-corea", "relation": "visit", "when": "1999"},
      |                                ^^^^^^^^^^^^^
      hint: did you mean `south-korea`?

    broken/dangling.json:8:85: error[unknown-relation]: no relation `vist`
      |
    8 | …": "south-korea", "relation": "vist", "when": "2001-02-30"},
      |                                ^^^^^^
      hint: did you mean `visit`?

    broken/dangling.json:8:101: error[bad-date]: `when`: `2001-02-30` is not an EDTF date: day is out of range for the month (column 9)
      |
    8 | …, "relation": "vist", "when": "2001-02-30"},
      |                                ^^^^^^^^^^^^

    broken/dangling.json:9:12: error[duplicate-id]: tie `visit-2001` is defined twice
      |
    9 | {"id": "visit-2001", "source": "south-korea", "target": "mongolia", "relation": "vis…
      |        ^^^^^^^^^^^^
      hint: the first stands at broken/dangling.json:8

    error: 4 errors in the data; nothing was answered
      hint: `chancery check` lists all of them
    "#);
}

#[test]
fn a_list_of_names_becomes_a_mapping_to_edit() {
    let desk = Desk::new();
    desk.file("names.txt", "ROK\nMongolia\nNobodia\n蒙古\nmenggu\n");
    let graph = format!("{FIXTURES}/steppe");
    let out = session(program(&desk.0, &["resolve", "names.txt", "--graph", &graph, "--format", "csv"]));
    let rows: Vec<&str> = out.lines().filter(|line| line.contains(',')).collect();
    assert_eq!(
        rows,
        [
            "name,count,resolution,actor,found by,candidates",
            "ROK,1,known,south-korea,gazetteer,",
            "Mongolia,1,known,mongolia,name,",
            "Nobodia,1,unknown,,,",
            "蒙古,1,known,mongolia,gazetteer,",
            "menggu,1,known,mongolia,reading,",
        ]
    );
}

#[test]
fn a_name_found_by_its_reading_is_said() {
    let told = steppe(&["timeline", "menggu"]);
    assert!(told.contains("`menggu` is read as Mongolia"), "{told}");
}

#[test]
fn offices_are_told_with_their_doubt() {
    let out = chancery(&["offices", "Cuba", "--as-of", "1986", "--graph", "../../graph", "--format", "csv"]);
    insta::assert_snapshot!(out, @r"
    exit code: 0
    ----- stdout -----
    of,holder,office,when,certainty,status,sources,tie
    Cuba,Raúl Castro,office (Minister of the Revolutionary Armed Forces),1959-02-16/2008-02-24,certainly,asserted,[1],office-raul-castro-minister
    Cuba,Che Guevara,office (minister of the Cuban government),attested 1960,possibly,asserted,[2][3],office-che-guevara-minister-1960
    Cuba,Fidel Castro,office (President of the Council of State),1976-12-02/2008-02-24,certainly,asserted,[4],office-fidel-castro-president
    ----- stderr -----
    graph: ../../graph
    ");
}

#[test]
fn a_plain_networkx_file_loads_and_cites_itself() {
    insta::assert_snapshot!(chancery(&["check", "broken/networkx.json"]), @r"
    exit code: 0
    ----- stdout -----
    Nothing is wrong

    Read 1 file with 2 actors, 1 tie, 1 reference.
    ----- stderr -----
    graph: broken/networkx.json
      read as node-link JSON of another program
      undirected: ties keep the order of their ends, which says nothing
    ");
    insta::assert_snapshot!(chancery(&["ties", "--graph", "broken/networkx.json"]), @r"
    exit code: 0
    ----- stdout -----
    1 tie

    when  source  relation  target  doubt  sources
    ────  ──────  ────────  ──────  ─────  ───────
          0       related   1              [1]

    Sources
    ───────
    [1] networkx.json
    ----- stderr -----
    graph: broken/networkx.json
      read as node-link JSON of another program
      undirected: ties keep the order of their ends, which says nothing
    ");
}

#[test]
fn an_empty_folder_holds_no_graph() {
    let desk = Desk::new();
    fs::create_dir(desk.0.join("empty")).unwrap();
    insta::assert_snapshot!(desk.chancery(&["info", "--graph", "empty"]), @r"
    exit code: 1
    ----- stderr -----
    graph: empty
    error: no graph or table in the folder empty
    ");
}

/// The line on stderr that says which graph is asked.
fn graph_line(stderr: &str) -> Option<String> {
    stderr.lines().find(|line| line.starts_with("graph: ")).map(str::to_owned)
}

#[test]
fn the_dataset_is_named_by_option_then_variable_then_folder() {
    let desk = Desk::new();
    let here =
        |command: &mut Command| graph_line(&String::from_utf8_lossy(&command.output().unwrap().stderr));
    assert_eq!(
        here(&mut program(&desk.0, &["find", "Cuba"])).as_deref(),
        Some("graph: the one in the program (--graph PATH asks another)")
    );
    fs::create_dir(desk.0.join("graph")).unwrap();
    desk.file("graph/one.json", r#"{"nodes": [{"id": "cuba"}], "edges": []}"#);
    desk.file("two.json", r#"{"nodes": [{"id": "cuba"}], "edges": []}"#);
    assert_eq!(here(&mut program(&desk.0, &["find", "cuba"])).as_deref(), Some("graph: graph"));
    let mut command = program(&desk.0, &["find", "cuba"]);
    assert_eq!(here(command.env("CHANCERY_GRAPH", "two.json")).as_deref(), Some("graph: two.json"));
    let mut command = program(&desk.0, &["find", "cuba", "--graph", "graph"]);
    assert_eq!(here(command.env("CHANCERY_GRAPH", "two.json")).as_deref(), Some("graph: graph"));
}

#[test]
fn a_folder_named_graph_with_a_broken_file_is_not_passed_over() {
    let desk = Desk::new();
    fs::create_dir(desk.0.join("graph")).unwrap();
    desk.file("graph/mine.json", "{\"nodes\": [{\"id\": \"cuba\"},], \"edges\": []}");
    insta::assert_snapshot!(desk.chancery(&["find", "cuba"]), @r#"
    exit code: 1
    ----- stderr -----
    graph: graph
    graph/mine.json:1:27: error[syntax]: not JSON: a value is expected
      |
    1 | {"nodes": [{"id": "cuba"},], "edges": []}
      |                           ^
      hint: take away the comma after the last value

    error: 1 error in the data; nothing was answered
      hint: `chancery check` lists all of them
    "#);
}

#[test]
fn files_in_another_order_and_a_second_run_give_the_same_bytes() {
    let questions: [&[&str]; 8] = [
        &["info"],
        &["ties", "--status", "all", "--format", "json"],
        &["timeline", "mongolia", "--format", "json"],
        &["ego", "mongolia", "--format", "svg"],
        &["find", "a", "--format", "json"],
        &["export"],
        &["export", "--format", "dot"],
        &["check", "--format", "json"],
    ];
    for question in questions {
        let ask =
            |files: [&str; 2]| answer(&[question, &["--graph", files[0], "--graph", files[1]]].concat());
        let one = ask(["steppe/actors.json", "steppe/ties.json"]);
        assert_eq!(one, ask(["steppe/ties.json", "steppe/actors.json"]), "{question:?}");
        assert_eq!(one, ask(["steppe/actors.json", "steppe/ties.json"]), "{question:?}");
    }
}

#[test]
fn a_reader_that_closes_the_pipe_has_what_it_wants() {
    // The shipped graph as JSON is longer than any pipe holds.
    let mut command = program(&Desk::new().0, &["ties", "--format", "json"]);
    command.current_dir(FIXTURES).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("error"));
}

#[test]
fn a_file_of_another_hand_is_not_overwritten_without_force() {
    let desk = Desk::new();
    let graph = format!("{FIXTURES}/steppe");
    let export = |name: &str, more: &[&str]| {
        let session = desk.chancery(&[&["export", "--graph", &graph, "-o", name], more].concat());
        session.replace(FIXTURES, "")
    };
    desk.file("mine.json", "{\n  \"nodes\": [], \"chancery\": \"a building\"}\n");
    insta::assert_snapshot!(export("mine.json", &[]), @r"
    exit code: 2
    ----- stderr -----
    graph: /steppe
    error: mine.json exists, and Chancery did not write it
      hint: --force overwrites it
    ");
    assert!(fs::read_to_string(desk.0.join("mine.json")).unwrap().contains("a building"));
    insta::assert_snapshot!(export("mine.json", &["--force"]), @r"
    exit code: 0
    ----- stderr -----
    graph: /steppe
    wrote mine.json
    ");
    // The same again is no news; another graph may take the place of hand-made changes.
    insta::assert_snapshot!(export("mine.json", &[]), @r"
    exit code: 0
    ----- stderr -----
    graph: /steppe
    wrote mine.json
    ");
    insta::assert_snapshot!(export("mine.json", &["--during", "1999"]), @r"
    exit code: 2
    ----- stderr -----
    graph: /steppe
    7 of 13 ties, 6 of 9 actors
    1 tie comes along because another is about it
    error: mine.json holds another graph, which may have been edited
      hint: --force overwrites it
    ");
    // A picture that Chancery drew, Chancery may draw again; the graph that is asked keeps its place.
    for during in ["1990/2000", "1999"] {
        assert!(export("mine.svg", &["--during", during]).starts_with("exit code: 0"), "{during}");
    }
    insta::assert_snapshot!(desk.chancery(&["ties", "--graph", "mine.json", "-o", "mine.json", "--force"]), @r"
    exit code: 2
    ----- stderr -----
    graph: mine.json
    error: mine.json is the graph that is asked; an answer would take its place
    ");
    insta::assert_snapshot!(export("mine.docx", &[]), @r"
    exit code: 2
    ----- stderr -----
    error: a graph is not written as `.docx`: it is .json .graphml .gexf .jgf .cyjs .csv .arrow .parquet .net .dot .svg .png .pdf or .mmd
    ");
    let left: Vec<_> = fs::read_dir(&desk.0).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn an_ending_that_is_no_format_is_refused_before_anything_is_read() {
    insta::assert_snapshot!(chancery(&["ties", "--graph", "nowhere.json", "-o", "x.docx"]), @r"
    exit code: 2
    ----- stderr -----
    error: no format is known by the ending `.docx`: it is one of .txt .json .csv .arrow .parquet .md .html .dot .svg .png .pdf .mmd
    ");
}

/// The dataset hash that the program gives for a file.
fn hash_of(path: &str) -> String {
    let answer: serde_json::Value =
        serde_json::from_str(&answer(&["info", "--format", "json", "--graph", path]))
            .expect("an answer is JSON");
    answer["header"]["dataset"].as_str().expect("a header names its dataset").to_owned()
}

#[test]
fn what_is_exported_loads_back_as_the_same_dataset() {
    let desk = Desk::new();
    for (more, name) in [(&[][..], "edges.json"), (&["--links"][..], "links.json")] {
        desk.file(name, &answer(&[&["export", "--graph", "steppe"], more].concat()));
        let path = desk.0.join(name).display().to_string();
        assert_eq!(hash_of(&path), hash_of("steppe"), "{name}");
        let again = answer(&[&["export", "--graph", &path], more].concat());
        assert_eq!(again, fs::read_to_string(&path).unwrap(), "{name}");
    }
}

#[test]
fn a_part_of_a_graph_brings_along_what_its_records_name() {
    let desk = Desk::new();
    let part = answer(&["export", "--graph", "steppe", "--relation", "denial,visit"]);
    desk.file("part.json", &part);
    insta::assert_snapshot!(desk.chancery(&["ties", "--graph", "part.json"]), @r"
    exit code: 0
    ----- stdout -----
    4 ties

    when          source        relation      target       doubt     sources
    ────────────  ────────────  ────────────  ───────────  ────────  ───────
    1951 | 1952~  Mongolia      economic aid  North Korea  disputed  [1][2]
    1999-05       Kim Dae-jung  visit         Mongolia               [2]
    2002-05       Sodnom        visit         South Korea            [1]
                  Mongolia      denial        North Korea            [1]

    Sources
    ───────
    [1] Bat, Tuya, An Almanac of Embassies, 2006
    [2] “The Gazette”, 2003
    ----- stderr -----
    graph: part.json
    ");
    insta::assert_snapshot!(desk.chancery(&["check", "part.json"]), @r"
    exit code: 0
    ----- stdout -----
    Nothing is wrong

    Read 1 file with 6 actors, 4 ties, 2 references.
    ----- stderr -----
    graph: part.json
    ");
}

#[test]
fn networkx_reads_what_is_exported_and_gives_it_back_unharmed() {
    let desk = Desk::new();
    desk.file("graph.json", &answer(&["export", "--graph", "steppe"]));
    let script = "import json, networkx as nx\n\
                  graph = nx.node_link_graph(json.load(open('graph.json')), edges='edges')\n\
                  assert (graph.number_of_nodes(), graph.number_of_edges()) == (9, 13)\n\
                  json.dump(nx.node_link_data(graph, edges='edges'), open('again.json', 'w'))\n";
    let Some(python) = python() else { return };
    let done = Command::new(python).args(["-c", script]).current_dir(&desk.0).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(hash_of(&desk.0.join("again.json").display().to_string()), hash_of("steppe"));
}

/// A graph with four slips, of which one can mean two days.
const SLIPS: &str = r#"{"nodes": [{"id": "a", "kimd": "country"}, {"id": "b"}],
"edges": [{"id": "t", "source": "a", "target": "b", "relation": "vist", "when": "July 2016"},
{"id": "u", "source": "a", "target": "b", "relation": "visit", "when": "03/04/1990"}]}"#;

#[test]
fn what_is_safe_is_mended_and_the_file_before_is_kept() {
    let desk = Desk::new();
    desk.file("g.json", SLIPS);
    let dry = desk.chancery(&["check", "g.json", "--fix", "--dry-run"]);
    assert!(dry.contains(r#"g.json:2: "July 2016" → "2016-07" [bad-date]"#), "{dry}");
    assert!(dry.contains("3 changes, none made (--dry-run)"), "{dry}");
    let read = |name: &str| fs::read_to_string(desk.0.join(name)).expect("the file is there");
    assert_eq!(read("g.json"), SLIPS);
    let fixed = desk.chancery(&["check", "g.json", "--fix"]);
    assert!(fixed.contains("3 changes; the file before is g.json.orig"), "{fixed}");
    assert!(fixed.contains("the text can mean two dates: `1990-04-03` or `1990-03-04`"), "{fixed}");
    assert_eq!(read("g.json.orig"), SLIPS);
    let mended = SLIPS.replace("kimd", "kind").replace("vist", "visit").replace("July 2016", "2016-07");
    assert_eq!(read("g.json"), mended);
    assert!(desk.chancery(&["check", "--fix"]).contains("the graph in the program is not changed"));
}

#[test]
fn a_file_given_twice_is_read_once() {
    let session = chancery(&["check", "steppe", "steppe/actors.json"]);
    assert!(session.starts_with("exit code: 0") && session.contains("Read 2 files"), "{session}");
    assert!(session.contains("steppe/actors.json is given twice, and read once"), "{session}");
}

#[test]
fn format_writes_in_place_and_tells() {
    let desk = Desk::new();
    desk.file("g.json", SLIPS);
    desk.file("torn.json", "{\"nodes\": [");
    let told = desk.chancery(&["format", "--check", "g.json"]);
    assert!(told.starts_with("exit code: 1") && told.contains("g.json is not in canonical form"), "{told}");
    assert!(desk.chancery(&["format", "g.json"]).contains("formatted g.json"));
    assert_eq!(desk.chancery(&["format", "--check", "g.json"]), "exit code: 0");
    let torn = desk.chancery(&["format", "torn.json"]);
    assert!(torn.starts_with("exit code: 1") && torn.contains("torn.json was left as it is"), "{torn}");
}

#[test]
fn a_bound_on_problems_is_named_and_counts_stay() {
    let session = chancery(&["check", "broken/doubles.json", "--max-problems", "2"]);
    assert!(session.contains("more are not shown; --max-problems 0 shows all"), "{session}");
    assert_eq!(session.matches("error[").count(), 2);
    let json = chancery(&["check", "broken/dangling.json", "--format", "json"]);
    assert!(json.contains(r#""code": "dangling-actor""#), "{json}");
}

#[test]
fn diff_says_what_changed_field_by_field() {
    let desk = Desk::new();
    desk.file("a.json", r#"{"nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "edges": [{"id": "t", "source": "a", "target": "b", "relation": "visit", "when": "1999"}]}"#);
    desk.file("b.json", r#"{"nodes": [{"id": "a"}, {"id": "b"}, {"id": "d"}], "edges": [{"id": "t", "source": "a", "target": "b", "relation": "visit", "when": "2000"}]}"#);
    insta::assert_snapshot!(desk.chancery(&["diff", "a.json", "b.json"]), @r"
    exit code: 0
    ----- stdout -----
    1 added, 1 removed, 1 changed

    Added (1)
    ─────────

      actor d

    Removed (1)
    ───────────

      actor c

    Changed (1)
    ───────────

      tie t (a → b: visit, 2000)
          when: 1999 → 2000
    ");
    assert!(desk.chancery(&["diff", "a.json", "a.json"]).contains("Nothing changed"));
    assert!(desk.chancery(&["diff", "nowhere:a.json", "a.json"]).starts_with("exit code: 1"));
}

#[test]
fn cite_lists_what_a_lens_cites() {
    let all: Vec<String> =
        answer(&["cite", "--graph", "steppe", "--format", "csv"]).lines().map(str::to_owned).collect();
    assert_eq!(all.len(), 3, "{all:?}");
    let json = answer(&["cite", "--graph", "steppe", "--format", "json", "--relation", "visit"]);
    assert!(json.starts_with("[\n  {\n    \"id\": "), "{json}");
    assert!(answer(&["cite", "--graph", "steppe", "--relation", "embargo"]).contains("Nothing is cited"));
}

#[test]
fn ties_are_listed_by_the_kind_of_either_end_and_between_two() {
    let ids = |args: &[&str]| -> Vec<String> {
        let all = [&["ties", "--graph", "steppe", "--format", "json"], args].concat();
        let answer: serde_json::Value = serde_json::from_str(&answer(&all)).expect("an answer is JSON");
        let ties = answer["answer"]["ties"].as_array().expect("a list of ties");
        ties.iter().map(|tie| tie["id"].as_str().expect("ties have ids").to_owned()).collect()
    };
    let by_person = ids(&["--kind", "person", "--relation", "visit"]);
    assert_eq!(by_person.len(), 2, "{by_person:?}");
    assert!(ids(&["--kind", "official", "--relation", "visit"]).len() <= by_person.len());
    let of_mongolia = ids(&["Mongolia"]);
    let between = ids(&["Mongolia", "North Korea"]);
    assert!(!between.is_empty() && between.len() < of_mongolia.len());
    assert!(between.iter().all(|id| of_mongolia.contains(id)));
}

#[test]
fn paths_are_asked_for_by_number_length_way_and_cost() {
    let ask = |options: &[&str]| -> serde_json::Value {
        let words = [&["paths", "Mongolia", "Cuba", "--format", "json"], options].concat();
        let whole: serde_json::Value = serde_json::from_str(&answer(&words)).expect("an answer is JSON");
        whole["answer"].clone()
    };
    let hops = |answer: &serde_json::Value| -> Vec<usize> {
        let paths = answer["paths"].as_array().expect("paths are a list");
        paths.iter().map(|path| path["hops"].as_array().expect("hops are a list").len()).collect()
    };
    let few = ask(&["--k", "7"]);
    assert_eq!(hops(&few).len(), 7);
    assert!(hops(&few).is_sorted());
    assert_eq!(few["listed"]["are_all"], false);
    let short = ask(&["--up-to", "2", "--limit", "0"]);
    assert_eq!(short["listed"]["are_all"], true);
    assert!(hops(&short).iter().all(|hops| *hops <= 2));
    let by_way = ask(&["--via", "North Korea"]);
    assert_eq!(by_way["paths"][0]["actors"], serde_json::json!(["mongolia", "north-korea", "cuba"]));
    let cheap = ask(&["--cost", "hubs"]);
    assert_eq!((hops(&cheap), cheap["paths"][0]["cost"].as_f64()), (vec![1], Some(1.0)));
    let far = chancery(&["paths", "Mongolia", "Natsagiin Bagabandi", "--via", "Cuba", "--max-hops", "2"]);
    assert!(far.starts_with("exit code: 1") && far.contains("more than the 2 asked for"), "{far}");
    assert!(chancery(&["paths", "Mongolia", "Cuba", "--via", "Cuba"]).starts_with("exit code: 2"));
}

#[test]
fn a_measure_period_by_period_shows_courses_and_leaders() {
    insta::assert_snapshot!(steppe(&["rank", "--by", "degree", "--every", "1y", "--during", "1999/2001", "--limit", "2"]), @r"
    exit code: 0
    ----- stdout -----
    Actors by degree, 1999/2001, in 3 periods

    Lens: during 1999-01-01/2001-12-31.

    name         1999  2000  2001    mean
    ───────────  ────  ────  ────  ──────
    Mongolia        4     3     3  3.3333
    South Korea     2     2     2  2.0000

    Who leads
    ─────────

    period  actors  dyads  first three
    ──────  ──────  ─────  ─────────────────────────────────────────
    1999         8      5  Mongolia 4, Kim Dae-jung 2
    2000         8      5  Mongolia 3, Ministry of Foreign Affairs 2
    2001         8      5  Mongolia 3, Ministry of Foreign Affairs 2

    Left out: channel stance (2 ties; --channel all brings in such). Degree: the number of other actors
    that an actor is tied to (Freeman 1978). Ties are taken as undirected, and parallel ties count as
    one; not normalised; the network holds channels interaction, agency. A tie counts in every period on
    some day of which it was in force: an instant of a whole year counts in that year, and one dated
    `1990/1991` in both.
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["rank", "--by", "degree", "--every", "10y", "--limit", "1", "--format", "csv"]), @r"
    exit code: 0
    ----- stdout -----
    period,first,last,rank,actor,name,kind,score
    1930/1939,1930-01-01,1939-12-31,1,mongolia,Mongolia,country,2
    1940/1949,1940-01-01,1949-12-31,1,mongolia,Mongolia,country,3
    1950/1959,1950-01-01,1959-12-31,1,mongolia,Mongolia,country,3
    1960/1969,1960-01-01,1969-12-31,1,mongolia,Mongolia,country,3
    1970/1979,1970-01-01,1979-12-31,1,mongolia,Mongolia,country,3
    1980/1989,1980-01-01,1989-12-31,1,mongolia,Mongolia,country,3
    1990/1999,1990-01-01,1999-12-31,1,mongolia,Mongolia,country,5
    2000/2009,2000-01-01,2009-12-31,1,mongolia,Mongolia,country,4
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["rank", "--cumulative"]), @r"
    exit code: 2
    ----- stderr -----
    graph: steppe
    error: --cumulative needs to know how far its periods grow: give --every 1y too
    ");
    insta::assert_snapshot!(steppe(&["rank", "--by", "core", "--weight", "ties", "--every", "1y"]), @r"
    exit code: 2
    ----- stderr -----
    graph: steppe
    error: core counts each neighbour once; leave --weight away
    ");
}

#[test]
fn changes_names_who_rose_and_the_ties_that_did_it() {
    insta::assert_snapshot!(steppe(&["changes", "--between", "1990", "--and", "1999", "--limit", "1"]), @r"
    exit code: 0
    ----- stdout -----
    Who rose and who fell by degree from 1990 to 1999

    Dyads: 2 new, 1 ended, 3 in both.

    Rose
    ────

      Kim Dae-jung: 0 → 2 (+2), place 6 → 2
          new: Mongolia: Kim Dae-jung → Mongolia: visit, 1999-05 [1]
          new: South Korea: Kim Dae-jung → South Korea: office (president), 1998-02-25/2003-02-24 [2]

    1 more is left away; --limit 0 shows all.

    Only earlier
    ────────────

      Soviet Union: 1 (gone), place 2
          ended: Mongolia: Soviet Union — Mongolia: alliance, 1936-03-12/1991-12-25 [2]

    Sources
    ───────
    [1] “The Gazette”, 2003
    [2] Bat, Tuya, An Almanac of Embassies, 2006

    Left out: channel stance (1 tie; --channel all brings in such). Degree: the number of other actors
    that an actor is tied to (Freeman 1978). Ties are taken as undirected, and parallel ties count as
    one; not normalised; the network holds channels interaction, agency.
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["changes", "--between", "1990", "--and", "1999", "--during", "1990"]), @r"
    exit code: 2
    ----- stderr -----
    graph: steppe
    error: --between and --and say which windows are compared; leave --during and its like away
    ");
    insta::assert_snapshot!(steppe(&["changes", "--between", "1990", "--and", "1999", "--limit", "0", "--format", "csv"]), @r"
    exit code: 0
    ----- stdout -----
    actor,name,kind,before,after,change,rank_before,rank_after,new_dyads,ended_dyads
    kim-dae-jung,Kim Dae-jung,person,0,2,2,6,2,mongolia south-korea,
    south-korea,South Korea,country,1,2,1,2,2,kim-dae-jung,
    soviet-union,Soviet Union,country,1,,,2,,,mongolia
    ----- stderr -----
    graph: steppe
    ");
}

#[test]
fn the_structure_of_a_network_says_where_it_would_break() {
    insta::assert_snapshot!(steppe(&["structure", "--limit", "2"]), @r"
    exit code: 0
    ----- stdout -----
    The structure of the network

                               value
    ───────────────────────  ───────
    actors                         9
    dyads                          9
    ties                          10
    arcs                          13
    density                   0.2500
    density of arcs           0.1806
    transitivity              0.1429
    reciprocity               0.6154
    assortativity by degree  -0.6857
    assortativity by kind    -0.1250
    components                     2
    largest component              8
    actors without a tie           1

    Cut actors (1)
    ──────────────

    without   their component falls into
    ────────  ──────────────────────────
    Mongolia  4 + 1 + 1 + 1

    Bridges (3)
    ───────────

    dyad                    sides  ties
    ──────────────────────  ─────  ────
    China — Mongolia        1 + 7     1
    Mongolia — North Korea  7 + 1     2

    1 more is left away; --limit 0 shows all.

    Cores
    ─────

    k  actors
    ─  ──────
    1       8
    2       5

    The innermost, of 2 neighbours each at least: Ministry of Foreign Affairs, Kim Dae-jung, 3 more.

    Core and periphery
    ──────────────────

    Fit 0.6901. The core, of 2: Mongolia, South Korea. Faults: 0 pairs of the core without a tie, 1 dyad
    within the periphery.

    Triads
    ──────

    type  count
    ────  ─────
    003      41
    012      17
    102       7
    021D      1
    021U      2
    021C      1
    111D      8
    111U      0
    030T      0
    030C      0
    201       6
    120D      1
    120U      0
    120C      0
    210       0
    300       0

    Left out: channel stance (2 ties; --channel all brings in such), status absent (1 tie; `chancery
    ties --status absent` lists such). Ties are taken as undirected and parallel ties count as one; for
    arcs, reciprocity and triads they are followed from source to target, symmetric ones both ways.
    Transitivity: the share of paths of two dyads whose ends are tied. Assortativity: the correlation of
    degrees at both ends of dyads, and Newman's r (2003) for kinds. Core and periphery: the parting with
    the fewest pairs untied in the core and dyads within the periphery, dyads between the two counting
    for neither (Borgatti and Everett 1999; exact after Lip 2011). Triads after Holland and Leinhardt
    (1970).
    ----- stderr -----
    graph: steppe
    ");
}

#[test]
fn a_network_without_ties_has_a_structure_too() {
    insta::assert_snapshot!(steppe(&["structure", "--relation", "embargo", "--during", "1800", "--format", "csv"]), @r"
    exit code: 0
    ----- stdout -----
    part,what,value
    network,actors,7
    network,dyads,0
    network,ties,0
    network,arcs,0
    network,density,0
    network,density of arcs,0
    network,transitivity,
    network,reciprocity,
    network,assortativity by degree,
    network,assortativity by kind,
    network,components,7
    network,largest component,1
    network,actors without a tie,7
    triad,003,35
    triad,012,0
    triad,102,0
    triad,021D,0
    triad,021U,0
    triad,021C,0
    triad,111D,0
    triad,111U,0
    triad,030T,0
    triad,030C,0
    triad,201,0
    triad,120D,0
    triad,120U,0
    triad,120C,0
    triad,210,0
    triad,300,0
    ----- stderr -----
    graph: steppe
    ");
}

#[test]
fn alike_and_shared_name_what_two_have_in_common() {
    insta::assert_snapshot!(steppe(&["alike", "Mongolia", "--limit", "2"]), @r"
    exit code: 0
    ----- stdout -----
    Who stands as Mongolia does, by jaccard

    name           alike  shared  only it  only the other  tied to both
    ────────────  ──────  ──────  ───────  ──────────────  ────────────────────────────────────────
    Sodnom        0.3333       2        4               0  Ministry of Foreign Affairs, South Korea
    Kim Dae-jung  0.2000       1        4               0  South Korea

    1 more is left away; --limit 0 shows all.

    Left out: channel stance (2 ties; --channel all brings in such), status absent (1 tie; `chancery
    ties --status absent` lists such). Jaccard: the shared ties as a share of all ties of the two to
    others (the lesser of their values over the greater, where ties are valued). Ties of the two between
    themselves do not count. Ties are taken as undirected; parallel ties count as one.
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["alike", "Mongolia", "--by", "likeness"]), @r"
    exit code: 2
    ----- stderr -----
    error: invalid value 'likeness' for '--by <ALIKENESS>': no alikeness `likeness`: it is one of jaccard, cosine, correlation, euclidean

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(steppe(&["shared", "--through", "person", "--kind", "country"]), @r"
    exit code: 0
    ----- stdout -----
    1 pair shares: person

    Lens: kinds country.

    pair                    shared  weight  what
    ──────────────────────  ──────  ──────  ────────────
    Mongolia — South Korea       1  1.0000  Kim Dae-jung

    Left out: status absent (1 tie; `chancery ties --status absent` lists such). Both took part in the
    window, not necessarily at one time. The weight counts an affair of n actors as 1 / (n − 1) (Newman
    2001).
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["shared", "Mongolia", "蒙古"]), @r"
    exit code: 2
    ----- stderr -----
    graph: steppe
    error: both names mean Mongolia; what is shared is shared by two
    ");
    insta::assert_snapshot!(steppe(&["shared", "Mongolia", "--through", "person,place"]), @r"
    exit code: 0
    ----- stdout -----
    1 pair shares: person, place

    pair                    shared  weight  what
    ──────────────────────  ──────  ──────  ────────────
    Mongolia — South Korea       1  1.0000  Kim Dae-jung

    Left out: status absent (1 tie; `chancery ties --status absent` lists such). Both took part in the
    window, not necessarily at one time. The weight counts an affair of n actors as 1 / (n − 1) (Newman
    2001).
    ----- stderr -----
    graph: steppe
    ");
}

#[test]
fn a_range_says_how_far_a_score_is_known() {
    insta::assert_snapshot!(steppe(&["rank", "--by", "degree", "--range", "--channel", "all", "--during", "1985", "--worlds", "200", "--limit", "4"]), @r"
    exit code: 0
    ----- stdout -----
    9 actors by degree, as far as dates and claims allow

    Lens: during 1985-01-01/1985-12-31; all channels.

    rank  name                         certain  possible  low    mean  high  places
    ────  ───────────────────────────  ───────  ────────  ───  ──────  ────  ──────
       1  Mongolia                           3         3    3  3.0000     3  1
       2  Ministry of Foreign Affairs        1         1    1  1.0000     1  2
       2  North Korea                        1         1    1  1.0000     1  2
       2  Soviet Union                       1         1    1  1.0000     1  2

    5 more are left away; --limit 0 shows all.

    Left out: status absent (1 tie; `chancery ties --status absent` lists such). Degree: the number of
    other actors that an actor is tied to (Freeman 1978). Ties are taken as undirected, and parallel
    ties count as one; not normalised; the network holds channels interaction, agency, affiliation,
    stance. 200 worlds were drawn with seed 1; in each, 1 doubtful ties are there or not: of several
    claims and of alternatives one holds, every day of a range is as likely as any other, what is
    alleged, disputed or marked `?` holds in every other world, and ties of an event of one day share
    it. 90 % of the worlds lie between low and high. More ties need not mean a higher score, so that the
    certain and the possible are not bounds.
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["rank", "--range", "--certain"]), @r"
    exit code: 2
    ----- stderr -----
    error: the argument '--range' cannot be used with '--certain'

    Usage: chancery rank --range --graph <PATH>

    For more information, try '--help'.
    ");
}

#[test]
fn dyads_are_ranked_by_what_their_ties_weigh() {
    insta::assert_snapshot!(steppe(&["rank", "--by", "strength", "--dyads", "--channel", "all", "--limit", "3"]), @r"
    exit code: 0
    ----- stdout -----
    9 dyads by strength

    Lens: all channels.

    rank  dyad                                    score  ties
    ────  ──────────────────────────────────────  ─────  ────
       1  Mongolia — North Korea                      3     3
       2  China — Mongolia                            2     2
       3  Ministry of Foreign Affairs — Mongolia      1     1

    6 more are left away; --limit 0 shows all.

    Left out: status absent (1 tie; `chancery ties --status absent` lists such). Strength of a dyad: its
    ties, counted by ties, both ways together (Barrat et al. 2004).
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["rank", "--by", "degree", "--dyads"]), @r"
    exit code: 2
    ----- stderr -----
    graph: steppe
    error: dyads are ranked by betweenness or strength, not by degree
    ");
}

#[test]
fn parts_that_take_away_leave_no_shares_of_the_whole() {
    let parts =
        |by: &str| steppe(&["rank", "--by", by, "--why", "Mongolia", "--channel", "all", "--limit", "0"]);
    let (hierarchy, constraint) = (parts("hierarchy"), parts("constraint"));
    assert!(constraint.contains(" %)"), "{constraint}");
    assert!(hierarchy.contains(": -0.") && !hierarchy.contains(" %)"), "{hierarchy}");
    assert!(hierarchy.replace('\n', " ").contains("takes away"), "{hierarchy}");
}

#[test]
fn a_panel_has_a_row_for_each_pair_and_period() {
    insta::assert_snapshot!(steppe(&["panel", "--kind", "country", "--every", "10y", "--during", "1980/1999"]), @r"
    exit code: 0
    ----- stdout -----
    A panel of 3 pairs in 2 periods: 6 rows

    Lens: during 1980-01-01/1999-12-31; kinds country.

    Cells: value 5, zero 0, missing 1, not-in-system 0.

    period     pair                     events  Goldstein  mission  observed
    ─────────  ───────────────────────  ──────  ─────────  ───────  ────────
    1980/1989  Mongolia — North Korea   1 to 2       -5.0           value
    1990/1999  Mongolia — North Korea   1 to 2       -5.0           value
    1980/1989  Mongolia — South Korea                               missing
    1990/1999  Mongolia — South Korea        2        1.9           value
    1980/1989  Mongolia — Soviet Union       1                      value
    1990/1999  Mongolia — Soviet Union       1                      value

    Left out: status absent (1 tie; `chancery ties --status absent` lists such). Pairs: pairs that have
    a tie that passes the lens in some period; undirected. A tie counts for its ends and for those on
    whose behalf they act, in every period in which it was in force; the ties of one happening count
    once. Certain and possible are the fewest and the most; Goldstein weights, quad classes, reports and
    references are of the possible. Observed: value (there is, or may be, a tie), zero (none, and
    coverage or an absent tie says that somebody looked), missing (none on record), not-in-system (the
    two did not exist together). No file says what it observes (`coverage`), so that what is not on
    record is missing, not zero; --assume-observed takes it as zero.
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["panel", "Mongolia", "South Korea", "--every", "10y", "--codes", "iso3", "--during", "1980/1999", "--format", "csv"]), @r"
    exit code: 0
    ----- stdout -----
    period,first,last,a,b,a_name,b_name,a_iso3,b_iso3,events_certain,events_possible,lasting,reports,goldstein_sum,goldstein_mean,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,mission_level,observed,references
    1980/1989,1980-01-01,1989-12-31,mongolia,south-korea,Mongolia,South Korea,MNG,KOR,,,,,,,,,,,,missing,
    1990/1999,1990-01-01,1999-12-31,mongolia,south-korea,Mongolia,South Korea,MNG,KOR,2,2,1,2,1.9,1.9,1,0,0,0,,value,almanac gazette
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["panel", "--universe", "countries"]), @r"
    exit code: 2
    ----- stderr -----
    graph: steppe
    error: no actor has a code in a scheme `countries`; --universe is tied, all, or such a scheme (cow, gw)
    ");
}

#[test]
fn an_archive_keeps_what_its_files_observe() {
    let desk = Desk::new();
    desk.file(
        "g.json",
        r#"{"graph": {"title": "Visits", "coverage": {"when": "1990/1991"}}, "nodes": [{"id": "a"}, {"id": "b"}], "edges": [
        {"source": "a", "target": "b", "relation": "visit", "when": "1991"}]}"#,
    );
    assert!(desk.chancery(&["load", "g.json", "--into", "g.chancery"]).starts_with("exit code: 0"));
    let panel = |graph| {
        let ask = ["panel", "--during", "1990/1992", "--format", "csv", "--graph", graph];
        let output = program(&desk.0, &ask).output().expect("the program was built for this test");
        String::from_utf8(output.stdout).expect("the program writes UTF-8")
    };
    assert_eq!(panel("g.json"), panel("g.chancery"));
    let observed: Vec<String> = panel("g.chancery")
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(18).unwrap_or("").to_owned())
        .collect();
    assert_eq!(observed, ["zero", "value", "missing"]);
}

#[test]
fn a_score_can_say_what_it_rests_on() {
    insta::assert_snapshot!(steppe(&["rank", "--by", "betweenness", "--why", "Mongolia", "--limit", "2"]), @r"
    exit code: 0
    ----- stdout -----
    Why Mongolia scores 16.500 by betweenness, place 1 of 9

      between China and Ministry of Foreign Affairs: 1.500 (9.1 %)
          China — Mongolia: trade, 2005 [1]
          Ministry of Foreign Affairs → Mongolia: organ of, ../.. [1]
      between China and South Korea: 1.500 (9.1 %)
          China — Mongolia: trade, 2005 [1]
          Mongolia — South Korea: diplomatic relations, 1990-03-26/.. [1]

    12 more are left away; --limit 0 shows all.

    Sources
    ───────
    [1] Bat, Tuya, An Almanac of Embassies, 2006

    Left out: channel stance (2 ties; --channel all brings in such), status absent (1 tie; `chancery
    ties --status absent` lists such). Betweenness: the sum, over all pairs of other actors, of the
    share of their shortest paths that pass through the actor (Freeman 1977; Brandes 2001); unordered
    pairs unless directed. Ties are taken as undirected, and parallel ties count as one; not normalised;
    the network holds channels interaction, agency. A passage is all shortest paths of others that come
    from the one neighbour and go on to the other; its value is the share of them among the shortest
    paths of their ends, summed over all pairs.
    ----- stderr -----
    graph: steppe
    ");
    insta::assert_snapshot!(steppe(&["rank", "--by", "degree", "--why", "Mongolai"]), @r"
    exit code: 1
    ----- stderr -----
    graph: steppe
    error: no actor `Mongolai`
      did you mean
        Mongolia  (mongolia)
    ");
}
