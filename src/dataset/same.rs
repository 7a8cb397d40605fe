//! Merges: actors that a file declares to be one.
//!
//! Nothing is destroyed: both records stay in their files. The columns have one row for the two, which has
//! the names and codes of both, and to which the ties of both lead.

use std::collections::BTreeMap;

use crate::{
    date::Window,
    model::{Fault, Same, fault::nearest},
};

use super::{actors::NameEntry, builder::Builder, index::ActorIndex, source_file::Origin};

/// An actor that was merged into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The id that it had.
    pub id: Box<str>,
    /// The actor that it is.
    pub into: ActorIndex,
    /// Why.
    pub why: Option<String>,
    /// Where its own record stands.
    pub record: Origin,
    /// Where the two are declared to be one.
    pub said: Origin,
}

/// What is wrong with merges: actors that are not there, chains, circles, an actor merged twice.
///
/// Merges with a fault are taken out, so that what is left can be done in any order. Actors are sorted.
pub(super) fn check(builder: &mut Builder) -> Vec<(Fault, Origin)> {
    let mut faults = Vec::new();
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    let merges = std::mem::take(&mut builder.same);
    for (same, _) in &merges {
        targets.entry(same.actor.to_string()).or_insert_with(|| same.same_as.to_string());
    }
    let mut done: Vec<(Same, Origin)> = Vec::new();
    for (same, origin) in merges {
        let fault = one(builder, &same, &targets, &done);
        match fault {
            Some(fault) => faults.push((fault, origin)),
            None => done.push((same, origin)),
        }
    }
    builder.same = done;
    faults
}

fn one(
    builder: &Builder,
    same: &Same,
    targets: &BTreeMap<String, String>,
    done: &[(Same, Origin)],
) -> Option<Fault> {
    for (id, key) in [(&same.actor, "actor"), (&same.same_as, "same_as")] {
        if builder.find_actor(id.as_str()).is_none() {
            let near = nearest(id.as_str(), builder.actor_ids());
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            return Some(Fault::error(&[key.into()], format!("no actor `{id}`")).hint(hint));
        }
    }
    if same.actor == same.same_as {
        let message = format!("`{}` is declared the same as itself", same.actor);
        return Some(Fault::error(&["same_as".into()], message));
    }
    if let Some((first, _)) = done.iter().find(|(first, _)| first.actor == same.actor) {
        let message = format!("`{}` is declared the same as `{}` already", same.actor, first.same_as);
        return Some(Fault::error(&["actor".into()], message));
    }
    let next = targets.get(same.same_as.as_str())?;
    let message = format!("`{}` is itself declared the same as `{next}`", same.same_as);
    // The end of the chain, unless it leads back.
    let mut end = next;
    for _ in 0..targets.len() {
        let Some(further) = targets.get(end) else {
            let hint = format!("say that `{}` is the same as `{end}`", same.actor);
            return Some(Fault::error(&["same_as".into()], message).hint(hint));
        };
        end = further;
    }
    let hint = "they lead round in a circle; take one away".to_owned();
    Some(Fault::error(&["same_as".into()], message).hint(hint))
}

/// Puts merged actors together in one row, and gives who was merged, sorted by id.
pub(super) fn merge(builder: &mut Builder) -> Vec<Merged> {
    let mut taken = Vec::new();
    for (same, said) in std::mem::take(&mut builder.same) {
        let Some(at) = builder.find_actor(same.actor.as_str()) else { continue };
        let from = builder.actors.remove(at);
        if let Some(into) = builder.find_actor(same.same_as.as_str()).map(|at| &mut builder.actors[at]) {
            // A preferred name stays so for the actor whose id is kept only.
            into.names.extend(
                from.names.iter().map(|name| NameEntry::new(name.text, name.lang, name.is_shown(), false)),
            );
            into.codes.extend(
                from.codes.iter().filter(|code| !into.codes.contains(code)).copied().collect::<Vec<_>>(),
            );
            if into.existence == Window::ALL {
                into.existence = from.existence;
            }
        }
        taken.push((same, from.origin, said));
    }
    let mut merged: Vec<Merged> = taken
        .into_iter()
        .filter_map(|(same, record, said)| {
            let into = ActorIndex::of(builder.find_actor(same.same_as.as_str())?);
            Some(Merged { id: same.actor.as_str().into(), into, why: same.why, record, said })
        })
        .collect();
    merged.sort_by(|a, b| a.id.cmp(&b.id));
    merged
}
