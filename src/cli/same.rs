//! `same`: two actors are one, or are not after all.

use std::process::ExitCode;

use clap::Args;

use chancery::{dataset::Dataset, format::native::edit, model::Same, report::Edited};

use super::{
    edit::{Edit, EditArgs, line_of, refused},
    failure::Failure,
    names,
};

/// Declare that two actors of a JSON graph are one; or take it back.
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
    let edit = Edit::open(&args.edit)?;
    let dataset = &edit.dataset;
    let found = names::several(dataset, &args.actors, 2)?;
    let (a, b) = (found[0], found[1]);
    if args.undo {
        return undo(&edit, args);
    }
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
    // The merge stands where the actor does that gives up its id.
    let file = edit.into.unwrap_or(actors.origin(a).file as usize);
    let (text, line) = edit::merge(edit.text(file), &same)?;
    let place = line_of(edit.name(file), &text, &line);
    edit.finish(file, &text, &args.edit, |_| {
        vec![Edited { done: "merged", what: "actor", id: same.actor.to_string(), place, line }]
    })
}

fn undo(edit: &Edit, args: &SameArgs) -> Result<ExitCode, Failure> {
    let dataset = &edit.dataset;
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
    let file = one.said.file as usize;
    let Some((text, line)) = edit::unmerge(edit.text(file), &one.id, actors.id(into))? else {
        return Err(refused("the merge is not where it was read", Vec::new()));
    };
    let place = dataset.place(one.said);
    edit.finish(file, &text, &args.edit, |_| {
        vec![Edited { done: "unmerged", what: "actor", id: one.id.to_string(), place, line }]
    })
}

fn told(dataset: &Dataset, id: &str) -> String {
    let merged = dataset.actors().merged().iter().find(|merged| &*merged.id == id);
    let place = merged.map(|merged| dataset.place(merged.said)).unwrap_or_default();
    format!("  `{id}` was merged at {place}")
}
