//! Is everything still what was written? Every frame, segment, checksum, row and reference is looked at.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use serde::Serialize;

use crate::{dataset::Builder, model::Severity};

use super::{
    Archive, ArchiveError, Commit, DERIVED, Disk, HEAD, LOCK, LOG, Part, RealDisk, SEGMENTS, Tail,
    derived::Unfit,
};

/// One thing that a look at an archive found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Finding {
    /// Whether it is damage; else it does no harm.
    pub is_damage: bool,
    /// What it is.
    pub what: String,
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Verified {
    /// How many commits.
    pub commit_count: u64,
    /// How many rows, those that were taken out included.
    pub row_count: u64,
    /// How many segments.
    pub segment_count: u64,
    /// How many bytes of log and segments.
    pub bytes: u64,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl Verified {
    /// Whether anything is damaged.
    pub fn is_damaged(&self) -> bool {
        self.findings.iter().any(|finding| finding.is_damage)
    }

    fn note(&mut self, what: impl Into<String>) {
        self.findings.push(Finding { is_damage: false, what: what.into() });
    }

    fn damage(&mut self, what: impl Into<String>) {
        self.findings.push(Finding { is_damage: true, what: what.into() });
    }

    /// Looks at everything in an archive.
    ///
    /// # Errors
    /// When there is no archive. Whatever is wrong with one is among the findings.
    ///
    /// # Complexity
    /// Time O(n log n), for n rows, and that of reading all bytes.
    pub fn of(folder: &Path) -> Result<Self, ArchiveError> {
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        Self::on(&disk, folder)
    }

    /// Looks at everything in an archive on a disk.
    ///
    /// # Errors
    /// See [`Verified::of`].
    pub fn on(disk: &Arc<dyn Disk>, folder: &Path) -> Result<Self, ArchiveError> {
        let mut verified = Self::default();
        let archive = match Archive::open_on(disk.clone(), folder) {
            Ok(archive) => archive,
            Err(error @ ArchiveError::NoArchive(_)) => return Err(error),
            Err(error) => {
                verified.damage(error.to_string());
                return Ok(verified);
            }
        };
        verified.commit_count = archive.commits.len() as u64;
        verified.bytes = archive.length;
        match archive.tail() {
            Tail::Clean => {}
            Tail::Torn(bytes) => verified.note(format!(
                "the log ends with {bytes} bytes of a commit whose writing was cut short; the next writer drops them"
            )),
            Tail::Damaged { at, bytes } => verified.note(format!(
                "the log ends with {bytes} bytes, from byte {at}, that are no commit, and none was acknowledged after \
                 commit {}; the next writer drops them",
                archive.last()
            )),
        }
        verified.rows(&archive);
        verified.positions(&archive);
        verified.strays(&**disk, &archive);
        if !verified.is_damaged() {
            verified.dataset(&archive);
        }
        verified.findings.sort_by_key(|finding| !finding.is_damage);
        Ok(verified)
    }

    fn rows(&mut self, archive: &Archive) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for logged in &archive.commits {
            let commit = &logged.commit;
            for part in &commit.parts {
                if seen.insert(&part.segment) {
                    self.segment_count += 1;
                    self.bytes += part.bytes;
                }
            }
            let files = commit.files.len();
            let mut stray = false;
            match archive.rows(logged, |row| stray |= row.file as usize >= files) {
                Ok(()) => self.row_count += commit.counts.total(),
                Err(error) => self.damage(error.to_string()),
            }
            if stray {
                self.damage(format!("commit {} has rows of a file that it does not have", commit.number));
            }
        }
    }

    /// Rows that are taken out or put back must be there.
    fn positions(&mut self, archive: &Archive) {
        let rows = |number: u64| {
            let at = archive.commits.binary_search_by_key(&number, |logged| logged.commit.number);
            at.map_or(0, |at| archive.commits[at].commit.counts.total())
        };
        for commit in archive.commits() {
            let removed = commit.removed.iter().map(|removal| removal.at);
            for at in removed.chain(commit.restored.iter().map(|restoration| restoration.at)) {
                if at.0 > commit.number || at.1 >= rows(at.0) {
                    let Commit { number, .. } = commit;
                    self.damage(format!(
                        "commit {number} speaks of row {} of commit {}, which is not there",
                        at.1, at.0
                    ));
                }
            }
        }
    }

    /// Files that no commit names.
    fn strays(&mut self, disk: &dyn Disk, archive: &Archive) {
        let parts = archive.commits().flat_map(|commit| &commit.parts);
        let named: BTreeSet<&str> = parts.map(|Part { segment, .. }| segment.as_str()).collect();
        for name in disk.list(&archive.folder.join(SEGMENTS)).unwrap_or_default() {
            if !named.contains(name.as_str()) {
                self.note(format!(
                    "{SEGMENTS}/{name} belongs to no commit: a writer was stopped before it was done; `chancery compact` \
                     takes it away"
                ));
            }
        }
        for name in disk.list(&archive.folder).unwrap_or_default() {
            if ![LOG, HEAD, LOCK, SEGMENTS, DERIVED].contains(&name.as_str()) {
                self.note(format!("{name} is no part of an archive"));
            }
        }
    }

    /// The rows together must be a dataset.
    fn dataset(&mut self, archive: &Archive) {
        let mut builder = Builder::default();
        if let Err(error) = archive.read(&mut builder) {
            self.damage(error.to_string());
            return;
        }
        let (dataset, problems) = builder.finish();
        if archive.last() > 0 {
            match archive.verify_derived(&dataset, &problems) {
                Ok(()) => {}
                Err(Unfit::Unused(why)) => self.note(format!(
                    "{DERIVED}/ is of no use, and answers are built in memory: {why}; `chancery compact` makes it anew"
                )),
                Err(Unfit::Wrong(why)) => {
                    self.damage(format!("{why}; take {DERIVED}/ away, or let `chancery compact` make it anew"));
                }
            }
        }
        let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
        for problem in errors {
            self.damage(problem.to_string());
        }
    }
}
