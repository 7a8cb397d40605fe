//! `log`: the commits of an archive.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use chancery::{
    archive::Archive,
    report::{Answer, Header, LogReport},
};

use super::{args::OutputArgs, failure::Failure, open, output};

/// The commits of an archive, newest first: when, who, what for, and what they did.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery log my.chancery
  chancery log my.chancery --format json
  chancery ties --graph my.chancery --known-on 2026-01-31")]
pub(super) struct LogArgs {
    /// The archive
    #[arg(value_name = "NAME.chancery")]
    archive: PathBuf,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &LogArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let archive = Archive::open(&args.archive)?;
    if let Some(torn) = open::torn(archive.tail()) {
        output::note_line(&torn);
    }
    output::answer(&Answer::new(Header::without_dataset(), LogReport::new(archive.commits())), &args.output)
}
