//! Everything that is recorded of one actor, tie, reference or relation.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    fields::{self, Field},
    sources::SourceView,
    view::{ActorView, TieView, Viewer},
};
use crate::{
    dataset::{ActorIndex, Dataset, ReferenceIndex, TieIndex},
    lens::Predicate,
    model::{Actor, Reference, Relation, Tie},
};

/// Everything that is recorded of one thing.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShowReport {
    /// The thing.
    #[serde(flatten)]
    pub shown: Shown,
    /// Where its record stands, as `file:line`; a shipped relation stands in no file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What it cites.
    pub sources: Vec<SourceView>,
    #[serde(skip)]
    title: String,
    #[serde(skip)]
    fields: Vec<Field>,
}

/// A thing with what leads to it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "what", rename_all = "lowercase")]
pub enum Shown {
    /// An actor.
    Actor {
        /// Its record.
        record: Box<Actor>,
        /// How many ties it has.
        tie_count: usize,
        /// Its ties by relation.
        relations: BTreeMap<String, usize>,
        /// The ties that name it elsewhere than at their ends: as place, event, means, principal, author.
        named_in: Vec<String>,
        /// The actors that were merged into it: the ids that they had, and why.
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        merged: BTreeMap<String, Option<String>>,
    },
    /// A tie.
    Tie {
        /// Its record.
        record: Box<Tie>,
        /// The tie as answers show it.
        view: Box<TieView>,
        /// The ids of the ties that are about it.
        said_of_it: Vec<String>,
    },
    /// A reference.
    Reference {
        /// The CSL-JSON item.
        record: Box<Reference>,
        /// The ids of the ties that cite it, in order of time.
        cited_by: Vec<String>,
        /// The ids of the actors that cite it.
        cited_by_actors: Vec<String>,
    },
    /// A relation.
    Relation {
        /// Its record.
        record: Box<Relation>,
        /// How many ties have it.
        tie_count: usize,
    },
}

impl ShowReport {
    /// What is recorded of an actor.
    pub fn actor(dataset: &Dataset, actor: ActorIndex) -> Self {
        let (actors, ties) = (dataset.actors(), dataset.ties());
        let mut relations: BTreeMap<String, usize> = BTreeMap::new();
        let mut named_in = Vec::new();
        for tie in ties.all() {
            if ties.source(tie) == actor || ties.target(tie) == actor {
                *relations.entry(dataset.relation(tie).id.to_string()).or_default() += 1;
            } else if dataset.tie(tie).mentioned().any(|mentioned| actors.find(mentioned) == Some(actor)) {
                named_in.push(ties.id(tie).to_owned());
            }
        }
        let record = Box::new(dataset.actor(actor));
        let view = ActorView::of(dataset, actor);
        let mut sources = super::Sources::default();
        let mut lines = fields::of_actor(dataset, &record, &mut sources);
        let own: Vec<_> = actors.merged().iter().filter(|merged| merged.into == actor).collect();
        for merged in &own {
            let mut under = vec![format!("because: {}", merged.why.as_deref().unwrap_or("nobody says why"))];
            let whole = dataset.merged_actor(merged);
            under.extend(fields::of_actor(dataset, &whole, &mut sources).iter().flat_map(Field::lines));
            under.push(format!("merged: {}", dataset.place(merged.said)));
            lines.push(Field::new("also recorded as", &*merged.id).under(under));
        }
        let merged = own.iter().map(|merged| (merged.id.to_string(), merged.why.clone())).collect();
        let tie_count = relations.values().sum();
        let counts: Vec<String> =
            relations.iter().map(|(relation, count)| format!("{relation} {count}")).collect();
        lines.push(Field::new("ties", format!("{tie_count}")).under(counts));
        if !named_in.is_empty() {
            lines.push(
                Field::new("named in", format!("{} other ties", named_in.len())).under(named_in.clone()),
            );
        }
        Self {
            title: format!("{} (actor {})", view.name, view.actor),
            fields: lines,
            place: Some(dataset.place(actors.origin(actor))),
            sources: sources.list(dataset),
            shown: Shown::Actor { record, tie_count, relations, named_in, merged },
        }
    }

    /// What is recorded of a tie.
    pub fn tie(dataset: &Dataset, predicate: &Predicate, tie: TieIndex) -> Self {
        let ties = dataset.ties();
        let id = ties.id(tie);
        let record = Box::new(dataset.tie(tie));
        let mut viewer = Viewer::new(dataset, predicate);
        let view = Box::new(viewer.tie(tie));
        let about = |other: &TieIndex| dataset.tie(*other).about.as_deref() == Some(id);
        let said_of_it: Vec<String> =
            ties.all().filter(about).map(|other| ties.id(other).to_owned()).collect();
        let mut lines = fields::of_tie(dataset, tie, &record, &view, &mut viewer.sources);
        if !said_of_it.is_empty() {
            lines.push(Field::new("said of it", String::new()).under(said_of_it.clone()));
        }
        Self {
            title: format!("{} (tie {id})", view.line_without_date()),
            fields: lines,
            place: Some(dataset.place(ties.origin(tie))),
            sources: viewer.sources.list(dataset),
            shown: Shown::Tie { record, view, said_of_it },
        }
    }

    /// What is recorded of a reference.
    pub fn reference(dataset: &Dataset, reference: ReferenceIndex) -> Self {
        let ties = dataset.ties();
        let id = dataset.reference(reference).id().to_string();
        let cites = |tie: &TieIndex| {
            let direct = ties.claims(*tie).any(|(_, _, references)| references.contains(&reference));
            let whole = || dataset.tie(*tie);
            let through = |tie: &Tie| {
                let mut cites = tie.claims().iter().flat_map(|claim| &claim.cites);
                cites.any(|cite| cite.cited_in.as_ref().is_some_and(|known| known.as_str() == id))
            };
            direct || through(&whole())
        };
        let cited_by: Vec<String> = ties.all().filter(cites).map(|tie| ties.id(tie).to_owned()).collect();
        let actor_cites = |actor: &ActorIndex| {
            dataset.actor(*actor).cites.iter().any(|cite| {
                cite.reference.as_str() == id
                    || cite.cited_in.as_ref().is_some_and(|known| known.as_str() == id)
            })
        };
        let actors = dataset.actors();
        let cited_by_actors: Vec<String> =
            actors.all().filter(actor_cites).map(|actor| actors.id(actor).to_owned()).collect();
        let record = Box::new(dataset.reference(reference).clone());
        let mut lines = fields::of_reference(&record);
        lines.push(Field::new("cited by", format!("{} ties", cited_by.len())).under(cited_by.clone()));
        if !cited_by_actors.is_empty() {
            let count = format!("{} actors", cited_by_actors.len());
            lines.push(Field::new("cited by", count).under(cited_by_actors.clone()));
        }
        Self {
            title: format!("{} (reference {id})", record.line()),
            fields: lines,
            place: Some(dataset.place(dataset.reference_origin(reference))),
            sources: Vec::new(),
            shown: Shown::Reference { record, cited_by, cited_by_actors },
        }
    }

    /// What the vocabulary says of a relation, by its number.
    pub fn relation(dataset: &Dataset, number: u16) -> Self {
        let ties = dataset.ties();
        let tie_count = ties.all().filter(|tie| ties.relation(*tie) == number).count();
        let record = Box::new(dataset.vocabulary().relation(number).clone());
        let mut lines = fields::of_relation(&record);
        lines.push(Field::new("ties", tie_count.to_string()));
        Self {
            title: format!("{} (relation {})", record.label("en"), record.id),
            fields: lines,
            place: None,
            sources: Vec::new(),
            shown: Shown::Relation { record, tie_count },
        }
    }
}

impl Report for ShowReport {
    const SCHEMA: &'static str = "chancery/show/1";

    fn document(&self) -> Document {
        let mut document = Document::new(self.title.clone());
        let place = self.place.iter().map(|place| Field::new("recorded", place.clone()));
        let fields: Vec<Field> = self.fields.iter().cloned().chain(place).collect();
        document.list(fields.into_iter().map(|field| (field.line(), field.under)).collect());
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["field", "value"]);
        for field in &self.fields {
            if !field.text.is_empty() {
                table.push(vec![field.name.to_owned(), field.text.clone()]);
            }
            for line in &field.under {
                table.push(vec![field.name.to_owned(), line.clone()]);
            }
        }
        table
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
