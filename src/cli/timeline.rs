//! `timeline`: what happened between two actors, or with one.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    lens::Predicate,
    report::{Answer, Header, TimelineReport, Viewer},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    names, open, output,
    sentences::SentenceArgs,
};

/// What happened between two actors, or with one, in order of time: all channels, unless --channel says
/// otherwise.
///
/// What agents do counts for those they act for: a visit by a minister is contact between the states.
/// The record says so (`source_for`, `target_for`), or else the offices that the minister may hold on
/// that day; such rows are marked "for" the state.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery timeline Mongolia \"North Korea\"
  chancery timeline 古巴 朝鮮 --during 1980/1990
  chancery timeline Mongolia \"North Korea\" -o timeline.svg
  chancery timeline \"Kim Dae-jung\" --lang zh-Hant
  chancery timeline Cuba \"North Korea\" --format csv")]
pub(super) struct TimelineArgs {
    /// One actor or two, by any of their names, ids and codes
    #[arg(required = true, value_name = "ACTOR")]
    actors: Vec<String>,
    /// Show at most so many; 0 for all
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    limit: usize,
    #[command(flatten)]
    sentences: SentenceArgs,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &TimelineArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let asked = names::some(&dataset, &args.actors, 2)?;
    if let [a, b] = asked.as_slice()
        && a == b
    {
        let name = dataset.actors().label(*a);
        return Err(Failure::NoAnswer(format!(
            "both names mean {name}; `chancery timeline` of one actor takes one name"
        )));
    }
    if args.lens.folds() {
        return Err(Failure::Usage(
            "a timeline counts whoever acts for the actors asked about as it is; it takes no --fold"
                .to_owned(),
        ));
    }
    let lens = args.lens.lens(&dataset, false)?;
    let (dataset, notes) = args.lens.stand(dataset, &lens, &asked);
    let predicate = Predicate::compile(&dataset, &lens, &asked)?;
    let among = TimelineReport::among(&dataset, &asked);
    let header = Header::through(&dataset, &predicate, among.iter().map(|(tie, _)| *tie));
    let lang = args.sentences.lang().unwrap_or_default();
    let languages = args.sentences.languages().unwrap_or_default();
    let mut header = Header { is_list: true, lang, languages, ..header };
    header.notes.extend(notes);
    let placed = among.into_iter().filter(|(tie, _)| predicate.lists(&dataset, *tie)).collect();
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let mut viewer =
        Viewer::new(&dataset, &predicate).telling(args.sentences.lang()).naming(args.sentences.languages());
    let report = TimelineReport::new(&mut viewer, &asked, placed, limit);
    output::answer(&Answer::new(header, report), &args.output)
}
