//! Chains along which contact can have passed in order of time.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    hop::Hop,
    lang::{Lang, say},
    naming::told,
    no_chain::NoChainView,
    picture::{BUDGET, Picture, telling},
    sources::SourceView,
    view::{ActorView, Viewer},
    words,
};
use crate::{
    analysis::{
        order::Pace,
        temporal::{Goal, Temporal, Terms, TimeRespectingPath},
    },
    dataset::ActorIndex,
    date::{Certainty, Day, Window},
    diagram::{Languages, Role, Scene},
};

/// A hop of a chain, and the day by which contact has passed it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimedPathsReport {
    /// The first actor.
    pub a: ActorView,
    /// The second actor.
    pub b: ActorView,
    /// Whether contact is asked for that is possible or that is certain.
    pub time: Certainty,
    /// The chains.
    pub paths: Vec<TimedPathView>,
    /// The code of why there is none, when there is none.
    pub reason: Option<&'static str>,
    /// What is known of the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_detail: Option<NoChainView>,
    /// What they cite.
    pub sources: Vec<SourceView>,
    #[serde(skip)]
    lang: Lang,
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
        let paths: Vec<TimedPathView> =
            found.into_iter().map(|(goals, path)| view(viewer, temporal, goals, &path)).collect();
        // What the lens names is there: it was compiled for the question.
        let why = || temporal.why_none(a, b, terms).ok().map(|why| NoChainView::new(viewer, &why));
        let reason_detail = if paths.is_empty() { why() } else { None };
        Self {
            a: viewer.actor(a),
            b: viewer.actor(b),
            time: temporal.certainty(),
            paths,
            reason: reason_detail.as_ref().map(NoChainView::code),
            reason_detail,
            sources: viewer.sources.list(viewer.dataset()),
            lang: viewer.lang(),
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

/// On what terms contact passes, where they are not the default.
pub fn told_terms(terms: &Terms, lang: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    if terms.pace == Pace::Strict {
        let strict = [
            "Contact passes on only on a later day.",
            "接觸只能在較晚的一日傳下去。",
            "接触只能在较晚的一日传下去。",
        ];
        notes.push(lang.of(strict).to_owned());
    }
    if let Some(gap) = terms.gap_days {
        let waits = [
            "Contact waits nowhere longer than {0} days. To find all such chains is NP-hard: a chain given is right, and \
             not every other was tried.",
            "接觸在任何一處停留不超過{0}日。找出所有這樣的路徑是 NP 困難問題：所列的成立，但並未試盡其他。",
            "接触在任何一处停留不超过{0}日。找出所有这样的路径是 NP 困难问题：所列的成立，但并未试尽其他。",
        ];
        notes.push(say(lang, waits, &[&gap]));
    }
    notes
}

impl TimedPathView {
    /// `earliest: leaves by 1990-05-01, has arrived on 1990-06-02 · 2 hops`.
    fn words(&self, lang: Lang, time: Certainty) -> String {
        let arrives = match (self.arrival, time) {
            (Some(_), Certainty::Certainly) => ["has arrived by {0}", "最遲{0}已到達", "最迟{0}已到达"],
            (Some(_), Certainty::Possibly | Certainty::No) => {
                ["can have arrived on {0}", "最早可於{0}到達", "最早可于{0}到达"]
            }
            (None, _) => {
                ["nothing says how early it arrived", "無從得知最早何時到達", "无从得知最早何时到达"]
            }
        };
        let shown = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let leaves = match self.departure {
            Some(_) => ["leaves by {0}, ", "最遲{0}出發，", "最迟{0}出发，"],
            None => [""; 3],
        };
        let best = if self.is_best {
            [""; 3]
        } else {
            [
                "; whether none is better was not tried to the end",
                "；未能查盡是否還有更佳者",
                "；未能查尽是否还有更佳者",
            ]
        };
        let goals: Vec<&str> = self.goals.iter().map(|goal| goal_name(lang, goal)).collect();
        say(
            lang,
            ["{0}: {1}{2}; {3}{4}", "{0}：{1}{2}；{3}{4}", "{0}：{1}{2}；{3}{4}"],
            &[
                &goals.join(lang.of([", ", "、", "、"])),
                &say(lang, leaves, &[&shown(self.departure)]),
                &say(lang, arrives, &[&shown(self.arrival)]),
                &words::hops(lang, u32::try_from(self.hop_count).unwrap_or(u32::MAX)),
                &lang.of(best),
            ],
        )
    }
}

/// What a goal is called in text.
fn goal_name(lang: Lang, goal: &str) -> &str {
    match goal {
        "earliest" => lang.of(["earliest", "最早到達", "最早到达"]),
        "latest" => lang.of(["latest", "最晚出發", "最晚出发"]),
        "fastest" => lang.of(["fastest", "歷時最短", "历时最短"]),
        "fewest" => lang.of(["fewest", "步數最少", "步数最少"]),
        other => other,
    }
}

impl Report for TimedPathsReport {
    const SCHEMA: &'static str = "chancery/paths-in-time/1";

    fn document(&self) -> Document {
        let (lang, how) = (self.lang, words::surely(self.lang, self.time));
        let title = [
            "From {0} to {1}, {2} in order of time",
            "從{0}到{1}，時間先後{2}吻合",
            "从{0}到{1}，时间先后{2}吻合",
        ];
        let mut document = Document::new(say(lang, title, &[&self.a.name, &self.b.name, &how]));
        if self.paths.is_empty() {
            let why = self.reason_detail.as_ref().map(|why| why.words(lang));
            document.paragraph(why.unwrap_or_default());
            return document;
        }
        for path in &self.paths {
            document.heading(path.names.join(" — "));
            document.paragraph(path.words(self.lang, self.time));
            let items = path.hops.iter().flat_map(|timed| {
                let day = timed.day.map_or_else(|| "..".to_owned(), |day| day.to_string());
                let ties = telling(&timed.hop.ties);
                let line = ties.first().map(|tie| tie.line()).unwrap_or_default();
                let line = match ties.len() {
                    0 | 1 => line,
                    count => words::and_more(lang, &line, count - 1),
                };
                [(format!("{day}  {line}"), Vec::new())]
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
            picture.caption(|language| {
                let lang = told(language).unwrap_or_default();
                format!("{} — {}", path.names.join(" — "), path.words(lang, self.time))
            });
        }
        Some(picture.finish())
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
