//! `connect`: who connects two actors.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use chancery::{
    analysis::connect::{Connections, Options, Ranking},
    dataset::{ActorIndex, Dataset},
    date::Window,
    lens::Lens,
    network::Network,
    report::{Answer, ConnectReport, FirstContactReport, Header, Lang, NoActor, Refusal, Viewer},
};

use super::{
    args::{Format, GraphArgs, LensArgs, OutputArgs, pace},
    bounds::{BoundArgs, parse_budget},
    failure::Failure,
    names, open, output,
    sentences::SentenceArgs,
};

/// Who connects two actors: their direct ties first, and then, besides these, by what routes and
/// through whom, with dates, doubt and sources; or why nobody does.
///
/// Connectors that act for one of the two (its officials, organs, territories) stand apart from third
/// parties. Ties of the channels interaction and agency are walked unless --channel says otherwise.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery connect Mongolia \"South Korea\"
  chancery connect 蒙古 南韓 -o mongolia-south-korea.svg
  chancery connect \"Hong Kong\" Cuba --during ../1999 --kind country
  chancery connect Mongolia \"South Korea\" --before-direct
  chancery connect 蒙古 南韓 --lang zh-Hant
  chancery connect MNG KOR --format json | jq '.answer.connectors[].name'")]
pub(super) struct ConnectArgs {
    /// The two actors, by any of their names
    #[arg(value_name = "ACTOR", required = true, num_args = 2..)]
    actors: Vec<String>,
    /// How many routes are shown
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    k: usize,
    /// In which order routes come
    #[arg(long, value_name = "ORDER", value_enum, default_value_t = RouteOrder::Short)]
    order: RouteOrder,
    /// Let contact pass on only on a later day, not on the day on which it came
    #[arg(long)]
    strict: bool,
    /// Who stood between the two until their first direct contact: only ties in force before that day
    #[arg(long)]
    before_direct: bool,
    /// Show at most so many actors, the two ends among them [default: all in words, 16 in pictures]
    #[arg(long, value_name = "COUNT", value_parser = parse_budget)]
    budget: Option<usize>,
    #[command(flatten)]
    bounds: BoundArgs,
    #[command(flatten)]
    sentences: SentenceArgs,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// The orders of routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RouteOrder {
    /// The shortest first, of these the best attested
    Short,
    /// Past those whom everybody knows; routes that add a connector first
    Interesting,
}

/// Runs the verb.
pub(super) fn run(args: &ConnectArgs) -> Result<ExitCode, Failure> {
    let dataset = open::dataset(&args.graph)?;
    let actors = match names::several(&dataset, &args.actors, 2) {
        Ok(actors) => actors,
        Err(failure) => return refuse(&dataset, args, failure),
    };
    let (a, b) = (actors[0], actors[1]);
    let mut lens = args.lens.lens(&dataset, true)?;
    let (dataset, mut notes) = args.lens.stand(dataset, &lens, &actors);
    if args.before_direct {
        notes.push(until_direct(&dataset, &mut lens, (a, b), args.sentences.lang())?);
    }
    let ranking = match args.order {
        RouteOrder::Short => Ranking::Short,
        RouteOrder::Interesting => Ranking::Interesting,
    };
    let steps = args.bounds.steps();
    let options = Options { route_count: args.k, pace: pace(args.strict), ranking, steps };
    let network = Network::between(&dataset, &lens, &actors)?;
    let deadline = args.bounds.deadline();
    let connections = Connections::new(&network);
    let connection = match &deadline {
        Some(deadline) => connections.until(deadline).between(a, b, &options)?,
        None => { connections }.between(a, b, &options)?,
    };
    let mut viewer = Viewer::new(&dataset, network.predicate())
        .telling(args.sentences.lang())
        .naming(args.sentences.languages());
    let report = ConnectReport::new(&mut viewer, &network, &connection, args.budget);
    let header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    let languages = args.sentences.languages().unwrap_or_default();
    let mut header = Header { lang: viewer.lang(), languages, ..header };
    header.bounds = Some(args.bounds.in_force(connection.steps, args.budget));
    header.notes.extend(notes);
    header.notes.extend(report.notes(&connection, ranking));
    let connected = report.is_connected();
    let done = output::answer(&Answer::new(header, report), &args.output)?;
    Ok(if connected { done } else { ExitCode::from(1) })
}

/// Ends the window of a lens on the day before the first direct contact of two actors.
fn until_direct(
    dataset: &Dataset,
    lens: &mut Lens,
    (a, b): (ActorIndex, ActorIndex),
    lang: Option<Lang>,
) -> Result<String, Failure> {
    let network = Network::between(dataset, lens, &[a, b])?;
    let names = [a, b].map(|actor| dataset.actors().label(actor)).join(" and ");
    let day = FirstContactReport::first_direct_day(&network, a, b).ok_or_else(|| {
        Failure::NoAnswer(format!(
            "nothing says when {names} were first in direct contact; ask without --before-direct"
        ))
    })?;
    lens.during = Window::new(lens.during.first(), day.previous()).ok_or_else(|| {
        Failure::NoAnswer(format!(
            "{names} may have been in direct contact from the first day asked about, {day}"
        ))
    })?;
    let viewer = Viewer::new(dataset, network.predicate()).telling(lang);
    let told = viewer.lang().of([
        "The first direct contact of {0} and {1} may have been on {2}: what was possibly in force before that day is looked at.",
        "{0}與{1}的首次直接接觸最早可能在{2}：以下只看該日之前可能有效的關係。",
        "{0}与{1}的首次直接接触最早可能在{2}：以下只看该日之前可能有效的关系。",
    ]);
    let parts = [viewer.name(a), viewer.name(b), day.to_string()];
    Ok((0..)
        .zip(&parts)
        .fold(told.to_owned(), |told, (at, part): (usize, _)| told.replace(&format!("{{{at}}}"), part)))
}

/// A name that means nobody is an answer too, for a program that reads JSON.
fn refuse(dataset: &Dataset, args: &ConnectArgs, failure: Failure) -> Result<ExitCode, Failure> {
    let refusal = match &failure {
        Failure::UnknownName { name, nearest } => Refusal::new(NoActor::UnknownName, name, nearest),
        Failure::NotHere { name, alike, .. } => Refusal::new(NoActor::NotInDataset, name, alike),
        Failure::Ambiguous { name, actors } => Refusal::new(NoActor::Ambiguous, name, actors),
        _ => return Err(failure),
    };
    if output::format(&args.output)? == Format::Json {
        output::answer(&Answer::new(Header::of(dataset), refusal), &args.output)?;
    }
    Err(failure)
}
