//! For whom actors stand in a question: a state for those that it continues, and under `--fold` a country
//! for whoever acts for it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    dataset::{ActorIndex, Agency, Dataset, Gazetteer, Lineage, Place, State, TieIndex},
    date::{Certainty, Window},
    model::{ActorKind, Channel},
};

/// Whose deeds count as a country's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fold {
    /// Those of its officials, organs, representatives and territories.
    Countries,
    /// Those of its citizens too.
    Nationals,
}

/// For whom actors stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Whose deeds count as a country's; nobody's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fold: Option<Fold>,
    /// Which successions are followed from the actors asked about.
    pub lineage: Lineage,
}

/// A dataset whose ties stand where a standing puts them.
#[derive(Debug)]
pub struct Stood {
    /// The dataset, with the actors and records of the first.
    pub dataset: Dataset,
    /// What was done, for the header of the answer.
    pub notes: Vec<String>,
}

impl Standing {
    /// Puts the ties of a dataset where they stand in a question about some actors, which never fold;
    /// nothing when all stand where their records say.
    ///
    /// Ties of a state that one of those asked about continues count as its own. Under a fold, each end
    /// of a deed is the country for which it acts on the days of the deed; where several are possible,
    /// each is, in doubt.
    ///
    /// # Complexity
    /// Time O(E log E), for E ties, and O(t) more under a fold for each end with t ties.
    pub fn stand(self, dataset: &Dataset, asked: &[ActorIndex]) -> Option<Stood> {
        let heirs = self.heirs(dataset, asked);
        if heirs.is_empty() && self.fold.is_none() {
            return None;
        }
        let ties = dataset.ties();
        let mut notes = lineage_notes(dataset, &heirs, self.lineage);
        let mut places: Vec<Vec<Place>> = Vec::with_capacity(ties.count());
        let (mut folded_count, mut doubtful_count) = (0_usize, 0_usize);
        let folding = self.fold.map(|fold| Folding { dataset, agency: Agency::of(dataset), asked, fold });
        for tie in ties.all() {
            let stands = |end: ActorIndex, on_behalf: Option<ActorIndex>| match &folding {
                Some(folding) if !heirs.contains_key(&end) => folding.stands_for(tie, end, on_behalf),
                _ => vec![(end, false)],
            };
            let sources = stands(ties.source(tie), ties.source_for(tie));
            let targets = stands(ties.target(tie), ties.target_for(tie));
            let is_own = sources == [(ties.source(tie), false)] && targets == [(ties.target(tie), false)];
            let heir = |actor: ActorIndex| heirs.get(&actor).copied().unwrap_or(actor);
            let mut at = Vec::with_capacity(1);
            for (source, source_doubt) in &sources {
                for (target, target_doubt) in &targets {
                    at.push(Place {
                        source: heir(*source),
                        target: heir(*target),
                        is_doubtful: *source_doubt || *target_doubt,
                    });
                }
            }
            // That an office is held by its country is no deed.
            if !is_own && dataset.relation(tie).channel != Channel::Agency {
                folded_count += 1;
                doubtful_count += usize::from(at.iter().any(|place| place.is_doubtful));
            }
            places.push(at);
        }
        if let Some(fold) = self.fold {
            let whose = match fold {
                Fold::Countries => {
                    "--fold countries: {} of those who act for a country count as the country's"
                }
                Fold::Nationals => {
                    "--fold nationals: {} of those who act for a country or are its citizens count as the country's"
                }
            };
            notes.push(format!(
                "{}, {doubtful_count} of them possibly.",
                whose.replace("{}", &tie_count(folded_count))
            ));
        }
        Some(Stood { dataset: dataset.with_places(|tie| places[tie.at()].clone()), notes })
    }

    /// Predecessors, each with the one actor asked about that took its place.
    fn heirs(self, dataset: &Dataset, asked: &[ActorIndex]) -> BTreeMap<ActorIndex, ActorIndex> {
        let mut heirs: BTreeMap<ActorIndex, BTreeSet<ActorIndex>> = BTreeMap::new();
        for heir in asked {
            for before in dataset.predecessors(*heir, self.lineage) {
                heirs.entry(before).or_default().insert(*heir);
            }
        }
        heirs
            .into_iter()
            .filter(|(before, heirs)| heirs.len() == 1 && !asked.contains(before))
            .filter_map(|(before, heirs)| Some((before, heirs.into_iter().next()?)))
            .collect()
    }
}

/// What is said where an actor asked about had ended before the days asked about: who took its place.
pub fn ended(dataset: &Dataset, asked: &[ActorIndex], during: Window) -> Vec<String> {
    let actors = dataset.actors();
    let mut notes = Vec::new();
    for actor in asked {
        let last = actors.existence(*actor).last();
        if !last.is_bounded() || last >= during.first() {
            continue;
        }
        let mut successors: BTreeSet<String> = BTreeSet::new();
        for successor in dataset.successors(*actor) {
            successors.insert(format!("{} ({})", actors.label(successor), actors.id(successor)));
        }
        if successors.is_empty() {
            for state in Gazetteer::shipped().successors(actors.id(*actor)) {
                let here =
                    dataset.find_state(state).map_or_else(|| State::id(state), |actor| actors.id(actor));
                successors.insert(format!("{} ({here})", state.name()));
            }
        }
        let label = actors.label(*actor);
        let successors: Vec<String> = successors.into_iter().collect();
        notes.push(match successors.as_slice() {
            [] => format!("{label} ended on {last}, before the days asked about."),
            some => format!(
                "{label} ended on {last}, before the days asked about; its place took {}.",
                some.join(", ")
            ),
        });
    }
    notes
}

fn lineage_notes(
    dataset: &Dataset,
    heirs: &BTreeMap<ActorIndex, ActorIndex>,
    lineage: Lineage,
) -> Vec<String> {
    let label = |actor: ActorIndex| dataset.actors().label(actor);
    let ties = |actor: ActorIndex| {
        let dyads = dataset.dyads().neighbours(actor);
        dyads.map(|(_, dyad)| dataset.dyads().ties(dyad).len()).sum::<usize>()
    };
    let verb = match lineage {
        Lineage::Continuation => "which it continues",
        Lineage::All => "whose place it took",
    };
    let note = |(before, heir): (&ActorIndex, &ActorIndex)| {
        let count = tie_count(ties(*before));
        format!("{count} of {}, {verb}, count as {}'s.", label(*before), label(*heir))
    };
    heirs.iter().map(note).collect()
}

fn tie_count(count: usize) -> String {
    if count == 1 { "1 tie".to_owned() } else { format!("{count} ties") }
}

struct Folding<'a> {
    dataset: &'a Dataset,
    agency: Agency<'a>,
    asked: &'a [ActorIndex],
    fold: Fold,
}

impl Folding<'_> {
    /// The actors as which an end of a tie counts, each with whether that is in doubt.
    fn stands_for(
        &self,
        tie: TieIndex,
        end: ActorIndex,
        on_behalf: Option<ActorIndex>,
    ) -> Vec<(ActorIndex, bool)> {
        let itself = vec![(end, false)];
        // Whose citizen or member somebody is, is his own; what he does or says is his country's.
        if self.is_whole(end) || self.dataset.relation(tie).channel == Channel::Affiliation {
            return itself;
        }
        let days = self.agency.days_of(tie);
        let found = match on_behalf {
            Some(principal) if self.is_whole(principal) => return vec![(principal, false)],
            Some(principal) => self.countries(principal, days),
            None => self.countries(end, days),
        };
        let found = if found.is_empty() && self.fold == Fold::Nationals {
            self.citizenships(end, days)
        } else {
            found
        };
        match found.as_slice() {
            [] => itself,
            [(country, certainty)] => vec![(*country, *certainty != Certainty::Certainly)],
            several => several.iter().map(|(country, _)| (*country, true)).collect(),
        }
    }

    /// Whether an actor counts as nobody else.
    fn is_whole(&self, actor: ActorIndex) -> bool {
        self.dataset.actors().kind(actor) == Some(ActorKind::Country) || self.asked.contains(&actor)
    }

    /// The countries, and the actors asked about, for which an actor may act; those asked about before
    /// the countries that govern them.
    fn countries(&self, actor: ActorIndex, days: Window) -> Vec<(ActorIndex, Certainty)> {
        let principals = self.agency.principals(actor, days);
        let asked: Vec<(ActorIndex, Certainty)> = principals
            .iter()
            .filter(|(principal, _)| self.asked.contains(principal))
            .map(|(principal, certainty)| (*principal, *certainty))
            .collect();
        if !asked.is_empty() {
            return asked;
        }
        principals.into_iter().filter(|(principal, _)| self.is_whole(*principal)).collect()
    }

    /// The countries whose citizen an actor may be.
    fn citizenships(&self, actor: ActorIndex, days: Window) -> Vec<(ActorIndex, Certainty)> {
        let own = self.dataset.actors().citizen_of(actor).filter(|country| self.is_whole(*country));
        let mut countries: Vec<_> = own.into_iter().map(|country| (country, Certainty::Certainly)).collect();
        let Some(citizen_of) = self.dataset.vocabulary().find("citizen-of") else { return countries };
        let (ties, dyads) = (self.dataset.ties(), self.dataset.dyads());
        for (country, dyad) in dyads.neighbours(actor) {
            let of = |tie: &&TieIndex| ties.relation(**tie) == citizen_of && ties.source(**tie) == actor;
            let surest =
                dyads.ties(dyad).iter().filter(of).map(|tie| self.agency.throughout(*tie, days)).max();
            if let Some(certainty) =
                surest.filter(|certainty| certainty.is_possible() && self.is_whole(country))
            {
                countries.push((country, certainty));
            }
        }
        countries
    }
}
