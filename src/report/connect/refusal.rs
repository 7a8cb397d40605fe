//! The answer of `connect` when a name means nobody, or several: why, and whom it may mean.

use serde::Serialize;

use crate::report::{
    answer::Report,
    document::{Document, Table},
};

/// Why a name means no single actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NoActor {
    /// Nobody has the name.
    UnknownName,
    /// A state has it of which the dataset has nothing.
    NotInDataset,
    /// Several have it.
    Ambiguous,
}

/// An actor that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Candidate {
    actor: String,
    name: String,
}

/// The answer when a name means no single actor: the fields of an answer, empty, and the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Refusal {
    distance: Option<u32>,
    shortest_path_count: u32,
    direct: [u8; 0],
    routes: [u8; 0],
    connectors: [u8; 0],
    reason: NoActor,
    name: String,
    candidates: Vec<Candidate>,
}

impl Refusal {
    /// A refusal of a name, with the ids and names of those that may have been meant, nearest first.
    pub fn new(reason: NoActor, name: &str, candidates: &[(String, String)]) -> Self {
        let candidate =
            |(actor, name): &(String, String)| Candidate { actor: actor.clone(), name: name.clone() };
        Self {
            distance: None,
            shortest_path_count: 0,
            direct: [],
            routes: [],
            connectors: [],
            reason,
            name: name.to_owned(),
            candidates: candidates.iter().map(candidate).collect(),
        }
    }
}

impl Report for Refusal {
    const SCHEMA: &'static str = "chancery/connect/1";

    fn document(&self) -> Document {
        let mut document = Document::new(match self.reason {
            NoActor::UnknownName => format!("No actor is called {}.", self.name),
            NoActor::NotInDataset => {
                format!("{} is a state, and this dataset has no tie of it.", self.name)
            }
            NoActor::Ambiguous => format!("Several actors are called {}.", self.name),
        });
        document.table(self.table());
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["actor", "name"]);
        for candidate in &self.candidates {
            table.push(vec![candidate.actor.clone(), candidate.name.clone()]);
        }
        table
    }
}
