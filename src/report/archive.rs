//! What was done with an archive: loaded, listed, verified, copied.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
};
use crate::archive::{Commit, Counts, Kind, Known, Loading, Rejected, Verified};
use crate::model::counted_as;

fn words(counts: &Counts) -> String {
    let parts = [
        (counts.ties, "tie", "ties"),
        (counts.actors, "actor", "actors"),
        (counts.references, "reference", "references"),
        (counts.relations, "relation", "relations"),
        (counts.same, "merge", "merges"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, many)| counted_as(*count, one, many))
        .collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}

/// A file that was loaded before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KnownFile {
    /// Its name.
    pub name: String,
    /// The commit that loaded it; none when it is given twice.
    pub commit: Option<u64>,
}

/// What a load did, or would do.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LoadReport {
    /// The commit that was made; none when nothing was new or nothing was to be written.
    pub commit: Option<u64>,
    /// Whether it was only tried.
    pub dry_run: bool,
    /// How many rows are new.
    pub new: Counts,
    /// How many rows the archive has already.
    pub repeated: u64,
    /// How many rows were retracted earlier, and stay so.
    pub repeated_retracted: u64,
    /// Files that were loaded before.
    pub known: Vec<KnownFile>,
    /// Rows that are left out.
    pub rejected: Vec<Rejected>,
}

impl LoadReport {
    /// What a load did: the commit that was made, if one was.
    pub fn new(loading: &Loading, commit: Option<u64>, dry_run: bool) -> Self {
        let file = |known: &Known| KnownFile {
            name: known.name.clone(),
            commit: Some(known.commit).filter(|commit| *commit > 0),
        };
        Self {
            commit,
            dry_run,
            new: loading.new_counts(),
            repeated: loading.repeated,
            repeated_retracted: loading.repeated_retracted,
            known: loading.known.iter().map(file).collect(),
            rejected: loading.rejected.clone(),
        }
    }
}

impl Report for LoadReport {
    const SCHEMA: &'static str = "chancery/load/1";

    fn document(&self) -> Document {
        let new = words(&self.new);
        let mut document = Document::new(match (self.commit, self.dry_run) {
            (Some(commit), _) => format!("commit {commit}: {new}"),
            (None, true) if self.new.total() > 0 => format!("dry run: {new} would be committed"),
            (None, _) => "nothing to do: all of it is there".to_owned(),
        });
        let mut lines = Vec::new();
        for known in &self.known {
            lines.push(match known.commit {
                Some(commit) => format!("{} was loaded in commit {commit}", known.name),
                None => format!("{} is given twice", known.name),
            });
        }
        if self.repeated > 0 {
            lines.push(format!("{} there already", counted_as(self.repeated, "row is", "rows are")));
        }
        if self.repeated_retracted > 0 {
            let rows = counted_as(
                self.repeated_retracted,
                "row that was retracted stays so",
                "rows that were retracted stay so",
            );
            lines.push(format!("{rows} (`chancery retract ID --undo` restores one)"));
        }
        if !self.rejected.is_empty() {
            lines.push(format!(
                "{} left out",
                counted_as(self.rejected.len() as u64, "bad row is", "bad rows are")
            ));
        }
        document.lines(lines);
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["what", "count>"]);
        let rows = [
            ("new ties", self.new.ties),
            ("new actors", self.new.actors),
            ("new references", self.new.references),
            ("new relations", self.new.relations),
            ("new merges", self.new.same),
            ("repeated", self.repeated),
            ("retracted earlier", self.repeated_retracted),
            ("left out", self.rejected.len() as u64),
        ];
        for (what, count) in rows {
            table.push(vec![what.to_owned(), count.to_string()]);
        }
        table
    }
}

/// One commit.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CommitView {
    /// Its number.
    pub number: u64,
    /// When it was made.
    pub time: String,
    /// Who made it.
    pub author: String,
    /// What for.
    pub message: String,
    /// The files that it loaded, with their checksums.
    pub files: Vec<(String, String)>,
    /// What it added.
    pub added: Counts,
    /// What it took out: kind, id, why.
    pub removed: Vec<(Kind, String, String)>,
    /// What it put back: kind, id.
    pub restored: Vec<(Kind, String)>,
}

/// The commits of an archive, newest first.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LogReport {
    /// The commits.
    pub commits: Vec<CommitView>,
}

impl LogReport {
    /// The commits, which come oldest first; those only that speak of an id, if one is given.
    pub fn new<'c>(commits: impl DoubleEndedIterator<Item = &'c Commit>) -> Self {
        let view = |commit: &Commit| CommitView {
            number: commit.number,
            time: commit.time.to_string(),
            author: commit.author.clone(),
            message: commit.message.clone(),
            files: commit.files.iter().map(|file| (file.name.clone(), file.blake3.clone())).collect(),
            added: commit.counts,
            removed: commit
                .removed
                .iter()
                .map(|removal| (removal.what, removal.id.clone(), removal.why.clone()))
                .collect(),
            restored: commit.restored.iter().map(|row| (row.what, row.id.clone())).collect(),
        };
        Self { commits: commits.rev().map(view).collect() }
    }
}

impl CommitView {
    fn did(&self) -> Vec<String> {
        let mut did = Vec::new();
        if self.added.total() > 0 {
            did.push(format!("added {}", words(&self.added)));
        }
        for (kind, id, why) in &self.removed {
            did.push(format!("retracted {} `{id}`: {why}", kind.as_str()));
        }
        for (kind, id) in &self.restored {
            did.push(format!("restored {} `{id}`", kind.as_str()));
        }
        for (name, checksum) in self.files.iter().filter(|(_, checksum)| !checksum.is_empty()) {
            did.push(format!("from {name} ({})", &checksum[..12.min(checksum.len())]));
        }
        did
    }
}

impl Report for LogReport {
    const SCHEMA: &'static str = "chancery/log/1";

    fn document(&self) -> Document {
        let count = counted_as(self.commits.len() as u64, "commit", "commits");
        let mut document = Document::new(count);
        let item = |commit: &CommitView| {
            let CommitView { number, time, author, message, .. } = commit;
            (format!("{number}  {time}  {author}  {message}"), commit.did())
        };
        document.list(self.commits.iter().map(item).collect());
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["commit>", "time", "author", "message", "did"]);
        for commit in &self.commits {
            let CommitView { number, time, author, message, .. } = commit;
            let did = commit.did().join("; ");
            table.push(vec![number.to_string(), time.clone(), author.clone(), message.clone(), did]);
        }
        table
    }
}

/// What a look at an archive found.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VerifyReport(pub Verified);

impl Report for VerifyReport {
    const SCHEMA: &'static str = "chancery/verify/1";

    fn document(&self) -> Document {
        let Self(verified) = self;
        let seen = format!(
            "{}, {}, {}, {} bytes",
            counted_as(verified.commit_count, "commit", "commits"),
            counted_as(verified.row_count, "row", "rows"),
            counted_as(verified.segment_count, "segment", "segments"),
            verified.bytes
        );
        let mut document = Document::new(if verified.is_damaged() {
            format!("damaged: {seen}")
        } else {
            format!("whole: {seen}")
        });
        let mark = |is_damage| if is_damage { "damage" } else { "note" };
        let line =
            |finding: &crate::archive::Finding| format!("{}: {}", mark(finding.is_damage), finding.what);
        document.lines(verified.findings.iter().map(line).collect());
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["damage", "what"]);
        for finding in &self.0.findings {
            table.push(vec![finding.is_damage.to_string(), finding.what.clone()]);
        }
        table
    }
}

/// What a backup or a compaction did.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CopyReport {
    /// What was done, in words.
    pub done: String,
    /// The newest commit.
    pub commit: u64,
    /// How many bytes of log and segments there were before.
    pub bytes_before: u64,
    /// How many there are now.
    pub bytes: u64,
}

impl Report for CopyReport {
    const SCHEMA: &'static str = "chancery/copy/1";

    fn document(&self) -> Document {
        let mut document = Document::new(self.done.clone());
        document.lines(vec![format!("{} bytes before, {} now", self.bytes_before, self.bytes)]);
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["commit>", "bytes before>", "bytes>"]);
        table.push(vec![self.commit.to_string(), self.bytes_before.to_string(), self.bytes.to_string()]);
        table
    }
}
