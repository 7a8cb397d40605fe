//! Actors ranked by a measure.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table, counted},
    figure_words,
    picture::{BUDGET, Picture},
    sources::SourceView,
    view::{ActorView, TieView, Viewer},
};
use crate::{
    analysis::{Convention, Look, Measure, Remark, Scores, order::Pace},
    dataset::ActorIndex,
    date::Certainty,
    diagram::{Languages, Role, Scene},
    model::ActorKind,
    network::Network,
};

/// An actor with its place in a ranking.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RankedView {
    /// Its place, from 1; actors of equal score share the best place among them.
    pub rank: usize,
    /// Who it is.
    #[serde(flatten)]
    pub actor: ActorView,
    /// What the measure gives it, to 14 significant digits.
    pub score: f64,
}

/// Which end of a ranking comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The highest score.
    #[default]
    Falling,
    /// The lowest.
    Rising,
}

/// Actors ranked by a measure, those of equal score in the order of their ids.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RankReport {
    /// By what.
    pub measure: Measure,
    /// Whether direction was followed.
    pub directed: bool,
    /// What ties were counted by, if they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<&'static str>,
    /// Whether scores are shares of the greatest that is possible.
    pub normalized: bool,
    /// The ids of those from whom paths count, where not from all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Vec<String>>,
    /// The ids of those to whom paths count, where not to all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Vec<String>>,
    /// With 95 % probability no score is farther off; absent where scores are exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_bound: Option<f64>,
    /// How many actors were ranked: those of the network for which the measure is defined.
    pub actor_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The actors.
    pub ranking: Vec<RankedView>,
    #[serde(skip)]
    remarks: Vec<Remark>,
    #[serde(skip)]
    edges: Vec<(usize, usize, Vec<TieView>)>,
    #[serde(skip)]
    sources: Vec<SourceView>,
}

impl RankReport {
    /// Ranks the actors of a network by their scores, and shows at most `limit`.
    pub fn new(
        network: &Network<'_>,
        measure: Measure,
        convention: &Convention<'_>,
        scores: &Scores,
        order: Order,
        limit: Option<usize>,
    ) -> Self {
        let ranked = ranked(scores, order);
        let shown = &ranked[..ranked.len().min(limit.unwrap_or(usize::MAX))];
        let viewer = Viewer::new(network.dataset(), network.predicate());
        let view = |(rank, actor, score): &(usize, ActorIndex, f64)| RankedView {
            rank: *rank,
            actor: viewer.actor(*actor),
            score: *score,
        };
        let ids = |actors: Option<&Vec<ActorIndex>>| -> Option<Vec<String>> {
            let id = |actor: &ActorIndex| network.dataset().actors().id(*actor).to_owned();
            Some(actors?.iter().map(id).collect())
        };
        let bound = |remark: &Remark| match remark {
            Remark::Sampled { error_bound, .. } => Some(*error_bound),
            _ => None,
        };
        Self {
            measure,
            directed: scores.is_directed,
            weight: convention.weight.map(|weight| weight.weighing.as_str()),
            normalized: convention.is_normalised,
            from: ids(convention.pairs.and_then(|pairs| pairs.sources.as_ref())),
            to: ids(convention.pairs.and_then(|pairs| pairs.targets.as_ref())),
            error_bound: scores.remarks.iter().find_map(bound),
            actor_count: ranked.len(),
            cut_count: ranked.len() - shown.len(),
            ranking: shown.iter().map(view).collect(),
            remarks: scores.remarks.clone(),
            edges: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// Reads the ties among the first actors of the ranking, which a picture shows and a table does not, and names
    /// the actors in languages.
    #[must_use]
    pub fn with_ties(mut self, network: &Network<'_>, languages: Option<Languages>) -> Self {
        let dataset = network.dataset();
        let ranked = self.ranking.iter().take(BUDGET);
        let drawn: Vec<ActorIndex> =
            ranked.filter_map(|ranked| dataset.actors().find(&ranked.actor.actor)).collect();
        let mut viewer = Viewer::new(dataset, network.predicate()).naming(languages);
        for ranked in &mut self.ranking {
            if let Some(actor) = dataset.actors().find(&ranked.actor.actor) {
                ranked.actor = viewer.actor(actor);
            }
        }
        self.edges = edges(network, &drawn, &mut viewer);
        self.sources = viewer.sources.list(dataset);
        self
    }

    /// What the reader of the ranking must know: the definition in force, what it runs on, and whether
    /// unlike actors are ranked together.
    pub fn notes(&self, network: &Network<'_>, convention: &Convention<'_>) -> Vec<String> {
        let mut notes = vec![self.measure.definition().to_owned()];
        notes.push(conventions(self.measure, self.directed, convention, network));
        notes.extend(self.remarks.iter().filter_map(|told| remark(self.measure, told)));
        notes.extend(unlike(network));
        notes
    }

    fn score(&self, score: f64) -> String {
        let is_whole = self.measure.is_whole() && !self.normalized;
        let most = self.ranking.iter().map(|ranked| ranked.score.abs()).fold(0.0, f64::max);
        decimal(score, if is_whole { 0 } else { decimals(most) })
    }
}

/// Actors with their places and scores, to 14 significant digits, in order; those without a score are left out.
pub(super) fn ranked(scores: &Scores, order: Order) -> Vec<(usize, ActorIndex, f64)> {
    let values = scores.actors.iter().zip(&scores.values);
    let mut ranked: Vec<(usize, ActorIndex, f64)> =
        values.filter_map(|(actor, value)| Some((0, *actor, settled((*value)?)))).collect();
    ranked.sort_by(|(_, a, x), (_, b, y)| {
        let by_score = match order {
            Order::Falling => y.total_cmp(x),
            Order::Rising => x.total_cmp(y),
        };
        by_score.then_with(|| a.cmp(b))
    });
    for at in 0..ranked.len() {
        let shares = at > 0 && ranked[at - 1].2.total_cmp(&ranked[at].2).is_eq();
        ranked[at].0 = if shares { ranked[at - 1].0 } else { at + 1 };
    }
    ranked
}

/// A score to 14 significant digits: what lies beyond is the noise of the order of summation, and
/// actors that stand alike must score alike.
pub(super) fn settled(score: f64) -> f64 {
    // Whole numbers of so many digits are what they are.
    if score.fract() == 0.0 && score.abs() < 1e14 {
        return score;
    }
    format!("{score:.13e}").parse().unwrap_or(score)
}

/// How many decimals show five digits of the greatest of some numbers.
pub(super) fn decimals(most: f64) -> usize {
    if most <= 0.0 {
        return 0;
    }
    (0..10)
        .find(|places| most * 10_f64.powi(*places) >= 10_000.0)
        .map_or(10, |places| places.unsigned_abs() as usize)
}

/// A number with so many decimals, and no minus before zero.
pub(super) fn decimal(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let is_zero = text.chars().all(|c| "-0.".contains(c));
    if is_zero { text.trim_start_matches('-').to_owned() } else { text }
}

/// What was done with direction, parallel ties and scale, and on what.
pub(super) fn conventions(
    measure: Measure,
    is_directed: bool,
    convention: &Convention<'_>,
    network: &Network<'_>,
) -> String {
    let lens = network.predicate().lens();
    let on = if lens.relations.is_empty() {
        let channels: Vec<&str> = lens.channels.iter().map(|channel| channel.as_str()).collect();
        format!("channels {}", channels.join(", "))
    } else {
        format!("relations {}", lens.relations.join(", "))
    };
    let direction = match (is_directed, convention.is_inward) {
        (false, _) => "Ties are taken as undirected",
        (true, false) => "Ties are followed from source to target, symmetric ones both ways",
        (true, true) => "Ties are followed from target to source, symmetric ones both ways",
    };
    let mut text = match (&convention.weight, measure.nature().weight) {
        (None, Look::Never | Look::Asked) => format!("{direction}, and parallel ties count as one"),
        (None, Look::Always) => format!("{direction}, and weigh the number of ties"),
        (Some(weight), _) => format!("{direction}, and weigh {}", weight.weighing.definition()),
    };
    if let Some(decay) = convention.weight.and_then(|weight| weight.decay) {
        text.push_str(&format!(
            ", halved for every {:.0} days that had passed since by {}",
            decay.half_life_days, decay.now
        ));
    }
    if let Some(pairs) = convention.pairs {
        let named = |actors: &Option<Vec<ActorIndex>>| match actors {
            Some(actors) => format!("({})", listed(network, actors)),
            None => "all".to_owned(),
        };
        let (from, to) = (named(&pairs.sources), named(&pairs.targets));
        text.push_str(&if is_directed {
            format!("; only paths from {from} to {to} count")
        } else {
            format!("; only paths between {from} and {to} count, each pair once")
        });
    }
    if measure.is_temporal() {
        text.push_str(match convention.pace {
            Pace::SameDay => "; contact passes on from the day on which it came",
            Pace::Strict => "; contact passes on from the day after it came",
        });
        text.push_str(match lens.certainty {
            Certainty::Certainly => ", and certainly so",
            Certainty::Possibly | Certainty::No => ", where dates allow it",
        });
    }
    if convention.weight.is_some() && measure.is_by_paths() {
        text.push_str("; a dyad is as long as the inverse of its weight");
    }
    let scale = if convention.is_normalised {
        "; scores are shares of the greatest possible"
    } else {
        "; not normalised"
    };
    if measure.greatest(3.0, is_directed).is_some() {
        text.push_str(scale);
    }
    format!("{text}; the network holds {on}.")
}

/// The names of some actors, the first of many.
pub(super) fn listed(network: &Network<'_>, actors: &[ActorIndex]) -> String {
    let label = |actor: &ActorIndex| network.dataset().actors().label(*actor);
    let mut names: Vec<&str> = actors.iter().take(NAMED).map(label).collect();
    let more = format!("{} more", actors.len().saturating_sub(NAMED));
    if actors.len() > NAMED {
        names.push(&more);
    }
    names.join(", ")
}

/// So many actors of a group are named in a note.
const NAMED: usize = 6;

fn remark(measure: Measure, remark: &Remark) -> Option<String> {
    match remark {
        Remark::Sampled { error_bound, .. } if *error_bound <= 0.0 => None,
        Remark::Sampled { source_count, error_bound } => Some(format!(
            "Estimated from {source_count} {}: with 95 % probability no score is off by more than \
             {error_bound:.4}.",
            match measure {
                Measure::CurrentFlowBetweenness => "pairs",
                Measure::CurrentFlowCloseness => "projections",
                _ => "sources",
            }
        )),
        Remark::Unsolved { rest } => Some(format!(
            "Warning: the equations of currents were left with a rest of {rest:.1e} of their right side."
        )),
        Remark::Unsettled { change } => Some(format!(
            "Warning: the scores had not settled when sweeps ended (the last changed them by {change:.1e} together)."
        )),
        Remark::Alpha(alpha) => Some(format!("α is {alpha:.6}.")),
        Remark::SharedDays { tie_count } => Some(format!(
            "{} of happenings that share an unknown day {} taken one by one.",
            counted(*tie_count, "tie"),
            if *tie_count == 1 { "is" } else { "are" }
        )),
        Remark::Undefined { actor_count: 1 } => {
            Some("For 1 actor it is not defined (no or one contact).".to_owned())
        }
        Remark::Undefined { actor_count } => {
            Some(format!("For {actor_count} actors it is not defined (no or one contact)."))
        }
    }
}

/// Whether unlike actors are ranked together, and who is not ranked for not having existed.
pub(super) fn unlike(network: &Network<'_>) -> Vec<String> {
    let (dataset, lens) = (network.dataset(), network.predicate().lens());
    let mut notes = Vec::new();
    if network.compact().dyads().is_empty() {
        notes.push("No tie passes the lens.".to_owned());
    }
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for actor in network.actors() {
        *kinds.entry(dataset.actors().kind(actor).map_or("no kind", ActorKind::as_str)).or_default() += 1;
    }
    let admitted = dataset.actors().all().filter(|actor| network.predicate().admits(*actor)).count();
    let absent = admitted - kinds.values().sum::<usize>();
    if absent > 0 {
        let who = if absent == 1 { "1 actor is".to_owned() } else { format!("{absent} actors are") };
        notes.push(format!(
            "{who} not ranked: without ties here, and certainly not in existence in the window."
        ));
    }
    if lens.kinds.is_empty() && kinds.len() > 1 {
        let counts: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        notes.push(format!(
            "Warning: actors of {} kinds are ranked together ({}); --kind ranks one kind, on the ties among its own, \
             and --fold countries counts whoever acts for a country as the country.",
            kinds.len(),
            counts.join(", ")
        ));
    }
    notes
}

/// The dyads among some actors, with their ties.
fn edges(
    network: &Network<'_>,
    actors: &[ActorIndex],
    viewer: &mut Viewer<'_>,
) -> Vec<(usize, usize, Vec<TieView>)> {
    let mut edges = Vec::new();
    for (source, a) in actors.iter().enumerate() {
        for (target, b) in actors.iter().enumerate().skip(source + 1) {
            if let Some(dyad) = network.dyad(*a, *b) {
                edges.push((source, target, network.ties(dyad).map(|tie| viewer.tie(tie)).collect()));
            }
        }
    }
    edges
}

impl Report for RankReport {
    const SCHEMA: &'static str = "chancery/rank/1";

    fn document(&self) -> Document {
        let mut document =
            Document::new(format!("{} by {}", counted(self.actor_count, "actor"), self.measure.as_str()));
        if self.actor_count == 0 {
            document.paragraph("No actor is left to rank: the lens, or the measure, leaves none.");
        }
        let mut table = Table::new(&["rank>", "name", "", "kind", "score>", "id"]);
        for ranked in &self.ranking {
            table.push(vec![
                ranked.rank.to_string(),
                ranked.actor.name.clone(),
                ranked.actor.name_also.clone().unwrap_or_default(),
                ranked.actor.kind.map_or("", ActorKind::as_str).to_owned(),
                self.score(ranked.score),
                ranked.actor.actor.clone(),
            ]);
        }
        document.table(table);
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["rank>", "actor", "name", "kind", "score>"]);
        for ranked in &self.ranking {
            table.push(vec![
                ranked.rank.to_string(),
                ranked.actor.actor.clone(),
                ranked.actor.name.clone(),
                ranked.actor.kind.map_or("", ActorKind::as_str).to_owned(),
                ranked.score.to_string(),
            ]);
        }
        table
    }

    /// The network among the first actors of the ranking, sized by score, as [`RankReport::with_ties`]
    /// left it.
    fn scene(&self, languages: Languages) -> Option<Scene> {
        let drawn = &self.ranking[..self.ranking.len().min(BUDGET)];
        let highest = drawn.first().map(|ranked| ranked.score).filter(|score| *score > 0.0);
        let mut picture = Picture::new(
            languages,
            |language, _| figure_words::ranked_by(language, self.measure),
            &self.sources,
        );
        for ranked in drawn {
            let weight = highest.map_or(0.0, |highest| ranked.score / highest);
            picture.node(&ranked.actor, Role::Ranked, None, weight.min(1.0));
        }
        for (source, target, ties) in &self.edges {
            picture.edge(&drawn[*source].actor.actor, &drawn[*target].actor.actor, ties);
        }
        if drawn.len() < self.actor_count {
            picture.caption(|language| figure_words::first_drawn(language, drawn.len(), self.actor_count));
        }
        let mut scene = picture.finish();
        scene.label_lines = 1;
        for (node, ranked) in scene.nodes.iter_mut().zip(drawn) {
            let place = format!("{}. {}", ranked.rank, self.score(ranked.score));
            node.sublabel = match ranked.actor.name_also.as_ref().filter(|_| languages.second.is_some()) {
                Some(also) => Some(format!("{also} · {place}")),
                None => Some(place),
            };
        }
        Some(scene)
    }
}
