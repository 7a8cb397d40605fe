//! Records: actors, ties, claims, references, and the vocabulary of relations.

mod actor_kind;
mod polarity;

pub use actor_kind::ActorKind;
pub use polarity::Polarity;
