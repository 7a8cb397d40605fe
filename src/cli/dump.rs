//! `dump`: an archive as canonical JSON.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use chancery::format::native::EdgeKey;

use super::{
    args::{Format, GraphArgs, OutputArgs},
    export,
    failure::Failure,
    open, output,
};

/// Write an archive as one JSON graph in canonical form, with what was retracted and why.
///
/// Loaded again it makes the same dataset, and dumped again the same bytes. The commits are not in it: `backup`
/// copies an archive with its history.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery dump my.chancery -o my-graph.json
  chancery dump my.chancery --known-on 2026-01-31 | gzip > january.json.gz")]
pub(super) struct DumpArgs {
    /// The archive
    #[arg(value_name = "NAME.chancery")]
    archive: PathBuf,
    /// As it was known at the end of a day, month or year
    #[arg(long, value_name = "DAY", value_parser = super::args::parse_known_on)]
    known_on: Option<chancery::date::Day>,
    /// Write to a file
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Overwrite a file that Chancery did not write
    #[arg(long, help_heading = "Output")]
    force: bool,
}

/// Runs the verb.
pub(super) fn run(args: &DumpArgs) -> Result<ExitCode, Failure> {
    let graph =
        GraphArgs { graph: vec![args.archive.clone()], known_on: args.known_on, ..GraphArgs::default() };
    if !chancery::archive::is_archive(&args.archive) {
        return Err(chancery::archive::ArchiveError::NoArchive(args.archive.clone()).into());
    }
    let dataset = open::dataset(&graph)?;
    let (actors, ties): (Vec<_>, Vec<_>) = (dataset.actors().all().collect(), dataset.ties().all().collect());
    let text = export::text(&dataset, (&actors, &ties), true, None, None, EdgeKey::Edges)?;
    let output = OutputArgs {
        output: args.output.clone(),
        format: Some(Format::Json),
        force: args.force,
        ..OutputArgs::default()
    };
    output::send(&text, &output)
}
