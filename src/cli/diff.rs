//! `diff`: what changed between two datasets, or two commits of one.

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use clap::Args;

use chancery::{
    archive::{Archive, is_archive},
    dataset::{Builder, Dataset},
    format::native,
    model::Severity,
    report::{Answer, DiffReport, Header},
};

use super::{args::OutputArgs, failure::Failure, output};

/// Say what changed from A to B: records added, removed and changed, field by field, by their ids.
///
/// A and B are JSON graphs, folders of them, or archives. REVISION:PATH is the graph at that path in a commit of the git
/// repository in which the command runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery diff old.json new.json
  chancery diff HEAD~1:graph graph
  chancery diff v1.0:graph HEAD:graph --format json
  chancery diff old/ new/ -o changes.csv

Exit code 0 whether they differ or not: a difference is an answer.")]
pub(super) struct DiffArgs {
    /// The dataset before: a path, or REVISION:PATH
    #[arg(value_name = "A")]
    before: String,
    /// The dataset after
    #[arg(value_name = "B")]
    after: String,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &DiffArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let (before, after) = (read(&args.before)?, read(&args.after)?);
    output::answer(&Answer::new(Header::of(&after), DiffReport::new(&before, &after)), &args.output)
}

fn read(name: &str) -> Result<Dataset, Failure> {
    let mut builder = Builder::default();
    match name.split_once(':') {
        Some((revision, path)) if !Path::new(name).exists() => read_commit(revision, path, &mut builder)?,
        Some(_) | None if is_archive(Path::new(name)) => {
            Archive::open(Path::new(name))?.read(&mut builder)?;
        }
        Some(_) | None => native::read_path(Path::new(name), &mut builder)?,
    }
    let (dataset, problems) = builder.finish();
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(Failure::data(problems, dataset.files()));
    }
    Ok(dataset)
}

/// Reads a file or the `.json` files of a folder as a commit has them.
fn read_commit(revision: &str, path: &str, builder: &mut Builder) -> Result<(), Failure> {
    if revision.starts_with('-') {
        return Err(Failure::Usage(format!("`{revision}` is no revision")));
    }
    let path = path.trim_end_matches('/');
    let object = |path: &str| format!("{revision}:./{path}");
    let files = if git(&["cat-file", "-t", &object(path)])?.trim_end() == "tree" {
        let names = git(&["ls-tree", "-z", "--name-only", &object(path)])?;
        let json = names.split('\0').filter(|name| name.to_lowercase().ends_with(".json"));
        json.map(|name| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }).collect()
    } else {
        vec![path.to_owned()]
    };
    if files.is_empty() {
        return Err(Failure::NoAnswer(format!("no JSON graph in {revision}:{path}")));
    }
    for file in files {
        let text = git(&["show", &object(&file)])?;
        native::read_text(&format!("{revision}:{file}"), text.into(), builder);
    }
    Ok(())
}

/// What git answers.
fn git(args: &[&str]) -> Result<String, Failure> {
    let failed = |what: String| Failure::NoAnswer(format!("git {}: {what}", args.join(" ")));
    let output = Command::new("git").args(args).output().map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).trim_end().to_owned()));
    }
    String::from_utf8(output.stdout).map_err(|_| failed("not UTF-8 text".to_owned()))
}
