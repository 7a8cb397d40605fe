//! `offices`: who held which office.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    lens::Predicate,
    report::{Answer, Header, OfficesReport, Viewer},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    names, open, output,
};

/// Who held which office, and how surely: in one actor and all that acts for it, or in all.
///
/// Each office stands with its dates as the sources give them; those that may have been held on the
/// day asked about, and were not certainly, are marked possibly.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery offices --as-of 1985
  chancery offices \"North Korea\" --as-of 2000-06-15
  chancery offices Mongolia --certain --format csv")]
pub(super) struct OfficesArgs {
    /// The actor whose offices are asked about
    #[arg(value_name = "ACTOR")]
    actor: Vec<String>,
    /// Show at most so many; 0 for all
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    limit: usize,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &OfficesArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    if args.lens.folds() {
        return Err(Failure::Usage("offices are held by persons; they take no --fold".to_owned()));
    }
    let dataset = open::dataset(&args.graph)?;
    let asked = if args.actor.is_empty() { Vec::new() } else { vec![names::one(&dataset, &args.actor)?] };
    let lens = args.lens.lens(&dataset, false)?;
    let (dataset, notes) = args.lens.stand(dataset, &lens, &asked);
    let predicate = Predicate::compile(&dataset, &lens, &asked)?;
    let held = OfficesReport::held(&dataset, &predicate, asked.first().copied());
    let office = dataset.vocabulary().find("office");
    let among = dataset.ties().all().filter(|tie| Some(dataset.ties().relation(*tie)) == office);
    let mut header = Header { is_list: true, ..Header::through(&dataset, &predicate, among) };
    header.notes.extend(notes);
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let report = OfficesReport::new(&mut Viewer::new(&dataset, &predicate), &held, limit);
    output::answer(&Answer::new(header, report), &args.output)
}
