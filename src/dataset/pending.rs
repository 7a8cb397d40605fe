//! Actors as they come, before they are sorted and made into columns.

use super::{
    actors::{Actors, NameEntry},
    builder::{Builder, Cited},
    index::ActorIndex,
    same::Merged,
    source_file::Origin,
};
use crate::{date::Window, model::ActorKind};

pub(super) struct PendingActor {
    pub(super) id: Box<str>,
    pub(super) kind: Option<ActorKind>,
    pub(super) names: Vec<NameEntry>,
    pub(super) codes: Vec<(u32, u32)>,
    pub(super) existence: Window,
    pub(super) same_day: bool,
    /// Numbers among what rows name.
    pub(super) organ_of: Option<u32>,
    pub(super) citizen_of: Option<u32>,
    pub(super) is_mention: bool,
    pub(super) content: u128,
    pub(super) cites: Vec<Cited>,
    pub(super) origin: Origin,
}

impl PendingActor {
    pub(super) fn kind(&self) -> Option<ActorKind> {
        self.kind
    }

    pub(super) fn existence(&self) -> Window {
        self.existence
    }
}

pub(super) fn actor_columns(builder: &Builder, merged: Vec<Merged>) -> Actors {
    let rows = &builder.actors;
    // Merges are made by now: the id of an actor that was merged names none here, and leads to it below.
    let row_of = |number: Option<u32>| {
        let id = builder.named.texts[number? as usize].as_ref();
        let id = merged
            .binary_search_by(|merged| (*merged.id).cmp(id))
            .map_or(id, |at| rows[merged[at].into.at()].id.as_ref());
        rows.binary_search_by(|row| row.id.as_ref().cmp(id)).ok().map(ActorIndex::of)
    };
    Actors {
        organ_of: rows.iter().map(|row| row_of(row.organ_of)).collect::<Vec<_>>().into(),
        citizen_of: rows.iter().map(|row| row_of(row.citizen_of)).collect::<Vec<_>>().into(),
        ids: rows.iter().map(|row| row.id.as_ref()).collect(),
        kinds: rows.iter().map(|row| row.kind).collect::<Vec<_>>().into(),
        names: rows.iter().map(|row| row.names.clone()).collect(),
        name_texts: builder.names.texts(),
        langs: builder.langs.texts(),
        codes: rows.iter().map(|row| row.codes.clone()).collect(),
        code_texts: builder.codes.texts(),
        existence: rows.iter().map(|row| row.existence).collect::<Vec<_>>().into(),
        same_day: rows.iter().map(|row| row.same_day).collect::<Vec<_>>().into(),
        origins: rows.iter().map(|row| row.origin).collect::<Vec<_>>().into(),
        merged,
    }
}
