//! Records: actors, ties, claims, references, and the vocabulary of relations.
//!
//! A record that exists is valid: it is made from what stands in a file ([`record`]) by a constructor
//! that gathers everything wrong with it as [`Fault`]s.

pub mod fault;
pub mod record;

mod counted;
mod id;
mod actor_kind;
mod channel;
mod polarity;
mod relation;
mod vocabulary;
mod citation;
mod reference;
mod claim;
mod tie;
mod actor;
mod same;
mod coverage;

pub use actor::{Actor, Name, NameUse};
pub use actor_kind::ActorKind;
pub use channel::Channel;
pub use citation::Citation;
pub use claim::{Claim, Quantity, Role};
pub(crate) use counted::{counted, counted_as};
pub use coverage::{Coverage, Ends};
pub use fault::{Fault, Fix, Severity};
pub use id::{ActorId, IdError, ReferenceId, RelationId, TieId, check_id};
pub use polarity::Polarity;
pub use reference::Reference;
pub use relation::Relation;
pub use same::Same;
pub use tie::Tie;
pub use vocabulary::{RELATED, Vocabulary};
