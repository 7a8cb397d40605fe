//! Finds actors by any of their names, ids and codes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use serde::Serialize;

use crate::model::ActorKind;

use super::{
    Dataset,
    actors::Actors,
    fold::{fold, is_han},
    gazetteer::{BARE_SCHEMES, Gazetteer, State},
    index::ActorIndex,
    keys::Keys,
    near::{Grams, similarity},
    reading::readings as readings_of,
};

/// How an actor was found, the surest way first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Found {
    /// By its id.
    Id,
    /// By a code.
    Code,
    /// By a name as written.
    Name,
    /// By a name or id that is the same after folding.
    Folded,
    /// By a name that the gazetteer has for it.
    Gazetteer,
    /// By a part of a name or id, after folding.
    Part,
    /// By how a Han name is read, in pinyin.
    Reading,
}

impl Found {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Code => "code",
            Self::Name => "name",
            Self::Folded => "folded",
            Self::Gazetteer => "gazetteer",
            Self::Part => "part",
            Self::Reading => "reading",
        }
    }
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// One actor.
    One(ActorIndex, Found),
    /// The last of a lineage, all of which share the name: itself and those that it continues, in order.
    Lineage(ActorIndex, Vec<ActorIndex>),
    /// No actor of the dataset, but a state that the gazetteer knows: its name.
    State(String),
    /// Several actors, in order.
    Several(Vec<ActorIndex>),
    /// No actor; the nearest, best first, each with the name that is near.
    None(Vec<(ActorIndex, String)>),
}

/// How many longer names are compared with the beginning of one.
const LONGER_COUNT: usize = 64;

/// How many near names are offered.
const NEAREST_COUNT: usize = 5;

/// The text row of a key that is an id.
const ID: u32 = u32::MAX;

/// Names, ids and codes to actors, made when first asked or found in a file.
#[derive(Clone, Debug)]
pub(super) struct Index {
    /// Folded names and ids, with the text row of the name.
    pub(super) folded: Keys<(ActorIndex, u32)>,
    /// `scheme:code`.
    pub(super) codes: Keys<ActorIndex>,
    /// The letters that the keys share, made when first a text names nobody.
    grams: OnceLock<Grams>,
    /// How Han names are read, made when first a text names nobody otherwise.
    readings: OnceLock<BTreeMap<String, Vec<ActorIndex>>>,
}

impl Index {
    pub(super) fn new(actors: &Actors) -> Self {
        let keys: Vec<String> = actors.name_texts.iter().map(fold).collect();
        let keys = &keys;
        let folded = actors.all().flat_map(|actor| {
            let names = actors.names.row(actor.0);
            let is_first = |at: usize| !names[..at].iter().any(|before| before.text == names[at].text);
            let names = names.iter().enumerate().filter(move |(at, _)| is_first(*at));
            let names = names.map(move |(_, name)| (keys[name.text as usize].clone(), (actor, name.text)));
            names.chain([(fold(actors.id(actor)), (actor, ID))])
        });
        let codes = actors.all().flat_map(|actor| {
            actors.codes(actor).map(move |(scheme, code)| (format!("{scheme}:{code}"), actor))
        });
        Self::of(Keys::of(folded), Keys::of(codes))
    }

    pub(super) fn of(folded: Keys<(ActorIndex, u32)>, codes: Keys<ActorIndex>) -> Self {
        Self { folded, codes, grams: OnceLock::new(), readings: OnceLock::new() }
    }

    /// The actors with a name that folds to a key; with an id that does, where no name does.
    fn folded(&self, key: &str) -> Vec<(ActorIndex, u32)> {
        let list = self.folded.get(key);
        let names: Vec<(ActorIndex, u32)> = list.iter().copied().filter(|(_, name)| *name != ID).collect();
        if names.is_empty() { list.to_vec() } else { names }
    }

    fn grams(&self) -> &Grams {
        self.grams.get_or_init(|| Grams::of(self.folded.iter().map(|(key, _)| key)))
    }

    /// The actors with a name that is read like a key, in order.
    fn read(&self, key: &str) -> &[ActorIndex] {
        if !key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return &[];
        }
        let readings = self.readings.get_or_init(|| {
            let mut readings: BTreeMap<String, Vec<ActorIndex>> = BTreeMap::new();
            for (name, list) in self.folded.iter() {
                for reading in readings_of(name) {
                    readings.entry(reading).or_default().extend(list.iter().map(|(actor, _)| *actor));
                }
            }
            for list in readings.values_mut() {
                list.sort_unstable();
                list.dedup();
            }
            readings
        });
        readings.get(key).map_or(&[], Vec::as_slice)
    }
}

impl Dataset {
    /// Finds the actor that a text names: by id, by code (`cow:712`; ISO codes also bare), by a name
    /// as written, and then by its fold.
    ///
    /// What the dataset does not call an actor, the gazetteer may: a state of the dataset is then found by
    /// its id or a code of it. What neither names may be how a Han name is read (`menggu`).
    ///
    /// # Complexity
    /// Time O(log N) once the index is made, which is when a text is no id; that of
    /// [`nearest`](Self::nearest) when nothing fits, for N names.
    pub fn lookup(&self, text: &str) -> Lookup {
        let text = text.trim();
        if let Some(actor) = self.actors.find(text) {
            return Lookup::One(actor, Found::Id);
        }
        let index = self.index();
        let codes =
            [text.to_owned()].into_iter().chain(BARE_SCHEMES.map(|scheme| format!("{scheme}:{text}")));
        for code in codes {
            let actors = index.codes.get(&code);
            if !actors.is_empty() {
                return self.one_or_several(actors.to_vec(), Found::Code);
            }
        }
        let candidates = index.folded(&fold(text));
        if candidates.is_empty() {
            return self.lookup_state(text);
        }
        let is_exact = |name: u32| name != ID && self.actors.name_texts.get(name) == text;
        let exact = candidates.iter().filter(|(_, name)| is_exact(*name));
        let exact: Vec<ActorIndex> = exact.map(|(actor, _)| *actor).collect();
        if exact.is_empty() {
            let actors = candidates.iter().map(|(actor, _)| *actor).collect();
            self.one_or_several(actors, Found::Folded)
        } else {
            self.one_or_several(exact, Found::Name)
        }
    }

    /// The actor that the gazetteer knows by a name.
    fn lookup_state(&self, text: &str) -> Lookup {
        let named = Gazetteer::shipped().named(text);
        if !named.is_empty() {
            return self.one_of_states(&named, Found::Gazetteer);
        }
        let key = fold(text);
        let read = self.index().read(&key);
        if !read.is_empty() {
            return self.one_or_several(read.to_vec(), Found::Reading);
        }
        match Gazetteer::shipped().read_as(&key).as_slice() {
            [] => Lookup::None(self.nearest(text)),
            states => self.one_of_states(states, Found::Reading),
        }
    }

    fn one_of_states(&self, states: &[&State], found: Found) -> Lookup {
        let actors: Vec<ActorIndex> = states.iter().filter_map(|state| self.find_state(state)).collect();
        match states {
            [state, ..] if actors.is_empty() => Lookup::State(state.name().to_owned()),
            _ => self.one_or_several(actors, found),
        }
    }

    /// The actor of the dataset that is a state of the gazetteer: the same id, or a code of it.
    pub fn find_state(&self, state: &State) -> Option<ActorIndex> {
        let by_code = || {
            let mut codes = state.codes();
            codes.find_map(|code| match self.index().codes.get(&code) {
                [one] => Some(*one),
                _ => None,
            })
        };
        self.actors.find(state.id()).or_else(by_code)
    }

    fn one_or_several(&self, mut actors: Vec<ActorIndex>, found: Found) -> Lookup {
        actors.sort_unstable();
        actors.dedup();
        match actors.as_slice() {
            [one] => Lookup::One(*one, found),
            _ => match self.last_of_lineage(&actors) {
                Some(last) => Lookup::Lineage(last, actors),
                None => Lookup::Several(actors),
            },
        }
    }

    /// The actors whose names or ids are nearest to a text, best first.
    ///
    /// Names that share rare pairs of letters with it, and longer ones that begin with it, are compared.
    ///
    /// # Complexity
    /// Time O(c) string distances, for the bounded number c of names compared.
    pub fn nearest(&self, text: &str) -> Vec<(ActorIndex, String)> {
        let key = fold(text);
        let index = self.index();
        let longer = index.folded.from(&key).take_while(|(name, _)| name.starts_with(&key));
        let mut keys: BTreeSet<&str> = longer.take(LONGER_COUNT).map(|(name, _)| name).collect();
        keys.extend(index.grams().candidates(&key));
        let mut scored: Vec<(f64, ActorIndex, &str)> = Vec::new();
        for folded in keys {
            let score = similarity(&key, folded);
            for (actor, name) in index.folded.get(folded) {
                let name =
                    if *name == ID { self.actors.id(*actor) } else { self.actors.name_texts.get(*name) };
                scored.push((score, *actor, name));
            }
        }
        // A Han name of two characters with one wrong has half of them right.
        let least = if key.chars().any(is_han) { 0.5 } else { 0.55 };
        scored.retain(|(score, _, _)| *score >= least);
        scored.sort_by(|(x, a, n), (y, b, m)| y.total_cmp(x).then_with(|| (a, n).cmp(&(b, m))));
        let mut nearest: Vec<(ActorIndex, String)> = Vec::new();
        for (_, actor, name) in scored {
            if nearest.len() < NEAREST_COUNT && !nearest.iter().any(|(other, _)| *other == actor) {
                nearest.push((actor, name.to_owned()));
            }
        }
        nearest
    }

    /// All actors whose id, code or name is a text or holds it, after folding: the surest first, states
    /// before others, short names before long ones, then in the order of their ids.
    ///
    /// # Complexity
    /// Time O(c + m log m), for the c codes and names that share the rarest pair of letters of the text and the m
    /// actors found, once the index is made; a single letter looks at all names.
    pub fn search(&self, text: &str) -> Vec<(ActorIndex, Found)> {
        let text = text.trim();
        let key = fold(text);
        let index = self.index();
        let mut surest: BTreeMap<ActorIndex, Found> = BTreeMap::new();
        let mut add = |actor: ActorIndex, found: Found| {
            surest.entry(actor).and_modify(|known| *known = found.min(*known)).or_insert(found);
        };
        if let Some(actor) = self.actors.find(text) {
            add(actor, Found::Id);
        }
        for (code, actors) in index.codes.iter() {
            if code == text || code.strip_suffix(text).is_some_and(|scheme| scheme.ends_with(':')) {
                for actor in actors {
                    add(*actor, Found::Code);
                }
            }
        }
        for name in index.grams().holding(&key) {
            for (actor, row) in index.folded.get(name) {
                let is_written = *row != ID && self.actors.name_texts.get(*row) == text;
                let whole = if is_written { Found::Name } else { Found::Folded };
                add(*actor, if name == key { whole } else { Found::Part });
            }
        }
        for actor in index.read(&key) {
            add(*actor, Found::Reading);
        }
        let mut found: Vec<(Found, ActorIndex)> =
            surest.into_iter().map(|(actor, found)| (found, actor)).collect();
        found.sort_by_cached_key(|(found, actor)| {
            let is_state =
                matches!(self.actors.kind(*actor), Some(ActorKind::Country | ActorKind::Territory));
            (*found, !is_state, self.actors.label(*actor).chars().count(), *actor)
        });
        found.into_iter().map(|(found, actor)| (actor, found)).collect()
    }
}
