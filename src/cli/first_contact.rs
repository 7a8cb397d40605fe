//! `first-contact`: the first day on which two actors were in contact.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    analysis::temporal::Terms,
    network::Network,
    report::{Answer, FirstContactReport, Header, Viewer},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs, pace},
    failure::Failure,
    names, open, output,
    sentences::SentenceArgs,
};

/// The first day on which two actors were in contact, as far as the dates allow, and the day by which
/// they certainly were: directly, and through others in order of time.
///
/// Direct is contact of the two, or of those who act for them: the record says so (`source_for`, `target_for`), or
/// else the offices held on that day.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery first-contact Mongolia \"South Korea\"
  chancery first-contact 古巴 朝鮮 --relation visit --lang zh-Hant
  chancery first-contact Cuba \"North Korea\" --format json | jq '.answer.certain.day'")]
pub(super) struct FirstContactArgs {
    /// The two actors, by any of their names
    #[arg(value_name = "ACTOR", required = true, num_args = 2..)]
    actors: Vec<String>,
    /// Let contact pass on only on a later day, not on the day on which it came
    #[arg(long)]
    strict: bool,
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
pub(super) fn run(args: &FirstContactArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let actors = names::several(&dataset, &args.actors, 2)?;
    let (a, b) = (actors[0], actors[1]);
    if a == b {
        let name = dataset.actors().label(a);
        return Err(Failure::Usage(format!("both names mean {name}; contact is between two actors")));
    }
    let lens = args.lens.lens(&dataset, true)?;
    let (dataset, notes) = args.lens.stand(dataset, &lens, &actors);
    let network = Network::between(&dataset, &lens, &actors)?;
    let mut viewer = Viewer::new(&dataset, network.predicate())
        .telling(args.sentences.lang())
        .naming(args.sentences.languages());
    let terms = Terms { pace: pace(args.strict), ..Terms::default() };
    let report = FirstContactReport::new(&mut viewer, &network, (a, b), &terms);
    let header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    let languages = args.sentences.languages().unwrap_or_default();
    let mut header = Header { lang: viewer.lang(), languages, ..header };
    header.notes.extend(notes);
    let is_found = report.is_found();
    let done = output::answer(&Answer::new(header, report), &args.output)?;
    Ok(if is_found { done } else { ExitCode::from(1) })
}
