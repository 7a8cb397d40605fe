//! `shared`: treaties, institutions and events in which actors take part together.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    analysis::parts,
    lens::KindSelector,
    model::ActorKind,
    network::Network,
    report::{Answer, Header, SharedReport, Viewer},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    names, open, output,
};

/// What actors share: the treaties, institutions, blocs and events in which both take part.
///
/// Actors and what they take part in are a two-mode network; this is its projection on the actors (Breiger
/// 1974). Of one actor, with whom it shares most; of two, what, and by which ties.
#[derive(Debug, Args)]
#[command(
    after_help = "All channels count, unless --channel says otherwise. An actor takes part in what it has a tie \
to in the window, and in an event of which a tie of its is part; the two need not have done so at one time. The \
weight counts an affair of n actors as 1 / (n - 1) (Newman 2001).

Examples:
  chancery shared
  chancery shared Mongolia --through institution,treaty --kind country
  chancery shared Mongolia \"North Korea\"
  chancery shared --through event --format csv"
)]
pub(super) struct SharedArgs {
    /// One actor, or two
    #[arg(value_name = "ACTOR")]
    actors: Vec<String>,
    /// What is shared, by kind: treaty, institution, bloc, event, place …
    #[arg(long, value_name = "KIND", value_delimiter = ',', default_value = "treaty,institution,bloc,event", value_parser = parse_kind)]
    through: Vec<ActorKind>,
    /// Show at most so many pairs; 0 for all
    #[arg(long, visible_alias = "top", value_name = "COUNT", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

fn parse_kind(text: &str) -> Result<ActorKind, String> {
    ActorKind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
        let kinds: Vec<&str> = ActorKind::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("it is one of {}", kinds.join(", "))
    })
}

/// Runs the verb.
pub(super) fn run(args: &SharedArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let lens = args.lens.lens(&dataset, false)?;
    let asked = names::some(&dataset, &args.actors, 2)?;
    if let [a, b] = asked[..]
        && a == b
    {
        let name = dataset.actors().label(a);
        return Err(Failure::Usage(format!("both names mean {name}; what is shared is shared by two")));
    }
    let (dataset, stood) = args.lens.stand(dataset, &lens, &asked);
    // A kind asked for is that of the actors; what they share passes beside them.
    let mut wide = lens.clone();
    if !wide.kinds.is_empty() {
        wide.kinds.extend(args.through.iter().copied().map(KindSelector::Kind));
    }
    let network = Network::between(&dataset, &wide, &asked)?;
    let found = parts(&network, &args.through);
    let mut viewer = Viewer::new(&dataset, network.predicate());
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let report = SharedReport::new(&mut viewer, &args.through, &found, &asked, limit);
    let through = Header::through(&dataset, network.predicate(), dataset.ties().all());
    let mut header = Header { is_list: true, lens: Some(lens), ..through };
    header.notes.extend(stood);
    header.notes.push(
        "Both took part in the window, not necessarily at one time. The weight counts an affair of n actors as \
         1 / (n − 1) (Newman 2001)."
            .to_owned(),
    );
    output::answer(&Answer::new(header, report), &args.output)
}
