//! The parts of plain rows: each text is looked up once, with what it adds to the content of a tie, and rows are put
//! together of them.

use crate::{
    date::{Dating, Status},
    model::Citation,
};

use super::{
    content::{field_hash, hash_of_fields},
    sink::{ActorNumber, ClaimNumber, ClaimRow, PlainRow, RelationNumber, Sink},
};

/// An end of ties.
#[derive(Clone, Copy, Debug)]
pub struct PlainEnd {
    number: ActorNumber,
    /// What it adds to the content of a tie as its source, and as its target.
    content: [u128; 2],
}

impl PlainEnd {
    /// The end with an id, which is checked.
    pub fn of(id: &str, sink: &mut impl Sink) -> Self {
        Self { number: sink.actor_number(id), content: content_of_end(id) }
    }
}

fn content_of_end(id: &str) -> [u128; 2] {
    [field_hash("source", &id), field_hash("target", &id)]
}

/// What is known of ends by their numbers, with what each adds to the content of a tie.
#[derive(Debug, Default)]
pub struct PlainEnds(Vec<[u128; 2]>);

impl PlainEnds {
    /// What no end adds.
    const UNKNOWN: [u128; 2] = [0; 2];

    /// The end of a number, if it is known.
    pub fn get(&self, number: ActorNumber) -> Option<PlainEnd> {
        let content = *self.0.get(number.at())?;
        (content != Self::UNKNOWN).then_some(PlainEnd { number, content })
    }

    /// Looks at what is known of some numbers, and does nothing else: those that are asked for next do not wait for memory
    /// one after another.
    pub fn look_ahead(&self, numbers: impl Iterator<Item = ActorNumber>) {
        let known =
            |number: ActorNumber| self.0.get(number.at()).map_or(0, |[source, target]| source ^ target);
        std::hint::black_box(numbers.fold(0, |seen, number| seen ^ known(number)));
    }

    /// Adds the end of an id, which is checked, and has a number.
    pub fn insert(&mut self, number: ActorNumber, id: &str) -> PlainEnd {
        let content = content_of_end(id);
        if self.0.len() <= number.at() {
            self.0.resize(number.at() + 1, Self::UNKNOWN);
        }
        self.0[number.at()] = content;
        PlainEnd { number, content }
    }
}

/// A relation of ties.
#[derive(Clone, Copy, Debug)]
pub struct PlainRelation {
    number: RelationNumber,
    content: u128,
}

impl PlainRelation {
    /// The relation with an id.
    pub fn of(id: &str, sink: &mut impl Sink) -> Self {
        Self { number: sink.relation_number(id), content: field_hash("relation", &id) }
    }
}

/// The citations that all ties of a file have.
#[derive(Clone, Debug)]
pub struct PlainCites {
    list: Vec<Citation>,
    content: u128,
}

impl PlainCites {
    /// These citations; none of them are no field of a tie.
    pub fn of(list: &[Citation]) -> Self {
        let content = if list.is_empty() { 0 } else { field_hash("cites", &list) };
        Self { list: list.to_vec(), content }
    }

    /// The citations.
    pub fn list(&self) -> &[Citation] {
        &self.list
    }

    /// What they add to the content of a tie.
    pub fn content(&self) -> u128 {
        self.content
    }
}

/// What references say of ties: a date that is asserted, and where.
#[derive(Clone, Copy, Debug)]
pub struct PlainSaid {
    claim: ClaimNumber,
    content: u128,
}

impl PlainSaid {
    /// A dating of one date or none, with the citations of its file.
    pub fn of(dating: &Dating, cites: &PlainCites, sink: &mut impl Sink) -> Self {
        let claim = sink.claim(&ClaimRow { dating, status: Status::Asserted, cites: &cites.list });
        let when = dating.when().map_or(0, |date| field_hash("when", date));
        Self { claim, content: when.wrapping_add(cites.content) }
    }
}

impl PlainRow<'static> {
    /// A row without an id, that is not bare; `rest` is what its other fields add to its content.
    pub fn of([source, target]: [PlainEnd; 2], relation: PlainRelation, said: PlainSaid, rest: u128) -> Self {
        let fields = [source.content[0], target.content[1], relation.content, said.content, rest];
        Self {
            id: None,
            source: source.number,
            target: target.number,
            relation: relation.number,
            claim: said.claim,
            content: hash_of_fields(fields.into_iter().fold(0, u128::wrapping_add)),
            is_bare: false,
        }
    }
}
