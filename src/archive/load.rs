//! Loading: files into a commit, without what the archive has already.
//!
//! The archive and the new files go into one builder, so that everything that would be wrong with them as one
//! dataset is found at its place, before anything is written.

use std::{collections::BTreeSet, path::PathBuf};

use serde_json::value::RawValue;

use crate::{
    dataset::{BareTies, Dataset, Origin, Problem, SourceFile},
    format::{Options, folder, native, read_path},
    model::{Relation, Severity},
};

use super::{
    Archive, ArchiveError, Counts, Kind, LoadedFile, Step, Watch,
    found::{Found, reading},
    intake::{BareRun, Intake, Kept, NamedActors, Phase, Progress, apart, numbers_of},
    read::Which,
};

/// What is to be loaded, and how.
#[derive(Clone, Debug, Default)]
pub struct Load {
    /// Files, and folders of them.
    pub paths: Vec<PathBuf>,
    /// How they are read.
    pub options: Options,
    /// A native text that is in no file, with a name for it: records that are added one by one.
    pub text: Option<(String, String)>,
    /// Whether bad rows are left out instead of stopping the load.
    pub skips_bad: bool,
    /// Who is told how far it is.
    pub watch: Option<Watch>,
}

/// A file that was not read, since the archive has its very bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// The commit that loaded it.
    pub commit: u64,
}

/// A row that is left out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Rejected {
    /// The file.
    pub file: String,
    /// The line on which it begins.
    pub line: usize,
    /// What is wrong with it.
    pub problems: Vec<String>,
    /// The row as it stands there.
    pub text: String,
}

/// Files that were read and held against the archive: what a load will commit.
#[derive(Debug)]
pub struct Loading {
    /// The archive with the new rows.
    pub dataset: Dataset,
    /// Everything wrong with the two together, or with what is new where the rest [was not read](Self::is_joined); with
    /// errors among them nothing can be committed.
    pub problems: Vec<Problem>,
    /// How each file was read, a line each.
    pub notes: Vec<String>,
    /// Files that need not be read.
    pub known: Vec<Known>,
    /// How many rows the archive has already.
    pub repeated: u64,
    /// How many of these had been retracted, and stay so.
    pub repeated_retracted: u64,
    /// Rows that are left out.
    pub rejected: Vec<Rejected>,
    pub(super) kept: Vec<Kept>,
    /// Who is told how far it is.
    pub(super) watch: Option<Watch>,
    /// Whether rows were left out of it.
    pub(super) is_partial: bool,
    /// How many warnings there are of the archive, where only columns of it were read.
    pub(super) earlier_warnings: Option<usize>,
    /// Bare ties, of which no record is made, and those that are new.
    pub(super) bare: BareTies,
    pub(super) bare_runs: Vec<BareRun>,
    /// New actors of which the id is all.
    pub(super) named: Vec<NamedActors>,
    /// The files of the load, by their number in the dataset.
    pub(super) files: Vec<(u32, LoadedFile)>,
}

impl Archive {
    /// Reads files and holds them against the archive. Nothing is written.
    ///
    /// # Errors
    /// When a file or the archive cannot be read. What is wrong *inside* files is among the problems.
    ///
    /// # Complexity
    /// Time and space O(n), for n bytes of files and of the archive; a few ties among known actors are held against the
    /// columns of it, of which little is read.
    pub fn prepare(&self, load: &Load) -> Result<Loading, ArchiveError> {
        if let Some(loading) = self.prepare_few(load) {
            return Ok(loading);
        }
        let reading = reading(&load.options);
        let Found { files, sizes, known, left_out } = self.found(load, &reading)?;
        let mut skipped = BTreeSet::new();
        let mut rejected: Vec<Rejected> = Vec::new();
        loop {
            let progress = Progress::of(load.watch, sizes.iter().sum());
            let mut intake = Intake { skipped: skipped.clone(), progress, ..Intake::default() };
            self.push(Which::Standing, &mut intake)?;
            if !self.removals().is_empty() {
                let mut removed = Intake { phase: Phase::Retracted, ..Intake::default() };
                self.push(Which::Removed, &mut removed)?;
                intake.retracted = removed.retracted;
            }
            intake.settle();
            intake.phase = Phase::Load;
            let (mut notes, mut numbers) = (left_out.clone(), Vec::new());
            for ((path, blake3), bytes) in files.iter().zip(&sizes) {
                intake.progress.begin(path, *bytes);
                let first = intake.file_count;
                let read = match read_path(path, &load.options, &mut intake) {
                    Ok(read) => read,
                    Err(error) => {
                        let in_folder = !load.paths.contains(path);
                        let Some(note) = folder::left_out(path, &error).filter(|_| in_folder) else {
                            return Err(error.into());
                        };
                        notes.push(note);
                        continue;
                    }
                };
                notes.extend(read.notes.into_iter().map(|note| format!("{}: {note}", path.display())));
                numbers.extend((first..intake.file_count).map(|number| (number, blake3.clone())));
            }
            if let Some((name, text)) = &load.text {
                native::read_text(name, text.as_str().to_owned().into(), &mut intake);
                numbers.push((intake.file_count - 1, String::new()));
            }
            // What was known of the files is not needed any more, and much.
            intake.forget();
            let Intake {
                builder,
                progress,
                kept,
                bare: bare_runs,
                named,
                repeated,
                repeated_retracted,
                broken,
                ..
            } = intake;
            let (mut builder, bare_runs) = (builder, apart(&kept, &bare_runs));
            progress.tell(Step::Checking);
            let (named_numbers, bare_numbers) = numbers_of(&kept, &bare_runs, &named);
            builder.number_named(&named_numbers);
            builder.number_bare(bare_runs.iter().map(|run| run.ties.clone()).zip(bare_numbers));
            let (dataset, problems, bare) = builder.finish_with_bare();
            let numbered = |(number, blake3): (u32, String)| {
                (number, loaded_file(&dataset.files()[number as usize], blake3, &reading))
            };
            let files = numbers.into_iter().map(numbered).collect();
            let loading = Loading {
                dataset,
                problems,
                notes,
                known: known.clone(),
                repeated,
                repeated_retracted,
                rejected: Vec::new(),
                kept,
                watch: load.watch,
                is_partial: false,
                earlier_warnings: None,
                bare,
                bare_runs,
                named,
                files,
            };
            let more = if load.skips_bad { loading.bad(&broken, &skipped) } else { Vec::new() };
            if more.is_empty() {
                return Ok(Loading { rejected, ..loading }.without_idle(&skipped));
            }
            for (origin, rejection) in more {
                skipped.insert(origin);
                rejected.push(rejection);
            }
        }
    }
}

pub(super) fn loaded_file(file: &SourceFile, blake3: String, reading: &str) -> LoadedFile {
    let cites = (!file.cites.is_empty()).then(|| {
        let text = serde_json::to_string(&file.cites).expect("citations have string keys");
        RawValue::from_string(text).expect("it is JSON")
    });
    let coverage = (!file.coverage.is_empty()).then(|| {
        let text = serde_json::to_string(&file.coverage).expect("a coverage has string keys");
        RawValue::from_string(text).expect("it is JSON")
    });
    LoadedFile {
        name: file.name.to_string(),
        blake3,
        reading: reading.to_owned(),
        is_native: file.rows.is_none(),
        title: file.title.clone(),
        license: file.license.clone(),
        cites,
        coverage,
        retracted: file.retracted.clone(),
    }
}

impl Loading {
    /// A few ties joined with the columns of the archive: how many warnings it has, and what is wrong with these.
    pub(super) fn joined(
        dataset: Dataset,
        (earlier_warnings, problems): (usize, Vec<Problem>),
        kept: Vec<Kept>,
        files: Vec<(u32, LoadedFile)>,
    ) -> Self {
        Self {
            dataset,
            problems,
            notes: Vec::new(),
            known: Vec::new(),
            repeated: 0,
            repeated_retracted: 0,
            rejected: Vec::new(),
            kept,
            watch: None,
            is_partial: false,
            earlier_warnings: Some(earlier_warnings),
            bare: BareTies::default(),
            bare_runs: Vec::new(),
            named: Vec::new(),
            files,
        }
    }

    /// Whether only columns of the archive were read: then problems are those of what is new.
    pub fn is_joined(&self) -> bool {
        self.earlier_warnings.is_some()
    }

    /// Without actors and relations that only rows mention that are left out.
    fn without_idle(mut self, skipped: &BTreeSet<Origin>) -> Self {
        if skipped.is_empty() {
            return self;
        }
        let dataset = &self.dataset;
        let (ties, actors) = (dataset.ties(), dataset.actors());
        let ends: BTreeSet<_> = ties.all().flat_map(|tie| [ties.source(tie), ties.target(tie)]).collect();
        let used: BTreeSet<&str> = ties.all().map(|tie| dataset.relation(tie).id.as_str()).collect();
        let is_idle = |row: &Kept| match (&row.made, row.kind) {
            (Some(id), Kind::Actor) => {
                let actor = actors.find(id);
                skipped.contains(&row.origin) && actor.is_some_and(|actor| !ends.contains(&actor))
            }
            (Some(relation), Kind::Relation) => serde_json::from_str::<Relation>(relation)
                .is_ok_and(|relation| !used.contains(relation.id.as_str())),
            (_, Kind::Actor | Kind::Relation | Kind::Reference | Kind::Same | Kind::Tie) => false,
        };
        // Runs of bare ties keep their place among the rows that stay.
        let stays: Vec<bool> = self.kept.iter().map(|row| !is_idle(row)).collect();
        let mut before = vec![0; stays.len() + 1];
        for (at, stays) in stays.iter().enumerate() {
            before[at + 1] = before[at] + usize::from(*stays);
        }
        for run in &mut self.bare_runs {
            run.before = before[run.before];
        }
        let mut stays = stays.into_iter();
        self.kept.retain(|_| stays.next().unwrap_or(true));
        self.is_partial = true;
        self
    }

    /// Whether anything in it is an error.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// How many rows of each kind are new.
    pub fn new_counts(&self) -> Counts {
        let mut counts = Counts::default();
        for kept in &self.kept {
            counts.add(kept.kind);
        }
        counts.actors += self.named.iter().map(|named| named.actors.len() as u64).sum::<u64>();
        counts.ties += self.bare_runs.iter().map(|run| run.ties.len() as u64).sum::<u64>();
        counts
    }

    /// The rows with errors that are not left out already.
    fn bad(&self, broken: &[(Origin, String)], skipped: &BTreeSet<Origin>) -> Vec<(Origin, Rejected)> {
        let mut kept: Vec<Origin> = self.kept.iter().map(|kept| kept.origin).collect();
        kept.sort_unstable();
        kept.dedup();
        let mut bad: std::collections::BTreeMap<Origin, Vec<String>> = std::collections::BTreeMap::new();
        let new = |file: u32| self.files.iter().any(|(number, _)| *number == file);
        let errors = self.problems.iter().filter(|problem| problem.severity == Severity::Error);
        let errors = errors.map(|problem| (problem.origin, problem.message.clone()));
        for (origin, message) in errors.chain(broken.iter().cloned()).filter(|(origin, _)| new(origin.file)) {
            let row = self.row_of(origin, &kept, broken);
            if row.end > row.start && !skipped.contains(&row) {
                let messages = bad.entry(row).or_default();
                if !messages.contains(&message) {
                    messages.push(message);
                }
            }
        }
        let rejected = |(origin, problems): (Origin, Vec<String>)| {
            let file = &self.dataset.files()[origin.file as usize];
            let place = self.dataset.place(origin);
            let line = place.rsplit(':').next().and_then(|line| line.parse().ok()).unwrap_or(0);
            let text = origin.text(self.dataset.files()).to_owned();
            (origin, Rejected { file: file.name.to_string(), line, problems, text })
        };
        bad.into_iter().map(rejected).collect()
    }

    /// The row around an error: one that was kept, or the record that has it, or else the line, where a row
    /// became nothing.
    fn row_of(&self, at: Origin, kept: &[Origin], broken: &[(Origin, String)]) -> Origin {
        let holds = |row: &Origin| row.file == at.file && row.start <= at.start && at.start < row.end;
        let key = Origin { file: at.file, start: at.start, end: u64::MAX };
        let near = kept.partition_point(|row| *row <= key).checked_sub(1).map(|near| kept[near]);
        if let Some(row) = near.filter(holds) {
            return row;
        }
        // What holds rows is no row but the file.
        let is_row = |record: &Origin| {
            let next = Origin { start: record.start + 1, end: 0, ..*record };
            kept.get(kept.partition_point(|row| *row < next))
                .is_none_or(|row| row.file != record.file || row.start >= record.end)
        };
        if let Some((record, _)) = broken.iter().find(|(record, _)| holds(record) && is_row(record)) {
            return *record;
        }
        let text = &self.dataset.files()[at.file as usize].text;
        let byte = match at.bare_row() {
            Some((line, _)) => memchr::memchr_iter(b'\n', text.as_bytes())
                .map(|feed| feed + 1)
                .nth((line as usize).wrapping_sub(2))
                .unwrap_or(0),
            None => usize::try_from(at.start).unwrap_or(usize::MAX).min(text.len()),
        };
        let start = text[..byte].rfind(['\n', '\r']).map_or(0, |found| found + 1);
        let end = text[byte..].find(['\n', '\r']).map_or(text.len(), |found| byte + found);
        Origin { file: at.file, start: start as u64, end: end as u64 }
    }
}
