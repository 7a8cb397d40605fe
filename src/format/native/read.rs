//! Reads native JSON: a file, or a folder whose files are one dataset.
//!
//! Each record is a slice of the file's text until it is read, so that one bad record spoils no other,
//! and so that its place is known.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::{Value, value::RawValue};
use thiserror::Error;

use crate::{
    dataset::{Origin, Sink, SourceFile},
    format::push,
    model::{
        Actor, Coverage, Fault, Reference, Relation, Same, Severity, Tie,
        fault::nearest,
        record::{ActorRecord, FieldError, SameRecord, Text, TieRecord, hint_of, message_of, offset_of},
    },
};

use super::{
    edit::retract,
    file::{FileRecord, FileTies, GraphRecord, bibliography, default_cites, file_record, json_of, scan},
};

/// Why a path could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The path cannot be read.
    #[error("cannot read {}", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder holds no graph or table.
    #[error("no graph or table in the folder {}", .0.display())]
    Empty(PathBuf),
    /// The file is read as a table, and no columns are the ends of ties or tell actors apart.
    #[error("no columns in {} that are the two ends of ties, or the ids of actors (name them: --columns source=NAME,target=NAME, or id=NAME)", .0.display())]
    Columns(PathBuf),
    /// A column that is named stands in no header.
    #[error("no column `{name}` in {}: it has {header}", path.display())]
    NoColumn {
        /// The path.
        path: PathBuf,
        /// The column.
        name: String,
        /// The heads of its columns.
        header: String,
    },
}

/// Reads a file, or all `.json` files of a folder in the order of their names.
///
/// # Errors
/// See [`ReadError`]. What is wrong *inside* the files goes to the sink.
pub fn read_path(path: &Path, sink: &mut impl Sink) -> Result<(), ReadError> {
    files_of(path)?.iter().try_for_each(|file| read_file(file, sink))
}

/// The files that a path stands for: itself, or all `.json` files of a folder in the order of their names.
///
/// # Errors
/// When the path cannot be read, or the folder has no such file.
pub fn files_of(path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let failed = |source| ReadError::Io { path: path.to_owned(), source };
    if !fs::metadata(path).map_err(failed)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(ReadError::Empty(path.to_owned()));
    }
    Ok(files)
}

/// Whether a file looks like a native graph: it speaks of `nodes` and of `edges` or `links`.
///
/// It is not parsed, so that a graph with a slip in it is still seen to be meant as one.
pub fn is_native(path: &Path) -> bool {
    let Ok(bytes) = fs::read(path) else { return false };
    let text = String::from_utf8_lossy(&bytes);
    text.contains("\"nodes\"") && (text.contains("\"edges\"") || text.contains("\"links\""))
}

fn read_file(path: &Path, sink: &mut impl Sink) -> Result<(), ReadError> {
    let bytes = fs::read(path).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    let name = path.display().to_string();
    match String::from_utf8(bytes) {
        Ok(text) => read_text(&name, text.into(), sink),
        Err(error) => not_text(&name, &error, sink),
    }
    Ok(())
}

/// Says where a file stops being text; what stands before it is not read.
fn not_text(name: &str, error: &std::string::FromUtf8Error, sink: &mut impl Sink) {
    let valid = error.utf8_error().valid_up_to();
    let before = String::from_utf8_lossy(&error.as_bytes()[..valid]);
    let wide = error.as_bytes().starts_with(&[0xff, 0xfe]) || error.as_bytes().starts_with(&[0xfe, 0xff]);
    let hint =
        if wide { "it is UTF-16; save it as UTF-8" } else { "JSON is UTF-8; save it in that encoding" };
    let file = sink.file(SourceFile::new(name, before.into_owned()));
    sink.fault_at(Fault::error(&[], "not UTF-8 text").code("not-utf-8").hint(hint.to_owned()), file, valid);
}

/// What a file looks like, for those whose file looks otherwise.
const SHAPE: &str = "a graph is an object {\"nodes\": […], \"edges\": […]}";

/// Reads the text of one file; everything wrong in it goes to the sink.
#[expect(clippy::needless_pass_by_value, reason = "the text is the file's from here on")]
pub fn read_text(name: &str, text: Arc<String>, sink: &mut impl Sink) {
    let body: &str = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if let Some((record, ties)) = scan(body) {
        return whole_file(name, &text, (json_of(body), &record, &ties), Vec::new(), sink);
    }
    let shift = text.len() - body.len();
    let source = SourceFile::new(name, text.clone());
    let (value, record, errors) = match file_record(body) {
        Ok(read) => read,
        Err(error) => {
            let file = sink.file(source);
            let mut place = if error.is_eof() {
                body.trim_end().len()
            } else {
                offset_of(body, error.line(), error.column())
            };
            while !body.is_char_boundary(place) {
                place -= 1;
            }
            let at = shift + place;
            let hint = if body.trim().is_empty() {
                Some("the file is empty; a graph is an object with `nodes` and `edges`".to_owned())
            } else {
                syntax_hint(&body[..place], &body[place..])
            };
            sink.fault_at(
                Fault::error(&[], format!("not JSON: {}", message_of(&error))).code("syntax").hint(hint),
                file,
                at,
            );
            return;
        }
    };
    if let Some(items) = bibliography(value) {
        let file = sink.file(source);
        let mut reader = Reader { text: &text, file, sink };
        return items.into_iter().for_each(|item| reader.reference(item));
    }
    whole_file(name, &text, (value, &record, &FileTies::default()), errors, sink);
}

/// Reads a text that is a native file without a fault in its outer object, and tells whether it is one: for a file of
/// which something says that it is native, and nothing that it is not, in one pass.
pub(in crate::format) fn read_sound(name: &str, text: &Arc<String>, sink: &mut impl Sink) -> bool {
    let body: &str = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_other = |key: &Text<'_>| matches!(key.as_str(), "elements" | "graphs" | "adjacency");
    match scan(body) {
        Some((record, ties))
            if record.nodes.is_some() && !record.unknown.iter().any(|(key, _)| is_other(key)) =>
        {
            whole_file(name, text, (json_of(body), &record, &ties), Vec::new(), sink);
            true
        }
        _ => false,
    }
}

/// Pushes what stands in a file that is JSON: its value as text, as a record, and its ties.
fn whole_file<'t>(
    name: &str,
    text: &'t Arc<String>,
    (value, record, ties): (&'t str, &FileRecord<'t>, &FileTies<'t>),
    errors: Vec<FieldError>,
    sink: &mut impl Sink,
) {
    let mut source = SourceFile::new(name, text.clone());
    let mut faults = Vec::new();
    source.cites = default_cites(record.graph.as_ref(), &mut faults);
    let mut wrong = Vec::new();
    let coverage = record.graph.as_ref().and_then(|graph| graph.coverage);
    if let Some(raw) = coverage {
        source.coverage = Coverage::read(raw, &mut faults, &mut wrong);
    }
    if let Some(graph) = &record.graph {
        let owned = |text: &Option<Text<'_>>| text.as_ref().map(|text| text.as_str().to_owned());
        (source.title, source.license) = (owned(&graph.title), owned(&graph.license));
        source.retracted = graph.retracted.iter().flatten().map(|raw| (*raw).to_owned()).collect();
    }
    let file = sink.file(source);
    let whole = Origin::of(file, text, value);
    let mut reader = Reader::new(text, file, sink);
    let is_object = value.starts_with('{');
    for FieldError { offset, message } in errors {
        let at = usize::try_from(whole.start).unwrap_or(0) + offset;
        let hint = if is_object { None } else { Some(SHAPE.to_owned()) };
        reader.sink.fault_at(Fault::error(&[], message).code("wrong-type").hint(hint), file, at);
    }
    if !is_object {
        return;
    }
    if let Some(raw) = coverage {
        let origin = reader.origin(raw);
        reader.faults(&wrong, origin);
    }
    for fault in faults {
        reader.sink.fault(fault, whole);
    }
    reader.file(record, ties, whole);
}

fn syntax_hint(before: &str, after: &str) -> Option<String> {
    let last = before.trim_end().chars().next_back();
    match (last, after.trim_start().chars().next()) {
        (Some(','), Some(']' | '}')) => Some("take away the comma after the last value".to_owned()),
        (_, Some('\'')) => Some("JSON strings stand in double quotes".to_owned()),
        (_, None) => Some("the file ends too early; is it whole?".to_owned()),
        _ => None,
    }
}

/// Reads the records of one file, each by itself.
pub(crate) struct Reader<'a, 's, S> {
    text: &'a str,
    file: u32,
    sink: &'s mut S,
}

impl<'a, 's, S: Sink> Reader<'a, 's, S> {
    /// A reader of records that stand in the text of a file.
    pub(crate) fn new(text: &'a str, file: u32, sink: &'s mut S) -> Self {
        Self { text, file, sink }
    }

    fn file(&mut self, record: &FileRecord<'a>, ties: &FileTies<'a>, whole: Origin) {
        for (key, _) in &record.unknown {
            let hint = nearest(key.as_str(), FileRecord::KEYS.iter().copied());
            if !matches!(key.as_str(), "$schema" | "name" | "comment") {
                let hint = hint.map(|near| format!("did you mean `{near}`?"));
                self.sink.fault(
                    Fault::warning(&[], format!("no key `{}` in a graph", key.as_str()))
                        .code("unknown-key")
                        .hint(hint),
                    whole,
                );
            }
        }
        let has_edges = record.edges.is_some() || record.links.is_some();
        if record.nodes.is_none() && !has_edges {
            let fault = Fault::error(&[], "neither `nodes` nor `edges` in the file")
                .code("no-graph")
                .hint(SHAPE.to_owned());
            self.sink.fault(fault, whole);
        }
        if let (Some(_), Some(_)) = (&record.edges, &record.links) {
            self.sink.fault(
                Fault::warning(&["links".into()], "both `edges` and `links`; all are read")
                    .code("edges-and-links"),
                whole,
            );
        }
        if let Some(graph) = &record.graph {
            self.graph(graph, whole);
        }
        for raw in record.nodes.iter().flatten() {
            self.actor(raw);
        }
        self.ties(record.edges.iter().flatten().chain(record.links.iter().flatten()), ties);
    }

    /// Pushes all ties in their order.
    fn ties<'r>(&mut self, others: impl Iterator<Item = &'r &'a RawValue>, ties: &FileTies<'a>)
    where
        'a: 'r,
    {
        // The places of plain ties are those in the text of which the byte order mark is no part.
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(self.text);
        let shift = (self.text.len() - text.len()) as u64;
        let file = self.file;
        let numbers = ties.plain.numbers(file, self.sink);
        let push = |reader: &mut Self, at| {
            let (row, origin) = ties.plain.row(at, &numbers, text, (file, reader.sink));
            let origin = Origin { start: origin.start + shift, end: origin.end + shift, ..origin };
            reader.sink.plain_tie(row, origin);
        };
        let mut pushed = 0;
        for (raw, before) in others.zip(ties.before.iter().copied().chain(std::iter::repeat(0))) {
            (pushed..before).for_each(|at| push(self, at));
            pushed = pushed.max(before);
            self.tie(raw);
        }
        (pushed..ties.plain.count()).for_each(|at| push(self, at));
    }

    fn origin(&self, raw: &'a RawValue) -> Origin {
        Origin::of(self.file, self.text, raw.get())
    }

    fn graph(&mut self, graph: &GraphRecord<'a>, whole: Origin) {
        for (key, _) in &graph.unknown {
            if let Some(near) = nearest(key.as_str(), GraphRecord::KEYS.iter().copied()) {
                let fault =
                    Fault::warning(&["graph".into()], format!("no key `{}` in `graph`", key.as_str()))
                        .code("unknown-key")
                        .hint(format!("did you mean `{near}`?"));
                self.sink.fault(fault, whole);
            }
        }
        for raw in graph.relations.iter().flatten() {
            self.relation(raw);
        }
        for raw in graph.same.iter().flatten() {
            self.same(raw);
        }
        for raw in graph.retracted.iter().flatten() {
            let start = usize::try_from(self.origin(raw).start).unwrap_or(0);
            for (at, fault) in retract::faults(raw) {
                self.sink.fault_at(fault, self.file, start + at);
            }
        }
        for raw in graph.references.iter().flatten() {
            self.reference(raw);
        }
    }

    /// Pushes a relation of the file's own.
    pub(crate) fn relation(&mut self, raw: &'a RawValue) {
        let origin = self.origin(raw);
        match serde_json::from_str::<Relation>(raw.get()) {
            Ok(relation) => self.sink.relation(relation, origin),
            Err(error) => self.faults(&[field_error(raw, &error)], origin),
        }
    }

    /// Pushes a merge.
    pub(crate) fn same(&mut self, raw: &'a RawValue) {
        let origin = self.origin(raw);
        let (record, errors) = SameRecord::read(raw);
        self.faults(&errors, origin);
        let mut faults = Vec::new();
        let same = if errors.is_empty() { Same::from_record(&record, &mut faults) } else { None };
        for fault in faults {
            self.sink.fault(fault, origin);
        }
        if let Some(same) = same {
            self.sink.same(same, origin);
        }
    }

    /// Pushes a reference.
    pub(crate) fn reference(&mut self, raw: &'a RawValue) {
        let origin = self.origin(raw);
        let item = serde_json::from_str::<Value>(raw.get()).unwrap_or(Value::Null);
        match Reference::from_item(item) {
            Ok(reference) => self.sink.reference(reference, origin),
            Err(fault) => self.sink.fault(fault, origin),
        }
    }

    fn faults(&mut self, errors: &[FieldError], origin: Origin) {
        for error in errors {
            let at = usize::try_from(origin.start).unwrap_or(0) + error.offset;
            let fault =
                Fault::error(&[], error.message.clone()).code("wrong-type").hint(hint_of(&error.message));
            self.sink.fault_at(fault, self.file, at);
        }
    }

    /// Pushes an actor.
    pub(crate) fn actor(&mut self, raw: &'a RawValue) {
        let origin = self.origin(raw);
        let (record, errors) = ActorRecord::read(raw);
        self.faults(&errors, origin);
        let mut faults = Vec::new();
        let actor = Actor::from_record(&record, &mut faults);
        let broken = !errors.is_empty() || faults.iter().any(|fault| fault.severity == Severity::Error);
        for fault in faults {
            // A missing id is the fault of a record that could be read, and no news of one that could not.
            if errors.is_empty() || record.id.is_some() {
                self.sink.fault(fault, origin);
            }
        }
        // An actor with a fault still stands, so that its ties are not called dangling as well.
        let Some(actor) = actor else { return };
        push::actor(self.sink, &actor, broken, origin);
    }

    /// Pushes a tie.
    pub(crate) fn tie(&mut self, raw: &'a RawValue) {
        let origin = self.origin(raw);
        let (record, errors) = TieRecord::read(raw);
        self.faults(&errors, origin);
        let mut faults = Vec::new();
        let tie = Tie::from_record(&record, &mut faults);
        let broken = faults.iter().any(|fault| fault.severity == Severity::Error);
        let said: Vec<&FieldError> = errors.iter().collect();
        for fault in faults {
            let missing = fault.path.is_empty() && fault.severity == Severity::Error;
            if said.is_empty() || !missing {
                self.sink.fault(fault, origin);
            }
        }
        let Some(mut tie) = tie else { return };
        tie.cite_by_default(self.sink.default_cites(self.file));
        let is_whole = !broken && errors.is_empty();
        push::tie(self.sink, &mut tie, is_whole, origin);
    }
}

fn field_error(raw: &RawValue, error: &serde_json::Error) -> FieldError {
    FieldError { offset: offset_of(raw.get(), error.line(), error.column()), message: message_of(error) }
}
