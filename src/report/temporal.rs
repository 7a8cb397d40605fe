//! Chains along which contact can have passed in order of time.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    hop::Hop,
    picture::{BUDGET, Picture, telling},
    sources::SourceView,
    view::{ActorView, Viewer},
};
use crate::{
    analysis::temporal::{Goal, Temporal, Terms, TimeRespectingPath},
    dataset::ActorIndex,
    date::{Certainty, Day, Window},
    diagram::{Languages, Role, Scene},
};

/// A hop of a chain, and the day by which contact has passed it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimedHop {
    /// The first day on which contact can have passed it; of a certain chain, has in every world. Absent where nothing
    /// says how early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// Its ends, and the ties along which contact can pass.
    #[serde(flatten)]
    pub hop: Hop,
}

/// A chain in order of time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimedPathView {
    /// What no other chain does better: `earliest`, `latest`, `fastest`, `fewest`.
    pub goals: Vec<&'static str>,
    /// The ids of its actors, both ends included.
    pub actors: Vec<String>,
    /// Their names.
    pub names: Vec<String>,
    /// How many dyads it walks.
    pub hop_count: usize,
    /// The last day on which contact can be at the first actor; absent where nothing says how late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub departure: Option<Day>,
    /// The day of arrival; absent where nothing says how early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Day>,
    /// Whether it is known that no other chain does better.
    pub is_best: bool,
    /// Its hops.
    pub hops: Vec<TimedHop>,
}

/// The best chains from one actor to another in order of time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimedPathsReport {
    /// The first actor.
    pub a: ActorView,
    /// The second actor.
    pub b: ActorView,
    /// Whether contact is asked for that is possible or that is certain.
    pub time: Certainty,
    /// The chains.
    pub paths: Vec<TimedPathView>,
    /// What they cite.
    pub sources: Vec<SourceView>,
}

/// The word for a goal.
const fn goal_word(goal: Goal) -> &'static str {
    match goal {
        Goal::Earliest => "earliest",
        Goal::Latest => "latest",
        Goal::Fastest => "fastest",
        Goal::Fewest => "fewest",
    }
}

fn known(day: Day) -> Option<Day> {
    Some(day).filter(|day| day.is_bounded())
}

impl TimedPathsReport {
    /// The best chain by each goal, or by several at once.
    pub fn new(
        viewer: &mut Viewer<'_>,
        temporal: &Temporal<'_>,
        (a, b): (ActorIndex, ActorIndex),
        goals: &[Goal],
        terms: &Terms,
    ) -> Self {
        let mut found: Vec<(Vec<&'static str>, TimeRespectingPath)> = Vec::new();
        for goal in goals {
            let Some(path) = temporal.path(a, b, *goal, terms) else { continue };
            match found.iter_mut().find(|(_, known)| {
                (&known.actors, known.departure, &known.days) == (&path.actors, path.departure, &path.days)
            }) {
                Some((words, known)) => {
                    words.push(goal_word(*goal));
                    known.is_best &= path.is_best;
                }
                None => found.push((vec![goal_word(*goal)], path)),
            }
        }
        let paths = found.into_iter().map(|(goals, path)| view(viewer, temporal, goals, &path)).collect();
        Self {
            a: viewer.actor(a),
            b: viewer.actor(b),
            time: temporal.certainty(),
            paths,
            sources: viewer.sources.list(viewer.dataset()),
        }
    }
}

fn view(
    viewer: &mut Viewer<'_>,
    temporal: &Temporal<'_>,
    goals: Vec<&'static str>,
    path: &TimeRespectingPath,
) -> TimedPathView {
    let dataset = viewer.dataset();
    let network = temporal.network();
    let mut before = path.departure;
    let mut hops = Vec::new();
    for (pair, day) in path.actors.windows(2).zip(&path.days) {
        // Ties that were over when contact came, or begin after it has passed, are not what it passed along.
        let during = Window::new(before, *day).unwrap_or(Window::ALL);
        let carries = |tie: &crate::dataset::TieIndex| {
            let mut claims = dataset.ties().claims(*tie);
            claims.any(|(claim, bounds, _)| claim.holds(bounds, during).is_possible())
        };
        let hop = Hop::among(viewer, network, (pair[0], pair[1]), carries);
        hops.push(TimedHop { day: known(*day), hop });
        before = *day;
    }
    let actors = dataset.actors();
    TimedPathView {
        goals,
        actors: path.actors.iter().map(|actor| actors.id(*actor).to_owned()).collect(),
        names: path.actors.iter().map(|actor| viewer.name(*actor)).collect(),
        hop_count: hops.len(),
        departure: known(path.departure),
        arrival: known(path.arrival()),
        is_best: path.is_best,
        hops,
    }
}

impl TimedPathView {
    /// `earliest: leaves by 1990-05-01, has arrived on 1990-06-02 · 2 hops`.
    fn words(&self, time: Certainty) -> String {
        let arrives = match (self.arrival, time) {
            (Some(day), Certainty::Certainly) => format!("has arrived by {day}"),
            (Some(day), Certainty::Possibly | Certainty::No) => format!("can have arrived on {day}"),
            (None, _) => "nothing says how early it arrived".to_owned(),
        };
        let leaves = self.departure.map_or_else(String::new, |day| format!("leaves by {day}, "));
        let hops = if self.hop_count == 1 { "1 hop".to_owned() } else { format!("{} hops", self.hop_count) };
        let best = if self.is_best { "" } else { "; whether none is better was not tried to the end" };
        format!("{}: {leaves}{arrives}; {hops}{best}", self.goals.join(", "))
    }
}

impl Report for TimedPathsReport {
    const SCHEMA: &'static str = "chancery/paths-in-time/1";

    fn document(&self) -> Document {
        let how = match self.time {
            Certainty::Certainly => "certainly",
            Certainty::Possibly | Certainty::No => "possibly",
        };
        let mut document =
            Document::new(format!("From {} to {}, {how} in order of time", self.a.name, self.b.name));
        if self.paths.is_empty() {
            let other = match self.time {
                Certainty::Certainly => "`--time possible` asks for what the dates allow",
                Certainty::Possibly | Certainty::No => {
                    "`chancery paths` without --time asks for chains in any order"
                }
            };
            document.paragraph(format!("No chain of contact; {other}."));
            return document;
        }
        for path in &self.paths {
            document.heading(path.names.join(" — "));
            document.paragraph(path.words(self.time));
            let items = path.hops.iter().flat_map(|timed| {
                let day = timed.day.map_or_else(|| "..".to_owned(), |day| day.to_string());
                let ties = telling(&timed.hop.ties);
                let line = ties.first().map(|tie| tie.line()).unwrap_or_default();
                let more = match ties.len() {
                    0 | 1 => String::new(),
                    count => format!(" (and {} more)", count - 1),
                };
                [(format!("{day}  {line}{more}"), Vec::new())]
            });
            document.list(items.collect());
        }
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&[
            "path>",
            "goals",
            "hop>",
            "source",
            "target",
            "day",
            "ties>",
            "tie_ids",
            "certainty",
        ]);
        for (number, path) in (1_u32..).zip(&self.paths) {
            for (place, timed) in (1_u32..).zip(&path.hops) {
                let ids: Vec<&str> = timed.hop.ties.iter().map(|tie| tie.id.as_str()).collect();
                table.push(vec![
                    number.to_string(),
                    path.goals.join(" "),
                    place.to_string(),
                    timed.hop.source.clone(),
                    timed.hop.target.clone(),
                    timed.day.map(|day| day.to_string()).unwrap_or_default(),
                    timed.hop.ties.len().to_string(),
                    ids.join(" "),
                    self.time.as_str().to_owned(),
                ]);
            }
        }
        table
    }

    fn scene(&self, languages: Languages) -> Option<Scene> {
        let longest = self.paths.iter().map(|path| path.hop_count).max()?;
        let last = u32::try_from(longest).ok()?;
        let mut picture = Picture::new(
            languages,
            |_, name| format!("{} → {}", name(&self.a), name(&self.b)),
            &self.sources,
        );
        picture.node(&self.a, Role::Terminal, Some(0), 1.0);
        picture.node(&self.b, Role::Terminal, Some(last), 1.0);
        let mut drawn = 2;
        for path in &self.paths {
            for ((rank, actor), name) in (0..).zip(&path.actors).zip(&path.names) {
                if drawn < BUDGET {
                    let view =
                        ActorView { actor: actor.clone(), name: name.clone(), name_also: None, kind: None };
                    picture.node(&view, Role::Connector, Some(rank), 0.5);
                    drawn += 1;
                }
            }
            for timed in &path.hops {
                picture.edge(&timed.hop.source, &timed.hop.target, &timed.hop.ties);
            }
            picture.caption(|_| format!("{} — {}", path.names.join(" — "), path.words(self.time)));
        }
        Some(picture.finish())
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
