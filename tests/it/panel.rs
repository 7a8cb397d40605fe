//! Panels of dyads and periods: what is counted, and what is known where nothing is.

use std::{collections::BTreeMap, process::Command};

use chancery::{
    analysis::{
        panel::{
            Cell,
            Observed::{Missing, NotInSystem, Value, Zero},
            Panel, PanelError, PanelTerms, Universe, panel,
        },
        periods::{Cut, label, periods},
    },
    dataset::{Builder, Dataset},
    date::Window,
    format::{Options, native, read_path},
    lens::{KindSelector, Lens},
    model::{ActorKind, Channel},
};

use crate::support::{Desk, actor, dataset, python, root, sound, test_data};

/// Terms of years, or of another step.
fn terms(during: &str, step: &str) -> PanelTerms {
    let during: Window = during.parse().expect("a window");
    let step = step.parse().expect("a length");
    PanelTerms {
        periods: periods(during, Cut { length: Some(step), step }),
        is_directed: false,
        universe: Universe::All,
        among: Vec::new(),
        assumes_observed: false,
    }
}

fn lens(relations: &[&str]) -> Lens {
    Lens {
        channels: Channel::ALL.into_iter().collect(),
        relations: relations.iter().map(ToString::to_string).collect(),
        ..Lens::default()
    }
}

/// Two states, one that comes later, and an official of the first.
fn states() -> Dataset {
    dataset(
        r#"{"graph": {"coverage": [
            {"actors": ["a"], "ends": "one", "relations": ["visit"], "when": "1990/1995"},
            {"relations": ["diplomatic-relations"], "at": ["1990", "1997-06"]}]},
        "nodes": [{"id": "a", "kind": "country", "existence": ["1990/2000"]}, {"id": "b", "kind": "country"},
            {"id": "c", "kind": "country", "existence": ["1995/.."]}, {"id": "o", "kind": "person"}],
        "edges": [
        {"source": "o", "target": "a", "relation": "office", "when": "1990/1999"},
        {"source": "a", "target": "b", "relation": "visit", "when": "1991"},
        {"source": "o", "target": "b", "relation": "visit", "when": "1992", "event": "summit"},
        {"source": "b", "target": "a", "relation": "meeting", "when": "1992", "event": "summit"},
        {"source": "a", "target": "c", "relation": "visit", "when": "1996", "status": "absent"},
        {"source": "a", "target": "c", "relation": "visit", "when": "1998-03", "status": "absent"},
        {"source": "a", "target": "b", "relation": "diplomatic-relations", "start": "1991-06", "end": "[1993..1994]"},
        {"source": "a", "target": "b", "relation": "mission", "level": "legation", "when": "1991/1995"},
        {"source": "b", "target": "a", "relation": "mission", "level": "embassy", "when": "1993/1994"}]}"#,
    )
}

/// The cells of a pair, by period.
fn cells<'p>(
    dataset: &Dataset,
    panel: &'p Panel,
    terms: &PanelTerms,
    ends: [&str; 2],
) -> BTreeMap<String, &'p Cell> {
    let [a, b] = ends.map(|id| actor(dataset, id));
    let own = panel.cells.iter().filter(|cell| (cell.a, cell.b) == (a, b));
    own.map(|cell| (label(terms.periods[cell.period]), cell)).collect()
}

#[test]
fn zero_is_told_from_missing_and_from_not_in_system() {
    let dataset = states();
    let countries = Lens { kinds: vec![KindSelector::Kind(ActorKind::Country)], ..lens(&["visit"]) };
    let terms = terms("1989/2001", "1y");
    let panel = panel(&dataset, &countries, &terms).unwrap();
    assert_eq!((panel.pair_count, panel.actor_count, panel.cells.len()), (3, 3, 39));
    let observed = |ends| {
        let cells = cells(&dataset, &panel, &terms, ends);
        cells.values().map(|cell| cell.observed).collect::<Vec<_>>()
    };
    // What `o` does in office counts for `a`.
    assert_eq!(
        observed(["a", "b"]),
        [
            NotInSystem,
            Zero,
            Value,
            Value,
            Zero,
            Zero,
            Zero,
            Missing,
            Missing,
            Missing,
            Missing,
            Missing,
            NotInSystem
        ]
    );
    assert_eq!(
        observed(["a", "c"]),
        [
            NotInSystem,
            NotInSystem,
            NotInSystem,
            NotInSystem,
            NotInSystem,
            NotInSystem,
            Zero,
            Zero,
            Missing,
            Missing,
            Missing,
            Missing,
            NotInSystem
        ]
    );
    assert_eq!(observed(["b", "c"])[6..], [Missing; 7]);
}

#[test]
fn lasting_ties_are_observed_at_dates_and_all_relations_must_be() {
    let dataset = states();
    let of = |relations: &[&str], at: &str| {
        let terms = PanelTerms {
            among: vec![actor(&dataset, "b"), actor(&dataset, "c")],
            ..terms("1995/1999", "1y")
        };
        let panel = panel(&dataset, &lens(relations), &terms).unwrap();
        cells(&dataset, &panel, &terms, ["b", "c"])[at].observed
    };
    assert_eq!(of(&["diplomatic-relations"], "1997"), Zero);
    assert_eq!(of(&["diplomatic-relations"], "1998"), Missing);
    assert_eq!(of(&["diplomatic-relations", "mission"], "1997"), Missing);
}

#[test]
fn happenings_count_once_surely_or_possibly_and_missions_by_their_highest_level() {
    let dataset = states();
    let all = lens(&[]);
    let terms = PanelTerms { universe: Universe::Tied, ..terms("1991/1995", "1y") };
    let panel = panel(&dataset, &all, &terms).unwrap();
    let cells = cells(&dataset, &panel, &terms, ["a", "b"]);
    let count = |year: &str| {
        let cell = cells[year];
        (cell.certain_count, cell.possible_count, cell.lasting_count)
    };
    // The visit, relations, the mission; then the summit of two ties instead of the visit.
    assert_eq!(count("1991"), (3, 3, 2));
    assert_eq!(count("1992"), (3, 3, 2));
    assert_eq!(count("1993"), (3, 3, 3));
    assert_eq!(count("1994"), (2, 3, 3));
    assert_eq!(count("1995"), (1, 1, 1));
    let level = |year: &str| cells[year].level.map(|level| panel.levels[level].as_str());
    assert_eq!(
        [level("1992"), level("1993"), level("1995")],
        [Some("legation"), Some("embassy"), Some("legation")]
    );
}

#[test]
fn a_directed_panel_has_a_row_for_each_way() {
    let dataset = states();
    let terms = PanelTerms { is_directed: true, universe: Universe::Tied, ..terms("1993", "1y") };
    let panel = panel(&dataset, &lens(&["mission", "diplomatic-relations"]), &terms).unwrap();
    let count = |a, b| cells(&dataset, &panel, &terms, [a, b])["1993"].possible_count;
    assert_eq!((panel.pair_count, count("a", "b"), count("b", "a")), (2, 2, 2));
}

#[test]
fn a_panel_of_too_many_rows_is_refused() {
    let dataset = states();
    let terms = terms("0001/9999", "1d");
    let refused = panel(&dataset, &lens(&[]), &terms);
    assert!(matches!(refused, Err(PanelError::TooLarge { .. })), "{refused:?}");
}

#[test]
fn what_a_coverage_cannot_say_is_a_problem() {
    let text = r#"{"graph": {"coverage": [{"when": "soon"}, {"actors": ["nobody"], "when": "1990"},
        {"relations": ["vist"], "at": "1990", "ends": "any"}, {"relation": ["visit"]}]},
        "nodes": [{"id": "a"}], "edges": []}"#;
    let mut builder = Builder::default();
    native::read_text("test.json", text.to_owned().into(), &mut builder);
    let (dataset, problems) = builder.finish();
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    for word in ["`when`", "`nobody`", "`vist`", "`ends`", "needs `when`", "`relation`"] {
        assert!(messages.iter().any(|message| message.contains(word)), "{word}: {messages:#?}");
    }
    assert_eq!(dataset.coverage().count(), 2);
}

#[test]
fn events_and_goldstein_weights_of_icews14_by_month_are_those_that_python_counts() {
    let (Some(table), Some(codes), Some(python)) =
        (test_data("icews/icews14.tsv.gz"), test_data("cameo/relation_to_cameo.tsv"), python())
    else {
        return;
    };
    let script = root().join("tests/oracle/monthly_panel.py");
    let desk = Desk::new();
    let renamed = desk.path("renamed.tsv");
    let output = Command::new(python).arg(script).args([&table, &codes, &renamed]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut theirs = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let [month, a, b, count, sum] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let value: (u32, f64) = (count.parse().unwrap(), sum.parse().unwrap());
        theirs.insert([month, a, b].map(str::to_owned), value);
    }
    let mut builder = Builder::default();
    read_path(&renamed, &Options::default(), &mut builder).unwrap();
    let dataset = sound(builder);
    let terms = PanelTerms { universe: Universe::Tied, ..terms("2014", "1m") };
    let panel = panel(&dataset, &lens(&[]), &terms).unwrap();
    let mut seen = 0;
    for cell in panel.cells.iter().filter(|cell| cell.possible_count > 0) {
        let mut ends = [cell.a, cell.b].map(|actor| dataset.actors().id(actor).to_owned());
        ends.sort();
        let [a, b] = ends;
        let (count, sum) = theirs[&[label(terms.periods[cell.period]), a, b]];
        assert_eq!((cell.certain_count, cell.possible_count), (count, count));
        assert!((cell.goldstein.0 - sum).abs() < 1e-6, "{cell:?} {sum}");
        seen += 1;
    }
    assert!(seen > 25_000 && seen == theirs.len(), "{seen} of {}", theirs.len());
}

#[test]
fn a_coverage_is_kept_when_a_graph_is_written() {
    let whole = states();
    let coverage: Vec<_> = whole.coverage().cloned().collect();
    assert_eq!(coverage.len(), 2);
    let all: Vec<_> = whole.actors().all().collect();
    let ties: Vec<_> = whole.ties().all().collect();
    let part = native::Part { title: None, license: None, actors: &all, ties: &ties, uncited: true };
    let mut text = Vec::new();
    native::write(&whole, &part, native::EdgeKey::Edges, &mut text).unwrap();
    let again = dataset(std::str::from_utf8(&text).unwrap());
    assert_eq!(again.coverage().cloned().collect::<Vec<_>>(), coverage);
    assert_eq!(again.hash(), whole.hash());
    let graph: serde_json::Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(graph["graph"]["coverage"][0]["ends"], "one");
}

#[test]
fn coverage_names_actors_by_their_codes_too() {
    let dataset = dataset(
        r#"{"graph": {"coverage": {"actors": ["MNG", "KOR"], "when": "1990"}}, "nodes": [], "edges": [
        {"source": "MNG", "target": "PRK", "relation": "visit", "when": "1990"}]}"#,
    );
    let terms = terms("1990/1991", "1y");
    let panel = panel(&dataset, &lens(&["visit"]), &terms).unwrap();
    let cells = cells(&dataset, &panel, &terms, ["mongolia", "south-korea"]);
    assert_eq!((cells["1990"].observed, cells["1991"].observed), (Zero, Missing));
}

/// What pyarrow says of a panel as Parquet and as Arrow, beside its CSV.
const TYPED: &str = "
import csv, sys
import pyarrow as pa, pyarrow.parquet as pq
folder = sys.argv[1]
parquet = pq.read_table(folder + '/p.parquet')
arrow = pa.ipc.open_file(folder + '/p.arrow').read_all()
assert parquet.equals(arrow)
kinds = {field.name: str(field.type) for field in parquet.schema}
assert kinds['first'] == kinds['last'] == 'date32[day]', kinds
assert kinds['events_certain'] == 'int64' and kinds['goldstein_mean'] == 'double', kinds
assert kinds['references'].startswith('list'), kinds
rows = list(csv.DictReader(open(folder + '/p.csv', encoding='utf-8')))
assert len(rows) == parquet.num_rows > 50
def text(value):
    if value is None: return ''
    if isinstance(value, list): return ' '.join(value)
    if isinstance(value, float): return repr(value).removesuffix('.0')
    return str(value)
for ours, theirs in zip(parquet.to_pylist(), rows):
    for name, value in theirs.items():
        assert text(ours[name]) == value, (name, ours[name], value)
ranks = pq.read_table(folder + '/r.parquet')
assert [str(ranks.schema.field(name).type) for name in ('rank', 'actor', 'score')] == ['int64', 'string', 'double']
print('alike')
";

#[test]
#[cfg(feature = "parquet")]
fn pyarrow_reads_panels_and_rankings_as_parquet_and_arrow() {
    let Some(python) = python() else { return };
    let desk = Desk::new();
    let write = |args: &[&str], name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(args).arg("-o").arg(desk.path(name)).current_dir(&desk.0).env_remove("CHANCERY_GRAPH");
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    for name in ["p.csv", "p.parquet", "p.arrow"] {
        write(&["panel", "--kind", "country", "--during", "1985/1995", "--codes", "cow"], name);
    }
    write(&["rank", "--by", "betweenness"], "r.parquet");
    let output = Command::new(python).args(["-c", TYPED]).arg(&desk.0).output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "alike\n",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
