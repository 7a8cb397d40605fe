//! Verbs about contact through time, as sessions: `paths --time`, `reach`, `first-contact`, `connect --before-direct`; and
//! their ties told in sentences.
//!
//! The graph is small enough for every day to be found by hand: Arland visits Bemia on 1990-01-10, Bemia Cedonia some time in
//! February 1990, Cedonia has a mission in Dorin from 1985 to 1995, and Dorin visits Arland on 2000-05-05.

use std::process::Command;

use serde_json::{Value, json};

const GRAPH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/times.json");

/// Exit code, stdout and stderr.
fn chancery(args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(args).args(["--graph", GRAPH]).env_remove("CHANCERY_GRAPH").env_remove("COLUMNS");
    let output = command.output().expect("the program was built for this test");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
    let code = output.status.code().expect("no signal ended it");
    (code, text(output.stdout), text(output.stderr))
}

fn answer(args: &[&str]) -> Value {
    let (code, stdout, stderr) = chancery(&[args, &["--format", "json"]].concat());
    assert_eq!(code, 0, "{args:?}: {stderr}");
    let mut whole: Value = serde_json::from_str(&stdout).expect("the answer is JSON");
    whole["answer"].take()
}

fn ends(path: &Value) -> Value {
    json!([path["goals"], path["actors"], path["departure"], path["arrival"]])
}

#[test]
fn chains_in_order_of_time_are_possible_earlier_than_they_are_certain() {
    let possible = answer(&["paths", "Arland", "多林", "--time", "possible"]);
    let round = json!(["arland", "bemia", "cedonia", "dorin"]);
    assert_eq!(ends(&possible["paths"][0]), json!([["earliest"], round, "1990-01-10", "1990-02-01"]));
    let direct = json!([["latest", "fastest", "fewest"], ["arland", "dorin"], "2000-05-05", "2000-05-05"]);
    assert_eq!(ends(&possible["paths"][1]), direct);
    let days: Vec<&Value> =
        possible["paths"][0]["hops"].as_array().unwrap().iter().map(|hop| &hop["day"]).collect();
    assert_eq!(days, ["1990-01-10", "1990-02-01", "1990-02-01"]);

    let certain = answer(&["paths", "Arland", "Dorin", "--time", "certain", "--earliest"]);
    assert_eq!(ends(&certain["paths"][0]), json!([["earliest"], round, "1990-01-10", "1990-02-28"]));
    let strict = answer(&["paths", "Arland", "Dorin", "--earliest", "--strict"]);
    assert_eq!(strict["paths"][0]["arrival"], "1990-02-02");
}

#[test]
fn a_bound_on_waiting_and_a_direction_leave_chains_out() {
    let arrival = |gap: &str| {
        answer(&["paths", "Arland", "Dorin", "--earliest", "--gap", gap])["paths"][0]["arrival"].clone()
    };
    // 22 days pass between 10 January and 1 February.
    assert_eq!([arrival("21d"), arrival("22d")], ["2000-05-05", "1990-02-01"]);
    let forward = answer(&["paths", "Arland", "Dorin", "--time", "possible", "--direction", "forward"]);
    assert_eq!(forward["paths"].as_array().unwrap().len(), 1, "{forward}");
    assert_eq!(forward["paths"][0]["hop_count"], 3);

    let (code, _, stderr) = chancery(&["paths", "Arland", "Dorin", "--gap", "2 years"]);
    assert!(code == 2 && stderr.contains("2y, 6m, 30d"), "{code} {stderr}");
    let reached = |gap: &str| {
        let reach = answer(&["reach", "Arland", "--gap", gap]);
        let all = reach["reached"].as_array().unwrap().clone();
        all.into_iter().find(|reached| reached["actor"] == "dorin").unwrap()["day"].clone()
    };
    assert_eq!([reached("21d"), reached("22d")], ["2000-05-05", "1990-02-01"]);
    let (_, told, _) = chancery(&["reach", "Arland", "--gap", "2y"]);
    assert!(told.contains("waits nowhere longer than 732 days"), "{told}");
    // In the world that is worst contact waits from 10 January to the end of February.
    let certain = |gap: &str| {
        let asked = ["paths", "Arland", "Dorin", "--time", "certain", "--earliest", "--gap", gap];
        answer(&asked)["paths"][0]["arrival"].clone()
    };
    assert_eq!([certain("48d"), certain("49d")], ["2000-05-05", "1990-02-28"]);
    let (code, stdout, _) =
        chancery(&["paths", "Arland", "Dorin", "--time", "certain", "--during", "1990-02"]);
    assert!(code == 1 && stdout.contains("No chain of contact"), "{code} {stdout}");
}

#[test]
fn reach_gives_days_both_ways() {
    let row = |reached: &Value| {
        json!([reached["actor"], reached["day"], reached["certain_day"], reached["through"]])
    };
    let rows = |args: &[&str]| -> Vec<Value> {
        answer(args)["reached"].as_array().unwrap().iter().map(row).collect()
    };
    assert_eq!(
        rows(&["reach", "Arland"]),
        [
            json!(["bemia", "1990-01-10", "1990-01-10", []]),
            json!(["cedonia", "1990-02-01", "1990-02-28", ["bemia"]]),
            json!(["dorin", "1990-02-01", "1990-02-28", ["bemia", "cedonia"]]),
        ]
    );
    // Contact that begins a day later than the visit has only the visit of 2000.
    assert_eq!(
        rows(&["reach", "Arland", "--from", "1990-01-11"]),
        [json!(["dorin", "2000-05-05", "2000-05-05", []])]
    );
    assert_eq!(
        rows(&["reach", "Dorin", "--backward", "--until", "1994"]),
        [
            json!(["cedonia", "1994-12-31", "1994-12-31", []]),
            json!(["bemia", "1990-02-28", "1990-02-01", ["cedonia"]]),
            json!(["arland", "1990-01-10", "1990-01-10", ["bemia", "cedonia"]]),
        ]
    );
    let (code, _, stderr) = chancery(&["reach", "Arland", "--from", "1995", "--until", "1990"]);
    assert!(code == 2 && stderr.contains("leaves no day"), "{code} {stderr}");
}

#[test]
fn first_contact_is_direct_or_through_others() {
    let first = answer(&["first-contact", "Arland", "Dorin"]);
    assert_eq!([&first["possible"]["day"], &first["certain"]["day"]], ["2000-05-05", "2000-05-05"]);
    let through: Vec<Value> = first["through"]
        .as_array()
        .unwrap()
        .iter()
        .map(|through| json!([through["source"], through["certainty"], through["day"]]))
        .collect();
    assert_eq!(
        through,
        [json!(["arland", "possibly", "1990-02-01"]), json!(["arland", "certainly", "1990-02-28"])]
    );
}

#[test]
fn that_no_chain_passes_is_explained() {
    let none = |args: &[&str]| {
        let (code, stdout, stderr) = chancery(&[args, &["--format", "json"]].concat());
        assert_eq!(code, 1, "{stderr}");
        let mut whole: Value = serde_json::from_str(&stdout).expect("the answer is JSON");
        assert_eq!(whole["answer"]["reason"], whole["answer"]["reason_detail"]["code"]);
        whole["answer"]["reason_detail"].take()
    };
    // Bemia meets Cedonia on some day of February.
    let doubtful =
        none(&["paths", "Arland", "Cedonia", "--time", "certain", "--during", "1990-01/1990-02-10"]);
    let expected = json!({"code": "possibly-only", "actors": ["arland", "bemia", "cedonia"], "hops": [["bemia", "cedonia"]]});
    assert_eq!(doubtful, expected);
    let early = ["paths", "Arland", "Dorin", "--time", "possible", "--during", "1980/1990-01-15"];
    assert_eq!(none(&early), json!({"code": "not-yet", "first_day": "1990-02-01"}));
    let certain = ["paths", "Arland", "Dorin", "--time", "certain", "--during", "1980/1990-01-15"];
    assert_eq!(none(&certain), json!({"code": "not-yet", "first_day": "1990-02-28"}));
    let back = ["paths", "Cedonia", "Arland", "--time", "possible", "--relation", "visit"];
    assert_eq!(none(&back), json!({"code": "against-time"}));
    let apart = ["paths", "Arland", "Dorin", "--time", "possible", "--relation", "mission"];
    assert_eq!(none(&apart), json!({"code": "disconnected"}));
    let (_, text, _) = chancery(&[&early[..], &["--lang", "zh-Hant"]].concat());
    assert!(text.contains("尚無接觸路徑：最早在1990-02-01可到達"), "{text}");
}

#[test]
fn before_direct_contact_others_stood_between() {
    let before = answer(&["connect", "Arland", "Dorin", "--before-direct"]);
    assert_eq!(before["direct"], json!([]));
    assert_eq!(before["distance"], 3);
    let (code, _, stderr) = chancery(&["connect", "Arland", "Cedonia", "--before-direct"]);
    assert!(code == 1 && stderr.contains("without --before-direct"), "{code} {stderr}");
}

#[test]
fn ties_are_told_in_sentences_when_that_is_asked_for() {
    let (_, stdout, _) = chancery(&["timeline", "Arland", "Bemia", "--sentences"]);
    assert!(stdout.contains("Arland visited Bemia on 10 January 1990 [1]."), "{stdout}");
    let (_, stdout, _) =
        chancery(&["connect", "Arland", "Cedonia", "--lang", "zh-Hant", "--format", "markdown"]);
    assert!(stdout.contains("1990年2月，貝米亞訪問塞多尼亞\\[1\\]。"), "{stdout}");
    let path = answer(&["paths", "Arland", "Dorin", "--time", "certain", "--earliest", "--lang", "zh-Hans"]);
    assert_eq!(path["paths"][0]["names"][3], "多林");
    let (_, stdout, _) = chancery(&["timeline", "Arland", "Bemia"]);
    assert!(stdout.contains("Arland → Bemia: visit, 1990-01-10 [1]"), "{stdout}");
    let (code, _, stderr) = chancery(&["timeline", "Arland", "--lang", "fr"]);
    assert!(code == 2 && stderr.contains("en, zh-Hant, zh-Hans"), "{code} {stderr}");
}
