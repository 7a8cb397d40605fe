//! `groups`: communities, components and cores, as groups of actors.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};

use chancery::{
    analysis::{
        Direction, Method, Partition, Sociomatrix, Weighing, Weight, communities, components, core_number,
        likeness, modularity,
    },
    network::Network,
    report::{Answer, GroupsReport, Header},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    group_file, open, output,
};

/// How groups are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Communities by modularity; every one hangs together
    Leiden,
    /// Communities by modularity
    Louvain,
    /// Those who can reach one another
    Components,
    /// Those of equal core number
    Core,
}

/// Groups of actors who are tied more to one another than to others.
///
/// Ties are taken as undirected. Leiden and Louvain look for the partition of the greatest modularity
/// (Newman 2004); no method promises to find it. The same seed gives the same groups.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery groups --kind country
  chancery groups --by louvain --resolution 1.5 --weight happenings
  chancery groups --during 1950/1989 --format csv > groups.csv
  chancery groups --during 1990/ --compare groups.csv")]
pub(super) struct GroupsArgs {
    /// How groups are found
    #[arg(long, value_name = "METHOD", default_value = "leiden")]
    by: By,
    /// More than 1 makes smaller groups, less makes larger ones
    #[arg(long, value_name = "NUMBER", default_value_t = 1.0, value_parser = positive)]
    resolution: f64,
    /// Count ties by: ties, happenings, reports, cooperation, conflict
    #[arg(long, value_name = "WEIGHT")]
    weight: Option<Weighing>,
    /// What decides the order in which actors are looked at
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// How many times to look; the best partition is shown
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    runs: usize,
    /// Compare with groups of a table with the columns actor and group
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

fn positive(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite() && *number > 0.0);
    number.ok_or_else(|| "it is a number above 0".to_owned())
}

/// Runs the verb.
pub(super) fn run(args: &GroupsArgs) -> Result<ExitCode, Failure> {
    let dataset = open::dataset(&args.graph)?;
    let lens = args.lens.lens(&dataset, true)?;
    let (dataset, stood) = args.lens.stand(dataset, &lens, &[]);
    let network = Network::project(&dataset, &lens)?;
    let weight = args.weight.map(Weight::plain);
    let matrix = Sociomatrix::of(&network, Direction::Ignored, weight.as_ref());
    let (name, partition) = match args.by {
        By::Leiden => ("leiden", by_modularity(args, &matrix, Method::Leiden)),
        By::Louvain => ("louvain", by_modularity(args, &matrix, Method::Louvain)),
        By::Components => {
            let components = components(&network);
            let labels: Vec<_> = matrix.actors().iter().map(|actor| components.of(*actor)).collect();
            ("components", Partition::of(&labels))
        }
        By::Core => {
            let plain = Sociomatrix::of(&network, Direction::Ignored, None);
            let numbers: Vec<u64> =
                core_number::core_number(&plain).iter().map(|number| number.to_bits()).collect();
            ("core number", Partition::of(&numbers))
        }
    };
    let found = modularity(&matrix, &partition, args.resolution);
    let mut report = GroupsReport::new(&dataset, &matrix, &partition, name, found);
    if let Some(path) = &args.compare {
        let labels = group_file::read(path, &dataset, &matrix)?;
        report.compared = Some(likeness(&partition, &Partition::of(&labels)).into());
    }
    let mut header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    header.notes.extend(stood);
    let values = match args.weight {
        Some(weighing) => format!("dyads weigh {}", weighing.definition()),
        None => "every dyad counts 1".to_owned(),
    };
    header.notes.push(format!(
        "Modularity: the share of dyads inside groups, less what chance would put there (Newman 2004), at resolution {}; \
         undirected; {values}. {} runs from seed {}.",
        args.resolution, args.runs, args.seed
    ));
    output::answer(&Answer::new(header, report), &args.output)
}

fn by_modularity(args: &GroupsArgs, matrix: &Sociomatrix, method: Method) -> Partition {
    communities(matrix, method, args.resolution, args.seed, args.runs).partition
}
