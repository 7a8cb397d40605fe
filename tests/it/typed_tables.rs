//! Workbooks, Parquet and Arrow as other programs write them (`tests/oracle/typed_tables.py`), whole and damaged.

use std::{fs, path::Path, process::Command};

use chancery::{
    dataset::{Builder, Dataset, Problem},
    format::{
        Options,
        native::Part,
        read_path,
        write::{Form, Listed, TableForm, write},
    },
    model::Severity,
};
use serde_json::{Value, json};

use crate::{
    formats::whole,
    support::{Desk, actor, python, root},
};

/// The tables that the script writes, if there is a Python.
fn tables() -> Option<Desk> {
    let python = python()?;
    let desk = Desk::new();
    let script = root().join("tests/oracle/typed_tables.py");
    let done = Command::new(python).arg(script).arg(&desk.0).output().expect("python runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Some(desk)
}

fn load(path: &Path) -> (Dataset, Vec<Problem>, Vec<String>) {
    let mut builder = Builder::default();
    let reading = read_path(path, &Options::default(), &mut builder).expect("it can be read");
    let (dataset, problems) = builder.finish();
    (dataset, problems, reading.notes)
}

fn good(path: &Path) -> (Dataset, String) {
    let (dataset, problems, notes) = load(path);
    let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    whole(&dataset);
    (dataset, notes.join("\n"))
}

/// The ties as records without what they cite.
fn ties(dataset: &Dataset) -> Vec<Value> {
    let mut ties: Vec<Value> = dataset
        .ties()
        .all()
        .map(|tie| {
            let mut tie = serde_json::to_value(dataset.tie(tie)).expect("a record is JSON");
            let fields = tie.as_object_mut().expect("a record is an object");
            fields.remove("id");
            fields.remove("cites");
            tie
        })
        .collect();
    ties.sort_by_key(|tie| (tie["source"].to_string(), tie["target"].to_string()));
    ties
}

fn refused(path: &Path) -> String {
    let error = read_path(path, &Options::default(), &mut Builder::default()).expect_err("it cannot be read");
    let cause = std::error::Error::source(&error).map(ToString::to_string);
    format!("{error}: {}", cause.unwrap_or_default())
}

#[test]
fn a_workbook_is_read_sheet_by_sheet() {
    let Some(desk) = tables() else { return };
    let (dataset, notes) = good(&desk.path("world.xlsx"));
    assert_eq!((dataset.actors().count(), dataset.ties().count()), (3, 3));
    let first = serde_json::to_value(dataset.actor(actor(&dataset, "1"))).unwrap();
    assert_eq!(
        first,
        json!({
            "id": "1", "kind": "country", "names": [{"text": "Aland"}, {"text": "阿蘭", "lang": "zh"}],
            "attributes": {"population": 3, "since": "1921-03-13", "is member": true},
        })
    );
    assert_eq!(dataset.actor(actor(&dataset, "NA")).names[0].text, "two\nlines\tand a tab");
    assert_eq!(
        ties(&dataset),
        [
            json!({"source": "1", "target": "2", "relation": "visit", "when": "1990-07-01", "attributes": {"weight": 2}}),
            json!({"source": "2", "target": "1", "relation": "visit", "when": "1990-07-02",
                "attributes": {"date": "1990-07-02 12:30:00", "note": "a \\ b", "weight": 3}}),
            json!({"source": "2", "target": "NA", "relation": "related", "when": "1991-02", "attributes": {"weight": 1}}),
        ]
    );
    for said in [
        "read as a workbook",
        "Actors: above its header, and not read: Actors of a small world",
        "Ties: columns: source=from,target=to,relation=relation,when=date",
        "Notes: left out: no columns",
        "Lists: left out: the sheet is hidden",
        "Empty: left out: the sheet is empty",
    ] {
        assert!(notes.contains(said), "{said}: {notes}");
    }
}

#[test]
fn bad_rows_of_a_sheet_are_named_by_sheet_and_row() {
    let Some(desk) = tables() else { return };
    let (_, problems, notes) = load(&desk.path("bad.xlsx"));
    let folder = format!("{}/", desk.0.display());
    let said: Vec<String> = problems.iter().map(|problem| problem.to_string().replace(&folder, "")).collect();
    assert!(said[0].starts_with("bad.xlsx[Ties]:4:3: ") && said[0].contains("needs a `target`"), "{said:#?}");
    assert!(said[1].starts_with("bad.xlsx[Ties]:5:5: ") && said[1].contains("July 1990"), "{said:#?}");
    assert_eq!(notes.first().map(String::as_str), Some("read as a workbook"));
}

#[test]
fn a_cell_far_away_makes_no_giant_table() {
    let Some(desk) = tables() else { return };
    let (_, problems, _) = load(&desk.path("far.xlsx"));
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(said[0].contains("[Sheet]:1048576:") && said[0].contains("needs a `source`"), "{said:#?}");
}

#[test]
fn an_open_document_is_read_with_its_dates() {
    let Some(desk) = tables() else { return };
    let (dataset, _) = good(&desk.path("world.ods"));
    let tie = json!({"source": "a", "target": "b", "relation": "related", "when": "1990-07-01", "attributes": {"n": 3}});
    assert_eq!(ties(&dataset), [tie]);
}

#[test]
fn parquet_and_arrow_keep_the_types_of_their_columns() {
    let Some(desk) = tables() else { return };
    let expected = [
        json!({"source": "1", "target": "2", "relation": "visit", "when": "1990-07-01", "attributes": {
            "count": 3, "places": ["Ulan Bator", "北京"], "seen": "1990-07-01 12:30:00", "sure": true, "weight": 1.5}}),
        json!({"source": "2", "target": "1", "relation": "visit", "when": "1867-07-01", "attributes": {
            "places": [], "sure": false, "weight": 2.0}}),
        json!({"source": "2", "target": "x\ty", "relation": "related", "attributes": {"count": 1_099_511_627_776_i64, "price": "1.50"}}),
    ];
    // A control character cannot stand in an id.
    for name in ["ties.parquet", "gzip.parquet", "ties.feather", "ties.arrow", "stream.arrow"] {
        let (dataset, problems, notes) = load(&desk.path(name));
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 1, "{name}: {said:#?}");
        assert!(said[0].contains(&format!("{name}:4:")) && said[0].contains("control"), "{said:#?}");
        let notes = notes.join("\n");
        assert!(notes.contains("the column `raw` is left out"), "{notes}");
        assert_eq!(ties(&dataset)[..2], expected[..2], "{name}");
    }
    let (dataset, _) = good(&desk.path("nodes.parquet"));
    assert_eq!(dataset.actor(actor(&dataset, "1")).attributes["score"], json!(0.25));
    let said = refused(&desk.path("zstd.parquet"));
    assert!(said.contains("snappy"), "{said}");
}

#[test]
fn what_is_damaged_or_cut_short_is_refused_in_words() {
    let Some(desk) = tables() else { return };
    for name in ["world.xlsx", "world.ods", "ties.parquet", "ties.feather", "ties.arrow", "stream.arrow"] {
        let bytes = fs::read(desk.path(name)).expect("the script wrote it");
        let cut = desk.path(&format!("cut-{name}"));
        for length in [8, bytes.len() / 3, bytes.len() / 2, bytes.len() - 9] {
            fs::write(&cut, &bytes[..length]).expect("the desk takes files");
            let mut builder = Builder::default();
            // A table that ends with a batch is whole as far as anybody can tell: a stream may do so.
            let read = read_path(&cut, &Options::default(), &mut builder);
            let failed = read.is_err() || !builder.finish().1.is_empty() || name == "stream.arrow";
            assert!(failed, "{name} cut to {length} of {} bytes was read", bytes.len());
        }
    }
}

/// What pandas and pyarrow say of tables that we wrote.
const PEERS: &str = "
import json, sys
import pyarrow as pa, pyarrow.csv, pyarrow.feather, pyarrow.parquet as pq
folder = sys.argv[1]
ties = {'parquet': pq.read_table(folder + '/ties.parquet'), 'arrow': pa.ipc.open_file(folder + '/ties.arrow').read_all()}
assert ties['parquet'].equals(ties['arrow'])
csv = pa.csv.read_csv(folder + '/ties.csv', parse_options=pa.csv.ParseOptions(newlines_in_values=True))
actors = pq.read_table(folder + '/actors.parquet')
table = ties['arrow']
assert csv.column_names == table.column_names
visit = [row for row in table.to_pylist() if row['id'] == 'v']
print(json.dumps({
    'rows': [table.num_rows, csv.num_rows, actors.num_rows],
    'types': {name: str(table.schema.field(name).type) for name in ['id', 'first_day', 'references', 'count', 'weight']},
    'visit': {key: str(visit[0][key]) for key in ['source_name', 'when', 'first_day', 'last_day', 'references', 'weight']},
    'names': actors.to_pylist()[0]['names'],
    'zh': actors.to_pylist()[0]['name_zh-Hant'], 'iso3': actors.to_pylist()[0]['code_iso3'],
}, sort_keys=True))
";

#[test]
fn pyarrow_reads_the_tables_that_are_written() {
    let Some(python) = python() else { return };
    let desk = Desk::new();
    let dataset = crate::support::dataset(
        r#"{"graph": {"references": [{"id": "r"}, {"id": "s"}]}, "nodes": [
        {"id": "a", "kind": "country", "names": [{"text": "Aland", "lang": "en"}, {"text": "阿蘭", "lang": "zh-Hant"}], "codes": {"iso3": "ALD"}},
        {"id": "b"}, {"id": "alone"}], "edges": [
        {"id": "v", "source": "a", "target": "b", "relation": "visit", "when": "1990-07", "count": 3,
         "cites": [{"ref": "r"}, {"ref": "s", "locator": "2"}], "attributes": {"weight": 1.5, "note, \"x\"": "two\nlines"}},
        {"id": "w", "source": "b", "target": "a", "relation": "mission", "when": "1991/", "attributes": {"weight": 2}}]}"#,
    );
    let (actors, ties): (Vec<_>, Vec<_>) = (dataset.actors().all().collect(), dataset.ties().all().collect());
    let part = Part { actors: &actors, ties: &ties, ..Part::default() };
    let put = |name: &str, listed, form| {
        let mut bytes = Vec::new();
        let lost = write(&dataset, &part, Form::Table(listed, form), &mut bytes).expect("memory takes it");
        fs::write(desk.path(name), bytes).expect("the desk takes files");
        lost.join("\n")
    };
    let lost = put("ties.csv", Listed::Ties, TableForm::Csv);
    assert!(
        lost.contains("1 actor without ties") && lost.contains("references: by their ids only (2)"),
        "{lost}"
    );
    put("ties.arrow", Listed::Ties, TableForm::Arrow);
    put("ties.parquet", Listed::Ties, TableForm::Parquet);
    assert!(
        put("actors.parquet", Listed::Actors, TableForm::Parquet)
            .contains("2 ties: a table of ties holds them")
    );
    let done = Command::new(python).args(["-c", PEERS]).arg(&desk.0).output().expect("python runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said: Value = serde_json::from_slice(&done.stdout).expect("it prints JSON");
    assert_eq!(
        said,
        json!({
            "rows": [2, 2, 3],
            "types": {"id": "string", "first_day": "date32[day]", "references": "list<item: string>", "count": "int64", "weight": "double"},
            "visit": {"source_name": "Aland", "when": "1990-07", "first_day": "1990-07-01", "last_day": "1990-07-31",
                "references": "['r', 's']", "weight": "1.5"},
            "names": ["Aland", "阿蘭"], "zh": "阿蘭", "iso3": "ALD",
        })
    );
}
