//! That two actors are one: a record of its own, so that a merge is said, has a reason, and can be taken back.

use serde::Serialize;

use super::{
    citation::owned,
    claim::actor_id,
    fault::{Fault, Step},
    id::ActorId,
    record::SameRecord,
    tie::unknown_keys_inside,
};

/// That an actor is the same as another, under whose id both are known from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Same {
    /// The actor that gives up its id.
    pub actor: ActorId,
    /// The actor that it is.
    pub same_as: ActorId,
    /// Why they are held to be one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Same {
    /// Checks a record as it stands in a file; `None` when one of the two is missing.
    pub fn from_record(record: &SameRecord<'_>, faults: &mut Vec<Fault>) -> Option<Self> {
        let none: &[Step] = &[];
        unknown_keys_inside("a merge", &record.unknown, SameRecord::KEYS, none, faults);
        for (there, key) in [(record.actor.is_some(), "actor"), (record.same_as.is_some(), "same_as")] {
            if !there {
                faults.push(Fault::error(none, format!("a merge needs `{key}`")));
            }
        }
        if record.why.is_none() {
            faults.push(Fault::warning(none, "a merge without a `why`"));
        }
        let actor = actor_id(record.actor.as_ref(), "actor", none, faults);
        let same_as = actor_id(record.same_as.as_ref(), "same_as", none, faults);
        Some(Self { actor: actor?, same_as: same_as?, why: owned(record.why.as_ref()) })
    }
}
