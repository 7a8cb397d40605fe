//! What the verbs that change a graph share: which file, the checks before and after, the replacement.
//!
//! A change is a new text of one file. It is made only if the whole dataset has no error that it had not
//! before, and only if the file is still the one that was read.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;

use chancery::{
    dataset::{Builder, Dataset, Problem},
    format::native::{
        self,
        edit::{EMPTY, EditError},
    },
    model::Severity,
    report::{Answer, EditReport, Edited, Header},
};

use super::{
    archive::StampArgs,
    args::{GraphArgs, OutputArgs},
    failure::Failure,
    open, output,
};

/// Options of every verb that changes a graph.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct EditArgs {
    /// The file or archive that is changed, where the dataset has several
    #[arg(long, value_name = "FILE")]
    pub(super) into: Option<PathBuf>,
    /// Say what would be written and where, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) stamp: StampArgs,
    #[command(flatten)]
    pub(super) graph: GraphArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

impl From<EditError> for Failure {
    fn from(error: EditError) -> Self {
        refused(error.to_string(), Vec::new())
    }
}

/// A change that is not made.
pub(super) fn refused(why: impl Into<String>, lines: Vec<String>) -> Failure {
    Failure::Refused { why: why.into(), lines }
}

/// A dataset that is to be changed.
pub(super) struct Edit {
    pub(super) dataset: Dataset,
    problems: Vec<Problem>,
    /// The number of the file that `--into` names.
    pub(super) into: Option<usize>,
    /// Whether that file is still to be made.
    is_new: bool,
}

impl Edit {
    /// Reads the dataset that is to be changed.
    pub(super) fn open(args: &EditArgs) -> Result<Self, Failure> {
        output::format(&args.output)?;
        let mut paths = open::paths(&args.graph);
        if let Some(into) = &args.into {
            let belongs = paths.iter().any(|path| holds(path, into));
            if !belongs && args.graph.graph.is_empty() {
                paths = vec![into.clone()];
            } else if !belongs {
                return Err(Failure::Usage(format!("{} is no file of the dataset", into.display())));
            }
        }
        if paths.is_empty() {
            return Err(Failure::Usage(
                "the graph in the program cannot be changed\n  \
                 hint: --graph PATH or --into FILE names a graph of yours"
                    .to_owned(),
            ));
        }
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        output::note_line(&format!("graph: {}", names.join(", ")));
        let is_new = args.into.as_ref().is_some_and(|into| !into.exists());
        let mut builder = Builder::default();
        for path in paths.iter().filter(|path| !is_new || args.into.as_ref() != Some(path)) {
            native::read_path(path, &mut builder)?;
        }
        if let Some(into) = args.into.as_ref().filter(|_| is_new) {
            native::read_text(&into.display().to_string(), EMPTY.to_owned().into(), &mut builder);
        }
        let (dataset, problems) = builder.finish();
        let is_into = |name: &str| args.into.as_ref().is_some_and(|into| same_file(Path::new(name), into));
        let into = dataset.files().iter().position(|file| is_into(&file.name));
        Ok(Self { dataset, problems, into, is_new })
    }

    /// The file to change: the one that `--into` names, the only one, or the one that is proposed.
    pub(super) fn file(&self, propose: impl FnOnce() -> usize) -> usize {
        match self.into {
            Some(file) => file,
            None if self.dataset.files().len() == 1 => 0,
            None => {
                let file = propose();
                output::note_line(&format!("file: {} (--into FILE names another)", self.name(file)));
                file
            }
        }
    }

    /// The name of a file.
    pub(super) fn name(&self, file: usize) -> &str {
        &self.dataset.files()[file].name
    }

    /// The text of a file as it was read.
    pub(super) fn text(&self, file: usize) -> &str {
        &self.dataset.files()[file].text
    }

    /// Checks the dataset with a new text of a file, writes it unless this is a dry run, and answers.
    ///
    /// `records` says what was done, once the changed dataset can be asked for its places.
    pub(super) fn finish(
        &self,
        file: usize,
        text: &str,
        args: &EditArgs,
        records: impl FnOnce(&Dataset) -> Vec<Edited>,
    ) -> Result<std::process::ExitCode, Failure> {
        let mut builder = Builder::default();
        for (number, source) in self.dataset.files().iter().enumerate() {
            let text = if number == file { text.to_owned().into() } else { source.text.shared() };
            native::read_text(&source.name, text, &mut builder);
        }
        let (after, problems) = builder.finish();
        let new = new_problems(&self.problems, problems);
        let (errors, warnings): (Vec<_>, Vec<_>) =
            new.iter().partition(|problem| problem.severity == Severity::Error);
        if !errors.is_empty() {
            let count =
                if errors.len() == 1 { "1 error".to_owned() } else { format!("{} errors", errors.len()) };
            let lines = errors.iter().map(ToString::to_string).collect();
            return Err(refused(format!("the change would make {count} in the data"), lines));
        }
        if !args.dry_run {
            let old = if self.is_new && Some(file) == self.into { None } else { Some(self.text(file)) };
            replace(Path::new(self.name(file)), old, text)?;
        }
        let warnings = warnings.iter().map(ToString::to_string).collect();
        let report = EditReport { written: !args.dry_run, records: records(&after), warnings };
        output::answer(&Answer::new(Header::of(&after), report), &args.output)
    }
}

/// `file:line` of a part of a text.
pub(super) fn line_of(name: &str, text: &str, part: &str) -> String {
    let line = text.find(part).map_or(0, |at| text[..at].matches('\n').count() + 1);
    format!("{name}:{line}")
}

/// Whether a path is a file, or the folder that it stands in.
fn holds(path: &Path, file: &Path) -> bool {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    same_file(path, file) || path.is_dir() && same_file(path, folder)
}

fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// The problems that were not there before, wherever they stood: lines move.
pub(super) fn new_problems(before: &[Problem], after: Vec<Problem>) -> Vec<Problem> {
    let mut known: Vec<&Problem> = before.iter().collect();
    let mut new = Vec::new();
    for problem in after {
        let same = |old: &&Problem| old.file == problem.file && old.message == problem.message;
        match known.iter().position(same) {
            Some(at) => drop(known.swap_remove(at)),
            None => new.push(problem),
        }
    }
    new
}

/// Replaces a file whole or not at all, if it is still as it was read; `None` makes a new one.
///
/// The new text is written beside it under a name that only one writer can make, so that two changes at a
/// time do not lose one another.
fn replace(path: &Path, old: Option<&str>, new: &str) -> Result<(), Failure> {
    let name = path.display().to_string();
    let failed = |source: io::Error| Failure::Write { path: name.clone(), source };
    // A link stays a link: what it leads to is replaced.
    let path = if old.is_some() { path.canonicalize().map_err(failed)? } else { path.to_owned() };
    let permissions = match old {
        Some(_) => Some(fs::metadata(&path).map_err(failed)?.permissions()),
        None => None,
    };
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(refused(format!("{name} is read-only"), Vec::new()));
    }
    let mut beside = std::ffi::OsString::from(".");
    beside.push(path.file_name().unwrap_or_default());
    beside.push(".chancery-part");
    let part = path.with_file_name(beside);
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&part) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let hint = format!(
                "  hint: another change is under way, or one was cut short and left {}",
                part.display()
            );
            return Err(refused(format!("{name} is being changed"), vec![hint]));
        }
        Err(error) => return Err(failed(error)),
    };
    let written = (|| {
        file.write_all(new.as_bytes())?;
        if let Some(permissions) = permissions {
            fs::set_permissions(&part, permissions)?;
        }
        file.sync_all()?;
        let now = match fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if now.as_deref() != old.map(str::as_bytes) {
            return Ok(false);
        }
        fs::rename(&part, &path).map(|()| true)
    })();
    if !matches!(written, Ok(true)) {
        // What is left of a change that was not made is of no use; that it cannot be removed says nothing new.
        let _ = fs::remove_file(&part);
    }
    if !written.map_err(failed)? {
        let hint = "  hint: run the command again".to_owned();
        return Err(refused(format!("{name} was changed by somebody else meanwhile"), vec![hint]));
    }
    // The folder's entry is made lasting where the system lets folders be opened.
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_somebody_else_changed_is_left_alone() {
        let folder = std::env::temp_dir().join(format!("chancery-edit-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("temporary files can be written");
        let path = folder.join("g.json");
        fs::write(&path, "theirs").expect("the folder was made");
        let failure = replace(&path, Some("as read"), "ours").expect_err("the file is not as it was read");
        assert!(matches!(failure, Failure::Refused { why, .. } if why.contains("somebody else")));
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "theirs");
        let failure = replace(&path, None, "ours").expect_err("a file stands where a new one was to be made");
        assert!(matches!(failure, Failure::Refused { .. }));
        let part = folder.join(".g.json.chancery-part");
        assert!(!part.exists());
        fs::write(&part, "").expect("the folder was made");
        let failure = replace(&path, Some("theirs"), "ours").expect_err("another writer is at it");
        assert!(matches!(failure, Failure::Refused { why, .. } if why.contains("being changed")));
        fs::remove_file(&part).expect("it is there");
        replace(&path, Some("theirs"), "ours").expect("nothing stands in the way");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "ours");
        fs::remove_dir_all(&folder).expect("it is ours");
    }
}
