//! Stretches of time of one length, one after another: years, months, days.

use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::date::{Day, Window};

/// A length of time: so many years, months, weeks or days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    months: u16,
    days: u16,
}

/// A text is no length of time.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is no length of time: write a number and a unit, such as 1y, 6m, 2w or 30d")]
pub struct NoSpan(String);

impl FromStr for Span {
    type Err = NoSpan;

    fn from_str(text: &str) -> Result<Self, NoSpan> {
        let wrong = || NoSpan(text.to_owned());
        let mut chars = text.chars();
        let unit = chars.next_back().ok_or_else(wrong)?;
        let count: u16 = chars.as_str().parse().ok().filter(|count| *count > 0).ok_or_else(wrong)?;
        match unit {
            'y' => count.checked_mul(12).map(|months| Self { months, days: 0 }),
            'm' => Some(Self { months: count, days: 0 }),
            'w' => count.checked_mul(7).map(|days| Self { months: 0, days }),
            'd' => Some(Self { months: 0, days: count }),
            _ => None,
        }
        .ok_or_else(wrong)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.months, self.days) {
            (months, 0) if months % 12 == 0 => write!(f, "{}y", months / 12),
            (months, 0) => write!(f, "{months}m"),
            (_, days) => write!(f, "{days}d"),
        }
    }
}

impl Span {
    /// Its length in days, a month being a twelfth of 365.2425 days.
    pub fn days(self) -> f64 {
        f64::from(self.months) * (365.2425 / 12.0) + f64::from(self.days)
    }

    /// How many whole years it is; `None` where it is not of years.
    pub fn years(self) -> Option<i32> {
        (self.days == 0 && self.months.is_multiple_of(12)).then_some(i32::from(self.months) / 12)
    }

    /// The day that stands `count` spans after the first day of a calendar that begins at `first`.
    fn after(self, first: Day, count: i32) -> Day {
        if self.days > 0 {
            return Day::from_number(
                first.number().saturating_add(i32::from(self.days).saturating_mul(count)),
            );
        }
        let (year, month, _) = first.ymd();
        let months = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(self.months) * i64::from(count);
        let year = i32::try_from(months.div_euclid(12)).unwrap_or(i32::MAX);
        let month = u32::try_from(months.rem_euclid(12)).unwrap_or(0) + 1;
        Day::from_ymd(year, month, 1).unwrap_or(Day::MAX)
    }
}

/// How a stretch of time is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// How long each period is; from the beginning up to its end when absent.
    pub length: Option<Span>,
    /// How far the next begins after one.
    pub step: Span,
}

/// The periods into which a bounded stretch of time is cut, in order; the first begins where the year, the
/// month, or for steps of days the stretch itself begins, and the last holds its last day.
///
/// Without a length each period begins where the first does, so that each holds those before it. Of
/// periods longer than their step the last are not whole.
///
/// # Examples
/// 1990-03-01/1992-05-05 by years is 1990, 1991 and 1992.
pub fn periods(stretch: Window, cut: Cut) -> Vec<Window> {
    let (year, month, _) = stretch.first().ymd();
    let first = match (cut.step.days, cut.step.months % 12) {
        (0, 0) => Day::from_ymd(year, 1, 1),
        (0, _) => Day::from_ymd(year, month, 1),
        (_, _) => None,
    }
    .unwrap_or(stretch.first());
    let mut periods = Vec::new();
    for count in 0.. {
        let begin = cut.step.after(first, count);
        if begin > stretch.last() {
            break;
        }
        let end = match cut.length {
            Some(length) => length.after(begin, 1),
            None => cut.step.after(first, count + 1),
        };
        let begin = if cut.length.is_some() { begin } else { first };
        periods.extend(Window::new(begin, end.previous()));
    }
    periods
}

/// A period as people write it: `1990`, `1990/1994`, `1990-03`; day by day where it is of neither years nor months.
pub fn label(period: Window) -> String {
    let ((year, month, day), (last_year, last_month, _)) = (period.first().ymd(), period.last().ymd());
    let is_bounded = period.first().is_bounded() && period.last().is_bounded();
    let (_, _, following) = period.last().next().ymd();
    if !is_bounded || day != 1 || following != 1 || !(0..=9999).contains(&year) || last_year > 9999 {
        return period.to_string();
    }
    match (month, last_month) {
        (1, 12) if year == last_year => format!("{year:04}"),
        (1, 12) => format!("{year:04}/{last_year:04}"),
        _ if (year, month) == (last_year, last_month) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}-{month:02}/{last_year:04}-{last_month:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(stretch: &str, length: Option<&str>, step: &str) -> Vec<String> {
        let cut = Cut { length: length.map(|text| text.parse().unwrap()), step: step.parse().unwrap() };
        periods(stretch.parse().unwrap(), cut).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn years_months_and_days_follow_the_calendar() {
        assert_eq!(
            cut("1990-03-01/1992-05-05", Some("1y"), "1y"),
            ["1990-01-01/1990-12-31", "1991-01-01/1991-12-31", "1992-01-01/1992-12-31"]
        );
        assert_eq!(cut("1990-01-31/1990-03-01", Some("1m"), "1m")[1], "1990-02-01/1990-02-28");
        assert_eq!(
            cut("1990-01-30/1990-02-02", Some("2d"), "2d"),
            ["1990-01-30/1990-01-31", "1990-02-01/1990-02-02"]
        );
        assert_eq!(cut("1990/1992", Some("2y"), "1y")[1], "1991-01-01/1992-12-31");
        assert_eq!(cut("1990/1991", None, "1y"), ["1990-01-01/1990-12-31", "1990-01-01/1991-12-31"]);
    }

    #[test]
    fn whole_years_and_months_are_written_short_and_read_back() {
        for text in [
            "1990",
            "1990/1994",
            "1990-03",
            "1990-11/1991-02",
            "1990-03-02/1990-03-31",
            "1990-03-01",
            "../1990-12-31",
        ] {
            let period: Window = text.parse().unwrap();
            assert_eq!(label(period), text);
            assert_eq!(label(period).parse(), Ok(period));
        }
    }

    #[test]
    fn what_is_no_length_of_time_is_refused() {
        for text in ["", "y", "0y", "1", "5 years", "-1y", "99999y", "é"] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
        for text in ["1y", "18m", "30d"] {
            assert_eq!(text.parse::<Span>().unwrap().to_string(), text);
        }
    }
}
