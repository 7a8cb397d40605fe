//! `panel`: dyads by periods, for R, pandas and the like.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    analysis::{
        panel::{Observed, PanelError, PanelTerms, Universe, panel},
        periods::{Cut, Span},
        periods_of,
    },
    lens::{Lens, Predicate},
    network::Network,
    report::{Answer, Header, PanelReport, Shade},
};

use super::{
    args::{Format, GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    names, open, output,
    periods::PeriodArgs,
    sentences::LangArgs,
};

/// Pairs of actors by periods: counts of events, Goldstein weights, quad classes, levels of missions, and
/// whether what is not there is zero, missing, or not in the system.
///
/// `events_certain` is the fewest that there can have been, `events_possible` the most. The ties of one
/// happening count once; a tie also counts for those on whose behalf its ends act.
#[derive(Debug, Args)]
#[command(after_help = "\
All channels count, unless --channel or --relation says otherwise. --kind chooses the pairs, not the ties: a visit by
an official counts for the countries. A graph says in `coverage` what its references observe; without it a pair that
has no tie is missing, not zero (--assume-observed takes it as zero, as is usual for event data).

Examples:
  chancery panel --kind country -o panel.csv
  chancery panel --kind country -o panel.parquet
  chancery panel Mongolia \"North Korea\" --every 5y
  chancery panel --universe cow --codes cow --relation visit,meeting --during 1950/1989 -o dyads.csv
  chancery panel Mongolia --every 5y --cells goldstein -o mongolia.svg
  chancery panel --graph icews.tsv --directed --every 1m --assume-observed -o months.csv")]
pub(super) struct PanelArgs {
    /// Only pairs among these actors, or with the one
    #[arg(value_name = "ACTOR")]
    actors: Vec<String>,
    /// Which pairs have rows: tied (in some period), all (that the lens admits), or those with a code in a
    /// scheme (cow and gw list the states)
    #[arg(long, value_name = "WHICH", default_value = "tied")]
    universe: String,
    /// A row for each way, a acting on b
    #[arg(long)]
    directed: bool,
    /// Take every pair without a tie as an observed zero
    #[arg(long)]
    assume_observed: bool,
    /// Only rows of which is known: value, zero, missing, not-in-system
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = parse_observed)]
    observed: Vec<Observed>,
    /// Add columns of codes (cow,gw,iso3,cameo)
    #[arg(long, value_name = "SCHEME", value_delimiter = ',')]
    codes: Vec<String>,
    /// A picture's cells: events, reports, goldstein (sums of weights), cooperation, conflict
    #[arg(long, value_name = "WHAT", default_value = "events", value_parser = parse_shade, help_heading = "Picture")]
    cells: Shade,
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

fn parse_shade(text: &str) -> Result<Shade, String> {
    match text {
        "events" => Ok(Shade::Events),
        "reports" => Ok(Shade::Reports),
        "goldstein" => Ok(Shade::Goldstein),
        "cooperation" => Ok(Shade::Cooperation),
        "conflict" => Ok(Shade::Conflict),
        _ => Err("it is one of events, reports, goldstein, cooperation, conflict".to_owned()),
    }
}

fn parse_observed(text: &str) -> Result<Observed, String> {
    Observed::ALL.into_iter().find(|observed| observed.as_str() == text).ok_or_else(|| {
        let names = Observed::ALL.map(Observed::as_str);
        format!("it is one of {}", names.join(", "))
    })
}

impl From<PanelError> for Failure {
    fn from(error: PanelError) -> Self {
        match error {
            PanelError::Lens(error) => error.into(),
            PanelError::TooLarge { .. } => Self::NoAnswer(error.to_string()),
        }
    }
}

/// Runs the verb.
pub(super) fn run(args: &PanelArgs) -> Result<ExitCode, Failure> {
    let format = output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let lens = args.lens.lens(&dataset, false)?;
    let among = names::some(&dataset, &args.actors, args.actors.len())?;
    let (dataset, stood) = args.lens.stand(dataset, &lens, &among);
    let year: Span = "1y".parse().expect("it is a length of time");
    let cut = args.periods.cut()?.unwrap_or(Cut { length: Some(year), step: year });
    let universe = match args.universe.as_str() {
        "tied" => Universe::Tied,
        "all" => Universe::All,
        scheme => {
            let actors = dataset.actors();
            if !actors.all().any(|actor| actors.codes(actor).any(|(known, _)| known == scheme)) {
                return Err(Failure::Usage(format!(
                    "no actor has a code in a scheme `{scheme}`; --universe is tied, all, or such a scheme (cow, gw)"
                )));
            }
            Universe::Listed(scheme.to_owned())
        }
    };
    let whole = Network::between(&dataset, &Lens { kinds: Vec::new(), ..lens.clone() }, &[])?;
    let terms = PanelTerms {
        periods: periods_of(&whole, cut)?,
        is_directed: args.directed,
        universe,
        among,
        assumes_observed: args.assume_observed,
    };
    let found = panel(&dataset, &lens, &terms)?;
    let predicate = Predicate::compile(&dataset, &lens, &terms.among)?;
    let through = Header::through(&dataset, &predicate, dataset.ties().all());
    let mut header = Header { is_list: true, ..through };
    header.notes.extend(stood);
    let kept = if args.observed.is_empty() { &Observed::ALL[..] } else { &args.observed };
    let report = PanelReport::new(&dataset, &predicate, found, terms, kept, args.codes.clone())
        .drawn(args.cells, args.lang.lang);
    header.languages = args.lang.lang.unwrap_or_default();
    header.notes.extend(report.notes());
    if format == Format::Csv {
        return output::send(&report.csv(), &args.output);
    }
    if let Some(form) = format.table() {
        let mut bytes = Vec::new();
        report.write(form, &mut bytes).expect("writing to memory does not fail");
        return output::send(&bytes, &args.output);
    }
    output::answer(&Answer::new(header, report), &args.output)
}
