//! What to write instead of a text that is no date, where the text shows what was meant.
//!
//! Slips whose reason can be told stand here; how people write dates is the matter of [`friendly`](super::friendly).
//! Each suggestion is itself EDTF; where the text could mean two days (`3/4/2016`) both are told.

use super::friendly::meant;
use super::parse::parse;
use super::shape::Shape;

/// A word on how to mend `text`, and the dates that it may mean.
pub(super) fn hint(text: &str) -> (Option<String>, Vec<String>) {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if ["", "?", "-", "unknown", "undated", "n.d.", "nd", "none", "null"].contains(&words.as_str()) {
        return (Some("leave out a date that is not known".to_owned()), Vec::new());
    }
    let slip = [spaces, capitals, decade, approximate, open, stroke, order]
        .into_iter()
        .find_map(|mend| mend(&words).filter(|(_, date)| is_edtf(date)));
    if let Some((reason, date)) = slip {
        return (Some(format!("{reason}: `{date}`")), vec![date]);
    }
    let meant = meant(text);
    (did_you_mean(&meant), meant)
}

fn did_you_mean(meant: &[String]) -> Option<String> {
    match meant {
        [] => None,
        [date] => Some(format!("did you mean `{date}`?")),
        [first, rest @ ..] => {
            let rest = rest.join("` or `");
            Some(format!("the text can mean two dates: `{first}` or `{rest}`"))
        }
    }
}

/// Why a text is refused, and what is meant by it.
type Mended = Option<(&'static str, String)>;

fn is_edtf(text: &str) -> bool {
    parse(text).is_ok()
}

/// ` 1985`, `[1990, 1995]`.
fn spaces(words: &str) -> Mended {
    // Spaces at the ends are gone from the words: then the words are a date as they are.
    let spaced = words.contains(' ') || is_edtf(words);
    spaced.then(|| ("a date has no spaces", words.replace(' ', "").to_uppercase()))
}

/// `199x`.
fn capitals(words: &str) -> Mended {
    let fits = words.chars().all(|found| found.is_ascii_digit() || "xy-/.[]{},~?%".contains(found));
    fits.then(|| ("`X` and `Y` are written large", words.to_uppercase()))
}

/// `1990s`, `the 1990s`.
fn decade(words: &str) -> Mended {
    let years = words.strip_prefix("the ").unwrap_or(words).strip_suffix('s')?.trim_end_matches(['\'', '’']);
    let tens = years.strip_suffix('0').filter(|tens| tens.len() == 3)?;
    Some(("a decade is written with `X` for the digit that is not known", format!("{tens}X")))
}

/// `circa 1985`, `c. 1985`, `about July 2016`.
fn approximate(words: &str) -> Mended {
    let marks = ["circa ", "ca. ", "ca ", "c. ", "c.", "about ", "around ", "approximately "];
    let rest = marks.iter().find_map(|mark| words.strip_prefix(mark))?;
    Some(("an approximate date ends in `~`", format!("{}~", plain(rest)?)))
}

/// `since 1990`, `until 1990`, `1990/present`.
fn open(words: &str) -> Mended {
    let reason = "an end that is open is written `..`";
    if let Some(date) = words.strip_prefix("since ") {
        return Some((reason, format!("{}/..", plain(date)?)));
    }
    if let Some(date) = words.strip_prefix("until ") {
        return Some((reason, format!("../{}", plain(date)?)));
    }
    let start = ["present", "now", "today"].iter().find_map(|word| words.strip_suffix(word))?;
    Some((reason, format!("{}/..", plain(start.trim_end_matches(['/', '-', '–', '—', ' ']))?)))
}

/// `1985-1990`, `1985–1990`, `1985 to 1990`.
fn stroke(words: &str) -> Mended {
    let mut pairs = ["–", "—", " - ", " to ", "-"].into_iter().filter_map(|mark| words.split_once(mark));
    let (start, end) = pairs.find_map(|(start, end)| Some((plain(start)?, plain(end)?)))?;
    Some(("an interval is written with `/`", format!("{start}/{end}")))
}

/// `2016/7`, `26 July 2016`, `2016年7月`, `1990-00-00`.
fn order(words: &str) -> Mended {
    Some(("an EDTF date is written year-month-day", plain(words)?))
}

/// One date, as EDTF: itself, or mended.
pub(super) fn plain(words: &str) -> Option<String> {
    let words = words.trim();
    if let Ok(parsed) = parse(words) {
        return match parsed.shape {
            Shape::Choice { .. } => Some(words.to_owned()),
            Shape::Open | Shape::Interval { .. } => None,
        };
    }
    let is_mark = |found: char| " ,.-/年月日년월일".contains(found);
    let mut numbers = Vec::new();
    let mut named = None;
    for part in words.split(is_mark).filter(|part| !part.is_empty()) {
        if let Some(month) = month(part) {
            if named.replace(month).is_some() {
                return None;
            }
        } else {
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            let number = part.parse::<u32>().ok().filter(|_| digits)?;
            numbers.push((part.len(), number));
        }
    }
    let date = match (named, numbers.as_slice()) {
        (Some(month), [(4, year)]) => format!("{year:04}-{month:02}"),
        (Some(month), [(1 | 2, day), (4, year)] | [(4, year), (1 | 2, day)]) => {
            format!("{year:04}-{month:02}-{day:02}")
        }
        (None, [(8, whole)]) => format!("{:04}-{:02}-{:02}", whole / 10_000, whole / 100 % 100, whole % 100),
        (None, [(4, year), (1 | 2, 0)] | [(4, year), (1 | 2, 0), (1 | 2, 0)]) => format!("{year:04}"),
        (
            None,
            [(4, year), (1 | 2, month)]
            | [(1 | 2, month), (4, year)]
            | [(4, year), (1 | 2, month), (1 | 2, 0)],
        ) => {
            format!("{year:04}-{month:02}")
        }
        (None, [(4, year), (1 | 2, month), (1 | 2, day)]) => format!("{year:04}-{month:02}-{day:02}"),
        // Which of the two is the month shows only where the other cannot be one.
        (
            None,
            [(1 | 2, day @ 13..), (1 | 2, month), (4, year)]
            | [(1 | 2, month), (1 | 2, day @ 13..), (4, year)],
        ) => {
            format!("{year:04}-{month:02}-{day:02}")
        }
        (Some(_) | None, _) => return None,
    };
    is_edtf(&date).then_some(date)
}

/// The number of an English month, whole or cut to three letters or more.
fn month(word: &str) -> Option<u32> {
    let names = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_word = word.len() >= 3 && word.is_ascii();
    names
        .iter()
        .position(|name| is_word && name.starts_with(word))
        .and_then(|index| u32::try_from(index + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::hint;

    fn suggested(text: &str) -> Option<String> {
        hint(text).0.map(|hint| hint.split('`').rev().nth(1).unwrap_or(&hint).to_owned())
    }

    #[test]
    fn common_slips_are_told_what_to_write() {
        for (slip, date) in [
            ("2016/7", "2016-07"),
            ("2016/07/26", "2016-07-26"),
            ("2016-7-4", "2016-07-04"),
            ("7/2016", "2016-07"),
            ("26.7.2016", "2016-07-26"),
            ("07/26/2016", "2016-07-26"),
            ("20160726", "2016-07-26"),
            ("July 2016", "2016-07"),
            ("26 July 2016", "2016-07-26"),
            ("Sept. 3, 1948", "1948-09-03"),
            ("2016年7月", "2016-07"),
            ("1948년 10월 15일", "1948-10-15"),
            ("1990-00-00", "1990"),
            ("1990s", "199X"),
            ("the 1990's", "199X"),
            ("199x", "199X"),
            ("circa 1985", "1985~"),
            ("c.1985", "1985~"),
            ("about July 2016", "2016-07~"),
            ("since 1990", "1990/.."),
            ("until March 1990", "../1990-03"),
            ("1990-present", "1990/.."),
            ("1985-1990", "1985/1990"),
            ("1985–1990", "1985/1990"),
            ("July 2016 to August 2017", "2016-07/2017-08"),
            (" 1985", "1985"),
            ("[1990, 1995]", "[1990,1995]"),
        ] {
            assert_eq!(suggested(slip).as_deref(), Some(date), "{slip}");
        }
    }

    #[test]
    fn what_means_nothing_gets_no_hint() {
        for text in ["1985-06-31", "the other day", "July", "July August 2016", "99", "1990/1985"] {
            assert_eq!(suggested(text), None, "{text}");
        }
    }

    #[test]
    fn what_could_mean_two_days_is_offered_both() {
        let (hint, meant) = hint("3/4/2016");
        assert_eq!(hint.as_deref(), Some("the text can mean two dates: `2016-04-03` or `2016-03-04`"));
        assert_eq!(meant.len(), 2);
    }

    #[test]
    fn an_unknown_date_is_left_out() {
        for text in ["unknown", ""] {
            assert_eq!(hint(text), (Some("leave out a date that is not known".to_owned()), Vec::new()));
        }
    }
}
