//! Records that a reader made of a table of which no row is one tie: kept whole, each at its place.
//!
//! For lists that somebody compiled, of some ten thousand records: what is in memory is what is in the
//! dataset. Tables of millions of rows make their records when they are shown.

use std::{collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashMap;

use super::push;
use crate::{
    dataset::{Origin, Rows, Sink},
    model::{Actor, Fault, Relation, Tie},
};

/// A part of a file's text, by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Part {
    /// Where a part of a text stands in it.
    pub(super) fn of(text: &str, part: &str) -> Self {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        Self { start, end: start + part.len() }
    }

    fn origin(self, file: u32) -> Origin {
        Origin { file, start: self.start as u64, end: self.end as u64 }
    }
}

/// What a table gives.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Actors that it defines.
    pub(super) actors: Vec<(Part, Actor)>,
    /// Actors that it names; a definition elsewhere takes their place.
    pub(super) mentions: BTreeMap<String, (Part, Actor)>,
    /// Ties, no two at the same part.
    pub(super) ties: Vec<(Part, Tie)>,
    /// Relations that no vocabulary has.
    pub(super) relations: Vec<Relation>,
    /// What is wrong, and at which byte.
    pub(super) faults: Vec<(usize, Fault)>,
    /// What is to be said of the whole.
    pub(super) notes: Vec<String>,
    /// The newest day that the table knows: year, month, day.
    pub(super) issued: Option<[i32; 3]>,
}

#[derive(Debug)]
struct Made {
    text: Arc<String>,
    actors: BTreeMap<String, Actor>,
    ties: FxHashMap<Part, Tie>,
}

impl Rows for Made {
    fn actor(&self, id: &str, _: &str) -> Actor {
        self.actors.get(id).cloned().expect("the actor was made when the table was read")
    }

    fn tie(&self, row: &str) -> Tie {
        let part = Part::of(&self.text, row);
        self.ties.get(&part).cloned().expect("the tie was made when the table was read")
    }
}

/// Pushes what a table gives.
pub(super) fn push(name: &str, text: &Arc<String>, draft: Draft, sink: &mut impl Sink) {
    let mentions = draft.mentions.values().map(|(_, actor)| actor);
    let actors = mentions.chain(draft.actors.iter().map(|(_, actor)| actor));
    let made = Made {
        text: text.clone(),
        actors: actors.map(|actor| (actor.id.to_string(), actor.clone())).collect(),
        ties: draft.ties.iter().cloned().collect(),
    };
    let file = push::file_of_day(sink, name, text.clone(), Arc::new(made), draft.issued);
    let cites = sink.default_cites(file).to_vec();
    for relation in draft.relations {
        sink.relation(relation, Origin { file, start: 0, end: 0 });
    }
    for (at, fault) in draft.faults {
        sink.fault_at(fault, file, at);
    }
    for (part, actor) in &draft.actors {
        push::actor(sink, actor, false, part.origin(file));
    }
    for (part, actor) in draft.mentions.values() {
        push::mention(sink, actor, part.origin(file));
    }
    for (part, mut tie) in draft.ties {
        tie.cite_by_default(&cites);
        push::tie(sink, &mut tie, true, part.origin(file));
    }
}
