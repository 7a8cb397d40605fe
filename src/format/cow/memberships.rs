//! Members of organisations as tables of years: a row a state and year with a column an organisation, or a row an
//! organisation and year with a column a state. Years that follow one another and say the same are one tie.
//!
//! Such a list has gaps (before 1965 it counts every fifth year), so a membership began at some time after the last
//! year that says otherwise, and ended at some time before the next. `-1` (the organisation or the state did not
//! exist) is no membership; `-9` says nothing.

use std::{
    borrow::Cow,
    collections::{BTreeMap, btree_map::Entry},
};

use super::{
    super::made::Part, Cells, Table, actor, english, interval, names_of, overlap, record, span, text,
};
use crate::{
    dataset::{Gazetteer, State},
    date::{Date, Day},
    model::{Actor, ActorKind, Channel, Fault, Relation, record::RoleRecord},
};

/// A relation of its own: who only watches is no member.
const OBSERVER: &str = "observer-at";

/// Columns of an organisation's year that are no state's.
const OF_ORGANISATION: [&str; 11] = [
    "ioname",
    "orgname",
    "longorgname",
    "year",
    "sdate",
    "deaddate",
    "igocode",
    "ionum",
    "version",
    "imputed",
    "sourcesandnotes",
];

/// States that the tables name by an abbreviation of their own, each with a name of ours.
const ABBREVIATED: [(&str, &str); 21] = [
    ("antigua", "Antigua and Barbuda"),
    ("bosnia", "Bosnia and Herzegovina"),
    ("centralafrica", "Central African Republic"),
    ("centralafricanrep", "Central African Republic"),
    ("congobrazz", "Republic of the Congo"),
    ("czechrep", "Czech Republic"),
    ("dominicanrep", "Dominican Republic"),
    ("drc", "Democratic Republic of the Congo"),
    ("drcongo", "Democratic Republic of the Congo"),
    ("eqguinea", "Equatorial Guinea"),
    ("hessegrand", "Hesse Grand Ducal"),
    ("hesseelectoral", "Hesse Electoral"),
    ("kyrgyz", "Kyrgyzstan"),
    ("rvietnam", "South Vietnam"),
    ("sotome", "Sao Tome and Principe"),
    ("saotome", "Sao Tome and Principe"),
    ("stkitts", "Saint Kitts and Nevis"),
    ("stlucia", "Saint Lucia"),
    ("stvincent", "Saint Vincent and the Grenadines"),
    ("trinidad", "Trinidad and Tobago"),
    ("wgermany", "West Germany"),
];

/// What a cell says of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Member,
    Associate,
    Observer,
    Nothing,
    Unknown,
}

impl Said {
    fn of(cell: &str) -> Option<Self> {
        Some(match cell.trim() {
            "1" => Self::Member,
            "2" => Self::Associate,
            "3" => Self::Observer,
            "0" | "-1" => Self::Nothing,
            "-9" | "" | "." | "NA" => Self::Unknown,
            _ => return None,
        })
    }

    fn is_tie(self) -> bool {
        match self {
            Self::Member | Self::Associate | Self::Observer => true,
            Self::Nothing | Self::Unknown => false,
        }
    }
}

/// Years that follow one another and say the same.
#[derive(Debug, PartialEq, Eq)]
struct Stretch {
    said: Said,
    /// EDTF.
    start: String,
    /// EDTF; nothing where it is not known whether it ended.
    end: Option<String>,
    years: (i32, i32),
}

/// The stretches of one column, by the years of its rows in order; a list ends in its closing year, in which nothing
/// is known to end.
fn stretches(years: &[(i32, Said)], closing: i32) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut at = 0;
    while at < years.len() {
        let (first, said) = years[at];
        let next =
            years[at..].iter().position(|(_, other)| *other != said).map_or(years.len(), |count| at + count);
        let last = years[next - 1].0;
        if said.is_tie() {
            let is_known = |(_, said): &&(i32, Said)| *said != Said::Unknown;
            let start = match years[..at].iter().rev().find(is_known) {
                Some((before, _)) if before + 1 == first => format!("{first:04}"),
                Some((before, _)) => format!("[{:04}..{first:04}]", before + 1),
                None => format!("[..{first:04}]"),
            };
            let end = match years[next..].iter().find(is_known) {
                Some((after, _)) if after - 1 == last => Some(format!("{last:04}")),
                Some((after, _)) => Some(format!("[{last:04}..{:04}]", after - 1)),
                None if last == closing => Some("..".to_owned()),
                None if next == years.len() => Some(format!("{last:04}")),
                None => None,
            };
            found.push(Stretch { said, start, end, years: (first, last) });
        }
        at = next;
    }
    found
}

/// Rows of one unit by year.
type Years<'r> = BTreeMap<i32, &'r Cells<'r>>;

/// The rows of each unit by year, and the last year of all; nothing where no row has one.
fn by_year<'r>(
    table: &mut Table<'_>,
    rows: &'r [Cells<'r>],
    unit: &str,
) -> Option<(BTreeMap<&'r str, Years<'r>>, i32)> {
    let mut units: BTreeMap<&str, Years<'_>> = BTreeMap::new();
    for row in rows {
        let Some(id) = row.get(unit) else {
            table.fault(row, unit, Fault::error(&[], format!("nothing in `{unit}`")).code("missing-end"));
            continue;
        };
        let Some(year) = table.date(row, ["year", "", ""]) else {
            if row.get("year").is_none() {
                table.fault(row, "year", Fault::error(&[], "no year in `year`").code("bad-date"));
            }
            continue;
        };
        let year = year.span().0.ymd().0;
        match units.entry(id).or_default().entry(year) {
            Entry::Vacant(free) => {
                free.insert(row);
            }
            Entry::Occupied(_) => {
                table.fault(row, "year", Fault::error(&[], format!("the year {year} of `{id}` comes twice")));
            }
        }
    }
    let closing = units.values().filter_map(|years| years.last_key_value()).map(|(year, _)| *year).max()?;
    Some((units, closing))
}

/// What a column says in each year of a unit; a cell that says something else is a fault.
fn column_of(table: &mut Table<'_>, years: &Years<'_>, column: usize) -> Vec<(i32, Said)> {
    let mut said = Vec::new();
    for (year, row) in years {
        if let Some(cell) = Said::of(&row.values[column]) {
            said.push((*year, cell));
            continue;
        }
        let name = &row.layout.header[column];
        let message = format!("`{}` in `{name}` is no status of a member", row.values[column]);
        let hint =
            "it is 0 none, 1 member, 2 associate member, 3 observer, -1 not in existence or -9 missing";
        table.fault(row, name, Fault::error(&[], message).code("bad-status").hint(hint.to_owned()));
    }
    said
}

/// States by year: `ccode`, `year`, `state`, and a column an organisation.
pub(super) fn state_years(table: &mut Table<'_>) {
    let rows = std::mem::take(&mut table.rows);
    let Some((states, closing)) = by_year(table, &rows, "ccode") else { return };
    let own = ["ccode", "year", "state", "version"].map(|name| table.layout.named(name));
    let organisations: Vec<usize> =
        (0..table.layout.header.len()).filter(|column| !own.contains(&Some(*column))).collect();
    for years in states.values() {
        for &column in &organisations {
            let abbreviation = &table.layout.header[column];
            let id = format!("igo:{abbreviation}");
            let said = column_of(table, years, column);
            for stretch in stretches(&said, closing) {
                let row = years[&stretch.years.0];
                let Some(state) = table.state(row, ("cow", "ccode"), days(&stretch)) else { continue };
                if let Some(mut organisation) = actor(&id) {
                    organisation.kind = Some(ActorKind::Institution);
                    organisation.names.push(english(abbreviation.clone()));
                    table.mention(row, organisation);
                }
                belongs(table, (row, column), [&state, &id], stretch);
            }
        }
    }
    declare(table, closing);
}

/// Organisations by year: `ioname`, `orgname`, `year`, and a column a state.
pub(super) fn organisation_years(table: &mut Table<'_>) {
    let rows = std::mem::take(&mut table.rows);
    let Some((organisations, closing)) = by_year(table, &rows, "ioname") else { return };
    let layout = table.layout;
    let is_own = |name: &str| OF_ORGANISATION.iter().any(|own| own.eq_ignore_ascii_case(name));
    let columns = || layout.header.iter().enumerate().filter(|(_, name)| !is_own(name));
    let states: Vec<usize> =
        columns().filter(|(_, name)| !states_of(name).is_empty()).map(|(column, _)| column).collect();
    let others: Vec<&str> =
        columns().filter(|(column, _)| !states.contains(column)).map(|(_, name)| name.as_str()).collect();
    if !others.is_empty() {
        let note = format!("no states, so attributes of organisations: {}", others.join(", "));
        table.draft.notes.push(note);
    }
    for (name, years) in &organisations {
        let Some(row) = years.values().last() else { continue };
        let number = ["igocode", "ionum"].iter().find_map(|column| row.get(column));
        let id = format!("igo:{}", number.unwrap_or(name));
        if let Some(organisation) = organisation(table, row, (&id, name), &states) {
            table.draft.actors.push((table.part(row), organisation));
        }
        for &column in &states {
            let said = column_of(table, years, column);
            for stretch in stretches(&said, closing) {
                let known = states_of(&layout.header[column]);
                let Some(state) = known.iter().max_by_key(|state| overlap(state, days(&stretch))) else {
                    continue;
                };
                belongs(table, (years[&stretch.years.0], column), [state.id(), &id], stretch);
            }
        }
    }
    declare(table, closing);
}

/// The states that the head of a column names.
fn states_of(name: &str) -> Vec<&'static State> {
    let alias = ABBREVIATED.iter().find(|(short, _)| short.eq_ignore_ascii_case(name));
    Gazetteer::shipped().named(alias.map_or(name, |(_, full)| full))
}

fn organisation(
    table: &mut Table<'_>,
    row: &Cells<'_>,
    (id, name): (&str, &str),
    states: &[usize],
) -> Option<Actor> {
    let mut organisation = actor(id)?;
    organisation.kind = Some(ActorKind::Institution);
    let names = ["orgname", "longorgname"].iter().filter_map(|column| row.get(column));
    organisation.names = names_of(names.chain([name]));
    let (start, end) = (table.date(row, ["sdate", "", ""]), table.date(row, ["deaddate", "", ""]));
    if start.is_some() || end.is_some() {
        let when = interval(start.as_ref(), end.as_ref().map(Date::as_str));
        organisation.existence.extend(when.parse::<Date>().ok());
    }
    let mut own = vec!["ioname", "orgname", "longorgname", "year", "sdate", "deaddate", "igocode", "ionum"];
    own.extend(states.iter().map(|column| row.layout.header[*column].as_str()));
    organisation.attributes = row.attributes(&own, "");
    Some(organisation)
}

/// From the first to the last day of a stretch.
fn days(stretch: &Stretch) -> (Day, Day) {
    let year = |year: i32| format!("{year:04}").parse::<Date>().ok();
    span(year(stretch.years.0).as_ref(), year(stretch.years.1).as_ref())
}

fn belongs(table: &mut Table<'_>, (row, column): (&Cells<'_>, usize), ends: [&str; 2], stretch: Stretch) {
    let Cow::Borrowed(cell) = &row.values[column] else { return };
    let relation = if stretch.said == Said::Observer { OBSERVER } else { "member-of" };
    let mut tie = record(ends[0], ends[1], relation);
    tie.start = Some(text(stretch.start));
    tie.end = stretch.end.map(text);
    if stretch.said == Said::Associate {
        let label = Some(text("associate member"));
        tie.role = Some(RoleRecord { label, ..RoleRecord::default() });
    }
    table.tie(Part::of(table.text, cell), row, &tie, serde_json::Map::new());
}

/// Declares what is no relation of the vocabulary, and says what the last year means.
fn declare(table: &mut Table<'_>, closing: i32) {
    let observers = table.draft.ties.iter().filter(|(_, tie)| tie.relation.as_str() == OBSERVER).count();
    if observers > 0
        && let Ok(id) = OBSERVER.parse()
    {
        let named = Relation::named(id, "observer at", Channel::Affiliation);
        table.draft.relations.push(Relation { lasting: true, ..named });
        table.draft.notes.push(format!("{observers} periods of an observer: `{OBSERVER}`"));
    }
    table.draft.notes.push(format!("what is still so in {closing}, where the list was closed, is open"));
}

#[cfg(test)]
mod tests {
    use super::{
        Said::{Associate, Member, Nothing, Unknown},
        stretches,
    };

    #[test]
    fn years_that_say_the_same_are_one_stretch_with_the_doubt_of_the_years_between() {
        let told = |years: &[(i32, super::Said)]| -> Vec<String> {
            let told = stretches(years, 2014);
            told.iter().map(|one| format!("{} {}", one.start, one.end.as_deref().unwrap_or("?"))).collect()
        };
        assert_eq!(told(&[(1964, Nothing), (1965, Member), (1966, Member), (1967, Nothing)]), ["1965 1966"]);
        // Every fifth year: somewhere between.
        assert_eq!(told(&[(1950, Nothing), (1955, Member), (1960, Nothing)]), ["[1951..1955] [1955..1959]"]);
        // The first year of a state, and the last of the list.
        assert_eq!(told(&[(2013, Member), (2014, Member)]), ["[..2013] .."]);
        // A state that ended.
        assert_eq!(told(&[(1989, Nothing), (1990, Member)]), ["1990 1990"]);
        // What says nothing leaves both sides open, and says no end.
        assert_eq!(
            told(&[(1970, Nothing), (1971, Unknown), (1972, Member), (1973, Unknown), (1974, Nothing)]),
            ["[1971..1972] [1972..1973]"]
        );
        assert_eq!(told(&[(1972, Nothing), (1973, Member), (1974, Unknown)]), ["1973 ?"]);
        assert_eq!(
            told(&[(1999, Nothing), (2000, Associate), (2001, Member), (2002, Nothing)]),
            ["2000 2000", "2001 2001"]
        );
        assert!(told(&[(1999, Nothing), (2000, Unknown)]).is_empty());
    }
}
