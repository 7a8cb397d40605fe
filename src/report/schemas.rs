//! The JSON Schema of answers, made from the types that are written: `schema/answers.schema.json`, which a test keeps current.
//!
//! Only tests make it, so the program carries the text and not what makes it.

use std::{fs, path::Path};

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value, json};

use super::{
    AlikeReport, BalanceReport, BlocBrokersReport, BriefReport, BrokersReport, ChangesReport, CheckReport,
    CiteReport, ConnectReport, CopyReport, DiffReport, DyadRankReport, EditReport, EgoReport, ExportReport,
    FindReport, FirstContactReport, GroupsReport, Header, InfoReport, LoadReport, LogReport, OfficesReport,
    PanelReport, PathsReport, RankRangeReport, RankReport, RankSeriesReport, ReachReport, Refusal, Report,
    ResolveReport, SeveralReport, SharedReport, ShowReport, StructureReport, TiesReport, TimedPathsReport,
    TimelineReport, VerifyReport, WhyReport,
};
use crate::{
    analysis::{Measure, paths::Count},
    lens, model,
};

impl JsonSchema for Count {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An exact number; a string of digits above 2^53 - 1, where readers would round.",
            "type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$"
        })
    }
}

macro_rules! text_schema {
    ($($kind:ty => $name:literal, $text:literal;)*) => {$(
        impl JsonSchema for $kind {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"description": $text, "type": "string"})
            }
        }
    )*};
}

text_schema! {
    lens::KindSelector => "KindSelector", "A kind of actors, or `official`.";
    Measure => "Measure", "A measure, by the name that `rank --by` takes.";
    lens::Omitted => "Omitted", "What a default leaves out: `possible, not certain`, `channel …`, `status …`.";
}

/// Records stand in answers as they stand in a graph's file.
macro_rules! record_schema {
    ($($kind:ty => $name:literal;)*) => {$(
        impl JsonSchema for $kind {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"description": "The record, as in a graph's file (graph.schema.json).", "type": "object"})
            }
        }
    )*};
}

record_schema! {
    model::Actor => "ActorRecord";
    model::Tie => "TieRecord";
    model::Reference => "ReferenceRecord";
    model::Relation => "RelationRecord";
}

/// The envelope of an answer: the name of its form, the header, what was found.
fn envelope(generator: &mut SchemaGenerator, name: &str, answer: &Schema) -> Value {
    let header = generator.subschema_for::<Header>();
    json!({
        "type": "object",
        "properties": {"schema": {"const": name}, "header": header, "answer": answer},
        "required": ["schema", "header", "answer"],
    })
}

fn of<T: Report + JsonSchema>(generator: &mut SchemaGenerator) -> (&'static str, Schema) {
    (T::SCHEMA, generator.subschema_for::<T>())
}

fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut generator = settings.into_generator();
    let refusal = of::<Refusal>(&mut generator).1;
    let mut forms = Map::new();
    let reports = [
        of::<ConnectReport>,
        of::<SeveralReport>,
        of::<PathsReport>,
        of::<TimedPathsReport>,
        of::<ReachReport>,
        of::<FirstContactReport>,
        of::<TimelineReport>,
        of::<TiesReport>,
        of::<EgoReport>,
        of::<ShowReport>,
        of::<FindReport>,
        of::<OfficesReport>,
        of::<RankReport>,
        of::<DyadRankReport>,
        of::<BrokersReport>,
        of::<BlocBrokersReport>,
        of::<GroupsReport>,
        of::<ChangesReport>,
        of::<RankSeriesReport>,
        of::<RankRangeReport>,
        of::<WhyReport>,
        of::<PanelReport<'static>>,
        of::<SharedReport>,
        of::<StructureReport>,
        of::<BalanceReport>,
        of::<AlikeReport>,
        of::<BriefReport>,
        of::<ExportReport>,
        of::<EditReport>,
        of::<InfoReport>,
        of::<CheckReport>,
        of::<ResolveReport>,
        of::<DiffReport>,
        of::<CiteReport>,
        of::<LoadReport>,
        of::<LogReport>,
        of::<VerifyReport>,
        of::<CopyReport>,
    ];
    for report in reports {
        let (name, answer) = report(&mut generator);
        let answer =
            if name == Refusal::SCHEMA { json_schema!({"anyOf": [answer, refusal]}) } else { answer };
        let key = name.trim_start_matches("chancery/").replace('/', "-");
        let envelope = envelope(&mut generator, name, &answer);
        let before = forms.insert(key, envelope);
        assert!(before.is_none(), "two answers are called {name}");
    }
    let one_of: Vec<Value> = forms.keys().map(|key| json!({"$ref": format!("#/$defs/{key}")})).collect();
    let mut definitions = forms;
    definitions.extend(generator.take_definitions(true));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers of Chancery",
        "description": "What `--format json` writes: which form an answer has stands in its `schema`.",
        "oneOf": one_of,
        "$defs": definitions,
    })
}

#[test]
fn the_schema_of_answers_is_current() {
    let made = serde_json::to_string_pretty(&schema()).expect("a schema has string keys") + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/answers.schema.json");
    if option_env!("CHANCERY_UPDATE").is_some() {
        fs::write(&path, &made).expect("the project's folder can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == made, "the schema is not current: CHANCERY_UPDATE=1 cargo test --lib schemas");
}
