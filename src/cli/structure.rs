//! `structure`: how dense a network is, where it would break, what its core is.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    network::Network,
    report::{Answer, Header, StructureReport},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    open, output,
};

/// The structure of a network: density, components, cut actors and bridges, cores, core and periphery,
/// reciprocity, assortativity, the triad census.
#[derive(Debug, Args)]
#[command(
    after_help = "Cut actors and bridges are those without which a component falls apart. Everything is \
undirected, but for arcs, reciprocity and triads.

Examples:
  chancery structure
  chancery structure --kind country --during 1950/1989
  chancery structure --channel all --format json | jq .answer.triads"
)]
pub(super) struct StructureArgs {
    /// Show at most so many bridges, cut actors and members of cores in text; 0 for all
    #[arg(long, value_name = "COUNT", default_value_t = 15)]
    limit: usize,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &StructureArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let lens = args.lens.lens(&dataset, true)?;
    let (dataset, stood) = args.lens.stand(dataset, &lens, &[]);
    let network = Network::project(&dataset, &lens)?;
    let report = StructureReport::new(&network, Some(args.limit).filter(|limit| *limit > 0));
    let mut header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    header.notes.extend(stood);
    header.notes.extend(StructureReport::notes());
    output::answer(&Answer::new(header, report), &args.output)
}
