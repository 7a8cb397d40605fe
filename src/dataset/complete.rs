//! Completes rows by the gazetteer: states that ties name and nobody defines, and names of those that
//! have none.

use std::collections::BTreeMap;

use super::{
    builder::Builder,
    gazetteer::{BARE_SCHEMES, Gazetteer, NAME, State},
    sink::{ActorRow, NameRow, Sink},
    sort::sort_by_text,
    source_file::SourceFile,
};
use crate::model::{ActorId, ActorKind, Reference};

/// What ties call actors by other words than their ids: codes.
pub(super) type Aliases = BTreeMap<Box<str>, ActorId>;

/// Completes the rows of a builder, whose actors are sorted by id; they are sorted again where some came.
pub(super) fn complete(builder: &mut Builder) -> Aliases {
    inherit_names(builder);
    let aliases = name_by_code(builder);
    let Builder { actors, named, .. } = builder;
    sort_by_text(actors, |actor| named.text(actor.named), |a, b| a.origin.cmp(&b.origin));
    aliases
}

fn inherit_names(builder: &mut Builder) {
    for at in 0..builder.actors.len() {
        let actor = &builder.actors[at];
        let kind = actor.kind();
        let may_be_state = matches!(kind, None | Some(ActorKind::Country | ActorKind::Territory));
        if !actor.names.is_empty() || !may_be_state {
            continue;
        }
        let gazetteer = Gazetteer::shipped();
        let text = |row: u32| builder.codes.text(row);
        let by_code = actor
            .codes
            .iter()
            .find_map(|(scheme, code)| gazetteer.by_code(&format!("{}:{}", text(*scheme), text(*code))));
        // An id of two letters says too little of a node of which nothing else is known.
        let id = builder.actor_id(actor);
        let is_code = id.len() == 3 || kind.is_some();
        let by_id = || gazetteer.find(id).or_else(|| if is_code { gazetteer.by_code(id) } else { None });
        let Some(state) = by_code.or_else(by_id) else { continue };
        let names = state.actor.names.iter().map(|name| builder.name_entry(&NameRow::of(name))).collect();
        builder.actors[at].names = names;
    }
}

/// Finds the actors that ties and coverage name by a code, and adds the states that nobody defines.
fn name_by_code(builder: &mut Builder) -> Aliases {
    let mut unknown: Vec<u32> = Vec::new();
    let observed: Vec<ActorId> =
        builder.files.iter().flat_map(|file| &file.coverage).flat_map(|of| &of.actors).cloned().collect();
    let observed: Vec<u32> = observed.iter().map(|id| builder.named.number(id.as_str())).collect();
    // What is defined need not be asked.
    let mut asked = vec![false; builder.named.len()];
    for actor in &builder.actors {
        asked[actor.named as usize] = true;
    }
    let mut ask = |number: u32| {
        if !std::mem::replace(&mut asked[number as usize], true) {
            unknown.push(number);
        }
    };
    for (_, row) in builder.ties.rows() {
        let mentions = builder.ties.more(&row).mentions.iter().map(|(_, mentioned)| *mentioned);
        [row.source, row.target].into_iter().chain(mentions).for_each(&mut ask);
    }
    observed.into_iter().for_each(ask);
    if unknown.is_empty() {
        return Aliases::new();
    }
    let own = own_codes(builder);
    let gazetteer = Gazetteer::shipped();
    let mut file = None;
    let mut aliases = Aliases::new();
    let mut renumbered: BTreeMap<u32, u32> = BTreeMap::new();
    for number in unknown {
        let text: Box<str> = builder.named.text(number).into();
        let schemes = BARE_SCHEMES.map(|scheme| format!("{scheme}:{text}"));
        let codes = [text.to_string()].into_iter().chain(schemes);
        let id = match codes.into_iter().find_map(|code| own.get(&code)) {
            Some(id) => id.clone(),
            None => match gazetteer.find(&text).or_else(|| gazetteer.by_code(&text)) {
                Some(state) => {
                    let is_new = builder.actor_ids().all(|id| id != state.id());
                    if is_new {
                        adopt(builder, &mut file, state);
                    }
                    state.id().into()
                }
                None => continue,
            },
        };
        if id != text
            && let Ok(whole) = id.parse()
        {
            renumbered.insert(number, builder.named.number(&id));
            aliases.insert(text, whole);
        }
    }
    let renumber = |number: &mut u32| *number = renumbered.get(number).copied().unwrap_or(*number);
    if !renumbered.is_empty() {
        builder.spell_out_bare();
        let (rows, beyond) = builder.ties.rows_mut();
        for row in rows {
            renumber(&mut row.source);
            renumber(&mut row.target);
        }
        for more in beyond {
            more.source_for.iter_mut().for_each(renumber);
            more.target_for.iter_mut().for_each(renumber);
            more.mentions.iter_mut().for_each(|(_, mentioned)| renumber(mentioned));
        }
    }
    aliases
}

/// `scheme:code` to the id of the one actor of the dataset that has it.
fn own_codes(builder: &Builder) -> BTreeMap<String, Box<str>> {
    let text = |row: u32| builder.codes.text(row);
    let mut own: BTreeMap<String, Option<Box<str>>> = BTreeMap::new();
    for actor in &builder.actors {
        for (scheme, code) in &actor.codes {
            let id = own.entry(format!("{}:{}", text(*scheme), text(*code)));
            id.and_modify(|id| *id = None).or_insert_with(|| Some(builder.actor_id(actor).into()));
        }
    }
    own.into_iter().filter_map(|(code, id)| Some((code, id?))).collect()
}

/// Adds a state of the gazetteer, with the references that it cites.
fn adopt(builder: &mut Builder, file: &mut Option<u32>, state: &State) {
    let gazetteer = Gazetteer::shipped();
    let file = *file.get_or_insert_with(|| {
        let text = gazetteer.text().clone();
        builder.file(SourceFile::new(NAME, text))
    });
    for cite in &state.actor.cites {
        let id = cite.reference.as_str();
        let is_known = |(reference, _): &(Reference, _)| reference.id().as_str() == id;
        if !builder.references.iter().any(is_known)
            && let Some((reference, origin)) = gazetteer.reference(id, file)
        {
            builder.reference(reference.clone(), origin);
        }
    }
    builder.actor(ActorRow::of(&state.actor), state.origin(file));
}
