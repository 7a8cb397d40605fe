//! `resolve`: which names of a file are known.

use std::{fs, path::PathBuf, process::ExitCode};

use clap::Args;

use chancery::{
    format::table::read_column,
    report::{Answer, Header, Resolution, ResolveReport},
};

use super::{
    args::{GraphArgs, OutputArgs},
    failure::Failure,
    open, output,
};

/// Which names of a file are known, ambiguous or unknown: one name a line, or a column of a CSV file.
///
/// Written as CSV the answer is a mapping from names to ids, to be edited by hand.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery resolve names.txt
  chancery resolve events.csv --column country -o mapping.csv
  chancery resolve events.csv --column 2 --graph my.json

Exit code 1 when some name is ambiguous or unknown.")]
pub(super) struct ResolveArgs {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The column of a CSV file, by its head or its number from 1
    #[arg(long, value_name = "COLUMN")]
    column: Option<String>,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &ResolveArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let text = fs::read_to_string(&args.file)
        .map_err(|error| Failure::NoAnswer(format!("cannot read {}: {error}", args.file.display())))?;
    let names: Vec<String> = match &args.column {
        None => text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect(),
        Some(column) => read_column(&text, column)
            .map_err(|error| Failure::NoAnswer(format!("{}: {error}", args.file.display())))?,
    };
    let names: Vec<String> =
        names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let dataset = open::dataset(&args.graph)?;
    let report = ResolveReport::new(&dataset, &names);
    let open = report.count(Resolution::Ambiguous) + report.count(Resolution::Unknown);
    let done = output::answer(&Answer::new(Header::of(&dataset), report), &args.output)?;
    Ok(if open == 0 { done } else { ExitCode::FAILURE })
}
