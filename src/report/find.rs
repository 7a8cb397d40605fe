//! Actors found by a part of what they are called.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    view::ActorView,
};
use crate::{
    dataset::{ActorIndex, Dataset, Found},
    model::{ActorKind, Name},
};

/// An actor with everything it may be called by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FoundActor {
    /// Its id.
    pub actor: String,
    /// The name that answers show.
    pub name: String,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ActorKind>,
    /// Its names.
    pub names: Vec<Name>,
    /// Its codes, as `scheme:code`.
    pub codes: Vec<String>,
    /// How it was found.
    pub found: Found,
}

/// The actors that a text may mean, the surest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindReport {
    /// What was looked for.
    pub text: String,
    /// The actors.
    pub actors: Vec<FoundActor>,
}

impl FindReport {
    /// What was found for a text.
    pub fn new(dataset: &Dataset, text: &str, found: &[(ActorIndex, Found)]) -> Self {
        let actors = found
            .iter()
            .map(|(actor, found)| {
                let ActorView { actor: id, name, kind, .. } = ActorView::of(dataset, *actor);
                let codes =
                    dataset.actors().codes(*actor).map(|(scheme, code)| format!("{scheme}:{code}")).collect();
                FoundActor { actor: id, name, kind, names: dataset.actor(*actor).names, codes, found: *found }
            })
            .collect();
        Self { text: text.to_owned(), actors }
    }

    fn rows(&self, names_apart: &str) -> Table {
        let mut table = Table::new(&["id", "kind", "found by", "names", "codes"]);
        for actor in &self.actors {
            let mut names: Vec<&str> = Vec::new();
            for name in &actor.names {
                if !names.contains(&name.text.as_str()) {
                    names.push(&name.text);
                }
            }
            table.push(vec![
                actor.actor.clone(),
                actor.kind.map_or("", ActorKind::as_str).to_owned(),
                actor.found.as_str().to_owned(),
                names.join(names_apart),
                actor.codes.join(" "),
            ]);
        }
        table
    }
}

impl Report for FindReport {
    const SCHEMA: &'static str = "chancery/find/1";

    fn document(&self) -> Document {
        let mut document = Document::new(match self.actors.len() {
            1 => format!("1 actor is or holds “{}”", self.text),
            count => format!("{count} actors are or hold “{}”", self.text),
        });
        let items = self.actors.iter().zip(self.rows(" · ").rows).map(|(actor, row)| {
            let kind = actor.kind.map(|kind| format!(", {kind}")).unwrap_or_default();
            let by = match actor.found {
                Found::Id => "its id",
                Found::Code => "a code",
                Found::Name => "a name",
                Found::Folded => "a name, written otherwise",
                Found::Gazetteer => "a name in the gazetteer",
                Found::Part => "a part of a name",
                Found::Reading => "how a Han name is read",
            };
            let item = format!("{} ({}{kind}; found by {by})", actor.name, actor.actor);
            (item, row[3..].iter().filter(|cell| !cell.is_empty()).cloned().collect())
        });
        document.list(items.collect());
        document
    }

    fn table(&self) -> Table {
        self.rows(" | ")
    }
}
