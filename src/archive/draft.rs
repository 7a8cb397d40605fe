//! A commit on its way: its rows, in segments where they are many, until the log names them.

use std::{
    io::{self, Write},
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::dataset::BareTies;

use super::{
    ArchiveError, Commit, Counts, Disk, Kind, LoadedFile, Moment, Part, Removal, Restoration, Stamp, Step,
    Watch,
    commit::Logged,
    frame::first_chain,
    row::Row,
    segment::{BARE_BYTES, NAMED_BYTES, SegmentBuilder},
};

/// So many bare ties are worth a segment.
const MANY: usize = 1024;
/// After so many rows it is told how far a commit is.
const TOLD_ROWS: u64 = 1 << 16;

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
    /// A draft without rows, whose segments are numbered from one on, and whose rows go into the frame while they have
    /// no more than some bytes.
    pub(super) fn new(disk: Arc<dyn Disk>, segments: PathBuf, next: u64, inline_bytes: usize) -> Self {
        Self {
            disk,
            segments,
            next,
            rows: Vec::new(),
            bytes: 0,
            inline_bytes,
            segment: None,
            parts: Vec::new(),
            counts: Counts::default(),
            files: Vec::new(),
            removed: Vec::new(),
            restored: Vec::new(),
            warnings: None,
            watch: None,
        }
    }

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

    /// Adds an actor of which the id is all.
    pub(super) fn push_named(&mut self, file: u32, line: u32, id: &str) -> Result<(), ArchiveError> {
        let Some(segment) = &mut self.segment else {
            return self.push(Row::named(file, line, id)).map(drop);
        };
        self.counts.add(Kind::Actor);
        self.bytes += NAMED_BYTES + id.len();
        segment.push_named(file, line, id);
        let is_full = segment.is_full();
        self.tell();
        if is_full { self.write_segment() } else { Ok(()) }
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
        let mut rest = &ties.rows[at];
        while let Some((row, after)) = rest.split_first() {
            let Some(segment) = &mut self.segment else {
                let texts =
                    [(&ties.actors, row.source), (&ties.actors, row.target), (&ties.relations, row.relation)];
                let ends = texts.map(|(texts, at)| texts.get(at));
                self.push(Row::plain(file, row.line, ends, Some(ties.days.get(row.day))))?;
                rest = after;
                continue;
            };
            let count = segment.push_bare(file, rest, ties);
            let is_full = segment.is_full();
            rest = &rest[count..];
            self.counts.ties += count as u64;
            self.bytes += count * BARE_BYTES;
            if let Some((watch, total)) = self.watch {
                watch(Step::Writing { done: self.counts.total(), total });
            }
            if is_full {
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
        self.next += 1;
        // It is known before it is written, so that it goes with the draft even where it was not written whole.
        self.parts.push(Part { segment: name, bytes: 0, blake3: String::new(), first: 0, rows });
        let (mut segment, mut sum) = (Some(segment), blake3::Hasher::new());
        let mut write = |out: &mut dyn Write| match segment.take() {
            Some(segment) => segment.write(Summed { out, sum: &mut sum }),
            None => Ok(()),
        };
        self.disk.write_as_made(&path, &mut write).map_err(ArchiveError::io("write", &path))?;
        if let Some(part) = self.parts.last_mut() {
            (part.bytes, part.blake3) = (sum.count(), sum.finalize().to_hex().to_string());
        }
        self.disk.sync(&path).map_err(ArchiveError::io("sync", &path))
    }

    /// Writes what is left, and gives the commit for the log, whose segments are its own from then on.
    pub(super) fn finish(mut self, number: u64, time: Moment, stamp: &Stamp) -> Result<Logged, ArchiveError> {
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

/// Writes on, and sums what is written.
struct Summed<'w> {
    out: &'w mut dyn Write,
    sum: &'w mut blake3::Hasher,
}

impl Write for Summed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.sum.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for Draft {
    /// A draft that came to nothing leaves nothing.
    fn drop(&mut self) {
        remove_parts(&*self.disk, &self.segments, &self.parts);
    }
}

/// Takes segments away that no commit names. What cannot be taken away is found by `verify`, and does no harm.
pub(super) fn remove_parts(disk: &dyn Disk, segments: &Path, parts: &[Part]) {
    for part in parts {
        let _ = disk.remove(&segments.join(&part.segment));
    }
}
