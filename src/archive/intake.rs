//! The sink of a load: it counts what the archive has, and passes on what it has not.

use std::{collections::BTreeSet, ops::Range, path::Path};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    dataset::{
        ActorNumber, ActorRow, Builder, CitesNumber, ClaimNumber, DatingNumber, LineCounter, Origin,
        PlainRow, RelationNumber, Sink, SourceFile, Texts, TieRow, content_hash,
    },
    date::{Dating, Status},
    model::{Citation, Fault, Reference, Relation, Same, Severity},
};

use super::{Kind, Step, Watch};

/// A row that is new.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) kind: Kind,
    pub(super) origin: Origin,
    /// The record, where it does not stand in the file; of an actor, its id.
    pub(super) made: Option<String>,
}

/// New bare ties that follow one another, by their numbers among those of the builder.
#[derive(Clone, Debug)]
pub(super) struct BareRun {
    /// How many other rows had been kept before them.
    pub(super) before: usize,
    pub(super) file: u32,
    pub(super) ties: Range<u32>,
}

/// New actors of a file of which the id is all: the line that names each first, and its number among names of the builder.
#[derive(Clone, Debug)]
pub(super) struct NamedActors {
    pub(super) file: u32,
    pub(super) actors: Vec<(u32, ActorNumber)>,
}

/// The runs with those of a file that has no other ties behind all its other rows, so that ties stand side by side.
pub(super) fn apart(kept: &[Kept], runs: &[BareRun]) -> Vec<BareRun> {
    let mut apart: Vec<BareRun> = Vec::new();
    for of_file in runs.chunk_by(|a, b| a.file == b.file) {
        let first = kept.partition_point(|row| row.origin.file < of_file[0].file);
        let end = kept.partition_point(|row| row.origin.file <= of_file[0].file);
        let is_mixed = kept[first..end].iter().any(|row| row.kind == Kind::Tie);
        for run in of_file {
            let run = BareRun { before: if is_mixed { run.before } else { end }, ..run.clone() };
            let goes_on = |last: &&mut BareRun| {
                (last.file, last.before, last.ties.end) == (run.file, run.before, run.ties.start)
            };
            match apart.last_mut().filter(goes_on) {
                Some(last) => last.ties.end = run.ties.end,
                None => apart.push(run),
            }
        }
    }
    apart
}

/// The numbers of rows that are new among all rows of their commit: by file, that of the first of its actors of which the
/// id is all, which come before its other rows; and that of the first tie of each run.
pub(super) fn numbers_of(
    kept: &[Kept],
    runs: &[BareRun],
    named: &[NamedActors],
) -> (Vec<(u32, u32)>, Vec<u32>) {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let count = |named: &NamedActors| named.actors.len();
    let actors_before = |file: u32| named.iter().filter(|named| named.file < file).map(count).sum::<usize>();
    let ties = |run: &BareRun| run.ties.len();
    let firsts = named.iter().map(|NamedActors { file, .. }| {
        let kept = kept.partition_point(|row| row.origin.file < *file);
        let ties: usize = runs.iter().filter(|run| run.file < *file).map(ties).sum();
        (*file, number(kept + ties + actors_before(*file)))
    });
    let mut ties_before = 0;
    let of_runs = runs.iter().map(|run| {
        let first = number(run.before + ties_before + actors_before(run.file + 1));
        ties_before += run.ties.len();
        first
    });
    (firsts.collect(), of_runs.collect())
}

/// A sink that counts what the archive has, and passes on what it has not.
#[derive(Default)]
pub(super) struct Intake {
    pub(super) builder: Builder,
    /// How often each content of a record without an id stands in the archive, and is not yet met again.
    pub(super) counts: FxHashMap<u128, u32>,
    /// Contents of records that have an id: each stands once.
    pub(super) contents: FxHashSet<u128>,
    pub(super) actors: FxHashSet<Box<str>>,
    /// What was retracted.
    pub(super) retracted: FxHashMap<u128, u32>,
    /// What the file that is being read adds to contents, and to actors.
    pub(super) fresh: (Vec<u128>, Texts),
    pub(super) phase: Phase,
    pub(super) is_foreign: bool,
    pub(super) file_count: u32,
    pub(super) kept: Vec<Kept>,
    pub(super) progress: Progress,
    pub(super) bare: Vec<BareRun>,
    pub(super) named: Vec<NamedActors>,
    /// Counts the lines of the file that is being read.
    pub(super) lines: Option<LineCounter>,
    pub(super) repeated: u64,
    pub(super) repeated_retracted: u64,
    pub(super) skipped: BTreeSet<Origin>,
    /// Records with an error of their own.
    pub(super) broken: Vec<(Origin, String)>,
}

/// How far the files are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress {
    watch: Option<Watch>,
    total: u64,
    /// The bytes of the files before this one.
    before: u64,
    file: String,
    bytes: u64,
    text_bytes: u64,
    ties: u32,
}

/// After so many ties it is told how far they are.
const TIES: u32 = 1 << 16;

impl Progress {
    pub(super) fn of(watch: Option<Watch>, total: u64) -> Self {
        Self { watch, total, ..Self::default() }
    }

    /// The next file is read.
    pub(super) fn begin(&mut self, file: &Path, bytes: u64) {
        self.before += self.bytes;
        (self.file, self.bytes) = (file.display().to_string(), bytes);
        self.tell(Step::Reading { file: &self.file, done: self.before, total: self.total });
    }

    pub(super) fn tell(&self, step: Step<'_>) {
        if let Some(watch) = self.watch {
            watch(step);
        }
    }

    /// A tie was read.
    fn tie(&mut self, origin: Origin) {
        self.ties = self.ties.wrapping_add(1);
        if self.watch.is_some() && self.ties.is_multiple_of(TIES) {
            // Of a file that was packed the text is longer.
            let share =
                u128::from(self.bytes) * u128::from(origin.start) / u128::from(self.text_bytes.max(1));
            let done = self.before + u64::try_from(share).unwrap_or(self.bytes);
            self.tell(Step::Reading { file: &self.file, done, total: self.total });
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    #[default]
    Archive,
    Retracted,
    Load,
}

impl Intake {
    /// Whether a record with an id goes on to the builder; it is kept, if it is new.
    fn takes(&mut self, kind: Kind, content: u128, origin: Origin, made: Option<String>) -> bool {
        let takes = self.is_taken(kind, content, None, origin);
        self.keep(takes, Kept { kind, origin, made });
        takes
    }

    fn keep(&mut self, takes: bool, kept: Kept) {
        if takes && self.phase == Phase::Load {
            self.kept.push(kept);
        }
    }

    /// Whether a record with an id goes on to the builder.
    fn is_taken(&mut self, kind: Kind, content: u128, actor: Option<&str>, origin: Origin) -> bool {
        match self.phase {
            Phase::Archive => {
                self.contents.insert(content);
                self.actors.extend(actor.map(Into::into));
                true
            }
            Phase::Retracted => {
                *self.retracted.entry(content).or_insert(0) += 1;
                false
            }
            Phase::Load => {
                // The row of a table that first mentions an actor may be bad, and the actor mentioned again.
                let is_mention = kind == Kind::Actor && self.is_foreign && content != 0;
                if self.skipped.contains(&origin) && !is_mention {
                    return false;
                }
                // A table mentions actors; what the archive says of them stands.
                let mentioned = self.is_foreign && actor.is_some_and(|id| self.actors.contains(id));
                if mentioned || self.contents.contains(&content) {
                    self.repeated += u64::from(!mentioned);
                    return false;
                }
                if self.was_retracted(content) {
                    return false;
                }
                self.fresh.0.push(content);
                if let Some(actor) = actor {
                    self.fresh.1.push(actor);
                }
                true
            }
        }
    }

    /// Whether a tie without an id goes on to the builder.
    fn takes_nameless(&mut self, content: u128, origin: Origin, is_bare: bool) -> bool {
        match self.phase {
            Phase::Archive => *self.counts.entry(content).or_insert(0) += 1,
            Phase::Retracted => {
                *self.retracted.entry(content).or_insert(0) += 1;
                return false;
            }
            Phase::Load => {
                if self.skipped.contains(&origin) {
                    return false;
                }
                if let Some(count) = self.counts.get_mut(&content).filter(|count| **count > 0) {
                    *count -= 1;
                    self.repeated += 1;
                    return false;
                }
                if self.was_retracted(content) {
                    return false;
                }
                if is_bare {
                    self.keep_bare(origin.file);
                } else {
                    self.kept.push(Kept { kind: Kind::Tie, origin, made: None });
                }
            }
        }
        true
    }

    /// Keeps the bare tie that the builder is given next.
    fn keep_bare(&mut self, file: u32) {
        let (tie, before) = (self.builder.bare_count(), self.kept.len());
        match self.bare.last_mut() {
            Some(run) if (run.before, run.file, run.ties.end) == (before, file, tie) => run.ties.end += 1,
            _ => self.bare.push(BareRun { before, file, ties: tie..tie + 1 }),
        }
    }

    fn was_retracted(&mut self, content: u128) -> bool {
        let left = self.retracted.get_mut(&content).filter(|left| **left > 0);
        let found = left.map(|left| *left -= 1).is_some();
        self.repeated_retracted += u64::from(found);
        found
    }

    /// The record as JSON, where it stands in no text.
    fn made(&self, record: &impl serde::Serialize) -> Option<String> {
        (self.phase == Phase::Load && self.is_foreign)
            .then(|| serde_json::to_string(record).expect("records have string keys"))
    }

    /// Keeps an actor of which the id is all, at the line that names it; gives the place that it has.
    fn keep_named(&mut self, id: &str, origin: Origin) -> Origin {
        let line = self.lines.as_mut().map_or(0, |lines| lines.line(origin.start));
        let name = self.builder.actor_number(id);
        if self.named.last().is_none_or(|named| named.file != origin.file) {
            self.named.push(NamedActors { file: origin.file, actors: Vec::new() });
        }
        let actors = self.named.last_mut().map(|named| &mut named.actors).expect("it was pushed");
        actors.push((line, name));
        Origin::bare(
            origin.file,
            line,
            u32::try_from(actors.len() - 1).expect("there are fewer actors than numbers"),
        )
    }

    /// Forgets what tells new records from others.
    pub(super) fn forget(&mut self) {
        (self.counts, self.contents, self.retracted) = Default::default();
        (self.actors, self.fresh, self.lines) = Default::default();
    }

    /// What one file has is known when the next is read.
    pub(super) fn settle(&mut self) {
        let (contents, actors) = std::mem::take(&mut self.fresh);
        self.contents.extend(contents);
        self.actors.extend(actors.iter().map(Into::into));
    }
}

impl Sink for Intake {
    fn file(&mut self, file: SourceFile) -> u32 {
        self.settle();
        self.is_foreign = file.rows.is_some();
        self.progress.text_bytes = file.text.len() as u64;
        self.lines = Some(LineCounter::of(&file.text));
        self.file_count += 1;
        self.builder.file(file)
    }

    fn default_cites(&self, file: u32) -> &[Citation] {
        self.builder.default_cites(file)
    }

    fn relation(&mut self, relation: Relation, origin: Origin) {
        let made = self.made(&relation);
        if self.takes(Kind::Relation, content_hash(&relation), origin, made) {
            self.builder.relation(relation, origin);
        }
    }

    fn reference(&mut self, reference: Reference, origin: Origin) {
        let made = self.made(&reference);
        if self.takes(Kind::Reference, content_hash(&reference), origin, made) {
            self.builder.reference(reference, origin);
        }
    }

    fn actor(&mut self, row: ActorRow<'_>, origin: Origin) {
        if !self.is_taken(Kind::Actor, row.content, Some(row.id), origin) {
            return;
        }
        // Of files of which rows are left out each actor is held against these.
        let is_new = self.phase == Phase::Load && self.is_foreign;
        if is_new && row.is_bare && self.skipped.is_empty() {
            let origin = self.keep_named(row.id, origin);
            self.builder.actor(row, origin);
            return;
        }
        // A table's row is the place of its actors and of a tie; each actor is told apart by its id.
        let made = is_new.then(|| row.id.to_owned());
        self.keep(true, Kept { kind: Kind::Actor, origin, made });
        self.builder.actor(row, origin);
    }

    fn same(&mut self, same: Same, origin: Origin) {
        if self.takes(Kind::Same, content_hash(&same), origin, None) {
            self.builder.same(same, origin);
        }
    }

    fn tie(&mut self, row: TieRow<'_>, origin: Origin) {
        self.progress.tie(origin);
        let takes = match row.id {
            Some(_) => self.takes(Kind::Tie, row.content, origin, None),
            None => self.takes_nameless(row.content, origin, false),
        };
        if takes {
            self.builder.tie(row, origin);
        }
    }

    fn actor_number(&mut self, id: &str) -> ActorNumber {
        self.builder.actor_number(id)
    }

    fn look_ahead<'a>(&self, ids: impl Iterator<Item = &'a str>) {
        self.builder.look_ahead(ids);
    }

    fn relation_number(&mut self, id: &str) -> RelationNumber {
        self.builder.relation_number(id)
    }

    fn dating_number(&mut self, dating: &Dating) -> DatingNumber {
        self.builder.dating_number(dating)
    }

    fn cites_number(&mut self, cites: &[Citation]) -> CitesNumber {
        self.builder.cites_number(cites)
    }

    fn claim_number(&mut self, dating: DatingNumber, status: Status, cites: CitesNumber) -> ClaimNumber {
        self.builder.claim_number(dating, status, cites)
    }

    fn plain_tie(&mut self, row: PlainRow<'_>, origin: Origin) {
        self.progress.tie(origin);
        let takes = match row.id {
            Some(_) => self.takes(Kind::Tie, row.content, origin, None),
            None => self.takes_nameless(row.content, origin, row.is_bare),
        };
        if takes {
            // Of a bare tie line and number are kept; the number follows when all is read.
            let is_new = row.is_bare && row.id.is_none() && self.phase == Phase::Load;
            let number = self.bare.last().map_or(0, |run| run.ties.end - 1);
            let line = self.lines.as_mut().filter(|_| is_new).map(|lines| lines.line(origin.start));
            let origin = line.map_or(origin, |line| Origin::bare(origin.file, line, number));
            self.builder.plain_tie(row, origin);
        }
    }

    fn fault(&mut self, fault: Fault, origin: Origin) {
        if self.skipped.contains(&origin) {
            return;
        }
        if self.phase == Phase::Load && fault.severity == Severity::Error {
            self.broken.push((origin, fault.message.clone()));
        }
        self.builder.fault(fault, origin);
    }

    fn fault_at(&mut self, fault: Fault, file: u32, byte: usize) {
        let byte = byte as u64;
        if self.skipped.iter().any(|row| row.file == file && row.start <= byte && byte <= row.end) {
            return;
        }
        if self.phase == Phase::Load && fault.severity == Severity::Error {
            self.broken.push((Origin { file, start: byte, end: byte }, fault.message.clone()));
        }
        self.builder.fault_at(fault, file, usize::try_from(byte).unwrap_or(usize::MAX));
    }
}
