//! `schema`: the JSON Schema of the native form.

use std::process::ExitCode;

use clap::Args;

use chancery::format::native;

use super::{args::OutputArgs, failure::Failure, output};

/// Print the JSON Schema of a graph, with which editors complete and check it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery schema -o graph.schema.json
  then, as the first key of a graph: {\"$schema\": \"graph.schema.json\", …}")]
pub(super) struct SchemaArgs {
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &SchemaArgs) -> Result<ExitCode, Failure> {
    output::send(text().as_bytes(), &args.output)
}

fn text() -> String {
    let mut text = serde_json::to_string_pretty(&native::schema()).expect("a schema has string keys");
    text.push('\n');
    text
}
