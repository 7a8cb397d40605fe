//! The columns of actors.

use crate::{
    date::{Day, Window},
    model::ActorKind,
};

use super::{
    column::{Column, Lists, Texts},
    index::ActorIndex,
    same::Merged,
    source_file::Origin,
};

/// A name in the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NameEntry {
    /// Row of the text.
    pub(crate) text: u32,
    /// Row of the language tag.
    pub(crate) lang: u16,
    pub(crate) shown: bool,
    pub(crate) preferred: bool,
}

/// The columns of actors, one row an actor, sorted by id.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    pub(super) ids: Texts,
    pub(super) kinds: Column<Option<ActorKind>>,
    pub(super) names: Lists<NameEntry>,
    pub(super) name_texts: Texts,
    pub(super) langs: Texts,
    /// Scheme and code, both rows of `code_texts`.
    pub(super) codes: Lists<(u32, u32)>,
    pub(super) code_texts: Texts,
    pub(super) existence: Column<Window>,
    pub(super) same_day: Column<bool>,
    pub(super) organ_of: Column<Option<ActorIndex>>,
    pub(super) citizen_of: Column<Option<ActorIndex>>,
    pub(super) origins: Column<Origin>,
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
        self.kinds[actor.at()]
    }

    /// First and last day on which it may have existed.
    pub fn existence(&self, actor: ActorIndex) -> Window {
        self.existence[actor.at()]
    }

    /// Whether the ties of this event share a day.
    pub fn is_same_day(&self, actor: ActorIndex) -> bool {
        self.same_day[actor.at()]
    }

    /// The actor whose organ it is by its own record, at all times; ties may say more.
    pub fn organ_of(&self, actor: ActorIndex) -> Option<ActorIndex> {
        self.organ_of[actor.at()]
    }

    /// The actor whose citizens they are by their own record, at all times; ties may say more.
    pub fn citizen_of(&self, actor: ActorIndex) -> Option<ActorIndex> {
        self.citizen_of[actor.at()]
    }

    /// Its names: text, language tag, and whether answers may show it.
    pub fn names(&self, actor: ActorIndex) -> impl Iterator<Item = (&str, &str, bool)> {
        self.names
            .row(actor.0)
            .iter()
            .map(|name| (self.name_texts.get(name.text), self.langs.get(u32::from(name.lang)), name.shown))
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
            name.shown
                && (lang.is_empty()
                    || tag == lang
                    || tag.strip_prefix(lang).is_some_and(|rest| rest.starts_with('-')))
        };
        let name =
            names.iter().filter(fits).find(|name| name.preferred).or_else(|| names.iter().find(fits))?;
        Some(self.name_texts.get(name.text))
    }

    /// Where its record stands.
    pub fn origin(&self, actor: ActorIndex) -> Origin {
        self.origins[actor.at()]
    }

    /// The days on which both of two actors may have existed; all days when there are none.
    pub fn common_existence(&self, a: ActorIndex, b: ActorIndex) -> Window {
        let (a, b) = (self.existence(a), self.existence(b));
        Window::new(Day::max(a.first(), b.first()), Day::min(a.last(), b.last())).unwrap_or(Window::ALL)
    }
}
