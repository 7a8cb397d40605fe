//! Files that remake figures and tables: what has changed, and nothing else.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::root;

const RECIPE: &str = "\
graph = \"g.json\"

[lens.war]
during = \"1947/1991\"

[[output]]
file = \"figures/ab.svg\"
ask = [\"connect\", \"Arland\", \"Borland\"]
lens = \"war\"
theme = \"print\"

[[output]]
file = \"rank.csv\"
ask = \"rank\"
by = \"degree\"
";

const GRAPH: &str = "{\"nodes\": [{\"id\": \"a\", \"kind\": \"country\", \"names\": [{\"text\": \"Arland\"}]}, \
    {\"id\": \"b\", \"kind\": \"country\", \"names\": [{\"text\": \"Borland\"}]}], \
    \"edges\": [{\"source\": \"a\", \"target\": \"b\", \"relation\": \"visit\", \"when\": \"1960\"}]}";

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("chancery-run-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    for (file, text) in [("paper.toml", RECIPE), ("g.json", GRAPH)] {
        fs::write(folder.join(file), text).expect("the temporary folder can be written");
    }
    folder
}

/// Whether it went well, and what it said.
fn run(folder: &Path, args: &[&str]) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .arg("run")
        .arg(folder.join("paper.toml"))
        .args(args)
        .current_dir(root())
        .env_remove("CHANCERY_GRAPH")
        .output()
        .expect("the program is built with its tests");
    assert!(done.stdout.is_empty());
    (done.status.success(), String::from_utf8(done.stderr).expect("it writes UTF-8"))
}

#[test]
fn what_has_not_changed_is_left_alone() {
    let folder = folder("same");
    let (went_well, said) = run(&folder, &["--dry-run"]);
    assert!(
        went_well && said.contains("2 to make, 0 unchanged") && !folder.join("rank.csv").exists(),
        "{said}"
    );
    let (went_well, said) = run(&folder, &[]);
    assert!(went_well && said.contains("2 made, 0 unchanged, 0 failed"), "{said}");
    assert_eq!(said.matches("graph: ").count(), 1, "the dataset of both is read once: {said}");
    let figure = fs::read_to_string(folder.join("figures/ab.svg")).unwrap();
    assert!(figure.contains("Borland") && figure.contains("1947-01-01/1991-12-31"));
    assert!(run(&folder, &[]).1.contains("0 made, 2 unchanged"));
    // A deleted output, a changed one, changed options, changed data: each is made again, and the rest is not.
    fs::remove_file(folder.join("rank.csv")).unwrap();
    assert!(run(&folder, &[]).1.contains("1 made, 1 unchanged"));
    fs::write(folder.join("figures/ab.svg"), figure.replace("Borland", "chancery 0")).unwrap();
    assert!(run(&folder, &[]).1.contains("1 made, 1 unchanged"));
    assert_eq!(fs::read_to_string(folder.join("figures/ab.svg")).unwrap(), figure);
    fs::write(folder.join("paper.toml"), RECIPE.replace("degree", "closeness")).unwrap();
    assert!(run(&folder, &[]).1.contains("1 made, 1 unchanged"));
    fs::write(folder.join("g.json"), GRAPH.replace("1960", "1961")).unwrap();
    assert!(run(&folder, &[]).1.contains("2 made, 0 unchanged"));
    assert!(run(&folder, &["--all"]).1.contains("2 made, 0 unchanged"));
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_fault_is_told_with_file_and_line_and_the_rest_is_made() {
    let folder = folder("faults");
    fs::write(folder.join("paper.toml"), RECIPE.replace("\"Borland\"", "\"Nowhere\"")).unwrap();
    let (went_well, said) = run(&folder, &[]);
    assert!(!went_well && said.contains("paper.toml:6: figures/ab.svg was not made"), "{said}");
    assert!(said.contains("Nowhere") && said.contains("1 made, 0 unchanged, 1 failed"), "{said}");
    fs::write(folder.join("paper.toml"), RECIPE.replace("theme", "thme").replace("by =", "lens =")).unwrap();
    let (went_well, said) = run(&folder, &[]);
    assert!(!went_well && said.contains("paper.toml:15: no such lens; the file has: war"), "{said}");
    fs::write(folder.join("paper.toml"), RECIPE.replace("theme", "thme")).unwrap();
    let (went_well, said) = run(&folder, &[]);
    assert!(!went_well && said.contains("paper.toml:6") && said.contains("--thme"), "{said}");
    // What somebody else wrote stays.
    fs::write(folder.join("paper.toml"), RECIPE).unwrap();
    fs::write(folder.join("rank.csv"), "my own notes\n").unwrap();
    let (went_well, said) = run(&folder, &[]);
    assert!(!went_well && said.contains("rank.csv"), "{said}");
    assert_eq!(fs::read_to_string(folder.join("rank.csv")).unwrap(), "my own notes\n");
    assert!(run(&folder, &["--force"]).0);
    fs::remove_dir_all(&folder).unwrap();
}
