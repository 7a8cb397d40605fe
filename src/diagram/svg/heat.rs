//! Draws pairs by periods: a row for each pair, a cell for each period, the more the darker.

use std::fmt::Write as _;

use super::page::Page;
use super::series::named_periods;
use super::xml::{Ink, escape, id_list, number, text, text_before};
use crate::diagram::figure::block_height;
use crate::diagram::frame::Frame;
use crate::diagram::heat::{Heat, HeatCell, HeatRow, ROW_LIMIT};
use crate::diagram::languages::Said;
use crate::diagram::layout::Rect;
use crate::diagram::text::Face;
use crate::diagram::theme::{Colour, Theme};
use crate::diagram::words::Language;

const FACE: Face = Face::plain(11.0);
const SMALL: Face = Face::plain(9.0);
/// What the second language says under the first.
const SECOND: Face = Face::plain(9.5);
/// Where names of pairs are broken.
const NAMES: f64 = 215.0;
/// The width of all cells together, where none would be wider than the widest.
const CELLS: f64 = 560.0;
const WIDEST: f64 = 46.0;
const NARROWEST: f64 = 3.5;
const ROW: f64 = 20.0;
/// The most shades.
const SHADES: usize = 6;

/// Writes rows by periods as a self-contained SVG picture.
///
/// Cells of less than nothing are struck through, and what is not known has marks, so that all can be told in black and
/// white. Where there is room a cell says its value.
pub(in crate::diagram) fn heat(chart: &Heat, theme: &Theme, frame: Frame) -> String {
    let shown = &chart.rows[..chart.rows.len().min(ROW_LIMIT)];
    let names = frame.lanes_width.map_or(NAMES, |width| width * 0.3);
    let label = |row: &HeatRow| FACE.wrap(&row.label, names);
    let also = |row: &HeatRow| SECOND.wrap(row.label_also.as_deref().unwrap_or_default(), names);
    let widths = shown.iter().flat_map(|row| {
        let first = label(row).into_iter().map(|line| FACE.width(&line));
        first.chain(also(row).into_iter().map(|line| SECOND.width(&line))).collect::<Vec<_>>()
    });
    let left = widths.fold(0.0, f64::max) + 10.0;
    #[expect(clippy::cast_precision_loss, reason = "there are few periods")]
    let count = chart.periods.len().max(1) as f64;
    let room = frame.lanes_width.map_or(CELLS, |width| width - left);
    let least = if frame.lanes_width.is_some() { 0.5 } else { NARROWEST };
    let cell = (room / count).clamp(least, WIDEST);
    let shades = Shades::of(chart, shown);
    // Numbers are written in all cells or in none.
    let numbers = shown.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.amount());
    let longest = numbers.map(|amount| SMALL.width(&shades.number(amount))).fold(0.0, f64::max);
    let is_told = longest + 4.0 <= cell;

    let mut page = Page::new(
        &chart.heading.title,
        chart.heading.title_also.as_deref(),
        left + cell * count,
        theme,
        frame,
    );
    let x0 = page.left() + left;
    for (at, words) in named_periods(&chart.periods, cell * count) {
        #[expect(clippy::cast_precision_loss, reason = "there are few periods")]
        let x = x0 + cell * (at as f64 + 0.5);
        text(
            &mut page.body,
            x,
            page.y + FACE.size,
            Ink { centred: true, ..plain(FACE, theme.quiet) },
            &words,
        );
    }
    page.y += FACE.leading() + 5.0;
    for row in shown {
        let (label, also) = (label(row), also(row));
        let words = block_height(FACE, label.len()) + block_height(SECOND, also.len());
        let height = (words + 4.0).max(ROW);
        let body = &mut page.body;
        let ids = id_list(row.ids.iter().map(String::as_str));
        let _ =
            writeln!(body, "<g class=\"row\" data-actors=\"{ids}\">\n<title>{}</title>", escape(&row.label));
        let mut y = page.y + (height - words) / 2.0 + FACE.size;
        for line in &label {
            text_before(body, x0 - 10.0, y, plain(FACE, theme.ink), line);
            y += FACE.leading();
        }
        for line in &also {
            text_before(body, x0 - 10.0, y - 1.5, plain(SECOND, theme.quiet), line);
            y += SECOND.leading();
        }
        let mut x = x0;
        for value in &row.cells {
            shades.fill(body, Rect { x, y: page.y, w: cell, h: height }, *value, theme, is_told);
            x += cell;
        }
        body.push_str("</g>\n");
        page.y += height;
    }
    page.y += 20.0;
    legend(&mut page, chart, shown, &shades, theme);
    let mut caption: Vec<String> = Vec::new();
    for language in chart.heading.languages.all() {
        let is_cut = chart.rows.len() > shown.len();
        caption.extend(is_cut.then(|| language.rows_cut(shown.len(), chart.rows.len())));
    }
    caption.extend(chart.heading.caption.iter().cloned());
    page.caption(&caption);
    let counts = chart.heading.languages.first.over_periods(shown.len(), chart.periods.len());
    page.finish(
        &chart.heading.title,
        &format!("{counts}. {}", caption.join(" ")),
        chart.heading.languages.first,
    )
}

fn plain(face: Face, colour: Colour) -> Ink {
    Ink { face, colour, centred: false }
}

/// From which amount on each shade begins, the palest first.
struct Shades {
    from: Vec<f64>,
    is_count: bool,
}

impl Shades {
    /// One shade for each small number, else steps of 1, 2, 5 up to the greatest amount.
    fn of(chart: &Heat, rows: &[HeatRow]) -> Self {
        let amount = |cell: &HeatCell| cell.amount().map_or(0.0, f64::abs);
        let most = rows.iter().flat_map(|row| &row.cells).map(amount).fold(0.0, f64::max);
        let steps = (0..8).flat_map(|power| [1.0, 2.0, 5.0].map(|part: f64| part * 10_f64.powi(power)));
        let mut from: Vec<f64> = if chart.is_count && most <= 6.0 {
            (1..=6).map(f64::from).filter(|from| *from <= most).collect()
        } else {
            steps.filter(|from| *from <= most).collect()
        };
        if from.is_empty() {
            from.push(if chart.is_count { 1.0 } else { 0.0 });
        }
        let first = from[0];
        from.drain(..from.len().saturating_sub(SHADES));
        from[0] = if chart.is_count { first } else { 0.0 };
        Self { from, is_count: chart.is_count }
    }

    /// What a cell says.
    fn number(&self, value: f64) -> String {
        let words =
            if self.is_count || value.fract() == 0.0 { format!("{value}") } else { format!("{value:.1}") };
        words.replace('-', "−")
    }

    fn shade(&self, value: f64) -> usize {
        self.from.partition_point(|from| *from <= value.abs()).saturating_sub(1)
    }

    /// By how much of the paper a shade is paled.
    #[expect(clippy::cast_precision_loss, reason = "there are at most six shades")]
    fn pale(&self, shade: usize) -> f64 {
        0.78 * (1.0 - (shade + 1) as f64 / self.from.len() as f64)
    }

    /// What the legend says of a shade.
    fn words(&self, shade: usize) -> String {
        let from = self.from[shade];
        match (self.from.get(shade + 1), self.is_count) {
            (Some(next), false) => format!("{from}…{next}"),
            (Some(next), true) if next - from > 1.0 => format!("{from}–{}", next - 1.0),
            (None, true) if self.from.len() < SHADES && from < 5.0 => format!("{from}"),
            (None, _) => format!("≥ {from}"),
            (Some(_), true) => format!("{from}"),
        }
    }

    /// The same for what is less than nothing.
    fn words_below(&self, shade: usize) -> String {
        let from = self.from[shade];
        match self.from.get(shade + 1) {
            Some(next) => format!("−{next}…{}", if from > 0.0 { format!("−{from}") } else { "0".to_owned() }),
            None => format!("≤ −{from}"),
        }
    }

    fn fill(&self, out: &mut String, place: Rect, cell: HeatCell, theme: &Theme, is_told: bool) {
        // Cells that are narrow touch, so that a run of years reads as a bar.
        let inset = if place.w > 8.0 { 0.7 } else { 0.0 };
        let lap = if inset > 0.0 { -2.0 * inset } else { 0.4 };
        let inner = Rect { x: place.x + inset, y: place.y + 0.7, w: place.w + lap, h: place.h - 1.4 };
        let middle = inner.middle();
        match cell {
            HeatCell::Zero => rectangle(out, inner, theme.rule.toward(theme.paper, 0.7)),
            HeatCell::Missing => {
                let _ = writeln!(
                    out,
                    "<circle cx=\"{}\" cy=\"{}\" r=\"0.9\" fill=\"{}\"/>",
                    number(middle.x),
                    number(middle.y),
                    theme.quiet.toward(theme.paper, 0.35)
                );
            }
            HeatCell::Outside => {
                let _ = writeln!(
                    out,
                    "<path d=\"M{} {}H{}\" stroke=\"{}\" stroke-width=\"0.8\"/>",
                    number(place.x),
                    number(middle.y),
                    number(place.x + place.w),
                    theme.quiet.toward(theme.paper, 0.45)
                );
            }
            HeatCell::Value(value) | HeatCell::Possible(value) => {
                let shade = self.shade(value);
                let pale = self.pale(shade);
                let colour = match (self.is_count, value) {
                    (true, _) => theme.friendly,
                    (false, value) if value > 0.0 => theme.friendly,
                    (false, value) if value < 0.0 => theme.hostile,
                    (false, _) => theme.neutral,
                };
                let shaded = colour.toward(theme.paper, if value == 0.0 { 0.6 } else { pale });
                rectangle(out, inner, shaded);
                if value < 0.0 && !self.is_count {
                    let line = if pale > 0.35 { theme.ink } else { theme.paper };
                    strike(out, inner, line.toward(shaded, 0.55));
                }
                if matches!(cell, HeatCell::Possible(_)) {
                    doubtful(out, inner, colour, theme);
                }
                if is_told {
                    let ink = if shaded.is_nearer(theme.paper, theme.ink) { theme.ink } else { theme.paper };
                    let ink = Ink { centred: true, ..plain(SMALL, ink) };
                    text(out, middle.x, middle.y + 3.2, ink, &self.number(value));
                }
            }
        }
    }
}

fn rectangle(out: &mut String, place: Rect, fill: Colour) {
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"/>",
        number(place.x),
        number(place.y),
        number(place.w),
        number(place.h)
    );
}

/// A dashed frame, as doubt has it everywhere; where there is no room a light stripe.
fn doubtful(out: &mut String, place: Rect, colour: Colour, theme: &Theme) {
    if place.w < 9.0 {
        return rectangle(out, Rect { y: place.y + place.h / 2.0 - 1.5, h: 3.0, ..place }, theme.paper);
    }
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\"/>\n\
         <rect x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"{3}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.2\" stroke-dasharray=\"3 2.5\"/>",
        number(place.x + 0.8),
        number(place.y + 0.8),
        number(place.w - 1.6),
        number(place.h - 1.6),
        theme.paper
    );
}

/// Lines from below to above through two corners, that leave the middle to the number.
fn strike(out: &mut String, place: Rect, colour: Colour) {
    let part = (place.w.min(place.h) * 0.45).min(7.0);
    let (x, y) = (place.x, place.y);
    let _ = writeln!(
        out,
        "<path d=\"M{} {}L{} {}M{} {}L{} {}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"0.9\"/>",
        number(x),
        number(y + part),
        number(x + part),
        number(y),
        number(x + place.w - part),
        number(y + place.h),
        number(x + place.w),
        number(y + place.h - part)
    );
}

fn legend(page: &mut Page, chart: &Heat, rows: &[HeatRow], shades: &Shades, theme: &Theme) {
    let cells = || rows.iter().flat_map(|row| &row.cells);
    if cells().next().is_none() {
        return;
    }
    page.heading(&Said { first: chart.measure.clone(), second: chart.measure_also.clone() });
    let sample = |words: String, cell| (Said { first: words, second: None }, cell);
    let mut samples: Vec<(Said, HeatCell)> = Vec::new();
    let has = |test: fn(f64) -> bool| cells().any(|cell| cell.amount().is_some_and(test));
    let amount = |shade: usize| shades.from[shade].max(0.01);
    if !shades.is_count && has(|value| value < 0.0) {
        let all = (0..shades.from.len()).rev();
        samples.extend(all.map(|shade| sample(shades.words_below(shade), HeatCell::Value(-amount(shade)))));
    }
    if has(|value| value == 0.0) {
        samples.push(sample("0".to_owned(), HeatCell::Value(0.0)));
    }
    if has(|value| value > 0.0) {
        let all = 0..shades.from.len();
        samples.extend(all.map(|shade| sample(shades.words(shade), HeatCell::Value(amount(shade)))));
    }
    if cells().any(|cell| matches!(cell, HeatCell::Possible(_))) {
        let words = chart.heading.languages.say(Language::possible_only);
        samples.push((words, HeatCell::Possible(amount(shades.from.len() / 2))));
    }
    for (cell, at) in [(HeatCell::Zero, 0), (HeatCell::Missing, 1), (HeatCell::Outside, 2)] {
        if cells().any(|known| *known == cell) {
            samples.push((chart.heading.languages.say(|language| language.unknown_words()[at]), cell));
        }
    }
    let height = if chart.heading.languages.second.is_some() { 32.0 } else { 22.0 };
    let mut x = page.left();
    for (words, cell) in samples {
        let second = words.second.as_deref().unwrap_or_default();
        let width = 21.0 + FACE.width(&words.first).max(SECOND.width(second)) + 16.0;
        if x + width > page.left() + page.width() && x > page.left() {
            x = page.left();
            page.y += height;
        }
        let place = Rect { x, y: page.y, w: 15.0, h: 16.0 };
        shades.fill(&mut page.body, place, cell, theme, false);
        text(&mut page.body, x + 21.0, page.y + 12.0, plain(FACE, theme.ink), &words.first);
        text(&mut page.body, x + 21.0, page.y + 23.0, plain(SECOND, theme.quiet), second);
        x += width;
    }
    page.y += height + 6.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shades(values: &[f64], is_count: bool) -> Shades {
        let row = HeatRow {
            ids: vec![],
            label: String::new(),
            label_also: None,
            cells: values.iter().map(|value| HeatCell::Value(*value)).collect(),
        };
        Shades::of(&Heat { is_count, ..Heat::default() }, &[row])
    }

    #[test]
    fn shades_hold_every_value_and_are_named_by_what_they_hold() {
        let few = shades(&[1.0, 3.0], true);
        assert_eq!((0..3).map(|at| few.words(at)).collect::<Vec<_>>(), ["1", "2", "3"]);
        let many = shades(&[1.0, 130.0], true);
        let words: Vec<String> = (0..many.from.len()).map(|at| many.words(at)).collect();
        assert_eq!(
            words,
            ["1–4", "5–9", "10–19", "20–49", "50–99", "≥ 100"].map(str::to_owned)[..],
            "{words:?}"
        );
        let signed = shades(&[-7.0, 3.0], false);
        assert_eq!((signed.shade(-7.0), signed.shade(0.5), signed.from.len()), (2, 0, 3));
        assert!((many.pale(many.from.len() - 1)).abs() < 1e-9);
    }
}
