//! Dyads by periods as an answer: rows for R, pandas and the like.

use std::io::{self, Write};

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{
    answer::Report,
    document::{Document, Table, counted},
    panel_heat::Shade,
    rank::settled,
};
use crate::{
    analysis::panel::{Cell, Observed, Panel, PanelTerms, Universe},
    analysis::periods::label,
    dataset::{ActorIndex, Dataset},
    date::Day,
    diagram::{Chart, Languages},
    format::write::{Cell as Value, Kind, TableFile, TableForm},
    lens::Predicate,
};

/// A panel, which names its actors and references when it is written.
#[derive(Clone, Debug)]
pub struct PanelReport<'d> {
    pub(super) dataset: &'d Dataset,
    pub(super) panel: Panel,
    pub(super) terms: PanelTerms,
    pub(super) labels: Vec<String>,
    /// The schemes of codes that stand beside ids.
    codes: Vec<String>,
    /// How many cells there are of each kind, before any was left away.
    counts: [usize; 4],
    pub(super) drawing: Drawing<'d>,
}

/// How a panel is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawing<'d> {
    pub(super) shade: Shade,
    pub(super) languages: Option<Languages>,
    pub(super) predicate: &'d Predicate,
}

/// One row, as JSON has it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Row<'r> {
    period: &'r str,
    a: &'r str,
    b: &'r str,
    a_name: &'r str,
    b_name: &'r str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    a_codes: Vec<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    b_codes: Vec<&'r str>,
    events_certain: Option<u32>,
    events_possible: Option<u32>,
    lasting: Option<u32>,
    reports: Option<u32>,
    goldstein_sum: Option<f64>,
    goldstein_mean: Option<f64>,
    verbal_cooperation: Option<u32>,
    material_cooperation: Option<u32>,
    verbal_conflict: Option<u32>,
    material_conflict: Option<u32>,
    mission_level: Option<&'r str>,
    observed: &'static str,
    references: Vec<&'r str>,
}

/// The columns of every panel; those of codes stand after the names.
const COLUMNS: [&str; 20] = [
    "period",
    "first",
    "last",
    "a",
    "b",
    "a_name",
    "b_name",
    "events_certain",
    "events_possible",
    "lasting",
    "reports",
    "goldstein_sum",
    "goldstein_mean",
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
    "mission_level",
    "observed",
    "references",
];

/// How many of them stand before the codes.
const BEFORE_CODES: usize = 7;

/// At most so many rows are shown in text.
const SHOWN: usize = 20;

impl<'d> PanelReport<'d> {
    /// A report of a panel; only cells of these kinds stay, and codes of these schemes stand beside ids.
    pub fn new(
        dataset: &'d Dataset,
        predicate: &'d Predicate,
        mut panel: Panel,
        terms: PanelTerms,
        kept: &[Observed],
        codes: Vec<String>,
    ) -> Self {
        let mut counts = [0; 4];
        panel.cells.iter().for_each(|cell| counts[cell.observed as usize] += 1);
        panel.cells.retain(|cell| kept.contains(&cell.observed));
        let labels = terms.periods.iter().map(|period| label(*period)).collect();
        let drawing = Drawing { shade: Shade::default(), languages: None, predicate };
        Self { dataset, panel, terms, labels, codes, counts, drawing }
    }

    /// Drawn with cells that say this, actors named in these languages.
    #[must_use]
    pub fn drawn(mut self, shade: Shade, languages: Option<Languages>) -> Self {
        self.drawing = Drawing { shade, languages, ..self.drawing };
        self
    }

    /// What the reader must know: which pairs there are, and how their cells are counted.
    pub fn notes(&self) -> Vec<String> {
        let universe = match &self.terms.universe {
            Universe::Tied => "pairs that have a tie that passes the lens in some period".to_owned(),
            Universe::All => "all pairs of actors that the lens admits".to_owned(),
            Universe::Listed(scheme) => format!("all pairs of actors with a code in the scheme {scheme}"),
        };
        let way =
            if self.terms.is_directed { "a acts on b; symmetric ties count both ways" } else { "undirected" };
        let mut notes = vec![
            format!(
                "Pairs: {universe}; {way}. A tie counts for its ends and for those on whose behalf they act, in every \
                 period in which it was in force; the ties of one happening count once. Certain and possible are the \
                 fewest and the most; Goldstein weights, quad classes, reports and references are of the possible."
            ),
            "Observed: value (there is, or may be, a tie), zero (none, and coverage or an absent tie says that somebody \
             looked), missing (none on record), not-in-system (the two did not exist together)."
                .to_owned(),
        ];
        if self.terms.assumes_observed {
            notes
                .push("By --assume-observed every pair without a tie counts as an observed zero.".to_owned());
        } else if self.dataset.coverage().next().is_none() {
            notes.push(
                "No file says what it observes (`coverage`), so that what is not on record is missing, not zero; \
                 --assume-observed takes it as zero."
                    .to_owned(),
            );
        }
        notes
    }

    /// The whole panel as comma-separated values.
    ///
    /// # Complexity
    /// Time and space O(R), for R rows.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut push = |row: &[String]| writer.write_record(row).expect("all rows have the same columns");
        push(&self.head());
        self.panel.cells.iter().for_each(|cell| push(&self.row(cell)));
        writer.into_inner().expect("writing to memory does not fail")
    }

    fn head(&self) -> Vec<String> {
        let mut head: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
        let codes = self.codes.iter().flat_map(|scheme| [format!("a_{scheme}"), format!("b_{scheme}")]);
        head.splice(BEFORE_CODES..BEFORE_CODES, codes);
        head
    }

    fn code(&self, actor: ActorIndex, scheme: &str) -> &str {
        let mut codes = self.dataset.actors().codes(actor);
        codes.find(|(known, _)| *known == scheme).map_or("", |(_, code)| code)
    }

    /// A count, which is not known where nobody looked.
    fn known<T>(cell: &Cell, value: T) -> Option<T> {
        match cell.observed {
            Observed::Value | Observed::Zero => Some(value),
            Observed::Missing | Observed::NotInSystem => None,
        }
    }

    fn mean(cell: &Cell) -> Option<f64> {
        let (sum, count) = cell.goldstein;
        (count > 0).then(|| settled(sum / f64::from(count)))
    }

    fn references(&self, cell: &Cell) -> Vec<&str> {
        cell.references.iter().map(|reference| self.dataset.reference(*reference).id().as_str()).collect()
    }

    fn level(&self, cell: &Cell) -> Option<&str> {
        cell.level.map(|level| self.panel.levels[level].as_str())
    }

    /// The values of a row, a column each.
    fn values<'r>(&'r self, cell: &'r Cell) -> Vec<Value<'r>> {
        let actors = self.dataset.actors();
        let period = self.terms.periods[cell.period];
        let text = |text: &'r str| match text {
            "" => Value::Nothing,
            text => Value::Text(text.into()),
        };
        let day = |day: Day| if day.is_bounded() { Value::Day(day) } else { Value::Nothing };
        let count =
            |count: u32| Self::known(cell, count).map_or(Value::Nothing, |count| Value::Long(count.into()));
        let mut row = vec![text(&self.labels[cell.period]), day(period.first()), day(period.last())];
        row.extend(
            [actors.id(cell.a), actors.id(cell.b), actors.label(cell.a), actors.label(cell.b)].map(text),
        );
        for scheme in &self.codes {
            row.extend([cell.a, cell.b].map(|actor| text(self.code(actor, scheme))));
        }
        row.extend(
            [cell.certain_count, cell.possible_count, cell.lasting_count, cell.report_count].map(count),
        );
        let sum = Self::known(cell, settled(cell.goldstein.0));
        row.extend([sum, Self::mean(cell)].map(|value| value.map_or(Value::Nothing, Value::Double)));
        row.extend(cell.quads.map(count));
        row.push(text(self.level(cell).unwrap_or_default()));
        row.push(text(cell.observed.as_str()));
        row.push(Value::List(self.references(cell).into_iter().map(Into::into).collect()));
        row
    }

    fn row(&self, cell: &Cell) -> Vec<String> {
        let text = |value: &Value<'_>| match value {
            Value::Nothing => String::new(),
            Value::Text(text) => text.to_string(),
            Value::Long(number) => number.to_string(),
            Value::Double(number) => number.to_string(),
            Value::Boolean(value) => value.to_string(),
            Value::Day(day) => day.to_string(),
            Value::List(texts) => texts.join(" "),
        };
        self.values(cell).iter().map(text).collect()
    }

    /// Writes the whole panel in columns of their types: numbers, days, lists of references.
    ///
    /// # Errors
    /// When the writer fails.
    ///
    /// # Complexity
    /// Time O(R), for R rows.
    pub fn write(&self, form: TableForm, out: &mut impl Write) -> io::Result<()> {
        let kind = |name: &str| match name {
            "first" | "last" => Kind::Day,
            "events_certain"
            | "events_possible"
            | "lasting"
            | "reports"
            | "verbal_cooperation"
            | "material_cooperation"
            | "verbal_conflict"
            | "material_conflict" => Kind::Long,
            "goldstein_sum" | "goldstein_mean" => Kind::Double,
            "references" => Kind::List,
            _ => Kind::Text,
        };
        let heads: Vec<(String, Kind)> =
            self.head().into_iter().map(|name| (name.clone(), kind(&name))).collect();
        let mut file = TableFile::new(form, &heads, out)?;
        self.panel.cells.iter().try_for_each(|cell| file.row(&self.values(cell)))?;
        file.finish()
    }

    fn json_row<'r>(&'r self, cell: &'r Cell) -> Row<'r> {
        let actors = self.dataset.actors();
        let codes = |actor| self.codes.iter().map(|scheme| self.code(actor, scheme)).collect();
        let count = |count: u32| Self::known(cell, count);
        Row {
            period: &self.labels[cell.period],
            a: actors.id(cell.a),
            b: actors.id(cell.b),
            a_name: actors.label(cell.a),
            b_name: actors.label(cell.b),
            a_codes: codes(cell.a),
            b_codes: codes(cell.b),
            events_certain: count(cell.certain_count),
            events_possible: count(cell.possible_count),
            lasting: count(cell.lasting_count),
            reports: count(cell.report_count),
            goldstein_sum: Self::known(cell, settled(cell.goldstein.0)),
            goldstein_mean: Self::mean(cell),
            verbal_cooperation: count(cell.quads[0]),
            material_cooperation: count(cell.quads[1]),
            verbal_conflict: count(cell.quads[2]),
            material_conflict: count(cell.quads[3]),
            mission_level: self.level(cell),
            observed: cell.observed.as_str(),
            references: self.references(cell),
        }
    }
}

/// The rows of a panel, each made when it is written.
struct Rows<'r, 'd>(&'r PanelReport<'d>);

impl Serialize for Rows<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.panel.cells.iter().map(|cell| self.0.json_row(cell)))
    }
}

impl Serialize for PanelReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("PanelReport", 6)?;
        fields.serialize_field("directed", &self.terms.is_directed)?;
        fields.serialize_field("pair_count", &self.panel.pair_count)?;
        fields.serialize_field("actor_count", &self.panel.actor_count)?;
        fields.serialize_field("code_schemes", &self.codes)?;
        let periods: Vec<_> = self
            .terms
            .periods
            .iter()
            .zip(&self.labels)
            .map(|(period, label)| {
                serde_json::json!({"period": label, "first": period.first(), "last": period.last()})
            })
            .collect();
        fields.serialize_field("periods", &periods)?;
        fields.serialize_field("rows", &Rows(self))?;
        fields.end()
    }
}

/// What JSON has of a panel, for the schema of answers.
#[cfg(test)]
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "it is only described")]
struct Form<'r> {
    directed: bool,
    pair_count: usize,
    actor_count: usize,
    code_schemes: Vec<String>,
    periods: Vec<PeriodForm>,
    rows: Vec<Row<'r>>,
}

#[cfg(test)]
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "it is only described")]
struct PeriodForm {
    period: String,
    first: Day,
    last: Day,
}

#[cfg(test)]
impl schemars::JsonSchema for PanelReport<'_> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PanelReport".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Form::json_schema(generator)
    }
}

impl Report for PanelReport<'_> {
    const SCHEMA: &'static str = "chancery/panel/1";

    fn document(&self) -> Document {
        let (rows, pairs, periods) =
            (self.panel.cells.len(), self.panel.pair_count, self.terms.periods.len());
        let mut document = Document::new(format!(
            "A panel of {} in {}: {}",
            counted(pairs, "pair"),
            counted(periods, "period"),
            counted(rows, "row")
        ));
        let counts: Vec<String> = Observed::ALL
            .into_iter()
            .zip(self.counts)
            .map(|(observed, count)| format!("{} {count}", observed.as_str()))
            .collect();
        document.paragraph(format!("Cells: {}.", counts.join(", ")));
        let mut table = Table::new(&["period", "pair", "events>", "Goldstein>", "mission", "observed"]);
        for cell in self.panel.cells.iter().take(SHOWN) {
            let actors = self.dataset.actors();
            let arrow = if self.terms.is_directed { "→" } else { "—" };
            let events = match Self::known(cell, (cell.certain_count, cell.possible_count)) {
                Some((certain, possible)) if certain == possible => certain.to_string(),
                Some((certain, possible)) => format!("{certain} to {possible}"),
                None => String::new(),
            };
            let weight =
                if cell.goldstein.1 > 0 { format!("{:.1}", cell.goldstein.0) } else { String::new() };
            table.push(vec![
                self.labels[cell.period].clone(),
                format!("{} {arrow} {}", actors.label(cell.a), actors.label(cell.b)),
                events,
                weight,
                self.level(cell).unwrap_or_default().to_owned(),
                cell.observed.as_str().to_owned(),
            ]);
        }
        document.table(table);
        if rows > SHOWN {
            document.paragraph(format!(
                "These are the first {SHOWN} rows; `-o panel.csv`, `.parquet`, `.arrow` and `.json` have all, with all \
                 columns."
            ));
        }
        document
    }

    fn chart(&self, languages: Languages) -> Option<Chart> {
        Some(Chart::Heat(self.heat(languages)))
    }

    fn table(&self) -> Table {
        let head = self.head();
        let mut table = Table::new(&head.iter().map(String::as_str).collect::<Vec<_>>());
        self.panel.cells.iter().for_each(|cell| table.push(self.row(cell)));
        table
    }
}
