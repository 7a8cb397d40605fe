//! Briefs as their readers meet them: whole, numbered once, with their pictures.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::support::root;

fn report(folder: &Path, args: &[&str]) -> Output {
    let graph = root().join("graph");
    Command::new(env!("CARGO_BIN_EXE_chancery"))
        .arg("report")
        .args(args)
        .arg("--graph")
        .arg(graph)
        .current_dir(folder)
        .output()
        .expect("the program is built with its tests")
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("chancery-report-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    folder
}

/// The numbers in `[1][2]` of a text.
fn marks(text: &str) -> Vec<usize> {
    let parts = text.split('[').skip(1).filter_map(|part| part.split(']').next());
    parts.filter_map(|number| number.parse().ok()).collect()
}

#[test]
fn a_brief_in_html_is_one_whole_page() {
    let done = report(&root(), &["Mongolia", "South Korea", "--format", "html"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let page = String::from_utf8(done.stdout).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert_eq!(page.matches("<figure>").count(), 2);
    assert!(!page.contains("<script") && !page.contains("<link") && !page.contains("src="));
    for part in ["In order of time", "Doubtful or contradictory", "Method", "Sources", "dataset "] {
        assert!(page.contains(part), "{part}");
    }
    let (words, sources) = page.split_once("<ol class=\"sources\">").unwrap();
    // What stands in pictures has its own numbers.
    let outside: String =
        words.split("<svg").map(|part| part.split_once("</svg>").map_or(part, |(_, after)| after)).collect();
    let count = sources.matches("<li>").count();
    let cited = marks(&outside);
    assert!(cited.len() > 20 && cited.iter().all(|number| (1..=count).contains(number)), "{count} {cited:?}");
    let unused: Vec<usize> = (1..=count).filter(|number| !cited.contains(number)).collect();
    assert!(unused.len() < count / 2, "{unused:?} of {count}");
}

#[test]
fn a_brief_in_markdown_has_its_pictures_beside_it() {
    let folder = folder("md");
    let done = report(&folder, &["Cuba", "North Korea", "-o", "a brief.md"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = fs::read_to_string(folder.join("a brief.md")).unwrap();
    for name in ["a brief-connectors.svg", "a brief-timeline.svg"] {
        assert!(text.contains(&format!("](<{name}>)")), "{text}");
        assert!(roxmltree::Document::parse(&fs::read_to_string(folder.join(name)).unwrap()).is_ok());
    }
    // The same again is the same file.
    let again = report(&folder, &["Cuba", "North Korea", "-o", "a brief.md"]);
    assert!(again.status.success() && fs::read_to_string(folder.join("a brief.md")).unwrap() == text);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_brief_on_one_actor_is_its_timeline() {
    let done = report(&root(), &["蒙古", "--format", "markdown"]);
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success() && text.starts_with("# Mongolia\n") && !text.contains("shortest routes"));
    let done = report(&root(), &["Mongolia", "MNG"]);
    assert!(String::from_utf8_lossy(&done.stderr).contains("both names mean Mongolia"));
}
