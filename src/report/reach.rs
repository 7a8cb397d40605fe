//! Whom contact can have reached from an actor, or from whom it can have come, and by which day.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    view::ActorView,
};
use crate::{
    analysis::temporal::{Flow, Temporal, Terms},
    dataset::{ActorIndex, Dataset},
    date::{Certainty, Day},
};

/// An actor that contact can have reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reached {
    /// Its id, name and kind.
    #[serde(flatten)]
    pub actor: ActorView,
    /// The first day on which contact can have come; backward, the last on which it can have left. Absent where
    /// nothing says how early, or how late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// Whether contact has come in every world that the dates allow.
    pub is_certain: bool,
    /// The day by which it has in every world; backward, the last on which it can leave and still come in every
    /// world.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certain_day: Option<Day>,
    /// How many dyads the chain walks by which it came first.
    pub hop_count: usize,
    /// The ids of those between, in the order in which contact passes them.
    pub through: Vec<String>,
    /// Their names.
    pub through_names: Vec<String>,
}

/// Whom contact can have reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReachReport {
    /// The actor asked about.
    pub actor: ActorView,
    /// Whether contact is followed to where it came from.
    pub backward: bool,
    /// How many actors there are.
    pub actor_count: usize,
    /// How many of them certainly.
    pub certain_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// They, in order of the day; backward, the last first.
    pub reached: Vec<Reached>,
}

impl ReachReport {
    /// Follows contact from an actor through two layouts of one network, one of what is possible and one of what is
    /// certain; with `only_certain`, those that it reaches in some worlds only are left out.
    pub fn new(
        [possible, certain]: [&Temporal<'_>; 2],
        actor: ActorIndex,
        flow: Flow,
        terms: &Terms,
        only_certain: bool,
        limit: Option<usize>,
    ) -> Self {
        let dataset: &Dataset = possible.network().dataset();
        let all = possible.reach(actor, flow, terms);
        let sure = certain.reach(actor, flow, terms);
        let chosen = if only_certain { &sure } else { &all };
        let mut rows: Vec<(Day, ActorIndex)> = dataset
            .actors()
            .all()
            .filter(|other| *other != actor)
            .filter_map(|other| Some((chosen.day(other)?, other)))
            .collect();
        match flow {
            Flow::Forward => rows.sort_unstable(),
            Flow::Backward => rows.sort_unstable_by(|(x, a), (y, b)| y.cmp(x).then_with(|| a.cmp(b))),
        }
        let known = |day: Option<Day>| day.filter(|day| day.is_bounded());
        let certain_count = rows.iter().filter(|(_, other)| sure.day(*other).is_some()).count();
        let shown = limit.unwrap_or(rows.len()).min(rows.len());
        let reached = rows[..shown].iter().map(|(day, other)| {
            let chain = chosen.chain(*other);
            let between = &chain[1..chain.len() - 1];
            Reached {
                actor: ActorView::of(dataset, *other),
                day: known(if only_certain { all.day(*other) } else { Some(*day) }),
                is_certain: sure.day(*other).is_some(),
                certain_day: known(sure.day(*other)),
                hop_count: chain.len() - 1,
                through: between.iter().map(|actor| dataset.actors().id(*actor).to_owned()).collect(),
                through_names: between
                    .iter()
                    .map(|actor| dataset.actors().label(*actor).to_owned())
                    .collect(),
            }
        });
        Self {
            actor: ActorView::of(dataset, actor),
            backward: flow == Flow::Backward,
            actor_count: rows.len(),
            certain_count,
            cut_count: rows.len() - shown,
            reached: reached.collect(),
        }
    }
}

impl Reached {
    fn cells(&self) -> Vec<String> {
        let text =
            |day: Option<Day>, unknown: &str| day.map_or_else(|| unknown.to_owned(), |day| day.to_string());
        let sure =
            if self.is_certain { text(self.certain_day, "..") } else { Certainty::No.as_str().to_owned() };
        vec![
            self.actor.name.clone(),
            text(self.day, ".."),
            sure,
            self.hop_count.to_string(),
            self.through_names.join(" — "),
        ]
    }
}

impl Report for ReachReport {
    const SCHEMA: &'static str = "chancery/reach/1";

    fn document(&self) -> Document {
        let name = &self.actor.name;
        let mut document = Document::new(if self.backward {
            format!("From whom contact can have come to {name}")
        } else {
            format!("Whom contact from {name} can have reached")
        });
        let actors =
            if self.actor_count == 1 { "1 actor".to_owned() } else { format!("{} actors", self.actor_count) };
        document.paragraph(format!(
            "{actors}, {} of them in every world that the dates allow.",
            self.certain_count
        ));
        let columns: &[&str] = if self.backward {
            &["actor", "left by", "certainly by", "hops>", "through"]
        } else {
            &["actor", "came on", "certainly by", "hops>", "through"]
        };
        let mut table = Table::new(columns);
        for reached in &self.reached {
            table.push(reached.cells());
        }
        document.table(table);
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        let mut table =
            Table::new(&["actor", "name", "kind", "day", "certain_day", "certain", "hops>", "through"]);
        for reached in &self.reached {
            table.push(vec![
                reached.actor.actor.clone(),
                reached.actor.name.clone(),
                reached.actor.kind.map_or_else(String::new, |kind| kind.to_string()),
                reached.day.map(|day| day.to_string()).unwrap_or_default(),
                reached.certain_day.map(|day| day.to_string()).unwrap_or_default(),
                reached.is_certain.to_string(),
                reached.hop_count.to_string(),
                reached.through.join(" "),
            ]);
        }
        table
    }
}
