//! What a file says it observes, as it stands there.

use super::{IdText, OneOrMany, Text, record};

record! {
    /// One entry of `graph.coverage`.
    pub CoverageRecord {
        /// The actors that are observed; all when absent.
        actors: Vec<IdText<'a>>,
        /// Whether both ends of a tie must be among the actors (`both`, the default), or one (`one`).
        ends: Text<'a>,
        /// The relations that are observed, by id, CAMEO code or PLOVER class; all when absent.
        relations: Vec<Text<'a>>,
        /// The period that is observed on every day, as EDTF.
        when: Text<'a>,
        /// The dates at which lasting ties are observed, where not every day is.
        at: OneOrMany<Text<'a>>,
        /// A remark of the one who recorded it.
        note: Text<'a>,
    }
}
