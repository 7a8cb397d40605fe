//! Pictures as a reader of reports meets them: well formed, whole, the same every time.

pub(crate) mod scenes;

use chancery::diagram::{DiagramError, Language, Languages, NODE_LIMIT, Scene, dot, svg};
use proptest::prelude::*;
use scenes::{KINDS, hostile, invented, mongolia_south_korea};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Writes the scenes where a person can look at them: `CHANCERY_TEST_LOOK=folder`.
#[test]
fn scenes_can_be_looked_at() {
    let Ok(folder) = std::env::var("CHANCERY_TEST_LOOK") else { return };
    let mut chinese = mongolia_south_korea();
    chinese.languages = Languages::one(Language::TraditionalChinese);
    let mut kinds = invented(30, 29, None);
    for (i, node) in kinds.nodes.iter_mut().enumerate() {
        node.kind = Some(KINDS[i % 10]);
    }
    for (name, scene) in [
        ("mongolia", mongolia_south_korea()),
        ("chinese", chinese),
        ("kinds", kinds),
        ("ranked-16-25", invented(16, 25, Some(5))),
        ("hostile", hostile()),
        ("free-16-25", invented(16, 25, None)),
        ("ranked-40-80", invented(40, 80, Some(5))),
        ("free-40-80", invented(40, 80, None)),
        ("free-150-250", invented(150, 250, None)),
    ] {
        std::fs::write(format!("{folder}/{name}.svg"), svg(&scene).unwrap()).unwrap();
        std::fs::write(format!("{folder}/{name}.gv"), dot(&scene).unwrap()).unwrap();
    }
}

/// Whether `dot` reads this; no answer where it is not installed, which is a failure if all tests must run.
fn dot_accepts(text: &str, args: &[&str]) -> Option<String> {
    let spawned = Command::new("dot")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = spawned else {
        assert!(std::env::var("CHANCERY_TEST_ALL").as_deref() != Ok("1"), "`dot` is not installed");
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: `dot` is not installed");
        }
        return None;
    };
    let mut stdin = child.stdin.take().expect("piped above");
    stdin.write_all(text.as_bytes()).expect("`dot` reads its input");
    drop(stdin);
    let output = child.wait_with_output().expect("`dot` ends");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && complaint.is_empty(), "{complaint}\n{text}");
    Some(String::from_utf8(output.stdout).expect("`dot` writes UTF-8"))
}

#[test]
fn graphviz_accepts_what_we_write() {
    for scene in [
        Scene::default(),
        mongolia_south_korea(),
        hostile(),
        invented(16, 25, Some(5)),
        invented(20, 19, None),
    ] {
        if dot_accepts(&dot(&scene).unwrap(), &["-Tcanon"]).is_none() {
            return;
        }
    }
}

#[test]
fn graphviz_draws_hostile_names_as_text() {
    let Some(drawn) = dot_accepts(&dot(&hostile()).unwrap(), &["-Tsvg"]) else { return };
    let document = roxmltree::Document::parse_with_options(
        &drawn,
        roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() },
    )
    .unwrap();
    let texts: Vec<&str> =
        document.descendants().filter(|n| n.has_tag_name("text")).filter_map(|n| n.text()).collect();
    for wanted in
        ["node", "strict", "\"quoted\"", "back\\slash\\", "\\N \\G \\l", "<b>bold</b>", "a & b &lt; &#65;"]
    {
        assert!(texts.iter().any(|text| text.replace('\u{a0}', " ") == wanted), "{wanted} in {texts:?}");
    }
}

#[test]
fn ranks_are_kept_in_dot() {
    let text = dot(&mongolia_south_korea()).unwrap();
    let Some(plain) = dot_accepts(&text, &["-Tplain"]) else { return };
    let x = |id: &str| -> f64 {
        let line = plain.lines().find(|line| line.starts_with(&format!("node {id} "))).unwrap_or_else(|| {
            plain.lines().find(|line| line.starts_with(&format!("node \"{id}\" "))).unwrap()
        });
        line.split(' ').nth(2).unwrap().parse().unwrap()
    };
    assert!(x("mongolia") < x("north-korea") && x("north-korea") < x("south-korea"));
    assert!((x("china") - x("kim-dae-jung")).abs() < 0.1);
}

#[test]
fn the_svg_is_well_formed_and_carries_its_data() {
    for scene in [
        Scene::default(),
        mongolia_south_korea(),
        hostile(),
        invented(70, 130, None),
        invented(70, 90, Some(4)),
    ] {
        let text = svg(&scene).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        assert!(
            root.attribute("viewBox").is_some()
                && !text.contains("href")
                && !text.contains("NaN")
                && !text.contains("inf")
        );
        let actors = document.descendants().filter(|n| n.has_attribute("data-actor")).count();
        assert_eq!(actors, scene.nodes.len());
        let ties: usize = document
            .descendants()
            .filter_map(|n| n.attribute("data-ties"))
            .map(|ids| ids.split(' ').filter(|id| !id.is_empty()).count())
            .sum();
        let expected = scene.edges.iter().flat_map(|e| &e.ties).filter(|t| !t.id.is_empty()).count();
        assert_eq!(ties, expected);
        assert!(document.descendants().all(|n| !n.has_tag_name("script") && !n.has_tag_name("b")));
    }
}

#[test]
fn all_of_a_long_name_is_drawn() {
    let text = svg(&hostile()).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let node = document
        .descendants()
        .find(|n| n.attribute("data-actor").is_some_and(|id| id.starts_with("xxx")))
        .unwrap();
    let drawn: usize =
        node.descendants().filter(|n| n.has_tag_name("text")).filter_map(|n| n.text()).map(str::len).sum();
    assert_eq!(drawn, 600);
}

#[test]
fn a_full_picture_says_that_its_labels_are_hidden() {
    for (nodes, ranks) in [(61, Some(5)), (41, None)] {
        assert!(svg(&invented(nodes, nodes - 1, ranks)).unwrap().contains("Ties are not written out"));
        assert!(dot(&invented(nodes, nodes - 1, ranks)).unwrap().contains("Ties are not written out"));
        assert!(!svg(&invented(nodes - 1, nodes - 2, ranks)).unwrap().contains("Ties are not written out"));
    }
}

#[test]
fn more_actors_than_a_picture_holds_is_an_error_with_a_remedy() {
    let error = svg(&invented(NODE_LIMIT + 1, 10, None)).unwrap_err();
    assert_eq!(error, DiagramError::TooManyNodes { node_count: NODE_LIMIT + 1 });
    assert!(error.to_string().contains("6000") && error.to_string().contains("narrow the lens"));
}

#[test]
fn one_scene_gives_the_same_bytes_every_time_and_on_every_thread() {
    let scenes = || {
        [
            mongolia_south_korea(),
            hostile(),
            invented(16, 25, Some(5)),
            invented(40, 60, None),
            invented(90, 150, None),
        ]
    };
    let draw = || scenes().map(|scene| (svg(&scene).unwrap(), dot(&scene).unwrap()));
    let first = draw();
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| (0..3).map(|_| draw()).collect::<Vec<_>>())).collect();
        for thread in threads {
            assert!(thread.join().unwrap().iter().all(|drawn| *drawn == first));
        }
    });
}

#[test]
fn fresh_processes_give_the_same_bytes() {
    let folder = std::env::temp_dir().join(format!("chancery-diagram-{}", std::process::id()));
    let draw = |run: usize| -> Vec<(String, String)> {
        let out = folder.join(run.to_string());
        std::fs::create_dir_all(&out).unwrap();
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["diagram::scenes_can_be_looked_at", "--exact"])
            .env("CHANCERY_TEST_LOOK", &out)
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        let mut files: Vec<(String, String)> = std::fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| {
                (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        files.sort();
        files
    };
    let first = draw(0);
    let same = (1..4).all(|run| draw(run) == first);
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(!first.is_empty() && same);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_text_is_drawn_well_formed(texts in prop::collection::vec("(\\PC|[\\x00-\\x1f\"<>&'\\\\]){0,30}", 4)) {
        let mut scene = mongolia_south_korea();
        scene.title.clone_from(&texts[0]);
        scene.nodes[0].id.clone_from(&texts[1]);
        scene.nodes[0].label.clone_from(&texts[1]);
        scene.edges[0].ties[0].label.clone_from(&texts[2]);
        scene.edges[0].ties[0].id.clone_from(&texts[2]);
        scene.sources[0].clone_from(&texts[3]);
        let text = svg(&scene).unwrap();
        prop_assert!(roxmltree::Document::parse(&text).is_ok(), "{}", text);
    }
}
