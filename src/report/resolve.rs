//! Which names of a list are known, ambiguous or unknown, as a mapping to edit.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
};
use crate::dataset::{ActorIndex, Dataset, Found, Gazetteer, Lookup};

/// What became of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Resolution {
    /// It means one actor.
    Known,
    /// It means a state that the dataset does not have.
    State,
    /// It means several.
    Ambiguous,
    /// It means nobody.
    Unknown,
}

impl Resolution {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::State => "state",
            Self::Ambiguous => "ambiguous",
            Self::Unknown => "unknown",
        }
    }
}

/// A name of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ResolvedName {
    /// The name as it stands there.
    pub name: String,
    /// How often.
    pub count: usize,
    /// What became of it.
    pub resolution: Resolution,
    /// The id that it means, where it means one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// How it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Found>,
    /// The ids that it may mean, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
}

/// Which names of a list are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ResolveReport {
    /// The distinct names, in the order of the list.
    pub names: Vec<ResolvedName>,
}

impl ResolveReport {
    /// Looks the names of a list up.
    pub fn new(dataset: &Dataset, list: &[String]) -> Self {
        let mut names: Vec<ResolvedName> = Vec::new();
        let mut places: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for name in list {
            let at = *places.entry(name).or_insert_with(|| {
                names.push(resolve(dataset, name));
                names.len() - 1
            });
            names[at].count += 1;
        }
        Self { names }
    }

    /// How many names became this.
    pub fn count(&self, resolution: Resolution) -> usize {
        self.names.iter().filter(|name| name.resolution == resolution).count()
    }
}

fn resolve(dataset: &Dataset, name: &str) -> ResolvedName {
    let id = |actor: ActorIndex| dataset.actors().id(actor).to_owned();
    let (resolution, actor, found, candidates) = match dataset.lookup(name) {
        Lookup::One(actor, found) => (Resolution::Known, Some(id(actor)), Some(found), Vec::new()),
        Lookup::Lineage(last, all) => {
            (Resolution::Known, Some(id(last)), Some(Found::Name), all.into_iter().map(id).collect())
        }
        Lookup::Several(actors) => (Resolution::Ambiguous, None, None, actors.into_iter().map(id).collect()),
        Lookup::State(_) => {
            let states: Vec<String> =
                Gazetteer::shipped().named(name).iter().map(|state| state.id().to_owned()).collect();
            match states.as_slice() {
                [one] => (Resolution::State, Some(one.clone()), Some(Found::Gazetteer), Vec::new()),
                _ => (Resolution::Ambiguous, None, None, states),
            }
        }
        Lookup::None(near) => {
            (Resolution::Unknown, None, None, near.into_iter().map(|(actor, _)| id(actor)).collect())
        }
    };
    ResolvedName { name: name.to_owned(), count: 0, resolution, actor, found, candidates }
}

impl Report for ResolveReport {
    const SCHEMA: &'static str = "chancery/resolve/1";

    fn document(&self) -> Document {
        let mut document = Document::new(format!(
            "{} names: {} known, {} of states that the dataset does not have, {} ambiguous, {} unknown",
            self.names.len(),
            self.count(Resolution::Known),
            self.count(Resolution::State),
            self.count(Resolution::Ambiguous),
            self.count(Resolution::Unknown)
        ));
        document.table(self.table());
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["name", "count>", "resolution", "actor", "found by", "candidates"]);
        for name in &self.names {
            table.push(vec![
                name.name.clone(),
                name.count.to_string(),
                name.resolution.as_str().to_owned(),
                name.actor.clone().unwrap_or_default(),
                name.found.map_or("", Found::as_str).to_owned(),
                name.candidates.join(" "),
            ]);
        }
        table
    }
}
