//! `info`: what a dataset holds.

use std::process::ExitCode;

use clap::Args;

use chancery::report::{Answer, Header, InfoReport};

use super::{
    args::{GraphArgs, OutputArgs},
    failure::Failure,
    open, output,
};

/// What a dataset holds: how many actors, ties, references, of which kinds.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery info
  chancery info --graph my-graph.json --format json")]
pub(super) struct InfoArgs {
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &InfoArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let answer = Answer::new(Header::of(&dataset), InfoReport::new(&dataset));
    output::answer(&answer, &args.output)
}
