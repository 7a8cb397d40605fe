//! `same`: two actors are one, or are not after all.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    archive::{Change, Kind},
    dataset::{ActorIndex, Dataset, Origin},
    format::native::edit::{self, EMPTY},
    model::Same,
    report::Edited,
};

use super::{
    archive::ArchiveEdit,
    edit::{Edit, EditArgs, line_of, refused},
    failure::Failure,
    names,
};

/// Declare that two actors of a JSON graph or an archive are one; or take it back.
///
/// The first is the same as the second, whose id is kept: ties, names and codes of both are found under it.
/// Nothing is destroyed: the merge is a record under `graph.same`, and `--undo` takes it away.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery same hk-consulate hong-kong-consulate --why \"one office, two spellings\" --graph my-graph.json
  chancery same hk-consulate hong-kong-consulate --undo --graph my-graph.json
  chancery show hong-kong-consulate --graph my-graph.json")]
pub(super) struct SameArgs {
    /// The actor that gives up its id, and the actor that it is, by any of their names
    #[arg(required = true, value_name = "ACTOR")]
    actors: Vec<String>,
    /// Why they are one
    #[arg(long, value_name = "TEXT", required_unless_present = "undo")]
    why: Option<String>,
    /// Take the merge back
    #[arg(long, conflicts_with = "why")]
    undo: bool,
    #[command(flatten)]
    edit: EditArgs,
}

/// Runs the verb.
pub(super) fn run(args: &SameArgs) -> Result<ExitCode, Failure> {
    if let Some(edit) = ArchiveEdit::open(&args.edit)? {
        return archived(edit, args);
    }
    let edit = Edit::open(&args.edit)?;
    let dataset = &edit.dataset;
    if args.undo {
        return undo(&edit, args);
    }
    let (a, same) = merge(dataset, args)?;
    // The merge stands where the actor does that gives up its id.
    let file = edit.into.unwrap_or(dataset.actors().origin(a).file as usize);
    let (text, line) = edit::merge(edit.text(file), &same)?;
    let place = line_of(edit.name(file), &text, &line);
    edit.finish(file, &text, &args.edit, |_| {
        vec![Edited { done: "merged", what: "actor", id: same.actor.to_string(), place, line }]
    })
}

/// Merges two actors of an archive, or takes that back.
fn archived(edit: ArchiveEdit, args: &SameArgs) -> Result<ExitCode, Failure> {
    if args.undo {
        let (id, said) = said(&edit.dataset, args)?;
        let Some(removal) = edit.archive().removal(said, Kind::Same, &id, "taken back")? else {
            return Err(refused("the merge is in no row of the archive", Vec::new()));
        };
        let change = Change { removed: vec![removal], restored: Vec::new() };
        return edit.change(
            change,
            &args.edit,
            || format!("{id} is not the same"),
            |place, line| Edited { done: "unmerged", what: "actor", id: id.clone(), place, line },
        );
    }
    let (_, same) = merge(&edit.dataset, args)?;
    let (text, line) = edit::merge(EMPTY, &same)?;
    let message = || format!("{} is the same as {}", same.actor, same.same_as);
    let place = format!("commit {}", edit.archive().last() + 1);
    edit.add(text, &args.edit, message, |_| {
        vec![Edited { done: "merged", what: "actor", id: same.actor.to_string(), place, line }]
    })
}

/// The merge that is asked for, and the actor that gives up its id.
fn merge(dataset: &Dataset, args: &SameArgs) -> Result<(ActorIndex, Same), Failure> {
    let found = names::several(dataset, &args.actors, 2)?;
    let (a, b) = (found[0], found[1]);
    let why = args.why.as_deref().unwrap_or_default().trim();
    if why.is_empty() {
        return Err(Failure::Usage("--why needs words".to_owned()));
    }
    let actors = dataset.actors();
    if a == b {
        let lines =
            actors.merged().iter().filter(|merged| merged.into == a).map(|merged| told(dataset, &merged.id));
        return Err(refused(format!("both are `{}` already", actors.id(a)), lines.collect()));
    }
    let id = |actor| actors.id(actor).parse().expect("the id of an actor is an id");
    let same = Same { actor: id(a), same_as: id(b), why: Some(why.to_owned()) };
    Ok((a, same))
}

fn undo(edit: &Edit, args: &SameArgs) -> Result<ExitCode, Failure> {
    let (id, said) = said(&edit.dataset, args)?;
    let file = said.file as usize;
    let into = edit.dataset.actors().find(&id).map(|into| edit.dataset.actors().id(into)).unwrap_or_default();
    let Some((text, line)) = edit::unmerge(edit.text(file), &id, into)? else {
        return Err(refused("the merge is not where it was read", Vec::new()));
    };
    let place = edit.dataset.place(said);
    edit.finish(file, &text, &args.edit, |_| {
        vec![Edited { done: "unmerged", what: "actor", id: id.clone(), place, line }]
    })
}

/// The id that was given up in the merge that is meant, and where the merge is declared.
fn said(dataset: &Dataset, args: &SameArgs) -> Result<(String, Origin), Failure> {
    let actors = dataset.actors();
    let found = names::several(dataset, &args.actors, 2)?;
    let into = found[1];
    let mut merged: Vec<_> = actors.merged().iter().filter(|merged| merged.into == into).collect();
    // After a merge the names of the first lead to the second: its old id tells which merge is meant.
    if merged.iter().any(|merged| *merged.id == *args.actors[0]) {
        merged.retain(|merged| *merged.id == *args.actors[0]);
    }
    let [one] = merged.as_slice() else {
        if merged.is_empty() || found[0] != into {
            let id = format!("`{}` and `{}`", actors.id(found[0]), actors.id(into));
            return Err(refused(format!("nothing says that {id} are one"), Vec::new()));
        }
        let lines = merged.iter().map(|merged| told(dataset, &merged.id)).collect();
        return Err(refused("several are merged; say which by its old id", lines));
    };
    Ok((one.id.to_string(), one.said))
}

fn told(dataset: &Dataset, id: &str) -> String {
    let merged = dataset.actors().merged().iter().find(|merged| &*merged.id == id);
    let place = merged.map(|merged| dataset.place(merged.said)).unwrap_or_default();
    format!("  `{id}` was merged at {place}")
}
