//! Ties of plain rows as answers show them, made of columns: what making their records first would give.

use super::view::{CiteView, TieView, Viewer};
use crate::{
    dataset::{ActorIndex, PlainTie, TieIndex},
    date::Status,
    model::Citation,
};

impl Viewer<'_> {
    /// A tie of a plain row; `None` where it is told in a sentence or in two languages.
    pub(super) fn plain(&mut self, tie: TieIndex) -> Option<TieView> {
        if self.telling.is_some() || self.languages.is_some_and(|languages| languages.second.is_some()) {
            return None;
        }
        let dataset = self.dataset;
        let PlainTie { source, target, when, relation: _, file } = dataset.plain_tie(tie)?;
        let relation = dataset.relation(tie);
        let (ties, actors) = (dataset.ties(), dataset.actors());
        let name = |viewer: &Self, id: &str, end: ActorIndex| {
            // Whoever stands for others is not who stands in the row.
            let actor = if actors.id(end) == id { Some(end) } else { actors.find(id) };
            actor.map_or_else(|| id.to_owned(), |actor| viewer.own_name(actor))
        };
        let [source_name, target_name] =
            [name(self, source, ties.source(tie)), name(self, target, ties.target(tie))];
        let cites = &dataset.files()[file as usize].cites;
        let cites = cites.iter().filter_map(|cite| self.cite(cite)).collect();
        Some(TieView {
            id: ties.id(tie).to_owned(),
            source: source.to_owned(),
            source_name,
            target: target.to_owned(),
            target_name,
            relation: relation.id.to_string(),
            label: relation.label(self.languages.unwrap_or_default().first.tag()).to_owned(),
            also: None,
            when: when.into_owned(),
            certainty: self.predicate.certainty(dataset, tie),
            status: Status::Asserted,
            channel: relation.channel,
            polarity: relation.polarity,
            symmetric: relation.symmetric,
            event: None,
            according_to: None,
            note: None,
            sentence: None,
            cites,
        })
    }

    /// A citation with the number of its reference, if there is such a reference.
    pub(super) fn cite(&mut self, cite: &Citation) -> Option<CiteView> {
        let reference = self.dataset.find_reference(cite.reference.as_str())?;
        Some(CiteView {
            number: self.sources.number(reference),
            reference: cite.reference.to_string(),
            locator: cite.locator.clone(),
            quote: cite.quote.clone(),
            cited_in: cite.cited_in.as_ref().map(ToString::to_string),
        })
    }
}
