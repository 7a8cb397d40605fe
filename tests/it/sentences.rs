//! Ties told in sentences: every form of a date, every doubt, every relation, in three languages.
//!
//! The expected sentences are written by hand from the rules of dates and doubt.

use chancery::{
    dataset::Dataset,
    model::{Citation, Claim, Vocabulary},
    report::{Lang, sentence},
};

use crate::support::dataset;

fn graph(edge: &str) -> Dataset {
    dataset(&format!(
        r#"{{"graph": {{"references": [{{"id": "r1", "title": "One"}}, {{"id": "r2", "title": "Two"}}]}},
            "nodes": [
              {{"id": "mongolia", "names": [{{"text": "Mongolia", "lang": "en"}}, {{"text": "蒙古國", "lang": "zh-Hant"}}, {{"text": "蒙古国", "lang": "zh-Hans"}}]}},
              {{"id": "cuba", "names": [{{"text": "Cuba", "lang": "en"}}, {{"text": "古巴", "lang": "zh"}}]}},
              {{"id": "charity", "kind": "group", "names": [{{"text": "a South Korean charity", "lang": "en"}}, {{"text": "一個南韓慈善團體", "lang": "zh-Hant"}}]}}],
            "edges": [{{"source": "mongolia", "target": "cuba", {edge}}}]}}"#
    ))
}

fn told(edge: &str) -> [String; 3] {
    let dataset = graph(edge);
    let tie = dataset.ties().all().next().expect("there is one tie");
    let whole = dataset.tie(tie);
    let marks = |claim: &Claim| {
        let mark = |cite: &Citation| format!("[{}]", &cite.reference.as_str()[1..]);
        claim.cites.iter().map(mark).collect::<Vec<_>>().concat()
    };
    Lang::ALL.map(|lang| sentence(&dataset, lang, &whole, marks))
}

#[test]
fn every_form_of_a_date_keeps_its_doubt() {
    for (when, english, traditional, simplified) in [
        ("1948-10-15", "on 15 October 1948", "1948年10月15日", "1948年10月15日"),
        ("2016-07", "in July 2016", "2016年7月", "2016年7月"),
        ("1999", "in 1999", "1999年", "1999年"),
        ("198X", "in the 1980s", "1980年代", "1980年代"),
        ("19XX", "in the years 1900 to 1999", "1900年至1999年", "1900年至1999年"),
        ("1990-21", "in spring 1990", "1990年春季", "1990年春季"),
        ("-0044-03-15", "on 15 March 45 BCE", "公元前45年3月15日", "公元前45年3月15日"),
        ("1985~", "about 1985", "約1985年", "约1985年"),
        ("1985?", "perhaps in 1985", "可能是1985年", "可能是1985年"),
        ("1985%", "perhaps about 1985", "可能是約1985年", "可能是约1985年"),
        ("[..1999]", "in or before 1999", "1999年或之前", "1999年或之前"),
        ("[..2016-07-31]", "on or before 31 July 2016", "2016年7月31日或之前", "2016年7月31日或之前"),
        ("[1999..]", "in or after 1999", "1999年或之後", "1999年或之后"),
        (
            "[2016-07-21..2016-07-31]",
            "some time between 21 and 31 July 2016",
            "2016年7月21日至31日間某時",
            "2016年7月21日至31日间某时",
        ),
        (
            "[2016-07..2016-09]",
            "some time between July and September 2016",
            "2016年7月至9月間某時",
            "2016年7月至9月间某时",
        ),
        ("[1984..1986]", "some time between 1984 and 1986", "1984年至1986年間某時", "1984年至1986年间某时"),
        ("[1984,1986]", "either in 1984 or in 1986", "1984年或1986年", "1984年或1986年"),
        ("{1984,1986}", "in 1984 and in 1986", "1984年及1986年", "1984年及1986年"),
        ("1990-05-05/1990-05-08", "from 5 to 8 May 1990", "1990年5月5日至8日", "1990年5月5日至8日"),
        (
            "1999-XX-05",
            "some time between 5 January and 5 December 1999",
            "1999年1月5日至12月5日間某時",
            "1999年1月5日至12月5日间某时",
        ),
    ] {
        assert_eq!(
            told(&format!(r#""relation": "visit", "when": "{when}""#)),
            [
                format!("Mongolia visited Cuba {english}."),
                format!("{traditional}，蒙古國訪問古巴。"),
                format!("{simplified}，蒙古国访问古巴。"),
            ],
            "{when}"
        );
    }
}

#[test]
fn what_lasts_says_which_ends_are_known() {
    for (dating, english, traditional, simplified) in [
        (r#""when": "1948-10-15/..""#, "from 15 October 1948 on", "自1948年10月15日起", "自1948年10月15日起"),
        (
            r#""when": "1948-10-15/""#,
            "from 15 October 1948 until an unknown day",
            "自1948年10月15日起（何時結束不詳）",
            "自1948年10月15日起（何时结束不详）",
        ),
        (r#""when": "1949/1959""#, "from 1949 to 1959", "1949年至1959年", "1949年至1959年"),
        (r#""when": "../1990""#, "until 1990", "至1990年為止", "至1990年为止"),
        (
            r#""when": "/1990""#,
            "from an unknown day until 1990",
            "至1990年為止（何時開始不詳）",
            "至1990年为止（何时开始不详）",
        ),
        (
            r#""when": "1990""#,
            "from 1990 until an unknown day",
            "自1990年起（何時結束不詳）",
            "自1990年起（何时结束不详）",
        ),
        (
            r#""when": "[..1999]""#,
            "from 1999 or before until an unknown day",
            "自1999年或之前起（何時結束不詳）",
            "自1999年或之前起（何时结束不详）",
        ),
        (
            r#""start": "[1901..1950]", "end": "1955~""#,
            "from some time between 1901 and 1950 to about 1955",
            "1901年至1950年間某時至約1955年",
            "1901年至1950年间某时至约1955年",
        ),
        (
            r#""when": "1985~/1990?""#,
            "from about 1985 to perhaps 1990",
            "約1985年至可能是1990年",
            "约1985年至可能是1990年",
        ),
        (r#""attested": "2016-07""#, "as is attested in July 2016", "2016年7月有記載", "2016年7月有记载"),
    ] {
        assert_eq!(
            told(&format!(r#""relation": "diplomatic-relations", {dating}"#)),
            [
                format!("Mongolia and Cuba had diplomatic relations {english}."),
                format!("{traditional}，蒙古國與古巴有外交關係。"),
                format!("{simplified}，蒙古国与古巴有外交关系。"),
            ],
            "{dating}"
        );
    }
}

#[test]
fn who_says_so_and_how_surely_is_said() {
    let visit = r#""relation": "visit", "when": "1999""#;
    for (field, expected) in [
        (
            r#""status": "alleged", "according_to": "charity""#,
            [
                "Allegedly, Mongolia visited Cuba in 1999, according to a South Korean charity.",
                "據一個南韓慈善團體單方面稱，1999年，蒙古國訪問古巴。",
                "据一個南韓慈善團體单方面称，1999年，蒙古国访问古巴。",
            ],
        ),
        (
            r#""status": "alleged""#,
            [
                "Allegedly, Mongolia visited Cuba in 1999.",
                "據稱，1999年，蒙古國訪問古巴。",
                "据称，1999年，蒙古国访问古巴。",
            ],
        ),
        (
            r#""status": "disputed""#,
            [
                "It is disputed whether Mongolia visited Cuba in 1999.",
                "是否屬實有爭議：1999年，蒙古國訪問古巴。",
                "是否属实有争议：1999年，蒙古国访问古巴。",
            ],
        ),
        (
            r#""status": "refuted""#,
            [
                "It is refuted that Mongolia visited Cuba in 1999.",
                "已被否定的說法：1999年，蒙古國訪問古巴。",
                "已被否定的说法：1999年，蒙古国访问古巴。",
            ],
        ),
        (
            r#""according_to": "charity", "cites": [{"ref": "r2"}]"#,
            [
                "Mongolia visited Cuba in 1999, according to a South Korean charity [2].",
                "據一個南韓慈善團體稱，1999年，蒙古國訪問古巴[2]。",
                "据一個南韓慈善團體称，1999年，蒙古国访问古巴[2]。",
            ],
        ),
    ] {
        assert_eq!(told(&format!("{visit}, {field}")), expected.map(str::to_owned), "{field}");
    }
    let claims = r#""relation": "visit", "claims": [{"when": "1985", "cites": [{"ref": "r1"}]}, {"when": "1986", "status": "alleged", "cites": [{"ref": "r2"}]}]"#;
    assert_eq!(
        told(claims),
        [
            "Mongolia visited Cuba: in 1985 [1]; allegedly in 1986 [2].",
            "蒙古國訪問古巴：1985年[1]；據稱1986年[2]。",
            "蒙古国访问古巴：1985年[1]；据称1986年[2]。",
        ]
    );
    assert_eq!(told(r#""relation": "visit""#)[0], "Mongolia visited Cuba.");
}

#[test]
fn levels_offices_amounts_and_places_stand_in_their_places() {
    for (fields, english, traditional) in [
        (
            r#""relation": "mission", "level": "embassy", "when": "1990/..""#,
            "Mongolia kept an embassy in Cuba from 1990 on.",
            "自1990年起，蒙古國在古巴設有大使館。",
        ),
        (
            r#""relation": "mission", "when": "1990/..""#,
            "Mongolia kept a mission in Cuba from 1990 on.",
            "自1990年起，蒙古國在古巴設有駐外機構。",
        ),
        (
            r#""relation": "office", "role": {"code": "foreign-minister"}, "when": "1988/1993""#,
            "Mongolia held the office of foreign minister in Cuba from 1988 to 1993.",
            "1988年至1993年，蒙古國在古巴任外交部長。",
        ),
        (
            r#""relation": "office", "when": "1988/1993""#,
            "Mongolia held office in Cuba from 1988 to 1993.",
            "1988年至1993年，蒙古國在古巴任職。",
        ),
        (
            r#""relation": "relations-climate", "level": "warm", "trend": "improving", "when": "1960/1970""#,
            "Relations between Mongolia and Cuba were warm and improving from 1960 to 1970.",
            "1960年至1970年，蒙古國與古巴的關係友好、好轉。",
        ),
        (
            r#""relation": "downgrade", "level": "consulate", "when": "1999""#,
            "Mongolia downgraded its relations with Cuba to the level of a consulate in 1999.",
            "1999年，蒙古國將與古巴的外交關係降級為領事館。",
        ),
        (
            r#""relation": "succeeds", "mode": "continuation", "when": "1992""#,
            "Mongolia succeeded Cuba by continuation in 1992.",
            "1992年，蒙古國繼承古巴（延續）。",
        ),
        (
            r#""relation": "shipment", "quantity": {"value": 10000, "unit": "horses", "approximate": true}, "when": "1951""#,
            "Mongolia shipped goods to Cuba (about 10,000 horses) in 1951.",
            "1951年，蒙古國向古巴運送貨物（約10,000匹馬）。",
        ),
        (
            r#""relation": "transit", "quantity": {"value": 500, "unit": "persons", "per": "month"}, "place": "charity", "when": "1951""#,
            "Mongolia passed through Cuba (500 persons per month) (at a South Korean charity) in 1951.",
            "1951年，蒙古國途經古巴（每月500人）（地點：一個南韓慈善團體）。",
        ),
        (
            r#""relation": "visit", "count": 3, "via": "charity", "source_for": "cuba", "when": "1951""#,
            "Mongolia visited Cuba (3 reports) (through a South Korean charity) on behalf of Cuba in 1951.",
            "1951年，蒙古國訪問古巴（3則報道）（經由一個南韓慈善團體）（代表古巴）。",
        ),
        // A CAMEO code is told as the relation whose code it is.
        (
            r#""relation": "cameo:042", "when": "1951""#,
            "Mongolia visited Cuba in 1951.",
            "1951年，蒙古國訪問古巴。",
        ),
    ] {
        let told = told(fields);
        assert_eq!((told[0].as_str(), told[1].as_str()), (english, traditional), "{fields}");
    }
}

#[test]
fn every_relation_has_a_sentence_in_each_language_with_and_without_its_fields() {
    let vocabulary = Vocabulary::shipped();
    let own: Vec<_> = vocabulary
        .relations()
        .map(|(_, relation)| relation)
        .filter(|relation| !relation.id.as_str().starts_with("cameo:"))
        .collect();
    assert_eq!(own.len(), 81);
    for relation in own {
        let id = relation.id.as_str();
        for lang in Lang::ALL {
            let template = &relation.sentences[lang.tag()];
            assert!(template.contains("{source}") && template.contains("{target}"), "{id}: {template}");
        }
        let level =
            relation.levels.first().map(|level| format!(r#", "level": "{level}""#)).unwrap_or_default();
        let mode = relation.modes.first().map(|mode| format!(r#", "mode": "{mode}""#)).unwrap_or_default();
        for fields in [String::new(), level + &mode] {
            let told = told(&format!(r#""relation": "{id}", "when": "1999"{fields}"#));
            for (text, names) in
                told.iter().zip([["Mongolia", "Cuba"], ["蒙古國", "古巴"], ["蒙古国", "古巴"]])
            {
                let once = names.iter().all(|name| text.matches(name).count() == 1);
                assert!(once && !text.contains(['{', '}', '[', ']', '|']), "{id}: {text}");
                assert!(text.ends_with(['.', '。']), "{id}: {text}");
            }
        }
    }
}
