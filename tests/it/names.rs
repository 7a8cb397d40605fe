//! Names in all their forms, states that a file does not define, lineages, folding and offices.

use chancery::{
    dataset::{Builder, Found, Lineage, Lookup},
    date::Certainty,
    format::native,
    lens::{Fold, Lens, Predicate, Standing, ended},
    report::{OfficesReport, Resolution, ResolveReport},
};

use crate::support::{actor, dataset, shipped};

#[test]
fn a_tie_may_name_a_state_by_a_code_that_no_file_defines() {
    let data = dataset(
        r#"{"nodes": [{"id": "ours", "codes": {"iso3": "CUB"}}],
            "edges": [{"id": "t1", "source": "KOR", "target": "cow:710", "relation": "visit", "when": "1992"},
                      {"id": "t2", "source": "cow:KOR", "target": "CUB", "relation": "visit", "when": "1890"}]}"#,
    );
    let ids: Vec<&str> = data.actors().all().map(|actor| data.actors().id(actor)).collect();
    assert_eq!(ids, ["china", "korea", "ours", "south-korea"]);
    let tie = data.tie(data.ties().find("t1").unwrap());
    assert_eq!((tie.source.as_str(), tie.target.as_str()), ("south-korea", "china"));
    // A code that an actor of the dataset has is that actor's, and its name the gazetteer's.
    assert_eq!(data.tie(data.ties().find("t2").unwrap()).target.as_str(), "ours");
    assert_eq!(data.actors().label(actor(&data, "ours")), "Cuba");
    assert_eq!(data.actors().label(actor(&data, "south-korea")), "South Korea");
    for id in data.actor(actor(&data, "south-korea")).cites.iter().map(|cite| cite.reference.as_str()) {
        assert!(data.find_reference(id).is_some(), "{id}");
    }
}

#[test]
fn an_id_that_is_no_state_still_dangles() {
    let mut builder = Builder::default();
    let text = r#"{"nodes": [{"id": "a"}], "edges": [{"source": "a", "target": "XQZ"}]}"#;
    native::read_text("t.json", text.to_owned().into(), &mut builder);
    let messages: Vec<String> = builder.finish().1.into_iter().map(|problem| problem.message).collect();
    assert!(messages.iter().any(|message| message.contains("no actor `XQZ`")), "{messages:?}");
}

#[test]
fn names_that_the_dataset_lacks_are_the_gazetteers() {
    let data = shipped();
    let korea = actor(&data, "south-korea");
    for name in ["ROK", "大韓民國", "Южная Корея", "韓国", "Korea, Republic of", "iso2:KR"] {
        assert!(matches!(data.lookup(name), Lookup::One(found, _) if found == korea), "{name}");
    }
    assert_eq!(data.lookup("Uruguay"), Lookup::State("Uruguay".to_owned()));
    assert_eq!(data.lookup("烏拉圭"), Lookup::State("Uruguay".to_owned()));
    assert!(matches!(
        data.lookup("Южная Корея"),
        Lookup::One(_, Found::Gazetteer | Found::Name | Found::Folded)
    ));
    let near = |name| match data.lookup(name) {
        Lookup::None(near) => near.first().map(|(actor, _)| data.actors().id(*actor).to_owned()),
        other => panic!("{other:?}"),
    };
    assert_eq!(near("Mongolai").as_deref(), Some("mongolia"));
    assert_eq!(near("蒙占").as_deref(), Some("mongolia"));
}

#[test]
fn how_a_han_name_is_read_finds_it_when_nothing_else_does() {
    let data = shipped();
    for (text, id) in [
        ("menggu", "mongolia"),
        ("Ménggǔ", "mongolia"),
        ("bei chaoxian", "north-korea"),
        ("Qiegewala", "che-guevara"),
    ] {
        assert_eq!(data.lookup(text), Lookup::One(actor(&data, id), Found::Reading), "{text}");
    }
    // A state that the dataset does not have is still a state, and a name as written comes first.
    assert_eq!(data.lookup("wulagui"), Lookup::State("Uruguay".to_owned()));
    let data = dataset(
        r#"{"nodes": [{"id": "x", "names": [{"text": "Menggu"}]}, {"id": "y", "names": [{"text": "蒙古"}]}], "edges": []}"#,
    );
    assert_eq!(data.lookup("menggu"), Lookup::One(actor(&data, "x"), Found::Folded));
    let found: Vec<Found> = data.search("menggu").into_iter().map(|(_, found)| found).collect();
    assert_eq!(found, [Found::Folded, Found::Reading]);
}

#[test]
fn search_finds_what_holds_a_text_as_looking_at_every_name_does() {
    let data = shipped();
    for text in ["kor", "a", "朝", "韓國", "foreign min", "Mongolia", "xq", "712", "cow:712", "-"] {
        let key = chancery::dataset::fold(text);
        let holds = |actor: &_| {
            let names =
                data.actors().names(*actor).map(|(name, _, _)| name).chain([data.actors().id(*actor)]);
            let codes: Vec<String> =
                data.actors().codes(*actor).map(|(scheme, code)| format!("{scheme}:{code}")).collect();
            names.map(chancery::dataset::fold).any(|name| name.contains(&key))
                || codes.iter().any(|code| code == text || code.ends_with(&format!(":{text}")))
        };
        let expected: Vec<_> = data.actors().all().filter(holds).collect();
        let mut found: Vec<_> = data
            .search(text)
            .into_iter()
            .filter(|(_, found)| *found != Found::Reading)
            .map(|(actor, _)| actor)
            .collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn codes_that_collide_mean_what_their_scheme_says() {
    let data = shipped();
    let id = |text: &str| match data.lookup(text) {
        Lookup::One(actor, _) => data.actors().id(actor).to_owned(),
        Lookup::State(name) => name,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(id("KOR"), "south-korea");
    assert_eq!(id("cow:KOR"), "Korea");
    assert_eq!(id("MNG"), "mongolia");
    assert_eq!(id("cow:MNG"), "Montenegro");
    assert_eq!(id("cow:MON"), "mongolia");
    assert_eq!(id("NA"), "Namibia");
}

#[test]
fn a_list_of_names_is_resolved() {
    let list = ["ROK", "Mongolia", "ROK", "Uruguay", "Nobodia"].map(str::to_owned);
    let report = ResolveReport::new(&shipped(), &list);
    let rows: Vec<(&str, usize, Resolution, Option<&str>)> = report
        .names
        .iter()
        .map(|name| (name.name.as_str(), name.count, name.resolution, name.actor.as_deref()))
        .collect();
    assert_eq!(
        rows,
        [
            ("ROK", 2, Resolution::Known, Some("south-korea")),
            ("Mongolia", 1, Resolution::Known, Some("mongolia")),
            ("Uruguay", 1, Resolution::State, Some("uruguay")),
            ("Nobodia", 1, Resolution::Unknown, None),
        ]
    );
}

/// A new state that continues an old one, and shares a name with it; a third seceded.
const HEIRS: &str = r#"{
  "nodes": [
    {"id": "new", "kind": "country", "names": [{"text": "Arland"}]},
    {"id": "old", "kind": "country", "names": [{"text": "Arland"}], "existence": "1920/1990-12-31"},
    {"id": "part", "kind": "country"}, {"id": "bem", "kind": "country"}],
  "edges": [
    {"id": "s1", "source": "new", "target": "old", "relation": "succeeds", "when": "1991", "mode": "continuation"},
    {"id": "s2", "source": "part", "target": "old", "relation": "succeeds", "when": "1991", "mode": "secession"},
    {"id": "t1", "source": "old", "target": "bem", "relation": "visit", "when": "1985"},
    {"id": "t2", "source": "new", "target": "bem", "relation": "visit", "when": "1995"}]
}"#;

#[test]
fn a_name_shared_within_a_lineage_means_its_last_and_continuation_is_followed() {
    let data = dataset(HEIRS);
    let [new, old, part, bem] = ["new", "old", "part", "bem"].map(|id| actor(&data, id));
    assert_eq!(data.lookup("Arland"), Lookup::Lineage(new, vec![new, old]));
    let tie_count = |standing: Standing, asked: &[_], who| {
        let stood = standing.stand(&data, asked);
        let data = stood.as_ref().map_or(&data, |stood| &stood.dataset);
        data.dyads().between(who, bem).map_or(0, |dyad| data.dyads().ties(dyad).len())
    };
    let continuation = Standing::default();
    let all = Standing { lineage: Lineage::All, ..Standing::default() };
    assert_eq!(tie_count(continuation, &[new], new), 2);
    assert_eq!(tie_count(continuation, &[old], old), 1);
    assert_eq!(tie_count(continuation, &[part], part), 0);
    assert_eq!(tie_count(all, &[part], part), 1);
    // Named in one question, each stands for itself.
    assert_eq!(tie_count(continuation, &[new, old], new), 1);
    let notes = continuation.stand(&data, &[new]).unwrap().notes;
    assert!(notes[0].contains("which it continues"), "{notes:?}");
}

#[test]
fn an_actor_that_has_ended_offers_those_who_took_its_place() {
    let data = dataset(HEIRS);
    let old = actor(&data, "old");
    assert_eq!(ended(&data, &[old], "1980/1985".parse().unwrap()), Vec::<String>::new());
    let notes = ended(&data, &[old], "1995".parse().unwrap());
    assert!(notes[0].contains("Arland (new), part (part)"), "{notes:?}");
}

/// A minister of one state who may later have served another, and a citizen without an office.
const AGENTS: &str = r#"{
  "nodes": [
    {"id": "arl", "kind": "country"}, {"id": "bem", "kind": "country"}, {"id": "cor", "kind": "country"},
    {"id": "office", "kind": "institution"}, {"id": "envoy", "kind": "person"}, {"id": "poet", "kind": "person"}],
  "edges": [
    {"id": "o1", "source": "envoy", "target": "office", "relation": "office", "when": "1990-01-01/1995-12-31"},
    {"id": "o2", "source": "office", "target": "arl", "relation": "organ-of", "when": "1980-01-01/1999-12-31"},
    {"id": "o3", "source": "envoy", "target": "cor", "relation": "represents", "when": "1995-01-01/1998-12-31"},
    {"id": "c1", "source": "poet", "target": "cor", "relation": "citizen-of", "when": "1950-01-01/2000-01-01"},
    {"id": "t1", "source": "envoy", "target": "bem", "relation": "visit", "when": "1991-05-01"},
    {"id": "t2", "source": "envoy", "target": "bem", "relation": "visit", "when": "1995-05-01"},
    {"id": "t3", "source": "envoy", "target": "bem", "relation": "visit", "when": "2005-05-01"},
    {"id": "t4", "source": "poet", "target": "bem", "relation": "visit", "when": "1970-05-01"}]
}"#;

#[test]
fn under_a_fold_whoever_acts_counts_as_the_country_with_the_doubt_that_is_left() {
    let data = dataset(AGENTS);
    let bem = actor(&data, "bem");
    let with_bem = |fold, asked: &[_], id: &str| {
        let standing = Standing { fold: Some(fold), ..Standing::default() };
        let stood = standing.stand(&data, asked).unwrap().dataset;
        let predicate = Predicate::compile(&stood, &Lens::default(), &[]).unwrap();
        let dyad = stood.dyads().between(actor(&stood, id), bem);
        let ties = dyad.map_or(Vec::new(), |dyad| stood.dyads().ties(dyad).to_vec());
        let tie = |tie| (stood.ties().id(tie).to_owned(), predicate.certainty(&stood, tie));
        ties.into_iter().map(tie).collect::<Vec<_>>()
    };
    let (sure, maybe) = (Certainty::Certainly, Certainty::Possibly);
    let row = |id: &str, certainty| (id.to_owned(), certainty);
    assert_eq!(with_bem(Fold::Countries, &[], "arl"), [row("t1", sure), row("t2", maybe)]);
    assert_eq!(with_bem(Fold::Countries, &[], "cor"), [row("t2", maybe)]);
    assert_eq!(with_bem(Fold::Countries, &[], "envoy"), [row("t3", sure)]);
    assert_eq!(with_bem(Fold::Countries, &[], "poet"), [row("t4", sure)]);
    assert_eq!(with_bem(Fold::Nationals, &[], "cor"), [row("t4", sure), row("t2", maybe)]);
    // Named in the question, the envoy stands for himself.
    assert_eq!(with_bem(Fold::Countries, &[actor(&data, "envoy")], "envoy").len(), 3);
}

#[test]
fn offices_of_a_country_are_those_of_its_organs_on_the_day() {
    let data = dataset(AGENTS);
    let held = |day: &str, of: Option<&str>| {
        let lens = Lens { during: day.parse().unwrap(), ..Lens::default() };
        let predicate = Predicate::compile(&data, &lens, &[]).unwrap();
        OfficesReport::held(&data, &predicate, of.map(|id| actor(&data, id))).len()
    };
    assert_eq!(held("1992", Some("arl")), 1);
    assert_eq!(held("1992", Some("cor")), 0);
    assert_eq!(held("1999", Some("arl")), 0);
    assert_eq!(held("1992", None), 1);
}
