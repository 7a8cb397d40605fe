//! Tells the format of a file by what stands in it, in this one place, and reads it.

use std::{fs, path::Path, str::FromStr, sync::Arc};

use crate::dataset::Sink;

use super::{
    columns::Layout,
    dot, edge_table, folder,
    foreign::Dialect,
    gml, json_graph,
    mapping::{self, TableOptions},
    native::{self, ReadError},
    node_columns::Nodes,
    node_table, ours_table, pajek, plain_graph,
    sheet::{self, CellType},
    tables, text, unpack,
    write::Listed,
    xml_graph,
};

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Ours: node-link JSON with claims and citations.
    Native,
    /// A graph of another program.
    Graph(Dialect),
    /// A table of ties: comma, semicolon or tab.
    Table,
    /// A table of actors.
    Nodes,
    /// Raw ICEWS events.
    Icews,
    /// GDELT events, version 1.0 or 2.0.
    Gdelt,
    /// A table of the Correlates of War project.
    Cow,
}

impl Format {
    /// The formats by the words that name them.
    pub const ALL: [(&'static str, Self); 16] = [
        ("native", Self::Native),
        ("node-link", Self::Graph(Dialect::NodeLink)),
        ("d3", Self::Graph(Dialect::D3)),
        ("jgf", Self::Graph(Dialect::Jgf)),
        ("cytoscape", Self::Graph(Dialect::Cytoscape)),
        ("graphml", Self::Graph(Dialect::GraphMl)),
        ("gexf", Self::Graph(Dialect::Gexf)),
        ("adjacency", Self::Graph(Dialect::Adjacency)),
        ("gml", Self::Graph(Dialect::Gml)),
        ("pajek", Self::Graph(Dialect::Pajek)),
        ("dot", Self::Graph(Dialect::Dot)),
        ("table", Self::Table),
        ("nodes", Self::Nodes),
        ("icews", Self::Icews),
        ("gdelt", Self::Gdelt),
        ("cow", Self::Cow),
    ];

    /// What it is called in a sentence.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Native => "native JSON",
            Self::Graph(Dialect::NodeLink) => "node-link JSON of another program",
            Self::Graph(Dialect::D3) => "node-link JSON with ends by number (d3)",
            Self::Graph(Dialect::Jgf) => "JSON Graph Format",
            Self::Graph(Dialect::Cytoscape) => "Cytoscape.js JSON",
            Self::Graph(Dialect::GraphMl) => "GraphML",
            Self::Graph(Dialect::Gexf) => "GEXF",
            Self::Graph(Dialect::Adjacency) => "adjacency JSON of networkx",
            Self::Graph(Dialect::Gml) => "GML",
            Self::Graph(Dialect::Pajek) => "a Pajek network",
            Self::Graph(Dialect::Dot) => "DOT",
            Self::Table => "a table of ties",
            Self::Nodes => "a table of actors",
            Self::Icews => "raw ICEWS events",
            Self::Gdelt => "GDELT events",
            Self::Cow => "a table of the Correlates of War project",
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|(name, _)| *name == text);
        found.map(|(_, format)| format).ok_or_else(|| {
            let names = Self::ALL.map(|(name, _)| name).join(", ");
            format!("no format `{text}`: it is one of {names}")
        })
    }
}

/// What the user says of a file beforehand.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format, whatever the content looks like.
    pub format: Option<Format>,
    /// The columns of a table: role and name.
    pub columns: Vec<(String, String)>,
    /// Values of a table that mean that nothing is known.
    pub missing: Vec<String>,
    /// What is said of the tables of some files, by their names.
    pub tables: Vec<(String, TableOptions)>,
}

/// How a file was read: what a reader should know who did not write it.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// One line each.
    pub notes: Vec<String>,
}

/// Reads a file of any format, or a folder whose files are one dataset.
///
/// # Errors
/// When the path cannot be read. What is wrong *inside* goes to the sink.
pub fn read_path(path: &Path, options: &Options, sink: &mut impl Sink) -> Result<Reading, ReadError> {
    let failed = |source| ReadError::Io { path: path.to_owned(), source };
    if fs::metadata(path).map_err(failed)?.is_dir() {
        return folder::read(path, options, sink);
    }
    let bytes = fs::read(path).map_err(failed)?;
    let is_packed = unpack::is_packed(&bytes);
    let bytes = unpack::unpack(bytes).map_err(failed)?;
    let name = path.display().to_string();
    if let Some(book) = sheet::open(&bytes).map_err(failed)? {
        let read = sheet::read(&name, book, options, sink, |name, sheet, options, sink| {
            let text: Arc<String> = sheet.text.into();
            match read_text(path, name, &text, &sheet.types, (options, true), sink) {
                Ok(reading) => Ok(Some(reading)),
                Err(ReadError::Columns(_)) => Ok(None),
                Err(error) => Err(error),
            }
        })?;
        return read.ok_or_else(|| ReadError::Columns(path.to_owned()));
    }
    let (text, note) = text::decode(bytes);
    let mut reading = read_text(path, &name, &text.into(), &[], (options, is_packed), sink)?;
    // What is native says nothing of how it was read.
    if !reading.notes.is_empty() {
        reading.notes.extend(note);
    }
    Ok(reading)
}

/// Reads a text of any format, with the types of its columns where they are known; `is_loose` says that it is not what
/// stands in the file.
fn read_text(
    path: &Path,
    name: &str,
    text: &Arc<String>,
    types: &[CellType],
    (options, is_loose): (&Options, bool),
    sink: &mut impl Sink,
) -> Result<Reading, ReadError> {
    let (options, strangers) = here(path, name, text, options)?;
    let options = &options;
    // How a file is read that the user says to be of a format, and what it looks like.
    let read_as = |format: Format| {
        let other = options.format.and_then(|_| detect(text, options)).filter(|other| *other != format);
        let other =
            other.map_or(String::new(), |other| format!(", though it looks like {}", other.describe()));
        format!("read as {}{other}", format.describe())
    };
    let node_link = Format::Graph(Dialect::NodeLink);
    if options.format.is_none_or(|format| format == node_link)
        && let Some(mut reading) = plain_graph::read(name, text, options.format.is_some(), sink)
    {
        reading.notes.insert(0, read_as(node_link));
        return Ok(reading);
    }
    let is_object = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    if options.format.is_none()
        && is_object
        && json_graph::may_be_native(text)
        && native::read_sound(name, text, sink)
    {
        return Ok(Reading::default());
    }
    // What nothing else is, is a table if it is called one, and else JSON with a slip in it.
    let called = || (folder::is_table(name) || !types.is_empty()).then_some(Format::Table);
    let format = options.format.or_else(|| detect(text, options)).or_else(called).unwrap_or(Format::Native);
    let said = read_as(format);
    let mut reading = match format {
        // Its own reader says where a file stops being text.
        Format::Native if !is_loose => native::read_path(path, sink).map(|()| Reading::default())?,
        Format::Native => {
            native::read_text(name, text.clone(), sink);
            Reading::default()
        }
        Format::Graph(dialect @ (Dialect::GraphMl | Dialect::Gexf)) => {
            xml_graph::read(name, text, dialect, sink)
        }
        Format::Graph(Dialect::Gml) => gml::read(name, text, sink),
        Format::Graph(Dialect::Pajek) => pajek::read(name, text, sink),
        Format::Graph(Dialect::Dot) => dot::read(name, text, sink),
        Format::Graph(
            dialect @ (Dialect::NodeLink
            | Dialect::D3
            | Dialect::Jgf
            | Dialect::Cytoscape
            | Dialect::Adjacency),
        ) => json_graph::read(name, text, dialect, sink),
        Format::Icews | Format::Gdelt | Format::Cow => match tables::read(name, text, format, sink) {
            Some(reading) => reading,
            None => return Err(ReadError::Columns(path.to_owned())),
        },
        Format::Table | Format::Nodes if own_table(text, format).is_some() => {
            let (layout, listed) = own_table(text, format).expect("it was asked just now");
            ours_table::read(name, text, (sheet::typed(layout, types), listed), sink)
        }
        Format::Table => match Layout::sniff(text, &options.columns) {
            Some(layout) => edge_table::read(name, text, sheet::typed(layout, types), options, sink),
            None => return Err(ReadError::Columns(path.to_owned())),
        },
        Format::Nodes => match Nodes::sniff(text, &options.columns) {
            Some((layout, nodes)) => {
                node_table::read(name, text, (sheet::typed(layout, types), nodes), options, sink)
            }
            None => return Err(ReadError::Columns(path.to_owned())),
        },
    };
    if format != Format::Native {
        reading.notes.insert(0, said);
    }
    if strangers && matches!(format, Format::Table | Format::Nodes) {
        reading.notes.push("none of the columns that --columns names is in it: they are guessed".to_owned());
    }
    Ok(reading)
}

/// The table of ties or of actors that a text is, if we wrote it.
fn own_table(text: &str, format: Format) -> Option<(Layout, Listed)> {
    let layout = Layout::of_header(text).filter(ours_table::is_ours)?;
    let has = |names: &[&str]| names.iter().all(|name| layout.header.iter().any(|head| head == name));
    match format {
        Format::Table => has(&["source", "target", "relation"]).then_some((layout, Listed::Ties)),
        Format::Nodes => has(&["id"]).then_some((layout, Listed::Actors)),
        Format::Native | Format::Graph(_) | Format::Icews | Format::Gdelt | Format::Cow => None,
    }
}

/// What the user says of this file, and whether he names columns of which it has none.
fn here(path: &Path, name: &str, text: &str, options: &Options) -> Result<(Options, bool), ReadError> {
    let TableOptions { columns, missing } = mapping::of_table(options, name);
    let told = Options { format: options.format, columns, missing, tables: Vec::new() };
    if told.columns.is_empty()
        || text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[', '<'])
    {
        return Ok((told, false));
    }
    let Some(layout) = Layout::of_header(text) else { return Ok((told, false)) };
    let is_here = |(_, name): &&(String, String)| layout.header.contains(name);
    match told.columns.iter().find(|column| !is_here(column)) {
        None => Ok((told, false)),
        Some(_) if !told.columns.iter().any(|column| is_here(&column)) => {
            Ok((Options { columns: Vec::new(), ..told }, true))
        }
        Some((_, name)) => Err(ReadError::NoColumn {
            path: path.to_owned(),
            name: name.clone(),
            header: layout.header.join(", "),
        }),
    }
}

/// The format that a text has, if it is not native or nothing known.
fn detect(text: &str, options: &Options) -> Option<Format> {
    let body = text.trim_start_matches('\u{feff}').trim_start();
    if body.starts_with(['{', '[']) {
        return json_graph::detect(body).map(Format::Graph);
    }
    if body.starts_with('<') {
        return xml_graph::detect(body).map(Format::Graph);
    }
    // Tables come last: nearly any text has columns.
    let others = [
        (dot::is_dot(body), Dialect::Dot),
        (pajek::is_pajek(body), Dialect::Pajek),
        (gml::is_gml(body), Dialect::Gml),
    ];
    if let Some((_, dialect)) = others.into_iter().find(|(is_such, _)| *is_such) {
        return Some(Format::Graph(dialect));
    }
    if let Some(known) = tables::detect(text).filter(|_| options.columns.is_empty()) {
        return Some(known);
    }
    let ties = Layout::sniff(text, &options.columns);
    let has_ends =
        ties.as_ref().is_some_and(|ties| ties.has_header && !Nodes::has_years_for_ends(text, ties));
    if !has_ends && Nodes::sniff(text, &options.columns).is_some() {
        return Some(Format::Nodes);
    }
    ties.map(|_| Format::Table)
}
