//! Why an actor scores as it does: the ties, paths or triads that its score rests on.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table, counted},
    rank::{Order, conventions, decimal, decimals, ranked, settled},
    sources::SourceView,
    view::{ActorView, TieView, Viewer},
};
use crate::{
    analysis::{Convention, Grounds, Measure, ScorePart as Part, Scores},
    dataset::{ActorIndex, TieIndex},
    network::Network,
};

/// A part of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PartView {
    /// What it is: `contact`, `passage`, `triad` or `distance`.
    pub part: &'static str,
    /// The neighbour; those before and after on the paths; the two who are tied; nobody for a distance.
    pub actors: Vec<ActorView>,
    /// How far, for a distance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<f64>,
    /// How many are so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// What it adds to the score.
    pub value: f64,
    /// The ties that make it.
    pub ties: Vec<TieView>,
}

/// Why an actor scores as it does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WhyReport {
    /// By what.
    pub measure: Measure,
    /// Who.
    pub actor: ActorView,
    /// Its score; absent where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Its place, from 1, the highest score first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<usize>,
    /// Of how many.
    pub actor_count: usize,
    /// What every actor has, whatever its ties.
    pub base: f64,
    /// Whether base and parts add up to the score.
    pub is_sum: bool,
    /// Whether some part takes away from the score, so that others are more than the whole of it.
    #[serde(skip)]
    takes_away: bool,
    /// How many parts there are.
    pub part_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The parts, those that add most first.
    pub parts: Vec<PartView>,
    /// What the ties cite.
    pub sources: Vec<SourceView>,
}

/// At most so many ties of a part are told in text.
const TOLD: usize = 3;

impl WhyReport {
    /// Shows at most `limit` parts of what the score of an actor rests on.
    pub fn new(
        network: &Network<'_>,
        measure: Measure,
        actor: ActorIndex,
        scores: &Scores,
        grounds: &Grounds,
        limit: Option<usize>,
    ) -> Self {
        let mut viewer = Viewer::new(network.dataset(), network.predicate());
        let places = ranked(scores, Order::Falling);
        let rank = places.iter().find(|(_, other, _)| *other == actor).map(|(rank, _, _)| *rank);
        let shown = &grounds.parts[..grounds.parts.len().min(limit.unwrap_or(usize::MAX))];
        let parts: Vec<PartView> =
            shown.iter().map(|part| view(network, &mut viewer, actor, *part)).collect();
        Self {
            measure,
            actor: viewer.actor(actor),
            score: grounds.score.map(settled),
            rank,
            actor_count: places.len(),
            base: settled(grounds.base),
            is_sum: grounds.is_sum,
            takes_away: grounds.parts.iter().any(|part| part.value() < 0.0),
            part_count: grounds.parts.len(),
            cut_count: grounds.parts.len() - parts.len(),
            parts,
            sources: viewer.sources.list(network.dataset()),
        }
    }

    /// What the reader must know: the definition in force, and what the parts are.
    pub fn notes(
        &self,
        network: &Network<'_>,
        convention: &Convention<'_>,
        is_directed: bool,
    ) -> Vec<String> {
        let parts = match self.measure {
            Measure::Betweenness => {
                "A passage is all shortest paths of others that come from the one neighbour and go on to the other; its \
                 value is the share of them among the shortest paths of their ends, summed over all pairs."
            }
            Measure::TemporalBetweenness => {
                "A passage is all chains of others in order of time that come from the one neighbour and go on to the other; its \
                 value is the share of them among the chains of fewest hops of their ends, summed over all pairs."
            }
            Measure::Closeness | Measure::Harmonic | Measure::TemporalCloseness => {
                "Parts are those at each distance."
            }
            Measure::CurrentFlowBetweenness => {
                "Parts are what passes through it along its dyad with each neighbour, of the current between others."
            }
            Measure::CurrentFlowCloseness => {
                "Parts are the resistances between it and each other, the least first."
            }
            Measure::Clustering => "Parts are the pairs of its neighbours that are tied.",
            Measure::Hierarchy => {
                "Parts are what each neighbour adds: one that constrains the actor more than the mean of its neighbours \
                 adds to it, one that constrains it less takes away."
            }
            Measure::Core => "Parts are its neighbours of at least its core number, with theirs.",
            _ => "Parts are what each neighbour adds.",
        };
        vec![
            self.measure.definition().to_owned(),
            conventions(self.measure, is_directed, convention, network),
            parts.to_owned(),
        ]
    }

    fn number(&self, value: f64) -> String {
        let most =
            self.parts.iter().map(|part| part.value.abs()).fold(self.score.unwrap_or(0.0).abs(), f64::max);
        let is_whole = self.parts.iter().all(|part| part.value.fract() == 0.0) && value.fract() == 0.0;
        decimal(value, if is_whole { 0 } else { decimals(most) })
    }
}

fn view(network: &Network<'_>, viewer: &mut Viewer<'_>, actor: ActorIndex, part: Part) -> PartView {
    let (name, actors, dyads) = match part {
        Part::Contact { with, .. } => ("contact", vec![with], vec![(actor, with)]),
        Part::Passage { from, to, .. } => ("passage", vec![from, to], vec![(from, actor), (actor, to)]),
        Part::Triad { a, b, .. } => ("triad", vec![a, b], vec![(a, b)]),
        Part::Distance { .. } => ("distance", Vec::new(), Vec::new()),
    };
    let (length, count) = match part {
        Part::Distance { length, count, .. } => (Some(length), Some(count)),
        Part::Contact { .. } | Part::Passage { .. } | Part::Triad { .. } => (None, None),
    };
    let ties: Vec<TieIndex> = dyads.into_iter().flat_map(|(a, b)| network.ties_between(a, b)).collect();
    PartView {
        part: name,
        actors: actors.into_iter().map(|actor| viewer.actor(actor)).collect(),
        length,
        count,
        value: settled(part.value()),
        ties: ties.into_iter().map(|tie| viewer.tie(tie)).collect(),
    }
}

impl Report for WhyReport {
    const SCHEMA: &'static str = "chancery/why/1";

    fn document(&self) -> Document {
        let (name, measure) = (&self.actor.name, self.measure.as_str());
        let Some(score) = self.score else {
            return Document::new(format!(
                "{name} has no score by {measure}: it has no contact, or only one"
            ));
        };
        let place =
            self.rank.map(|rank| format!(", place {rank} of {}", self.actor_count)).unwrap_or_default();
        let mut document =
            Document::new(format!("Why {name} scores {} by {measure}{place}", self.number(score)));
        if self.parts.is_empty() {
            document.paragraph("It rests on no tie.");
        }
        let share = |value: f64| {
            let share =
                if self.is_sum && !self.takes_away && score != 0.0 { 100.0 * value / score } else { 0.0 };
            if share > 0.0 { format!(" ({share:.1} %)") } else { String::new() }
        };
        if self.base != 0.0 {
            document.paragraph(format!(
                "{}{} of it is what every actor has.",
                self.number(self.base),
                share(self.base)
            ));
        }
        let item = |part: &PartView| {
            let names: Vec<&str> = part.actors.iter().map(|actor| actor.name.as_str()).collect();
            let what = match (part.part, part.length, part.count) {
                ("passage", _, _) => format!("between {} and {}", names[0], names[1]),
                (_, Some(length), Some(count)) => format!("{count} at a distance of {length}"),
                _ => names.join(" — "),
            };
            let mut lines: Vec<String> = part.ties.iter().take(TOLD).map(TieView::line).collect();
            if part.ties.len() > TOLD {
                lines.push(format!("and {}", counted(part.ties.len() - TOLD, "more tie")));
            }
            (format!("{what}: {}{}", self.number(part.value), share(part.value)), lines)
        };
        document.list(self.parts.iter().map(item).collect());
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["part", "a", "b", "length>", "count>", "value>", "ties"]);
        for part in &self.parts {
            let id = |at: usize| part.actors.get(at).map(|actor| actor.actor.clone()).unwrap_or_default();
            let ties: Vec<&str> = part.ties.iter().map(|tie| tie.id.as_str()).collect();
            table.push(vec![
                part.part.to_owned(),
                id(0),
                id(1),
                part.length.map(|length| length.to_string()).unwrap_or_default(),
                part.count.map(|count| count.to_string()).unwrap_or_default(),
                part.value.to_string(),
                ties.join(" "),
            ]);
        }
        table
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
