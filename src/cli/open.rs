//! Finds and loads the dataset that a command asks.

use std::{
    collections::BTreeSet,
    env,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use chancery::{
    archive::{Archive, Tail, is_archive},
    dataset::{Builder, Checked, Dataset, Problem, SourceFile},
    format::{native, read_path, shipped},
    model::Severity,
};

use super::{
    args::GraphArgs,
    failure::Failure,
    output::{self, note_line},
};

/// The environment variable that names the dataset.
const VARIABLE: &str = "CHANCERY_GRAPH";

/// What `run` keeps from one question to the next.
struct Keeper {
    /// What the files of the coming question hold; without it nothing is kept.
    state: Option<String>,
    /// A dataset, with the state and the options that it was read with.
    kept: Option<(String, Dataset)>,
}

static KEEPER: Mutex<Keeper> = Mutex::new(Keeper { state: None, kept: None });

fn keeper() -> MutexGuard<'static, Keeper> {
    KEEPER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps the dataset of the coming question; one that was kept is asked again if files and options are what they were.
pub(super) fn keep(state: String) {
    keeper().state = Some(state);
}

/// The dataset, which must have no errors; which one it is goes to stderr.
pub(super) fn dataset(args: &GraphArgs) -> Result<Dataset, Failure> {
    let key = keeper().state.as_ref().map(|state| format!("{state} {args:?}"));
    let Some(key) = key else { return read(args) };
    if let Some((_, dataset)) = keeper().kept.as_ref().filter(|(known, _)| *known == key) {
        return Ok(dataset.clone());
    }
    let dataset = read(args)?;
    keeper().kept = Some((key, dataset.clone()));
    Ok(dataset)
}

/// The dataset, from its files.
fn read(args: &GraphArgs) -> Result<Dataset, Failure> {
    if let Some((dataset, warning_count)) = mapped(args)? {
        tell_warnings(warning_count);
        return Ok(dataset);
    }
    let (dataset, problems) = with_problems(args)?;
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(Failure::data(problems, dataset.files()));
    }
    tell_warnings(problems.len());
    Ok(dataset)
}

fn tell_warnings(warning_count: usize) {
    if warning_count > 0 {
        let count =
            if warning_count == 1 { "1 warning".to_owned() } else { format!("{warning_count} warnings") };
        note_line(&format!("{count} in the data; `chancery check` lists them"));
    }
}

/// The dataset of an archive that is asked alone and as it stands, from the columns that its writer made, and how many
/// warnings it has; `None` when it is to be built.
fn mapped(args: &GraphArgs) -> Result<Option<(Dataset, usize)>, Failure> {
    let paths = paths(args);
    let [path] = paths.as_slice() else { return Ok(None) };
    if args.known_on.is_some() || args.merge_mirrors || !is_archive(path) {
        return Ok(None);
    }
    let archive = Archive::open(path)?;
    if archive.last() == 0 {
        return Ok(None);
    }
    match archive.mapped(damaged) {
        Ok(mapped) => {
            note_line(&format!("graph: {}", path.display()));
            if let Some(dropped) = torn(archive.tail()) {
                note_line(&format!("  {dropped}"));
            }
            output::protect(std::iter::once(path.join("log")));
            Ok(Some(mapped))
        }
        Err(why) => {
            note_line(&format!(
                "built in memory, since there are no columns to map: {why}; `chancery compact` makes them"
            ));
            Ok(None)
        }
    }
}

/// No answer is made of what is not what was written.
pub(super) fn damaged(what: &str) {
    output::error_line(&format!(
        "error: {what}\n  hint: the records are not affected: `chancery compact` makes the columns anew, and without the \
         folder `derived` answers are built in memory"
    ));
    std::process::exit(1);
}

/// The dataset and everything wrong with it.
pub(super) fn with_problems(args: &GraphArgs) -> Result<(Dataset, Vec<Problem>), Failure> {
    let read = builder(args)?.finish();
    protect(args, read.0.files());
    Ok(read)
}

/// What is wrong with a dataset, which is not made.
pub(super) fn checked(args: &GraphArgs) -> Result<Checked, Failure> {
    let checked = builder(args)?.check();
    protect(args, &checked.files);
    Ok(checked)
}

/// The rows of a dataset; which one it is goes to stderr.
fn builder(args: &GraphArgs) -> Result<Builder, Failure> {
    let mut builder = Builder::default();
    let paths = paths(args);
    if paths.is_empty() {
        note_line("graph: the one in the program (--graph PATH asks another)");
        shipped::read(&mut builder);
    } else {
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        note_line(&format!("graph: {}", names.join(", ")));
    }
    read_files(&paths, args, &mut builder, note_line)?;
    if args.merge_mirrors {
        note_line(&builder.merge_mirrors().describe());
    }
    Ok(builder)
}

/// Keeps answers from being written over what they were read from.
fn protect(args: &GraphArgs, files: &[SourceFile]) {
    let paths = paths(args);
    // The files that an archive was loaded from are not asked: they may be written anew.
    if paths.iter().any(|path| is_archive(path)) {
        output::protect(paths.iter().filter(|path| path.is_file()).cloned());
    } else {
        output::protect(files.iter().map(|file| PathBuf::from(&*file.name)));
    }
}

/// What is wrong with the same dataset, read again, with nothing said.
pub(super) fn checked_again(args: &GraphArgs) -> Result<Checked, Failure> {
    let mut builder = Builder::default();
    read_files(&paths(args), args, &mut builder, |_| ())?;
    if args.merge_mirrors {
        builder.merge_mirrors();
    }
    Ok(builder.check())
}

/// Reads files and folders, each file once.
fn read_files(
    paths: &[PathBuf],
    args: &GraphArgs,
    builder: &mut Builder,
    note: impl Fn(&str),
) -> Result<(), Failure> {
    let options = args.table.options()?;
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folders: BTreeSet<PathBuf> =
        paths.iter().filter(|path| path.is_dir()).map(|path| real(path)).collect();
    let mut seen = BTreeSet::new();
    if args.known_on.is_some()
        && let Some(plain) = paths
            .iter()
            .map(Some)
            .chain(paths.is_empty().then_some(None))
            .find(|path| path.is_none_or(|path| !is_archive(path)))
    {
        let name = plain.map_or("the graph in the program".to_owned(), |path| path.display().to_string());
        return Err(Failure::Usage(format!(
            "--known-on needs an archive, which keeps its history; {name} is none\n  \
             hint: `chancery load FILES… --into NAME.chancery` makes one; `chancery diff` asks git for older JSON"
        )));
    }
    for path in paths {
        let same = real(path);
        let in_folder = path.is_file() && same.parent().is_some_and(|folder| folders.contains(folder));
        if !seen.insert(same) || in_folder {
            note(&format!("{} is given twice, and read once", path.display()));
            continue;
        }
        if is_archive(path) {
            archive(path, args, builder, &note)?;
            continue;
        }
        for line in read_path(path, &options, builder)?.notes {
            note(&format!("  {line}"));
        }
    }
    Ok(())
}

/// Reads an archive, as it stands or as it was known on a day.
fn archive(
    path: &Path,
    args: &GraphArgs,
    builder: &mut Builder,
    note: &impl Fn(&str),
) -> Result<(), Failure> {
    let mut archive = Archive::open(path)?;
    if let Some(dropped) = torn(archive.tail()) {
        note(&format!("  {dropped}"));
    }
    if let Some(day) = args.known_on {
        archive.as_known_on(day)?;
        note(&format!("  as known on {day}: commit {}", archive.last()));
    }
    archive.read(builder)?;
    output::protect(std::iter::once(path.join("log")));
    Ok(())
}

/// What is said of a commit whose writing was cut short.
pub(super) fn torn(tail: &Tail) -> Option<String> {
    match tail {
        Tail::Clean => None,
        Tail::Torn(bytes) | Tail::Damaged { bytes, .. } => Some(format!(
            "a write is under way or was cut short: {bytes} bytes after the last commit are left out; all commits stand"
        )),
    }
}

/// The paths that are asked; none for the graph in the program.
pub(super) fn paths(args: &GraphArgs) -> Vec<PathBuf> {
    if !args.graph.is_empty() {
        return args.graph.clone();
    }
    if let Some(path) = env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
        return vec![path.into()];
    }
    let here = Path::new("graph");
    let native = here.read_dir().is_ok_and(|entries| {
        let json = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "json");
        entries.flatten().map(|entry| entry.path()).filter(json).any(|path| native::is_native(&path))
    });
    if native { vec![here.to_owned()] } else { Vec::new() }
}
