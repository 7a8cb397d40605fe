//! `derived/`: the archive's dataset as columns, made by the writer after a commit, mapped by readers.
//!
//! Nothing is lost with these files. A commit stands before they are made; readers without them, or with those of
//! another commit, build the same dataset in memory.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use crate::dataset::{Alarm, Blocks, Builder, Dataset, Placed, Problem, Rows, made_by};

use super::{
    Archive, ArchiveError, DERIVED, Disk, Writer,
    commit::Logged,
    read::{ArchivedRows, Which},
};

/// What a file is called while it is made.
const NEW: &str = "new";
/// Files of fewer bytes are looked at whole when they are opened, and so need no sync when they are written.
const SMALL_BYTES: usize = 1 << 22;

/// With more later ties than this, columns are made anew.
const MOST_LATER: u64 = 10_000;

/// The name of the file of a commit.
fn name(commit: u64) -> String {
    format!("{commit:06}.columns")
}

impl Archive {
    /// The newest commit of which there are columns, by its place among all; the newest of all, if there are none.
    fn covered(&self) -> usize {
        let names = self.disk.list(&self.folder.join(DERIVED)).unwrap_or_default();
        let has = |logged: &Logged| names.contains(&name(logged.commit.number));
        let last = self.commits.len().saturating_sub(1);
        self.commits.iter().rposition(has).unwrap_or(last)
    }

    fn derived_path(&self, at: usize) -> PathBuf {
        self.folder.join(DERIVED).join(name(self.commits.get(at).map_or(0, |logged| logged.commit.number)))
    }

    /// What the file of a commit must be of.
    fn derived_of(&self, at: usize) -> String {
        let (number, chain) =
            self.commits.get(at).map_or((0, self.chain), |logged| (logged.commit.number, logged.chain));
        format!("{} of commit {number}, {}", made_by(), blake3::Hash::from_bytes(chain).to_hex())
    }

    fn blocks(&self, at: usize, alarm: Alarm) -> Result<Arc<Blocks>, String> {
        let path = self.derived_path(at);
        let shown = path.display().to_string();
        let bytes = self.disk.map(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "there is none".to_owned(),
            _ => format!("{shown} cannot be read: {error}"),
        })?;
        let is_small = bytes.len() < SMALL_BYTES;
        let silent: Alarm = |_| ();
        let of = self.derived_of(at);
        let open = |alarm| Blocks::open(&shown, bytes, &of, alarm).map_err(|why| format!("{shown} {why}"));
        if !is_small {
            return open(alarm).map(Arc::new);
        }
        let blocks = open(silent)?;
        blocks.verify()?;
        Ok(Arc::new(blocks))
    }

    /// The dataset as of the newest commit, read from the columns that the writer made of it or of an earlier one, joined
    /// with the ties that came later; and the number of warnings that it has. Only what is asked for is read.
    ///
    /// A block of a file that is not what was written raises the alarm when it is met, and reads as zeros: no answer may
    /// be made of it. [`Dataset::damage`] tells too.
    ///
    /// # Errors
    /// Why there are no columns that can be used, in words: the dataset is then to be [built](Archive::dataset).
    ///
    /// # Complexity
    /// Time and space O(f + r), for f files and r references; time O(n) for files of n < 4 MiB, and where ties came later.
    pub fn mapped(&self, alarm: Alarm) -> Result<(Dataset, usize), String> {
        if self.shown < self.commits.len() {
            return Err("they are of a later commit".to_owned());
        }
        let covered = self.covered();
        let blocks = self.blocks(covered, alarm)?;
        let rows: Arc<dyn Rows> = Arc::new(ArchivedRows);
        let (dataset, warning_count) = Dataset::stored(&blocks, &rows)
            .ok_or_else(|| format!("{} has not what it must have", self.derived_path(covered).display()))?;
        if covered + 1 >= self.commits.len() {
            return Ok((dataset, warning_count));
        }
        self.with_later(dataset, covered + 1).ok_or_else(|| {
            format!(
                "{} is of an earlier commit, and not only a few ties came later",
                self.derived_path(covered).display()
            )
        })
    }

    /// A dataset with the ties of later commits, if these add nothing else.
    fn with_later(&self, dataset: Dataset, first: usize) -> Option<(Dataset, usize)> {
        let later = &self.commits[first..];
        let count: u64 = later.iter().map(|logged| logged.commit.counts.ties).sum();
        if count > MOST_LATER || !later.iter().all(|logged| logged.commit.is_few_ties()) {
            return None;
        }
        let warning_count = usize::try_from(later.last()?.commit.warnings?).ok()?;
        let mut builder = Builder::default();
        for logged in later {
            self.push_commit(logged, Which::Standing, &BTreeMap::new(), &mut builder).ok()?;
        }
        Some((dataset.with_later(builder)?.dataset, warning_count))
    }

    /// Writes the columns of the archive's dataset, and takes those of other commits away. Where readers can join those
    /// of an earlier commit with what came later, nothing is done.
    fn derive(&self, made: Option<&Made<'_>>) -> Result<(), ArchiveError> {
        if let Some((dataset, warning_count, placed)) = made {
            return self.keep(|of, write| dataset.store_placed(placed, of, *warning_count, write));
        }
        let is_few = self.commits.last().is_some_and(|logged| logged.commit.is_few_ties());
        if is_few && self.mapped(|_| ()).is_ok_and(|(dataset, _)| dataset.damage().is_none()) {
            return Ok(());
        }
        let (dataset, problems, _) = self.dataset()?;
        self.keep(|of, write| dataset.store(of, problems.len(), write))
    }

    /// Writes columns that are given in pieces.
    fn keep(
        &self,
        store: impl FnOnce(
            String,
            &mut dyn FnMut(&[&[u8]]) -> Result<usize, ArchiveError>,
        ) -> Result<usize, ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let folder = self.folder.join(DERIVED);
        let last = self.commits.len().saturating_sub(1);
        let (new, path) = (folder.join(NEW), self.derived_path(last));
        self.disk.create_folder(&folder).map_err(ArchiveError::io("make the folder", &folder))?;
        let length = store(self.derived_of(last), &mut |pieces| {
            self.disk.write_pieces(&new, pieces).map_err(ArchiveError::io("write", &new))?;
            Ok(pieces.iter().map(|piece| piece.len()).sum())
        })?;
        if length >= SMALL_BYTES {
            self.disk.sync(&new).map_err(ArchiveError::io("sync", &new))?;
        }
        self.disk.rename(&new, &path).map_err(ArchiveError::io("make", &path))?;
        let kept = name(self.last());
        for other in self.disk.list(&folder).unwrap_or_default() {
            if other != kept {
                // It is of no use, and whoever has it mapped keeps it.
                let _ = self.disk.remove(&folder.join(other));
            }
        }
        Ok(())
    }

    /// Copies the columns of the newest commit into the folder of a copy of the archive, if there are any of use.
    pub(super) fn copy_derived(&self, to: &std::path::Path) {
        let covered = self.covered();
        let Ok(blocks) = self.blocks(covered, |_| ()) else { return };
        let folder = to.join(DERIVED);
        let path = folder.join(self.derived_path(covered).file_name().unwrap_or_default());
        // Without them the copy is as good.
        let copied = blocks.verify().is_ok()
            && self.disk.create_folder(&folder).is_ok()
            && self.disk.write_pieces(&path, &[blocks.bytes()]).is_ok()
            && self.disk.sync(&path).is_ok();
        if !copied {
            remove_derived(&*self.disk, to);
        }
    }

    /// What is wrong with the columns: that readers cannot use them, or, worse, that they use them and ought not to. The
    /// dataset is that of the newest commit.
    pub(super) fn verify_derived(&self, dataset: &Dataset, problems: &[Problem]) -> Result<(), Unfit> {
        let covered = self.covered();
        let blocks = self.blocks(covered, |_| ()).map_err(Unfit::Unused)?;
        blocks.verify().map_err(Unfit::Wrong)?;
        let path = self.derived_path(covered);
        let wrong = || Unfit::Wrong(format!("{} says something else than the records", path.display()));
        if covered + 1 >= self.commits.len() {
            return if self.is_of(covered, &blocks, dataset, problems) { Ok(()) } else { Err(wrong()) };
        }
        let earlier = self.until(covered + 1);
        let (before, problems, _) = earlier.dataset().map_err(|error| Unfit::Wrong(error.to_string()))?;
        if !self.is_of(covered, &blocks, &before, &problems) {
            return Err(wrong());
        }
        let (joined, _) = self.mapped(|_| ()).map_err(Unfit::Unused)?;
        let (mine, built) = (joined.ties(), dataset.ties());
        let alike = |tie| mine.id(tie) == built.id(tie) && mine.origin(tie) == built.origin(tie);
        let is_alike =
            joined.hash() == dataset.hash() && mine.count() == built.count() && built.all().all(alike);
        if is_alike { Ok(()) } else { Err(wrong()) }
    }

    /// Whether a file of columns has the bytes that those of a dataset have.
    fn is_of(&self, at: usize, blocks: &Blocks, dataset: &Dataset, problems: &[Problem]) -> bool {
        let mut rest = blocks.bytes();
        let is_same = dataset.store(self.derived_of(at), problems.len(), |pieces| {
            pieces.iter().all(|piece| {
                let begins = rest.starts_with(piece);
                rest = rest.get(piece.len()..).unwrap_or_default();
                begins
            })
        });
        is_same && rest.is_empty()
    }
}

/// A dataset of which the columns are to be made, how many warnings it has, and where its records stand in the archive.
pub(super) type Made<'d> = (&'d Dataset, usize, Placed);

/// Why columns are not fit to be read.
pub(super) enum Unfit {
    /// Readers see it, and build in memory.
    Unused(String),
    /// Readers would use them.
    Wrong(String),
}

/// Takes the folder of columns away, as far as it can be.
pub(super) fn remove_derived(disk: &dyn Disk, archive: &std::path::Path) {
    let folder = archive.join(DERIVED);
    for name in disk.list(&folder).unwrap_or_default() {
        let _ = disk.remove(&folder.join(name));
    }
    let _ = disk.remove(&folder);
}

impl Writer {
    /// Makes the columns of what was just committed. The commit stands whether or not that can be done.
    pub(super) fn derive(&mut self, made: Option<&Made<'_>>) {
        self.underived = self.archive.derive(made).err().map(|error| error.to_string());
    }

    /// Why the columns of the last commit could not be made; readers build in memory until they are.
    pub fn underived(&self) -> Option<&str> {
        self.underived.as_deref()
    }
}
