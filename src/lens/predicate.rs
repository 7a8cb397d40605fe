//! A lens compiled against a dataset: what passes, and how surely.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{KindSelector, Lens, LensError};
use crate::{
    dataset::{ActorIndex, Dataset, TieIndex},
    date::{Certainty, Status, verdict},
    model::{ActorKind, Channel, fault::nearest},
};

/// Something that a default of the lens leaves out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LeftOut {
    /// What it is: a channel, a status.
    pub what: String,
    /// How many ties.
    pub tie_count: usize,
    /// The option that brings them in.
    pub option: String,
}

/// A lens compiled against a dataset.
#[derive(Clone, Debug)]
pub struct Predicate {
    lens: Lens,
    /// By relation number: whether it passes.
    relations: Vec<bool>,
    /// By actor row: whether it passes; empty when all do.
    actors: Vec<bool>,
}

impl Predicate {
    /// Compiles a lens; `exempt` actors pass whatever their kind.
    ///
    /// # Errors
    /// When the lens names a relation or actor that is not there.
    pub fn compile(dataset: &Dataset, lens: &Lens, exempt: &[ActorIndex]) -> Result<Self, LensError> {
        let vocabulary = dataset.vocabulary();
        let select = |selectors: &[String]| -> Result<Vec<bool>, LensError> {
            let mut selected = vec![false; vocabulary.relations().count()];
            for selector in selectors {
                let mut any = false;
                for (number, _) in vocabulary.relations() {
                    let fits = vocabulary.matches(number, selector);
                    any |= fits;
                    selected[usize::from(number)] |= fits;
                }
                if !any {
                    let ids = vocabulary.relations().map(|(_, relation)| relation.id.as_str());
                    let near = nearest(selector, ids).map(str::to_owned);
                    return Err(LensError::NoRelation { selector: selector.clone(), near });
                }
            }
            Ok(selected)
        };
        let (wanted, unwanted) = (select(&lens.relations)?, select(&lens.not_relations)?);
        let relations = vocabulary
            .relations()
            .map(|(number, relation)| {
                let at = usize::from(number);
                // A relation asked for by name is looked at whatever its channel.
                let asked = if lens.relations.is_empty() {
                    lens.channels.contains(&relation.channel)
                } else {
                    wanted[at]
                };
                asked && !unwanted[at]
            })
            .collect();
        let mut predicate = Self { lens: lens.clone(), relations, actors: Vec::new() };
        predicate.actors = predicate.actors(dataset, exempt)?;
        Ok(predicate)
    }

    fn actors(&self, dataset: &Dataset, exempt: &[ActorIndex]) -> Result<Vec<bool>, LensError> {
        let lens = &self.lens;
        if lens.kinds.is_empty() && lens.avoid.is_empty() {
            return Ok(Vec::new());
        }
        let actors = dataset.actors();
        let officials = if lens.kinds.contains(&KindSelector::Official) {
            self.officials(dataset)
        } else {
            BTreeSet::new()
        };
        let mut pass: Vec<bool> = actors
            .all()
            .map(|actor| {
                let kind = actors.kind(actor);
                lens.kinds.is_empty()
                    || lens.kinds.iter().any(|wanted| match wanted {
                        KindSelector::Kind(wanted) => kind == Some(*wanted),
                        KindSelector::Official => officials.contains(&actor),
                    })
            })
            .collect();
        for actor in exempt {
            pass[actor.at()] = true;
        }
        for id in &lens.avoid {
            let actor = actors.find(id).ok_or_else(|| LensError::NoActor(id.clone()))?;
            pass[actor.at()] = false;
        }
        Ok(pass)
    }

    /// Persons who may hold an office in the window.
    fn officials(&self, dataset: &Dataset) -> BTreeSet<ActorIndex> {
        let Some(office) = dataset.vocabulary().find("office") else { return BTreeSet::new() };
        let ties = dataset.ties();
        ties.all()
            .filter(|tie| {
                ties.relation(*tie) == office && self.certainty(dataset, *tie) >= self.lens.certainty
            })
            .map(|tie| ties.source(tie))
            .filter(|actor| dataset.actors().kind(*actor) == Some(ActorKind::Person))
            .collect()
    }

    /// The lens that was compiled.
    pub fn lens(&self) -> &Lens {
        &self.lens
    }

    /// Whether an actor passes.
    pub fn admits(&self, actor: ActorIndex) -> bool {
        self.actors.get(actor.at()).copied().unwrap_or(true)
    }

    /// How surely a tie was in force in the window, by the claims that the lens looks at.
    ///
    /// A claim that refutes the tie counts against it even when the lens does not list refuted ties.
    pub fn certainty(&self, dataset: &Dataset, tie: TieIndex) -> Certainty {
        let claims = dataset.ties().claims(tie);
        let counted =
            claims.filter(|(claim, _, _)| denies(claim.status) || self.lens.statuses.contains(&claim.status));
        verdict(counted.map(|(claim, bounds, _)| (claim.status, claim.holds(bounds, self.lens.during))))
    }

    /// Whether a tie passes, and so may be walked: its relation, its days, and both its ends.
    pub fn passes(&self, dataset: &Dataset, tie: TieIndex) -> bool {
        let ties = dataset.ties();
        self.relations[usize::from(ties.relation(tie))]
            && self.certainty(dataset, tie) >= self.lens.certainty
            && self.admits(ties.source(tie))
            && self.admits(ties.target(tie))
    }

    /// Whether a tie is listed: it passes, or the lens asks for refuted or absent ties and a claim
    /// says in the window that it was not.
    pub fn lists(&self, dataset: &Dataset, tie: TieIndex) -> bool {
        if self.passes(dataset, tie) {
            return true;
        }
        let ties = dataset.ties();
        self.relations[usize::from(ties.relation(tie))]
            && self.admits(ties.source(tie))
            && self.admits(ties.target(tie))
            && ties.claims(tie).any(|(claim, bounds, _)| {
                denies(claim.status)
                    && self.lens.statuses.contains(&claim.status)
                    && claim.holds(bounds, self.lens.during) >= self.lens.certainty
            })
    }

    /// What the defaults of the lens leave out among some ties: channels that are not walked, statuses
    /// that are not looked at.
    pub fn left_out(&self, dataset: &Dataset, among: impl Iterator<Item = TieIndex>) -> Vec<LeftOut> {
        let default = Lens::default();
        let mut channels = [0_usize; Channel::ALL.len()];
        let mut statuses = [0_usize; 3];
        let hidden = [Status::Hypothetical, Status::Refuted, Status::Absent];
        let ties = dataset.ties();
        for tie in among {
            if !self.admits(ties.source(tie)) || !self.admits(ties.target(tie)) {
                continue;
            }
            let relation = ties.relation(tie);
            let in_force = self.certainty(dataset, tie) >= self.lens.certainty;
            if !self.relations[usize::from(relation)] {
                if self.lens.relations.is_empty() && self.lens.channels == default.channels && in_force {
                    channels[dataset.vocabulary().relation(relation).channel as usize] += 1;
                }
            } else if !in_force && self.lens.statuses == default.statuses {
                let held = |status| {
                    ties.claims(tie).any(|(claim, bounds, _)| {
                        claim.status == status && claim.holds(bounds, self.lens.during).is_possible()
                    })
                };
                if let Some(at) = hidden.iter().position(|status| held(*status)) {
                    statuses[at] += 1;
                }
            }
        }
        let mut left_out = Vec::new();
        for (channel, tie_count) in Channel::ALL.into_iter().zip(channels).filter(|(_, count)| *count > 0) {
            let what = format!("channel {}", channel.as_str());
            left_out.push(LeftOut { what, tie_count, option: "--channel all".to_owned() });
        }
        for (status, tie_count) in hidden.into_iter().zip(statuses).filter(|(_, count)| *count > 0) {
            let what = format!("status {}", status.as_str());
            left_out.push(LeftOut { what, tie_count, option: format!("--status {}", status.as_str()) });
        }
        left_out
    }
}

/// Whether a claim of this status says that there was no such tie.
fn denies(status: Status) -> bool {
    match status {
        Status::Refuted | Status::Absent => true,
        Status::Asserted | Status::Alleged | Status::Disputed | Status::Hypothetical => false,
    }
}
