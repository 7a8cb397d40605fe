//! `ego`: who is tied to an actor.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    network::Network,
    report::{Answer, EgoReport, Header},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    names, open, output,
    sentences::LangArgs,
};

/// Who is tied to an actor, the strongest first: by distinct happenings, ties of one event counting once.
///
/// The question is about contact, so that only the channels interaction and agency are looked at
/// unless --channel or --relation says otherwise.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery ego Mongolia
  chancery ego 香港 --during 1990/2000
  chancery ego \"North Korea\" --channel all --kind country
  chancery ego Cuba -o cuba.svg")]
pub(super) struct EgoArgs {
    /// The actor, by any of its names, ids and codes
    #[arg(required = true, value_name = "ACTOR")]
    actor: Vec<String>,
    /// Show at most so many; 0 for all
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    limit: usize,
    #[command(flatten)]
    lang: LangArgs,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &EgoArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let ego = names::one(&dataset, &args.actor)?;
    let lens = args.lens.lens(&dataset, true)?;
    let (dataset, notes) = args.lens.stand(dataset, &lens, &[ego]);
    let network = Network::between(&dataset, &lens, &[ego])?;
    let ties = dataset.dyads().neighbours(ego).flat_map(|(_, dyad)| dataset.dyads().ties(dyad));
    let mut header = Header::through(&dataset, network.predicate(), ties.copied());
    header.languages = args.lang.lang.unwrap_or_default();
    header.notes.extend(notes);
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    output::answer(&Answer::new(header, EgoReport::new(&network, ego, limit, args.lang.lang)), &args.output)
}
