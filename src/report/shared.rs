//! What actors share: treaties, institutions, events in which both take part.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    sources::SourceView,
    view::{ActorView, TieView, Viewer},
};
use crate::{
    analysis::{Affair, Part, Parts, SharedPair},
    dataset::ActorIndex,
    model::ActorKind,
};

/// What two actors share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AffairView {
    /// Its id, or the bare name of an event.
    pub affair: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ActorKind>,
    /// By which tie the first takes part, and by which the other; only where two actors are asked about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<TieView>,
}

/// Two actors and what they share.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SharedView {
    /// One.
    pub a: ActorView,
    /// The other.
    pub b: ActorView,
    /// In how many affairs both take part.
    pub count: u32,
    /// The same, an affair of n actors counting 1 / (n − 1).
    pub weight: f64,
    /// The affairs.
    pub affairs: Vec<AffairView>,
}

/// Pairs of actors and what they share, those who share most first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SharedReport {
    /// The kinds of what is shared.
    pub through: Vec<ActorKind>,
    /// In how many affairs anybody takes part.
    pub affair_count: usize,
    /// How many pairs share something.
    pub pair_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The pairs.
    pub pairs: Vec<SharedView>,
    /// What the ties cite.
    pub sources: Vec<SourceView>,
    #[serde(skip)]
    is_about_two: bool,
}

/// At most so many affairs of a pair are named in text.
const NAMED: usize = 8;

impl SharedReport {
    /// What pairs of actors share; of two actors with the ties by which each takes part.
    pub fn new(
        viewer: &mut Viewer<'_>,
        through: &[ActorKind],
        parts: &Parts,
        asked: &[ActorIndex],
        limit: Option<usize>,
    ) -> Self {
        let mut pairs: Vec<SharedPair> = parts.pairs(asked.first().copied());
        if let [_, other] = asked {
            pairs.retain(|pair| pair.a == *other || pair.b == *other);
        }
        let pair_count = pairs.len();
        pairs.truncate(limit.unwrap_or(usize::MAX));
        let is_about_two = asked.len() == 2;
        let views: Vec<SharedView> = pairs
            .into_iter()
            .map(|pair| {
                // The actor asked about stands first.
                let (a, b) = if asked.first() == Some(&pair.b) { (pair.b, pair.a) } else { (pair.a, pair.b) };
                let shared = parts.shared(a, b);
                SharedView {
                    a: viewer.actor(a),
                    b: viewer.actor(b),
                    count: pair.count,
                    weight: pair.weight,
                    affairs: shared.iter().map(|shared| affair(viewer, shared, is_about_two)).collect(),
                }
            })
            .collect();
        Self {
            through: through.to_vec(),
            affair_count: parts.affair_count(),
            pair_count,
            cut_count: pair_count - views.len(),
            pairs: views,
            sources: viewer.sources.list(viewer.dataset()),
            is_about_two,
        }
    }
}

fn affair(viewer: &mut Viewer<'_>, (own, other): &(Part, Part), with_ties: bool) -> AffairView {
    let dataset = viewer.dataset();
    let mut ties = Vec::new();
    if with_ties {
        ties.push(viewer.tie(own.tie));
        if own.tie != other.tie {
            ties.push(viewer.tie(other.tie));
        }
    }
    match own.affair {
        Affair::Actor(actor) => {
            let view = viewer.actor(actor);
            AffairView { affair: view.actor, name: view.name, kind: view.kind, ties }
        }
        Affair::Happening(_) => {
            let name = dataset.tie(own.tie).event.unwrap_or_default();
            AffairView { affair: name.clone(), name, kind: Some(ActorKind::Event), ties }
        }
    }
}

impl Report for SharedReport {
    const SCHEMA: &'static str = "chancery/shared/1";

    fn document(&self) -> Document {
        let through: Vec<&str> = self.through.iter().map(|kind| kind.as_str()).collect();
        let through = through.join(", ");
        if let (true, [pair]) = (self.is_about_two, &self.pairs[..]) {
            let mut document = Document::new(format!(
                "{} and {} share {} of: {through}",
                pair.a.name, pair.b.name, pair.count
            ));
            let item = |affair: &AffairView| {
                let kind = affair.kind.map(|kind| format!(" ({})", kind.as_str())).unwrap_or_default();
                (format!("{}{kind}", affair.name), affair.ties.iter().map(TieView::line).collect())
            };
            document.list(pair.affairs.iter().map(item).collect());
            return document;
        }
        let mut document = Document::new(match self.pair_count {
            0 => format!("Nothing is shared of: {through}"),
            1 => format!("1 pair shares: {through}"),
            count => format!("{count} pairs share: {through}"),
        });
        if self.pair_count == 0 {
            document.paragraph(format!("{} such have part-takers here at all.", self.affair_count));
        }
        let mut table = Table::new(&["pair", "shared>", "weight>", "what"]);
        for pair in &self.pairs {
            let mut names: Vec<String> =
                pair.affairs.iter().take(NAMED).map(|affair| affair.name.clone()).collect();
            if pair.affairs.len() > NAMED {
                names.push(format!("{} more", pair.affairs.len() - NAMED));
            }
            table.push(vec![
                format!("{} — {}", pair.a.name, pair.b.name),
                pair.count.to_string(),
                format!("{:.4}", pair.weight),
                names.join(", "),
            ]);
        }
        document.table(table);
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["a", "b", "a_name", "b_name", "count>", "weight>", "affairs"]);
        for pair in &self.pairs {
            let affairs: Vec<&str> = pair.affairs.iter().map(|affair| affair.affair.as_str()).collect();
            table.push(vec![
                pair.a.actor.clone(),
                pair.b.actor.clone(),
                pair.a.name.clone(),
                pair.b.name.clone(),
                pair.count.to_string(),
                pair.weight.to_string(),
                affairs.join(" "),
            ]);
        }
        table
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
