//! Who connects several actors: the answers of all pairs of them, or of each with the next, put together.

use std::collections::{BTreeMap, BTreeSet};

use super::{Connection, Connections, Options, Serves, Truncated, Unknown};
use crate::{
    analysis::meter::{Deadline, Meter},
    dataset::{ActorIndex, Dataset},
    lens::{Lens, LensError},
    network::Network,
};

/// An actor that stands between some of those asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// The actor.
    pub actor: ActorIndex,
    /// The sum over all pairs of what passes through it of one unit between the two.
    pub flow: f64,
    /// The pairs between which it stands on a shortest route, as numbers of [`Several::pairs`].
    pub pairs: Vec<usize>,
    /// Those asked about for whom it acts on the days of its ties.
    pub agent_of: Vec<ActorIndex>,
}

/// Who connects several actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Several {
    /// Those asked about.
    pub actors: Vec<ActorIndex>,
    /// Whether each is asked about with the next one only.
    pub is_chain: bool,
    /// Who connects each two of them, in the order of their places.
    pub pairs: Vec<Connection>,
    /// Everyone else on a shortest route of some pair, by flow, then the number of pairs, then id.
    pub joints: Vec<Joint>,
    /// The numbers of those asked about that are connected with one another, directly or not.
    pub parts: Vec<Vec<usize>>,
    /// What a bound left unknown of some pair.
    pub truncated: Option<Truncated>,
    /// How many steps were taken.
    pub steps: u64,
}

impl Connections<'_, '_> {
    /// Answers who connects some different actors, each two of them in turn; bounds hold for all pairs together.
    ///
    /// # Errors
    /// When the lens names a relation or actor that is not there.
    ///
    /// # Complexity
    /// Time that of [`between`](Self::between) for each of the n·(n − 1)∕2 pairs.
    pub fn among(&mut self, actors: &[ActorIndex], options: &Options) -> Result<Several, LensError> {
        let mut several = Several::of(actors, false);
        for (at, a) in actors.iter().enumerate() {
            for b in &actors[at + 1..] {
                several.push(self.between(*a, *b, &several.left(options))?);
            }
        }
        Ok(several.finish(options))
    }
}

/// Answers who connects some different actors one after the other: each with the next, by routes that pass none of the
/// rest; bounds hold for all legs together.
///
/// # Errors
/// When the lens names a relation or actor that is not there.
///
/// # Complexity
/// Time and space those of [`connect`](super::connect) for each of the n − 1 legs.
pub fn by_way_of(
    dataset: &Dataset,
    lens: &Lens,
    stops: &[ActorIndex],
    options: &Options,
    deadline: Option<Deadline<'_>>,
) -> Result<Several, LensError> {
    let mut several = Several::of(stops, true);
    for leg in stops.windows(2) {
        let rest = stops.iter().filter(|stop| !leg.contains(stop));
        let mut lens = lens.clone();
        lens.avoid.extend(rest.map(|stop| dataset.actors().id(*stop).to_owned()));
        let network = Network::between(dataset, &lens, leg)?;
        let mut connections = Connections::new(&network);
        if let Some(deadline) = deadline {
            connections = connections.until(deadline);
        }
        several.push(connections.between(leg[0], leg[1], &several.left(options))?);
    }
    Ok(several.finish(options))
}

impl Several {
    fn of(actors: &[ActorIndex], is_chain: bool) -> Self {
        Self {
            actors: actors.to_vec(),
            is_chain,
            pairs: Vec::new(),
            joints: Vec::new(),
            parts: Vec::new(),
            truncated: None,
            steps: 0,
        }
    }

    /// The options of the next pair: it has the steps that the others have left.
    fn left(&self, options: &Options) -> Options {
        Options { steps: options.steps.saturating_sub(self.steps), ..*options }
    }

    fn push(&mut self, pair: Connection) {
        self.steps += pair.steps;
        self.add(&pair);
        self.pairs.push(pair);
    }

    /// Puts together what the pairs say.
    fn finish(mut self, options: &Options) -> Self {
        let mut part_of: BTreeMap<ActorIndex, usize> = self.actors.iter().copied().zip(0..).collect();
        for pair in self.pairs.iter().filter(|pair| pair.distance.is_some() || !pair.direct.is_empty()) {
            let (one, two) = (part_of[&pair.a], part_of[&pair.b]);
            part_of.values_mut().filter(|part| **part == two).for_each(|part| *part = one);
        }
        let parts: BTreeSet<usize> = part_of.values().copied().collect();
        let of =
            |part: usize| (0..self.actors.len()).filter(|at| part_of[&self.actors[*at]] == part).collect();
        self.parts = parts.into_iter().map(of).collect();
        if let Some(truncated) = &mut self.truncated {
            (truncated.limit, truncated.steps) = (options.steps, self.steps);
        }
        self.joints = self.joints();
        self
    }

    /// Counts the steps of a question asked after the pairs, and what their bound left unknown of it.
    pub fn and_then(&mut self, meter: &Meter<'_>, unknown: Unknown) {
        if let Some(cut) = Truncated::by(meter, unknown) {
            let truncated = self.truncated.get_or_insert_with(|| Truncated {
                limit: cut.limit.saturating_add(self.steps),
                unknown: Vec::new(),
                ..cut
            });
            truncated.unknown.push(unknown);
        }
        self.steps += meter.taken();
        if let Some(truncated) = &mut self.truncated {
            truncated.steps = self.steps;
        }
    }

    /// Takes over what a bound left unknown of a pair.
    fn add(&mut self, pair: &Connection) {
        let Some(cut) = &pair.truncated else { return };
        let truncated =
            self.truncated.get_or_insert_with(|| Truncated { unknown: Vec::new(), ..cut.clone() });
        truncated.unknown.extend(&cut.unknown);
        truncated.unknown.sort_unstable();
        truncated.unknown.dedup();
        truncated.at_least_hops = None;
    }

    fn joints(&self) -> Vec<Joint> {
        let mut joints: BTreeMap<ActorIndex, Joint> = BTreeMap::new();
        for (number, pair) in self.pairs.iter().enumerate() {
            for connector in &pair.connectors {
                if self.actors.contains(&connector.actor) {
                    continue;
                }
                let joint = joints.entry(connector.actor).or_insert_with(|| Joint {
                    actor: connector.actor,
                    flow: 0.0,
                    pairs: Vec::new(),
                    agent_of: Vec::new(),
                });
                joint.flow += connector.flow;
                joint.pairs.push(number);
                let served: &[ActorIndex] = match connector.serves {
                    Serves::Third => &[],
                    Serves::A => &[pair.a],
                    Serves::B => &[pair.b],
                    Serves::Both => &[pair.a, pair.b],
                };
                joint.agent_of.extend(served);
            }
        }
        let mut joints: Vec<Joint> = joints.into_values().collect();
        for joint in &mut joints {
            joint.agent_of.sort_unstable();
            joint.agent_of.dedup();
        }
        joints.sort_by(|x, y| {
            let by_pairs = || y.pairs.len().cmp(&x.pairs.len());
            y.flow.total_cmp(&x.flow).then_with(by_pairs).then_with(|| x.actor.cmp(&y.actor))
        });
        joints
    }

    /// Those asked about that a joint ties together: the ends of its pairs.
    pub fn joined_by(&self, joint: &Joint) -> Vec<ActorIndex> {
        let ends = joint.pairs.iter().flat_map(|number| [self.pairs[*number].a, self.pairs[*number].b]);
        let ends: BTreeSet<ActorIndex> = ends.collect();
        self.actors.iter().copied().filter(|actor| ends.contains(actor)).collect()
    }
}
