//! Actors as they come, before they are sorted and made into columns.

use super::{
    actors::{Actors, NameEntry},
    builder::{Builder, Cited},
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
    Actors {
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
