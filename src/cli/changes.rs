//! `changes`: who rose and who fell between two windows, and which ties did it.

use std::{num::NonZeroUsize, process::ExitCode};

use clap::Args;

use chancery::{
    analysis::{Convention, Measure, scores},
    date::Window,
    lens::Lens,
    network::Network,
    report::{Answer, ChangesReport, Header},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs, parse_window},
    failure::Failure,
    open, output,
    rank::{ConventionArgs, threads},
};

/// Who rose and who fell by a measure between two windows, and which ties did it.
///
/// Both windows are measured as `rank` measures one; listed with each actor are its dyads that only one of
/// the two has, with their ties. A tie counts in a window on some day of which it was in force.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery changes --between 1985/1989 --and 1990/1994
  chancery changes --by betweenness --kind country --between 1980 --and 2000
  chancery changes --between 1990 --and 2000 --limit 0 --format csv")]
pub(super) struct ChangesArgs {
    /// The earlier window (EDTF: 1990, 1985/1989, ../1990)
    #[arg(long, value_name = "PERIOD", value_parser = parse_window, allow_hyphen_values = true)]
    between: Window,
    /// The later window
    #[arg(long, value_name = "PERIOD", value_parser = parse_window, allow_hyphen_values = true)]
    and: Window,
    /// The measure: degree, betweenness … (those of `rank`)
    #[arg(long, value_name = "MEASURE", default_value = "degree")]
    by: Measure,
    #[command(flatten)]
    convention: ConventionArgs,
    /// Show at most so many of those who rose, and of the others; 0 for all
    #[arg(long, visible_alias = "top", value_name = "COUNT", default_value_t = 5)]
    limit: usize,
    /// Work on so many threads; their number changes no digit [default: one a core]
    #[arg(long, value_name = "COUNT")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &ChangesArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let lens = args.lens.lens(&dataset, true)?;
    if lens.during != Window::ALL {
        let why = "--between and --and say which windows are compared; leave --during and its like away";
        return Err(Failure::Usage(why.to_owned()));
    }
    let (dataset, stood) = args.lens.stand(dataset, &lens, &[]);
    let within = |during| Lens { during, ..lens.clone() };
    let lenses = [within(args.between), within(args.and)];
    let before = Network::project(&dataset, &lenses[0])?;
    let after = Network::project(&dataset, &lenses[1])?;
    let convention =
        |lens| Convention { threads: threads(args.threads), ..args.convention.convention(&dataset, lens) };
    let conventions = lenses.each_ref().map(convention);
    let earlier = scores(&before, args.by, &conventions[0])?;
    let later = scores(&after, args.by, &conventions[1])?;
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let report = ChangesReport::new([&before, &after], args.by, &conventions[1], [&earlier, &later], limit);
    let mut header = Header::through(&dataset, after.predicate(), dataset.ties().all());
    header.lens = Some(lens);
    header.notes.extend(stood);
    header.notes.extend(report.notes(&after, &conventions[1], later.is_directed));
    output::answer(&Answer::new(header, report), &args.output)
}
