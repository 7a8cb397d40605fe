//! `derived/`: the archive's dataset as columns, made by the writer after a commit, mapped by readers.
//!
//! Nothing is lost with these files. A commit stands before they are made; readers without them, or with those of
//! another commit, build the same dataset in memory.

use std::{path::PathBuf, sync::Arc};

use crate::dataset::{Alarm, Blocks, Dataset, Placed, Problem, Rows, made_by};

use super::{Archive, ArchiveError, DERIVED, Disk, Writer, read::ArchivedRows};

/// What a file is called while it is made.
const NEW: &str = "new";
/// Files of fewer bytes are looked at whole when they are opened, and so need no sync when they are written.
const SMALL_BYTES: usize = 1 << 22;

/// The name of the file of a commit.
fn name(commit: u64) -> String {
    format!("{commit:06}.columns")
}

impl Archive {
    fn derived_path(&self) -> PathBuf {
        self.folder.join(DERIVED).join(name(self.last()))
    }

    /// What the file of the newest commit must be of.
    fn derived_of(&self) -> String {
        format!("{} of commit {}, {}", made_by(), self.last(), blake3::Hash::from_bytes(self.chain).to_hex())
    }

    fn blocks(&self, alarm: Alarm) -> Result<Arc<Blocks>, String> {
        let path = self.derived_path();
        let shown = path.display().to_string();
        let bytes = self.disk.map(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "there is none".to_owned(),
            _ => format!("{shown} cannot be read: {error}"),
        })?;
        let is_small = bytes.len() < SMALL_BYTES;
        let silent: Alarm = |_| ();
        let of = self.derived_of();
        let open = |alarm| Blocks::open(&shown, bytes, &of, alarm).map_err(|why| format!("{shown} {why}"));
        if !is_small {
            return open(alarm).map(Arc::new);
        }
        let blocks = open(silent)?;
        blocks.verify()?;
        Ok(Arc::new(blocks))
    }

    /// The dataset as of the newest commit, read from the columns that the writer made of it, and the number of
    /// warnings that it has. Only what is asked for is read.
    ///
    /// A block of a file that is not what was written raises the alarm when it is met, and reads as zeros: no answer may
    /// be made of it. [`Dataset::damage`] tells too.
    ///
    /// # Errors
    /// Why there are no columns that can be used, in words: the dataset is then to be [built](Archive::dataset).
    ///
    /// # Complexity
    /// Time and space O(f + r), for f files and r references; time O(n) for files of n < 4 MiB.
    pub fn mapped(&self, alarm: Alarm) -> Result<(Dataset, usize), String> {
        if self.shown < self.commits.len() {
            return Err("they are of a later commit".to_owned());
        }
        let blocks = self.blocks(alarm)?;
        let rows: Arc<dyn Rows> = Arc::new(ArchivedRows);
        Dataset::stored(&blocks, &rows)
            .ok_or_else(|| format!("{} has not what it must have", self.derived_path().display()))
    }

    /// Writes the columns of the archive's dataset, and takes those of other commits away.
    fn derive(&self, made: Option<&Made<'_>>) -> Result<(), ArchiveError> {
        if let Some((dataset, warning_count, placed)) = made {
            return self.keep(|of, write| dataset.store_placed(placed, of, *warning_count, write));
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
        let (new, path) = (folder.join(NEW), self.derived_path());
        self.disk.create_folder(&folder).map_err(ArchiveError::io("make the folder", &folder))?;
        let length = store(self.derived_of(), &mut |pieces| {
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
        let Ok(blocks) = self.blocks(|_| ()) else { return };
        let folder = to.join(DERIVED);
        let path = folder.join(name(self.last()));
        // Without them the copy is as good.
        let copied = blocks.verify().is_ok()
            && self.disk.create_folder(&folder).is_ok()
            && self.disk.write_pieces(&path, &[blocks.bytes()]).is_ok()
            && self.disk.sync(&path).is_ok();
        if !copied {
            remove_derived(&*self.disk, to);
        }
    }

    /// What is wrong with the columns of the newest commit: that readers cannot use them, or, worse, that they use them
    /// and ought not to.
    pub(super) fn verify_derived(&self, dataset: &Dataset, problems: &[Problem]) -> Result<(), Unfit> {
        let blocks = match self.blocks(|_| ()) {
            Ok(blocks) => blocks,
            Err(why) => return Err(Unfit::Unused(why)),
        };
        blocks.verify().map_err(Unfit::Wrong)?;
        let mut rest = blocks.bytes();
        let is_same = store(dataset, problems, self.derived_of(), |pieces| {
            pieces.iter().all(|piece| {
                let begins = rest.starts_with(piece);
                rest = rest.get(piece.len()..).unwrap_or_default();
                begins
            })
        });
        let path = self.derived_path();
        if is_same && rest.is_empty() {
            return Ok(());
        }
        Err(Unfit::Wrong(format!("{} says something else than the records", path.display())))
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

fn store<R>(dataset: &Dataset, problems: &[Problem], of: String, write: impl FnOnce(&[&[u8]]) -> R) -> R {
    dataset.store(of, problems.len(), write)
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
