//! Actors ranked by a measure period by period, and the course that each takes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    figure_words,
    picture::said,
    rank::{Order, RankedView, conventions, decimal, decimals, ranked},
    view::{ActorView, Viewer},
};
use crate::{
    analysis::{Convention, Measure, Remark, Scores, periods::label},
    dataset::{ActorIndex, Dataset, number},
    date::{Day, Window},
    diagram::{Chart, Heading, LINE_LIMIT, Languages, Series, SeriesLine},
    network::Network,
};

/// The ranking of one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PeriodView {
    /// The period, as EDTF: a year, years, a month, days.
    pub period: String,
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// How many dyads its network has.
    pub dyad_count: usize,
    /// How many actors were ranked.
    pub actor_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// With 95 % probability no score is farther off; absent where scores are exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_bound: Option<f64>,
    /// The actors.
    pub ranking: Vec<RankedView>,
}

/// Actors ranked by a measure period by period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RankSeriesReport {
    /// By what.
    pub measure: Measure,
    /// Whether direction was followed.
    pub directed: bool,
    /// What ties were counted by, if they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<&'static str>,
    /// Whether scores are shares of the greatest that is possible.
    pub normalized: bool,
    /// The periods in order of time.
    pub periods: Vec<PeriodView>,
    #[serde(skip)]
    limit: usize,
    #[serde(skip)]
    order: Order,
    /// By actor: the number of each period in which it scores, with the score.
    #[serde(skip)]
    courses: BTreeMap<ActorIndex, Vec<(u32, f64)>>,
    /// By period: a bit for each actor that has a score there, be it nothing.
    #[serde(skip)]
    scored: Vec<Vec<u64>>,
    /// How many actors have a course.
    #[serde(skip)]
    course_count: usize,
    #[serde(skip)]
    shown: Vec<Course>,
    #[serde(skip)]
    unsettled_count: usize,
    #[serde(skip)]
    notes: Vec<String>,
}

/// The course of an actor through the periods.
#[derive(Clone, Debug, PartialEq)]
struct Course {
    mean: f64,
    actor: ActorView,
    /// The number of each period in which it scores, with the score.
    points: Vec<(u32, f64)>,
    /// The same with those in which its score is nothing, from the last before its first.
    line: Vec<(usize, f64)>,
}

/// A text has a column for each period up to so many, else one mark.
const MOST_COLUMNS: usize = 8;

/// At most so many marks show a course.
const MOST_MARKS: usize = 48;

/// Marks of a course, from nothing to the highest score of all.
const MARKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

impl RankSeriesReport {
    /// A report without periods yet, about a network that holds all of them; each period shows at most `limit` actors.
    pub fn new(
        whole: &Network<'_>,
        measure: Measure,
        convention: &Convention<'_>,
        is_directed: bool,
        order: Order,
        limit: Option<usize>,
    ) -> Self {
        Self {
            measure,
            directed: is_directed,
            weight: convention.weight.map(|weight| weight.weighing.as_str()),
            normalized: convention.is_normalised,
            periods: Vec::new(),
            limit: limit.unwrap_or(usize::MAX),
            order,
            courses: BTreeMap::new(),
            scored: Vec::new(),
            course_count: 0,
            shown: Vec::new(),
            unsettled_count: 0,
            notes: vec![
                measure.definition().to_owned(),
                conventions(measure, is_directed, convention, whole),
            ],
        }
    }

    /// Adds the scores of the next period.
    pub fn push(&mut self, dataset: &Dataset, period: Window, dyad_count: usize, scores: &Scores) {
        let places = ranked(scores, self.order);
        let at = number(self.periods.len());
        let mut present = vec![0_u64; dataset.actors().count().div_ceil(64)];
        for (_, actor, score) in &places {
            present[actor.at() / 64] |= 1 << (actor.at() % 64);
            if self.order == Order::Rising || *score != 0.0 {
                self.courses.entry(*actor).or_default().push((at, *score));
            }
        }
        self.scored.push(present);
        let shown = &places[..places.len().min(self.limit)];
        let view = |(rank, actor, score): &(usize, ActorIndex, f64)| RankedView {
            rank: *rank,
            actor: ActorView::of(dataset, *actor),
            score: *score,
        };
        let bound = scores.remarks.iter().find_map(|remark| match remark {
            Remark::Sampled { error_bound, .. } => Some(*error_bound),
            _ => None,
        });
        let is_unsettled = |remark: &Remark| matches!(remark, Remark::Unsettled { .. });
        self.unsettled_count += usize::from(scores.remarks.iter().any(is_unsettled));
        self.periods.push(PeriodView {
            period: label(period),
            first: period.first(),
            last: period.last(),
            dyad_count,
            actor_count: places.len(),
            cut_count: places.len() - shown.len(),
            error_bound: bound,
            ranking: shown.iter().map(view).collect(),
        });
    }

    /// Orders the courses of actors, when all periods are there, and keeps those that are shown, named in languages.
    #[must_use]
    pub fn finished(mut self, whole: &Network<'_>, languages: Option<Languages>) -> Self {
        let viewer = Viewer::new(whole.dataset(), whole.predicate()).naming(languages);
        let mut means: Vec<(f64, ActorIndex)> =
            self.courses.iter().map(|(actor, course)| (self.mean(course), *actor)).collect();
        means.sort_by(|a, b| {
            let by_mean = match self.order {
                Order::Falling => b.0.total_cmp(&a.0),
                Order::Rising => a.0.total_cmp(&b.0),
            };
            by_mean.then(a.1.cmp(&b.1))
        });
        self.course_count = means.len();
        means.truncate(self.limit);
        let course = |(mean, actor): &(f64, ActorIndex)| Course {
            mean: *mean,
            actor: viewer.actor(*actor),
            points: self.courses[actor].clone(),
            line: self.line(*actor),
        };
        self.shown = means.iter().map(course).collect();
        self.courses.clear();
        self.scored.clear();
        self
    }

    /// The line of an actor in a picture.
    fn line(&self, actor: ActorIndex) -> Vec<(usize, f64)> {
        let points = &self.courses[&actor];
        let from = points.first().map_or(0, |(at, _)| (*at as usize).saturating_sub(1));
        let score = |at: usize| {
            let known = points.iter().find(|(period, _)| *period as usize == at).map(|(_, score)| *score);
            let is_scored = self.scored[at][actor.at() / 64] >> (actor.at() % 64) & 1 == 1;
            known.or(is_scored.then_some(0.0))
        };
        (from..self.periods.len()).filter_map(|at| Some((at, score(at)?))).collect()
    }

    /// The mean of a course: over all periods, one without a score counting 0; lowest first over those with one.
    fn mean(&self, course: &[(u32, f64)]) -> f64 {
        let count = match self.order {
            Order::Falling => self.periods.len(),
            Order::Rising => course.len(),
        };
        course.iter().map(|(_, score)| score).sum::<f64>() / f64::from(number(count.max(1)))
    }

    /// What the reader must know: the definition in force, what it runs on, and how periods are read.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.notes.clone();
        notes.push(
            "A tie counts in every period on some day of which it was in force: an instant of a whole year counts in \
             that year, and one dated `1990/1991` in both."
                .to_owned(),
        );
        let bound = self.periods.iter().filter_map(|period| period.error_bound).fold(0.0, f64::max);
        if bound > 0.0 {
            notes.push(format!(
                "Estimated by sampling: in each period, with 95 % probability no score is off by more than {bound:.4}."
            ));
        }
        if self.unsettled_count > 0 {
            notes.push(format!(
                "Warning: in {} of {} periods the scores had not settled when sweeps ended.",
                self.unsettled_count,
                self.periods.len()
            ));
        }
        notes
    }

    fn decimals(&self, most: f64) -> usize {
        if self.measure.is_whole() && !self.normalized { 0 } else { decimals(most) }
    }

    /// The courses of actors: a column for each period, or one of marks.
    fn course_table(&self) -> Table {
        let points = self.shown.iter().flat_map(|course| &course.points);
        let most = points.map(|(_, score)| *score).fold(0.0, f64::max);
        let places = self.decimals(most);
        let mean_places = decimals(most);
        if self.periods.len() <= MOST_COLUMNS {
            let heads: Vec<String> =
                self.periods.iter().map(|period| format!("{}>", period.period)).collect();
            let mut names = vec!["name"];
            names.extend(heads.iter().map(String::as_str));
            names.push("mean>");
            let mut table = Table::new(&names);
            for course in &self.shown {
                let mut row = vec![course.actor.name.clone()];
                let score =
                    |at: u32| course.points.iter().find(|(period, _)| *period == at).map(|(_, score)| *score);
                row.extend(
                    (0..number(self.periods.len()))
                        .map(|at| score(at).map_or_else(|| "·".to_owned(), |score| decimal(score, places))),
                );
                row.push(decimal(course.mean, mean_places));
                table.push(row);
            }
            return table;
        }
        let mut table = Table::new(&["name", "mean>", "highest>", "in", "course"]);
        for course in &self.shown {
            let points = &course.points;
            let peak = points.iter().fold(points[0], |peak, next| if next.1 > peak.1 { *next } else { peak });
            table.push(vec![
                course.actor.name.clone(),
                decimal(course.mean, mean_places),
                decimal(peak.1, places),
                self.periods[peak.0 as usize].period.clone(),
                self.marks(points, most),
            ]);
        }
        table
    }

    /// How many periods one mark stands for.
    fn bundle(&self) -> usize {
        self.periods.len().div_ceil(MOST_MARKS)
    }

    fn marks(&self, course: &[(u32, f64)], most: f64) -> String {
        let bundle = self.bundle();
        let mut marks = vec![None; self.periods.len().div_ceil(bundle)];
        for (at, score) in course {
            let mark: &mut Option<f64> = &mut marks[*at as usize / bundle];
            *mark = Some(mark.map_or(*score, |known| known.max(*score)));
        }
        let mark = |score: Option<f64>| match score {
            Some(score) if most > 0.0 => {
                let height = (score / most * 8.0).ceil().clamp(1.0, 8.0);
                MARKS
                    .into_iter()
                    .zip(1..)
                    .find(|(_, step)| f64::from(*step) >= height)
                    .map_or('█', |(mark, _)| mark)
            }
            Some(_) => MARKS[0],
            None => '·',
        };
        marks.into_iter().map(mark).collect()
    }

    /// Who leads in each period.
    fn leaders(&self) -> Table {
        let mut table = Table::new(&["period", "actors>", "dyads>", "first three"]);
        let scores = self.periods.iter().flat_map(|period| &period.ranking).map(|ranked| ranked.score.abs());
        let places = self.decimals(scores.fold(0.0, f64::max));
        for period in &self.periods {
            let first = period
                .ranking
                .iter()
                .take(3)
                .filter(|ranked| self.order == Order::Rising || ranked.score != 0.0);
            let leaders: Vec<String> = first
                .map(|ranked| format!("{} {}", ranked.actor.name, decimal(ranked.score, places)))
                .collect();
            table.push(vec![
                period.period.clone(),
                period.actor_count.to_string(),
                period.dyad_count.to_string(),
                leaders.join(", "),
            ]);
        }
        table
    }
}

impl Report for RankSeriesReport {
    const SCHEMA: &'static str = "chancery/rank-series/1";

    fn document(&self) -> Document {
        let stretch = match (self.periods.first(), self.periods.last()) {
            (Some(first), Some(last)) => Window::new(first.first, last.last).map(label).unwrap_or_default(),
            (None, _) | (_, None) => String::new(),
        };
        let count = match self.periods.len() {
            1 => "1 period".to_owned(),
            count => format!("{count} periods"),
        };
        let mut document =
            Document::new(format!("Actors by {}, {stretch}, in {count}", self.measure.as_str()));
        if self.shown.is_empty() {
            document.paragraph("No actor scores in any period.");
        }
        document.table(self.course_table());
        if self.periods.len() > MOST_COLUMNS && !self.shown.is_empty() {
            let each = match self.bundle() {
                1 => "one period".to_owned(),
                count => format!("the highest of {count} periods"),
            };
            document.paragraph(format!(
                "A mark is {each}, from ▁ to █ for the highest score of the table; · where the actor has none."
            ));
        }
        document.heading("Who leads");
        document.table(self.leaders());
        document
    }

    fn chart(&self, languages: Languages) -> Option<Chart> {
        let name = |language| figure_words::measure_name(language, self.measure).to_owned();
        let drawn = &self.shown[..self.shown.len().min(LINE_LIMIT)];
        let all = || drawn.iter().flat_map(|course| &course.line);
        // Periods before the first score are not drawn.
        let from = all().map(|(at, _)| *at).min().unwrap_or(0);
        let line = |course: &Course| SeriesLine {
            id: course.actor.actor.clone(),
            label: course.actor.name.clone(),
            label_also: course.actor.name_also.clone(),
            points: course.line.iter().map(|(at, score)| (at - from, *score)).collect(),
        };
        // Three digits are more than can be read off a picture.
        let decimals = self.decimals(all().map(|(_, score)| *score).fold(0.0, f64::max)).saturating_sub(2);
        let title = |language| figure_words::ranked_over_time(language, self.measure);
        let mut caption = Vec::new();
        if drawn.len() < self.course_count {
            let first = |language| figure_words::first_drawn(language, drawn.len(), self.course_count);
            caption.extend(said(languages, first));
        }
        if let Some(period) = self.periods[..from].last() {
            caption.extend(said(languages, |language| {
                figure_words::empty_until(language, &period.last.to_string())
            }));
        }
        Some(Chart::Series(Series {
            heading: Heading {
                title: title(languages.first),
                title_also: languages.second.map(title),
                caption,
                languages,
            },
            measure: name(languages.first),
            measure_also: languages.second.map(name),
            decimals,
            periods: self.periods[from..].iter().map(|period| period.period.clone()).collect(),
            lines: drawn.iter().map(line).collect(),
        }))
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["period", "first", "last", "rank>", "actor", "name", "kind", "score>"]);
        for period in &self.periods {
            for ranked in &period.ranking {
                table.push(vec![
                    period.period.clone(),
                    period.first.to_string(),
                    period.last.to_string(),
                    ranked.rank.to_string(),
                    ranked.actor.actor.clone(),
                    ranked.actor.name.clone(),
                    ranked.actor.kind.map_or("", crate::model::ActorKind::as_str).to_owned(),
                    ranked.score.to_string(),
                ]);
            }
        }
        table
    }
}
