//! Dates out of the spells of a dynamic graph: the days, or years, on which a node or an edge is there.

use serde_json::{Map, Value};

use crate::date::Date;

/// The field in which a reader puts spells: a list of objects with `start` and `end`.
pub(super) const SPELLS: &str = "spells";

/// Years that a bare number can be; others count something else.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=2999;

/// Takes the spell of an edge, as the text of a date; one that is no date stays.
pub(super) fn when(values: &mut Map<String, Value>) -> Option<String> {
    let [spell] = values.get(SPELLS)?.as_array()?.as_slice() else { return None };
    let when = interval(spell)?;
    values.remove(SPELLS);
    Some(when)
}

/// Takes the spells of a node, as the dates of its existence; if one is no date, all stay.
pub(super) fn existence(values: &mut Map<String, Value>) -> Option<Vec<Date>> {
    let spells = values.get(SPELLS)?.as_array()?;
    let dates: Option<Vec<Date>> = spells.iter().map(|spell| interval(spell)?.parse().ok()).collect();
    let dates = dates.filter(|dates| !dates.is_empty())?;
    values.remove(SPELLS);
    Some(dates)
}

fn interval(spell: &Value) -> Option<String> {
    let bound = |key: &str| spell.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let text = match (bound("start"), bound("end")) {
        (Some(start), Some(end)) => {
            let (start, end) = (day(start)?, day(end)?);
            if start == end { start } else { format!("{start}/{end}") }
        }
        (Some(start), None) => format!("{}/..", day(start)?),
        (None, Some(end)) => format!("../{}", day(end)?),
        (None, None) => return None,
    };
    text.parse::<Date>().ok().map(|_| text)
}

/// The spells of Gephi's column `timeset`, as dates: `<[1990.0, 2000.0]; [2001.0, Infinity]>`.
pub(super) fn timeset(text: &str) -> Option<Vec<String>> {
    let inside = text.trim().strip_prefix('<')?.strip_suffix('>')?;
    let spell = |text: &str| {
        let text = text.trim().strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
        let (start, end) = text.split_once(',').unwrap_or((text, text));
        let bound = |text: &str| match text.trim() {
            "-Infinity" | "Infinity" => Value::Null,
            text => Value::from(text),
        };
        interval(&Value::Object(Map::from_iter([
            ("start".to_owned(), bound(start)),
            ("end".to_owned(), bound(end)),
        ])))
    };
    let spells: Option<Vec<String>> = inside.split(';').map(spell).collect();
    spells.filter(|spells| !spells.is_empty())
}

/// A day, a month or a year: of a time the day, of a number the year that it can be.
pub(super) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let year = whole.parse::<i32>().ok().filter(|year| YEARS.contains(year))?;
        return fraction.bytes().all(|byte| byte == b'0').then(|| year.to_string());
    }
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    let is_plain = day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    (is_plain && day.parse::<Date>().is_ok()).then(|| day.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_timesets_of_gephi_are_dates_where_they_can_be() {
        let said = |text: &str| timeset(text).map(|spells| spells.join(" "));
        assert_eq!(said("<[1990.0, 2000.0]>").as_deref(), Some("1990/2000"));
        assert_eq!(
            said("<[1990-03-26, 1990-03-26]; [2001-01-01T00:00:00, Infinity]>").as_deref(),
            Some("1990-03-26 2001-01-01/..")
        );
        assert_eq!(said("<[0.0, 12.0]>"), None);
        assert_eq!(said("1990"), None);
    }

    #[test]
    fn days_and_years_are_dates_and_other_numbers_are_not() {
        let read = |spell: Value| {
            let mut values = Map::from_iter([(SPELLS.to_owned(), json!([spell]))]);
            (when(&mut values), values.is_empty())
        };
        assert_eq!(
            read(json!({"start": "1990-07-01", "end": "1991"})),
            (Some("1990-07-01/1991".to_owned()), true)
        );
        assert_eq!(read(json!({"start": "1990-07-01T12:00:00.0"})), (Some("1990-07-01/..".to_owned()), true));
        assert_eq!(read(json!({"end": "1990.0"})), (Some("../1990".to_owned()), true));
        assert_eq!(read(json!({"start": "1990", "end": "1990"})), (Some("1990".to_owned()), true));
        for no_date in ["12", "1990.5", "2e3", "July"] {
            assert_eq!(read(json!({"start": no_date})), (None, false), "{no_date}");
        }
    }
}
