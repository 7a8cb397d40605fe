//! Writes actors or ties as one table: a column for each field that fits one, then free attributes, and whatever else a
//! record says as JSON in the last column, so that the tables of ties and of actors are read back as the same records.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use serde_json::{Map, Value};

use crate::{
    dataset::{Dataset, PlainTie, TieIndex},
    date::{Certainty, Day},
    format::native::{Cited, Head, Part, nodes},
    model::{Actor, Tie},
};

use super::{
    columns::Columns,
    counted,
    plain::PlainTies,
    record::{REST, Rest, TIE_TEXTS, label, tie_texts},
    table_file::{Kind, TableFile},
};

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// A row a tie.
    Ties,
    /// A row an actor.
    Actors,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableForm {
    /// Comma-separated values; lists are texts between `|`.
    Csv,
    /// An Arrow IPC file.
    Arrow,
    /// Parquet, compressed with snappy.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'c> {
    /// None.
    Nothing,
    /// A text.
    Text(Cow<'c, str>),
    /// A whole number.
    Long(i64),
    /// A float.
    Double(f64),
    /// True or false.
    Boolean(bool),
    /// A day.
    Day(Day),
    /// Texts.
    List(Vec<Cow<'c, str>>),
}

/// The columns of ties that are not texts of the record itself: what is made of it, or of others, for the reader's sake.
const DERIVED_TIE: [&str; 6] =
    ["source_name", "target_name", "relation_label", "first_day", "last_day", "references"];

/// The same of actors; besides them names by language and codes by scheme, whose columns begin with these words.
const DERIVED_ACTOR: [&str; 5] = ["label", "names", "existence", "first_day", "last_day"];
const NAME: &str = "name_";
const CODE: &str = "code_";

/// Whether a column of a table of ours says only what the rest of the record says, too.
pub(in crate::format) fn is_derived(column: &str, listed: Listed) -> bool {
    match listed {
        Listed::Ties => DERIVED_TIE.contains(&column),
        Listed::Actors => {
            DERIVED_ACTOR.contains(&column) && column != "label"
                || column.strip_prefix(NAME).is_some_and(|rest| !rest.is_empty())
                || column.strip_prefix(CODE).is_some_and(|rest| !rest.is_empty())
        }
    }
}

/// Moves attributes whose names a column of ours has into those that stay with the rest.
fn reserved(attributes: &mut Map<String, Value>, listed: Listed) -> Map<String, Value> {
    let is_taken = |name: &str, value: &Value| {
        // A cell that is empty says nothing, and one with a carriage return may not come back as it is.
        let is_fragile = value.as_str().is_some_and(|text| text.is_empty() || text.contains('\r'));
        is_derived(name, listed) || name == "label" || name != name.trim() || is_fragile
    };
    let (kept, free) =
        std::mem::take(attributes).into_iter().partition(|(name, value)| is_taken(name, value));
    *attributes = free;
    kept
}

/// Writes a part of a dataset as a table, and says what it could not hold.
///
/// Columns of ties: `id source target source_name target_name relation relation_label when start end attested status first_day
/// last_day event source_for target_for via place level trend mode count according_to about note references`; of actors: `id label
/// kind names name_LANG code_SCHEME existence first_day last_day organ_of citizen_of note`; then free attributes, each of one type,
/// and `chancery`. First and last days are those that are possible, none where nobody knows a bound.
///
/// # Errors
/// When the writer fails.
///
/// # Complexity
/// Time O(n) for n records, each made twice; memory for the columns of 65,536 rows, and in Parquet for the file.
pub(super) fn write(
    dataset: &Dataset,
    part: &Part<'_>,
    (listed, form): (Listed, TableForm),
    out: &mut impl Write,
) -> io::Result<Vec<String>> {
    let mut cited = Cited::default();
    let mut lost = Vec::new();
    match listed {
        Listed::Ties => {
            ties(dataset, part, form, &mut cited, out)?;
            let alone = alone(dataset, part);
            if alone > 0 {
                lost.push(format!("{} without ties: a table of actors holds them", counted(alone, "actor")));
            }
        }
        Listed::Actors => {
            actors(dataset, part, form, &mut cited, out)?;
            if !part.ties.is_empty() {
                lost.push(format!("{}: a table of ties holds them", counted(part.ties.len(), "tie")));
            }
        }
    }
    lost.extend(Head::of(dataset, part, cited)?.lost());
    Ok(lost)
}

/// How many actors of a part no tie of it has at an end.
fn alone(dataset: &Dataset, part: &Part<'_>) -> usize {
    let ends: BTreeSet<_> =
        part.ties.iter().flat_map(|tie| [dataset.ties().source(*tie), dataset.ties().target(*tie)]).collect();
    part.actors.iter().filter(|actor| !ends.contains(actor)).count()
}

fn text(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Nothing } else { Cell::Text(Cow::Borrowed(text)) }
}

fn day(day: Day) -> Cell<'static> {
    if day.is_bounded() { Cell::Day(day) } else { Cell::Nothing }
}

/// The columns of free attributes and their cells.
fn attribute_cells(
    columns: &mut Columns,
    attributes: &mut Map<String, Value>,
) -> BTreeMap<usize, Cell<'static>> {
    let typed: Vec<(usize, String)> = columns.take(attributes);
    let kinds: Vec<Kind> = columns.all().map(|(_, kind)| Kind::of(kind)).collect();
    let cell = |(at, text): (usize, String)| {
        let cell = match kinds[at] {
            Kind::Long => text.parse().map_or(Cell::Nothing, Cell::Long),
            Kind::Double => text.parse().map_or(Cell::Nothing, Cell::Double),
            Kind::Boolean => Cell::Boolean(text == "true"),
            Kind::Text | Kind::Day | Kind::List => Cell::Text(Cow::Owned(text)),
        };
        (at, cell)
    };
    typed.into_iter().map(cell).collect()
}

/// The rest of a record as JSON, with attributes that have no column, or, where columns have no types, whose column
/// would not tell a number from a text.
fn rest_cell(mut rest: Rest, mut kept: Map<String, Value>, left: Map<String, Value>) -> Cell<'static> {
    kept.extend(left);
    rest.attributes(&kept);
    rest.finish().map_or(Cell::Nothing, |rest| Cell::Text(Cow::Owned(rest)))
}

/// Attributes of which the column does not say what they are: those that are no texts in a table without types, and
/// whole numbers in a column of fractions.
fn doubtful(attributes: &Map<String, Value>, form: TableForm, columns: &Columns) -> Map<String, Value> {
    let is_doubtful = |(name, value): &(&String, &Value)| {
        let is_typed = form != TableForm::Csv;
        if is_typed { value.is_i64() && columns.has_fractions(name) } else { !value.is_string() }
    };
    attributes.iter().filter(is_doubtful).map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn ties(
    dataset: &Dataset,
    part: &Part<'_>,
    form: TableForm,
    cited: &mut Cited,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut columns = Columns::default();
    let mut plain = PlainTies::of(dataset);
    for index in part.ties {
        if plain.get(*index, cited).is_some() {
            continue;
        }
        let mut tie = dataset.tie(*index);
        cited.tie(&tie);
        reserved(&mut tie.attributes, Listed::Ties);
        columns.take(&mut tie.attributes);
    }
    let mut heads: Vec<(String, Kind)> = Vec::new();
    let mut head = |name: &str, kind| heads.push((name.to_owned(), kind));
    for name in ["id", "source", "target", "source_name", "target_name", "relation", "relation_label"] {
        head(name, Kind::Text);
    }
    for name in &TIE_TEXTS[1..] {
        head(name, if *name == "count" { Kind::Long } else { Kind::Text });
        if *name == "status" {
            head("first_day", Kind::Day);
            head("last_day", Kind::Day);
        }
    }
    head("references", Kind::List);
    for (name, kind) in columns.all() {
        head(name, Kind::of(kind));
    }
    head(REST, Kind::Text);
    let width = columns.all().count();
    let mut file = TableFile::new(form, &heads, out)?;
    let when = heads.iter().position(|(name, _)| name == "when").expect("ties have a column of dates");
    for index in part.ties {
        if let Some(tie) = plain.get(*index, cited) {
            let mut row = vec![Cell::Nothing; heads.len()];
            plain_cells(dataset, *index, &tie, (&mut row, when));
            row[heads.len() - 2 - width] = Cell::List(plain_references(dataset, tie.file));
            row[heads.len() - 1] = text(plain.rest(&tie));
            file.row(&row)?;
            continue;
        }
        let mut tie = dataset.tie(*index);
        let mut attributes = std::mem::take(&mut tie.attributes);
        let mut kept = reserved(&mut attributes, Listed::Ties);
        kept.extend(doubtful(&attributes, form, &columns));
        let mut free = attribute_cells(&mut columns, &mut attributes);
        let mut rest = Rest::default();
        rest.tie(&tie);
        let mut row = tie_cells(dataset, *index, &tie);
        row.extend((0..width).map(|at| free.remove(&at).unwrap_or(Cell::Nothing)));
        row.push(rest_cell(rest, kept, attributes));
        file.row(&row)?;
    }
    file.finish()
}

/// The cells of a tie that says little: ends, relation, and its day in the column of dates and those that follow it.
fn plain_cells<'c>(
    dataset: &'c Dataset,
    index: TieIndex,
    tie: &PlainTie<'c>,
    (row, when): (&mut [Cell<'c>], usize),
) {
    let (all, actors) = (dataset.ties(), dataset.actors());
    let relation = dataset.vocabulary().relation(tie.relation);
    let [source, target] = [all.source(index), all.target(index)];
    let first = [
        text(all.id(index)),
        text(tie.source),
        text(tie.target),
        text(actors.label(source)),
        text(actors.label(target)),
        text(relation.id.as_str()),
        text(relation.label("en")),
        Cell::Text(tie.when.clone()),
    ];
    row[..first.len()].clone_from_slice(&first);
    debug_assert_eq!(when, first.len() - 1, "the date follows the relation");
    // After when, start, end, attested, status: the days.
    let (from, to) = all.hull(index);
    row[when + 5] = day(from);
    row[when + 6] = day(to);
}

/// The references that all plain ties of a file cite.
fn plain_references(dataset: &Dataset, file: u32) -> Vec<Cow<'_, str>> {
    dataset.files()[file as usize].cites.iter().map(|cite| Cow::Borrowed(cite.reference.as_str())).collect()
}

fn tie_cells<'c>(dataset: &'c Dataset, index: TieIndex, tie: &'c Tie) -> Vec<Cell<'c>> {
    let (all, actors) = (dataset.ties(), dataset.actors());
    let id = tie.id.as_ref().map_or("", |id| id.as_str());
    let names = [all.source(index), all.target(index)].map(|end| text(actors.label(end)));
    let [source_name, target_name] = names;
    let mut row = vec![
        text(id),
        text(tie.source.as_str()),
        text(tie.target.as_str()),
        source_name,
        target_name,
        text(tie.relation.as_str()),
        text(dataset.relation(index).label("en")),
    ];
    for (name, value) in TIE_TEXTS.iter().zip(tie_texts(tie)).skip(1) {
        row.push(match value {
            Some(value) if *name == "count" => value.parse().map_or(Cell::Nothing, Cell::Long),
            Some(value) if !value.is_empty() => Cell::Text(value),
            Some(_) | None => Cell::Nothing,
        });
        if *name == "status" {
            let spells = all.claims(index).filter(|(claim, ..)| claim.status.cap() != Certainty::No);
            let bounds = spells.flat_map(|(_, bounds, _)| bounds.iter().map(|(bounds, _)| *bounds));
            let hull = bounds
                .map(|bounds| (bounds.start_min, bounds.end_max))
                .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
            row.extend(hull.map_or([Cell::Nothing, Cell::Nothing], |(first, last)| [day(first), day(last)]));
        }
    }
    let mut references: Vec<Cow<'_, str>> = Vec::new();
    for cite in tie.claims().iter().flat_map(|claim| &claim.cites) {
        if !references.iter().any(|known| known == cite.reference.as_str()) {
            references.push(Cow::Borrowed(cite.reference.as_str()));
        }
    }
    row.push(Cell::List(references));
    row
}

fn actors(
    dataset: &Dataset,
    part: &Part<'_>,
    form: TableForm,
    cited: &mut Cited,
    out: &mut impl Write,
) -> io::Result<()> {
    let (mut columns, mut langs, mut schemes) = (Columns::default(), BTreeSet::new(), BTreeSet::new());
    let all = nodes(dataset, part.actors);
    for actor in &all {
        cited.actor(actor);
        let mut attributes = actor.attributes.clone();
        reserved(&mut attributes, Listed::Actors);
        columns.take(&mut attributes);
        langs.extend(actor.names.iter().filter_map(|name| name.lang.clone()));
        schemes.extend(actor.codes.keys().cloned());
    }
    let mut heads: Vec<(String, Kind)> = Vec::new();
    let mut head = |name: &str, kind| heads.push((name.to_owned(), kind));
    for name in ["id", "label", "kind"] {
        head(name, Kind::Text);
    }
    head("names", Kind::List);
    for lang in &langs {
        head(&format!("{NAME}{lang}"), Kind::Text);
    }
    for scheme in &schemes {
        head(&format!("{CODE}{scheme}"), Kind::Text);
    }
    head("existence", Kind::Text);
    head("first_day", Kind::Day);
    head("last_day", Kind::Day);
    for name in ["organ_of", "citizen_of", "note"] {
        head(name, Kind::Text);
    }
    for (name, kind) in columns.all() {
        head(name, Kind::of(kind));
    }
    head(REST, Kind::Text);
    let width = columns.all().count();
    let mut file = TableFile::new(form, &heads, out)?;
    for actor in &all {
        let mut attributes = actor.attributes.clone();
        let mut kept = reserved(&mut attributes, Listed::Actors);
        kept.extend(doubtful(&attributes, form, &columns));
        let mut free = attribute_cells(&mut columns, &mut attributes);
        let mut rest = Rest::default();
        rest.actor(actor);
        let mut row = vec![
            text(actor.id.as_str()),
            text(label(dataset, actor)),
            text(actor.kind.map_or("", crate::model::ActorKind::as_str)),
            Cell::List(actor.names.iter().map(|name| Cow::Borrowed(name.text.as_str())).collect()),
        ];
        for lang in &langs {
            let of_lang = actor.names.iter().filter(|name| name.lang.as_ref() == Some(lang));
            let best = of_lang.clone().find(|name| name.preferred).or_else(|| {
                of_lang.clone().find(|name| name.usage.is_none()).or_else(|| of_lang.clone().next())
            });
            row.push(text(best.map_or("", |name| name.text.as_str())));
        }
        for scheme in &schemes {
            let codes = actor.codes.get(scheme).map(|codes| codes.join("|")).unwrap_or_default();
            row.push(if codes.is_empty() { Cell::Nothing } else { Cell::Text(Cow::Owned(codes)) });
        }
        row.extend(life(actor));
        let id = |id: &'_ Option<crate::model::ActorId>| {
            id.as_ref().map_or(Cell::Nothing, |id| Cell::Text(Cow::Owned(id.as_str().to_owned())))
        };
        row.extend([id(&actor.organ_of), id(&actor.citizen_of), text(actor.note.as_deref().unwrap_or(""))]);
        row.extend((0..width).map(|at| free.remove(&at).unwrap_or(Cell::Nothing)));
        row.push(rest_cell(rest, kept, attributes));
        file.row(&row)?;
    }
    file.finish()
}

/// When an actor existed: as written, and its first and last possible day.
fn life(actor: &Actor) -> [Cell<'static>; 3] {
    let written: Vec<&str> = actor.existence.iter().map(crate::date::Date::as_str).collect();
    let spans = actor.existence.iter().map(crate::date::Date::span);
    let hull = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let [first, last] = hull.map_or([Cell::Nothing, Cell::Nothing], |(first, last)| [day(first), day(last)]);
    let written = if written.is_empty() { Cell::Nothing } else { Cell::Text(Cow::Owned(written.join(";"))) };
    [written, first, last]
}
