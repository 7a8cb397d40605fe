//! `verify`: is an archive still what was written?

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use chancery::{
    archive::Verified,
    report::{Answer, Header, VerifyReport},
};

use super::{args::OutputArgs, failure::Failure, output};

/// Look at every frame, segment, checksum, row and reference of an archive.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery verify my.chancery
  chancery verify my.chancery --format json

Exit code 1 when anything is damaged. What a stopped writer left behind is noted, and does no harm.")]
pub(super) struct VerifyArgs {
    /// The archive
    #[arg(value_name = "NAME.chancery")]
    archive: PathBuf,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &VerifyArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let verified = Verified::of(&args.archive)?;
    let failed = verified.is_damaged();
    let code = output::answer(&Answer::new(Header::without_dataset(), VerifyReport(verified)), &args.output)?;
    Ok(if failed { ExitCode::FAILURE } else { code })
}
