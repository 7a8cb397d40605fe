//! Fewer and fuller segments, with the history or without; and copies of a snapshot.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use super::{
    Archive, ArchiveError, HEAD, LOG, Part, Position, SEGMENTS, Stamp, Step, Watch, Writer,
    commit::Logged,
    derived::remove_derived,
    draft::Draft,
    row::Row,
    writer::{head_text, log_bytes},
};

/// Whether a compaction keeps what was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// All commits stay, and what they took out.
    Kept,
    /// One commit stays, with the rows that stand.
    Forgotten,
}

/// What a copy or a compaction did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The newest commit.
    pub commit: u64,
    /// How many bytes of log and segments there were.
    pub bytes_before: u64,
    /// How many there are now.
    pub bytes: u64,
}

impl Archive {
    /// How many bytes log and segments have.
    fn bytes(&self) -> u64 {
        let parts = self.commits.iter().flat_map(|logged| &logged.commit.parts);
        let segments: BTreeSet<(&str, u64)> = parts.map(|part| (part.segment.as_str(), part.bytes)).collect();
        self.length + segments.into_iter().map(|(_, bytes)| bytes).sum::<u64>()
    }

    /// Copies the archive, as it stood when it was opened, to a place where nothing stands. Others may write
    /// to it meanwhile.
    ///
    /// # Errors
    /// When something stands there, a checksum is wrong, or the system refuses; then nothing is left there.
    pub fn backup(&self, to: &Path) -> Result<Copied, ArchiveError> {
        let disk = &*self.disk;
        if disk.list(to).is_ok() || disk.read(to).is_ok() {
            return Err(ArchiveError::Exists(to.to_owned()));
        }
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = to.with_file_name(name);
        let done = self.copy(&part).and_then(|copied| {
            disk.rename(&part, to).map_err(ArchiveError::io("make", to))?;
            let parent = to.parent().unwrap_or(Path::new(""));
            disk.sync_folder(parent).map_err(ArchiveError::io("sync", parent))?;
            Ok(copied)
        });
        if done.is_err() {
            // What is left of a copy that was not made is of no use; that it cannot be removed says nothing new.
            for name in disk.list(&part.join(SEGMENTS)).unwrap_or_default() {
                let _ = disk.remove(&part.join(SEGMENTS).join(name));
            }
            remove_derived(disk, &part);
            for name in [SEGMENTS, LOG, HEAD] {
                let _ = disk.remove(&part.join(name));
            }
            let _ = disk.remove(&part);
        }
        done
    }

    fn copy(&self, to: &Path) -> Result<Copied, ArchiveError> {
        let disk = &*self.disk;
        let segments = to.join(SEGMENTS);
        disk.create_folder(&segments).map_err(ArchiveError::io("make the folder", &segments))?;
        let write = |path: &PathBuf, bytes: &[u8]| {
            disk.write(path, bytes).map_err(ArchiveError::io("write", path))?;
            disk.sync(path).map_err(ArchiveError::io("sync", path))
        };
        let mut copied: BTreeSet<&str> = BTreeSet::new();
        for part in self.commits.iter().flat_map(|logged| &logged.commit.parts) {
            if !copied.insert(&part.segment) {
                continue;
            }
            match self.segment(part) {
                Ok(bytes) => write(&segments.join(&part.segment), &bytes)?,
                // A compaction has replaced it: the archive is to be opened again.
                Err(ArchiveError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                    return Err(ArchiveError::Gone(self.folder.clone()));
                }
                Err(error) => return Err(error),
            }
        }
        let (bytes, chains) = log_bytes(&self.commits);
        write(&to.join(LOG), &bytes)?;
        let last = self.commits.last().map_or(0, |logged| logged.commit.number);
        write(&to.join(HEAD), head_text(last).as_bytes())?;
        for folder in [&segments, to] {
            disk.sync_folder(folder).map_err(ArchiveError::io("sync", folder))?;
        }
        let before = self.bytes();
        if chains.last().is_none_or(|chain| *chain == self.chain) && self.shown == self.commits.len() {
            self.copy_derived(to);
        }
        Ok(Copied { commit: last, bytes_before: before, bytes: before - self.length + bytes.len() as u64 })
    }
}

impl Writer {
    /// Merges segments, and takes away what no commit names. Answers stay what they are.
    ///
    /// With the history forgotten, rows that were taken out are gone for good, and one commit stands for all. Who watches is told
    /// how many rows are written.
    ///
    /// # Errors
    /// When something is damaged or the disk refuses. Then the archive is as it was, or as it is to be.
    pub fn compact(&mut self, history: History, watch: Option<Watch>) -> Result<Copied, ArchiveError> {
        let bytes_before = self.archive.bytes();
        let commit = self.archive.last();
        let mut draft = self.draft()?;
        let total = self.archive.commits.iter().map(|logged| logged.commit.counts.total()).sum();
        draft.watch = watch.map(|watch| (watch, total));
        let commits = match history {
            History::Kept => self.merged(&mut draft)?,
            History::Forgotten => self.standing(&mut draft)?.into_iter().collect(),
        };
        if let Some(watch) = watch {
            watch(Step::Deriving);
        }
        self.replace_log(commits, draft)?;
        self.sweep();
        Ok(Copied { commit, bytes_before, bytes: self.archive.bytes() })
    }

    /// All commits, those with segments in as few as there can be.
    fn merged(&self, draft: &mut Draft) -> Result<Vec<Logged>, ArchiveError> {
        let mut ranges: Vec<(usize, u64, u64)> = Vec::new();
        let mut total = 0;
        for (place, logged) in self.archive.commits.iter().enumerate() {
            if logged.commit.parts.is_empty() {
                continue;
            }
            draft.spill();
            let first = total;
            let mut apart = Apart { draft: &mut *draft, waiting: Vec::new() };
            self.archive.rows_into(logged, |row| apart.push(row))?;
            apart.flush()?;
            total += logged.commit.counts.total();
            ranges.push((place, first, total));
        }
        let whole = draft.written()?;
        let mut commits = self.archive.commits.clone();
        for (place, first, end) in ranges {
            commits[place].commit.parts = within(&whole, first, end);
        }
        Ok(commits)
    }

    /// One commit of the rows that stand; none of an archive without commits.
    fn standing(&self, draft: &mut Draft) -> Result<Option<Logged>, ArchiveError> {
        let archive = &self.archive;
        let Some(last) = archive.commits.last().map(|logged| &logged.commit) else { return Ok(None) };
        let removed = archive.removed();
        let mut before = 0;
        for logged in &archive.commits {
            let mut apart = Apart { draft: &mut *draft, waiting: Vec::new() };
            let mut number = 0;
            let commit = &logged.commit;
            archive.rows_into(logged, |mut row| {
                let at = Position(commit.number, number);
                number += 1;
                if removed.contains_key(&at) {
                    return Ok(());
                }
                row.file += before;
                apart.push(row)
            })?;
            apart.flush()?;
            before += u32::try_from(commit.files.len()).unwrap_or(u32::MAX);
            draft.files.extend(commit.files.iter().cloned());
        }
        let stamp =
            Stamp { time: last.time.clone(), author: last.author.clone(), message: last.message.clone() };
        Ok(Some(draft.close(last.number, stamp.time.clone(), &stamp)?))
    }

    /// Takes away what no commit names. What cannot be taken away is found by `verify`, and does no harm.
    fn sweep(&self) {
        let archive = &self.archive;
        let parts = archive.commits.iter().flat_map(|logged| &logged.commit.parts);
        let named: BTreeSet<&str> = parts.map(|part| part.segment.as_str()).collect();
        let folder = archive.folder.join(SEGMENTS);
        for name in archive.disk.list(&folder).unwrap_or_default() {
            if !named.contains(name.as_str()) {
                let _ = archive.disk.remove(&folder.join(name));
            }
        }
    }
}

impl Archive {
    /// The rows of a commit, owned.
    fn rows_into(
        &self,
        logged: &Logged,
        mut take: impl FnMut(Row) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let mut failed = None;
        self.rows(logged, |view| {
            if failed.is_none() {
                failed = take(Row::of(&view, view.file)).err();
            }
        })?;
        failed.map_or(Ok(()), Err)
    }
}

/// So many ties of which columns say all are worth a segment that has no room for ids and records.
const MANY: usize = 1 << 16;

/// Rows on their way into segments: many ties of which columns say all stand apart from rows with ids and records.
struct Apart<'d> {
    draft: &'d mut Draft,
    /// Ties that may become many, behind rows of the other kind.
    waiting: Vec<Row>,
}

impl Apart<'_> {
    fn push(&mut self, row: Row) -> Result<(), ArchiveError> {
        let is_bare = row.id.is_none() && row.record.is_none();
        let (has_records, rows) =
            self.draft.segment.as_ref().map_or((false, 0), |segment| (segment.has_records(), segment.rows()));
        if is_bare && has_records {
            self.waiting.push(row);
            if self.waiting.len() < MANY {
                return Ok(());
            }
            self.draft.write_segment()?;
            return self.flush();
        }
        if !is_bare {
            self.flush()?;
            if !has_records && rows >= MANY {
                self.draft.write_segment()?;
            }
        }
        self.draft.push(row).map(drop)
    }

    /// Those that wait take their place.
    fn flush(&mut self) -> Result<(), ArchiveError> {
        for row in self.waiting.drain(..) {
            self.draft.push(row)?;
        }
        Ok(())
    }
}

/// The parts of segments, which follow one another, that hold some rows of all.
fn within(whole: &[Part], first: u64, end: u64) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = 0;
    for part in whole {
        let stop = start + part.rows;
        let (from, to) = (first.max(start), end.min(stop));
        if from < to {
            parts.push(Part { first: from - start, rows: to - from, ..part.clone() });
        }
        start = stop;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_across_segments() {
        let part = |segment: &str, rows| Part {
            segment: segment.to_owned(),
            bytes: 0,
            blake3: String::new(),
            first: 0,
            rows,
        };
        let whole = [part("a", 10), part("b", 5)];
        let found = |first, end| {
            let parts = within(&whole, first, end);
            parts.into_iter().map(|part| (part.segment, part.first, part.rows)).collect::<Vec<_>>()
        };
        assert_eq!(found(0, 10), [("a".to_owned(), 0, 10)]);
        assert_eq!(found(8, 12), [("a".to_owned(), 8, 2), ("b".to_owned(), 0, 2)]);
        assert_eq!(found(10, 15), [("b".to_owned(), 0, 5)]);
    }
}
