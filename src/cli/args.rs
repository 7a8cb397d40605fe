//! Options that many verbs share: the dataset, the lens, the output.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use chancery::{
    analysis::order::Pace,
    dataset::{ActorIndex, Dataset, Lineage},
    date::{Certainty, Date, Day, Status, Window},
    format::{
        Format as FileFormat, Options,
        mapping::{self, Mapping},
        native::ReadError,
        write::TableForm,
    },
    lens::{Direction, Fold, KindSelector, Lens, Standing, ended},
    model::{ActorKind, Channel, Polarity},
};

use super::{failure::Failure, figure::FigureArgs, names, output::note_line};

/// Which dataset is asked.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Dataset")]
pub(super) struct GraphArgs {
    /// A graph or table, a folder of them or an archive (NAME.chancery); may be given several times
    ///
    /// Without it: `$CHANCERY_GRAPH`, else ./graph if it holds graphs, else the graph in the program.
    #[arg(long, value_name = "PATH")]
    pub(super) graph: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) table: TableArgs,
    /// Ask an archive as it was known at the end of a day, month or year
    #[arg(long, value_name = "DAY", value_parser = parse_known_on)]
    pub(super) known_on: Option<Day>,
    /// Count an event once that stands in both directions on one day: a visit and its hosting, a consultation
    ///
    /// Coders of events write it twice: `chancery rank --merge-mirrors --graph icews.tab`
    #[arg(long)]
    pub(super) merge_mirrors: bool,
}

/// How files are read that do not say it themselves.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Dataset")]
pub(super) struct TableArgs {
    /// Read files in a format, whatever they look like: native, node-link, adjacency, d3, jgf, cytoscape, graphml, gexf, gml, pajek, dot, table, nodes, icews, gdelt, cow
    #[arg(long, value_name = "FORMAT")]
    read_as: Option<FileFormat>,
    /// The columns of a table: source=NAME,target=NAME,relation=NAME,when=NAME …, or a mapping file (TOML)
    ///
    /// They are guessed from the header otherwise, and said. Of ties: source, target, relation, when, start, end, id; when.year,
    /// when.month, when.day (start.year …) where a date stands in several columns. Of actors: id, name, name.LANG, aliases, kind,
    /// code.SCHEME, start, end, existence, `organ_of`, `citizen_of`, note. In a file: `source = "a"`, `start = ["y", "m", "d"]`,
    /// `missing = ["-9"]`, and the same under `["ties.csv"]` for one table.
    #[arg(long, value_name = "ROLE=NAME", value_delimiter = ',', value_parser = parse_column)]
    columns: Vec<ColumnArg>,
    /// Values of a table that mean that nothing is known (-9,.,NA)
    #[arg(long, value_name = "VALUE", value_delimiter = ',', allow_hyphen_values = true)]
    missing: Vec<String>,
}

pub(super) fn parse_known_on(text: &str) -> Result<Day, String> {
    text.parse::<Date>().map(|date| date.span().1).map_err(|error| error.to_string())
}

/// What `--columns` says.
#[derive(Clone, Debug)]
enum ColumnArg {
    /// A role, and the head of its column.
    Role(String, String),
    /// A file that says so.
    File(PathBuf),
}

fn parse_column(text: &str) -> Result<ColumnArg, String> {
    match text.split_once('=') {
        Some((role, name)) if mapping::is_role(role) => Ok(ColumnArg::Role(role.to_owned(), name.to_owned())),
        None if Path::new(text).extension().is_some_and(|ending| ending == "toml") => {
            Ok(ColumnArg::File(text.into()))
        }
        _ => Err(format!("write ROLE=NAME, or the name of a .toml file; roles are {}", mapping::ROLES)),
    }
}

impl TableArgs {
    /// What is said of tables beforehand: on the command line, and in mapping files.
    pub(super) fn options(&self) -> Result<Options, Failure> {
        let mut options =
            Options { format: self.read_as, missing: self.missing.clone(), ..Options::default() };
        for column in &self.columns {
            match column {
                ColumnArg::Role(role, name) => options.columns.push((role.clone(), name.clone())),
                ColumnArg::File(path) => {
                    let failed = |source| ReadError::Io { path: path.clone(), source };
                    let text = std::fs::read_to_string(path).map_err(failed)?;
                    let mapping = Mapping::parse(&text)
                        .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
                    options.columns.extend(mapping.all.columns);
                    options.missing.extend(mapping.all.missing);
                    options.tables.extend(mapping.tables);
                }
            }
        }
        Ok(options)
    }
}

/// The formats of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Text for a terminal
    Text,
    /// The answer as JSON
    Json,
    /// The answer as one table of comma-separated values
    Csv,
    /// The same as an Arrow IPC file
    #[value(alias = "feather")]
    Arrow,
    /// The same as Parquet
    #[cfg(feature = "parquet")]
    Parquet,
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// One page of HTML that needs nothing else
    Html,
    /// A diagram for Graphviz
    #[value(alias = "gv")]
    Dot,
    /// A diagram
    Svg,
    /// A diagram for pages that draw Mermaid
    #[value(alias = "mmd")]
    Mermaid,
    /// A diagram with the places of its actors, for Gephi, igraph, networkx
    #[value(name = "graphml")]
    GraphMl,
    /// A diagram in pixels
    Png,
    /// A diagram on a page, its text selectable
    Pdf,
}

impl Format {
    /// The file of a table, where it is one.
    pub(super) fn table(self) -> Option<TableForm> {
        match self {
            Self::Csv => Some(TableForm::Csv),
            Self::Arrow => Some(TableForm::Arrow),
            #[cfg(feature = "parquet")]
            Self::Parquet => Some(TableForm::Parquet),
            _ => None,
        }
    }

    /// Whether it is a picture.
    pub(super) fn is_drawn(self) -> bool {
        match self {
            Self::Dot | Self::Svg | Self::Mermaid | Self::GraphMl | Self::Png | Self::Pdf => true,
            Self::Text | Self::Json | Self::Csv | Self::Arrow | Self::Markdown | Self::Html => false,
            #[cfg(feature = "parquet")]
            Self::Parquet => false,
        }
    }
}

/// Where the answer goes.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// Write to a file; its ending picks the format (.txt .json .csv .arrow .parquet .md .html .dot .svg .png .pdf .mmd .graphml)
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// The format, whatever the ending
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<Format>,
    /// Overwrite a file that Chancery did not write
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) figure: FigureArgs,
}

/// Which ties and actors are looked at.
#[derive(Clone, Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Lens")]
pub(super) struct LensArgs {
    /// Only ties in force on some day of a period (EDTF: 1990/2000, 1999, ../1990)
    #[arg(long, value_name = "PERIOD", value_parser = parse_window, allow_hyphen_values = true)]
    during: Option<Window>,
    /// Only ties in force on a day, month or year
    #[arg(long, value_name = "DATE", value_parser = parse_window, conflicts_with = "during")]
    as_of: Option<Window>,
    /// Only ties in force before a date
    #[arg(long, value_name = "DATE")]
    before: Option<Date>,
    /// Only ties in force after a date
    #[arg(long, value_name = "DATE")]
    after: Option<Date>,
    /// Only ties that were certainly in force, not possible ones
    #[arg(long)]
    certain: bool,
    /// Only relations: an id, a CAMEO code or prefix, a PLOVER class (visit,mission,04,CONSULT)
    #[arg(long, value_name = "RELATION", value_delimiter = ',')]
    relation: Vec<String>,
    /// No such relations
    #[arg(long, value_name = "RELATION", value_delimiter = ',')]
    not_relation: Vec<String>,
    /// What ties carry: interaction, agency, affiliation, stance, or all [default: interaction,agency
    /// where ties are walked, all where they are listed]
    #[arg(long, value_name = "CHANNEL", value_delimiter = ',')]
    channel: Vec<String>,
    /// Only kinds of actors: country, territory, institution, person, official, …
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<String>,
    /// Claims by status: asserted, alleged, disputed, hypothetical, refuted, absent, or all
    /// [default: asserted,alleged,disputed]
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    status: Vec<String>,
    /// Leave out an actor; may be given several times
    #[arg(long, value_name = "ACTOR")]
    avoid: Vec<String>,
    /// Only relations that are friendly, neutral or hostile: +, 0, -
    #[arg(long, value_name = "SIGN", value_delimiter = ',', value_parser = parse_polarity, allow_hyphen_values = true)]
    polarity: Vec<Polarity>,
    /// Only what a reference says, by its id; may be given several times
    #[arg(long, value_name = "ID")]
    reference: Vec<String>,
    /// Only ties that stand for so many reports
    #[arg(long, value_name = "COUNT", default_value_t = 0, hide_default_value = true)]
    min_count: u32,
    /// Leave out actors with more neighbours, those asked about excepted, so that no route passes through them
    #[arg(long, value_name = "COUNT")]
    max_degree: Option<usize>,
    /// Count whoever acts for a country as the country; nationals: its citizens too
    #[arg(long, value_name = "WHO")]
    fold: Option<FoldArg>,
    /// Follow all modes of succession from the actors asked about, not continuation only
    #[arg(long)]
    lineage: bool,
}

/// Whose deeds count as a country's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FoldArg {
    /// Those of its officials, organs, representatives and territories
    Countries,
    /// Those of its citizens too
    Nationals,
}

fn parse_polarity(text: &str) -> Result<Polarity, String> {
    match text {
        "+" | "positive" | "friendly" => Ok(Polarity::Positive),
        "0" | "neutral" => Ok(Polarity::Neutral),
        "-" | "\u{2212}" | "negative" | "hostile" => Ok(Polarity::Negative),
        _ => Err("it is one of + (friendly), 0 (neutral), - (hostile)".to_owned()),
    }
}

pub(super) fn parse_window(text: &str) -> Result<Window, String> {
    text.parse::<Window>().map_err(|error| match error.hint() {
        Some(hint) => format!("{error}\n  hint: {hint}"),
        None => error.to_string(),
    })
}

impl LensArgs {
    /// The lens, with names of actors found in the dataset and all channels when a verb lists rather
    /// than walks.
    pub(super) fn lens(&self, dataset: &Dataset, walks: bool) -> Result<Lens, Failure> {
        let mut lens = Lens { during: self.window()?, ..Lens::default() };
        if self.certain {
            lens.certainty = Certainty::Certainly;
        }
        lens.relations.clone_from(&self.relation);
        lens.not_relations.clone_from(&self.not_relation);
        if !walks && self.channel.is_empty() {
            lens.channels = Channel::ALL.into_iter().collect();
        }
        if !self.channel.is_empty() {
            lens.channels = set("channel", &self.channel, &Channel::ALL, Channel::as_str)?;
        }
        if !self.status.is_empty() {
            lens.statuses = set("status", &self.status, &STATUSES, Status::as_str)?;
        }
        let kinds: Vec<KindSelector> =
            ActorKind::ALL.into_iter().map(KindSelector::Kind).chain([KindSelector::Official]).collect();
        lens.kinds = set("kind", &self.kind, &kinds, KindSelector::as_str)?.into_iter().collect();
        for name in &self.avoid {
            let actor = names::one(dataset, std::slice::from_ref(name))?;
            lens.avoid.push(dataset.actors().id(actor).to_owned());
        }
        lens.polarities = self.polarity.iter().copied().collect();
        lens.references.clone_from(&self.reference);
        lens.min_count = self.min_count;
        lens.max_degree = self.max_degree;
        Ok(lens)
    }

    /// The dataset as a question about some actors sees it: predecessors and agents in their place, and
    /// what the reader must know of it.
    pub(super) fn stand(
        &self,
        dataset: Dataset,
        lens: &Lens,
        asked: &[ActorIndex],
    ) -> (Dataset, Vec<String>) {
        let fold = self.fold.map(|fold| match fold {
            FoldArg::Countries => Fold::Countries,
            FoldArg::Nationals => Fold::Nationals,
        });
        let lineage = if self.lineage { Lineage::All } else { Lineage::Continuation };
        let mut notes = ended(&dataset, asked, lens.during);
        for note in &notes {
            note_line(note);
        }
        match (Standing { fold, lineage }).stand(&dataset, asked) {
            Some(stood) => {
                notes.extend(stood.notes);
                (stood.dataset, notes)
            }
            None => (dataset, notes),
        }
    }

    /// Whether actors fold.
    pub(super) fn folds(&self) -> bool {
        self.fold.is_some()
    }

    /// Whether no option is given.
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    fn window(&self) -> Result<Window, Failure> {
        let mut window = self.during.or(self.as_of).unwrap_or(Window::ALL);
        let clash = || Failure::Usage("--before, --after and --during leave no day together".to_owned());
        if let Some(date) = &self.before {
            let last = window.last().min(date.span().0.previous());
            window = Window::new(window.first(), last).ok_or_else(clash)?;
        }
        if let Some(date) = &self.after {
            let first: Day = window.first().max(date.span().1.next());
            window = Window::new(first, window.last()).ok_or_else(clash)?;
        }
        Ok(window)
    }
}

/// Which way routes walk ties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum DirectionArg {
    /// From either end to the other
    #[default]
    Any,
    /// From source to target, and either way where a relation is symmetric
    Forward,
}

impl DirectionArg {
    pub(super) fn direction(self) -> Direction {
        match self {
            Self::Any => Direction::Any,
            Self::Forward => Direction::Forward,
        }
    }
}

/// How soon contact passes on.
pub(super) fn pace(strict: bool) -> Pace {
    if strict { Pace::Strict } else { Pace::SameDay }
}

const STATUSES: [Status; 6] = [
    Status::Asserted,
    Status::Alleged,
    Status::Disputed,
    Status::Hypothetical,
    Status::Refuted,
    Status::Absent,
];

/// The values that words name; `all` names all.
fn set<T: Copy + Ord>(
    what: &str,
    words: &[String],
    known: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<BTreeSet<T>, Failure> {
    let mut values = BTreeSet::new();
    for word in words {
        if word == "all" {
            values.extend(known);
            continue;
        }
        let found = known.iter().find(|value| name(**value) == word);
        values.insert(*found.ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(|value| name(*value)).collect();
            Failure::Usage(format!("no {what} `{word}`: it is one of {}, or all", names.join(", ")))
        })?);
    }
    Ok(values)
}
