//! Tables that are hard to read: mixed line ends, marks, stray quotes, headers that repeat or are all there is, files that are
//! empty, damaged or packed with others, very wide ones. Nothing is lost, and nothing that is wrong passes in silence.

use std::{fs, io::Write};

use chancery::{
    dataset::{Builder, Dataset},
    format::{Options, read_path},
    model::Severity,
};
use serde_json::{Value, json};

use crate::support::Desk;

/// What is read of some bytes, with every error in words and what was said; or why they cannot be read.
fn read(name: &str, bytes: &[u8]) -> Result<(Dataset, Vec<String>, String), String> {
    let desk = Desk::new();
    let path = desk.path(name);
    fs::write(&path, bytes).expect("the desk takes files");
    let mut builder = Builder::default();
    let reading = read_path(&path, &Options::default(), &mut builder).map_err(|error| {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        format!("{error}: {}", cause.unwrap_or_default())
    })?;
    let (dataset, problems) = builder.finish();
    let folder = format!("{}/", desk.0.display());
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let errors = errors.map(|problem| problem.to_string().replace(&folder, "")).collect();
    Ok((dataset, errors, reading.notes.join("\n")))
}

/// Ties that were read without an error: ends, date, attributes.
fn good(name: &str, bytes: &[u8]) -> Vec<Value> {
    let (dataset, errors, notes) = read(name, bytes).expect("it can be read");
    assert!(errors.is_empty(), "{errors:#?}\n{notes}");
    let mut ties: Vec<Value> = dataset
        .ties()
        .all()
        .map(|tie| {
            let tie = dataset.tie(tie);
            let when = tie.claims()[0].dating.when().map(ToString::to_string);
            json!([tie.source.as_str(), tie.target.as_str(), when, tie.attributes])
        })
        .collect();
    ties.sort_by_key(ToString::to_string);
    ties
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(text).expect("memory takes it");
    writer.finish().expect("memory takes it")
}

#[test]
fn line_ends_marks_and_quotes_lose_nothing() {
    let text = "\u{feff}from;to;when;price;note\r\na;b;1990;3,5;\"two\nlines; one cell\"\ra;a;;1,0;5\" pipe\nNA;b;1991-02;;\r\n\r\n";
    let expected = [
        json!(["NA", "b", "1991-02", {}]),
        json!(["a", "a", null, {"price": "1,0", "note": "5\" pipe"}]),
        json!(["a", "b", "1990", {"price": "3,5", "note": "two\nlines; one cell"}]),
    ];
    assert_eq!(good("t.csv", text.as_bytes()), expected);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(good("wide.csv", &wide), expected);
    assert_eq!(good("t.csv.gz", &gzip(text.as_bytes())), expected);
}

#[test]
fn heads_that_repeat_or_are_blank_keep_their_columns_apart() {
    let ties = good("t.csv", b"from,to,x,x,,x\na,b,1,2,3,4\n");
    assert_eq!(ties, [json!(["a", "b", null, {"x": "1", "x.2": "2", "column 5": "3", "x.3": "4"}])]);
}

#[test]
fn ties_that_are_alike_and_ties_of_one_with_itself_stay() {
    let ties = good("t.csv", b"source,target,when\na,a,1990\na,b,1990\na,b,1990\n");
    assert_eq!(ties.len(), 3);
}

#[test]
fn a_table_of_very_many_columns_is_read() {
    let count = 100_000;
    let mut text = "from,to".to_owned();
    (0..count).for_each(|at| text.push_str(&format!(",c{at}")));
    text.push_str("\na,b");
    (0..count).for_each(|at| text.push_str(if at % 1000 == 0 { ",x" } else { "," }));
    text.push('\n');
    let ties = good("t.csv", text.as_bytes());
    assert_eq!(ties[0][3].as_object().map(serde_json::Map::len), Some(100));
}

#[test]
fn a_header_alone_is_an_empty_table_and_an_empty_file_is_none() {
    assert_eq!(good("t.csv", b"source,target,when\n"), Vec::<Value>::new());
    assert_eq!(good("t.csv", b"id,label"), Vec::<Value>::new());
    for text in ["", "\n\n", "\u{feff}"] {
        let error = read("t.csv", text.as_bytes()).err().unwrap_or_default();
        assert!(error.contains("no columns in") && error.contains("--columns"), "{error}");
    }
}

#[test]
fn rows_that_do_not_fit_are_named() {
    let (_, errors, _) =
        read("t.csv", b"from,to,when\na,b\na,b,1990,x\na,\"b,1990\nc,d,1991\n").expect("it is text");
    assert!(
        errors[0].starts_with("t.csv:2:1: ") && errors[0].contains("2 columns, the header has 3"),
        "{errors:#?}"
    );
    assert!(errors[1].starts_with("t.csv:3:1: ") && errors[1].contains("4 columns"), "{errors:#?}");
    assert!(errors[2].starts_with("t.csv:4:1: "), "{errors:#?}");
    let (_, errors, _) = read("t.csv", b"from,to,when\n,b,1990\na,\x01b,1990\n").expect("it is text");
    assert!(errors[0].starts_with("t.csv:2:1: ") && errors[1].starts_with("t.csv:3:3: "), "{errors:#?}");
}

#[test]
fn what_is_packed_badly_is_refused_in_words() {
    let packed = gzip("from,to\na,b\n".repeat(100).as_bytes());
    for length in [3, 12, packed.len() - 4] {
        let error = read("t.csv.gz", &packed[..length]).err().unwrap_or_default();
        assert!(error.contains("cannot read"), "{length}: {error}");
    }
    for bytes in
        [&b"PK\x03\x04cut"[..], b"PAR1", b"PAR1cutPAR1", b"ARROW1\0\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    {
        let error = read("t.bin", bytes).err().unwrap_or_default();
        assert!(error.contains("cannot read"), "{bytes:?}: {error}");
    }
}
