//! `paths`: the shortest paths between two actors, direct ties included.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    analysis::paths::{Pathfinder, Without},
    network::Network,
    report::{Answer, Header, PathsReport, Viewer},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs, pace},
    failure::Failure,
    names, open, output,
    sentences::SentenceArgs,
    time::{self, TimeArgs},
};

/// The shortest paths between two actors: how long, how many, and which. A direct tie is a path of one
/// hop; `connect` leaves it out and answers who stands between.
///
/// With --time, chains in order of time instead: along each, contact passes from tie to tie without going back, in
/// some world that the dates allow (possible) or in all of them (certain).
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery paths Mongolia Cuba
  chancery paths \"Hong Kong\" Panama --during ../1997 --format json
  chancery paths Mongolia Cuba --time certain --earliest
  chancery paths Mongolia Cuba --sentences
  chancery paths \"South Korea\" Cuba --fastest --gap 2y --direction forward")]
pub(super) struct PathsArgs {
    /// The two actors, by any of their names
    #[arg(value_name = "ACTOR", required = true, num_args = 2..)]
    actors: Vec<String>,
    /// List at most so many paths; 0 for all
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    limit: usize,
    /// Let contact pass on only on a later day, not on the day on which it came
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    sentences: SentenceArgs,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &PathsArgs) -> Result<ExitCode, Failure> {
    let dataset = open::dataset(&args.graph)?;
    let actors = names::several(&dataset, &args.actors, 2)?;
    let (a, b) = (actors[0], actors[1]);
    if a == b {
        let name = dataset.actors().label(a);
        return Err(Failure::Usage(format!("both names mean {name}; a path joins two actors")));
    }
    let lens = args.lens.lens(&dataset, true)?;
    let (dataset, notes) = args.lens.stand(dataset, &lens, &actors);
    let network = Network::between(&dataset, &lens, &actors)?;
    if let Some(question) = args.time.question()? {
        let lang = args.sentences.lang();
        return time::run(&network, (a, b), &question, (pace(args.strict), lang), (notes, &args.output));
    }
    let geodesics = Pathfinder::new(&network).geodesics(a, b, &Without::default());
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    let mut viewer = Viewer::new(&dataset, network.predicate()).telling(args.sentences.lang());
    let report =
        PathsReport::new(&mut viewer, &network, (a, b), geodesics.as_ref(), limit, pace(args.strict));
    let mut header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    header.notes.extend(notes);
    let done = output::answer(&Answer::new(header, report), &args.output)?;
    Ok(if geodesics.is_some() { done } else { ExitCode::from(1) })
}
