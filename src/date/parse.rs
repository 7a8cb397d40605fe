//! From EDTF text to its shape: a choice among dates, or an interval with two ends.
//!
//! `edtf-core` reads each single date. Intervals and sets are taken apart here, because a dated tie needs what it
//! refuses: a time of day to the minute (`1990-03-26T12:00Z`) and as the end of an interval; a bare `..` (an open
//! end in a field of its own) and `../..`, `/..`, `../`; set ranges whose ends differ in precision or are qualified
//! (`[1985~..1990-03]`: "some time within", which has no other spelling); and ends that only `~` puts in order.

use edtf_core::{Edtf, Precision};

use super::calendar::{MOST_RUNS, hull, runs};
use super::shape::{End, Member, Parsed, Shape, Span};
use super::{DateError, Day, Reading, Window};

/// Reads a text; the error has no hint yet.
pub(super) fn parse(text: &str) -> Result<Parsed, DateError> {
    match exact_day(text) {
        Some(day) => Ok(Parsed {
            shape: Shape::Choice {
                reading: Reading::Alternatives,
                members: vec![Member { span: Span::Within(Window::day(day)), uncertain: false }],
            },
            uncertain: false,
            approximate: false,
        }),
        None => parse_any(text),
    }
}

/// The day that a text `year-month-day` in digits is: what most rows of tables have, read without a parser.
fn exact_day(text: &str) -> Option<Day> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    let (year, month, day) = (number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..])?);
    (bytes[4] == b'-' && bytes[7] == b'-')
        .then(|| Day::from_ymd(i32::try_from(year).expect("four digits"), month, day))?
}

fn parse_any(text: &str) -> Result<Parsed, DateError> {
    let mut parser = Parser { text, uncertain: false, approximate: false };
    if text.is_empty() {
        return Err(parser.error(0, "expected a date"));
    }
    if let Some((offset, _)) = text.char_indices().find(|(_, found)| found.is_whitespace()) {
        return Err(parser.error(offset, "a date has no spaces"));
    }
    if let Some((offset, _)) = text.char_indices().find(|(_, found)| !found.is_ascii()) {
        return Err(parser.error(offset, "expected digits, and signs that are on every keyboard"));
    }
    let shape = if let Some(inner) = text.strip_prefix('[') {
        parser.set(inner, ']', Reading::Alternatives)?
    } else if let Some(inner) = text.strip_prefix('{') {
        parser.set(inner, '}', Reading::Occurrences)?
    } else if let Some((start, end)) = text.split_once('/') {
        parser.interval(start, end)?
    } else if text == ".." {
        Shape::Open
    } else {
        let date = parser.date(text, 0)?;
        let uncertain = date.is_uncertain();
        let members = runs(&date).into_iter().map(|run| Member { span: Span::Within(run), uncertain });
        Shape::Choice { reading: Reading::Alternatives, members: members.collect() }
    };
    Ok(Parsed { shape, uncertain: parser.uncertain, approximate: parser.approximate })
}

struct Parser<'a> {
    text: &'a str,
    uncertain: bool,
    approximate: bool,
}

impl Parser<'_> {
    fn error(&self, offset: usize, message: &str) -> DateError {
        DateError::new(self.text, offset, message)
    }

    /// Reads one date, with or without a time of day, which is checked and dropped.
    fn date(&mut self, piece: &str, offset: usize) -> Result<edtf_core::Date, DateError> {
        let mut day = piece;
        if let Some((before, time)) = piece.split_once('T') {
            if before.len() != 10 {
                return Err(self.error(offset, "a time of day needs a whole date before it"));
            }
            if !is_time(time) {
                return Err(self.error(
                    offset + before.len() + 1,
                    "expected a time of day, `hh:mm` or `hh:mm:ss`, then nothing, `Z` or `+hh:mm`",
                ));
            }
            day = before;
        }
        if day.is_empty() {
            return Err(self.error(offset, "expected a date"));
        }
        match Edtf::parse(day) {
            Ok(Edtf::Date(date)) => {
                self.uncertain |= date.is_uncertain();
                self.approximate |= date.is_approximate();
                Ok(date)
            }
            Ok(Edtf::DateTime(_) | Edtf::Interval(_) | Edtf::Set(_)) => {
                Err(self.error(offset, "expected one date"))
            }
            Err(error) => Err(self.error(offset + error.offset, error.message)),
        }
    }

    fn interval(&mut self, start: &str, end: &str) -> Result<Shape, DateError> {
        let offset = start.len() + 1;
        if let Some(second) = end.find('/') {
            return Err(self.error(offset + second, "an interval has one `/`"));
        }
        if start.is_empty() && end.is_empty() {
            return Err(self.error(0, "expected a date or `..` on one side of `/` at least"));
        }
        let first = match start {
            "" => End::Unknown,
            ".." => End::Open,
            _ => match start.strip_prefix("..") {
                // Level 2: it began on that date or before it.
                Some(date) => End::Within(Window::between(Day::MIN, hull(&self.date(date, 2)?).last())),
                None => End::Within(hull(&self.date(start, 0)?)),
            },
        };
        let last = match end {
            "" => End::Unknown,
            ".." => End::Open,
            _ => match end.strip_suffix("..") {
                Some(date) => End::Within(Window::between(hull(&self.date(date, offset)?).first(), Day::MAX)),
                None => End::Within(hull(&self.date(end, offset)?)),
            },
        };
        match (first, last) {
            (End::Within(first), End::Within(last)) if first.first() > last.last() => {
                Err(self.error(offset, "the interval ends before it begins"))
            }
            _ => Ok(Shape::Interval { start: first, end: last }),
        }
    }

    fn set(&mut self, inner: &str, close: char, reading: Reading) -> Result<Shape, DateError> {
        let Some(inner) = inner.strip_suffix(close) else {
            return Err(self.error(self.text.len(), &format!("expected `{close}` at the end")));
        };
        let mut members = Vec::new();
        let mut offset = 1;
        for piece in inner.split(',') {
            if let Some(stroke) = piece.find('/') {
                return Err(self.error(offset + stroke, "a set has dates, not intervals"));
            }
            self.member(piece, offset, reading, &mut members)?;
            offset += piece.len() + 1;
        }
        if members.len() > MOST_RUNS {
            let uncertain = members.iter().any(|member| member.uncertain);
            let hull = members.iter().map(|member| member.span.window()).reduce(Window::hull);
            members = hull.map(|hull| Member { span: Span::Within(hull), uncertain }).into_iter().collect();
        }
        Ok(Shape::Choice { reading, members })
    }

    fn member(
        &mut self,
        piece: &str,
        offset: usize,
        reading: Reading,
        members: &mut Vec<Member>,
    ) -> Result<(), DateError> {
        if let Some(after) = piece.strip_prefix("..") {
            let date = self.date(after, offset + 2)?;
            let (days, uncertain) = (hull(&date), date.is_uncertain());
            members.extend(unbounded(
                days,
                Window::between(Day::MIN, days.first().previous()),
                uncertain,
                reading,
            ));
        } else if let Some(before) = piece.strip_suffix("..") {
            let date = self.date(before, offset)?;
            let (days, uncertain) = (hull(&date), date.is_uncertain());
            members.extend(unbounded(
                days,
                Window::between(days.last().next(), Day::MAX),
                uncertain,
                reading,
            ));
        } else if let Some((from, to)) = piece.split_once("..") {
            let to_offset = offset + from.len() + 2;
            let (from, to) = (self.date(from, offset)?, self.date(to, to_offset)?);
            let (first, last) = (hull(&from), hull(&to));
            if first.first() > last.last() {
                return Err(self.error(to_offset, "the range ends before it begins"));
            }
            let uncertain = from.is_uncertain() || to.is_uncertain();
            let spans = match reading {
                Reading::Alternatives => vec![Span::Within(first.hull(last))],
                Reading::Occurrences
                    if is_plain(&from) && is_plain(&to) && from.precision() == to.precision() =>
                {
                    each(first, last, from.precision())
                }
                Reading::Occurrences => {
                    return Err(
                        self.error(offset, "a range in `{}` runs between two plain dates of one precision")
                    );
                }
            };
            members.extend(spans.into_iter().map(|span| Member { span, uncertain }));
        } else {
            let date = self.date(piece, offset)?;
            let uncertain = date.is_uncertain();
            // An occurrence cannot be itself a list of alternatives: gaps in it are read over.
            let found = match reading {
                Reading::Alternatives => runs(&date),
                Reading::Occurrences => vec![hull(&date)],
            };
            members.extend(found.into_iter().map(|run| Member { span: Span::Within(run), uncertain }));
        }
        Ok(())
    }
}

/// `..1984` or `1984..` in a set: as one of them, some day up to or from there; as all of them, one in the date that
/// is written, and one on some day beyond it.
fn unbounded(written: Window, beyond: Window, uncertain: bool, reading: Reading) -> Vec<Member> {
    let windows = match reading {
        Reading::Alternatives => vec![written.hull(beyond)],
        Reading::Occurrences => vec![written, beyond],
    };
    windows.into_iter().map(|window| Member { span: Span::Within(window), uncertain }).collect()
}

fn is_plain(date: &edtf_core::Date) -> bool {
    !date.has_unspecified()
        && !date.is_uncertain()
        && !date.is_approximate()
        && date.year.significant_digits.is_none()
        && date.precision() != Precision::Season
}

/// `{a..b}`: an occurrence in each year or month from `first` to `last`; of days, every one of them.
fn each(first: Window, last: Window, precision: Precision) -> Vec<Span> {
    let months = match precision {
        Precision::Day => return vec![Span::Throughout(first.hull(last))],
        Precision::Month | Precision::Season => 1,
        Precision::Year => 12,
    };
    let mut spans = Vec::new();
    let mut unit = first;
    while unit.first() <= last.first() {
        spans.push(Span::Within(unit));
        let next = super::calendar::months_after(unit, months);
        if spans.len() > MOST_RUNS || next.first() <= unit.first() {
            return vec![Span::Within(first.hull(last))];
        }
        unit = next;
    }
    spans
}

/// Whether this is `hh:mm` or `hh:mm:ss` (with a fraction or without), then nothing, `Z`, `±hh` or `±hh:mm`.
fn is_time(text: &str) -> bool {
    let (clock, shift) = match text.find(['Z', '+', '-']) {
        Some(index) => text.split_at(index),
        None => (text, ""),
    };
    let parts = |text: &str, limits: &[u8]| {
        let found: Vec<&str> = text.split(':').collect();
        found.len() <= limits.len()
            && found.iter().zip(limits).all(|(part, limit)| {
                part.len() == 2
                    && part.bytes().all(|byte| byte.is_ascii_digit())
                    && part.parse::<u8>().is_ok_and(|number| number <= *limit)
            })
    };
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let fraction_fits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let clock_fits = match whole.len() {
        5 => !clock.contains('.') && parts(whole, &[23, 59]),
        8 => parts(whole, &[23, 59, 60]),
        _ => false,
    };
    let shift_fits =
        shift.is_empty() || shift == "Z" || (!shift.starts_with('Z') && parts(&shift[1..], &[14, 59]));
    clock_fits && fraction_fits && shift_fits
}

#[cfg(test)]
mod tests {
    use super::{Shape, exact_day, parse, parse_any};
    use crate::date::DateError;

    fn refused(text: &str) -> (usize, String) {
        let error: DateError = parse(text).unwrap_err();
        (error.column(), error.message().to_owned())
    }

    #[test]
    fn an_exact_day_is_what_any_date_of_its_text_is() {
        for year in [0, 1, 1581, 1900, 1999, 2000, 2024, 9999] {
            for month in 0..=14 {
                for day in 0..=33 {
                    let text = format!("{year:04}-{month:02}-{day:02}");
                    match parse_any(&text) {
                        Ok(any) => assert_eq!(format!("{:?}", parse(&text).unwrap()), format!("{any:?}")),
                        Err(error) => assert_eq!(parse(&text).unwrap_err().to_string(), error.to_string()),
                    }
                }
            }
        }
        assert!(
            exact_day("1990-03-2X").is_none()
                && exact_day("1990/03/26").is_none()
                && exact_day("19900326").is_none()
        );
    }

    #[test]
    fn times_of_day_are_checked_and_dropped() {
        for text in [
            "1990-03-26T12:00Z",
            "1990-03-26T12:00",
            "1990-03-26T23:59:60+05:30",
            "1990-03-26T12:00:00.5-08",
            "[1990-03-26T12:00,1990-03-26]",
            "1990-03-26T00:00/1990-03-26T23:00",
        ] {
            let window = parse(text).unwrap().shape.window();
            assert_eq!(window.to_string(), "1990-03-26", "{text}");
        }
        for (text, column) in [
            ("1990-03-26T24:00", 12),
            ("1990-03-26T12", 12),
            ("1990-03-26T12:00ZZ", 12),
            ("1990-03-26T12:00Z+01", 12),
            ("1990-03T12:00", 1),
            ("1990/1990-03-26T1:00", 17),
        ] {
            assert_eq!(refused(text).0, column, "{text}");
        }
    }

    #[test]
    fn a_refusal_points_into_the_whole_text() {
        for (text, column, message) in [
            ("1985/1986-13", 11, "month must be 01-12 or a sub-year code 21-41"),
            ("[1985,1986-02-30]", 15, "day is out of range for the month"),
            ("1985/1986/1987", 10, "an interval has one `/`"),
            ("/", 1, "expected a date or `..` on one side of `/` at least"),
            ("[1985", 6, "expected `]` at the end"),
            ("[1985,]", 7, "expected a date"),
            ("[]", 2, "expected a date"),
            ("[1985,[1986]]", 7, "expected one date"),
            ("[1985/1986]", 6, "a set has dates, not intervals"),
            ("[1990..1985]", 8, "the range ends before it begins"),
            ("{1985~..1990}", 2, "a range in `{}` runs between two plain dates of one precision"),
            ("19８5", 3, "expected digits, and signs that are on every keyboard"),
            ("1985 ", 5, "a date has no spaces"),
            ("", 1, "expected a date"),
        ] {
            assert_eq!(refused(text), (column, message.to_owned()), "{text}");
        }
    }

    #[test]
    fn ends_that_only_an_approximation_puts_in_order_are_read() {
        assert!(parse("1990~/1989").is_ok() && parse("1990~/1988").is_err());
    }

    #[test]
    fn a_range_of_occurrences_has_one_in_each_unit() {
        for (text, count) in [
            ("{1990..1999}", 10),
            ("{1990-11..1991-02}", 4),
            ("{1990-01-01..1999-01-01}", 1),
            ("{1000..1999}", 1),
        ] {
            let Shape::Choice { members, .. } = parse(text).unwrap().shape else { panic!("{text} is a set") };
            assert_eq!(members.len(), count, "{text}");
        }
    }
}
