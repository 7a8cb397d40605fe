//! The files of a load: which there are, and which the archive has already.

use std::{
    collections::BTreeSet,
    fs::File,
    io,
    path::{Path, PathBuf},
};

use rustc_hash::FxHashMap;

use crate::format::{Options, folder::Folder, native::ReadError};

use super::{Archive, ArchiveError, Known, Load};

/// The files of a load.
pub(super) struct Found {
    /// Those that are to be read, each with its checksum.
    pub(super) files: Vec<(PathBuf, String)>,
    /// How many bytes each of these has.
    pub(super) sizes: Vec<u64>,
    pub(super) known: Vec<Known>,
    /// What is said of folders.
    pub(super) left_out: Vec<String>,
}

impl Archive {
    /// Finds the files of a load, which are read in a way that the words say.
    pub(super) fn found(&self, load: &Load, reading: &str) -> Result<Found, ArchiveError> {
        let (mut files, mut sizes) = (Vec::new(), Vec::new());
        let (mut known, mut left_out) = (Vec::new(), Vec::new());
        let loaded = self.loaded();
        let mut hashes: BTreeSet<String> = BTreeSet::new();
        for path in &load.paths {
            let found = if path.is_dir() {
                let folder = Folder::of(path)?;
                left_out.extend(folder.note().map(|note| format!("{}: {note}", path.display())));
                folder.files
            } else {
                vec![path.clone()]
            };
            if found.is_empty() {
                return Err(ReadError::Empty(path.clone()).into());
            }
            for file in found {
                let name = file.display().to_string();
                let (blake3, bytes) = checksum(&file).map_err(ArchiveError::io("read", &file))?;
                let before = loaded.get(&(blake3.as_str(), reading));
                if let Some(commit) = before {
                    known.push(Known { name, commit: *commit });
                } else if hashes.insert(blake3.clone()) {
                    files.push((file, blake3));
                    sizes.push(bytes);
                } else {
                    known.push(Known { name, commit: 0 });
                }
            }
        }
        Ok(Found { files, sizes, known, left_out })
    }

    /// The commit that loaded each checksum as it was read.
    fn loaded(&self) -> FxHashMap<(&str, &str), u64> {
        let files = self.commits().flat_map(|commit| commit.files.iter().map(|file| (commit.number, file)));
        files
            .filter(|(_, file)| !file.blake3.is_empty())
            .map(|(number, file)| ((file.blake3.as_str(), file.reading.as_str()), number))
            .collect()
    }
}

/// The checksum of a file, and how many bytes it has.
fn checksum(file: &Path) -> io::Result<(String, u64)> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(file)?)?;
    Ok((hasher.finalize().to_hex().to_string(), hasher.count()))
}

/// How files are read, in words that are equal for the same options.
pub(super) fn reading(options: &Options) -> String {
    let mut parts = Vec::new();
    parts.extend(options.format.map(|format| format!("as {}", format.describe())));
    parts.extend(options.columns.iter().map(|(role, name)| format!("{role}={name}")));
    parts.extend(options.missing.iter().map(|value| format!("missing {value}")));
    for (table, own) in &options.tables {
        parts.push(format!("{table}: {:?} {:?}", own.columns, own.missing));
    }
    parts.join("; ")
}
