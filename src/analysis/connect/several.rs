//! Who connects several actors: the answers of all pairs of them, put together.

use std::collections::{BTreeMap, BTreeSet};

use super::{Connection, Connections, Options, Serves, Truncated, Unknown};
use crate::{analysis::meter::Meter, dataset::ActorIndex, lens::LensError};

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
        let mut several = Several {
            actors: actors.to_vec(),
            pairs: Vec::new(),
            joints: Vec::new(),
            parts: Vec::new(),
            truncated: None,
            steps: 0,
        };
        let mut part_of: Vec<usize> = (0..actors.len()).collect();
        for (at, a) in actors.iter().enumerate() {
            for (other, b) in actors.iter().enumerate().skip(at + 1) {
                let options = Options { steps: options.steps.saturating_sub(several.steps), ..*options };
                let pair = self.between(*a, *b, &options)?;
                several.steps += pair.steps;
                if pair.distance.is_some() || !pair.direct.is_empty() {
                    let (one, two) = (part_of[at], part_of[other]);
                    part_of.iter_mut().filter(|part| **part == two).for_each(|part| *part = one);
                }
                several.add(&pair);
                several.pairs.push(pair);
            }
        }
        let parts: BTreeSet<usize> = part_of.iter().copied().collect();
        let of = |part: usize| (0..actors.len()).filter(|at| part_of[*at] == part).collect();
        several.parts = parts.into_iter().map(of).collect();
        if let Some(truncated) = &mut several.truncated {
            (truncated.limit, truncated.steps) = (options.steps, several.steps);
        }
        several.joints = several.joints();
        Ok(several)
    }
}

impl Several {
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
