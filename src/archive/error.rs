//! Why an archive cannot be read or written, and what to do about it.

use std::{
    io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use crate::{date::Day, format::native::ReadError};

/// Why an archive cannot be read or written. Whatever it is, the last commit stands.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// The system refuses.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no archive.
    #[error("{} is no archive", .0.display())]
    NoArchive(PathBuf),
    /// A later version of the program wrote it.
    #[error("{} has format version {found}; this program reads version {known}", path.display())]
    Version {
        /// The log.
        path: PathBuf,
        /// The version that it has.
        found: u32,
        /// The version that this program writes.
        known: u32,
    },
    /// Another process writes to it.
    #[error("{} is being written to by {holder}", path.display())]
    Locked {
        /// The archive.
        path: PathBuf,
        /// Who, and since when, as that process said.
        holder: String,
    },
    /// Bytes are not those that were written.
    #[error("{} is damaged: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Nothing had been committed yet.
    #[error("{} has no commit on or before {day}", path.display())]
    NothingKnown {
        /// The archive.
        path: PathBuf,
        /// The day.
        day: Day,
    },
    /// What was read has been compacted away.
    #[error("{} was compacted without its history meanwhile", .0.display())]
    Gone(PathBuf),
    /// A file that was to be loaded cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Something stands where a copy was to be made.
    #[error("{} exists", .0.display())]
    Exists(PathBuf),
    /// A writer that failed once does not know any more what stands on the disk.
    #[error("an earlier write failed; open the archive again")]
    Poisoned,
}

impl ArchiveError {
    /// Keeps the path beside what the system said.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }

    /// Damage of a file.
    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), what: what.into() }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    Some("the disk is full: make room and run the command again; the last commit stands")
                }
                io::ErrorKind::ReadOnlyFilesystem => {
                    Some("the file system is read-only: questions can be asked, nothing can be written")
                }
                io::ErrorKind::PermissionDenied => Some(
                    "you may not write there: ask the owner of the folder, or copy it with `chancery backup`",
                ),
                _ => Some("the last commit stands; `chancery verify` says whether all is well"),
            },
            Self::NoArchive(_) => Some("`chancery load FILES… --into NAME.chancery` makes one"),
            Self::Version { .. } => Some("a later version of chancery wrote it: update the program"),
            Self::Locked { .. } => {
                Some("wait until it is done and run the command again; readers need not wait")
            }
            Self::Damaged { .. } => Some(
                "`chancery verify` lists what is damaged; restore it from a backup, all else is as it was",
            ),
            Self::NothingKnown { .. } => Some("`chancery log` lists the commits with their days"),
            Self::Gone(_) => Some("run the command again"),
            Self::Exists(_) => Some("name a place where nothing stands"),
            Self::Read(_) | Self::Poisoned => None,
        }
    }
}
