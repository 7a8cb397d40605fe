//! The states since 1816, as the program ships them: found by id and code, and by their names.
//!
//! They are read when first asked for: a dataset that defines its states never needs them.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{fold::fold, reading::readings, source_file::Origin, text_map::TextMap};
use crate::model::{Actor, Reference, record::ActorRecord};

/// The file, as it stands in the repository.
pub(super) const TEXT: &str = include_str!("../../gazetteer/states.json");

/// The name of the file in answers and problems.
pub(super) const NAME: &str = "gazetteer/states.json";

/// Codes that may be written without their scheme, in the order in which they are tried.
pub(super) const BARE_SCHEMES: [&str; 2] = ["iso3", "iso2"];

#[derive(Deserialize)]
struct FileText<'t> {
    #[serde(borrow)]
    graph: GraphText<'t>,
    #[serde(borrow)]
    nodes: Vec<&'t RawValue>,
    #[serde(borrow)]
    edges: Vec<Succession<'t>>,
}

#[derive(Deserialize)]
struct GraphText<'t> {
    #[serde(borrow)]
    references: Vec<&'t RawValue>,
}

/// That one state took the place of another.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Succession<'t> {
    source: &'t str,
    target: &'t str,
}

/// A state, and where its record stands in the [text](Gazetteer::text).
#[derive(Debug)]
pub struct State {
    /// Its record.
    pub actor: Actor,
    part: &'static str,
}

/// The states since 1816.
#[derive(Debug)]
pub struct Gazetteer {
    text: Arc<String>,
    /// The places of states by their ids: millions of ids are asked, few of which are theirs.
    by_id: TextMap<Box<str>, usize>,
    /// Sorted by id.
    states: Vec<State>,
    references: Vec<(Reference, &'static str)>,
    /// `scheme:code` to the places of the states that have it, the last to exist first.
    codes: BTreeMap<String, Vec<usize>>,
    /// Predecessor and successor, by id.
    successions: Vec<(&'static str, &'static str)>,
    names: OnceLock<BTreeMap<String, Vec<usize>>>,
    readings: OnceLock<BTreeMap<String, Vec<usize>>>,
}

impl Gazetteer {
    /// The gazetteer in the program, read when first asked for.
    pub fn shipped() -> &'static Self {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER.get_or_init(Self::read)
    }

    fn read() -> Self {
        let file: FileText<'static> = serde_json::from_str(TEXT).expect("a test reads the shipped gazetteer");
        let mut states: Vec<State> = file
            .nodes
            .into_iter()
            .filter_map(|raw| {
                let record: ActorRecord<'_> = serde_json::from_str(raw.get()).ok()?;
                let actor = Actor::from_record(&record, &mut Vec::new())?;
                Some(State { actor, part: raw.get() })
            })
            .collect();
        states.sort_by(|a, b| a.actor.id.cmp(&b.actor.id));
        let mut codes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, state) in states.iter().enumerate() {
            for (scheme, list) in &state.actor.codes {
                for code in list {
                    codes.entry(format!("{scheme}:{code}")).or_default().push(at);
                }
            }
        }
        for list in codes.values_mut() {
            let last = |at: &usize| states[*at].actor.existence.iter().map(|date| date.span().1).max();
            list.sort_by_key(|at| std::cmp::Reverse(last(at)));
        }
        let references = file
            .graph
            .references
            .into_iter()
            .filter_map(|raw| {
                let item = serde_json::from_str(raw.get()).ok()?;
                Some((Reference::from_item(item).ok()?, raw.get()))
            })
            .collect();
        let mut by_id = TextMap::default();
        for (at, state) in states.iter().enumerate() {
            by_id.get_or_insert_with(state.id(), || at);
        }
        let successions = file.edges.iter().map(|edge| (edge.target, edge.source)).collect();
        Self {
            text: Arc::new(TEXT.to_owned()),
            by_id,
            states,
            references,
            codes,
            successions,
            names: OnceLock::new(),
            readings: OnceLock::new(),
        }
    }

    /// The text of the file.
    pub fn text(&self) -> &Arc<String> {
        &self.text
    }

    /// All states, sorted by id.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The state with an id.
    pub fn find(&self, id: &str) -> Option<&State> {
        self.by_id.get(id).map(|at| &self.states[at])
    }

    /// The state with a code: `cow:732`, or an ISO 3166 code without its scheme; of several the last to exist.
    pub fn by_code(&self, code: &str) -> Option<&State> {
        self.with_code(code).next()
    }

    fn with_code(&self, code: &str) -> impl Iterator<Item = &State> {
        let bare =
            BARE_SCHEMES.iter().filter(|_| !code.contains(':')).map(|scheme| format!("{scheme}:{code}"));
        let list = [code.to_owned()].into_iter().chain(bare).find_map(|code| self.codes.get(&code));
        list.into_iter().flatten().map(|at| &self.states[*at])
    }

    /// The states that a text means: by id, by code, or by a name after folding.
    pub fn named(&self, text: &str) -> Vec<&State> {
        if let Some(state) = self.find(text) {
            return vec![state];
        }
        let by_code: Vec<&State> = self.with_code(text).collect();
        if !by_code.is_empty() {
            return by_code;
        }
        let names = self.names.get_or_init(|| self.keyed(|state| state.texts().map(fold).collect()));
        names.get(&fold(text)).into_iter().flatten().map(|at| &self.states[*at]).collect()
    }

    /// The states with a Han name that is read like a folded text.
    pub(super) fn read_as(&self, key: &str) -> Vec<&State> {
        let readings =
            self.readings.get_or_init(|| self.keyed(|state| state.texts().flat_map(readings).collect()));
        readings.get(key).into_iter().flatten().map(|at| &self.states[*at]).collect()
    }

    /// Keys of states, to the places of those that have them.
    fn keyed(&self, keys: impl Fn(&State) -> Vec<String>) -> BTreeMap<String, Vec<usize>> {
        let mut keyed: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, state) in self.states.iter().enumerate() {
            for key in keys(state) {
                let list = keyed.entry(key).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        keyed
    }

    /// The states that took the place of another, by id.
    pub fn successors(&self, id: &str) -> impl Iterator<Item = &State> {
        let after = self.successions.iter().filter(move |(before, _)| *before == id);
        after.filter_map(|(_, successor)| self.find(successor))
    }

    /// The reference with an id, and where its record stands.
    pub(super) fn reference(&self, id: &str, file: u32) -> Option<(&Reference, Origin)> {
        let (reference, part) =
            self.references.iter().find(|(reference, _)| reference.id().as_str() == id)?;
        Some((reference, Origin::of(file, TEXT, part)))
    }
}

impl State {
    /// Its id.
    pub fn id(&self) -> &str {
        self.actor.id.as_str()
    }

    /// Its name in English.
    pub fn name(&self) -> &str {
        let english = self.actor.names.iter().find(|name| name.lang.as_deref() == Some("en"));
        english.or(self.actor.names.first()).map_or_else(|| self.id(), |name| &name.text)
    }

    /// Its names and its id.
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.actor.names.iter().map(|name| name.text.as_str()).chain([self.id()])
    }

    /// Its codes, as `scheme:code`.
    pub fn codes(&self) -> impl Iterator<Item = String> {
        let codes = self.actor.codes.iter();
        codes.flat_map(|(scheme, list)| list.iter().map(move |code| format!("{scheme}:{code}")))
    }

    /// Where its record stands, when the gazetteer is a file of a dataset.
    pub(super) fn origin(&self, file: u32) -> Origin {
        Origin::of(file, TEXT, self.part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_of_the_file_is_read_and_found_by_its_codes() {
        let file: FileText<'_> = serde_json::from_str(TEXT).unwrap();
        let gazetteer = Gazetteer::shipped();
        assert_eq!(gazetteer.states().len(), file.nodes.len());
        assert!(gazetteer.states().len() > 200);
        for state in gazetteer.states() {
            for code in state.codes() {
                assert!(gazetteer.named(&code).iter().any(|found| found.id() == state.id()), "{code}");
            }
            for cite in &state.actor.cites {
                assert!(gazetteer.reference(cite.reference.as_str(), 0).is_some(), "{}", cite.reference);
            }
        }
    }

    #[test]
    fn a_bare_code_is_iso_and_the_other_schemes_are_written() {
        let id = |code| Gazetteer::shipped().by_code(code).map(State::id);
        assert_eq!(id("KOR"), Some("south-korea"));
        assert_eq!(id("cow:KOR"), Some("korea"));
        assert_eq!(id("MNG"), Some("mongolia"));
        assert_eq!(id("cow:MNG"), Some("montenegro"));
        assert_eq!(id("cow:MON"), Some("mongolia"));
        assert_eq!(id("MON"), None);
        assert_eq!(id("NA"), Some("namibia"));
        assert_eq!(id("732"), None);
        // Germany and Prussia have one number in that list.
        assert_eq!(id("cow:255"), Some("germany"));
        assert_eq!(id("cow:732"), Some("south-korea"));
    }

    #[test]
    fn a_code_that_collides_means_under_each_scheme_what_the_list_says() {
        let gazetteer = Gazetteer::shipped();
        let mut rows = 0;
        for line in include_str!("../../gazetteer/collisions.csv").lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let [code, scheme, actors, other_scheme, other_actors, ..] = cells[..] else { panic!("{line}") };
            for (scheme, actors) in [(scheme, actors), (other_scheme, other_actors)] {
                if let Some(state) = gazetteer.by_code(&format!("{scheme}:{code}")) {
                    assert!(actors.split_whitespace().any(|id| id == state.id()), "{line}");
                }
                if scheme == "iso3" {
                    let bare = gazetteer.by_code(code).map(State::id);
                    assert!(bare.is_some_and(|id| actors.split_whitespace().any(|one| one == id)), "{line}");
                }
            }
            rows += 1;
        }
        assert!(rows > 10);
    }

    #[test]
    fn names_are_found_in_any_script() {
        for (text, id) in [
            ("ROK", "south-korea"),
            ("大韓民國", "south-korea"),
            ("大韩民国", "south-korea"),
            ("Южная Корея", "south-korea"),
            ("蘇聯", "soviet-union"),
            ("Uruguay", "uruguay"),
        ] {
            let found: Vec<&str> = Gazetteer::shipped().named(text).iter().map(|state| state.id()).collect();
            assert_eq!(found, [id], "{text}");
        }
    }
}
