//! The archive: a store on disk that is committed to atomically and keeps its history.
//!
//! An archive is a folder `NAME.chancery/`: a `log` of checksummed commits, and `segments/` of rows. Reading it
//! pushes rows into a [`Sink`](crate::dataset::Sink), as any reader of files does, so that everything that asks a
//! dataset asks an archive. Beside them `derived/` has the dataset as columns, which are mapped instead of read.
//! `docs/archive-format.md` has the bytes.
//!
//! One process writes at a time, under a lock of the system. Readers need no lock: each reads the commits that
//! stood in the log when it opened it, and bytes that a commit names are never changed.

mod error;
mod disk;
mod frame;
mod commit;
mod row;
mod segment;
mod plain;
mod read;
mod draft;
mod writer;
mod intake;
mod moves;
mod found;
mod load;
mod put;
mod few;
mod edit;
mod compact;
mod verify;
mod derived;
mod step;

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use commit::{Commit, Counts, Kind, LoadedFile, Moment, Part, Position, Removal, Restoration};
pub use compact::{Copied, History};
pub use disk::{Disk, Held, RealDisk};
pub use edit::{Change, Changed};
pub use error::ArchiveError;
pub use frame::{Tail, VERSION};
pub use load::{Known, Load, Loading, Rejected};
pub use read::FileRows;
pub use step::{Step, Watch};
pub use verify::{Finding, Verified};
pub use writer::{Stamp, Writer};

use commit::Logged;
use frame::{Chain, Frames};
use row::RowView;

use crate::date::Day;

/// The log of commits.
const LOG: &str = "log";
/// The number of the newest commit that a writer has acknowledged.
const HEAD: &str = "head";
/// The file that a writer locks.
const LOCK: &str = "lock";
/// The folder of segments.
const SEGMENTS: &str = "segments";
/// The folder of columns that readers map.
const DERIVED: &str = "derived";
/// How often a reader looks again for a segment that a compaction has replaced.
const TRIES: usize = 5;

/// Whether a path is an archive: a folder that is named as one, or has a log.
pub fn is_archive(path: &Path) -> bool {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("chancery")) {
        return !path.is_file();
    }
    let begins = |path: &Path| {
        let mut start = [0; frame::HEADER_BYTES];
        let read = std::fs::File::open(path).and_then(|mut log| io::Read::read_exact(&mut log, &mut start));
        read.is_ok() && frame::is_log(&start)
    };
    path.is_dir() && begins(&path.join(LOG))
}

/// An archive as it stood when it was opened.
#[derive(Debug)]
pub struct Archive {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    commits: Vec<Logged>,
    /// The bytes of the log up to the end of the last commit.
    length: u64,
    chain: Chain,
    tail: Tail,
    /// How many of the commits are looked at.
    shown: usize,
}

impl Archive {
    /// Opens an archive to read it.
    ///
    /// # Errors
    /// When there is none, or its log is damaged; a write that was cut short is no damage.
    ///
    /// # Complexity
    /// Time O(n), for n bytes of the log; segments are read when rows are.
    pub fn open(folder: &Path) -> Result<Self, ArchiveError> {
        Self::open_on(Arc::new(RealDisk), folder)
    }

    /// Opens an archive on a disk.
    ///
    /// # Errors
    /// See [`Archive::open`].
    pub fn open_on(disk: Arc<dyn Disk>, folder: &Path) -> Result<Self, ArchiveError> {
        // The head is read first: the log is then at least as new.
        let acknowledged = head(&*disk, folder);
        let path = folder.join(LOG);
        let bytes = match disk.read(&path) {
            Ok(bytes) => bytes,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(ArchiveError::NoArchive(folder.to_owned()));
            }
            Err(error) => return Err(ArchiveError::io("read", &path)(error)),
        };
        let Frames { payloads, length, chain, tail } = frame::frames(&path, &bytes)?;
        let mut commits: Vec<Logged> = Vec::with_capacity(payloads.len());
        for (payload, chain) in payloads {
            let logged =
                Logged::read(&bytes[payload], chain).map_err(|what| ArchiveError::damaged(&path, what))?;
            if commits.last().is_some_and(|last| logged.commit.number <= last.commit.number) {
                return Err(ArchiveError::damaged(&path, "its commits are out of order"));
            }
            commits.push(logged);
        }
        let last = commits.last().map_or(0, |logged| logged.commit.number);
        if last < acknowledged {
            let what = format!("it ends after commit {last}, and commit {acknowledged} was made");
            return Err(ArchiveError::damaged(&path, what));
        }
        let shown = commits.len();
        Ok(Self { disk, folder: folder.to_owned(), commits, length: length as u64, chain, tail, shown })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Looks at the archive as it was known at the end of a day.
    ///
    /// # Errors
    /// When nothing had been committed by then.
    pub fn as_known_on(&mut self, day: Day) -> Result<(), ArchiveError> {
        self.shown = self.commits.partition_point(|logged| logged.commit.time.day() <= day);
        if self.shown == 0 {
            return Err(ArchiveError::NothingKnown { path: self.folder.clone(), day });
        }
        Ok(())
    }

    /// The commits that are looked at, oldest first.
    pub fn commits(&self) -> impl DoubleEndedIterator<Item = &Commit> + ExactSizeIterator {
        self.commits[..self.shown].iter().map(|logged| &logged.commit)
    }

    /// The number of the newest commit that is looked at; 0 when there is none.
    pub fn last(&self) -> u64 {
        self.commits().next_back().map_or(0, |commit| commit.number)
    }

    /// What stands in the log after the last commit.
    pub fn tail(&self) -> &Tail {
        &self.tail
    }

    /// The archive as it stood before some of its commits.
    fn until(&self, shown: usize) -> Self {
        Self {
            disk: self.disk.clone(),
            folder: self.folder.clone(),
            commits: self.commits[..shown].to_vec(),
            length: self.length,
            chain: self.chain,
            tail: self.tail.clone(),
            shown,
        }
    }

    fn shown(&self) -> &[Logged] {
        &self.commits[..self.shown]
    }

    /// The rows that are out, with the removal of each and its order among all.
    fn removed(&self) -> BTreeMap<Position, (usize, &Removal)> {
        let mut removed = BTreeMap::new();
        let mut order = 0;
        for commit in self.commits() {
            for restoration in &commit.restored {
                removed.remove(&restoration.at);
            }
            for removal in &commit.removed {
                removed.insert(removal.at, (order, removal));
                order += 1;
            }
        }
        removed
    }

    /// What is out, in the order in which it was taken out.
    pub fn removals(&self) -> Vec<&Removal> {
        let mut removed: Vec<(usize, &Removal)> = self.removed().into_values().collect();
        removed.sort_unstable_by_key(|(order, _)| *order);
        removed.into_iter().map(|(_, removal)| removal).collect()
    }

    fn segment_path(&self, name: &str) -> PathBuf {
        self.folder.join(SEGMENTS).join(name)
    }

    /// The bytes of a segment, which must be those that were written.
    fn segment(&self, part: &Part) -> Result<Vec<u8>, ArchiveError> {
        let path = self.segment_path(&part.segment);
        let bytes = self.disk.read(&path).map_err(ArchiveError::io("read", &path))?;
        if bytes.len() as u64 != part.bytes {
            let what = format!("it has {} bytes, and {} were written", bytes.len(), part.bytes);
            return Err(ArchiveError::damaged(&path, what));
        }
        if blake3::hash(&bytes).to_hex().as_str() != part.blake3 {
            return Err(ArchiveError::damaged(&path, "its bytes are not those that were written"));
        }
        Ok(bytes)
    }

    /// The rows of a commit, in order.
    fn rows(&self, logged: &Logged, mut take: impl FnMut(RowView<'_>)) -> Result<(), ArchiveError> {
        let number = logged.commit.number;
        let mut taken: u64 = 0;
        let mut count = |row: RowView<'_>| {
            taken += 1;
            take(row);
        };
        if logged.commit.parts.is_empty() {
            let damaged =
                |what| ArchiveError::damaged(&self.folder.join(LOG), format!("commit {number}: {what}"));
            row::read_lines(&logged.lines, &mut count).map_err(damaged)?;
        } else {
            self.part_rows(&logged.commit, &mut count)?;
        }
        if taken != logged.commit.counts.total() {
            let what = format!(
                "commit {number} has {taken} rows, and {} were written",
                logged.commit.counts.total()
            );
            return Err(ArchiveError::damaged(&self.folder.join(LOG), what));
        }
        Ok(())
    }

    /// The rows of a commit that stand in segments. A compaction may replace these meanwhile: then they are
    /// looked up again, and those that were taken are passed over.
    fn part_rows(&self, commit: &Commit, take: &mut impl FnMut(RowView<'_>)) -> Result<(), ArchiveError> {
        let (mut parts, mut done, mut number) = (commit.parts.clone(), 0, 0);
        for _ in 0..TRIES {
            let mut gone = false;
            let mut before = 0;
            for part in &parts {
                let skip = done.clamp(before, before + part.rows) - before;
                before += part.rows;
                if skip == part.rows {
                    continue;
                }
                let bytes = match self.segment(part) {
                    Ok(bytes) => bytes,
                    Err(ArchiveError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                        gone = true;
                        break;
                    }
                    Err(error) => return Err(error),
                };
                let damaged = |what| ArchiveError::damaged(&self.segment_path(&part.segment), what);
                number += 1;
                segment::read(&bytes, number, (part.first + skip, part.rows - skip), &mut *take)
                    .map_err(damaged)?;
                done = before;
            }
            if !gone {
                return Ok(());
            }
            let now = Self::open_on(self.disk.clone(), &self.folder)?;
            let same = now.commits.iter().map(|logged| &logged.commit);
            let same =
                same.rev().find(|other| other.number == commit.number && other.counts == commit.counts);
            let Some(same) = same else { return Err(ArchiveError::Gone(self.folder.clone())) };
            if same.parts == parts {
                break;
            }
            parts.clone_from(&same.parts);
        }
        let missing = parts.first().map_or("", |part| part.segment.as_str());
        Err(ArchiveError::damaged(&self.segment_path(missing), "it is missing"))
    }
}

/// The number of the newest acknowledged commit, as far as it can be told.
fn head(disk: &dyn Disk, folder: &Path) -> u64 {
    let read = || {
        let text = String::from_utf8(disk.read(&folder.join(HEAD)).ok()?).ok()?;
        let (number, check) = text.strip_suffix('\n')?.split_once(' ')?;
        (check == head_check(number)).then(|| number.parse().ok())?
    };
    read().unwrap_or(0)
}

fn head_check(number: &str) -> String {
    blake3::hash(number.as_bytes()).to_hex()[..16].to_owned()
}
