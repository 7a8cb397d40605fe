//! A merge of two actors as it stands in a file.

use super::{IdText, Text, record};

record! {
    /// One entry of `graph.same`.
    pub SameRecord {
        /// The actor that gives up its id.
        actor: IdText<'a>,
        /// The actor that it is.
        same_as: IdText<'a>,
        /// Why.
        why: Text<'a>,
    }
}
