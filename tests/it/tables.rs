//! Tables that researchers have, each trap once: small files of our own, and the real ones with counts
//! that other programs took (`tests/oracle/tables.py`).
//!
//! ICEWS: `NA` is nothing in its own files; `040` keeps its zero; `Korea, North` is an id as it stands;
//! `Foreign Affairs (Mongolia)` is an organ, `Citizen (Mongolia)` a group of citizens; `Unspecified Actor`
//! is an actor; ties of an actor with itself and events given twice stay; a visit mirrored by its hosting.
//! GDELT: either actor empty, or both; a date ten years before the report; country codes (`NAM`) are
//! values; zip.
//! Correlates of War: `-9` and empty cells; ends of a list and 9999-12-31 are open; lines that end in carriage
//! returns; COW's `KOR`, `MON` and `MNG` are not ISO's; one number for several states; Cuba's life with a
//! gap; an alliance of 1386, and one joined seven years after it began; the mission status `None`.

use std::path::{Path, PathBuf};

use chancery::{
    analysis::connect::{Options as ConnectOptions, Serves, connect},
    dataset::{Builder, Dataset, Lookup, Problem},
    format::{Options, read_path},
    lens::{Fold, Lens, Standing},
    model::{ActorKind, Channel, Severity, Tie},
};
use serde_json::json;

use crate::{
    formats::whole,
    support::{actor, root, test_data},
};

fn table(name: &str) -> PathBuf {
    root().join("tests/fixtures/tables").join(name)
}

fn builder(paths: &[&Path]) -> (Builder, Vec<String>) {
    let mut builder = Builder::default();
    let mut notes = Vec::new();
    for path in paths {
        notes.extend(read_path(path, &Options::default(), &mut builder).expect("the file can be read").notes);
    }
    (builder, notes)
}

fn load(path: &Path) -> (Dataset, Vec<Problem>, Vec<String>) {
    let (builder, notes) = builder(&[path]);
    let (dataset, problems) = builder.finish();
    (dataset, problems, notes)
}

fn good(path: &Path) -> (Dataset, Vec<String>) {
    let (dataset, problems, notes) = load(path);
    assert_eq!(problems, [], "{}", path.display());
    whole(&dataset);
    (dataset, notes)
}

fn tie(dataset: &Dataset, id: &str) -> Tie {
    dataset.tie(dataset.ties().find(id).unwrap_or_else(|| panic!("no tie `{id}`")))
}

fn counts(dataset: &Dataset) -> (usize, usize) {
    (dataset.actors().count(), dataset.ties().count())
}

#[test]
fn raw_icews_is_read_whole() {
    let (dataset, notes) = good(&table("icews.tab"));
    assert_eq!(counts(&dataset), (6, 8));
    assert!(notes[0].contains("raw ICEWS"), "{notes:?}");
    let consult = tie(&dataset, "1");
    assert_eq!(consult.relation.as_str(), "cameo:040");
    assert_eq!(consult.target.as_str(), "Korea, North");
    assert_eq!(consult.attributes["Source Sectors"], "Executive,Foreign Ministry,Government");
    assert_eq!(
        (&consult.attributes["Intensity"], &consult.attributes["Longitude"]),
        (&json!(1), &json!(106.917))
    );
    assert_eq!(consult.attributes["City"], "Ulaanbaatar");
    assert!(!consult.attributes.contains_key("District"), "`NA` is nothing: {:?}", consult.attributes);
    let actors = dataset.actors();
    let of = |id: &str| actor(&dataset, id);
    let (affairs, citizens, state) =
        (of("Foreign Affairs (Mongolia)"), of("Citizen (Mongolia)"), of("Mongolia"));
    assert_eq!((actors.kind(affairs), actors.organ_of(affairs)), (Some(ActorKind::Institution), Some(state)));
    assert_eq!((actors.kind(citizens), actors.citizen_of(citizens)), (Some(ActorKind::Group), Some(state)));
    assert_eq!((actors.kind(state), actors.kind(of("Unspecified Actor"))), (Some(ActorKind::Country), None));
    assert_eq!(dataset.actor(of("Kim Yong-nam")).attributes["country"], "North Korea");
}

#[test]
fn bad_rows_of_icews_are_named_by_line_and_column() {
    let (_, problems, _) = load(&table("bad-icews.tab"));
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 3, "{said:#?}");
    assert!(
        said[0].contains("bad-icews.tab:3:1: ") && said[0].contains("12 columns, a row has 20"),
        "{said:#?}"
    );
    assert!(said[1].contains("bad-icews.tab:4:") && said[1].contains("no CAMEO code `999`"), "{said:#?}");
    assert!(said[2].contains("bad-icews.tab:5:3: ") && said[2].contains("June"), "{said:#?}");
}

#[test]
fn whoever_a_name_makes_an_organ_acts_for_its_state() {
    let (dataset, _) = good(&table("icews.tab"));
    let stood =
        |fold| Standing { fold: Some(fold), ..Standing::default() }.stand(&dataset, &[]).unwrap().dataset;
    let ends = |dataset: &Dataset, id: &str| {
        let tie = dataset.ties().find(id).unwrap();
        [dataset.ties().source(tie), dataset.ties().target(tie)]
            .map(|end| dataset.actors().id(end).to_owned())
    };
    assert_eq!(ends(&stood(Fold::Countries), "1"), ["Mongolia", "Korea, North"]);
    assert_eq!(ends(&stood(Fold::Countries), "3"), ["Citizen (Mongolia)", "Mongolia"]);
    assert_eq!(ends(&stood(Fold::Nationals), "3"), ["Mongolia", "Mongolia"]);
}

#[test]
fn mirrored_events_can_count_once() {
    let path = table("icews.tab");
    let (mut rows, _) = builder(&[&path]);
    let merged = rows.merge_mirrors();
    assert_eq!((merged.visit_count, merged.mutual_count), (1, 1));
    let (dataset, problems) = rows.finish();
    assert_eq!((problems.len(), counts(&dataset)), (0, (6, 6)));
    assert!(dataset.ties().find("4").is_some() && dataset.ties().find("5").is_none());
    assert!(dataset.notes()[0].contains("1 visits"), "{:?}", dataset.notes());
    whole(&dataset);
}

#[test]
fn gdelt_is_read_whole_in_both_versions_and_zipped() {
    let names = ["20170312.export.CSV", "20170312234500.export.CSV", "20170312234500.export.CSV.zip"];
    for name in names {
        let (dataset, problems, notes) = load(&table(name));
        // CAN, MNGGOV, NAM, COP, PRKCVL, and an event for each of two sides that are not named.
        assert_eq!(counts(&dataset), (7, 4), "{name}");
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 1, "{said:#?}");
        assert!(said[0].contains(":2:5: warning[late-report]") && said[0].contains("3653 days"), "{said:#?}");
        assert!(notes.iter().any(|note| note.starts_with("2 of 4 events name one side only")), "{notes:?}");
        assert!(notes.iter().any(|note| note.starts_with("1 events name neither side")), "{notes:?}");
        whole(&dataset);
        let accuse = tie(&dataset, "901");
        assert_eq!((accuse.relation.as_str(), accuse.count), ("cameo:112", Some(6)));
        assert_eq!(accuse.claims()[0].dating.when().unwrap().as_str(), "2017-03-11");
        assert_eq!(accuse.claims()[0].cites[0].locator.as_deref(), Some("http://example.org/a"));
        assert_eq!(accuse.attributes["Actor1Name"], "ONTARIO");
        assert_eq!(accuse.attributes["GoldsteinScale"], json!(-2.0));
        assert_eq!(accuse.attributes["ActionGeo_FullName"], "Toronto, Ontario, Canada");
        assert_eq!(accuse.attributes.contains_key("ActionGeo_ADM2Code"), name.len() > 20);
        let actors = dataset.actors();
        assert_eq!(actors.label(actor(&dataset, "CAN")), "Canada");
        assert_eq!(
            dataset.lookup("Namibia"),
            Lookup::One(actor(&dataset, "NAM"), chancery::dataset::Found::Name)
        );
        let government = actor(&dataset, "MNGGOV");
        assert_eq!(actors.label(government), "Government (Mongolia)");
        assert_eq!(actors.kind(government), Some(ActorKind::Institution));
        let event = actor(&dataset, tie(&dataset, "903").target.as_str());
        assert_eq!(actors.kind(event), Some(ActorKind::Event));
        assert_eq!(
            actors.label(event),
            "Arrest, detain, or charge with legal action (Toronto, Ontario, Canada)"
        );
        assert_eq!(tie(&dataset, "904").source.as_str(), "event 904");
    }
}

#[test]
fn files_that_name_the_same_actors_are_one_dataset() {
    let (first, second) = (table("icews.tab"), root().join("tests/fixtures/formats/events.tsv"));
    let (rows, _) = builder(&[&first, &second]);
    let (dataset, problems) = rows.finish();
    assert_eq!(problems, []);
    assert_eq!(counts(&dataset), (10, 12));
    // A definition takes the place of a mention, whichever is read first.
    let native = r#"{"nodes": [{"id": "Mongolia", "kind": "country", "note": "defined"}], "edges": []}"#;
    let (mut rows, _) = builder(&[&first]);
    chancery::format::native::read_text("own.json", native.to_owned().into(), &mut rows);
    let (dataset, problems) = rows.finish();
    assert_eq!(problems, []);
    assert_eq!(counts(&dataset), (6, 8));
    assert_eq!(dataset.actor(actor(&dataset, "Mongolia")).note.as_deref(), Some("defined"));
    whole(&dataset);
}

#[test]
fn real_event_files_have_the_counts_that_other_programs_take() {
    // Rows; distinct names or codes, and one actor for each row of one side: `tests/oracle/tables.py`.
    for (file, actors, ties) in [
        ("icews/events.2018.sample.tab", 1397, 3705),
        ("gdelt/native_like_v1.export.CSV", 36, 50),
        ("gdelt/native_like_v2.export.CSV", 38, 50),
    ] {
        let Some(path) = test_data(file) else { return };
        let (dataset, problems, _) = load(&path);
        assert!(problems.iter().all(|problem| problem.severity == Severity::Warning), "{problems:#?}");
        assert_eq!(counts(&dataset), (actors, ties), "{file}");
        whole(&dataset);
    }
}

#[test]
fn icews18_merges_its_mirrors_and_knows_its_organs() {
    let Some(path) = test_data("icews/icews18.tsv.gz") else { return };
    let (mut rows, _) = builder(&[&path]);
    // `tests/oracle/tables.py`; the data's own description has the same 19,883.
    let merged = rows.merge_mirrors();
    assert_eq!((merged.visit_count, merged.mutual_count), (19_883, 36_072));
    let (dataset, problems) = rows.finish();
    assert_eq!(problems, []);
    assert_eq!(counts(&dataset), (23_033, 468_558 - 19_883 - 36_072));
    let lens = Lens { channels: Channel::ALL.into_iter().collect(), ..Lens::default() };
    let (a, b) = (actor(&dataset, "Mongolia"), actor(&dataset, "South Korea"));
    let found = connect(&dataset, &lens, a, b, &ConnectOptions::default()).unwrap().connectors;
    assert_eq!(found.len(), 44);
    let mut own: Vec<&str> = found
        .iter()
        .filter(|one| one.serves != Serves::Third)
        .map(|one| dataset.actors().id(one.actor))
        .collect();
    own.sort_unstable();
    // Those of the 44 whose names say so; the rest are states, organs of others, and persons.
    let said = [
        "Government (South Korea)",
        "Head of Government (Mongolia)",
        "Head of Government (South Korea)",
        "Military (Mongolia)",
    ];
    assert_eq!(own, said);
}

fn relation_ends(tie: &Tie) -> (&str, &str, &str) {
    (tie.source.as_str(), tie.relation.as_str(), tie.target.as_str())
}

fn dates(tie: &Tie) -> String {
    let dating = &tie.claims()[0].dating;
    let text = |date: Option<&chancery::date::Date>| date.map_or("", |date| date.as_str()).to_owned();
    let when = text(dating.when());
    if when.is_empty() { format!("{}/{}", text(dating.start()), text(dating.end())) } else { when }
}

fn sentences(dataset: &Dataset) -> Vec<String> {
    let mut all: Vec<String> = dataset
        .ties()
        .all()
        .map(|tie| {
            let tie = dataset.tie(tie);
            let (source, relation, target) = relation_ends(&tie);
            format!("{source} {relation} {target} {}", dates(&tie))
        })
        .collect();
    all.sort();
    all
}

#[test]
fn alliances_by_pair_are_ties_once_for_each_stretch() {
    let (dataset, notes) = good(&table("alliance_pairs.csv"));
    assert!(
        notes.iter().any(|note| note.contains("2 rows are of an alliance that another row tells")),
        "{notes:?}"
    );
    assert_eq!(
        sentences(&dataset),
        [
            "prussia alliance austria-hungary [..1815-06-08]/1866-06-15",
            "prussia alliance cow:999 1815-06-08/1866-06-15",
            "south-korea alliance united-states 1954-11-17/..",
            "united-kingdom alliance portugal [..1816-01-01]/..",
        ]
    );
    assert_eq!(dataset.actor(actor(&dataset, "cow:999")).names[0].text, "Ruritania");
    let mut ties = dataset.ties().all().map(|tie| dataset.tie(tie));
    let tie = ties.find(|tie| tie.source.as_str() == "south-korea").unwrap();
    assert_eq!((&tie.attributes["defense"], &tie.attributes["asymmetric"]), (&json!(1), &json!(0)));
    assert!(!tie.attributes.contains_key("year"), "{:?}", tie.attributes);
}

#[test]
fn alliances_of_two_are_ties_and_of_more_have_members() {
    let (dataset, _) = good(&table("alliances.csv"));
    assert_eq!(
        sentences(&dataset),
        [
            "canada member-of alliance:2 1949-04-04/..",
            "germany member-of alliance:2 1956-05-09/..",
            "united-kingdom alliance portugal [1386-05-09..1816-01-01]/..",
            "united-states member-of alliance:2 1949-04-04/..",
        ]
    );
    let pact = actor(&dataset, "alliance:2");
    assert_eq!(dataset.actors().kind(pact), Some(ActorKind::Treaty));
    // It was joined seven years after it began.
    assert_eq!(dataset.actor(pact).existence[0].as_str(), "1949-04-04/..");
    let tie = dataset.tie(dataset.ties().all().next().unwrap());
    assert_eq!(tie.attributes["ss_type"], "Type I: Defense Pact");
    assert_eq!(tie.attributes["defense"], 1);
}

#[test]
fn disputes_and_wars_are_events_between_their_sides() {
    let (rows, notes) = builder(&[&table("participants.csv"), &table("disputes.csv")]);
    let (dataset, problems) = rows.finish();
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].contains("participants.csv:5:") && said[0].contains("side `2`"), "{said:#?}");
    assert!(notes.iter().any(|note| note.starts_with("1 participants were there on no day")), "{notes:?}");
    assert_eq!(sentences(&dataset), ["united-states militarized-dispute united-kingdom 1902-07/1903-01-24"]);
    let first = dataset.ties().all().next().unwrap();
    let tie = dataset.tie(first);
    assert_eq!(
        (tie.event.as_deref(), dataset.ties().event(first)),
        (Some("mid:2"), Some(actor(&dataset, "mid:2")))
    );
    assert_eq!(
        (&tie.attributes["source_hostlev"], &tie.attributes["target_hostlev"]),
        (&json!(3), &json!(1))
    );
    assert!(!tie.attributes.contains_key("source_revtype2"), "-9 is nothing");
    let dispute = dataset.actor(actor(&dataset, "mid:2"));
    assert_eq!((dispute.kind, &dispute.attributes["outcome"]), (Some(ActorKind::Event), &json!(6)));
    whole(&dataset);

    // Carriage returns alone end its lines, and a war was fought in two stretches.
    let (war, _) = good(&table("wars.csv"));
    let fought = ["spain war france 1823-04-07/1823-11-13", "spain war france 1825-02-05/1825-03-01"];
    assert_eq!(sentences(&war), fought);
    assert_eq!(war.actors().label(actor(&war, "war:7")), "War of two stretches");
}

#[test]
fn lists_of_states_mean_the_states_of_the_gazetteer() {
    let (dataset, notes) = good(&table("states.csv"));
    assert!(notes.iter().any(|note| note.contains("2016-12-31") && note.contains("open")), "{notes:?}");
    // Cuba's life has a gap; COW's KOR, MON and MNG are not ISO's; 255 was Germany for longer than Prussia.
    assert_eq!(
        sentences(&dataset),
        [
            "cuba member-of cow-state-system 1902-05-20/1906-09-25",
            "cuba member-of cow-state-system 1909-01-23/..",
            "germany member-of cow-state-system 1816-01-01/1945-05-08",
            "korea member-of cow-state-system 1887-08-25/1905-11-17",
            "mongolia member-of cow-state-system 1921-03-13/..",
            "montenegro member-of cow-state-system 2006-06-03/..",
        ]
    );
    let (gw, _) = good(&table("gw.csv"));
    assert_eq!(sentences(&gw)[1], "south-korea member-of gw-independent-states 1948-08-15/..");
}

#[test]
fn organisations_and_missions_are_read_by_period() {
    let (rows, _) = builder(&[&table("members.csv"), &table("organisations.csv")]);
    let (dataset, problems) = rows.finish();
    assert_eq!(problems, []);
    assert_eq!(
        sentences(&dataset),
        [
            "cuba member-of igo:370 1990/1994",
            "mongolia member-of igo:370 1985/..",
            "united-states member-of igo:370 2005/.."
        ]
    );
    assert_eq!(dataset.actors().label(actor(&dataset, "igo:370")), "Arland Organisation");
    whole(&dataset);

    let (missions, _) = good(&table("missions.csv"));
    let all: Vec<Tie> = missions.ties().all().map(|tie| missions.tie(tie)).collect();
    let none = all.iter().find(|tie| dates(tie) == "1961-10-27/1987-01-26").unwrap();
    assert_eq!(
        (none.relation.as_str(), none.claims()[0].status),
        ("mission", chancery::date::Status::Absent)
    );
    let open = all.iter().find(|tie| dates(tie) == "1987-01-27/..").unwrap();
    assert_eq!((open.level.as_deref(), open.target.as_str()), (Some("embassy"), "mongolia"));
    let envoy = all.iter().find(|tie| tie.relation.as_str() == "nonresident-envoy").unwrap();
    assert_eq!(envoy.attributes["country_name_usdos"], "Gambia, The");
}

#[test]
fn members_of_organisations_are_read_from_tables_of_years() {
    let told = |dataset: &Dataset| -> Vec<String> {
        let mut told: Vec<String> = dataset
            .ties()
            .all()
            .map(|tie| {
                let tie = serde_json::to_value(dataset.tie(tie)).unwrap();
                let text = |key: &str| tie[key].as_str().unwrap_or("?").to_owned();
                let role = tie["role"]["label"].as_str().map_or(String::new(), |role| format!(", {role}"));
                let (source, target, relation) = (text("source"), text("target"), text("relation"));
                format!("{source} {relation} {target} {} {}{role}", text("start"), text("end"))
            })
            .collect();
        told.sort();
        told
    };
    let (states, notes) = good(&table("igo_state_years.csv"));
    assert_eq!(
        told(&states),
        [
            // A state of which the list knows no more ended then; between years that lie five apart, it began in one of them.
            "east-germany member-of igo:COMECON 1966 1966",
            "east-germany member-of igo:COMECON [..1965] 1965, associate member",
            "mongolia member-of igo:COMECON [1961..1965] ..",
            "mongolia member-of igo:UN [1961..1965] ..",
            "mongolia observer-at igo:NAM 1967 ..",
            "north-korea observer-at igo:COMECON [..1960] ..",
        ]
    );
    assert!(notes.contains(&"2 periods of an observer: `observer-at`".to_owned()), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("1967")), "{notes:?}");

    let (organisations, notes) = good(&table("igo_years.tsv"));
    assert_eq!(
        told(&organisations),
        [
            "germany member-of igo:4600 [..1960] ..",
            "mongolia member-of igo:4600 [1961..1965] ..",
            "mongolia member-of igo:9001 [1961..1965] ..",
            "north-korea observer-at igo:9001 [..1960] ..",
            "south-korea member-of igo:4600 [..1960] ..",
        ]
    );
    assert!(notes.contains(&"no states, so attributes of organisations: political".to_owned()), "{notes:?}");
    let cmea = organisations.actors().find("igo:9001").unwrap();
    assert_eq!(organisations.actors().label(cmea), "Council for Mutual Economic Aid");
    assert_eq!(organisations.actor(cmea).existence[0].as_str(), "1949/1991");
}

#[test]
fn a_status_that_is_none_is_a_fault_at_its_cell() {
    let desk = crate::support::Desk::new();
    let path = desk.0.join("igo.csv");
    std::fs::write(
        &path,
        "ccode,year,state,UN,NAM\n712,1961,mongolia,1,0\n712,1962,mongolia,1,7\n712,1962,mongolia,1,0\n",
    )
    .unwrap();
    let (dataset, problems, _) = load(&path);
    let told: Vec<(usize, usize, &str)> =
        problems.iter().map(|one| (one.line, one.column, one.message.as_str())).collect();
    assert_eq!(
        told,
        [(3, 21, "`7` in `NAM` is no status of a member"), (4, 5, "the year 1962 of `712` comes twice"),]
    );
    assert_eq!(dataset.ties().count(), 1);

    std::fs::write(&path, "ccode,year,state,UN\n712,19x1,mongolia,1\n").unwrap();
    let (_, problems, notes) = load(&path);
    assert_eq!((problems.len(), problems[0].code), (1, "bad-date"));
    assert!(!notes.iter().any(|note| note.contains("closed")), "{notes:?}");
}

#[test]
fn real_lists_of_the_correlates_of_war_have_the_counts_that_other_programs_take() {
    for (file, ties) in [
        ("cow/Inter-StateWarData_v4.0.csv", 390),
        ("cow/MIDA_4.2.csv", 0),
        ("cow/MIDB_4.2.csv", 3512),
        ("cow/alliance_v4.1_by_member.csv", 897),
        ("cow/igo.csv", 0),
        ("cow/igo_membership.csv", 33_432),
        ("cow/majors2016.csv", 14),
        ("cow/states2016.csv", 243),
        ("states/cowstates.csv", 243),
        ("states/gwstates.csv", 239),
        ("missions/mission_status_range_cow_v0.1.csv", 656),
    ] {
        let Some(path) = test_data(file) else { return };
        let (dataset, problems, _) = load(&path);
        assert!(problems.iter().all(|problem| problem.severity == Severity::Warning), "{problems:#?}");
        assert_eq!(dataset.ties().count(), ties, "{file}");
    }
}
