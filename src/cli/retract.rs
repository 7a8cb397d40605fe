//! `retract`: a record out of a graph, with the reason; and back in.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    archive::{Change, Kind},
    dataset::{Dataset, Origin, TieIndex},
    format::native::edit::{self, What},
    model::{Tie, fault::nearest},
    report::Edited,
};

use super::{
    archive::ArchiveEdit,
    edit::{Edit, EditArgs, line_of, refused},
    failure::Failure,
    output::note_line,
};

/// How many of those that name a record are listed.
const MOST_LISTED: usize = 20;

/// Take a tie, an actor or a reference out of a JSON graph or an archive, with the reason; or back in.
///
/// The record goes whole into `graph.retracted` of the same file, of an archive into its history; `--undo` restores
/// it byte for byte. An actor
/// or a reference that others name is not retracted: they are listed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery retract visit-1999 --why \"the gazette withdrew it\" --graph my-graph.json
  chancery retract visit-1999 --undo --graph my-graph.json
  chancery retract old-memo --why \"cited by nothing\" --graph graph/ --dry-run")]
pub(super) struct RetractArgs {
    /// The id of a tie, an actor or a reference
    #[arg(value_name = "ID")]
    id: String,
    /// Why
    #[arg(long, value_name = "TEXT", required_unless_present = "undo")]
    why: Option<String>,
    /// Restore what was last retracted under the id
    #[arg(long, conflicts_with = "why")]
    undo: bool,
    #[command(flatten)]
    edit: EditArgs,
}

/// Runs the verb.
pub(super) fn run(args: &RetractArgs) -> Result<ExitCode, Failure> {
    let why = args.why.as_deref().unwrap_or_default().trim();
    if !args.undo && why.is_empty() {
        return Err(Failure::Usage("--why needs words".to_owned()));
    }
    if let Some(edit) = ArchiveEdit::open(&args.edit)? {
        return if args.undo { restore(edit, args) } else { remove(edit, args, why) };
    }
    let edit = Edit::open(&args.edit)?;
    if args.undo {
        return undo(&edit, args);
    }
    let (what, origin) = free(&edit.dataset, &args.id)?;
    let file = origin.file as usize;
    let start = usize::try_from(origin.start).unwrap_or(usize::MAX);
    let change = edit::retract(edit.text(file), what, start, &args.id, why)?;
    let back = edit::restore(&change.text, &args.id)?;
    if back.is_none_or(|back| back.text != edit.text(file)) {
        note_line(
            "the list is not written one record a line: --undo will restore the record, not the blanks around it",
        );
    }
    let place = line_of(edit.name(file), &change.text, &change.line);
    edit.finish(file, &change.text, &args.edit, |_| {
        vec![Edited { done: "retracted", what: what.as_str(), id: args.id.clone(), place, line: change.line }]
    })
}

/// Takes a record out of an archive.
fn remove(edit: ArchiveEdit, args: &RetractArgs, why: &str) -> Result<ExitCode, Failure> {
    let (what, origin) = free(&edit.dataset, &args.id)?;
    let kind = match what {
        What::Actor => Kind::Actor,
        What::Tie => Kind::Tie,
        What::Reference => Kind::Reference,
    };
    let Some(removal) = edit.archive().removal(origin, kind, &args.id, why)? else {
        return Err(refused(format!("`{}` is in no row of the archive", args.id), Vec::new()));
    };
    let change = Change { removed: vec![removal], restored: Vec::new() };
    let message = || format!("retract {}: {why}", args.id);
    edit.change(change, &args.edit, message, |place, line| Edited {
        done: "retracted",
        what: what.as_str(),
        id: args.id.clone(),
        place,
        line,
    })
}

/// Puts back into an archive what was last taken out under an id.
fn restore(edit: ArchiveEdit, args: &RetractArgs) -> Result<ExitCode, Failure> {
    let removals = edit.archive().removals();
    let ours = removals.iter().filter(|removal| removal.what != Kind::Same);
    let Some(removal) = ours.clone().rfind(|removal| removal.id == args.id) else {
        let near = nearest(&args.id, ours.map(|removal| removal.id.as_str()));
        let hint = near.map(|near| format!("did you mean `{near}`?"));
        return Err(Failure::Nothing { what: "retraction of", id: args.id.clone(), hint });
    };
    let (change, what) = (Change { removed: Vec::new(), restored: vec![removal.undone()] }, removal.what);
    edit.change(
        change,
        &args.edit,
        || format!("restore {}", args.id),
        |place, line| Edited { done: "restored", what: what.as_str(), id: args.id.clone(), place, line },
    )
}

/// A record that nothing names any more; else who does.
fn free(dataset: &Dataset, id: &str) -> Result<(What, Origin), Failure> {
    let (what, origin) = find(dataset, id)?;
    let named = named_by(dataset, what, id);
    if !named.is_empty() {
        let count = named.len();
        let mut lines: Vec<String> =
            named.into_iter().take(MOST_LISTED).map(|line| format!("  {line}")).collect();
        if count > MOST_LISTED {
            lines.push(format!("  … and {} more", count - MOST_LISTED));
        }
        lines.insert(0, format!("{} `{id}` is named by", what.as_str()));
        return Err(refused(format!("{} `{id}` is still named", what.as_str()), lines));
    }
    Ok((what, origin))
}

fn undo(edit: &Edit, args: &RetractArgs) -> Result<ExitCode, Failure> {
    let mut found = Vec::new();
    let mut ids = Vec::new();
    let files = match edit.into {
        Some(file) => file..file + 1,
        None => 0..edit.dataset.files().len(),
    };
    for file in files {
        found.extend(edit::restore(edit.text(file), &args.id)?.map(|change| (file, change)));
        ids.extend(edit::retracted(edit.text(file))?.into_iter().map(|(id, _)| id));
    }
    if found.len() > 1 {
        let lines = found.iter().map(|(file, _)| format!("  {}", edit.name(*file))).collect();
        return Err(refused(
            format!("`{}` was retracted in several files; --into FILE says where", args.id),
            lines,
        ));
    }
    let Some((file, change)) = found.pop() else {
        let near = nearest(&args.id, ids.iter().map(String::as_str));
        let hint = near.map(|near| format!("did you mean `{near}`?"));
        return Err(Failure::Nothing { what: "retraction of", id: args.id.clone(), hint });
    };
    let place = line_of(edit.name(file), &change.text, &change.line);
    edit.finish(file, &change.text, &args.edit, |_| {
        vec![Edited {
            done: "restored",
            what: change.what.as_str(),
            id: args.id.clone(),
            place,
            line: change.line,
        }]
    })
}

fn find(dataset: &Dataset, id: &str) -> Result<(What, Origin), Failure> {
    let (actors, ties) = (dataset.actors(), dataset.ties());
    if let Some(actor) = actors.find(id) {
        if actors.id(actor) != id {
            let hint = format!("  hint: chancery same {id} {} --undo", actors.id(actor));
            return Err(refused(format!("actor `{id}` was merged into `{}`", actors.id(actor)), vec![hint]));
        }
        return Ok((What::Actor, actors.origin(actor)));
    }
    if let Some(tie) = ties.find(id) {
        return Ok((What::Tie, ties.origin(tie)));
    }
    if let Some(reference) = dataset.find_reference(id) {
        return Ok((What::Reference, dataset.reference_origin(reference)));
    }
    let known = ties.all().map(|tie| ties.id(tie)).chain(actors.all().map(|actor| actors.id(actor)));
    let references = dataset.references().map(|(_, reference)| reference.id().as_str());
    let hint = nearest(id, known.chain(references)).map(|near| format!("did you mean `{near}`?"));
    Err(Failure::Nothing { what: "tie, actor or reference", id: id.to_owned(), hint })
}

/// Who names a record, each with its place.
fn named_by(dataset: &Dataset, what: What, id: &str) -> Vec<String> {
    let (actors, ties) = (dataset.actors(), dataset.ties());
    let cites = |cites: &[chancery::model::Citation]| {
        let through = |cite: &chancery::model::Citation| {
            cite.cited_in.as_ref().is_some_and(|known| known.as_str() == id)
        };
        cites.iter().any(|cite| cite.reference.as_str() == id || through(cite))
    };
    let is_naming = |tie: &Tie| match what {
        What::Actor => {
            tie.source.as_str() == id || tie.target.as_str() == id || tie.mentioned().any(|named| named == id)
        }
        What::Tie => tie.about.as_deref() == Some(id),
        What::Reference => tie.claims().iter().any(|claim| cites(&claim.cites)),
    };
    let mut named = Vec::new();
    let merged = actors.merged().iter().filter(|merged| what == What::Actor && actors.id(merged.into) == id);
    named.extend(
        merged.map(|merged| format!("the merge of `{}` at {}", merged.id, dataset.place(merged.said))),
    );
    if what == What::Reference {
        let by_default = dataset.files().iter().filter(|file| cites(&file.cites));
        named.extend(by_default.map(|file| format!("the default `cites` of {}", file.name)));
        let by_actors = actors.all().filter(|actor| cites(&dataset.actor(*actor).cites));
        named.extend(
            by_actors.map(|actor| {
                format!("actor `{}` at {}", actors.id(actor), dataset.place(actors.origin(actor)))
            }),
        );
    }
    // Most ties are about nothing, which is seen without making them: the key would stand there, if it is not escaped.
    let may_name = |tie: &TieIndex| {
        let text = ties.origin(*tie).text(dataset.files());
        what != What::Tie || text.contains("about") || text.contains('\\')
    };
    let by_ties = ties.all().filter(may_name).filter(|tie| is_naming(&dataset.tie(*tie)));
    named.extend(by_ties.map(|tie| format!("tie `{}` at {}", ties.id(tie), dataset.place(ties.origin(tie)))));
    named
}
