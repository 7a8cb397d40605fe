//! A folder whose files are one dataset: which of them are read, and which are left out.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::dataset::Sink;

use super::{
    detect::{Options, Reading, read_path},
    native::ReadError,
};

/// The endings of files that hold graphs or tables; a packed one has its packing behind.
const ENDINGS: [&str; 18] = [
    "json", "csv", "tsv", "tab", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet", "arrow", "feather",
    "graphml", "gexf", "gml", "net", "jgf", "cyjs",
];

/// The endings of files that nobody takes for data: texts about them, pictures, programs. They are not named.
const BESIDE: [&str; 16] = [
    "", "md", "html", "htm", "pdf", "svg", "png", "dot", "gv", "mmd", "toml", "py", "r", "ipynb", "bib",
    "orig",
];

/// How many files that are left out are named.
const MOST_NAMED: usize = 5;

/// What stands in a folder.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The files that are read, in the order of their names.
    pub files: Vec<PathBuf>,
    /// The names of what is left out: files of which somebody may think that they hold data, and folders. Hidden
    /// ones are not named.
    pub left_out: Vec<String>,
}

impl Folder {
    /// What stands in a folder, by the endings of names.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn of(path: &Path) -> Result<Self, ReadError> {
        let failed = |source| ReadError::Io { path: path.to_owned(), source };
        let mut folder = Self::default();
        for entry in fs::read_dir(path).map_err(failed)? {
            let file = entry.map_err(failed)?.path();
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if name.starts_with('.') {
                continue;
            }
            if holds_data(&name) && file.is_file() {
                folder.files.push(file);
            } else if !ends_in(&name, &BESIDE) {
                folder.left_out.push(if file.is_dir() { format!("{name}/") } else { name });
            }
        }
        folder.files.sort();
        folder.left_out.sort();
        Ok(folder)
    }

    /// What is left out, in a line.
    pub fn note(&self) -> Option<String> {
        let named = self.left_out.get(..MOST_NAMED).unwrap_or(&self.left_out);
        let more = self.left_out.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        (!named.is_empty())
            .then(|| format!("left out, no graphs or tables by their endings: {}{more}", named.join(", ")))
    }
}

fn holds_data(name: &str) -> bool {
    ends_in(name, &ENDINGS)
}

/// Whether a name is that of a table.
pub(super) fn is_table(name: &str) -> bool {
    ends_in(name, &["csv", "tsv", "tab"])
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    let lower = name.to_lowercase();
    let packed =
        ["gz", "zst", "zip"].iter().find_map(|packing| lower.strip_suffix(packing)?.strip_suffix('.'));
    let inner = packed.unwrap_or(&lower);
    endings.contains(&inner.rsplit_once('.').map_or("", |(_, ending)| ending))
}

/// Whether a file of a folder that is no table of anything is left out, and not an error; what is said then.
pub(crate) fn left_out(file: &Path, error: &ReadError) -> Option<String> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    matches!(error, ReadError::Columns(_))
        .then(|| format!("{name} is left out: no columns are the ends of ties, or tell actors apart"))
}

/// Reads all files of a folder that hold data.
///
/// # Errors
/// When the folder or a file cannot be read, or no file holds data.
pub(super) fn read(path: &Path, options: &Options, sink: &mut impl Sink) -> Result<Reading, ReadError> {
    let folder = Folder::of(path)?;
    let mut reading = Reading::default();
    reading.notes.extend(folder.note());
    let mut is_empty = true;
    for file in &folder.files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        match read_path(file, options, sink) {
            Ok(read) => {
                is_empty = false;
                reading.notes.extend(read.notes.into_iter().map(|note| format!("{name}: {note}")));
            }
            Err(error) => reading.notes.push(left_out(file, &error).ok_or(error)?),
        }
    }
    if is_empty { Err(ReadError::Empty(path.to_owned())) } else { Ok(reading) }
}
