//! `brokers`: who stands between groups, and in which role.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use chancery::{
    analysis::{Direction, Partition, Sociomatrix, bloc_brokers, brokerage},
    dataset::{ActorIndex, Dataset},
    lens::Lens,
    model::ActorKind,
    network::Network,
    report::{Answer, BlocBrokersReport, BrokersReport, Header},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs},
    blocs,
    failure::Failure,
    group_file, open, output,
    rank::threads,
};

/// Who brokers between actors that are not tied, and in which role between groups.
///
/// In an open triad a → b → c, without a tie from a to c, b is a coordinator (all of one group), an
/// itinerant (a and c of one, b of another), a gatekeeper (b and c of one), a representative (a and b
/// of one) or a liaison (three groups): Gould and Fernandez 1989. Beside each count stands by how many
/// standard deviations it is above what ties laid at random with the same density would give.
#[derive(Debug, Args)]
#[command(after_help = "Ties are undirected unless --directed; then each triad counts once each way.

Examples:
  chancery brokers
  chancery brokers --by region --kind country
  chancery brokers --groups blocs.csv --kind country --directed
  chancery brokers --between \"Mongolia, China\" kind:person
  chancery brokers --between region=Asia region=Europe --kind country")]
pub(super) struct BrokersArgs {
    /// Group actors by `kind`, or by an attribute of theirs
    #[arg(long, value_name = "ATTRIBUTE", default_value = "kind")]
    by: String,
    /// Group actors by a table with the columns actor and group
    #[arg(long, value_name = "FILE", conflicts_with = "by")]
    groups: Option<PathBuf>,
    /// Who stands between two groups instead, and in which of them: kind:person, an attribute (region=Asia), a bloc for its members,
    /// names with commas between them, or a file of names
    #[arg(long, value_name = "GROUP", num_args = 2, conflicts_with_all = ["by", "groups"])]
    between: Vec<String>,
    /// Follow ties from source to target, symmetric ones both ways
    #[arg(long)]
    directed: bool,
    /// Show at most so many; 0 for all
    #[arg(long, visible_alias = "top", value_name = "COUNT", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &BrokersArgs) -> Result<ExitCode, Failure> {
    let dataset = open::dataset(&args.graph)?;
    let lens = args.lens.lens(&dataset, true)?;
    let (dataset, stood) = args.lens.stand(dataset, &lens, &[]);
    let network = Network::project(&dataset, &lens)?;
    let direction = if args.directed { Direction::Followed } else { Direction::Ignored };
    let matrix = Sociomatrix::of(&network, direction, None);
    if let [one, two] = args.between.as_slice() {
        return between(args, (&network, &lens), &matrix, [one, two], stood);
    }
    let labels = match &args.groups {
        Some(path) => group_file::read(path, &dataset, &matrix)?,
        None => by_attribute(&dataset, &matrix, &args.by)?,
    };
    let roles = brokerage(&matrix, &Partition::of(&labels));
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let report = BrokersReport::new(&dataset, &matrix, &labels, &roles, limit);
    let mut header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    header.notes.extend(stood);
    let ties = if args.directed {
        "Ties are followed from source to target"
    } else {
        "Ties are taken as undirected"
    };
    header.notes.push(format!(
        "Roles after Gould and Fernandez (1989), over open triads; in brackets by how many standard deviations a count is \
         above that of ties laid independently with the density of the network. {ties}; parallel ties count as one."
    ));
    output::answer(&Answer::new(header, report), &args.output)
}

/// Who stands between two groups.
fn between(
    args: &BrokersArgs,
    (network, lens): (&Network<'_>, &Lens),
    matrix: &Sociomatrix,
    groups: [&String; 2],
    stood: Vec<String>,
) -> Result<ExitCode, Failure> {
    let dataset = network.dataset();
    let [first, second] = groups.map(|group| blocs::read(dataset, lens.during, group));
    let blocs = [first?, second?];
    let marks = blocs.each_ref().map(|bloc| -> Vec<bool> {
        matrix.actors().iter().map(|actor| bloc.members.contains(actor)).collect()
    });
    for (bloc, (own, other)) in blocs.iter().zip([(&marks[0], &marks[1]), (&marks[1], &marks[0])]) {
        if !own.iter().zip(other).any(|(own, other)| *own && !*other) {
            return Err(Failure::NoAnswer(format!(
                "nobody is in the group `{}` alone: the lens leaves its members out, or all are in the other one too",
                bloc.asked
            )));
        }
    }
    let both: Vec<ActorIndex> =
        blocs[0].members.iter().filter(|member| blocs[1].members.contains(member)).copied().collect();
    let brokers = bloc_brokers(matrix, &marks[0], &marks[1], threads(None));
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let names = blocs.each_ref().map(|bloc| bloc.asked.clone());
    let report = BlocBrokersReport::new(dataset, matrix, names, [&marks[0], &marks[1]], &brokers, limit);
    let mut header = Header::through(dataset, network.predicate(), dataset.ties().all());
    header.notes.extend(stood);
    header.notes.extend(report.notes(dataset, &both));
    output::answer(&Answer::new(header, report), &args.output)
}

/// The group of each row: its kind, or an attribute of its record.
fn by_attribute(dataset: &Dataset, matrix: &Sociomatrix, name: &str) -> Result<Vec<String>, Failure> {
    let none = || "(none)".to_owned();
    if name == "kind" {
        let kind = |actor| {
            dataset.actors().kind(actor).map_or_else(none, |kind: ActorKind| kind.as_str().to_owned())
        };
        return Ok(matrix.actors().iter().map(|actor| kind(*actor)).collect());
    }
    let mut is_known = false;
    let mut value = |actor| match dataset.actor(actor).attributes.get(name) {
        Some(serde_json::Value::String(text)) => {
            is_known = true;
            text.clone()
        }
        Some(value) => {
            is_known = true;
            value.to_string()
        }
        None => none(),
    };
    let labels = matrix.actors().iter().map(|actor| value(*actor)).collect();
    if is_known {
        Ok(labels)
    } else {
        Err(Failure::NoAnswer(format!(
            "no actor here has an attribute `{name}`: give one that the graph has, or --groups FILE"
        )))
    }
}
