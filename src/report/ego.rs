//! Who is tied to an actor, and how.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    figure_words,
    picture::{BUDGET, Picture},
    sources::SourceView,
    view::{ActorView, TieView, Viewer},
};
use crate::{
    dataset::{ActorIndex, TieIndex},
    date::Date,
    diagram::{Languages, Role, Scene},
    model::{ActorKind, Polarity, Tie},
    network::Network,
};

/// How many relations of one actor a line of text names before it counts the rest.
const RELATIONS_SHOWN: usize = 3;

/// An actor that is tied to the one asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Alter {
    /// The actor.
    #[serde(flatten)]
    pub actor: ActorView,
    /// How many ties join the two.
    pub tie_count: usize,
    /// How many distinct happenings these are: the ties of one event count once.
    pub happening_count: usize,
    /// The first year that a date of the ties names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_year: Option<i32>,
    /// The last year; absent where a tie has no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_year: Option<i32>,
    /// Ties by relation.
    pub relations: BTreeMap<String, usize>,
    /// Ties by polarity: positive, neutral, negative.
    pub polarity: PolarityCounts,
    /// The numbers of the sources.
    pub sources: Vec<usize>,
    /// The ties in order of time.
    pub ties: Vec<TieView>,
}

/// Ties by polarity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PolarityCounts {
    /// Friendly ties.
    pub positive: usize,
    /// Ties that are neither.
    pub neutral: usize,
    /// Hostile ties.
    pub negative: usize,
}

/// Those tied to an actor, the strongest first: by distinct happenings, then name and id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EgoReport {
    /// The actor asked about.
    pub ego: ActorView,
    /// How many actors are tied to it.
    pub alter_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The actors.
    pub alters: Vec<Alter>,
    /// What the ties cite.
    pub sources: Vec<SourceView>,
}

impl EgoReport {
    /// The surroundings of an actor in a network, of which at most `limit` actors are shown, named in languages.
    ///
    /// # Complexity
    /// Time O(t + d log d), for t ties of the actor with d others.
    pub fn new(
        network: &Network<'_>,
        ego: ActorIndex,
        limit: Option<usize>,
        languages: Option<Languages>,
    ) -> Self {
        let dataset = network.dataset();
        let mut viewer = Viewer::new(dataset, network.predicate()).naming(languages);
        let mut around: Vec<(usize, String, ActorIndex, Vec<TieIndex>)> = network
            .neighbours(ego)
            .map(|(alter, dyad)| {
                let ties: Vec<TieIndex> = network.ties(dyad).collect();
                let happenings: BTreeSet<u32> =
                    ties.iter().map(|tie| dataset.ties().happening(*tie)).collect();
                (happenings.len(), dataset.actors().label(alter).to_owned(), alter, ties)
            })
            .collect();
        around.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (&a.1, a.2).cmp(&(&b.1, b.2))));
        let alter_count = around.len();
        around.truncate(limit.unwrap_or(usize::MAX));
        let alters: Vec<Alter> = around
            .into_iter()
            .map(|(happening_count, _, alter, ties)| {
                let years = years(ties.iter().map(|tie| dataset.tie(*tie)));
                let ties = ties.iter().map(|tie| viewer.tie(*tie)).collect();
                Alter::new(viewer.actor(alter), happening_count, years, ties)
            })
            .collect();
        Self {
            ego: viewer.actor(ego),
            alter_count,
            cut_count: alter_count - alters.len(),
            alters,
            sources: viewer.sources.list(dataset),
        }
    }
}

impl Alter {
    fn new(
        actor: ActorView,
        happening_count: usize,
        years: (Option<i32>, Option<i32>),
        ties: Vec<TieView>,
    ) -> Self {
        let mut relations: BTreeMap<String, usize> = BTreeMap::new();
        let mut polarity = PolarityCounts::default();
        let mut sources = BTreeSet::new();
        for tie in &ties {
            *relations.entry(tie.relation.clone()).or_default() += 1;
            match tie.polarity {
                Polarity::Positive => polarity.positive += 1,
                Polarity::Neutral => polarity.neutral += 1,
                Polarity::Negative => polarity.negative += 1,
            }
            sources.extend(tie.cites.iter().map(|cite| cite.number));
        }
        Self {
            actor,
            tie_count: ties.len(),
            happening_count,
            first_year: years.0,
            last_year: years.1,
            relations,
            polarity,
            sources: sources.into_iter().collect(),
            ties,
        }
    }

    /// `1948–2016`; `1948–` where a tie has no end, empty where none has a date.
    fn span(&self) -> String {
        match (self.first_year, self.last_year) {
            (Some(first), Some(last)) if first == last => first.to_string(),
            (first, last) => {
                let year = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
                let dash = if first.is_some() || last.is_some() { "–" } else { "" };
                format!("{}{dash}{}", year(first), year(last))
            }
        }
    }

    /// Relations with their numbers, the most frequent first: `visit 3, meeting`; what is beyond `most`
    /// is counted.
    fn relations_text(&self, most: usize) -> String {
        let mut relations: Vec<(&String, &usize)> = self.relations.iter().collect();
        relations.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let text = |(relation, count): (&String, &usize)| match count {
            1 => relation.clone(),
            count => format!("{relation} {count}"),
        };
        let more = relations.len().saturating_sub(most);
        relations.truncate(most);
        let mut texts: Vec<String> = relations.into_iter().map(text).collect();
        if more > 0 {
            texts.push(format!("{more} more kinds"));
        }
        texts.join(", ")
    }

    fn polarity_text(&self) -> String {
        let PolarityCounts { positive, neutral, negative } = self.polarity;
        let part = |count: usize, sign: &str| (count > 0).then(|| format!("{sign}{count}"));
        [part(positive, "+"), part(neutral, "0:"), part(negative, "−")]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn row(&self, relations: String, sources: String) -> Vec<String> {
        vec![
            self.actor.name.clone(),
            self.actor.kind.map_or("", ActorKind::as_str).to_owned(),
            self.happening_count.to_string(),
            self.tie_count.to_string(),
            self.span(),
            self.polarity_text(),
            relations,
            sources,
        ]
    }
}

/// The first and last year that the dates of ties name; no last one when a tie has no end.
fn years(ties: impl Iterator<Item = Tie>) -> (Option<i32>, Option<i32>) {
    let (mut first, mut last, mut is_open): (Option<i32>, Option<i32>, bool) = (None, None, false);
    for tie in ties {
        for claim in tie.claims() {
            let spans: Vec<_> = claim.dating.dates().map(Date::span).collect();
            for day in spans.iter().flat_map(|(a, b)| [*a, *b]).filter(|day| day.is_bounded()) {
                let year = day.ymd().0;
                first = Some(first.map_or(year, |known| known.min(year)));
                last = Some(last.map_or(year, |known| known.max(year)));
            }
            is_open |= claim.dating.dates().any(|date| date.is_interval() && !date.span().1.is_bounded());
            is_open |= claim.dating.end().is_some_and(|end| !end.span().1.is_bounded());
        }
    }
    (first, if is_open { None } else { last })
}

impl Report for EgoReport {
    const SCHEMA: &'static str = "chancery/ego/1";

    fn document(&self) -> Document {
        let mut document = Document::new(match self.alter_count {
            0 => format!("Nobody is tied to {} through this lens", self.ego.name),
            1 => format!("1 actor is tied to {}", self.ego.name),
            count => format!("{count} actors are tied to {}", self.ego.name),
        });
        let mut table = Table::new(&[
            "name",
            "kind",
            "happenings>",
            "ties>",
            "years",
            "polarity",
            "relations",
            "sources",
        ]);
        for alter in &self.alters {
            let marks = alter.sources.iter().map(|number| format!("[{number}]")).collect::<Vec<_>>().concat();
            table.push(alter.row(alter.relations_text(RELATIONS_SHOWN), marks));
        }
        document.table(table);
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        let names =
            ["id", "name", "kind", "happenings>", "ties>", "years", "polarity", "relations", "sources"];
        let mut table = Table::new(&names);
        for alter in &self.alters {
            let mut cited: Vec<&str> =
                alter.ties.iter().flat_map(|tie| &tie.cites).map(|cite| cite.reference.as_str()).collect();
            cited.sort_unstable();
            cited.dedup();
            let mut row = vec![alter.actor.actor.clone()];
            row.extend(alter.row(alter.relations_text(usize::MAX), cited.join(" ")));
            table.push(row);
        }
        table
    }

    /// A star: the actor in the middle, the strongest others in turn on its left and right.
    fn scene(&self, languages: Languages) -> Option<Scene> {
        let shown = &self.alters[..self.alters.len().min(BUDGET - 1)];
        let strongest = shown.iter().map(|alter| alter.happening_count).max().unwrap_or(1);
        let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let mut picture = Picture::new(
            languages,
            |language, name| figure_words::tied_to(language, name(&self.ego)),
            &self.sources,
        );
        picture.label_lines(2);
        picture.node(&self.ego, Role::Terminal, Some(1), 1.0);
        for (at, alter) in shown.iter().enumerate() {
            let rank = if at % 2 == 0 { 2 } else { 0 };
            let weight = count(alter.happening_count) / count(strongest);
            picture.node(&alter.actor, Role::Ordinary, Some(rank), weight);
            picture.edge(&self.ego.actor, &alter.actor.actor, &alter.ties);
        }
        if self.alter_count > shown.len() {
            let (shown, all) = (shown.len(), self.alter_count);
            picture.caption(|language| figure_words::alters_drawn(language, shown, all));
        }
        Some(picture.finish())
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
