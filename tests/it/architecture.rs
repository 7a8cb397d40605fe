//! Holds the house: imports run down, every file says what it is for, files stay short, the library is silent.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file longer than this is two rooms.
const MOST_LINES: usize = 450;
/// The one file that may hold `unsafe`: it says why.
const UNSAFE: &str = "src/dataset/mapped.rs";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below a folder, with their text, sorted.
fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is part of the project") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("source files are text");
                files.push((path.strip_prefix(root()).expect("it is below the root").to_owned(), text));
            }
        }
    }
    files.sort();
    assert!(!files.is_empty(), "no Rust files in {folder}");
    files
}

/// The floors, in the order of dependence, as lib.rs lists them.
fn floors() -> Vec<String> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs is there");
    let floor =
        |line: &str| line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')).map(str::to_owned);
    lib.lines().filter_map(floor).collect()
}

/// The modules of this crate that a text names as `crate::name` or in `crate::{a::…, b}`.
fn imports(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            let mut fresh = true;
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => fresh = true,
                    ':' if depth == 0 => fresh = false,
                    c if fresh && depth == 0 && (c.is_alphanumeric() || c == '_') => {
                        name.push(c);
                        continue;
                    }
                    _ => {}
                }
                names.extend((!name.is_empty()).then(|| std::mem::take(&mut name)));
            }
            names.extend((!name.is_empty()).then_some(name));
        } else {
            names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names
}

#[test]
fn imports_of_a_group_and_of_a_path_are_seen() {
    let text = "use crate::{date::{Day, Window}, model::Tie,\n lens}; crate::report::text()";
    assert_eq!(imports(text), ["date", "model", "lens", "report"]);
}

#[test]
fn imports_run_down() {
    let floors = floors();
    assert_eq!(floors.first().map(String::as_str), Some("date"));
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src") {
        let parts: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
        let Some(own) = floors.iter().position(|floor| floor == parts[1]) else { continue };
        // Links in comments may point anywhere: they are for readers.
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for name in imports(&code) {
            if floors.iter().position(|floor| *floor == name).is_some_and(|floor| floor > own) {
                wrong.push(format!("{} imports crate::{name}, which stands above it", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_by_saying_what_it_is_for() {
    let silent: Vec<String> = ["src", "tests"]
        .into_iter()
        .flat_map(rust_files)
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "no `//!` at the top of {}", silent.join(", "));
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = rust_files("src")
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| format!("{} has {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn the_library_is_silent_and_reads_no_clock() {
    let forbidden = [
        "println!",
        "eprintln!",
        "print!(",
        "process::exit",
        "env::var",
        "std::env",
        "SystemTime",
        "Instant::now",
        "todo!(",
        "unimplemented!(",
        "unsafe ",
    ];
    let mut found = Vec::new();
    for (path, text) in rust_files("src") {
        if path.starts_with("src/cli") || path == Path::new("src/main.rs") {
            continue;
        }
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.trim_start();
            let is_allowed = path == Path::new(UNSAFE) && code.contains("unsafe ");
            if !is_allowed && !code.starts_with("//") && forbidden.iter().any(|word| code.contains(word)) {
                found.push(format!("{}:{number}: {code}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_measure_names_its_source() {
    let silent: Vec<String> = rust_files("src/analysis")
        .into_iter()
        .filter(|(_, text)| text.contains("/// # Complexity") && text.contains("-> Vec<f64>"))
        .filter(|(_, text)| !text.contains("# References"))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "no `# References` in {}", silent.join(", "));
}

#[test]
fn architecture_names_every_floor_and_invariants() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    for floor in floors() {
        assert!(text.contains(&format!("`{floor}/`")), "ARCHITECTURE.md does not name the floor {floor}");
    }
}
