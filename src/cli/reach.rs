//! `reach`: whom contact from an actor can have reached, and by which day.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    analysis::temporal::{Flow, Temporal, Terms},
    date::{Certainty, Date, Window},
    network::Network,
    report::{Answer, Header, ReachReport, told_terms},
};

use super::{
    args::{DirectionArg, GraphArgs, LensArgs, OutputArgs, pace},
    failure::Failure,
    names, open, output,
    time::{TimeArg, parse_gap},
};

/// Whom contact from an actor can have reached, by which day at the earliest, and through whom; or,
/// with --backward, from whom it can have come, and when it must have left.
///
/// Contact passes along ties on days on which they are in force, and never back in time. The answer gives the first
/// day in some world that the dates allow, and the day by which it has come in all of them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery reach Mongolia --from 1990
  chancery reach Mongolia --from 1990 --gap 2y
  chancery reach 古巴 --from 1960-09 --until 1965 --time certain
  chancery reach \"South Korea\" --backward --until 1999 --kind country --format csv")]
pub(super) struct ReachArgs {
    /// The actor, by any of its names
    #[arg(required = true, value_name = "ACTOR")]
    actor: Vec<String>,
    /// The day from which contact is followed (EDTF; the first day of a month or year)
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The day until which it is followed (EDTF; the last day of a month or year)
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// From whom contact can have come to the actor, and not to whom it can have gone
    #[arg(long)]
    backward: bool,
    /// All whom it possibly reached, or only those whom it certainly did
    #[arg(long, value_name = "HOW", value_enum, default_value_t = TimeArg::Possible)]
    time: TimeArg,
    /// Let contact pass on only on a later day, not on the day on which it came
    #[arg(long)]
    strict: bool,
    /// The longest that contact waits at anyone between two ties: 2y, 6m, 30d (a year is 366 days, a month 31)
    #[arg(long, value_name = "TIME", value_parser = parse_gap)]
    gap: Option<i32>,
    /// Pass ties from either end, or from source to target only
    #[arg(long, value_name = "WAY", value_enum, default_value_t)]
    direction: DirectionArg,
    /// Show at most so many; 0 for all
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &ReachArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let actor = names::one(&dataset, &args.actor)?;
    let mut lens = args.lens.lens(&dataset, true)?;
    lens.direction = args.direction.direction();
    let first = args.from.as_ref().map_or(lens.during.first(), |date| lens.during.first().max(date.span().0));
    let last = args.until.as_ref().map_or(lens.during.last(), |date| lens.during.last().min(date.span().1));
    lens.during = Window::new(first, last).ok_or_else(|| {
        Failure::Usage(format!("from {first} until {last} leaves no day; --from comes before --until"))
    })?;
    let (dataset, notes) = args.lens.stand(dataset, &lens, &[actor]);
    let network = Network::between(&dataset, &lens, &[actor])?;
    let [possible, certain] =
        [Certainty::Possibly, Certainty::Certainly].map(|certainty| Temporal::new(&network, certainty));
    let flow = if args.backward { Flow::Backward } else { Flow::Forward };
    let terms = Terms { pace: pace(args.strict), gap_days: args.gap, without: None };
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let only_certain = args.time == TimeArg::Certain;
    let report = ReachReport::new([&possible, &certain], actor, flow, &terms, only_certain, limit);
    let mut header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    header.notes.extend(notes);
    header.notes.extend(told_terms(&terms, header.lang));
    let is_found = report.actor_count > 0;
    let done = output::answer(&Answer::new(header, report), &args.output)?;
    Ok(if is_found { done } else { ExitCode::from(1) })
}
