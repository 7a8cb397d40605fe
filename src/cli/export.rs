//! `export`: the graph itself, as JSON, DOT or SVG.

use std::{collections::BTreeSet, path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};

use chancery::{
    dataset::{ActorIndex, Dataset, TieIndex},
    format::native::{EdgeKey, Part, write},
    lens::Predicate,
    network::Network,
    report::{Answer, ExportReport, Header, self_contained},
};

use super::{
    args::{Format, GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    open,
    output::{self, note_line},
};

/// The forms of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GraphFormat {
    /// Node-link JSON, which `--graph` and networkx read
    #[value(alias = "json")]
    NodeLink,
    /// A diagram for Graphviz
    #[value(alias = "gv")]
    Dot,
    /// A diagram
    Svg,
}

/// Write the graph, or what a lens leaves of it, as JSON, DOT or SVG.
///
/// JSON holds everything, unless a lens option is given; then the ties that pass, their ends, and
/// whatever their records name. A diagram shows the channels that are walked, unless --channel says
/// otherwise, and no actor without ties.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery export -o everything.json
  chancery export --during 1990/2000 --relation visit -o visits.json
  chancery export --format node-link --links -o for-d3.json
  chancery export --kind country -o countries.svg
  chancery export --format dot | dot -Tpdf -o graph.pdf")]
pub(super) struct ExportArgs {
    /// Write to a file; its ending picks the form (.json .dot .svg)
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// The form, whatever the ending [default: node-link]
    #[arg(long, value_name = "FORM", help_heading = "Output")]
    format: Option<GraphFormat>,
    /// JSON: write edges under `links`, for older networkx and d3
    #[arg(long, help_heading = "Output")]
    links: bool,
    /// The title of the file or picture
    #[arg(long, value_name = "TEXT", help_heading = "Output")]
    title: Option<String>,
    /// Overwrite a file that Chancery did not write
    #[arg(long, help_heading = "Output")]
    force: bool,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
}

/// Runs the verb.
pub(super) fn run(args: &ExportArgs) -> Result<ExitCode, Failure> {
    let format = format(args)?;
    let dataset = open::dataset(&args.graph)?;
    match format {
        GraphFormat::NodeLink => json(args, &dataset),
        GraphFormat::Dot => picture(args, dataset, Format::Dot),
        GraphFormat::Svg => picture(args, dataset, Format::Svg),
    }
}

fn format(args: &ExportArgs) -> Result<GraphFormat, Failure> {
    let format = match (args.format, &args.output) {
        (Some(format), _) => format,
        (None, None) => GraphFormat::NodeLink,
        (None, Some(path)) => {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase();
            match ending.as_str() {
                "json" => GraphFormat::NodeLink,
                "dot" | "gv" => GraphFormat::Dot,
                "svg" => GraphFormat::Svg,
                _ if path.as_os_str() == "-" => GraphFormat::NodeLink,
                other => {
                    return Err(Failure::Usage(format!(
                        "a graph is not written as `.{other}`: it is .json .dot or .svg\n  \
                         hint: `chancery ties -o FILE.csv` lists ties as a table"
                    )));
                }
            }
        }
    };
    if args.links && format != GraphFormat::NodeLink {
        return Err(Failure::Usage("--links is for JSON".to_owned()));
    }
    Ok(format)
}

fn json(args: &ExportArgs, dataset: &Dataset) -> Result<ExitCode, Failure> {
    if args.lens.folds() {
        return Err(Failure::Usage("--fold is for pictures: JSON holds the records as they are".to_owned()));
    }
    let lens = args.lens.lens(dataset, false)?;
    let whole = args.lens.is_default();
    let (actors, ties): (Vec<_>, Vec<_>) = if whole {
        (dataset.actors().all().collect(), dataset.ties().all().collect())
    } else {
        let predicate = Predicate::compile(dataset, &lens, &[])?;
        let listed: Vec<_> = dataset.ties().all().filter(|tie| predicate.lists(dataset, *tie)).collect();
        let (actors, ties) = self_contained(dataset, &listed);
        note_line(&format!(
            "{} of {} ties, {} of {} actors",
            ties.len(),
            dataset.ties().count(),
            actors.len(),
            dataset.actors().count()
        ));
        match ties.len() - listed.len() {
            0 => {}
            1 => note_line("1 tie comes along because another is about it"),
            count => note_line(&format!("{count} ties come along because others are about them")),
        }
        (actors, ties)
    };
    let written = text(dataset, &actors, &ties, whole, args.title.as_deref(), args.links)?;
    output::send(&written, &destination(args, Format::Json))
}

/// Actors and ties of a dataset as canonical JSON; a whole one with what nothing cites and what was retracted.
pub(super) fn text(
    dataset: &Dataset,
    actors: &[ActorIndex],
    ties: &[TieIndex],
    whole: bool,
    title: Option<&str>,
    links: bool,
) -> Result<Vec<u8>, Failure> {
    let titles = dataset.files().iter().filter_map(|file| file.title.as_deref());
    let licenses: BTreeSet<&str> =
        dataset.files().iter().filter_map(|file| file.license.as_deref()).collect();
    let licenses: Vec<&str> = licenses.into_iter().collect();
    let license = licenses.join(" AND ");
    let part = Part {
        actors,
        ties,
        uncited: whole,
        title: title.or_else(|| titles.clone().next().filter(|_| titles.count() == 1)),
        license: Some(license.as_str()).filter(|license| !license.is_empty()),
    };
    let key = if links { EdgeKey::Links } else { EdgeKey::Edges };
    let mut written = Vec::new();
    write(dataset, &part, key, &mut written)
        .map_err(|source| Failure::Write { path: "JSON".to_owned(), source })?;
    Ok(written)
}

fn picture(args: &ExportArgs, dataset: Dataset, format: Format) -> Result<ExitCode, Failure> {
    let lens = args.lens.lens(&dataset, true)?;
    let (dataset, notes) = args.lens.stand(dataset, &lens, &[]);
    let network = Network::project(&dataset, &lens)?;
    let mut header =
        Header { is_list: true, ..Header::through(&dataset, network.predicate(), dataset.ties().all()) };
    header.notes.extend(notes);
    let titles: Vec<&str> = dataset.files().iter().filter_map(|file| file.title.as_deref()).collect();
    let title = match (&args.title, titles.as_slice()) {
        (Some(title), _) => title.clone(),
        (None, [title]) => (*title).to_owned(),
        (None, _) => String::new(),
    };
    output::answer(&Answer::new(header, ExportReport::new(&network, title)), &destination(args, format))
}

fn destination(args: &ExportArgs, format: Format) -> OutputArgs {
    OutputArgs { output: args.output.clone(), format: Some(format), force: args.force }
}
