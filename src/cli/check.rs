//! `check`: what is wrong in a dataset.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use chancery::report::{Answer, CheckReport, Header, ReadCounts};

use super::{
    args::{GraphArgs, OutputArgs},
    failure::Failure,
    open, output,
};

/// Find what is wrong in a dataset: every problem with file, line, column and a hint.
///
/// Errors (a dangling id, an impossible date) block every other verb; warnings (no citation, no
/// relation, a key that nobody knows) do not.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery check
  chancery check my-graph.json
  chancery check actors.json ties/ --warnings-as-errors
  chancery check my-graph.json --format json

Exit code 1 when there are errors.")]
pub(super) struct CheckArgs {
    /// JSON graphs or folders of them, checked together as one dataset
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Exit with 1 for warnings too
    #[arg(long)]
    warnings_as_errors: bool,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &CheckArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let paths = [args.graph.graph.as_slice(), &args.paths].concat();
    let graph = GraphArgs { graph: paths, ..args.graph.clone() };
    let (dataset, problems) = open::with_problems(&graph)?;
    let read = ReadCounts {
        file_count: dataset.files().len(),
        actor_count: dataset.actors().count(),
        tie_count: dataset.ties().count(),
        reference_count: dataset.reference_count(),
    };
    let report = CheckReport::new(read, problems);
    let failed = report.error_count > 0 || args.warnings_as_errors && report.warning_count > 0;
    let code = output::answer(&Answer::new(Header::of(&dataset), report), &args.output)?;
    Ok(if failed { ExitCode::FAILURE } else { code })
}
