//! Measures over periods and pairs by periods as pictures: what is drawn is what the answer says.

use std::process::{Command, Output};

use chancery::diagram::{
    Chart, Direction, Doubt, Edge, EdgeTie, Frame, Heading, Heat, HeatCell, HeatRow, LINE_LIMIT,
    Node as Actor, Panel, Panels, Role, Series, SeriesLine, Theme,
};
use chancery::model::Polarity;
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
    let heat = Heat {
        heading: Heading { title: HOSTILE.into(), ..Heading::default() },
        periods: vec![HOSTILE.into()],
        rows: vec![row],
        ..Heat::default()
    };
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

fn actor(name: &str) -> Actor {
    Actor {
        id: name.to_owned(),
        label: name.to_owned(),
        sublabel: None,
        kind: None,
        role: Role::Ordinary,
        rank: None,
        weight: 0.0,
    }
}

fn edge(source: usize, target: usize) -> Edge {
    let tie = EdgeTie {
        id: format!("t {source} {target}"),
        label: "visit".into(),
        label_also: None,
        date: String::new(),
        sources: vec![],
        direction: Direction::Forward,
        polarity: Polarity::Negative,
        doubt: Doubt::Asserted,
    };
    Edge { source, target, ties: vec![tie] }
}

/// Where a panel writes the name of each actor, seen from the panel's corner.
fn names(panel: Node<'_, '_>) -> Vec<(String, f64, f64)> {
    let number = |node: Node<'_, '_>, key: &str| {
        node.attribute(key).expect("a number").parse::<f64>().expect("a number")
    };
    let frame = panel.children().find(|node| node.has_tag_name("rect")).expect("a frame");
    let nodes = panel.children().filter(|node| node.attribute("class") == Some("node"));
    let place = |node: Node<'_, '_>| {
        let text = node.children().find(|node| node.has_tag_name("text")).expect("a name");
        let id = node.attribute("data-actor").expect("an id").to_owned();
        (id, number(text, "x") - number(frame, "x"), number(text, "y") - number(frame, "y"))
    };
    let mut names: Vec<_> = nodes.map(place).collect();
    names.sort_by(|a, b| a.0.cmp(&b.0));
    names
}

#[test]
fn whoever_stays_keeps_its_place_in_every_panel() {
    let nodes: Vec<Actor> =
        (0..14).map(|at| actor(&format!("Ministry of Affairs {at:02}"))).chain([actor(HOSTILE)]).collect();
    let panel = |period: &str, edges: &[(usize, usize)], absent: &[usize]| Panel {
        period: period.to_owned(),
        edges: edges.iter().map(|(source, target)| edge(*source, *target)).collect(),
        absent: absent.to_vec(),
    };
    let periods = vec![
        panel("1950/1959", &[(0, 1), (0, 2), (3, 4), (5, 14)], &[7]),
        panel("1960/1969", &[(0, 1), (2, 9), (9, 10), (11, 12)], &[]),
        panel("1970/1979", &[], &[]),
    ];
    let chart = Chart::Panels(Panels { nodes, periods, ..Panels::default() });
    let text = svg(&chart);
    assert_eq!(text, svg(&chart));
    let document = Document::parse(&text).expect("a picture is XML");
    assert!(!document.descendants().any(|node| node.has_tag_name("script")));
    let panels: Vec<_> = marked(&document, "panel").map(names).collect();
    assert_eq!(panels.iter().map(Vec::len).collect::<Vec<_>>(), [14, 15, 15]);
    for (id, x, y) in &panels[0] {
        let other = panels[1].iter().find(|(other, ..)| other == id).expect("it stays");
        assert!((x - other.1).abs() < 0.11 && (y - other.2).abs() < 0.11, "{id}");
    }
    // Frames and boxes: no two boxes of a panel overlap.
    let number = |node: Node<'_, '_>, key: &str| {
        node.attribute(key).expect("a number").parse::<f64>().expect("a number")
    };
    for panel in marked(&document, "panel") {
        let boxes: Vec<[f64; 4]> = panel
            .children()
            .filter(|node| node.attribute("class") == Some("node"))
            .filter_map(|node| node.children().find(|node| node.has_tag_name("rect")))
            .map(|node| ["x", "y", "width", "height"].map(|key| number(node, key)))
            .collect();
        for (at, [x, y, w, h]) in boxes.iter().enumerate() {
            for [x2, y2, w2, h2] in &boxes[..at] {
                assert!(x + w <= x2 + 0.2 || x2 + w2 <= x + 0.2 || y + h <= y2 + 0.2 || y2 + h2 <= y + 0.2);
            }
        }
    }
    let ties: Vec<usize> = marked(&document, "panel")
        .map(|panel| panel.children().filter(|node| node.attribute("class") == Some("edge")).count())
        .collect();
    assert_eq!(ties, [4, 4, 0]);
}

#[test]
fn a_network_is_drawn_period_by_period_and_only_drawn() {
    let ask = ["export", "--kind", "country", "--every", "20y", "--during", "1900/1999"];
    let text = drawn(&ask);
    let document = Document::parse(&text).expect("a picture is XML");
    let periods: Vec<&str> =
        marked(&document, "panel").filter_map(|panel| panel.attribute("data-period")).collect();
    assert_eq!(periods.last(), Some(&"1980/1999"));
    assert!(text.contains("Who is tied to whom, period by period"));
    // A tie that was in force all the while stands in each panel of its years.
    assert!(text.matches("cuba-us").count() + text.matches("mongolia").count() > 4);
    for form in ["dot", "graphml", "csv", "node-link"] {
        let refused = chancery(&[&ask[..], &["--format", form]].concat());
        assert_eq!(refused.status.code(), Some(2), "{form}");
    }
}
