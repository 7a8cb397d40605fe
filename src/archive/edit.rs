//! Taking rows out, and putting them back: a later commit says so, and nothing is destroyed.

use crate::dataset::{Builder, Dataset, Origin, Problem};

use super::{
    Archive, ArchiveError, Commit, Counts, FileRows, Kind, Moment, Position, Removal, Restoration, Stamp,
    Writer, commit::Logged,
};

/// Rows that are to be taken out or put back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Rows to be taken out.
    pub removed: Vec<Removal>,
    /// Rows to be put back.
    pub restored: Vec<Restoration>,
}

impl Archive {
    /// The dataset as of the snapshot, everything wrong with it, and the rows of each of its files.
    ///
    /// # Errors
    /// See [`Archive::read`].
    pub fn dataset(&self) -> Result<(Dataset, Vec<Problem>, Vec<FileRows>), ArchiveError> {
        let mut builder = Builder::default();
        let files = self.read(&mut builder)?;
        let (dataset, problems) = builder.finish();
        Ok((dataset, problems, files))
    }

    /// The dataset as a change would leave it, and everything wrong with it.
    ///
    /// # Errors
    /// See [`Archive::read`].
    pub fn changed(&self, change: &Change) -> Result<(Dataset, Vec<Problem>), ArchiveError> {
        let time = Moment::from_unix_seconds(0);
        let commit = Commit {
            number: self.last() + 1,
            time,
            author: String::new(),
            message: String::new(),
            files: Vec::new(),
            counts: Counts::default(),
            parts: Vec::new(),
            removed: change.removed.clone(),
            restored: change.restored.clone(),
            warnings: None,
        };
        let mut after = self.until(self.shown);
        after.commits.push(Logged { commit, lines: String::new(), chain: self.chain });
        after.shown = after.commits.len();
        let (dataset, problems, _) = after.dataset()?;
        Ok((dataset, problems))
    }

    /// The record that stands in a row, as JSON.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn record(&self, at: Position) -> Result<Option<String>, ArchiveError> {
        let Some(logged) = self.shown().iter().find(|logged| logged.commit.number == at.0) else {
            return Ok(None);
        };
        let (mut number, mut found) = (0, None);
        self.rows(logged, |row| {
            if number == at.1 {
                found = Some(row.json());
            }
            number += 1;
        })?;
        Ok(found)
    }
}

impl Writer {
    /// Commits a change. Whether it leaves a dataset without errors is for the caller to ask
    /// ([`Archive::changed`]) first.
    ///
    /// # Errors
    /// When the disk refuses. Then the archive is as it was.
    pub fn change(&mut self, change: &Change, stamp: &Stamp) -> Result<&Commit, ArchiveError> {
        let mut draft = self.draft()?;
        draft.removed.clone_from(&change.removed);
        draft.restored.clone_from(&change.restored);
        self.commit(draft, stamp, None)
    }
}

impl Removal {
    /// What undoes it.
    pub fn undone(&self) -> Restoration {
        Restoration { at: self.at, what: self.what, id: self.id.clone() }
    }

    /// A removal of the record of a dataset.
    pub fn of(files: &[FileRows], origin: Origin, what: Kind, id: &str, why: &str) -> Option<Self> {
        let at = files.get(origin.file as usize)?.position(origin)?;
        Some(Self { at, what, id: id.to_owned(), why: why.to_owned() })
    }
}
