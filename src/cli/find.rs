//! `find`: actors by name, code or id.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    dataset::Lookup,
    report::{Answer, FindReport, Header},
};

use super::{
    args::{GraphArgs, OutputArgs},
    failure::Failure,
    open, output,
};

/// Find actors by name, code or id, or by a part of one, in any script.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery find 朝鮮
  chancery find korea
  chancery find cow:712
  chancery find South Korea --format json

Exit code 1 when nothing is found; the nearest names are offered.")]
pub(super) struct FindArgs {
    /// A name, code or id, or a part of one
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &FindArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let text = args.name.join(" ");
    if text.trim().is_empty() {
        return Err(Failure::Usage(
            "a name to look for is needed; `chancery info` counts all actors".to_owned(),
        ));
    }
    let dataset = open::dataset(&args.graph)?;
    let found = dataset.search(&text);
    if found.is_empty() {
        if let Lookup::One(actor, by) = dataset.lookup(&text) {
            let report = FindReport::new(&dataset, &text, &[(actor, by)]);
            return output::answer(&Answer::new(Header::of(&dataset), report), &args.output);
        }
        if let Lookup::State(state) = dataset.lookup(&text) {
            return Err(Failure::NotHere { name: text, state, alike: Vec::new() });
        }
        let id = |actor| dataset.actors().id(actor).to_owned();
        let nearest = dataset.nearest(&text).into_iter().map(|(actor, near)| (id(actor), near)).collect();
        return Err(Failure::UnknownName { name: text, nearest });
    }
    let report = FindReport::new(&dataset, &text, &found);
    output::answer(&Answer::new(Header::of(&dataset), report), &args.output)
}
