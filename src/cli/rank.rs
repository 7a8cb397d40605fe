//! `rank`: actors by a measure of centrality.

use std::{num::NonZeroUsize, process::ExitCode, thread};

use clap::Args;

use chancery::{
    analysis::Measure,
    network::Network,
    report::{Answer, Header, RankReport},
};

use super::{
    args::{Format, GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    open, output,
};

/// Conventions and examples, at the end of the help.
const HELP: &str = "\
The network is undirected, and parallel ties count as one. Betweenness: the sum, over all unordered
pairs of other actors, of the share of their shortest paths that pass through the actor; not
normalised. Closeness: after Wasserman and Faust, for networks of several components. Degree: the
number of other actors tied to it. Actors that the lens leaves out are neither ranked nor walked
through: --kind country ranks countries on the ties among countries.

Examples:
  chancery rank --by betweenness --kind country
  chancery rank --by degree --during 1950/1989 --limit 0
  chancery rank --by closeness --channel all --format csv
  chancery rank --by betweenness --limit 12 -o brokers.svg";

/// Rank actors by a measure of centrality.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(super) struct RankArgs {
    /// The measure: degree, betweenness or closeness
    #[arg(long, value_name = "MEASURE", default_value = "betweenness")]
    by: Measure,
    /// Show at most so many; 0 for all
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    limit: usize,
    /// Work on so many threads; their number changes no digit [default: one a core]
    #[arg(long, value_name = "COUNT")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &RankArgs) -> Result<ExitCode, Failure> {
    let dataset = open::dataset(&args.graph)?;
    let lens = args.lens.lens(&dataset, true)?;
    let (dataset, notes) = args.lens.stand(dataset, &lens, &[]);
    let network = Network::project(&dataset, &lens)?;
    let threads = args.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let scores = args.by.scores(&network, threads);
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let mut report = RankReport::new(&network, args.by, &scores, limit);
    if let Format::Dot | Format::Svg = output::format(&args.output)? {
        report = report.with_ties(&network);
    }
    let mut header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    header.notes.extend(notes);
    header.notes.extend(report.notes(&network));
    output::answer(&Answer::new(header, report), &args.output)
}
