//! What a file says of all its ties.

use super::read::GraphRecord;
use crate::model::{Citation, Fault, fault::Step};

/// The citations of ties that give none.
pub(super) fn default_cites(graph: Option<&GraphRecord<'_>>, faults: &mut Vec<Fault>) -> Vec<Citation> {
    let mut cites = Vec::new();
    for (at, record) in graph.and_then(|graph| graph.cites.as_ref()).into_iter().flatten().enumerate() {
        let path = [Step::Key("graph"), Step::Key("cites"), Step::Index(at)];
        cites.extend(Citation::from_record(record, &path, faults));
    }
    cites
}
