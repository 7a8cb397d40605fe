//! `rank`: actors by a measure of centrality.

use std::{num::NonZeroUsize, process::ExitCode, thread};

use clap::Args;

use chancery::{
    analysis::{
        Convention, Decay, Direction, Drawing, Look, Measure, MeasureError, Pairs, Sampling, Sociomatrix,
        Weighing, Weight, WhyError, dyad_betweenness, grounds,
        periods::{Cut, Span},
        periods_of, ranges, scores, series,
    },
    dataset::{ActorIndex, Dataset},
    lens::Lens,
    network::Network,
    report::{
        Answer, DyadRankReport, Header, Order, RankRangeReport, RankReport, RankSeriesReport, WhyReport,
    },
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs, pace},
    blocs,
    failure::Failure,
    names, open, output,
    periods::PeriodArgs,
    progress,
    sentences::LangArgs,
};

/// Conventions and examples, at the end of the help.
const HELP: &str = "\
Measures (--by):
  degree in-degree out-degree              how many others
  strength in-strength out-strength        how strongly (--weight, else the number of ties)
  betweenness current-flow-betweenness     between others: on shortest paths; of currents
  closeness harmonic current-flow-closeness
                                           near others: by distance, after Wasserman and Faust;
                                           inverse distances; resistance
  eigenvector pagerank katz hits-hubs hits-authorities
                                           tied to the central
  core clustering                          in the dense part; among neighbours who know one another
  temporal-closeness temporal-betweenness  by chains in order of time (--strict: never on one day)
  constraint effective-size efficiency hierarchy
                                           structural holes, after Burt, on the whole network

The network is undirected and parallel ties count as one, unless --directed and --weight say
otherwise; in-, out- and hits- measures are directed always, core, clustering and current-flow
measures never. Under --directed a symmetric tie is two arcs, and closeness looks outward (--inward:
inward, as networkx does). Betweenness counts each unordered pair once, not normalised; --from and
--to count the paths between some actors only. Under --weight a dyad conducts as its weight, and is
as long as the inverse; degree, core, clustering and temporal measures take no weight. Eigenvector
centrality has unit length; pagerank and hits add up to 1; pagerank goes on along ties with
probability 0.85. Current-flow measures solve their equations on a full matrix, for at most 2,500
actors that hang together; --sample estimates them for more. Only degrees, harmonic closeness and
betweenness of all kinds have a greatest score, for --normalized.
Actors that the lens leaves out are neither ranked nor walked through: --kind country ranks
countries on the ties among countries. Actors without a tie that certainly did not exist in the
window are not ranked.

Examples:
  chancery rank --by betweenness --kind country
  chancery rank --by degree --during 1950/1989 --limit 0
  chancery rank --by constraint --rising --kind country
  chancery rank --by pagerank --directed --weight happenings --half-life 5y
  chancery rank --by betweenness --sample 500 --seed 7
  chancery rank --by current-flow-betweenness --sample 1000 --channel all
  chancery rank --by betweenness --from \"Mongolia, China\" --to kind:person
  chancery rank --by betweenness --dyads --limit 10
  chancery rank --by strength --dyads --weight happenings
  chancery rank --by degree --every 1y --during 1985/1995
  chancery rank --by betweenness --window 5y --step 1y --kind country --format csv
  chancery rank --by degree --every 1y --limit 8 -o degrees.svg
  chancery rank --by degree --every 10y --cumulative
  chancery rank --by betweenness --why \"North Korea\"
  chancery rank --by betweenness --range --during 1985/1989
  chancery rank --by temporal-betweenness --strict --during 1980/1999
  chancery rank --by closeness --channel all --format csv
  chancery rank --by betweenness --limit 12 -o brokers.svg";

/// Rank actors by a measure of centrality.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(super) struct RankArgs {
    /// The measure: degree, betweenness, closeness, pagerank, constraint … (all of them below)
    #[arg(long, value_name = "MEASURE", default_value = "betweenness")]
    by: Measure,
    #[command(flatten)]
    convention: ConventionArgs,
    /// Estimate betweenness from so many sources, or current-flow measures from so many pairs or projections, with a bound on
    /// the error
    #[arg(long, value_name = "COUNT")]
    sample: Option<NonZeroUsize>,
    /// Count only paths from these actors: kind:person, an attribute (region=Asia), a bloc for its members, names with commas
    /// between them, or a file of names
    #[arg(long, value_name = "GROUP", conflicts_with_all = ["dyads", "sample"])]
    from: Option<String>,
    /// Count only paths to these actors, named in the same way
    #[arg(long, value_name = "GROUP", conflicts_with_all = ["dyads", "sample"])]
    to: Option<String>,
    /// What decides which sources or worlds are drawn; the same seed gives the same answer
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// The factor of katz [default: 0.85 of the greatest possible]
    #[arg(long, value_name = "FACTOR")]
    alpha: Option<f64>,
    /// Rank dyads instead of actors, by betweenness or strength
    #[arg(long, conflicts_with_all = ["sample", "alpha", "rising", "normalized", "every", "step"])]
    dyads: bool,
    /// How far scores and places are known: by certain ties only, by all possible ones, and in worlds drawn from
    /// what dates and claims allow
    #[arg(long, conflicts_with_all = ["dyads", "every", "step", "certain", "sample"])]
    range: bool,
    /// How many worlds are drawn for --range
    #[arg(long, value_name = "COUNT", default_value_t = NonZeroUsize::new(500).expect("it is not 0"), requires = "range")]
    worlds: NonZeroUsize,
    /// What the score of an actor rests on: the ties, paths or triads that make it
    #[arg(long, value_name = "ACTOR", conflicts_with_all = ["dyads", "every", "step", "range", "sample", "rising"])]
    why: Option<String>,
    /// Lowest first
    #[arg(long)]
    rising: bool,
    /// Show at most so many; 0 for all
    #[arg(long, visible_alias = "top", value_name = "COUNT", default_value_t = 20)]
    limit: usize,
    /// Work on so many threads; their number changes no digit [default: one a core]
    #[arg(long, value_name = "COUNT")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    periods: PeriodArgs,
    #[command(flatten)]
    lang: LangArgs,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// What becomes of direction, parallel ties and scale.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct ConventionArgs {
    /// Follow ties from source to target, symmetric ones both ways [default: ties lead either way]
    #[arg(long)]
    directed: bool,
    /// Follow ties from target to source
    #[arg(long, requires = "directed")]
    inward: bool,
    /// Temporal measures: contact passes on only on a later day, not on the day on which it came
    #[arg(long)]
    strict: bool,
    /// Divide by the greatest score that is possible among so many actors [default: as they are counted]
    #[arg(long, alias = "normalised")]
    normalized: bool,
    /// Count ties by: ties, happenings, reports, cooperation, conflict (sums of Goldstein weights) [default: a dyad counts
    /// once, for strength by ties]
    #[arg(long, value_name = "WEIGHT")]
    weight: Option<Weighing>,
    /// A tie that ended so long before the end of the window counts half (5y, 6m, 30d) [default: ties do not fade]
    #[arg(long, value_name = "LENGTH", requires = "weight")]
    half_life: Option<Span>,
}

impl ConventionArgs {
    /// The convention, with the age of ties reckoned from the end of the window, or the newest day named.
    pub(super) fn convention(&self, dataset: &Dataset, lens: &Lens) -> Convention<'static> {
        let last = Some(lens.during.last()).filter(|day| day.is_bounded()).or_else(|| dataset.newest_day());
        let decay = self.half_life.zip(last);
        let decay = decay.map(|(span, now)| Decay { now, half_life_days: span.days() });
        Convention {
            direction: if self.directed { Direction::Followed } else { Direction::Ignored },
            is_inward: self.inward,
            weight: self.weight.map(|weighing| Weight { weighing, decay }),
            is_normalised: self.normalized,
            pace: pace(self.strict),
            progress: Some(progress::told()),
            ..Convention::default()
        }
    }
}

/// On how many threads to work.
pub(super) fn threads(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    asked.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}

impl From<MeasureError> for Failure {
    fn from(error: MeasureError) -> Self {
        match error {
            MeasureError::TooLarge(_) => Self::NoAnswer(error.to_string()),
            MeasureError::NoDirection(_)
            | MeasureError::NoWeight(_)
            | MeasureError::NotNormalised(_)
            | MeasureError::NotSampled(_)
            | MeasureError::NotBetween(_)
            | MeasureError::NotTemporal(_)
            | MeasureError::BetweenSampled
            | MeasureError::AlphaTooGreat { .. } => Self::Usage(error.to_string()),
        }
    }
}

impl From<WhyError> for Failure {
    fn from(error: WhyError) -> Self {
        match error {
            WhyError::Score(error) => error.into(),
            WhyError::NotThere => Self::NoAnswer(error.to_string()),
        }
    }
}

/// Runs the verb.
pub(super) fn run(args: &RankArgs) -> Result<ExitCode, Failure> {
    let dataset = open::dataset(&args.graph)?;
    let lens = args.lens.lens(&dataset, true)?;
    let (dataset, stood) = args.lens.stand(dataset, &lens, &[]);
    let network = Network::project(&dataset, &lens)?;
    let pairs = pairs(args, &dataset, &lens)?;
    let convention = Convention {
        pairs: pairs.as_ref(),
        sampling: args.sample.map(|count| Sampling { count: count.get(), seed: args.seed }),
        alpha: args.alpha,
        threads: threads(args.threads),
        ..args.convention.convention(&dataset, &lens)
    };
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let mut header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    header.languages = args.lang.lang.unwrap_or_default();
    header.notes.extend(stood);
    let order = if args.rising { Order::Rising } else { Order::Falling };
    if let Some(cut) = args.periods.cut()? {
        return rank_series(args, &network, &convention, cut, (order, limit), header);
    }
    if let Some(name) = &args.why {
        return why(args, name, &network, &convention, limit, header);
    }
    if args.range {
        return rank_range(args, &network, &convention, limit, header);
    }
    if args.dyads {
        return rank_dyads(args, &network, &convention, limit, header);
    }
    let scores = scores(&network, args.by, &convention)?;
    let mut report = RankReport::new(&network, args.by, &convention, &scores, order, limit);
    if output::format(&args.output)?.is_drawn() || args.lang.lang.is_some() {
        report = report.with_ties(&network, args.lang.lang);
    }
    header.notes.extend(report.notes(&network, &convention));
    output::answer(&Answer::new(header, report), &args.output)
}

/// Between whom paths count, where only some do.
fn pairs(args: &RankArgs, dataset: &Dataset, lens: &Lens) -> Result<Option<Pairs>, Failure> {
    let read = |group: &Option<String>| -> Result<Option<Vec<ActorIndex>>, Failure> {
        let Some(group) = group else { return Ok(None) };
        let mut members = blocs::read(dataset, lens.during, group)?.members;
        members.sort_unstable();
        Ok(Some(members))
    };
    let pairs = Pairs { sources: read(&args.from)?, targets: read(&args.to)? };
    Ok((args.from.is_some() || args.to.is_some()).then_some(pairs))
}

/// What the score of one actor rests on.
fn why(
    args: &RankArgs,
    name: &str,
    network: &Network<'_>,
    convention: &Convention<'_>,
    limit: Option<usize>,
    mut header: Header,
) -> Result<ExitCode, Failure> {
    let actor = names::one(network.dataset(), &[name.to_owned()])?;
    let grounds = grounds(network, args.by, convention, actor)?;
    let scores = scores(network, args.by, convention)?;
    let report = WhyReport::new(network, args.by, actor, &scores, &grounds, limit);
    header.notes.extend(report.notes(network, convention, grounds.is_directed));
    output::answer(&Answer::new(header, report), &args.output)
}

/// How far the measure is known.
fn rank_range(
    args: &RankArgs,
    network: &Network<'_>,
    convention: &Convention<'_>,
    limit: Option<usize>,
    mut header: Header,
) -> Result<ExitCode, Failure> {
    let drawing = Drawing { count: args.worlds.get(), seed: args.seed, is_rising: args.rising };
    let (dataset, lens) = (network.dataset(), network.predicate().lens());
    let ranges = ranges(dataset, lens, args.by, convention, drawing)?;
    let report = RankRangeReport::new(network, args.by, convention, drawing, &ranges, limit);
    header.notes.extend(report.notes(network, convention));
    output::answer(&Answer::new(header, report), &args.output)
}

/// The measure period by period.
fn rank_series(
    args: &RankArgs,
    network: &Network<'_>,
    convention: &Convention<'_>,
    cut: Cut,
    (order, limit): (Order, Option<usize>),
    mut header: Header,
) -> Result<ExitCode, Failure> {
    let (dataset, lens) = (network.dataset(), network.predicate().lens());
    let periods = periods_of(network, cut)?;
    let is_directed = args.convention.directed || args.by.nature().direction == Look::Always;
    let mut report = RankSeriesReport::new(network, args.by, convention, is_directed, order, limit);
    series(dataset, lens, args.by, convention, &periods, |period, dyad_count, scores| {
        report.push(dataset, period, dyad_count, &scores);
    })?;
    let report = report.finished(network, args.lang.lang);
    header.notes.extend(report.notes());
    output::answer(&Answer::new(header, report), &args.output)
}

fn rank_dyads(
    args: &RankArgs,
    network: &Network<'_>,
    convention: &Convention<'_>,
    limit: Option<usize>,
    mut header: Header,
) -> Result<ExitCode, Failure> {
    let report = match args.by {
        Measure::Betweenness => {
            let matrix = Sociomatrix::of(network, convention.direction, convention.weight.as_ref());
            let scores = dyad_betweenness(&matrix, convention.threads);
            DyadRankReport::new(network, &matrix, (&scores, None), limit)
        }
        Measure::Strength => {
            let weight = convention.weight.unwrap_or(Weight::plain(Weighing::Ties));
            let matrix = Sociomatrix::of(network, convention.direction, Some(&weight));
            let values: Vec<f64> = (0..matrix.cell_count()).map(|cell| matrix.value_at(cell)).collect();
            DyadRankReport::new(network, &matrix, (&values, Some(weight.weighing)), limit)
        }
        other => {
            return Err(Failure::Usage(format!(
                "dyads are ranked by betweenness or strength, not by {}",
                other.as_str()
            )));
        }
    };
    header.notes.extend(report.notes());
    output::answer(&Answer::new(header, report), &args.output)
}
