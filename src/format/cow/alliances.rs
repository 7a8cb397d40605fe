//! Alliances by member: one of two states is a tie between them; one of several is an actor whose members
//! tie to it, each from the day on which it joined. Alliances by pair: a tie for each stretch, whatever the number of its rows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Cells, Table, actor, english, interval, record, span, text};
use crate::{
    date::{Date, Day},
    model::{ActorKind, Fault, record::Text},
};

const WHOLE_FROM: [&str; 3] = ["all_st_year", "all_st_month", "all_st_day"];
const WHOLE_TO: [&str; 3] = ["all_end_year", "all_end_month", "all_end_day"];
const FROM: [&str; 3] = ["mem_st_year", "mem_st_month", "mem_st_day"];
const TO: [&str; 3] = ["mem_end_year", "mem_end_month", "mem_end_day"];

const PAIR_FROM: [&str; 3] = ["dyad_st_year", "dyad_st_month", "dyad_st_day"];
const PAIR_TO: [&str; 3] = ["dyad_end_year", "dyad_end_month", "dyad_end_day"];
const OF_PAIR: [&str; 6] = ["ccode1", "ccode2", "state_name1", "state_name2", "year", "version"];

/// A member, for a time.
struct Member<'r> {
    state: String,
    row: &'r Cells<'r>,
    start: Option<Date>,
    end: Option<Date>,
}

pub(super) fn members(table: &mut Table<'_>) {
    let rows = std::mem::take(&mut table.rows);
    let mut alliances: BTreeMap<u32, Vec<Member<'_>>> = BTreeMap::new();
    for row in &rows {
        let Some(number) = row.get("version4id").and_then(|number| number.parse().ok()) else {
            table.fault(row, "version4id", Fault::error(&[], "no number of an alliance in `version4id`"));
            continue;
        };
        let (start, end) = (table.date(row, FROM), table.date(row, TO));
        let span = span(start.as_ref(), end.as_ref());
        let Some(state) = table.state(row, ("cow", "ccode"), span) else { continue };
        alliances.entry(number).or_default().push(Member { state, row, start, end });
    }
    let mut of_two = 0;
    for (number, members) in &alliances {
        match members.as_slice() {
            [a, b] if a.row.get("ccode") != b.row.get("ccode") => {
                of_two += 1;
                between(table, *number, a, b);
            }
            members => {
                for member in members {
                    joins(table, *number, member);
                }
            }
        }
    }
    table.draft.notes.push(format!(
        "{of_two} alliances of two states are ties `alliance` between them; the {} of more are actors with members",
        alliances.len() - of_two
    ));
}

/// Two states that are allied: a row a stretch, or a row a stretch and year, once or (as a directed pair) twice.
pub(super) fn pairs(table: &mut Table<'_>) {
    let rows = std::mem::take(&mut table.rows);
    let mut known = BTreeSet::new();
    let own = [&PAIR_FROM[..], &PAIR_TO[..], &OF_PAIR[..]].concat();
    let mut repeated = 0;
    for row in &rows {
        let cell = |column| row.get(column).unwrap_or_default();
        let mut ends = [cell("ccode1"), cell("ccode2")];
        ends.sort_unstable();
        if !known.insert((cell("version4id"), ends, PAIR_FROM.map(cell))) {
            repeated += 1;
            continue;
        }
        let (start, end) = (table.date(row, PAIR_FROM), table.date(row, PAIR_TO));
        let span = span(start.as_ref(), end.as_ref());
        let of = |table: &mut Table<'_>, column, name| table.state_called(row, ("cow", column), name, span);
        let (source, target) = (of(table, "ccode1", "state_name1"), of(table, "ccode2", "state_name2"));
        let (Some(source), Some(target)) = (source, target) else { continue };
        let mut tie = record(&source, &target, "alliance");
        // What had begun before the list does, began at some time until then.
        let is_older = row.get("left_censor") == Some("1");
        let start = start
            .map(|date| if is_older { format!("[..{}]", date.as_str()) } else { date.as_str().to_owned() });
        tie.start = start.map(text);
        tie.end = Some(until(end.as_ref()));
        table.tie(table.part(row), row, &tie, row.attributes(&own, ""));
    }
    if repeated > 0 {
        table.draft.notes.push(format!(
            "{repeated} rows are of an alliance that another row tells (of another year, or turned round)"
        ));
    }
}

/// The beginning of a membership. One that had begun before the list does, began at some time since the
/// alliance.
fn beginning(table: &mut Table<'_>, row: &Cells<'_>, start: Option<&Date>) -> Option<String> {
    let start = start?;
    let whole = table.date(row, WHOLE_FROM);
    match whole.filter(|_| row.get("left_censor") == Some("1")) {
        Some(whole) if whole.span().0 < start.span().0 => {
            Some(format!("[{}..{}]", whole.as_str(), start.as_str()))
        }
        _ => Some(start.as_str().to_owned()),
    }
}

/// The end of a membership; one that is not known is open.
fn until<'r>(end: Option<&Date>) -> Text<'r> {
    text(end.map_or("..", Date::as_str).to_owned())
}

fn own() -> Vec<&'static str> {
    [&FROM[..], &TO[..], &["version4id", "ccode", "state_name", "version"]].concat()
}

fn between(table: &mut Table<'_>, number: u32, a: &Member<'_>, b: &Member<'_>) {
    let later = if b.start.as_ref().map(|date| date.span().0) > a.start.as_ref().map(|date| date.span().0) {
        b
    } else {
        a
    };
    let ends = [&a.end, &b.end].into_iter().flatten();
    let end = ends.min_by_key(|date| date.span().1).cloned();
    let first = later.start.as_ref().map_or(Day::MIN, |date| date.span().0);
    if end.as_ref().is_some_and(|end| end.span().1 < first) {
        for member in [a, b] {
            joins(table, number, member);
        }
        return;
    }
    let mut tie = record(&a.state, &b.state, "alliance");
    let start = beginning(table, later.row, later.start.as_ref());
    tie.start = start.as_deref().map(text);
    tie.end = Some(until(end.as_ref()));
    let mut attributes = later.row.attributes(&own(), "");
    attributes.insert("version4id".to_owned(), Value::from(number));
    table.tie(table.part(b.row), b.row, &tie, attributes);
}

fn joins(table: &mut Table<'_>, number: u32, member: &Member<'_>) {
    let row = member.row;
    let id = format!("alliance:{number}");
    let (from, to) = (table.date(row, WHOLE_FROM), table.date(row, WHOLE_TO));
    if let Some(mut alliance) = actor(&id) {
        let kind = row.get("ss_type").map_or(String::new(), |kind| format!(" ({kind})"));
        alliance.kind = Some(ActorKind::Treaty);
        alliance.names.push(english(format!("Alliance {number}{kind}")));
        let when = interval(from.as_ref(), to.as_ref().map(Date::as_str));
        alliance.existence.extend(when.parse::<Date>().ok());
        table.mention(row, alliance);
    }
    let mut tie = record(&member.state, &id, "member-of");
    let start = beginning(table, row, member.start.as_ref());
    tie.start = start.as_deref().map(text);
    tie.end = Some(until(member.end.as_ref()));
    table.tie(table.part(row), row, &tie, row.attributes(&own(), ""));
}
