//! `ties`: list ties, filtered by a lens.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    lens::Predicate,
    report::{Answer, Header, TiesReport, Viewer},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    names, open, output,
};

/// List ties in order of time: all channels, unless --channel says otherwise.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery ties --relation visit --during 1990/2010
  chancery ties Mongolia --kind official
  chancery ties --status absent,refuted
  chancery ties --relation CONSULT --format csv")]
pub(super) struct TiesArgs {
    /// Only ties of an actor or event; of several actors, those among them
    #[arg(value_name = "ACTOR")]
    actors: Vec<String>,
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
pub(super) fn run(args: &TiesArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let lens = args.lens.lens(&dataset, false)?;
    let asked = names::some(&dataset, &args.actors, args.actors.len())?;
    let (dataset, notes) = args.lens.stand(dataset, &lens, &asked);
    let predicate = Predicate::compile(&dataset, &lens, &asked)?;
    let ties = dataset.ties();
    // Of one actor, its ties, or those of an event; of several, the ties among them.
    let touches = |tie: &_| match asked.as_slice() {
        [one] => [Some(ties.source(*tie)), Some(ties.target(*tie)), ties.event(*tie)].contains(&Some(*one)),
        several => several.contains(&ties.source(*tie)) && several.contains(&ties.target(*tie)),
    };
    let among: Vec<_> = ties.all().filter(|tie| asked.is_empty() || touches(tie)).collect();
    let mut listed: Vec<_> = among.iter().copied().filter(|tie| predicate.lists(&dataset, *tie)).collect();
    // A tie that may count for several countries stands in the list once.
    listed.dedup_by_key(|tie| ties.origin(*tie));
    let mut header = Header { is_list: true, ..Header::through(&dataset, &predicate, among.into_iter()) };
    header.notes.extend(notes);
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let report = TiesReport::new(&mut Viewer::new(&dataset, &predicate), &listed, limit);
    output::answer(&Answer::new(header, report), &args.output)
}
