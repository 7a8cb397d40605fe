//! `backup`: a copy of an archive, also while others write to it.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use chancery::{
    archive::{Archive, ArchiveError, Copied},
    report::{Answer, CopyReport, Header},
};

use super::{args::OutputArgs, failure::Failure, output};

/// How often a copy begins again because the archive was compacted meanwhile.
const TRIES: usize = 5;

/// Copy an archive with its history, as it stands at the last commit; others may write to it meanwhile.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery backup my.chancery /media/usb/my-2026-11-21.chancery
  chancery verify /media/usb/my-2026-11-21.chancery")]
pub(super) struct BackupArgs {
    /// The archive
    #[arg(value_name = "NAME.chancery")]
    archive: PathBuf,
    /// The copy, where nothing stands yet
    #[arg(value_name = "DEST")]
    to: PathBuf,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &BackupArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let mut copied = copy(args);
    for _ in 1..TRIES {
        if !matches!(copied, Err(ArchiveError::Gone(_))) {
            break;
        }
        copied = copy(args);
    }
    let Copied { commit, bytes_before, bytes } = copied?;
    let done = format!("copied {} up to commit {commit} to {}", args.archive.display(), args.to.display());
    let report = CopyReport { done, commit, bytes_before, bytes };
    output::answer(&Answer::new(Header::without_dataset(), report), &args.output)
}

fn copy(args: &BackupArgs) -> Result<Copied, ArchiveError> {
    Archive::open(&args.archive)?.backup(&args.to)
}
