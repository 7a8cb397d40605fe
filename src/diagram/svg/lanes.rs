//! Draws a timeline: an axis, a bar a span, solid where it is certain, faded where it is possible.

use std::fmt::Write as _;

use super::drawing;
use super::page::Page;
use super::xml::{Ink, escape, id_list, number, text};
use crate::date::{Bounds, Day};
use crate::diagram::figure::block_height;
use crate::diagram::frame::Frame;
use crate::diagram::lanes::{LANE_LIMIT, Lane, Lanes, Span};
use crate::diagram::languages::Said;
use crate::diagram::layout::{Arrow, Point};
use crate::diagram::look;
use crate::diagram::scene::{Direction, Doubt};
use crate::diagram::text::{Face, clean};
use crate::diagram::theme::{Colour, Theme};
use crate::diagram::words::Language;
use crate::model::Polarity;

const FACE: Face = Face::plain(11.0);
/// What the second language says under the first.
const SECOND: Face = Face::plain(9.5);
const ROW: f64 = 21.0;
const BAR: f64 = 10.0;
/// The widest column of words on either side.
const WORDS: f64 = 250.0;
/// The width of the axis.
const AXIS: f64 = 470.0;
const GAP: f64 = 14.0;
/// A span narrower than this is drawn as a diamond.
const NARROW: f64 = 5.0;
/// In how many steps an end fades.
const STEPS: u8 = 5;

/// Writes a timeline as a self-contained SVG picture in the colours of a theme.
///
/// A solid bar lies where a tie was certainly in force, a faded one where it possibly was; a diamond is a
/// day or little more. `data-ties` lists the ids of a lane's ties, as in [`svg`](super::svg).
pub fn lanes(chart: &Lanes, theme: &Theme) -> String {
    lanes_in(chart, theme, Frame::ALONE)
}

/// Writes a timeline as [`lanes`] does, with what a frame brings along.
pub fn lanes_in(chart: &Lanes, theme: &Theme, frame: Frame) -> String {
    let (words, notes) = frame.lanes_width.map_or((WORDS, WORDS), |width| (width * 0.32, width * 0.24));
    let shown = &chart.lanes[..chart.lanes.len().min(LANE_LIMIT)];
    let label = |lane: &Lane| FACE.wrap(&lane.label, words - 30.0);
    let also = |lane: &Lane| SECOND.wrap(lane.label_also.as_deref().unwrap_or_default(), words - 30.0);
    let note = |lane: &Lane| FACE.wrap(&lane.note, notes);
    let widest = |face: Face, lines: Vec<Vec<String>>| {
        lines.iter().flatten().map(|line| face.width(line)).fold(0.0, f64::max)
    };
    let seconds = widest(SECOND, shown.iter().map(also).collect());
    let left = 30.0 + widest(FACE, shown.iter().map(label).collect()).max(seconds);
    let right = widest(FACE, shown.iter().map(note).collect());
    let axis = frame.lanes_width.map_or(AXIS, |width| width - left - right - 2.0 * GAP);
    let width = left + GAP + axis + GAP + right;

    let mut page = Page::new(&chart.heading.title, chart.heading.title_also.as_deref(), width, theme, frame);
    let edge = page.left();
    if let Some(ends) = &chart.ends {
        for (language, (a, b)) in chart.heading.languages.all().zip(ends) {
            page.line(&language.lane_ends(&clean(a), &clean(b)), theme.quiet);
        }
        page.y += 4.0;
    }
    let scale = Scale::of(shown, edge + left + GAP, axis);
    let top = page.y + 20.0;
    let mut rows = String::new();
    let mut y = top + 8.0;
    for lane in shown {
        let (label, also, note) = (label(lane), also(lane), note(lane));
        let words = block_height(FACE, label.len()) + block_height(SECOND, also.len());
        let height = ROW - FACE.leading() + words.max(block_height(FACE, note.len())).max(FACE.leading());
        let _ = writeln!(
            rows,
            "<g class=\"lane\" data-ties=\"{}\">",
            id_list(lane.ties.iter().map(String::as_str))
        );
        let _ = writeln!(rows, "<title>{}</title>", escape(&format!("{} {}", lane.label, lane.note)));
        let middle = y + ROW / 2.0;
        let colour = look::sign_colour(theme, lane.polarity);
        drawing::sign(&mut rows, Point { x: edge + 5.0, y: middle }, lane.polarity, colour);
        let ink = Ink { face: FACE, colour: theme.ink, centred: false };
        if let Some(direction) = lane.direction {
            let arrow = match direction {
                Direction::Forward => "→",
                Direction::Backward => "←",
                Direction::Mutual => "↔",
            };
            text(&mut rows, edge + 13.0, middle + 4.0, Ink { colour: theme.quiet, ..ink }, arrow);
        }
        let mut write = |x: f64, mut y: f64, lines: &[String], ink: Ink| {
            for line in lines {
                text(&mut rows, x, y, ink, line);
                y += ink.face.leading();
            }
        };
        let under = middle + 3.0 + block_height(FACE, label.len());
        write(edge + 29.0, middle + 4.0, &label, ink);
        write(edge + 29.0, under, &also, Ink { face: SECOND, colour: theme.quiet, ..ink });
        let right = edge + left + 2.0 * GAP + axis;
        write(right, middle + 4.0, &note, Ink { colour: theme.quiet, ..ink });
        for span in &lane.spans {
            bar(&mut rows, &scale, middle, *span, colour, theme);
        }
        rows.push_str("</g>\n");
        y += height;
    }
    scale.draw(&mut page.body, top, y + 4.0, theme);
    page.body.push_str(&rows);
    page.y = y + 30.0;

    legend(&mut page, chart, theme);
    page.sources(&chart.sources, chart.heading.languages);
    let cut = chart.lanes.len() - shown.len();
    let cut = chart.heading.languages.all().filter(|_| cut > 0).map(|language| language.lanes_cut(cut));
    let caption: Vec<String> = cut.chain(chart.heading.caption.iter().cloned()).collect();
    page.caption(&caption);
    let ties: usize = chart.lanes.iter().map(|lane| lane.ties.len()).sum();
    let desc = format!("{} {}", chart.heading.languages.first.over_time(ties), caption.join(" "));
    page.finish(&chart.heading.title, &desc, chart.heading.languages.first)
}

/// Days as places on the axis.
struct Scale {
    first: f64,
    last: f64,
    left: f64,
    width: f64,
}

impl Scale {
    /// From the first day that any span bounds to the last, and a little more.
    fn of(lanes: &[Lane], left: f64, width: f64) -> Self {
        let days = |bounds: Bounds| [bounds.start_min, bounds.start_max, bounds.end_min, bounds.end_max];
        let spans = lanes.iter().flat_map(|lane| &lane.spans);
        let numbers: Vec<f64> =
            spans.flat_map(|span| days(span.bounds)).filter(|day| day.is_bounded()).map(place).collect();
        let first = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let last = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if first > last {
            return Self { first: 0.0, last: 1.0, left, width };
        }
        let margin = ((last - first) * 0.04).max(3.0);
        Self { first: first - margin, last: last + margin, left, width }
    }

    fn x(&self, day: Day) -> f64 {
        let share = (place(day) - self.first) / (self.last - self.first);
        self.left + self.width * share.clamp(0.0, 1.0)
    }

    /// Lines and numbers of years, or of months or days where there are few of these.
    fn draw(&self, out: &mut String, top: f64, bottom: f64, theme: &Theme) {
        let mut end = f64::NEG_INFINITY;
        for (day, words) in self.ticks() {
            let x = self.x(day);
            let half = FACE.width(&words) / 2.0;
            let _ = writeln!(
                out,
                "<path d=\"M{} {}V{}\" stroke=\"{}\" stroke-width=\"0.8\"/>",
                number(x),
                number(top),
                number(bottom),
                theme.rule
            );
            if x - half > end + 8.0 {
                text(out, x, top - 6.0, Ink { face: FACE, colour: theme.quiet, centred: true }, &words);
                end = x + half;
            }
        }
    }

    fn ticks(&self) -> Vec<(Day, String)> {
        #[expect(clippy::cast_possible_truncation, reason = "the days of an i32")]
        let (first, last) = (Day::from_number(self.first as i32), Day::from_number(self.last as i32));
        let ((from, ..), (to, ..)) = (first.ymd(), last.ymd());
        let step_from = |choices: &[i32], count: i32| choices.iter().copied().find(|step| count / step <= 9);
        let inside = |(day, _): &(Day, String)| *day >= first && *day <= last;
        if to - from >= 3 {
            let step = step_from(&[1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500], to - from).unwrap_or(1000);
            let years = (from.div_euclid(step)..=to.div_euclid(step)).map(|at| at * step);
            let tick = |year| Some((Day::from_ymd(year, 1, 1)?, year.to_string()));
            return years.filter_map(tick).filter(inside).collect();
        }
        let step = step_from(&[1, 2, 3, 6], (to - from + 1) * 12).unwrap_or(6);
        let months = (0..(to - from + 1) * 12).filter(|month| month % step == 0);
        let tick = |month: i32| {
            let (year, of_year) = (from + month / 12, month % 12 + 1);
            let day = Day::from_ymd(year, u32::try_from(of_year).expect("1 to 12"), 1)?;
            Some((day, format!("{year}-{of_year:02}")))
        };
        months.filter_map(tick).filter(inside).collect()
    }
}

fn place(day: Day) -> f64 {
    f64::from(day.number())
}

/// Draws one span.
fn bar(out: &mut String, scale: &Scale, middle: f64, span: Span, colour: Colour, theme: &Theme) {
    let Bounds { start_min, start_max, end_min, end_max } = span.bounds;
    // Whole days: what ends on a day covers it.
    let [first, sure_from, sure_to, last] =
        [scale.x(start_min), scale.x(start_max), scale.x(end_min.next()), scale.x(end_max.next())];
    let top = middle - BAR / 2.0;
    if last - first < NARROW && start_min.is_bounded() && end_max.is_bounded() {
        let x = f64::midpoint(first, last);
        let fill = if span.doubt == Doubt::Asserted { colour } else { theme.paper };
        let _ = writeln!(
            out,
            "<path d=\"M{} {}l5 5l-5 5l-5 -5z\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.2\"/>",
            number(x),
            number(middle - 5.0)
        );
        return;
    }
    let mut rectangle = |from: f64, to: f64, fill: Colour| {
        if to - from > 0.05 {
            let _ = writeln!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{BAR}\" fill=\"{fill}\"/>",
                number(from),
                number(top),
                number(to - from)
            );
        }
    };
    let is_asserted = span.doubt == Doubt::Asserted;
    let certain =
        (sure_from < sure_to && is_asserted && start_max < end_min.next()).then_some((sure_from, sure_to));
    let (solid_from, solid_to) =
        certain.unwrap_or_else(|| (f64::midpoint(first, last), f64::midpoint(first, last)));
    // An end fades away from where the tie is certain, or from the middle of where it may have been.
    let strongest = if certain.is_some() { 0.7 } else { 0.45 };
    for step in 0..STEPS {
        let share = |at: u8| f64::from(at) / f64::from(STEPS);
        let strength = strongest * (1.0 - 0.8 * share(step));
        let fill = colour.toward(theme.paper, 1.0 - strength);
        rectangle(
            solid_from + (first - solid_from) * share(step + 1),
            solid_from + (first - solid_from) * share(step),
            fill,
        );
        rectangle(
            solid_to + (last - solid_to) * share(step),
            solid_to + (last - solid_to) * share(step + 1),
            fill,
        );
    }
    if let Some((from, to)) = certain {
        rectangle(from, to, colour);
    }
    if !is_asserted {
        let dash = if span.doubt == Doubt::Doubtful { "4 2.5" } else { "1.2 2.6" };
        let _ = writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{BAR}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1\" stroke-dasharray=\"{dash}\"/>",
            number(first),
            number(top),
            number(last - first)
        );
    }
    // What has no bound goes on beyond the axis.
    for (is_open, x, side) in [(!start_min.is_bounded(), first, -1.0), (!end_max.is_bounded(), last, 1.0)] {
        if is_open {
            let head = Arrow { tip: Point { x: x + 8.0 * side, y: middle }, along: (side, 0.0) };
            drawing::arrow(out, head, colour.toward(theme.paper, 0.4));
        }
    }
}

/// What solid, faded, dashed and pointed mean, as far as they occur.
fn legend(page: &mut Page, chart: &Lanes, theme: &Theme) {
    let spans = || chart.lanes.iter().flat_map(|lane| &lane.spans);
    if spans().next().is_none() {
        return;
    }
    page.heading(&chart.heading.languages.say(Language::legend));
    let height = if chart.heading.languages.second.is_some() { 34.0 } else { 24.0 };
    let words: [Said; 4] =
        std::array::from_fn(|at| chart.heading.languages.say(|language| language.lane_words()[at]));
    let day = |number: i32| Day::from_number(number);
    let bounds =
        |a, b, c, d| Bounds { start_min: day(a), start_max: day(b), end_min: day(c), end_max: day(d) };
    let sure = Span { bounds: bounds(0, 0, 30, 30), doubt: Doubt::Asserted };
    let samples = [
        (true, sure),
        (true, Span { bounds: bounds(0, 12, 18, 30), ..sure }),
        (spans().any(|span| span.doubt != Doubt::Asserted), Span { doubt: Doubt::Doubtful, ..sure }),
        (true, Span { bounds: bounds(15, 15, 15, 15), ..sure }),
    ];
    let mut x = page.left();
    for ((is_shown, span), words) in samples.into_iter().zip(words) {
        if !is_shown {
            continue;
        }
        let scale = Scale { first: 0.0, last: 31.0, left: x, width: 34.0 };
        bar(&mut page.body, &scale, page.y + 8.0, span, theme.friendly, theme);
        x += 42.0 + said(page, x + 42.0, &words, theme) + 22.0;
    }
    page.y += height;
    let mut x = page.left();
    for polarity in [Polarity::Positive, Polarity::Neutral, Polarity::Negative] {
        if chart.lanes.iter().all(|lane| lane.polarity != polarity) {
            continue;
        }
        let words = chart.heading.languages.say(|language| language.sign(polarity));
        drawing::sign(
            &mut page.body,
            Point { x: x + 5.0, y: page.y + 8.0 },
            polarity,
            look::sign_colour(theme, polarity),
        );
        x += 16.0 + said(page, x + 16.0, &words, theme) + 22.0;
    }
    page.y += height + 4.0;
}

/// Words of the legend, the second language under the first; gives their width.
fn said(page: &mut Page, x: f64, words: &Said, theme: &Theme) -> f64 {
    let second = words.second.as_deref().unwrap_or_default();
    let ink = Ink { face: FACE, colour: theme.ink, centred: false };
    text(&mut page.body, x, page.y + 12.0, ink, &words.first);
    text(&mut page.body, x, page.y + 24.0, Ink { face: SECOND, colour: theme.quiet, ..ink }, second);
    FACE.width(&words.first).max(SECOND.width(second))
}
