//! Errors as words, hints and exit codes: 1 the data or the answer, 2 the command line.

use std::{io, process::ExitCode};

use chancery::{
    archive::ArchiveError,
    dataset::{Problem, SourceFile},
    format::native::ReadError,
    lens::LensError,
    model::Severity,
    report::{CheckReport, ReadCounts},
};

use super::output::error_line;

/// How many errors are listed where data were to be asked, not checked.
const MOST_ERRORS: usize = 20;

/// Why a command did not give an answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// The command line is wrong.
    Usage(String),
    /// A dataset cannot be read.
    Read(ReadError),
    /// An archive cannot be read or written.
    Archive(ArchiveError),
    /// The data have errors: how many, and the first of them in words.
    Data { error_count: usize, lines: Vec<String> },
    /// No actor has a name; the nearest are offered.
    UnknownName { name: String, nearest: Vec<(String, String)> },
    /// A name means a state of which the dataset has nothing.
    NotHere { name: String, state: String, alike: Vec<(String, String)> },
    /// Several actors have a name.
    Ambiguous { name: String, actors: Vec<(String, String)> },
    /// The lens names what is not there.
    Lens(LensError),
    /// Nothing with an id.
    Nothing { what: &'static str, id: String, hint: Option<String> },
    /// A file cannot be written.
    Write { path: String, source: io::Error },
    /// A file stands in the way.
    Exists(String),
    /// The question has no answer.
    NoAnswer(String),
    /// The answer cannot be drawn.
    Draw(String),
    /// A change was not made: why, and what leads there.
    Refused { why: String, lines: Vec<String> },
}

impl From<LensError> for Failure {
    fn from(error: LensError) -> Self {
        Self::Lens(error)
    }
}

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Read(error) => Self::Read(error),
            error => Self::Archive(error),
        }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl Failure {
    /// The failure of data that have errors.
    pub(super) fn data(problems: Vec<Problem>, files: &[SourceFile]) -> Self {
        let report = CheckReport::new(ReadCounts::default(), problems, files, Some(MOST_ERRORS));
        Self::Data { error_count: report.error_count, lines: report.lines(Severity::Error) }
    }

    /// Says what is wrong on stderr, and gives the exit code.
    pub(super) fn report(&self) -> ExitCode {
        for line in self.lines() {
            error_line(&line);
        }
        ExitCode::from(self.code())
    }

    fn code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Lens(_) | Self::Exists(_) => 2,
            Self::Read(_)
            | Self::Archive(_)
            | Self::Data { .. }
            | Self::UnknownName { .. }
            | Self::NotHere { .. }
            | Self::Ambiguous { .. }
            | Self::Nothing { .. }
            | Self::Write { .. }
            | Self::NoAnswer(_)
            | Self::Refused { .. }
            | Self::Draw(_) => 1,
        }
    }

    fn lines(&self) -> Vec<String> {
        match self {
            Self::Usage(message) | Self::NoAnswer(message) | Self::Draw(message) => {
                vec![format!("error: {message}")]
            }
            Self::Refused { why, lines } => {
                lines.iter().cloned().chain([format!("error: {why}; nothing was written")]).collect()
            }
            Self::Read(error) => with_causes(error),
            Self::Archive(error) => {
                let mut lines = with_causes(error);
                lines.extend(error.hint().map(|hint| format!("  hint: {hint}")));
                lines
            }
            Self::Data { error_count, lines } => {
                let count = match error_count {
                    1 => "1 error".to_owned(),
                    count => format!("{count} errors"),
                };
                let last = [
                    String::new(),
                    format!("error: {count} in the data; nothing was answered"),
                    "  hint: `chancery check` lists all of them".to_owned(),
                ];
                lines.iter().cloned().chain(last).collect()
            }
            Self::UnknownName { name, nearest } => {
                let mut lines = vec![format!("error: no actor `{name}`")];
                if nearest.is_empty() {
                    lines.push("  hint: `chancery find TEXT` searches all names".to_owned());
                } else {
                    lines.push("  did you mean".to_owned());
                    lines.extend(nearest.iter().map(|(id, name)| format!("    {name}  ({id})")));
                }
                lines
            }
            Self::NotHere { name, state, alike } => {
                let mut lines = vec![format!(
                    "error: no actor `{name}`: {state} is a state, and this dataset has no tie of it"
                )];
                if !alike.is_empty() {
                    lines.push("  it has".to_owned());
                    lines.extend(alike.iter().map(|(id, name)| format!("    {name}  ({id})")));
                }
                lines
            }
            Self::Ambiguous { name, actors } => {
                let mut lines = vec![format!("error: `{name}` names several actors; say which by its id")];
                lines.extend(actors.iter().map(|(id, name)| format!("    {id}  ({name})")));
                lines
            }
            Self::Lens(error) => {
                let mut lines = vec![format!("error: {error}")];
                if let LensError::NoRelation { near: Some(near), .. }
                | LensError::NoReference { near: Some(near), .. } = error
                {
                    lines.push(format!("  hint: did you mean `{near}`?"));
                } else if matches!(error, LensError::AskedAvoided(_)) {
                    lines.push("  hint: leave it out of --avoid".to_owned());
                }
                lines
            }
            Self::Nothing { what, id, hint } => {
                let mut lines = vec![format!("error: no {what} `{id}`")];
                lines.extend(hint.iter().map(|hint| format!("  hint: {hint}")));
                lines
            }
            Self::Write { path, source } => {
                vec![format!("error: cannot write {path}"), format!("  caused by: {source}")]
            }
            Self::Exists(message) => {
                vec![format!("error: {message}"), "  hint: --force overwrites it".to_owned()]
            }
        }
    }
}

/// An error and what caused it, a line each.
fn with_causes(error: &dyn std::error::Error) -> Vec<String> {
    let mut lines = vec![format!("error: {error}")];
    let mut cause = error.source();
    while let Some(source) = cause {
        lines.push(format!("  caused by: {source}"));
        cause = source.source();
    }
    lines
}
