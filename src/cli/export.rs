//! `export`: the graph itself, as JSON, in the forms of other programs, as DOT or SVG.

use std::{collections::BTreeSet, path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};

use chancery::{
    analysis::periods_of,
    dataset::{ActorIndex, Dataset, TieIndex},
    format::{
        native::{self, EdgeKey, Part},
        write::{Form, Listed, TableForm, write},
    },
    lens::Predicate,
    network::Network,
    report::{Answer, ExportReport, Header, no_kind, self_contained},
};

use super::{
    args::{Format, GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    figure::FigureArgs,
    open,
    output::{self, note_line},
    periods::PeriodArgs,
    sentences::LangArgs,
};

/// The forms of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GraphFormat {
    /// Node-link JSON, which `--graph` and networkx read
    #[value(alias = "json")]
    NodeLink,
    /// GraphML, for networkx, igraph and yEd; with --layout the diagram with the places of its actors
    #[value(name = "graphml")]
    GraphMl,
    /// GEXF with the days on which ties may have been in force, for Gephi
    Gexf,
    /// JSON Graph Format, version 2
    Jgf,
    /// Cytoscape.js
    #[value(alias = "cyjs")]
    Cytoscape,
    /// A table of ties, or of actors (--actors), for R, pandas and spreadsheets
    Csv,
    /// The same as an Arrow IPC file
    #[value(alias = "feather")]
    Arrow,
    /// The same as Parquet
    #[cfg(feature = "parquet")]
    Parquet,
    /// Pajek: ids, relations and weights only
    #[value(alias = "net")]
    Pajek,
    /// A diagram for Graphviz
    #[value(alias = "gv")]
    Dot,
    /// A diagram
    Svg,
    /// A diagram for pages that draw Mermaid
    #[value(alias = "mmd")]
    Mermaid,
    /// A diagram in pixels
    Png,
    /// A diagram on a page, its text selectable
    Pdf,
}

/// Write the graph, or what a lens leaves of it: as JSON, for other programs, as DOT or SVG.
///
/// Data hold everything, unless a lens option is given; then the ties that pass, their ends, and
/// whatever their records name. GraphML, GEXF, JSON Graph Format and Cytoscape.js are read back as the same
/// graph: what they have no place for stands as JSON under `chancery`. A diagram shows the channels that are walked, unless --channel says
/// otherwise, and no actor without ties. Cut into periods (--every 10y) it has a panel for each, in which every actor keeps its place.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery export -o everything.json
  chancery export --during 1990/2000 --relation visit -o visits.json
  chancery export --format node-link --links -o for-d3.json
  chancery export --during 1990/2000 -o for-gephi.gexf
  chancery export -o for-igraph.graphml
  chancery export --layout stress -o arranged.graphml
  chancery export --format cytoscape -o elements.json
  chancery export -o ties.csv
  chancery export -o actors.parquet
  chancery export --kind country -o countries.svg
  chancery export -o graph.pdf --page a4
  chancery export --kind country --every 10y -o decades.svg
  chancery export --format dot | dot -Tpdf -o graph.pdf")]
pub(super) struct ExportArgs {
    /// Write to a file; its ending picks the form (.json .graphml .gexf .jgf .cyjs .csv .arrow .parquet .net .dot .svg .png .pdf .mmd)
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// The form, whatever the ending [default: node-link]
    #[arg(long, value_name = "FORM", help_heading = "Output")]
    format: Option<GraphFormat>,
    /// JSON: write edges under `links`, for older networkx and d3
    #[arg(long, help_heading = "Output")]
    links: bool,
    /// CSV, Arrow, Parquet: the table of actors, not of ties; a name that begins with `actors` or `nodes` says so too
    #[arg(long, help_heading = "Output")]
    actors: bool,
    /// The title of the file or picture
    #[arg(long, value_name = "TEXT", help_heading = "Output")]
    title: Option<String>,
    /// Overwrite a file that Chancery did not write
    #[arg(long, help_heading = "Output")]
    force: bool,
    #[command(flatten)]
    periods: PeriodArgs,
    #[command(flatten)]
    lang: LangArgs,
    #[command(flatten)]
    figure: FigureArgs,
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
        GraphFormat::NodeLink => data(args, &dataset, None),
        // With a layout it is the picture that is meant.
        GraphFormat::GraphMl if args.figure.layout.is_some() => picture(args, dataset, Format::GraphMl),
        GraphFormat::GraphMl => data(args, &dataset, Some(Form::GraphMl)),
        GraphFormat::Gexf => data(args, &dataset, Some(Form::Gexf)),
        GraphFormat::Jgf => data(args, &dataset, Some(Form::Jgf)),
        GraphFormat::Cytoscape => data(args, &dataset, Some(Form::Cytoscape)),
        GraphFormat::Csv => data(args, &dataset, Some(Form::Table(listed(args), TableForm::Csv))),
        GraphFormat::Arrow => data(args, &dataset, Some(Form::Table(listed(args), TableForm::Arrow))),
        #[cfg(feature = "parquet")]
        GraphFormat::Parquet => data(args, &dataset, Some(Form::Table(listed(args), TableForm::Parquet))),
        GraphFormat::Pajek => data(args, &dataset, Some(Form::Pajek)),
        GraphFormat::Dot => picture(args, dataset, Format::Dot),
        GraphFormat::Svg => picture(args, dataset, Format::Svg),
        GraphFormat::Mermaid => picture(args, dataset, Format::Mermaid),
        GraphFormat::Png => picture(args, dataset, Format::Png),
        GraphFormat::Pdf => picture(args, dataset, Format::Pdf),
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
                "graphml" => GraphFormat::GraphMl,
                "gexf" => GraphFormat::Gexf,
                "jgf" => GraphFormat::Jgf,
                "cyjs" => GraphFormat::Cytoscape,
                "csv" => GraphFormat::Csv,
                "arrow" | "feather" => GraphFormat::Arrow,
                #[cfg(feature = "parquet")]
                "parquet" => GraphFormat::Parquet,
                "net" => GraphFormat::Pajek,
                "dot" | "gv" => GraphFormat::Dot,
                "svg" => GraphFormat::Svg,
                "mmd" | "mermaid" => GraphFormat::Mermaid,
                "png" => GraphFormat::Png,
                "pdf" => GraphFormat::Pdf,
                _ if path.as_os_str() == "-" => GraphFormat::NodeLink,
                other => {
                    return Err(Failure::Usage(format!(
                        "a graph is not written as `.{other}`: it is .json .graphml .gexf .jgf .cyjs .csv .arrow .parquet .net .dot .svg .png .pdf or .mmd"
                    )));
                }
            }
        }
    };
    let is_table = match format {
        GraphFormat::Csv | GraphFormat::Arrow => true,
        #[cfg(feature = "parquet")]
        GraphFormat::Parquet => true,
        _ => false,
    };
    if args.actors && !is_table {
        return Err(Failure::Usage("--actors is for tables: .csv, .arrow, .parquet".to_owned()));
    }
    let is_chart = matches!(format, GraphFormat::Svg | GraphFormat::Png | GraphFormat::Pdf);
    if !is_chart && args.periods.cut()?.is_some() {
        return Err(Failure::Usage(
            "periods are drawn as panels of one picture: .svg, .png or .pdf; data keep the dates of their ties"
                .to_owned(),
        ));
    }
    if args.links && format != GraphFormat::NodeLink {
        return Err(Failure::Usage("--links is for node-link JSON".to_owned()));
    }
    Ok(format)
}

/// What a table lists: actors, if the option or the name of the file says so.
fn listed(args: &ExportArgs) -> Listed {
    let stem = args
        .output
        .as_ref()
        .and_then(|path| path.file_stem())
        .map(|stem| stem.to_string_lossy().to_lowercase());
    let is_named = stem.is_some_and(|stem| stem.starts_with("actors") || stem.starts_with("nodes"));
    if args.actors || is_named { Listed::Actors } else { Listed::Ties }
}

/// The records, in a form of another program or, without one, as node-link JSON.
fn data(args: &ExportArgs, dataset: &Dataset, form: Option<Form>) -> Result<ExitCode, Failure> {
    if args.lens.folds() {
        return Err(Failure::Usage("--fold is for pictures: data hold the records as they are".to_owned()));
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
    let key = if args.links { EdgeKey::Links } else { EdgeKey::Edges };
    let written = text(dataset, (&actors, &ties), whole, args.title.as_deref(), form, key)?;
    output::send(&written, &destination(args, Format::Json))
}

/// Actors and ties of a dataset in a form, else as canonical JSON; a whole one with what nothing cites and what was retracted.
pub(super) fn text(
    dataset: &Dataset,
    (actors, ties): (&[ActorIndex], &[TieIndex]),
    whole: bool,
    title: Option<&str>,
    form: Option<Form>,
    key: EdgeKey,
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
    let mut written = Vec::new();
    let lost = match form {
        Some(form) => write(dataset, &part, form, &mut written),
        None => native::write(dataset, &part, key, &mut written).map(|()| Vec::new()),
    };
    for line in lost.map_err(|source| Failure::Write { path: "the graph".to_owned(), source })? {
        note_line(&line);
    }
    Ok(written)
}

fn picture(args: &ExportArgs, dataset: Dataset, format: Format) -> Result<ExitCode, Failure> {
    let lens = args.lens.lens(&dataset, true)?;
    let (dataset, notes) = args.lens.stand(dataset, &lens, &[]);
    let network = Network::project(&dataset, &lens)?;
    let mut header =
        Header { is_list: true, ..Header::through(&dataset, network.predicate(), dataset.ties().all()) };
    // A picture of nothing has no place to say why.
    if let Some(why) = no_kind(&dataset, network.predicate()) {
        note_line(&why);
    }
    header.languages = args.lang.lang.unwrap_or_default();
    header.notes.extend(notes);
    let titles: Vec<&str> = dataset.files().iter().filter_map(|file| file.title.as_deref()).collect();
    let title = match (&args.title, titles.as_slice()) {
        (Some(title), _) => title.clone(),
        (None, [title]) => (*title).to_owned(),
        (None, _) => String::new(),
    };
    let report = match args.periods.cut()? {
        None => ExportReport::new(&network, title, args.lang.lang),
        Some(cut) => {
            let periods = periods_of(&network, cut)?;
            ExportReport::through_time(&network, title, args.lang.lang, &periods)?
        }
    };
    output::answer(&Answer::new(header, report), &destination(args, format))
}

fn destination(args: &ExportArgs, format: Format) -> OutputArgs {
    OutputArgs {
        output: args.output.clone(),
        format: Some(format),
        force: args.force,
        figure: args.figure.clone(),
    }
}
