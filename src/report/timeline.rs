//! What happened between two actors, or with one, in order of time.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    lanes,
    lang::{Lang, say},
    sources::SourceView,
    ties::tie_table,
    view::{ActorView, TieView, Viewer},
    words,
};
use crate::{
    dataset::{ActorIndex, Agency, Dataset, TieIndex},
    date::{Certainty, Window},
    diagram::{Chart, Languages, Span},
    model::Channel,
};

/// An actor on whose behalf an end of a tie acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OnBehalf {
    /// The end: `source` or `target`.
    pub end: &'static str,
    /// The actor that it acts for: one of those asked about.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// Whether the record does not say so, and offices held on that day do.
    pub inferred: bool,
    /// How surely.
    pub certainty: Certainty,
}

/// A tie in its place in time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimelineRow {
    /// The year under which it is filed; absent when it has no date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// For whom its ends act, where that is why it stands here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on_behalf: Vec<OnBehalf>,
    /// The tie.
    #[serde(flatten)]
    pub tie: TieView,
    /// The days that its claims allow, for the picture.
    #[serde(skip)]
    pub(super) spans: Vec<Span>,
}

/// What happened between two actors, or with one, in order of time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimelineReport {
    /// The actors asked about: one or two.
    pub actors: Vec<ActorView>,
    /// How many ties there are.
    pub tie_count: usize,
    /// How many of them stand here only because an end acts for an actor asked about.
    pub on_behalf_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The ties, those without a date at the end.
    pub rows: Vec<TimelineRow>,
    /// What they cite.
    pub sources: Vec<SourceView>,
    #[serde(skip)]
    lang: Lang,
}

/// A tie that belongs in a timeline, and for whom its ends act.
type Placed = (TieIndex, Vec<OnBehalf>);

impl TimelineReport {
    /// The ties that are contact between two actors, or any contact of one, by themselves or by those
    /// who act for them; whether they pass a lens is not asked.
    ///
    /// # Complexity
    /// Time O(E), for E ties, and O(t) more for each end of a tie that may act for an actor asked about
    /// and has t ties.
    pub fn among(dataset: &Dataset, asked: &[ActorIndex]) -> Vec<Placed> {
        let ties = dataset.ties();
        ties.all().filter_map(|tie| Some((tie, contact(dataset, tie, asked)?))).collect()
    }

    /// The timeline of ties that were found [among](Self::among) all and pass a lens.
    pub fn new(
        viewer: &mut Viewer<'_>,
        asked: &[ActorIndex],
        placed: Vec<Placed>,
        limit: Option<usize>,
    ) -> Self {
        let dataset = viewer.dataset();
        let tie_count = placed.len();
        let on_behalf_count = placed.iter().filter(|(_, on_behalf)| !on_behalf.is_empty()).count();
        let mut placed: Vec<(Option<i32>, Placed)> =
            placed.into_iter().map(|placed| (year(dataset, placed.0), placed)).collect();
        // Ties come in order of time; only those without a date go behind the others.
        placed.sort_by_key(|(year, _)| year.is_none());
        placed.truncate(limit.unwrap_or(usize::MAX));
        let rows: Vec<TimelineRow> = placed
            .into_iter()
            .map(|(year, (tie, mut on_behalf))| TimelineRow {
                year,
                on_behalf: {
                    for on in &mut on_behalf {
                        on.name = viewer.name_by_id(&on.actor);
                    }
                    on_behalf
                },
                tie: viewer.tie(tie),
                spans: lanes::spans(dataset, tie),
            })
            .collect();
        Self {
            actors: asked.iter().map(|actor| viewer.actor(*actor)).collect(),
            tie_count,
            on_behalf_count,
            cut_count: tie_count - rows.len(),
            rows,
            sources: viewer.sources.list(dataset),
            lang: viewer.lang(),
        }
    }
}

impl TimelineReport {
    /// The language in which it is told.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }
}

/// Whether a tie is contact of those asked about, and for whom its ends then act.
fn contact(dataset: &Dataset, tie: TieIndex, asked: &[ActorIndex]) -> Option<Vec<OnBehalf>> {
    let ties = dataset.ties();
    if let [event] = asked
        && ties.event(tie) == Some(*event)
    {
        return Some(Vec::new());
    }
    let ends = [
        ("source", ties.source(tie), ties.source_for(tie)),
        ("target", ties.target(tie), ties.target_for(tie)),
    ];
    // Each end stands for itself and for those it acts for.
    let direct = |actor: ActorIndex| ends.iter().position(|(_, end, _)| *end == actor);
    match asked {
        [one] if direct(*one).is_some() => return Some(Vec::new()),
        [a, b] if matches!((direct(*a), direct(*b)), (Some(x), Some(y)) if x != y) => return Some(Vec::new()),
        _ => {}
    }
    let stands_for = ends.map(|(name, actor, explicit)| {
        let mut principals: BTreeMap<ActorIndex, Option<OnBehalf>> = BTreeMap::from([(actor, None)]);
        let mut add = |principal: ActorIndex, inferred, certainty| {
            let view = ActorView::of(dataset, principal);
            let on_behalf = OnBehalf { end: name, actor: view.actor, name: view.name, inferred, certainty };
            principals.entry(principal).or_insert(Some(on_behalf));
        };
        match explicit {
            Some(principal) => add(principal, false, Certainty::Certainly),
            None => {
                for (principal, certainty) in inferred(dataset, tie, actor) {
                    if asked.contains(&principal) {
                        add(principal, true, certainty);
                    }
                }
            }
        }
        principals
    });
    let [source, target] = &stands_for;
    let behalf = |at: &BTreeMap<ActorIndex, Option<OnBehalf>>, actor: &ActorIndex| at.get(actor).cloned();
    match asked {
        [one] => behalf(source, one).or_else(|| behalf(target, one)).map(|on| on.into_iter().collect()),
        [a, b] => {
            let way = |x: &ActorIndex, y: &ActorIndex| Some((behalf(source, x)?, behalf(target, y)?));
            way(a, b).or_else(|| way(b, a)).map(|(x, y)| x.into_iter().chain(y).collect())
        }
        _ => None,
    }
}

/// For whom an end acts by the offices that it may hold on the days of the tie.
///
/// Only what an official *does* or *says* is the state's; whose citizen or member he is, is his own.
fn inferred(dataset: &Dataset, tie: TieIndex, actor: ActorIndex) -> BTreeMap<ActorIndex, Certainty> {
    match dataset.relation(tie).channel {
        Channel::Interaction | Channel::Stance => {}
        Channel::Agency | Channel::Affiliation => return BTreeMap::new(),
    }
    let (first, last) = dataset.ties().hull(tie);
    match Window::new(first, last).filter(|days| first.is_bounded() && days.last().is_bounded()) {
        Some(days) => Agency::of(dataset).by_office().principals(actor, days),
        None => BTreeMap::new(),
    }
}

/// The year under which a tie is filed, if any of its claims has a date.
fn year(dataset: &Dataset, tie: TieIndex) -> Option<i32> {
    let dated = dataset.tie(tie).claims().iter().any(|claim| !claim.dating.is_empty());
    dataset.ties().year(tie).filter(|_| dated)
}

impl TimelineRow {
    /// `for North Korea`, `possibly for North Korea, by office`.
    fn on_behalf_text(&self, lang: Lang) -> String {
        let text = |on: &OnBehalf| {
            let doubt =
                if on.certainty == Certainty::Possibly { ["possibly ", "可能", "可能"] } else { [""; 3] };
            let by = if on.inferred {
                [", by office", "，依職務推定", "，依职务推定"]
            } else {
                [""; 3]
            };
            say(
                lang,
                ["{0}for {1}{2}", "{0}代表{1}{2}", "{0}代表{1}{2}"],
                &[&lang.of(doubt), &on.name, &lang.of(by)],
            )
        };
        self.on_behalf.iter().map(text).collect::<Vec<_>>().join(lang.of(["; ", "；", "；"]))
    }

    fn line(&self, lang: Lang) -> String {
        match self.on_behalf_text(lang) {
            empty if empty.is_empty() => self.tie.line(),
            text => say(lang, ["{0} ({1})", "{0}（{1}）", "{0}（{1}）"], &[&self.tie.line(), &text]),
        }
    }
}

impl Report for TimelineReport {
    const SCHEMA: &'static str = "chancery/timeline/1";

    fn document(&self) -> Document {
        let names: Vec<&str> = self.actors.iter().map(|actor| actor.name.as_str()).collect();
        let lang = self.lang;
        let title = ["{0}: {1} in order of time", "{0}：{1}（按時間先後）", "{0}：{1}（按时间先后）"];
        let title = say(lang, title, &[&words::and(lang, &names), &words::ties(lang, self.tie_count)]);
        let mut document = Document::new(title);
        let mut years: Vec<(Option<i32>, Vec<String>)> = Vec::new();
        for row in &self.rows {
            match years.last_mut().filter(|(year, _)| *year == row.year) {
                Some((_, lines)) => lines.push(row.line(lang)),
                None => years.push((row.year, vec![row.line(lang)])),
            }
        }
        let undated = years.pop_if(|(year, _)| year.is_none());
        document
            .list(years.into_iter().filter_map(|(year, lines)| Some((year?.to_string(), lines))).collect());
        if let Some((_, lines)) = undated {
            document.heading(lang.of(["Without a year", "未記年份", "未记年份"]));
            document.list(lines.into_iter().map(|line| (line, Vec::new())).collect());
        }
        if self.cut_count > 0 {
            let more = [
                "{0} more are left away; --limit 0 shows all.",
                "另有{0}條未列；--limit 0 列出全部。",
                "另有{0}条未列；--limit 0 列出全部。",
            ];
            document.paragraph(say(lang, more, &[&self.cut_count]));
        }
        document
    }

    fn table(&self) -> Table {
        let mut table = tie_table(self.rows.iter().map(|row| &row.tie));
        table.columns.extend(Table::new(&["year>", "on behalf"]).columns);
        for (cells, row) in table.rows.iter_mut().zip(&self.rows) {
            cells.push(row.year.map(|year| year.to_string()).unwrap_or_default());
            cells.push(row.on_behalf_text(Lang::English));
        }
        table
    }

    fn chart(&self, languages: Languages) -> Option<Chart> {
        Some(Chart::Lanes(self.over_time(languages)))
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
