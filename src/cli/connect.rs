//! `connect`: who connects two actors.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use chancery::{
    analysis::connect::{Connections, LAMBDA, Options, Ranking},
    dataset::{ActorIndex, Dataset},
    date::Window,
    lens::{Lens, Predicate},
    network::Network,
    report::{Answer, ConnectReport, FirstContactReport, Header, Lang, NoActor, Refusal, Viewer},
};

use super::{
    args::{DirectionArg, Format, GraphArgs, LensArgs, OutputArgs, pace},
    blocs,
    bounds::{BoundArgs, parse_budget},
    failure::Failure,
    names, open, output,
    sentences::SentenceArgs,
    several,
};

/// Who connects two actors, or several, or two groups: their direct ties first, and then, besides these, by what routes and
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
  chancery connect Mongolia \"South Korea\" Cuba --tree
  chancery connect Mongolia Cuba --via \"North Korea\"
  chancery connect --between \"Cuba, Mongolia\" kind:institution
  chancery connect MNG KOR --format json | jq '.answer.connectors[].name'")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct ConnectArgs {
    /// The two actors, by any of their names; or more, up to 12, each two of whom are asked about
    #[arg(value_name = "ACTOR", required_unless_present = "between", num_args = 2..)]
    actors: Vec<String>,
    /// Two groups instead, each standing as one: kind:person, an attribute (region=Asia), a bloc for its members, names with
    /// commas between them, or a file of names
    #[arg(long, value_name = "GROUP", num_args = 2, conflicts_with_all = ["actors", "tree"])]
    between: Vec<String>,
    /// By way of this actor; repeatable, in their order: each leg is answered for itself
    #[arg(long, value_name = "ACTOR", conflicts_with_all = ["between", "tree", "before_direct"])]
    pub(super) via: Vec<String>,
    /// List connectors apart by kind: countries, persons, institutions …
    #[arg(long)]
    by_kind: bool,
    /// No routes of more hops
    #[arg(long, value_name = "HOPS", conflicts_with = "tree")]
    max_hops: Option<u32>,
    /// A tree of few ties that holds all the actors together
    #[arg(long, conflicts_with = "before_direct")]
    pub(super) tree: bool,
    /// How many routes are shown of a pair
    #[arg(long, value_name = "COUNT", default_value_t = ROUTES)]
    pub(super) k: usize,
    /// In which order routes come
    #[arg(long, value_name = "ORDER", value_enum, default_value_t = RouteOrder::Short)]
    order: RouteOrder,
    /// What the passage through an actor of d neighbours costs in that order, beside the hop: λ·log₂(1 + d) [default: 1]
    #[arg(long, value_name = "λ", value_parser = parse_lambda)]
    lambda: Option<f64>,
    /// Walk ties from either end, or from source to target only: from the first actor to the second
    #[arg(long, value_name = "WAY", value_enum, default_value_t, conflicts_with = "tree")]
    direction: DirectionArg,
    /// Let contact pass on only on a later day, not on the day on which it came
    #[arg(long)]
    strict: bool,
    /// Who stood between the two until their first direct contact: only ties in force before that day
    #[arg(long)]
    before_direct: bool,
    /// Show at most so many actors, the two ends among them [default: all in words, 16 in pictures]
    #[arg(long, value_name = "COUNT", value_parser = parse_budget)]
    pub(super) budget: Option<usize>,
    #[command(flatten)]
    pub(super) bounds: BoundArgs,
    #[command(flatten)]
    pub(super) sentences: SentenceArgs,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// So many routes of a pair are shown unless the user says otherwise.
pub(super) const ROUTES: usize = 5;

/// The orders of routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RouteOrder {
    /// The shortest first, of these the best attested
    Short,
    /// Past those whom everybody knows; routes that add a connector first
    Interesting,
}

fn parse_lambda(text: &str) -> Result<f64, String> {
    let lambda = text.parse().ok().filter(|lambda: &f64| lambda.is_finite() && *lambda >= 0.0);
    lambda.ok_or_else(|| "it is a number, 0 or more: with 0 only hops count".to_owned())
}

/// Runs the verb.
pub(super) fn run(args: &ConnectArgs) -> Result<ExitCode, Failure> {
    let dataset = open::dataset(&args.graph)?;
    let mut lens = Lens { direction: args.direction.direction(), ..args.lens.lens(&dataset, true)? };
    let ranking = match args.order {
        RouteOrder::Short => Ranking::Short,
        RouteOrder::Interesting => Ranking::Interesting,
    };
    let steps = args.bounds.steps();
    let options = Options {
        route_count: args.k,
        pace: pace(args.strict),
        ranking,
        lambda: args.lambda.unwrap_or(LAMBDA),
        steps,
        max_hops: args.max_hops,
    };
    if args.lambda.is_some() && args.order == RouteOrder::Short {
        return Err(Failure::Usage("--lambda weighs the order --order interesting".to_owned()));
    }
    if let [one, two] = args.between.as_slice() {
        let blocs = [blocs::read(&dataset, lens.during, one)?, blocs::read(&dataset, lens.during, two)?];
        let all: Vec<ActorIndex> = blocs.iter().flat_map(|bloc| bloc.members.iter().copied()).collect();
        let (dataset, mut notes) = args.lens.stand(dataset, &lens, &all);
        let predicate = Predicate::compile(&dataset, &lens, &[])?;
        let viewer = Viewer::new(&dataset, &predicate)
            .telling(args.sentences.lang())
            .naming(args.sentences.languages());
        let sides = several::sides(&dataset, &viewer, &blocs)?;
        notes.extend(sides.notes);
        let question = Question { ends: sides.ends, called: Some(sides.called), notes };
        return two_of(args, &sides.dataset, &lens, question, &options);
    }
    let mut actors = match names::two_or_more(&dataset, &args.actors, several::MOST) {
        Ok(actors) => actors,
        Err(failure) => return refuse(&dataset, args, failure),
    };
    if !args.via.is_empty() && actors.len() > 2 {
        return Err(Failure::Usage("--via is asked about two actors".to_owned()));
    }
    for (at, name) in (1..).zip(&args.via) {
        actors.insert(at, names::one(&dataset, std::slice::from_ref(name))?);
    }
    let (dataset, mut notes) = args.lens.stand(dataset, &lens, &actors);
    match actors.as_slice() {
        [a, b] if !args.tree => {
            if args.before_direct {
                notes.push(until_direct(&dataset, &mut lens, (*a, *b), args.sentences.lang())?);
            }
            let question = Question { ends: [*a, *b], called: None, notes };
            two_of(args, &dataset, &lens, question, &options)
        }
        _ if args.before_direct => {
            Err(Failure::Usage("--before-direct is asked about two actors".to_owned()))
        }
        several => {
            if let Some(twice) = (1..several.len()).find(|at| several[..*at].contains(&several[*at])) {
                let name = dataset.actors().label(several[twice]);
                return Err(Failure::Usage(format!("two of the names mean {name}")));
            }
            several::run(args, &dataset, &lens, several, (&options, notes))
        }
    }
}

/// A question about two actors, or about two that groups stand as.
struct Question {
    ends: [ActorIndex; 2],
    called: Option<[(String, String); 2]>,
    notes: Vec<String>,
}

fn two_of(
    args: &ConnectArgs,
    dataset: &Dataset,
    lens: &Lens,
    question: Question,
    options: &Options,
) -> Result<ExitCode, Failure> {
    let Question { ends, called, notes } = question;
    let network = Network::between(dataset, lens, &ends)?;
    let deadline = args.bounds.deadline();
    let mut connections = Connections::new(&network);
    if let Some(deadline) = &deadline {
        connections = connections.until(deadline);
    }
    let connection = connections.between(ends[0], ends[1], options)?;
    let mut viewer = Viewer::new(dataset, network.predicate())
        .telling(args.sentences.lang())
        .naming(args.sentences.languages());
    for (end, called) in ends.into_iter().zip(called.into_iter().flatten()) {
        viewer = viewer.calling(end, called);
    }
    let report = ConnectReport::new(&mut viewer, &network, &connection, args.budget);
    let report = if args.by_kind { report.by_kind() } else { report };
    let header = Header::through(dataset, network.predicate(), dataset.ties().all());
    let languages = args.sentences.languages().unwrap_or_default();
    let mut header = Header { lang: viewer.lang(), languages, ..header };
    header.bounds = Some(args.bounds.in_force(connection.steps, args.budget));
    header.notes.extend(notes);
    header.notes.extend(report.notes(dataset, &connection, options));
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
