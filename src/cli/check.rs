//! `check`: what is wrong in a dataset.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use chancery::report::{Answer, CheckReport, Header, ReadCounts};

use super::{
    args::{Format, GraphArgs, OutputArgs},
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
  chancery check my-graph.json --max-problems 0

Exit code 1 when there are errors.")]
pub(super) struct CheckArgs {
    /// JSON graphs or folders of them, checked together as one dataset
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Exit with 1 for warnings too
    #[arg(long)]
    warnings_as_errors: bool,
    /// List so many problems at most, 0 for all [default: 100 in text, else all]
    #[arg(long, value_name = "N")]
    max_problems: Option<usize>,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// How many problems a text lists.
const MOST_IN_TEXT: usize = 100;

/// Runs the verb.
pub(super) fn run(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let format = output::format(&args.output)?;
    let graph = GraphArgs { graph: [args.graph.graph.as_slice(), &args.paths].concat() };
    let (dataset, problems) = open::with_problems(&graph)?;
    let read = ReadCounts {
        file_count: dataset.files().len(),
        actor_count: dataset.actors().count(),
        tie_count: dataset.ties().count(),
        reference_count: dataset.reference_count(),
    };
    let most = match args.max_problems {
        Some(0) => None,
        Some(most) => Some(most),
        None => Some(MOST_IN_TEXT).filter(|_| matches!(format, Format::Text | Format::Markdown)),
    };
    let report = CheckReport::new(read, problems, dataset.files(), most);
    let failed = report.error_count > 0 || args.warnings_as_errors && report.warning_count > 0;
    let answer = Answer::new(Header::of(&dataset), report);
    let code = if format == Format::Text && args.output.output.is_none() && output::takes_colour() {
        output::print(coloured(&output::plain(&answer)).as_bytes())?
    } else {
        output::answer(&answer, &args.output)?
    };
    Ok(if failed { ExitCode::FAILURE } else { code })
}

/// The same text with errors and carets in red, warnings in yellow.
fn coloured(text: &str) -> String {
    let paint = |line: &str| {
        let mark = [": error[", ": warning["].iter().find_map(|mark| Some((line.find(mark)?, *mark)));
        if let Some((at, mark)) = mark {
            let colour = if mark == ": error[" { "31" } else { "33" };
            let (place, rest) = line.split_at(at + 2);
            let (kind, message) = rest.split_at(rest.find("]:").map_or(0, |end| end + 1));
            return format!("\x1b[1m{place}\x1b[{colour}m{kind}\x1b[0;1m{message}\x1b[0m\n");
        }
        let carets = line.trim_start().strip_prefix("| ").map(str::trim);
        if carets.is_some_and(|carets| !carets.is_empty() && carets.bytes().all(|byte| byte == b'^')) {
            return line.replacen('^', "\x1b[31m^", 1) + "\x1b[0m\n";
        }
        format!("{line}\n")
    };
    text.lines().map(paint).collect()
}
