//! Measures over periods and pairs by periods as pictures: what is drawn is what the answer says.

use std::process::{Command, Output};

use chancery::diagram::{Chart, Frame, Heat, HeatCell, HeatRow, LINE_LIMIT, Series, SeriesLine, Theme};
use roxmltree::{Document, Node};

use crate::support::root;

const HOSTILE: &str = "\"<script>alert('&')</script>\"\n\u{202e}right\u{0} 🏛 蒙古國";

fn line(id: &str, points: &[(usize, f64)]) -> SeriesLine {
    SeriesLine { id: id.to_owned(), label: id.to_owned(), label_also: None, points: points.to_vec() }
}

fn series(lines: Vec<SeriesLine>, periods: usize) -> Chart {
    let periods = (0..periods).map(|at| (1990 + at).to_string()).collect();
    Chart::Series(Series { measure: "degree".into(), periods, lines, ..Series::default() })
}

fn svg(chart: &Chart) -> String {
    chart.svg(&Theme::REPORT, Frame::ALONE)
}

fn marked<'d>(document: &'d Document<'d>, class: &'d str) -> impl Iterator<Item = Node<'d, 'd>> {
    document.descendants().filter(move |node| node.attribute("class") == Some(class))
}

/// The corners of the first stroke in a group: whether each begins anew, and where it is.
fn corners(group: Node<'_, '_>) -> Vec<(bool, f64, f64)> {
    let stroke = group.children().find(|node| node.attribute("stroke-linejoin").is_some()).expect("a line");
    let mut corners = Vec::new();
    let path = stroke.attribute("d").expect("a path").replace('M', "\nM ").replace('L', "\nL ");
    for part in path.lines().filter(|part| !part.is_empty()) {
        let words: Vec<&str> = part.split_whitespace().collect();
        corners.push((words[0] == "M", words[1].parse().expect("x"), words[2].parse().expect("y")));
    }
    corners
}

#[test]
fn a_line_rises_with_its_values_and_breaks_where_there_are_none() {
    let chart = series(vec![line("a", &[(0, 1.0), (1, 3.0), (3, 2.0), (4, 2.0)])], 5);
    let text = svg(&chart);
    let document = Document::parse(&text).expect("a picture is XML");
    let drawn = corners(marked(&document, "line").next().expect("one line"));
    assert_eq!(drawn.iter().map(|corner| corner.0).collect::<Vec<_>>(), [true, false, true, false]);
    let y: Vec<f64> = drawn.iter().map(|corner| corner.2).collect();
    assert!(y[0] > y[2] && y[2] > y[1] && (y[2] - y[3]).abs() < 0.01, "{y:?}");
    // Twice as far from nothing as one is: heights are values.
    assert!(((y[0] - y[2]) - (y[2] - y[1])).abs() < 0.2, "{y:?}");
    let x: Vec<f64> = drawn.iter().map(|corner| corner.1).collect();
    assert!(((x[2] - x[1]) - 2.0 * (x[1] - x[0])).abs() < 0.2, "{x:?}");
}

#[test]
fn lines_beyond_the_limit_are_counted_and_an_empty_chart_is_a_picture() {
    let many = (0..LINE_LIMIT + 3).map(|at| line(&format!("actor {at}"), &[(0, 1.0)])).collect();
    let text = svg(&series(many, 1));
    let document = Document::parse(&text).expect("a picture is XML");
    assert_eq!(marked(&document, "line").count(), LINE_LIMIT);
    assert!(text.contains("10 of 13 actors drawn."));
    for chart in [series(Vec::new(), 0), series(vec![line("a", &[])], 3), Chart::Heat(Heat::default())] {
        assert!(Document::parse(&svg(&chart)).is_ok());
    }
}

#[test]
fn a_cell_tells_nothing_from_not_known_and_doubt_from_certainty() {
    let cells = vec![
        HeatCell::Value(3.0),
        HeatCell::Possible(3.0),
        HeatCell::Zero,
        HeatCell::Missing,
        HeatCell::Outside,
    ];
    let row =
        HeatRow { ids: vec!["a b".into(), "c".into()], label: "A – C".into(), label_also: None, cells };
    let periods = (1990..1995).map(|year| year.to_string()).collect();
    let chart = Heat { is_count: true, periods, rows: vec![row], ..Heat::default() };
    for theme in [Theme::REPORT, Theme::PRINT, Theme::DARK] {
        let text = Chart::Heat(chart.clone()).svg(&theme, Frame::ALONE);
        let document = Document::parse(&text).expect("a picture is XML");
        let row = marked(&document, "row").next().expect("one row");
        assert_eq!(row.attribute("data-actors"), Some("a%20b c"));
        let count = |name: &str| row.children().filter(|node| node.has_tag_name(name)).count();
        // A fill for what is there, a frame twice for doubt, a pale fill for nothing; a dot; a stroke.
        assert_eq!((count("rect"), count("circle"), count("path")), (5, 1, 1));
        let numbers: Vec<_> =
            row.children().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
        assert_eq!(numbers, ["A – C", "3", "3"]);
    }
}

#[test]
fn hostile_names_are_text_in_charts() {
    let lines = vec![SeriesLine { label_also: Some(HOSTILE.into()), ..line(HOSTILE, &[(0, 1.0)]) }];
    let row = HeatRow {
        ids: vec![HOSTILE.into()],
        label: HOSTILE.repeat(6),
        label_also: Some(HOSTILE.into()),
        cells: vec![HeatCell::Value(-1.5)],
    };
    let heat =
        Heat { title: HOSTILE.into(), periods: vec![HOSTILE.into()], rows: vec![row], ..Heat::default() };
    for chart in [series(lines, 1), Chart::Heat(heat)] {
        let text = svg(&chart);
        let document = Document::parse(&text).expect("a picture is XML");
        assert!(!document.descendants().any(|node| node.has_tag_name("script")));
        assert!(document.descendants().any(|node| node.text().is_some_and(|text| text.contains("<script>"))));
    }
}

fn chancery(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(args)
        .current_dir(root())
        .env_remove("CHANCERY_GRAPH")
        .output()
        .expect("the program runs")
}

/// What a command writes to stdout.
fn drawn(args: &[&str]) -> String {
    let output = chancery(&[args, &["--format", "svg"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a picture is text")
}

#[test]
fn the_lines_of_a_ranking_are_the_scores_of_its_answer() {
    let ask = ["rank", "--by", "degree", "--every", "10y", "--during", "1950/1999", "--limit", "4"];
    let text = drawn(&ask);
    assert_eq!(text, drawn(&ask));
    let document = Document::parse(&text).expect("a picture is XML");
    let answer = chancery(&[&ask[..], &["--format", "json"]].concat());
    let answer: serde_json::Value = serde_json::from_slice(&answer.stdout).expect("JSON");
    let last = answer["answer"]["periods"][4]["ranking"].as_array().expect("a ranking");
    let mut told = 0;
    for line in marked(&document, "line") {
        let id = line.attribute("data-actor").expect("an id");
        let Some(ranked) = last.iter().find(|ranked| ranked["actor"]["actor"] == id || ranked["actor"] == id)
        else {
            continue;
        };
        let score = ranked["score"].as_f64().expect("a score").to_string();
        let texts: Vec<&str> = line
            .descendants()
            .filter(|node| node.has_tag_name("text"))
            .filter_map(|node| node.text())
            .collect();
        assert!(texts.contains(&score.as_str()), "{id}: {score} is not in {texts:?}");
        told += 1;
    }
    assert!(told >= 3, "{told}");
}

#[test]
fn charts_speak_the_languages_asked_for_and_refuse_what_is_for_networks() {
    let text = drawn(&["rank", "--every", "20y", "--lang", "zh-Hant,en", "--kind", "country"]);
    assert!(text.contains("行為者歷時變化") && text.contains("Actors by betweenness, over time"));
    let text = drawn(&[
        "panel",
        "Mongolia",
        "--kind",
        "country",
        "--every",
        "10y",
        "--cells",
        "goldstein",
        "--lang",
        "zh-Hans",
    ]);
    assert!(text.contains("蒙古与各方在各时段的关系") && text.contains("无记载"), "{text}");
    for args in [
        &["panel", "Mongolia", "--format", "dot"][..],
        &["panel", "Mongolia", "--format", "svg", "--layout", "circular"],
        &["panel", "--cells", "warmth"],
    ] {
        assert_eq!(chancery(args).status.code(), Some(2), "{args:?}");
    }
}
