//! `add`: ties, actors and references, from flags or as JSON on stdin.

mod flags;

use std::{
    collections::BTreeSet,
    io::{self, Read},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use serde_json::value::RawValue;

use chancery::{
    dataset::{ActorIndex, Builder, Dataset, Problem, Sink, SourceFile},
    format::native::edit::{self, EMPTY, Record, What},
    model::{ActorId, Fault, Severity, Tie},
    report::Edited,
};

use self::flags::Flags;
use super::{
    archive::ArchiveEdit,
    edit::{Edit, EditArgs, refused},
    failure::Failure,
    output::note_line,
};

/// What can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A tie
    Tie,
    /// An actor
    Actor,
    /// A reference
    Reference,
}

impl From<Kind> for What {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Tie => Self::Tie,
            Kind::Actor => Self::Actor,
            Kind::Reference => Self::Reference,
        }
    }
}

/// Add a tie, an actor or a reference to a JSON graph or an archive, from flags or as JSON.
///
/// The record is checked by itself, then with the whole dataset; if either has an error, nothing is written.
/// It goes on one line, in its place if the list is sorted by id, else at the end; no other byte changes.
/// A tie without an id gets one from what it says.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery add tie --source Mongolia --target \"South Korea\" --relation visit --when 1999-05 \\
      --cite gazette --locator \"p. 3\" --into my-graph.json
  chancery add actor oyun --kind person --name en:Oyun --name zh-Hant:奧雲 --graph my-graph.json
  chancery add reference gazette --type article-newspaper --title \"The Gazette\" --issued 2003-05-02
  chancery add --json records.json --graph graph/ --dry-run
  echo '{\"id\": \"vienna\", \"kind\": \"place\"}' | chancery add --json - --into graph/actors.json

Without --into: the only file of the dataset, else the one that has most ties between the same actors (for
a tie) or most records of the kind. --into makes a file that is not there.")]
pub(super) struct AddArgs {
    /// What to add; told by its keys in JSON
    #[arg(value_name = "WHAT")]
    what: Option<Kind>,
    /// Its id; a tie needs none
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Read records from a JSON file, or from stdin (-): one, a list, or one after another
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
    #[command(flatten)]
    edit: EditArgs,
}

/// Runs the verb.
pub(super) fn run(args: &AddArgs) -> Result<ExitCode, Failure> {
    if args.json.is_some() && (args.id.is_some() || !args.flags.is_empty()) {
        return Err(Failure::Usage(
            "--json gives whole records; flags and an id have no place beside it".to_owned(),
        ));
    }
    if let Some(edit) = ArchiveEdit::open(&args.edit)? {
        let records = records(args, &edit.dataset)?;
        let message =
            || format!("add {}", records.iter().filter_map(Record::id).collect::<Vec<_>>().join(", "));
        let mut text = EMPTY.to_owned();
        for record in &records {
            text = edit::add(&text, record)?;
        }
        let told = |after: &Dataset| records.iter().map(|record| added(after, record)).collect();
        return edit.add(text, &args.edit, message, told);
    }
    let edit = Edit::open(&args.edit)?;
    let records = records(args, &edit.dataset)?;
    let file = edit.file(|| home(&edit.dataset, &records));
    let mut text = edit.text(file).to_owned();
    for record in &records {
        text = edit::add(&text, record)?;
    }
    edit.finish(file, &text, &args.edit, |after| records.iter().map(|record| added(after, record)).collect())
}

/// The records that are to be added, each with an id.
fn records(args: &AddArgs, dataset: &Dataset) -> Result<Vec<Record>, Failure> {
    let what = args.what.map(What::from);
    let mut records = match (&args.json, what) {
        (Some(path), _) => {
            let (name, text) = input(path)?;
            from_json(&name, &text, what)?
        }
        (None, Some(what)) => {
            if what != What::Tie && args.id.is_none() {
                return Err(Failure::Usage(format!("the {} needs an id", what.as_str())));
            }
            let record = args.flags.record(what, args.id.as_deref(), dataset)?;
            from_json("the command line", &record.to_string(), Some(what))?
        }
        (None, None) => {
            return Err(Failure::Usage(
                "say what to add: tie, actor or reference, or give records with --json".to_owned(),
            ));
        }
    };
    if args.json.is_some() {
        find_names(dataset, &mut records)?;
    }
    name_ties(dataset, &mut records);
    Ok(records)
}

fn input(path: &PathBuf) -> Result<(String, String), Failure> {
    let is_stdin = path.as_os_str() == "-";
    let name = if is_stdin { "the input".to_owned() } else { path.display().to_string() };
    let mut text = String::new();
    let read = if is_stdin {
        io::stdin().lock().read_to_string(&mut text)
    } else {
        std::fs::read_to_string(path).map(|read| {
            text = read;
            0
        })
    };
    read.map_err(|source| refused(format!("cannot read {name}: {source}"), Vec::new()))?;
    Ok((name, text))
}

/// The records of a JSON text, each right by itself; else everything that is wrong with them.
fn from_json(name: &str, text: &str, what: Option<What>) -> Result<Vec<Record>, Failure> {
    let mut builder = Builder::default();
    let source = builder.file(SourceFile::new(name, text.to_owned()));
    let mut records = Vec::new();
    for raw in raws(text, |fault, at| builder.fault_at(fault, source, at)) {
        let start = raw.get().as_ptr() as usize - text.as_ptr() as usize;
        let (record, faults) = Record::read(raw, what);
        records.extend(record);
        for (at, fault) in faults {
            builder.fault_at(fault, source, start + at);
        }
    }
    let (_, problems) = builder.finish();
    let line = |problem: &Problem| {
        // Flags have no lines.
        let line = if name == "the command line" { 0 } else { problem.line };
        Problem { line, ..problem.clone() }.to_string()
    };
    let lines: Vec<String> = problems.iter().map(line).collect();
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(refused("the record is wrong", lines));
    }
    for line in &lines {
        note_line(line);
    }
    if records.is_empty() {
        return Err(Failure::Usage(format!("no record in {name}")));
    }
    Ok(records)
}

/// One value after another, lists opened.
fn raws(text: &str, mut fault: impl FnMut(Fault, usize)) -> Vec<&RawValue> {
    let mut raws = Vec::new();
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    while let Some(value) = values.next() {
        match value {
            Ok(raw) if raw.get().starts_with('[') => {
                raws.extend(serde_json::from_str::<Vec<&RawValue>>(raw.get()).unwrap_or_default());
            }
            Ok(raw) => raws.push(raw),
            Err(error) => {
                let words = error.to_string();
                let words = words.split(" at line ").next().unwrap_or_default();
                fault(Fault::error(&[], format!("not JSON: {words}")), values.byte_offset());
                break;
            }
        }
    }
    raws
}

/// Turns the names of actors in ties into ids, where they are not ids already or of actors in the same input.
fn find_names(dataset: &Dataset, records: &mut [Record]) -> Result<(), Failure> {
    let new: BTreeSet<String> = records
        .iter()
        .filter(|record| record.what() == What::Actor)
        .filter_map(|record| record.id().map(str::to_owned))
        .collect();
    for record in records {
        let Record::Tie(tie) = record else { continue };
        let Tie { source, target, source_for, target_for, via, place, according_to, .. } = tie.as_mut();
        let others = [source_for, target_for, via, place, according_to].into_iter().flatten();
        for id in [source, target].into_iter().chain(others) {
            if new.contains(id.as_str()) || dataset.actors().find(id.as_str()).is_some() {
                continue;
            }
            let name = id.to_string();
            let found = super::names::one(dataset, std::slice::from_ref(&name))?;
            *id = actor_id(dataset, found);
            note_line(&format!("`{name}` is read as `{id}`"));
        }
    }
    Ok(())
}

fn actor_id(dataset: &Dataset, actor: ActorIndex) -> ActorId {
    dataset.actors().id(actor).parse().expect("the id of an actor is an id")
}

/// Gives ids to ties that have none: relation, source, target and date, and a number where that is taken.
fn name_ties(dataset: &Dataset, records: &mut [Record]) {
    let mut taken: BTreeSet<String> =
        records.iter().filter_map(|record| record.id().map(str::to_owned)).collect();
    for record in records {
        let Record::Tie(tie) = record else { continue };
        if tie.id.is_some() {
            continue;
        }
        let dating = &tie.claims()[0].dating;
        let date =
            [dating.when(), dating.start(), dating.attested(), dating.end()].into_iter().flatten().next();
        let mut parts = vec![tie.relation.to_string(), tie.source.to_string(), tie.target.to_string()];
        parts.extend(date.map(ToString::to_string));
        let base = slug(&parts.join("-"));
        let is_free = |id: &str| {
            !taken.contains(id) && dataset.ties().find(id).is_none() && dataset.actors().find(id).is_none()
        };
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let id =
            std::iter::once(base.clone()).chain(numbered).find(|id| is_free(id)).expect("numbers do not end");
        tie.id = id.parse().ok();
        taken.insert(id);
    }
}

/// Letters and digits of any script in small letters, everything else one hyphen.
fn slug(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

/// The file where records like these stand: for a tie, where most ties between its two actors do; else where
/// most records of the kind do.
fn home(dataset: &Dataset, records: &[Record]) -> usize {
    let mut counts = vec![(0_usize, 0_usize); dataset.files().len()];
    let (ties, actors) = (dataset.ties(), dataset.actors());
    let first = records.iter().find(|record| record.what() == What::Tie).or(records.first());
    match first {
        Some(Record::Tie(tie)) => {
            let ends = [&tie.source, &tie.target].map(|id| actors.find(id.as_str()));
            for other in ties.all() {
                let known = [Some(ties.source(other)), Some(ties.target(other))];
                let same = known == ends || known == [ends[1], ends[0]];
                let count = &mut counts[ties.origin(other).file as usize];
                *count = (count.0 + usize::from(same), count.1 + 1);
            }
        }
        Some(Record::Actor(_)) => {
            for actor in actors.all() {
                counts[actors.origin(actor).file as usize].0 += 1;
            }
        }
        Some(Record::Reference(_)) | None => {
            for (reference, _) in dataset.references() {
                counts[dataset.reference_origin(reference).file as usize].0 += 1;
            }
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    counts.iter().position(|count| *count == most).unwrap_or(0)
}

/// What is said of a record that was added.
fn added(after: &Dataset, record: &Record) -> Edited {
    let id = record.id().unwrap_or_default();
    let origin = match record {
        Record::Actor(_) => after.actors().find(id).map(|actor| after.actors().origin(actor)),
        Record::Tie(_) => after.ties().find(id).map(|tie| after.ties().origin(tie)),
        Record::Reference(_) => after.find_reference(id).map(|reference| after.reference_origin(reference)),
    };
    Edited {
        done: "added",
        what: record.what().as_str(),
        id: id.to_owned(),
        place: origin.map(|origin| after.place(origin)).unwrap_or_default(),
        line: record.line(),
    }
}
