//! Draws a measure over periods: lines that carry their names at their right end, no legend to look up.

use std::fmt::Write as _;

use super::page::Page;
use super::xml::{Ink, data, escape, number, text, text_before};
use crate::diagram::figure::block_height;
use crate::diagram::frame::Frame;
use crate::diagram::layout::Point;
use crate::diagram::series::{LINE_LIMIT, Series, SeriesLine};
use crate::diagram::text::Face;
use crate::diagram::theme::{Colour, Theme};

const FACE: Face = Face::plain(11.0);
const NAME: Face = Face::bold(11.0);
/// What the second language says under the first.
const SECOND: Face = Face::plain(9.5);
/// The plot without its labels.
const PLOT: (f64, f64) = (560.0, 300.0);
/// Where names beside lines are broken.
const NAMES: f64 = 150.0;
/// From the plot to the names.
const LEAD: f64 = 26.0;
/// White between two names.
const CLEAR: f64 = 3.0;
/// Up to so many periods each point has its mark.
const MARKED: usize = 30;

/// Writes a measure over periods as a self-contained SVG picture.
///
/// A line has a break where its actor has no score. Colours repeat after six; form of marks, strength and dashes do not,
/// so that lines can be told in black and white.
pub(in crate::diagram) fn series(chart: &Series, theme: &Theme, frame: Frame) -> String {
    let known = |line: &&SeriesLine| line.points.iter().any(|(at, _)| *at < chart.periods.len());
    let shown: Vec<&SeriesLine> = chart.lines.iter().filter(known).take(LINE_LIMIT).collect();
    let tags: Vec<Tag> = shown.iter().map(|line| Tag::of(chart, line)).collect();
    let high = tags.iter().map(|tag| tag.height + CLEAR).sum::<f64>().max(PLOT.1);
    let widest = tags.iter().map(|tag| tag.width + 7.0).fold(0.0, f64::max);
    let values_width = tags.iter().map(|tag| FACE.width(&tag.value)).fold(0.0, f64::max);
    let lead = LEAD + values_width;
    let values = || shown.iter().flat_map(|line| &line.points).map(|(_, value)| *value);
    let ticks = ticks(values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let tick_decimals = decimals(&ticks);
    let tick_words: Vec<String> = ticks.iter().map(|tick| format!("{tick:.tick_decimals$}")).collect();
    let left = tick_words.iter().map(|words| FACE.width(words)).fold(0.0, f64::max) + 8.0;
    let plot = frame.lanes_width.map_or(PLOT.0, |width| width - left - lead - widest);
    let width = left + plot + lead + widest;

    let mut page = Page::new(&chart.heading.title, chart.heading.title_also.as_deref(), width, theme, frame);
    let axis = match &chart.measure_also {
        Some(also) => format!("{} / {also}", chart.measure),
        None => chart.measure.clone(),
    };
    page.line(&axis, theme.quiet);
    let scale = Scale {
        left: page.left() + left,
        width: plot,
        bottom: page.y + 10.0 + high,
        height: high,
        periods: chart.periods.len(),
        low: ticks[0],
        most: values().fold(ticks[ticks.len() - 1], f64::max),
    };
    let body = &mut page.body;
    for (tick, words) in ticks.iter().zip(&tick_words) {
        let y = scale.y(*tick);
        rule(
            body,
            (scale.left, y),
            (scale.left + plot, y),
            if *tick == 0.0 { theme.quiet } else { theme.rule },
        );
        let x = scale.left - 6.0 - FACE.width(words);
        text(body, x, y + 4.0, plain(FACE, theme.quiet), words);
    }
    years(body, &scale, &chart.periods, theme);
    let places =
        spread(&tags, &shown.iter().map(|line| scale.y(last(chart, line).1)).collect::<Vec<_>>(), &scale);
    // The most important line is drawn last, over the others.
    for (at, line) in shown.iter().enumerate().rev() {
        let (tag, middle) = (&tags[at], places[at]);
        let _ = writeln!(body, "<g class=\"line\" data-actor=\"{}\">", data(&line.id));
        let _ = writeln!(body, "<title>{}</title>", escape(&line.label));
        draw(body, chart, line, &Look::of(theme, at), &scale);
        let (period, value) = last(chart, line);
        let end = Point { x: scale.x(period) + 5.0, y: scale.y(value) };
        let start = scale.left + plot + lead - FACE.width(&tag.value) - 4.0;
        let _ = writeln!(
            body,
            "<path d=\"M{} {}L{} {}L{} {}\" fill=\"none\" stroke=\"{}\" stroke-width=\"0.7\" stroke-dasharray=\"1.5 2\"/>",
            number(end.x),
            number(end.y),
            number((scale.left + plot + 4.0).max(end.x)),
            number(end.y),
            number(start),
            number(middle),
            theme.quiet
        );
        tag.write(body, (scale.left + plot + lead, middle), Look::of(theme, at).colour, theme);
        body.push_str("</g>\n");
    }
    page.y = scale.bottom + 32.0;

    let mut caption: Vec<String> = Vec::new();
    let breaks = shown.iter().any(|line| line.points.windows(2).any(|pair| pair[1].0 > pair[0].0 + 1));
    let cut = chart.lines.len() - shown.len();
    for language in chart.heading.languages.all() {
        caption.extend(breaks.then(|| language.broken_lines().to_owned()));
        caption.extend((cut > 0).then(|| language.lines_cut(shown.len(), chart.lines.len())));
    }
    caption.extend(chart.heading.caption.iter().cloned());
    page.caption(&caption);
    let names: Vec<&str> = shown.iter().map(|line| line.label.as_str()).collect();
    let counts = chart.heading.languages.first.over_periods(shown.len(), chart.periods.len());
    page.finish(
        &chart.heading.title,
        &format!("{counts}: {}. {}", names.join(", "), caption.join(" ")),
        chart.heading.languages.first,
    )
}

/// The last period in which a line has a value, and the value.
fn last(chart: &Series, line: &SeriesLine) -> (usize, f64) {
    line.points.iter().rfind(|(at, _)| *at < chart.periods.len()).copied().unwrap_or_default()
}

/// Where periods and values lie.
struct Scale {
    left: f64,
    width: f64,
    bottom: f64,
    height: f64,
    periods: usize,
    low: f64,
    most: f64,
}

impl Scale {
    /// The middle of a period.
    #[expect(clippy::cast_precision_loss, reason = "there are few periods")]
    fn x(&self, period: usize) -> f64 {
        self.left + self.width * (period as f64 + 0.5) / self.periods.max(1) as f64
    }

    fn y(&self, value: f64) -> f64 {
        self.bottom - self.height * (value - self.low) / (self.most - self.low)
    }
}

/// Round numbers from under the lowest value to near the highest, nothing among them; at least two.
pub(super) fn ticks(low: f64, most: f64) -> Vec<f64> {
    let most = if most > low { most } else { low + 1.0 };
    let rough = (most - low) / 5.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|part| part * power).into_iter().find(|step| *step >= rough * 0.999);
    let step = step.unwrap_or(10.0 * power);
    #[expect(clippy::cast_possible_truncation, reason = "some five steps either way")]
    let (from, to) = ((low / step).floor() as i32, (most / step + 0.25).floor() as i32);
    (from..=to.max(from + 1)).map(|at| f64::from(at) * step).collect()
}

/// How many decimals tell the ticks apart.
fn decimals(ticks: &[f64]) -> usize {
    let step = ticks[1] - ticks[0];
    (0..6)
        .find(|places| {
            (step * 10_f64.powi(*places)).fract().abs() < 1e-6 || step * 10_f64.powi(*places) >= 10.0
        })
        .map_or(6, |places| usize::try_from(places).unwrap_or(6))
}

fn plain(face: Face, colour: Colour) -> Ink {
    Ink { face, colour, centred: false }
}

fn rule(out: &mut String, from: (f64, f64), to: (f64, f64), colour: Colour) {
    let _ = writeln!(
        out,
        "<path d=\"M{} {}L{} {}\" stroke=\"{colour}\" stroke-width=\"0.8\"/>",
        number(from.0),
        number(from.1),
        number(to.0),
        number(to.1)
    );
}

/// The names of periods under the axis, as many as find room.
fn years(out: &mut String, scale: &Scale, periods: &[String], theme: &Theme) {
    for (at, words) in named_periods(periods, scale.width) {
        let x = scale.x(at);
        rule(out, (x, scale.bottom), (x, scale.bottom + 4.0), theme.quiet);
        text(out, x, scale.bottom + 17.0, Ink { centred: true, ..plain(FACE, theme.quiet) }, &words);
    }
}

/// Which periods are named where an axis is so wide: all, or round years, or one in so many.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few periods")]
pub(super) fn named_periods(periods: &[String], width: f64) -> Vec<(usize, String)> {
    let short: Vec<String> = periods.iter().map(|period| short(period)).collect();
    let widest = short.iter().map(|words| FACE.width(words)).fold(0.0, f64::max) + 10.0;
    let room = ((width / widest).floor() as usize).max(1);
    let every = periods.len().div_ceil(room).max(1);
    let years: Option<Vec<usize>> =
        periods.iter().map(|words| words.parse().ok().filter(|_| words.len() == 4)).collect();
    let all = short.into_iter().enumerate();
    match years {
        Some(years) if every > 1 => {
            let step = [2, 5, 10, 20, 25, 50, 100, 200, 500].into_iter().find(|step| *step >= every);
            let step = step.unwrap_or(1000);
            all.filter(|(at, _)| years[*at].is_multiple_of(step)).collect()
        }
        _ => all.filter(|(at, _)| at % every == 0).collect(),
    }
}

/// Years as a book has them: `1990–94`, `1999–2003`; other periods as they are.
pub(super) fn short(period: &str) -> String {
    match period.split_once('/') {
        Some((first, last)) if first.len() == 4 && last.len() == 4 => {
            let last = if first[..2] == last[..2] { &last[2..] } else { last };
            format!("{first}–{last}")
        }
        _ => period.to_owned(),
    }
}

/// How a line looks.
struct Look {
    colour: Colour,
    dash: &'static str,
    mark: usize,
    width: f64,
}

impl Look {
    fn of(theme: &Theme, at: usize) -> Self {
        let dashes =
            ["", " stroke-dasharray=\"7 3\"", " stroke-dasharray=\"2 2.5\"", " stroke-dasharray=\"9 3 2 3\""];
        // On paper without colours dashes come sooner, since they alone tell lines apart.
        let dash = if theme.is_grey() { at % dashes.len() } else { at / theme.lines.len() };
        Self {
            colour: theme.lines[at % theme.lines.len()],
            dash: dashes[dash % dashes.len()],
            mark: at,
            width: if at == 0 { 2.4 } else { 1.6 } * theme.weight,
        }
    }
}

/// The strokes of a line, broken where a period has no value, and its marks.
fn draw(out: &mut String, chart: &Series, line: &SeriesLine, look: &Look, scale: &Scale) {
    let points: Vec<(usize, f64)> =
        line.points.iter().filter(|(at, _)| *at < chart.periods.len()).copied().collect();
    let mut path = String::new();
    for (at, (period, value)) in points.iter().enumerate() {
        let goes_on = at > 0 && points[at - 1].0 + 1 == *period;
        let _ = write!(
            path,
            "{}{} {}",
            if goes_on { "L" } else { "M" },
            number(scale.x(*period)),
            number(scale.y(*value))
        );
    }
    let _ = writeln!(
        out,
        "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{}/>",
        look.colour,
        number(look.width),
        look.dash
    );
    let every = chart.periods.len().div_ceil(MARKED).max(1);
    for (at, (period, value)) in points.iter().enumerate() {
        let alone = (at == 0 || points[at - 1].0 + 1 < *period)
            && points.get(at + 1).is_none_or(|next| next.0 > period + 1);
        if alone || at + 1 == points.len() || period % every == 0 {
            mark(out, Point { x: scale.x(*period), y: scale.y(*value) }, look);
        }
    }
}

/// A mark of a form of its own: full, then hollow.
fn mark(out: &mut String, at: Point, look: &Look) {
    let (x, y) = (number(at.x), number(at.y));
    let corner = |dx: f64, dy: f64| format!("{} {}", number(at.x + dx), number(at.y + dy));
    let form = match look.mark % 5 {
        0 => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"3\""),
        1 => format!("<path d=\"M{}h5.6v5.6h-5.6z\"", corner(-2.8, -2.8)),
        2 => format!("<path d=\"M{}l3.8 6.4h-7.6z\"", corner(0.0, -4.0)),
        3 => format!("<path d=\"M{}l3.8 3.8l-3.8 3.8l-3.8 -3.8z\"", corner(0.0, -3.8)),
        _ => format!("<path d=\"M{}l3.8 -6.4h-7.6z\"", corner(0.0, 4.0)),
    };
    let fill = if look.mark < 5 { look.colour.to_string() } else { "none".to_owned() };
    let _ = writeln!(out, "{form} fill=\"{fill}\" stroke=\"{}\" stroke-width=\"1\"/>", look.colour);
}

/// The last value of a line, then its name, broken to its column.
struct Tag {
    value: String,
    name: Vec<String>,
    /// The name in the second language, and when the line ends before the others do.
    also: Vec<String>,
    width: f64,
    height: f64,
}

impl Tag {
    fn of(chart: &Series, line: &SeriesLine) -> Self {
        let (period, value) = last(chart, line);
        let value = format!("{value:.*}", chart.decimals);
        let name = NAME.wrap(&line.label, NAMES);
        let mut also = SECOND.wrap(line.label_also.as_deref().unwrap_or_default(), NAMES);
        if period + 1 < chart.periods.len() {
            also.push(format!("({})", short(&chart.periods[period])));
        }
        let widths =
            name.iter().map(|line| NAME.width(line)).chain(also.iter().map(|line| SECOND.width(line)));
        let width = widths.fold(0.0, f64::max);
        let height = block_height(NAME, name.len()) + block_height(SECOND, also.len());
        Self { value, name, also, width, height }
    }

    /// Writes it around a middle, its value before `x`.
    fn write(&self, out: &mut String, (x, middle): (f64, f64), colour: Colour, theme: &Theme) {
        let mut y = middle - self.height / 2.0 + NAME.size - 1.0;
        text_before(out, x, y, plain(FACE, theme.quiet), &self.value);
        let x = x + 7.0;
        for line in &self.name {
            text(out, x, y, plain(NAME, colour), line);
            y += NAME.leading();
        }
        for line in &self.also {
            text(out, x, y - 1.5, plain(SECOND, theme.quiet), line);
            y += SECOND.leading();
        }
    }
}

/// The middles of tags that would stand at given heights, moved as little as it takes that none lies on another.
fn spread(tags: &[Tag], wished: &[f64], scale: &Scale) -> Vec<f64> {
    let mut order: Vec<usize> = (0..tags.len()).collect();
    order.sort_by(|&a, &b| wished[a].total_cmp(&wished[b]).then(a.cmp(&b)));
    // Neighbours that would overlap become one block, which stands at the mean of what its members wish.
    let mut blocks: Vec<(Vec<usize>, f64, f64)> = Vec::new();
    let (top, bottom) = (scale.bottom - scale.height - 6.0, scale.bottom + 6.0);
    for at in order {
        let height = tags[at].height + CLEAR;
        blocks.push((vec![at], wished[at], height));
        loop {
            let (_, middle, height) = blocks.last_mut().expect("one was pushed");
            *middle = middle.min(bottom - *height / 2.0).max(top + *height / 2.0);
            let count = blocks.len();
            if count < 2 {
                break;
            }
            let (above, below) = (&blocks[count - 2], &blocks[count - 1]);
            if above.1 + above.2 / 2.0 <= below.1 - below.2 / 2.0 + 1e-9 {
                break;
            }
            let (members, middle, height) = blocks.pop().expect("there are two");
            let above = blocks.last_mut().expect("there is one");
            #[expect(clippy::cast_precision_loss, reason = "there are few lines")]
            let (n, m) = (above.0.len() as f64, members.len() as f64);
            above.1 = (above.1 * n + middle * m) / (n + m);
            above.0.extend(members);
            above.2 += height;
        }
    }
    let mut middles = vec![0.0; tags.len()];
    for (members, middle, height) in blocks {
        let mut y = middle - height / 2.0;
        for at in members {
            let own = tags[at].height + CLEAR;
            middles[at] = y + own / 2.0;
            y += own;
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round_and_reach_the_highest_value_nearly() {
        assert_eq!(ticks(0.0, 9.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(0.0, 9.6), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(0.0, 0.0).len(), 6);
        assert_eq!(ticks(-3.0, 7.0), [-4.0, -2.0, 0.0, 2.0, 4.0, 6.0]);
        assert_eq!(decimals(&ticks(0.0, 0.03)), 2);
        assert_eq!(decimals(&[0.0, 20.0]), 0);
    }

    #[test]
    fn years_are_named_at_round_numbers_where_not_all_find_room() {
        let years: Vec<String> = (1945..=2004).map(|year| year.to_string()).collect();
        let named: Vec<String> = named_periods(&years, 300.0).into_iter().map(|(_, words)| words).collect();
        assert_eq!(named, ["1950", "1960", "1970", "1980", "1990", "2000"]);
        assert_eq!(named_periods(&years[..4], 300.0).len(), 4);
        assert_eq!(["1990/1994", "1999/2003", "1990-01"].map(short), ["1990–94", "1999–2003", "1990-01"]);
    }

    proptest! {
        #[test]
        fn no_name_lies_on_another(
            ends in prop::collection::vec((0.0f64..300.0, 10.0f64..40.0), 1..10),
        ) {
            let tag = |&(_, height): &(f64, f64)| Tag { value: String::new(), name: vec![], also: vec![], width: 0.0, height };
            let tags: Vec<Tag> = ends.iter().map(tag).collect();
            let height = ends.iter().map(|(_, height)| height + CLEAR).sum::<f64>().max(300.0);
            let scale = Scale { left: 0.0, width: 10.0, bottom: height, height, periods: 1, low: 0.0, most: 1.0 };
            let wished: Vec<f64> = ends.iter().map(|(y, _)| *y).collect();
            let middles = spread(&tags, &wished, &scale);
            for i in 0..tags.len() {
                prop_assert!(middles[i] - tags[i].height / 2.0 >= -8.0 && middles[i] + tags[i].height / 2.0 <= height + 8.0);
                for j in 0..i {
                    let apart = (middles[i] - middles[j]).abs();
                    prop_assert!(apart + 1e-6 >= f64::midpoint(tags[i].height, tags[j].height), "{middles:?}");
                }
            }
        }
    }
}
