//! Finds actors by any of their names, ids and codes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Dataset,
    actors::Actors,
    column::number,
    fold::{fold, is_han},
    index::ActorIndex,
};

/// How an actor was found, the surest way first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    /// By a part of a name or id, after folding.
    Part,
}

impl Found {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Code => "code",
            Self::Name => "name",
            Self::Folded => "folded",
            Self::Part => "part",
        }
    }
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// One actor.
    One(ActorIndex, Found),
    /// Several actors, in order.
    Several(Vec<ActorIndex>),
    /// No actor; the nearest, best first, each with the name that is near.
    None(Vec<(ActorIndex, String)>),
}

/// Codes that may be written without their scheme, in the order in which they are tried.
const BARE_SCHEMES: [&str; 2] = ["iso3", "iso2"];

/// How many near names are offered.
const NEAREST_COUNT: usize = 5;

/// Names and codes to actors, made when first asked.
#[derive(Debug)]
pub(super) struct Index {
    /// Folded names, with the text row of the name.
    folded: BTreeMap<String, Vec<(ActorIndex, u32)>>,
    /// `scheme:code`.
    codes: BTreeMap<String, Vec<ActorIndex>>,
}

impl Index {
    pub(super) fn new(actors: &Actors) -> Self {
        let mut index = Self { folded: BTreeMap::new(), codes: BTreeMap::new() };
        let keys: Vec<String> = actors.name_texts.iter().map(fold).collect();
        for actor in actors.all() {
            for name in actors.names.row(actor.0) {
                let list = index.folded.entry(keys[name.text as usize].clone()).or_default();
                if !list.contains(&(actor, name.text)) {
                    list.push((actor, name.text));
                }
            }
            for (scheme, code) in actors.codes(actor) {
                index.codes.entry(format!("{scheme}:{code}")).or_default().push(actor);
            }
        }
        index
    }
}

impl Dataset {
    /// Finds the actor that a text names: by id, by code (`cow:712`; ISO codes also bare), by a name
    /// as written, and then by its fold.
    ///
    /// # Complexity
    /// Time O(log V) once the index is made, which is when a text is no id; O(N) string distances when
    /// nothing fits, for N names.
    pub fn lookup(&self, text: &str) -> Lookup {
        let text = text.trim();
        if let Some(actor) = self.actors.find(text) {
            return Lookup::One(actor, Found::Id);
        }
        let index = self.index();
        let codes =
            [text.to_owned()].into_iter().chain(BARE_SCHEMES.map(|scheme| format!("{scheme}:{text}")));
        for code in codes {
            if let Some(actors) = index.codes.get(&code) {
                return one_or_several(actors.clone(), Found::Code);
            }
        }
        let Some(candidates) = index.folded.get(&fold(text)) else {
            return self.lookup_folded_id(text);
        };
        let exact: Vec<ActorIndex> = candidates
            .iter()
            .filter(|(_, name)| self.actors.name_texts.get(*name) == text)
            .map(|(actor, _)| *actor)
            .collect();
        if exact.is_empty() {
            one_or_several(candidates.iter().map(|(actor, _)| *actor).collect(), Found::Folded)
        } else {
            one_or_several(exact, Found::Name)
        }
    }

    fn lookup_folded_id(&self, text: &str) -> Lookup {
        let key = fold(text);
        let same: Vec<ActorIndex> =
            self.actors.all().filter(|actor| fold(self.actors.id(*actor)) == key).collect();
        if same.is_empty() { Lookup::None(self.nearest(text)) } else { one_or_several(same, Found::Folded) }
    }

    /// The actors whose names are nearest to a text, best first.
    pub fn nearest(&self, text: &str) -> Vec<(ActorIndex, String)> {
        let key = fold(text);
        let mut scored: Vec<(f64, ActorIndex, &str)> = Vec::new();
        for (folded, list) in &self.index().folded {
            let score = similarity(&key, folded);
            for (actor, name) in list {
                scored.push((score, *actor, self.actors.name_texts.get(*name)));
            }
        }
        for actor in self.actors.all() {
            let id = self.actors.id(actor);
            scored.push((similarity(&key, &fold(id)), actor, id));
        }
        scored.retain(|(score, _, _)| *score >= 0.55);
        scored.sort_by(|(x, a, n), (y, b, m)| y.total_cmp(x).then_with(|| (a, n).cmp(&(b, m))));
        let mut nearest: Vec<(ActorIndex, String)> = Vec::new();
        for (_, actor, name) in scored {
            if nearest.len() < NEAREST_COUNT && !nearest.iter().any(|(other, _)| *other == actor) {
                nearest.push((actor, name.to_owned()));
            }
        }
        nearest
    }

    /// All actors whose id, code or name is a text or holds it, after folding: the surest first, then in
    /// the order of their ids.
    pub fn search(&self, text: &str) -> Vec<(ActorIndex, Found)> {
        let text = text.trim();
        let key = fold(text);
        let mut found: Vec<(Found, ActorIndex)> = self
            .actors
            .all()
            .filter_map(|actor| Some((self.search_one(actor, text, &key)?, actor)))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(found, actor)| (actor, found)).collect()
    }

    fn search_one(&self, actor: ActorIndex, text: &str, key: &str) -> Option<Found> {
        let id = self.actors.id(actor);
        if id == text {
            return Some(Found::Id);
        }
        let is_code = |scheme: &str, code: &str| {
            code == text || text.strip_prefix(scheme).and_then(|rest| rest.strip_prefix(':')) == Some(code)
        };
        if self.actors.codes(actor).any(|(scheme, code)| is_code(scheme, code)) {
            return Some(Found::Code);
        }
        let names = || self.actors.names(actor).map(|(name, _, _)| name);
        if names().any(|name| name == text) {
            return Some(Found::Name);
        }
        let keys: Vec<String> = names().chain([id]).map(fold).collect();
        if keys.iter().any(|name| name == key) {
            return Some(Found::Folded);
        }
        keys.iter().any(|name| name.contains(key)).then_some(Found::Part)
    }
}

fn one_or_several(mut actors: Vec<ActorIndex>, found: Found) -> Lookup {
    actors.sort_unstable();
    actors.dedup();
    match actors.as_slice() {
        [one] => Lookup::One(*one, found),
        _ => Lookup::Several(actors),
    }
}

/// How alike two folded names are, from 0 to 1.
///
/// Han names are short and have no letters to swap: what counts is how many characters they share.
fn similarity(a: &str, b: &str) -> f64 {
    if a.chars().any(is_han) || b.chars().any(is_han) {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let shared = a.iter().filter(|c| b.contains(c)).count();
        return ratio(2 * shared, a.len() + b.len());
    }
    let whole = strsim::normalized_damerau_levenshtein(a, b);
    // The beginning of a longer name: `mongol` for `mongolian people's republic` is near, but less so.
    let starts = a.chars().count() >= 4 && b.starts_with(a);
    if starts { whole.max(0.75) } else { whole }
}

fn ratio(part: usize, whole: usize) -> f64 {
    f64::from(number(part)) / f64::from(number(whole.max(1)))
}
