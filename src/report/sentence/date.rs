//! Dates in words, with their doubt: "in or before 1999", "about 1985", 1984年至1986年間某時.
//!
//! The EDTF text is put into words as it was written: what the reader sees is what the source says, and not the days
//! that follow from it. A form that has no words of its own is told by its first and last day.

use super::words::fill;
use crate::{
    date::{Date, Dating, Duration},
    report::lang::Lang,
};

/// A date without sets and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    grain: Grain,
    approximate: bool,
    uncertain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grain {
    Century(i64),
    Decade(i64),
    Year(i64),
    /// Spring, summer, autumn, winter: 21 to 24.
    Season(i64, u32),
    Month(i64, u32),
    Day(i64, u32, u32),
}

/// One member of a set, or a date by itself.
#[derive(Clone, Copy, Debug)]
enum Item {
    One(Moment),
    Between(Moment, Moment),
    UpTo(Moment),
    From(Moment),
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A dating in words, fit to stand after a sentence in English and before one in Chinese; empty without a date.
pub(super) fn phrase(lang: Lang, dating: &Dating, duration: Duration) -> String {
    let mut parts = Vec::new();
    if let Some(when) = dating.when() {
        let text = when.to_string();
        parts.push(match (duration, text.contains('/')) {
            // What lasts begins with its date.
            (Duration::Lasting, false) if !text.starts_with('{') => interval(lang, &noun(lang, when), ""),
            (_, true) => match text.split_once('/') {
                Some((start, end)) => {
                    if let (Some(first), Some(last)) = (moment(start), moment(end)) {
                        span(lang, first, last)
                    } else {
                        interval(lang, &end_of(lang, start), &end_of(lang, end))
                    }
                }
                None => noun(lang, when),
            },
            (Duration::Instant | Duration::Lasting, false) => adverb(lang, when),
        });
    }
    if dating.start().is_some() || dating.end().is_some() {
        let words = |date: Option<&Date>| match date {
            Some(date) if date.to_string() == ".." => "..".to_owned(),
            Some(date) => noun(lang, date),
            None => String::new(),
        };
        parts.push(interval(lang, &words(dating.start()), &words(dating.end())));
    }
    if let Some(attested) = dating.attested() {
        let text = attested.to_string();
        let words = match text.split_once('/') {
            Some((start, end)) => match (moment(start), moment(end)) {
                (Some(first), Some(last)) => span(lang, first, last),
                _ => interval(lang, &end_of(lang, start), &end_of(lang, end)),
            },
            None => adverb(lang, attested),
        };
        let texts = ["as is attested {}", "{}有記載", "{}有记载"];
        parts.push(fill(lang, texts, &words));
    }
    parts.join(lang.of([", ", "，", "，"]))
}

/// An end of an interval in words; `..` and nothing stay what they are.
fn end_of(lang: Lang, text: &str) -> String {
    match moment(text) {
        Some(found) => named(lang, found),
        None if text.is_empty() || text == ".." => text.to_owned(),
        None => text.parse::<Date>().map_or_else(|_| text.to_owned(), |date| noun(lang, &date)),
    }
}

fn interval(lang: Lang, start: &str, end: &str) -> String {
    let unknown_end = ["from {} until an unknown day", "自{}起（何時結束不詳）", "自{}起（何时结束不详）"];
    let unknown_start =
        ["from an unknown day until {}", "至{}為止（何時開始不詳）", "至{}为止（何时开始不详）"];
    match (start, end) {
        ("" | "..", "" | "..") => {
            lang.of(["on days that are not known", "（起訖日期不詳）", "（起止日期不详）"]).to_owned()
        }
        ("", end) => fill(lang, unknown_start, end),
        ("..", end) => fill(lang, ["until {}", "至{}為止", "至{}为止"], end),
        (start, "") => fill(lang, unknown_end, start),
        (start, "..") => fill(lang, ["from {} on", "自{}起", "自{}起"], start),
        (start, end) => match lang {
            Lang::English => format!("from {start} to {end}"),
            Lang::Traditional | Lang::Simplified => format!("{start}至{end}"),
        },
    }
}

/// From one date to another, what they share said once.
fn span(lang: Lang, first: Moment, last: Moment) -> String {
    let (first, last) = pair(lang, first, last);
    match lang {
        Lang::English => format!("from {first} to {last}"),
        Lang::Traditional | Lang::Simplified => format!("{first}至{last}"),
    }
}

/// A date as a noun: `1985`, `some time between July and September 2016`.
fn noun(lang: Lang, date: &Date) -> String {
    set(lang, date, |item| match item {
        Item::One(moment) => named(lang, moment),
        Item::Between(first, last) => between(lang, first, last),
        Item::UpTo(last) => fill(lang, ["{} or before", "{}或之前", "{}或之前"], &named(lang, last)),
        Item::From(first) => fill(lang, ["{} or after", "{}或之後", "{}或之后"], &named(lang, first)),
    })
}

/// A date as it stands in a sentence: `in or before 1999`, `on 15 October 1948`.
fn adverb(lang: Lang, date: &Date) -> String {
    set(lang, date, |item| match (item, lang) {
        (Item::One(moment), Lang::English) => {
            let perhaps = if moment.uncertain { "perhaps " } else { "" };
            let plain = Moment { uncertain: false, ..moment };
            let preposition = if moment.approximate { "" } else { preposition(moment) };
            format!("{perhaps}{preposition}{}", named(lang, plain))
        }
        (Item::UpTo(last), Lang::English) => format!("{}or before {}", preposition(last), named(lang, last)),
        (Item::From(first), Lang::English) => {
            format!("{}or after {}", preposition(first), named(lang, first))
        }
        (Item::One(moment), Lang::Traditional | Lang::Simplified) => named(lang, moment),
        (Item::UpTo(last), Lang::Traditional | Lang::Simplified) => named(lang, last) + "或之前",
        (Item::From(first), Lang::Traditional | Lang::Simplified) => {
            named(lang, first) + lang.of(["", "或之後", "或之后"])
        }
        (Item::Between(first, last), _) => between(lang, first, last),
    })
}

/// The members of a set put together: one of them, or all.
fn set(lang: Lang, date: &Date, words: impl Fn(Item) -> String) -> String {
    let text = date.to_string();
    let inner = text.trim_matches(['[', ']', '{', '}']);
    let items: Option<Vec<Item>> = inner.split(',').map(|item| self::item(item.trim())).collect();
    let Some(items) = items.filter(|items| !items.is_empty()) else { return by_days(lang, date) };
    let all = text.starts_with('{');
    let mut told: Vec<String> = items
        .into_iter()
        .map(|item| match item {
            // All days of a run, and not one of them.
            Item::Between(first, last) if all => span(lang, first, last),
            item => words(item),
        })
        .collect();
    let last = told.pop().unwrap_or_default();
    if told.is_empty() {
        return last;
    }
    match (lang, all) {
        (Lang::English, true) => format!("{} and {last}", told.join(", ")),
        (Lang::English, false) => format!("either {} or {last}", told.join(", ")),
        (Lang::Traditional | Lang::Simplified, true) => format!("{}及{last}", told.join("、")),
        (Lang::Traditional | Lang::Simplified, false) => format!("{}或{last}", told.join("、")),
    }
}

fn between(lang: Lang, first: Moment, last: Moment) -> String {
    let (first, last) = pair(lang, first, last);
    match lang {
        Lang::English => format!("some time between {first} and {last}"),
        Lang::Traditional => format!("{first}至{last}間某時"),
        Lang::Simplified => format!("{first}至{last}间某时"),
    }
}

/// Two dates in words, the year and month that they share said once: `21`, `31 July 2016`.
fn pair(lang: Lang, first: Moment, last: Moment) -> (String, String) {
    let (start, end) = (named(lang, first), named(lang, last));
    let plain = !first.approximate && !first.uncertain && !last.approximate && !last.uncertain;
    let shared = |first: &str, last: &str| (first.to_owned(), last.to_owned());
    match (first.grain, last.grain, lang) {
        (Grain::Day(year, month, day), Grain::Day(other, same, _), Lang::English)
            if plain && (year, month) == (other, same) =>
        {
            shared(&day.to_string(), &end)
        }
        (Grain::Day(year, month, day), Grain::Day(other, ..), Lang::English) if plain && year == other => {
            shared(&format!("{day} {}", month_name(month)), &end)
        }
        (Grain::Month(year, month), Grain::Month(other, _), Lang::English) if plain && year == other => {
            shared(month_name(month), &end)
        }
        (Grain::Day(year, month, _), Grain::Day(other, same, day), Lang::Traditional | Lang::Simplified)
            if plain && year == other =>
        {
            let last = if month == same { format!("{day}日") } else { format!("{same}月{day}日") };
            shared(&start, &last)
        }
        (Grain::Month(year, _), Grain::Month(other, month), Lang::Traditional | Lang::Simplified)
            if plain && year == other =>
        {
            shared(&start, &format!("{month}月"))
        }
        _ => (start, end),
    }
}

/// A date of a form that has no words of its own, by the days that it allows.
fn by_days(lang: Lang, date: &Date) -> String {
    let (first, last) = date.span();
    let moment = |day: crate::date::Day| {
        let (year, month, day) = day.ymd();
        Moment { grain: Grain::Day(year.into(), month, day), approximate: false, uncertain: false }
    };
    match (first.is_bounded(), last.is_bounded()) {
        (true, true) if first == last => named(lang, moment(first)),
        (true, true) => between(lang, moment(first), moment(last)),
        (false, true) => fill(lang, ["on or before {}", "{}或之前", "{}或之前"], &named(lang, moment(last))),
        (true, false) => fill(lang, ["on or after {}", "{}或之後", "{}或之后"], &named(lang, moment(first))),
        (false, false) => lang.of(["on an unknown day", "日期不詳", "日期不详"]).to_owned(),
    }
}

fn preposition(moment: Moment) -> &'static str {
    match moment.grain {
        Grain::Day(..) => "on ",
        Grain::Century(_) | Grain::Decade(_) | Grain::Year(_) | Grain::Season(..) | Grain::Month(..) => "in ",
    }
}

fn month_name(month: u32) -> &'static str {
    MONTHS.get(month as usize - 1).copied().unwrap_or_default()
}

/// A date by itself: `about 15 October 1948`, 約1985年.
fn named(lang: Lang, moment: Moment) -> String {
    let before = ["{} BCE", "公元前{}", "公元前{}"];
    let year = |year: i64| {
        let counted = if year > 0 { year } else { 1 - year };
        let text = lang.of(["{}", "{}年", "{}年"]).replace("{}", &counted.to_string());
        if year > 0 { text } else { fill(lang, before, &text) }
    };
    let season = |season: u32| {
        let texts = match season {
            21 => ["spring", "春季", "春季"],
            22 => ["summer", "夏季", "夏季"],
            23 => ["autumn", "秋季", "秋季"],
            _ => ["winter", "冬季", "冬季"],
        };
        lang.of(texts)
    };
    let english = lang == Lang::English;
    let text = match moment.grain {
        Grain::Century(first) if english => format!("the years {first} to {}", first + 99),
        Grain::Century(first) => format!("{first}年至{}年", first + 99),
        Grain::Decade(first) if english => format!("the {first}s"),
        Grain::Decade(first) => format!("{first}年代"),
        Grain::Year(found) => year(found),
        Grain::Season(found, which) if english => format!("{} {}", season(which), year(found)),
        Grain::Season(found, which) => format!("{}{}", year(found), season(which)),
        Grain::Month(found, month) if english => format!("{} {}", month_name(month), year(found)),
        Grain::Month(found, month) => format!("{}{month}月", year(found)),
        Grain::Day(found, month, day) if english => format!("{day} {} {}", month_name(month), year(found)),
        Grain::Day(found, month, day) => format!("{}{month}月{day}日", year(found)),
    };
    let text = if moment.approximate { fill(lang, ["about {}", "約{}", "约{}"], &text) } else { text };
    if moment.uncertain { fill(lang, ["perhaps {}", "可能是{}", "可能是{}"], &text) } else { text }
}

fn item(text: &str) -> Option<Item> {
    match text.split_once("..") {
        None => moment(text).map(Item::One),
        Some(("", last)) => moment(last).map(Item::UpTo),
        Some((first, "")) => moment(first).map(Item::From),
        Some((first, last)) => Some(Item::Between(moment(first)?, moment(last)?)),
    }
}

/// Reads a date of one of the usual forms; marks of doubt may stand on any part of it.
fn moment(text: &str) -> Option<Moment> {
    let approximate = text.contains(['~', '%']);
    let uncertain = text.contains(['?', '%']);
    let plain: String = text.chars().filter(|mark| !"~?%".contains(*mark)).collect();
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, plain.as_str()),
    };
    let mut parts = digits.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let number = |text: &str| text.parse::<u32>().ok();
    let grain = match (month, day) {
        (None, None) => match (year.strip_suffix("XX"), year.strip_suffix('X')) {
            (Some(century), _) if sign > 0 => Grain::Century(century.parse::<i64>().ok()? * 100),
            (None, Some(decade)) if sign > 0 => Grain::Decade(decade.parse::<i64>().ok()? * 10),
            _ => Grain::Year(sign * year.parse::<i64>().ok()?),
        },
        (Some(month), None) => match number(month)? {
            month @ 1..=12 => Grain::Month(sign * year.parse::<i64>().ok()?, month),
            season @ 21..=24 => Grain::Season(year.parse().ok()?, season),
            _ => return None,
        },
        (Some(month), Some(day)) => {
            let (month, day) = (number(month)?, number(day)?);
            if !(1..=12).contains(&month) {
                return None;
            }
            Grain::Day(sign * year.parse::<i64>().ok()?, month, day)
        }
        (None, Some(_)) => return None,
    };
    Some(Moment { grain, approximate, uncertain })
}
