//! `paths`: the shortest paths between two actors, direct ties included.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use chancery::{
    analysis::{
        connect::{Truncated, Unknown},
        meter::{Deadline, Meter},
        paths::{HopCost, Pathfinder, Simple, Without},
    },
    dataset::ActorIndex,
    lens::Lens,
    network::Network,
    report::{Answer, Header, Listing, PathsReport, Viewer, Which},
};

use super::{
    args::{DirectionArg, GraphArgs, LensArgs, OutputArgs, pace},
    bounds::BoundArgs,
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
  chancery paths Mongolia Cuba --k 20
  chancery paths Mongolia Cuba --up-to 3 --limit 0
  chancery paths Mongolia Cuba --via \"North Korea\" --via China
  chancery paths Mongolia Cuba --cost recency --half-life 3650
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
    /// List all shortest paths
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// The first so many simple paths (that pass no actor twice), the shortest first
    #[arg(long, value_name = "COUNT", conflicts_with_all = ["all", "limit"])]
    k: Option<usize>,
    /// All simple paths of at most so many hops, as many as --limit says
    #[arg(long, value_name = "HOPS", conflicts_with_all = ["all", "k"])]
    up_to: Option<u32>,
    /// No paths of more hops
    #[arg(long, value_name = "HOPS", conflicts_with = "up_to")]
    max_hops: Option<u32>,
    /// Call at an actor on the way; may be given several times, in the order of the stops
    #[arg(long, value_name = "ACTOR", conflicts_with_all = ["k", "up_to", "cost"])]
    via: Vec<String>,
    /// The cheapest path, by what a hop costs
    #[arg(long, value_name = "COST", value_enum, conflicts_with_all = ["all", "k", "up_to"])]
    cost: Option<CostArg>,
    /// Days after which a tie counts half, for --cost recency
    #[arg(long, value_name = "DAYS", default_value_t = 365.0, requires = "cost", value_parser = parse_half_life)]
    half_life: f64,
    /// Let contact pass on only on a later day, not on the day on which it came
    #[arg(long)]
    strict: bool,
    /// Walk ties from either end, or from source to target only
    #[arg(long, value_name = "WAY", value_enum, default_value_t)]
    direction: DirectionArg,
    #[command(flatten)]
    time: TimeArgs,
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

/// The costs of hops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CostArg {
    /// Few reports are dear
    Count,
    /// What is long past is dear
    Recency,
    /// What is hostile is dear, by Goldstein's weights
    Goldstein,
    /// To pass through those whom everybody knows is dear
    Hubs,
}

fn parse_half_life(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(days) if days.is_finite() && days > 0.0 => Ok(days),
        _ => Err("it is a number of days, more than 0".to_owned()),
    }
}

impl PathsArgs {
    /// The paths asked for.
    fn listing(
        &self,
        finder: &mut Pathfinder<'_, '_>,
        (a, b): (ActorIndex, ActorIndex),
        via: &[ActorIndex],
    ) -> Option<Listing> {
        let network = finder.network();
        let none = Without::default();
        let limit = if self.limit == 0 || self.all { usize::MAX } else { self.limit };
        let listing = if let Some(cost) = self.cost {
            let cost = match cost {
                CostArg::Count => HopCost::Count,
                CostArg::Recency => HopCost::Recency { half_life: self.half_life },
                CostArg::Goldstein => HopCost::Goldstein,
                CostArg::Hubs => HopCost::Hubs,
            };
            let found =
                finder.cheapest(a, b, &none, |from, to, dyad| cost.of(network, (a, b), (from, to, dyad)))?;
            Listing {
                which: Which::Cheapest { formula: cost.formula() },
                distance: u32::try_from(found.actors.len() - 1).ok(),
                paths: vec![found.actors],
                cost: Some(found.cost),
                count: 1.into(),
                truncated: None,
            }
        } else if !via.is_empty() {
            let stops = [&[a], via, &[b]].concat();
            let legs = finder.via(&stops)?;
            let names = via.iter().map(|actor| network.dataset().actors().label(*actor).to_owned()).collect();
            Listing {
                which: Which::Via { names },
                distance: Some(legs.distance),
                paths: legs.paths(network, limit),
                count: legs.count,
                cost: None,
                truncated: None,
            }
        } else if self.k.is_some() || self.up_to.is_some() {
            let longest = self.up_to.or(self.max_hops);
            // One more than is shown tells whether these are all.
            let shown = self.k.unwrap_or(limit);
            let wanted = Simple {
                limit: shown.saturating_add(1),
                longest: longest.unwrap_or(u32::MAX),
                ..Simple::default()
            };
            let (distance, count) = finder.count(a, b, &none)?;
            let mut found = finder.simple_paths(a, b, &none, &wanted);
            let are_all = found.paths.len() <= shown && !found.is_truncated;
            found.paths.truncate(shown);
            let (is_truncated, work) = (found.is_truncated, found.work);
            let which = Which::Simple { longest, are_all, is_truncated, work };
            Listing { which, distance: Some(distance), count, paths: found.paths, ..Listing::default() }
        } else {
            Listing::shortest(network, &finder.geodesics(a, b, &none)?, limit)
        };
        Some(listing)
    }
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
    let lens = Lens { direction: args.direction.direction(), ..args.lens.lens(&dataset, true)? };
    let (dataset, mut notes) = args.lens.stand(dataset, &lens, &actors);
    let network = Network::between(&dataset, &lens, &actors)?;
    if let Some(question) = args.time.question() {
        let told = (pace(args.strict), &args.sentences);
        return time::run(&network, (a, b), &question, told, (notes, &args.output));
    }
    let mut via = Vec::new();
    for name in &args.via {
        via.push(names::one(&dataset, std::slice::from_ref(name))?);
    }
    let mut stops = [&[a, b], via.as_slice()].concat();
    stops.sort_unstable();
    if stops.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Failure::Usage("--via names an actor twice, or an end of the path".to_owned()));
    }
    let deadline = args.bounds.deadline();
    let meter = Meter::new(args.bounds.steps(), deadline.as_ref().map(|is_up| is_up as Deadline<'_>));
    let mut finder = Pathfinder::new(&network).with_meter(meter);
    let mut listing = args.listing(&mut finder, (a, b), &via);
    let mut truncated =
        Truncated::by(finder.meter(), if listing.is_some() { Unknown::Routes } else { Unknown::Distance });
    if let Some(truncated) = &mut truncated
        && listing.is_none()
        && args.via.is_empty()
        && args.cost.is_none()
    {
        truncated.at_least_hops = Some(finder.at_least());
    }
    let shortest = listing.as_ref().and_then(|found| found.distance);
    if let (Some(most), Some(distance)) = (args.max_hops.or(args.up_to), shortest)
        && distance > most
    {
        notes.push(format!("The shortest path has {distance} hops, more than the {most} asked for."));
        listing = None;
    }
    let is_found = listing.is_some();
    let mut viewer = Viewer::new(&dataset, network.predicate())
        .telling(args.sentences.lang())
        .naming(args.sentences.languages());
    let listing = Listing { truncated, ..listing.unwrap_or_default() };
    let report = PathsReport::new(&mut viewer, &network, (a, b), listing, pace(args.strict));
    let header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    let languages = args.sentences.languages().unwrap_or_default();
    let mut header = Header { lang: viewer.lang(), languages, ..header };
    header.bounds = Some(args.bounds.in_force(finder.meter().taken(), None));
    header.notes.extend(notes);
    let done = output::answer(&Answer::new(header, report), &args.output)?;
    Ok(if is_found { done } else { ExitCode::from(1) })
}
