//! What the verbs of archives share: who commits and when, the lock, and changes of single records.

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
    time::SystemTime,
};

use clap::Args;

use chancery::{
    archive::{Change, Load, Loading, Moment, Stamp, Step, Writer, is_archive},
    dataset::{Dataset, Problem},
    model::Severity,
    report::{Answer, EditReport, Edited, Header},
};

use super::{
    edit::{EditArgs, new_problems, refused},
    failure::Failure,
    open,
    output::{self, note_line},
    progress,
};

/// Tells how far a load or a compaction is; `ends` are the thousandths of its time after which it has read, checked and
/// written.
pub(super) fn tell_step(step: Step<'_>, [read, checked, written]: [u64; 3]) {
    let part =
        |done: u64, total: u64, (from, to): (u64, u64)| from + (to - from) * done.min(total) / total.max(1);
    let share = match step {
        Step::Reading { done, total, .. } => part(done, total, (0, read)),
        Step::Checking => read,
        Step::Writing { done, total } => part(done, total, (checked, written)),
        Step::Deriving => written,
    };
    progress::told().tell(usize::try_from(share).unwrap_or(1000), 1000);
}

/// The environment variable that says who commits.
const AUTHOR: &str = "CHANCERY_AUTHOR";

/// Who commits to an archive, and what for.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Commit (archives)")]
pub(super) struct StampArgs {
    /// What the commit is for
    #[arg(long, value_name = "TEXT")]
    pub(super) message: Option<String>,
    /// Who commits [default: `$CHANCERY_AUTHOR`, else the user's name]
    #[arg(long = "by", id = "by", value_name = "NAME")]
    pub(super) author: Option<String>,
}

impl StampArgs {
    /// Whether anything is said.
    pub(super) fn is_empty(&self) -> bool {
        self.message.is_none() && self.author.is_none()
    }

    /// The stamp of a commit that is made now.
    pub(super) fn stamp(&self, message: impl FnOnce() -> String) -> Stamp {
        let line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let named = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
        let author = self
            .author
            .clone()
            .or_else(|| [AUTHOR, "USER", "LOGNAME", "USERNAME"].into_iter().find_map(named));
        Stamp {
            time: now(),
            author: line(author.unwrap_or_else(|| "unknown".to_owned())),
            message: line(self.message.clone().unwrap_or_else(message)),
        }
    }
}

fn now() -> Moment {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Moment::from_unix_seconds(since.map_or(0, |since| since.as_secs()))
}

/// Opens an archive to write to it, and says what it finds.
pub(super) fn writer(folder: &Path) -> Result<Writer, Failure> {
    let host = std::fs::read_to_string("/etc/hostname").ok().map(|host| host.trim().to_owned());
    let host = host.or_else(|| env::var("HOSTNAME").ok()).filter(|host| !host.is_empty());
    let host = host.map_or(String::new(), |host| format!(" on {host}"));
    let holder = format!("process {}{host} since {}", std::process::id(), now());
    let writer = Writer::open(folder, &holder)?;
    if let Some(dropped) = writer.dropped().and_then(open::torn) {
        note_line(&dropped);
    }
    Ok(writer)
}

/// Says that a commit was made, but not the columns of it.
pub(super) fn tell_underived(writer: &Writer) {
    if let Some(why) = writer.underived() {
        note_line(&format!("the commit stands, but readers will build it in memory: {why}"));
    }
}

/// An archive, one record of which is to be changed.
pub(super) struct ArchiveEdit {
    folder: PathBuf,
    writer: Writer,
    /// The dataset as it stands, from its columns where there are any.
    pub(super) dataset: Dataset,
}

impl ArchiveEdit {
    /// Opens the archive that is to be changed; `None` when it is no archive.
    pub(super) fn open(args: &EditArgs) -> Result<Option<Self>, Failure> {
        let paths = match &args.into {
            Some(into) if is_archive(into) => vec![into.clone()],
            _ => open::paths(&args.graph),
        };
        let archives: Vec<&PathBuf> = paths.iter().filter(|path| is_archive(path)).collect();
        let [folder] = archives.as_slice() else {
            if archives.is_empty() {
                if !args.stamp.is_empty() || args.graph.known_on.is_some() {
                    let message =
                        "--message, --by and --known-on are for archives: JSON graphs keep no commits";
                    return Err(Failure::Usage(message.to_owned()));
                }
                return Ok(None);
            }
            return Err(Failure::Usage(
                "several archives; --into NAME.chancery says which is changed".to_owned(),
            ));
        };
        if paths.len() > 1 {
            let message = "an archive is changed by itself; leave the other graphs away";
            return Err(Failure::Usage(message.to_owned()));
        }
        if args.graph.known_on.is_some() {
            return Err(Failure::Usage("what was known is not changed; leave --known-on away".to_owned()));
        }
        output::format(&args.output)?;
        if !folder.exists() {
            return Err(chancery::archive::ArchiveError::NoArchive((*folder).clone()).into());
        }
        note_line(&format!("graph: {}", folder.display()));
        let writer = writer(folder)?;
        let dataset = match writer.archive().mapped(open::damaged) {
            Ok((dataset, _)) => dataset,
            Err(_) => writer.archive().dataset()?.0,
        };
        Ok(Some(Self { folder: (*folder).clone(), writer, dataset }))
    }

    /// Adds records: a native text.
    pub(super) fn add(
        mut self,
        text: String,
        args: &EditArgs,
        message: impl FnOnce() -> String,
        records: impl FnOnce(&Dataset) -> Vec<Edited>,
    ) -> Result<ExitCode, Failure> {
        let name = format!("commit {}", self.writer.archive().last() + 1);
        let load = Load { text: Some((name, text)), ..Load::default() };
        let loading = self.writer.archive().prepare(&load)?;
        let warnings = if loading.is_joined() {
            sound(&[], &loading.problems)?
        } else {
            self.new_warnings(&loading.problems)?
        };
        if loading.new_counts().total() == 0 {
            note_line("nothing to do: the archive has it already");
        } else if !args.dry_run {
            self.commit_load(&loading, &args.stamp.stamp(message))?;
        }
        let records = records(&loading.dataset);
        let written = !args.dry_run && loading.new_counts().total() > 0;
        let report = EditReport { written, records, warnings };
        output::answer(&Answer::new(Header::of(&loading.dataset), report), &args.output)
    }

    fn commit_load(&mut self, loading: &Loading, stamp: &Stamp) -> Result<(), Failure> {
        self.writer.load(loading, stamp)?;
        tell_underived(&self.writer);
        Ok(())
    }

    /// Takes rows out, or puts rows back.
    pub(super) fn change(
        mut self,
        change: Change,
        args: &EditArgs,
        message: impl FnOnce() -> String,
        record: impl FnOnce(String, String) -> Edited,
    ) -> Result<ExitCode, Failure> {
        let changed = self.writer.archive().changed(change)?;
        let change = &changed.change;
        let warnings = self.new_warnings(&changed.problems)?;
        let at =
            change.removed.first().map(|removal| removal.at).or(change.restored.first().map(|row| row.at));
        let line = at.map(|at| self.writer.archive().record(at)).transpose()?.flatten().unwrap_or_default();
        let place = format!("{} commit {}", self.folder.display(), self.writer.archive().last() + 1);
        if !args.dry_run {
            self.writer.change(&changed, &args.stamp.stamp(message))?;
            tell_underived(&self.writer);
        }
        let report = EditReport { written: !args.dry_run, records: vec![record(place, line)], warnings };
        output::answer(&Answer::new(Header::of(&changed.dataset), report), &args.output)
    }

    /// The warnings that were not there before; a failure where there are errors.
    fn new_warnings(&self, after: &[Problem]) -> Result<Vec<String>, Failure> {
        // Where nothing is wrong now there is nothing new.
        let before = if after.is_empty() { Vec::new() } else { self.archive().dataset()?.1 };
        sound(&before, after)
    }

    /// The archive.
    pub(super) fn archive(&self) -> &chancery::archive::Archive {
        self.writer.archive()
    }
}

/// The warnings that a change makes; a failure where it makes errors.
fn sound(before: &[Problem], after: &[Problem]) -> Result<Vec<String>, Failure> {
    let new = new_problems(before, after.to_vec());
    let (errors, warnings): (Vec<_>, Vec<_>) =
        new.iter().partition(|problem| problem.severity == Severity::Error);
    if errors.is_empty() {
        return Ok(warnings.iter().map(ToString::to_string).collect());
    }
    let count = if errors.len() == 1 { "1 error".to_owned() } else { format!("{} errors", errors.len()) };
    let lines = errors.iter().map(ToString::to_string).collect();
    Err(refused(format!("the change would make {count} in the data"), lines))
}
