//! `schema`: the JSON Schema of the native form, and of answers.

use std::process::ExitCode;

use clap::Args;

use chancery::format::native;

use super::{args::OutputArgs, failure::Failure, output};

/// The schema of answers, made from their types when it is tested (`report/schemas.rs`).
const ANSWERS: &str = include_str!("../../schema/answers.schema.json");

/// Print the JSON Schema of a graph, with which editors complete and check it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery schema -o graph.schema.json
  then, as the first key of a graph: {\"$schema\": \"graph.schema.json\", …}
  chancery schema --answers -o answers.schema.json")]
pub(super) struct SchemaArgs {
    /// The schema of answers instead: what `--format json` of any verb writes
    #[arg(long)]
    answers: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &SchemaArgs) -> Result<ExitCode, Failure> {
    let text = if args.answers { ANSWERS.to_owned() } else { text() };
    output::send(text.as_bytes(), &args.output)
}

fn text() -> String {
    let mut text = serde_json::to_string_pretty(&native::schema()).expect("a schema has string keys");
    text.push('\n');
    text
}
