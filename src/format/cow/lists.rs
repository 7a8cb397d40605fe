//! Who belongs to what, and from when to when: the state system, the great powers, organisations, and the
//! status of a mission.
//!
//! Such a list is closed on some day, and what had not ended by then ends on it: its last day is open.

use serde_json::{Map, Value};

use super::{Cells, Table, actor, english, interval, names_of, record, span, text};
use crate::{
    date::Date,
    model::{ActorKind, Channel, Fault, Polarity, Relation},
};

/// The columns of a period.
const FROM: [&str; 3] = ["styear", "stmonth", "stday"];
const TO: [&str; 3] = ["endyear", "endmonth", "endday"];

/// Who kept a mission: the list is that of one state.
const SENDER: &str = "united-states";

/// A relation of its own: an envoy who lives elsewhere is no mission.
const NONRESIDENT: &str = "nonresident-envoy";

pub(super) fn states(table: &mut Table<'_>) {
    periods(table, ("cow", "ccode"), ("cow-state-system", "Correlates of War state system"));
}

pub(super) fn major_powers(table: &mut Table<'_>) {
    periods(table, ("cow", "ccode"), ("cow-major-powers", "Major powers (Correlates of War)"));
}

/// The lists of states that give both days in one column each.
pub(super) fn dated_states(table: &mut Table<'_>) {
    let (scheme, column, of) = if table.layout.named("cowcode").is_some() {
        ("cow", "cowcode", ("cow-state-system", "Correlates of War state system"))
    } else {
        ("gw", "gwcode", ("gw-independent-states", "Independent states (Gleditsch and Ward)"))
    };
    let rows = std::mem::take(&mut table.rows);
    for row in &rows {
        let start = row.get("start").map(str::to_owned);
        let start = start.and_then(|start| table.parsed(row, "start", &start));
        // A day that never comes is how these lists write that there is no end.
        let end = row.get("end").filter(|end| !end.starts_with("9999")).map(str::to_owned);
        let end = end.and_then(|end| table.parsed(row, "end", &end));
        let own = ["start", "end", "cowcode", "gwcode"];
        belongs(table, row, (scheme, column), of, (start, end), row.attributes(&own, ""));
    }
}

fn periods(table: &mut Table<'_>, code: (&str, &str), of: (&str, &str)) {
    let rows = std::mem::take(&mut table.rows);
    let dates: Vec<_> = rows.iter().map(|row| (table.date(row, FROM), table.date(row, TO))).collect();
    let last = closing(&dates);
    for (row, (start, end)) in rows.iter().zip(dates) {
        let own = [&FROM[..], &TO[..], &["ccode"]].concat();
        let end = end.filter(|end| Some(end.as_str()) != last.as_deref());
        belongs(table, row, code, of, (start, end), row.attributes(&own, ""));
    }
    note(table, last.as_deref());
}

/// The last day of a list, where several rows end on it.
fn closing(dates: &[(Option<Date>, Option<Date>)]) -> Option<String> {
    let ends = || dates.iter().filter_map(|(_, end)| end.as_ref());
    let last = ends().max_by_key(|end| end.span().1)?;
    let count = ends().filter(|end| end.as_str() == last.as_str()).count();
    (count > 1).then(|| last.as_str().to_owned())
}

fn note(table: &mut Table<'_>, last: Option<&str>) {
    if let Some(last) = last {
        table.draft.notes.push(format!("what ends on {last}, where the list was closed, is open"));
    }
}

fn belongs(
    table: &mut Table<'_>,
    row: &Cells<'_>,
    code: (&str, &str),
    (id, name): (&str, &str),
    (start, end): (Option<Date>, Option<Date>),
    attributes: Map<String, Value>,
) {
    let Some(state) = table.state(row, code, span(start.as_ref(), end.as_ref())) else { return };
    if let Some(mut list) = actor(id) {
        list.kind = Some(ActorKind::Bloc);
        list.names.push(english(name.to_owned()));
        table.mention(row, list);
    }
    let when = interval(start.as_ref(), end.as_ref().map(Date::as_str));
    let mut tie = record(&state, id, "member-of");
    tie.when = Some(text(when));
    table.tie(table.part(row), row, &tie, attributes);
}

/// Organisations: actors, each with its names and years.
pub(super) fn organisations(table: &mut Table<'_>) {
    let rows = std::mem::take(&mut table.rows);
    for row in &rows {
        let Some(mut organisation) = row.get("igoID").and_then(|id| actor(&format!("igo:{id}"))) else {
            table.fault(row, "igoID", Fault::error(&[], "no number of an organisation in `igoID`"));
            continue;
        };
        organisation.kind = Some(ActorKind::Institution);
        let names = ["igoLongName", "igoShortName", "igoAbbr"];
        organisation.names = names_of(names.iter().filter_map(|column| row.get(column)));
        let start = table.date(row, ["StartYear", "", ""]);
        let end = table.date(row, ["EndYear", "", ""]);
        if start.is_some() || end.is_some() {
            let when = interval(start.as_ref(), end.as_ref().map(Date::as_str));
            organisation.existence.extend(when.parse::<Date>().ok());
        }
        let own = ["igoID", "igoAbbr", "igoShortName", "igoLongName", "StartYear", "EndYear"];
        organisation.attributes = row.attributes(&own, "");
        let part = table.part(row);
        table.draft.actors.push((part, organisation));
    }
}

/// Members of organisations, a row a period.
pub(super) fn members(table: &mut Table<'_>) {
    let rows = std::mem::take(&mut table.rows);
    let years = |table: &mut Table<'_>, row: &Cells<'_>| {
        (table.date(row, ["JoinYear", "", ""]), table.date(row, ["LeaveYear", "", ""]))
    };
    let dates: Vec<_> = rows.iter().map(|row| years(table, row)).collect();
    let last = closing(&dates);
    for (row, (start, end)) in rows.iter().zip(dates) {
        let end = end.filter(|end| Some(end.as_str()) != last.as_deref());
        let span = span(start.as_ref(), end.as_ref());
        let Some(state) = table.state(row, ("cow", "StateID"), span) else { continue };
        let Some(id) = row.get("igoID").map(|id| format!("igo:{id}")) else {
            table.fault(row, "igoID", Fault::error(&[], "no number of an organisation in `igoID`"));
            continue;
        };
        if let Some(mut organisation) = actor(&id) {
            organisation.kind = Some(ActorKind::Institution);
            table.mention(row, organisation);
        }
        let mut tie = record(&state, &id, "member-of");
        tie.when = Some(text(interval(start.as_ref(), end.as_ref().map(Date::as_str))));
        let own = ["igoID", "StateID", "JoinYear", "LeaveYear"];
        table.tie(table.part(row), row, &tie, row.attributes(&own, ""));
    }
    note(table, last.as_deref());
}

/// The status of one state's missions, a row a period; `None` is a status: no mission, observed.
pub(super) fn missions(table: &mut Table<'_>) {
    let rows = std::mem::take(&mut table.rows);
    let day = |table: &mut Table<'_>, row: &Cells<'_>, column: &str| {
        let text = row.get(column).map(str::to_owned)?;
        table.parsed(row, column, &text)
    };
    let dates: Vec<_> =
        rows.iter().map(|row| (day(table, row, "date_start"), day(table, row, "date_end"))).collect();
    let last = closing(&dates);
    let mut nonresident = 0;
    for (row, (start, end)) in rows.iter().zip(dates) {
        let end = end.filter(|end| Some(end.as_str()) != last.as_deref());
        let span = span(start.as_ref(), end.as_ref());
        let Some(state) = table.state(row, ("cow", "country_code_cow"), span) else { continue };
        let status = row.get("us_mission_status").unwrap_or_default().to_owned();
        let level = match status.as_str() {
            "Embassy" => Some("embassy"),
            "Legation" => Some("legation"),
            "Consulate" => Some("consulate"),
            "Consulate General" => Some("consulate-general"),
            "Liaison" => Some("liaison"),
            "Interests" => Some("interests-section"),
            _ => None,
        };
        let is_none = status == "None";
        let is_nonresident = status.ends_with("Nonresident");
        if level.is_none() && !is_none && !is_nonresident {
            let fault = Fault::error(&[], format!("no status of a mission `{status}`"));
            let hint = "it is Embassy, Legation, Consulate, Liaison, Interests, … Nonresident or None";
            table.fault(row, "us_mission_status", fault.hint(hint.to_owned()));
            continue;
        }
        let relation = if is_nonresident { NONRESIDENT } else { "mission" };
        nonresident += usize::from(is_nonresident);
        let mut tie = record(SENDER, &state, relation);
        tie.when = Some(text(interval(start.as_ref(), end.as_ref().map(Date::as_str))));
        tie.level = level.map(text);
        tie.status = if is_none { Some(text("absent")) } else { None };
        let own = ["country_code_cow", "date_start", "date_end"];
        table.tie(table.part(row), row, &tie, row.attributes(&own, ""));
    }
    if nonresident > 0
        && let Ok(id) = NONRESIDENT.parse()
    {
        let named = Relation::named(id, "nonresident envoy", Channel::Interaction);
        table.draft.relations.push(Relation { lasting: true, polarity: Polarity::Positive, ..named });
        table
            .draft
            .notes
            .push(format!("{nonresident} periods of an envoy who lives elsewhere: `{NONRESIDENT}`"));
    }
    note(table, last.as_deref());
}
