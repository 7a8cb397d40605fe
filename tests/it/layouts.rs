//! Layouts: each holds every actor and tie, in every form, whatever the names are.

use std::process::Command;

use chancery::diagram::{
    About, Fonts, Frame, Layout, Page, Scene, Theme, boxes, graphml, pdf, svg_framed, svg_placed,
};

use crate::{
    diagram::scenes::{hostile, invented, mongolia_south_korea},
    support::{python, root, skip},
};

const LAYOUTS: [Layout; 4] = [Layout::Layered, Layout::Stress, Layout::Circular, Layout::Matrix];

fn drawn(scene: &Scene, layout: Layout) -> String {
    svg_framed(scene, &Theme::REPORT, Frame::ALONE.arranged(layout)).expect("a scene that can be drawn")
}

/// The ids of all actors and of all ties that a picture carries, each once, in order.
fn carried(picture: &str) -> (Vec<String>, Vec<String>) {
    let document = roxmltree::Document::parse(picture).expect("a picture is XML");
    let all = |name: &str| {
        let mut found: Vec<String> = document
            .descendants()
            .filter_map(|node| node.attribute(name))
            .flat_map(|ids| if name == "data-ties" { ids.split(' ').collect::<Vec<_>>() } else { vec![ids] })
            .map(str::to_owned)
            .collect();
        found.sort();
        found.dedup();
        found
    };
    (all("data-actor"), all("data-ties"))
}

#[test]
fn every_layout_carries_all_actors_and_ties() {
    for scene in [mongolia_south_korea(), invented(30, 50, None)] {
        let wanted = carried(&drawn(&scene, Layout::Fitting));
        assert_eq!(wanted.0.len(), scene.nodes.len());
        for layout in LAYOUTS {
            assert_eq!(carried(&drawn(&scene, layout)), wanted, "{layout:?}");
            assert_eq!(drawn(&scene, layout), drawn(&scene, layout), "{layout:?}");
        }
    }
}

#[test]
fn hostile_names_are_text_in_every_layout_and_on_paper() {
    let about = About { title: "t".to_owned(), ..About::default() };
    for layout in LAYOUTS {
        let picture = drawn(&hostile(), layout);
        let document = roxmltree::Document::parse(&picture).expect("a picture is XML");
        assert!(document.descendants().all(|node| !node.has_tag_name("script") && !node.has_tag_name("b")));
        let printed = pdf(&picture, Page::A4, &about, &Fonts::default()).expect("it can be printed");
        assert!(printed.bytes.starts_with(b"%PDF"), "{layout:?}");
    }
}

#[test]
fn a_crowd_is_drawn_as_dots_whose_names_do_not_overlap() {
    let scene = invented(600, 1500, None);
    let picture = drawn(&scene, Layout::Fitting);
    let document = roxmltree::Document::parse(&picture).expect("a picture is XML");
    assert_eq!(document.descendants().filter(|node| node.has_tag_name("circle")).count(), 600 + 2);
    let side = |node: roxmltree::Node<'_, '_>, name: &str| -> f64 {
        node.attribute(name).and_then(|value| value.parse().ok()).unwrap_or(0.0)
    };
    let labels: Vec<[f64; 4]> = document
        .descendants()
        .filter(|node| node.has_tag_name("rect") && node.attribute("rx") == Some("2"))
        .map(|node| ["x", "y", "width", "height"].map(|name| side(node, name)))
        .collect();
    assert!(labels.len() > 20, "{} names", labels.len());
    for (at, a) in labels.iter().enumerate() {
        for b in &labels[..at] {
            let apart = a[0] + a[2] <= b[0] + 0.11
                || b[0] + b[2] <= a[0] + 0.11
                || a[1] + a[3] <= b[1] + 0.11
                || b[1] + b[3] <= a[1] + 0.11;
            assert!(apart, "{a:?} {b:?}");
        }
    }
    assert_eq!(carried(&picture).0.len(), 600);
}

#[test]
fn places_of_another_program_are_kept_and_must_be_as_many_as_actors() {
    let scene = mongolia_south_korea();
    assert!(svg_placed(&scene, &Theme::REPORT, Frame::ALONE, &[(0.0, 0.0)]).is_err());
    let places: Vec<(f64, f64)> = (0..scene.nodes.len()).map(|_| (0.0, 0.0)).collect();
    let picture = svg_placed(&scene, &Theme::REPORT, Frame::ALONE, &places).expect("boxes are pushed apart");
    assert_eq!(carried(&picture).0.len(), scene.nodes.len());
    let dot = boxes(&scene, &Theme::REPORT, Frame::ALONE).expect("a scene that can be drawn");
    assert_eq!(dot.matches(" [width=").count(), scene.nodes.len());
}

#[test]
fn graphviz_is_asked_for_places_and_missed_in_words() {
    let ask = |layout: &str, path: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command
            .args(["connect", "Mongolia", "Cuba", "--graph", "graph", "--format", "svg", "--layout", layout]);
        command.current_dir(root());
        if let Some(path) = path {
            command.env("PATH", path);
        }
        command.output().expect("the program is built with its tests")
    };
    let missed = ask("sfdp", Some("/nowhere"));
    let said = String::from_utf8_lossy(&missed.stderr).into_owned();
    assert!(!missed.status.success() && said.contains("`sfdp` is not installed"), "{said}");
    if Command::new("dot").arg("-V").output().is_err() {
        skip("dot");
        return;
    }
    let pictures: Vec<Vec<u8>> =
        ["dot", "neato", "sfdp", "stress"].map(|layout| ask(layout, None).stdout).into();
    for (at, picture) in pictures.iter().enumerate() {
        assert!(picture.starts_with(b"<svg") && pictures[..at].iter().all(|other| other != picture));
    }
}

#[test]
fn graphml_has_the_places_of_the_picture_and_networkx_reads_it() {
    for scene in [mongolia_south_korea(), hostile(), invented(350, 500, None)] {
        let text = graphml(&scene, &Theme::REPORT, Frame::ALONE, None).expect("a scene that can be drawn");
        let document = roxmltree::Document::parse(&text).expect("GraphML is XML");
        let value = |node: roxmltree::Node<'_, '_>, key: &str| {
            let data = node.children().find(|child| child.attribute("key") == Some(key));
            data.and_then(|data| data.text()).map(str::to_owned)
        };
        let nodes: Vec<_> = document.descendants().filter(|node| node.has_tag_name("node")).collect();
        assert_eq!(nodes.len(), scene.nodes.len());
        let mut places = Vec::new();
        for (node, actor) in nodes.iter().zip(&scene.nodes) {
            // XML cannot hold control characters, nor do the ids of records.
            let id: String = actor.id.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
            assert_eq!(node.attribute("id"), Some(id.as_str()));
            let number = |key| value(*node, key).expect("a place").parse::<f64>().expect("a number");
            places.push((number("node-x"), -number("node-y")));
        }
        // The same order from left to right and from top to bottom as the names have in the picture.
        if scene.nodes.len() < 40 {
            let given = svg_placed(&scene, &Theme::REPORT, Frame::ALONE, &places).expect("its own places");
            let again = svg_framed(&scene, &Theme::REPORT, Frame::ALONE).expect("a scene that can be drawn");
            assert_eq!(carried(&given), carried(&again));
        }
        let Some(python) = python() else { continue };
        let script = "import networkx, sys\ng = networkx.parse_graphml(sys.stdin.read())\n\
            print(g.number_of_nodes(), g.number_of_edges(), all('x' in d and 'y' in d for _, d in g.nodes(data=True)))";
        let mut child = Command::new(python)
            .args(["-c", script])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("Python runs");
        std::io::Write::write_all(&mut child.stdin.take().expect("it was piped"), text.as_bytes())
            .expect("it reads");
        let said =
            String::from_utf8(child.wait_with_output().expect("it ends").stdout).expect("it prints text");
        assert_eq!(said.trim(), format!("{} {} True", scene.nodes.len(), scene.edges.len()));
    }
}
