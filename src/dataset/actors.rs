//! The columns of actors.

use crate::{
    date::{Day, Window},
    model::ActorKind,
};

use super::{
    column::{Column, Texts},
    index::ActorIndex,
    lists::Lists,
    same::Merged,
    source_file::{Origin, Span},
};

/// A name in the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub(super) struct NameEntry {
    /// Row of the text.
    pub(super) text: u32,
    /// Row of the language tag.
    pub(super) lang: u16,
    /// 1 where answers may show it, and 2 where they should.
    pub(super) uses: u16,
}

impl NameEntry {
    pub(super) fn new(text: u32, lang: u16, is_shown: bool, is_preferred: bool) -> Self {
        Self { text, lang, uses: u16::from(is_shown) | u16::from(is_preferred) << 1 }
    }

    /// Whether answers may show it.
    pub(super) fn is_shown(self) -> bool {
        self.uses & 1 != 0
    }

    /// Whether answers show it rather than others.
    pub(super) fn is_preferred(self) -> bool {
        self.uses & 2 != 0
    }
}

/// The kind of an actor as columns hold it: its place among all kinds, from 1; 0 for none.
pub(super) fn kind_number(kind: Option<ActorKind>) -> u8 {
    kind.map_or(0, |kind| kind as u8 + 1)
}

/// The columns of actors, one row an actor, sorted by id.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    pub(super) ids: Texts,
    pub(super) kinds: Column<u8>,
    pub(super) names: Lists<NameEntry>,
    pub(super) name_texts: Texts,
    pub(super) langs: Texts,
    /// Scheme and code, both rows of `code_texts`.
    pub(super) codes: Lists<(u32, u32)>,
    pub(super) code_texts: Texts,
    /// First and last day.
    pub(super) existence: Column<[i32; 2]>,
    pub(super) same_day: Column<u8>,
    pub(super) organ_of: Column<ActorIndex>,
    pub(super) citizen_of: Column<ActorIndex>,
    pub(super) origins: Column<Span>,
    /// Sorted by id.
    pub(super) merged: Vec<Merged>,
}

impl Actors {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.ids.len()
    }

    /// All rows in order.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = ActorIndex> + use<> {
        (0..super::column::number(self.count())).map(ActorIndex)
    }

    /// The actor with an id; the id of one that was merged leads to the actor that it is.
    ///
    /// # Complexity
    /// Time O(log V) comparisons, for V actors.
    pub fn find(&self, id: &str) -> Option<ActorIndex> {
        self.ids.binary_search(id).map(ActorIndex).or_else(|| {
            let at = self.merged.binary_search_by(|merged| (*merged.id).cmp(id)).ok()?;
            Some(self.merged[at].into)
        })
    }

    /// The actors that were merged into others, sorted by the ids that they had.
    pub fn merged(&self) -> &[Merged] {
        &self.merged
    }

    /// Its id.
    pub fn id(&self, actor: ActorIndex) -> &str {
        self.ids.get(actor.0)
    }

    /// Its kind, when the data say.
    pub fn kind(&self, actor: ActorIndex) -> Option<ActorKind> {
        let kind = usize::from(self.kinds.at(actor.at()));
        ActorKind::ALL.get(kind.checked_sub(1)?).copied()
    }

    /// First and last day on which it may have existed.
    pub fn existence(&self, actor: ActorIndex) -> Window {
        let [first, last] = self.existence.at(actor.at()).map(Day::from_number);
        Window::new(first, last).unwrap_or(Window::ALL)
    }

    /// Whether the ties of this event share a day.
    pub fn is_same_day(&self, actor: ActorIndex) -> bool {
        self.same_day.at(actor.at()) != 0
    }

    /// The actor whose organ it is by its own record, at all times; ties may say more.
    pub fn organ_of(&self, actor: ActorIndex) -> Option<ActorIndex> {
        self.organ_of.get(actor.at()).and_then(ActorIndex::known)
    }

    /// The actor whose citizens they are by their own record, at all times; ties may say more.
    pub fn citizen_of(&self, actor: ActorIndex) -> Option<ActorIndex> {
        self.citizen_of.get(actor.at()).and_then(ActorIndex::known)
    }

    /// Its names: text, language tag, and whether answers may show it.
    pub fn names(&self, actor: ActorIndex) -> impl Iterator<Item = (&str, &str, bool)> {
        self.names.row(actor.0).iter().map(|name| {
            (self.name_texts.get(name.text), self.langs.get(u32::from(name.lang)), name.is_shown())
        })
    }

    /// Its codes: scheme and code.
    pub fn codes(&self, actor: ActorIndex) -> impl Iterator<Item = (&str, &str)> {
        self.codes
            .row(actor.0)
            .iter()
            .map(|(scheme, code)| (self.code_texts.get(*scheme), self.code_texts.get(*code)))
    }

    /// The name that answers show: the preferred one in English, else the first in English, else the
    /// first in any language, else the id.
    pub fn label(&self, actor: ActorIndex) -> &str {
        self.label_in(actor, "en").or_else(|| self.label_in(actor, "")).unwrap_or_else(|| self.id(actor))
    }

    /// The name that answers show in a language (`zh-Hant`), if it has one; any language when `lang` is empty.
    pub fn label_in(&self, actor: ActorIndex, lang: &str) -> Option<&str> {
        let names = self.names.row(actor.0);
        let fits = |name: &&NameEntry| {
            let tag = self.langs.get(u32::from(name.lang));
            name.is_shown()
                && (lang.is_empty()
                    || tag == lang
                    || tag.strip_prefix(lang).is_some_and(|rest| rest.starts_with('-')))
        };
        let name =
            names.iter().filter(fits).find(|name| name.is_preferred()).or_else(|| names.iter().find(fits))?;
        Some(self.name_texts.get(name.text))
    }

    /// Where its record stands.
    pub fn origin(&self, actor: ActorIndex) -> Origin {
        self.origins.at(actor.at()).into()
    }

    /// The days on which both of two actors may have existed; all days when there are none.
    pub fn common_existence(&self, a: ActorIndex, b: ActorIndex) -> Window {
        let (a, b) = (self.existence(a), self.existence(b));
        Window::new(Day::max(a.first(), b.first()), Day::min(a.last(), b.last())).unwrap_or(Window::ALL)
    }
}
