//! What the columns of a table of ties can say, and the words by which headers say it.

/// What a column says of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Source,
    Target,
    Relation,
    When,
    Start,
    End,
    Id,
    /// The time of an edge as Gephi writes it: a date, if its numbers can be years.
    Timeset,
    /// A part of a date that stands in several columns.
    Part(Field, Unit),
    Attribute,
}

/// Which date a column holds a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    When,
    Start,
    End,
}

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    Month,
    Day,
}

/// The roles by their names, in the order in which they are said.
pub(super) const NAMES: [(&str, Role); 16] = [
    ("source", Role::Source),
    ("target", Role::Target),
    ("relation", Role::Relation),
    ("when", Role::When),
    ("start", Role::Start),
    ("end", Role::End),
    ("id", Role::Id),
    ("when.year", Role::Part(Field::When, Unit::Year)),
    ("when.month", Role::Part(Field::When, Unit::Month)),
    ("when.day", Role::Part(Field::When, Unit::Day)),
    ("start.year", Role::Part(Field::Start, Unit::Year)),
    ("start.month", Role::Part(Field::Start, Unit::Month)),
    ("start.day", Role::Part(Field::Start, Unit::Day)),
    ("end.year", Role::Part(Field::End, Unit::Year)),
    ("end.month", Role::Part(Field::End, Unit::Month)),
    ("end.day", Role::Part(Field::End, Unit::Day)),
];

/// The words that headers use, without case and separators.
pub(super) const WORDS: [(Role, &[&str]); 8] = [
    (
        Role::Source,
        &["source", "from", "subject", "sender", "sourcename", "actor1", "actor1name", "sourceid", "src"],
    ),
    (
        Role::Target,
        &["target", "to", "object", "receiver", "targetname", "actor2", "actor2name", "targetid", "dst"],
    ),
    (Role::Relation, &["relation", "predicate", "eventtext", "relationship", "edgetype", "verb"]),
    (Role::When, &["when", "date", "eventdate", "day", "sqldate", "timestamp", "year"]),
    (Role::Start, &["start", "startdate", "begin", "begindate", "startyear", "styear"]),
    (Role::End, &["end", "enddate", "endyear"]),
    (Role::Id, &["id", "edgeid", "eventid"]),
    (Role::Timeset, &["timeset"]),
];

/// The words for the parts of a date: its year, its month, its day.
pub(super) const PARTS: [(Field, [&[&str]; 3]); 3] = [
    (Field::When, [&["year", "yr", "yyyy"], &["month", "mon", "mm", "mo"], &["day", "dd", "dy"]]),
    (
        Field::Start,
        [
            &["styear", "startyear", "beginyear", "begyear", "yearstart"],
            &["stmonth", "startmonth", "stmon", "startmon", "beginmonth", "begmonth"],
            &["stday", "startday", "beginday", "begday"],
        ],
    ),
    (Field::End, [&["endyear", "yearend"], &["endmonth", "endmon"], &["endday"]]),
];

impl Unit {
    pub(super) const ALL: [Self; 3] = [Self::Year, Self::Month, Self::Day];
}

impl Role {
    /// The role of a name that `--columns` gives or a fault's path has.
    pub(super) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
    }

    /// The role that a whole date of a field has.
    pub(super) const fn of(field: Field) -> Self {
        match field {
            Field::When => Self::When,
            Field::Start => Self::Start,
            Field::End => Self::End,
        }
    }
}

/// A header as words are looked up in it: without case and separators.
pub(super) fn keys(header: &[String]) -> Vec<String> {
    let key = |column: &String| {
        column.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    header.iter().map(key).collect()
}

/// The date whose parts stand in columns of their own, as far as it is known: a month or a day that is 0 or
/// less is not known.
pub(super) fn date_of_parts<'c>(cell: impl Fn(Role) -> Option<&'c str>, field: Field) -> Option<String> {
    let [year, month, day] = Unit::ALL.map(|unit| cell(Role::Part(field, unit)));
    let year = year?;
    let sign = if year.starts_with('-') { "-" } else { "" };
    let mut text = format!("{sign}{:0>4}", &year[sign.len()..]);
    let known = |part: &&str| !part.starts_with('-') && !part.trim_matches('0').is_empty();
    let (month, day) = (month.filter(known), day.filter(known));
    if month.is_some() || day.is_some() {
        text.push_str(&format!("-{:0>2}", month.map_or("XX", number_of_month)));
    }
    if let Some(day) = day {
        text.push_str(&format!("-{day:0>2}"));
    }
    Some(text)
}

/// The number of a month that is written as its English name or the first letters of it.
fn number_of_month(text: &str) -> &str {
    const MONTHS: &str = "jan01feb02mar03apr04may05jun06jul07aug08sep09oct10nov11dec12";
    let short: String = text.chars().take(3).flat_map(char::to_lowercase).collect();
    let is_word = short.len() == 3 && short.bytes().all(|byte| byte.is_ascii_alphabetic());
    match MONTHS.find(&short).filter(|_| is_word) {
        Some(at) => &MONTHS[at + 3..at + 5],
        None => text,
    }
}
