//! `compact`: fewer and fuller segments, and what no commit names taken away.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use chancery::{
    archive::{ArchiveError, History, Step},
    report::{Answer, CopyReport, Header},
};

use super::{
    archive::{tell_step, tell_underived, writer},
    args::OutputArgs,
    failure::Failure,
    output,
};

/// Merge the segments of an archive, and take away what stopped writers left. Answers stay what they are.
///
/// The history stays, unless it is to be forgotten: then retracted rows are gone for good, and one commit
/// stands for all.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery compact my.chancery
  chancery backup my.chancery my-before.chancery && chancery compact my.chancery --forget-history")]
pub(super) struct CompactArgs {
    /// The archive
    #[arg(value_name = "NAME.chancery")]
    archive: PathBuf,
    /// Keep only the rows that stand; earlier days can no longer be asked for
    #[arg(long)]
    forget_history: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &CompactArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    if !args.archive.exists() {
        return Err(ArchiveError::NoArchive(args.archive.clone()).into());
    }
    let history = if args.forget_history { History::Forgotten } else { History::Kept };
    let mut writer = writer(&args.archive)?;
    let copied = writer.compact(history, Some(tell))?;
    tell_underived(&writer);
    let done = format!("compacted {}", args.archive.display());
    let report =
        CopyReport { done, commit: copied.commit, bytes_before: copied.bytes_before, bytes: copied.bytes };
    output::answer(&Answer::new(Header::without_dataset(), report), &args.output)
}

/// How far it is, in thousandths: a third of the time goes into columns.
fn tell(step: Step<'_>) {
    tell_step(step, [0, 0, 700]);
}
