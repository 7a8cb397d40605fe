//! The places of records in other files than those that a dataset was read from.
//!
//! An archive keeps the records of files that are loaded, and not the files: what it gives back stands in texts of its
//! own. The columns of a load are those of the archive but for these places.

use super::{
    Dataset,
    same::Merged,
    source_file::{Origin, SourceFile, Span},
};

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Standing {
    /// A node.
    Actor,
    /// An edge.
    Tie,
    /// A document.
    Reference,
    /// That two actors are one.
    Same,
}

/// Files, and the places of all records in them.
pub(crate) struct Placed {
    pub(super) files: Vec<SourceFile>,
    /// None where those of the dataset hold.
    pub(super) ties: Option<Vec<Span>>,
    pub(super) actors: Vec<Span>,
    pub(super) references: Vec<Origin>,
    /// Of each merge: where the record stands, and where it is said.
    pub(super) merged: Vec<[Origin; 2]>,
}

impl Dataset {
    /// The places that the records have.
    pub(crate) fn places(&self) -> Placed {
        Placed {
            files: self.files.clone(),
            ties: None,
            actors: self.actors.origins.whole().to_vec(),
            references: self.references.iter().map(|(_, origin)| *origin).collect(),
            merged: self.actors.merged.iter().map(|Merged { record, said, .. }| [*record, *said]).collect(),
        }
    }

    /// The places of the records in other files, told by what stands there, for actors by whose id it is, and by the
    /// place that it has; `None` where one has none.
    pub(crate) fn placed(
        &self,
        files: Vec<SourceFile>,
        place: impl Fn(Standing, &str, Origin) -> Option<Origin>,
    ) -> Option<Placed> {
        let actors = (0..).zip(self.actors.origins.whole()).map(|(row, span)| {
            place(Standing::Actor, self.actors.ids.get(row), (*span).into()).map(Span::from)
        });
        let spans = || self.ties.spans.whole().iter().map(|span| Origin::from(*span));
        let ties = if self.ties.bare.is_some() || spans().all(|origin| origin.bare_row().is_some()) {
            None
        } else {
            let ties = spans().map(|origin| place(Standing::Tie, "", origin).map(Span::from));
            Some(ties.collect::<Option<_>>()?)
        };
        let merged = self.actors.merged.iter().map(|merged| {
            let record = place(Standing::Actor, &merged.id, merged.record)?;
            Some([record, place(Standing::Same, "", merged.said)?])
        });
        let references = self.references.iter().map(|(_, origin)| place(Standing::Reference, "", *origin));
        Some(Placed {
            files,
            ties,
            actors: actors.collect::<Option<_>>()?,
            references: references.collect::<Option<_>>()?,
            merged: merged.collect::<Option<_>>()?,
        })
    }
}
