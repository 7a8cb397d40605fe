//! Commits: rows gathered, written and synced, then named by one frame of the log.
//!
//! A commit is made when its frame is synced, and not before: until then nothing names what it wrote. If a write
//! fails the log is cut back to the last commit, so that what is told as failed has not happened.

use std::{path::Path, sync::Arc};

use super::{
    Archive, ArchiveError, Commit, DERIVED, Disk, HEAD, Held, LOCK, LOG, Moment, RealDisk, SEGMENTS, Step,
    Tail,
    commit::Logged,
    derived::{Made, remove_derived},
    disk::holder,
    draft::{Draft, remove_parts},
    frame::{first_chain, frame, header},
    head_check,
};

/// A commit with fewer bytes of rows than this carries them in its frame.
const MOST_INLINE_BYTES: usize = 1_000_000;
/// What the log is called while it is made anew.
const NEW_LOG: &str = "log.new";

/// Who commits, when, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When; a commit is never dated before the one before it.
    pub time: Moment,
    /// Who.
    pub author: String,
    /// What for.
    pub message: String,
}

/// The one process that may write to an archive.
#[derive(Debug)]
pub struct Writer {
    pub(super) archive: Archive,
    _lock: Held,
    is_new: bool,
    is_poisoned: bool,
    inline_bytes: usize,
    dropped: Option<Tail>,
    pub(super) underived: Option<String>,
}

impl Writer {
    /// Opens an archive to write to it; makes one where nothing stands.
    ///
    /// `holder` says who it is to those who must wait.
    ///
    /// # Errors
    /// When another process writes to it, when it is damaged, and when the system refuses.
    pub fn open(folder: &Path, holder: &str) -> Result<Self, ArchiveError> {
        Self::open_on(Arc::new(RealDisk), folder, holder)
    }

    /// Opens an archive on a disk.
    ///
    /// # Errors
    /// See [`Writer::open`].
    pub fn open_on(disk: Arc<dyn Disk>, folder: &Path, by: &str) -> Result<Self, ArchiveError> {
        let names = disk.list(folder).unwrap_or_default();
        let ours = [LOG, HEAD, LOCK, SEGMENTS, DERIVED, NEW_LOG];
        let is_new = !names.iter().any(|name| name == LOG);
        if is_new {
            if names.iter().any(|name| !ours.contains(&name.as_str())) {
                return Err(ArchiveError::NoArchive(folder.to_owned()));
            }
            disk.create_folder(folder).map_err(ArchiveError::io("make the folder", folder))?;
        }
        let path = folder.join(LOCK);
        let lock = disk.lock(&path, by).map_err(ArchiveError::io("lock", &path))?;
        let Some(lock) = lock else {
            let holder = holder(&*disk, &path);
            return Err(ArchiveError::Locked { path: folder.to_owned(), holder });
        };
        if is_new && disk.read(&folder.join(LOG)).is_err() {
            create(&*disk, folder)?;
        }
        let mut archive = Archive::open_on(disk, folder)?;
        let mut dropped = None;
        if archive.tail != Tail::Clean {
            let path = folder.join(LOG);
            archive
                .disk
                .truncate(&path, archive.length)
                .map_err(ArchiveError::io("cut off the torn end of", &path))?;
            archive.disk.sync(&path).map_err(ArchiveError::io("sync", &path))?;
            dropped = Some(std::mem::replace(&mut archive.tail, Tail::Clean));
        }
        Ok(Self {
            archive,
            _lock: lock,
            is_new,
            is_poisoned: false,
            inline_bytes: MOST_INLINE_BYTES,
            dropped,
            underived: None,
        })
    }

    /// The archive as it stands.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// What a write that was cut short had left after the last commit, and is gone now.
    pub fn dropped(&self) -> Option<&Tail> {
        self.dropped.as_ref()
    }

    /// Lets commits with more bytes of rows than this have segments; a million otherwise.
    pub fn set_inline_bytes(&mut self, most: usize) {
        self.inline_bytes = most;
    }

    /// Takes an archive away that this writer made and never committed to.
    pub fn discard_if_empty(self) {
        if !self.is_new || self.archive.last() > 0 {
            return;
        }
        let Archive { disk, folder, .. } = &self.archive;
        remove_derived(&**disk, folder);
        for name in [LOG, HEAD, SEGMENTS, LOCK] {
            // What cannot be taken away is an empty archive, and does no harm.
            let _ = disk.remove(&folder.join(name));
        }
        let _ = disk.remove(folder);
    }

    /// Begins a commit.
    pub(super) fn draft(&self) -> Result<Draft, ArchiveError> {
        let Archive { disk, folder, .. } = &self.archive;
        let next = next_segment(&**disk, folder)?;
        Ok(Draft::new(disk.clone(), folder.join(SEGMENTS), next, self.inline_bytes))
    }

    /// Makes a commit of a draft.
    ///
    /// The columns are made of `made`, if it is given, else of what the archive then holds.
    pub(super) fn commit(
        &mut self,
        draft: Draft,
        stamp: &Stamp,
        made: Option<&Made<'_>>,
    ) -> Result<&Commit, ArchiveError> {
        if self.is_poisoned {
            return Err(ArchiveError::Poisoned);
        }
        let (disk, folder) = (self.archive.disk.clone(), self.archive.folder.clone());
        let last = self.archive.commits.last().map(|logged| &logged.commit);
        let number = last.map_or(1, |last| last.number + 1);
        let watch = draft.watch;
        let time = last.map_or(stamp.time.clone(), |last| last.time.clone().max(stamp.time.clone()));
        let mut logged = draft.finish(number, time, stamp)?;
        let (bytes, chain) = frame(&self.archive.chain, &logged.payload());
        let path = folder.join(LOG);
        let appended = disk.append(&path, &bytes).map_err(ArchiveError::io("write to", &path));
        let synced = appended.and_then(|()| disk.sync(&path).map_err(ArchiveError::io("sync", &path)));
        if let Err(error) = synced {
            let length = self.archive.length;
            let back = disk.truncate(&path, length).and_then(|()| disk.sync(&path));
            self.is_poisoned = back.is_err();
            // While the log may still name them, segments stay.
            if !self.is_poisoned {
                remove_parts(&*disk, &folder.join(SEGMENTS), &logged.commit.parts);
            }
            return Err(error);
        }
        self.archive.length += bytes.len() as u64;
        (self.archive.chain, logged.chain) = (chain, chain);
        self.archive.commits.push(logged);
        self.archive.shown = self.archive.commits.len();
        // The commit stands. The head only helps to notice a log that loses its end later.
        let _ = disk.write(&folder.join(HEAD), head_text(number).as_bytes());
        if let Some((watch, _)) = watch {
            watch(Step::Deriving);
        }
        self.derive(made);
        Ok(&self.archive.commits.last().expect("it was pushed").commit)
    }

    /// Puts a log of other frames in the place of the log, at once and lasting; its segments are those of a draft.
    pub(super) fn replace_log(
        &mut self,
        mut commits: Vec<Logged>,
        mut draft: Draft,
    ) -> Result<(), ArchiveError> {
        if self.is_poisoned {
            return Err(ArchiveError::Poisoned);
        }
        let (disk, folder) = (self.archive.disk.clone(), self.archive.folder.clone());
        let (bytes, chains) = log_bytes(&commits);
        for (logged, chain) in commits.iter_mut().zip(&chains) {
            logged.chain = *chain;
        }
        let (new, path) = (folder.join(NEW_LOG), folder.join(LOG));
        disk.write(&new, &bytes).map_err(ArchiveError::io("write", &new))?;
        disk.sync(&new).map_err(ArchiveError::io("sync", &new))?;
        disk.rename(&new, &path).map_err(ArchiveError::io("replace", &path))?;
        // From here on the log may be either, and both are whole: the segments of both stay.
        draft.keep();
        self.is_poisoned = true;
        disk.sync_folder(&folder).map_err(ArchiveError::io("sync", &folder))?;
        self.is_poisoned = false;
        self.archive.length = bytes.len() as u64;
        self.archive.chain = chains.last().copied().unwrap_or_else(first_chain);
        self.archive.shown = commits.len();
        self.archive.commits = commits;
        self.derive(None);
        Ok(())
    }
}

/// The bytes of a log of commits, and its chain after each.
pub(super) fn log_bytes(commits: &[Logged]) -> (Vec<u8>, Vec<super::Chain>) {
    let (mut bytes, mut chains) = (header().to_vec(), Vec::new());
    for logged in commits {
        let (frame, next) = frame(&chains.last().copied().unwrap_or_else(first_chain), &logged.payload());
        bytes.extend_from_slice(&frame);
        chains.push(next);
    }
    (bytes, chains)
}

/// What the head says of a commit.
pub(super) fn head_text(number: u64) -> String {
    format!("{number} {}\n", head_check(&number.to_string()))
}

/// Makes an archive without commits in a folder that is there.
fn create(disk: &dyn Disk, folder: &Path) -> Result<(), ArchiveError> {
    let segments = folder.join(SEGMENTS);
    disk.create_folder(&segments).map_err(ArchiveError::io("make the folder", &segments))?;
    let (new, path) = (folder.join(NEW_LOG), folder.join(LOG));
    disk.write(&new, &header()).map_err(ArchiveError::io("write", &new))?;
    disk.sync(&new).map_err(ArchiveError::io("sync", &new))?;
    disk.rename(&new, &path).map_err(ArchiveError::io("make", &path))?;
    disk.sync_folder(folder).map_err(ArchiveError::io("sync", folder))?;
    let parent = folder.parent().unwrap_or(Path::new(""));
    disk.sync_folder(parent).map_err(ArchiveError::io("sync", parent))
}

/// The number of the first segment that no file has.
fn next_segment(disk: &dyn Disk, folder: &Path) -> Result<u64, ArchiveError> {
    let segments = folder.join(SEGMENTS);
    let names = disk.list(&segments).map_err(ArchiveError::io("read", &segments))?;
    let number = |name: &String| name.strip_suffix(".arrow")?.parse::<u64>().ok();
    Ok(names.iter().filter_map(number).max().unwrap_or(0) + 1)
}
