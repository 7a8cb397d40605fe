//! Taking rows out, and putting them back: a later commit says so, and nothing is destroyed.

use crate::dataset::{Builder, Dataset, Origin, Problem};

use super::{
    Archive, ArchiveError, Commit, Counts, FileRows, Kind, Moment, Position, Removal, Restoration, Stamp,
    Writer, commit::Logged, read::Which,
};

/// Rows that are to be taken out or put back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Rows to be taken out.
    pub removed: Vec<Removal>,
    /// Rows to be put back.
    pub restored: Vec<Restoration>,
}

/// A change, and what it leaves.
#[derive(Debug)]
pub struct Changed {
    /// The change.
    pub change: Change,
    /// The dataset.
    pub dataset: Dataset,
    /// Everything wrong with it.
    pub problems: Vec<Problem>,
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

    /// The removal of a record that stands at a place of the dataset as of the snapshot; `None` where none stands.
    ///
    /// # Errors
    /// When the rows of its commit cannot be read; those of bare ties need not be.
    pub fn removal(
        &self,
        origin: Origin,
        what: Kind,
        id: &str,
        why: &str,
    ) -> Result<Option<Removal>, ArchiveError> {
        let at = self.position(origin)?;
        Ok(at.map(|at| Removal { at, what, id: id.to_owned(), why: why.to_owned() }))
    }

    fn position(&self, origin: Origin) -> Result<Option<Position>, ArchiveError> {
        let mut first = 0;
        for logged in self.shown() {
            let next = first + logged.commit.files.len();
            if (first..next).contains(&(origin.file as usize)) {
                if let Some((_, row)) = origin.bare_row() {
                    return Ok(Some(Position(logged.commit.number, row.into())));
                }
                let files =
                    self.push_commit(logged, Which::Standing, &self.removed(), &mut Builder::default())?;
                return Ok(files.get(origin.file as usize - first).and_then(|file| file.position(origin)));
            }
            first = next;
        }
        Ok(None)
    }

    /// The dataset as a change would leave it, and everything wrong with it.
    ///
    /// # Errors
    /// See [`Archive::read`].
    pub fn changed(&self, change: Change) -> Result<Changed, ArchiveError> {
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
        Ok(Changed { change, dataset, problems })
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
    /// Commits a change. Whether it leaves a dataset without errors is for the caller to look at.
    ///
    /// # Errors
    /// When the disk refuses. Then the archive is as it was.
    pub fn change(&mut self, changed: &Changed, stamp: &Stamp) -> Result<&Commit, ArchiveError> {
        let Changed { change, dataset, problems } = changed;
        let mut draft = self.draft()?;
        draft.removed.clone_from(&change.removed);
        draft.restored.clone_from(&change.restored);
        self.commit(draft, stamp, Some(&(dataset, problems.len(), dataset.places())))
    }
}

impl Removal {
    /// What undoes it.
    pub fn undone(&self) -> Restoration {
        Restoration { at: self.at, what: self.what, id: self.id.clone() }
    }
}
