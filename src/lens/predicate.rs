//! A lens compiled against a dataset: what passes, and how surely.

use std::{
    collections::BTreeSet,
    fmt::{self, Display, Formatter},
};

use serde::{Serialize, Serializer};

use super::{KindSelector, Lens, LensError, verdicts::Verdicts};
use crate::{
    dataset::{ActorIndex, Dataset, ReferenceIndex, TieIndex},
    date::{Certainty, Status, Window, verdict},
    model::{ActorKind, Channel, Relation, fault::nearest},
};

/// Something that a default of the lens leaves out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// What it is.
    pub what: Omitted,
    /// How many ties.
    pub tie_count: usize,
    /// The option that brings them in.
    pub option: String,
}

impl LeftOut {
    /// Whether ties of a status are listed when asked for, and never walked.
    pub const fn is_only_listed(status: Status) -> bool {
        denies(status)
    }
}

/// What a default leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Omitted {
    /// Ties that are possible, not certain.
    Possible,
    /// Those of a channel.
    Channel(Channel),
    /// Those of a status.
    Status(Status),
}

impl Display for Omitted {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Possible => f.write_str("possible, not certain"),
            Self::Channel(channel) => write!(f, "channel {}", channel.as_str()),
            Self::Status(status) => write!(f, "status {}", status.as_str()),
        }
    }
}

impl Serialize for Omitted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An option of the lens that leaves something out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Narrowed {
    /// The option as it was given.
    pub option: String,
    /// How many ties would pass without it.
    pub tie_count: usize,
    /// How many actors it leaves out, where it is actors that it leaves out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_count: Option<usize>,
}

/// The options whose effect is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Narrowing {
    Polarity,
    Reference,
    MinCount,
    MaxDegree,
}

/// A lens compiled against a dataset.
#[derive(Clone, Debug)]
pub struct Predicate {
    pub(super) lens: Lens,
    /// By relation number: whether it passes.
    pub(super) relations: Vec<bool>,
    /// By relation number: whether its polarity passes.
    polarities: Vec<bool>,
    /// The references whose claims are looked at, sorted; all when empty.
    pub(super) references: Vec<ReferenceIndex>,
    /// By actor row: whether it passes; empty when all do.
    pub(super) actors: Vec<bool>,
    /// By actor row: whether it is of a kind asked for, exempt or not; empty when no kind is.
    kinds: Vec<bool>,
    /// Actors to avoid, sorted.
    avoided: Vec<ActorIndex>,
    /// Actors left out for their many neighbours, sorted.
    pub(super) hubs: Vec<ActorIndex>,
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
        let polarity =
            |relation: &Relation| lens.polarities.is_empty() || lens.polarities.contains(&relation.polarity);
        let polarities = vocabulary.relations().map(|(_, relation)| polarity(relation)).collect();
        let mut references = Vec::new();
        for id in &lens.references {
            let found = dataset.find_reference(id).ok_or_else(|| {
                let ids = dataset.references().map(|(_, reference)| reference.id().as_str());
                LensError::NoReference { id: id.clone(), near: nearest(id, ids).map(str::to_owned) }
            });
            references.push(found?);
        }
        references.sort_unstable();
        let lens = lens.clone();
        let mut predicate = Self {
            lens,
            relations,
            polarities,
            references,
            actors: Vec::new(),
            kinds: Vec::new(),
            avoided: Vec::new(),
            hubs: Vec::new(),
        };
        predicate.choose_actors(dataset, exempt)?;
        if let Some(most) = predicate.lens.max_degree {
            predicate.hubs = predicate.hubs(dataset, exempt, most);
        }
        Ok(predicate)
    }

    /// The actors with more neighbours than a bound, by the lens as it is without that bound.
    fn hubs(&self, dataset: &Dataset, exempt: &[ActorIndex], most: usize) -> Vec<ActorIndex> {
        let dyads = dataset.dyads();
        let is_live = |dyad| dyads.ties(dyad).iter().any(|tie| self.passes(dataset, *tie));
        let degree = |actor: &ActorIndex| {
            dyads.neighbours(*actor).filter(|(_, dyad)| is_live(*dyad)).take(most + 1).count()
        };
        let candidates = dataset.actors().all().filter(|actor| !exempt.contains(actor));
        candidates.filter(|actor| dyads.degree(*actor) > most && degree(actor) > most).collect()
    }

    fn choose_actors(&mut self, dataset: &Dataset, exempt: &[ActorIndex]) -> Result<(), LensError> {
        let actors = dataset.actors();
        for id in &self.lens.avoid {
            let actor = actors.find(id).ok_or_else(|| LensError::NoActor(id.clone()))?;
            if exempt.contains(&actor) {
                return Err(LensError::AskedAvoided(actors.label(actor).to_owned()));
            }
            self.avoided.push(actor);
        }
        self.avoided.sort_unstable();
        let lens = &self.lens;
        if !lens.kinds.is_empty() {
            let officials = if lens.kinds.contains(&KindSelector::Official) {
                self.officials(dataset)
            } else {
                BTreeSet::new()
            };
            let of_kind = |actor: ActorIndex| {
                lens.kinds.iter().any(|wanted| match wanted {
                    KindSelector::Kind(wanted) => actors.kind(actor) == Some(*wanted),
                    KindSelector::Official => officials.contains(&actor),
                })
            };
            self.kinds = actors.all().map(of_kind).collect();
        }
        if lens.kinds.is_empty() && self.avoided.is_empty() {
            return Ok(());
        }
        self.actors = actors
            .all()
            .map(|actor| {
                let suits = self.kinds.get(actor.at()).copied().unwrap_or(true) || exempt.contains(&actor);
                suits && self.avoided.binary_search(&actor).is_err()
            })
            .collect();
        Ok(())
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

    /// Whether there are actors that do not pass, or may be.
    pub fn asks_ends(&self) -> bool {
        !(self.actors.is_empty() && self.hubs.is_empty())
    }

    /// Whether an actor passes.
    pub fn admits(&self, actor: ActorIndex) -> bool {
        self.admits_hubs_too(actor) && (self.hubs.is_empty() || self.hubs.binary_search(&actor).is_err())
    }

    fn admits_hubs_too(&self, actor: ActorIndex) -> bool {
        self.actors.get(actor.at()).copied().unwrap_or(true)
    }

    /// How surely a tie was in force in the window, by the claims that the lens looks at.
    ///
    /// A claim that refutes the tie counts against it even when the lens does not list refuted ties.
    pub fn certainty(&self, dataset: &Dataset, tie: TieIndex) -> Certainty {
        self.certainty_by(dataset, tie, &self.references, self.lens.during)
    }

    /// The same in another window than that of the lens.
    pub fn certainty_in(&self, dataset: &Dataset, tie: TieIndex, window: Window) -> Certainty {
        self.certainty_by(dataset, tie, &self.references, window)
    }

    /// Whether ties of a relation pass, whatever else they say.
    pub fn takes(&self, relation: u16) -> bool {
        self.relations[usize::from(relation)] && self.polarities[usize::from(relation)]
    }

    fn certainty_by(
        &self,
        dataset: &Dataset,
        tie: TieIndex,
        references: &[ReferenceIndex],
        window: Window,
    ) -> Certainty {
        let claims = dataset.ties().claims(tie);
        let counted = claims.filter(|(claim, _, cited)| {
            denies(claim.status) || (self.lens.statuses.contains(&claim.status) && cites(cited, references))
        });
        verdict(counted.map(|(claim, bounds, _)| (claim.status, claim.holds(bounds, window))))
    }

    /// Whether a claim of this status that cites these references is looked at.
    pub fn looks_at(&self, status: Status, cited: &[ReferenceIndex]) -> bool {
        self.lens.statuses.contains(&status) && cites(cited, &self.references)
    }

    /// Whether a tie passes, and so may be walked: its relation, its days, and both its ends.
    pub fn passes(&self, dataset: &Dataset, tie: TieIndex) -> bool {
        self.passes_but(dataset, tie, None)
    }

    /// Whether a tie passes when one option is not asked.
    fn passes_but(&self, dataset: &Dataset, tie: TieIndex, dropped: Option<Narrowing>) -> bool {
        let references: &[ReferenceIndex] =
            if dropped == Some(Narrowing::Reference) { &[] } else { &self.references };
        let admits = |actor| match dropped {
            Some(Narrowing::MaxDegree) => self.admits_hubs_too(actor),
            _ => self.admits(actor),
        };
        let ties = dataset.ties();
        self.relations[usize::from(ties.relation(tie))]
            && self.suits(dataset, tie, dropped)
            && self.certainty_by(dataset, tie, references, self.lens.during) >= self.lens.certainty
            && (!self.asks_ends() || (admits(ties.source(tie)) && admits(ties.target(tie))))
    }

    /// Whether a tie passes, by what is known of sayings of its dataset, to which this may add.
    ///
    /// Where the lens has a window, days are asked first: they are near, and leave most ties out.
    pub fn passes_by(&self, dataset: &Dataset, tie: TieIndex, verdicts: &Verdicts) -> bool {
        let ties = dataset.ties();
        let holds =
            || verdicts.holds(ties.saying(tie), || self.certainty(dataset, tie) >= self.lens.certainty);
        let suits = || self.relations[usize::from(ties.relation(tie))] && self.suits(dataset, tie, None);
        let days_first = self.lens.during != Window::ALL;
        let is_in = (!days_first || holds()) && suits() && (days_first || holds());
        is_in && (!self.asks_ends() || (self.admits(ties.source(tie)) && self.admits(ties.target(tie))))
    }

    /// Whether the polarity and the number of reports of a tie pass.
    pub(super) fn suits(&self, dataset: &Dataset, tie: TieIndex, dropped: Option<Narrowing>) -> bool {
        let ties = dataset.ties();
        (dropped == Some(Narrowing::Polarity) || self.polarities[usize::from(ties.relation(tie))])
            && (dropped == Some(Narrowing::MinCount) || ties.report_count(tie) >= self.lens.min_count)
    }

    /// Whether kinds are asked for of which the dataset has no actor.
    pub fn finds_no_kind(&self) -> bool {
        !self.kinds.is_empty() && !self.kinds.contains(&true)
    }

    /// What the options on polarity, references, reports and degree leave out among some ties: each
    /// option that bites, with the number of ties that would pass without it alone.
    pub fn narrowed(
        &self,
        dataset: &Dataset,
        among: &(impl Iterator<Item = TieIndex> + Clone),
    ) -> Vec<Narrowed> {
        let lens = &self.lens;
        let polarities: Vec<&str> = lens.polarities.iter().map(|polarity| polarity.as_str()).collect();
        let mut options = Vec::new();
        if !polarities.is_empty() {
            options.push((Narrowing::Polarity, format!("--polarity {}", polarities.join(","))));
        }
        if !lens.references.is_empty() {
            options.push((Narrowing::Reference, format!("--reference {}", lens.references.join(" "))));
        }
        if lens.min_count > 1 {
            options.push((Narrowing::MinCount, format!("--min-count {}", lens.min_count)));
        }
        if let Some(most) = lens.max_degree {
            options.push((Narrowing::MaxDegree, format!("--max-degree {most}")));
        }
        let mut narrowed = Vec::new();
        for (narrowing, option) in options {
            let bites = |tie: &TieIndex| {
                !self.passes(dataset, *tie) && self.passes_but(dataset, *tie, Some(narrowing))
            };
            let tie_count = among.clone().filter(bites).count();
            let actor_count = (narrowing == Narrowing::MaxDegree).then_some(self.hubs.len());
            if tie_count > 0 {
                narrowed.push(Narrowed { option, tie_count, actor_count });
            }
        }
        narrowed
    }

    /// Whether a tie is listed: as one that passes, except that one end of a kind asked for is enough, and
    /// that the lens may ask for refuted or absent ties, of which a claim says that they were not.
    pub fn lists(&self, dataset: &Dataset, tie: TieIndex) -> bool {
        let ties = dataset.ties();
        let ends = [ties.source(tie), ties.target(tie)];
        let is_left_out = |actor: &ActorIndex| {
            self.avoided.binary_search(actor).is_ok() || self.hubs.binary_search(actor).is_ok()
        };
        let is_of_kind = |actor: &ActorIndex| self.kinds.get(actor.at()).copied().unwrap_or(true);
        self.relations[usize::from(ties.relation(tie))]
            && self.suits(dataset, tie, None)
            && !ends.iter().any(is_left_out)
            && ends.iter().any(is_of_kind)
            && (self.certainty(dataset, tie) >= self.lens.certainty || self.is_denied(dataset, tie))
    }

    /// Whether the lens asks for refuted or absent ties, and a claim says so of this one in the window.
    fn is_denied(&self, dataset: &Dataset, tie: TieIndex) -> bool {
        dataset.ties().claims(tie).any(|(claim, bounds, cited)| {
            denies(claim.status)
                && cites(cited, &self.references)
                && self.lens.statuses.contains(&claim.status)
                && claim.holds(bounds, self.lens.during) >= self.lens.certainty
        })
    }
}

/// Whether a claim cites one of some references; of none means of any.
fn cites(cited: &[ReferenceIndex], references: &[ReferenceIndex]) -> bool {
    references.is_empty() || cited.iter().any(|reference| references.binary_search(reference).is_ok())
}

/// Whether a claim of this status says that there was no such tie.
pub(super) const fn denies(status: Status) -> bool {
    match status {
        Status::Refuted | Status::Absent => true,
        Status::Asserted | Status::Alleged | Status::Disputed | Status::Hypothetical => false,
    }
}
