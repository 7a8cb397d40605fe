//! Commits: rows gathered, written and synced, then named by one frame of the log.
//!
//! A commit is made when its frame is synced, and not before: until then nothing names what it wrote. If a write
//! fails the log is cut back to the last commit, so that what is told as failed has not happened.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::dataset::BareTies;

use super::{
    Archive, ArchiveError, Commit, Counts, DERIVED, Disk, HEAD, Held, Kind, LOCK, LOG, LoadedFile, Moment,
    Part, RealDisk, Removal, Restoration, SEGMENTS, Step, Tail, Watch,
    commit::Logged,
    derived::{Made, remove_derived},
    disk::holder,
    frame::{first_chain, frame, header},
    head_check,
    row::Row,
    segment::{BARE_BYTES, SegmentBuilder},
};

/// A commit with fewer bytes of rows than this carries them in its frame.
const MOST_INLINE_BYTES: usize = 1_000_000;
/// So many bare ties are worth a segment.
const MANY: usize = 1024;
/// After so many rows it is told how far a commit is.
const TOLD_ROWS: u64 = 1 << 16;
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
        let archive = &self.archive;
        Ok(Draft {
            disk: archive.disk.clone(),
            segments: archive.folder.join(SEGMENTS),
            next: next_segment(&*archive.disk, &archive.folder)?,
            rows: Vec::new(),
            bytes: 0,
            inline_bytes: self.inline_bytes,
            segment: None,
            parts: Vec::new(),
            counts: Counts::default(),
            files: Vec::new(),
            removed: Vec::new(),
            restored: Vec::new(),
            warnings: None,
            watch: None,
        })
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

/// Takes segments away that no commit names. What cannot be taken away is found by `verify`, and does no harm.
fn remove_parts(disk: &dyn Disk, segments: &Path, parts: &[Part]) {
    for part in parts {
        let _ = disk.remove(&segments.join(&part.segment));
    }
}

/// A commit that is being gathered.
#[derive(Debug)]
pub(super) struct Draft {
    disk: Arc<dyn Disk>,
    segments: PathBuf,
    next: u64,
    /// Rows that may go into the frame.
    rows: Vec<Row>,
    bytes: usize,
    inline_bytes: usize,
    pub(super) segment: Option<SegmentBuilder>,
    parts: Vec<Part>,
    counts: Counts,
    pub(super) files: Vec<LoadedFile>,
    pub(super) removed: Vec<Removal>,
    pub(super) restored: Vec<Restoration>,
    /// How many warnings there are of all data with it.
    pub(super) warnings: Option<u64>,
    /// Who is told how far it is, and how many rows there will be.
    pub(super) watch: Option<(Watch, u64)>,
}

impl Draft {
    /// Adds a row; the number that it has.
    pub(super) fn push(&mut self, row: Row) -> Result<u64, ArchiveError> {
        let number = self.counts.total();
        self.counts.add(row.kind);
        self.tell();
        self.bytes += row.bytes();
        if let Some(segment) = &mut self.segment {
            segment.push(row);
            if segment.is_full() {
                self.write_segment()?;
            }
            return Ok(number);
        }
        self.rows.push(row);
        if self.bytes > self.inline_bytes {
            self.spill();
        }
        Ok(number)
    }

    /// Adds some bare ties of a file.
    pub(super) fn push_bare(
        &mut self,
        file: u32,
        ties: &BareTies,
        at: Range<usize>,
    ) -> Result<(), ArchiveError> {
        // Many stand in a segment of their own, which has no room for ids and records.
        if at.len() >= MANY && self.segment.as_ref().is_some_and(SegmentBuilder::has_records) {
            self.write_segment()?;
        }
        for row in &ties.rows[at] {
            if self.segment.is_none() {
                let texts =
                    [(&ties.actors, row.source), (&ties.actors, row.target), (&ties.relations, row.relation)];
                let ends = texts.map(|(texts, at)| texts.get(at));
                self.push(Row::plain(file, row.line, ends, Some(ties.days.get(row.day))))?;
                continue;
            }
            self.counts.add(Kind::Tie);
            self.tell();
            self.bytes += BARE_BYTES;
            let segment = self.segment.get_or_insert_default();
            segment.push_bare(file, row, ties);
            if segment.is_full() {
                self.write_segment()?;
            }
        }
        Ok(())
    }

    /// Tells how many rows there are, now and then.
    fn tell(&self) {
        if let Some((watch, total)) = self.watch
            && self.counts.total().is_multiple_of(TOLD_ROWS)
        {
            watch(Step::Writing { done: self.counts.total(), total });
        }
    }

    /// Whether its rows go into segments.
    pub(super) fn has_segments(&self) -> bool {
        self.segment.is_some()
    }

    /// Puts the rows into a segment, however few there are.
    pub(super) fn spill(&mut self) {
        let segment = self.segment.get_or_insert_default();
        for row in std::mem::take(&mut self.rows) {
            segment.push(row);
        }
    }

    pub(super) fn write_segment(&mut self) -> Result<(), ArchiveError> {
        let Some(segment) =
            self.segment.replace(SegmentBuilder::default()).filter(|segment| segment.rows() > 0)
        else {
            return Ok(());
        };
        let rows = segment.rows() as u64;
        let name = format!("{:06}.arrow", self.next);
        let path = self.segments.join(&name);
        let bytes = segment.finish().map_err(|error| ArchiveError::damaged(&path, error.to_string()))?;
        self.next += 1;
        let blake3 = blake3::hash(&bytes).to_hex().to_string();
        self.parts.push(Part { segment: name, bytes: bytes.len() as u64, blake3, first: 0, rows });
        self.disk.write(&path, &bytes).map_err(ArchiveError::io("write", &path))?;
        self.disk.sync(&path).map_err(ArchiveError::io("sync", &path))
    }

    /// Writes what is left, and gives the commit for the log, whose segments are its own from then on.
    fn finish(mut self, number: u64, time: Moment, stamp: &Stamp) -> Result<Logged, ArchiveError> {
        let logged = self.close(number, time, stamp)?;
        self.keep();
        Ok(logged)
    }

    /// The commit for the log. Its segments go with the draft, unless they are [kept](Self::keep).
    pub(super) fn close(&mut self, number: u64, time: Moment, stamp: &Stamp) -> Result<Logged, ArchiveError> {
        let parts = self.written()?;
        let mut lines = String::new();
        for row in &self.rows {
            row.write(&mut lines);
        }
        let commit = Commit {
            number,
            time,
            author: stamp.author.clone(),
            message: stamp.message.clone(),
            files: std::mem::take(&mut self.files),
            counts: self.counts,
            parts,
            removed: std::mem::take(&mut self.removed),
            restored: std::mem::take(&mut self.restored),
            warnings: self.warnings,
        };
        Ok(Logged { commit, lines, chain: first_chain() })
    }

    /// The segments, all of them written and lasting.
    pub(super) fn written(&mut self) -> Result<Vec<Part>, ArchiveError> {
        if self.segment.is_some() {
            self.write_segment()?;
            self.disk.sync_folder(&self.segments).map_err(ArchiveError::io("sync", &self.segments))?;
        }
        Ok(self.parts.clone())
    }

    /// Leaves the segments where they are.
    pub(super) fn keep(&mut self) {
        self.parts.clear();
    }
}

impl Drop for Draft {
    /// A draft that came to nothing leaves nothing.
    fn drop(&mut self) {
        remove_parts(&*self.disk, &self.segments, &self.parts);
    }
}
