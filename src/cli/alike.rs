//! `alike`: who stands as an actor does.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    analysis::{Alikeness, Direction, Sociomatrix, Weighing, Weight, alike},
    network::Network,
    report::{AlikeReport, Answer, Header},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    names, open, output,
};

/// Who is tied to the same others as an actor: its structural equivalents.
///
/// The ties of the two between themselves do not count (Lorrain and White 1971; Burt 1976).
#[derive(Debug, Args)]
#[command(
    after_help = "Undirected and unvalued unless --directed and --weight say otherwise; under --directed the \
ties that leave and those that come are compared.

Examples:
  chancery alike Mongolia
  chancery alike \"North Korea\" --kind country --channel all --by correlation
  chancery alike Cuba --directed --weight happenings --format csv"
)]
pub(super) struct AlikeArgs {
    /// The actor, by any of its names
    #[arg(value_name = "ACTOR", required = true)]
    actor: Vec<String>,
    /// Compare by: jaccard, cosine, correlation, euclidean
    #[arg(long, value_name = "ALIKENESS", default_value = "jaccard")]
    by: Alikeness,
    /// Compare the ties that leave and those that come, each for itself
    #[arg(long)]
    directed: bool,
    /// Count ties by: ties, happenings, reports, cooperation, conflict (sums of Goldstein weights)
    #[arg(long, value_name = "WEIGHT")]
    weight: Option<Weighing>,
    /// Show at most so many; 0 for all
    #[arg(long, visible_alias = "top", value_name = "COUNT", default_value_t = 15)]
    limit: usize,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &AlikeArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let lens = args.lens.lens(&dataset, true)?;
    let asked = [names::one(&dataset, &args.actor)?];
    let (dataset, stood) = args.lens.stand(dataset, &lens, &asked);
    let network = Network::between(&dataset, &lens, &asked)?;
    let direction = if args.directed { Direction::Followed } else { Direction::Ignored };
    let matrix = Sociomatrix::of(&network, direction, args.weight.map(Weight::plain).as_ref());
    let Some(ego) = matrix.row_of(asked[0]) else {
        let name = dataset.actors().label(asked[0]);
        return Err(Failure::NoAnswer(format!(
            "{name} certainly did not exist in the window, and has no tie in it"
        )));
    };
    let compared = alike(&matrix, ego, args.by);
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let report = AlikeReport::new(&dataset, &matrix, asked[0], args.by, &compared, limit);
    let mut header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    header.notes.extend(stood);
    header.notes.push(format!("{} Ties of the two between themselves do not count.", args.by.definition()));
    let ties = if args.directed {
        "Ties that leave and ties that come are compared"
    } else {
        "Ties are taken as undirected"
    };
    let count = args.weight.map_or("parallel ties count as one", Weighing::definition);
    header.notes.push(format!("{ties}; {}{count}.", if args.weight.is_some() { "they weigh " } else { "" }));
    output::answer(&Answer::new(header, report), &args.output)
}
