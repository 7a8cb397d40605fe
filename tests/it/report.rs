//! Briefs as their readers meet them: whole, numbered once, with their pictures.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::support::{root, skip};

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

/// What another program says of a PDF; `None` where it is not installed.
fn asked_of(program: &str, args: &[&str], path: &Path) -> Option<String> {
    let Ok(done) = Command::new(program).args(args).arg(path).arg("-").output() else {
        skip(program);
        return None;
    };
    assert!(done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    Some(String::from_utf8(done.stdout).expect("it writes UTF-8"))
}

#[test]
fn a_brief_in_pdf_has_two_to_four_full_pages_whose_text_can_be_found() {
    let folder = folder("pdf");
    let briefs: [(&str, &[&str], [&str; 4]); 3] = [
        ("en.pdf", &[], ["Direct ties (4)", "In order of time", "Doubtful or contradictory", "Sources"]),
        ("zh.pdf", &["--lang", "zh-Hant"], ["直接關係", "按時間先後", "存疑或互相矛盾之處", "資料來源"]),
        (
            "both.pdf",
            &["--lang", "zh-Hans,en", "--page", "letter"],
            ["直接关系", "按时间先后", "South Korea", "资料来源"],
        ),
    ];
    for (name, more, wanted) in briefs {
        let done = report(&folder, &[&["Mongolia", "South Korea", "-o", name], more].concat());
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success() && !said.contains("no font has"), "{said}");
        let path = folder.join(name);
        let bytes = fs::read(&path).unwrap();
        assert!(report(&folder, &[&["Mongolia", "South Korea", "-o", name], more].concat()).status.success());
        assert!(fs::read(&path).unwrap() == bytes, "{name} is not the same twice");
        let Some(text) = asked_of("pdftotext", &["-layout"], &path) else { continue };
        let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
        assert!((2..=4).contains(&pages.len()), "{name}: {} pages", pages.len());
        for (number, page) in (1..).zip(&pages) {
            let solid: String = page.split_whitespace().collect();
            assert!(solid.contains(&format!("{number}/{}", pages.len())), "{name}: {page}");
            let lines = page.lines().filter(|line| !line.trim().is_empty()).count();
            assert!(lines >= 12, "{name}: page {number} has {lines} lines");
        }
        let solid: String = text.split_whitespace().collect();
        for word in wanted {
            assert!(solid.contains(&word.replace(' ', "")), "{word} in {name}");
        }
        // Every source that the text lists stands there by its number.
        assert!(solid.contains("[22]") && !solid.contains("[23]"), "{name}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn an_answer_that_is_no_picture_is_set_on_pages() {
    let folder = folder("pages");
    let done = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["ties", "--relation", "visit", "-o", "ties.pdf", "--graph"])
        .arg(root().join("graph"))
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    if let Some(text) = asked_of("pdftotext", &["-layout"], &folder.join("ties.pdf")) {
        assert!(text.contains("Sources") && text.contains("visit"), "{text}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_template_says_what_stands_where_in_every_form() {
    let folder = folder("template");
    let template = "<!-- house style -->\n# On {{a}} and {{b}}\n\n{{timeline}}\n\n## Pictures of {{title}}\n{{figure}}\n- one <b>\n- zwei\n\n{{sources}}\n\nThe end.\n";
    fs::write(folder.join("house.md"), template).expect("the folder can be written");
    for file in ["brief.md", "brief.html"] {
        let done = report(&folder, &["Mongolia", "South Korea", "--template", "house.md", "-o", file]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let text = fs::read_to_string(folder.join(file)).expect("it was written");
        let places: Vec<usize> = [
            "On Mongolia and South Korea",
            "Pictures of Mongolia and South Korea",
            "Figure 1",
            "zwei",
            "Sources",
            "The end.",
        ]
        .map(|words| text.rfind(words).unwrap_or_else(|| panic!("{words} is not in {file}")))
        .to_vec();
        assert!(places.is_sorted(), "{places:?} in {file}");
        assert!(
            !text.replace("\\<b", "").contains("<b>")
                && !text.contains("{{")
                && !text.contains("Doubtful or"),
            "{file}"
        );
        assert_eq!(text.matches("Sources").count(), 1, "{file}");
    }
    fs::write(folder.join("wrong.md"), "# a\n\n{{timelines}}\n").expect("the folder can be written");
    let wrong = report(&folder, &["Mongolia", "--template", "wrong.md", "-o", "x.md"]);
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(
        wrong.status.code() == Some(2)
            && said.contains("wrong.md: line 3: `{{timelines}}` stands for nothing"),
        "{said}"
    );
    fs::remove_dir_all(&folder).expect("it is ours");
}

#[test]
fn the_picture_of_a_brief_is_arranged_as_asked() {
    let folder = folder("layout");
    let page = |args: &[&str]| {
        let done = report(&folder, &[&["Mongolia", "South Korea", "--format", "html"], args].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        done.stdout
    };
    assert_ne!(page(&[]), page(&["--layout", "circular"]));
    fs::remove_dir_all(&folder).expect("it is ours");
}
