//! A panel as a picture: pairs by periods, the more the darker, and what is not known told apart from nothing.

use super::{
    figure_words,
    panel::PanelReport,
    picture::said,
    view::{ActorView, Viewer},
};
use crate::{
    analysis::panel::{Cell, Observed},
    dataset::ActorIndex,
    diagram::{Heading, Heat, HeatCell, HeatRow, Language, Languages},
};

/// What the cells of the picture of a panel say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shade {
    /// How many happenings there may have been.
    #[default]
    Events,
    /// For how many reports they stand.
    Reports,
    /// The sum of their Goldstein weights.
    Goldstein,
    /// How many are cooperation, of words or of deeds.
    Cooperation,
    /// How many are conflict, of words or of deeds.
    Conflict,
}

impl Shade {
    /// What it is called in a picture.
    fn words(self, language: Language) -> &'static str {
        language.pick(match self {
            Self::Events => ["events", "事件數", "事件数", "사건 수"],
            Self::Reports => ["reports", "報導數", "报道数", "보도 수"],
            Self::Goldstein => [
                "sum of Goldstein weights",
                "Goldstein 權重之和",
                "Goldstein 权重之和",
                "골드스타인 가중치 합",
            ],
            Self::Cooperation => ["events of cooperation", "合作事件數", "合作事件数", "협력 사건 수"],
            Self::Conflict => ["events of conflict", "衝突事件數", "冲突事件数", "갈등 사건 수"],
        })
    }

    fn amount(self, cell: &Cell) -> Option<f64> {
        let [verbal, material, hostile_words, hostile_deeds] = cell.quads;
        let count = match self {
            Self::Events => cell.possible_count,
            Self::Reports => cell.report_count,
            Self::Goldstein => return (cell.goldstein.1 > 0).then_some(cell.goldstein.0),
            Self::Cooperation => verbal + material,
            Self::Conflict => hostile_words + hostile_deeds,
        };
        (count > 0).then_some(f64::from(count))
    }

    fn cell(self, cell: &Cell) -> HeatCell {
        match cell.observed {
            Observed::Zero => HeatCell::Zero,
            Observed::Missing => HeatCell::Missing,
            Observed::NotInSystem => HeatCell::Outside,
            Observed::Value => match self.amount(cell) {
                Some(amount) if cell.certain_count == 0 => HeatCell::Possible(amount),
                Some(amount) => HeatCell::Value(amount),
                None => HeatCell::Missing,
            },
        }
    }
}

impl PanelReport<'_> {
    /// The picture of the panel: the rows of those pairs first of which there is most.
    pub(super) fn heat(&self, languages: Languages) -> Heat {
        let (shade, is_directed) = (self.drawing.shade, self.terms.is_directed);
        // Who is in the question need not be said in every row.
        let viewer = Viewer::new(self.dataset, self.drawing.predicate).naming(self.drawing.languages);
        let alone = match self.terms.among.as_slice() {
            [one] => Some(viewer.actor(*one)),
            _ => None,
        };
        let mut rows: Vec<(f64, HeatRow)> = Vec::new();
        for pair in self.panel.cells.chunk_by(|one, other| (one.a, one.b) == (other.a, other.b)) {
            let amount = pair.iter().filter_map(|cell| shade.amount(cell)).map(f64::abs).sum::<f64>();
            let mut filled = vec![HeatCell::Missing; self.labels.len()];
            for cell in pair {
                filled[cell.period] = shade.cell(cell);
            }
            let view = |actor: ActorIndex| viewer.actor(actor);
            let (a, b) = (view(pair[0].a), view(pair[0].b));
            let name = |name: fn(&ActorView) -> &str| match &alone {
                Some(alone) if !is_directed => name(if alone.actor == a.actor { &b } else { &a }).to_owned(),
                _ => format!("{} {} {}", name(&a), if is_directed { "→" } else { "–" }, name(&b)),
            };
            let label = name(|actor| &actor.name);
            let label_also =
                languages.second.map(|_| name(ActorView::second_name)).filter(|also| *also != label);
            let ids = vec![a.actor.clone(), b.actor.clone()];
            rows.push((amount, HeatRow { ids, label, label_also, cells: filled }));
        }
        let all = rows.len();
        let first = |row: &HeatRow| {
            row.cells.iter().position(|cell| matches!(cell, HeatCell::Value(_) | HeatCell::Possible(_)))
        };
        rows.retain(|(_, row)| first(row).is_some());
        rows.sort_by(|(x, _), (y, _)| y.total_cmp(x));
        let from = rows.iter().filter_map(|(_, row)| first(row)).min().unwrap_or(0);
        for (_, row) in &mut rows {
            row.cells.drain(..from);
        }
        let mut caption = Vec::new();
        if let Some(period) = self.terms.periods[..from].last() {
            caption.extend(said(languages, |language| {
                figure_words::empty_until(language, &period.last().to_string())
            }));
        }
        if all > rows.len() {
            caption
                .extend(said(languages, |language| figure_words::pairs_without(language, all - rows.len())));
        }
        let title = |language: Language, name: fn(&ActorView) -> &str| match &alone {
            Some(alone) => figure_words::partners_over_time(language, name(alone), shade.words(language)),
            None => figure_words::pairs_over_time(language, shade.words(language)),
        };
        Heat {
            heading: Heading {
                title: title(languages.first, |actor| &actor.name),
                title_also: languages.second.map(|second| title(second, ActorView::second_name)),
                caption,
                languages,
            },
            measure: shade.words(languages.first).to_owned(),
            measure_also: languages.second.map(|second| shade.words(second).to_owned()),
            is_count: shade != Shade::Goldstein,
            periods: self.labels[from..].to_vec(),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        }
    }
}
