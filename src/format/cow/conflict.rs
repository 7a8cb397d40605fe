//! Disputes and wars: each is an event, and between those on its two sides there is a tie for the days on
//! which both took part.

use std::collections::BTreeMap;

use super::super::made::Part;
use super::{Cells, Table, actor, dispute, english, interval, record, span, text};
use crate::{
    date::{Date, Day},
    model::{ActorKind, Channel, Fault, Polarity, Relation, record::IdText},
};

const FROM: [&str; 3] = ["styear", "stmon", "stday"];
const TO: [&str; 3] = ["endyear", "endmon", "endday"];

/// A relation of its own: a threat, a display or a use of force, in either direction.
const DISPUTE: &str = "militarized-dispute";

/// Disputes: events, which the ties of their participants name.
pub(super) fn disputes(table: &mut Table<'_>) {
    let Some(column) = dispute(table.layout) else { return };
    let rows = std::mem::take(&mut table.rows);
    for row in &rows {
        let number = ["dispnum3", "dispnum", "dispnum4"].iter().find_map(|column| row.get(column));
        let Some(mut event) = number.and_then(|number| actor(&format!("mid:{number}"))) else {
            table.fault(row, column, Fault::error(&[], format!("no number of a dispute in `{column}`")));
            continue;
        };
        let name = format!("Militarized interstate dispute {}", number.unwrap_or_default());
        event.kind = Some(ActorKind::Event);
        event.names.push(english(name));
        let (start, end) = (table.date(row, FROM), table.date(row, TO));
        let when = interval(start.as_ref(), Some(end.as_ref().map_or("", Date::as_str)));
        event.existence.extend(when.parse::<Date>().ok());
        let own = [&FROM[..], &TO[..], &["dispnum3", "dispnum", "dispnum4"]].concat();
        event.attributes = row.attributes(&own, "");
        let part = table.part(row);
        table.draft.actors.push((part, event));
    }
}

/// One who took part, for a time.
struct Participant<'r> {
    row: usize,
    state: String,
    cells: &'r Cells<'r>,
    start: Option<Date>,
    end: Option<Date>,
}

/// The two sides of one event, in the order of the file.
type Sides<'r> = [Vec<Participant<'r>>; 2];

/// Participants of disputes.
pub(super) fn participants(table: &mut Table<'_>) {
    let Some(column) = dispute(table.layout) else { return };
    let rows = std::mem::take(&mut table.rows);
    let mut disputes: BTreeMap<String, Sides<'_>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let number = ["dispnum3", "dispnum", "dispnum4"].iter().find_map(|column| row.get(column));
        let Some(number) = number else {
            table.fault(row, column, Fault::error(&[], format!("no number of a dispute in `{column}`")));
            continue;
        };
        let side = match row.get("sidea") {
            Some("1") => 0,
            Some("0") => 1,
            other => {
                let message = format!("side `{}` of a dispute is neither 1 nor 0", other.unwrap_or_default());
                let hint = "it takes part, but no tie says against whom".to_owned();
                table.fault(row, "sidea", Fault::warning(&[], message).code("no-side").hint(hint));
                continue;
            }
        };
        let (start, end) = (table.date(row, FROM), table.date(row, TO));
        let span = span(start.as_ref(), end.as_ref());
        let Some(state) = table.state(row, ("cow", "ccode"), span) else { continue };
        let participant = Participant { row: at, state, cells: row, start, end };
        disputes.entry(format!("mid:{number}")).or_default()[side].push(participant);
    }
    let own =
        [&FROM[..], &TO[..], &["dispnum3", "dispnum", "dispnum4", "ccode", "stabb", "sidea", "version"]]
            .concat();
    against(table, rows.len(), &disputes, DISPUTE, &own);
    if let Ok(id) = DISPUTE.parse() {
        let named = Relation::named(id, "militarized dispute", Channel::Interaction);
        table.draft.relations.push(Relation { lasting: true, polarity: Polarity::Negative, ..named });
    }
}

/// Participants of inter-state wars, in one stretch or two.
pub(super) fn wars(table: &mut Table<'_>) {
    let rows = std::mem::take(&mut table.rows);
    let mut wars: BTreeMap<String, Sides<'_>> = BTreeMap::new();
    let mut periods: BTreeMap<String, (Part, String, Option<Date>, Option<Date>)> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let Some(number) = row.get("WarNum") else {
            table.fault(row, "WarNum", Fault::error(&[], "no number of a war in `WarNum`"));
            continue;
        };
        let side = match row.get("Side") {
            Some("1") => 0,
            Some("2") => 1,
            other => {
                let message = format!("side `{}` of a war is neither 1 nor 2", other.unwrap_or_default());
                table.fault(row, "Side", Fault::error(&[], message));
                continue;
            }
        };
        let id = format!("war:{number}");
        for stretch in ["1", "2"] {
            let columns = |word: &str| ["Year", "Month", "Day"].map(|part| format!("{word}{part}{stretch}"));
            let (from, to) = (columns("Start"), columns("End"));
            if row.get(&from[0]).is_none() {
                continue;
            }
            let start = table.date(row, [&from[0], &from[1], &from[2]]);
            // `-7`: it still went on when the list was closed.
            let goes_on = row.get(&to[0]) == Some("-7");
            let end = if goes_on { None } else { table.date(row, [&to[0], &to[1], &to[2]]) };
            let span = span(start.as_ref(), end.as_ref());
            let Some(state) = table.state(row, ("cow", "ccode"), span) else { continue };
            let name = row.get("WarName").unwrap_or(&id).to_owned();
            let period = periods.entry(id.clone());
            let (_, _, first, last) = period.or_insert((table.part(row), name, start.clone(), end.clone()));
            if start.as_ref().map(|date| date.span().0) < first.as_ref().map(|date| date.span().0) {
                first.clone_from(&start);
            }
            if end.as_ref().map(|date| date.span().1) > last.as_ref().map(|date| date.span().1) {
                last.clone_from(&end);
            }
            let participant = Participant { row: at, state, cells: row, start, end };
            wars.entry(id.clone()).or_default()[side].push(participant);
        }
    }
    for (id, (part, name, start, end)) in periods {
        let Some(mut event) = actor(&id) else { continue };
        event.kind = Some(ActorKind::Event);
        event.names.push(english(name));
        let when = interval(start.as_ref(), end.as_ref().map(Date::as_str));
        event.existence.extend(when.parse::<Date>().ok());
        table.draft.mentions.insert(id, (part, event));
    }
    let mut own: Vec<String> =
        ["WarNum", "WarName", "ccode", "StateName", "Side", "Version"].map(str::to_owned).into();
    for (word, part) in
        ["Start", "End"].iter().flat_map(|word| ["Year", "Month", "Day"].map(|part| (word, part)))
    {
        own.extend(["1", "2"].map(|stretch| format!("{word}{part}{stretch}")));
    }
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    against(table, rows.len(), &wars, "war", &own);
}

/// Ties between those on the two sides of each event, for the days on which both took part.
fn against(
    table: &mut Table<'_>,
    row_count: usize,
    events: &BTreeMap<String, Sides<'_>>,
    relation: &str,
    own: &[&str],
) {
    let mut fought = vec![false; row_count];
    let mut taken: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (event, [first, second]) in events {
        for (a, b) in first.iter().flat_map(|a| second.iter().map(move |b| (a, b))) {
            let starts = a.start.iter().chain(&b.start);
            let start = starts.max_by_key(|date| date.span().0);
            let end = a.end.iter().chain(&b.end).min_by_key(|date| date.span().1);
            let from = start.map_or(Day::MIN, |date| date.span().0);
            if end.is_some_and(|end| end.span().1 < from) {
                continue;
            }
            fought[a.row] = true;
            fought[b.row] = true;
            let mut tie = record(&a.state, &b.state, relation);
            tie.event = Some(IdText(event.as_str().into()));
            tie.when = Some(text(interval(start, end.map(Date::as_str))));
            let mut attributes = a.cells.attributes(own, "source_");
            attributes.extend(b.cells.attributes(own, "target_"));
            // It stands in both rows and what lies between them.
            let (one, other) = (table.part(a.cells), table.part(b.cells));
            let (start, mut end) = (one.start.min(other.start), one.end.max(other.end));
            let again = taken.entry((start, end)).or_insert(0);
            end -= *again;
            *again += 1;
            table.tie(Part { start, end }, a.cells, &tie, attributes);
        }
    }
    let alone = events.values().flatten().flatten().filter(|one| !fought[one.row]).count();
    if alone > 0 {
        table.draft.notes.push(format!(
            "{alone} participants were there on no day with one of the other side, and give no tie"
        ));
    }
}
